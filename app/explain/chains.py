"""Which gradients a worked solution computes, in which order, and by which factors.

For every leaf: each step has its gradient, computed once and taken up by all that lies below it. For one leaf: the
factors of its path stand in one product; only where paths part is a gradient computed by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.trace import Trace
from app.explain.steps import Steps

MOST_FACTORS = 8
"""Factors of one product; a longer chain is cut by a gradient in between."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One use of a node: from it along single uses to a node whose gradient is known, or to the output.

    edges   (source, target) from the output's side: as the factors stand
    above   the node whose gradient is the first factor; None where the chain ends at the output
    """

    above: int | None
    edges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is computed: nodes in reverse topological order, with their chains.

    users     node -> the steps on the way to the output that read it
    on_path   steps and leaves that the asked node reaches, or all
    """

    blocks: tuple[int, ...]
    chains: dict[int, tuple[Chain, ...]]
    users: dict[int, list[int]]
    on_path: frozenset[int]


def plan_chains(trace: Trace, steps: Steps, asked: int | None) -> Plan:
    """The order of the solution for every leaf, or for one node."""
    program, output = trace.program, trace.output_nodes[0]
    on_path = frozenset(steps.members) if asked is None else _reached_from(steps, asked)
    users: dict[int, list[int]] = {}
    for step in steps.steps:
        if step.node in on_path:
            for operand in step.operands:
                if operand in on_path and not program.is_fixed(operand):
                    users.setdefault(operand, []).append(step.node)
    alone = _computed_alone(steps, users, output, asked)
    blocks = [node for node in alone if node != output]
    order = {node: (node if program.operands(node) else users[node][0] - 0.5) for node in blocks}
    blocks.sort(key=lambda node: (-order[node], node))
    return Plan(tuple(blocks), {node: _chains(node, users, alone, output) for node in blocks}, users, on_path)


def _reached_from(steps: Steps, asked: int) -> frozenset[int]:
    reached = {asked}
    for step in steps.steps:
        if not reached.isdisjoint(step.operands):
            reached.add(step.node)
    return frozenset(reached)


def _computed_alone(steps: Steps, users: dict[int, list[int]], output: int, asked: int | None) -> set[int]:
    """The nodes whose gradient has a block of its own."""
    if asked is None:
        gates = {step.node for step in steps.steps if step.node in users and users[step.node] != [output]}
        return gates | {leaf for leaf in steps.leaves if leaf in users}
    alone = {asked} if asked in users else set()
    factors = {output: 0}
    for step in reversed(steps.steps):
        node = step.node
        if node == output or node not in users:
            continue
        if len(users[node]) > 1:
            alone.add(node)
        factors[node] = 1 if node in alone else factors[users[node][0]] + 1
        if factors[node] >= MOST_FACTORS:
            alone.add(node)
            factors[node] = 1
    return alone


def _chains(node: int, users: dict[int, list[int]], alone: set[int], output: int) -> tuple[Chain, ...]:
    found = []
    for user in users[node]:
        edges, here = [(node, user)], user
        while here != output and here not in alone:
            edges.append((here, users[here][0]))
            here = users[here][0]
        found.append(Chain(None if here == output else here, tuple(reversed(edges))))
    return tuple(found)


def count_paths(plan: Plan, start: int, output: int, order: Sequence[int]) -> int:
    """How many paths lead from a node to the output, by dynamic programming."""
    paths = {output: 1}
    for node in (*reversed(order), start):
        if node in plan.users and node not in paths:
            paths[node] = sum(paths.get(user, 0) for user in plan.users[node])
    return paths.get(start, 0)
