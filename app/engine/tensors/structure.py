"""What the zeros of a Jacobian between two tensors look like, in words, whatever its numbers are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.engine.tensors.choice import Varied
from app.engine.tensors.jacobian import TensorJacobian
from app.engine.tensors.trace import TensorTrace

Array = NDArray[np.float64]
Kind = Literal["diagonal", "moves", "blocks", "dense", "none", "mixed"]
"""diagonal  entry i is computed from entry i alone        moves   from one other entry, each from its own
blocks    groups of entries are computed from groups of entries, and no two groups share one
dense     every entry from every entry    none    nothing from anything    mixed   some from some
"""


@dataclass(frozen=True, slots=True)
class Structure:
    """kind is None where it is not known without the matrix; zeros of these entries are there whatever the numbers
    are, `here` more are 0 at these numbers (None without the matrix); `text` says it in one or two sentences."""

    kind: Kind | None
    zeros: int | None
    here: int | None
    text: str


def structure_of(found: TensorJacobian, output: Varied, node: Varied) -> Structure:
    """The zeros of one block."""
    trace, matrix = found.trace, found.block(output, node)
    names = trace.graph.labels[output.node], trace.graph.labels[node.node]
    linked = _linked(found, output, node)
    if matrix is None or linked is None:
        return _unbuilt(trace, output, node, names)
    kind, text = _told(linked, *names)
    zeros = int(linked.size - np.count_nonzero(linked))
    here = int(np.count_nonzero((matrix == 0.0) & linked))
    if zeros and kind != "none":
        text += f" {zeros:,} of its {linked.size:,} entries are 0 whatever the values are."
    if here:
        more = "more " if zeros else ""
        text += f" {here:,} {more}{'is' if here == 1 else 'are'} 0 at these values."
    if same := _same(trace, output.node, node.node, matrix):
        text += f" It is {same}."
    return Structure(kind, zeros, here, text)


def _linked(found: TensorJacobian, output: Varied, node: Varied) -> NDArray[np.bool_] | None:
    counts = found.paths
    if counts is None:
        return None
    linked = counts[found.slice_of(found.rows, output), found.slice_of(found.columns, node)] > 0
    return np.asarray(linked)


def _told(linked: NDArray[np.bool_], output: str, node: str) -> tuple[Kind, str]:
    rows, columns = linked.shape
    if not linked.any():
        return "none", f"No entry of {output} is computed from {node}: all {linked.size:,} entries are 0."
    if linked.all():
        if rows == 1 or columns == 1:
            return "dense", f"{output} is computed from every entry of {node}." if rows == 1 else (
                f"Every entry of {output} is computed from {node}."
            )
        return "dense", f"Dense: every entry of {output} is computed from every entry of {node}."
    if rows == columns and np.array_equal(linked, np.eye(rows, dtype=bool)):
        return "diagonal", f"Diagonal: each entry of {output} is computed from the entry of {node} at the same place."
    patterns = np.unique(linked[linked.any(axis=1)], axis=0)
    if (patterns.sum(axis=0) <= 1).all():
        if (linked.sum(axis=1) <= 1).all() and (linked.sum(axis=0) <= 1).all():
            return "moves", f"Each entry of {output} is computed from one entry of {node}, at another place."
        sizes = {(int((linked == pattern).all(axis=1).sum()), int(pattern.sum())) for pattern in patterns}
        if len(patterns) == 1:
            return "mixed", f"Some entries of {output} are computed from some entries of {node}."
        count = f"{len(patterns)} blocks"
        if len(sizes) == 1:
            (high, wide), *_ = sizes
            count += f" of {high} × {wide}"
        return "blocks", (
            f"{count}: groups of entries of {output} are computed from groups of entries of {node}, "
            "and no two groups share one."
        )
    return "mixed", f"Each entry of {output} is computed from some entries of {node}."


def _unbuilt(trace: TensorTrace, output: Varied, node: Varied, names: tuple[str, str]) -> Structure:
    """What the operation alone says."""
    operation = trace.program.operation(output.node)
    shapes = np.shape(trace.values[output.node]), np.shape(trace.values[node.node])
    direct = node.node in (trace.program.operands(output.node) if operation is not None else ())
    entries = int(np.prod(shapes[0], dtype=np.int64)) * int(np.prod(shapes[1], dtype=np.int64))
    if direct and operation is not None and not operation.whole and shapes[0] == shapes[1]:
        size = int(np.prod(shapes[0], dtype=np.int64))
        return Structure(
            "diagonal",
            size * size - size,
            None,
            f"Diagonal: {operation.symbol} works entry by entry, so all but {size:,} of its {entries:,} entries are 0.",
        )
    if direct and operation is not None and operation.name == "matmul" and len(shapes[1]) == 2:
        used = (
            entries // shapes[1][0] if trace.program.operands(output.node)[0] == node.node else entries // shapes[1][1]
        )
        return Structure(
            "blocks",
            entries - used,
            None,
            f"Mostly zeros: a matrix product reads each row and column on its own, so {entries - used:,} of its "
            f"{entries:,} entries are 0.",
        )
    return Structure(None, None, None, f"{names[0]} depends on {names[1]} through {entries:,} derivatives.")


def _same(trace: TensorTrace, output: int, node: int, matrix: Array) -> str | None:
    """The operand that the matrix is a copy of, as it is for the vector of a matrix product."""
    if trace.program.operation(output) is None or matrix.size < 2:
        return None
    for operand in trace.program.operands(output):
        value = trace.values[operand]
        if operand == node or np.ndim(value) != 2:
            continue
        for turned, word in ((value, ""), (np.transpose(value), " turned")):
            if turned.shape == matrix.shape and np.array_equal(turned, matrix):
                return f"{trace.graph.labels[operand]} itself{',' if word else ''}{word}"
    return None
