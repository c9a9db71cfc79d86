"""The graph from one entry of a tensor to another: its nodes are entries, its edges carry numbers, as among scalars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.entries import entry_label, entry_latex
from app.engine.lettering import gate_lettering
from app.engine.named import NamedEdge, NamedGraph, NamedNode
from app.engine.path_counts import Visits
from app.engine.tensors.jacobian import Place
from app.engine.tensors.links import Links, count_links, gate_links
from app.engine.tensors.trace import TensorTrace
from app.engine.tensors.ways import TABLES
from app.engine.varied import nodes_between
from app.errors import Problem, UserError
from app.limits import Limits, setting_name
from app.operations.shapes import Shape

Spot = tuple[int, int]
"""A node and one of its entries, counted row by row."""

Mask = NDArray[np.bool_]

_EDGES_FOR_A_NODE = 5
"""A graph of entries may have so many times more edges than a program may have nodes."""


@dataclass(slots=True)
class _Wire:
    source: Spot
    local: float


@dataclass(frozen=True, slots=True)
class EntryGraph:
    """graph     between the two entries, or what stands for them     visits   of single gates, whatever it folds
    start, output   ids of its ends"""

    graph: NamedGraph
    visits: Visits
    start: str
    output: str


def entry_graph(trace: TensorTrace, start: Place, output: Place, limits: Limits, *, every_gate: bool) -> EntryGraph:
    """What lies between two entries; an output that is a tensor without an index stands for the sum of its entries.

    Raises UserError "limit" where there are too many entries between.
    """
    first: Spot = (start.node, start.flat(trace))
    gates = nodes_between(trace.program, [start.node], output.node) if start.node <= output.node else []
    check_tables(count_links(trace, gates), limits)
    tables = _tables(trace, [start.node, *gates], gates)
    ends = _ends(trace, output)
    incoming = _wires(trace, gates, tables, first, (output.node, ends), limits)
    last: Spot = (output.node, int(np.flatnonzero(ends)[0]))
    spots = [(output.node, int(at)) for at in np.flatnonzero(ends)]
    reached = [spot for spot in spots if spot in incoming or spot == first]
    if len(spots) > 1:
        last = (output.node, -1)
        if reached:
            incoming[last] = [_Wire(spot, 1.0) for spot in reached]
    visits = _visits(incoming, first, last)
    absorbed: dict[Spot, list[int]] = {}
    if not every_gate:
        absorbed = _fold(trace, incoming, first, last)
    gradients = _gradients(incoming, last)
    spots = [first, *(spot for spot in incoming if spot != first)]
    nodes = [_node(trace, spot, last, gradients, absorbed.get(spot, [])) for spot in spots]
    edges = [
        _edge(trace, wire, spot, at, gradients.get(spot, 0.0))
        for spot, wires in incoming.items()
        for at, wire in enumerate(wires)
    ]
    if last not in incoming and first != last:  # nothing leads from one to the other
        nodes.append(_node(trace, last, last, {last: 1.0}, []))
    graph = NamedGraph(trace, _id(trace, last), tuple(nodes), tuple(edges))
    return EntryGraph(graph, visits, _id(trace, first), _id(trace, last))


def check_tables(places: int, limits: Limits) -> None:
    """Raises UserError "limit" where gates have too many places, entry by entry."""
    most = TABLES * limits.max_jacobian_entries
    if places > most:
        message = f"From entry to entry these gates have {places:,} places; the limit is {most:,}."
        hint = f"Take the whole tensor; {TABLES} times the setting {setting_name('max_jacobian_entries')} is the limit."
        raise UserError([Problem("too-many-entries", message, hint)], "limit")


def _tables(trace: TensorTrace, moved: Sequence[int], gates: Sequence[int]) -> dict[tuple[int, int], Links]:
    program, depends = trace.program, set(moved)
    return {
        (gate, position): gate_links(trace, gate, position)
        for gate in gates
        for position, operand in enumerate(program.operands(gate))
        if operand in depends and not program.is_fixed(operand)
    }


def _ends(trace: TensorTrace, output: Place) -> Mask:
    ends = np.zeros(int(np.size(trace.values[output.node])), dtype=bool)
    if output.entry or ends.size == 1:
        ends[output.flat(trace)] = True
    else:
        ends[:] = True
    return ends


def _wires(
    trace: TensorTrace, gates: Sequence[int], tables: Mapping[tuple[int, int], Links], first: Spot,
    last: tuple[int, Mask], limits: Limits,
) -> dict[Spot, list[_Wire]]:  # fmt: skip
    """The wires into every entry on a way between the ends, in topological order."""
    program = trace.program
    from_start: dict[int, Mask] = {first[0]: np.arange(int(np.size(trace.values[first[0]]))) == first[1]}
    to_end: dict[int, Mask] = {last[0]: last[1]}
    for gate in gates:
        for position, operand in enumerate(program.operands(gate)):
            if (gate, position) in tables and operand in from_start:
                here: Mask = np.asarray(tables[gate, position].there[:, from_start[operand]].any(axis=1))
                from_start[gate] = here | from_start[gate] if gate in from_start else here
    for gate in reversed(gates):
        for position, operand in enumerate(program.operands(gate)):
            if (gate, position) in tables and gate in to_end:
                here = np.asarray(tables[gate, position].there[to_end[gate]].any(axis=0))
                to_end[operand] = here | to_end[operand] if operand in to_end else here
    on = {node: mask & to_end[node] for node, mask in from_start.items() if node in to_end}
    most = _EDGES_FOR_A_NODE * limits.max_nodes
    found: dict[Spot, list[_Wire]] = {}
    count = 0
    for gate in gates:
        for position, operand in enumerate(program.operands(gate)):
            if (gate, position) not in tables or gate not in on or operand not in on:
                continue
            links = tables[gate, position]
            places = np.argwhere(links.there & on[gate][:, None] & on[operand][None, :])
            count += len(places)
            if count > most:
                message = f"Between these entries there are more than {most:,} edges, the limit."
                hint = f"Take the whole tensor; {_EDGES_FOR_A_NODE} times {setting_name('max_nodes')} is the limit."
                raise UserError([Problem("too-many-entries", message, hint)], "limit")
            for row, column in places.tolist():
                found.setdefault((gate, row), []).append(_Wire((operand, column), float(links.local[row, column])))
    return found


def _visits(incoming: Mapping[Spot, Sequence[_Wire]], first: Spot, last: Spot) -> Visits:
    paths, steps = {first: 1}, {first: 0}
    for spot, wires in incoming.items():
        paths[spot] = sum(paths[wire.source] for wire in wires)
        steps[spot] = paths[spot] + sum(steps[wire.source] for wire in wires)
    if last not in paths:
        return Visits(0, 0, 0)
    return Visits(paths[last], steps[last], sum(map(len, incoming.values())))


def _fold(trace: TensorTrace, incoming: dict[Spot, list[_Wire]], first: Spot, last: Spot) -> dict[Spot, list[int]]:
    """Takes out entries of gates without a name that go on to one place only: no two paths become one.

    Gives for the entries that are left the gates that they stand for.
    """
    named = set(trace.program.node_names()) | {first[0], last[0]}
    users: dict[Spot, list[Spot]] = {}
    for spot, wires in incoming.items():
        for wire in wires:
            users.setdefault(wire.source, []).append(spot)
    absorbed: dict[Spot, list[int]] = {}
    for spot in [*incoming]:
        if spot[0] in named or len(users.get(spot, [])) != 1:
            continue
        (user,) = users[spot]
        inside = incoming.pop(spot)
        wires = incoming[user]
        at = next(index for index, wire in enumerate(wires) if wire.source == spot)
        outer = wires[at].local
        wires[at : at + 1] = [_Wire(wire.source, outer * wire.local) for wire in inside]
        for wire in inside:
            users[wire.source] = [user if one == spot else one for one in users[wire.source]]
        absorbed[user] = [*absorbed.pop(spot, []), spot[0], *absorbed.get(user, [])]
    return absorbed


def _gradients(incoming: Mapping[Spot, Sequence[_Wire]], last: Spot) -> dict[Spot, float]:
    found = {last: 1.0}
    for spot in reversed([*incoming]):
        upstream = found.get(spot, 0.0)
        for wire in incoming[spot]:
            found[wire.source] = found.get(wire.source, 0.0) + wire.local * upstream
    return found


def _index(trace: TensorTrace, spot: Spot) -> tuple[int, ...]:
    shape: Shape = np.shape(trace.values[spot[0]])
    return tuple(int(at) for at in np.unravel_index(spot[1], shape)) if shape and spot[1] >= 0 else ()


def _id(trace: TensorTrace, spot: Spot) -> str:
    return entry_label(f"n{spot[0]}", _index(trace, spot))


def _edge(trace: TensorTrace, wire: _Wire, target: Spot, at: int, upstream: float) -> NamedEdge:
    local = wire.local + 0.0
    return NamedEdge(_id(trace, wire.source), _id(trace, target), at, local, upstream, local * upstream + 0.0)


def _node(trace: TensorTrace, spot: Spot, last: Spot, gradients: Mapping[Spot, float], gates: list[int]) -> NamedNode:
    node, index = spot[0], _index(trace, spot)
    program, graph = trace.program, trace.graph
    operation = program.operation(node)
    shown, glyph = gate_lettering(program, graph.labels, node, folded=bool(gates), tensors=graph.tensors)
    if spot[1] < 0:
        shown, glyph = "Σ", None
    value = np.asarray(trace.values[node])
    return NamedNode(
        id=_id(trace, spot),
        node=node,
        kind="leaf" if operation is None else "output-gate" if spot == last else "gate",
        op=operation.name if operation else None,
        label=entry_label(graph.labels[node], index),
        latex=entry_latex(graph.latex(node), index) if spot[1] >= 0 else rf"\textstyle\sum {graph.latex(node)}",
        shown=shown,
        glyph=glyph,
        folded=bool(gates),
        gates=tuple(f"n{gate}" for gate in dict.fromkeys(gates)),
        shape=(),
        value=float(value[index]) if spot[1] >= 0 else float(value.sum()),
        gradient=gradients.get(spot, 0.0) + 0.0,
        hidden_operands=0,
    )
