"""The reverse pass of a program with tensors, users first: every gate passes its upstream gradient on to its operands.

Entry by entry operations multiply it by their local gradients, the same rule texts that scalars use; operations on
whole tensors use their vector-Jacobian products. Sums over broadcast axes and over fan-out are made here, by no rule.
Source: reverse accumulation, Griewank & Walther (2008), ch. 3; vector-Jacobian products: Giles (2008).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engine.rules import Rules
from app.engine.tensors.forward import Value
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, CONSTANT, OPERATION_OF
from app.operations import Operation
from app.operations.shapes import Shape

Array = NDArray[np.float64]
_FLOAT = np.dtype(np.float64)


class Part(NamedTuple):
    """What one edge carries. `local` is entry by entry, None for gates on whole tensors; `summed` are the axes over
    which the part was summed because the operand had been broadcast along them."""

    local: Value | None
    downstream: Value
    summed: tuple[int, ...]


Parts = dict[tuple[int, int], Part]
"""(node, position of the operand) -> what flows along that edge; edges of constants have none."""


def run_reverse(
    program: Program, values: list[Value], output: int, seed: float, rules: Rules, parts: Parts | None = None
) -> list[Value | None]:
    """d output / d node, times seed, for every node (None for constants); puts what each edge carries into `parts`.

    A tensor output is differentiated as the sum of its entries: each has the seed as its gradient. Arrays may be
    shared between nodes, edges and operands, as an adder passes its own gradient on: nobody writes into them.
    """
    gradients: list[Value | None] = [None] * len(values)
    if not program.is_fixed(output):
        gradients[output] = np.full(np.shape(values[output]), seed)
    ops, fixed = program.ops, program.fixed
    with np.errstate(all="ignore"):
        for node in range(output, -1, -1):
            upstream, op = gradients[node], ops[node]
            if upstream is None or op <= CONSTANT:
                continue
            operands = program.operands(node)
            wanted = [at for at, operand in enumerate(operands) if ops[operand] != CONSTANT and operand not in fixed]
            for position, part in _parts(program, values, node, op, operands, wanted, np.asarray(upstream), rules):
                if parts is not None:
                    parts[node, position] = part
                operand = operands[position]
                before = gradients[operand]
                gradients[operand] = part.downstream if before is None else before + part.downstream
    for node, gradient in enumerate(gradients):
        if gradient is None:
            gradients[node] = None if program.is_fixed(node) else _plain(np.zeros(np.shape(values[node])))
        elif type(gradient) is not float and not np.ndim(gradient):
            gradients[node] = float(gradient)
    return gradients


def _parts(
    program: Program,
    values: list[Value],
    node: int,
    op: int,
    operands: tuple[int, ...],
    wanted: list[int],
    upstream: Array,
    rules: Rules,
) -> list[tuple[int, Part]]:
    """What a gate passes on, by the wanted positions of its operands."""
    operation = OPERATION_OF[op & CODE_MASK]
    assert operation is not None
    numbers = tuple([np.asarray(values[one]) for one in operands])
    return passed_on(operation, numbers, np.asarray(values[node]), program.attributes(node), wanted, upstream, rules)


def passed_on(
    operation: Operation,
    numbers: tuple[Array, ...],
    out: Array,
    attributes: Mapping[str, Any],
    wanted: list[int],
    upstream: Array,
    rules: Rules,
) -> list[tuple[int, Part]]:
    """What an operation on these operands, with this result, passes on to those at the wanted positions."""
    if operation.pull is not None:
        told = {**operation.attributes, **attributes, "ties": rules.conventions.ties}
        flows = operation.pull(upstream, numbers, out, told)
        return [(position, Part(None, _plain(flows[position]), ())) for position in wanted]
    if not operation.whole:
        return [
            (position, _entry_by_entry(operation, position, numbers, out, attributes, upstream, rules))
            for position in wanted
        ]
    found = []
    ranks = tuple([number.ndim for number in numbers])
    for position in wanted:
        rule = rules.downstream(operation, ranks, position)
        assert rule is not None
        found.append((position, Part(None, _plain(rule(*numbers, out, upstream, **attributes)), ())))
    return found


def _entry_by_entry(
    operation: Operation,
    position: int,
    numbers: tuple[Array, ...],
    out: Array,
    attributes: Mapping[str, Any],
    upstream: Array,
    rules: Rules,
) -> Part:
    rule = rules.entrywise(operation, position)
    if rule is None:
        return Part(0.0, _plain(np.zeros(numbers[position].shape)), ())
    if operation.variadic:
        tied, share = _ties(numbers, out, position, rules.conventions.ties)
        found = rule(numbers[position], out, tied, share)
    else:
        found = rule(*numbers, out, **attributes)
    entrywise: Value = found
    if operation.over:  # a loss: the losses of all entries make one number
        entries = np.broadcast_shapes(*(number.shape for number in numbers))
        entrywise = np.broadcast_to(np.asarray(found, dtype=np.float64), entries)
        if operation.over == "mean":
            entrywise = entrywise / max(prod(entries), 1)
    if type(entrywise) is float:
        local: Value = entrywise
        flowing: Array = (
            upstream if entrywise == 1.0 else upstream * entrywise
        )  # an adder passes on what it gets, without a copy
    else:
        local = _plain(entrywise)
        flowing = np.multiply(local, upstream)
    shape = numbers[position].shape
    if np.shape(flowing) == shape:
        return Part(local, _plain(flowing), ())
    downstream, summed = unbroadcast(np.asarray(flowing), shape)
    return Part(local, _plain(downstream), summed)


def unbroadcast(gradient: Array, shape: Shape) -> tuple[Array, tuple[int, ...]]:
    """The gradient of an operand of this shape from that of what it was broadcast to: summed over the axes it was
    repeated along. Gives those axes too, as axes of the larger shape."""
    added = gradient.ndim - len(shape)
    if gradient.shape[added:] == shape:
        summed: tuple[int, ...] = tuple(range(added))
        return np.add.reduce(gradient, axis=summed), summed
    summed = (
        *range(added),
        *(at + added for at, size in enumerate(shape) if size == 1 and gradient.shape[at + added] > 1),
    )
    if not summed:
        return gradient, ()
    return gradient.sum(axis=summed, keepdims=True).reshape(shape), summed


def _ties(numbers: tuple[Array, ...], out: Array, position: int, ties: str) -> tuple[Array, Array]:
    """How many operands equal the result, entry by entry, and the weight of this one under the convention."""
    equal = [np.equal(number, out) for number in numbers]
    count = np.sum(np.broadcast_arrays(*equal), axis=0)
    if ties == "both":
        return count, np.ones(out.shape)
    if ties == "first":
        earlier = np.zeros(out.shape, dtype=bool)
        for one in equal[:position]:
            earlier = earlier | one
        return count, np.where(count > 0, (equal[position] & ~earlier).astype(float), 1.0)
    return count, 1.0 / np.maximum(count, 1)


def _plain(value: Value) -> Value:
    """A Python float for a scalar, an array of float64 for a tensor."""
    if type(value) is np.ndarray and value.ndim and value.dtype == _FLOAT:
        return value
    array = np.asarray(value, dtype=np.float64)
    return array if array.ndim else float(array) + 0.0


def pull_back(
    program: Program, values: list[Value], node: int, positions: list[int], upstream: Array, rules: Rules
) -> list[tuple[int, Part]]:
    """What one gate passes on to the operands at these positions for any upstream gradient of its shape."""
    with np.errstate(all="ignore"):
        return _parts(program, values, node, program.ops[node], program.operands(node), positions, upstream, rules)
