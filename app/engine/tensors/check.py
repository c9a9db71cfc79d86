"""Gradients of tensors against central differences, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.engine.check import PLACES, Check, EntryCheck, Subject, check_gradients, compare, step_at
from app.engine.entries import Index, entry_label
from app.engine.tensors.choice import Varied, choose_entries
from app.engine.tensors.kinks import Truths, has_kinks, kinked_entries, piece_arrays
from app.engine.tensors.trace import TensorTrace
from app.engine.tensors.varied import Array, check_work, entries_between, flops_between, placed, run_placed
from app.engine.trace import Trace
from app.engine.varied import nodes_between
from app.limits import DEFAULT_LIMITS, Limits
from app.numbers import format_number

MOST_ENTRIES = 64
"""So many entries of a tensor are checked, spread evenly over all of them."""

_MOST_RUNS = 200_000
"""Gates run place by place in one request, some microseconds each: of fewer entries where there are more gates."""

_MOST_NUMBERS = 2_000_000
"""Numbers held at one time: so many entries are computed together."""

_WIDTH = len(PLACES)


def check_trace(
    trace: Trace, leaves: Sequence[str] | None, nodes: Sequence[str] | None, limits: Limits = DEFAULT_LIMITS
) -> list[Check]:
    """The comparison of what both lists name, entries too; without lists at every leaf that is no constant.

    Raises UserError "value", and "limit".
    """
    asked = choose_entries(trace, leaves, nodes)
    if isinstance(trace, TensorTrace):
        return check_entries(trace, asked, limits)
    return check_gradients(trace, [one.node for one in asked], limits)


@np.errstate(all="ignore")
def check_entries(trace: TensorTrace, asked: Sequence[Varied], limits: Limits = DEFAULT_LIMITS) -> list[Check]:
    """The comparison at these nodes and entries, each varied alone; of a whole tensor at a sample of its entries.

    Raises UserError "limit" when that is too much for one request.
    """
    plans = [_plan(trace, one) for one in asked]
    most = _sample(trace, plans, limits)
    taken = [_spread(entries, most) for _, _, entries in plans]
    places = _WIDTH * max((len(entries) for entries in taken), default=0)
    for _, nodes, _ in plans:
        sizes = entries_between(trace.values, nodes), flops_between(trace.program, trace.values, nodes)
        check_work(*sizes, places, "Name fewer entries to check.", limits)
    found = []
    for (one, nodes, entries), some in zip(plans, taken, strict=True):
        checks = _check_node(trace, one.node, nodes, some)
        found.append(checks[0] if one.entry is not None or not entries[0] else _told_whole(trace, one, checks))
    return found


Plan = tuple[Varied, list[int], list[Index]]
"""What is asked for, the nodes that are computed again, the entries that may be checked."""


def _plan(trace: TensorTrace, one: Varied) -> Plan:
    shape = np.shape(trace.values[one.node])
    nodes = nodes_between(trace.program, (one.node,), trace.output_nodes[0])
    if one.entry is not None or not shape:
        return one, nodes, [one.entry or ()]
    size = prod(shape)
    chosen = np.linspace(0, size - 1, min(size, MOST_ENTRIES)).astype(int).tolist()
    return one, nodes, [tuple(int(at) for at in np.unravel_index(flat, shape)) for flat in chosen]


def _spread(entries: Sequence[Index], most: int) -> list[Index]:
    """Up to so many of them, evenly spread, the first and the last among them."""
    if len(entries) <= most:
        return list(entries)
    return [entries[int(at)] for at in np.linspace(0, len(entries) - 1, most)]


def _sample(trace: TensorTrace, plans: Sequence[Plan], limits: Limits) -> int:
    """How many entries of each tensor the limits allow, at least one."""
    per_entry = [1, 1, 1]
    for _, nodes, _ in plans:
        per_entry[0] += _WIDTH * len(nodes)
        per_entry[1] += _WIDTH * entries_between(trace.values, nodes)
        per_entry[2] += _WIDTH * flops_between(trace.program, trace.values, nodes)
    budgets = (_MOST_RUNS, limits.max_gate_runs, limits.max_flops // 3)
    return max(1, min(MOST_ENTRIES, *(budget // one for budget, one in zip(budgets, per_entry, strict=True))))


def _check_node(trace: TensorTrace, node: int, nodes: Sequence[int], entries: Sequence[Index]) -> list[Check]:
    numbers = max(1, _WIDTH * (entries_between(trace.values, nodes) + int(np.size(trace.values[node]))))
    size = max(1, _MOST_NUMBERS // numbers)
    batches = [entries[start : start + size] for start in range(0, len(entries), size)]
    return [check for batch in batches for check in _check_batch(trace, node, nodes, batch)]


def _check_batch(trace: TensorTrace, node: int, nodes: Sequence[int], entries: Sequence[Index]) -> list[Check]:
    """The comparison at some entries: five places of each, computed together."""
    program, values, output = trace.program, trace.values, trace.output_nodes[0]
    own = np.asarray(values[node], dtype=np.float64)
    with np.errstate(all="ignore"):
        steps = np.array([[own[entry] + place * step_at(float(own[entry])) for place in PLACES] for entry in entries])
    starts = np.concatenate([placed(own, entry, row) for entry, row in zip(entries, steps, strict=True)])
    run = run_placed(program, values, {node: starts}, nodes)
    count = len(entries)
    with np.errstate(all="ignore"):
        results = _summed(run, output, values[output], count * _WIDTH).reshape(count, _WIDTH)
        rounding = sum((_rounding(trace, gate, run, count) for gate in nodes), np.zeros(count))
        bent: Mapping[bool, Truths] = {here: np.zeros(count, dtype=np.bool_) for here in (False, True)}
        for gate in nodes:
            if has_kinks(program.operation(gate)):
                near, here = _changes_piece(trace, gate, run, count)
                bent[False][:] |= near
                bent[True][:] |= here
    gradient = trace.gradients[node]
    slopes = np.zeros(own.shape) if gradient is None else np.asarray(gradient)
    found = []
    for at, entry in enumerate(entries):
        label = entry_label(trace.graph.labels[node], entry)
        subject = Subject(f"n{node}", label, float(own[entry]), float(slopes[entry]), trace.seed)
        bend: Literal["none", "near", "here"] = "here" if bent[True][at] else "near" if bent[False][at] else "none"
        check = compare(subject, steps[at], results[at], float(rounding[at]), bend)
        found.append(replace(check, entry=entry or None))
    return found


def _summed(run: Mapping[int, Array], output: int, value: float | Array, places: int) -> Array:
    """The output at every place; of a tensor the sum of its entries, which is what is differentiated."""
    if output not in run:
        return np.full(places, float(np.sum(value)))
    sums: Array = run[output].reshape(places, -1).sum(axis=1)
    return sums


def _rounding(trace: TensorTrace, gate: int, run: Mapping[int, Array], count: int) -> NDArray[np.float64]:
    """What rounding in this gate may add to the output, in units of the machine epsilon, for every entry varied.

    A gate rounds each entry of its result; one on whole tensors also adds up many, each of which its wires tell: what
    flows back along a wire times the value that came along it.
    """
    program = trace.program
    places = run[gate].reshape(count, _WIDTH, -1)
    moves = places.min(axis=1) != places.max(axis=1)
    gradient = trace.gradients[gate]
    if gradient is None:
        return np.zeros(count)
    own: Array = np.where(moves, np.abs(np.asarray(gradient).reshape(1, -1)) * np.abs(places).max(axis=1), 0.0).sum(
        axis=1
    )
    operation = program.operation(gate)
    if operation is None or not (operation.whole or operation.over):
        return own
    wires = 0.0
    for position, operand in enumerate(program.operands(gate)):
        if (part := trace.parts.get((gate, position))) is not None:
            wires += float(np.sum(np.abs(np.asarray(part.downstream) * np.asarray(trace.values[operand]))))
    both: Array = own + np.where(moves.any(axis=1), wires if np.isfinite(wires) else 0.0, 0.0)
    return both


def _changes_piece(trace: TensorTrace, gate: int, run: Mapping[int, Array], count: int) -> tuple[Truths, Truths]:
    """For every entry varied, whether an entry of this gate is on more than one of its pieces within the step: one that
    lies on a kink, and any other."""
    program = trace.program
    operation = program.operation(gate)
    assert operation is not None
    places = count * _WIDTH
    held = [np.asarray(trace.values[one], dtype=np.float64) for one in program.operands(gate)]
    operands = [
        run[one] if one in run else np.broadcast_to(value, (places, *value.shape))
        for one, value in zip(program.operands(gate), held, strict=True)
    ]
    attributes, value = program.attributes(gate), np.asarray(trace.values[gate])
    on_kink = kinked_entries(operation, held, value, attributes).reshape(-1)
    found = np.zeros((2, count), dtype=np.bool_)
    for piece in piece_arrays(operation, operands, run[gate], attributes, trace.conventions):
        rows = piece.reshape(count, _WIDTH, -1)
        first = rows[:, :1]
        changed = ~np.all((rows == first) | (np.isnan(rows) & np.isnan(first)), axis=1)
        if changed.shape[1] == on_kink.size:
            found[0] |= (changed & ~on_kink).any(axis=1)
            found[1] |= (changed & on_kink).any(axis=1)
        else:
            found[int(on_kink.any())] |= changed.any(axis=1)
    return found[0], found[1]


def _told_whole(trace: TensorTrace, one: Varied, checks: Sequence[Check]) -> Check:
    """The whole tensor: its entry with the largest deviation, beside what is allowed, and what is said of all."""
    worst = max(checks, key=_deviation)
    size, shown = (
        int(np.size(trace.values[one.node])),
        tuple(EntryCheck(check.entry or (), check.gradient, check.numeric, check.verdict) for check in checks),
    )
    return replace(worst, message=_whole_message(checks, worst, size), entries=shown, size=size)


def _deviation(check: Check) -> tuple[int, float]:
    """Worse outcomes first, then by how far both lie apart."""
    rank = ("agrees", "kink", "unclear", "differs").index(check.verdict)
    return rank, abs(check.difference) if np.isfinite(check.difference) else 0.0


def _whole_message(checks: Sequence[Check], worst: Check, size: int) -> str:
    count = len(checks)
    agree = sum(check.verdict == "agrees" for check in checks)
    of = f"{count:,} of {size:,} entries, spread evenly" if count < size else f"all {size:,} entries"
    if count == size == 1:
        return worst.message
    if agree == count:
        apart = format_number(abs(worst.difference), 4)
        return f"Finite difference agrees in {of}; the largest deviation is {apart}, at {worst.label}."
    of = f"{count:,} of {size:,} entries" if count < size else f"{size:,} entries"
    told = worst.message[:1].lower() + worst.message[1:]
    return f"Finite difference agrees in {agree:,} of {of}. At {worst.label}: {told}"
