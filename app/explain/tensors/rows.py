"""The forward table of a program with tensors: every step with its symbols, its matrices and its value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.figures import Equation
from app.explain.forward_table import MOST_OPERANDS, value_key
from app.explain.printed_tensors import Number, is_printable
from app.explain.records import Row
from app.explain.steps import Step
from app.explain.tensors.figures import TensorFigures
from app.explain.tensors.steps import TensorSteps
from app.explain.tensors.style import TensorNumbers, TensorSymbols, bare_matrices
from app.language.folding import fold_tensors
from app.language.printer import print_node
from app.limits import DEFAULT_LIMITS


class RowWriter:
    """Writes the rows of one solution."""

    def __init__(self, trace: TensorTrace, steps: TensorSteps, figures: TensorFigures) -> None:
        self._trace, self._steps, self._figures = trace, steps, figures
        program, labels, members = trace.program, trace.graph.labels, steps.members
        shapes = [np.shape(value) for value in trace.values]
        latex = {node: steps.latex[steps.names[node]] for node in members}
        self._symbols = TensorSymbols(program, labels, members, shapes, latex)
        self._numbers = TensorNumbers(program, labels, members, shapes, latex)

    def equation(self, step: Step) -> Equation | None:
        """The step's value, computed anew from the printed values of what it reads; None where those are too large."""
        if not self._is_printed(step):
            return None
        program, values, operands = self._trace.program, self._trace.values, step.operands

        def compute(numbers: Sequence[Number]) -> Number:
            known = dict(zip(operands, numbers, strict=True))
            for gate in step.gates:
                operation = program.operation(gate)
                assert operation is not None
                read = [known.get(each, values[each]) for each in self._steps.operands(gate)]
                known[gate] = fold_tensors(operation, read, program.attributes(gate), DEFAULT_LIMITS)
            return known[step.node]

        return Equation(value_key(step.node), tuple(map(value_key, operands)), compute)

    def row(self, step: Step, on_path: frozenset[int]) -> Row:
        """The row, printed as the figures say."""
        trace, figures, node = self._trace, self._figures, step.node
        program, graph = trace.program, trace.graph
        operation = program.operation(node)
        assert operation is not None
        value = figures.shown(value_key(node))
        wide = len(program.operands(node)) > MOST_OPERANDS
        in_words = rf"\text{{{operation.title} of {len(program.operands(node)):,} operands}}"
        with_numbers = ""
        if self._is_printed(step) and not wide:
            self._numbers.numbers = {one: figures.shown_in(value_key(one), value_key(node)) for one in step.operands}
            with_numbers = bare_matrices(print_node(self._numbers, node)[0])
        return Row(
            id=f"n{node}",
            label=graph.labels[node],
            latex=graph.latex(node),
            op=operation.name,
            symbols=in_words if wide else print_node(self._symbols, node)[0],
            numbers="" if with_numbers == value.latex else with_numbers,
            value=value,
            relation="=" if figures.holds(value_key(node)) else "≈",
            on_path=node in on_path,
            span=graph.span(node),
            gates=tuple(f"n{gate}" for gate in step.gates),
        )

    def _is_printed(self, step: Step) -> bool:
        values = self._trace.values
        return all(is_printable(np.shape(values[one])) for one in (*step.operands, step.node))
