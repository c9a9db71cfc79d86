"""The reverse pass of a program with tensors, users first: every gate passes its upstream gradient on to its operands.

Entry by entry operations multiply it by their local gradients, the same rule texts that scalars use; operations on
whole tensors use their vector-Jacobian products. Sums over broadcast axes and over fan-out are made here, by no rule.
Source: reverse accumulation, Griewank & Walther (2008), ch. 3; vector-Jacobian products: Giles (2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.reverse import leads_to
from app.engine.rules import Rules
from app.engine.tensors.forward import Value
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, CONSTANT, OPERATION_OF
from app.operations import Operation
from app.operations.shapes import Shape

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """What one edge carries. `local` is entry by entry, None for gates on whole tensors; `summed` are the axes over
    which the part was summed because the operand had been broadcast along them."""

    local: Value | None
    downstream: Value
    summed: tuple[int, ...]


Parts = dict[tuple[int, int], Part]
"""(node, position of the operand) -> what flows along that edge; edges of constants have none."""


def run_reverse(
    program: Program, values: list[Value], output: int, seed: float, rules: Rules
) -> tuple[list[Value | None], Parts]:
    """d output / d node, times seed, for every node (None for constants), and the part of each edge.

    A tensor output is differentiated as the sum of its entries: each has the seed as its gradient.
    """
    gradients: list[Value | None] = [None] * len(values)
    reached = leads_to(program, output)
    if not program.is_fixed(output):
        gradients[output] = np.full(np.shape(values[output]), seed)
    parts: Parts = {}
    with np.errstate(all="ignore"):
        for node in range(output, -1, -1):
            upstream = gradients[node]
            if program.ops[node] <= CONSTANT or upstream is None or not reached[node]:
                continue
            operands = program.operands(node)
            wanted = [position for position, operand in enumerate(operands) if not program.is_fixed(operand)]
            for position, part in _parts(program, values, node, wanted, np.asarray(upstream), rules):
                parts[node, position] = part
                before = gradients[operands[position]]
                gradients[operands[position]] = part.downstream if before is None else before + part.downstream
    return [_whole(program, node, values[node], gradient) for node, gradient in enumerate(gradients)], parts


def _whole(program: Program, node: int, value: Value, gradient: Value | None) -> Value | None:
    """The gradient of a node, 0 where nothing flows back to it; None for constants."""
    if gradient is None:
        return None if program.is_fixed(node) else _plain(np.zeros(np.shape(value)))
    return gradient if np.ndim(gradient) else float(gradient)


def _parts(
    program: Program, values: list[Value], node: int, wanted: list[int], upstream: Array, rules: Rules
) -> Iterator[tuple[int, Part]]:
    """What a gate passes on, by the wanted positions of its operands."""
    operation = OPERATION_OF[program.ops[node] & CODE_MASK]
    assert operation is not None
    numbers = tuple(np.asarray(values[one], dtype=np.float64) for one in program.operands(node))
    out, attributes = np.asarray(values[node]), program.attributes(node)
    if operation.pull is not None:
        told = {**operation.attributes, **attributes, "ties": rules.conventions.ties}
        flows = operation.pull(upstream, numbers, out, told)
        yield from ((position, Part(None, _plain_result(flows[position], numbers), ())) for position in wanted)
        return
    for position in wanted:
        if not operation.whole:
            yield position, _entry_by_entry(operation, position, numbers, out, attributes, upstream, rules)
            continue
        rule = rules.downstream(operation, tuple(number.ndim for number in numbers), position)
        assert rule is not None
        yield position, Part(None, _plain_result(rule(*numbers, out, upstream, **attributes), numbers), ())


def _entry_by_entry(
    operation: Operation,
    position: int,
    numbers: tuple[Array, ...],
    out: Array,
    attributes: dict[str, float],
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
    local = np.asarray(found, dtype=np.float64)
    if operation.over:  # a loss: the losses of all entries make one number
        entries = np.broadcast_shapes(*(number.shape for number in numbers))
        local = np.broadcast_to(local, entries) / (max(int(np.prod(entries)), 1) if operation.over == "mean" else 1)
    flowing, shape = local * upstream, numbers[position].shape
    if np.shape(flowing) == shape:
        return Part(_plain(local), _plain_result(flowing, numbers), ())
    flowing = np.broadcast_to(flowing, np.broadcast_shapes(np.shape(flowing), shape))
    downstream, summed = unbroadcast(flowing, shape)
    return Part(_plain(local), _plain(downstream), summed)


def unbroadcast(gradient: Array, shape: Shape) -> tuple[Array, tuple[int, ...]]:
    """The gradient of an operand of this shape from that of what it was broadcast to: summed over the axes it was
    repeated along. Gives those axes too, as axes of the larger shape."""
    added = gradient.ndim - len(shape)
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


def _plain_result(value: Value, numbers: tuple[Array, ...]) -> Value:
    """The same for what a rule has made, without a copy where the array is its own."""
    if not isinstance(value, np.ndarray) or value.ndim == 0 or value.dtype != np.float64 or not value.flags.owndata:
        return _plain(value)
    if not value.flags.writeable or any(value is number for number in numbers):
        return _plain(value)
    value += 0.0
    return value


def _plain(value: Value) -> Value:
    """A Python float for a scalar, without negative zeros."""
    array = np.asarray(value, dtype=np.float64) + 0.0
    return array if array.ndim else float(array)
