"""Names of entries: `W1[0, 1]`."""

from __future__ import annotations

import pytest

from app.engine.entries import check_entry, entries_of, entry_label, entry_latex, split_entry
from app.errors import UserError


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("W1[0, 1]", ("W1", (0, 1))), ("b[2]", ("b", (2,))), (" T [0,1 , 2] ", ("T", (0, 1, 2))), ("W1", ("W1", None)),
        ("W[-1, −2]", ("W", (-1, -2))), ("W[]", ("W[]", None)), ("W[a]", ("W[a]", None)), ("[0]", ("[0]", None)),
        ("W[0][1]", ("W[0]", (1,))),
    ],
)  # fmt: skip
def test_a_name_and_an_index(text: str, split: tuple[str, tuple[int, ...] | None]) -> None:
    assert split_entry(text) == split


def test_an_entry_is_called_what_it_is_read_as() -> None:
    assert split_entry(entry_label("W1", (0, 1))) == ("W1", (0, 1))
    assert entry_label("w", ()) == "w"
    assert entry_latex("W_{1}", (0, 1)) == "W_{1}[0,1]"
    assert list(entries_of((2, 2))) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert list(entries_of(())) == [()]


def test_negative_indices_count_from_the_end() -> None:
    assert check_entry((2, 3), (-1, 2), "W", "leaf") == (1, 2)


@pytest.mark.parametrize(
    ("shape", "index", "said"),
    [
        ((), (0,), "`w` is a number: it has no entries."),
        ((2, 3), (1,), "`w` is a 2 × 3 matrix: an entry has 2 indices."),
        ((3,), (1, 1), "`w` is a vector of 3: an entry has one index."),
        ((2, 3), (2, 0), "`w` is a 2 × 3 matrix: it has no entry `w[2, 0]`."),
    ],
)
def test_an_index_outside_is_told_with_the_shape(shape: tuple[int, ...], index: tuple[int, ...], said: str) -> None:
    with pytest.raises(UserError) as caught:
        check_entry(shape, index, "w", "leaf")
    assert caught.value.problems[0].message == said
    assert caught.value.kind == "value"
