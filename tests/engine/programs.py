"""Random programs that have finite values, for comparing gradients with a second source."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from app import trace

SMOOTH = (
    "{a} + {b}", "{a} - {b}", "{a} * {b}", "{a} / (2 + {b}^2)", "-{a}", "{a}^2", "{a}^3", "(1 + {a}^2)^{b}", "sin({a})",
    "cos({a})", "tanh({a})", "exp({a} / 4)", "log(1 + {a}^2)", "sqrt(1 + {a}^2)", "sigmoid({a})", "softplus({a})",
    "gelu({a})", "silu({a})", "atan2({a}, 1 + {b}^2)", "hypot(1 + {a}, 2 + {b}^2)", "2^({a} / 4)", "erf({a})",
    "{a} * {a}", "{a} / (1 + {a}^2)", "mish({a})", "asinh({a})", "log1p({a}^2)", "expm1({a} / 4)",
)  # fmt: skip
KINKED = (
    "relu({a})", "abs({a})", "max({a}, {b})", "min({a}, {b}, 0.3)", "where({a} > {b}, {a}, 2 {b})", "clip({a}, -1, 1)",
    "leaky_relu({a}, slope=0.2)", "elu({a})", "floor({a}) + {a}", "sign({a}) * {b}", "max({a}, {a})",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A program and the values of its leaves."""

    source: str
    values: dict[str, float]


def random_program(seed: int, statements: int = 12, kinks: bool = True) -> Example:
    """The same program for the same seed; every statement uses earlier ones, so there is much fan-out."""
    numbers = random.Random(seed)
    values = {name: round(numbers.uniform(-2, 2), 3) for name in ("x", "y", "z", "w0", "b")}
    names = list(values)
    lines: list[str] = []
    templates = SMOOTH + KINKED if kinks else SMOOTH
    while len(lines) < statements:
        first, second = names[-1] if lines else "x", numbers.choice(names)
        text = numbers.choice(templates).format(a=first, b=second)
        line = f"s{len(lines)} = {text}"
        value = trace("\n".join([*lines, line]), values=_used(values, [*lines, line])).values[-1]
        if math.isfinite(value) and abs(value) < 50:
            names.append(f"s{len(lines)}")
            lines.append(line)
    source = "\n".join([*lines, "f = " + " + ".join(names[-4:]) + " + x*y*z*w0*b"])
    return Example(source, values)


def _used(values: dict[str, float], lines: list[str]) -> dict[str, float]:
    text = "\n".join(lines)
    known = trace(text).leaf_gradients()
    return {name: value for name, value in values.items() if name in known}
