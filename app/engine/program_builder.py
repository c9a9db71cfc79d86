"""Nodes added to a program that nobody typed, each with its value, and the rule texts of the registry as such nodes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from app.engine.varied import parse_rule
from app.language.constants import constant_text
from app.language.folding import evaluate
from app.language.places import places_of
from app.language.positions import Positions
from app.language.program import Attributes, Program
from app.language.vocabulary import (
    CODE_MASK,
    CONSTANT,
    FIRST_CONSTANT,
    LEAF,
    MULTIPLY,
    OPERATION_OF,
    POWER,
    SECOND_CONSTANT,
    WHERE,
    WIDE,
)

Place = tuple[int, int]
"""Start and end of where a node is written, as positions.Positions reads them."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number that is no node yet: it becomes one where a gate uses it. `text` is how it is written."""

    value: float
    text: str


Operand = int | Literal


class ProgramBuilder:
    """Adds nodes to a program; `values` holds the value of every node, those that were there before included."""

    def __init__(self, program: Program, values: list[float]) -> None:
        self.program = program
        self.values = values
        self._places = places_of(program)

    def leaf(self, name: str, value: float, place: Place) -> int:
        """A new leaf."""
        program = self.program
        program.slots.append(value)
        node = self._append(LEAF, ~(len(program.slots) - 1), -1, value, place)
        program.names[name] = node
        program.leaves[node] = name
        return node

    def gate(self, code: int, operands: list[Operand], place: Place, attributes: Attributes | None = None) -> Operand:
        """A gate on these operands: a literal where all of them are, an operand where the gate gives that back."""
        operation = OPERATION_OF[code]
        assert operation is not None
        numbers = [each.value if isinstance(each, Literal) else self.values[each] for each in operands]
        value = evaluate(operation, numbers, attributes or {})
        if all(isinstance(each, Literal) for each in operands) and math.isfinite(value):
            return Literal(value, f"{value:.6g}")
        if (unchanged := _unchanged(code, operands)) is not None:
            return unchanged
        nodes = [self.node(each, place) for each in operands]
        program = self.program
        node = len(program.ops)
        if len(nodes) > 2 or attributes:
            program.wide[node] = (tuple(nodes), attributes or {})
            self._append(code, nodes[0], WIDE, value, place)
        else:
            bits = (FIRST_CONSTANT, SECOND_CONSTANT)
            code |= sum(bit for bit, each in zip(bits, nodes, strict=False) if program.is_fixed(each))
            self._append(code, nodes[0], nodes[1] if len(nodes) == 2 else -1, value, place)
        if all(program.is_fixed(each) for each in nodes):
            program.fixed.add(node)
        return node

    def node(self, operand: Operand, place: Place) -> int:
        """The node of an operand: a literal becomes a constant."""
        if not isinstance(operand, Literal):
            return operand
        program = self.program
        program.slots.append(operand.value)
        program.slot_texts[len(program.slots) - 1] = operand.text
        node = self._append(CONSTANT, ~(len(program.slots) - 1), -1, operand.value, place)
        program.constants.append(node)
        return node

    def rule(self, text: str, numbers: Mapping[str, float], operand: Callable[[str], Operand], place: Place) -> Operand:
        """A rule text of the registry as gates.

        numbers   what its names stand for     operand   the same as nodes, asked for those that are needed
        Of a `where` only the case that holds is built: the other may be infinite here, and 0 times infinity would
        spoil what is differentiated further.
        """
        body, values = parse_rule(text), _values_of(text, numbers)
        root, needed = _needed(body, values)
        made: dict[int, Operand] = {}
        for node in sorted(needed):
            op = body.ops[node] & CODE_MASK
            if op == LEAF:
                made[node] = operand(body.leaves[node])
            elif op == CONSTANT:
                made[node] = Literal(values[node], _literals_of(text)[node])
            else:
                operands = [made[_chosen(body, values, each)] for each in body.operands(node)]
                made[node] = self.gate(op, operands, place, body.attributes(node) or None)
        return made[root]

    def times(self, node: int, factor: Literal, place: Place) -> int:
        """A node times a number as a gate, also where the number is 1."""
        program, value, second = self.program, self.values[node] * factor.value, self.node(factor, place)
        bits = SECOND_CONSTANT | (FIRST_CONSTANT if program.is_fixed(node) else 0)
        return self._append(MULTIPLY | bits, node, second, value, place)

    def _append(self, op: int, first: int, second: int, value: float, place: Place) -> int:
        program, places = self.program, self._places
        program.ops.append(op)
        program.first.append(first)
        program.second.append(second)
        self.values.append(value)
        places.starts.append(place[0])
        places.ends.append(place[1])
        return len(program.ops) - 1


def rule_value(text: str, numbers: Mapping[str, float]) -> float:
    """The number that a rule text of the registry gives where its names stand for these."""
    return _values_of(text, numbers)[parse_rule(text).roots[-1]]


def _values_of(text: str, numbers: Mapping[str, float]) -> list[float]:
    """The values of every node of a rule text."""
    body = parse_rule(text)
    values: list[float] = []
    for node in range(len(body.ops)):
        operation = body.operation(node)
        if operation is not None:
            operands = [values[each] for each in body.operands(node)]
            values.append(evaluate(operation, operands, body.attributes(node)))
        elif body.is_leaf(node):
            values.append(numbers[body.leaves[node]])
        else:
            number = body.slots[~body.first[node]]
            assert number is not None
            values.append(number)
    return values


def _unchanged(code: int, operands: list[Operand]) -> Operand | None:
    """The operand that `1 * x`, `x * 1` and `x^1` give back, bit by bit; None for other gates."""
    if code in (MULTIPLY, POWER) and isinstance(operands[1], Literal) and operands[1].value == 1.0:
        return operands[0]
    if code == MULTIPLY and isinstance(operands[0], Literal) and operands[0].value == 1.0:
        return operands[1]
    return None


def _needed(body: Program, values: list[float]) -> tuple[int, set[int]]:
    """The node that is a rule's result, and all that it is computed from."""
    root = _chosen(body, values, body.roots[-1])
    needed: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in needed:
            needed.add(node)
            stack += [_chosen(body, values, each) for each in body.operands(node)]
    return root, needed


def _chosen(body: Program, values: list[float], node: int) -> int:
    """The node itself; of a `where` the case that holds."""
    while body.ops[node] & CODE_MASK == WHERE:
        condition, first, second = body.operands(node)
        node = first if values[condition] != 0 else second
    return node


@cache
def _literals_of(text: str) -> dict[int, str]:
    """Node -> text of the literals in a rule."""
    body = parse_rule(text)
    positions = Positions(body.prepared)
    return {node: constant_text(body, ~body.first[node], positions) for node in body.constants}
