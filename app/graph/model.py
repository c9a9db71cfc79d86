"""The graph of a program: nodes in topological order, edges with operand positions, groups that fold into a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from app.errors import Span

Kind = Literal["input", "parameter", "constant", "operation"]


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the graph.

    id           "n0", "n1", … in topological order, the same for the same text
    kind         role of a leaf, or "operation"
    op           name of the operation in the registry; None for a leaf
    operands     ids in operand order, repeats kept: `x * x` has ("n0", "n0")
    name         the program's name for it, or None
    label        what formulas call it: its name, the literal as typed, else s0, s1, … (the output: f)
    latex        the label as LaTeX
    shape        () for a scalar
    depth        longest path from a leaf
    group        id of the group it lies in, or None
    span         where it is written: a leaf's first use, a gate's whole sub-expression
    value_span   of the number in the program that gives a leaf its value, or None
    """

    id: str
    kind: Kind
    op: str | None
    operands: tuple[str, ...]
    name: str | None
    label: str
    latex: str
    depth: int
    group: str | None = None
    span: Span | None = None
    value_span: Span | None = None
    shape: tuple[int, ...] = ()
    attributes: Mapping[str, float] = field(default_factory=dict)


class Edge(NamedTuple):
    """The wire from one node to operand position `operand` of another, with the gradient it carries.

    upstream     gradient arriving at the target        local   d target / d this operand
    downstream   upstream x local: what this edge passes on to the source
    summed       axes of the target that the gradient was summed over, because the operand was repeated along them
    local and downstream are None on the edges of constants: nothing is differentiated by a constant.
    A tuple, because making thousands of frozen dataclasses takes longer than computing what is in them.
    """

    source: str
    target: str
    operand: int
    local: float | None
    upstream: float | None
    downstream: float | None
    summed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A composite or a call of one's own function that stands open: nodes with `group` equal to its id, and the closed
    gate they fold into.

    name      of a composite, the program's name for its result, or None; of a call, the function's name
    op        name of the composite in the registry; None for a call
    group     id of the group around it, or None
    operands  ids of the nodes that feed the closed gate, in operand order
    output    id of its last node
    value     by the operation's own, stable forward; may differ from the output node's where the open form overflows
    latex     a call with the labels of its operands; None for a composite, whose notation is in the registry
    span      where the composite or the call is written
    edges     of the closed gate; their target is the group's id
    written   the program writes its primitive gates instead of calling it
    """

    id: str
    name: str | None
    op: str | None
    title: str
    group: str | None
    operands: tuple[str, ...]
    output: str
    value: float
    gradient: float | None
    edges: tuple[Edge, ...]
    latex: str | None
    span: Span
    attributes: Mapping[str, float] = field(default_factory=dict)
    written: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Characters start to end of a statement's LaTeX are the sub-expression that is `node`."""

    node: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """How one statement was read: its LaTeX, and which part of it is which node; a definition makes no node."""

    latex: str
    node: str | None
    span: Span
    parts: tuple[Part, ...]
