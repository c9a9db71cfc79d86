"""Why a value is infinite or not a number, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from app.graph.model import Edge
from app.language.notation import Notation
from app.language.printer import print_node
from app.language.program import Program
from app.language.vocabulary import FUNCTIONS
from app.operations import Operation

_SHORT = 40


class Named(Protocol):
    """What sentences ask of a graph; of tensors the labels may say entries."""

    @property
    def program(self) -> Program:
        """The program of the graph."""

    @property
    def labels(self) -> dict[int, str]:
        """What formulas call each node."""

    @property
    def names(self) -> dict[int, str]:
        """The nodes that the program names."""


def is_finite(value: float) -> bool:
    """Whether it is an ordinary number."""
    return math.isfinite(value)


def nonfinite_reason(graph: Named, values: Sequence[float], node: int) -> str:
    """One sentence on the first node that is not finite: "log(x) is −∞ here because x is 0."."""
    operation = graph.program.operation(node)
    value = value_words(values[node])
    if operation is None:
        return f"{graph.labels[node]} is {value} because that is its value."
    operands = graph.program.operands(node)
    numbers = [values[operand] for operand in operands]
    cause = _causes(graph, operands, values, only_zero=False)
    flags = _flags(operation, numbers, graph.program.attributes(node))
    if math.isinf(values[node]):
        if "divide by zero" in flags:
            only_zero = 0.0 in numbers and operation.section != "losses"  # of a loss, both together are the reason
            cause = _causes(graph, operands, values, only_zero=only_zero)
        else:
            cause += ", and the result is beyond the largest 64-bit float, about 1.8·10³⁰⁸"
    return f"{_text(graph, node)} is {value} here because {cause}.{_safer(graph, operation, operands)}"


def _safer(graph: Named, operation: Operation, operands: Sequence[int]) -> str:
    """The operation that does the same without the number that was lost, where the registry has one."""
    if f"{operation.name}_logits" in FUNCTIONS:
        stable = f"{operation.name}_logits"
        return f" A wrong answer that is certain costs without bound; `{stable}` of the logits stays finite."
    inner = graph.program.operation(operands[0])
    joined = [f"{operation.name}_{inner.name}", f"{operation.name}{inner.name}"] if inner is not None else []
    for name in joined:
        if name in FUNCTIONS and inner is not None:
            return f" The {inner.name} was rounded to 0; `{name}` in one step stays finite."
    return ""


def infinite_slope_reason(graph: Named, values: Sequence[float], node: int, edge: Edge) -> str:
    """One sentence on a gate whose local gradient is not finite although its value is."""
    assert edge.local is not None
    return slope_reason(graph, values, node, edge.operand, edge.local)


def slope_reason(graph: Named, values: Sequence[float], node: int, position: int, local: float) -> str:
    """The same for the operand at this position."""
    operands = graph.program.operands(node)
    varied = _text(graph, operands[position])
    slope = value_words(local)
    cause = _causes(graph, operands, values, only_zero=any(values[operand] == 0 for operand in operands))
    return f"The slope of {_text(graph, node)} with respect to {varied} is {slope} here because {cause}."


def _flags(operation: Operation, numbers: list[float], attributes: Mapping[str, Any]) -> set[str]:
    """The floating-point exceptions that the operation's NumPy form raises at these operands."""
    seen: set[str] = set()
    with np.errstate(all="call", call=lambda kind, _: seen.add(kind)):
        operation.forward(*(np.float64(number) for number in numbers), **attributes)
    return seen


def _causes(graph: Named, operands: tuple[int, ...], values: Sequence[float], *, only_zero: bool) -> str:
    """Operands that are no literals, each once: `x is 0 and y is −2`."""
    told = [
        f"{_text(graph, operand)} is {_number_words(values[operand])}"
        for operand in dict.fromkeys(operands)
        if not graph.program.is_constant(operand) and (values[operand] == 0 or not only_zero)
    ]
    return " and ".join(told) or "of its operands"


def named_form(graph: Named, node: int) -> str:
    """A gate as its name, or as it is written in our notation where it is short."""
    return _text(graph, node)


def _text(graph: Named, node: int) -> str:
    """A node in our notation, by its name or label where that would be long."""
    if node in graph.names or graph.program.first[node] < 0:
        text = graph.labels[node]
    else:
        closed = {**dict.fromkeys(graph.names), **dict.fromkeys(_deep(graph, node))}
        text = print_node(Notation(graph.program, graph.labels, closed), node)[0]
    return text if len(text) <= _SHORT else graph.labels[node]


def _deep(graph: Named, node: int) -> list[int]:
    """Nodes two gates below this one: they are written as labels, so that a sentence stays short."""
    program = graph.program
    below = [operand for operand in program.operands(node) if program.first[operand] >= 0]
    return [operand for one in below for operand in program.operands(one) if program.first[operand] >= 0]


def value_words(value: float) -> str:
    """A number that is not finite, in words."""
    if math.isnan(value):
        return "not a number"
    return "∞" if value > 0 else "−∞"


def _number_words(value: float) -> str:
    return f"{value:.6g}".replace("-", "−") if math.isfinite(value) else value_words(value)
