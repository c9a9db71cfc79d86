"""A worked solution as frozen records. Every number in it is printed so that its equation checks.

Formulas are LaTeX. `relation` is "=", or "≈" where even eight decimals would not give the printed result back.
Ids are those of an evaluation: "n3".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.errors import Span
from app.explain.digits import Printed
from app.graph.model import Kind

Relation = Literal["=", "≈"]
FactorKind = Literal["gradient", "local"]


@dataclass(frozen=True, slots=True)
class Given:
    """A leaf with its number; `defaulted`: nothing gave it one, so it is 1."""

    id: str
    label: str
    latex: str
    role: Kind
    value: Printed
    defaulted: bool
    on_path: bool
    span: Span | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the forward table.

    symbols   what the node is computed by            numbers   the same with numbers
    op        operation of its last gate              gates     ids of what is folded into it, itself last
    shown, glyph, folded   what its circle shows in a graph of named nodes
    on_path   whether the leaf that is asked for reaches it; True where every leaf is shown
    """

    id: str
    label: str
    latex: str
    op: str
    symbols: str
    numbers: str
    value: Printed
    relation: Relation
    on_path: bool
    span: Span
    gates: tuple[str, ...]
    shown: str
    glyph: str | None
    folded: bool


@dataclass(frozen=True, slots=True)
class Local:
    """d target / d source with everything else held.

    text      the simplified formula in our own language; symbols and numbers are the same as LaTeX
    numbers   None where the formula is a number, or a single name
    reason    condition, as LaTeX, that holds here and decides the formula
    remark    sentence of the registry, where the derivative is a matter of choice
    """

    source: str
    target: str
    head: str
    text: str
    symbols: str
    numbers: str | None
    value: Printed
    relation: Relation
    reason: str | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a chain: a gradient found before, d output / d source, or a local derivative d target / d source."""

    kind: FactorKind
    source: str
    target: str
    head: str
    number: Printed


@dataclass(frozen=True, slots=True)
class Term:
    """The part of a gradient that comes through one use of the node."""

    factors: tuple[Factor, ...]
    product: Printed


@dataclass(frozen=True, slots=True)
class Block:
    """The chain rule for one node: one term per use.

    reused      how many later blocks take this gradient as a factor
    more_terms  uses beyond those that are listed; the value has them all
    """

    id: str
    label: str
    latex: str
    head: str
    is_leaf: bool
    terms: tuple[Term, ...]
    value: Printed
    relation: Relation
    reused: int
    more_terms: int


@dataclass(frozen=True, slots=True)
class Update:
    """One step of gradient descent for one parameter: new = old − rate × gradient."""

    id: str
    label: str
    latex: str
    old: Printed
    gradient: Printed
    new: Printed
    relation: Relation


@dataclass(frozen=True, slots=True)
class Derivation:
    """The worked solution of a program for its output, with respect to every leaf, or to one node.

    leaf      id of the node that is asked for, or None for every leaf
    zero      labels of leaves that the output does not depend on: their gradient is 0
    notes     sentences on kinks, choices and numbers that are not finite
    digits_note   why more than four decimals are shown, or None
    steps, blocks_total   how many there are; rows and blocks list no more than the limit
    """

    output: str
    output_label: str
    output_latex: str
    leaf: str | None
    leaf_label: str | None
    leaf_latex: str | None
    given: tuple[Given, ...]
    rows: tuple[Row, ...]
    locals: tuple[Local, ...]
    blocks: tuple[Block, ...]
    updates: tuple[Update, ...]
    rate: Printed | None
    zero: tuple[str, ...]
    zero_latex: tuple[str, ...]
    notes: tuple[str, ...]
    digits_note: str | None
    steps: int
    blocks_total: int
    paths_from_leaf: int | None
