"""The cheat sheet: what a reader wants to know of every operation, from the registry alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import get_args

from app.engine.rules import rules_for
from app.engine.trace import trace
from app.explain.operation_curve import Picture, call_text, draw_operation
from app.explain.operation_latex import OUT, formula_latex, local_equation, operand_names, rule_text_latex
from app.explain.tensor_shapes import ShapeExample, shape_examples
from app.explain.tensor_sheet import (
    Matrices,
    draw_matrices,
    pulled_equations,
    tensor_formula,
    tensor_program,
    written_ways,
)
from app.operations import EVERY_OPERATION, REGISTRY, Conventions, Operation
from app.operations.record import Section

_TITLES: dict[Section, str] = {
    "arithmetic": "Arithmetic",
    "elementary": "Elementary",
    "neural": "Neural",
    "losses": "Losses",
    "tensors": "Tensors",
}
_TRIED = ((1.0, 0.5, 2.0), (2.0, -1.0, 0.5, 1.0, 0.8), (-1.0, 1.0, 0.5))
"""Values to try a gate with, by position of the operand."""


@dataclass(frozen=True, slots=True)
class Local:
    """One local gradient.

    left, right  the quotient of differentials and what the rule says, as LaTeX; None: no gradient by definition.
                 Of an operation on whole tensors what the operand receives for the upstream gradient g
    passed       what the operand receives for the upstream gradient g, in signs; "0" for nothing
    label        the shapes that this and the following ones are for, where there are several
    """

    operand: str
    left: str
    right: str | None
    passed: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One operation. `written` are the ways to call it, the first one as we print it; `words` is what a search reads.

    program is a small program that shows it; picture is None where it has more than one operand. An operation on whole
    tensors has `matrices` in its place. `shapes` are examples of shapes in and out,
    empty where it works entry by entry.
    """

    operation: Operation
    written: tuple[str, ...]
    formula: str
    locals: tuple[Local, ...]
    program: str
    picture: Picture | None
    words: str
    shapes: tuple[str, ...] = ()
    matrices: Matrices | None = None


@dataclass(frozen=True, slots=True)
class SheetSection:
    """The operations of one section, in the order of the registry."""

    anchor: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One of the lecture's four rules: a gate with one input that varies and one that is held."""

    operation: Operation
    formula: str
    left: str
    right: str
    says: str
    picture: Picture
    program: str


