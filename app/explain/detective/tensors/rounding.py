"""What comes out of a program with tensors when every step is rounded or cut, as by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from app.engine.rules import rules_for
from app.engine.tensors.reverse import pull_back, unbroadcast
from app.explain.detective.slips.record import Quantity
from app.explain.detective.slips.rounding import ROUNDINGS, SCOPES, Rounding, Scope
from app.explain.detective.tensors.record import Array, TensorSlip
from app.explain.detective.tensors.steps import TensorNumbers
from app.language.folding import fold_tensors
from app.language.vocabulary import CONSTANT
from app.limits import Limits

_SLACK = 1e-9


def apply(way: Rounding, numbers: Any) -> Array:
    """Every number as it would be written down."""
    array = np.asarray(numbers, dtype=np.float64)
    with np.errstate(all="ignore"):
        size = np.abs(array)
        places = (
            way.count if way.to == "decimals" else way.count - 1 - np.floor(np.log10(np.where(size > 0, size, 1.0)))
        )
        scale = 10.0 ** np.clip(places, -300, 300)
        whole = np.floor(size * scale + _SLACK + (0.5 if way.how == "rounded" else 0.0))
        kept = np.isfinite(array) & (size > 0) & (size * scale < 2.0**52) & (np.abs(places) <= 300)
        return np.where(kept, np.copysign(whole / scale, array), array)


class TensorRoundings:
    """Every way of rounding for one trace; kept, since they are the same for all nodes."""

    def __init__(self, numbers: TensorNumbers, limits: Limits) -> None:
        self.numbers, self.trace, self.limits = numbers, numbers.trace, limits
        trace = self.trace
        names = (node for node in trace.graph.names if not trace.program.is_leaf(node))
        self._rules = rules_for(trace.conventions)
        self._written = {*names, trace.output_nodes[0]}
        self._values: dict[Rounding, list[Any]] = {}
        self._gradients: dict[tuple[Rounding, Scope], list[Any]] = {}

    def slips(self, node: int, quantity: Quantity) -> Iterator[list[TensorSlip]]:
        """For every way of rounding the slips of its scopes, of which one is told."""
        for way in ROUNDINGS:
            scopes: tuple[Scope, ...] = ("values",) if quantity == "value" else SCOPES
            yield [
                TensorSlip("rounding", way.title(), f"{way.how.capitalize()} on the way.", way.says(scope), array)
                for scope in scopes
                if (array := self._number(way, scope, node, quantity)) is not None
            ]

    def _number(self, way: Rounding, scope: Scope, node: int, quantity: Quantity) -> Array | None:
        if quantity == "value":
            return np.asarray(self.values(way)[node])
        if quantity == "gradient":
            gradient = self.gradients(way, scope)[node]
            return np.zeros(np.shape(self.trace.values[node])) if gradient is None else np.asarray(gradient)
        step = self.numbers.step
        if step is None or node not in self.numbers.changed:
            return None
        gradient = self.gradients(way, scope)[node]
        return None if gradient is None else self.numbers.of("value", node) - step.rate * apply(way, gradient)

    def values(self, way: Rounding) -> list[Any]:
        """The value of every node, rounded at every gate that is written down."""
        if way not in self._values:
            program, values = self.trace.program, list(self.trace.values)
            for node in range(len(values)):
                operation = program.operation(node)
                if operation is not None:
                    operands = [values[operand] for operand in program.operands(node)]
                    value = fold_tensors(operation, operands, program.attributes(node), self.limits)
                    values[node] = apply(way, value) if node in self._written else value
            self._values[way] = values
        return self._values[way]

    def gradients(self, way: Rounding, scope: Scope) -> list[Any]:
        """The gradient of every node, so rounded."""
        key = (way, scope)
        if key not in self._gradients:
            self._gradients[key] = self._reverse(way, scope)
        return self._gradients[key]

    def _reverse(self, way: Rounding, scope: Scope) -> list[Any]:
        trace, program, values = self.trace, self.trace.program, self.values(way)
        factors, sums = scope in ("factors", "everything"), scope in ("gradients", "everything")
        output = trace.output_nodes[0]
        gradients: list[Any] = [None] * len(values)
        if not program.is_fixed(output):
            gradients[output] = np.full(np.shape(values[output]), trace.seed)
        for node in range(output, -1, -1):
            if gradients[node] is None:
                continue
            if sums and (node in self._written or program.is_leaf(node)):
                gradients[node] = apply(way, gradients[node])
            if program.ops[node] <= CONSTANT:
                continue
            operands = program.operands(node)
            wanted = [place for place, operand in enumerate(operands) if not program.is_fixed(operand)]
            upstream = np.asarray(gradients[node])
            for place, part in pull_back(program, values, node, wanted, upstream, self._rules):
                flowing = part.downstream
                if factors and part.local is not None and node in self._written:
                    with np.errstate(all="ignore"):
                        wide = np.asarray(apply(way, part.local) * upstream)
                    shape = np.shape(values[operands[place]])
                    wide = np.broadcast_to(wide, np.broadcast_shapes(wide.shape, shape))
                    flowing = unbroadcast(wide, shape)[0]
                before = gradients[operands[place]]
                gradients[operands[place]] = flowing if before is None else before + flowing
        return gradients
