"""The Jacobian of several outputs with respect to several nodes, by whichever mode needs fewer sweeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from app.engine.reverse import run_reverse
from app.engine.rules import rules_for
from app.engine.tangent import Locals, list_locals, run_tangent
from app.engine.tensors.trace import numbers_only
from app.engine.trace import Trace
from app.engine.varied import check_effort
from app.engine.zeros import Reason, Ways, find_ways, why_zero, zero_sentence
from app.limits import DEFAULT_LIMITS, Limits

Mode = Literal["reverse", "forward"]
Matrix = list[list[float]]

_PASSES = 4
"""Runs of a gate that count for one entry of a row: the sweep, and the pass over the edges that explains its zeros."""


@dataclass(frozen=True)
class Jacobian:
    """d output / d node for every output and every node, each node varied alone.

    outputs, nodes   numbers of the rows' and of the columns' nodes
    matrix           matrix[i][j] is d outputs[i] / d nodes[j]; NaN and infinity are results
    mode             of the sweeps that filled it: one reverse sweep a row, or one forward sweep a column
    """

    trace: Trace
    local_gradients: Locals
    outputs: tuple[int, ...]
    nodes: tuple[int, ...]
    matrix: Matrix
    mode: Mode

    @cached_property
    def ways(self) -> list[Ways]:
        """The paths to every output."""
        return [find_ways(self.trace.program, self.local_gradients, output) for output in self.outputs]

    def paths(self, row: int, column: int) -> float:
        """How many paths the entry sums over, of single gates; exact to 2**53, infinite beyond 1.8e308."""
        counts, node = self.ways[row].counts, self.nodes[column]
        return counts[node] if node < len(counts) else 0.0

    def why(self, row: int, column: int) -> Reason | None:
        """Why the entry is zero; None for one that is not."""
        if self.matrix[row][column] != 0.0:
            return None
        return why_zero(self.trace.program, self.ways[row], self.nodes[column])

    def sentence(self, row: int, column: int) -> str | None:
        """Why the entry is zero, in one sentence; None for one that is not."""
        if self.matrix[row][column] != 0.0:
            return None
        trace, node = self.trace, self.nodes[column]
        ways, output = self.ways[row], self.outputs[row]
        return zero_sentence(trace.graph, trace.values, self.local_gradients, ways, node, output)


def find_jacobian(
    trace: Trace,
    outputs: Sequence[int],
    nodes: Sequence[int],
    mode: Mode | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Jacobian:
    """The Jacobian of these outputs by these nodes.

    mode   which sweeps fill it; None takes those of which there are fewer. Both give the same numbers.
    Raises UserError "limit" when that is too much for one request.
    """
    numbers_only(trace)
    program, values = trace.program, trace.values
    check_effort(
        len(program.ops), _PASSES * max(len(outputs), 1), "Ask for fewer outputs, or send a smaller program.", limits
    )
    rules = rules_for(trace.conventions)
    local_gradients = list_locals(program, values, rules)
    chosen = mode or ("reverse" if len(outputs) <= len(nodes) else "forward")
    if chosen == "reverse":
        swept = [run_reverse(program, values, output, 1.0, rules) for output in outputs]
        matrix = [[gradients[node] + 0.0 for node in nodes] for gradients in swept]
    else:
        moved = [run_tangent(program, local_gradients, {node: 1.0}) for node in nodes]
        matrix = [[tangents[output] + 0.0 for tangents in moved] for output in outputs]
    return Jacobian(trace, local_gradients, tuple(outputs), tuple(nodes), matrix, chosen)
