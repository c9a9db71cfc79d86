"""What reading a program gives: its nodes as parallel lists, its names and its statements."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.language.text import Prepared
from app.language.vocabulary import CODE_MASK, CONSTANT, LEAF, OPERATION_OF, WHOLE_CODES, WIDE
from app.operations import Operation

Attributes = dict[str, Any]
Tensor = NDArray[np.float64]
Role = Literal["input", "parameter", "constant"]


@dataclass(slots=True)
class Function:
    """A function that the program defines: `neuron(w, x, b) = sigmoid(w x + b)`.

    pair         of its name; first_pair and last_pair are those of its statement
    body         its formula as a program with one statement; parameters and names from outside are leaves
    operands     leaves of the body in the order of a call's operands: parameters, then what comes from outside
    outside      nodes of the whole program that the body takes from outside: the last operands of every call
    result       position of the operand that a call gives back unchanged, as in `g(x, y) = x`; None for any other body
    before       how many other statements stand above it
    """

    name: str
    pair: int
    parameters: tuple[str, ...]
    body: Program
    before: int
    first_pair: int
    last_pair: int = 0
    operands: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()
    result: int | None = None


@dataclass(slots=True)
class OpenGroup:
    """What stands open: the gate it would be, the node that holds its result, the group around it.

    written                   the program itself writes a composite's primitive gates
    function, body, inside    of a call of the program's own function: the function, what the nodes of its body have
                              become, and the groups inside it by the node of the body that each was
    start, end                where the composite or the call is written
    """

    code: int
    operands: tuple[int, ...]
    attributes: Attributes
    output: int
    parent: int
    start: int
    end: int
    written: bool = False
    function: Function | None = None
    body: list[int] = field(default_factory=list)
    inside: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Places:
    """Where the parts of a program are written; starts and ends as positions.Positions reads them.

    starts, ends             of each node
    slot_pairs               pair of each slot's token, where it is one
    folded                   slot -> start, end and last operation of a literal made of several tokens, as `1/2` is
    first_pairs, last_pairs  of each statement
    value_lines              leaf -> start and end of the expression that gives its value
    implied                  nodes that are products without a sign
    products                 implied products behind a quotient or a power: end, code and start of what stands before
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    slot_pairs: list[int] = field(default_factory=list)
    folded: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    first_pairs: list[int] = field(default_factory=list)
    last_pairs: list[int] = field(default_factory=list)
    value_lines: dict[int, tuple[int, int]] = field(default_factory=dict)
    implied: set[int] = field(default_factory=set)
    products: list[tuple[int, int, int]] = field(default_factory=list)

    def slot(self, slot: int) -> tuple[int, int]:
        """Start and end of a literal."""
        if slot in self.folded:
            return self.folded[slot][:2]
        return self.slot_pairs[slot], self.slot_pairs[slot]


