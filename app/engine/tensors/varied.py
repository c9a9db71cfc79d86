"""One entry of a tensor takes other values, everything it does not reach is held: the rest is computed again.

All values are computed together: arrays have one more axis in front, the places at which the entry stands. Operations
entry by entry broadcast over it, as do matrix products; other operations on whole tensors run place by place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.tensors.forward import Value
from app.errors import Problem, UserError
from app.language.program import Program
from app.limits import Limits, setting_name
from app.operations import Operation

Array = NDArray[np.float64]


def placed(value: Value, entry: Sequence[int], numbers: Array) -> Array:
    """The value once for each number, with that number as its entry; an empty index is a number's own."""
    copies = np.broadcast_to(np.asarray(value, dtype=np.float64), (numbers.size, *np.shape(value))).copy()
    where: tuple[Any, ...] = (slice(None), *entry)
    copies[where] = numbers
    return copies


def run_placed(
    program: Program, values: Sequence[Value], starts: Mapping[int, Array], nodes: Sequence[int]
) -> dict[int, Array]:
    """The values of `nodes` where the starts take theirs, the places in front; NaN and infinity are results.

    values   of every other node     nodes   as `varied.nodes_between` gives them, or its first part
    """
    found = dict(starts)
    with np.errstate(all="ignore"):
        for node in nodes:
            operation, operands = program.operation(node), program.operands(node)
            assert operation is not None
            numbers = [found[one] if one in found else np.asarray(values[one], np.float64) for one in operands]
            moving = [one in found for one in operands]
            found[node] = _run(operation, numbers, moving, program.attributes(node))
    return found


def _run(operation: Operation, numbers: list[Array], moving: list[bool], attributes: Mapping[str, Any]) -> Array:
    count = next(len(number) for number, moves in zip(numbers, moving, strict=True) if moves)
    if operation.forward is np.matmul:
        return _products(numbers, moving)
    if operation.whole:
        told = [
            operation.forward(
                *(number[at] if moves else number for number, moves in zip(numbers, moving, strict=True)), **attributes
            )
            for at in range(count)
        ]
        return np.asarray(told, dtype=np.float64)
    rank = max(number.ndim - moves for number, moves in zip(numbers, moving, strict=True))
    aligned = [
        number.reshape(count, *(1,) * (rank + 1 - number.ndim), *number.shape[1:]) if moves else number
        for number, moves in zip(numbers, moving, strict=True)
    ]
    value = np.asarray(operation.forward(*aligned, **attributes), dtype=np.float64)
    if operation.over and rank:
        flat = value.reshape(count, -1)
        value = flat.sum(axis=1) if operation.over == "sum" else flat.mean(axis=1)
    return value


def _products(numbers: list[Array], moving: list[bool]) -> Array:
    """`x @ y` at every place at once: a vector is a row on the left and a column on the right."""
    (x, y), ranks = numbers, [number.ndim - moves for number, moves in zip(numbers, moving, strict=True)]
    rows = x if ranks[0] == 2 else x[..., None, :]
    columns = y if ranks[1] == 2 else y[..., None]
    value: Array = np.matmul(rows, columns)
    if ranks[1] == 1:
        value = value[..., 0]
    if ranks[0] == 1:
        value = value[..., 0] if ranks[1] == 1 else value[..., 0, :]
    return value


def entries_between(values: Sequence[Value], nodes: Sequence[int]) -> int:
    """How many numbers are computed at one place."""
    return sum(int(np.size(values[node])) for node in nodes)


def flops_between(program: Program, values: Sequence[Value], nodes: Sequence[int]) -> int:
    """Multiplications and additions at one place, those of products beside one for each entry."""
    total = entries_between(values, nodes)
    for node in nodes:
        operation = program.operation(node)
        if operation is not None and operation.flops is not None:
            total += operation.flops([np.shape(values[one]) for one in program.operands(node)])
        elif operation is not None and operation.whole:
            total += sum(prod(np.shape(values[one])) for one in program.operands(node))
    return total


def check_work(entries: int, flops: int, places: int, hint: str, limits: Limits) -> None:
    """Raises UserError "limit" when so much at so many places is more than one request may ask for."""
    wanted = (
        ("numbers of gates", entries, "max_gate_runs"),
        ("additions and multiplications", flops, "max_flops"),
    )
    for what, count, field in wanted:
        most = getattr(limits, field)
        if count * places > most:
            message = (
                f"This needs {count * places:,} {what}, {count:,} at each of {places:,} places; "
                f"the limit is {most:,}, set by {setting_name(field)}."
            )
            raise UserError([Problem("too-many-gate-runs", message, hint)], "limit")
