"""The state of one reading: stacks, the nodes written so far, and how a node is added when literals are involved."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from app.errors import MAX_PROBLEMS, Fix, Problem, Span, quoted
from app.language.folding import evaluate
from app.language.positions import Positions
from app.language.program import Attributes, Program
from app.language.text import Prepared
from app.language.tokens import NAME, NUMBER, Pair, UnusualTextError, cut, cut_quickly
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

_NAME = re.compile(NAME)
_NUMBER = re.compile(NUMBER)


class Reader:
    """Everything the parser knows at one moment.

    On the stack of operands a node is its number, a literal the complement of its slot: literals become nodes only
    when an operation needs them, so that `1/2` is one constant. `begins` tells beside each operand where it begins,
    brackets included; `brackets` and `signs` tell where each open bracket and pending sign stands.

    A quick reading takes pairs from `cut_quickly` and raises UnusualTextError at whatever that may have cut wrongly, and
    at every mistake; the parser then reads once more, not quickly.
    """

    __slots__ = (
        "_constants", "_pairs", "_positions", "attribute_names", "begin", "begins", "brackets", "euler", "folding",
        "limits", "numbered", "operands", "prepared", "problems", "program", "quick", "signs", "stack", "target",
        "target_pair",
    )  # fmt: skip

    def __init__(self, prepared: Prepared, limits: Limits, *, quick: bool, folding: bool = True) -> None:
        self.prepared = prepared
        self.limits = limits
        self.folding = folding
        self.program = Program(prepared)
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
        self._constants: set[str] | None = None
        self._positions: Positions | None = None
        self._pairs: list[Pair] | None = None
        pieces = cut_quickly(prepared.text) if quick else None
        self.quick = pieces is not None
        self.numbered: Iterator[tuple[int, Pair]]
        if pieces is None:
            self.numbered = enumerate(self.pairs)
        else:
            alternating = iter(pieces)
            self.numbered = enumerate(zip(alternating, alternating))  # noqa: B905  # the last piece is empty

    @property
    def pairs(self) -> list[Pair]:
        """All pairs; a quick reading must not ask, as it may see others."""
        self.only_if_unhurried()
        if self._pairs is None:
            self._pairs = cut(self.prepared.text)
        return self._pairs

    @property
    def positions(self) -> Positions:
        """Where tokens stand."""
        self.only_if_unhurried()
        if self._positions is None:
            self._positions = Positions(self.prepared)
        return self._positions

    def only_if_unhurried(self) -> None:
        """Raises UnusualTextError in a quick reading: what follows must not be judged from pairs cut quickly."""
        if self.quick:
            raise UnusualTextError

    def complain(self, code: str, message: str, span: Span, hint: str | None = None, fix: Fix | None = None) -> None:
        """Notes one problem; those beyond the number that is told are dropped."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, message, hint, span, fix))

    # Leaves and literals

    def mention(self, pair: int, name: str) -> int:
        """The operand for a name that was not met before: a constant of mathematics, or a new leaf."""
        if not _NAME.fullmatch(name):
            raise UnusualTextError
        if len(name) > self.limits.max_name_chars:
            limit = self.limits.max_name_chars
            message = f"The name {quoted(name)} has {len(name):,} characters; the limit is {limit:,}."
            self.complain("name-too-long", message, self.positions.operand(pair))
        if name in CONSTANT_NAMES and name not in self._assigned_constants():
            operand = self.literal(CONSTANT_NAMES[name], pair)
            if name == "e":
                self.euler.add(~operand)
            return operand
        return self.leaf(name, pair)

    def leaf(self, name: str | None, pair: int) -> int:
        """A new leaf; without a name it only stands where an operand is missing."""
        program = self.program
        node = len(program.ops)
        self._append(LEAF, ~len(program.slots), -1, pair, pair)
        program.slots.append(None)
        program.slot_pairs.append(pair)
        if name is not None:
            program.names[name] = node
            program.leaves[node] = name
        return node

    def number(self, text: str) -> float:
        """The value of a number that is not digits alone."""
        if not _NUMBER.fullmatch(text):
            raise UnusualTextError
        return float(text)

    def literal(self, value: float, pair: int) -> int:
        """The operand for a literal."""
        self.program.slots.append(value)
        self.program.slot_pairs.append(pair)
        return ~(len(self.program.slots) - 1)

    def constant(self, operand: int) -> int:
        """The node of an operand: a literal becomes a constant of the graph."""
        if operand >= 0:
            return operand
        program = self.program
        program.constants.append(len(program.ops))
        self._append(CONSTANT, operand, -1, *program.slot_place(~operand))
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
            program.slots.pop()
            program.slot_pairs.pop()
            del program.names[program.leaves.pop(last)]

    def _assigned_constants(self) -> set[str]:
        """Names of constants that the program gives a meaning of its own somewhere."""
        if self._constants is None:
            pairs = cut(self.prepared.text)
            self._constants = {name for name, operator in pairs if operator == "=" and name in CONSTANT_NAMES}
        return self._constants

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
        """Replaces the top operand by an infix operation on it and `second`."""
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
            if operator in ("(", "=") or (operator in ARRIVING and operator not in ("\n", ")", ";")):
                return at, False
            if operand or operator == ")":
                return at, True
        return 0, False

    def _fold(self, code: int, operands: list[int], start: int, end: int, attributes: Attributes) -> int:
        slots = self.program.slots
        numbers = [slots[~operand] or 0.0 for operand in operands]
        if code == POWER and ~operands[0] in self.euler:
            operation, numbers = OPERATION_OF[EXPONENTIAL], numbers[1:]
        else:
            operation = OPERATION_OF[code]
        assert operation is not None
        folded = self.literal(evaluate(operation, numbers, attributes), start)
        self.program.folded[~folded] = (start, end, code)
        return folded

    def _append(self, op: int, first: int, second: int, start: int, end: int) -> None:
        program = self.program
        program.ops.append(op)
        program.first.append(first)
        program.second.append(second)
        program.starts.append(start)
        program.ends.append(end)
