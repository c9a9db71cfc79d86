"""The forward pass of a program with tensors: shapes first, gate by gate, then values by NumPy."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from app.errors import Problem, UserError
from app.graph.build import Graph
from app.language.folding import checked_shape, value_of
from app.language.places import places_of
from app.limits import Limits
from app.operations.arithmetic import MUL
from app.operations.shapes import Shape, ShapeError, shape_text
from app.operations.sizes import check_shape, check_total

Value = float | NDArray[np.float64]
"""Of a node: a Python float for a scalar, else an array of float64."""


def run_forward(graph: Graph, limits: Limits) -> list[Value]:
    """The value of every node, operands first; NaN and infinity are results.

    Raises UserError: kind "program", with the place of the guilty operand, where shapes do not go together; kind
    "limit" for a tensor or a product that is too large, before it is computed.
    """
    program = graph.program
    values: list[Value] = []
    shapes: list[Shape] = []
    total = 0
    with np.errstate(all="ignore"):
        for node in range(len(program.ops)):
            operation = program.operation(node)
            if operation is None:
                value = program.value_in(~program.first[node])
                assert value is not None  # every leaf has a value by now
                shape = np.shape(value)
                check_shape(shape, limits)
            else:
                operands = program.operands(node)
                given = [shapes[one] for one in operands]
                if operation is MUL:
                    _check_implied(graph, node, given)
                attributes = program.attributes(node)
                try:
                    shape = checked_shape(operation, given, attributes, limits)
                except ShapeError as error:
                    raise _told(graph, node, error) from None
                value = value_of(operation, [values[one] for one in operands], attributes)
            values.append(value)
            shapes.append(shape)
            total += prod(shape)
            check_total(total, limits)
    return values


def _implied_products(graph: Graph) -> set[int]:
    """Nodes that are products written without a sign; those in bodies of the program's own functions are not noted."""
    written, moved = graph.written, graph.program.moved
    noted = places_of(written).implied
    return noted if written is graph.program else {moved[node] for node in noted if 0 <= node < len(moved)}


def _check_implied(graph: Graph, node: int, shapes: list[Shape]) -> None:
    """`W x` is a matrix product on paper and an entry by entry product in our language: it has to be said which."""
    if min(map(len, shapes)) == 0 or max(map(len, shapes)) < 2 or node not in _implied_products(graph):
        return
    left, right = map(shape_text, shapes)
    text = f"A product without a sign is not clear here: {left} and {right}."
    hint = "Write `@` for the matrix product, or `*` for one entry by entry."
    raise UserError([Problem("implied-tensor-product", text, hint, graph.span(node))])


def _told(graph: Graph, node: int, error: ShapeError) -> UserError:
    """Which operand is guilty, where it stands, and the likely repair."""
    operands = graph.program.operands(node)
    place = operands[error.operand] if error.operand is not None else node
    subject = graph.labels[place] if place in graph.names else None
    message = error.message if subject is None else f"{error.message} It is `{subject}` that does not fit."
    return UserError([Problem("shape", message, error.hint, graph.span(place))])
