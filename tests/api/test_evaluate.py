"""The lecture's cases through the API, with its exact numbers; and the parts of an answer one by one."""

import json
from typing import Any

import httpx
import pytest

from app.api.schemas import EvaluateAnswer
from app.lessons.load import scalar_lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client

SUM_TIMES_Z = {"source": "q = x + y\nf = q * z", "values": {"x": -2, "y": 5, "z": -4}}
NEURON = "f = 1 / (1 + exp(-(w0 x0 + w1 x1 + w2))); w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"
NEURON_GRADIENTS = {"w0": -0.196612, "x0": 0.393224, "w1": -0.393224, "x1": -0.589836, "w2": 0.196612}
NETWORK_221 = """za = x1 w1 + x2 w3; ha = sigmoid(za); zb = x1 w2 + x2 w4; hb = sigmoid(zb)
zc = ha w5 + hb w6; y = sigmoid(zc); E = 1/2 (yt - y)^2
x1 = 0.23; x2 = 0.82; w1 = 0.1; w2 = 0.5; w3 = 0.4; w4 = 0.3; w5 = 0.2; w6 = 0.6; yt = 1"""
NETWORK_322 = """za = x1 w1 + x2 w3 + x3 w5 + b1; zb = x1 w2 + x2 w4 + x3 w6 + b2; ha = sigmoid(za); hb = sigmoid(zb)
zc = ha w7 + hb w9 + b3; zd = ha w8 + hb w10 + b4; y1 = sigmoid(zc); y2 = sigmoid(zd)
E = 1/2 ((t1 - y1)^2 + (t2 - y2)^2)
x1 = 1; x2 = 4; x3 = 5; w1 = .1; w2 = .2; w3 = .3; w4 = .4; w5 = .5; w6 = .6; w7 = .7; w8 = .8; w9 = .9; w10 = .1
b1 = .5; b2 = .5; b3 = .5; b4 = .5; t1 = 0.1; t2 = 0.05"""

