"""Gradients of tensors against small steps: every lesson, every operation, kinks, samples and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app import trace
from app.engine.check import Check
from app.engine.tensors.check import MOST_ENTRIES, check_trace
from app.engine.tensors.trace import TensorTrace
from app.errors import UserError
from app.lessons.load import lessons
from app.lessons.records import Lesson
from app.limits import Limits
from tests.tensors.test_every_tensor_operation import ENTRYWISE, PROGRAM_NAMES, WHOLE, Case, arrays_of

TENSOR_LESSONS = [
    lesson for lesson in lessons() if isinstance(trace(lesson.program, output=lesson.output), TensorTrace)
]


def check_of(source: str, leaf: str, **more: Any) -> Check:
    return check_trace(trace(source, **more), [leaf], None)[0]


@pytest.mark.parametrize("expand", [(), ("*",)])
@pytest.mark.parametrize("lesson", TENSOR_LESSONS, ids=lambda lesson: lesson.slug)
def test_every_gradient_of_every_lesson_agrees(lesson: Lesson, expand: tuple[str, ...]) -> None:
    found = trace(lesson.program, output=lesson.output, expand=expand)
    nodes = [f"n{node}" for node in range(len(found.program.ops)) if not found.program.is_fixed(node)]
    for check in (*check_trace(found, None, None), *check_trace(found, None, nodes)):
        assert check.verdict == "agrees", check
        assert all(one.verdict == "agrees" for one in check.entries or ())
        assert len(check.entries or (None,)) == check.size


@pytest.mark.parametrize("case", [*WHOLE, *ENTRYWISE], ids=str)
def test_every_operation_agrees_with_small_steps(case: Case) -> None:
    arrays = arrays_of(case)
    names = PROGRAM_NAMES[: len(arrays)]
    settings = "".join(
        f", {name}={value:g}" for name, value in case.attributes.items() if name == "axis" and value is not None
    )
    text = case.text or f"{case.name}({', '.join(names)}{settings})"
    source = f"f = mean({text.replace('1 > 0', 'p > 0')} * 1.5)"
    found = trace(source, values=dict(zip(names, arrays, strict=True)))
    for check in check_trace(found, None, None):
        assert check.verdict in ("agrees", "kink"), (source, check)


def test_one_entry_has_the_numbers_of_a_single_gradient() -> None:
    check = check_of("E = half_sse(W @ x, t); W = [[1, 2], [3, 4]]; x = [1, 2]; t = [1, 0]", "W[0, -1]")
    assert (check.label, check.entry, check.gradient, check.entries) == ("W[0, 1]", (0, 1), 8.0, None)
    assert check.message == "Finite difference gives 8.0000."
    assert check.numeric == pytest.approx(8.0, abs=1e-8)


def test_a_whole_tensor_says_its_largest_deviation_and_where() -> None:
    found = trace("f = sum(exp(W)); W = [[1, 2], [3, 4]]")
    assert isinstance(found, TensorTrace)
    found.gradients[0] = found.gradients[0] * np.array([[1, 1], [1.001, 1]])
    check = check_trace(found, None, None)[0]
    assert (check.verdict, check.entry, check.size) == ("differs", (1, 0), 4)
    assert check.message == (
        "Finite difference agrees in 3 of 4 entries. At W[1, 0]: finite difference gives 20.0855, differs by 0.0201."
    )
    assert [one.verdict for one in check.entries or ()] == ["agrees", "agrees", "differs", "agrees"]


def test_of_a_large_tensor_a_sample_is_checked_and_said() -> None:
    check = check_of("f = sum(W * W); W = ones(20, 30)", "W")
    assert len(check.entries or ()) == MOST_ENTRIES
    assert check.size == 600
    assert check.message.startswith("Finite difference agrees in 64 of 600 entries, spread evenly; ")
    assert (check.entries or ())[0].entry == (0, 0)
    assert (check.entries or ())[-1].entry == (19, 29)


@pytest.mark.parametrize(
    ("source", "leaf", "words"),
    [
        ("f = sum(relu(x)); x = [1, 0]", "x[1]", "A kink: the slope is 0.0000 on the left and 1.0000 on the right"),
        ("f = sum(relu(x)); x = [1, 0.000002]", "x[1]", "A kink lies within the step"),
        ("f = max(x); x = [2, 2, 1]", "x[0]", "A kink: the slope is 0.0000 on the left and 1.0000 on the right"),
        ("f = min(x, axis=0) @ [1, 2]; x = [[2, 2], [1, 2]]", "x[0, 1]", "the gradient is 1.0000 by convention"),
        ("f = norm(x); x = [0, 0]", "x[1]", "the slope is −1.0000 on the left and 1.0000 on the right"),
        ("f = sum(where(x > y, x, 2 * y)); x = [1, 2]; y = [1, 3]", "x[0]", "The output jumps here"),
        ("f = hinge(z, t); z = [1, 0.5]; t = [1, 1]", "z[0]", "A kink: the slope is −0.5000 on the left"),
        ("f = sum(max(x, y)); x = [[1, 2]]; y = [[1], [5]]", "y[0, 0]", "A kink"),
        ("f = sum(log(x)); x = [1, 0]", "x[1]", "The gradient is ∞"),
    ],
)  # fmt: skip
def test_where_there_is_no_one_slope_it_is_told(source: str, leaf: str, words: str) -> None:
    assert words in check_of(source, leaf).message


def test_a_kink_of_another_entry_is_none() -> None:
    assert check_of("f = sum(relu(x)); x = [1, 0]", "x[0]").verdict == "agrees"
    assert check_of("f = max(x); x = [2, 2, 1]", "x[2]").verdict == "agrees"


@pytest.mark.parametrize(
    ("leaf", "message"),
    [
        ("W[2, 0]", "`W` is a 2 × 2 matrix: it has no entry `W[2, 0]`."),
        ("W[0]", "`W` is a 2 × 2 matrix: an entry has two indices."),
        ("b[0]", "`b` is a number: it has no entries."),
        ("V[0]", "The program has no leaf `V`."),
    ],
)
def test_an_entry_that_is_not_there_is_refused(leaf: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        check_of("f = sum(W) + b; W = [[1, 2], [3, 4]]; b = 1", leaf)
    problem = caught.value.problems[0]
    assert problem.message == message.replace("two indices", "2 indices")
    assert problem.field == "leaf.0"


def test_the_work_is_bounded_and_the_limit_named() -> None:
    found = trace("f = sum(x @ x); x = ones(50, 50)")
    assert len(check_trace(found, None, None)[0].entries or ()) == MOST_ENTRIES
    few = check_trace(found, None, None, Limits(max_flops=30_000_000))[0]
    assert 1 <= len(few.entries or ()) < MOST_ENTRIES
    with pytest.raises(UserError) as caught:
        check_trace(found, None, None, Limits(max_flops=1_000_000))
    assert caught.value.kind == "limit"
    assert "CHAINRULE_MAX_FLOPS" in caught.value.problems[0].message


def test_rounding_of_long_sums_is_allowed_for() -> None:
    rng = np.random.default_rng(5)
    values = {"W": rng.normal(size=(30, 300)) * 100, "x": rng.normal(size=300)}
    found = trace("E = sum(tanh(W @ x / 1000)) + mean(W)", values=values)
    for check in check_trace(found, None, None):
        assert check.verdict == "agrees", check
