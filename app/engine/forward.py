"""The forward pass: the value of every node, operands first."""

from __future__ import annotations

from collections.abc import Callable

from app.language.folding import evaluate
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, CODE_OF, OPERATION_OF, WIDE


def _no_value(*_: float) -> float:
    raise AssertionError("leaves and constants have their value in a slot")


_ONE_ROUND = [_no_value if operation is None else operation.scalar for operation in OPERATION_OF]
_ONE_ROUND += [_no_value] * (CODE_MASK + 1 - len(_ONE_ROUND))
SCALAR: list[Callable[..., float]] = _ONE_ROUND * 4
"""Code, with or without the bits for constant operands -> the operation on Python floats."""


_ADD, _MULTIPLY = CODE_OF["add"], CODE_OF["mul"]


def run_forward(program: Program) -> list[float]:
    """The value of every node as a Python float; NaN and infinity are results.

    The common case runs without a check per node. Where an operation raises, that node alone is computed again by
    its total form, and the pass goes on behind it.
    """
    values: list[float] = []
    append, scalar, slots, wide = values.append, SCALAR, program.slots, program.wide
    nodes = zip(program.ops, program.first, program.second)  # noqa: B905  # equal by construction; strict costs time
    while True:
        try:
            for op, first, second in nodes:
                if op == _MULTIPLY:  # these two are most of most programs: Python's own operators, as in the registry
                    append(values[first] * values[second])
                elif op == _ADD:
                    append(values[first] + values[second])
                elif second >= 0:
                    append(scalar[op](values[first], values[second]))
                elif first < 0:
                    append(slots[~first])  # type: ignore[arg-type]  # every leaf has a value by now
                elif second != WIDE:
                    append(scalar[op](values[first]))
                else:
                    operands, attributes = wide[len(values)]
                    append(scalar[op](*[values[operand] for operand in operands], **attributes))
        except (ArithmeticError, ValueError):
            values.append(_total_value(program, values))
        else:
            return values


def _total_value(program: Program, values: list[float]) -> float:
    """The value of the node behind those that have one."""
    node = len(values)
    operation = program.operation(node)
    assert operation is not None
    operands = [values[operand] for operand in program.operands(node)]
    return evaluate(operation, operands, program.attributes(node))
