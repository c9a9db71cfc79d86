"""Gradients as formulas in the names of the program alone, where much cancels: the steps of algebra of a block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.explain.algebra import multiply
from app.explain.cancelling import Line, Simplified, simplified, times
from app.explain.digits import LEAST_DIGITS, MOST_DIGITS
from app.explain.printed_tensors import Number, Shown, print_value, value_follows
from app.explain.records import AlgebraLine, Relation
from app.explain.terms import Term, TermTooLargeError

MOST_ATOMS = 16
"""Names and numbers in a formula that is carried on to the next gradient."""


class ClosedForms:
    """What the gradients of a solution are as formulas, from the output's side. One that is short stays short below."""

    def __init__(self) -> None:
        self._terms: dict[int, Term] = {}
        self._short: set[int] = set()

    def term(self, node: int) -> Term | None:
        """The gradient of a node as a formula."""
        return self._terms.get(node)

    def is_short(self, node: int) -> bool:
        """Whether terms have cancelled in it."""
        return node in self._short

    def know(self, node: int, term: Term, *, short: bool = False) -> None:
        """Takes the formula of a gradient in."""
        if term.size <= MOST_ATOMS:
            self._terms[node] = term
            if short:
                self._short.add(node)

    def follow(self, node: int, above: int | None, factors: Sequence[Term], put_in: str) -> tuple[Line, ...]:
        """The lines for a gradient that is the one above it, or 1, times derivatives; none where nothing cancels."""
        start = None if above is None else self._terms.get(above)
        if above is not None and start is None:
            return ()
        terms = [*([] if start is None else [start]), *factors]
        try:
            first, rest = terms[0], multiply(*terms[1:])
            found: Simplified | None = simplified(first, rest) if len(terms) > 1 else None
            if found is not None:
                self.know(node, found.term, short=True)
                return found.lines
            self.know(node, multiply(first, rest), short=above in self._short)
        except TermTooLargeError:
            return ()
        if above in self._short and node in self._terms:
            return (Line(times(first, rest), put_in),)
        return ()


def algebra_lines(
    lines: Sequence[Line], make: Callable[[str], Any], values: Mapping[str, Number], result: Shown
) -> tuple[AlgebraLine, ...]:
    """The lines as they are printed, each with as many digits as give the gradient back.

    make   a text of our language as a formula with names, symbols, numbers and a value
    """
    found = []
    for line in lines:
        formula = make(line.text)
        relation: Relation = "≈"
        printed: dict[str, Shown] = {}
        for digits in range(LEAST_DIGITS, MOST_DIGITS + 1):
            printed = {name: print_value(values[name], digits) for name in formula.names}
            if value_follows(formula.value({name: one.value for name, one in printed.items()}), result):
                relation = "="
                break
        found.append(AlgebraLine(formula.symbols, formula.numbers(printed), result, relation, line.why))
    return tuple(found)
