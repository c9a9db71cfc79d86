"""Shapes of a program's nodes while its composites are opened, and how many entries they have together."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

import numpy as np

from app.language.folding import shape_of
from app.language.program import Program
from app.limits import Limits
from app.operations.shapes import Shape, ShapeError
from app.operations.sizes import check_shape, check_total


class Shapes:
    """The shapes of an expanded program's nodes as they are added; None behind operands that do not go together."""

    def __init__(self, into: Program, limits: Limits) -> None:
        self._into = into
        self._limits = limits
        self._entries = 0
        self._of: list[Shape | None] = []

    def add_last(self) -> None:
        """Notes the shape of the last node. Raises UserError "limit" for too large a tensor, or too many entries."""
        into, node = self._into, len(self._of)
        operation = into.operation(node)
        if operation is None:
            value = into.value_in(~into.first[node])
            shape: Shape | None = () if value is None else np.shape(value)
        else:
            known = self.all_of(into.operands(node))
            try:
                shape = None if known is None else shape_of(operation, known, into.attributes(node))
            except ShapeError:  # told where it is evaluated
                shape = None
        self._of.append(shape)
        if shape is not None:
            check_shape(shape, self._limits)
            self._entries += prod(shape)
            check_total(self._entries, self._limits)

    def all_of(self, nodes: Iterable[int]) -> list[Shape] | None:
        """The shapes of some nodes, if all are known."""
        found = [self._of[node] for node in nodes]
        known = [shape for shape in found if shape is not None]
        return known if len(known) == len(found) else None
