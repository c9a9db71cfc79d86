"""Which entries of a gate are computed from which entries of its operands, and by what slope: the gate entry by entry.

A table of one gate and one operand has a row for each entry of the result and a column for each entry of the operand.
Only what asks about single entries builds them, and only where all of them together stay below a limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.rules import Rules, rules_for
from app.engine.tensors.forward import Value
from app.engine.tensors.reverse import pass_back
from app.engine.tensors.trace import TensorTrace
from app.language.program import Program
from app.operations import Operation
from app.operations.shapes import axis_of

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Links:
    """there   whether the entry of the result is computed from the entry of the operand, whatever the numbers are
    local   d result / d operand, 0 where there is no link"""

    there: NDArray[np.bool_]
    local: Array


def count_links(trace: TensorTrace, nodes: Sequence[int]) -> int:
    """How many places the tables of these gates have, constants left out."""
    program, values = trace.program, trace.values
    return sum(
        int(np.size(values[node])) * int(np.size(values[one]))
        for node in nodes
        for one in program.operands(node)
        if not program.is_fixed(one)
    )


def gate_links(trace: TensorTrace, node: int, position: int) -> Links:
    """The table of one gate and one operand, which is no constant."""
    program, values, rules = trace.program, trace.values, rules_for(trace.conventions)
    operation = program.operation(node)
    assert operation is not None
    table = (int(np.size(values[node])), int(np.size(values[program.operands(node)[position]])))
    if not operation.whole:
        return _entry_by_entry(program, values, node, position, operation, table, rules)
    there = _reads(program, values, node, position, operation, table, rules)
    local = np.zeros(table)
    for at, unit in enumerate(np.eye(table[0])):
        upstream = unit.reshape(np.shape(values[node]))
        local[at] = np.ravel(pass_back(program, values, node, position, upstream, rules).downstream)
    return Links(there, np.where(there, local, 0.0) + 0.0)


def _entry_by_entry(
    program: Program, values: list[Value], node: int, position: int, operation: Operation, table: tuple[int, int],
    rules: Rules,
) -> Links:  # fmt: skip
    shapes = [np.shape(values[one]) for one in program.operands(node)]
    entries = np.broadcast_shapes(*shapes)
    columns = np.broadcast_to(np.arange(table[1]).reshape(shapes[position]), entries).ravel()
    rows = np.zeros(columns.size, dtype=int) if operation.over else np.arange(table[0])
    part = pass_back(program, values, node, position, np.ones(np.shape(values[node])), rules)
    slopes = np.broadcast_to(np.asarray(part.local, dtype=np.float64), entries).ravel()
    there, local = np.zeros(table, dtype=bool), np.zeros(table)
    there[rows, columns] = True
    np.add.at(local, (rows, columns), slopes)
    return Links(there, local + 0.0)


def _reads(
    program: Program, values: list[Value], node: int, position: int, operation: Operation, table: tuple[int, int],
    rules: Rules,
) -> NDArray[np.bool_]:  # fmt: skip
    out, operand = np.shape(values[node]), program.operands(node)[position]
    shape = np.shape(values[operand])
    if operation.push == "linear":
        with_ones = [*values]
        for one in program.operands(node):
            with_ones[one] = np.ones(np.shape(values[one]))
        rows = [
            np.ravel(pass_back(program, with_ones, node, position, unit.reshape(out), rules).downstream) != 0
            for unit in np.eye(table[0])
        ]
        return np.asarray(rows, dtype=bool).reshape(table)
    axis = program.attributes(node).get("axis", operation.attributes.get("axis"))
    keeps = callable(operation.push)
    if axis is None and not keeps:
        return np.ones(table, dtype=bool)
    at = axis_of(shape, -1 if axis is None else axis)
    lanes = np.arange(table[1] // max(shape[at], 1)).reshape((*shape[:at], 1, *shape[at + 1 :]))
    of_operand = np.broadcast_to(lanes, shape).ravel()
    of_result = of_operand if keeps else lanes.ravel()
    return np.asarray(of_result[:, None] == of_operand[None, :])
