"""How many paths lead to the output, and what walking each of them costs, without walking any: dynamic programming.

Always counted over the single gates of the trace, composites closed or open as it has them. A path runs from a leaf
that something is differentiated by to the output; wires of constants are on no path, and `x * x` has two wires.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.engine.reverse import leads_to
from app.language.program import Program


@dataclass(frozen=True, slots=True)
class Visits:
    """What reverse mode saves, in visits of edges.

    paths          number of paths
    path_by_path   multiplying along each path alone: the number of edges of every path, added up
    edges          backpropagation: edges that lie on at least one path, each visited once
    """

    paths: int
    path_by_path: int
    edges: int


@dataclass(frozen=True, slots=True)
class PathCounts:
    """The counts of one output.

    per_leaf     leaf -> number of paths and visits path by path, for every leaf that is no constant
    every_leaf   all leaves together: one backward pass serves them all
    start        of the start that was asked for
    """

    per_leaf: dict[int, tuple[int, int]]
    every_leaf: Visits
    start: Visits | None


def count_paths(program: Program, output: int, start: int | None) -> PathCounts:
    """The counts for all leaves, and for one start, which may be any node.

    Exact at any size: on 20,000 nodes there may be numbers of thousands of digits, so a number is let go once its
    node is behind.
    """
    leaves = [leaf for leaf in program.leaves if not program.is_fixed(leaf)]
    reached, varying = leads_to(program, output), _depend_on(program, leaves if start is None else [*leaves, start])
    kept = {*leaves, start}
    below = {output: (1, 0)}  # node -> number of paths from it to the output, and the sum of their lengths
    edges = 0
    for node in range(output, -1, -1):
        if not (reached[node] and varying[node]) or program.first[node] < 0:
            continue
        paths, steps = below[node] if node in kept else below.pop(node)
        steps += paths
        for operand in program.operands(node):
            if varying[operand]:
                edges += 1
                other = below.get(operand)
                below[operand] = (paths, steps) if other is None else (other[0] + paths, other[1] + steps)
    per_leaf = {leaf: below.get(leaf, (0, 0)) for leaf in leaves}
    found = list(per_leaf.values())
    every_leaf = Visits(sum(paths for paths, _ in found), sum(steps for _, steps in found), edges)
    if start is None:
        return PathCounts(per_leaf, every_leaf, None)
    return PathCounts(
        per_leaf, every_leaf, Visits(*below.get(start, (0, 0)), _edges_between(program, start, output, reached))
    )


def _edges_between(program: Program, start: int, output: int, reached: list[bool]) -> int:
    """Edges that lie on a path from the start to the output."""
    depends = _depend_on(program, [start])
    return sum(
        depends[operand] for node in range(start + 1, output + 1) if reached[node] for operand in program.operands(node)
    )


def _depend_on(program: Program, starts: Collection[int]) -> list[bool]:
    """For every node, whether it is one of these or computed from one."""
    depends = [False] * len(program.ops)
    for node in starts:
        depends[node] = True
    for node in range(len(depends)):
        if not depends[node] and any(depends[operand] for operand in program.operands(node)):
            depends[node] = True
    return depends


def most_travelled(counts: PathCounts, parameters: Collection[int]) -> int | None:
    """The leaf with most paths; among equals the first parameter, then the first leaf. None without leaves."""
    return max(counts.per_leaf, key=lambda leaf: (counts.per_leaf[leaf][0], leaf in parameters, -leaf), default=None)
