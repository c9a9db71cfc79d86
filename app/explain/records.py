"""A worked solution as frozen records. Every number or tensor in it is printed so that its equation checks.

Formulas are LaTeX. `relation` is "=", or "≈" where even eight decimals would not give the printed result back.
Ids are those of an evaluation: "n3".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.errors import Span
from app.explain.digits import Printed
from app.explain.printed_tensors import Shown
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
    value: Shown
    defaulted: bool
    on_path: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the forward table.

    symbols   what the node is computed by            numbers   the same with numbers
    op        operation of its last gate              gates     ids of what is folded into it, itself last
    on_path   whether the leaf that is asked for reaches it; True where every leaf is shown
    """

    id: str
    label: str
    latex: str
    op: str
    symbols: str
    numbers: str
    value: Shown
    relation: Relation
    on_path: bool
    span: Span
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Local:
    """d target / d source with everything else held; between tensors d output / d source in the gradient of target.

    value     None for a rule that multiplies whole tensors, whose Jacobian nobody writes down
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
    value: Shown | None
    relation: Relation
    reason: str | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a chain: a gradient found before (d output / d source), or a local one (d target / d source)."""

    kind: FactorKind
    source: str
    target: str
    head: str
    number: Shown


@dataclass(frozen=True, slots=True)
class Term:
    """The part of a gradient that comes through one use of the node."""

    factors: tuple[Factor, ...]
    product: Shown


@dataclass(frozen=True, slots=True)
class AlgebraLine:
    """One step of algebra: the gradient as a formula, the same with numbers, what comes out, and what was done."""

    symbols: str
    numbers: str
    value: Shown
    relation: Relation
    why: str


@dataclass(frozen=True, slots=True)
class Block:
    """The chain rule for one node: one term per use.

    op          operation of its gate; None for a leaf
    symbols, numbers   the formula, where the gradient is one local derivative or comes by rules on tensors; else None
    shapes      of the factors and the result of a product of tensors, as LaTeX
    remarks     sentences on the rule: what is summed and why, which entries are off
    lines       steps of algebra between the factors and a shorter formula of the same gradient
    reused      how many later blocks take this gradient as a factor
    more_terms  uses beyond those that are listed; the value has them all
    """

    id: str
    label: str
    latex: str
    head: str
    op: str | None
    terms: tuple[Term, ...]
    symbols: str | None
    numbers: str | None
    value: Shown
    relation: Relation
    reused: int
    more_terms: int
    shapes: str | None = None
    remarks: tuple[str, ...] = ()
    lines: tuple[AlgebraLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """One step of gradient descent for one parameter: new = old − rate × gradient."""

    id: str
    label: str
    latex: str
    old: Shown
    gradient: Shown
    new: Shown
    relation: Relation


@dataclass(frozen=True, slots=True)
class NodeName:
    """A node by its names."""

    id: str
    label: str
    latex: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """The worked solution of a program for its output, with respect to every leaf, or to one node.

    leaf        the node that is asked for, or None for every leaf
    independent   nodes that the output does not depend on: their gradient is 0
    paths       from the node that is asked for to the output, between steps; None for every leaf
    notes       sentences on kinks, choices and numbers that are not finite
    digits_note   why more than four decimals are shown, or None
    leaves, steps, blocks_total   how many there are; given, rows and blocks list no more than the limit
    """

    output: NodeName
    leaf: NodeName | None
    given: tuple[Given, ...]
    rows: tuple[Row, ...]
    locals: tuple[Local, ...]
    blocks: tuple[Block, ...]
    updates: tuple[Update, ...]
    rate: Printed | None
    independent: tuple[NodeName, ...]
    paths: int | None
    notes: tuple[str, ...]
    digits_note: str | None
    leaves: int
    steps: int
    blocks_total: int
