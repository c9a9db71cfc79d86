"""Gradients against central differences through the API."""

import json
from typing import Any

import pytest

from app.api.schemas import CheckAnswer
from app.lessons.load import scalar_lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client
from tests.api.test_errors import problem_of
from tests.api.test_evaluate import CASES, NEURON


def check(client: Client, source: str, **fields: Any) -> list[dict[str, Any]]:
    """The comparisons of a request that is right, read by their schema too."""
    response = client.post("/api/v1/check", json={"source": source, **fields})
    assert response.status_code == 200, response.text
    read = CheckAnswer.model_validate_json(response.content, strict=True)
    found = response.json()
    assert json.loads(read.model_dump_json(exclude_unset=True)) == found
    checks = found["checks"]
    assert isinstance(checks, list)
    return checks


@pytest.mark.parametrize("expand", [[], ["*"]])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_lecture_case(client: Client, case: Any, expand: list[str]) -> None:
    gradients = case[3]
    found = {one["label"]: one for one in check(client, case[1], expand=expand)}
    assert set(gradients) <= set(found)
    for name, gradient in gradients.items():
        assert found[name]["verdict"] == "agrees", found[name]
        assert found[name]["numeric"] == pytest.approx(gradient, abs=1e-6)


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_leaf_of_every_lesson(client: Client, lesson: Any) -> None:
    fields = {} if lesson.output is None else {"output": lesson.output}
    answer = client.evaluate(lesson.program, **fields)
    found = check(client, lesson.program, **fields)
    assert {one["label"]: one["gradient"] for one in found} == {
        name: gradient for name, gradient in answer["gradients"].items() if gradient is not None
    }
    assert {one["verdict"] for one in found} == {"agrees"}


def test_one_leaf_or_several_or_inner_nodes(client: Client) -> None:
    [one] = check(client, NEURON, leaf="w1")
    assert one["message"] == "Finite difference gives −0.3932."
    assert one["gradient"] == client.evaluate(NEURON)["gradients"]["w1"]
    assert [each["label"] for each in check(client, NEURON, leaf=["w2", "w0"])] == ["w2", "w0"]
    assert [each["label"] for each in check(client, NEURON, leaf="w0", node=["s1", "w0", "f"])] == ["w0", "s1", "f"]
    for each in check(client, NEURON, node=["s1", "s3"]):
        assert each["numeric"] == pytest.approx(0.196612, abs=1e-6)


def test_a_kink_is_told(client: Client) -> None:
    [one] = check(client, "relu(x)", values={"x": 0}, conventions={"relu_at_zero": 1})
    assert (one["verdict"], one["gradient"], one["left"], one["right"]) == ("kink", 1.0, 0.0, 1.0)
    assert one["message"] == (
        "A kink: the slope is 0.0000 on the left and 1.0000 on the right; the gradient is 1.0000 by convention."
    )


def test_numbers_that_are_not_finite_are_words(client: Client) -> None:
    [one] = check(client, "sqrt(x)", values={"x": 0})
    assert (one["verdict"], one["gradient"], one["numeric"]) == ("unclear", "Infinity", "NaN")


def test_the_seed_scales_both(client: Client) -> None:
    [one] = check(client, "f = x^2; x = 3", seed=2)
    assert (one["gradient"], one["verdict"]) == (12.0, "agrees")
    assert one["numeric"] == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"leaf": ["w0", "w9"]}, "unknown-leaf", "leaf.1"),
        ({"leaf": []}, "field", "leaf"),
        ({"node": ["n0", "n99"]}, "unknown-node", "node.1"),
        ({"node": [1]}, "field", "node.0"),
        ({"points": 5}, "unknown-field", "points"),
        ({"seed": None}, "field", "seed"),
    ],
)
def test_a_wrong_field_is_named(client: Client, fields: dict[str, Any], code: str, field: str) -> None:
    response = client.post("/api/v1/check", json={"source": NEURON, **fields})
    assert response.status_code == 422
    [entry] = problem_of(response)["errors"]
    assert (entry["code"], entry["field"]) == (code, field)


def test_a_limit_is_named() -> None:
    client = Client(create_app(Limits(max_gate_runs=40)))
    assert len(check(client, NEURON, leaf="w0")) == 1
    response = client.post("/api/v1/check", json={"source": NEURON, "leaf": ["w0", "w1"]})
    assert response.status_code == 413
    [entry] = problem_of(response)["errors"]
    assert "80 runs of a gate" in entry["message"]
    assert "the limit is 40, set by CHAINRULE_MAX_GATE_RUNS" in entry["message"]
    assert entry["hint"] == "Name fewer nodes to check."
