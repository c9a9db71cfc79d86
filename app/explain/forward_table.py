"""The forward table of a worked solution: every step with its symbols, its numbers and its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.trace import Trace
from app.explain.figures import Equation, Figures, Key
from app.explain.printing import Numbers, Symbols
from app.explain.records import Row
from app.explain.steps import Step
from app.language.folding import evaluate
from app.language.printer import print_node
from app.language.program import Program

MOST_OPERANDS = 60
"""Operands that a row prints; a maximum of 3,000 numbers is told in words."""


def value_key(node: int) -> Key:
    """The value of a node among the figures."""
    return ("value", node, -1)


def row_equation(trace: Trace, step: Step) -> Equation:
    """The step's value, computed anew from the printed values of what it reads."""
    program, values, operands = trace.program, trace.values, step.operands

    def compute(numbers: Sequence[float]) -> float:
        known = dict(zip(operands, numbers, strict=True))
        for gate in step.gates:
            operation = program.operation(gate)
            assert operation is not None
            read = [known.get(each, values[each]) for each in program.operands(gate)]
            known[gate] = evaluate(operation, read, program.attributes(gate))
        return known[step.node]

    return Equation(value_key(step.node), tuple(map(value_key, operands)), compute)


def write_rows(
    trace: Trace, steps: Sequence[Step], members: Mapping[int, bool], figures: Figures, on_path: frozenset[int]
) -> tuple[Row, ...]:
    """The rows of these steps, printed as the figures say."""
    program, graph = trace.program, trace.graph
    symbols, numbers = Symbols(program, graph.labels, members), Numbers(program, members)
    rows = []
    for step in steps:
        node = step.node
        operation = program.operation(node)
        assert operation is not None
        wide = len(program.operands(node)) > MOST_OPERANDS
        in_words = _in_words(program, node, operation.title) if wide else ""
        value = figures.printed(value_key(node))
        numbers.numbers = {operand: figures.used(value_key(operand), value_key(node)) for operand in step.operands}
        with_numbers = "" if wide else print_node(numbers, node)[0]
        rows.append(
            Row(
                id=f"n{node}",
                label=graph.labels[node],
                latex=graph.latex(node),
                op=operation.name,
                symbols=in_words or print_node(symbols, node)[0],
                numbers="" if with_numbers == value.latex else with_numbers,
                value=value,
                relation="=" if figures.holds(value_key(node)) else "≈",
                on_path=node in on_path,
                span=graph.span(node),
                gates=tuple(f"n{gate}" for gate in step.gates),
            )
        )
    return tuple(rows)


def _in_words(program: Program, node: int, title: str) -> str:
    return rf"\text{{{title} of {len(program.operands(node)):,} numbers}}"
