"""Rule texts of the registry, and the program's own formulas, as terms.

A choice in a rule, `where(x > 0, 1, 0)`, is made by the numbers at hand: a worked solution takes one branch, and says
why. A reason is the condition that was asked and whether it holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from app.explain.algebra import add, call, divide, multiply, negate, number, power
from app.explain.term_text import term_text
from app.explain.terms import MINUS_ONE, ONE, ZERO, Call, Name, Number, Term, TermTooLargeError
from app.language.constants import constant_text
from app.language.folding import evaluate
from app.language.parser import parse, parse_unfolded
from app.language.positions import Positions
from app.language.program import Program
from app.operations import Conventions, Operation

# What the algebra itself knows; every other operation stays a call.
_ALGEBRA: Mapping[str, Callable[..., Term]] = {
    "add": add,
    "sub": lambda x, y: add(x, negate(y)),
    "mul": multiply,
    "div": divide,
    "neg": negate,
    "pow": power,
    "square": lambda x: power(x, number(2)),
    "reciprocal": lambda x: power(x, MINUS_ONE),
}
_OPPOSITE = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}


@dataclass(frozen=True, slots=True)
class Known:
    """A term with its number."""

    term: Term
    value: float


_UNNAMED = {
    "pi": call("acos", (MINUS_ONE,)),
    "e": call("exp", (ONE,)),
}
"""How a rule says a constant whose name the program has taken for something else."""
_LONGEST_LITERAL = 60
"""Characters; a literal of more digits is what a double holds of it, and a longer quotient stays as typed."""


@dataclass(frozen=True, slots=True)
class LocalTerm:
    """d out / d operand. `reason` is a condition that holds, in our language: `x > 0`; `remark` a sentence."""

    term: Term
    reason: str | None = None
    remark: str | None = None


def operation_term(operation: Operation, operands: Sequence[Term], attributes: Mapping[str, float]) -> Term:
    """The value of an operation as a term."""
    known = _ALGEBRA.get(operation.name)
    return known(*operands) if known else call(operation.name, tuple(operands), attributes)


def local_term(
    operation: Operation,
    position: int,
    operands: Sequence[Known],
    out: Known,
    attributes: Mapping[str, float],
    conventions: Conventions,
    tie: tuple[int, float] = (1, 1.0),
    taken: frozenset[str] = frozenset(),
) -> LocalTerm | None:
    """d out / d operand at a position; None where the registry says that there is no gradient.

    tie     for an operation with any number of operands: how many equal the result, and the weight of this one
    taken   names of constants that the program uses for nodes of its own
    """
    index = 0 if operation.variadic else position
    shown = operation.shown[index]
    if shown is None:
        return None
    names = _names(operation, position, operands, out, attributes, conventions, tie)
    if operation.kinks is not None and _holds(operation.kinks, names):
        special = operation.at_kink[index]
        return LocalTerm(_walk(special or shown, names, taken)[0].term, remark=operation.kink_sentence)
    for condition, text in operation.limits[index]:
        if _holds(condition, names):
            return LocalTerm(_walk(text, names, taken)[0].term, reason=_walk(_choice(condition), names)[1])
    found, reason = _walk(shown, names, taken)
    return LocalTerm(found.term, reason)


def plain_term(
    operation: Operation, position: int, operands: Sequence[Term], out: Term, attributes: Mapping[str, float]
) -> Term | None:
    """d out / d operand by the formula that holds off kinks; None where there is no gradient.

    For rules in which nothing is chosen by a condition, so that no numbers are needed.
    """
    shown = operation.shown[0 if operation.variadic else position]
    if shown is None:
        return None
    known = [Known(operand, 1.0) for operand in operands]
    names = _names(operation, position, known, Known(out, 1.0), attributes, Conventions(), (1, 1.0))
    return _walk(shown, names)[0].term


def literal_term(text: str, taken: Collection[str] = ()) -> Term:
    """A literal as typed: `0.5`, `1/2`, `2pi`. `taken` are constants that cannot be called by their names."""
    plain = text.replace(" ", "")
    try:
        size = abs(float(plain))
    except ValueError:
        size = None
    if size == math.inf:
        return Name(plain)  # 1e400 has no exact value worth its 400 digits, and 1e9999999 none that can be computed
    if size == 0:
        return Number(Fraction(0))
    if len(plain) > _LONGEST_LITERAL:
        return Name(f"({text})") if size is None else _plain_number(float(plain))
    try:
        return Number(Fraction(plain), decimal="." in text or "e" in text.lower())
    except (ValueError, ZeroDivisionError):  # 0/0 is a literal too: it stays a quotient
        pass
    try:
        return _literal_formula(text, taken)
    except TermTooLargeError:
        return Name(f"({text})")


def _literal_formula(text: str, taken: Collection[str]) -> Term:
    program = parse_unfolded(text)
    terms: list[Term] = []
    positions = Positions(program.prepared)
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is not None:
            terms.append(operation_term(operation, [terms[each] for each in program.operands(node)], {}))
            continue
        written = constant_text(program, ~program.first[node], positions)
        if written in taken and written in _UNNAMED:
            terms.append(_UNNAMED[written])
        else:
            terms.append(Name(written) if written[0].isalpha() else literal_term(written))
    return terms[program.roots[-1] if program.roots else -1]


def _names(
    operation: Operation,
    position: int,
    operands: Sequence[Known],
    out: Known,
    attributes: Mapping[str, float],
    conventions: Conventions,
    tie: tuple[int, float],
) -> dict[str, Known]:
    shown_operands = [operands[position]] if operation.variadic else operands
    numbers = {**operation.attributes, **attributes, "ties": tie[0], "tie_share": tie[1]}
    numbers |= {"relu_at_zero": conventions.relu_at_zero, "abs_at_zero": conventions.abs_at_zero}
    return {
        **dict(zip(operation.operands, shown_operands, strict=False)),
        **{name: Known(_plain_number(value), float(value)) for name, value in numbers.items()},
        "out": out,
    }


def _plain_number(value: float) -> Term:
    return Number(Fraction(repr(float(value))), decimal=True)


@cache
def _rule(text: str) -> Program:
    return parse(text)


@cache
def _literals(text: str, taken: frozenset[str]) -> dict[int, Term]:
    program = _rule(text)
    positions = Positions(program.prepared)
    return {
        node: literal_term(constant_text(program, ~program.first[node], positions), taken) for node in program.constants
    }


def _choice(condition: str) -> str:
    return f"where({condition}, 1, 0)"  # the language has comparisons only as a condition


def _holds(condition: str, names: Mapping[str, Known]) -> bool:
    return _walk(_choice(condition), names)[0].value == 1


def _walk(text: str, names: Mapping[str, Known], taken: frozenset[str] = frozenset()) -> tuple[Known, str | None]:
    """A rule with its names replaced and its choices made; and the condition of the last choice, if there was one."""
    program, literals = _rule(text), _literals(text, taken)
    known: list[Known] = []
    reason: str | None = None
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None:
            if program.is_leaf(node):
                known.append(names[program.leaves[node]])
            else:
                known.append(Known(literals[node], float(program.slots[~program.first[node]] or 0.0)))
            continue
        operands = [known[each] for each in program.operands(node)]
        if operation.name == "where":
            condition, chosen, other = operands
            reason = _condition_text(condition)
            known.append(chosen if condition.value != 0 else other)
            continue
        value = evaluate(operation, [each.value for each in operands], program.attributes(node))
        known.append(
            Known(operation_term(operation, [each.term for each in operands], program.attributes(node)), value)
        )
    return known[program.roots[-1]], reason


def _condition_text(condition: Known) -> str | None:
    """The condition as it holds: `x > 0`, or where it does not, `x <= 0`."""
    term, holds = condition.term, condition.value != 0
    if not isinstance(term, Call):
        return None
    asked = term.operands[0]
    if isinstance(asked, Call) and asked.operation in _OPPOSITE and term.operands[-1] == ZERO:
        holds = holds == (term.operation == "ne")  # `where` asks whether its own condition is not 0
        term = asked
    if not holds:
        opposite = _OPPOSITE.get(term.operation)
        return term_text(call(opposite, term.operands)) if opposite else None
    return term_text(term)