@dataclass(frozen=True, slots=True)
class CheatSheet:
    """The whole page."""

    rules: tuple[Rule, ...]
    sections: tuple[SheetSection, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """Every row, section by section."""
        return (row for section in self.sections for row in section.rows)


def make_sheet(operations: Iterable[Operation] = EVERY_OPERATION) -> CheatSheet:
    """The cheat sheet of a registry. Every picture is computed by the engine."""
    rows: dict[Section, list[Row]] = {section: [] for section in get_args(Section)}
    for operation in operations:
        rows[operation.section].append(make_row(operation))
    sections = (
        SheetSection(f"{name}-operations", _TITLES[name], tuple(found)) for name, found in rows.items() if found
    )
    return CheatSheet(_four_rules(), tuple(sections))


def make_row(operation: Operation) -> Row:
    """Everything that the cheat sheet says of one operation."""
    names = operand_names(operation)
    if operation.whole:
        return _whole_row(operation, names)
    written = call_text(operation, names)
    sign = operation.infix or operation.prefix
    others = (*operation.function_names, *(sign.symbols if sign else ()))
    pattern = () if operation.pattern is None else (operation.pattern.word,)
    words = (operation.title, written, *others, operation.section, *pattern)
    return Row(
        operation=operation,
        written=(written, *(f"{alias}({', '.join(names)})" for alias in operation.aliases)),
        formula=formula_latex(operation),
        locals=_locals(operation, names),
        program=_program(operation, names),
        picture=draw_operation(operation) if len(names) == 1 else None,
        words=" ".join(dict.fromkeys(words)).lower(),
        shapes=tuple(_over_text(operation, example) for example in shape_examples(operation)),
    )


def _over_text(operation: Operation, example: ShapeExample) -> str:
    """Of a loss, what its tensors become."""
    return f"{example.text}: the {operation.over} over all entries"


def _whole_row(operation: Operation, names: Sequence[str]) -> Row:
    written = written_ways(operation, names)
    pattern = () if operation.pattern is None else (operation.pattern.word,)
    words = (operation.title, *written, *operation.function_names, operation.section, "tensor", *pattern)
    equations = pulled_equations(operation)
    return Row(
        operation=operation,
        written=written,
        formula=tensor_formula(operation),
        locals=tuple(Local(one.operand, one.left, one.right, "", one.label) for one in equations),
        program=tensor_program(operation, names),
        picture=None,
        words=" ".join(dict.fromkeys(words)).lower(),
        shapes=tuple(example.text for example in shape_examples(operation)),
        matrices=draw_matrices(operation, names),
    )


def _locals(operation: Operation, names: Sequence[str]) -> tuple[Local, ...]:
    is_router = operation.pattern is not None and operation.pattern.name == "router"
    receiver = _first_receiver(operation, len(names))
    found = []
    for position, name in enumerate(names):
        # A router is drawn at work: one operand has been chosen, the first that can be.
        chosen = "g" if position == receiver else "0"
        passed = chosen if is_router else _passed(_shown(operation, position), name, operation.operands)
        found.append(Local(name, *local_equation(operation, position), passed=passed))
    return tuple(found)


def _shown(operation: Operation, position: int) -> str | None:
    return operation.shown[0 if operation.variadic else position]


def _first_receiver(operation: Operation, count: int) -> int:
    """Position of the first operand that ever receives a gradient."""
    return next((position for position in range(count) if _shown(operation, position) not in (None, "0")), 0)


def _passed(text: str | None, name: str, names: Sequence[str]) -> str:
    """g times the local gradient in signs; where that is long, the local gradient by its own sign."""
    known = {None: "0", "0": "0", "1": "g", "-1": "−g"}
    if text in known:
        return known[text]
    if text in names:
        return f"g·{text}"
    return f"g·∂{OUT}/∂{name}"


def _program(operation: Operation, names: Sequence[str]) -> str:
    values = _values(operation, len(names))
    given = "; ".join(f"{name} = {value:g}" for name, value in zip(names, values, strict=True))
    return f"{given}; {OUT} = {_sample(operation, names)}"


def _values(operation: Operation, count: int) -> tuple[float, ...]:
    """Small round values in the domain: off the kinks, and with a gradient where the gate ever passes one."""
    domains = operation.domain * count if operation.variadic else operation.domain
    choices = [
        [value for value in _TRIED[min(position, len(_TRIED) - 1)] if low <= value <= high] or [(low + high) / 2]
        for position, (low, high) in enumerate(domains[:count])
    ]
    possible = [values for values in islice(product(*choices), 1000) if _is_plain(operation, values)]
    return next((values for values in possible if _flows(operation, values)), (possible or [*product(*choices)])[0])


def _is_plain(operation: Operation, values: tuple[float, ...]) -> bool:
    """Whether all values differ, the result is finite, and the derivative is no matter of choice."""
    out = float(operation.forward(*values, **operation.attributes))
    on_kink = rules_for(Conventions()).on_kink(operation, values, out, operation.attributes)
    return math.isfinite(out) and len(set(values)) == len(values) and not on_kink


def _flows(operation: Operation, values: tuple[float, ...]) -> bool:
    """Whether the operand that the flow picture shows as receiving a gradient does."""
    names = operand_names(operation)
    found = trace(_sample(operation, names), values=dict(zip(names, values, strict=True)))
    return found.leaf_gradients()[names[_first_receiver(operation, len(names))]] != 0.0


def _sample(operation: Operation, names: Sequence[str]) -> str:
    """The smallest expression that a program can say of it: a comparison stands only in a condition."""
    call = call_text(operation, names)
    is_comparison = operation.infix is not None and operation.infix.associativity == "none"
    return f"where({call}, {', '.join(names)})" if is_comparison else call


def _four_rules() -> tuple[Rule, ...]:
    return (
        _rule("mul", "a x", ("a", "x"), "x", 2.0, "The slope is the factor, here 2."),
        _rule("add", "a + x", ("a", "x"), "x", 1.0, "A shift leaves the slope alone."),
        _rule("pow", "x^{n}", ("x", "n"), "x", 2.0, "Bring the exponent down, here 2."),
        _rule("exp", "e^{x}", ("x",), "x", None, "Its own derivative: one curve."),
    )


def _rule(name: str, body: str, names: tuple[str, ...], varied: str, held: float | None, says: str) -> Rule:
    """One rule, its derivative printed from the registry's rule text in the letters of the lecture."""
    operation = REGISTRY[name]
    position = names.index(varied)
    renamed = dict(zip(operation.operands, names, strict=True)) | {"out": "#out"}
    right = rule_text_latex(operation.shown[position] or "0", renamed).replace("#out", body)
    values = () if held is None else (held,)
    given = "".join(
        f"{other} = {value:g}; " for other, value in zip((n for n in names if n != varied), values, strict=True)
    )
    return Rule(
        operation=operation,
        formula=f"{OUT} = {body}",
        left=rf"\frac{{d{OUT}}}{{d{varied}}}",
        right=right,
        says=says,
        picture=draw_operation(operation, position, values),
        program=f"{varied} = 1; {given}{OUT} = {call_text(operation, names)}",
    )
