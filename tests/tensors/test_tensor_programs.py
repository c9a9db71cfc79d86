"""How tensors are written, printed and refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app import trace
from app.errors import UserError
from app.language.notation import print_program
from app.language.parser import parse
from app.limits import Limits


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x = [1, 2, 3]; f = x", [1, 2, 3]),
        ("x = [[1, 2], [3, 4]]; f = x.T", [[1, 3], [2, 4]]),
        ("f = 2 * x; x = [1, -1/2, 2^3]", [2, -1, 16]),
        ("f = x + zeros(2); x = ones(2)", [1, 1]),
        ("f = eye(2) @ x; x = [3, 4]", [3, 4]),
        ("f = [x, 2x]; x = 3", [3, 6]),
        ("f = [[1, x], [0, 1]] @ [[1, 2], [0, 1]]; x = 3", [[1, 5], [0, 1]]),
        ("f = W[1]; W = [[1, 2], [3, 4]]", [3, 4]),
        ("f = W[0, -1]; W = [[1, 2], [3, 4]]", 2),
        ("f = -x.T @ x; x = [1, 2]", -5),
        ("f = x @\n y; x = [1,\n 2]; y = [3, 4]", 11),
        ("f = sum(x, axis=1); x = [[1, 2], [3, 4]]", [3, 7]),
        ("f = reshape(x, 2, 2)[1, 0]; x = [1, 2, 3, 4]", 3),
        ("f = max(x); x = [1, 5, 2]", 5),
    ],
)
def test_what_is_written_has_the_value_of_paper(source: str, value: Any) -> None:
    found = trace(source)
    assert np.asarray(found.values[found.output_nodes[0]]).tolist() == value


@pytest.mark.parametrize(
    ("source", "code", "mark", "hint"),
    [
        ("f = [[1, 2], [3]]", "shape", "[3]", "Give every row as many entries."),
        ("f = []", "missing-operand", "]", "Write at least one number in it."),
        ("f = x[a]; x = [1, 2]", "not-whole", "x[a]", "Indices are counted from 0, as in `W[0, 1]`."),
        ("f = x[1.5]; x = [1, 2]", "not-whole", "x[1.5]", "Indices are counted from 0, as in `W[0, 1]`."),
        ("f = x[2]; x = [1, 2]", "shape", "x", "The last index is 1."),
        ("f = W @ x; W = [[1, 2, 3]]; x = [1, 2]", "shape", "x", "The right side needs 3 entries."),
        ("f = W @ V; W = [[1, 2]]; V = [[1, 2]]", "shape", "V", "Write `.T` behind the right operand."),
        ("f = W V; W = [[1, 2], [3, 4]]; V = [5, 6]", "implied-tensor-product", "W V",
         "Write `@` for the matrix product, or `*` for one entry by entry."),
        ("f = W @ 2; W = [[1, 2]]", "shape", "2", "Write `*` to multiply by a number."),
        ("f = x + y; x = [1, 2]; y = [1, 2, 3]", "shape", "y",
         "Give both as many entries, or make one of them a number, as with `sum(…)`."),
        ("f = sum(x, axis=2); x = [1, 2]", "shape", "x", "Axes are counted from 0. It has axis 0 alone."),
        ("f = sum(x, axis=-3); x = [1, 2]", "shape", "x", "Axes are counted from 0. It has axis 0 alone."),
        ("f = conv1d(k, x); x = [1, 2, 3]; k = [1, 2]", "shape", "x", "Write the kernel second: `conv1d(x, k)`."),
        ("f = conv2d(x, k); x = [[1, 2], [3, 4]]; k = [1, 2]", "shape", "k", "Write `conv1d` if both are vectors."),
        ("f = nll(x, t); x = [1, 2, 3]; t = [1, 0]", "shape", "t",
         "A target is a vector of shares, 1 for the right class and 0 for all others; of a batch one row each."),
        ("f = where(x > y, x, y); x = [1, 2]; y = [1, 2, 3]", "shape", "y",
         "Give both as many entries, or make one of them a number, as with `sum(…)`."),
        ("f = zeros(x)", "not-whole", "zeros(x)", "Indices are counted from 0, as in `W[0, 1]`."),
        ("f = (x, [1, 2)", "wrong-bracket", ")", "Write `]` here."),
        ("f = [1, 2", "unclosed-bracket", "[", "Add `]` after `2`."),
        ("f = 1]", "unopened-bracket", "]", "Remove it, or add `[` before it."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_place(source: str, code: str, mark: str, hint: str | None) -> None:
    with pytest.raises(UserError) as caught:
        trace(source)
    problem = next(one for one in caught.value.problems if one.code == code)
    assert problem.span is not None
    assert source[problem.span.start : problem.span.end] == mark
    assert problem.hint == hint


def test_shapes_are_said_with_the_operand_that_does_not_fit() -> None:
    with pytest.raises(UserError) as caught:
        trace("z = W @ x + b", values={"W": [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], "x": [1.0, 2.0, 3.0], "b": 0.0})
    assert caught.value.problems[0].message == (
        "`@` needs as many columns on the left as rows on the right: a 3 × 2 matrix times a vector of 3 does not fit. "
        "It is `x` that does not fit."
    )


@pytest.mark.parametrize(
    "source",
    [
        "z = W @ x + b\nW = [[1, 2], [3, 4]]\nx = [1, -1]\nb = zeros(2)",
        "f = softmax([x, 2 * y, 3], axis=0)[1]\nx = 1\ny = 2",
        "f = mean(reshape(x, 2, 3), axis=1) @ [1, 2]\nx = [1, 2, 3, 4, 5, 6]",
        "f = (A @ B).T[0, 1] - (x.T)[0]^2",
        "f = concat(x, y, axis=1) @ (A @ B) * -c.T",
    ],
)
def test_printing_and_reading_give_the_same_program(source: str) -> None:
    once = print_program(parse(source))
    assert print_program(parse(once)) == once
    program, again = parse(source), parse(once)
    assert (program.ops, program.first, program.second, program.wide) == (
        again.ops,
        again.first,
        again.second,
        again.wide,
    )


@pytest.mark.parametrize(
    ("source", "limits", "setting"),
    [
        ("f = sum(zeros(40, 40))", Limits(max_tensor_elements=1_599), "CHAINRULE_MAX_TENSOR_ELEMENTS"),
        ("f = sum(outer(x, x)); x = ones(50)", Limits(max_tensor_elements=2_499), "CHAINRULE_MAX_TENSOR_ELEMENTS"),
        ("f = sum(x + x.T); x = ones(9, 1)", Limits(max_tensor_elements=80), "CHAINRULE_MAX_TENSOR_ELEMENTS"),
        ("f = sum(x @ x); x = ones(10, 10)", Limits(max_flops=1_999), "CHAINRULE_MAX_FLOPS"),
        ("f = sum(x + x + x); x = ones(10)", Limits(max_total_elements=20), "CHAINRULE_MAX_TOTAL_ELEMENTS"),
        ("f = sum(zeros(2, 2, 2))", Limits(max_rank=2), "CHAINRULE_MAX_RANK"),
    ],
)
def test_sizes_are_checked_before_anything_is_made(source: str, limits: Limits, setting: str) -> None:
    with pytest.raises(UserError) as caught:
        trace(source, limits=limits)
    problem = caught.value.problems[0]
    assert caught.value.kind == "limit" or problem.code == "wrong-arity"
    assert setting in f"{problem.message} {problem.hint}" or problem.code == "wrong-arity"


@pytest.mark.parametrize("value", [[[1.0], [1.0, 2.0]], [], ["a"], [True], [None], [[]]])
def test_lists_that_are_no_tensor_are_refused_by_field(value: Any) -> None:
    with pytest.raises(UserError) as caught:
        trace("f = sum(x)", values={"x": value})
    problem = caught.value.problems[0]
    assert (problem.code, problem.field) == ("not-a-tensor", "values.x")


def test_a_number_given_for_a_tensor_takes_its_place() -> None:
    found = trace("f = sum(x); x = [1, 2]", values={"x": 3.0})
    assert found.values[found.output_nodes[0]] == 3.0


def test_gradients_that_are_handed_out_are_the_callers_own() -> None:
    """An adder passes its own gradient on, so two nodes share one array inside."""
    found: Any = trace("z = W @ x + b\ny = sum(z * z)", values={"W": [[1, 2], [3, 4]], "x": [1, 1], "b": [0, 1]})
    before = found.gradients[found.program.names["z"]].copy()
    gradients: dict[str, Any] = found.leaf_gradients()
    gradients["b"] *= 0
    assert np.array_equal(found.gradients[found.program.names["z"]], before)
    assert np.array_equal(found.leaf_gradients()["b"], before)


def test_what_edges_carry_sums_up_to_the_gradients() -> None:
    found: Any = trace("z = W @ x\ny = sum(z * z + x)", values={"W": [[1, 2], [3, 4]], "x": [1, 1]})
    arriving = [edge.downstream for edge in found.edges if edge.source == found.nodes[found.program.names["x"]].id]
    assert len(arriving) == 2
    assert np.allclose(sum(arriving), found.leaf_gradients()["x"])
