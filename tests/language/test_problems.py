"""Every mistake: its code, the place it marks, one sentence, a hint, and a repair that repairs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app import UserError, language, render_text
from app.errors import MAX_PROBLEMS, Problem, Span
from app.language.parser import parse
from app.limits import DEFAULT_LIMITS
from tests.language.reading import codes, marked, problems

# source, code, marked, message, hint, source after the repair
CASES: list[tuple[str, str, str, str, str | None, str | None]] = [
    ("f = x *", "missing-operand", "*", "Expected an operand after `*`.",
     "Remove the `*` or write a value after it.", None),
    ("x + * y", "missing-operand", "+", "Expected an operand after `+`.",
     "Remove the `+` or write a value after it.", None),
    ("* x", "missing-operand", "*", "Expected an operand before `*`.",
     "Remove the `*` or write a value before it.", None),
    ("f =", "missing-operand", "=", "Expected an expression after `f =`.", "Write a value or a formula for `f`.", None),
    ("f = ; x", "missing-operand", "=", "Expected an expression after `f =`.", None, None),
    ("x + ()", "missing-operand", "()", "There is nothing between these brackets.", None, None),
    ("max(x,)", "missing-operand", ",", "Expected an operand after `,`.", None, None),
    ("x +", "missing-operand", "+", "Expected an operand after `+`.", None, None),
    ("+", "missing-operand", "+", "Expected an operand before `+`.", None, None),
    ("a = x *\nb = 2", "missing-operand", "*", "Expected an operand after `*`.", None, None),
    ("f = (x + y * z", "unclosed-bracket", "(", "This bracket is never closed.", "Add `)` after `z`.",
     "f = (x + y * z)"),
    ("f = (", "unclosed-bracket", "(", "This bracket is never closed.", "Write an expression in it and close it.",
     None),
    ("sin(cos(x", "unclosed-bracket", "(", "2 brackets are never closed.", "Add `))` after `x`.", "sin(cos(x))"),
    ("f = (x + y\ng = 2", "unclosed-bracket", "(", "This bracket is never closed.", "Add `)` after `y`.",
     "f = (x + y)\ng = 2"),
    ("(x; y", "unclosed-bracket", "(", "This bracket is never closed.", "Add `)` after `x`.", "(x); y"),
    ("x)", "unopened-bracket", ")", "This bracket was never opened.", "Remove it, or add `(` before it.", "x"),
    ("f = x + sigmod(y)", "unknown-operation", "sigmod", "There is no function `sigmod`.",
     "The nearest name is `sigmoid`.", "f = x + sigmoid(y)"),
    ("Sin(x)", "unknown-operation", "Sin", "There is no function `Sin`.", "The nearest name is `sin`.", "sin(x)"),
    ("sіgmoid(x)", "unknown-operation", "sіgmoid",
     "There is no function `sіgmoid`: `і` (U+0456, cyrillic small letter byelorussian-ukrainian i) only looks like a "
     "Latin letter.", "Write `sigmoid`.", "sigmoid(x)"),
    ("quux(y)", "unknown-operation", "quux", "There is no function `quux`.", "Write `quux * (y)` for a product.",
     "quux * (y)"),
    ("rate + rate(y)", "not-a-function", "rate", "`rate` is not a function.", "Write `rate * (y)` for a product.",
     "rate + rate * (y)"),
    ("k(a + b + c + d + e + g)", "not-a-function", "k", "`k` is not a function.", "Write `k * (…)` for a product.",
     "k * (a + b + c + d + e + g)"),
    ("w0 x0 (y)", "not-a-function", "x0", "`x0` is not a function.", "Write `x0 * (y)` for a product.", "w0 x0 * (y)"),
    ("x = 2; x (y+1)", "not-a-function", "x", "`x` is not a function.", None, "x = 2; x * (y+1)"),
    ("sin x", "function-without-brackets", "sin x", "`sin` is a function: its operand stands in brackets.",
     "Write `sin(x)`.", "sin(x)"),
    ("max()", "wrong-arity", "max()", "`max` takes at least 2 operands, but none is given.", "Write `max(a, b, …)`.",
     None),
    ("exp(a, b)", "wrong-arity", "exp(a, b)", "`exp` takes 1 operand, but 2 are given.", "Write `exp(x)`.", None),
    ("exp()", "wrong-arity", "exp()", "`exp` takes 1 operand, but none is given.", "Write `exp(x)`.", None),
    ("leaky_relu(x, 0.1)", "wrong-arity", "leaky_relu(x, 0.1)", "`leaky_relu` takes 1 operand, but 2 are given.",
     "Write `leaky_relu(x, slope=0.01)`.", None),
    ("leaky_relu(x, slop=1)", "unknown-attribute", "slop", "`leaky_relu` has no setting `slop`.", "It has `slope`.",
     "leaky_relu(x, slope=1)"),
    ("sin(x, k=1)", "unknown-attribute", "k", "`sin` has no setting `k`.", "Write its operands without names.", None),
    ("leaky_relu(x, slope=1, slope=2)", "attribute-twice", "slope", "`slope` is set twice in this call.", None, None),
    ("leaky_relu(x, slope=y)", "attribute-not-number", "slope",
     "`slope` is a setting of the gate and needs a plain number.", None, None),
    ("1,5 x", "stray-comma", ",", "A comma stands only between the operands of a function.",
     "Write `1.5` with a point.", "1.5 x"),
    ("x, y", "stray-comma", ",", "A comma stands only between the operands of a function.", None, None),
    ("3 4", "adjacent-numbers", "3 4", "Two numbers side by side are not a product.", "Write `34` for one number.",
     "34"),
    ("1_000 x", "adjacent-numbers", "1_000", "A number has no `_` in it.", "Write `1000` for one number.", "1000 x"),
    (".5.", "unknown-character", ".", "The character `.` has no meaning here.", "Write `0.5`.", None),
    ("1.2.3", "adjacent-numbers", "1.2.3", "Two numbers side by side are not a product.", None, None),
    ("x..y", "unknown-character", ".", "The character `.` has no meaning here.", None, None),
    ("x § y", "unknown-character", "§", "The character `§` has no meaning here.", "Remove it.", None),
    ("x % y", "unknown-character", "%", "The character `%` has no meaning here.",
     "Write `mod(a, b)` for the remainder.", None),
    ("x\u200by", "unknown-character", "\u200b",
     "The character U+200B (zero width space) has no place in a program.", "Remove it.", "xy"),
    ("x\u202e+ y", "unknown-character", "\u202e",
     "The character U+202E (right-to-left override) has no place in a program.", "Remove it.", "x+ y"),
    ("x\x07", "unknown-character", "\x07", "The character U+0007 (control character) has no place in a program.",
     None, "x"),
    ("x > 0", "comparison-outside-where", ">",
     "A comparison stands only in the condition of `where(condition, a, b)`.", "Write `where(a > b, 1, 0)`.", None),
    ("x == 3", "comparison-outside-where", "==",
     "A comparison stands only in the condition of `where(condition, a, b)`.", "Write `=` to give a name.", "x = 3"),
    ("where(a < b < c, 1, 2)", "chained-comparison", "<", "Comparisons do not chain.", None, None),
    ("x + y = 3", "bad-target", "x + y =", "Only a name can stand on the left of `=`.", "Write it as in `f = x + y`.",
     None),
    ("3 = x", "bad-target", "3 =", "Only a name can stand on the left of `=`.", None, None),
    ("a = b = 3", "bad-target", "=", "One statement has one `=`.", "Write each name on a line of its own.", None),
    ("where(x = 1, 2, 3)", "unknown-attribute", "x", "`where` has no setting `x`.", "Write `x ==` to compare.",
     "where(x == 1, 2, 3)"),
    ("x * (y = 2)", "bad-target", "=", "`=` gives a name to a statement; it does not stand inside brackets.",
     "Write `==` to compare.", None),
    ("x = 1\nx = 2", "assigned-twice", "x", "`x` already has a meaning on line 1.", None, None),
    ("q = x y\nq = x", "assigned-twice", "q", "`q` already has a meaning on line 1.", None, None),
    ("y = q + 1\nq = 2 x", "used-before-definition", "q", "`q` is used on line 1, before this line defines it.",
     "Move this line up.", None),
    ("x = x + 1", "cycle", "x", "`x` is computed from itself.", "Give the result another name: a graph has no loops.",
     None),
    ("x = x", "cycle", "x", "`x` is computed from itself.", None, None),
    ("a = b + 1; b = a + 1", "cycle", "b", "`b` is computed from itself.", None, None),
    ("param q = x y", "role-of-gate", "param", "`q` is computed from other names, so it is no parameter.",
     "Remove `param`.", " q = x y"),
    ("input x + y", "role-without-value", "input x", "After `input x` only a value can follow.", None, None),
    ("input x = 1; param x", "two-roles", "param x", "`x` is already said to be an input.", None, None),
    ("y = f(3)\nf(x) = x^2", "function-before-definition", "f",
     "`f` is called here, before line 2 defines it.", "Move its definition up.", None),
    ("g(x) = h(x)\nh(x) = g(x)\ny = h(1)", "function-before-definition", "h",
     "`h` is called here, before line 2 defines it.", None, None),
    ("loss(x) = x loss(x - 1)\ny = loss(3)", "recursive-function", "loss",
     "`loss` is called in its own definition.", "Write the formula without it: a graph has no loops.", None),
    ("f(x) = f(x - 1)", "recursive-function", "f", "`f` is called in its own definition.", None, None),
    ("g(x, y) = x y\nf = g(2)", "wrong-arity", "g(2)", "`g` takes 2 operands, but 1 is given.",
     "Line 1 defines `g(x, y)`.", None),
    ("g(x) = x^2\nf = g(a, b)", "wrong-arity", "g(a, b)", "`g` takes 1 operand, but 2 are given.", None, None),
    ("g(x) = x^2\nf = g()", "wrong-arity", "g()", "`g` takes 1 operand, but none is given.", None, None),
    ("g(x) = x^2\nf = g(a, slope=1)", "unknown-attribute", "slope", "`g` has no setting `slope`.",
     "Write its operands without names, in the order of `g(x)`.", None),
    ("g(x, x) = x\nf = g(1, 2)", "parameter-twice", "x", "`x` stands twice among the operands of this function.",
     "Give each operand a name of its own.", None),
    ("f(x, x) = x", "parameter-twice", "x", "`x` stands twice among the operands of this function.", None, None),
    ("g(x) = x^2\ng(x) = x^3\nf = g(1)", "function-twice", "g", "The function `g` is already defined on line 1.",
     "Choose another name for one of them.", None),
    ("g(f) = f(2)\ny = g(1)", "not-a-function", "f", "`f` is not a function.", "Write `f * (2)` for a product.",
     "g(f) = f * (2)\ny = g(1)"),
    ("g(x) = q x\nq = x y\nf = g(1)", "used-before-definition", "q",
     "`q` is used on line 1, before this line defines it.", None, None),
    ("neuron(w) = w^2\nf = neurn(3)", "unknown-operation", "neurn", "There is no function `neurn`.",
     "The nearest name is `neuron`.", "neuron(w) = w^2\nf = neuron(3)"),
    ("g(x) = 2\nf = g(1)", "constant-function", "g", "`g` does not depend on its operands.", None, None),
    ("sigmoid(x) = x", "function-name-taken", "sigmoid", "`sigmoid` is one of the functions already.", None, None),
    ("f(x) = 2", "constant-function", "f", "`f` does not depend on its operands.", None, None),
    ("", "empty-program", "", "There is no expression yet.", "Type one, for example `(x + y) * z`.", None),
    ("# only a note", "empty-program", "", "There is no expression yet.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "code", "mark", "message", "hint", "repaired"), CASES, ids=[repr(case[0]) for case in CASES]
)
def test_mistake_is_marked_explained_and_repaired(
    source: str, code: str, mark: str, message: str, hint: str | None, repaired: str | None
) -> None:
    found = [problem for problem in problems(source) if problem.code == code]
    assert found, codes(source)
    assert (marked(source, found[0]), found[0].message) == (mark, message)
    if hint is not None:
        assert found[0].hint == hint
    if repaired is not None:
        assert found[0].fix is not None
        span = found[0].fix.span
        assert source[: span.start] + found[0].fix.text + source[span.end :] == repaired
        assert codes(repaired) == []


def test_every_code_has_a_case() -> None:
    """The codes the sources can give, read off the sources, are those of the cases and the one for long names."""
    folder = Path(language.__file__).parent
    text = "".join((folder / name).read_text(encoding="utf-8") for name in ("mistakes.py", "statement_mistakes.py"))
    given = set(re.findall(r'complain\(\s*"([a-z-]+)"', text))
    assert given <= {case[1] for case in CASES}


def test_all_problems_of_one_reading_come_together_in_order() -> None:
    source = "a = sigmod(x) + * y\nb = (x + 3 4\nc = x = 2\nd = max()"
    assert codes(source) == [
        "unknown-operation", "missing-operand", "unclosed-bracket", "adjacent-numbers", "bad-target", "wrong-arity",
    ]  # fmt: skip


def test_at_most_twenty_problems_are_told() -> None:
    assert len(problems("x = 1\n" * 100)) == MAX_PROBLEMS


def test_a_long_name_is_refused_at_one_more_than_the_limit() -> None:
    limits = replace(DEFAULT_LIMITS, max_name_chars=5)
    parse("abcde + 1", limits)
    for source in ("abcdef + 1", "abcdef = 1", "2 + abcdéf", "x' + abcdef'"):
        with pytest.raises(UserError, match=r"has [67] characters; the limit is 5") as caught:
            parse(source, limits)
        assert caught.value.kind == "program"


@pytest.mark.parametrize(
    ("field", "limit", "fits", "too_much"),
    [
        ("max_source_chars", 5, "x + y", "x + yz"),
        ("max_nodes", 3, "x + y", "x + y + x"),
        ("max_statements", 2, "x = 1; y = x + 1", "x = 1; y = x + 1; z = 3"),
    ],
)
def test_limits_accept_at_the_limit_and_refuse_above(field: str, limit: int, fits: str, too_much: str) -> None:
    limits = replace(DEFAULT_LIMITS, **{field: limit})
    parse(fits, limits)
    with pytest.raises(UserError, match=f"the limit is {limit}") as caught:
        parse(too_much, limits)
    assert caught.value.kind == "limit"
    assert caught.value.problems[0].hint == f"The setting CHAINRULE_{field.upper()} changes the limit."


def test_positions_count_code_points_lines_and_columns_of_the_source_as_sent() -> None:
    problem = problems("x₀ = 1\r\n𝑎 = ½ x₀ +\r\n")[0]
    assert problem.span == Span(17, 18, 2, 10)


def test_user_text_in_messages_is_short_and_visible() -> None:
    message = problems("a" * 90 + "(x)")[0].message
    assert len(message) < 100
    assert "…" in message


def test_picture_for_a_terminal() -> None:
    source = "sigmiod(x) + 1"
    assert render_text(source, problems(source)) == (
        "sigmiod(x) + 1\n^^^^^^^  There is no function `sigmiod`. The nearest name is `sigmoid`."
    )
    source = "y = 2\n\tx\u200b y"
    first, second = render_text(source, problems(source)).splitlines()
    assert first == "line 2:  xU+200B y"
    assert second.startswith(" " * 10 + "^" * 6 + "  The character")


def test_picture_of_a_problem_without_a_place() -> None:
    assert render_text("x", [Problem("a", "Message.", "Hint.", field="values.x")]) == "values.x: Message. Hint."


def test_an_error_without_problems_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least one"):
        UserError([])
