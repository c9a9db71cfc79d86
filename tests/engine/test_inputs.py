"""Values and outputs that a request names."""

from __future__ import annotations

from typing import Any

import pytest

from app import UserError, trace
from app.errors import MAX_PROBLEMS


@pytest.mark.parametrize(
    ("values", "field", "message", "hint"),
    [
        ({"q": 1.0}, "values.q", "`q` is computed by the program, so it cannot be given a value.",
         "Its leaves are `loss_rate`, `x`."),
        ({"loss_rat": 1.0}, "values.loss_rat", "The program has no leaf `loss_rat`.",
         "The nearest leaf is `loss_rate`."),
        ({"x": True}, "values.x", "The value of `x` is not a number.", "Write a number, as in 0.5."),
        ({"x": "1"}, "values.x", "The value of `x` is not a number.", None),
        ({"x": 10**400}, "values.x", "The value of `x` is larger than a 64-bit float holds.", None),
    ],
)  # fmt: skip
def test_values_that_fit_no_leaf_are_told(values: dict[str, Any], field: str, message: str, hint: str | None) -> None:
    with pytest.raises(UserError) as caught:
        trace("q = loss_rate x", values=values)
    problem = caught.value.problems[0]
    assert (caught.value.kind, problem.field, problem.message) == ("value", field, message)
    if hint is not None:
        assert problem.hint == hint


def test_all_values_that_do_not_fit_are_told_together() -> None:
    with pytest.raises(UserError) as caught:
        trace("x + y", values={"a": 1.0, "x": 2.0, "b": 3.0})
    assert [problem.field for problem in caught.value.problems] == ["values.a", "values.b"]


def test_a_program_without_leaves_says_so() -> None:
    with pytest.raises(UserError) as caught:
        trace("2 + 3", values={"x": 1.0})
    assert caught.value.problems[0].hint == "It has no leaf at all."


def test_whole_numbers_and_other_spellings_are_welcome() -> None:
    assert trace("w₀ x", values={"w_{0}": 2, "x": 3}).values[-1] == 6
    assert trace("w0 x", values={"w₀": 2, "x": 3}).values[-1] == 6


@pytest.mark.parametrize(
    ("output", "field"), [("g", "output"), (["f", "g"], "output.1"), ([], "output"), ("loss_", "output")]
)
def test_outputs_that_are_not_there_are_told(output: str | list[str], field: str) -> None:
    with pytest.raises(UserError) as caught:
        trace("loss = x^2; f = loss + 1", output=output)
    assert (caught.value.kind, caught.value.problems[0].field) == ("value", field)


def test_an_unnamed_output_answers_to_its_label() -> None:
    assert trace("q = 2x; q + 1", output="f").values[-1] == 3


@pytest.mark.parametrize(
    ("expand", "hint"),
    [
        (["sigmod"], "The nearest name is `sigmoid`."),
        (["quux"], 'Write "*" to open all.'),
    ],
)
def test_composites_that_are_not_there_are_told(expand: list[str], hint: str) -> None:
    with pytest.raises(UserError) as caught:
        trace("sigmoid(x)", expand=expand)
    assert (caught.value.problems[0].field, caught.value.problems[0].hint) == ("expand.0", hint)


def test_a_primitive_gate_cannot_be_opened() -> None:
    with pytest.raises(UserError, match="`exp` is a primitive gate"):
        trace("exp(x)", expand=["exp"])


def test_thousands_of_wrong_names_are_refused_with_little_work() -> None:
    source = " + ".join(f"w_{number}" for number in range(3_000))
    with pytest.raises(UserError) as caught:
        trace(source, values={f"v_{number}": 1.0 for number in range(5_000)})
    assert len(caught.value.problems) == MAX_PROBLEMS
