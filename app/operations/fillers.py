"""Functions of whole numbers that write a tensor of one value: no operations, for nothing is differentiated by them.

`zeros(2, 3)` and its like, and random starts of weights. A random tensor is a literal as the others are: the same
sizes, settings and seed give the same numbers wherever they are read, so a program with them is reproducible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil, log10, prod, sqrt

import numpy as np
from numpy.typing import NDArray

from app.operations.shapes import Shape

Array = NDArray[np.float64]
Settings = Mapping[str, float]

LARGEST_SEED = 2**32 - 1
"""What NumPy's Mersenne Twister takes."""

DIGITS = 4
"""Significant digits of a random entry of usual size: numbers that a reader can type again, and check by hand."""


@dataclass(frozen=True, slots=True)
class Filler:
    """One of them.

    settings    what a call may give by name, with defaults; None: worked out from the sizes
    fill        the tensor of these sizes
    draws       how its entries are distributed, as LaTeX; None where nothing is random
    scale       a typical size of its entries, which says how many decimals they have
    """

    name: str
    title: str
    says: str
    fill: Callable[[Shape, Settings], Array]
    settings: Mapping[str, float | None] = field(default_factory=dict)
    most_sizes: int | None = None
    draws: str | None = None
    source: str = ""

    def __call__(self, sizes: Shape, settings: Settings) -> Array:
        """A float64 array; settings that are left out have their defaults."""
        return np.asarray(self.fill(sizes, {**_known(self.settings), **settings}), dtype=np.float64)


def _known(settings: Mapping[str, float | None]) -> dict[str, float]:
    return {name: value for name, value in settings.items() if value is not None}


def fans(sizes: Shape) -> tuple[int, int]:
    """Inputs and outputs of a unit: columns and rows of W in `W @ x`; a vector is one row of weights."""
    if len(sizes) < 2:
        return prod(sizes), 1
    return prod(sizes[1:]), sizes[0]


def _twister(settings: Settings) -> np.random.RandomState:
    # The generator of np.random.seed: its numbers are frozen for good (NEP 19), which those of newer ones are not.
    return np.random.RandomState(int(settings["seed"]))


def _rounded(numbers: Array, scale: float) -> Array:
    """Cut to four digits at this scale, never to fewer than four decimals; plus zero makes -0 a 0."""
    decimals = DIGITS if not scale > 0 else max(DIGITS, DIGITS + ceil(-log10(scale)))
    return np.round(numbers, min(decimals, 15)) + 0.0


def _uniform(sizes: Shape, settings: Settings) -> Array:
    low, high = settings["low"], settings["high"]
    return _rounded(_twister(settings).uniform(low, high, sizes), max(abs(low), abs(high)))


def _normal(sizes: Shape, settings: Settings) -> Array:
    std = settings["std"]
    return _rounded(std * _twister(settings).standard_normal(sizes), std)


def _xavier(sizes: Shape, settings: Settings) -> Array:
    columns, rows = fans(sizes)
    bound = sqrt(6 / (columns + rows))
    return _uniform(sizes, {**settings, "low": -bound, "high": bound})


def _he(sizes: Shape, settings: Settings) -> Array:
    return _normal(sizes, {**settings, "std": sqrt(2 / settings.get("fan_in", fans(sizes)[0]))})


_SEED: Mapping[str, float | None] = {"seed": 0.0}

_EVERY = (
    Filler("zeros", "Zeros", "Every entry is 0.", lambda sizes, _: np.zeros(sizes)),
    Filler("ones", "Ones", "Every entry is 1.", lambda sizes, _: np.ones(sizes)),
    Filler(
        "eye",
        "Identity matrix",
        "1 on the diagonal, 0 elsewhere.",
        lambda sizes, _: np.eye(sizes[0], sizes[-1]),
        most_sizes=2,
    ),
    Filler(
        "uniform",
        "Uniform",
        "Every number between two bounds is as likely as any other.",
        _uniform,
        {"low": -1.0, "high": 1.0, **_SEED},
        draws=r"\operatorname{U}(-1,\,1)",
    ),
    Filler(
        "normal",
        "Normal",
        "Numbers around 0, most of them not larger than the standard deviation.",
        _normal,
        {"std": 1.0, **_SEED},
        draws=r"\operatorname{N}(0,\,1)",
    ),
    Filler(
        "xavier",
        "Xavier (Glorot)",
        "Uniform, so narrow that values forward and gradients backward keep their size; for tanh and sigmoid.",
        _xavier,
        _SEED,
        draws=r"\operatorname{U}\left(\pm\sqrt{\tfrac{6}{n_\text{in}+n_\text{out}}}\right)",
        source="Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward neural networks",
    ),
    Filler(
        "he",
        "He (Kaiming)",
        "Normal, twice the variance: ReLU turns half of the units off.",
        _he,
        {"fan_in": None, **_SEED},
        draws=r"\operatorname{N}\left(0,\,\tfrac{2}{n_\text{in}}\right)",
        source="He, Zhang, Ren & Sun (2015), Delving Deep into Rectifiers",
    ),
)

FILLERS: Mapping[str, Filler] = {one.name: one for one in _EVERY}
"""By the name that a program writes."""
