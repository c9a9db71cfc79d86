"""How a program with tensors is written in NumPy: calls of the library, and definitions of what it has not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.export.code.arrays import list_text
from app.export.operators import operator
from app.language.constants import constant_text
from app.language.notation import call_segments
from app.language.parser import parse_unfolded
from app.language.positions import Positions
from app.language.printer import ATOM, Segments, Slot, Written, print_node
from app.language.program import Program
from app.language.python_words import FUNCTION_OF
from app.language.vocabulary import CONSTANT
from app.operations import Operation
from app.operations.code_helpers import HELPERS
from app.operations.written import helper_source

_CALL = re.compile(r"np\.(\w+)\((#\w+(?:, #\w+)*)\)")
_REDUCED = re.compile(r"np\.(\w+)\(#x, axis=#axis, keepdims=#keepdims\)")
_FILLED = re.compile(r"(zeros|ones)\(([\d, ]+)\)")
_DRAWN = re.compile(r"(?!zeros|ones|eye)[a-z]+\(.*\)$")
_WHOLE = re.compile(r"(?<![\w.])(\d+)(?![\w.])")
_EYE = re.compile(r"eye\([\d, ]+\)")


def is_drawn(text: str) -> bool:
    """Whether a literal is a random start of weights, which NumPy's own generators do not give."""
    return _DRAWN.match(text) is not None


def numpy_literal(text: str) -> Written:
    """A literal of our notation in NumPy: `[1, 1/2]` is an array, `zeros(2, 3)` a call."""
    if match := _FILLED.fullmatch(text):
        sizes = ", ".join(size.strip() for size in match.group(2).split(","))
        return Written([f"np.{match.group(1)}({f'({sizes})' if ',' in sizes else sizes})"], ATOM)
    if _EYE.fullmatch(text):
        return Written([f"np.{text}"], ATOM)
    program = parse_unfolded(text)
    root = program.roots[-1]
    value: Any = program.value_in(~program.first[root]) if program.first[root] < 0 else None
    if np.ndim(value):
        return Written([_array(list_text(np.asarray(value)))], ATOM)
    style = _Literals(program)
    if program.first[root] < 0:
        return style.closed(root)
    written = style.opened(root)
    code, _ = print_node(style, root)
    is_list = code.startswith("[")
    if is_list and "." not in code:
        code = _WHOLE.sub(r"\1.0", code)  # whole numbers have no negative powers in NumPy
    return Written([_array(code) if is_list else code], ATOM if is_list else written.precedence)


def _array(code: str) -> str:
    """A list as an array; with one entry a comma says that it is a list, for `tensor([2.0])` is read as a number."""
    return f"np.array({code[:-1]},])" if "," not in code and code.count("[") == 1 else f"np.array({code})"


class _Literals:
    """The nodes of a literal: numbers, lists and what is computed of them."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._positions = Positions(program.prepared)

    def is_closed(self, node: int) -> bool:
        return self._program.first[node] < 0

    def closed(self, node: int) -> Written:
        slot = ~self._program.first[node]
        if self._program.ops[node] != CONSTANT:
            return Written([self._program.leaves[node]], ATOM)
        if (value := self._program.tensors.get(slot)) is not None:
            return Written([list_text(value)], ATOM)
        text = constant_text(self._program, slot, self._positions)
        return Written([{"pi": "np.pi", "π": "np.pi", "e": "np.e"}.get(text, text)], ATOM)

    def opened(self, node: int) -> Written:
        operation = self._program.operation(node)
        assert operation is not None
        operands = self._program.operands(node)
        if operation.name == "stack":
            return Written(call_segments("[", operands, "]"), ATOM)
        return numpy_call(operation, operands, self._program.attributes(node), {})

    def brackets(self, node: int) -> tuple[str, str]:  # noqa: ARG002  # the same for every node
        return "(", ")"


def numpy_call(
    operation: Operation, operands: tuple[int, ...], attributes: Mapping[str, Any], helpers: dict[str, Operation]
) -> Written:
    """An operation on operands in NumPy; one that it has not is noted among the helpers."""
    if (written := operator(operation, operands)) is not None:
        return written
    if operation.name == "transpose":
        return Written([Slot(operands[0], ATOM), ".T"], ATOM)
    if operation.name == "index":
        return Written([Slot(operands[0], ATOM), f"[{', '.join(map(str, attributes['index']))}]"], ATOM)
    if operation.name == "reshape":
        return Written([Slot(operands[0], ATOM), f".reshape({', '.join(map(str, attributes['shape']))})"], ATOM)
    if operation.name == "stack":
        return Written(call_segments("np.array([", operands, ",])" if len(operands) == 1 else "])"), ATOM)
    if operation.name == "concat":
        return Written(
            call_segments("np.concatenate([", operands, f"], axis={int(attributes.get('axis') or 0)})"), ATOM
        )
    if operation.name == "where":
        return Written(call_segments("np.where(", operands, ")"), ATOM)
    code = operation.code["numpy"]
    if match := _REDUCED.fullmatch(code):
        return Written(call_segments(f"np.{match.group(1)}(", operands, f"{_settings(attributes)})"), ATOM)
    if operation.name == "norm":
        return Written(call_segments("np.linalg.norm(", operands, f"{_settings(attributes)})"), ATOM)
    match = _CALL.fullmatch(code)
    if (
        match
        and FUNCTION_OF.get(match.group(1)) == operation.name
        and len(operands) == max(2 * operation.variadic, len(operation.operands))
    ):
        return Written(call_segments(f"np.{match.group(1)}(", operands, ")"), ATOM)
    helpers[operation.name] = operation
    given: Segments = call_segments(f"{helper_source(operation)[0]}(", operands, "")
    return Written([*given, f"{_settings(attributes)})"], ATOM)


def _settings(attributes: Mapping[str, Any]) -> str:
    """`, axis=0`: what is given and says something."""
    found = ""
    for name, value in attributes.items():
        if name == "axis" and value is not None:
            found += f", axis={int(value)}"
        elif name == "keepdims" and value:
            found += ", keepdims=True"
        elif name not in ("axis", "keepdims"):
            found += f", {name}={value!r}"
    return found


def numpy_helpers(helpers: Mapping[str, Operation]) -> list[str]:
    """The definitions of operations that NumPy has not, those that others call first."""
    texts = {helper_source(one)[0]: helper_source(one)[1] for one in helpers.values()}
    for name, source in HELPERS["numpy"].items():
        if name not in texts and any(re.search(rf"(?<![\w.]){name}\(", text) for text in texts.values()):
            texts = {name: source.rstrip("\n"), **texts}
    return list(texts.values())


def numpy_value(value: Any) -> str:
    """A value of a leaf: a number, or nested lists."""
    return _array(list_text(np.asarray(value, dtype=np.float64))) if np.ndim(value) else repr(value)
