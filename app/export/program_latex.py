r"""A program as LaTeX that reads back as the same program.

The typeset echo writes what a textbook would: `\tfrac{1}{2}(t - y)^{2}` for the gate `half_sse`. Here every gate keeps
its identity: an operation whose LaTeX says something else when it is read is written by its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.language.constants import constant_text, written_between
from app.language.latex import Latex, latex_constant
from app.language.latex_input import read_latex
from app.language.latex_names import latex_name, latex_number
from app.language.names import KEYWORDS
from app.language.notation import call_segments, number_text
from app.language.parser import parse
from app.language.places import places_of
from app.language.positions import Positions
from app.language.printer import ATOM, LOOSEST, Slot, Written, print_node
from app.language.program import Function, Program
from app.language.vocabulary import CODE_MASK, CONSTANT, EXPONENTIAL, OWN_CALL, PRODUCT_PRECEDENCE
from app.limits import DEFAULT_LIMITS
from app.operations import Operation


class ReadableLatex(Latex):
    r"""LaTeX that names every gate so that it is read as that gate.

    Products have a sign unless both factors are a name or a number, so that no name stands before a bracket.
    """

    def __init__(self, program: Program, names: Mapping[int, str], written: Mapping[str, str]) -> None:
        super().__init__(program, names, names)
        self._written = written

    def closed(self, node: int) -> Written:
        """A name, or a literal as typed."""
        program = self._program
        if program.ops[node] == CONSTANT:
            text = constant_text(program, ~program.first[node], self._positions)
            return _matrix(text) if text.startswith("[") else super().closed(node)
        return Written([self._written[self._labels[node]]], ATOM)

    def opened(self, node: int) -> Written:
        """The operation's template where it reads as the operation, else a call by its name."""
        program = self._program
        operation = program.operation(node)
        code, operands = program.ops[node] & CODE_MASK, program.operands(node)
        if code == OWN_CALL:
            function = program.calls[node]
            head = self._written[function.name] + r"\left("
            return Written(call_segments(head, operands[: len(function.parameters)], r"\right)"), ATOM)
        hidden = code == EXPONENTIAL and "e" in program.names
        if operation is None or (operation.name in faithful() and not hidden):
            return super().opened(node)
        if operation.name == "index":
            entry = ", ".join(map(str, program.attributes(node)["index"]))
            closed = self.is_closed(operands[0])
            inside: list[str | Slot] = [Slot(operands[0], LOOSEST)] if closed else ["{", Slot(operands[0], ATOM), "}"]
            return Written([*inside, f"_{{[{entry}]}}"], ATOM)
        if operation.name == "stack" and len(operands) == 1:
            return Written([r"\begin{bmatrix} ", Slot(operands[0], LOOSEST), r" \end{bmatrix}"], ATOM)
        head = r"\exp" if hidden else rf"\operatorname{{{_escaped(operation.name)}}}"
        behind = r"\right)"
        given = program.attributes(node)
        settings = ["" if given.get(name) is None else given[name] for name in operation.attributes]
        while settings and (settings[-1] == "" or settings[-1] is False):
            settings.pop()
        if settings and isinstance(settings[0], tuple):
            behind = "".join(f", {size}" for size in settings[0]) + behind
        elif settings:
            head += f"_{{{','.join(value if value == '' else _number(float(value)) for value in settings)}}}"
        return Written(call_segments(rf"{head}\left(", operands, behind), ATOM)

    def _product(self, left: int, right: int) -> Written:
        plain = self.is_closed(left) and self.is_closed(right) and self._program.ops[right] != CONSTANT
        sign = (r"\," if self._is_word(left) or self._is_word(right) else " ") if plain else r" \cdot "
        return Written([Slot(left, PRODUCT_PRECEDENCE), sign, Slot(right, PRODUCT_PRECEDENCE + 1)], PRODUCT_PRECEDENCE)


@cache
def faithful() -> frozenset[str]:
    """Names of the operations whose LaTeX reads back as the same operation."""
    from app.operations import OPERATIONS  # the registry as it is now, not as it was when this module was read

    return frozenset(operation.name for operation in OPERATIONS if _reads_back(operation))


def _reads_back(operation: Operation) -> bool:
    if operation.attributes:
        return False
    if operation.infix and operation.infix.associativity == "none":
        return True  # a comparison stands in `where` alone, which is tried as a whole
    operands = ["a", "b", "c"][: max(len(operation.operands), operation.least)]
    program = parse(f"{operation.name}({', '.join(operands)})" if operation.name != "where" else "where(a < b, b, c)")
    latex, _ = print_node(Latex(program, program.leaves), program.roots[0])
    prepared = read_latex(latex, DEFAULT_LIMITS)
    if prepared.translation and prepared.translation.problems:
        return False
    again = parse(prepared.text)
    return _shape(again) == _shape(program)


def _shape(program: Program) -> tuple[object, ...]:
    """The nodes of a program, wherever its literals are kept."""
    return program.ops, [max(first, -1) for first in program.first], program.second, program.wide


