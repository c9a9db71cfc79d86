"""Curves through the API: the output as one node varies."""

import json
import math
from typing import Any

import pytest

from app.api.schemas import CurveAnswer
from app.lessons.load import scalar_lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client
from tests.api.test_errors import problem_of

NEURON = "f = 1 / (1 + exp(-(w0 x0 + w1 x1 + w2))); w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"
PATTERNS = "f = (x + y) * max(y, z); x = 1; y = 2; z = 0"


def curve(client: Client, source: str, **fields: Any) -> dict[str, Any]:
    """The answer to a request that is right, read by its schema too."""
    response = client.post("/api/v1/curve", json={"source": source, **fields})
    assert response.status_code == 200, response.text
    read = CurveAnswer.model_validate_json(response.content, strict=True)
    found = response.json()
    assert json.loads(read.model_dump_json(exclude_unset=True)) == found
    assert isinstance(found, dict)
    return found


def problems(client: Client, status: int, **fields: Any) -> list[dict[str, Any]]:
    response = client.post("/api/v1/curve", json={"source": NEURON, **fields})
    assert response.status_code == status, response.text
    found = problem_of(response)["errors"]
    assert isinstance(found, list)
    return found


def test_the_neuron_as_w1_varies(client: Client) -> None:
    found = curve(client, NEURON, leaf="w1")
    assert (found["label"], found["x"], found["low"], found["high"]) == ("w1", -3.0, -6.0, 0.0)
    assert round(found["slope"], 4) == -0.3932
    assert found["slope"] == client.evaluate(NEURON)["gradients"]["w1"]
    assert found["output"] == client.evaluate(NEURON)["output"]
    assert len(found["points"]) == 161
    assert found["points"][0]["value"] == pytest.approx(1 / (1 + math.exp(-7)))
    assert found["kinks"] == []


def test_the_kink_of_a_maximum(client: Client) -> None:
    [kink] = curve(client, PATTERNS, leaf="y")["kinks"]
    assert (kink["x"], kink["jump"], kink["before"]) == (0.0, False, 0.0)
    assert kink["after"] == pytest.approx(1.0, abs=1e-6)
    nodes = {node["id"]: node for node in client.evaluate(PATTERNS)["nodes"]}
    assert nodes[kink["node"]]["op"] == "max"


@pytest.mark.parametrize("wanted", ["q", "n2"])
def test_an_inner_node_by_name_or_id(client: Client, wanted: str) -> None:
    found = curve(client, "q = x + y; f = q z; x = -2; y = 5; z = -4", node=wanted, span=1, points=3)
    assert (found["node"], found["slope"]) == ("n2", -4.0)
    assert found["points"] == [{"x": 2.0, "value": -8.0}, {"x": 3.0, "value": -12.0}, {"x": 4.0, "value": -16.0}]


def test_an_inner_node_by_the_label_that_formulas_give_it(client: Client) -> None:
    assert curve(client, NEURON, node="s1")["x"] == 6.0


def test_ids_follow_the_composites_that_are_open(client: Client) -> None:
    answer = client.evaluate("f = sigmoid(x y)", expand="*")
    for node in answer["nodes"]:
        if node["kind"] != "constant":
            found = curve(client, "f = sigmoid(x y)", expand="*", node=node["id"], points=3)
            assert (found["x"], found["slope"]) == (node["value"], node["gradient"])


def test_another_output_and_values_of_the_request(client: Client) -> None:
    found = curve(client, "a = 2 x; b = 3 a; x = 1", output="a", values={"x": 5}, leaf="x", points=3)
    assert (found["x"], found["value"], found["slope"]) == (5.0, 10.0, 2.0)


def test_conventions_decide_the_slope_at_a_kink(client: Client) -> None:
    for slope in (0, 0.5, 1):
        found = curve(client, "relu(x)", values={"x": 0}, leaf="x", conventions={"relu_at_zero": slope})
        assert found["slope"] == slope
        assert [kink["x"] for kink in found["kinks"]] == [0.0]


