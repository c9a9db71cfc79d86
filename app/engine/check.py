"""Gradients against central differences: does the slope that the chain rule gives agree with small steps?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from app.engine.branches import has_pieces, pieces_of
from app.engine.trace import Trace
from app.engine.varied import Array, Truths, check_effort, nodes_between, run_varied
from app.limits import DEFAULT_LIMITS, Limits
from app.numbers import format_number

Verdict = Literal["agrees", "differs", "kink", "unclear"]

_EPSILON = float(np.finfo(np.float64).eps)

PLACES = (-2.0, -1.0, 0.0, 1.0, 2.0)
"""Steps away from the present value at which the output is computed; the outer ones tell what the step itself costs."""

_FAR, _BEFORE, _HERE, _AFTER, _FURTHER = range(5)

_SAFETY = 4.0
"""Both error estimates are of the leading order; four times as much leaves room for what they leave out."""

_VAGUE = 0.01
"""A tolerance above this part of the slope can no longer tell right from wrong."""

_MOST_NUMBERS = 4_000_000
"""Numbers held at one time, about 32 MB: so many nodes are checked together."""


@dataclass(frozen=True, slots=True)
class EntryCheck:
    """The comparison at one entry of a tensor, in short."""

    entry: tuple[int, ...]
    gradient: float
    numeric: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Check:
    """The comparison at one node, or at one entry of a tensor.

    gradient    by the chain rule             numeric      by central difference, (f(x + h) − f(x − h)) / 2h
    step        h                             difference   numeric − gradient
    tolerance   how far both may be apart: what the step cuts off, and what rounding leaves
    left, right one-sided differences         verdict      "kink": one lies within the step, so there is no one slope;
                                              "unclear": the tolerance is too large to tell
    message     the outcome in one sentence
    entry       of a tensor: where; where the whole tensor was asked for, the entry with the largest deviation
    entries     of a whole tensor, those that were checked, in order; `size` is how many it has
    """

    node: str
    label: str
    value: float
    step: float
    gradient: float
    numeric: float
    difference: float
    tolerance: float
    left: float
    right: float
    verdict: Verdict
    message: str
    entry: tuple[int, ...] | None = None
    entries: tuple[EntryCheck, ...] | None = None
    size: int = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: a node, or an entry of it, with its value, its gradient, and the seed of the trace."""

    node: str
    label: str
    value: float
    gradient: float
    seed: float


def step_at(x: float) -> float:
    """The step of a central difference at x: the cube root of the machine epsilon, relative to x above 1.

    What the step cuts off grows as h², what rounding leaves as eps / h; their sum is least where h³ is about eps
    (Press et al., Numerical Recipes, section 5.7).
    """
    return math.cbrt(_EPSILON) * max(1.0, abs(x))


