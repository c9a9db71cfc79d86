"""A text that was read before gives a program that is as good as new."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app import trace
from app.engine.kept import forget, read
from app.errors import UserError
from app.lessons.load import lessons
from app.limits import DEFAULT_LIMITS


def test_values_of_one_run_are_not_those_of_the_next() -> None:
    text = "f = x * y\nx = 2"
    assert trace(text, values={"x": 5, "y": 3}).values[-1] == 15
    again = trace(text)
    assert again.values[-1] == 2
    assert again.defaulted == ("y",)


def test_a_leaf_may_be_a_number_then_a_matrix_then_a_number() -> None:
    text = "f = sum(x * x)"
    for value, gradient in ((3.0, 6.0), ([1.0, 2.0], [2.0, 4.0]), ([[1.0], [2.0]], [[2.0], [4.0]]), (3.0, 6.0)):
        found: Any = trace(text, values={"x": value}).leaf_gradients()
        assert np.array_equal(found["x"], gradient)


def test_shapes_are_checked_again_when_they_change() -> None:
    text = "f = sum(W @ x)"
    trace(text, values={"W": [[1, 2]], "x": [1, 2]})
    with pytest.raises(UserError):
        trace(text, values={"W": [[1, 2]], "x": [1, 2, 3]})
    trace(text, values={"W": [[1, 2]], "x": [1, 2]})


def test_roles_and_conventions_leave_nothing_behind() -> None:
    text = "const k = 2\nf = relu(k * x)"
    for _ in range(2):
        found = trace(text, values={"x": 0.0})
        assert found.leaf_gradients() == {"k": None, "x": 0.0}


def test_every_lesson_is_the_same_the_second_time() -> None:
    for lesson in lessons():
        forget()
        first: Any = trace(lesson.program, expand=["*"])
        read(lesson.program, DEFAULT_LIMITS)
        second: Any = trace(lesson.program, expand=["*"])
        assert repr(first.leaf_gradients()) == repr(second.leaf_gradients()), lesson.slug
        assert [node.label for node in first.nodes] == [node.label for node in second.nodes], lesson.slug
        assert first.statements == second.statements, lesson.slug