def test_values_that_are_not_finite_are_words(client: Client) -> None:
    found = curve(client, "f = log(x); x = 1", leaf="x", span=1, points=5)
    assert [point["value"] for point in found["points"][:1]] == ["-Infinity"]
    found = curve(client, "f = sqrt(x); x = 0", leaf="x", points=5)
    assert found["slope"] == "Infinity"
    assert found["points"][0]["value"] == "NaN"
    found = curve(client, "a = log(x); f = a + 1; x = -1", node="a")
    assert (found["x"], found["points"], found["kinks"]) == ("NaN", [], [])


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_leaf_of_every_lesson(client: Client, lesson: Any) -> None:
    fields = {} if lesson.output is None else {"output": lesson.output}
    gradients = client.evaluate(lesson.program, **fields)["gradients"]
    for name, gradient in gradients.items():
        if gradient is not None:
            assert curve(client, lesson.program, leaf=name, points=9, **fields)["slope"] == gradient


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({}, "varied", "leaf"),
        ({"leaf": "w1", "node": "n0"}, "varied", "leaf"),
        ({"leaf": None, "node": None}, "varied", "leaf"),
        ({"leaf": "w9"}, "unknown-leaf", "leaf"),
        ({"leaf": "f"}, "unknown-leaf", "leaf"),
        ({"leaf": ""}, "unknown-leaf", "leaf"),
        ({"node": "n99"}, "unknown-node", "node"),
        ({"node": "n-1"}, "unknown-node", "node"),
        ({"node": "n00"}, "unknown-node", "node"),
        ({"node": "n" + "9" * 5000}, "unknown-node", "node"),
        ({"node": "\x00"}, "unknown-node", "node"),
        ({"leaf": 1}, "field", "leaf"),
        ({"leaf": ["w1"]}, "field", "leaf"),
        ({"leaf": "w1", "span": 0}, "field", "span"),
        ({"leaf": "w1", "span": -1}, "field", "span"),
        ({"leaf": "w1", "span": "1"}, "field", "span"),
        ({"leaf": "w1", "points": 2}, "field", "points"),
        ({"leaf": "w1", "points": 2.5}, "field", "points"),
        ({"leaf": "w1", "points": True}, "field", "points"),
        ({"leaf": "w1", "seed": 1}, "unknown-field", "seed"),
        ({"leef": "w1"}, "unknown-field", "leef"),
        ({"leaf": "w1", "values": {"q": 1}}, "unknown-leaf", "values.q"),
    ],
)
def test_a_wrong_field_is_named(client: Client, fields: dict[str, Any], code: str, field: str) -> None:
    [entry] = problems(client, 422, **fields)
    assert (entry["code"], entry["field"]) == (code, field)


def test_messages_say_what_to_do(client: Client) -> None:
    [entry] = problems(client, 422, leaf="f")
    assert entry["message"] == "`f` is computed by the program, so it is no leaf."
    assert entry["hint"] == "Name it under `node` to vary it alone."
    [entry] = problems(client, 422, leaf="w1", span=0)
    assert entry["message"] == "`span` needs a number above 0, not 0."
    [entry] = problems(client, 422, leaf="w1", points=2.5)
    assert entry["message"] == "`points` needs a whole number, not the number 2.5."


def test_a_constant_does_not_vary(client: Client) -> None:
    response = client.post("/api/v1/curve", json={"source": "const c = 2; f = c x + 3", "leaf": "c"})
    [entry] = problem_of(response)["errors"]
    assert (response.status_code, entry["code"]) == (422, "constant")


def test_limits_are_named() -> None:
    client = Client(create_app(Limits(max_points=100, max_gate_runs=400)))
    curve(client, NEURON, leaf="w2", points=80)
    for fields, number, setting in [
        ({"points": 101}, "100", "CHAINRULE_MAX_POINTS"),
        ({"points": 81}, "400", "CHAINRULE_MAX_GATE_RUNS"),
    ]:
        [entry] = problems(client, 413, leaf="w2", **fields)
        assert f"the limit is {number}, set by {setting}" in entry["message"]


def test_a_wrong_program_is_told_as_everywhere(client: Client) -> None:
    response = client.post("/api/v1/curve", json={"source": "f = (x", "leaf": "x"})
    assert response.status_code == 422
    assert problem_of(response)["type"] == "/problems/program"
