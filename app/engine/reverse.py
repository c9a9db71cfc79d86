"""The reverse pass: the gradient of the output with respect to every node, users first.

Source: reverse accumulation, Griewank & Walther, Evaluating Derivatives (2008), ch. 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from app.engine.rules import Rules, tie_shares
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, CONSTANT, FIRST_CONSTANT, OPERATION_OF, SECOND_CONSTANT, WIDE
from app.operations import Operation


def run_reverse(program: Program, values: list[float], output: int, seed: float, rules: Rules) -> list[float]:
    """d output / d node, times seed, for every node; 0.0 for nodes that the output does not depend on.

    The common case runs over all nodes without asking which of them lead to the output, since what the others pass
    on is 0. Where a rule raises or is not finite, the pass is made again with care.
    """
    gradients = [0.0] * len(values)
    gradients[output] = seed
    push_wide = partial(_push_wide, program, values, gradients, rules) if program.wide else None
    try:
        rules.sweep(program.ops, program.first, program.second, values, gradients, output, rules.push, push_wide)
    except (ArithmeticError, ValueError):
        return _run_with_care(program, values, output, seed, rules)
    if math.isfinite(sum(gradients)):
        return gradients
    return _run_with_care(program, values, output, seed, rules)


def local_gradients(program: Program, values: list[float], node: int, rules: Rules) -> list[float | None]:
    """d node / d operand for each of its operands; None where that operand is constant.

    All at once, for a max of thousands of operands counts its ties once.
    """
    operation = OPERATION_OF[program.ops[node] & CODE_MASK]
    assert operation is not None
    operands = program.operands(node)
    numbers, attributes = tuple(values[each] for each in operands), program.attributes(node)
    arguments = _arguments(operation, numbers, values[node], rules)
    return [
        None
        if is_constant_operand(program, node, position)
        else _local(operation, position, arguments(position), attributes, rules)
        for position in range(len(operands))
    ]


def local_at(
    operation: Operation,
    operand: int,
    numbers: tuple[float, ...],
    out: float,
    attributes: Mapping[str, float],
    rules: Rules,
) -> float:
    """d out / d operand of an operation at these operands; NaN and infinity are results."""
    return _local(operation, operand, _arguments(operation, numbers, out, rules)(operand), attributes, rules)


def _arguments(
    operation: Operation, numbers: tuple[float, ...], out: float, rules: Rules
) -> Callable[[int], tuple[float, ...]]:
    """What the rule of the operand at a position is called with."""
    if operation.variadic:
        tied, shares = tie_shares(numbers, out, rules.conventions.ties)
        return lambda position: (numbers[position], out, tied, shares[position])
    all_of_them = (*numbers, out)
    return lambda _position: all_of_them


def _local(
    operation: Operation, operand: int, arguments: tuple[float, ...], attributes: Mapping[str, float], rules: Rules
) -> float:
    local = rules.local(operation, operand)
    if local is None:
        return 0.0
    try:
        return float(local(*arguments, **attributes)) + 0.0  # no negative zero
    except (ArithmeticError, ValueError):
        total = rules.local(operation, operand, total=True)
        assert total is not None
        with np.errstate(all="ignore"):
            return float(total(*(np.float64(number) for number in arguments), **attributes)) + 0.0


def is_constant_operand(program: Program, node: int, operand: int) -> bool:
    """Whether nothing is differentiated by the operand at this position."""
    op = program.ops[node]
    if program.second[node] == WIDE:
        return program.is_fixed(program.operands(node)[operand])
    return bool(op & (SECOND_CONSTANT if operand else FIRST_CONSTANT))


def leads_to(program: Program, output: int) -> list[bool]:
    """For every node, whether the output is computed from it."""
    reached = [False] * len(program.ops)
    reached[output] = True
    for node in range(output, -1, -1):
        if reached[node]:
            for operand in program.operands(node):
                reached[operand] = True
    return reached


def _push_wide(program: Program, values: list[float], gradients: list[float], rules: Rules, node: int) -> None:
    gradient = gradients[node]
    for operand, local in zip(program.operands(node), local_gradients(program, values, node, rules), strict=True):
        if local is not None:
            gradients[operand] += gradient * local


def _run_with_care(program: Program, values: list[float], output: int, seed: float, rules: Rules) -> list[float]:
    """The same, visiting only nodes the output depends on, with rules that have a result for every input."""
    reached = leads_to(program, output)
    gradients = [0.0] * len(program.ops)
    gradients[output] = seed
    for node in range(output, -1, -1):
        if reached[node] and program.ops[node] > CONSTANT:
            _push_wide(program, values, gradients, rules, node)
    return gradients
