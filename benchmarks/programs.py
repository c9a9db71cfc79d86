"""The programs that are timed: a text is read by our parser and, as Python, by the peers that overload operators."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

# Layer widths that give about so many operations.
NETWORKS = {10: (2, 1, 1), 100: (4, 6, 3), 1_000: (16, 20, 8), 10_000: (64, 64, 10), 100_000: (200, 220, 30)}


@dataclass(frozen=True, slots=True)
class Program:
    """A text, the values of its leaves, the name of its output, and how many operations it has."""

    text: str
    values: Mapping[str, float]
    output: str
    operations: int


def program(shape: str, size: int) -> Program:
    """A chain or a written-out network of about `size` operations; the same text at every call."""
    return chain(size) if shape == "chain" else network(NETWORKS[size])


def chain(size: int, seed: int = 1) -> Program:
    """`size` statements, each one operation on the result before it; sums and products also take any earlier one."""
    random_numbers = random.Random(seed)
    names = [f"x{i}" for i in range(8)]
    numbers = [round(random_numbers.uniform(-1, 1), 3) for _ in names]
    values = dict(zip(names, numbers, strict=True))
    lines = []
    for i in range(size):
        text, number = _tame_step(random_numbers, names, numbers)
        lines.append(f"v{i} = {text}")
        names.append(f"v{i}")
        numbers.append(number)
    text = "\n".join(lines)
    used = set(re.findall(r"x\d", text))
    return Program(text, {name: value for name, value in values.items() if name in used}, names[-1], size)


def _tame_step(random_numbers: random.Random, names: list[str], numbers: list[float]) -> tuple[str, float]:
    """One operation whose result neither vanishes nor explodes, so that long chains stay finite."""
    last, value = names[-1], numbers[-1]
    while True:
        other = random_numbers.randrange(len(names))
        kind = random_numbers.choice("++**setg")
        text, number = {
            "+": (f"{last} + {names[other]}", value + numbers[other]),
            "*": (f"{last} * {names[other]}", value * numbers[other]),
            "s": (f"sin({last})", math.sin(value)),
            "e": (f"exp({last})", math.exp(value)),
            "t": (f"tanh({last})", math.tanh(value)),
            "g": (f"sigmoid({last})", 1 / (1 + math.exp(-value))),
        }[kind]
        if 0.05 < abs(number) < 1.5 or (kind == "e" and abs(value) < 0.06):
            return text, number


def network(widths: tuple[int, ...], seed: int = 1) -> Program:
    """A fully connected network written out neuron by neuron: sigmoid everywhere, squared error."""
    random_numbers = random.Random(seed)
    values = {f"x{i}": round(random_numbers.uniform(-1, 1), 3) for i in range(widths[0])}
    before = list(values)
    lines: list[str] = []
    operations = 0
    for layer, (fan_in, width) in enumerate(pairwise(widths), start=1):
        for neuron in range(width):
            weights = [f"w{layer}_{neuron}_{i}" for i in range(fan_in)]
            for weight in weights:
                values[weight] = round(random_numbers.uniform(-2, 2) / math.sqrt(fan_in), 4)
            values[f"b{layer}_{neuron}"] = round(random_numbers.uniform(-0.5, 0.5), 3)
            terms = " + ".join(f"{weight}*{name}" for weight, name in zip(weights, before, strict=True))
            lines.append(f"h{layer}_{neuron} = sigmoid({terms} + b{layer}_{neuron})")
            operations += 2 * fan_in + 1
        before = [f"h{layer}_{neuron}" for neuron in range(width)]
    for i in range(widths[-1]):
        values[f"t{i}"] = float(random_numbers.randrange(2))
    lines.append("loss = " + " + ".join(f"({name} - t{i})*({name} - t{i})" for i, name in enumerate(before)))
    return Program("\n".join(lines), values, "loss", operations + 4 * widths[-1] - 1)


def expression(size: int, seed: int = 3) -> str:
    """One expression of about `size` operations: a random tree, two or three times as deep as a balanced one."""
    return "".join(_pieces(size, random.Random(seed)))


def _pieces(size: int, random_numbers: random.Random) -> Iterator[str]:
    waiting: list[int | str] = [size]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            yield piece
        elif piece <= 0:
            yield random_numbers.choice(["x0", "x1", "w2", "2.5", "w10", "0.125"])
        elif piece == 1 or random_numbers.random() < 0.15:
            yield random_numbers.choice(["sin(", "exp(", "tanh("])
            waiting += [")", piece - 1]
        else:
            left = (piece - 1) // 2
            yield "("
            waiting += [")", piece - 1 - left, random_numbers.choice([" + ", " - ", " * ", " / "]), left]
