"""What is told of programs with tensors: kinks, saturated and dead units, vanishing gradients, numbers not finite."""

from __future__ import annotations

import numpy as np
import pytest

from app import trace
from app.engine.tensors.trace import TensorTrace
from app.lessons.load import lessons
from app.operations import OPERATIONS, Conventions, Operation
from app.operations.conventions import TIES, Ties

WITH_KINKS = [
    operation for operation in OPERATIONS if operation.kinks is not None and operation.section != "arithmetic"
]


def told(source: str) -> list[tuple[str, str]]:
    found = trace(source)
    assert isinstance(found, TensorTrace)
    return [(one.code, one.message) for one in (*found.kinks, *found.remarks, *found.warnings)]


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("f = sum(relu(x)); x = [1, 0, -1]", "relu_at_zero",
         "Entry [1]: at 0 the slope jumps from 0 to 1. The gate takes the slope chosen for ReLU at 0."),
        ("f = sum(abs(x)); x = [[0, 1], [2, 0]]", "abs_at_zero",
         "Entries [0, 0] and [1, 1]: at 0 the slope jumps from −1 to 1. The gate takes the slope chosen for abs at 0."),
        ("f = sum(max(x, y)); x = [1, 2]; y = [1, 2]", "ties",
         "All 2 entries: two inputs are equally large. The gate divides the gradient between them as chosen for ties."),
        ("f = mean(clip(x, 0, 1)); x = [0, 1, 0, 1, 0.5]", "kink",
         "Entries [0], [1], [2] and 1 more: the input lies on a bound. The gate lets the gradient through to the "
         "input."),
        ("f = max(x); x = [3, 3, 1]", "ties",
         "Several entries are equally large. The gate divides the gradient between them as chosen for ties."),
        ("f = sum(max(x, axis=1)); x = [[3, 3], [1, 2]]", "ties",
         "Entry [0]: several entries are equally large. The gate divides the gradient between them as chosen for "
         "ties."),
        ("f = norm(x); x = [0, 0]", "kink",
         "At the origin the length has a tip, so there is no slope, and the gate takes 0."),
        ("h = relu(W @ x); f = sum(h); W = [[1, 1], [-1, -1], [1, -3]]; x = [1, 1]", "off",
         "Units 2 and 3 are off: the ReLU passes on 0 for them, so nothing flows back through them, and a step of "
         "training leaves their weights as they are."),
        ("f = sum(relu(x)); x = [2, -1]", "off",
         "Unit 2 is off: the ReLU passes on 0 for it, so nothing flows back through it, and a step of training leaves "
         "its weights as they are."),
        ("f = sum(relu(X)); X = [[1, -1], [2, -2], [-1, -3]]", "off",
         "Column 2 (all 3 rows) is off: the ReLU passes on 0 for it, so nothing flows back through it, and a step of "
         "training leaves its weights as they are."),
        ("f = sum(sigmoid(x)); x = [[8, 0], [-12, 1]]", "saturated",
         "2 of 4 entries of this sigmoid are saturated: the local gradient at [1, 0] is 6.1·10⁻⁶, where 0.2500 is the "
         "most, so almost nothing flows back there."),
        ("f = sum(tanh(x)); x = [0, 2]", "saturated",
         "1 of 2 entries of this hyperbolic tangent is saturated: the local gradient at [1] is 0.0707, where 1.0000 is "
         "the most, so little flows back there."),
        ("f = sum(x) + sigmoid(y); x = [1, 2]; y = -5", "saturated",
         "The sigmoid is saturated here: its local gradient is 0.0066, where 0.2500 is the most, so little flows "
         "back."),
        ("f = sum(log(p)); p = [1, 0, 0]", "not-finite",
         "log(p[1]) is −∞ here because p[1] is 0. 1 more entry is not finite."),
        ("f = sum(t * log(1 - p)); p = [1, 0]; t = [[1, 2], [3, 4]]", "not-finite",
         "log(1 - p[0]) is −∞ here because 1 - p[0] is 0."),
        ("f = bce(p, t); p = [0.5, 1]; t = [1, 0]", "not-finite",
         "f is ∞ here because p[1] is 1 and t[1] is 0. A wrong answer that is certain costs without bound; "
         "`bce_logits` of the logits stays finite."),
        ("f = bce(p, t); p = [0, 0.5]; t = [1, 0]", "not-finite",
         "f is ∞ here because p[0] is 0 and t[0] is 1. A wrong answer that is certain costs without bound; "
         "`bce_logits` of the logits stays finite."),
        ("f = sum(log(softmax(z))); z = [0, 1000]", "not-finite",
         "log(softmax(z)[0]) is −∞ here because softmax(z)[0] is 0. The softmax was rounded to 0; `log_softmax` in one "
         "step stays finite."),
        ("f = sum(W @ x); W = [[1e308, 1e308]]; x = [10, 1]", "not-finite",
         "(W @ x)[0] is ∞ here: the result is beyond the largest 64-bit float, about 1.8·10³⁰⁸."),
        ("f = sum(x / y); x = [1, 0]; y = [2, 0]", "not-finite",
         "x[1] / y[1] is not a number here because x[1] is 0 and y[1] is 0."),
        ("f = sum(sqrt(x)); x = [0, 1]", "infinite-slope",
         "The slope of sqrt(x[0]) with respect to x[0] is ∞ here because x[0] is 0."),
        ("f = sum(x); x = [1, 1e999]", "not-finite", "x[1] is ∞ because that is its value."),
        ("f = sum(x) + q * exp; x = [1, 2]", "function-name", "`exp` is read as a name here, not as the function."),
    ],
)  # fmt: skip
def test_it_is_told_with_its_entries(source: str, code: str, message: str) -> None:
    assert (code, message) in told(source)


