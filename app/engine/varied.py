"""One node takes other values, everything it does not reach is held: the rest is computed again, for all at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from app.engine.reverse import leads_to
from app.errors import Problem, UserError
from app.language.parser import parse
from app.language.program import Program
from app.limits import Limits, setting_name

Array = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


def nodes_between(program: Program, starts: Collection[int], output: int) -> list[int]:
    """Nodes that depend on one of `starts` and lead to the output, operands first; the starts are left out."""
    reached = leads_to(program, output)
    depends = [False] * (output + 1)
    for node in starts:
        if node <= output:
            depends[node] = True
    found = []
    for node in range(min(starts, default=output), output + 1):
        if depends[node] or not reached[node]:
            continue
        if any(depends[operand] for operand in program.operands(node)):
            depends[node] = True
            found.append(node)
    return found


def run_varied(
    program: Program, values: Sequence[float], starts: Mapping[int, Array], nodes: Sequence[int]
) -> dict[int, Array]:
    """The values of `nodes` where the starts take theirs, all arrays of one shape; NaN and infinity are results.

    values   of every other node
    nodes    as `nodes_between` gives them, or its first part
    """
    found = dict(starts)
    with np.errstate(all="ignore"):
        for node in nodes:
            operation = program.operation(node)
            assert operation is not None
            operands = [
                found[operand] if operand in found else np.float64(values[operand])
                for operand in program.operands(node)
            ]
            found[node] = operation.forward(*operands, **program.attributes(node))
    return found


@cache
def parse_rule(text: str) -> Program:
    """A rule text of the registry as a program; its result is the root of its one statement."""
    return parse(text)


def run_rule(text: str, names: Mapping[str, Any]) -> list[Any]:
    """The values of every node of a rule text, where its names stand for these numbers or arrays."""
    rule = parse_rule(text)
    found: list[Any] = []
    with np.errstate(all="ignore"):
        for node in range(len(rule.ops)):
            operation = rule.operation(node)
            if operation is not None:
                operands = [found[operand] for operand in rule.operands(node)]
                found.append(operation.forward(*operands, **rule.attributes(node)))
            elif rule.is_leaf(node):
                found.append(np.float64(1.0) * names[rule.leaves[node]])
            else:
                found.append(np.float64(rule.slots[~rule.first[node]]))
    return found


def check_points(points: int, limits: Limits) -> None:
    """Raises UserError "limit" when a curve has more points than are allowed."""
    if points > limits.max_points:
        setting = setting_name("max_points")
        message = f"A curve of {points:,} points is asked for; the limit is {limits.max_points:,}, set by {setting}."
        raise UserError([Problem("too-many-points", message, "Ask for fewer points.", field="points")], "limit")


def check_effort(gates: int, points: int, hint: str, limits: Limits) -> None:
    """Raises UserError "limit" when so many gates at so many points are more than one request may ask for."""
    count = gates * points
    if count <= limits.max_gate_runs:
        return
    setting = setting_name("max_gate_runs")
    message = (
        f"This needs {count:,} runs of a gate, {gates:,} gates at {points:,} points; "
        f"the limit is {limits.max_gate_runs:,}, set by {setting}."
    )
    raise UserError([Problem("too-many-gate-runs", message, hint)], "limit")
