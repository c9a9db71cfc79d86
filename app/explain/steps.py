"""Which nodes of a program are steps of its worked solution.

A textbook works line by line: every named gate is a step, and a line of several gates stays whole as long as its
derivatives are short. Where they are not, where a group stands open, or where the program is one single line, every
gate of the line is a step of its own, with the name it has on the graph (s0, s1, …).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.reverse import leads_to
from app.engine.trace import Trace
from app.explain.locals import LocalDerivative, local_derivatives, taken_constants
from app.explain.printing import Formula
from app.explain.term_text import term_text
from app.explain.terms import TermTooLargeError
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, COMPARISONS

MOST_GATES = 40
"""Gates of a line that stays whole: a weighted sum of 20 inputs."""

MOST_ATOMS = 8
"""Names and numbers in a derivative that a textbook prints in one go: −t/h + (1 − t)/(1 − h) has six."""

WHOLE_UP_TO = 2_000
"""Gates of a program up to which lines are tried as a whole; larger ones are worked gate by gate."""

_SAME = 1e-9
"""Formula and engine may differ by rounding alone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the forward table: a node, the gates it is made of (itself last), and what it reads, each once."""

    node: int
    gates: tuple[int, ...]
    operands: tuple[int, ...]


class Steps:
    """The steps of a program in topological order: what its output is computed by, and no more.

    leaves    that the output is computed from      unused    the other ones
    members   every step and every leaf
    """

    def __init__(
        self, trace: Trace, steps: Sequence[Step], leaves: tuple[int, ...], members: dict[int, bool],
        known: dict[int, list[LocalDerivative]],
    ) -> None:  # fmt: skip
        self._trace = trace
        self._locals = known
        self.steps = tuple(steps)
        self.leaves = leaves
        self.unused = tuple(node for node in trace.program.leaves if node not in members)
        self.members = members

    def locals_of(self, step: Step) -> list[LocalDerivative]:
        """The local derivatives of a step, worked out when first asked for."""
        if step.node not in self._locals:
            self._locals[step.node] = local_derivatives(self._trace, step.gates, self.members)
        return self._locals[step.node]


def find_steps(trace: Trace) -> Steps:
    """The steps of the program for its first output."""
    program, output = trace.program, trace.output_nodes[0]
    reached = leads_to(program, output)
    named = program.node_names()
    gates = [node for node in range(output + 1) if reached[node] and program.operands(node)]
    leaves = tuple(node for node in program.leaves if reached[node])
    members = dict.fromkeys(leaves, True)
    uses = _uses(program, gates)
    lines = [node for node in gates if node in named or node == output or uses[node] > 1]
    members |= dict.fromkeys(lines, True)
    whole = len(gates) <= WHOLE_UP_TO and sum(node in named or node == output for node in lines) > 1
    numbers = {label: trace.values[node] for node, label in trace.graph.labels.items()} if whole else {}
    steps: list[Step] = []
    known: dict[int, list[LocalDerivative]] = {}
    for line in lines:
        inside = _gates_of(program, line, members)
        if len(inside) > 1:
            found = _short_locals(trace, inside, members, numbers) if whole else None
            if found:
                known[line] = found
        groups = [inside] if line in known else _gate_by_gate(program, inside)
        members |= {group[-1]: True for group in groups}
        steps += [Step(group[-1], tuple(group), _operands(program, group, members)) for group in groups]
    steps.sort(key=lambda step: step.node)
    return Steps(trace, steps, leaves, members, known)


def _uses(program: Program, gates: Sequence[int]) -> list[int]:
    """How many gates read each node; a gate that reads it twice counts once."""
    uses = [0] * len(program.ops)
    for gate in gates:
        for operand in dict.fromkeys(program.operands(gate)):
            uses[operand] += 1
    return uses


def _gates_of(program: Program, line: int, members: dict[int, bool]) -> list[int]:
    """The gates that a line is made of, in topological order: what lies between it and other members."""
    found, waiting = {line}, [line]
    while waiting:
        for operand in program.operands(waiting.pop()):
            if program.operands(operand) and operand not in members and operand not in found:
                found.add(operand)
                waiting.append(operand)
    return sorted(found)


def _gate_by_gate(program: Program, gates: list[int]) -> list[list[int]]:
    """Every gate by itself, but that a condition stands inside the gate that asks it: `where(x > 0, …)`."""
    groups, inside = [], set(gates)
    for gate in gates:
        if gate != gates[-1] and _is_condition(program, gate):
            continue
        conditions = [each for each in program.operands(gate) if each in inside and _is_condition(program, each)]
        groups.append([*sorted(set(conditions)), gate])
    return groups


def _is_condition(program: Program, gate: int) -> bool:
    return program.ops[gate] & CODE_MASK in COMPARISONS


def _short_locals(
    trace: Trace, gates: list[int], members: dict[int, bool], numbers: Mapping[str, float]
) -> list[LocalDerivative] | None:
    """The derivatives of a line as a whole, or None where a textbook would take it apart."""
    if len(gates) > MOST_GATES or holds_open_composite(trace.program, gates):
        return None
    try:
        found = local_derivatives(trace, gates, members)
    except TermTooLargeError:
        return None
    taken = taken_constants(trace)
    return found if all(one.term.size <= MOST_ATOMS and _agrees(one, numbers, taken) for one in found) else None


def _operands(program: Program, gates: list[int], members: dict[int, bool]) -> tuple[int, ...]:
    read = [operand for gate in gates for operand in program.operands(gate) if operand in members]
    return tuple(node for node in dict.fromkeys(read) if node not in gates)


def holds_open_composite(program: Program, gates: Sequence[int]) -> bool:
    """Whether the reader has opened a composite among these gates: then every gate is a step."""
    if not program.group_of:
        return False
    around = [program.group_of[gate] for gate in gates if program.group_of[gate] >= 0]
    return any(program.groups[group].function is None for group in around)


def _agrees(one: LocalDerivative, numbers: Mapping[str, float], taken: frozenset[str]) -> bool:
    """Whether the simplified formula gives the number of the engine: x/x is 1, but at 0 the engine says NaN."""
    if not math.isfinite(one.value):
        return False
    value = Formula(term_text(one.term), taken).value(numbers)
    return math.isclose(value, one.value, rel_tol=_SAME, abs_tol=1e-300)
