"""The reverse pass of a program with tensors, users first: every gate passes its upstream gradient on to its operands.

Entry by entry operations multiply it by their local gradients, the same rule texts that scalars use; operations on
whole tensors use their vector-Jacobian products. Sums over broadcast axes and over fan-out are made here, by no rule.
Source: reverse accumulation, Griewank & Walther (2008), ch. 3; vector-Jacobian products: Giles (2008).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engine.rules import Local, Rules
from app.engine.tensors.forward import Gate, Plan, Value
from app.language.program import Program
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
    program: Program,
    values: list[Value],
    output: int,
    seed: Value,
    rules: Rules,
    parts: Parts | None = None,
    plan: Plan | None = None,
) -> list[Value | None]:
    """d output / d node, times seed, for every node (None for constants); puts what each edge carries into `parts`.

    A tensor output is differentiated as the sum of its entries: each has the seed as its gradient, or its own entry of
    a seed of the same shape. Arrays may be
    shared between nodes, edges and operands, as an adder passes its own gradient on: nobody writes into them.
    """
    plan = plan or Plan.of_values(program, values)
    gradients: list[Value | None] = [None] * len(values)
    if not program.is_fixed(output):
        gradients[output] = np.full(plan.shapes[output], seed)
    functions = plan.rules.get(rules)
    if functions is None:
        functions = plan.rules[rules] = [_functions(gate, plan.ranks(gate), rules) for gate in plan.gates]
    with np.errstate(all="ignore"):
        for gate, known in zip(reversed(plan.gates), reversed(functions), strict=True):
            upstream = gradients[gate.node]
            if upstream is None:
                continue
            for position, part in _parts(gate, known, values, np.asarray(upstream), rules):
                if parts is not None:
                    parts[gate.node, position] = part
                operand = gate.operands[position]
                before = gradients[operand]
                gradients[operand] = part.downstream if before is None else before + part.downstream
    for node, gradient in enumerate(gradients):
        if gradient is None:
            gradients[node] = None if program.is_fixed(node) else _plain(np.zeros(plan.shapes[node]))
        elif type(gradient) is not float and not np.ndim(gradient):
            gradients[node] = float(gradient)
    return gradients


def _functions(gate: Gate, ranks: tuple[int, ...], rules: Rules) -> list[Local | None]:
    """Of every wanted operand what passes its gradient on: its local gradient, or for gates on whole tensors the
    vector-Jacobian product; None where the gate has one function for all, or where there is no gradient."""
    operation = gate.operation
    if operation.pull is not None:
        return [None for _ in gate.wanted]
    if not operation.whole:
        return [rules.entrywise(operation, position) for position in gate.wanted]
    return [rules.downstream(operation, ranks, position) for position in gate.wanted]


def pass_back(program: Program, values: list[Value], node: int, position: int, upstream: Value, rules: Rules) -> Part:
    """What one gate passes on to the operand at a position, which is no constant, of this upstream gradient."""
    operation = program.operation(node)
    assert operation is not None
    numbers = tuple([np.asarray(values[one]) for one in program.operands(node)])
    out, attributes = np.asarray(values[node]), program.attributes(node)
    with np.errstate(all="ignore"):
        ((_, part),) = passed_on(operation, numbers, out, attributes, [position], np.asarray(upstream), rules)
    return part


def _parts(
    gate: Gate, functions: list[Local | None], values: list[Value], upstream: Array, rules: Rules
) -> list[tuple[int, Part]]:
    """What a gate passes on, by the wanted positions of its operands."""
    numbers = tuple([np.asarray(values[one]) for one in gate.operands])
    return _passed(gate, functions, numbers, np.asarray(values[gate.node]), upstream, rules)


def passed_on(
    operation: Operation,
    numbers: tuple[Array, ...],
    out: Array,
    attributes: Mapping[str, Any],
    wanted: Sequence[int],
    upstream: Array,
    rules: Rules,
) -> list[tuple[int, Part]]:
    """What an operation on these operands, with this result, passes on to those at the wanted positions."""
    gate = Gate(-1, operation, (), attributes, tuple(wanted))
    functions = _functions(gate, tuple([number.ndim for number in numbers]), rules)
    return _passed(gate, functions, numbers, out, upstream, rules)


def _passed(
    gate: Gate, functions: list[Local | None], numbers: tuple[Array, ...], out: Array, upstream: Array, rules: Rules
) -> list[tuple[int, Part]]:
    _, operation, _, attributes, wanted = gate
    if operation.pull is not None:
        told = {**operation.attributes, **attributes, "ties": rules.conventions.ties}
        flows = operation.pull(upstream, numbers, out, told)
        return [(position, Part(None, _plain(flows[position]), ())) for position in wanted]
    found = []
    for position, function in zip(wanted, functions, strict=True):
        if not operation.whole:
            part = _entry_by_entry(gate, position, function, numbers, out, upstream, rules)
        else:
            assert function is not None
            part = Part(None, _plain(function(*numbers, out, upstream, **attributes)), ())
        found.append((position, part))
    return found


def _entry_by_entry(
    gate: Gate,
    position: int,
    rule: Local | None,
    numbers: tuple[Array, ...],
    out: Array,
    upstream: Array,
    rules: Rules,
) -> Part:
    operation = gate.operation
    if rule is None:
        return Part(0.0, _plain(np.zeros(numbers[position].shape)), ())
    if operation.variadic:
        tied, share = _ties(numbers, out, position, rules.conventions.ties)
        found = rule(numbers[position], out, tied, share)
    else:
        found = rule(*numbers, out, **gate.attributes)
    entrywise: Value = found
    if operation.over:  # a loss: the losses of all entries make one number
        entries = np.broadcast_shapes(*(number.shape for number in numbers))
        entrywise = np.broadcast_to(np.asarray(found, dtype=np.float64), entries)
        if operation.over == "mean":
            entrywise = entrywise / max(prod(entries), 1)
    if type(entrywise) is float:
        local: Value = entrywise
        # An adder passes on what it gets, without a copy.
        flowing: Array = upstream if entrywise == 1.0 else upstream * entrywise
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
    operation = program.operation(node)
    assert operation is not None
    numbers = tuple([np.asarray(values[one]) for one in program.operands(node)])
    out = np.asarray(values[node])
    with np.errstate(all="ignore"):
        return passed_on(operation, numbers, out, program.attributes(node), positions, upstream, rules)
