"""Composites of tensors opened into primitive gates: the same numbers open and closed, and groups that say so."""

from __future__ import annotations

import random
import zlib
from typing import Any

import numpy as np
import pytest

from app import trace
from app.engine.trace import Trace
from app.errors import UserError
from app.graph.forms import COUNT, bare_forms
from app.limits import Limits
from app.operations import BY_FUNCTION_NAME, EVERY_OPERATION, Operation
from app.operations.shapes import Shape

COMPOSITES = [operation for operation in EVERY_OPERATION if operation.composite]
WITH_AXIS = [operation for operation in COMPOSITES if "axis" in operation.attributes]
SHAPES: list[tuple[Shape, ...]] = [((3,), (3,)), ((2, 3), (2, 3)), ((2, 2, 3), (2, 2, 3)), ((1,), (1,))]
BROADCAST: list[tuple[Shape, ...]] = [((2, 3), (3,)), ((3,), ()), ((), (2, 3)), ((2, 1), (1, 3)), ((), ())]


def values_for(operation: Operation, shapes: tuple[Shape, ...]) -> dict[str, Any]:
    """Operands from the operation's domain, the same in every run."""
    generator = np.random.default_rng(zlib.crc32(f"{operation.name}{shapes}".encode()))
    return {
        f"x{at}": generator.uniform(*operation.domain[at], shapes[at]).tolist() for at in range(len(operation.operands))
    }


def agree(source: str, values: dict[str, Any], expand: tuple[str, ...] = ("*",)) -> tuple[Trace, Trace]:
    """The program closed and open: output, leaf gradients, and every closed gate against the gate it was."""
    closed, opened = trace(source, values=values), trace(source, values=values, expand=expand)
    output = closed.values[closed.output_nodes[0]]
    np.testing.assert_allclose(opened.values[opened.output_nodes[0]], output, rtol=1e-12, atol=1e-13)
    slopes = opened.leaf_gradients()
    for name, slope in closed.leaf_gradients().items():
        if slope is None:
            continue
        np.testing.assert_allclose(np.asarray(slopes[name]), slope, rtol=1e-12, atol=1e-12, err_msg=name)
    for group in opened.groups:
        inside = opened.values[int(group.output[1:])]
        np.testing.assert_allclose(inside, group.value, rtol=1e-11, atol=1e-12, err_msg=group.title)
    return closed, opened


@pytest.mark.parametrize("shapes", [*SHAPES, *BROADCAST], ids=str)
@pytest.mark.parametrize("operation", COMPOSITES, ids=lambda one: one.name)
def test_open_and_closed_agree(operation: Operation, shapes: tuple[Shape, ...]) -> None:
    names = [f"x{at}" for at in range(len(operation.operands))]
    if operation.whole and shapes in BROADCAST and not (len(names) == 1 and shapes[0]):
        pytest.skip("it takes tensors of one shape")
    values = values_for(operation, shapes)
    weights = "const w = [0.7]\n"  # so that a whole softmax does not have the sum 1
    closed, opened = agree(f"{weights}f = sum(cos({operation.name}({', '.join(names)})) * w)", values)
    gate = next(node for node in closed.nodes if node.op == operation.name)
    group = next(group for group in opened.groups if group.op == operation.name)
    np.testing.assert_allclose(group.value, closed.values[int(gate.id[1:])], rtol=1e-13)
    edges = {edge.operand: edge for edge in closed.edges if edge.target == gate.id}
    for edge in group.edges:
        for field in ("local", "upstream", "downstream"):
            mine, theirs = getattr(edge, field), getattr(edges[edge.operand], field)
            assert (mine is None) == (theirs is None)
            if mine is not None:
                np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-13)
                assert np.shape(mine) == np.shape(theirs)


