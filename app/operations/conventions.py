"""Which derivative a gate takes where it has none: settings of one request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Ties = Literal["split", "first", "both"]
ConventionName = Literal["relu_at_zero", "ties", "abs_at_zero"]

TIES: tuple[Ties, ...] = get_args(Ties)
CONVENTION_NAMES: tuple[ConventionName, ...] = get_args(ConventionName)


@dataclass(frozen=True, slots=True)
class Conventions:
    """The choices at kinks; the defaults are those of PyTorch.

    relu_at_zero  slope of relu at 0: PyTorch takes 0, the lecture takes 1.
    ties          how max and min share the gradient among equal operands:
                  "split" gives each of k tied operands 1/k, "first" gives all of it to the first,
                  "both" gives all of it to each (the sum of the parts is then k times the whole).
    abs_at_zero   slope of abs at 0; every number from -1 to 1 is a subgradient.
    """

    relu_at_zero: float = 0.0
    ties: Ties = "split"
    abs_at_zero: float = 0.0
