"""What is wrong with an expression, in words: one function per mistake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from app.errors import MAX_PROBLEMS, Fix, quoted
from app.language.program import Function
from app.language.reader import Reader
from app.language.suggest import lookalike, nearest
from app.language.tokens import NUMBER
from app.language.vocabulary import FUNCTIONS, LEAF
from app.operations import Operation

P = ParamSpec("P")

_LETTER = re.compile(r"[^\W\d_][0-9]*'*")
_SHORT = 20

_WRITE_INSTEAD = {
    "%": "Write `mod(a, b)` for the remainder.",
    "|": "Write `abs(x)` for the absolute value.",
    "!": "Factorials are not among the operations.",
    "√": "Write `sqrt(x)` for the root.",
    "∞": "Write a large number, such as `1e308`.",
    "{": "Write round brackets to group.",
    "}": "Write round brackets to group.",
    ":": "Write `=` to give a name.",
    ".": "A decimal point stands inside a number, as in `0.5`.",
    "&": "Write one condition in each `where(…)`.",
    "<": "Write a comparison inside `where(condition, a, b)`.",
}


def unless_enough(mistake: Callable[Concatenate[Reader, P], None]) -> Callable[Concatenate[Reader, P], None]:
    """Says nothing once as many problems are noted as are told: finding words for each would take too long."""

    @wraps(mistake)
    def guarded(reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> None:
        if len(reader.problems) < MAX_PROBLEMS:
            mistake(reader, *args, **kwargs)

    return guarded


@unless_enough
def unknown_character(reader: Reader, pair: int) -> None:
    """A character that is no part of the language."""
    span = reader.positions.operator(pair)
    character = reader.prepared.source[span.start : span.end] or reader.pairs[pair][1]
    first = character[:1]
    category = unicodedata.category(first) if first else "Cn"
    if category[0] == "C" or category in ("Zl", "Zp", "Mn"):
        name = unicodedata.name(first, "control character").lower()
        message, hint = f"The character U+{ord(first):04X} ({name}) has no place in a program.", "Remove it."
        reader.complain("unknown-character", message, span, hint, Fix("Remove it", "", span))
        return
    hint = _WRITE_INSTEAD.get(first, "Remove it.")
    number = reader.pairs[pair - 1][0] if pair else ""
    if first == "." and number[:1] < ":" and number:
        hint = f"Write {quoted('0' + number if number[0] == '.' else number)}."
    reader.complain("unknown-character", f"The character {quoted(character)} has no meaning here.", span, hint)


@unless_enough
def missing_operand(reader: Reader, pair: int) -> None:
    """Before this pair's operator an operand is missing; says so at the operator that waits for it, if one does."""
    positions, pairs = reader.positions, reader.pairs
    before = pair - 1
    while before >= 0 and pairs[before] == ("", "\n"):
        before -= 1
    waiting = pairs[before][1] if before >= reader.begin or reader.target is not None else "\n"
    this = pairs[pair][1]
    if waiting == "(" and this == ")":
        reader.complain(
            "missing-operand",
            "There is nothing between these brackets.",
            positions.span(~before, ~pair),
            "Write an expression in them, or remove them.",
        )
    elif waiting in ("\n", ";", "(", ""):
        reader.complain(
            "missing-operand",
            f"Expected an operand before {quoted(this)}.",
            positions.operator(pair),
            f"Remove the {quoted(this)} or write a value before it.",
        )
    elif reader.target is not None and (before == reader.target_pair or waiting == "="):
        reader.complain(
            "missing-operand",
            f"Expected an expression after {quoted(reader.target + ' =')}.",
            positions.operator(before),
            f"Write a value or a formula for {quoted(reader.target)}.",
        )
    else:
        reader.complain(
            "missing-operand",
            f"Expected an operand after {quoted(waiting)}.",
            positions.operator(before),
            f"Remove the {quoted(waiting)} or write a value after it.",
        )


