"""Slips at gates that work entry by entry: slope left out or at the wrong place, wrong factor, broadcast not summed."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from app.engine.tensors.reverse import unbroadcast
from app.explain.detective.flow import Wire
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.record import Array, Turn
from app.explain.detective.words import count_word, name_of, phrase
from app.operations import Operation
from app.operations.patterns import ROUTER
from app.operations.shapes import Shape

_STRAIGHT = {"add", "sub", "mul", "neg", "where"}
_ROWS = 8
"""So many rows of a batch are tried alone."""
_GATE = {
    "relu": ("ReLU mask", "Where {source} is negative nothing flows back; in your number the mask was left out."),
}


def entry_turns(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    """Every slip at one operand of a gate that works entry by entry and is no loss."""
    operation = flow.program.operation(wire.target)
    if operation is None or operation.whole or operation.over is not None:
        return
    yield from _broadcast(flow, wire)
    if _is_curved(flow, wire, operation):
        yield from _slopes(flow, wire, operation)
    if operation.name in ("sub", "neg", "reciprocal") and wire.operand == len(operation.operands) - 1:
        gate = name_of(flow.trace, wire.target)
        yield Turn(
            wire, lambda g: -flow.pulled(wire, g), "sign", phrase("Minus at {gate} forgotten", gate=gate),
            "A minus was forgotten.",
            phrase("At {gate} the gradient turns its sign around; in your number it does not.", gate=gate),
        )  # fmt: skip
    if operation.name in ("mul", "div"):
        yield from _products(flow, wire, operation.name)
    elif operation.name in ("square", "pow") and wire.operand == 0:
        yield from _powers(flow, wire)


def _is_curved(flow: TensorFlow, wire: Wire, operation: Operation) -> bool:
    if operation.name in _STRAIGHT:
        return False
    if operation.variadic:
        return True
    others = [node for place, node in enumerate(flow.program.operands(wire.target)) if place != wire.operand]
    return all(flow.program.is_constant(node) for node in others) and (operation.name != "div" or wire.operand == 1)


def _slopes(flow: TensorFlow, wire: Wire, operation: Operation) -> Iterator[Turn]:
    trace, program = flow.trace, flow.program
    gate, source = name_of(trace, wire.target), name_of(trace, wire.source)
    what = _GATE.get(operation.name)
    is_router = operation.pattern is not None and operation.pattern.name == ROUTER.name
    title = phrase("{what} left out at {gate}", what=what[0] if what else _slope(operation), gate=gate)
    told = "The local gradient at {gate} was left out of the product." if not is_router else (
        "At {gate} nothing flows back where its input is off; in your number it does."
    )  # fmt: skip
    yield Turn(
        wire, lambda g: _fit(g, flow.shape(wire.source)), "router" if is_router else "derivative", title,
        "A closed way was taken." if is_router else "A local gradient is missing.",
        phrase(what[1] if what else told, gate=gate, source=source),
        (
            f"left out {operation.name}", phrase("{what} left out everywhere",
            what=what[0] if what else _slope(operation)),
            phrase("The local gradient of every {title} gate was left out.", title=operation.title.lower()),
        ),
    )  # fmt: skip
    rule = flow.rules.entrywise(operation, wire.operand)
    if len(operation.operands) > 1 or operation.variadic or rule is None or is_router:
        return
    before, after = flow.array(wire.source), flow.array(wire.target)
    attributes = {**operation.attributes, **program.attributes(wire.target)}
    with np.errstate(all="ignore"):
        wrong = np.asarray(rule(before, before, **attributes))
        again = np.asarray(operation.forward(after, **attributes), dtype=np.float64)
        late = np.asarray(rule(after, again, **attributes))
    yield Turn(
        wire, lambda g: g * wrong, "place",
        phrase("{slope} with {source} in place of {gate}", slope=_slope(operation), source=source, gate=gate),
        "A local gradient was taken at the wrong place.",
        phrase("The local gradient at {gate} was computed with {source} in place of {gate}.", gate=gate, source=source),
    )  # fmt: skip
    yield Turn(
        wire, lambda g: g * late, "place",
        phrase("{slope} taken at {gate} in place of {source}", slope=_slope(operation), source=source, gate=gate),
        "A local gradient was taken at the wrong place.",
        phrase(
            "The local gradient at {gate} belongs to its input {source}; your number has it at the output.",
            gate=gate, source=source,
        ),
    )  # fmt: skip


def _slope(operation: Operation) -> str:
    return f"{operation.symbol}′" if operation.symbol.isalpha() else f"Slope of the {operation.title.lower()}"


def _fit(g: Array, shape: Shape) -> Array:
    """A gradient as an operand of this shape receives it: summed over the axes that it was repeated along."""
    wide = np.broadcast_to(g, np.broadcast_shapes(g.shape, shape))
    return np.asarray(unbroadcast(wide, shape)[0])


def _products(flow: TensorFlow, wire: Wire, name: str) -> Iterator[Turn]:
    trace, program = flow.trace, flow.program
    other = program.operands(wire.target)[1 - wire.operand]
    own, factor, gate = (name_of(trace, node) for node in (wire.source, other, wire.target))
    x, y, shape = flow.array(wire.source), flow.array(other), flow.shape(wire.source)
    if program.is_constant(other):
        if not np.all(np.abs(y) == 1.0):
            shown = phrase("{factor}" if name == "mul" else "1/{factor}", factor=factor)
            yield Turn(
                wire, lambda g: _fit(g, shape), "constant", phrase("{shown} left out of {gate}", shown=shown,
                gate=gate),
                "A constant factor is missing.",
                phrase("The factor {shown} of {gate} was left out.", shown=shown, gate=gate),
            )  # fmt: skip
        return
    if name == "mul":
        yield Turn(
            wire, lambda g: _fit(g * x, shape), "factor", phrase("{own} in place of {factor}", own=own, factor=factor),
            "The wrong factor of a product.",
            phrase(
                "Going back to {own}, the gradient is multiplied by {factor}; in your number it was multiplied by "
                "{own}.", own=own, factor=factor,
            ),
        )  # fmt: skip
    elif wire.operand == 0:
        yield Turn(
            wire, lambda g: _fit(g * y, shape), "factor", phrase("Multiplied by {factor} in place of divided",
            factor=factor),
            "Multiplied in place of divided.",
            phrase("{gate} divides by {factor}, and so does its slope; your number was multiplied.", gate=gate,
            factor=factor),
        )  # fmt: skip
    else:
        yield Turn(
            wire, lambda g: flow.pulled(wire, g) * x, "power", phrase("Square of {own} left out", own=own),
            "A power is missing.",
            phrase("{gate} has {own} below the line, so the slope has {own} squared.", gate=gate, own=own),
        )  # fmt: skip
        return
    shown = phrase("{factor}" if name == "mul" else "1/{factor}", factor=factor)
    yield Turn(
        wire, lambda g: _fit(g, shape), "factor", phrase("Factor {shown} left out", shown=shown),
        "A factor is missing.",
        phrase("Going back to {own}, the factor {shown} was left out.", own=own, shown=shown),
    )  # fmt: skip


def _powers(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    operands = flow.program.operands(wire.target)
    if len(operands) > 1 and not (flow.program.is_constant(operands[1]) and flow.array(operands[1]).ndim == 0):
        return
    power = float(flow.array(operands[1])) if len(operands) > 1 else 2.0
    gate, base = name_of(flow.trace, wire.target), name_of(flow.trace, wire.source)
    number, x = f"{power:g}".replace("-", "−"), flow.array(wire.source)
    if power not in (0.0, 1.0):
        yield Turn(
            wire, lambda g: flow.pulled(wire, g) / power, "power",
            phrase("{n} of the power left out at {gate}", n=number, gate=gate), "The factor of a power is missing.",
            phrase("The slope of {base} to the {n} has the factor {n}; it was left out.", base=base, n=number),
        )  # fmt: skip
    yield Turn(
        wire, lambda g: flow.pulled(wire, g) * x, "power", phrase("Power not lowered at {gate}", gate=gate),
        "A power was not lowered.",
        phrase("The slope of {base} to the {n} has a power one lower; your number has {n} again.", base=base, n=number),
    )  # fmt: skip


def _broadcast(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    """The operand was repeated along some axes: the sum over them left out, a mean in its place, one row alone."""
    part = flow.trace.parts.get((wire.target, wire.operand))
    if part is None or not part.summed or part.local is None:
        return
    own, gate, shape = name_of(flow.trace, wire.source), name_of(flow.trace, wire.target), flow.shape(wire.source)
    local, wide = np.asarray(part.local), flow.shape(wire.target)
    count = prod(wide[axis] for axis in part.summed)
    along = "rows" if part.summed == (0,) else "columns" if part.summed == (1,) and len(wide) == 2 else "entries"
    times = phrase(
        "{own} is used in all {count} {along} of {gate}", own=own, count=count_word(count), along=along, gate=gate
    )
    yield Turn(
        wire, lambda g: local * g, "sum", phrase("Sum over the {along} of {gate} left out", along=along, gate=gate),
        "A sum is missing.",
        phrase("{times}, so its gradient is a sum over them; yours is not summed.", times=times), loose=True,
    )  # fmt: skip
    yield Turn(
        wire, lambda g: _fit(local * g, shape) / count, "sum",
        phrase("Mean over the {along} of {gate}", along=along, gate=gate), "A mean in place of a sum.",
        phrase("{times}, so its gradient is a sum over them; yours is their mean.", times=times),
    )  # fmt: skip
    for row in range(min(count, _ROWS) if len(part.summed) == 1 else 0):
        axis = part.summed[0]
        yield Turn(
            wire, lambda g, row=row, axis=axis: np.take(local * g, row, axis).reshape(shape), "sum",  # type: ignore[misc]
            phrase("Only {row} of {gate}", row=f"{along[:-1] if along != 'entries' else 'entry'} {row}", gate=gate),
            "A sum is missing.",
            phrase("{times}; yours is the part of number {row} alone, counted from 0.", times=times, row=str(row)),
        )  # fmt: skip