@pytest.mark.parametrize("keepdims", ["", ", keepdims=True"])
@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("shape", [(2, 3), (2, 2, 3)], ids=str)
@pytest.mark.parametrize("operation", WITH_AXIS, ids=lambda one: one.name)
def test_open_and_closed_agree_along_every_axis(operation: Operation, shape: Shape, axis: int, keepdims: str) -> None:
    if keepdims and "keepdims" not in operation.attributes:
        pytest.skip("it keeps the shape")
    agree(f"f = sum(sin({operation.name}(x0, axis={axis}{keepdims})))", values_for(operation, (shape,)))


@pytest.mark.parametrize("operation", COMPOSITES, ids=lambda one: one.name)
def test_open_forms_name_operands_and_settings_alone(operation: Operation) -> None:
    known = {*operation.operands, *operation.attributes, COUNT}
    assert COUNT not in operation.operands
    for form in bare_forms(operation):
        assert set(form.program.leaves.values()) <= known


UNARY = ("sigmoid", "tanh", "softplus", "silu", "mish", "gelu", "softmax", "log_softmax", "asinh", "softsign")
REDUCING = ("norm", "logsumexp", "mean", "half_sse", "mse", "huber", "bce_logits", "cross_entropy")


@pytest.mark.parametrize("seed", range(60))
def test_random_programs_agree(seed: int) -> None:
    chance = random.Random(seed)
    shape = chance.choice([(3,), (2, 3), (2, 2, 2)])
    generator = np.random.default_rng(seed)
    values = {name: generator.uniform(-1.5, 1.5, shape).tolist() for name in ("x", "y")}
    lines = ["h0 = x + y"]
    for at in range(chance.randint(2, 5)):
        left, right = chance.choice(["x", "y", f"h{at}"]), f"h{at}"
        lines.append(f"h{at + 1} = {chance.choice(UNARY)}({right}) {chance.choice('+-*')} {left}")
    last = f"h{len(lines) - 1}"
    for name in chance.sample(REDUCING, 3):
        targets = ", softmax(y)" if len(BY_FUNCTION_NAME[name].operands) == 2 else ""
        moderate = f"tanh({last})" if name == "bce_logits" else last  # its open form loses digits beside 1
        lines.append(f"E_{name} = {name}({moderate}{targets})")
    source = "\n".join([*lines, f"f = {' + '.join(line.split()[0] for line in lines[-3:])}"])
    agree(source, values)
    some = chance.sample([*UNARY, *REDUCING], 4)
    agree(source, values, tuple(some))


@pytest.mark.parametrize("source", [
    "act(z) = z * sigmoid(z); f = sum(act(x) * act(x + y))",
    "loss(p, t) = mean(log(softmax(p)) * t); f = loss(x, y) + loss(y, x)",
    "g(a, b) = a^2 * b; f = sum(g(x, x) * y)",
    "same(a) = a; twice(a) = same(a) + same(a); f = norm(twice(x) + y)",
    "inner(a) = softmax(a) * y; outer_one(a, b) = inner(a) - inner(b); f = sum(outer_one(x, 2 x) * y)",
])  # fmt: skip
def test_calls_on_tensors_are_groups_whose_edges_carry_what_flows(source: str) -> None:
    values = {"x": [0.5, -1.0, 2.0], "y": [1.5, 0.25, -0.5]}
    _, opened = agree(source, values)
    for found in (opened, trace(source, values=values)):
        calls = [group for group in found.groups if group.op is None]
        assert calls
        top = {group.id for group in calls if group.group is None}
        arriving: dict[str, Any] = {}
        inside = {node.id for node in found.nodes if node.group is not None}
        edges = [edge for edge in found.edges if edge.target not in inside]
        for edge in (*edges, *(edge for group in calls if group.id in top for edge in group.edges)):
            if edge.downstream is not None:
                arriving[edge.source] = arriving.get(edge.source, 0.0) + np.asarray(edge.downstream)
        for node, slope in zip(found.nodes, found.gradients, strict=True):
            if node.kind != "operation" and slope is not None and node.id in arriving:
                np.testing.assert_allclose(arriving[node.id], slope, rtol=1e-12, atol=1e-13)


