"""Tensors through the API: nested lists in and out, summaries of large ones, and what does not speak them yet."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.schemas import CheckAnswer, CurveAnswer, EvaluateAnswer
from tests.api.client import Client

NETWORK = "z1 = W1 @ x + b1; a1 = relu(z1); z2 = W2 @ a1 + b2; y = sigmoid(z2)"
VALUES = {
    "W1": [[1, -1], [0.5, 2], [0, 1]], "x": [1, 2], "b1": [0, 0.1, -3], "W2": [[1, 2, 3], [0, -1, 1]], "b2": [0, 0],
}  # fmt: skip


def test_a_two_layer_network_is_answered_with_shapes_and_nested_lists(client: Client) -> None:
    answer = client.post("/api/v1/evaluate", json={"source": NETWORK, "values": VALUES}).json()
    EvaluateAnswer.model_validate(answer)
    shapes = {node["label"]: node["shape"] for node in answer["nodes"]}
    assert (shapes["W1"], shapes["z1"], shapes["y"]) == ([3, 2], [3], [2])
    assert answer["values"]["a1"] == [0.0, 4.6, 0.0]
    assert len(answer["gradients"]["W2"]) == 2
    assert len(answer["gradients"]["W2"][0]) == 3
    assert [one["code"] for one in answer["warnings"]] == ["tensor-output"]


def test_a_large_tensor_is_told_by_a_summary(client: Client) -> None:
    body = {"source": "f = sum(x @ x.T); x = ones(20, 30)", "max_elements": 400}
    answer = client.post("/api/v1/evaluate", json=body).json()
    EvaluateAnswer.model_validate(answer)
    x, product = answer["nodes"][0], answer["nodes"][2]
    assert x["value"] is None
    assert x["summary"] == {"min": 1.0, "mean": 1.0, "max": 1.0, "norm": pytest.approx(600**0.5)}
    assert x["gradient_summary"]["mean"] == 40.0
    assert product["shape"] == [20, 20]
    assert product["value"][0][0] == 30.0


def test_entries_that_json_cannot_hold_are_words(client: Client) -> None:
    answer = client.post("/api/v1/evaluate", json={"source": "f = sum(log(x)); x = [0, 1, -1]"}).json()
    EvaluateAnswer.model_validate(answer)
    assert answer["nodes"][1]["value"] == ["-Infinity", 0.0, "NaN"]


@pytest.mark.parametrize("value", [[1, [2]], [[1], [2, 3]], ["1"], [True], [], [None]])
def test_ragged_lists_and_strangers_are_refused_by_field(client: Client, value: Any) -> None:
    response = client.post("/api/v1/evaluate", json={"source": "sum(x)", "values": {"x": value}})
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "values.x"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("backward", {}),
    ],
)
def test_what_works_on_numbers_alone_says_so_at_the_first_tensor(
    client: Client, path: str, fields: dict[str, Any]
) -> None:
    body: dict[str, Any] = {"source": "f = sum(W @ x); W = [[1, 2]]; x = [1, 2]"}
    response = client.post(f"/api/v1/{path}", json=body | fields)
    assert response.status_code == 422
    error = response.json()["errors"][0]
    assert error["code"] == "tensors"
    assert error["span"]["start"] == 8


def test_one_entry_is_checked_and_drawn(client: Client) -> None:
    body = {"source": "f = sum(W @ x); W = [[1, 2]]; x = [1, 2]"}
    answer = client.post("/api/v1/check", json=body | {"leaf": ["W[0, 1]", "x"]}).json()
    CheckAnswer.model_validate(answer)
    one, whole = answer["checks"]
    assert (one["label"], one["entry"], one["entries"], one["gradient"]) == ("W[0, 1]", [0, 1], None, 2.0)
    assert [row["gradient"] for row in whole["entries"]] == [1.0, 2.0]
    assert whole["size"] == 2
    curve = client.post("/api/v1/curve", json=body | {"leaf": "W[0, 1]"}).json()
    CurveAnswer.model_validate(curve)
    assert (curve["label"], curve["entry"], curve["x"], curve["slope"]) == ("W[0, 1]", [0, 1], 2.0, 2.0)


def test_a_tensor_without_an_index_does_not_vary(client: Client) -> None:
    body = {"source": "f = sum(W); W = [[1, 2]]", "leaf": "W"}
    response = client.post("/api/v1/curve", json=body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["hint"] == "Write `W[0, 0]`."


def test_kinks_and_units_that_are_off_are_told(client: Client) -> None:
    answer = client.post("/api/v1/evaluate", json={"source": "f = sum(relu(x)); x = [0, -1, 2]"}).json()
    EvaluateAnswer.model_validate(answer)
    assert [(one["code"], one["node"]) for one in answer["kinks"]] == [("relu_at_zero", "n1")]
    assert answer["remarks"][0]["message"].startswith("Unit 2 is off: ")


def test_an_edge_says_along_which_axes_its_gradient_was_summed(client: Client) -> None:
    source = "f = sum(X @ w + b + c); X = [[1, 2], [3, 4], [5, 6]]; w = [[1], [2]]; b = [1]; c = 2"
    answer = client.post("/api/v1/evaluate", json={"source": source}).json()
    EvaluateAnswer.model_validate(answer)
    labels = {node["id"]: node["label"] for node in answer["nodes"]}
    summed = {labels[edge["source"]]: edge["summed"] for edge in answer["edges"] if "summed" in edge}
    assert summed == {"b": [0], "c": [0, 1]}
    losses = client.post("/api/v1/evaluate", json={"source": "f = mse(y, t); y = [[1, 2], [3, 4]]; t = [0, 1]"}).json()
    assert [edge.get("summed") for edge in losses["edges"]] == [None, [0]]
