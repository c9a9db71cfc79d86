"""The graph of a program: records of nodes, groups and statements, made from its lists when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from app.errors import Span
from app.graph.labels import node_labels
from app.graph.model import Kind, Node, Part, Statement
from app.language.constants import written_between
from app.language.latex import Latex, latex_constant, latex_definition
from app.language.latex_names import latex_name
from app.language.names import suggested_role
from app.language.notation import print_program
from app.language.places import places_of
from app.language.positions import Positions
from app.language.printer import print_node
from app.language.program import Function, Program
from app.language.vocabulary import LEAF


class Graph:
    """A program as a graph; ids are "n0", "n1", … in topological order."""

    def __init__(self, program: Program, outputs: Sequence[int]) -> None:
        self.program = program
        self.output_nodes = tuple(outputs)
        self.tensors: frozenset[int] = frozenset()
        """Nodes that are no numbers; the forward pass of tensors fills them in, for shapes follow from values."""

    @cached_property
    def positions(self) -> Positions:
        """Where tokens stand in the source."""
        return Positions(self.program.prepared)

    @property
    def written(self) -> Program:
        """The program as it was written, before composites were opened."""
        return self.program.written or self.program

    @cached_property
    def names(self) -> dict[int, str]:
        """Node number -> the program's name for it."""
        return self.program.node_names()

    @cached_property
    def labels(self) -> dict[int, str]:
        """Node number -> label."""
        return node_labels(self.program, self.output_nodes, self.positions)

    @cached_property
    def nodes(self) -> list[Node]:
        """All nodes in topological order."""
        names, depths = self.names, self._depths()
        return [self._node(node, names.get(node), depths[node]) for node in range(len(self.program.ops))]

    @cached_property
    def statements(self) -> list[Statement]:
        """How every statement was read."""
        program = self.written
        labels = self.labels if program is self.program else node_labels(program, (), self.positions)
        written = (
            {node for node in range(len(program.ops)) if self._moved(node) in self.tensors} if self.tensors else ()
        )
        style = Latex(program, labels, program.node_names(), tensors=written)
        listed = [self._statement(program, index, style, labels) for index in range(len(program.targets))]
        for function in reversed(program.functions.values()):
            span = self.positions.statement(function.first_pair, function.last_pair)
            listed.insert(function.before, Statement(latex_definition(function), None, span, ()))
        return listed

    @cached_property
    def rewritten(self) -> str | None:
        """The program in our notation, where it is written in another one."""
        return print_program(self.written) if self.program.prepared.translation else None

    def span(self, node: int) -> Span:
        """Where a node is written in the source."""
        places = places_of(self.program)
        return self.positions.span(places.starts[node], places.ends[node])

    def latex(self, node: int) -> str:
        """The label of a node as LaTeX."""
        label = self.labels[node]
        return (
            str(latex_constant(label).segments[0])
            if self.program.is_constant(node)
            else latex_name(label, tensor=node in self.tensors)
        )

    def call_latex(self, function: Function, operands: Sequence[int]) -> str:
        r"""A call with what its operands are called: `\mathrm{neuron}\left(a, s_{0}, 2\right)`."""
        written = ", ".join(self.latex(operand) for operand in operands[: len(function.parameters)])
        return rf"{latex_name(function.name)}\left({written}\right)"

    def kind(self, node: int) -> Kind:
        """Role of a leaf, or "operation"."""
        program = self.program
        if program.ops[node] != LEAF:
            return "constant" if program.is_constant(node) else "operation"
        name = program.leaves[node]
        return program.roles.get(name) or suggested_role(name)

    def _node(self, node: int, name: str | None, depth: int) -> Node:
        program, label = self.program, self.labels[node]
        operation = program.operation(node)
        value_line = places_of(program).value_lines.get(node)
        group = program.group_of[node] if program.group_of else -1
        return Node(
            id=f"n{node}",
            kind=self.kind(node),
            op=operation.name if operation else None,
            operands=tuple(f"n{operand}" for operand in program.operands(node)),
            name=name,
            label=label,
            latex=self.latex(node),
            depth=depth,
            group=f"g{group}" if group >= 0 else None,
            span=self.span(node),
            value_span=self.positions.span(*value_line) if value_line else None,
            attributes={**operation.attributes, **program.attributes(node)} if operation else {},
        )

    def _depths(self) -> list[int]:
        depths: list[int] = []
        for node in range(len(self.program.ops)):
            depths.append(1 + max((depths[operand] for operand in self.program.operands(node)), default=-1))
        return depths

    def _statement(self, program: Program, index: int, style: Latex, labels: Mapping[int, str]) -> Statement:
        target, root, places = program.targets[index], program.roots[index], places_of(program)
        head = "" if target is None else f"{latex_name(target, tensor=self._moved(root) in self.tensors)} = "
        parts: tuple[Part, ...] = ()
        if index in program.only_values and root in places.value_lines:
            text = str(latex_constant(self._value_text(program, root)).segments[0])
            parts = (Part(self._id(root), 0, len(head) - len(" = ")),)
        else:
            alias = style.is_closed(root) and labels[root] != target
            text, stretches = print_node(style, root, closed_root=alias)
            parts = tuple(Part(self._id(node), len(head) + start, len(head) + end) for node, start, end in stretches)
        span = self.positions.statement(places.first_pairs[index], places.last_pairs[index])
        return Statement(head + text, self._id(root), span, parts)

    def _id(self, written: int) -> str:
        """The id of a node of the program as written."""
        return f"n{self._moved(written)}"

    def _moved(self, written: int) -> int:
        return self.program.moved[written] if self.program.written else written

    def _value_text(self, program: Program, leaf: int) -> str:
        """The right side of a value line as typed."""
        start, end = places_of(program).value_lines[leaf]
        return written_between(program, start, end, self.positions)