CASES: list[tuple[str, str, dict[str, float], dict[str, float], float]] = [
    ("1", "q = x + y; f = q z; x = -2; y = 5; z = -4", {"q": 3, "f": -12}, {"x": -4, "y": -4, "z": 3}, 0.0),
    ("2", NEURON, {"f": 0.7310585786300049}, NEURON_GRADIENTS, 5e-7),
    (
        "2, closed",
        NEURON.replace("1 / (1 + exp(-(w0 x0 + w1 x1 + w2)))", "sigmoid(w0 x0 + w1 x1 + w2)"),
        {"f": 0.7310585786300049},
        NEURON_GRADIENTS,
        5e-7,
    ),
    (
        "3",
        "f = 2 (x y + max(z, w)); x = 3; y = -4; z = 2; w = -1",
        {"f": -20},
        {"x": -8, "y": 6, "z": 2, "w": 0},
        0.0,
    ),
    (
        "5",
        NETWORK_221,
        {
            "za": 0.351, "ha": 0.5868600553, "zb": 0.361, "hb": 0.5892824843, "zc": 0.4709415016, "y": 0.6156065730,
            "E": 0.0738791534,
        },
        {
            "w1": -0.0010144829, "w2": -0.0030380925, "w3": -0.0036168520, "w4": -0.0108314603, "w5": -0.0533813686,
            "w6": -0.0536017151,
        },
        6e-11,
    ),
    (
        "6",
        NETWORK_322,
        {
            "za": 4.3, "ha": 0.9866130822, "zb": 5.3, "hb": 0.9950331983, "zc": 2.0861590360, "y1": 0.8895506140,
            "zd": 1.3887937856, "y2": 0.8003996081, "E": 0.5932448719,
        },
        {
            "w1": 0.0019839119, "w2": 0.0004042893, "w3": 0.0079356475, "w4": 0.0016171573, "w5": 0.0099195594,
            "w6": 0.0020214466, "w7": 0.0765351284, "w8": 0.1182790221, "w9": 0.0771883071, "w10": 0.1192884585,
            "b1": 0.0019839119, "b2": 0.0004042893, "b3": 0.0775735998, "b4": 0.1198838980,
        },
        6e-11,
    ),
    ("11", "f = (x + y) * max(y, z); x = 1; y = 2; z = 0", {"f": 6}, {"x": 2, "y": 5, "z": 0}, 0.0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "values", "gradients", "tolerance"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
@pytest.mark.parametrize("expand", [[], ["*"]])
def test_lecture_case(
    client: Client,
    source: str,
    values: dict[str, float],
    gradients: dict[str, float],
    tolerance: float,
    expand: list[str],
) -> None:
    answer = client.evaluate(source, expand=expand)
    assert {name: answer["values"][name] for name in values} == pytest.approx(values, rel=0, abs=max(tolerance, 1e-12))
    found = {name: answer["gradients"][name] for name in gradients}
    assert found == pytest.approx(gradients, rel=0, abs=max(tolerance, 1e-12))


@pytest.mark.parametrize("case", [case for case in CASES if case[0] != "2"], ids=lambda case: case[0])
def test_get_and_post_give_the_same(client: Client, case: tuple[Any, ...]) -> None:
    assert client.get("/api/v1/evaluate", params={"source": case[1]}).json() == client.evaluate(case[1])


def test_the_neuron_passes_the_lecture_s_numbers_gate_by_gate(client: Client) -> None:
    answer = client.evaluate(NEURON)
    gates = [node for node in answer["nodes"] if node["kind"] == "operation"]
    assert [round(node["value"], 4) for node in gates] == [-2, 6, 4, 1, -1, 0.3679, 1.3679, 0.7311]
    assert [round(node["gradient"], 4) for node in gates[::-1][:5]] == [1, -0.5344, -0.5344, -0.1966, 0.1966]


def test_the_first_example_is_answered_as_documented(client: Client) -> None:
    answer = client.evaluate(**SUM_TIMES_Z)  # type: ignore[arg-type]  # the fields of a request
    assert answer["output"] == "n4"
    assert answer["outputs"] == ["n4"]
    assert answer["gradients"] == {"x": -4.0, "y": -4.0, "z": 3.0}
    assert answer["values"] == {"x": -2.0, "y": 5.0, "z": -4.0, "q": 3.0, "f": -12.0}
    assert answer["nodes"][0] == {
        "id": "n0", "kind": "input", "op": None, "operands": [], "attributes": {}, "name": "x", "label": "x",
        "latex": "x", "shape": [], "value": -2.0, "gradient": -4.0, "depth": 0, "group": None,
        "span": {"start": 4, "end": 5, "line": 1, "column": 5}, "value_span": None,
    }  # fmt: skip
    assert answer["edges"][0] == {
        "source": "n0", "target": "n2", "operand": 0, "local": 1.0, "upstream": -4.0, "downstream": -4.0,
    }  # fmt: skip
    assert [one["latex"] for one in answer["statements"]] == ["q = x + y", "f = q z"]
    assert answer["conventions"] == {"relu_at_zero": 0.0, "ties": "split", "abs_at_zero": 0.0}
    assert answer["defaulted"] == answer["warnings"] == answer["kinks"] == answer["groups"] == []


def test_edges_add_up_to_gradients(client: Client) -> None:
    answer = client.evaluate(NETWORK_322)
    sums: dict[str, float] = {}
    for edge in answer["edges"]:
        if edge["downstream"] is not None:
            assert edge["downstream"] == pytest.approx(edge["upstream"] * edge["local"], rel=1e-12, abs=0)
            sums[edge["source"]] = sums.get(edge["source"], 0.0) + edge["downstream"]
    for node in answer["nodes"]:
        if node["id"] in sums and node["id"] != answer["output"]:
            assert node["gradient"] == pytest.approx(sums[node["id"]], rel=1e-12, abs=0)


def test_a_repeated_operand_is_two_edges(client: Client) -> None:
    answer = client.evaluate("f = x * x; x = 3")
    assert [(edge["source"], edge["operand"], edge["downstream"]) for edge in answer["edges"]] == [
        ("n0", 0, 3.0),
        ("n0", 1, 3.0),
    ]
    assert answer["gradients"] == {"x": 6.0}


def test_leaves_without_a_number_are_told(client: Client) -> None:
    answer = client.evaluate("a * b", values={"a": 3})
    assert answer["defaulted"] == ["b"]
    assert answer["values"]["b"] == 1.0


def test_values_of_the_request_win(client: Client) -> None:
    assert client.evaluate("f = 2 x; x = 1", values={"x": 5})["values"]["f"] == 10.0


@pytest.mark.parametrize("output", ["a", ["a"], ["a", "b"]])
def test_another_output_can_be_differentiated(client: Client, output: Any) -> None:
    answer = client.evaluate("a = 2 x; b = 3 a; x = 1", output=output)
    labels = {node["id"]: node["label"] for node in answer["nodes"]}
    assert labels[answer["output"]] == "a"
    assert [labels[one] for one in answer["outputs"]] == ([output] if isinstance(output, str) else output)
    assert answer["gradients"] == {"x": 2.0}
    assert next(node["gradient"] for node in answer["nodes"] if node["label"] == "b") == 0.0


def test_seed_scales_every_gradient(client: Client) -> None:
    assert client.evaluate("f = 3 x; x = 2", seed=-0.5)["gradients"] == {"x": -1.5}


def test_share_merges_equal_parts(client: Client) -> None:
    source = "f = (a + b) * (a + b); a = 1; b = 2"
    apart, shared = client.evaluate(source), client.evaluate(source, share=True)
    assert len(apart["nodes"]) == len(shared["nodes"]) + 1
    assert apart["gradients"] == shared["gradients"] == {"a": 6.0, "b": 6.0}


def test_remarks_tell_of_gates_that_let_little_through(client: Client) -> None:
    answer = client.evaluate("f = sigmoid(x) + relu(y); x = 12; y = -1")
    labels = {node["id"]: node["label"] for node in answer["nodes"]}
    assert [(one["code"], labels[one["node"]]) for one in answer["remarks"]] == [("saturated", "s0"), ("off", "s1")]
    assert answer["warnings"] == []
    assert client.evaluate("f = sigmoid(x)")["remarks"] == []


def test_conventions_decide_at_kinks_and_are_told(client: Client) -> None:
    for slope in (0, 0.5, 1):
        answer = client.evaluate("relu(x)", values={"x": 0}, conventions={"relu_at_zero": slope})
        assert answer["gradients"] == {"x": slope}
        assert answer["conventions"]["relu_at_zero"] == slope
        assert len(answer["kinks"]) == 1
    for ties, gradients in {"split": [0.5, 0.5], "first": [1, 0], "both": [1, 1]}.items():
        answer = client.evaluate("max(a, b)", values={"a": 2, "b": 2}, conventions={"ties": ties})
        assert list(answer["gradients"].values()) == gradients


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("log(0 x)", "-Infinity"),
        ("1/(0 x)", "Infinity"),
        ("log(-x)", "NaN"),
        ("0 x / (0 x)", "NaN"),
        ("exp(1000 x)", "Infinity"),
    ],
)
def test_numbers_that_json_cannot_hold_are_words(client: Client, source: str, word: str) -> None:
    response = client.post("/api/v1/evaluate", json={"source": f"f = {source}", "values": {"x": 1}})
    answer = json.loads(response.content, parse_constant=_no_constant)
    assert answer["values"]["f"] == word
    assert "not-finite" in [one["code"] for one in answer["warnings"]]


