"""Which nodes are members of the graph between named nodes, and which member every other gate belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.engine.trace import Trace
from app.language.program import Program

_NOBODY = -1
_SEVERAL = -2


@dataclass(frozen=True, slots=True)
class Membership:
    """members   nodes in topological order
    owner     node -> the member it belongs to: itself, the one it is computed for, or -1 for nobody
    """

    members: tuple[int, ...]
    owner: list[int]


def find_members(trace: Trace, *, every_gate: bool, keep_paths: bool, also: Collection[int]) -> Membership:
    """The members of a trace's graph; the arguments are those of `named_graph`."""
    program = trace.program
    if every_gate:
        chosen = {node for node in range(len(program.ops)) if not program.is_fixed(node)}
    else:
        chosen = {node for node in program.node_names() if not program.is_fixed(node)}
    chosen.update(trace.output_nodes, also)
    owner = _owners(program, chosen)
    if keep_paths and not every_gate:
        chosen |= _forks(program, owner)
        owner = _owners(program, chosen)
    return Membership(tuple(node for node, member in enumerate(owner) if node == member), owner)


def _owners(program: Program, chosen: Collection[int]) -> list[int]:
    """The owner of every node. A gate that more than one member is computed from directly is a member itself."""
    owner = [_NOBODY] * len(program.ops)
    for node in range(len(owner) - 1, -1, -1):
        if node in chosen or owner[node] == _SEVERAL:
            owner[node] = node
        mine = owner[node]
        if mine == _NOBODY:
            continue
        for operand in _varying(program, node):
            if owner[operand] != mine:
                owner[operand] = mine if owner[operand] == _NOBODY else _SEVERAL
    return owner


def _forks(program: Program, owner: list[int]) -> set[int]:
    """The gates at which paths part and come together again within what belongs to one member.

    A node that two gates of one member use has two paths to it: with both gates as members, each path has an edge of
    its own. No two paths to a member are left that part between it and the members before it.
    """
    first_user: dict[tuple[int, int], int] = {}
    found: set[int] = set()
    for user in range(len(owner) - 1, -1, -1):
        if owner[user] == _NOBODY:
            continue
        for operand in _varying(program, user):
            before = first_user.get((operand, owner[user]))
            if before is not None:
                found.update((before, user, operand))
            first_user[operand, owner[user]] = user
    return found


def _varying(program: Program, node: int) -> Iterator[int]:
    """The operands of a gate that something is differentiated by; of a gate that is itself constant, none."""
    if program.first[node] < 0 or program.is_fixed(node):
        return
    for operand in program.operands(node):
        if not program.is_fixed(operand):
            yield operand
