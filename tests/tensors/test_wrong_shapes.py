"""Shapes that do not go together: every operation says which ones, points at the guilty operand and offers a repair."""

from __future__ import annotations

from typing import Any

import pytest

from app import trace
from app.errors import Problem, UserError
from app.operations import OPERATIONS, TENSOR_OPERATIONS
from app.operations.shapes import Shape, shape_text

Wrong = tuple[str, tuple[Shape, ...], str, str]
"""A text of p, q and r, their shapes, the name that is pointed at, and what the hint says among other words."""

WRONG: dict[str, list[Wrong]] = {
    "matmul": [
        ("p @ q", ((2, 3), (2,)), "q", "Write `.T` behind the left operand."),
        ("p @ q", ((2, 3), (4, 3)), "q", "Write `.T` behind the right operand."),
        ("p @ q", ((2, 3), (4, 2)), "q", "Write the factors the other way round."),
        ("p @ q", ((3,), (2,)), "q", "`outer(x, y)`"),
        ("p @ q", ((2, 3), (4,)), "q", "The right side needs 3 entries."),
        ("p @ q", ((2, 3), (5, 7)), "q", "The right side needs 3 rows."),
        ("p @ q", ((2, 3), ()), "q", "Write `*` to multiply by a number."),
        ("p @ q", ((), (2, 3)), "p", "Write `*` to multiply by a number."),
        ("p @ q", ((2, 2, 2), (2,)), "p", "Take one matrix of it, as in `x[0]`."),
    ],
    "outer": [
        ("outer(p, q)", ((2, 2), (2,)), "p", "Write `@`"),
        ("outer(p, q)", ((2,), ()), "q", "Write `*` to multiply by a number."),
    ],
    "transpose": [],  # every shape can be turned
    "trace": [
        ("trace(p)", ((2, 3),), "p", "`x @ x.T` is square"),
        ("trace(p)", ((3,),), "p", "`sum(…)`"),
    ],
    **{
        name: [
            (f"{name}(p, axis=2)", ((2, 3),), "p", "It has the axes 0 to 1."),
            (f"{name}(p, axis=1)", ((3,),), "p", "It has axis 0 alone."),
            (f"{name}(p, axis=0)", ((),), "p", "Remove `axis`."),
        ]
        for name in ("sum", "mean", "prod", "amax", "amin", "norm", "logsumexp")
    },
    **{
        name: [
            (f"{name}(p)", ((),), "p", "`[1, 2, 3]`"),
            (f"{name}(p, axis=-3)", ((2, 3),), "p", "It has the axes 0 to 1."),
        ]
        for name in ("softmax", "log_softmax")
    },
    **{
        name: [
            (f"{name}(p, q)", ((2, 3), (3, 2)), "q", "Write `.T` behind the targets."),
            (f"{name}(p, q)", ((2, 3), (2,)), "q", "one row each"),
            (f"{name}(p, q)", ((), ()), "p", "vector of shares"),
        ]
        for name in ("cross_entropy", "nll")
    },
    "stack": [
        ("[p, q]", ((2,), (3,)), "q", "`concat`"),
        ("[p, q]", ((2,), (2, 2)), "q", "Give every entry the shape of the first one."),
    ],
    "index": [
        ("p[3]", ((3,),), "p", "The last index is 2."),
        ("p[0, -4]", ((2, 3),), "p", "The last index is 2."),
        ("p[0, 0, 0]", ((2, 3),), "p", "Write at most 2 indices"),
        ("p[0]", ((),), "p", "Write the number alone."),
    ],
    "concat": [
        ("concat(p, q)", ((2, 3), (2, 4)), "q", "They fit along axis 1: write `axis=1`."),
        ("concat(p, q, axis=1)", ((2, 3), (4, 3)), "q", "They fit along axis 0: write `axis=0`."),
        ("concat(p, q)", ((2, 3), (4, 5)), "q", "All sizes but that along axis 0 have to be equal."),
        ("concat(p, q)", ((2,), (2, 4)), "q", "`reshape`"),
        ("concat(p, q)", ((2,), ()), "q", "`[1]`"),
        ("concat(p, q, axis=1)", ((2,), (2,)), "p", "Axes are counted from 0."),
    ],
    "reshape": [("reshape(p, 2, 2)", ((3,),), "p", "Write sizes whose product is 3.")],
    "conv1d": [
        ("conv1d(p, q)", ((2,), (3,)), "q", "Write the kernel second: `conv1d(x, k)`."),
        ("conv1d(p, q)", ((2, 2), (2, 2)), "p", "Write `conv2d`"),
        ("conv1d(p, q)", ((2,), ()), "q", "`[1, −1]`"),
    ],
    "conv2d": [
        ("conv2d(p, q)", ((3, 3), (4, 2)), "q", "A kernel has at most 3 × 3 entries."),
        ("conv2d(p, q)", ((3,), (2,)), "p", "Write `conv1d`"),
        ("conv2d(p, q)", ((3, 3), ()), "q", "`[[1, 0], [0, 1]]`"),
        ("conv2d(p, q)", ((2, 3, 3), (2, 2)), "p", "Take one channel of it"),
    ],
}

