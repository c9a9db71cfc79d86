"""Our own numbers for a program: values, gradients, and what one step of gradient descent makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from app.engine.trace import Trace
from app.explain.detective.slips.record import Quantity


@dataclass(frozen=True, slots=True)
class Step:
    """One step of gradient descent: the learning rate, and which leaves it changes; None: every parameter."""

    rate: float
    leaves: tuple[int, ...] | None = None


def changed_leaves(trace: Trace, step: Step | None) -> tuple[int, ...]:
    """The leaves that a step changes: those that it names, else every parameter."""
    if step is not None and step.leaves is not None:
        return step.leaves
    return tuple(node for node in trace.program.leaves if trace.graph.kind(node) == "parameter")


def trace_at(trace: Trace, leaves: Mapping[int, float]) -> Trace:
    """The same program with other values of these leaves."""
    program = copy(trace.program)
    program.slots = [*program.slots]
    for node, value in leaves.items():
        program.slots[~program.first[node]] = value
    return Trace(program, trace.output_nodes, trace.defaulted, trace.seed, trace.conventions)


class Numbers:
    """Values and gradients of a trace, and with a step the values after it."""

    def __init__(self, trace: Trace, step: Step | None = None) -> None:
        self.trace, self.step = trace, step

    def of(self, quantity: Quantity, node: int) -> float:
        """The number of a node; `updated` needs a step."""
        if quantity == "value":
            return self.trace.values[node]
        return self.gradient(node) if quantity == "gradient" else self.after.values[node]

    def gradient(self, node: int) -> float:
        """d output / d node; 0.0 for a constant."""
        return self.trace.gradients[node] or 0.0

    @cached_property
    def changed(self) -> tuple[int, ...]:
        """The leaves that the step changes."""
        return changed_leaves(self.trace, self.step)

    def stepped(self, sign: float = 1.0, rate: float | None = None) -> dict[int, float]:
        """The changed leaves after the step; with another sign or rate where that is asked for."""
        assert self.step is not None, "nothing is updated without a step"
        pace = self.step.rate if rate is None else rate
        return {node: self.trace.values[node] - sign * pace * self.gradient(node) for node in self.changed}

    @cached_property
    def after(self) -> Trace:
        """The program with the changed leaves."""
        return trace_at(self.trace, self.stepped())
