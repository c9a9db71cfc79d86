"""The graph between named nodes: the granularity of a textbook, one node for each line of the program.

Members are the leaves, the nodes that the program names, and the outputs. An edge between two members carries the
derivative of one by the other with all other members held: the sum over the paths through the gates between them. So
the product along edges, summed over all paths, is the gradient again.

Time is linear in the edges of the program: every gate without a name belongs to one member, the one it is computed
for. A gate that several members share (equal sub-expressions merged) is a member itself, under its automatic label.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from app.engine.contributions import fast_local_gradients
from app.engine.lettering import gate_lettering
from app.engine.membership import Membership, find_members
from app.engine.reverse import leads_to, run_reverse
from app.engine.rules import rules_for
from app.engine.tensors.reverse import run_reverse as tensors_reverse
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.language.program import Program

NamedKind = Literal["leaf", "gate", "output-gate"]


@dataclass(frozen=True, slots=True)
class NamedNode:
    """A member of the graph.

    id, node         "n3" as in an evaluation, and 3
    kind             "leaf", "gate", or "output-gate" where it is an output of the trace
    op               name of the operation of its last gate; None for a leaf
    shown, glyph     what its circle shows: a line of one gate as that gate, a sum as Σ, else ƒ; a curve's name or None
    folded           it stands for several gates, and is drawn with a second ring
    gates            ids of the gates without a name that belong to it, in topological order
    shape            of a tensor; empty for a number
    value, gradient  None for a tensor; the gradient, d output / d node, also for an output that is a constant
    hidden_operands  uses of literals and constants in its line: operands that are no members
    """

    id: str
    node: int
    kind: NamedKind
    op: str | None
    label: str
    latex: str
    shown: str
    glyph: str | None
    folded: bool
    gates: tuple[str, ...]
    shape: tuple[int, ...]
    value: float | None
    gradient: float | None
    hidden_operands: int


@dataclass(frozen=True, slots=True)
class NamedEdge:
    """The wire from one member to another.

    operand      its place among the edges of the target, from 0, as the operands stand in the program
    local        d target / d source, all other members held
    upstream     gradient arriving at the target       downstream   upstream x local
    value_of     id of the node whose value `local` is by its rule, as the other factor of a product; None for all else
    In a program with tensors local, upstream and downstream are NaN: no Jacobian is built for a wire.
    """

    source: str
    target: str
    operand: int
    local: float
    upstream: float
    downstream: float
    value_of: str | None = None


@dataclass(frozen=True)
class NamedGraph:
    """Members in topological order; edges by target in that order, then by operand.

    has_numbers   False in a program with tensors, between its whole nodes: edges carry NaN there
    """

    trace: Trace
    output: str
    nodes: tuple[NamedNode, ...]
    edges: tuple[NamedEdge, ...]
    has_numbers: bool = True

    @cached_property
    def by_id(self) -> dict[str, NamedNode]:
        """Id -> member."""
        return {node.id: node for node in self.nodes}

    def gates_between(self, edge: NamedEdge) -> tuple[str, ...]:
        """Ids of the gates that an edge runs through, in topological order, its two ends left out.

        Not a field of the edges: in a product of n factors they are n²/2 in all.
        """
        operands = self.trace.program.operands
        reached = {int(edge.source[1:])}
        found = []
        for gate in self.by_id[edge.target].gates:
            node = int(gate[1:])
            if not reached.isdisjoint(operands(node)):
                reached.add(node)
                found.append(gate)
        return tuple(found)


def named_graph(
    trace: Trace,
    *,
    every_gate: bool = False,
    keep_paths: bool = False,
    output: int | None = None,
    also: Iterable[int] = (),
    seed: float | None = None,
) -> NamedGraph:
    """The graph of a trace between its named nodes. What is computed from constants alone is left out.

    every_gate   every gate is a member: local gradients are the gates' own, and `x * x` has two edges
    keep_paths   no edge stands for several paths: where the paths of a line part, the gates they part at are members
    output       node whose gradients the graph carries; the first output of the trace unless given
    also         more nodes that are to be members
    seed         upstream gradient of the output; that of the trace unless given
    """
    output = trace.output_nodes[0] if output is None else output
    membership = find_members(trace, every_gate=every_gate, keep_paths=keep_paths, also={output, *also})
    single = every_gate or keep_paths
    wires = _wires(trace, membership, single)
    gradients = _gradients(trace, output, trace.seed if seed is None else seed)
    found = {} if isinstance(trace, TensorTrace) else _local_sums(trace, membership, single)
    return NamedGraph(
        trace,
        f"n{output}",
        _nodes(trace, membership, gradients),
        _edges(trace, wires, found, gradients, output),
        not isinstance(trace, TensorTrace),
    )


Wire = tuple[int, int, int]
"""Source, target, and -1, or the operand position where every use by the target itself is an edge of its own."""


def _wires(trace: Trace, membership: Membership, single: bool) -> list[Wire]:
    """All edges, by target in topological order, then in the order in which a reader of its line meets the sources."""
    program, owner = trace.program, membership.owner
    found: dict[Wire, None] = {}
    visited = bytearray(len(owner))
    for target in membership.members:
        stack = [target]
        positions = [iter(enumerate(program.operands(target)))]
        while stack:
            entry = next(positions[-1], None)
            if entry is None:
                stack.pop()
                positions.pop()
                continue
            position, operand = entry
            if program.is_fixed(operand):
                continue
            if owner[operand] == operand:
                found[(operand, target, position if single and stack[-1] == target else -1)] = None
            elif not visited[operand]:
                visited[operand] = 1
                stack.append(operand)
                positions.append(iter(enumerate(program.operands(operand))))
    return list(found)


_ONE = -1
_OTHER = -2
Sum = tuple[float, int]
"""A derivative, and what it is by its rules: 1 (_ONE), the value of a node (its number), or anything else (_OTHER)."""


def _local_sums(trace: Trace, membership: Membership, single: bool) -> dict[Wire, Sum]:
    """d target / d source of every edge: one reverse sweep, seeded with 1 at every member anew."""
    program, owner, values = trace.program, membership.owner, trace.values
    rules = rules_for(trace.conventions)
    found: dict[Wire, Sum] = {}
    adjoints: dict[int, Sum] = {}
    for node in range(len(owner) - 1, -1, -1):
        target = owner[node]
        if target < 0 or program.first[node] < 0 or program.is_fixed(node):
            continue
        adjoint, kind = (1.0, _ONE) if target == node else adjoints.pop(node)
        locals_here = fast_local_gradients(program, values, node, rules)
        for position, (operand, local) in enumerate(zip(program.operands(node), locals_here, strict=True)):
            if local is None:
                continue
            part = (adjoint * local, _kind(program, node, position, kind))
            if owner[operand] == operand:
                wire = (operand, target, position if single and node == target else -1)
                found[wire] = _added(found.get(wire), part)
            else:
                adjoints[operand] = _added(adjoints.get(operand), part)
    return found


def _added(one: Sum | None, other: Sum) -> Sum:
    return other if one is None else (one[0] + other[0], _OTHER)


def _kind(program: Program, node: int, position: int, before: int) -> int:
    """What the product of a derivative of this kind with the local gradient of a gate is."""
    operation = program.operation(node)
    assert operation is not None
    if before == _OTHER or operation.variadic:
        return _OTHER
    rule = operation.local[position]
    if rule == "1":
        return before
    if before == _ONE and rule in operation.operands:
        return program.operands(node)[operation.operands.index(rule)]
    return _OTHER


def _gradients(trace: Trace, output: int, seed: float) -> list[float | None]:
    if output == trace.output_nodes[0] and seed == trace.seed:
        return trace.gradients
    program = trace.program
    found: list[float | None] = []
    if isinstance(trace, TensorTrace):
        passed = tensors_reverse(program, trace.values, output, seed, rules_for(trace.conventions))
        return [*map(_number, passed)]
    found += run_reverse(program, trace.values, output, seed, rules_for(trace.conventions))
    for node in (*program.constants, *program.fixed):
        found[node] = None
    return found


def _nodes(trace: Trace, membership: Membership, gradients: list[float | None]) -> tuple[NamedNode, ...]:
    program, graph, outputs = trace.program, trace.graph, set(trace.output_nodes)
    gates: dict[int, list[int]] = {}
    for node, member in enumerate(membership.owner):
        if member not in (-1, node):
            gates.setdefault(member, []).append(node)
    found = []
    for node in membership.members:
        inside = gates.get(node, [])
        operation = program.operation(node)
        shown, glyph = gate_lettering(program, graph.labels, node, folded=bool(inside), tensors=graph.tensors)
        fixed = (program.is_fixed(operand) for gate in (*inside, node) for operand in program.operands(gate))
        found.append(
            NamedNode(
                id=f"n{node}",
                node=node,
                kind="leaf" if operation is None else "output-gate" if node in outputs else "gate",
                op=operation.name if operation else None,
                label=graph.labels[node],
                latex=graph.latex(node),
                shown=shown,
                glyph=glyph,
                folded=bool(inside),
                gates=tuple(f"n{gate}" for gate in inside),
                shape=np.shape(trace.values[node]),
                value=_number(trace.values[node]),
                gradient=_number(gradients[node]),
                hidden_operands=sum(fixed),
            )
        )
    return tuple(found)


def _number(value: Any) -> float | None:
    """None for a tensor, and where there is none."""
    return None if np.ndim(value) else value


def _edges(
    trace: Trace, wires: list[Wire], found: dict[Wire, Sum], gradients: list[float | None], output: int
) -> tuple[NamedEdge, ...]:
    edges: list[NamedEdge] = []
    reached: list[bool] | None = None
    before, operand = -1, 0
    for wire in wires:
        source, target, _ = wire
        operand = operand + 1 if target == before else 0
        before = target
        if wire not in found:
            edges.append(NamedEdge(f"n{source}", f"n{target}", operand, math.nan, math.nan, math.nan))
            continue
        (local, kind), upstream = found[wire], gradients[target]
        local += 0.0  # no negative zero
        assert upstream is not None
        downstream = local * upstream + 0.0
        if upstream == 0 and not math.isfinite(local):  # 0 x inf only where the output depends on it
            reached = reached or leads_to(trace.program, output)
            downstream = downstream if reached[target] else 0.0
        value_of = f"n{kind}" if kind >= 0 else None
        edges.append(NamedEdge(f"n{source}", f"n{target}", operand, local, upstream, downstream, value_of))
    return tuple(edges)
