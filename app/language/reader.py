"""The state of one reading: stacks, the nodes written so far, and how a node is added when literals are involved."""

from __future__ import annotations

import math

from app.errors import MAX_PROBLEMS, Fix, Problem, Span, quoted
from app.language.folding import evaluate
from app.language.program import Attributes, Program
from app.language.text import Prepared
from app.language.tokens import Pair, Positions, read_pairs
from app.language.vocabulary import (
    ARRIVING,
    BOTTOM,
    CONSTANT,
    EXPONENTIAL,
    FIRST_CONSTANT,
    LEAF,
    OPERATION_OF,
    POWER,
    PREFIX,
    SECOND_CONSTANT,
    STACK_PRECEDENCE,
    WIDE,
)
from app.limits import Limits

CONSTANT_NAMES = {"pi": math.pi, "π": math.pi, "e": math.e}


class Reader:
    """Everything the parser knows at one moment.

    On the stack of operands a node is its number, a literal the complement of its slot: literals become nodes only
    when an operation needs them, so that `1/2` is one constant. `begins` tells beside each operand where it begins,
    brackets included; `brackets` and `signs` tell where each open bracket and pending sign stands.
    """

    __slots__ = (
        "attribute_names",
        "begin",
        "begins",
        "brackets",
        "definitions",
        "euler",
        "folding",
        "limits",
        "operands",
        "pairs",
        "positions",
        "prepared",
        "problems",
        "program",
        "signs",
        "stack",
        "target",
        "target_pair",
    )

    def __init__(self, prepared: Prepared, limits: Limits, folding: bool = True) -> None:
        self.prepared = prepared
        self.limits = limits
        self.folding = folding
        self.program = Program(prepared)
        self.pairs: list[Pair] = read_pairs(prepared.text)
        self.positions = Positions(prepared)
        self.problems: list[Problem] = []
        self.operands: list[int] = []
        self.begins: list[int] = []
        self.stack: list[int] = [BOTTOM]
        self.brackets: list[int] = []
        self.signs: list[int] = []
        self.attribute_names: list[tuple[str, int]] = []
        self.target: str | None = None
        self.target_pair = 0
        self.begin = 0
        self.euler: set[int] = set()
        self.definitions: dict[str, tuple[tuple[str, ...], int]] = {}

    # Problems

    def complain(
        self, code: str, message: str, span: Span, hint: str | None = None, fix: Fix | None = None
    ) -> None:
        """Notes one problem; those beyond the number that is told are dropped."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, message, hint, span, fix))

    # Leaves and literals

    def mention(self, pair: int, name: str) -> int:
        """The operand for a name that was not met before: a constant of mathematics, or a new leaf."""
        if len(name) > self.limits.max_name_chars:
            limit = self.limits.max_name_chars
            self.complain(
                "name-too-long",
                f"The name {quoted(name)} has {len(name):,} characters; the limit is {limit:,}.",
                self.positions.operand(pair),
            )
        value = CONSTANT_NAMES.get(name)
        if value is not None and not self._is_assigned(name):
            slot = self.literal(value, pair, 2 * pair)
            if name == "e":
                self.euler.add(~slot)
            return slot
        return self.leaf(name, pair)

    def leaf(self, name: str | None, pair: int) -> int:
        """A new leaf; without a name it only stands where an operand is missing."""
        program = self.program
        node = len(program.ops)
        self._append(LEAF, ~len(program.slots), -1, pair, 2 * pair)
        program.slots.append(None)
        program.slot_starts.append(pair)
        program.slot_ends.append(2 * pair)
        if name is not None:
            program.names[name] = node
            program.leaves[node] = name
        return node

    def literal(self, value: float, start: int, end: int) -> int:
        """The operand for a literal."""
        program = self.program
        program.slots.append(value)
        program.slot_starts.append(start)
        program.slot_ends.append(end)
        return ~(len(program.slots) - 1)

    def constant(self, operand: int) -> int:
        """The node of an operand: a literal becomes a constant of the graph."""
        if operand >= 0:
            return operand
        program = self.program
        self._append(CONSTANT, operand, -1, program.slot_starts[~operand], program.slot_ends[~operand])
        program.constants.append(len(program.ops) - 1)
        return len(program.ops) - 1

    def missing(self, pair: int) -> None:
        """Puts a nameless leaf where an operand is missing, so that reading goes on."""
        self.operands.append(self.leaf(None, pair))
        self.begins.append(pair)

    def take_back(self, pair: int) -> None:
        """Undoes the mention of this pair's name, which turned out to be no operand."""
        operand = self.operands.pop()
        self.begins.pop()
        program = self.program
        last = len(program.ops) - 1
        if operand == last and program.ops[last] == LEAF and program.starts[last] == pair:
            for column in (program.ops, program.first, program.second, program.starts, program.ends):
                column.pop()
            for values in (program.slots, program.slot_starts, program.slot_ends):
                values.pop()
            del program.names[program.leaves.pop(last)]

    def _is_assigned(self, name: str) -> bool:
        return any(pair == (name, "=") for pair in self.pairs)

    # Operations

    def apply(self, code: int, operands: list[int], start: int, end: int, attributes: Attributes | None = None) -> int:
        """The operand for an operation on operands: a literal if all of them are, else a new node."""
        if self.folding and operands and all(operand < 0 for operand in operands):
            return self._fold(code, operands, start, end, attributes or {})
        if code == POWER and ~operands[0] in self.euler:
            code, operands = EXPONENTIAL, operands[1:]
        nodes = [self.constant(operand) for operand in operands]
        program = self.program
        node = len(program.ops)
        if len(nodes) > 2 or attributes or not nodes:
            program.wide[node] = (tuple(nodes), attributes or {})
            self._append(code, nodes[0] if nodes else -1, WIDE, start, end)
            return node
        if operands[0] < 0:
            code |= FIRST_CONSTANT
        if operands[-1] < 0 and len(nodes) == 2:
            code |= SECOND_CONSTANT
        self._append(code, nodes[0], nodes[1] if len(nodes) == 2 else -1, start, end)
        return node

    def combine(self, code: int, second: int, end: int) -> None:
        """Replaces the top operand by an infix operation on it and `second`, of which one at least is a literal."""
        self.operands[-1] = self.apply(code, [self.operands[-1], second], self.begins[-1], end)

    def reduce(self, least: int, end: int) -> None:
        """Does what stands on the stack and binds at least as tightly as `least`."""
        while least <= STACK_PRECEDENCE[self.stack[-1]]:
            entry = self.stack.pop()
            if entry < PREFIX:
                second = self.operands.pop()
                self.begins.pop()
                self.combine(entry, second, end)
            else:
                self.begins[-1] = self.signs.pop()
                self.operands[-1] = self.apply(entry - PREFIX, [self.operands[-1]], self.begins[-1], end)

    def last_token(self, pair: int) -> tuple[int, bool]:
        """The last pair up to this one with a token that counts, and whether an operand stands complete behind it."""
        for at in range(pair, -1, -1):
            operand, operator = self.pairs[at]
            if operator in ARRIVING and operator not in ("\n", ")", ";"):
                return at, False
            if operator in ("(", "="):
                return at, False
            if operand or operator == ")":
                return at, True
        return 0, False

    def end_before(self, pair: int) -> int:
        """End code of what stands before the operator of a pair."""
        return 2 * pair if self.pairs[pair][0] else 2 * pair - 1

    def _fold(self, code: int, operands: list[int], start: int, end: int, attributes: Attributes) -> int:
        slots = self.program.slots
        operation = OPERATION_OF[EXPONENTIAL if code == POWER and ~operands[0] in self.euler else code]
        assert operation is not None
        if operation.name == "exp" and len(operands) == 2:
            operands = operands[1:]
        value = evaluate(operation, [slots[~operand] or 0.0 for operand in operands], attributes)
        folded = self.literal(value, start, end)
        self.program.slot_codes[~folded] = code
        return folded

    def _append(self, op: int, first: int, second: int, start: int, end: int) -> None:
        program = self.program
        program.ops.append(op)
        program.first.append(first)
        program.second.append(second)
        program.starts.append(start)
        program.ends.append(end)
