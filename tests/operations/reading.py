"""What a text of the registry says at a point, read by the language and computed by the engine."""

from __future__ import annotations

import re

import numpy as np

from app import Trace, trace
from app.operations import Conventions, Operation
from app.operations.templates import fill, fill_variadic
from tests.operations.points import Point, operand_names

_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def value(text: str, names: dict[str, float], conventions: Conventions) -> float:
    """Value of a text at named values; a comparison gives 1 or 0. Works for a text without names, too."""
    source = f"answer = carrier + ({text})"
    known = {name: number for name, number in names.items() if name in _NAME.findall(text)}
    return trace(source, values={"carrier": 0.0, **known}, conventions=conventions).named_values()["answer"]


def forward(operation: Operation, point: Point) -> float:
    """The value by the NumPy function."""
    with np.errstate(all="ignore"):
        return float(operation.forward(*(np.float64(number) for number in point.operands), **point.attributes))


def names_at(operation: Operation, point: Point, conventions: Conventions, position: int) -> dict[str, float]:
    """Everything that the rule text of one operand sees, `out` included."""
    out = forward(operation, point)
    names = {
        **point.attributes,
        "out": out,
        "relu_at_zero": conventions.relu_at_zero,
        "abs_at_zero": conventions.abs_at_zero,
    }
    if not operation.variadic:
        return names | dict(zip(operation.operands, point.operands, strict=True))
    tied = [index for index, number in enumerate(point.operands) if number == out]
    share = {"split": 1 / max(len(tied), 1), "first": float(tied[:1] == [position]), "both": 1.0}[conventions.ties]
    return names | {operation.operands[0]: point.operands[position], "ties": float(len(tied)), "tie_share": share}


def rule_values(
    operation: Operation, point: Point, conventions: Conventions, field: str = "local"
) -> list[float | None]:
    """d out / d operand by the rule texts in `local`, `shown` or `at_kink`; None where there is no text."""
    texts = getattr(operation, field) * (len(point.operands) if operation.variadic else 1)
    return [
        None if text is None else value(text, names_at(operation, point, conventions, position), conventions)
        for position, text in enumerate(texts)
    ]


def on_kink(operation: Operation, point: Point) -> bool:
    """Whether the condition `kinks` holds."""
    conventions = Conventions()
    condition = f"where({operation.kinks}, 1, 0)"
    return (
        operation.kinks is not None and value(condition, names_at(operation, point, conventions, 0), conventions) == 1
    )


def call(operation: Operation, point: Point) -> str:
    """A program that is the notation of the operation, its attributes written as numbers."""
    names = operand_names(operation)
    if operation.variadic:
        return fill_variadic(operation.notation, names)
    attributes = {name: repr(number) for name, number in point.attributes.items()}
    text = fill(operation.notation, {name: name for name in names} | attributes)
    return f"where({text}, 1, 0)" if operation.infix and operation.infix.associativity == "none" else text


def run(operation: Operation, point: Point, conventions: Conventions | None = None, expand: str = "") -> Trace:
    """The engine's answer for that program at that point."""
    return trace(
        call(operation, point),
        values=dict(zip(operand_names(operation), point.operands, strict=True)),
        conventions=conventions or Conventions(),
        expand=[expand] if expand else [],
    )
