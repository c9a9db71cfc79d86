"""Depth is no limit, and the work grows with the text: counted in calls, not timed."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import FrameType

import pytest

from app import UserError, trace
from app.language.notation import print_program
from app.language.parser import parse
from app.language.tokens import cut, cut_quickly
from app.limits import DEFAULT_LIMITS

DEEP = 100_000
ROOMY = replace(DEFAULT_LIMITS, max_source_chars=10**7, max_nodes=10**6, max_statements=10**6)


def calls_made(source: str) -> int:
    """How many functions are called, ours and built-in ones, to read a text and explain what is wrong with it."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        parse(source, ROOMY)
    except UserError:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("source", "nodes"),
    [
        ("(" * DEEP + "x" + ")" * DEEP, 1),
        ("+".join(["x"] * DEEP), DEEP),
        ("-" * DEEP + "x", DEEP + 1),
        ("sin(" * DEEP + "x" + ")" * DEEP, DEEP + 1),
        ("x^" * DEEP + "x", DEEP + 1),
        ("1+" * DEEP + "1", 1),
        ("x " * DEEP, DEEP),
        ("x*(y+" * DEEP + "z" + ")" * DEEP, 2 * DEEP + 3),
        (";" * DEEP + "x", 1),
        ("{" * DEEP + "\\alpha" + "}" * DEEP, 1),
        ("x^{" * DEEP + "\\alpha" + "}" * DEEP, DEEP + 2),
        ("\\sin " * DEEP + "x", DEEP + 1),
        ("y = math.exp(" + "(" * DEEP + "x" + ")" * (DEEP + 1), 2),
    ],
    ids=lambda text: str(text)[:8],
)
def test_a_hundred_thousand_levels_are_read_evaluated_and_differentiated(source: str, nodes: int) -> None:
    result = trace(source, limits=ROOMY)
    assert len(result.values) == len(result.gradients) == nodes


def test_a_deep_program_can_be_printed_and_its_records_made() -> None:
    program = parse("sin(" * 20_000 + "x" + ")" * 20_000, ROOMY)
    assert len(print_program(program)) == 5 * 20_000 + 1
    result = trace("(x+1)*" * 5_000 + "x", limits=ROOMY)
    assert len(result.statements[0].parts) == 4 * 5_000 + 1
    assert result.nodes[-1].depth == 5_001


@pytest.mark.parametrize("piece", ["(", ")", "f(", "1,", "max(", "x=x;"])
def test_deep_mistakes_are_told_without_a_crash(piece: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(piece * DEEP, ROOMY)
    assert caught.value.kind == "program"


PIECES = [
    "x+", "(x+y)*", "x^", "-", "sin(x)+", "max(x,y)+", "2x+", "w0 x0 + ", "where(x>1,x,y)+", "e^x+", "1/2x+", "q+",
    "a1 = ", "x=1\n", "y=x*2;", "x₀+", "§", "(", ")", ",", "f(", "sin x+", "1_0+", "a=b;", "# c\n", "x==", "param x;",
    "g(x)=", "x(y)+", "leaky_relu(x,slope=1)+", "input x ", "1/2(", "\nx = 2 +",
]  # fmt: skip


LATEX_PIECES = [
    r"\frac{1}{",
    r"\frac",
    r"\sqrt",
    r"\sqrt[",
    r"\sin",
    r"\sin^{",
    "x^{",
    "x_{",
    r"\left(",
    "{",
    "}",
    r"\hat{",
    "|",
    r"\log_{",
    r"\alpha ",
    "10^{",
    r"\mathrm{",
    r"\begin{cases}",
    r"\\",
    "&",
    "$",
    r"\text{a b}",
    "abc ",
    "f(x)=",
    "x=",
    r"\frac{d",
    "a/b c ",
    r"\sum_{i=1}^{2}x ",
    r"\foo ",
]
PYTHON_PIECES = [
    "(",
    "[",
    "x if ",
    "x if y else ",
    "f(",
    "np.exp(",
    "def f(x):\n  ",
    "def f(x): return x\n",
    "x += 1\n",
    ".tanh()",
    "'",
    '"""',
    "a, b = 1, 2\n",
    "a = b = ",
    "grad_x = 1\n",
    "x = 2\n",
    "for x:\n  ",
    "lambda x: ",
    "f = lambda x: x\n",
    "x[",
    "x: int = ",
    "def sigmoid(x): return 1/(1+math.exp(-x))\n",
]


@pytest.mark.parametrize("piece", LATEX_PIECES)
def test_work_is_linear_in_latex(piece: str) -> None:
    small, large = calls_made("\\alpha " + piece * 200), calls_made("\\alpha " + piece * 400)
    assert large <= 2.2 * small + 300


@pytest.mark.parametrize("piece", PYTHON_PIECES)
def test_work_is_linear_in_python(piece: str) -> None:
    small, large = (calls_made("import math\ny = 2*x\n" + piece * count) for count in (200, 400))
    assert large <= 2.2 * small + 300


@pytest.mark.parametrize("piece", PIECES)
def test_work_is_linear_in_the_text(piece: str) -> None:
    small, large = calls_made(piece * 200 + "x"), calls_made(piece * 400 + "x")
    assert large <= 2.2 * small + 200


def test_long_texts_are_cut_alike_block_by_block() -> None:
    text = "v1 = x*w + sin(y)\n" * 5_000
    quickly = cut_quickly(text)
    assert quickly is not None
    pieces = list(quickly)
    assert list(zip(pieces[::2], pieces[1::2], strict=True)) == cut(text)


@pytest.mark.parametrize("piece", ["x", "9", "'", " ", "₀", "𝑥", "\u0301\u0323", "²", "_{0}", "\r\n", "½", "\u200b"])
def test_long_runs_of_a_character_are_read_in_one_pass(piece: str) -> None:
    small, large = calls_made("x" + piece * 5_000), calls_made("x" + piece * 10_000)
    assert large <= 2.2 * small + 200


def test_many_marks_on_one_letter_take_no_square_time() -> None:
    with pytest.raises(UserError):
        parse("x" + "\u0301\u0323" * 100_000)
