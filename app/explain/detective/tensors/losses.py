"""Slips at losses and at gates that make one number of many: ½, 2 and 1/n left out, softmax taken entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from app.explain.detective.flow import Wire
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.record import Array, Make, Turn
from app.explain.detective.words import Name, Phrase, name_of, phrase
from app.operations.reducing import along, softmax

_MEAN = "A mean in place of a sum."
_SUM = "A sum in place of a mean."
_SOFTMAX = "Softmax was taken entry by entry."


def loss_turns(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    """Every slip at one operand of a loss, of a sum or mean, or of a gate along an axis."""
    operation = flow.program.operation(wire.target)
    if operation is None:
        return
    if operation.over is not None:
        yield from _counted(flow, wire, prod(_wide(flow, wire.target)), operation.over == "mean")
        yield from _of_loss(flow, wire, operation.name)
    elif operation.name in ("sum", "mean"):
        count = flow.array(wire.source).size // max(flow.array(wire.target).size, 1)
        yield from _counted(flow, wire, count, operation.name == "mean")
    elif operation.name == "cross_entropy":
        yield from _cross_entropy(flow, wire)
    elif operation.name == "nll":
        yield from _rows(flow, wire)
    else:
        yield from _along_an_axis(flow, wire, operation.name)


def _wide(flow: TensorFlow, node: int) -> tuple[int, ...]:
    return np.broadcast_shapes(*(flow.shape(operand) for operand in flow.program.operands(node)))


def _scaled(flow: TensorFlow, wire: Wire, factor: float) -> Make:
    return lambda g: flow.pulled(wire, g) * factor


def _counted(flow: TensorFlow, wire: Wire, count: int, is_mean: bool, what: str = "entries") -> Iterator[Turn]:
    if count < 2:
        return
    gate, n = name_of(flow.trace, wire.target), str(count)
    if is_mean:
        yield Turn(
            wire, _scaled(flow, wire, count), "sum", phrase("1/{n} of the mean left out at {gate}", n=n, gate=gate),
            _SUM,
            phrase("{gate} is a mean over {n} {what}, so each has the factor 1/{n}; it was left out.",
                   gate=gate, n=n, what=what),
        )  # fmt: skip
    else:
        yield Turn(
            wire, _scaled(flow, wire, 1 / count), "sum", phrase("Mean in place of the sum at {gate}", gate=gate), _MEAN,
            phrase("{gate} is a sum over {n} {what}; your number is divided by {n}, as for a mean.",
                   gate=gate, n=n, what=what),
        )  # fmt: skip


def _turn(flow: TensorFlow, wire: Wire, make: Make, kind: str, title: str, headline: str, says: str) -> Turn:
    trace = flow.trace
    operands = flow.program.operands(wire.target)
    names = {"gate": name_of(trace, wire.target), "y": name_of(trace, operands[0]), "t": name_of(trace, operands[-1])}
    return Turn(wire, make, kind, phrase(title, **names), headline, phrase(says, **names))  # type: ignore[arg-type]


def _of_loss(flow: TensorFlow, wire: Wire, name: str) -> Iterator[Turn]:
    operands = flow.program.operands(wire.target)
    y, t = flow.array(operands[0]), flow.array(operands[1])
    shape = flow.shape(wire.source)
    count = max(prod(_wide(flow, wire.target)), 1)
    if name in ("half_sse", "mse"):
        first, second = ("{y}", "{t}") if wire.operand == 0 else ("{t}", "{y}")
        yield _turn(
            flow, wire, _scaled(flow, wire, -1), "sign", f"{second} − {first} in place of {first} − {second}",
            "The sign is turned around.",
            f"The slope of {{gate}} has {first} − {second}; in your number the difference is the other way round.",
        )  # fmt: skip
    if name == "half_sse":
        yield _turn(
            flow, wire, _scaled(flow, wire, 2), "constant", "½ of {gate} left out", "A constant factor is missing.",
            "The ½ of {gate} cancels the 2 of the square; your number has the 2.",
        )  # fmt: skip
    if name == "mse":
        yield _turn(
            flow, wire, _scaled(flow, wire, 0.5), "power", "2 of the square left out at {gate}",
            "The factor of a power is missing.", "The slope of a square has the factor 2; it was left out.",
        )  # fmt: skip
        if count > 1:
            yield _turn(
                flow, wire, _scaled(flow, wire, count / 2), "constant", f"2/{count} left out at {{gate}}",
                "A constant factor is missing.",
                f"The slope of {{gate}} is 2/{count} times the difference; your number has the difference alone.",
            )  # fmt: skip
    if name == "bce" and wire.operand == 0 and y.shape == t.shape == shape:
        told = "{y} − {t} is the slope by what the sigmoid squashes; the slope by {y} itself has {y} (1 − {y}) below."
        yield _turn(
            flow, wire, lambda g: g * (y - t) / count, "derivative", "{y} − {t} as the slope of {gate}",
            "A local gradient was taken at the wrong place.", told,
        )  # fmt: skip
    if name == "bce_logits" and wire.operand == 0 and y.shape == t.shape == shape:
        yield _turn(
            flow, wire, lambda g: g * (y - t) / count, "place", "{y} − {t} without the sigmoid at {gate}",
            "A function is missing.", "The slope is σ({y}) − {t}; in your number the sigmoid was left out.",
        )  # fmt: skip


def _cross_entropy(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    yield from _rows(flow, wire)
    if wire.operand != 0:
        return
    z, t = (flow.array(node) for node in flow.program.operands(wire.target))
    with np.errstate(all="ignore"):
        p, rows = softmax(z), max(z.size // max(z.shape[-1], 1), 1)
        slope = -t / p
    yield _turn(
        flow, wire, _scaled(flow, wire, -1), "sign", "{t} − p in place of p − {t}", "The sign is turned around.",
        "The slope of {gate} is softmax({y}) − {t}; in your number the difference is the other way round.",
    )  # fmt: skip
    yield _turn(
        flow, wire, lambda g: g * p / rows, "term", "{t} left out of p − {t}", "A term is missing.",
        "That is softmax({y}) alone; the target {t} has to be subtracted.",
    )  # fmt: skip
    yield _turn(
        flow, wire, lambda g: g * (z - t) / rows, "place", "{y} − {t} without softmax", "A function is missing.",
        "The slope is softmax({y}) − {t}; in your number softmax was left out.",
    )  # fmt: skip
    yield _turn(
        flow, wire, lambda g: g * slope * p * (1 - p) / rows, "softmax", "Softmax of {gate} entry by entry", _SOFTMAX,
        "Every entry of softmax depends on every entry of {y}; your number has the diagonal p (1 − p) alone.",
    )  # fmt: skip
    yield _turn(
        flow, wire, lambda g: g * slope / rows, "place", "Slope by p in place of {y}",
        "A local gradient was taken at the wrong place.",
        "That is −t/p, the slope of {gate} by the probabilities; the slope by {y} is p − {t}.",
    )  # fmt: skip
    if rows == 1:
        classes = z.shape[-1]
        yield _turn(
            flow, wire, _scaled(flow, wire, 1 / classes), "sum", f"Mean over {classes} classes at {{gate}}", _MEAN,
            f"{{gate}} adds over the {classes} classes; your number is divided by {classes}, as for a mean.",
        )  # fmt: skip


def _rows(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    z = flow.array(wire.source)
    yield from _counted(flow, wire, z.size // max(z.shape[-1], 1), is_mean=True, what="rows")


def _along_an_axis(flow: TensorFlow, wire: Wire, name: str) -> Iterator[Turn]:
    gate, own = name_of(flow.trace, wire.target), name_of(flow.trace, wire.source)
    x, out = flow.array(wire.source), flow.array(wire.target)
    attributes = flow.program.attributes(wire.target)
    if name in ("softmax", "log_softmax"):
        yield from _of_softmax(wire, out, name, gate, own)
        return
    if name not in ("logsumexp", "norm", "amax", "amin", "prod"):
        return

    def spread(g: Array) -> Array:
        return np.broadcast_to(along(g, attributes), x.shape) + 0.0

    if name in ("amax", "amin"):
        yield Turn(
            wire, spread, "router", phrase("Gradient let through to all of {own}", own=own), "A closed way was taken.",
            phrase("Only the entry that was chosen at {gate} receives a gradient; in your number all do.", gate=gate),
        )  # fmt: skip
        return
    yield Turn(
        wire, spread, "derivative", phrase("Slope of {gate} left out", gate=gate), "A local gradient is missing.",
        phrase("The local gradient at {gate} was left out of the product.", gate=gate),
    )  # fmt: skip
    if name == "norm":
        yield Turn(
            wire, lambda g: spread(g) * x, "factor", phrase("Length left out below {own}", own=own),
            "A factor is missing.",
            phrase("The slope of a length is {own} divided by the length; it was not divided.", own=own),
        )  # fmt: skip
        yield Turn(
            wire, lambda g: 2 * spread(g) * x, "power", phrase("Slope of the squared length at {gate}", gate=gate),
            "A square root is missing.",
            phrase("2 {own} is the slope of the squared length, not of the length.", own=own),
        )  # fmt: skip


def _of_softmax(wire: Wire, out: Array, name: str, gate: Name, own: Name) -> Iterator[Turn]:
    diagonal = out * (1 - out) if name == "softmax" else 1 - np.exp(out)
    shown = "p (1 − p)" if name == "softmax" else "1 − p"
    yield Turn(
        wire, lambda g: g * diagonal, "softmax", phrase("{gate} entry by entry", gate=gate), _SOFTMAX,
        phrase(
            "Every entry of {gate} depends on every entry of {own}; your number has the diagonal {shown} alone.",
            gate=gate, own=own, shown=shown,
        ),
    )  # fmt: skip
    yield Turn(
        wire, lambda g: g + 0.0, "derivative", phrase("Slope of {gate} left out", gate=gate),
        "A local gradient is missing.", _left(gate),
    )  # fmt: skip


def _left(gate: Name) -> Phrase:
    return phrase("The local gradient at {gate} was left out of the product.", gate=gate)