def test_a_call_with_the_same_operand_twice_has_an_edge_for_each() -> None:
    found = trace("g(a, b) = a^2 * b; f = sum(g(x, x)); x = [2, 3]")
    (group,) = found.groups
    first, second = (edge.downstream for edge in group.edges)
    assert np.asarray(first).tolist() == [8, 18]
    assert np.asarray(second).tolist() == [4, 9]


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp", "sigmoid", "softplus"])
@pytest.mark.parametrize("values", [[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -1001.0]])
def test_large_entries_stay_finite_open_and_closed(name: str, values: list[float]) -> None:
    for expand in ((), ("softmax", "log_softmax", "logsumexp")):
        found = trace(f"f = sum({name}(x) * [1, 2, 3])", values={"x": values}, expand=expand)
        assert np.all(np.isfinite(found.values[found.output_nodes[0]]))
        assert np.all(np.isfinite(np.asarray(found.leaf_gradients()["x"])))
        assert not found.warnings


def test_cross_entropy_of_large_logits_is_the_same_open() -> None:
    source, values = "L = cross_entropy(z, t)", {"z": [1000.0, 0.0, -1000.0], "t": [0.0, 0.0, 1.0]}
    closed, opened = agree(source, values)
    assert closed.values[closed.output_nodes[0]] == 2000
    assert [group.op for group in opened.groups] == ["cross_entropy", "log_softmax", "logsumexp", "nll"]
    np.testing.assert_allclose(np.asarray(opened.leaf_gradients()["z"]), [1, 0, -1])


def test_an_open_form_that_loses_a_number_is_told() -> None:
    found = trace("L = mean(softplus(x)); x = [1000, 1]", expand=["softplus"])
    assert [one.code for one in found.warnings] == ["not-finite", "open-form"]
    assert found.warnings[1].message == (
        "The primitive gates of `softplus` lose a number here; the closed gate keeps it."
    )
    assert np.asarray(found.groups[0].value).tolist() == pytest.approx([1000, 1.3132616875182228])


def test_softmax_opens_as_it_is_computed() -> None:
    found = trace("p = softmax(x); x = [1, 2, 3]", expand=["softmax"])
    assert [node.op for node in found.nodes if node.group == "g0"] == ["amax", "sub", "exp", "sum", "div"]
    along = trace("p = softmax(x, axis=0); x = [[1, 2], [3, 4]]", expand=["*"])
    assert [dict(node.attributes) for node in along.nodes if node.op == "sum"] == [{"axis": 0.0, "keepdims": True}]


def test_losses_open_with_the_sum_or_the_mean_over_entries() -> None:
    found = trace("E = half_sse(y, t); y = [1, 2]; t = [0, 4]", expand=["*"])
    assert [node.op for node in found.nodes if node.group == "g0" and node.op] == ["sub", "pow", "sum", "mul"]
    found = trace("E = mse(y, t); y = [1, 2]; t = [0, 4]", expand=["*"])
    assert [(group.op, group.group) for group in found.groups] == [("mse", None), ("mean", "g0")]
    number = trace("E = mse(y, t) + sum(x); y = 1; t = 2; x = [0, 0]", expand=["*"])
    assert [group.op for group in number.groups] == ["mse"]


def test_gates_that_a_program_writes_out_are_found() -> None:
    found = trace("a = 1 / (1 + exp(-z)); f = sum(a); z = [0, 1]", expand=["*"])
    (group,) = found.groups
    assert (group.op, group.written, group.name) == ("sigmoid", True, "a")
    np.testing.assert_allclose(group.value, [0.5, 0.7310585786300049])
    loss = trace("e = huber(y, t); f = sum(1/2 * (t - y)^2) + e; y = [0, 1]; t = [1, 1]", expand=["*"])
    assert [group.op for group in loss.groups if group.written] == []