def sign_has_operand(reader: Reader, pair: int) -> bool:
    """Whether an operand follows a plus sign that stands before one, and so changes nothing."""
    operand, operator = reader.pairs[pair + 1]
    return operand != "" or operator in ("(", "+", "-")


@unless_enough
def unclosed_bracket(reader: Reader, last: int) -> None:
    """The outermost open bracket was never closed; the statement ends with pair `last`."""
    positions, count = reader.positions, len(reader.brackets)
    start = reader.brackets[0]
    at = start if start >= 0 else ~start
    token, _ = reader.last_token(last)
    message = "This bracket is never closed." if count == 1 else f"{count:,} brackets are never closed."
    if reader.pairs[token][1] in ("(", "[") and not reader.complete:
        hint = "Write an expression in it and close it." if count == 1 else "Write an expression and close them."
        reader.complain("unclosed-bracket", message, positions.operator(at), hint)
        return
    end = token if reader.pairs[token][0] and reader.pairs[token][1] not in ("(", "[", ".T") else ~token
    last_span = positions.span(end, end)
    after = reader.prepared.source[last_span.start : last_span.end]
    closing = "".join(_closer(reader, opened) for opened in reversed(reader.brackets[:40]))
    place = positions.span_between(positions.end(end), positions.end(end))
    reader.complain(
        "unclosed-bracket",
        message,
        positions.operator(at),
        f"Add {quoted(closing)} after {quoted(after)}.",
        Fix(f"Add `{closing}`", closing, place) if count <= 40 else None,
    )


def _closer(reader: Reader, start: int) -> str:
    return "]" if reader.pairs[start if start >= 0 else ~start][1] == "[" else ")"


@unless_enough
def unopened_bracket(reader: Reader, pair: int) -> None:
    """A closing bracket without an opening one."""
    span, closer = reader.positions.operator(pair), reader.pairs[pair][1]
    opener = "[" if closer == "]" else "("
    reader.complain(
        "unopened-bracket", "This bracket was never opened.", span, f"Remove it, or add `{opener}` before it.",
        Fix(f"Remove `{closer}`", "", span),
    )  # fmt: skip


@unless_enough
def stray_comma(reader: Reader, pair: int) -> None:
    """A comma outside of a call."""
    span, hint, fix = reader.positions.operator(pair), "Write one expression for each statement.", None
    before, after = reader.pairs[pair][0], reader.pairs[pair + 1][0]
    if re.fullmatch("[0-9]+", before) and re.fullmatch("[0-9]+", after):
        hint, fix = f"Write {quoted(before + '.' + after)} with a point.", Fix("Use a point", ".", span)
    reader.complain("stray-comma", "A comma stands only between the operands of a function.", span, hint, fix)


@unless_enough
def check_neighbours(reader: Reader, pair: int) -> None:
    """Two operands side by side that are no product: numbers, or a function without brackets."""
    left, right = reader.pairs[pair][0], reader.pairs[pair + 1][0]
    span = reader.positions.span(pair, pair + 1)
    if left < ":" and (right < ":" or (right[0] == "_" and right.strip("_0123456789") == "")):
        joined = (left + right).replace("_", "")
        fits = re.fullmatch(NUMBER, joined) and right[0] != "."
        reader.complain(
            "adjacent-numbers",
            "Two numbers side by side are not a product." if right < ":" else "A number has no `_` in it.",
            span,
            f"Write {quoted(joined)} for one number." if fits else "Write an operator between them.",
            Fix(f"Use `{joined}`", joined, span) if fits else None,
        )
    elif left in FUNCTIONS and reader.operands[-1] >= 0 and _only_mentioned_here(reader, left, pair):
        reader.complain(
            "function-without-brackets",
            f"{quoted(left)} is a function: its operand stands in brackets.",
            span,
            f"Write {quoted(f'{left}({right})')}." if right else f"Write {quoted(left + '(…)')}.",
            Fix(f"Use `{left}({right})`", f"{left}({right})", span) if right else None,
        )


