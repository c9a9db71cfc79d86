"""Forward mode on tensors: the tangent of every node, operands first. One sweep is one Jacobian-vector product.

Entry by entry operations multiply by their local gradients, as in the reverse pass; what operations on whole tensors do
with a tangent is said by `push` of their entry in the registry. Source: Griewank & Walther (2008), ch. 3.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.engine.rules import Rules
from app.engine.tensors.forward import Value
from app.engine.tensors.reverse import pass_back
from app.language.program import Program
from app.operations import Operation

Array = NDArray[np.float64]


def run_tangent(
    program: Program, values: list[Value], tangents: Mapping[int, Value], rules: Rules, until: int | None = None
) -> list[Value]:
    """The tangent of every node, or of those up to `until`, each in the shape of its value.

    tangents   of the nodes that vary. A gate among them varies by this and nothing else: what it is computed from
               does not move it.
    A node that depends on none of them has the tangent 0, and passes on nothing.
    """
    last = len(values) if until is None else until + 1
    found: list[Value] = [0.0] * last
    moves = [False] * last
    for node, tangent in tangents.items():
        if node < last:
            found[node], moves[node] = tangent, True
    with np.errstate(all="ignore"):
        for node in range(last):
            if moves[node]:
                continue
            operands = program.operands(node) if program.operation(node) is not None else ()
            moving = [at for at, one in enumerate(operands) if moves[one] and not program.is_fixed(one)]
            if moving:
                found[node] = _pushed(program, values, node, moving, [found[one] for one in operands], rules)
                moves[node] = True
            elif np.ndim(values[node]):
                found[node] = np.zeros(np.shape(values[node]))
    return found


def _pushed(
    program: Program, values: list[Value], node: int, moving: list[int], tangents: list[Value], rules: Rules
) -> Value:
    """The tangent of a gate from those of its operands: the sum over those that move."""
    operation = program.operation(node)
    assert operation is not None
    shape, total = np.shape(values[node]), np.zeros(np.shape(values[node]))
    numbers = tuple(np.asarray(values[one], dtype=np.float64) for one in program.operands(node))
    attributes = {**operation.attributes, **program.attributes(node)}
    if operation.push == "linear" and operation.variadic:
        placed = [
            np.asarray(tangents[at]) if at in moving else np.zeros(numbers[at].shape) for at in range(len(numbers))
        ]
        return _plain(operation.forward(*placed, **attributes))
    for position in moving:
        tangent = np.asarray(tangents[position], dtype=np.float64)
        if operation.push == "linear":
            total = total + operation.forward(*numbers[:position], tangent, *numbers[position + 1 :], **attributes)
        elif callable(operation.push):
            total = total + operation.push(tangent, numbers, np.asarray(values[node]), attributes)
        else:
            total = total + _sum_of_slopes(program, values, node, position, tangent, operation, rules)
    return _plain(np.broadcast_to(total, shape))


def _sum_of_slopes(
    program: Program, values: list[Value], node: int, position: int, tangent: Array, operation: Operation, rules: Rules
) -> Array:
    """Slope times tangent, added up over what each entry of the result is computed from."""
    out = np.asarray(values[node])
    part = pass_back(program, values, node, position, np.ones(out.shape), rules)
    if not operation.whole:
        entries = np.asarray(part.local) * tangent
        if not operation.over:
            return entries
        return np.asarray(np.broadcast_to(entries, np.broadcast_shapes(*_shapes(program, values, node))).sum())
    axis = program.attributes(node).get("axis", operation.attributes.get("axis"))
    added = (np.asarray(part.downstream) * tangent).sum(axis=None if axis is None else int(axis))
    return np.asarray(added).reshape(out.shape)  # axes may be kept, with size 1


def _shapes(program: Program, values: list[Value], node: int) -> list[tuple[int, ...]]:
    return [np.shape(values[one]) for one in program.operands(node)]


def _plain(value: Value) -> Value:
    """A Python float for a scalar, without negative zeros."""
    array = np.asarray(value, dtype=np.float64) + 0.0
    return array if array.ndim else float(array)
