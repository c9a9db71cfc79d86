"""`jacobian` of a program with tensors: entry by entry where that can be read, and what is computed in its place."""

from __future__ import annotations

import argparse

from app.engine.choice import choose_sources, choose_target, final_nodes
from app.engine.tensors.choice import Varied, choose_ends
from app.engine.tensors.jacobian import TensorJacobian, find_tensor_jacobian
from app.engine.tensors.products import product_of
from app.engine.tensors.structure import structure_of
from app.engine.tensors.trace import TensorTrace
from app.export.table import matrix_text
from app.export.tensor_hessian import find_tensor_hessian
from app.limits import Limits

_MOST_COLUMNS = 12
"""A wider matrix does not fit into a terminal."""

_MOST_ROWS = 64


def tensor_answer(trace: TensorTrace, options: argparse.Namespace, limits: Limits) -> str:
    """The Jacobian, or the second derivatives, as text. Raises UserError."""
    if options.leaf is None:
        nodes = [Varied(node) for node in choose_sources(trace.graph, None, "leaf")]
    else:
        nodes = choose_ends(trace, options.leaf, "leaf")
    if options.hessian:
        second, places = find_tensor_hessian(trace, trace.output_nodes[0], nodes, limits)
        names = [place.label(trace) for place in places]
        return "\n\n".join(part for part in (matrix_text(names, names, second.matrix), second.curvature) if part)
    if options.output:
        outputs = choose_ends(trace, options.output, "output", choose_target)
    else:
        outputs = [Varied(node) for node in final_nodes(trace.graph)]
    found = find_tensor_jacobian(trace, outputs, nodes, limits=limits)
    return "\n\n".join(
        [
            _table(found, turned=options.rows == "leaves"),
            *(_block(found, output, node) for output in outputs for node in nodes),
        ]
    )


def _table(found: TensorJacobian, *, turned: bool) -> str:
    if found.matrix is None:
        return found.note or ""
    trace = found.trace
    rows, heads = ([place.label(trace) for place in places] for places in (found.rows, found.columns))
    matrix = found.matrix
    if turned:
        rows, heads, matrix = heads, rows, matrix.T
    if len(heads) > _MOST_COLUMNS or len(rows) > _MOST_ROWS:
        return f"The Jacobian is {len(rows):,} × {len(heads):,}: too large to be printed here; --json has it."
    count = found.shape[0] if found.mode == "reverse" else found.shape[1]
    sweeps = f"Filled by {count} {found.mode} {'sweep' if count == 1 else 'sweeps'}."
    return f"{matrix_text(rows, heads, matrix.tolist())}\n\n{sweeps}"


def _block(found: TensorJacobian, output: Varied, node: Varied) -> str:
    trace = found.trace
    product = product_of(trace, output.node, node.node)
    names = trace.graph.labels[output.node], trace.graph.labels[node.node]
    count = product.multiplications
    rule = f"backpropagation computes {product.text}" if product.text else "backpropagation makes one reverse sweep"
    cost = "no multiplication" if count == 0 else f"{count:,} {'multiplication' if count == 1 else 'multiplications'}"
    return f"{names[0]} by {names[1]}: {structure_of(found, output, node).text}\nIn its place {rule}: {cost}."