@unless_enough
def not_a_function(reader: Reader, pair: int) -> None:
    """A variable's name before a bracket."""
    name = reader.pairs[pair][0]
    if not _own_function_too_early(reader, pair):
        _offer_product(reader, pair, "not-a-function", f"{quoted(name)} is not a function.")


@unless_enough
def unknown_function(reader: Reader, pair: int) -> None:
    """A name before a bracket that is no function, and no variable so far."""
    name, span = reader.pairs[pair][0], reader.positions.operand(pair)
    foreign = lookalike(name)
    if _own_function_too_early(reader, pair):
        return
    if foreign and foreign[0] in FUNCTIONS:
        reader.complain(
            "unknown-operation", f"There is no function {quoted(name)}: {foreign[1]} only looks like a Latin letter.",
            span, f"Write {quoted(foreign[0])}.", Fix(f"Use `{foreign[0]}`", foreign[0], span),
        )  # fmt: skip
    elif near := nearest(name, (*reader.program.functions, *FUNCTIONS)):
        reader.complain(
            "unknown-operation", f"There is no function {quoted(name)}.",
            span, f"The nearest name is {quoted(near)}.", Fix(f"Use `{near}`", near, span),
        )  # fmt: skip
    elif _LETTER.fullmatch(name) or any(other == name and sign != "(" for other, sign in reader.pairs):
        not_a_function(reader, pair)
    else:
        _offer_product(reader, pair, "unknown-operation", f"There is no function {quoted(name)}.")


def _own_function_too_early(reader: Reader, pair: int) -> bool:
    """A function of one's own called in its own definition, or above it. Gives whether it is that."""
    name, span = reader.pairs[pair][0], reader.positions.operand(pair)
    if name == reader.defining:
        reader.complain(
            "recursive-function", f"{quoted(name)} is called in its own definition.", span,
            "Write the formula without it: a graph has no loops.",
        )  # fmt: skip
        return True
    definition = reader.heads.get(name, -1)
    if definition <= pair:
        return False
    line = reader.positions.operand(definition).line
    reader.complain(
        "function-before-definition", f"{quoted(name)} is called here, before line {line} defines it.", span,
        "Move its definition up.",
    )  # fmt: skip
    return True


def _offer_product(reader: Reader, pair: int, code: str, message: str) -> None:
    """A name before a bracket that may well be a factor."""
    name, positions, text = reader.pairs[pair][0], reader.positions, reader.prepared.text
    start = positions.start(~pair)
    close = text.find(")", start, start + _SHORT) + 1
    inside = text[start:close] if close and text.count("(", start, close) == 1 else "(…)"
    place = positions.span_between(positions.end(pair), start)
    hint = f"Write {quoted(f'{name} * {inside}')} for a product."
    reader.complain(code, message, positions.operand(pair), hint, Fix(f"Use `{name} * (`", " * ", place))


@unless_enough
def wrong_arity(reader: Reader, operation: Operation, count: int, begin: int, end: int) -> None:
    """A call with too few or too many operands."""
    most, least = len(operation.operands), operation.least
    needs = f"at least {least} operands" if operation.variadic else "1 operand" if most == 1 else f"{most} operands"
    gets = "none" if count == 0 else str(count)
    hint = f"Write {quoted(example_call(operation))}."
    reader.complain(
        "wrong-arity", f"{quoted(operation.name)} takes {needs}, but {gets} {'is' if count < 2 else 'are'} given.",
        reader.positions.span(begin, end), hint,
    )  # fmt: skip


