"""What a lesson is: an example program, where it comes from, its exact numbers and the numbers its source prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Section: TypeAlias = Literal["From the lecture", "From courses and books", "From manuals of software"]
Kind: TypeAlias = Literal["gates", "neurons", "networks", "tensors"]
# `updated` is a value after one step of gradient descent: of a parameter, or of any node computed anew from them.
Quantity: TypeAlias = Literal["value", "gradient", "updated"]
FigureVerdict: TypeAlias = Literal["matches", "rounded", "wrong"]
VerdictKind: TypeAlias = Literal["matches", "rounded", "wrong", "none"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a lesson comes from; `place` says where in it, `year` is None where the source gives none."""

    title: str
    author: str
    place: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of gradient descent as the source takes it; empty `parameters` means every parameter of the program."""

    learning_rate: float
    parameters: tuple[str, ...]


Value: TypeAlias = float | NDArray[np.float64]
"""Of a node: a number, or a tensor."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Exact float64 numbers by node label, computed by another program than ours."""

    values: Mapping[str, Value]
    gradients: Mapping[str, Value]
    updated: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as its source prints it: text, so that its digits count."""

    name: str
    quantity: Quantity
    printed: str


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One lesson file, validated. Equal only to itself, so that what is computed from it can be kept beside it."""

    slug: str
    title: str
    formula: str | None  # the title as LaTeX, where it is a formula
    summary: str
    section: Section
    kind: Kind
    order: int
    source: Source
    program: str
    output: str | None
    note: str | None
    step: Step | None
    expected: Expected
    printed: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A printed figure beside the number we compute."""

    name: str
    quantity: Quantity
    printed: str
    exact: float
    verdict: FigureVerdict


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a source: its worst kind, and how many of how many figures are of that kind.

    `total` counts the figures of those quantities among which the kind occurs: a source with eight wrong gradients is
    "wrong, 8 of 14" by its 14 gradients, whatever else it prints.
    """

    kind: VerdictKind
    count: int
    total: int
