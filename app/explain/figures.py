"""How many digits the numbers of a worked solution need, so that every printed equation checks.

A number is printed alike wherever it stands. Equations are looked at from the end of the solution to its beginning:
each takes as many digits in its operands as give its printed result back, and the operands are results of equations
further up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.explain.digits import LEAST_DIGITS, MOST_DIGITS, Printed, follows, print_number

Key = tuple[str, int, int]
"""Kind of number and the nodes it belongs to, -1 for none: ("local", 3, 7)."""

_ROUNDS = 4
"""Digits that one equation asks for can upset another by a coincidence of rounding; that is settled in two rounds."""


@dataclass(frozen=True, slots=True)
class Equation:
    """result = evaluate(operands), in which all numbers stand as printed."""

    result: Key
    operands: tuple[Key, ...]
    evaluate: Callable[[Sequence[float]], float]


class Figures:
    """The numbers of a solution, and how they are printed once `settle` has been called."""

    def __init__(self) -> None:
        self._exact: dict[Key, float] = {}
        self._digits: dict[Key, int] = {}
        self._printed: dict[Key, Printed] = {}
        self._unsettled: set[Key] = set()
        self._asked: dict[Key, int] = {}

    def know(self, key: Key, value: float, digits: int = LEAST_DIGITS) -> None:
        """Takes a number in; `digits` are the least it is printed with."""
        self._exact[key] = value
        self._digits[key] = max(digits, self._digits.get(key, 0))

    def printed(self, key: Key) -> Printed:
        """The number as it is printed so far."""
        if key not in self._printed:
            self._printed[key] = print_number(self._exact[key], self._digits[key])
        return self._printed[key]

    def holds(self, result: Key) -> bool:
        """Whether the equation of this result checks as printed."""
        return result not in self._unsettled

    def asked(self, result: Key) -> int | None:
        """Digits that this result asked for in its operands because fewer would not give it back."""
        return self._asked.get(result)

    def settle(self, equations: Sequence[Equation]) -> None:
        """Chooses the digits. Equations stand so that each comes before those of its operands."""
        for _ in range(_ROUNDS):
            if not any([self._fit(equation) for equation in equations]):
                break
        self._unsettled = {one.result for one in equations if not self._checks(one, self._values(one))}

    def _fit(self, equation: Equation) -> bool:
        """Gives the operands as many digits as the result needs; whether any changed."""
        digits = max((self._digits[key] for key in equation.operands), default=LEAST_DIGITS)
        changed = self._raise(equation.operands, digits)
        if self._checks(equation, self._values(equation)):
            return changed
        for more in range(digits + 1, MOST_DIGITS + 1):
            numbers = [print_number(self._exact[key], more).value for key in equation.operands]
            if self._checks(equation, numbers):
                self._asked[equation.result] = max(more, self._asked.get(equation.result, 0))
                return self._raise(equation.operands, more)
        return changed

    def _raise(self, keys: Sequence[Key], digits: int) -> bool:
        """All factors of one product share one number of digits."""
        changed = False
        for key in keys:
            if self._digits[key] < digits:
                self._digits[key] = digits
                before = self._printed.pop(key, None)
                changed = changed or before is None or before != self.printed(key)
        return changed

    def _values(self, equation: Equation) -> list[float]:
        return [self.printed(key).value for key in equation.operands]

    def _checks(self, equation: Equation, numbers: Sequence[float]) -> bool:
        return follows(equation.evaluate(numbers), self.printed(equation.result))


def product_of(numbers: Sequence[float]) -> float:
    """The product, from left to right."""
    result = 1.0
    for number in numbers:
        result *= number
    return result

