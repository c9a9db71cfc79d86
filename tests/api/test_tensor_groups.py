"""Composites of tensors sent open: groups with shapes, and the closed gate that each of them was."""

from __future__ import annotations

import pytest

from app.api.schemas.answers import EvaluateAnswer
from tests.api.client import Client

ENTROPY = {"source": "L = cross_entropy(z, t); z = [1, 2, 3]; t = [0, 0, 1]"}


def test_composites_of_tensors_are_sent_open(client: Client) -> None:
    answer = client.post("/api/v1/evaluate", json=ENTROPY | {"expand": ["*"]}).json()
    EvaluateAnswer.model_validate(answer)
    outer, softmax, lse, nll = answer["groups"]
    assert [one["op"] for one in answer["groups"]] == ["cross_entropy", "log_softmax", "logsumexp", "nll"]
    assert [one["group"] for one in answer["groups"]] == [None, "g0", "g1", "g0"]
    assert [one["shape"] for one in answer["groups"]] == [[], [3], [], []]
    assert outer["value"] == pytest.approx(0.4076059644443806)
    slope, _ = (edge["downstream"] for edge in outer["edges"])
    assert slope == pytest.approx([0.09003057, 0.24472847, -0.33475904])
    assert softmax["gradient"] == pytest.approx([0, 0, -1])
    assert {node["group"] for node in answer["nodes"]} >= {None, "g1", "g2", "g3"}
    assert lse["edges"][0]["source"] == outer["edges"][0]["source"] == "n0"
    assert nll["value"] == answer["values"]["L"] == pytest.approx(outer["value"])


def test_only_what_is_named_is_opened(client: Client) -> None:
    answer = client.post("/api/v1/evaluate", json=ENTROPY | {"expand": ["cross_entropy"]}).json()
    assert [one["op"] for one in answer["groups"]] == ["cross_entropy"]
    assert [node["op"] for node in answer["nodes"] if node["op"]] == ["log_softmax", "nll"]
    closed = client.post("/api/v1/evaluate", json=ENTROPY).json()
    assert closed["groups"] == []
    assert closed["gradients"]["z"] == pytest.approx(answer["gradients"]["z"])
    problem = client.post("/api/v1/evaluate", json=ENTROPY | {"expand": ["matmul"]}).json()["errors"][0]
    assert problem["code"] == "unknown-composite"


def test_groups_of_large_tensors_are_told_by_summaries(client: Client) -> None:
    source = "f = sum(softmax(x) * x); x = zeros(30) + 1"
    answer = client.post("/api/v1/evaluate", json={"source": source, "expand": ["*"], "max_elements": 10}).json()
    EvaluateAnswer.model_validate(answer)
    (group,) = answer["groups"]
    assert group["value"] is None
    assert group["summary"]["mean"] == pytest.approx(1 / 30)
    assert group["gradient_summary"]["max"] == 1
    assert group["edges"][0]["downstream"] is None


def test_calls_on_tensors_are_groups(client: Client) -> None:
    source = "act(z) = z * sigmoid(z); f = sum(act(x)); x = [1, 2]"
    answer = client.post("/api/v1/evaluate", json={"source": source}).json()
    EvaluateAnswer.model_validate(answer)
    (group,) = answer["groups"]
    assert (group["op"], group["name"], group["shape"]) == (None, "act", [2])
    assert group["edges"][0]["downstream"] == pytest.approx(answer["gradients"]["x"])


def test_the_registry_says_how_whole_tensors_open(client: Client) -> None:
    operations = {one["name"]: one for one in client.get("/api/v1/operations").json()["operations"]}
    assert operations["half_sse"]["opened"] == "1/2 * sum((t - y)^2)"
    assert operations["softmax"]["composite"]
    assert operations["mean"]["opened_latex"] == r"\frac{\sum #x}{n}"
    assert operations["matmul"]["opened"] is None
