"""What everything is called in the worked solution of a program with tensors."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from app.engine.reverse import leads_to
from app.engine.tensors.trace import TensorTrace
from app.explain.printed_tensors import Number
from app.language.latex_names import latex_name
from app.language.names import CONSTANT_NAMES


class Names:
    """Names of the nodes that lead to the output, with their values.

    names     node -> its name in texts           latex   name -> how it is written
    known     name -> its value                   g       what the gradient of a step is called in its texts
    gates     that the output is computed by, in topological order
    leaves    that the output is computed from      unused  the other ones
    constants tensors that are written as literals: they have a name of their own
    """

    def __init__(self, trace: TensorTrace, output_latex: str) -> None:
        self.trace = trace
        program, graph = trace.program, trace.graph
        self.output = trace.output_nodes[0]
        self.output_latex = output_latex
        reached = leads_to(program, self.output)
        self.gates = [node for node in range(self.output + 1) if reached[node] and program.operands(node)]
        self.leaves = tuple(node for node in program.leaves if reached[node])
        self.unused = tuple(node for node in program.leaves if not reached[node])
        taken = set(graph.labels.values()) | set(program.names)
        self.names = {node: graph.labels[node] for node in (*program.leaves, *self.gates)}
        self.constants = tuple(
            node
            for node in range(self.output)
            if reached[node] and program.is_constant(node) and np.ndim(trace.values[node])
        )
        for index, node in enumerate(self.constants):
            self.names[node] = free_name(f"c{index + 1}" if len(self.constants) > 1 else "c", taken)
        self.g = free_name("g", taken)
        self.latex = {
            name: latex_name(name, tensor=True) if node in self.constants else graph.latex(node)
            for node, name in self.names.items()
        }
        self.known: dict[str, Number] = {name: trace.values[node] for node, name in self.names.items()}

    @property
    def trivial(self) -> bool:
        """Whether the gradient of the output is the number 1, which no formula needs to say."""
        return np.ndim(self.trace.values[self.output]) == 0 and bool(self.trace.gradients[self.output] == 1.0)

    def gradient_latex(self, node: int) -> str:
        r"""\frac{\partial E}{\partial W_{1}}."""
        return rf"\frac{{\partial {self.output_latex}}}{{\partial {self.latex[self.names[node]]}}}"

    def g_of(self, target: int) -> str | None:
        """What the gradient of a step is called; None where it is 1."""
        return None if target == self.output and self.trivial else self.g

    def known_in(self, target: int) -> Mapping[str, Number]:
        """The value of every name in the formulas of a step."""
        return {**self.known, self.g: self.trace.gradients[target]}

    def latex_in(self, target: int) -> Mapping[str, str]:
        """How every name in them is written."""
        return {**self.latex, self.g: self.gradient_latex(target)}

    @property
    def taken(self) -> frozenset[str]:
        """Names of constants, such as e, that the program uses for nodes of its own."""
        return frozenset(name for name in CONSTANT_NAMES if name in self.names.values())


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or with strokes behind it while the program uses it itself."""
    while name in taken:
        name += "_"
    return name
