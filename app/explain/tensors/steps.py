"""Which nodes of a program with tensors are steps of its worked solution, and what each passes back.

A line of the program stays whole as long as each of its operands receives the gradient by one rule: `z = W @ x + b` is
one step, and so is the mean of a formula of entries. Where two rules follow each other, as in `sigmoid(W @ x)`, the
gate between them is a step of its own, with the name that it has on the graph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.algebra import multiply
from app.explain.steps import MOST_ATOMS, MOST_GATES, Step, holds_open_composite
from app.explain.tensors.flow_writer import FlowWriter, Part
from app.explain.tensors.flows import Flow
from app.explain.tensors.names import Names
from app.explain.tensors.terms import expressions, is_entrywise, is_sum, local_terms
from app.explain.terms import ONE, Name, Term, TermTooLargeError
from app.language.vocabulary import CODE_MASK, COMPARISONS


class TensorSteps(Names):
    """The steps in topological order, and what they pass back.

    flows     (source, target) -> what the step passes back to that operand
    members   every step and every leaf, and constants that are tensors
    """

    def __init__(self, trace: TensorTrace, output_latex: str) -> None:
        super().__init__(trace, output_latex)
        self._writer = FlowWriter(self)
        self.flows: dict[tuple[int, int], Flow] = {}
        self.members: dict[int, bool] = dict.fromkeys((*self.leaves, *self.constants), True)
        self.steps = self._find()

    def _find(self) -> tuple[Step, ...]:
        program, found = self.trace.program, []
        named, uses = program.node_names(), self._uses()
        lines = [node for node in self.gates if node in named or node == self.output or uses[node] > 1]
        self.members |= dict.fromkeys(lines, True)
        for line in lines:
            inside = self._gates_of(line)
            whole = None if holds_open_composite(program, inside) else self._line(inside, uses)
            found += whole or self._gate_by_gate(inside, uses)
        found.sort(key=lambda step: step.node)
        return tuple(found)

    def _gate_by_gate(self, inside: Sequence[int], uses: Sequence[int]) -> list[Step]:
        """As steps of single gates; a matrix product and what is added to it stay together."""
        return self._line(inside, uses, small=True) or self._line(inside, uses, small=True, masks=True) or []

    def _line(
        self, inside: Sequence[int], uses: Sequence[int], *, small: bool = False, masks: bool = False
    ) -> list[Step] | None:
        """The steps of a line, merged as far as the rules allow; None where a formula would be too long or wrong."""
        if not small and len(inside) > MOST_GATES:
            return None
        forced: set[int] = set()
        while True:
            try:
                steps, flows, missing = self._split(inside, uses, forced, small=small, masks=masks)
            except TermTooLargeError:
                if masks:
                    raise
                return None
            if missing:
                forced |= missing
                continue
            break
        if not masks and not all(self._writer.is_right(flow, steps) for flow in flows):
            return None
        self.flows |= {(flow.source, flow.target): flow for flow in flows}
        self.members |= {step.node: True for step in steps}
        return steps

    def _split(
        self, inside: Sequence[int], uses: Sequence[int], forced: set[int], *, small: bool, masks: bool
    ) -> tuple[list[Step], list[Flow], set[int]]:
        """Steps and flows; and gates that have to be steps, since a formula needs their value."""
        trace, program = self.trace, self.trace.program
        terms = expressions(self, inside, inside if small else forced)
        step_of: dict[int, int] = {}
        term_of: dict[int, Term] = {}
        parts: dict[tuple[int, int], list[Part]] = {}
        for gate in reversed(inside):
            target = step_of.setdefault(gate, gate)
            arriving = term_of.setdefault(gate, ONE)
            out: Term = Name(self.names[gate]) if gate == target else terms[gate]
            locals_here = None if masks and not is_sum(trace, gate) else local_terms(self, gate, terms, out)
            for position, operand in enumerate(self.operands(gate)):
                term: Term | None = None
                if locals_here is not None:
                    local = locals_here[position]
                    term = None if local is None else multiply(arriving, local)
                inner = operand in inside and operand not in self.members and operand not in forced
                if inner and operand not in step_of and uses[operand] == 1:
                    if self._is_condition(gate, operand):
                        step_of[operand] = target
                    elif term is not None and self._merges(gate, operand, target, term, small=small):
                        step_of[operand], term_of[operand] = target, term
                        continue
                if program.is_fixed(operand) or (locals_here is not None and term is None):
                    continue
                if (gate, position) in trace.parts and step_of.get(operand) != target:
                    parts.setdefault((operand, target), []).append(Part(gate, position, term))
        steps = [
            Step(root, tuple(g for g in inside if step_of[g] == root), self._read(inside, step_of, root))
            for root in dict.fromkeys(step_of.values())
        ]
        members = self.members | {step.node: True for step in steps}
        flows = [self._writer.flow(source, target, found) for (source, target), found in parts.items()]
        missing = self._missing(flows, members, inside)
        return steps, flows, missing

    def _read(self, inside: Sequence[int], step_of: Mapping[int, int], root: int) -> tuple[int, ...]:
        """What a step reads: members and constants that are written out, each once."""
        read = [one for gate in inside if step_of[gate] == root for one in self.operands(gate)]
        return tuple(
            one
            for one in dict.fromkeys(read)
            if step_of.get(one, one) != root and (one in self.names) and not (one in step_of and step_of[one] == root)
        )

    def _merges(self, gate: int, operand: int, target: int, term: Term, *, small: bool) -> bool:
        """Whether an unnamed operand stays in the step of its user."""
        trace, program = self.trace, self.trace.program
        values, operation = trace.values, program.operation(operand)
        assert operation is not None
        shape = np.shape(values[operand])
        if operation.whole and not is_sum(trace, operand):
            user = program.operation(gate)
            told = operation.downstream and term == ONE and np.shape(values[target]) == shape
            return bool(told) and user is not None and not user.whole
        if small or not (is_entrywise(operation) or is_sum(trace, operand)) or operation.over:
            return False
        if term.size > MOST_ATOMS:
            return False
        if term != ONE and self._holds_product(operand):
            return False  # as a step of its own it takes the product in: z = W x + b
        around = [np.shape(values[one]) for one in self.operands(gate)]
        entries = around[0] if is_sum(trace, gate) else np.broadcast_shapes(*around)
        return bool(shape == entries)

    def _holds_product(self, gate: int) -> bool:
        """Whether an unnamed product of whole tensors stands in it, or in a sum in it."""
        program, waiting = self.trace.program, [gate]
        while waiting:
            for operand in self.operands(waiting.pop()):
                operation = program.operation(operand)
                if operation is None or operand in self.members:
                    continue
                if operation.downstream:
                    return True
                if operation.name in ("add", "sub"):
                    waiting.append(operand)
        return False

    def _is_condition(self, gate: int, operand: int) -> bool:
        operation = self.trace.program.operation(gate)
        is_asked = operation is not None and operation.name == "where"
        return is_asked and self.trace.program.ops[operand] & CODE_MASK in COMPARISONS

    def _missing(self, flows: Sequence[Flow], members: Mapping[int, bool], inside: Sequence[int]) -> set[int]:
        """Gates whose names stand in formulas, though they are no steps yet."""
        hidden = {self.names[gate]: gate for gate in inside if gate not in members}
        if not hidden:
            return set()
        found: set[int] = set()
        for flow in flows:
            words = set(re.findall(r"[^\W\d]\w*'*", flow.text or "")) | set(flow.pulled.names if flow.pulled else ())
            found |= {hidden[word] for word in words if word in hidden}
        return found

    def _uses(self) -> list[int]:
        """How many gates read each node; a gate that reads it twice counts once."""
        uses = [0] * len(self.trace.program.ops)
        for gate in self.gates:
            for operand in dict.fromkeys(self.operands(gate)):
                uses[operand] += 1
        return uses

    def _gates_of(self, line: int) -> list[int]:
        """The gates that a line is made of, in topological order: what lies between it and other members."""
        found, waiting = {line}, [line]
        while waiting:
            for operand in self.operands(waiting.pop()):
                if self.operands(operand) and operand not in self.members and operand not in found:
                    found.add(operand)
                    waiting.append(operand)
        return sorted(found)
