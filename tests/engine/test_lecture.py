"""The numbers of the lecture, exact to float64."""

from __future__ import annotations

import math

import pytest

from app import Trace, trace

NEURON = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}
NEURON_GRADIENTS = {
    "w0": -0.19661193324148185, "x0": 0.3932238664829637, "w1": -0.3932238664829637, "x1": -0.5898357997244456,
    "w2": 0.19661193324148185,
}  # fmt: skip

TWO_TWO_ONE = """
za = x1 w1 + x2 w3; ha = σ(za); zb = x1 w2 + x2 w4; hb = σ(zb)
zc = ha w5 + hb w6; y = σ(zc); E = 1/2 (yt - y)^2
x1 = 0.23; x2 = 0.82; w1 = 0.1; w2 = 0.5; w3 = 0.4; w4 = 0.3; w5 = 0.2; w6 = 0.6; yt = 1
"""

THREE_TWO_TWO = """
za = x1 w1 + x2 w3 + x3 w5 + b1;  ha = sigmoid(za)
zb = x1 w2 + x2 w4 + x3 w6 + b2;  hb = sigmoid(zb)
zc = ha w7 + hb w9 + b3;          y1 = sigmoid(zc)
zd = ha w8 + hb w10 + b4;         y2 = sigmoid(zd)
E = 1/2 ((t1 - y1)^2 + (t2 - y2)^2)
x1 = 1; x2 = 4; x3 = 5; w1 = .1; w2 = .2; w3 = .3; w4 = .4; w5 = .5; w6 = .6; w7 = .7; w8 = .8; w9 = .9; w10 = .1
b1 = .5; b2 = .5; b3 = .5; b4 = .5; t1 = 0.1; t2 = 0.05
"""


def close(found: dict[str, float | None] | dict[str, float], expected: dict[str, float]) -> bool:
    return all(math.isclose(found[name] or 0.0, value, rel_tol=2e-9, abs_tol=6e-11) for name, value in expected.items())


def named_gradients(result: Trace) -> dict[str, float | None]:
    return {node.label: gradient for node, gradient in zip(result.nodes, result.gradients, strict=True)}


