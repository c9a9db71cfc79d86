"""On which of its pieces a gate with kinks works: what stays the same between two kinks, and changes at one.

A gate of pieces has parts that are constant on each piece: its output when that is a step function, a local gradient
that is one or its sign, and the side of the equation that its kinks solve. They are read from the registry's texts,
so that an operation added there needs nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from app.engine.varied import Array, parse_rule, run_rule
from app.operations import Conventions, Operation

_BLOCKER = "blocker"


def has_pieces(operation: Operation | None) -> bool:
    """Whether the operation has kinks at all."""
    return operation is not None and operation.kinks is not None


def pieces_of(
    operation: Operation,
    operands: Sequence[Array],
    out: Array,
    attributes: Mapping[str, float],
    conventions: Conventions,
) -> list[Array]:
    """Arrays, as long as the operands, that are constant between kinks; at least one changes across a kink."""
    names = {
        **dict(zip(operation.operands, operands, strict=False)),
        **operation.attributes,
        **attributes,
        "out": out,
        "relu_at_zero": conventions.relu_at_zero,
        "abs_at_zero": conventions.abs_at_zero,
        "ties": 1.0,
        "tie_share": 1.0,
    }
    found = []
    if _is_step(operation):
        found.append(out)
    elif sides := _sides(operation):
        run = run_rule(_kink_rule(operation), names)
        with np.errstate(all="ignore"):
            found.append(np.sign(run[sides[0]] - run[sides[1]]))
    if operation.variadic:
        rule = operation.local[0]
        varied = [names | {operation.operands[0]: operand} for operand in operands]
        found += [run_rule(rule, one)[-1] for one in varied if rule is not None]
    else:
        varying = (*operation.operands, "out")
        for text in operation.local:
            if text is not None:
                local = run_rule(text, names)[-1]
                found.append(local if _is_constant_on_pieces(text, varying) else np.sign(local))
    return [np.broadcast_to(one, np.shape(out)) for one in found]


def _is_step(operation: Operation) -> bool:
    return operation.pattern is not None and operation.pattern.name == _BLOCKER


def _kink_rule(operation: Operation) -> str:
    # The language has comparisons only as a condition.
    return f"where({operation.kinks}, 1, 0)"


def _sides(operation: Operation) -> tuple[int, int] | None:
    """The nodes of both sides of `kinks` in its rule, where that is an equation; else None."""
    rule = parse_rule(_kink_rule(operation))
    condition = rule.operands(rule.roots[-1])[0]
    equation = rule.operation(condition)
    if equation is None or equation.name != "eq":
        return None
    left, right = rule.operands(condition)
    return left, right


@cache
def _is_constant_on_pieces(text: str, varying: tuple[str, ...]) -> bool:
    """Whether a rule text is made of step functions of the varying names, and of what does not vary."""
    rule = parse_rule(text)
    steady: list[bool] = []
    for node in range(len(rule.ops)):
        operation = rule.operation(node)
        if operation is not None:
            steady.append(_is_step(operation) or all(steady[operand] for operand in rule.operands(node)))
        else:
            steady.append(rule.is_constant(node) or rule.leaves[node] not in varying)
    return steady[rule.roots[-1]]
