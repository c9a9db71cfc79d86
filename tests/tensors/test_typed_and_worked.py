"""Matrices as people write them, and worked examples with tensors, line by line."""

from __future__ import annotations

import pytest

from app.engine.trace import trace
from app.errors import UserError
from app.explain.detective import Unread, check_worked
from app.explain.detective.tensors.typed import fitted, is_tensor_text, read_typed
from app.limits import DEFAULT_LIMITS, Limits
from tests.tensors.test_detective import TWO_LAYERS


@pytest.mark.parametrize(
    ("text", "shape", "numbers"),
    [
        ("[[1, 2], [3, 4]]", (2, 2), [1, 2, 3, 4]),
        ("1\t2\n3\t4\n", (2, 2), [1, 2, 3, 4]),
        ("1 2; 3 4", (2, 2), [1, 2, 3, 4]),
        ("[1 2; 3 4]", (2, 2), [1, 2, 3, 4]),
        ("[[ 0.1  -2.e-03]\n [ 0.3   0.4   ]]", (2, 2), [0.1, -0.002, 0.3, 0.4]),
        ("array([[1., 2.],\n       [3., 4.]], dtype=float32)", (2, 2), [1, 2, 3, 4]),
        ("tensor([0.1, −0.2], requires_grad=True)", (2,), [0.1, -0.2]),
        ("tensor([[1., 2.]], grad_fn=<MmBackward0>)", (1, 2), [1, 2]),
        (r"\begin{bmatrix} 1 & 2 \\ 3 & 1/4 \end{bmatrix}", (2, 2), [1, 2, 3, 0.25]),
        ("0,35\t1,2", (2,), [0.35, 1.2]),
        ("0.1, 0.2", (2,), [0.1, 0.2]),
        ("[[[1], [2]]]", (1, 2, 1), [1, 2]),
    ],
)
def test_a_tensor_is_read(text: str, shape: tuple[int, ...], numbers: list[float]) -> None:
    found = read_typed(text, DEFAULT_LIMITS)
    assert found.shape == shape
    assert [cell.value for cell in found.cells] == pytest.approx(numbers)
    assert is_tensor_text(text)


@pytest.mark.parametrize("text", ["0,35", "1/6", "-2.0e-3", "5·10^-5", "1 000", " 0.1 ", "x"])
def test_one_number_is_no_tensor(text: str) -> None:
    assert not is_tensor_text(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[1, 2], [3]]", "The rows differ in length: the first has 2, row 1 has 1 entries."),
        ("[1, [2]]", "Some entries are lists and others are numbers."),
        ("[1, 2", "A `[` is not closed."),
        ("[1, 2]]", "There is a `]` without its `[`."),
        ("[1] [2]", "This is more than one list."),
        ("[1, 2 ... 9]", "Some entries are left out with `...`."),
        ("[x, 2]", "`x` is not a number."),
        ("  ", "There are no numbers to check."),
        ("[[]]", "There are no numbers to check."),
        ("[" * 30 + "1" + "]" * 30, "A tensor has at most 8 axes."),
    ],
)
def test_what_is_no_tensor_says_why(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read_typed(text, DEFAULT_LIMITS)
    assert caught.value.problems[0].message == said
    assert caught.value.problems[0].field == "printed"


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(UserError) as caught:
        read_typed("[1, 2, 3]", Limits(max_tensor_elements=2))
    assert caught.value.kind == "limit"


def test_axes_of_one_may_be_left_out() -> None:
    typed = read_typed("[[1], [2]]", DEFAULT_LIMITS)
    assert fitted(typed, (2,)) is not None
    assert fitted(typed, (1, 2)) is None
    assert fitted(typed, (3,)) is None


LINES = r"""
z1 = [0.2, -1, 1.6, 0.55]
dE/dW1[0, 1] = 0.0667
\frac{\partial E}{\partial W_1[0,1]} = 0.0667
dE/dW1 = array([[ 0.1334,  0.0667, -0.1334],
       [ 0.    ,  0.    ,  0.    ],
       [ 0.2039,  0.1019, -0.2039],
       [-0.079 , -0.0395,  0.079 ]], dtype=float32)
b2 = \begin{bmatrix} 0.2 \\ -0.1 \end{bmatrix}
b2 [0.2, -0.1]
eta = 0.1
new W1[0, 0] = 0.5867
W1[9, 9] = 1
z1 = 3
E = [1, 2]
a1 = [0.2, 0, 0.9, 0.55]
z2 = [1.35, -1.8]
"""


def test_every_line_of_a_worked_example() -> None:
    found = check_worked(trace(TWO_LAYERS), LINES)
    rows = found.rows
    assert found.rate == 0.1
    verdicts = ["unread" if isinstance(row, Unread) else row.diagnosis.verdict for row in rows]
    assert verdicts[:7] == ["exact", "rounded", "rounded", "rounded", "exact", "exact", "rounded"]
    assert verdicts[7:10] == ["unread"] * 3
    assert [row.problem.message for row in rows if isinstance(row, Unread)] == [
        "`W1` is a 4 × 3 matrix: it has no entry `W1[9, 9]`.",
        "`z1` is a vector of 4, and this is one number.",
        "`E` is a number, and these are several numbers.",
    ]
    matrix = rows[3]
    assert not isinstance(matrix, Unread)
    assert (matrix.figure.span.line, LINES[matrix.figure.span.start :][:5]) == (5, "dE/dW")
    after = rows[4]
    assert not isinstance(after, Unread)
    assert after.figure.span.line == 9


def test_a_line_follows_from_printed_tensors() -> None:
    lines = "a1 = [0.2, 0, 0.9, 0.55]\nz2 = [1.55, -0.59]\nz2[0] = 1.55"
    rows = check_worked(trace(TWO_LAYERS), lines).rows
    first, second, third = rows
    assert not isinstance(first, Unread)
    assert first.follows is None
    for row in (second, third):
        assert not isinstance(row, Unread)
        assert row.follows is not None
        assert row.follows.text == "It follows from the printed a1."


def test_a_list_for_a_number_is_told_in_programs_without_tensors() -> None:
    rows = check_worked(trace("f = x^2; x = 3"), "f = [9, 9]\nx[0] = 3\nf = 9").rows
    assert [isinstance(row, Unread) for row in rows] == [True, True, False]