BROADCASTS: list[tuple[Shape, Shape, str]] = [
    ((2,), (3,), "Give both as many entries"),
    ((2, 3), (3, 2), "Write `.T` behind one of them to turn it."),
    ((4, 3), (4,), "`sum(…, axis=1)`"),
    ((4, 3), (2,), "A vector goes to every row, so it needs 3 entries."),
    ((4,), (4, 3), "`.T`"),
    ((2, 2), (1, 3), "`sum(…, axis=0)` takes an axis away."),
    ((2, 3, 4), (3, 3), "`sum(…, axis=0)` takes an axis away."),
]


def value(shape: Shape) -> Any:
    made: Any = 0.5
    for size in reversed(shape):
        made = [made] * size
    return made


def problem_of(source: str, values: dict[str, Any]) -> Problem:
    with pytest.raises(UserError) as caught:
        trace(source, values=values)
    assert caught.value.kind == "program"
    return caught.value.problems[0]


def test_no_operation_is_left_out() -> None:
    assert set(WRONG) == {operation.name for operation in TENSOR_OPERATIONS}


@pytest.mark.parametrize("wrong", [one for wrongs in WRONG.values() for one in wrongs], ids=str)
def test_an_operation_on_whole_tensors_says_what_does_not_fit(wrong: Wrong) -> None:
    text, shapes, guilty, hint = wrong
    source = f"f = sum({text})" if not text.startswith("sum") else f"f = {text}"
    problem = problem_of(source, dict(zip("pqr", map(value, shapes), strict=False)))
    assert problem.code == "shape"
    assert problem.span is not None
    assert source[problem.span.start : problem.span.end] == guilty
    assert hint in str(problem.hint), problem
    for shape in shapes:  # of two operands both shapes are said
        words = shape_text(shape)
        assert words.removeprefix("a ") in problem.message or words.capitalize() in problem.message, problem


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.variadic or len(one.operands) > 1], ids=lambda one: one.name
)
@pytest.mark.parametrize(("one", "other", "hint"), BROADCASTS, ids=str)
def test_a_broadcast_says_both_shapes_and_a_repair(operation: Any, one: Shape, other: Shape, hint: str) -> None:
    names = ["p", "q", *["r"] * (max(len(operation.operands), 2) - 2)]
    text = f"{operation.name}({', '.join(names)})"
    if operation.infix is not None:
        text = f"p {operation.infix.symbols[0]} q"
        text = f"where({text}, 1, 0)" if operation.name in ("lt", "le", "gt", "ge", "eq", "ne") else text
    source = f"f = mean({text})"
    problem = problem_of(source, {"p": value(one), "q": value(other), **({"r": 0.5} if "r" in names else {})})
    assert problem.code == "shape"
    assert shape_text(one).capitalize() in problem.message
    assert shape_text(other) in problem.message
    assert "It is `q` that does not fit." in problem.message
    assert hint in str(problem.hint)
    assert problem.span is not None
    assert source[problem.span.start : problem.span.end] == "q"