def _no_constant(token: str) -> None:
    raise AssertionError(f"a bare {token} token")


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
@pytest.mark.parametrize("expand", [[], ["*"]])
def test_answers_are_what_the_schema_says(client: Client, lesson: Any, expand: list[str]) -> None:
    fields = {} if lesson.output is None else {"output": lesson.output}
    answer = client.evaluate(lesson.program, expand=expand, **fields)
    read = EvaluateAnswer.model_validate_json(json.dumps(answer), strict=True)
    assert json.loads(read.model_dump_json(exclude_unset=True)) == answer
    ids = [node["id"] for node in answer["nodes"]]
    assert len(set(ids)) == len(ids)
    for position, node in enumerate(answer["nodes"]):
        assert all(ids.index(operand) < position for operand in node["operands"])
    groups = {group["id"] for group in answer["groups"]}
    assert all(node["group"] is None or node["group"] in groups for node in answer["nodes"])
    for statement in answer["statements"]:
        assert all(0 <= part["start"] < part["end"] <= len(statement["latex"]) for part in statement["parts"])


def test_expand_opens_composites_into_groups(client: Client) -> None:
    source = "f = sigmoid(x); x = 1"
    closed, opened = client.evaluate(source), client.evaluate(source, expand=["sigmoid"])
    assert [node["op"] for node in closed["nodes"]] == [None, "sigmoid"]
    assert [node["op"] for node in opened["nodes"] if node["op"]] == ["neg", "exp", "add", "div"]
    [group] = opened["groups"]
    assert group["op"] == "sigmoid"
    assert group["value"] == closed["values"]["f"]
    assert group["edges"][0]["local"] == pytest.approx(closed["edges"][0]["local"])
    assert opened["gradients"]["x"] == pytest.approx(closed["gradients"]["x"])
    assert client.evaluate(source, expand="*")["groups"] == opened["groups"]


def test_a_large_program_is_computed_beside_the_loop() -> None:
    count = 10_000
    lines = ["x1 = 0.5 x0"] + [f"x{i + 1} = x{i} + 0.001 x0" for i in range(1, count)]
    client = Client(create_app(Limits(max_nodes=100_000, max_statements=100_000)))
    response: httpx.Response = client.post("/api/v1/evaluate", json={"source": "\n".join(lines)})
    assert response.status_code == 200
    assert response.json()["gradients"]["x0"] == pytest.approx(0.5 + 0.001 * (count - 1))
