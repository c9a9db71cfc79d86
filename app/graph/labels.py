"""What every node is called in formulas: its name, the literal as typed, or an automatic name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count

from app.language.constants import constant_text
from app.language.positions import Positions
from app.language.program import Program

_OUTPUT_NAMES = ("f", "out", "L")


def node_labels(program: Program, outputs: Sequence[int], positions: Positions) -> dict[int, str]:
    """Node -> label. Gates without a name are s0, s1, … in topological order; an output without one is f.

    Gates inside opened composites come after all others, so that opening a gate renames none of those around it.
    """
    labels = program.node_names()
    labels |= output_labels(program, outputs, labels)
    taken = set(program.names) | set(labels.values())
    automatic = _free_names(taken)
    for node in _outside_first(program):
        if program.is_constant(node) and node not in labels:
            labels[node] = constant_text(program, ~program.first[node], positions)
        elif node not in labels:
            labels[node] = next(automatic)
    return labels


def _outside_first(program: Program) -> Iterator[int]:
    if not program.groups:
        yield from range(len(program.ops))
        return
    outside = set(program.moved)
    yield from (node for node in range(len(program.ops)) if node in outside)
    yield from (node for node in range(len(program.ops)) if node not in outside)


def output_labels(program: Program, outputs: Sequence[int], names: Mapping[int, str]) -> dict[int, str]:
    """Labels of outputs that are gates without a name: f, or the next that is free."""
    taken = program.names
    free = chain((name for name in _OUTPUT_NAMES if name not in taken), _free_names(set(taken)))
    return {output: next(free) for output in dict.fromkeys(outputs) if output not in names}


def _free_names(taken: set[str]) -> Iterator[str]:
    return (name for number in count() if (name := f"s{number}") not in taken)