class Program:
    """A program as read: node i is ops[i] of first[i] and second[i], operands before users.

    ops       code of vocabulary.py, with the bits that say which operands are constants
    first     first operand; of a leaf or constant the complement of its slot
    second    second operand, -1 where there is none, WIDE where operands and attributes stand in `wide`
    constants, fixed   nodes that are literals; nodes that are `const` or computed from constants alone
    slots     value of each leaf and constant; None: a leaf without a value in the program
    slot_texts         slot -> text of a constant that was not typed
    tensors            slot -> value, where that is a tensor; its place in `slots` holds NaN

    names     name -> node                  leaves   node -> name, for leaves
    roles     name -> role that a keyword says
    functions name -> function of one's own, in the order of the text
    calls     node -> the function of one's own that it calls
    head      name and parameters of a definition `f(x, y) = …` that is read as the output, `f = …`
    targets, roots     per statement, the name it gives or None, and its node
    only_values        numbers of statements that are only a value

    groups, group_of   composites that stand open; node -> number of the innermost one around it, or -1
    written, moved     the program before composites were opened, and what its nodes have become in this one
    places             None where a quick reading did not ask for them; `places.places_of` does
    plans              what runs of this text have in common, whatever the values: the engine's, shared by all copies
                       of a program that is kept, else None
    """

    __slots__ = (
        "_leaves", "calls", "constants", "first", "fixed", "functions", "group_of", "groups", "head", "moved", "names",
        "only_values", "ops", "places", "plans", "prepared", "roles", "roots", "second", "slot_texts", "slots",
        "targets", "tensors", "wide", "written",
    )  # fmt: skip

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.ops: list[int] = []
        self.first: list[int] = []
        self.second: list[int] = []
        self.wide: dict[int, tuple[tuple[int, ...], Attributes]] = {}
        self.constants: list[int] = []
        self.fixed: set[int] = set()
        self.slots: list[float | None] = []
        self.slot_texts: dict[int, str] = {}
        self.tensors: dict[int, Tensor] = {}
        self.names: dict[str, int] = {}
        self._leaves: dict[int, str] | None = None
        self.roles: dict[str, Role] = {}
        self.functions: dict[str, Function] = {}
        self.calls: dict[int, Function] = {}
        self.head: tuple[str, tuple[str, ...]] | None = None
        self.targets: list[str | None] = []
        self.roots: list[int] = []
        self.only_values: set[int] = set()
        self.groups: list[OpenGroup] = []
        self.group_of: list[int] = []
        self.written: Program | None = None
        self.moved: list[int] = []
        self.places: Places | None = None
        self.plans: dict[Any, Any] | None = None

    @property
    def leaves(self) -> dict[int, str]:
        """Node -> name, for leaves, in topological order."""
        if self._leaves is None:
            self._leaves = {}
            for name, node in self.names.items():  # a leaf's own name was there before any other it was given
                if self.ops[node] == LEAF:
                    self._leaves.setdefault(node, name)
        return self._leaves

    @leaves.setter
    def leaves(self, leaves: dict[int, str]) -> None:
        self._leaves = leaves

    def with_own_values(self) -> Program:
        """The same program with values, roles' marks and statements of its own, so that another run may change them."""
        other = copy(self)
        other.slots, other.tensors = [*self.slots], {**self.tensors}
        if self.roles:
            other.ops, other.fixed = [*self.ops], {*self.fixed}
        other.targets, other.roots = [*self.targets], [*self.roots]
        return other

    def without_nodes(self) -> Program:
        """A program with the same text, slots and statements and no nodes yet, for passes that rewrite nodes."""
        other = copy(self)
        other.ops, other.first, other.second, other.wide, other.calls = [], [], [], {}, {}
        other.constants, other.fixed, other.groups, other.group_of = [], set(), [], []
        other.plans = None
        other.slots, other.slot_texts, other.tensors = [*self.slots], {**self.slot_texts}, {**self.tensors}
        return other

    def move_names(self, source: Program, moved: list[int]) -> None:
        """Takes over names and statements of the program that this one is made from; its node i is moved[i] here."""
        self.names = {name: moved[node] for name, node in source.names.items()}
        self.leaves = {moved[node]: name for node, name in source.leaves.items()}
        self.roots = [moved[root] for root in source.roots]

    @property
    def has_tensors(self) -> bool:
        """Whether some node may be a tensor: else everything is computed with Python floats."""
        return bool(self.tensors) or not WHOLE_CODES.isdisjoint(self.ops)

    def value_in(self, slot: int) -> float | Tensor | None:
        """The value in a slot; None: a leaf without one."""
        return self.tensors.get(slot, self.slots[slot])

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
        """Operation of a node; None for a leaf, a constant, or a call of one's own function."""
        return OPERATION_OF[self.ops[node] & CODE_MASK]

    def attributes(self, node: int) -> Attributes:
        """Attributes given in the call; those left out have their default."""
        return self.wide[node][1] if self.second[node] == WIDE else {}

    def node_names(self) -> dict[int, str]:
        """Node -> its name: a leaf's own, of a gate the first it was given."""
        names = dict(self.leaves)
        for target, root in zip(self.targets, self.roots, strict=True):
            if target is not None:
                names.setdefault(root, target)
        return names

    def is_leaf(self, node: int) -> bool:
        """Whether it is a named leaf."""
        return self.ops[node] == LEAF

    def is_constant(self, node: int) -> bool:
        """Whether it is a literal inside an expression."""
        return self.ops[node] == CONSTANT

    def is_fixed(self, node: int) -> bool:
        """Whether nothing is differentiated by it: a literal, a `const`, or what is computed from those alone."""
        return self.ops[node] == CONSTANT or node in self.fixed