def test_example_1_product_of_a_sum() -> None:
    result = trace("q = x + y\nf = q * z", values={"x": -2, "y": 5, "z": -4})
    assert result.named_values() == {"x": -2, "y": 5, "q": 3, "z": -4, "f": -12}
    assert named_gradients(result) == {"x": -4, "y": -4, "q": -4, "z": 3, "f": 1}
    assert [(e.source, e.target, e.operand, e.local, e.upstream, e.downstream) for e in result.edges] == [
        ("n0", "n2", 0, 1, -4, -4), ("n1", "n2", 1, 1, -4, -4), ("n2", "n4", 0, -4, 1, -4), ("n3", "n4", 1, 3, 1, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    ["f = 1/(1 + e^-(w0 x0 + w1 x1 + w2))", "1/(1+exp(-(w0*x0+w1*x1+w2)))", "f = sigmoid(w0 x0 + w1 x1 + w2)"],
)
def test_example_2_sigmoid_neuron_is_the_same_in_every_representation(source: str) -> None:
    result = trace(source, values=NEURON)
    assert math.isclose(result.named_values()["f"], 0.7310585786300049, rel_tol=1e-15)
    assert close(result.leaf_gradients(), NEURON_GRADIENTS)


def test_example_2_gate_by_gate() -> None:
    result = trace("1/(1+exp(-(w0*x0+w1*x1+w2)))", values=NEURON)
    gates = [
        (round(value, 4), round(gradient or 0.0, 4))
        for node, value, gradient in zip(result.nodes, result.values, result.gradients, strict=True)
        if node.kind == "operation"
    ]
    assert gates == [
        (-2, 0.1966), (6, 0.1966), (4, 0.1966), (1, 0.1966), (-1, -0.1966), (0.3679, -0.5344), (1.3679, -0.5344),
        (0.7311, 1),
    ]  # fmt: skip


def test_example_2_opened_sigmoid_has_the_lecture_s_gates_and_the_same_numbers() -> None:
    result = trace("f = sigmoid(w0 x0 + w1 x1 + w2)", values=NEURON, expand=["sigmoid"])
    inside = [node.op for node in result.nodes if node.group == "g0" and node.op]
    assert inside == ["neg", "exp", "add", "div"]
    assert close(result.leaf_gradients(), NEURON_GRADIENTS)
    edge = result.groups[0].edges[0]
    assert edge.local is not None
    assert math.isclose(edge.local, (1 - 0.7310585786300049) * 0.7310585786300049)


def test_example_3_patterns_in_gradient_flow() -> None:
    result = trace("f = 2 (x y + max(z, w))", values={"x": 3, "y": -4, "z": 2, "w": -1})
    assert result.named_values()["f"] == -20
    assert result.leaf_gradients() == {"x": -8, "y": 6, "z": 2, "w": 0}


def test_example_5_network_and_one_step_of_descent() -> None:
    result = trace(TWO_TWO_ONE)
    values = {
        "za": 0.351, "ha": 0.5868600553, "zb": 0.361, "hb": 0.5892824843, "zc": 0.4709415016, "y": 0.6156065730,
        "E": 0.0738791534,
    }  # fmt: skip
    gradients = {
        "w1": -0.0010144829, "w2": -0.0030380925, "w3": -0.0036168520, "w4": -0.0108314603, "w5": -0.0533813686,
        "w6": -0.0536017151,
    }  # fmt: skip
    assert close(result.named_values(), values)
    assert close(result.leaf_gradients(), gradients)
    found = result.leaf_gradients()
    step = {name: result.named_values()[name] - 0.7 * (found[name] or 0.0) for name in gradients}
    weights = {
        "w1": 0.1007101380, "w2": 0.5021266648, "w3": 0.4025317964, "w4": 0.3075820222, "w5": 0.2373669580,
        "w6": 0.6375212006,
    }  # fmt: skip
    assert close(step, weights)
    assert close(trace(TWO_TWO_ONE, values=step).named_values(), {"E": 0.0698461276})


def test_example_6_network_with_biases_and_one_step_of_descent() -> None:
    result = trace(THREE_TWO_TWO)
    assert close(
        result.named_values(),
        {"za": 4.3, "ha": 0.9866130822, "zb": 5.3, "hb": 0.9950331983, "zc": 2.0861590360, "y1": 0.8895506140,
         "zd": 1.3887937856, "y2": 0.8003996081, "E": 0.5932448719},
    )  # fmt: skip
    gradients = {
        "w1": 0.0019839119, "w2": 0.0004042893, "w3": 0.0079356475, "w4": 0.0016171573, "w5": 0.0099195594,
        "w6": 0.0020214466, "w7": 0.0765351284, "w8": 0.1182790221, "w9": 0.0771883071, "w10": 0.1192884585,
        "b1": 0.0019839119, "b2": 0.0004042893, "b3": 0.0775735998, "b4": 0.1198838980,
    }  # fmt: skip
    found = result.leaf_gradients()
    assert close(found, gradients)
    step = {name: result.named_values()[name] - 0.01 * (found[name] or 0.0) for name in gradients}
    assert close(step, {"w1": 0.0999801609, "w7": 0.6992346487, "w10": 0.0988071154, "b4": 0.4988011610})
    assert close(trace(THREE_TWO_TWO, values=step).named_values(), {"E": 0.5926384296})


def test_example_11_expression_graph_with_fan_out() -> None:
    result = trace("(x+y)*max(y,z)", values={"x": 1, "y": 2, "z": 0})
    assert result.named_values()["f"] == 6
    assert result.leaf_gradients() == {"x": 2, "y": 5, "z": 0}
    of_y = [edge.downstream for edge in result.edges if edge.source == "n1"]
    assert of_y == [2, 3]


def test_derivatives_of_the_cheat_sheet() -> None:
    values = {"a": 3.0, "x": 2.0}
    assert trace("a x", values=values).leaf_gradients()["x"] == 3
    assert trace("a + x", values=values).leaf_gradients()["x"] == 1
    assert trace("x^5", values={"x": 2}).leaf_gradients()["x"] == 80
    assert trace("e^x", values={"x": 2}).leaf_gradients()["x"] == math.exp(2)
