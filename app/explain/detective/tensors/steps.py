"""A step of gradient descent with tensors: what it leaves, and slips in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.detective.slips.record import Quantity
from app.explain.detective.slips.steps import EARLY, STEP_WORDS
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.record import Array, TensorSlip
from app.explain.detective.truth import Step, changed_leaves
from app.explain.detective.words import name_of, phrase
from app.limits import Limits


class TensorNumbers:
    """Values and gradients of a trace with tensors, and with a step the values after it."""

    def __init__(self, trace: TensorTrace, step: Step | None, limits: Limits) -> None:
        self.trace, self.step, self.limits = trace, step, limits

    def of(self, quantity: Quantity, node: int) -> Array:
        """The number or tensor of a node; `updated` needs a step."""
        if quantity == "gradient":
            gradient = self.trace.gradients[node]
            return np.zeros(np.shape(self.trace.values[node])) if gradient is None else np.asarray(gradient) + 0.0
        trace = self.trace if quantity == "value" else self.after
        return np.asarray(trace.values[node], dtype=np.float64)

    @cached_property
    def changed(self) -> tuple[int, ...]:
        """The leaves that the step changes."""
        return changed_leaves(self.trace, self.step)

    def stepped(self, sign: float = 1.0, rate: float | None = None) -> dict[int, Array]:
        """The changed leaves after the step; with another sign or rate where that is asked for."""
        assert self.step is not None, "nothing is updated without a step"
        pace = self.step.rate if rate is None else rate
        with np.errstate(all="ignore"):
            return {
                node: self.of("value", node) - sign * pace * self.of("gradient", node) for node in self.changed
            }  # fmt: skip

    @cached_property
    def after(self) -> TensorTrace:
        """The program with the changed leaves."""
        return self.at(self.stepped())

    def at(self, leaves: Mapping[int, Any]) -> TensorTrace:
        """The same program with other values of these leaves."""
        program = copy(self.trace.program)
        program.slots, program.tensors = [*program.slots], {**program.tensors}
        for node, value in leaves.items():
            slot = ~program.first[node]
            if np.ndim(value):
                program.tensors[slot] = value
            else:
                program.slots[slot] = float(value)
        trace = self.trace
        return TensorTrace(
            program, trace.output_nodes, trace.defaulted, trace.seed, trace.conventions, self.limits
        )  # fmt: skip


def early_slips(flow: TensorFlow, numbers: TensorNumbers) -> Iterator[TensorSlip]:
    """The gradient where other weights already have their new values: in the backward pass alone, or in both."""
    if numbers.step is None:
        return
    trace, start = numbers.trace, flow.start
    new = {node: value for node, value in numbers.stepped().items() if node != start}
    own = name_of(trace, start)
    if new:
        values = [new.get(node, value) for node, value in enumerate(trace.values)]
        yield TensorSlip(
            "early", phrase("New weights on the way back"), EARLY,
            phrase("On the way back the new weights were used; the gradient needs the old ones."),
            flow.changed({}, values=values),
        )  # fmt: skip
        yield TensorSlip(
            "early", phrase("Every other weight updated first"), EARLY,
            phrase("Every weight but {own} was updated before the gradient of {own} was computed.", own=own),
            np.asarray(numbers.at(new).gradients[start]),
        )  # fmt: skip
    if start in numbers.changed:
        yield TensorSlip(
            "early", phrase("Gradient after the step"), EARLY,
            phrase("That is the gradient after the step, at the new weights."),
            np.asarray(numbers.after.gradients[start]),
        )  # fmt: skip


def leaf_step_slips(numbers: TensorNumbers, leaf: int, gradients: Iterable[TensorSlip]) -> Iterator[TensorSlip]:
    """The new value of a leaf as each slip leaves it: of the step itself, then of the gradient in it."""
    assert numbers.step is not None, "nothing is updated without a step"
    value, gradient, rate = numbers.of("value", leaf), numbers.of("gradient", leaf), numbers.step.rate
    own = name_of(numbers.trace, leaf)
    # Minus the step alone is no slip that is tried on tensors.
    results = (value + rate * gradient, value - gradient, value, gradient, rate * gradient)
    for (title, headline, says), array in zip(STEP_WORDS, results, strict=False):
        yield TensorSlip("step", phrase(title, own=own), headline, phrase(says, own=own), array, leaf)
    for slip in gradients:
        if slip.array.shape == value.shape and not np.array_equal(slip.array, -gradient):  # the wrong way, above
            yield replace(slip, array=value - rate * slip.array, kept=(), left_out=(), dropped=frozenset())


def later_slips(numbers: TensorNumbers, node: int) -> Iterator[TensorSlip]:
    """What is computed anew after a step that went wrong as a whole."""
    own = name_of(numbers.trace, node)
    yield TensorSlip(
        "step", phrase("{own} before the step", own=own), "That is the old value.",
        phrase("That is {own} before the step.", own=own), numbers.of("value", node), node,
    )  # fmt: skip
    wrong = (
        ("Step the wrong way", "The step goes the wrong way.", "Each weight plus rate times gradient gives this {own}.",
         numbers.stepped(sign=-1.0)),
        ("Learning rate left out", "The learning rate is missing.",
         "Every weight minus its whole gradient gives this {own}.", numbers.stepped(rate=1.0)),
    )  # fmt: skip
    for title, headline, says, leaves in wrong:
        array = np.asarray(numbers.at(leaves).values[node], dtype=np.float64)
        yield TensorSlip("step", phrase(title), headline, phrase(says, own=own), array, node)
