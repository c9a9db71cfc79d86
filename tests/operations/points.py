"""Points at which an operation is tried: drawn from its domain, on its kinks, and at the ends of float64."""

from __future__ import annotations

import itertools
import math
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.operations import Operation

ENDS = (0.0, 1.0, -1.0, 3.0, 1000.0, -1000.0, 1e308, -1e308, 1e-308, math.inf, -math.inf, math.nan)
"""Values that break careless formulas; with pairs of them also 0 / 0, inf - inf, 0^0 and ties."""

NAMES = ("p", "q", "r")
"""What the operands of an operation with any number of them are called here."""


@dataclass(frozen=True, slots=True)
class Point:
    """Values of the operands in order, and of the attributes."""

    operands: tuple[float, ...]
    attributes: dict[str, float]


def operand_names(operation: Operation) -> tuple[str, ...]:
    """A name for each operand; three for an operation that takes any number."""
    return NAMES if operation.variadic else operation.operands


def draw(operation: Operation, count: int = 16) -> list[Point]:
    """Points inside the domain, the same in every run; every second one with other attributes than the defaults."""
    generator = random.Random(zlib.crc32(operation.name.encode()))
    intervals = operation.domain * 3 if operation.variadic else operation.domain
    return [
        Point(
            tuple(generator.uniform(low, high) for low, high in intervals),
            {
                name: default if number % 2 == 0 else generator.uniform(0.1, 2.0)
                for name, default in operation.attributes.items()
            },
        )
        for number in range(count)
    ]


def on_kinks(operation: Operation) -> list[Point]:
    """The points of `kink_points`."""
    count = len(operand_names(operation))
    return [
        Point(
            numbers[:count],
            {**operation.attributes, **dict(zip(operation.attributes, numbers[count:], strict=False))},
        )
        for numbers in operation.kink_points
    ]


def at_the_ends(operation: Operation) -> Iterator[Point]:
    """Every combination of extreme values; for three operands a part of them."""
    count = len(operand_names(operation))
    values = ENDS if count < 3 else ENDS[:3] + ENDS[6:7] + ENDS[9:]
    for operands in itertools.product(values, repeat=count):
        yield Point(operands, dict(operation.attributes))
