"""The output as one entry of a tensor varies: the curve, tangent and kinks that a number has."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

import numpy as np

from app.engine.curve import POINTS, Curve, reach_of, trace_points
from app.engine.entries import entry_label
from app.engine.kinks import MAX_KINKS
from app.engine.rules import rules_for
from app.engine.tensors.choice import Varied
from app.engine.tensors.forward import Value
from app.engine.tensors.kinks import has_kinks, piece_arrays
from app.engine.tensors.reverse import run_reverse
from app.engine.tensors.trace import TensorTrace
from app.engine.tensors.varied import Array, check_work, entries_between, flops_between, placed, run_placed
from app.engine.varied import check_points, nodes_between
from app.limits import DEFAULT_LIMITS, Limits

_NUMBERS_OF_SLOPES = 4_000_000
"""A slope on one side of a kink takes a whole reverse pass: of larger programs fewer kinks are looked for."""

_FLOPS_OF_A_NUMBER = 16
"""Multiplications that take about as long as it takes to keep one number."""


class VaryingEntry:
    """A number or one entry of a tensor, as `kinks.Varying` asks of it."""

    def __init__(self, trace: TensorTrace, varied: Varied) -> None:
        self._trace, self._varied = trace, varied
        self._value = np.asarray(trace.values[varied.node], dtype=np.float64)
        self.present = float(self._value[varied.entry or ()])
        total = sum(int(np.size(value)) for value in trace.values)
        self.most = max(2, min(MAX_KINKS, _NUMBERS_OF_SLOPES // (20 * total)))

    def run(self, places: Array, nodes: Sequence[int]) -> Mapping[int, Array]:
        starts = {self._varied.node: placed(self._value, self._varied.entry or (), places)}
        return run_placed(self._trace.program, self._trace.values, starts, nodes)

    def own(self, run: Mapping[int, Array], gate: int, stretch: slice) -> Mapping[int, Array]:
        return {each: run[each][stretch] for each in (*self._trace.program.operands(gate), gate) if each in run}

    def gates(self, nodes: Sequence[int]) -> list[int]:
        return [gate for gate in nodes if has_kinks(self._trace.program.operation(gate))]

    def pieces(self, gate: int, run: Mapping[int, Array]) -> Iterator[tuple[Hashable, Array]]:
        for index, piece in enumerate(self._arrays(gate, run)):
            with np.errstate(all="ignore"):
                moves = np.any((piece != piece[:1]) & ~(np.isnan(piece) & np.isnan(piece[:1])), axis=0)
            yield from (((index, column), piece[:, column]) for column in np.flatnonzero(moves).tolist())

    def piece(self, gate: int, run: Mapping[int, Array], part: Hashable) -> Array:
        assert isinstance(part, tuple)
        index, column = part
        return self._arrays(gate, run)[index][:, column]

    def _arrays(self, gate: int, run: Mapping[int, Array]) -> list[Array]:
        program, values = self._trace.program, self._trace.values
        operation = program.operation(gate)
        assert operation is not None
        operands = [
            run[one] if one in run else np.broadcast_to(values[one], (len(run[gate]), *np.shape(values[one])))
            for one in program.operands(gate)
        ]
        return piece_arrays(operation, operands, run[gate], program.attributes(gate), self._trace.conventions)

    def outputs(self, run: Mapping[int, Array]) -> Array:
        """Of a tensor the sum of its entries, which is what is differentiated."""
        output = self._trace.output_nodes[0]
        places = len(run[self._varied.node])
        if output not in run:
            return np.full(places, float(np.sum(self._trace.values[output])))
        sums: Array = run[output].reshape(places, -1).sum(axis=1)
        return sums

    def slope(self, run: Mapping[int, Array], place: int) -> float:
        trace = self._trace
        values: list[Value] = [*trace.values]
        for each, array in run.items():
            values[each] = array[place] if array.ndim > 1 else float(array[place])
        found = run_reverse(trace.program, values, trace.output_nodes[0], 1.0, rules_for(trace.conventions))
        gradient = np.asarray(found[self._varied.node], dtype=np.float64)
        return float(gradient[self._varied.entry or ()])

    def numbers(self, nodes: Sequence[int]) -> int:
        flops = flops_between(self._trace.program, self._trace.values, nodes)
        return max(1, self._value.size + flops // _FLOPS_OF_A_NUMBER)

    def sentence(self, gate: int) -> str:
        operation = self._trace.program.operation(gate)
        assert operation is not None
        return operation.kink_sentence or ""


@np.errstate(all="ignore")
def draw_entry_curve(
    trace: TensorTrace,
    varied: Varied,
    *,
    span: float | None = None,
    points: int = POINTS,
    limits: Limits = DEFAULT_LIMITS,
) -> Curve:
    """The curve of a trace's output over one number or entry ± span, as `curve.draw_curve` has it.

    Raises UserError "limit" when that is too much for one request.
    """
    node, entry, output = varied.node, varied.entry or (), trace.output_nodes[0]
    nodes = nodes_between(trace.program, (node,), output)
    check_points(points, limits)
    entries = entries_between(trace.values, nodes) + int(np.size(trace.values[node]))
    check_work(entries, flops_between(trace.program, trace.values, nodes), points, "Ask for fewer points.", limits)
    varying = VaryingEntry(trace, varied)
    low, high = reach_of(varying.present, span)
    found, kinks = trace_points(varying, nodes, (low, high), points)
    gradient = trace.gradients[node]
    return Curve(
        node=f"n{node}",
        label=entry_label(trace.graph.labels[node], entry),
        x=varying.present,
        value=float(np.sum(trace.values[output])),
        slope=0.0 if gradient is None else float(np.asarray(gradient)[entry]),
        low=low,
        high=high,
        points=found,
        kinks=kinks,
        entry=varied.entry,
    )