def test_sizes_are_checked_before_anything_is_opened() -> None:
    source = "f = sum(mish(x)); x = ones(50)"
    assert trace(source, limits=Limits(max_total_elements=160)).groups == []
    with pytest.raises(UserError) as caught:
        trace(source, expand=["mish"], limits=Limits(max_total_elements=160))
    assert caught.value.kind == "limit"
    assert caught.value.problems[0].code == "tensor-too-large"
    with pytest.raises(UserError):
        trace(source, expand=["mish"], limits=Limits(max_nodes=3))
    # Everything is opened where it fits: what fits closed is not refused.
    assert trace(source, expand=["*"], limits=Limits(max_total_elements=160)).groups == []
    with pytest.raises(UserError):
        trace(source, expand=["*"], limits=Limits(max_total_elements=60))


def test_operands_that_do_not_fit_are_told_as_without_opening() -> None:
    for expand in ((), ("*",)):
        with pytest.raises(UserError) as caught:
            trace("f = mse(softmax(x), t); x = [1, 2]; t = [1, 2, 3]", expand=expand)
        assert caught.value.problems[0].code == "shape"


def test_a_setting_is_a_number_or_a_word() -> None:
    by_word = trace("f = sum(sum(x, axis=1, keepdims=True) * x); x = [[1, 2], [3, 4]]")
    by_number = trace("f = sum(sum(x, axis=1, keepdims=1) * x); x = [[1, 2], [3, 4]]")
    assert by_word.values[by_word.output_nodes[0]] == by_number.values[by_number.output_nodes[0]] == 58
    assert "True" in trace("f = True * 2").leaf_gradients()


def test_kinks_and_remarks_are_those_of_the_closed_gates() -> None:
    tied = "p = softmax(x); f = p[0] + logsumexp(x); x = [1, 1, 1]"
    assert trace(tied, expand=["*"]).kinks == trace(tied).kinks == []
    assert [one.code for one in trace("f = sum(hinge(z, t)); z = [1, 2]; t = [1, 1]", expand=["*"]).kinks]
    saturated = "a = sigmoid(z); f = sum(a * [1, 2]); z = [12, 0.5]"
    said = [(one.code, one.message) for one in trace(saturated).remarks]
    assert said == [(one.code, one.message) for one in trace(saturated, expand=["*"]).remarks] != []


def test_what_is_taken_off_is_held() -> None:
    """As libraries do: nothing flows back through the shift, so that no rounding stands where 0 belongs."""
    found = trace("p = softmax(x); f = p[0] + logsumexp(x); x = [1, 2, 3]", expand=["*"])
    largest = [node.id for node in found.nodes if node.op == "amax"]
    assert [found.gradients[int(node[1:])] for node in largest] == [None, None]
    assert found.leaf_gradients()["x"] == pytest.approx(
        trace("p = softmax(x); f = p[0] + logsumexp(x); x = [1, 2, 3]").leaf_gradients()["x"]
    )


@pytest.mark.parametrize("operation", [one for one in EVERY_OPERATION if one.jacobian], ids=lambda one: one.name)
def test_a_jacobian_that_is_told_is_the_one_of_the_product(operation: Operation) -> None:
    x = np.array([0.3, -1.2, 0.8, 2.0])
    out = np.asarray(operation.forward(x))
    assert operation.pull is not None
    rows = [operation.pull(unit, (x,), out, operation.attributes)[0] for unit in np.eye(len(x))]
    parts = []
    for text in operation.jacobian or ():
        told = trace(f"f = 0 * out + ({text}); out = {out.tolist()}")
        parts.append(np.asarray(told.values[told.output_nodes[0]]))
    diagonal, column, row = parts
    np.testing.assert_allclose(np.diag(diagonal) - np.outer(column, row), rows, rtol=1e-12, atol=1e-15)


def test_one_shift_serves_where_the_axis_stays() -> None:
    x = {"x": [[1.0, 2.0], [3.0, 5.0]]}
    for text, shifts in (("log_softmax(x)", 1), ("logsumexp(x, axis=1)", 2), ("logsumexp(x)", 1)):
        closed, opened = agree(f"f = sum({text} * 2)", x)
        assert sum(node.op == "amax" for node in opened.nodes) == shifts
        assert closed.kinks == opened.kinks
