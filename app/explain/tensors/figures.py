"""The digits of tensors in a worked solution: those of numbers, one count for all entries of a tensor."""

from __future__ import annotations

from typing import Any

from app.explain.figures import Figures, Key
from app.explain.printed_tensors import Shown, print_value, value_follows


class TensorFigures(Figures):
    """The numbers and tensors of a solution, and how they are printed once `settle` has been called."""

    def __init__(self) -> None:
        super().__init__()
        self._prints: dict[tuple[Key, int], Shown] = {}

    def shown(self, key: Key) -> Shown:
        """The number or tensor where it is found."""
        return self.printed(key)

    def shown_in(self, key: Key, result: Key) -> Shown:
        """The same as an operand in the equation of a result."""
        return self.used(key, result)

    def _print(self, key: Key, digits: int) -> Shown:
        found = self._prints.get((key, digits))
        if found is None:
            found = self._prints[key, digits] = print_value(self._exact[key], digits)
        return found

    def _follows(self, recomputed: Any, result: Any) -> bool:
        return value_follows(recomputed, result)
