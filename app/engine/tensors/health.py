"""Numeric health of programs with tensors, in words: entries that let little through, units that are off, gradients
that vanish or explode along the layers. The thresholds are those of `app/engine/health.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.engine.entries import entry_label
from app.engine.health import (
    ALMOST_NOTHING,
    FAR,
    LITTLE,
    MAX_REMARKS,
    codes_told,
    gate_name,
    gate_remark,
    is_a_product,
    largest_slopes,
    path_text,
)
from app.engine.notices import Notice
from app.engine.reverse import leads_to
from app.engine.tensors.kinks import Truths, kinked_entries
from app.language.vocabulary import CODE_MASK, OPERATION_OF
from app.numbers import format_number
from app.operations import Operation

if TYPE_CHECKING:
    from app.engine.tensors.trace import TensorTrace

Array = NDArray[np.float64]

_MOST_NAMED = 6
"""Units that a sentence names."""


@np.errstate(all="ignore")
def tensor_remarks(trace: TensorTrace) -> list[Notice]:
    """Saturated entries and units that are off; then gradients that vanished or exploded on the way to a leaf."""
    return list(islice(chain(_gate_remarks(trace), _leaf_remarks(trace)), MAX_REMARKS))


def _gate_remarks(trace: TensorTrace) -> Iterator[Notice]:
    program, graph = trace.program, trace.graph
    codes, leads = codes_told(), leads_to(program, trace.output_nodes[0])
    opened = {group.output: group for group in program.groups if group.code in codes}
    edges = {int(group.output[1:]): group.edges[0] for group in trace.groups if group.op is not None} if opened else {}
    for node, op in enumerate(program.ops):
        if not leads[node]:
            continue
        if op & CODE_MASK in codes:
            part = trace.parts.get((node, 0))
            slope: object = None if part is None else part.local
            operation, operand, attributes = (
                program.operation(node),
                program.operands(node)[0],
                program.attributes(node),
            )
        elif group := opened.get(node):
            slope = edges[node].local
            operation, operand, attributes = OPERATION_OF[group.code], group.operands[0], group.attributes
        else:
            continue
        if operation is None or slope is None:
            continue
        x, value = np.asarray(trace.values[operand]), np.asarray(trace.values[node])
        local = np.broadcast_to(np.asarray(slope, dtype=np.float64), x.shape)
        told = np.isfinite(x) & ~kinked_entries(operation, [x], value, attributes)
        found = _of_number(operation, x, local, told) if not x.ndim else _of_entries(operation, local, told)
        if found is not None:
            yield Notice(found[0], found[1], f"n{node}", graph.span(node))


def _of_number(operation: Operation, x: Array, local: Array, told: Truths) -> tuple[str, str] | None:
    return gate_remark(operation, float(x), float(local)) if told else None


def _of_entries(operation: Operation, local: Array, told: Truths) -> tuple[str, str] | None:
    name, most = gate_name(operation), largest_slopes().get(operation.name)
    if most is None:
        text = _off_text(name, told & (local == 0))
        return None if text is None else ("off", text)
    part = np.where(told, np.abs(local) / most, np.inf)
    count = int(np.count_nonzero(part < LITTLE))
    if not count:
        return None
    worst = tuple(int(at) for at in np.unravel_index(int(np.argmin(part)), part.shape))
    least = float(part[worst])
    flow = "nothing" if least == 0 else "almost nothing" if least < ALMOST_NOTHING else "little"
    of = f"All {local.size:,}" if count == local.size > 1 else f"{count:,} of {local.size:,}"
    message = (
        f"{of} entries of this {name} {'is' if count == 1 and local.size > 1 else 'are'} saturated: the local gradient "
        f"at {entry_label('', worst)} is {format_number(float(local[worst]), 4)}, where {format_number(most, 4)} is "
        f"the most, so {flow} flows back there."
    )
    return "saturated", message


def _off_text(name: str, off: Truths) -> str | None:
    """Units that let nothing through, counted from 1 as on paper; of a matrix whole columns or rows alone."""
    who, several = _units(off)
    if who is None:
        return None
    verb, them, weights = ("are", "them", "their weights") if several else ("is", "it", "its weights")
    return (
        f"{who} {verb} off: the {name} passes on 0 for {them}, so nothing flows back through {them}, and a step of "
        f"training leaves {weights} as they are."
    )


def _units(off: Truths) -> tuple[str | None, bool]:
    """Who is off, and whether that is more than one."""
    if off.all():
        return (f"All {off.size:,} entries" if off.size > 1 else "Unit 1"), off.size > 1
    if off.ndim == 1:
        return _listed("Unit", off)
    if off.ndim == 2:
        for what, axis, across in (("Column", 0, "rows"), ("Row", 1, "columns")):
            who, several = _listed(what, np.asarray(off.all(axis=axis)))
            if who is not None and off.shape[axis] > 1:
                return f"{who} (all {off.shape[axis]:,} {across})", several
    return None, False


def _listed(what: str, off: Truths) -> tuple[str | None, bool]:
    places = (np.flatnonzero(off) + 1).tolist()
    if not places:
        return None, False
    if len(places) == 1:
        return f"{what} {places[0]}", False
    if len(places) > _MOST_NAMED:
        return f"{len(places):,} of {off.size:,} {what.lower()}s", True
    return f"{what}s {', '.join(map(str, places[:-1]))} and {places[-1]}", True


def _leaf_remarks(trace: TensorTrace) -> Iterator[Notice]:
    program, graph, output, seed = trace.program, trace.graph, trace.output_nodes[0], trace.seed
    if not seed or not math.isfinite(seed) or not np.all(np.isfinite(trace.values[output])):
        return
    users: dict[int, list[tuple[int, int]]] = {}
    for leaf in program.leaves:
        gradient = trace.gradients[leaf]
        largest = 0.0 if gradient is None else float(np.max(np.abs(gradient)))
        if not largest or not math.isfinite(largest):
            continue
        vanished, exploded = largest < abs(seed) / FAR, largest > abs(seed) * FAR
        if vanished or exploded:
            users = users or _users(trace)
            factors = _strongest_factors(trace, users, leaf, output)
            if is_a_product(factors, vanished):
                here = largest if np.ndim(gradient) else float(gradient)
                at_most = "at most " if np.ndim(gradient) else ""
                message = path_text(graph, seed, f"{at_most}{format_number(here, 2)}", factors, vanished)
                yield Notice("vanishing" if vanished else "exploding", message, f"n{leaf}", graph.span(leaf))


def _users(trace: TensorTrace) -> dict[int, list[tuple[int, int]]]:
    """Node -> the edges that leave it and carry something, as user and position."""
    found: dict[int, list[tuple[int, int]]] = {}
    for node, position in trace.parts:
        found.setdefault(trace.program.operands(node)[position], []).append((node, position))
    return found


def _strongest_factors(
    trace: TensorTrace, users: Mapping[int, Sequence[tuple[int, int]]], leaf: int, output: int
) -> list[tuple[int, float]]:
    """The gates from a leaf to the output, at every fan-out along the edge that carries most, each with the factor by
    which the gradient's length changes there."""
    found: list[tuple[int, float]] = []
    at = leaf
    while at != output:
        lengths = [(_length(trace.parts[edge].downstream), edge) for edge in users.get(at, ())]
        length, edge = max(lengths, default=(0.0, (output, 0)))
        if not length or not math.isfinite(length):
            return []
        at = edge[0]
        found.append((at, length / (_length(trace.gradients[at]) or math.inf)))
    return found


def _length(value: object) -> float:
    with np.errstate(all="ignore"):
        return float(np.linalg.norm(np.ravel(np.asarray(value, dtype=np.float64))))
