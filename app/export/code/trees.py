"""Rule texts as small trees, simplified where operands are numbers, and where a person would not write it out.

Every step keeps the value for all numbers, so the code is right where the reader changes them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.language.folding import evaluate
from app.language.program import Program
from app.operations import REGISTRY, Operation

_SHORT = 6
"""Digits and signs of a number that stands for a computation: 2 - 1 becomes 1, 1 / 3 stays as it is."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number; `code` is how it is written where that is not its shortest text."""

    value: float
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A placeholder of the line: an operand, `out`, or a helper's name."""

    text: str


@dataclass(frozen=True, slots=True)
class Gate:
    """An operation of the registry on trees. `attributes` as pairs, so that trees can be compared."""

    op: str
    operands: tuple[Tree, ...]
    attributes: tuple[tuple[str, float], ...] = ()

    @property
    def operation(self) -> Operation:
        """Its entry in the registry."""
        return REGISTRY[self.op]


Tree = Number | Name | Gate

COUNTS = frozenset({"ties", "first", "k"})
"""Names that stand for whole numbers of Python in every target."""

ZERO, ONE = Number(0.0), Number(1.0)
_FLIPPED = {"gt": "ge", "lt": "le"}


def read_rule(rule: Program, names: Mapping[str, Tree], literal: Callable[[int], Number]) -> Tree:
    """The simplified tree of a rule in which names stand for these trees; `literal` gives the number of a slot."""
    trees: list[Tree] = []
    for node in range(len(rule.ops)):
        operation = rule.operation(node)
        if operation is not None:
            operands = tuple(trees[operand] for operand in rule.operands(node))
            trees.append(make(operation.name, operands, tuple(rule.attributes(node).items())))
        else:
            trees.append(names[rule.leaves[node]] if rule.is_leaf(node) else literal(~rule.first[node]))
    return trees[rule.roots[-1]]


def make(op: str, operands: tuple[Tree, ...], attributes: tuple[tuple[str, float], ...] = ()) -> Tree:
    """A gate, simplified; its operands are so already."""
    numbers = [operand.value for operand in operands if isinstance(operand, Number)]
    if len(numbers) == len(operands):
        return _folded(op, operands, numbers, attributes)
    if op == "where":
        return _where(*operands)
    simpler = _ARITHMETIC.get(op)
    found = simpler(*operands) if simpler else None
    return found if found is not None else Gate(op, operands, attributes)


def is_plain(tree: Tree, counts: frozenset[str] = COUNTS) -> bool:
    """Whether a tree is made of plain numbers alone: literals and counts. Trees are as deep as a rule text."""
    if isinstance(tree, Gate):
        return all(is_plain(operand, counts) for operand in tree.operands)
    return isinstance(tree, Number) or tree.text in counts


def _folded(
    op: str, operands: tuple[Tree, ...], numbers: list[float], attributes: tuple[tuple[str, float], ...]
) -> Tree:
    value = evaluate(REGISTRY[op], numbers, dict(attributes))
    if not math.isfinite(value) or len(number_text(value)) <= _SHORT:
        return Number(value + 0.0)
    return Gate(op, operands, attributes)


def is_number(tree: Tree, value: float) -> bool:
    """Whether a tree is this number, however it is written."""
    return isinstance(tree, Number) and tree.value == value


def _add(x: Tree, y: Tree) -> Tree | None:
    if is_number(x, 0):
        return y
    if is_number(y, 0):
        return x
    if isinstance(y, Gate) and y.op == "neg":
        return make("sub", (x, y.operands[0]))
    return make("sub", (x, Number(-y.value))) if isinstance(y, Number) and y.value < 0 else None


def _sub(x: Tree, y: Tree) -> Tree | None:
    if is_number(y, 0):
        return x
    if is_number(x, 0):
        return make("neg", (y,))
    if isinstance(y, Gate) and y.op == "neg":
        return make("add", (x, y.operands[0]))
    return make("add", (x, Number(-y.value))) if isinstance(y, Number) and y.value < 0 else None


def _mul(x: Tree, y: Tree) -> Tree | None:
    for one, other in ((x, y), (y, x)):
        if is_number(one, 0):
            return ZERO
        if is_number(one, 1):
            return other
        if is_number(one, -1):
            return make("neg", (other,))
    return None


def _div(x: Tree, y: Tree) -> Tree | None:
    return ZERO if is_number(x, 0) else x if is_number(y, 1) else None


def _neg(x: Tree) -> Tree | None:
    return x.operands[0] if isinstance(x, Gate) and x.op == "neg" else None


def _pow(x: Tree, y: Tree) -> Tree | None:
    return ONE if is_number(y, 0) else x if is_number(y, 1) else None


_ARITHMETIC: dict[str, Callable[..., Tree | None]] = {
    "add": _add, "sub": _sub, "mul": _mul, "div": _div, "neg": _neg, "pow": _pow,
}  # fmt: skip


def _where(condition: Tree, x: Tree, y: Tree) -> Tree:
    """A choice, made where its condition is known, and told once where two say the same."""
    if isinstance(condition, Number):
        return x if condition.value != 0 else y
    if x == y:
        return x
    if isinstance(condition, Gate):
        # The weight of the only winner is 1 under every convention for ties.
        if condition == Gate("gt", (Name("ties"), ONE)) and is_number(y, 1):
            return x
        if condition.op == "eq":
            found = _at_one_point(condition, x, y)
            if found is not None:
                return found
        if isinstance(x, Gate) and isinstance(y, Gate) and x.op == y.op == "where":
            (one, kept, rest), (other, changed, same) = x.operands, y.operands
            if one == other and rest == same:
                return _where(one, _where(condition, kept, changed), rest)
    return Gate("where", (condition, x, y))


def _at_one_point(condition: Gate, x: Tree, y: Tree) -> Tree | None:
    """`where(a == b, x, y)` where y says the same at a == b, or would with `>=` for `>`."""
    if not isinstance(y, Gate):
        return None
    if y.op == "sign" and condition.operands == (y.operands[0], ZERO) and is_number(x, 0):
        return y
    if y.op != "where":
        return None
    inner, chosen, other = y.operands
    if not isinstance(inner, Gate) or inner.op not in _FLIPPED or inner.operands != condition.operands:
        return None
    if x == other:
        return y
    return make("where", (Gate(_FLIPPED[inner.op], inner.operands), chosen, other)) if x == chosen else None


def number_text(value: float) -> str:
    """A number as Python source, the shortest text that reads back as it; whole numbers without a point."""
    if not math.isfinite(value):
        return "math.nan" if value != value else "math.inf" if value > 0 else "-math.inf"
    text = repr(value)
    return text.removesuffix(".0") if abs(value) < 1e15 else text