def check_gradients(trace: Trace, nodes: Sequence[int], limits: Limits = DEFAULT_LIMITS) -> list[Check]:
    """The comparison at these nodes, each varied alone.

    Leaves are computed together, a batch at a time. A node that depends on another of them is not: it needs its own
    batch, as everything it does not reach is held. Raises UserError "limit" when that is too much for one request.
    """
    program, output = trace.program, trace.output_nodes[0]
    gates = sum(1 for node in range(output + 1) if program.first[node] >= 0)
    check_effort(gates, len(PLACES) * len(nodes), "Name fewer nodes to check.", limits)
    size = max(1, _MOST_NUMBERS // (len(PLACES) * max(1, gates)))
    leaves = [node for node in nodes if program.first[node] < 0]
    batches = [leaves[start : start + size] for start in range(0, len(leaves), size)]
    batches += [[node] for node in nodes if program.first[node] >= 0]
    found = {check.node: check for batch in batches for check in _check_batch(trace, batch)}
    return [found[f"n{node}"] for node in nodes]


def _check_batch(trace: Trace, batch: Sequence[int]) -> list[Check]:
    """The comparison at nodes of which none depends on another: every one has five places of all arrays."""
    program, values, output = trace.program, trace.values, trace.output_nodes[0]
    width = len(PLACES)
    starts: dict[int, Array] = {}
    for index, node in enumerate(batch):
        places = np.full(width * len(batch), values[node])
        with np.errstate(all="ignore"):
            places[index * width : (index + 1) * width] += np.array(PLACES) * step_at(values[node])
        starts[node] = places
    nodes = nodes_between(program, batch, output)
    run = run_varied(program, values, starts, nodes)
    shape = (len(batch), width)
    results = np.broadcast_to(run.get(output, np.float64(values[output])), width * len(batch)).reshape(shape)
    rounding, bent = np.zeros(len(batch)), np.zeros((2, len(batch)), dtype=np.bool_)
    at_kink = {kink.node for kink in trace.kinks}
    with np.errstate(all="ignore"):
        for node in nodes:
            places = run[node].reshape(shape)
            # A value that stays the same is rounded the same way, which no difference shows.
            moves = places.min(axis=1) != places.max(axis=1)
            rounding += np.where(moves, abs(trace.gradients[node] or 0.0) * np.abs(places).max(axis=1), 0.0)
            if has_pieces(program.operation(node)):
                bent[int(f"n{node}" in at_kink)] |= _changes_piece(trace, node, run, shape)
    return [
        compare(
            Subject(f"n{node}", trace.graph.labels[node], values[node], trace.gradients[node] or 0.0, trace.seed),
            starts[node].reshape(shape)[index],
            results[index],
            float(rounding[index]),
            "here" if bent[1, index] else "near" if bent[0, index] else "none",
        )
        for index, node in enumerate(batch)
    ]


def _changes_piece(trace: Trace, gate: int, run: Mapping[int, Array], shape: tuple[int, int]) -> Truths:
    """For every node of a batch, whether this gate is on more than one of its pieces within the step."""
    program = trace.program
    operation = program.operation(gate)
    assert operation is not None
    operands = [
        run[operand] if operand in run else np.full_like(run[gate], trace.values[operand])
        for operand in program.operands(gate)
    ]
    changed = np.zeros(shape[0], dtype=np.bool_)
    for piece in pieces_of(operation, operands, run[gate], program.attributes(gate), trace.conventions):
        places = piece.reshape(shape)
        first = places[:, :1]
        changed |= ~np.all((places == first) | (np.isnan(places) & np.isnan(first)), axis=1)
    return changed


def compare(
    subject: Subject, places: Array, results: Array, rounding: float, bend: Literal["none", "near", "here"]
) -> Check:
    """The comparison from what the output is at the five places.

    rounding   sum over the gates between of |gradient × value|     bend   whether one of them changes its piece
    """
    seed, x, gradient = subject.seed, subject.value, subject.gradient
    xs, ys = places.tolist(), [seed * y for y in results.tolist()]
    numeric, coarse = _slope(xs, ys, _BEFORE, _AFTER), _slope(xs, ys, _FAR, _FURTHER)
    left, right = _slope(xs, ys, _BEFORE, _HERE), _slope(xs, ys, _HERE, _AFTER)
    # Twice the step cuts off four times as much, so a third of the difference is what this step cuts off. Every gate
    # rounds its value by half a unit in the last place, and its gradient carries that to the output
    # (Griewank & Walther, Evaluating Derivatives, 2008, section 3.4: a posteriori rounding errors).
    width = xs[_AFTER] - xs[_BEFORE]
    rounded = _EPSILON * (rounding + abs(ys[_HERE])) / width if width else math.inf
    tolerance = _SAFETY * (abs(coarse - numeric) / 3 + rounded) + 2 * _EPSILON * abs(gradient)
    size = max(abs(gradient), abs(numeric), abs(ys[_HERE]) / max(1.0, abs(x)))
    found = Check(
        node=subject.node,
        label=subject.label,
        value=x,
        step=step_at(x),
        gradient=gradient,
        numeric=numeric,
        difference=numeric - gradient,
        tolerance=tolerance,
        left=left,
        right=right,
        verdict="unclear",
        message="",
    )
    verdict = _verdict(found, size)
    if bend != "none" and (abs(right - left) > tolerance or verdict == "differs"):
        return replace(found, verdict="kink", message=_kink_message(found, ys, bend == "here"))
    return replace(found, verdict=verdict, message=_message(found, verdict))


def _slope(xs: Sequence[float], ys: Sequence[float], one: int, other: int) -> float:
    # x ± h are rounded: what counts is the distance that they have.
    width = xs[other] - xs[one]
    return (ys[other] - ys[one]) / width + 0.0 if width else math.nan


def _verdict(found: Check, size: float) -> Verdict:
    if found.gradient == found.numeric:
        return "agrees"
    if not (math.isfinite(found.numeric) and math.isfinite(found.gradient) and found.tolerance <= _VAGUE * size):
        return "unclear"
    if abs(found.difference) <= found.tolerance:
        return "agrees"
    # A step that jumps over a pole gives two slopes that have nothing to do with each other.
    return "differs" if abs(found.right - found.left) <= _VAGUE * size else "unclear"


def _message(found: Check, verdict: Verdict) -> str:
    numeric, gradient = format_number(found.numeric, 4), format_number(found.gradient, 4)
    if verdict == "differs":
        return f"Finite difference gives {numeric}, differs by {format_number(abs(found.difference), 4)}."
    if verdict == "agrees":
        rounded = "" if numeric == gradient else ", as close as rounding lets it come"
        return f"Finite difference gives {numeric}{rounded}."
    if not math.isfinite(found.gradient):
        return f"The gradient is {gradient}, so there is no number to compare."
    step = format_number(found.step, 4)
    if not math.isfinite(found.numeric):
        return f"Finite difference gives no number: the output is not finite within the step of {step}."
    return f"Finite difference gives {numeric}, but its step of {step} is too coarse here to tell."


def _kink_message(found: Check, ys: Sequence[float], here: bool) -> str:
    gradient = format_number(found.gradient, 4)
    if not here:
        step = format_number(found.step, 4)
        return f"A kink lies within the step of {step}, so finite difference mixes the slopes of both sides."
    jumps = any(
        # The difference of a slope halves with the step, that of a jump does not.
        abs(ys[_HERE] - ys[near]) > _SAFETY * abs(ys[near] - ys[far])
        for near, far in ((_BEFORE, _FAR), (_AFTER, _FURTHER))
    )
    if jumps:
        return f"The output jumps here, so it has no slope; the gradient is {gradient} by convention."
    left, right = format_number(found.left, 4), format_number(found.right, 4)
    if left == right:
        return f"Kinks that cancel: the slope is {left} on both sides; the gradient is {gradient} by convention."
    sides = f"{left} on the left and {right} on the right"
    return f"A kink: the slope is {sides}; the gradient is {gradient} by convention."
