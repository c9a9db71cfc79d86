"""The local gradients of the registry, from rule texts in our own language to small Python functions.

A rule is read by our own parser, once; the function is written from the program that gives, in which every name is
one of the rule's own. So what is computed is what the page prints from the same text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np

from app.language.parser import parse
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, FIRST_CONSTANT, OPERATION_OF, SECOND_CONSTANT
from app.operations import Conventions, Operation

Local = Callable[..., float]
Push = Callable[[int, float, int, int, list[float], list[float]], None]
"""push(node, gradient, first, second, values, gradients) adds to the gradients of the node's operands."""

# Operations that Python itself writes; the rest of a rule calls `f_<operation>`.
_PYTHON = {
    "add": "({} + {})",
    "sub": "({} - {})",
    "mul": "({} * {})",
    "div": "({} / {})",
    "neg": "(-{})",
    "where": "({1} if {0} else {2})",
    "lt": "({} < {})",
    "le": "({} <= {})",
    "gt": "({} > {})",
    "ge": "({} >= {})",
    "eq": "({} == {})",
    "ne": "({} != {})",
}


@cache
def parse_rule(text: str) -> Program:
    """The program of a rule text; its result is the root of its one statement."""
    return parse(text)


@cache
def python_expression(text: str) -> str:
    """A rule text as one Python expression over the rule's own names, numbers and functions `f_<operation>`."""
    program = parse_rule(text)
    texts: list[str] = []
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None:
            texts.append(_leaf_text(program, node))
            continue
        operands = [texts[operand] for operand in program.operands(node)]
        template = _PYTHON.get(operation.name)
        texts.append(template.format(*operands) if template else f"f_{operation.name}({', '.join(operands)})")
    return texts[program.roots[-1]]


def _leaf_text(program: Program, node: int) -> str:
    if program.is_leaf(node):
        return program.leaves[node]
    return _number(program.slots[~program.first[node]])


def _number(value: float | None) -> str:
    if value is None or not math.isfinite(value):
        raise ValueError("A rule text holds finite numbers only.")
    return repr(value)


def _functions(total: bool) -> dict[str, Any]:
    """What rule functions call: on Python floats for speed, or on NumPy, where every input has a result."""
    operations = [operation for operation in OPERATION_OF if operation is not None]
    functions: dict[str, Any] = {f"f_{o.name}": o.forward if total else o.scalar for o in operations}
    return functions | {"__builtins__": {}}


_FAST = _functions(total=False)
_TOTAL = _functions(total=True)