def test_gradients_that_vanish_along_the_layers_name_the_smallest_factor() -> None:
    layers = "a = sigmoid(W @ x); b = sigmoid(W @ a); c = sigmoid(W @ b); d = sigmoid(W @ c); f = 0.01 * sum(d)"
    found = trace(f"{layers}; W = [[0.1, 0.2], [-0.1, 0.1]]; x = [1, 2]")
    [remark] = [one for one in found.remarks if one.code == "vanishing"]
    assert remark.message == (
        "The gradient vanishes on its way here: 1.00 at the output, at most 5.5·10⁻⁸ here. Of 10 gates on the "
        "strongest path the smallest factor is 0.0100, at f."
    )
    found = trace("f = sum(W @ W @ W @ W @ x); W = [[100, 0], [0, 100]]; x = [1, 1]")
    assert "explodes" in "".join(one.message for one in found.remarks)


def test_nothing_is_told_where_there_is_nothing_to_tell() -> None:
    assert told("f = sum(sigmoid(W @ x)) + sum(relu(x)); W = [[1, 2]]; x = [1, 1]") == []


def test_a_certain_answer_that_is_right_is_finite() -> None:
    found = trace("f = bce(p, t) + nll(l, t); p = [1, 0]; const t = [1, 0]; l = [0, -1]")
    assert np.isfinite(found.values[found.output_nodes[0]])
    assert found.warnings == []


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_every_notice_of_a_lesson_points_at_a_node(lesson: object) -> None:
    found = trace(lesson.program, output=lesson.output)  # type: ignore[attr-defined]
    for notice in (*found.kinks, *found.remarks):
        assert notice.node is not None
        assert notice.span is not None


@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize(("relu", "slope"), [(0, -1), (0.5, 1), (1, 0.5)])
@pytest.mark.parametrize("operation", WITH_KINKS, ids=lambda operation: operation.name)
def test_conventions_hold_for_entries_as_for_numbers(
    operation: Operation, relu: float, slope: float, ties: Ties
) -> None:
    """At its kinks and beside them, every entry has the gradient that the number alone has."""
    conventions = Conventions(relu, ties, slope)
    count = 2 if operation.variadic else len(operation.operands)
    points = [list(point[:count]) for point in operation.kink_points]
    rows = [*points, *([at + step for at in point] for point in points for step in (0.25, -0.25))]
    if operation.variadic:
        rows += [[1.0, 1.0], [2.0, 1.0]]
    names = ["x", "y", "z"][:count]
    text = f"{operation.name}({', '.join(names)})"
    if operation.infix is not None and operation.name in ("lt", "le", "gt", "ge", "eq", "ne"):
        text = f"where({names[0]} {operation.infix.symbols[0]} {names[1]}, 2 {names[0]}, {names[1]})"
    values = {name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    found = trace(
        f"f = sum({text})" if not operation.over else f"f = {len(rows)} * {text}",
        values=values,
        conventions=conventions,
    )
    for place, row in enumerate(rows):
        alone = trace(f"f = {text}", values=dict(zip(names, row, strict=True)), conventions=conventions)
        for name in names:
            assert found.leaf_gradients()[name][place] == pytest.approx(alone.leaf_gradients()[name], nan_ok=True), row  # type: ignore[index]
    kinked = {
        place for place, row in enumerate(rows) if trace(f"f = {text}", values=dict(zip(names, row, strict=True))).kinks
    }
    assert bool(kinked) == bool(found.kinks)


@pytest.mark.parametrize(("ties", "expected"), [("split", [0.5, 0.5, 0]), ("first", [1, 0, 0]), ("both", [1, 1, 0])])
@pytest.mark.parametrize("source", ["f = max(x)", "f = sum(max(reshape(x, 3, 1), axis=0))", "f = -min(-x)"])
def test_ties_inside_a_tensor_share_as_the_operands_of_max_do(source: str, ties: str, expected: list[float]) -> None:
    found = trace(source, values={"x": [2.0, 2.0, 1.0]}, conventions=Conventions(0, ties, 0))  # type: ignore[arg-type]
    assert np.asarray(found.leaf_gradients()["x"]).tolist() == expected
