"""Slips of a step of gradient descent: a weight updated too early, the wrong way, or with the wrong rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.explain.detective.flow import Flow, Wire
from app.explain.detective.slips.record import Slip
from app.explain.detective.truth import Numbers, trace_at
from app.explain.detective.words import name_of, phrase

EARLY = "A weight was updated too early."

STEP_WORDS = (
    ("Step the wrong way", "The step goes the wrong way.",
     "{own} plus rate times gradient; a step of gradient descent subtracts."),
    ("Learning rate left out", "The learning rate is missing.",
     "That is {own} minus its gradient, without the learning rate."),
    ("{own} before the step", "That is the old value.", "That is {own} before the step."),
    ("Gradient of {own}", "That is a gradient.", "That is the gradient of {own}, not its new value."),
    ("The step alone", "That is the step alone.", "That is rate times gradient, not yet subtracted from {own}."),
    ("The step alone, subtracted", "That is the step alone.", "That is minus rate times gradient, without {own}."),
)  # fmt: skip
"""Title, headline and sentence of each slip in the step itself, whether of a number or of a tensor."""


def early_slips(flow: Flow, numbers: Numbers) -> Iterator[Slip]:
    """The gradient where other weights already have their new values: in the backward pass alone, or in both."""
    if numbers.step is None:
        return
    trace, start = flow.trace, flow.start
    new = {node: value for node, value in numbers.stepped().items() if node != start}
    swapped: dict[Wire, float] = {}
    for wire in flow.wires:
        operation = flow.program.operation(wire.target)
        if operation is not None and operation.name == "mul":
            other = flow.program.operands(wire.target)[1 - wire.operand]
            if other in new:
                swapped[wire] = new[other]
    for wire, value in swapped.items():
        change = flow.part(wire, value - wire.local)
        if change and len(swapped) > 1:
            weight = name_of(trace, flow.program.operands(wire.target)[1 - wire.operand])
            yield Slip(
                "early", phrase("New {weight} on the way back", weight=weight), EARLY,
                phrase("On the way back the new {weight} was used; the gradient needs the old one.", weight=weight),
                flow.gradient(start) + change, node=wire.target,
            )  # fmt: skip
    if swapped:
        tangent = flow.sweep(lambda wire: swapped.get(wire, wire.local))
        yield Slip(
            "early", phrase("New weights on the way back"), EARLY,
            phrase("On the way back the new weights were used; the gradient needs the old ones."),
            tangent[flow.output] * flow.gradient(flow.output),
        )  # fmt: skip
    if new:
        own = name_of(trace, start)
        yield Slip(
            "early", phrase("Every other weight updated first"), EARLY,
            phrase("Every weight but {own} was updated before the gradient of {own} was computed.", own=own),
            trace_at(trace, new).gradients[start] or 0.0,
        )  # fmt: skip
        if start in numbers.changed:
            yield Slip(
                "early", phrase("Gradient after the step"), EARLY,
                phrase("That is the gradient after the step, at the new weights."),
                numbers.after.gradients[start] or 0.0,
            )  # fmt: skip


def leaf_step_slips(numbers: Numbers, leaf: int, gradients: Iterable[Slip]) -> Iterator[Slip]:
    """The new value of a leaf as each slip leaves it: of the step itself, then of the gradient in it."""
    assert numbers.step is not None, "nothing is updated without a step"
    value, gradient, rate = numbers.trace.values[leaf], numbers.gradient(leaf), numbers.step.rate
    own = name_of(numbers.trace, leaf)
    results = (value + rate * gradient, value - gradient, value, gradient, rate * gradient, -rate * gradient)
    for (title, headline, says), number in zip(STEP_WORDS, results, strict=True):
        yield Slip("step", phrase(title, own=own), headline, phrase(says, own=own), number, node=leaf)
    for slip in gradients:
        if slip.kind != "sign" or slip.node is not None:  # the sign of the whole gradient is the wrong way, above
            yield replace(slip, value=value - rate * slip.value)


def later_value_slips(numbers: Numbers, node: int) -> Iterator[Slip]:
    """What is computed anew after a step that went wrong as a whole."""
    trace, own = numbers.trace, name_of(numbers.trace, node)
    yield Slip(
        "step", phrase("{own} before the step", own=own), "That is the old value.",
        phrase("That is {own} before the step.", own=own), trace.values[node], node=node,
    )  # fmt: skip
    wrong = (
        ("Step the wrong way", "The step goes the wrong way.", "Each weight plus rate times gradient gives this {own}.",
         numbers.stepped(sign=-1.0)),
        ("Learning rate left out", "The learning rate is missing.",
         "Every weight minus its whole gradient gives this {own}.", numbers.stepped(rate=1.0)),
    )  # fmt: skip
    for title, headline, says, leaves in wrong:
        value = trace_at(trace, leaves).values[node]
        yield Slip("step", phrase(title), headline, phrase(says, own=own), value, node=node)
