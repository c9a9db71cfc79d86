"""Which entries of a gate lie where the derivative is a matter of choice, and on which piece each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.branches import pieces_of
from app.engine.varied import run_rule
from app.operations import Conventions, Operation

Array = NDArray[np.float64]
Truths = NDArray[np.bool_]


def has_kinks(operation: Operation | None) -> bool:
    """Whether the operation has kinks at all."""
    return operation is not None and (operation.kinks is not None or operation.kinked is not None)


def kinked_entries(
    operation: Operation, operands: Sequence[Array], out: Array, attributes: Mapping[str, Any]
) -> Truths:
    """Entry by entry of what the operands are broadcast to, or of the result of an operation on whole tensors."""
    if operation.kinked is not None:
        return np.asarray(operation.kinked(operands, out, {**operation.attributes, **attributes}), dtype=np.bool_)
    shape = np.broadcast_shapes(*(operand.shape for operand in operands))
    if operation.kinks is None:
        return np.zeros(shape, dtype=np.bool_)
    names: dict[str, Any] = dict(zip(operation.operands, operands, strict=False))
    names |= {**operation.attributes, **attributes, "out": out, "relu_at_zero": 0.0, "abs_at_zero": 0.0}
    if operation.variadic:
        tied = np.sum(np.broadcast_arrays(*(np.equal(operand, out) for operand in operands)), axis=0)
        names |= {"ties": np.asarray(tied, dtype=np.float64), "tie_share": 1.0}
    holds = run_rule(f"where({operation.kinks}, 1, 0)", names)[-1]
    return np.broadcast_to(np.asarray(holds) != 0, shape)


def piece_arrays(
    operation: Operation, operands: Sequence[Array], out: Array, attributes: Mapping[str, Any], conventions: Conventions
) -> list[Array]:
    """`branches.pieces_of` for places in front of the entries: each array has the places, then all entries in a row.

    Every operand has the axis of the places.
    """
    places = len(out)
    rank = max(operand.ndim for operand in operands)
    aligned = [operand.reshape(places, *(1,) * (rank - operand.ndim), *operand.shape[1:]) for operand in operands]
    shape = np.broadcast_shapes(*(operand.shape for operand in aligned))
    if operation.pieces is not None:
        attributes = {**operation.attributes, **attributes}
        found = [operation.pieces([one[at] for one in operands], out[at], attributes) for at in range(places)]
        return [np.asarray(found, dtype=np.float64).reshape(places, -1)]
    result = np.zeros(shape) if operation.over and rank > 1 else out  # no loss with kinks reads its result
    pieces = pieces_of(operation, [np.broadcast_to(one, shape) for one in aligned], result, attributes, conventions)
    return [np.asarray(piece, dtype=np.float64).reshape(places, -1) for piece in pieces]
