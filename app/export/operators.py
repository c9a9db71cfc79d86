"""Operations that Python writes between or before their operands."""

from __future__ import annotations

from app.language.printer import Slot, Written
from app.operations import Operation


def operator(operation: Operation, operands: tuple[int, ...]) -> Written | None:
    """An operation that is written between or before its operands; None for others."""
    if operation.infix:
        own, symbol = operation.infix.precedence, operation.infix.symbols[0]
        side = operation.infix.associativity
        sign = " ** " if symbol == "^" else f" {symbol} "
        return Written(
            [Slot(operands[0], own + (side != "left")), sign, Slot(operands[1], own + (side != "right"))], own
        )
    if operation.prefix:
        own = operation.prefix.precedence
        return Written([operation.prefix.symbol, Slot(operands[0], own + 1)], own)
    return None
