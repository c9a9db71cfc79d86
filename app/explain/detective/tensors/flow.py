"""What flows between one node and the output of a program with tensors, and what would if a gate passed on else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import nan
from typing import Any

import numpy as np

from app.engine.tensors.reverse import pull_back
from app.engine.tensors.trace import TensorTrace
from app.explain.detective.flow import Flow, Wire
from app.explain.detective.tensors.record import Array, Make
from app.operations.shapes import Shape

_ENTRY, _GATE, _FLOPS = 10, 20_000, 4
"""Steps, a nanosecond each: of an entry, of a gate whatever its size; and flops of a product that one step makes."""


class TensorFlow(Flow):
    """The part of a trace between `start` and the output, as `Flow` has it; edges carry no single number."""

    trace: TensorTrace

    def __init__(self, trace: TensorTrace, start: int) -> None:
        super().__init__(trace, start)
        self.spent = 0

    def _wires(self, node: int) -> list[Wire]:
        program = self.program
        return [
            Wire(operand, node, position, nan)
            for position, operand in enumerate(program.operands(node))
            if operand in self.into and not program.is_fixed(operand)
        ]

    def array(self, node: int) -> Array:
        """The value of a node."""
        return np.asarray(self.trace.values[node], dtype=np.float64)

    def slope(self, node: int) -> Array:
        """d output / d node; zeros for a constant."""
        gradient = self.trace.gradients[node]
        return np.zeros(self.shape(node)) if gradient is None else np.asarray(gradient, dtype=np.float64)

    def shape(self, node: int) -> Shape:
        """The shape of a node."""
        return np.shape(self.trace.values[node])

    def received(self, wire: Wire) -> Array:
        """What the operand of an edge receives along it."""
        part = self.trace.parts.get((wire.target, wire.operand))
        return np.zeros(self.shape(wire.source)) if part is None else np.asarray(part.downstream)

    def pulled(self, wire: Wire, upstream: Array, values: list[Any] | None = None) -> Array:
        """The same for another upstream gradient, or with other values in the program."""
        found = pull_back(
            self.program, self.trace.values if values is None else values, wire.target, [wire.operand],
            np.broadcast_to(upstream, self.shape(wire.target)), self.rules,
        )  # fmt: skip
        return np.asarray(found[0][1].downstream)

    @cached_property
    def costs(self) -> dict[int, int]:
        """Steps that each member takes when it passes a gradient on, about."""
        return {node: self.cost(node) for node in self.members}

    def cost(self, node: int) -> int:
        """Steps that one node takes, about."""
        operation = self.program.operation(node)
        sizes = [int(np.size(self.trace.values[one])) for one in (node, *self.program.operands(node))]
        shapes = [self.shape(one) for one in self.program.operands(node)]
        flops = operation.flops(shapes) if operation is not None and operation.flops is not None else 0
        return _GATE + _ENTRY * sum(sizes) + flops // _FLOPS

    def changed(
        self, turned: Mapping[Wire, Make], at: Mapping[int, Make] | None = None, values: list[Any] | None = None
    ) -> Array:
        """d output / d start where these edges pass on what their function makes of the gradient that arrives, and
        the gradients of the nodes in `at` are turned into something else. Only what that changes is computed anew.
        """
        at = at or {}
        new: dict[int, Array] = {}
        with np.errstate(all="ignore"):
            for node in reversed(self.members):
                gradient = self.slope(node) if node == self.output else self._sum(node, turned, new, values)
                if node in at:
                    gradient = at[node](self.slope(node) if gradient is None else gradient)
                elif node == self.output:
                    gradient = None
                if gradient is not None:
                    new[node] = gradient
        return new.get(self.start, self.slope(self.start))

    def _sum(
        self, node: int, turned: Mapping[Wire, Make], new: Mapping[int, Array], values: list[Any] | None
    ) -> Array | None:
        """What a node receives; None where that is what it always receives."""
        wires = self.out_of[node]
        if values is None and not any(wire in turned or wire.target in new for wire in wires):
            return None
        total: Array | None = None
        for wire in reversed(wires):
            upstream = new.get(wire.target)
            if wire in turned:
                part = turned[wire](self.slope(wire.target) if upstream is None else upstream)
            elif upstream is None and values is None:
                part = self.received(wire)
            else:
                self.spent += self.costs[wire.target]
                part = self.pulled(wire, self.slope(wire.target) if upstream is None else upstream, values)
            total = part if total is None else total + part
        return total
