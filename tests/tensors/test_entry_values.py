"""Values of single entries: `W[0, 1]` under `values`, as a drag of one cell sends them."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.trace import trace
from app.errors import UserError

PROGRAM = "f = sum(W @ x); W = [[1, 2], [3, 4]]; x = [5, 6]"


def test_one_entry_wins_over_the_program() -> None:
    found = trace(PROGRAM, values={"W[0, 1]": -2})
    assert np.asarray(found.named_values()["W"]).tolist() == [[1, -2], [3, 4]]
    assert found.leaf_gradients()["x"] == pytest.approx([4, 2])


def test_the_whole_comes_first_in_whatever_order_it_is_given() -> None:
    for values in ({"W[1,0]": 9, "W": [[0, 0], [0, 0]]}, {"W": [[0, 0], [0, 0]], "W[-1, 0]": 9}):
        assert np.asarray(trace(PROGRAM, values=values).named_values()["W"]).tolist() == [[0, 0], [9, 0]]


def test_the_literal_of_the_program_stays_as_it_is() -> None:
    trace(PROGRAM, values={"W[0, 0]": 100})
    assert np.asarray(trace(PROGRAM).named_values()["W"]).tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("W[2, 0]", 1, "`W` is a 2 × 2 matrix: it has no entry `W[2, 0]`."),
        ("W[0]", 1, "`W` is a 2 × 2 matrix: an entry has 2 indices."),
        ("V[0, 0]", 1, "The program has no leaf `V[0, 0]`."),
        ("f[0]", 1, "The program has no leaf `f[0]`."),
        ("W[0, 0]", "one", "The value of `W[0, 0]` is not a number."),
    ],
)
def test_a_mistake_is_told_with_its_field(name: str, value: object, message: str) -> None:
    with pytest.raises(UserError) as caught:
        trace(PROGRAM, values={name: value})
    assert [(one.message, one.field) for one in caught.value.problems] == [(message, f"values.{name}")]


def test_a_number_has_no_entries() -> None:
    with pytest.raises(UserError, match="it has no entries"):
        trace("f = w * w; w = 2", values={"w[0]": 1})