@pytest.mark.parametrize(
    ("source", "leaf", "hint"),
    [
        ("f = sum(W @ x); x = [1, 2]", "W", "Give it one, as in `W = [[1, 2], [3, 4]]`."),
        ("f = sum(W @ x); W = [[1, 2, 3]]", "x", "Give it one, as in `x = [1, 2, 3]`."),
        ("f = sum(W @ x); x = ones(50)", "W", "Give it one, as in `W = ones(2, 50)`."),
        ("f = sum(W @ x)", "W", "Give it one, as in `W = [1, 2, 3]`."),
        ("f = x[0]", "x", "Give it one, as in `x = [1, 2, 3]`."),
        ("f = cross_entropy(z, t); z = [1, 2]", "t", "Give it one, as in `t = [1, 2]`."),
        ("f = sum(conv2d(x, k)); x = ones(4, 4)", "k", "Give it one, as in `k = [[1, 2], [3, 4]]`."),
        ("f = trace(A)", "A", "Give it one, as in `A = [[1, 2], [3, 4]]`."),
        ("f = sum(softmax(x))", "x", "Give it one, as in `x = [1, 2, 3]`."),
    ],
)
def test_a_leaf_without_a_value_is_told_what_to_write(source: str, leaf: str, hint: str) -> None:
    problem = problem_of(source, {})
    assert problem.message.endswith(f" `{leaf}` has no value, so it is the number 1.")
    assert problem.hint == hint
    assert problem.span is not None
    assert source[problem.span.start : problem.span.end] == leaf


@pytest.mark.parametrize(
    ("source", "mark"),
    [
        ("f = sum(W x); W = [[1, 2], [3, 4]]; x = [1, 2]", "W x"),
        ("f = sum(2(W)x); W = [[1, 2], [3, 4]]; x = [1, 2]", "2(W)x"),
        ("f = sum((W)(x)); W = [[1, 2], [3, 4]]; x = [1, 2]", "(W)(x)"),
        ("f = sum([[1, 2], [3, 4]] x); x = [1, 2]", "[[1, 2], [3, 4]] x"),
        ("f = sum(([[1, 2], [3, 4]])([1, 2]) y); y = 1", "([[1, 2], [3, 4]])([1, 2])"),
        ("layer(W, x) = relu(W x)\nf = sum(layer(A, v)); A = [[1, 2], [3, 4]]; v = [1, 2]", "W x"),
        ("g(W, x) = 2 W x\nh(V, y) = g(V, y) + 1\nf = sum(h(A, v)); A = [[1, 2], [3, 4]]; v = [1, 2]", "2 W x"),
        ("n(x) = x x\nf = sum(n(v) + A v); A = [[1, 2], [3, 4]]; v = [1, 2]", "A v"),
        ("f(W, x) = W x\nW = [[1, 2], [3, 4]]; x = [1, 2]", "W x"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("share", [False, True])
def test_a_product_without_a_sign_has_to_be_said(source: str, mark: str, share: bool) -> None:
    with pytest.raises(UserError) as caught:
        trace(source, share=share)
    problem = caught.value.problems[0]
    assert problem.code == "implied-tensor-product"
    assert problem.hint == "Write `@` for the matrix product, or `*` for one entry by entry."
    assert problem.span is not None
    assert source[problem.span.start : problem.span.end] == mark


@pytest.mark.parametrize(
    "source",
    [
        "layer(W, x) = relu(W @ x + 2x)\nf = sum(layer(A, v)); A = [[1, 2], [3, 4]]; v = [1, 2]",
        "scale(c, x) = c x\nf = sum(scale(2, v) + scale(v, v)); v = [1, 2]",
        "f = sum(2A + A * v); A = [[1, 2], [3, 4]]; v = [1, 2]",
    ],
)
def test_products_that_mean_one_thing_need_no_sign(source: str) -> None:
    trace(source)
    trace(source, share=True)


def test_what_fits_and_is_seldom_meant_is_a_warning() -> None:
    codes = [one.code for one in trace("f = mse(y, t); y = [1, 2]; t = [[1], [2]]").warnings]
    assert codes == ["broadcast-loss"]
    assert "transpose-name" in [one.code for one in trace("f = sum(W^T); W = [[1, 2]]").warnings]
    assert trace("f = mse(y, t); y = [1, 2]; t = 1").warnings == []
