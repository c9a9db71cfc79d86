"""Which node, and which of its entries, a request means: `W1`, `W1[0, 1]`, `n3`, `n3[2]`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.choice import choose_leaf, choose_node, choose_nodes, choose_varied
from app.engine.entries import Index, check_entry, entry_label, split_entry
from app.engine.trace import Trace
from app.errors import Problem, UserError, quoted
from app.graph.build import Graph
from app.operations.shapes import shape_text


@dataclass(frozen=True, slots=True)
class Varied:
    """A node that varies; of a tensor one entry, or each entry alone where `entry` is None."""

    node: int
    entry: Index | None = None


def choose_entry(trace: Trace, leaf: str | None, node: str | None) -> Varied:
    """The number or the entry to vary. Raises UserError "value", also for a tensor without an index."""
    given, field = (leaf, "leaf") if leaf is not None else (node, "node")
    name, index = split_entry(given) if given is not None else (None, None)
    found = choose_varied(trace.graph, name if leaf is not None else None, name if leaf is None else node)
    shape, label = np.shape(trace.values[found]), trace.graph.labels[found]
    if index is not None:
        return Varied(found, check_entry(shape, index, label, field))
    if shape:
        example = quoted(entry_label(label, (0,) * len(shape)))
        message = f"{quoted(label)} is {shape_text(shape)}: one entry of it varies at a time."
        raise UserError([Problem("entry", message, f"Write {example}.", field=field)], "value")
    return Varied(found)


def choose_ends(
    trace: Trace, names: Sequence[str], field: str, choose: Callable[[Graph, str, str], int] = choose_node
) -> list[Varied]:
    """The nodes, or single entries of them, with these names, each once. Raises UserError "value"."""
    found = []
    for position, text in enumerate(names):
        place = f"{field}.{position}"
        name, index = split_entry(text)
        node = choose(trace.graph, name, place)
        if index is not None:
            index = check_entry(np.shape(trace.values[node]), index, trace.graph.labels[node], place)
        found.append(Varied(node, index))
    return list(dict.fromkeys(found))


def choose_entries(trace: Trace, leaves: Sequence[str] | None, nodes: Sequence[str] | None) -> list[Varied]:
    """What both lists name, each once, leaves first; without lists every leaf that is no constant."""
    if leaves is None and nodes is None:
        return [Varied(node) for node in choose_nodes(trace.graph, None, None)]
    found: list[Varied] = []
    for field, names, choose in (("leaf", leaves, choose_leaf), ("node", nodes, choose_node)):
        for position, text in enumerate(names or ()):
            place = f"{field}.{position}"
            name, index = split_entry(text)
            node = choose(trace.graph, name, place)
            if index is not None:
                index = check_entry(np.shape(trace.values[node]), index, trace.graph.labels[node], place)
            found.append(Varied(node, index))
    return list(dict.fromkeys(found))
