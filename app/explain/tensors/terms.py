"""Local derivatives of gates that work entry by entry, as formulas in the names of their tensors.

The formula of an entry is that of a number (`rule_terms.py`), so one formula stands for all entries, unless a choice is
made for each of them, as ReLU does: such a gate multiplies by a mask instead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.algebra import multiply, number
from app.explain.rule_terms import literal_term, operation_term, plain_term
from app.explain.tensors.names import Names
from app.explain.terms import ONE, ZERO, Name, Term
from app.language.constants import constant_text
from app.operations import Operation

_OVER_ALL = ("sum", "mean")


def is_entrywise(operation: Operation) -> bool:
    """Whether its local derivatives can be one formula for all entries."""
    return not operation.whole and not any("where(" in (text or "") for text in operation.shown)


def is_sum(trace: TensorTrace, gate: int) -> bool:
    """Whether the gate adds all entries of a tensor, or takes their mean: it passes one number on to all of them."""
    operation, attributes = trace.program.operation(gate), trace.program.attributes(gate)
    is_over_all = attributes.get("axis") is None and not attributes.get("keepdims")
    return operation is not None and operation.name in _OVER_ALL and is_over_all


def expressions(names: Names, gates: Collection[int], alone: Collection[int]) -> dict[int, Term]:
    """What gates in topological order, and what they read, are called: names, literals, formulas of entries.

    A gate that no formula of entries can say, or that is a step of its own (`alone`), goes by its name.
    """
    program, graph, called = names.trace.program, names.trace.graph, names.names
    terms: dict[int, Term] = {}
    for gate in gates:
        operation = program.operation(gate)
        assert operation is not None
        for operand in names.operands(gate):
            if operand in terms:
                continue
            if program.is_constant(operand) and operand not in called:
                terms[operand] = literal_term(constant_text(program, ~program.first[operand], graph.positions))
            elif operand not in gates:
                terms[operand] = Name(called[operand])
        if gate in alone or not is_entrywise(operation) or operation.over:
            terms[gate] = Name(called[gate])
            continue
        operands = [terms[operand] for operand in names.operands(gate)]
        terms[gate] = operation_term(operation, operands, program.attributes(gate))
    return terms


def local_terms(names: Names, gate: int, terms: Mapping[int, Term], out: Term) -> list[Term | None] | None:
    """d out / d operand for every operand, None for one without gradient; None as a whole for a gate with a mask."""
    trace, program = names.trace, names.trace.program
    operation, operands = program.operation(gate), names.operands(gate)
    assert operation is not None
    shapes = [np.shape(trace.values[operand]) for operand in operands]
    if is_sum(trace, gate):
        return [ONE if operation.name == "sum" else _share(int(np.prod(shapes[0])))]
    if not is_entrywise(operation):
        return None
    found: list[Term | None] = []
    for position in range(len(operands)):
        term = plain_term(operation, position, [terms[one] for one in operands], out, program.attributes(gate))
        if term is not None and operation.over == "mean":
            term = multiply(_share(int(np.prod(np.broadcast_shapes(*shapes)))), term)
        found.append(None if term is None or term == ZERO else term)
    return found


def _share(entries: int) -> Term:
    return number(Fraction(1, max(entries, 1)))
