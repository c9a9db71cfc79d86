"""An operation of one operand as a small picture: its value and its local gradient over an interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.curve import Curve, draw_curve
from app.engine.rules import rules_for
from app.engine.trace import trace
from app.engine.varied import Array
from app.operations import Conventions, Operation
from app.operations.templates import fill

REACH = 4.0
"""Most functions show what they are over -4 to 4."""

POINTS = 97
"""Points of a curve: more than a picture of 150 px can show apart."""

_ROOM = 1.4
"""A curve that ends is drawn with room around its ends."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Value and local gradient over low to high.

    points   (x, value, local gradient) in the order of x; NaN and infinity where there is none
    breaks   x where the local gradient jumps, and whether the value jumps too
    """

    low: float
    high: float
    points: tuple[tuple[float, float, float], ...]
    breaks: tuple[tuple[float, bool], ...]


def draw_operation(operation: Operation, varied: int = 0, held: Sequence[float] = ()) -> Picture:
    """The picture over one operand, the others held at these values, in their order."""
    reach = max([REACH, *(abs(end) for end in operation.domain[varied])])
    curve = _curve(operation, varied, held, 0.0, reach)
    finite = [x for x, value in curve.points if math.isfinite(value)]
    if finite and finite[-1] - finite[0] < reach:
        middle, half = (finite[0] + finite[-1]) / 2, (finite[-1] - finite[0]) / 2
        curve = _curve(operation, varied, held, middle, _ROOM * half)
    xs = np.array([x for x, _ in curve.points])
    values = np.array([value for _, value in curve.points])
    locals_ = _locals(operation, varied, held, xs, values)
    return Picture(
        curve.low,
        curve.high,
        tuple(zip(xs.tolist(), values.tolist(), locals_, strict=True)),
        tuple((kink.x, kink.jump) for kink in curve.kinks),
    )


def call_text(operation: Operation, names: Sequence[str]) -> str:
    """The operation written with these operands, attributes at their defaults: `leaky_relu(x, slope=0.01)`."""
    if operation.variadic:
        return operation.notation.replace("#*", ", ".join(names))
    texts = dict(zip(operation.operands, names, strict=True))
    return fill(operation.notation, texts | {name: f"{value:g}" for name, value in operation.attributes.items()})


def _curve(operation: Operation, varied: int, held: Sequence[float], middle: float, reach: float) -> Curve:
    values = [*held[:varied], middle, *held[varied:]]
    names = [f"x{position}" for position in range(len(values))]
    found = trace(call_text(operation, names), values=dict(zip(names, values, strict=True)))
    return draw_curve(found, found.program.names[names[varied]], span=reach, points=POINTS)


def _locals(operation: Operation, varied: int, held: Sequence[float], xs: Array, values: Array) -> list[float]:
    """The local gradient at every x, by the rule that the engine runs; NaN where there is no value."""
    rule = rules_for(Conventions()).local(operation, varied, total=True)
    if rule is None:
        return [0.0] * len(xs)
    before, behind = [np.float64(value) for value in held[:varied]], [np.float64(value) for value in held[varied:]]
    with np.errstate(all="ignore"):  # a rule chooses with Python's own `if`, so it takes one point at a time
        found = [
            float(rule(*before, x, *behind, value, **operation.attributes)) for x, value in zip(xs, values, strict=True)
        ]
    return [math.nan if math.isnan(value) else one for one, value in zip(found, values, strict=True)]