def program_latex(program: Program, values: Mapping[str, Any] | None = None) -> str:
    r"""The program as LaTeX, one statement a line, several in `aligned`; values win over the program's own.

    Reading it gives the same nodes, roles and values; a name comes back as LaTeX writes it, `w_1` as `w1`.
    """
    given = dict(values or {})
    names = program.node_names()
    written = _written_names(program, names)
    style, positions = ReadableLatex(program, names, written), Positions(program.prepared)
    lines: list[tuple[str, str]] = []
    functions = list(program.functions.values())
    for index, (target, root) in enumerate(zip(program.targets, program.roots, strict=True)):
        while functions and functions[0].before <= index:
            lines.append(_definition(functions.pop(0), written))
        name = names.get(root, "")
        word = next((word for word, role in KEYWORDS.items() if role == program.roles.get(name)), "")
        prefix = rf"\text{{{word} }} " if word else ""
        if index in program.only_values and root in program.leaves:
            value = given.pop(name, None)
            if value is not None or target:
                text = _number(value) if value is not None else _value(program, root, positions)
                lines.append((prefix + written[name], text))
            else:
                lines.append(("", prefix + written[name]))
            continue
        text, _ = print_node(style, root, closed_root=style.is_closed(root) and name != target)
        head = "" if target is None else written[target]
        if program.head and target == program.head[0]:
            head += rf"\left({', '.join(written[one] for one in program.head[1])}\right)"
        lines.append((head, text if head or text[0] not in "-+=" else rf"\left({text}\right)"))
    lines += [_definition(function, written) for function in functions]
    lines += [(written[name], _number(value)) for name, value in given.items() if name in program.names]
    return _joined(lines)


def _joined(lines: list[tuple[str, str]]) -> str:
    if len(lines) == 1:
        head, text = lines[0]
        line = f"{head} = {text}" if head else text
        return line if "\\" in line or "{" not in line else rf"{line}\,"  # a command says that it is LaTeX
    rows = [f"  {head} &= {text}" if head else f"  & {text}" for head, text in lines]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _definition(function: Function, written: Mapping[str, str]) -> tuple[str, str]:
    body = function.body
    style, root = ReadableLatex(body, body.leaves, written), body.roots[0]
    parameters = ", ".join(written[name] for name in function.parameters)
    text, _ = print_node(style, root, closed_root=style.is_closed(root))
    return rf"{written[function.name]}\left({parameters}\right)", text


def _value(program: Program, leaf: int, positions: Positions) -> str:
    start, end = places_of(program).value_lines[leaf]
    text = written_between(program, start, end, positions)
    return str((_matrix(text) if text.startswith("[") else latex_constant(text)).segments[0])


def _matrix(text: str) -> Written:
    r"""A list of numbers as typed: a vector as a column, rows as a matrix; a list that is neither, as a list."""
    nested = _nested(text)
    rows = [row if isinstance(row, list) else [row] for row in nested]
    is_vector = not any(isinstance(row, list) for row in nested)
    is_matrix = len(rows) > 1 and len(rows[0]) > 1 and not any(isinstance(one, list) for row in rows for one in row)
    if not (is_vector or is_matrix):
        return Written([_list(nested)], ATOM)
    body = r" \\ ".join(" & ".join(map(_entry, row)) for row in rows)
    return Written([rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"], ATOM)


def _nested(text: str) -> list[Any]:
    """A typed list as a list of texts and lists."""
    opened: list[list[Any]] = [[]]
    for piece in re.findall(r"[\[\]]|[^\[\],]+", text):
        if piece == "[":
            opened.append([])
        elif piece == "]":
            inner = opened.pop()
            opened[-1].append(inner)
        elif piece.strip():
            opened[-1].append(piece.strip())
    found: list[Any] = opened[0][0]
    return found


def _list(nested: list[Any]) -> str:
    """A list in square brackets; with one entry a comma says that it is one. As deep as a tensor may have axes."""
    inside = ", ".join(_list(one) if isinstance(one, list) else _entry(one) for one in nested)
    return rf"\left[{inside}{',' if len(nested) == 1 else ''}\right]"


def _entry(text: Any) -> str:
    return str(latex_constant(text).segments[0])


def _number(value: Any) -> str:
    text = number_text(value)
    return str(_matrix(text).segments[0]) if text.startswith("[") else latex_number(text)


def _written_names(program: Program, names: Mapping[int, str]) -> dict[str, str]:
    """Every name as LaTeX writes it; where two would read as one, the name as it is, in upright letters."""
    every = dict.fromkeys([*program.names, *names.values(), *program.functions])
    for function in program.functions.values():
        every |= dict.fromkeys([*function.parameters, *function.body.names, *function.body.leaves.values()])
    if program.head:
        every |= dict.fromkeys(program.head[1])
    usual = {name: latex_name(name) for name in every}
    read = {name: _read_name(latex) for name, latex in usual.items()}
    for name in ("d", "T"):  # `\frac{d x}{d y}` would be a derivative, `x^{T}` transposed
        if name in program.leaves.values() and name not in program.targets:
            read[name] = ""
    count: dict[str, int] = {}
    for name in read.values():
        count[name] = count.get(name, 0) + 1
    return {
        name: usual[name] if read[name] == name or (count[read[name]] == 1 and read[name]) else _upright(name)
        for name in every
    }


def _read_name(latex: str) -> str:
    prepared = read_latex(latex + " + 1", DEFAULT_LIMITS)
    if prepared.translation and prepared.translation.problems:
        return ""
    name = prepared.text.split(" + ")[0]
    return name if "*" not in name and "(" not in name else ""


def _upright(name: str) -> str:
    if len(name) == 1:
        return f"{{{name}}}"
    letters = name.rstrip("'")
    return rf"\mathrm{{{_escaped(letters)}}}" + name[len(letters) :]


def _escaped(text: str) -> str:
    return text.replace("_", r"\_")