@unless_enough
def wrong_own_arity(reader: Reader, function: Function, count: int, begin: int, end: int) -> None:
    """A call of a function of one's own with too few or too many operands."""
    needs = "1 operand" if len(function.parameters) == 1 else f"{len(function.parameters):,} operands"
    gets = "none" if count == 0 else f"{count:,}"
    line = reader.positions.operand(function.pair).line
    example = f"{function.name}({', '.join(function.parameters)})"
    hint = f"Line {line} defines {quoted(example)}."
    reader.complain(
        "wrong-arity", f"{quoted(function.name)} takes {needs}, but {gets} {'is' if count < 2 else 'are'} given.",
        reader.positions.span(begin, end), hint,
    )  # fmt: skip


@unless_enough
def own_attribute(reader: Reader, function: Function, name: str, pair: int) -> None:
    """`slope =` in a call of a function of one's own."""
    example = f"{function.name}({', '.join(function.parameters)})"
    reader.complain(
        "unknown-attribute", f"{quoted(function.name)} has no setting {quoted(name)}.",
        reader.positions.operand(pair), f"Write its operands without names, in the order of {quoted(example)}.",
    )  # fmt: skip


def example_call(operation: Operation) -> str:
    """The operation as it is called: `clip(x, low, high)`, `max(a, b, …)`."""
    if operation.variadic:
        return f"{operation.name}(a, b, …)"
    attributes = [f"{name}={default:g}" for name, default in operation.attributes.items() if isinstance(default, float)]
    return f"{operation.name}({', '.join([*operation.operands, *attributes])})"


@unless_enough
def unknown_attribute(reader: Reader, operation: Operation, name: str, pair: int) -> None:
    """`name =` in a call of an operation that has no such attribute."""
    span, fix = reader.positions.operand(pair), None
    known = ", ".join(f"`{attribute}`" for attribute in operation.attributes)
    hint = f"It has {known}." if known else "Write its operands without names."
    if near := nearest(name, operation.attributes):
        fix = Fix(f"Use `{near}`", near, span)
    elif operation.name == "where":
        hint, fix = f"Write {quoted(name + ' ==')} to compare.", Fix("Use `==`", "==", reader.positions.operator(pair))
    message = f"{quoted(operation.name)} has no setting {quoted(name)}."
    reader.complain("unknown-attribute", message, span, hint, fix)


@unless_enough
def attribute_twice(reader: Reader, name: str, pair: int) -> None:
    """The same attribute twice in one call."""
    reader.complain(
        "attribute-twice", f"{quoted(name)} is set twice in this call.", reader.positions.operand(pair), "Remove one."
    )


@unless_enough
def attribute_not_number(reader: Reader, name: str, pair: int) -> None:
    """An attribute with a value that depends on a name."""
    reader.complain(
        "attribute-not-number", f"{quoted(name)} is a setting of the gate and needs a plain number.",
        reader.positions.operand(pair), f"Write it as in {quoted(name + '=0.1')}.",
    )  # fmt: skip


@unless_enough
def chained_comparison(reader: Reader, pair: int) -> None:
    """`a < b < c`."""
    reader.complain(
        "chained-comparison", "Comparisons do not chain.", reader.positions.operator(pair),
        "Write one comparison in each `where(…)`, one inside the other.",
    )  # fmt: skip


@unless_enough
def comparison_outside_where(reader: Reader, pair: int) -> None:
    """A comparison that is not the condition of `where`."""
    symbol = reader.pairs[pair][1]
    span, hint, fix = reader.positions.operator(pair), f"Write {quoted(f'where(a {symbol} b, 1, 0)')}.", None
    if symbol == "==" and len(reader.operands) == 1 and len(reader.stack) == 1 and reader.target is None:
        hint, fix = "Write `=` to give a name.", Fix("Use `=`", "=", span)
    reader.complain(
        "comparison-outside-where", "A comparison stands only in the condition of `where(condition, a, b)`.",
        span, hint, fix,
    )  # fmt: skip


def _only_mentioned_here(reader: Reader, name: str, pair: int) -> bool:
    program = reader.program
    node = program.names.get(name)
    return node is not None and program.ops[node] == LEAF and reader.places.starts[node] == pair
