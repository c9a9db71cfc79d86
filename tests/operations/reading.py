"""What a text of the registry says at a point, read by the language and computed by the engine."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np

from app import Trace, trace
from app.engine.rules import Local, Rules, tie_shares
from app.operations import REGISTRY, Conventions, Operation
from app.operations.templates import fill, fill_variadic
from tests.operations.points import Point, operand_names

_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def value(text: str, names: dict[str, float], conventions: Conventions) -> float:
    """Value of a text at named values; names that it does not mention are passed over."""
    source = f"answer = carrier + ({text})"
    known = {name: number for name, number in names.items() if name in _NAME.findall(text)}
    return trace(source, values={"carrier": 0.0, **known}, conventions=conventions).named_values()["answer"]


def forward(operation: Operation, point: Point) -> float:
    """The value by the NumPy function."""
    with np.errstate(all="ignore"):
        return float(operation.forward(*(np.float64(number) for number in point.operands), **point.attributes))


def rule_values(
    operation: Operation, point: Point, conventions: Conventions, field: str = "local"
) -> list[float | None]:
    """d out / d operand by the rule texts in `local`, `shown` or `at_kink`, compiled by the engine."""
    return read(operation, getattr(operation, field), point, conventions)


def on_kink(operation: Operation, point: Point) -> bool:
    """Whether the condition `kinks` holds."""
    condition = None if operation.kinks is None else f"where({operation.kinks}, 1, 0)"
    return read(operation, (condition,) * len(operation.operands), point, Conventions())[0] == 1


def read(
    operation: Operation, texts: tuple[str | None, ...], point: Point, conventions: Conventions
) -> list[float | None]:
    """The value of a rule text for each operand; None where there is no text."""
    out = forward(operation, point)
    functions = _compiled(
        operation.operands, operation.variadic, tuple(operation.attributes.items()), texts, conventions
    )
    ties, shares = tie_shares(point.operands, out, conventions.ties)
    found: list[float | None] = []
    for position, operand in enumerate(point.operands):
        local = functions[0 if operation.variadic else position]
        arguments = (operand, out, ties, shares[position]) if operation.variadic else (*point.operands, out)
        with np.errstate(all="ignore"):
            numbers = [np.float64(number) for number in arguments]
            found.append(None if local is None else float(local(*numbers, **point.attributes)))
    return found


@lru_cache
def _compiled(
    operands: tuple[str, ...],
    variadic: bool,
    attributes: tuple[tuple[str, float], ...],
    texts: tuple[str | None, ...],
    conventions: Conventions,
) -> list[Local | None]:
    """The engine's functions for rule texts, kept because compiling takes far longer than calling."""
    base = REGISTRY["add"]
    operation = replace(base, operands=operands, variadic=variadic, attributes=dict(attributes), local=texts)
    rules = Rules(conventions)
    return [rules.local(operation, position, total=True) for position in range(len(operands))]


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
