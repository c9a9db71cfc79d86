"""Our own notation: what is printed here reads back as the same program."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping
from typing import Any

from app.language.constants import constant_precedence, constant_text, written_between
from app.language.names import KEYWORDS
from app.language.places import places_of
from app.language.positions import Positions
from app.language.printer import ATOM, LOOSEST, Segments, Slot, Written, print_node
from app.language.program import Attributes, Function, Program
from app.operations import Operation


class Notation:
    """The style of our notation for one program: labels and closed nodes as in latex.Latex."""

    def __init__(self, program: Program, labels: Mapping[int, str], closed: Collection[int] = ()) -> None:
        self._program = program
        self._labels = labels
        self._closed = closed
        self._positions = Positions(program.prepared)

    def is_closed(self, node: int) -> bool:
        """Whether it is a leaf, a literal, or has a name of its own."""
        return self._program.first[node] < 0 or node in self._closed

    def closed(self, node: int) -> Written:
        """A label, or a literal as typed."""
        program = self._program
        if program.is_constant(node):
            slot = ~program.first[node]
            return Written([constant_text(program, slot, self._positions)], constant_precedence(program, slot))
        return Written([self._labels[node]], ATOM)

    def opened(self, node: int) -> Written:
        """An operation as an operator if it has one, else as a call with the attributes that were given."""
        operation, operands = self._program.operation(node), self._program.operands(node)
        if node in self._program.calls:
            function = self._program.calls[node]
            return Written(call_segments(f"{function.name}(", operands[: len(function.parameters)], ")"), ATOM)
        if operation is None:
            return self.closed(node)
        if operation.name in _POSTFIX:
            return Written([Slot(operands[0], ATOM), _POSTFIX[operation.name](self._program.attributes(node))], ATOM)
        if operation.name == "stack":
            return Written(call_segments("[", operands, "]"), ATOM)
        if operation.infix:
            return _infix(operation, operands)
        if operation.prefix:
            own = operation.prefix.precedence
            return Written([operation.prefix.symbol, Slot(operands[0], own + 1)], own)
        segments: Segments = [operation.name, "("]
        for position, operand in enumerate(operands):
            segments += [", "] * (position > 0) + [Slot(operand, LOOSEST)]
        segments += [_attribute(name, value) for name, value in self._program.attributes(node).items()]
        return Written([*segments, ")"], ATOM)

    def brackets(self, node: int) -> tuple[str, str]:  # noqa: ARG002  # the same for every node
        """Round brackets."""
        return "(", ")"


_POSTFIX: Mapping[str, Callable[[Attributes], str]] = {
    "index": lambda attributes: f"[{', '.join(map(str, attributes['index']))}]",
    "transpose": lambda _attributes: ".T",
}
"""What is written behind the operand, by the operation's name."""


def _attribute(name: str, value: Any) -> str:
    """A setting as a call writes it; the sizes of a new shape stand without a name."""
    if isinstance(value, tuple):
        return "".join(f", {size}" for size in value)
    return f", {name}={int(value) if name == 'axis' else value!r}"


def call_segments(before: str, operands: tuple[int, ...], behind: str) -> Segments:
    """A call: what stands before its operands, they with commas between them, and what stands behind."""
    segments: Segments = [before]
    for position, operand in enumerate(operands):
        segments += [", "] * (position > 0) + [Slot(operand, LOOSEST)]
    return [*segments, behind]


def _infix(operation: Operation, operands: tuple[int, ...]) -> Written:
    assert operation.infix is not None
    own, symbol, side = operation.infix.precedence, operation.infix.symbols[0], operation.infix.associativity
    left, right = own + (side != "left"), own + (side != "right")
    gap = "" if symbol == "^" else " "
    return Written([Slot(operands[0], left), f"{gap}{symbol}{gap}", Slot(operands[1], right)], own)


def print_program(program: Program, values: Mapping[str, Any] | None = None) -> str:
    """The whole program, one statement a line; reading it gives the same nodes, names, roles and values.

    values win over the program's own.
    """
    given = dict(values or {})
    names = program.node_names()
    style, positions = Notation(program, names, names), Positions(program.prepared)
    lines: list[str] = []
    waiting = deque(program.functions.values())
    for index, (target, root) in enumerate(zip(program.targets, program.roots, strict=True)):
        while waiting and waiting[0].before <= index:
            lines.append(_definition(waiting.popleft()))
        role = program.roles.get(names.get(root, ""))
        word = next((f"{word} " for word, said in KEYWORDS.items() if said == role), "")
        if index in program.only_values and root in program.leaves:
            value = given.pop(names[root], None)
            text = number_text(value) if value is not None else _value(program, root, positions) if target else ""
            lines.append(f"{word}{names[root]}" + (f" = {text}" if text else ""))
            continue
        text = print_node(style, root, closed_root=style.is_closed(root) and names.get(root) != target)[0]
        head = "" if target is None else f"{target} = "
        if program.head and target == program.head[0]:
            head = f"{target}({', '.join(program.head[1])}) = "
        lines.append(head + text)
    lines += map(_definition, waiting)
    lines += [f"{name} = {number_text(value)}" for name, value in given.items() if name in program.names]
    return "\n".join(lines)


def number_text(value: Any) -> str:
    """A number, or numbers in nested lists, that read back as the same. As deep as a tensor may have axes."""
    if isinstance(value, list):
        return f"[{', '.join(map(number_text, value))}]"
    return repr(float(value)).removesuffix(".0")


def _definition(function: Function) -> str:
    body = function.body
    style, root = Notation(body, body.leaves), body.roots[0]
    text = print_node(style, root, closed_root=style.is_closed(root))[0]
    return f"{function.name}({', '.join(function.parameters)}) = {text}"


def _value(program: Program, leaf: int, positions: Positions) -> str:
    start, end = places_of(program).value_lines[leaf]
    return written_between(program, start, end, positions)
