"""The backward pass as a graph that can be drawn and read like any other: its nodes are gradients."""

from __future__ import annotations

from functools import cached_property

from app.engine.backward_graph import build_backward
from app.engine.notices import Notice
from app.engine.trace import Trace
from app.graph.build import Graph
from app.graph.model import Part, Statement
from app.language.latex import Latex
from app.language.printer import ATOM, Written, print_node
from app.language.program import Program


class BackwardTrace(Trace):
    """The backward pass of one output of a trace.

    Leaves are the gradient that arrives at the output and the values that are reused; gates compute gradients, named
    grad_x for x; outputs are the gradients of the leaves. Places are those of x in the source. There are no gradients
    of these gradients here, and nothing to warn of that the forward pass has not told.
    """

    def __init__(self, trace: Trace, output: int) -> None:
        backward = build_backward(trace, output, alone=True)
        source = trace.program
        leaves = [backward.gradients[leaf] for leaf in source.leaves if leaf in backward.gradients]
        super().__init__(backward.program, tuple(leaves) or (backward.seed,), (), 1.0, trace.conventions)
        self.gradients = [None] * len(self.values)
        typeset = {gradient: trace.graph.latex(node) for node, gradient in reversed(backward.gradients.items())}
        self._typeset = {node: rf"\mathrm{{grad}}_{{{inner}}}" for node, inner in typeset.items()}
        self._named = {
            f"grad_{label}": rf"\mathrm{{grad}}_{{{trace.graph.latex(node)}}}"
            for node, label in trace.graph.labels.items()
            if node in backward.gradients
        }

    @cached_property
    def graph(self) -> Graph:
        """The backward pass as a graph whose records are made when asked for."""
        return _Gradients(self.program, self.output_nodes, self._typeset)

    @property
    def statements(self) -> list[Statement]:
        """One assignment for every gradient, in the order of the pass: users before operands."""
        program, graph = self.program, self.graph
        style = _Style(program, graph.labels, self._typeset)
        found = []
        given: set[int] = set()
        for target, root in zip(program.targets, program.roots, strict=True):
            head = f"{self._named.get(target or '', graph.latex(root))} = "
            text, stretches = print_node(style, root, closed_root=root in given)
            given.add(root)
            parts = tuple(Part(f"n{node}", len(head) + start, len(head) + end) for node, start, end in stretches)
            found.append(Statement(head + text, f"n{root}", graph.span(root), parts))
        return found

    @cached_property
    def kinks(self) -> list[Notice]:
        """None: the forward pass tells them."""
        return []

    @cached_property
    def remarks(self) -> list[Notice]:
        """None: the forward pass tells them."""
        return []

    @cached_property
    def warnings(self) -> list[Notice]:
        """None: the forward pass tells them."""
        return []


class _Gradients(Graph):
    def __init__(self, program: Program, outputs: tuple[int, ...], typeset: dict[int, str]) -> None:
        super().__init__(program, outputs)
        self._typeset = typeset

    def latex(self, node: int) -> str:
        """A gradient as `grad` with the node it belongs to below; the rest as everywhere."""
        return self._typeset.get(node) or super().latex(node)


class _Style(Latex):
    def __init__(self, program: Program, labels: dict[int, str], typeset: dict[int, str]) -> None:
        super().__init__(program, labels, program.node_names())
        self._typeset = typeset

    def closed(self, node: int) -> Written:
        """A gradient by its name, the rest as everywhere."""
        text = self._typeset.get(node)
        return super().closed(node) if text is None else Written([text], ATOM)
