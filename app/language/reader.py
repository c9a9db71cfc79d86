"""The state of one careful reading: stacks, the nodes written so far, and how a node is added."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import pairwise

import numpy as np

from app.errors import MAX_PROBLEMS, Fix, Problem, Span, quoted
from app.language.folding import evaluate, fold_tensors
from app.language.names import CONSTANT_NAMES, KEYWORDS, TRUTHS
from app.language.positions import Positions
from app.language.program import Attributes, Function, Places, Program, Tensor
from app.language.text import Prepared
from app.language.tokens import cut
from app.language.vocabulary import (
    ARRIVING,
    ATTRIBUTE,
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
from app.operations import Operation
from app.operations.shapes import ShapeError, implied_product
from app.operations.sizes import check_total, placed


class Reader:
    """Everything a careful reading knows at one moment.

    operands  nodes that wait; a literal is the complement of its slot and becomes a node only when an operation
              needs it, so that `1/2` is one constant
    begins    beside each operand, where it begins, brackets included
    stack     what will be done with the operands, as vocabulary.py codes it
    implied   places on the stack of products without a sign
    brackets, signs    where each open bracket and each pending sign stands
    complete  whether an operand stands complete, so that an operator is expected
    target, target_pair, begin    name on the left of this statement's `=`, its pair; first pair of the statement
    elements           of all tensors so far
    keyword_pair       of the last `input`, `param` or `const`
    output_pair        of the definition that is read as the output, -1 if none is
    definition         the function whose body is being read; `program` and `places` are then those of the body
    defining           name of the definition that is being read, also where it is the output
    called             names of functions of one's own that are called
    whole, whole_places    the whole program and its places, also while a body is read
    outside            node of the whole program -> leaf of the body that stands for it, where no name does
    """

    def __init__(self, prepared: Prepared, limits: Limits, *, folding: bool = True, output_pair: int = -1) -> None:
        self.prepared = prepared
        self.limits = limits
        self.folding = folding
        self.pairs = cut(prepared.text)
        self.numbered = iter(enumerate(self.pairs))
        self.positions = Positions(prepared)
        self.program = self.whole = Program(prepared)
        self.program.leaves = {}
        self.places = self.program.places = Places()
        self.output_pair = output_pair
        self.definition: Function | None = None
        self.defining: str | None = None
        self.called: set[str] = set()
        self.whole_places = self.places
        self.outside: dict[int, int] = {}
        self.problems: list[Problem] = []
        self.operands: list[int] = []
        self.begins: list[int] = []
        self.stack: list[int] = [BOTTOM]
        self.brackets: list[int] = []
        self.signs: list[int] = []
        self.implied: set[int] = set()
        self.attribute_names: list[tuple[str, int]] = []
        self.euler: set[int] = set()
        self.complete = False
        self.target: str | None = None
        self.target_pair = 0
        self.begin = 0
        self.keyword_pair = -1
        self.elements = 0

    def complain(self, code: str, message: str, span: Span, hint: str | None = None, fix: Fix | None = None) -> None:
        """Notes one problem; those beyond the number that is told are dropped."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, message, hint, span, fix))

    def is_at_start(self) -> bool:
        """Whether nothing of a statement has been read yet, not even a name and `=`."""
        return not self.operands and len(self.stack) == 1 and self.target is None

    def is_first_token(self, pair: int) -> bool:
        """Whether only blank lines stand before this pair in its statement."""
        return all(self.pairs[before] == ("", "\n") for before in range(self.begin, pair))

    # Leaves and literals

    def mention(self, pair: int, name: str) -> int:
        """The operand for a name that was not met before: a constant of mathematics, or a new leaf; `keepdims=True`."""
        self.check_length(pair, name)
        if name in TRUTHS and self.stack[-1] == ATTRIBUTE:
            return self.literal(TRUTHS[name], pair)
        if name in CONSTANT_NAMES and name not in self._assigned_constants:
            operand = self.literal(CONSTANT_NAMES[name], pair)
            if name == "e":
                self.euler.add(~operand)
            return operand
        return self.leaf(name, pair)

    def check_length(self, pair: int, name: str) -> None:
        """Complains of a name that is too long."""
        limit = self.limits.max_name_chars
        if len(name) > limit:
            message = f"The name {quoted(name)} has {len(name):,} characters; the limit is {limit:,}."
            self.complain("name-too-long", message, self.positions.operand(pair))

    def leaf(self, name: str | None, pair: int) -> int:
        """A new leaf; without a name it only stands where an operand is missing."""
        program = self.program
        node = self._append(LEAF, ~len(program.slots), -1, pair, pair)
        program.slots.append(None)
        self.places.slot_pairs.append(pair)
        if name is not None:
            program.names[name] = node
            program.leaves[node] = name
        return node

    def literal(self, value: float | Tensor, pair: int) -> int:
        """The operand for a literal."""
        if isinstance(value, np.ndarray):
            self.elements += value.size
            check_total(self.elements, self.limits)
            self.program.tensors[len(self.program.slots)] = value
            value = math.nan
        self.program.slots.append(value)
        self.places.slot_pairs.append(pair)
        return ~(len(self.program.slots) - 1)

    def constant(self, operand: int) -> int:
        """The node of an operand: a literal becomes a constant of the graph."""
        if operand >= 0:
            return operand
        node = self._append(CONSTANT, operand, -1, *self.places.slot(~operand))
        self.program.constants.append(node)
        return node

    def missing(self, pair: int) -> None:
        """Puts a nameless leaf where an operand is missing, so that reading goes on."""
        self.operands.append(self.leaf(None, pair))
        self.begins.append(pair)

    def take_back(self, pair: int) -> None:
        """Undoes the mention of this pair's name, which turned out to be no operand."""
        operand = self.operands.pop()
        self.begins.pop()
        program, places = self.program, self.places
        last = len(program.ops) - 1
        if operand == last >= 0 and program.ops[last] == LEAF and places.starts[last] == pair:
            for column in (program.ops, program.first, program.second, places.starts, places.ends, places.slot_pairs):
                column.pop()
            program.slots.pop()
            del program.names[program.leaves.pop(last)]

    @cached_property
    def heads(self) -> dict[str, int]:
        """Name -> pair of the last definition `f(x, y) = …` of it, wherever in the text."""
        found: dict[str, int] = {}
        opened = -1
        for pair, (operand, operator) in enumerate(self.pairs):
            if operator == "(":
                opened = pair if operand > ":" else -1
            elif operator == ")" and opened >= 0 and self.pairs[pair + 1] == ("", "="):
                found[self.pairs[opened][0]] = opened
            elif operator != ",":
                opened = -1
        return found

    @cached_property
    def _assigned_constants(self) -> set[str]:
        """Names of constants that the program gives a meaning of its own somewhere."""
        declared = (name for (word, _), (name, _) in pairwise(self.pairs) if word in KEYWORDS)
        assigned = (name for name, operator in self.pairs if operator == "=")
        return {name for name in (*declared, *assigned) if name in CONSTANT_NAMES}

    # Operations

    def open_bracket(self, start: int, *entries: int) -> None:
        """Puts a bracket on the stack, with the function it belongs to below it."""
        self.stack += entries
        self.brackets.append(start)
        self.complete = False

    def reduce(self, least: int, end: int) -> None:
        """Does what stands on the stack and binds at least as tightly as `least`."""
        while least <= STACK_PRECEDENCE[self.stack[-1]]:
            entry = self.stack.pop()
            if entry < PREFIX:
                second = self.operands.pop()
                self.begins.pop()
                first, begin = self.operands[-1], self.begins[-1]
                self.operands[-1] = self.apply(entry, [first, second], begin, end)
                if len(self.stack) in self.implied:
                    self.implied.discard(len(self.stack))
                    if self.operands[-1] >= 0:
                        self.places.implied.add(self.operands[-1])
                    else:
                        self._check_implied(first, second, begin, end)
            else:
                self.begins[-1] = self.signs.pop()
                self.operands[-1] = self.apply(entry - PREFIX, [self.operands[-1]], self.begins[-1], end)

    def _check_implied(self, first: int, second: int, begin: int, end: int) -> None:
        """Two lists side by side, whose product is known already."""
        given = [self.program.tensors.get(~one) for one in (first, second)]
        if refusal := implied_product([() if one is None else one.shape for one in given]):
            self.complain("implied-tensor-product", refusal[0], self.positions.span(begin, end), refusal[1])

    def apply(self, code: int, operands: list[int], start: int, end: int, attributes: Attributes | None = None) -> int:
        """The operand for an operation on operands: a literal if all of them are, else a new node."""
        if self.folding and all(operand < 0 for operand in operands):
            return self._fold(code, operands, start, end, attributes or {})
        if code == POWER and ~operands[0] in self.euler:
            code, operands = EXPONENTIAL, operands[1:]
        nodes = [self.constant(operand) for operand in operands]
        if len(nodes) > 2 or attributes:
            return self.wide_node(code, nodes, start, end, attributes)
        if operands[0] < 0:
            code |= FIRST_CONSTANT
        if len(nodes) == 1:
            return self._append(code, nodes[0], -1, start, end)
        if operands[1] < 0:
            code |= SECOND_CONSTANT
        return self._append(code, nodes[0], nodes[1], start, end)

    def wide_node(
        self, code: int, operands: list[int], start: int, end: int, attributes: Attributes | None = None
    ) -> int:
        """A new node with any number of operands, and attributes."""
        node = self._append(code, operands[0], WIDE, start, end)
        self.program.wide[node] = (tuple(operands), attributes or {})
        return node

    def last_token(self, pair: int) -> tuple[int, bool]:
        """The last pair up to this one with a token that counts, and whether an operand stands complete behind it."""
        for at in range(pair, -1, -1):
            operand, operator = self.pairs[at]
            if operator in ("(", "=", "[") or (operator in ARRIVING and operator not in ("\n", ")", "]", ";")):
                return at, False
            if operand or operator in (")", "]", ".T"):
                return at, True
        return 0, False

    def _fold(self, code: int, operands: list[int], start: int, end: int, attributes: Attributes) -> int:
        slots, called = self.program.slots, code
        operation = OPERATION_OF[code]
        assert operation is not None
        if operation.whole or any(~operand in self.program.tensors for operand in operands):
            return self._fold_tensors(operation, code, operands, start, end, attributes)
        numbers = [slots[~operand] or 0.0 for operand in operands]
        if code == POWER and ~operands[0] in self.euler:
            called, numbers = EXPONENTIAL, numbers[1:]
        operation = OPERATION_OF[called]
        assert operation is not None
        folded = self.literal(evaluate(operation, numbers, attributes), start)
        self.places.folded[~folded] = (start, end, code)
        return folded

    def _fold_tensors(
        self, operation: Operation, code: int, operands: list[int], start: int, end: int, attributes: Attributes
    ) -> int:
        given = [self.program.value_in(~operand) for operand in operands]
        try:
            with placed(self.positions.span(start, end)):
                value = fold_tensors(operation, [0.0 if one is None else one for one in given], attributes, self.limits)
        except ShapeError as error:
            self.complain("shape", error.message, self.positions.span(start, end), error.hint)
            return self.leaf(None, start)
        folded = self.literal(value, start)
        self.places.folded[~folded] = (start, end, code)
        return folded

    def _append(self, op: int, first: int, second: int, start: int, end: int) -> int:
        program, places = self.program, self.places
        program.ops.append(op)
        program.first.append(first)
        program.second.append(second)
        places.starts.append(start)
        places.ends.append(end)
        return len(program.ops) - 1
