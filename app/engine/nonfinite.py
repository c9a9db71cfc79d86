"""Why a value is infinite or not a number, in words."""

from __future__ import annotations

import math

import numpy as np

from app.graph.build import Graph
from app.graph.model import Edge
from app.language.notation import Notation
from app.language.printer import print_node
from app.operations import Operation

_SHORT = 40


def is_finite(value: float) -> bool:
    """Whether it is an ordinary number."""
    return math.isfinite(value)


def nonfinite_reason(graph: Graph, values: list[float], node: int) -> str:
    """One sentence on the first node that is not finite: "log(x) is −∞ here because x is 0."."""
    operation = graph.program.operation(node)
    value = _value_words(values[node])
    if operation is None:
        return f"{graph.labels[node]} is {value} because that is its value."
    operands = graph.program.operands(node)
    numbers = [values[operand] for operand in operands]
    cause = _causes(graph, operands, values, only_zero=False)
    flags = _flags(operation, numbers, graph.program.attributes(node))
    if math.isinf(values[node]):
        if "divide by zero" in flags:
            cause = _causes(graph, operands, values, only_zero=0.0 in numbers)
        else:
            cause += ", and the result is beyond the largest 64-bit float, about 1.8·10³⁰⁸"
    return f"{_text(graph, node)} is {value} here because {cause}."


def infinite_slope_reason(graph: Graph, values: list[float], node: int, edge: Edge) -> str:
    """One sentence on a gate whose local gradient is not finite although its value is."""
    assert edge.local is not None
    operands = graph.program.operands(node)
    varied = _text(graph, operands[edge.operand])
    slope = _value_words(edge.local)
    cause = _causes(graph, operands, values, only_zero=any(values[operand] == 0 for operand in operands))
    return f"The slope of {_text(graph, node)} with respect to {varied} is {slope} here because {cause}."


def _flags(operation: Operation, numbers: list[float], attributes: dict[str, float]) -> set[str]:
    """The floating-point exceptions that the operation's NumPy form raises at these operands."""
    seen: set[str] = set()
    with np.errstate(all="call", call=lambda kind, _: seen.add(kind)):
        operation.forward(*(np.float64(number) for number in numbers), **attributes)
    return seen


def _causes(graph: Graph, operands: tuple[int, ...], values: list[float], *, only_zero: bool) -> str:
    """Operands that are no literals, each once: `x is 0 and y is −2`."""
    told = [
        f"{_text(graph, operand)} is {_number_words(values[operand])}"
        for operand in dict.fromkeys(operands)
        if not graph.program.is_constant(operand) and (values[operand] == 0 or not only_zero)
    ]
    return " and ".join(told) or "of its operands"


def _text(graph: Graph, node: int) -> str:
    """A node in our notation, by its name or label where that would be long."""
    if node in graph.names or graph.program.first[node] < 0:
        text = graph.labels[node]
    else:
        closed = {**dict.fromkeys(graph.names), **dict.fromkeys(_deep(graph, node))}
        text = print_node(Notation(graph.program, graph.labels, closed), node)[0]
    return text if len(text) <= _SHORT else graph.labels[node]


def _deep(graph: Graph, node: int) -> list[int]:
    """Nodes two gates below this one: they are written as labels, so that a sentence stays short."""
    program = graph.program
    below = [operand for operand in program.operands(node) if program.first[operand] >= 0]
    return [operand for one in below for operand in program.operands(one) if program.first[operand] >= 0]


def _value_words(value: float) -> str:
    if math.isnan(value):
        return "not a number"
    return "∞" if value > 0 else "−∞"


def _number_words(value: float) -> str:
    return f"{value:.6g}".replace("-", "−") if math.isfinite(value) else _value_words(value)