class Rules:
    """The functions of all operations under one choice of conventions, made when first needed."""

    def __init__(self, conventions: Conventions) -> None:
        constants = {
            "relu_at_zero": float(conventions.relu_at_zero),
            "abs_at_zero": float(conventions.abs_at_zero),
        }
        self.conventions = conventions
        self._fast = _FAST | constants
        self._total = _TOTAL | constants
        self._locals: dict[tuple[int, int, bool], Local | None] = {}
        self.push: list[Push] = [_nothing] * (4 * (CODE_MASK + 1))
        for code, operation in enumerate(OPERATION_OF):
            for constants_bits in (0, FIRST_CONSTANT, SECOND_CONSTANT):
                if operation is not None:
                    self.push[code | constants_bits] = self._on_first_use(operation, code | constants_bits)

    def local(self, operation: Operation, operand: int, total: bool = False) -> Local | None:
        """d out / d operand as a function of (*operands, out, **attributes); None: no gradient by definition.

        Of a variadic operation: a function of (x, out, ties, tie_share), x being this operand. With `total` it takes
        NumPy floats and has a result for every input.
        """
        key = (id(operation), 0 if operation.variadic else operand, total)
        if key not in self._locals:
            text = operation.local[key[1]]
            self._locals[key] = None if text is None else self._make_local(operation, text, total)
        return self._locals[key]

    def on_kink(
        self, operation: Operation, operands: tuple[float, ...], out: float, attributes: Mapping[str, float]
    ) -> bool:
        """Whether an operation's derivative at these operands is a matter of choice."""
        if operation.kinks is None:
            return False
        numbers = (*operands, out)
        if operation.variadic:
            tied, shares = tie_shares(operands, out, self.conventions.ties)
            numbers = (operands[0], out, float(tied), shares[0])
        key = (id(operation), -1, True)
        if key not in self._locals:
            self._locals[key] = self._make_local(operation, f"where({operation.kinks}, 1, 0)", total=True)
        holds = self._locals[key]
        assert holds is not None
        with np.errstate(all="ignore"):
            return bool(holds(*numbers, **attributes))

    def _make_local(self, operation: Operation, text: str, total: bool) -> Local:
        names = [*operation.operands, "out"]
        names += ["ties", "tie_share"] if operation.variadic else []
        names += [f"{name}={_number(default)}" for name, default in operation.attributes.items()]
        source = f"lambda {', '.join(names)}: {python_expression(text)}"
        function: Local = eval(source, self._total if total else self._fast)  # written from the registry alone
        return function

    def _on_first_use(self, operation: Operation, code: int) -> Push:
        def push(
            node: int, gradient: float, first: int, second: int, values: list[float], gradients: list[float]
        ) -> None:
            made = self.push[code] = self._make_push(operation, code)
            made(node, gradient, first, second, values, gradients)

        return push

    def _make_push(self, operation: Operation, code: int) -> Push:
        """The function that adds a node's parts to its operands' gradients, for one or two operands."""
        if operation.variadic:
            return self._variadic_push(operation, code)
        sources = [
            ("first", FIRST_CONSTANT),
            ("second", SECOND_CONSTANT),
        ]
        lines, used = [], ""
        for (place, constant), text in zip(sources, operation.local, strict=False):
            if text is None or code & constant:
                continue
            expression = python_expression(text)
            if expression not in ("0.0", "-0.0"):
                lines.append(_sum_line(place, expression))
                used += f" {expression} "
        names = {name: f"values[{place}]" for name, (place, _) in zip(operation.operands, sources, strict=False)}
        names["out"] = "values[node]"
        names |= {name: _number(default) for name, default in operation.attributes.items()}
        bound = [f"{name} = {value}" for name, value in names.items() if _mentions(used, name)]
        body = "\n    ".join([*bound, *lines]) or "pass"
        source = f"def push(node, gradient, first, second, values, gradients):\n    {body}\n"
        made: dict[str, Push] = {}
        exec(source, self._fast, made)  # written from the registry alone
        return made["push"]

    def _variadic_push(self, operation: Operation, code: int) -> Push:
        local = self.local(operation, 0)
        if local is None:
            return _nothing
        ties = self.conventions.ties
        first_wanted, second_wanted = not code & FIRST_CONSTANT, not code & SECOND_CONSTANT

        def push(
            node: int, gradient: float, first: int, second: int, values: list[float], gradients: list[float]
        ) -> None:
            operands, out = (values[first], values[second]), values[node]
            tied, shares = tie_shares(operands, out, ties)
            if first_wanted:
                gradients[first] += gradient * local(operands[0], out, tied, shares[0])
            if second_wanted:
                gradients[second] += gradient * local(operands[1], out, tied, shares[1])

        return push


def tie_shares(operands: tuple[float, ...], out: float, ties: str) -> tuple[int, list[float]]:
    """How many operands equal the result, and the weight of each under the convention for ties."""
    tied = [operand == out for operand in operands]
    count = sum(tied)
    if ties == "first" and count:
        winner = tied.index(True)
        return count, [float(position == winner) for position in range(len(operands))]
    return count, [1.0 if ties == "both" or not count else 1.0 / count] * len(operands)


def _nothing(node: int, gradient: float, first: int, second: int, values: list[float], gradients: list[float]) -> None:
    """No operand of this node receives a gradient."""


def _sum_line(place: str, expression: str) -> str:
    if expression == "1.0":
        return f"gradients[{place}] += gradient"
    if expression in ("-1.0", "(-1.0)"):
        return f"gradients[{place}] -= gradient"
    return f"gradients[{place}] += gradient * {expression}"


def _mentions(text: str, name: str) -> bool:
    padded = "".join(character if character.isalnum() or character == "_" else " " for character in text)
    return f" {name} " in f" {padded} "


@lru_cache(maxsize=32)
def rules_for(conventions: Conventions) -> Rules:
    """The rules under these conventions; kept, as few combinations are in use at one time."""
    return Rules(conventions)
