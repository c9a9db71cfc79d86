"""What both passes need to write their lines of a program with tensors: shapes, and rules made definite by them."""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.reverse import is_constant_operand
from app.engine.trace import Trace
from app.export.code.arrays import inline_array, is_written
from app.export.code.dialects import Dialect
from app.export.code.rules import Constants, gradient_template, product_template
from app.export.code.sheet import Sheet
from app.export.code.trees import Number
from app.export.code.whole import back_template, forward_template
from app.operations import Operation
from app.operations.code_helpers import HELPERS
from app.operations.shapes import Shape, broadcast


class TensorSheet(Sheet):
    """One program with tensors on its way into one target."""

    def __init__(self, trace: Trace, dialect: Dialect) -> None:
        self.shapes: list[Shape] = [np.shape(value) for value in trace.values]
        self._inline: dict[int, str | None] = {}
        super().__init__(trace, dialect)

    def reserve(self) -> None:
        """The names of the functions that the code may define are its own."""
        for name in HELPERS[self.dialect.name]:
            self.identifiers.take(name)

    def shape(self, node: int) -> Shape:
        """The shape of a node; () for a number."""
        return self.shapes[node]

    def label(self, node: int) -> str:
        """A tensor that is a literal is called `constant`."""
        return "constant" if self.program.is_constant(node) else super().label(node)

    def is_named(self, node: int) -> bool:
        """A tensor that is a long literal has a line, and so a name, of its own."""
        if self.program.is_constant(node) and self.shapes[node] and node not in self.trace.output_nodes:
            return self.inline(node) is None
        return super().is_named(node)

    def inline(self, node: int) -> str | None:
        """A tensor that is a literal as an operand; None where it is long."""
        if node not in self._inline:
            typed = self.trace.graph.labels[node]
            self._inline[node] = inline_array(self.dialect, self.array(node), typed)
        return self._inline[node]

    def array(self, node: int) -> NDArray[np.float64]:
        """The value of a node that is a tensor."""
        found: Any = self.trace.values[node]
        return np.asarray(found, dtype=np.float64)

    def is_loaded(self, node: int) -> bool:
        """Whether a node is a tensor that is too large to be written out."""
        is_leaf = self.program.operation(node) is None
        return is_leaf and bool(self.shapes[node]) and not is_written(self.array(node))

    def code_of(self, node: int) -> str:
        """A node as an operand: its name, or its literal."""
        if self.program.is_constant(node) and self.shapes[node]:
            return self.names.get(node) or self.inline(node) or ""
        return super().code_of(node)

    @cached_property
    def plain(self) -> list[bool]:
        """Node -> whether it is a plain number in every target; never what is made by an operation on tensors."""
        found: list[bool] = []
        for node in range(len(self.program.ops)):
            operation, operands = self.program.operation(node), self.program.operands(node)
            if self.shapes[node] or (operation is not None and "python" not in operation.code):
                found.append(False)
            else:
                found.append(all(found[each] for each in operands) if operands else self.program.is_constant(node))
        return found

    def operand_shapes(self, node: int) -> list[Shape]:
        """The shapes of a gate's operands."""
        return [self.shapes[operand] for operand in self.program.operands(node)]

    def value_template(self, node: int) -> str:
        """What a gate computes, with its operands as placeholders; losses of many entries make one number."""
        operation = self.operation(node)
        shapes = self.operand_shapes(node)
        if operation.whole:
            return forward_template(operation, self.dialect, shapes, self.program.attributes(node))
        template = operation.code[self.dialect.name]
        entries = broadcast(shapes)
        if not operation.over or not entries:
            return template
        if template.startswith("torch.nn.functional."):  # takes the mean itself, but of one shape alone
            if all(shape == entries for shape in shapes):
                return template
            listed = ", ".join(f"#{name}" for name in operation.operands)
            return template.replace(f"({listed}", f"(*torch.broadcast_tensors({listed})", 1)
        return self.dialect.translated(f"np.{operation.over}({template})")

    def operation(self, node: int) -> Operation:
        """The operation of a gate."""
        found = self.program.operation(node)
        assert found is not None
        return found

    def rule(self, node: int, position: int) -> str | None:
        """The template of what a gate passes on to one operand, before sums over what was repeated; or None."""
        if is_constant_operand(self.program, node, position):
            return None
        operation, attributes = self.operation(node), self.program.attributes(node)
        shapes, conventions = self.operand_shapes(node), self.trace.conventions
        if operation.pull is not None:
            return back_template(operation, position, self.dialect, shapes, attributes, conventions.ties)
        if operation.whole:
            texts = operation.downstream.get(tuple(map(len, shapes))) or operation.downstream[()]
            text = texts[position]
            return None if text is None else product_template(operation.name, text, self.dialect.name)
        constants: Constants = ()
        if not operation.variadic:
            constants = tuple(self._constant(operand) for operand in self.program.operands(node))
        template = gradient_template(
            operation.name, position, constants, self.attributes(node), conventions, self.dialect.name, tensors=True
        )
        if template is None or operation.over != "mean" or prod(broadcast(shapes)) == 1:
            return template
        return f"{template} / {self._count(node, shapes)}"

    def _count(self, node: int, shapes: list[Shape]) -> str:
        """The number of entries that a loss is the mean of, asked of an operand that has them all."""
        entries = broadcast(shapes)
        names = self.operation(node).operands
        for name, operand in zip(names, self.program.operands(node), strict=True):
            if self.shapes[operand] == entries and operand in self.names:
                return f"#{name}.{self.dialect.size}"
        return str(prod(entries))

    def _constant(self, node: int) -> Number | None:
        return None if self.shapes[node] else super()._constant(node)
