"""What both passes need to write their lines: the trace, the target, names, operands as code, and the line counter."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from app.engine.reverse import is_constant_operand, leads_to
from app.engine.trace import Trace
from app.export.code.dialects import Dialect
from app.export.code.identifiers import Identifiers, name_nodes
from app.export.code.literals import literal_code
from app.export.code.records import Line, LineKind
from app.export.code.rules import Attributes, Constants, gradient_template
from app.export.code.trees import Number, number_text
from app.operations.shapes import Shape

_ONE_LINE = 20
"""Operands that are nested in one line; Python's own reader gives up at some ninety brackets."""


class Sheet:
    """One program on its way into one target."""

    def __init__(self, trace: Trace, dialect: Dialect) -> None:
        self.trace = trace
        self.program = trace.program
        self.dialect = dialect
        self.output = trace.output_nodes[0]
        self.identifiers = Identifiers()
        self.reserve()
        named = filter(self.is_named, range(len(self.program.ops)))
        self.names = name_nodes({node: self.label(node) for node in named}, self.identifiers)
        self.lines = 0
        self.rules_used: set[str] = set()
        self._literals: dict[int, str] = {}

    def reserve(self) -> None:
        """Takes names that no node may have; of numbers none."""

    def shape(self, node: int) -> Shape:  # noqa: ARG002  # of numbers all alike
        """The shape of a node; () for a number."""
        return ()

    def label(self, node: int) -> str:
        """What a node would be called."""
        return self.trace.graph.labels[node]

    def is_named(self, node: int) -> bool:
        """Whether a node has a line of its own: all but literals among the operands."""
        return not self.program.is_constant(node) or node in self.trace.output_nodes

    @cached_property
    def gradients(self) -> dict[int, str]:
        """Node -> what the code calls its gradient."""
        return {node: self.identifiers.take(f"grad_{name}") for node, name in self.names.items()}

    @cached_property
    def uses(self) -> dict[int, int]:
        """Node that receives a gradient -> in how many parts."""
        found = {self.output: 1}
        for gate in range(self.output, -1, -1):
            if gate in found and self.program.operation(gate) is not None:
                for position, operand in enumerate(self.program.operands(gate)):
                    rule = self.rule(gate, position)
                    if rule is not None:
                        self.rules_used.add(rule)
                        found[operand] = found.get(operand, 0) + 1
        return found

    @cached_property
    def forks(self) -> int:
        """How many nodes receive their gradient in more than one part."""
        return sum(count > 1 for count in self.uses.values())

    @cached_property
    def leads(self) -> list[bool]:
        """Node -> whether the output is computed from it."""
        return leads_to(self.program, self.output)

    @cached_property
    def plain(self) -> list[bool]:
        """Node -> whether it is a plain number in every target: a literal, or computed from literals alone."""
        found: list[bool] = []
        for node in range(len(self.program.ops)):
            operands = self.program.operands(node)
            found.append(all(found[each] for each in operands) if operands else self.program.is_constant(node))
        return found

    def line(self, kind: LineKind, text: str, **about: Any) -> Line:
        """The next line."""
        self.lines += 1
        return Line(self.lines, kind, text, **about)

    def code_of(self, node: int) -> str:
        """A node as an operand: its name, or its literal."""
        if not self.program.is_constant(node):
            return self.names[node]
        return self.literal(node)

    def literal(self, node: int) -> str:
        """A literal as code."""
        if node not in self._literals:
            slot = ~self.program.first[node]
            self._literals[node] = literal_code(self.program, slot, self.trace.graph.positions)
        return self._literals[node]

    def attributes(self, node: int) -> Attributes:
        """The attributes given to a gate."""
        return tuple(self.program.attributes(node).items())

    def rule(self, node: int, position: int) -> str | None:
        """The template of what a gate passes on to one operand; None where that is nothing."""
        if is_constant_operand(self.program, node, position):
            return None
        operation = self.program.operation(node)
        assert operation is not None
        constants: Constants = ()
        if not operation.variadic:
            constants = tuple(self._constant(operand) for operand in self.program.operands(node))
        return gradient_template(
            operation.name, position, constants, self.attributes(node), self.trace.conventions, self.dialect.name
        )

    def _constant(self, node: int) -> Number | None:
        if not self.program.is_constant(node):
            return None
        value, code = self.trace.values[node], self.literal(node)
        return Number(value, None if code == number_text(value) else code)


def chunks(operands: list[str], nested: bool) -> list[list[str]]:
    """Operands of one gate, line by line; only nested templates need more than one."""
    if not nested or len(operands) <= _ONE_LINE:
        return [operands]
    first = [operands[:_ONE_LINE]]
    return first + [operands[start : start + _ONE_LINE - 1] for start in range(_ONE_LINE, len(operands), _ONE_LINE - 1)]
