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
        self._through = _unturned(trace)
        reached = leads_to(program, self.output)
        gates = (node for node in range(self.output + 1) if reached[node] and program.operands(node))
        self.gates = [node for node in gates if node not in self._through]
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

    def operands(self, node: int) -> tuple[int, ...]:
        """What a gate reads; a vector that is turned, as in θᵀ x, is the vector."""
        return tuple(self._through.get(one, one) for one in self.trace.program.operands(node))

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


def _unturned(trace: TensorTrace) -> dict[int, int]:
    """Gates without a name that turn a vector, which changes nothing -> that vector."""
    program, named = trace.program, trace.program.node_names()
    found: dict[int, int] = {}
    for node in range(len(program.ops)):
        operation = program.operation(node)
        is_turned = operation is not None and operation.name == "transpose" and np.ndim(trace.values[node]) < 2
        if is_turned and node not in named and node not in trace.output_nodes:
            [vector] = program.operands(node)
            found[node] = found.get(vector, vector)
    return found


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or with strokes behind it while the program uses it itself."""
    while name in taken:
        name += "_"
    return name
