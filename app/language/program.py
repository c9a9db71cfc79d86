"""What reading a program gives: its nodes as parallel lists, its names and its statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.language.text import Prepared
from app.language.tokens import Positions
from app.language.vocabulary import CODE_MASK, CONSTANT, LEAF, OPERATION_OF, WIDE
from app.operations import Operation

Attributes = dict[str, float]
Role = Literal["input", "parameter", "constant"]


@dataclass(slots=True)
class Statement:
    """One statement: what it names, the node it stands for, its first and last pair, and whether it is only a value."""

    target: str | None
    root: int
    first_pair: int
    last_pair: int
    only_value: bool = False


@dataclass(slots=True)
class Group:
    """A composite that stands open: the gate it would be, and the node that holds its result."""

    code: int
    operands: tuple[int, ...]
    attributes: Attributes
    output: int
    parent: int


@dataclass(slots=True)
class Program:
    """A program as read: node i is ops[i] of first[i] and second[i], operands before users.

    ops       code of vocabulary.py, with the bits that say which operands are constants
    first     first operand; for a leaf or constant the complement of its slot
    second    second operand, -1 where there is none, WIDE where operands and attributes stand in `wide`
    starts, ends   where each node is written, as tokens.Positions reads it
    slots     value of each leaf and constant; None: a leaf without a value in the program
    slot_starts, slot_ends   where each constant is written
    names     name -> node
    leaves    node -> name, for leaves
    value_lines    leaf -> start and end of the expression that gives its value
    roles     name -> role said with a keyword
    """

    prepared: Prepared
    ops: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    second: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    wide: dict[int, tuple[tuple[int, ...], Attributes]] = field(default_factory=dict)
    slots: list[float | None] = field(default_factory=list)
    slot_starts: list[int] = field(default_factory=list)
    slot_ends: list[int] = field(default_factory=list)
    slot_codes: dict[int, int] = field(default_factory=dict)
    slot_texts: dict[int, str] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    leaves: dict[int, str] = field(default_factory=dict)
    value_lines: dict[int, tuple[int, int]] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    products: list[tuple[int, int, int]] = field(default_factory=list)
    functions: dict[str, int] = field(default_factory=dict)
    constants: list[int] = field(default_factory=list)
    fixed: set[int] = field(default_factory=set)
    group_of: list[int] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    # One entry per statement:
    targets: list[str | None] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)
    first_pairs: list[int] = field(default_factory=list)
    last_pairs: list[int] = field(default_factory=list)
    only_values: set[int] = field(default_factory=set)

    def operands(self, node: int) -> tuple[int, ...]:
        """Operands of a node, in order, repeats kept."""
        second = self.second[node]
        if second >= 0:
            return (self.first[node], second)
        if second == WIDE:
            return self.wide[node][0]
        first = self.first[node]
        return (first,) if first >= 0 else ()

    def operation(self, node: int) -> Operation | None:
        """Operation of a node; None for a leaf or a constant."""
        return OPERATION_OF[self.ops[node] & CODE_MASK]

    def attributes(self, node: int) -> Attributes:
        """Attributes given in the call; those left out have their default."""
        return self.wide[node][1] if self.second[node] == WIDE else {}

    def is_fixed(self, node: int) -> bool:
        """Whether nothing is differentiated by this node: a literal, a `const`, or what is computed from those alone."""
        return self.ops[node] == CONSTANT or node in self.fixed

    def is_leaf(self, node: int) -> bool:
        """Whether it is a named leaf."""
        return self.ops[node] == LEAF

    def is_constant(self, node: int) -> bool:
        """Whether it is a literal inside an expression."""
        return self.ops[node] == CONSTANT

    def statement(self, index: int) -> Statement:
        """The statement with this number."""
        return Statement(
            self.targets[index],
            self.roots[index],
            self.first_pairs[index],
            self.last_pairs[index],
            index in self.only_values,
        )

    def positions(self) -> Positions:
        """Where its tokens stand; cuts the text again, so keep the result."""
        return Positions(self.prepared)
