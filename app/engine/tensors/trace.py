"""Programs with tensors, from text to every value and every gradient; the same answer as for scalars, with shapes."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.notices import Notice
from app.engine.rules import rules_for
from app.engine.tensors.forward import Value, plan_of, run_forward
from app.engine.tensors.groups import list_groups
from app.engine.tensors.health import tensor_remarks
from app.engine.tensors.notices import tensor_kinks, tensor_warnings
from app.engine.tensors.reverse import Parts, run_reverse
from app.engine.trace import Trace
from app.errors import Problem, UserError
from app.graph.model import Edge, Group, Node
from app.language.program import Program
from app.language.vocabulary import CONSTANT
from app.limits import Limits
from app.operations import Conventions
from app.operations.shapes import shape_text

_MOST_SHOWN = 6
"""Leaves that the short form names."""


class TensorTrace(Trace):
    """The answer for a program in which some node may be a tensor.

    values and gradients hold arrays of float64 where a node is a tensor, Python floats elsewhere. Arrays that are
    given as values are not copied.
    """

    values: list[Any]
    gradients: list[Any]

    def __init__(
        self, program: Program, outputs: tuple[int, ...], defaulted: tuple[str, ...], seed: float,
        conventions: Conventions, limits: Limits,
    ) -> None:  # fmt: skip
        self.program = program
        self.output_nodes = outputs
        self.defaulted = defaulted
        self.seed = seed
        self.conventions = conventions
        self._rules = rules = rules_for(conventions)
        self._limits = limits
        self._plan = plan = plan_of(self.graph, limits, defaulted)
        self.values = run_forward(program, plan)
        self.graph.tensors = frozenset([node for node, shape in enumerate(plan.shapes) if shape])
        self.gradients = run_reverse(program, self.values, outputs[0], seed, rules, plan=plan)

    def __repr__(self) -> str:
        """One line: the output with its shape, and the leaves with theirs."""
        nodes, output = self.nodes, self.nodes[self.output_nodes[0]]
        leaves = [
            f"{node.label} {shape_text(node.shape)}" for node in nodes if node.op is None and node.name is not None
        ]
        more = f", and {len(leaves) - _MOST_SHOWN} more" if len(leaves) > _MOST_SHOWN else ""
        listed = f"; {', '.join(leaves[:_MOST_SHOWN])}{more}" if leaves else ""
        return f"<Trace of {output.label}, {shape_text(output.shape)}: {len(nodes)} nodes{listed}>"

    def leaf_gradients(self) -> dict[str, Any]:
        """Gradient of every named leaf, by name, as arrays of the caller's own; None for a constant."""
        found = super().leaf_gradients().items()
        return {name: one.copy() if isinstance(one, np.ndarray) else one for name, one in found}

    @cached_property
    def parts(self) -> Parts:
        """What each edge carries, from a second reverse pass: kept from the first it would be most of the memory."""
        parts: Parts = {}
        run_reverse(self.program, self.values, self.output_nodes[0], self.seed, self._rules, parts, self._plan)
        return parts

    @cached_property
    def nodes(self) -> list[Node]:
        """All nodes in topological order, with their shapes."""
        return [replace(node, shape=np.shape(value)) for node, value in zip(self.graph.nodes, self.values, strict=True)]

    @cached_property
    def edges(self) -> list[Edge]:
        """All edges; `local` is None for gates on whole tensors, whose Jacobian is never built."""
        edges: list[Any] = []
        for node, op in enumerate(self.program.ops):
            if op <= CONSTANT:
                continue
            for position, operand in enumerate(self.program.operands(node)):
                part = self.parts.get((node, position))
                carried: Any = part or (None, self._nothing(operand), ())
                local, downstream, summed = carried
                edges.append(Edge(f"n{operand}", f"n{node}", position, local, self.gradients[node], downstream, summed))
        return edges

    def _nothing(self, operand: int) -> Value | None:
        """What flows along an edge that does not lead to the output; None for a constant."""
        return None if self.program.is_fixed(operand) else np.zeros(np.shape(self.values[operand]))

    @cached_property
    def groups(self) -> list[Group]:
        """The composites and calls that stand open, outer ones before inner ones."""
        return list_groups(self.graph, self.values, self.gradients, self.parts, self._rules, self._limits)

    @cached_property
    def kinks(self) -> list[Notice]:
        """Gates with entries that sit where the derivative is a matter of choice."""
        return tensor_kinks(self)

    @cached_property
    def remarks(self) -> list[Notice]:
        """Numeric health: saturated entries, units that are off, gradients that vanished or exploded on their way."""
        return tensor_remarks(self)

    @cached_property
    def warnings(self) -> list[Notice]:
        """Doubtful readings, an output that is no number, and the first entry or slope that is not finite."""
        return tensor_warnings(self)


def numbers_only(trace: Trace) -> None:
    """Raises UserError, at the first tensor, for what works on numbers alone so far."""
    if not isinstance(trace, TensorTrace):
        return
    graph = trace.graph
    first = next((node for node, value in enumerate(trace.values) if np.ndim(value)), trace.output_nodes[0])
    text = f"This works on numbers so far, and here is {shape_text(np.shape(trace.values[first]))}."
    hint = "The graph and `/api/v1/evaluate` compute with tensors."
    raise UserError([Problem("tensors", text, hint, graph.span(first))])
