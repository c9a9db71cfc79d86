"""Which node a request means, by the name of a leaf, or by id, name or label of any node."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from app.errors import Problem, UserError, quoted
from app.graph.build import Graph
from app.language.suggest import nearest
from app.language.text import canonical_name
from app.language.vocabulary import LEAF

_ID = re.compile(r"n(0|[1-9][0-9]{0,8})")
_SHOWN = 8


def choose_varied(graph: Graph, leaf: str | None, node: str | None) -> int:
    """The node to vary: the leaf with this name, or the node with this id, name or label.

    Raises UserError "value" unless exactly one of both is given and is a node that gradients are taken by.
    """
    if (leaf is None) == (node is None):
        message = "Exactly one of `leaf` and `node` says what varies."
        _refuse("varied", message, "Name a leaf, as in `x`, or give the id of a node, as in `n3`.", "leaf")
    if leaf is not None:
        return choose_leaf(graph, leaf, "leaf")
    assert node is not None
    return choose_node(graph, node, "node")


def choose_leaf(graph: Graph, name: str, field: str) -> int:
    """The leaf with this name. Raises UserError "value"."""
    program = graph.program
    found = program.names.get(name, program.names.get(canonical_name(name)))
    if found is None:
        _refuse("unknown-leaf", f"The program has no leaf {quoted(name)}.", _hint(name, program.leaves.values()), field)
    if program.ops[found] != LEAF:
        message = f"{quoted(name)} is computed by the program, so it is no leaf."
        _refuse("unknown-leaf", message, "Name it under `node` to vary it alone.", field)
    return _variable(graph, found, field)


def choose_node(graph: Graph, text: str, field: str) -> int:
    """The node with this id, name or label, that gradients are taken by. Raises UserError "value"."""
    return _variable(graph, _find_node(graph, text, field), field)


def choose_target(graph: Graph, text: str, field: str) -> int:
    """The node with this id, name or label, to be differentiated: any node. Raises UserError "value"."""
    return _find_node(graph, text, field)


def choose_targets(graph: Graph, names: Sequence[str], field: str) -> list[int]:
    """The nodes with these ids, names or labels, each once, to be differentiated. Raises UserError "value"."""
    return list(dict.fromkeys(_find_node(graph, text, f"{field}.{index}") for index, text in enumerate(names)))


def choose_sources(graph: Graph, names: Sequence[str] | None, field: str) -> list[int]:
    """The nodes with these ids, names or labels, each once, to differentiate by; None: every leaf but constants."""
    if names is None:
        return [node for node in graph.program.leaves if not graph.program.is_fixed(node)]
    return list(dict.fromkeys(choose_node(graph, text, f"{field}.{index}") for index, text in enumerate(names)))


def final_nodes(graph: Graph) -> list[int]:
    """The results of statements that nothing uses: what a program of several formulas computes; else its output."""
    program = graph.program
    used = {operand for node in range(len(program.ops)) for operand in program.operands(node)}
    roots = [root for index, root in enumerate(program.roots) if index not in program.only_values]
    found = [root for root in dict.fromkeys(roots) if root not in used and program.first[root] >= 0]
    return found or [graph.output_nodes[0]]


def choose_nodes(graph: Graph, leaves: Sequence[str] | None, nodes: Sequence[str] | None) -> list[int]:
    """The nodes that both lists name, each once, leaves first; without lists every leaf that is no constant."""
    program = graph.program
    if leaves is None and nodes is None:
        return [node for node in program.leaves if not program.is_fixed(node)]
    found = [choose_leaf(graph, name, f"leaf.{index}") for index, name in enumerate(leaves or ())]
    found += [choose_node(graph, text, f"node.{index}") for index, text in enumerate(nodes or ())]
    return list(dict.fromkeys(found))


def _find_node(graph: Graph, text: str, field: str) -> int:
    program = graph.program
    found = program.names.get(text, program.names.get(canonical_name(text)))
    if found is None and (match := _ID.fullmatch(text)) and int(match[1]) < len(program.ops):
        found = int(match[1])
    if found is None:
        labels = {graph.labels[node]: node for node in range(len(program.ops)) if not program.is_constant(node)}
        found = labels.get(text)
        if found is None:
            _refuse("unknown-node", f"The graph has no node {quoted(text)}.", _hint(text, labels), field)
    return found


def _variable(graph: Graph, node: int, field: str) -> int:
    if graph.program.is_fixed(node):
        message = f"{quoted(graph.labels[node])} is a constant: nothing is differentiated by it."
        _refuse("constant", message, None, field)
    return node


def _hint(name: str, known: Iterable[str]) -> str | None:
    names = list(known)
    if near := nearest(name, names):
        return f"The nearest name is {quoted(near)}."
    if not names:
        return None
    shown = ", ".join(quoted(each) for each in names[:_SHOWN])
    return f"There are {shown}{' and others' if len(names) > _SHOWN else ''}."


def _refuse(code: str, message: str, hint: str | None, field: str) -> NoReturn:
    raise UserError([Problem(code, message, hint, field=field)], "value")
