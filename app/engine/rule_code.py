"""Rule texts of the registry as Python source.

A rule is read by our own parser, once; the source is written from the program that gives, in which every name is one
of the rule's own. So what is computed is what the page prints from the same text.
"""

from __future__ import annotations

import math
from functools import cache

from app.language.parser import parse
from app.language.program import Program
from app.language.vocabulary import CODE_OF, CONSTANT, FIRST_CONSTANT, OPERATION_OF, SECOND_CONSTANT, WIDE
from app.operations import Operation

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
_PLACES = (("first", FIRST_CONSTANT), ("second", SECOND_CONSTANT))
_COMMON = ("mul", "add")


_NOT_FOR_ARRAYS = frozenset({"where"})
"""Operations of that table that Python decides once, and NumPy for every entry."""


@cache
def python_expression(text: str, arrays: bool = False) -> str:
    """A rule text as one Python expression over the rule's own names, numbers and functions `f_<operation>`."""
    program = parse(text)
    texts: list[str] = []
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None:
            texts.append(_leaf_text(program, node))
            continue
        operands = [texts[operand] for operand in program.operands(node)]
        template = _PYTHON.get(operation.name)
        if arrays and operation.name in _NOT_FOR_ARRAYS:
            template = "({0} * 1.0)" if operands[1:] == ["1.0", "0.0"] else None  # a mask costs a fifth of a choice
        texts.append(template.format(*operands) if template else f"f_{operation.name}({', '.join(operands)})")
    return texts[program.roots[-1]]


def local_source(operation: Operation, text: str, arrays: bool = False) -> str:
    """A function of (*operands, out, **attributes) that evaluates a rule text; variadic ones see ties and tie_share.

    For operations on whole tensors it is one of (*operands, out, g, **attributes).
    """
    names = [*operation.operands, "out", *(["g"] if operation.whole else [])]
    names += ["ties", "tie_share"] if operation.variadic else []
    names += [f"{name}={number_text(default)}" for name, default in operation.attributes.items()]
    return f"lambda {', '.join(names)}: {python_expression(text, arrays)}"


def push_source(operation: Operation, code: int) -> str:
    """A function `push` that adds a node's parts to the gradients of its one or two operands."""
    body = "\n    ".join(push_lines(operation, code)) or "pass"
    return f"def push(node, gradient, first, second, values, gradients):\n    {body}\n"


def push_lines(operation: Operation, code: int) -> list[str]:
    """The statements of that function: names bound to values, then one sum for each operand that is not constant."""
    sums, used = [], ""
    for (place, constant), text in zip(_PLACES, operation.local, strict=False):
        expression = "0.0" if text is None or code & constant else python_expression(text)
        if expression != "0.0":
            sums.append(_sum_line(place, expression))
            used += f" {expression} "
    values = {name: f"values[{place}]" for name, (place, _) in zip(operation.operands, _PLACES, strict=False)}
    values["out"] = "values[node]"
    values |= {name: number_text(default) for name, default in operation.attributes.items()}
    return [f"{name} = {value}" for name, value in values.items() if _mentions(used, name)] + sums


def sweep_source() -> str:
    """A function `sweep` that runs the reverse pass, with the commonest operations written out in its loop."""
    lines = [
        "def sweep(ops, firsts, seconds, values, gradients, output, push, push_wide):",
        "    for node in range(output, -1, -1):",
        "        op = ops[node]",
    ]
    for position, name in enumerate(_COMMON):
        operation = OPERATION_OF[CODE_OF[name]]
        assert operation is not None
        lines.append(f"        {'if' if position == 0 else 'elif'} op == {CODE_OF[name]}:")
        lines += ["            gradient = gradients[node]"]
        lines += ["            first = firsts[node]", "            second = seconds[node]"]
        lines += [f"            {line}" for line in push_lines(operation, 0)]
    lines += [
        f"        elif op > {CONSTANT}:",
        "            second = seconds[node]",
        f"            if second == {WIDE}:",
        "                push_wide(node)",
        "            else:",
        "                push[op](node, gradients[node], firsts[node], second, values, gradients)",
    ]
    return "\n".join(lines)


def number_text(value: float | None) -> str:
    """A number of a rule as Python source."""
    if value is None or not math.isfinite(value):
        raise ValueError("A rule text holds finite numbers only.")
    return repr(float(value))


def _leaf_text(program: Program, node: int) -> str:
    return program.leaves[node] if program.is_leaf(node) else number_text(program.slots[~program.first[node]])


def _sum_line(place: str, expression: str) -> str:
    if expression == "1.0":
        return f"gradients[{place}] += gradient"
    if expression in ("-1.0", "(-1.0)"):
        return f"gradients[{place}] -= gradient"
    return f"gradients[{place}] += gradient * {expression}"


def _mentions(text: str, name: str) -> bool:
    padded = "".join(character if character.isalnum() or character == "_" else " " for character in text)
    return f" {name} " in f" {padded} "
