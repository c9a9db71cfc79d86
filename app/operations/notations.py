"""How operations are written between their operands, or before one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Infix:
    """How an operation is written between two operands; a larger precedence binds tighter.

    The first symbol is the one we print.
    """

    symbols: tuple[str, ...]
    precedence: int
    associativity: Literal["left", "right", "none"]


@dataclass(frozen=True, slots=True)
class Prefix:
    """How an operation is written before its operand."""

    symbols: tuple[str, ...]
    precedence: int

    @property
    def symbol(self) -> str:
        """The one we print."""
        return self.symbols[0]
