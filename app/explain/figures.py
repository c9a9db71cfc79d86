"""How many digits the numbers of a worked solution need, so that every printed equation checks.

Equations are looked at from the end of the solution to its beginning: each takes as many digits in its operands as give
its printed result back, and the operands are results of equations further up, which are then printed alike. That stops
at `CARRIED` decimals, or a deep network would have ten in its first line: an equation that needs more prints more.
Where large numbers cancel, the result is printed with the digits that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.explain.digits import LEAST_DIGITS, MOST_DIGITS, Printed, follows, print_number

Key = tuple[str, int, int]
"""Kind of number and the nodes it belongs to, -1 for none: ("local", 3, 7)."""

CARRIED = 6
"""Most decimals of a number where it is found; where it is used it may have more."""

_ROUNDS = 4
"""Digits that one equation asks for can upset another by a coincidence of rounding; that is settled in two rounds."""


@dataclass(frozen=True, slots=True)
class Equation:
    """result = evaluate(operands), in which all numbers, or tensors, stand as printed.

    exactly   the operands stand elsewhere as results with the very digits that they have here
    """

    result: Key
    operands: tuple[Key, ...]
    evaluate: Callable[[Sequence[Any]], Any]
    exactly: bool = False


class Figures:
    """The numbers of a solution, and how they are printed once `settle` has been called."""

    def __init__(self) -> None:
        self._exact: dict[Key, Any] = {}
        self._digits: dict[Key, int] = {}
        self._short: set[Key] = set()  # numbers that print alike with any digits
        self._used: dict[Key, int] = {}  # result -> digits of the operands in its equation
        self._asked: dict[Key, int] = {}
        self._unsettled: set[Key] = set()
        self._shortened: set[Key] = set()

    def know(self, key: Key, value: Any, digits: int = LEAST_DIGITS) -> None:
        """Takes a number in; `digits` are the least it is printed with."""
        self._exact[key] = value
        self._digits[key] = max(digits, self._digits.get(key, 0))
        if self._print(key, LEAST_DIGITS) == self._print(key, MOST_DIGITS):
            self._short.add(key)

    def printed(self, key: Key) -> Printed:
        """The number where it is found."""
        found: Printed = self._print(key, self._digits[key])
        return found

    def used(self, key: Key, result: Key) -> Printed:
        """The number as an operand in the equation of a result."""
        found: Printed = self._print(key, self._used.get(result, self._digits[key]))
        return found

    def holds(self, result: Key) -> bool:
        """Whether the equation of this result checks as printed."""
        return result not in self._unsettled

    def asked(self, result: Key) -> int | None:
        """Digits that this result asked for in its operands because fewer would not give it back."""
        return self._asked.get(result)

    def _print(self, key: Key, digits: int) -> Any:
        """The number with these digits: a Printed here."""
        return print_number(self._exact[key], digits)

    def _follows(self, recomputed: Any, result: Any) -> bool:
        return follows(recomputed, result)

    def settle(self, equations: Sequence[Equation]) -> None:
        """Chooses the digits. Equations stand so that each comes before those of its operands."""
        for _ in range(_ROUNDS):
            changed = [self._fit(equation) for equation in equations]
            if not any(changed):
                break
        self._unsettled = {one.result for one in equations if not self._checks(one, self._used[one.result])}

    def _fit(self, equation: Equation) -> bool:
        """Gives the operands as many digits as the result needs; whether any number is printed otherwise than before.

        All factors of one product share one number of digits.
        """
        free = [key for key in equation.operands if key not in self._short]
        least = max((self._digits[key] for key in free), default=LEAST_DIGITS)
        most = max(MOST_DIGITS, self._digits[equation.result] + 2)
        digits = next((more for more in range(least, most + 1) if self._checks(equation, more)), None)
        if digits is None:
            digits = most
            self._shorten(equation, most)
        self._used[equation.result] = digits
        if digits > least:
            self._asked[equation.result] = digits
        changed = False
        for key in free:
            wanted = digits if equation.exactly else min(digits, CARRIED)
            if self._digits[key] < wanted and key not in self._shortened:
                before, self._digits[key] = self.printed(key), wanted
                changed = changed or before != self.printed(key)
        return changed

    def _shorten(self, equation: Equation, digits: int) -> None:
        """Prints fewer digits of a result in which large numbers have cancelled: those that the operands give."""
        numbers = [self._print(key, digits).value for key in equation.operands]
        found = equation.evaluate(numbers)
        for fewer in range(self._digits[equation.result] - 1, 1, -1):
            if self._follows(found, self._print(equation.result, fewer)):
                self._digits[equation.result] = fewer
                self._shortened.add(equation.result)
                return

    def _checks(self, equation: Equation, digits: int) -> bool:
        numbers = [self._print(key, digits).value for key in equation.operands]
        return self._follows(equation.evaluate(numbers), self.printed(equation.result))


def product_of(numbers: Sequence[float]) -> float:
    """The product, from left to right."""
    result = 1.0
    for number in numbers:
        result *= number
    return result
