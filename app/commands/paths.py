"""`paths`: every chain-rule path from a leaf to the output, with its factors and its product."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from app.commands.program import NO_LEAF, Outcome, add_program_options, positive_count, print_answer, trace_any
from app.engine.choice import choose_node
from app.engine.path_counts import Visits
from app.engine.paths import LISTED, Paths, find_paths
from app.engine.tensors.choice import choose_ends
from app.engine.tensors.paths import TensorPaths, find_tensor_paths
from app.engine.tensors.trace import TensorTrace
from app.export.table import columns, number_text
from app.limits import Limits
from app.numbers import format_count

_MOST_ENTRIES = 12
"""Entries of a tensor that are printed."""

_MOST_ADDED = 6
"""More products than this are not written out as a sum."""


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "paths",
        help="print every path from a leaf to the output",
        description="Print every chain-rule path from a leaf to the output: its factors, its product, and their sum.",
        epilog='Example: python -m app paths "f = (x + y) * max(y, z)" x=1 y=2 z=0 --leaf y',
    )
    add_program_options(command)
    command.add_argument(
        "--leaf",
        metavar="NAME",
        help="where the paths start, a node or an entry `W[0, 1]` (default: the leaf with most paths)",
    )
    command.add_argument("--to", metavar="NAME", help="where the paths end (default: the output)")
    command.add_argument("--every-gate", action="store_true", help="factors of single gates, not of whole lines")
    command.add_argument(
        "--most", type=positive_count, default=LISTED, metavar="COUNT", help=f"paths to list (default {LISTED})"
    )
    command.set_defaults(run=lambda options: print_answer(options, _answer))
    return command


def _answer(source: str, options: argparse.Namespace, limits: Limits) -> Outcome:
    if options.json:
        from app.api.paths_call import paths_json
        from app.api.schemas.paths import PathsRequest
        from app.commands.api_answer import api_answer

        return api_answer(
            PathsRequest, paths_json, source, options, limits,
            node=options.leaf, to=options.to, every_gate=options.every_gate, max_paths=options.most,
        )  # fmt: skip
    trace = trace_any(source, options, limits)
    if isinstance(trace, TensorTrace):
        ends = [None if name is None else choose_ends(trace, [name], field)[0] for name, field in (
            (options.leaf, "leaf"), (options.to, "to")
        )]  # fmt: skip
        tensor = find_tensor_paths(trace, *ends, every_gate=options.every_gate, most=options.most, limits=limits)
        return Outcome(render_paths(tensor) if isinstance(tensor, Paths) else render_tensor_paths(tensor))
    start = None if options.leaf is None else choose_node(trace.graph, options.leaf, "leaf")
    output = None if options.to is None else choose_node(trace.graph, options.to, "to")
    found = find_paths(trace, start, output, every_gate=options.every_gate, most=options.most, limits=limits)
    return Outcome(render_paths(found))


def render_paths(found: Paths) -> str:
    """The paths as a table, their sum, and what backpropagation saves."""
    labels = {node.id: node.label for node in found.graph.nodes}
    if found.start is None:
        return NO_LEAF
    start, output = labels[found.start], labels[found.output]
    if not found.paths:
        return f"{output} does not depend on {start}, so its gradient is 0."
    rows = [
        (
            " → ".join(labels[node] for node in path.nodes),
            " × ".join(map(_factor, path.factors)),
            number_text(path.product),
        )
        for path in found.paths
    ]
    table = columns((f"path from {start} to {output}", "factors", "product"), rows, left=2)
    return "\n\n".join([table, "\n".join([_sum_text(found), *_cost_texts(found)])])


def render_tensor_paths(found: TensorPaths) -> str:
    """The paths of a whole tensor: the shapes of their factors, and their parts of the gradient."""
    labels = {node.id: node.label for node in found.graph.nodes}
    start, output = labels[found.start], labels[found.output]
    if not found.paths:
        return f"{output} does not depend on {start}, so its gradient is 0."
    rows = [
        (
            " → ".join(labels[node] for node in path.nodes),
            " · ".join(f"{step.rows}×{step.columns}" for step in reversed(path.steps)),
            _entries(path.product),
        )
        for path in found.paths
    ]
    table = columns((f"path from {start} to {output}", "Jacobians, never built", "part of the gradient"), rows, left=3)
    count = found.visits.paths
    told = "1 path" if count == 1 else f"{format_count(count)} paths, {len(found.paths)} listed, add up"
    total = f"{told}: {_entries(found.total)}"
    return "\n\n".join([table, "\n".join([total, *_cost_texts(found)])])


def _entries(value: Any) -> str:
    array = np.asarray(value)
    if array.size > _MOST_ENTRIES:
        return f"{' × '.join(map(str, array.shape))}, length {number_text(float(np.linalg.norm(array.ravel())))}"
    if not array.ndim:
        return number_text(float(array))
    return f"[{', '.join(map(_entries, array))}]"


def _factor(value: float) -> str:
    text = number_text(value)
    return f"({text})" if text.startswith("-") else text


def _sum_text(found: Paths) -> str:
    count, total = found.visits.paths, number_text(found.total)
    if count > len(found.paths):
        return f"{format_count(count)} paths, {len(found.paths)} of them listed; all of them add up to {total}."
    if count == 1:
        return f"1 path: {total}"
    if count > _MOST_ADDED:
        return f"{count} paths add up to {total}."
    return f"{count} paths: {' + '.join(_factor(path.product) for path in found.paths)} = {total}"


def _cost_texts(found: Paths | TensorPaths) -> list[str]:
    every = found.counts.every_leaf
    return [_cost_text("From this leaf", found.visits), _cost_text("From all leaves", every)]


def _cost_text(whence: str, visits: Visits) -> str:
    alone, once = format_count(visits.path_by_path), format_count(visits.edges)
    return f"{whence}: {alone} visits of edges path by path, {once} by backpropagation."
