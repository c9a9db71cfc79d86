"""`jacobian`: derivatives of several outputs by several leaves, or the second derivatives of one output."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from app.commands.program import NO_LEAF, Outcome, add_program_options, print_answer, trace_any
from app.commands.tensor_jacobian import tensor_answer
from app.engine.choice import choose_sources, choose_targets, final_nodes
from app.engine.hessian import Hessian, find_hessian
from app.engine.jacobian import Jacobian, find_jacobian
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.export.table import matrix_text
from app.limits import Limits

_MOST_REASONS = 20
"""More zeros than this are not explained one by one."""


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "jacobian",
        help="print the derivatives of several outputs by several leaves",
        description="Print the derivatives of several outputs by several leaves, or second derivatives of one output.",
        epilog='Example: python -m app jacobian "u = x y; v = x + z" x=2 y=3 z=1',
    )
    add_program_options(command)
    command.add_argument(
        "--leaf",
        action="append",
        metavar="NAME",
        help="leaf, any node, or an entry `W[0, 1]` to differentiate by (may be repeated)",
    )
    command.add_argument("--rows", choices=("outputs", "leaves"), default="outputs", help="what the rows are")
    command.add_argument("--hessian", action="store_true", help="second derivatives of the output")
    command.set_defaults(run=lambda options: print_answer(options, _answer))
    return command


def _answer(source: str, options: argparse.Namespace, limits: Limits) -> Outcome:
    if options.json:
        return _json(source, options, limits)
    trace = trace_any(source, options, limits)
    if isinstance(trace, TensorTrace):
        return Outcome(tensor_answer(trace, options, limits))
    nodes = choose_sources(trace.graph, options.leaf, "leaf")
    if options.hessian:
        found = find_hessian(trace, trace.output_nodes[0], nodes, limits)
        return Outcome(render_hessian(trace, found))
    outputs = choose_targets(trace.graph, options.output, "output") if options.output else final_nodes(trace.graph)
    matrix = find_jacobian(trace, outputs, nodes, limits=limits)
    return Outcome(render_jacobian(matrix, turned=options.rows == "leaves"))


def _json(source: str, options: argparse.Namespace, limits: Limits) -> Outcome:
    from app.api.jacobian_answers import hessian_json, jacobian_json
    from app.api.schemas.jacobian import HessianRequest, JacobianRequest
    from app.commands.api_answer import api_answer

    if options.hessian:
        return api_answer(HessianRequest, hessian_json, source, options, limits, leaves=options.leaf)
    return api_answer(JacobianRequest, jacobian_json, source, options, limits, leaves=options.leaf, layout=options.rows)


def render_jacobian(found: Jacobian, *, turned: bool = False) -> str:
    """The matrix as a table, which sweeps filled it, and why its zeros are zero. `turned`: its rows are the leaves."""
    if not found.nodes:
        return NO_LEAF
    labels = found.trace.graph.labels
    rows, heads = [labels[node] for node in found.outputs], [labels[node] for node in found.nodes]
    matrix: Sequence[Sequence[float]] = found.matrix
    if turned:
        rows, heads, matrix = heads, rows, [*zip(*found.matrix, strict=True)]
    one, other = len(found.outputs), len(found.nodes)
    sweeps = f"Filled by {_sweeps(one, 'reverse') if found.mode == 'reverse' else _sweeps(other, 'forward')}; "
    sweeps += f"{_sweeps(other, 'forward') if found.mode == 'reverse' else _sweeps(one, 'reverse')} would do the same."
    places = [(row, column) for row in range(one) for column in range(other) if found.matrix[row][column] == 0.0]
    reasons = dict.fromkeys(found.sentence(*place) or "" for place in places[:_MOST_REASONS])
    return "\n\n".join([matrix_text(rows, heads, matrix), "\n".join([sweeps, *reasons])])


def render_hessian(trace: Trace, found: Hessian) -> str:
    """The symmetric matrix as a table, and how the output curves."""
    if not found.nodes:
        return NO_LEAF
    names = [trace.graph.labels[node] for node in found.nodes]
    return "\n\n".join(part for part in (matrix_text(names, names, found.matrix), found.curvature) if part)


def _sweeps(count: int, mode: str) -> str:
    return f"{count} {mode} {'sweep' if count == 1 else 'sweeps'}"
