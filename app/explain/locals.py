"""Local derivatives between the steps of a worked solution, as formulas and as numbers.

A step may be a whole line of the program, such as `E = 1/2*(t - y)^2`. Its derivative is composed from the rules of its
gates by the chain rule, from the line's result back to what stands in it, and simplified on the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.reverse import local_gradients
from app.engine.rules import rules_for, tie_shares
from app.engine.trace import Trace
from app.explain.algebra import add, factored, multiply
from app.explain.rule_terms import Known, LocalTerm, literal_term, local_term, operation_term
from app.explain.terms import ONE, ZERO, Name, Term
from app.language.constants import constant_text
from app.language.names import CONSTANT_NAMES


@dataclass(frozen=True, slots=True)
class LocalDerivative:
    """d target / d source, everything else that the step reads held.

    reasons   conditions that hold at these numbers and decide the formula, in our language
    remarks   sentences of the registry, where the derivative is a matter of choice
    uses      how often the step reads the source
    """

    source: int
    target: int
    term: Term
    value: float
    reasons: tuple[str, ...]
    remarks: tuple[str, ...]
    uses: int


@dataclass(slots=True)
class _Parts:
    terms: list[Term]
    value: float
    reasons: list[str]
    remarks: list[str]
    uses: int


def local_derivatives(trace: Trace, gates: Sequence[int], members: Mapping[int, bool]) -> list[LocalDerivative]:
    """The derivatives of a step by all it reads, in the order in which they stand in it.

    gates     of the step in topological order, the last of them is its result
    members   nodes that are steps or leaves of the solution
    Raises TermTooLargeError where a formula grows beyond what anybody would print.
    """
    program, values, target = trace.program, trace.values, gates[-1]
    rules, taken = rules_for(trace.conventions), taken_constants(trace)
    terms = expression_terms(trace, gates, members)
    upstream: dict[int, tuple[Term, float]] = {target: (ONE, 1.0)}
    found: dict[int, _Parts] = {}
    for gate in reversed(gates):
        operation, operands = program.operation(gate), program.operands(gate)
        assert operation is not None
        arriving, arriving_value = upstream[gate]
        numbers = tuple(values[each] for each in operands)
        known = [Known(terms[each], values[each]) for each in operands]
        out = Known(Name(trace.graph.labels[gate]) if gate == target else terms[gate], values[gate])
        tied, shares = tie_shares(numbers, values[gate], trace.conventions.ties) if operation.variadic else (1, [])
        for position, slope in enumerate(local_gradients(program, values, gate, rules)):
            if slope is None:
                continue
            tie = (tied, shares[position]) if shares else (1, 1.0)
            attributes = program.attributes(gate)
            rule = local_term(operation, position, known, out, attributes, trace.conventions, tie, taken)
            rule = rule or LocalTerm(ZERO)
            term, value = multiply(rule.term, arriving), arriving_value * slope
            operand = operands[position]
            if operand not in members:
                upstream[operand] = (term, value)
                continue
            parts = found.setdefault(operand, _Parts([], 0.0, [], [], 0))
            parts.terms.append(term)
            parts.value += value
            parts.uses += 1
            parts.reasons += [rule.reason] if rule.reason else []
            parts.remarks += [rule.remark] if rule.remark else []
    place = {node: index for index, node in enumerate(_in_order(trace, gates))}
    return [
        LocalDerivative(
            source, target, factored(add(*reversed(parts.terms))), parts.value,
            tuple(dict.fromkeys(parts.reasons)), tuple(dict.fromkeys(parts.remarks)), parts.uses,
        )
        for source, parts in sorted(found.items(), key=lambda item: place[item[0]])
    ]  # fmt: skip


def expression_terms(trace: Trace, gates: Sequence[int], members: Mapping[int, bool]) -> dict[int, Term]:
    """What a step's gates and their operands are called: names of members, literals, formulas for the rest."""
    program, graph = trace.program, trace.graph
    terms: dict[int, Term] = {}
    for gate in gates:
        operation = program.operation(gate)
        assert operation is not None
        for operand in program.operands(gate):
            if program.is_constant(operand):
                terms[operand] = literal_term(constant_text(program, ~program.first[operand], graph.positions))
            elif operand in members:
                terms[operand] = Name(graph.labels[operand])
        if gate == gates[-1]:
            break  # the step's result is called by its name
        operands = [terms[operand] for operand in program.operands(gate)]
        terms[gate] = operation_term(operation, operands, program.attributes(gate))
    return terms


def taken_constants(trace: Trace) -> frozenset[str]:
    """Names of constants, such as e, that the program uses for nodes of its own."""
    return frozenset(name for name in CONSTANT_NAMES if name in trace.program.names)


def _in_order(trace: Trace, gates: Sequence[int]) -> list[int]:
    """What the gates read, in the order in which it is first read."""
    return list(dict.fromkeys(operand for gate in gates for operand in trace.program.operands(gate)))
