"""Slips at one gate: its local gradient left out, taken at the wrong place, with the wrong factor or sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.engine.reverse import is_constant_operand, local_at
from app.explain.detective.flow import Flow, Wire
from app.explain.detective.slips.changes import Change, Everywhere, slips_of
from app.explain.detective.slips.record import Slip
from app.explain.detective.slips.stems import Stems
from app.explain.detective.words import Name, Phrase, name_of, phrase
from app.language.folding import evaluate
from app.numbers import format_number
from app.operations import Operation
from app.operations.patterns import ROUTER

_WORD = re.compile(r"[A-Za-zσ]+")
_STRAIGHT = {"add", "sub", "mul", "neg"}


def gate_slips(flow: Flow, stems: Stems) -> Iterator[Slip]:
    """Every slip at a gate between the start and the output, and the same slip at all gates of a kind."""
    yield from _sign_slips(flow)
    yield from slips_of(flow, _changes(flow, stems))


def _changes(flow: Flow, stems: Stems) -> Iterator[Change]:
    for wire in flow.wires:
        operation = flow.program.operation(wire.target)
        if operation is None:
            continue
        if is_curved(flow, wire, operation):
            yield from _derivative_changes(flow, wire, operation)
        if operation.name == "mul":
            yield from _product_changes(flow, wire, stems)
        elif operation.name == "div":
            yield from _quotient_changes(flow, wire)
        elif operation.name in ("square", "pow") and wire.operand == 0:
            yield from _power_changes(flow, wire)
        elif operation.pattern is not None and operation.pattern.name == ROUTER.name and wire.local == 0.0:
            yield _router_change(flow, wire)


def _sign_slips(flow: Flow) -> Iterator[Slip]:
    gradient = flow.gradient(flow.start)
    minuses = [wire for wire in flow.wires if _turns(flow, wire)]
    whole = [wire for wire in minuses if abs(flow.part(wire) - gradient) <= 1e-12 * abs(gradient)]
    says = phrase("Your number has the other sign.")
    if len(whole) == 1:
        says += phrase("The gradient passes one minus, at {gate}.", gate=name_of(flow.trace, whole[0].target))
    yield Slip("sign", phrase("Sign turned around"), "The sign is turned around.", says, -gradient)
    yield from slips_of(flow, (_minus_change(flow, wire) for wire in minuses if wire not in whole))


def _minus_change(flow: Flow, wire: Wire) -> Change:
    gate = name_of(flow.trace, wire.target)
    return Change(
        wire, -wire.local, "sign", phrase("Minus at {gate} forgotten", gate=gate), "A minus was forgotten.",
        phrase("At {gate} the gradient turns its sign around; in your number it does not.", gate=gate),
    )  # fmt: skip


def _turns(flow: Flow, wire: Wire) -> bool:
    operation = flow.program.operation(wire.target)
    name = operation.name if operation else ""
    return name in ("neg", "reciprocal") or (name in ("sub", "div") and wire.operand == 1)


def is_curved(flow: Flow, wire: Wire, operation: Operation) -> bool:
    """Whether the gate is a nonlinear function of this operand alone."""
    if operation.name in _STRAIGHT or (operation.pattern is not None and operation.pattern.name == ROUTER.name):
        return False
    others = [place for place in range(len(flow.program.operands(wire.target))) if place != wire.operand]
    if not all(is_constant_operand(flow.program, wire.target, place) for place in others):
        return False
    return operation.name != "div" or wire.operand == 1


def _derivative_changes(flow: Flow, wire: Wire, operation: Operation) -> Iterator[Change]:
    trace, slope = flow.trace, _slope(operation)
    gate, source = name_of(trace, wire.target), name_of(trace, wire.source)
    yield Change(
        wire, 1.0, "derivative", phrase("{slope} left out at {gate}", slope=slope, gate=gate),
        "A local gradient is missing.",
        phrase(
            "The local gradient at {gate} is {local}; it was left out of the product.",
            gate=gate, local=format_number(wire.local, 4),
        ),
        Everywhere(
            f"derivative {operation.name}", phrase("{slope} left out everywhere", slope=slope),
            phrase("The local gradient of every {title} gate was left out.", title=operation.title.lower()),
        ),
    )  # fmt: skip
    if len(operation.operands) > 1 or operation.variadic:
        return
    attributes = {**operation.attributes, **flow.program.attributes(wire.target)}
    before, after = flow.value(wire.source), flow.value(wire.target)
    yield Change(
        wire, local_at(operation, 0, (before,), before, attributes, flow.rules), "place",
        phrase("{slope} with {source} in place of {gate}", slope=slope, source=source, gate=gate),
        "A local gradient was taken at the wrong place.",
        phrase("The local gradient at {gate} was computed with {source} in place of {gate}.", gate=gate, source=source),
    )  # fmt: skip
    again = evaluate(operation, [after], attributes)
    yield Change(
        wire, local_at(operation, 0, (after,), again, attributes, flow.rules), "place",
        phrase("{slope} taken at {gate} in place of {source}", slope=slope, source=source, gate=gate),
        "A local gradient was taken at the wrong place.",
        phrase(
            "The local gradient at {gate} belongs to its input {source}; your number has it at the output.",
            gate=gate, source=source,
        ),
    )  # fmt: skip


def _slope(operation: Operation) -> str:
    plain = _WORD.fullmatch(operation.symbol)
    return f"{operation.symbol}′" if plain else f"Slope of the {operation.title.lower()}"


def _product_changes(flow: Flow, wire: Wire, stems: Stems) -> Iterator[Change]:
    program, trace = flow.program, flow.trace
    other = program.operands(wire.target)[1 - wire.operand]
    own, factor = name_of(trace, wire.source), name_of(trace, other)
    gate = name_of(trace, wire.target)
    if is_constant_operand(program, wire.target, 1 - wire.operand) and not program.is_leaf(other):
        if wire.local != -1.0:
            yield _constant_change(wire, f"times {factor.label}", phrase("{factor}", factor=factor), gate)
        return
    headline = "The wrong factor of a product."
    yield Change(
        wire, flow.value(wire.source), "factor", phrase("{own} in place of {factor}", own=own, factor=factor), headline,
        phrase(
            "Going back to {own}, the gradient is multiplied by {factor}; in your number it was multiplied by {own}.",
            own=own, factor=factor,
        ),
    )  # fmt: skip
    for stranger in stems.siblings(wire.target, other, wire.source):
        name = name_of(trace, stranger)
        yield Change(
            wire, flow.value(stranger), "factor", phrase("{name} in place of {factor}", name=name, factor=factor),
            headline, phrase("{name} was taken in place of {factor}.", name=name, factor=factor),
        )  # fmt: skip
    yield Change(
        wire, 1.0, "factor", phrase("Factor {factor} left out", factor=factor), "A factor is missing.",
        phrase("Going back to {own}, the factor {factor} was left out.", own=own, factor=factor),
    )  # fmt: skip


def _constant_change(wire: Wire, key: str, factor: Phrase, gate: Name) -> Change:
    return Change(
        wire, 1.0, "constant", phrase("{factor} left out of {gate}", factor=factor, gate=gate),
        "A constant factor is missing.",
        phrase("The factor {factor} of {gate} was left out.", factor=factor, gate=gate),
        Everywhere(
            key, phrase("{factor} left out everywhere", factor=factor),
            phrase("The factor {factor} was left out everywhere.", factor=factor),
        ),
    )  # fmt: skip


def _quotient_changes(flow: Flow, wire: Wire) -> Iterator[Change]:
    trace = flow.trace
    top, bottom = flow.program.operands(wire.target)
    gate, under = name_of(trace, wire.target), name_of(trace, bottom)
    if wire.operand == 1:
        yield Change(
            wire, wire.local * flow.value(bottom), "power", phrase("Square of {under} left out", under=under),
            "A power is missing.",
            phrase("{gate} has {under} below the line, so the slope has {under} squared.", gate=gate, under=under),
        )  # fmt: skip
        return
    fixed = is_constant_operand(flow.program, wire.target, 1) and not flow.program.is_leaf(bottom)
    if fixed:
        yield _constant_change(wire, f"over {under.label}", phrase("1/{under}", under=under), gate)
    else:
        yield Change(
            wire, 1.0, "factor", phrase("Factor 1/{under} left out", under=under), "A factor is missing.",
            phrase("Going back to {top}, the factor 1/{under} was left out.", top=name_of(trace, top), under=under),
        )  # fmt: skip
    yield Change(
        wire, flow.value(bottom), "factor", phrase("Multiplied by {under} in place of divided", under=under),
        "Multiplied in place of divided.",
        phrase("{gate} divides by {under}, and so does its slope; your number was multiplied.", gate=gate, under=under),
    )  # fmt: skip


def _power_changes(flow: Flow, wire: Wire) -> Iterator[Change]:
    program, trace = flow.program, flow.trace
    operands = program.operands(wire.target)
    if len(operands) > 1 and not is_constant_operand(program, wire.target, 1):
        return
    power = flow.value(operands[1]) if len(operands) > 1 else 2.0
    gate, base = name_of(trace, wire.target), name_of(trace, wire.source)
    number = f"{power:g}".replace("-", "−")
    if power not in (0.0, 1.0):
        yield Change(
            wire, wire.local / power, "power", phrase("{n} of the power left out at {gate}", n=number, gate=gate),
            "The factor of a power is missing.",
            phrase("The slope of {base} to the {n} has the factor {n}; it was left out.", base=base, n=number),
            Everywhere(
                f"power {number}", phrase("{n} of every power left out", n=number),
                phrase("The slope of a power of {n} has the factor {n}; it was left out everywhere.", n=number),
            ),
        )  # fmt: skip
    yield Change(
        wire, wire.local * flow.value(wire.source), "power", phrase("Power not lowered at {gate}", gate=gate),
        "A power was not lowered.",
        phrase("The slope of {base} to the {n} has a power one lower; your number has {n} again.", base=base, n=number),
    )  # fmt: skip


def _router_change(flow: Flow, wire: Wire) -> Change:
    gate, source = name_of(flow.trace, wire.target), name_of(flow.trace, wire.source)
    return Change(
        wire, 1.0, "router", phrase("Gradient let through at {gate}", gate=gate), "A closed way was taken.",
        phrase("At {gate} nothing flows back to {source}; in your number it does.", gate=gate, source=source),
    )  # fmt: skip
