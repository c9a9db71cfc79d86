"""Jacobians, Hessians, tangents and backward graphs through the API."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from pydantic import BaseModel

from app.api.schemas import EvaluateAnswer
from app.api.schemas.jacobian import HessianAnswer, JacobianAnswer, JvpAnswer
from app.lessons.load import scalar_lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client
from tests.api.test_errors import problem_of

TWO = "u = (x + y) * max(y, z); v = x^2 * y - z; x = 1; y = 2; z = 0"
MODELS: dict[str, type[BaseModel]] = {
    "jacobian": JacobianAnswer,
    "hessian": HessianAnswer,
    "jvp": JvpAnswer,
    "backward": EvaluateAnswer,
}


def ask(client: Client, call: str, source: str, **fields: Any) -> dict[str, Any]:
    """The answer to a request that is right, read by its schema too."""
    response = client.post(f"/api/v1/{call}", json={"source": source, **fields})
    assert response.status_code == 200, response.text
    read = MODELS[call].model_validate_json(response.content, strict=True)
    found = response.json()
    assert json.loads(read.model_dump_json(exclude_unset=True)) == found
    assert isinstance(found, dict)
    return found


def labels(heads: list[dict[str, Any]]) -> list[str]:
    return [head["label"] for head in heads]


def test_the_golden_matrix(client: Client) -> None:
    found = ask(client, "jacobian", TWO)
    assert (labels(found["rows"]), labels(found["columns"])) == (["u", "v"], ["x", "y", "z"])
    assert found["matrix"] == [[2.0, 5.0, 0.0], [4.0, 1.0, -1.0]]
    assert found["paths"] == [[1.0, 2.0, 1.0], [1.0, 1.0, 1.0]]
    assert found["sweeps"] == {"reverse": 2, "forward": 3, "used": "reverse"}
    assert found["why"][0] == [None, None, {"reason": "router", "message": "max chose y here, so z receives 0."}]
    assert found["graph"] is None
    assert [head["value"] for head in found["rows"]] == [6.0, 2.0]
    assert found["columns"][1]["span"] == {"start": 9, "end": 10, "line": 1, "column": 10}


def test_rows_may_be_leaves(client: Client) -> None:
    found = ask(client, "jacobian", TWO, layout="leaves")
    assert (labels(found["rows"]), labels(found["columns"])) == (["x", "y", "z"], ["u", "v"])
    assert found["matrix"] == [[2.0, 4.0], [5.0, 1.0], [0.0, -1.0]]
    assert found["paths"][1] == [2.0, 1.0]
    assert found["why"][2][0]["reason"] == "router"


def test_chosen_outputs_and_nodes_by_name_id_or_label(client: Client) -> None:
    found = ask(client, "jacobian", TWO, outputs=["v", "s0", "n0"], leaves=["x", "s1", "x"])
    assert labels(found["rows"]) == ["v", "s0", "x"]
    assert labels(found["columns"]) == ["x", "s1"]
    assert found["matrix"] == [[4.0, 0.0], [1.0, 0.0], [1.0, 0.0]]
    assert found["sweeps"] == {"reverse": 3, "forward": 2, "used": "forward"}
    assert ask(client, "jacobian", TWO, output="u")["matrix"] == [[2.0, 5.0, 0.0]]
    assert labels(ask(client, "jacobian", "x y; x + y")["rows"]) == ["s0", "f"]


def test_the_graph_in_between_carries_the_gradients_of_one_row(client: Client) -> None:
    for row in ("u", "v"):
        graph = ask(client, "jacobian", TWO, graph=True, row=row)["graph"]
        gradients = {node["label"]: node["gradient"] for node in graph["nodes"]}
        assert [gradients[name] for name in "xyz"] == {"u": [2.0, 5.0, 0.0], "v": [4.0, 1.0, -1.0]}[row]
        assert len(graph["nodes"]) == 9
    graph = ask(client, "jacobian", TWO, graph=True, outputs="v", leaves="z")["graph"]
    assert sorted(labels(graph["nodes"])) == ["v", "z"]


def test_every_lesson(client: Client) -> None:
    for lesson in scalar_lessons():
        fields = {} if lesson.output is None else {"output": lesson.output}
        gradients = client.evaluate(lesson.program, **fields)["gradients"]
        found = ask(
            client, "jacobian", lesson.program, graph=True, outputs=client.evaluate(lesson.program, **fields)["output"]
        )
        assert found["matrix"][0] == [gradients[name] for name in labels(found["columns"])]
        if len(found["columns"]) <= 50:
            second = ask(client, "hessian", lesson.program, graph=True, **fields)
            assert second["gradient"] == pytest.approx(found["matrix"][0], rel=1e-12, nan_ok=True)
        backward = ask(client, "backward", lesson.program, **fields)
        for name, gradient in gradients.items():
            if gradient is not None and f"grad_{name}" in backward["values"]:
                assert backward["values"][f"grad_{name}"] == pytest.approx(gradient, rel=1e-12, nan_ok=True)


def test_the_hessian(client: Client) -> None:
    found = ask(client, "hessian", "f = x^2 y; x = 1; y = 2")
    assert found["matrix"] == [[4.0, 2.0], [2.0, 0.0]]
    assert found["gradient"] == [4.0, 1.0]
    assert found["eigenvalues"] == pytest.approx([2 - 2 * math.sqrt(2), 2 + 2 * math.sqrt(2)])
    assert found["curvature"] == "Curves up in 1 direction and down in 1 here, as a saddle does."
    assert (found["sweeps"], found["output"]["label"], labels(found["leaves"])) == (2, "f", ["x", "y"])
    found = ask(client, "hessian", "f = sqrt(x)", values={"x": 0})
    assert (found["matrix"], found["eigenvalues"]) == ([["-Infinity"]], [])
    assert found["curvature"] == "A second derivative is not finite here."


def test_second_derivatives_and_the_backward_pass_of_any_node(client: Client) -> None:
    for node in ("q", "n2"):
        found = ask(client, "hessian", "q = x y; f = q^2; x = 3; y = 5", node=node)
        assert (found["output"]["label"], found["matrix"]) == ("q", [[0.0, 1.0], [1.0, 0.0]])
        assert ask(client, "backward", "q = x y; f = q^2; x = 3; y = 5", node=node)["values"]["grad_x"] == 5.0


def test_tangents(client: Client) -> None:
    found = {node["label"]: node["tangent"] for node in ask(client, "jvp", TWO, tangents={"y": 1})["nodes"]}
    assert (found["u"], found["v"], found["x"], found["y"]) == (5.0, 1.0, 0.0, 1.0)
    found = {node["label"]: node["tangent"] for node in ask(client, "jvp", TWO)["nodes"]}
    assert (found["u"], found["v"]) == (7.0, 4.0)
    assert all(node["tangent"] == 0.0 for node in ask(client, "jvp", TWO, tangents={})["nodes"])
    found = {node["label"]: node["tangent"] for node in ask(client, "jvp", "sqrt(x) + y", values={"x": 0})["nodes"]}
    assert found["f"] == "Infinity"


def test_the_backward_pass_is_a_graph(client: Client) -> None:
    found = ask(client, "backward", "q = x + y; f = q z; x = -2; y = 5; z = -4")
    names = {node["name"]: node for node in found["nodes"]}
    assert found["values"] == {
        "grad_f": 1.0, "q": 3.0, "z": -4.0, "grad_z": 3.0, "grad_q": -4.0, "grad_x": -4.0, "grad_y": -4.0
    }  # fmt: skip
    assert {node["id"] for node in found["nodes"] if node["name"] in ("grad_x", "grad_y", "grad_z")} == set(
        found["outputs"]
    )
    assert names["grad_f"]["kind"] == names["q"]["kind"] == "input"
    assert names["grad_q"]["latex"] == r"\mathrm{grad}_{q}"
    assert all(node["gradient"] is None for node in found["nodes"])
    assert [one["latex"] for one in found["statements"]] == [
        r"\mathrm{grad}_{z} = \mathrm{grad}_{f}\,q",
        r"\mathrm{grad}_{q} = \mathrm{grad}_{f}\,z",
        r"\mathrm{grad}_{y} = \mathrm{grad}_{q} \cdot 1",
        r"\mathrm{grad}_{x} = \mathrm{grad}_{q} \cdot 1",
    ]
    assert names["grad_q"]["span"]["start"] == 4


def test_names_of_gradients_give_way_to_those_of_the_program(client: Client) -> None:
    found = ask(client, "backward", "f = x grad_x; x = 2; grad_x = 3")
    assert found["values"]["grad_x"] == 3.0
    assert found["values"]["grad_x'"] == 3.0
    assert found["values"]["grad_grad_x"] == 2.0


@pytest.mark.parametrize("source", ["x", "const c = 2; f = c + 1", "f = 3", "f = floor(x)", "f = x - x"])
def test_small_programs_have_all_of_them(client: Client, source: str) -> None:
    for call in MODELS:
        ask(client, call, source)


@pytest.mark.parametrize(
    ("call", "fields", "code", "field"),
    [
        ("jacobian", {"outputs": ["w"]}, "unknown-node", "outputs.0"),
        ("jacobian", {"leaves": ["x", "n99"]}, "unknown-node", "leaves.1"),
        ("jacobian", {"outputs": []}, "field", "outputs"),
        ("jacobian", {"leaves": []}, "field", "leaves"),
        ("jacobian", {"layout": "rows"}, "field", "layout"),
        ("jacobian", {"graph": True, "row": "w"}, "unknown-node", "row"),
        ("jacobian", {"graph": 1}, "field", "graph"),
        ("jacobian", {"seed": 1}, "unknown-field", "seed"),
        ("hessian", {"leaves": ["q9"]}, "unknown-node", "leaves.0"),
        ("hessian", {"node": "w"}, "unknown-node", "node"),
        ("backward", {"node": "w"}, "unknown-node", "node"),
        ("hessian", {"output": ["u", "v"]}, "several-outputs", "output"),
        ("backward", {"output": ["u", "v"]}, "several-outputs", "output"),
        ("hessian", {"outputs": ["u"]}, "unknown-field", "outputs"),
        ("jvp", {"tangents": {"w": 1}}, "unknown-node", "tangents.w"),
        ("jvp", {"tangents": ["x"]}, "field", "tangents"),
        ("jvp", {"tangents": {"x": "1"}}, "field", "tangents.x"),
        ("backward", {"leaves": ["x"]}, "unknown-field", "leaves"),
    ],
)
def test_a_wrong_field_is_named(client: Client, call: str, fields: dict[str, Any], code: str, field: str) -> None:
    response = client.post(f"/api/v1/{call}", json={"source": TWO, **fields})
    assert response.status_code == 422, response.text
    [entry] = problem_of(response)["errors"]
    assert (entry["code"], entry["field"]) == (code, field)


def test_nothing_is_differentiated_by_a_constant(client: Client) -> None:
    response = client.post("/api/v1/jacobian", json={"source": "const c = 2; f = c x", "leaves": ["c"]})
    [entry] = problem_of(response)["errors"]
    assert (response.status_code, entry["code"]) == (422, "constant")
    found = ask(client, "jacobian", "const c = 2; g = c + 1; f = c x", outputs=["g"])
    assert (found["matrix"], found["why"][0][0]["message"]) == ([[0.0]], "No path leads from x to g.")


def refused(client: Client, call: str, setting: str, **fields: Any) -> None:
    response = client.post(f"/api/v1/{call}", json=fields)
    assert response.status_code == 413, response.text
    assert setting in problem_of(response)["errors"][0]["message"]


def test_limits_are_named() -> None:
    client = Client(create_app(Limits(max_outputs=2, max_hessian_leaves=3, max_gate_runs=100)))
    ask(client, "jacobian", TWO)
    ask(client, "hessian", "x y z")
    refused(client, "jacobian", "CHAINRULE_MAX_OUTPUTS", source=TWO, outputs=["u", "v", "s0"])
    refused(client, "jacobian", "CHAINRULE_MAX_OUTPUTS", source="a = x; b = x + 1; c = x + 2; d = x + 3")
    refused(client, "hessian", "CHAINRULE_MAX_HESSIAN_LEAVES", source="x y z w")
    response = Client(create_app(Limits(max_nodes=12))).post("/api/v1/backward", json={"source": "f = tanh(x y) / z"})
    assert response.status_code == 413
    assert "This backward pass has" in problem_of(response)["errors"][0]["message"]
    refused(client, "jacobian", "CHAINRULE_MAX_GATE_RUNS", source=" + ".join("abcdefghijklmnop") + "; x")
    client = Client(create_app(Limits(max_response_bytes=2000)))
    refused(client, "jacobian", "CHAINRULE_MAX_RESPONSE_BYTES", source=" + ".join(f"x{number}" for number in range(30)))


def test_a_large_program_is_answered(client: Client) -> None:
    lines = ["s0 = x * y", *(f"s{number} = s{number - 1} * y + x" for number in range(1, 1000))]
    source = "\n".join(lines)
    values = {"x": 0.5, "y": 0.99}
    found = ask(client, "jacobian", source, values=values, graph=True)
    assert found["matrix"][0][0] > 0
    assert len(ask(client, "hessian", source, values=values)["matrix"]) == 2
    assert len(ask(client, "backward", source, values=values)["nodes"]) > 1000
