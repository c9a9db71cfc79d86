"""The backward pass as a program of its own: what it computes, gate by gate, written in our own operations.

Every gate of the forward pass gives each operand upstream gradient times local gradient; the local gradient is the
registry's rule text, its names bound to the nodes they stand for. Differentiating that program gives second
derivatives, and drawing it shows the backward pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.program_builder import Literal, Operand, Place, ProgramBuilder, rule_value
from app.engine.reverse import leads_to, local_gradients
from app.engine.rules import rules_for, tie_shares
from app.engine.trace import Trace
from app.language.places import places_of
from app.language.program import Places, Program
from app.language.vocabulary import CODE_OF, CONSTANT, MULTIPLY, NEGATE
from app.operations import Operation

_ADD = CODE_OF["add"]


@dataclass(frozen=True, slots=True)
class Backward:
    """The backward pass of one output as a program.

    program, values   its nodes and their values
    forward           node of the forward pass -> the node that holds its value here
    gradients         node of the forward pass -> the node that is its gradient; absent where that is 0 because the
                      output is not computed from it. Several may share one: an addition passes its gradient on
    seed              the gradient that arrives at the output, a leaf
    """

    program: Program
    values: list[float]
    forward: dict[int, int]
    gradients: dict[int, int]
    seed: int


def build_backward(trace: Trace, output: int, *, alone: bool = False) -> Backward:
    """The backward pass of an output of a trace.

    alone   False: behind the forward pass, whose nodes keep their numbers; what it reuses can be differentiated.
            True: by itself. Values that it reuses are leaves with the names they have in the forward pass, gradients
            are called grad_x, and the gradient of every leaf is a gate of its own.
    The gates fit the trace's values: of a rule with cases only the one that holds is there. So a maximum passes the
    gradient on to the operand it chose, and 0 times the gradient to the others.
    """
    return _Building(trace, output, alone).run()


class _Building:
    def __init__(self, trace: Trace, output: int, alone: bool) -> None:
        self._trace = trace
        self._source = trace.program
        self._output = output
        self._alone = alone
        self._rules = rules_for(trace.conventions)
        written = places_of(self._source)
        self._places = list(zip(written.starts, written.ends, strict=True))
        self._builder = ProgramBuilder(*(_empty(trace) if alone else _copied(trace)))
        self._forward = {} if alone else {node: node for node in range(len(self._source.ops))}
        self._taken = set(trace.graph.labels.values())

    def run(self) -> Backward:
        source, output = self._source, self._output
        seed = self._builder.leaf(self._name(output), 1.0, self._places[output])
        if not self._alone:
            self._builder.program.fixed.add(seed)
        reached = leads_to(source, output)
        parts: dict[int, list[int]] = {output: [seed]}
        gradients: dict[int, int] = {}
        named = {seed}
        for node in range(output, -1, -1):
            if not reached[node] or source.is_fixed(node) or node not in parts:
                continue
            place = self._places[node]
            gradient = self._sum(parts.pop(node), place)
            if self._alone:
                gradient = self._give_name(node, gradient, named)
            gradients[node] = gradient
            if source.ops[node] > CONSTANT:
                self._differentiate(node, gradient, parts)
        return Backward(self._builder.program, self._builder.values, self._forward, gradients, seed)

    def _sum(self, parts: list[int], place: Place) -> int:
        total = parts[0]
        for part in parts[1:]:
            total = self._builder.node(self._builder.gate(_ADD, [total, part], place), place)
        return total

    def _differentiate(self, node: int, gradient: int, parts: dict[int, list[int]]) -> None:
        """Adds what the gate of a node gives to each of its operands."""
        source, values = self._source, self._trace.values
        operation = source.operation(node)
        assert operation is not None
        operands = source.operands(node)
        found = local_gradients(source, values, node, self._rules)
        numbers = self._numbers(operation, node)
        tied, shares = 0, [0.0] * len(operands)
        if operation.variadic:
            inputs = tuple(values[each] for each in operands)
            tied, shares = tie_shares(inputs, values[node], self._rules.conventions.ties)
        for position, (operand, local) in enumerate(zip(operands, found, strict=True)):
            if local is None:
                continue
            place = self._places[operand]
            if operation.variadic:
                own = {operation.operands[0]: values[operand], "ties": float(tied), "tie_share": shares[position]}
                numbers = numbers | own
            factor = self._local(operation, node, position, local, numbers)
            if isinstance(factor, Literal) and factor.value == 0.0:
                if self._alone:  # a gate that passes nothing on is worth seeing
                    parts.setdefault(operand, []).append(self._builder.times(gradient, factor, place))
                continue
            if isinstance(factor, Literal) and factor.value == -1.0:
                part = self._builder.gate(NEGATE, [gradient], place)
            else:
                part = self._builder.gate(MULTIPLY, [gradient, factor], place)
            parts.setdefault(operand, []).append(self._builder.node(part, place))

    def _local(
        self, operation: Operation, node: int, position: int, local: float, numbers: Mapping[str, float]
    ) -> Operand:
        """The local gradient as gates: by the formula that readers are shown, unless a special case holds here."""
        operands = self._source.operands(node)
        place = self._places[operands[position]]
        index = 0 if operation.variadic else position
        shown, rule = operation.shown[index], operation.local[index]
        if shown is None or rule is None:
            return Literal(0.0, "0")
        given = operands[position : position + 1] if operation.variadic else operands
        names = {"out": node, **dict(zip(operation.operands, given, strict=True))}

        def operand(name: str) -> Operand:
            return self._value(names[name]) if name in names else Literal(numbers[name], f"{numbers[name]:.6g}")

        # A special case says the value of a limit at one point: it is the formula that can be differentiated there.
        text = shown if shown == rule or rule_value(shown, numbers) == local else rule
        return self._builder.rule(text, numbers, operand, place)

    def _numbers(self, operation: Operation, node: int) -> dict[str, float]:
        """What the names in the rules of a gate stand for; of one with any number of operands, all but those of one."""
        values, conventions = self._trace.values, self._trace.conventions
        operands = () if operation.variadic else (values[each] for each in self._source.operands(node))
        return {
            **dict(zip(operation.operands, operands, strict=False)),
            **operation.attributes,
            **self._source.attributes(node),
            "out": values[node],
            "relu_at_zero": conventions.relu_at_zero,
            "abs_at_zero": conventions.abs_at_zero,
        }

    def _value(self, node: int) -> Operand:
        """The value of a node of the forward pass, as the backward pass reuses it."""
        trace, source = self._trace, self._source
        if source.is_constant(node):
            return Literal(trace.values[node], trace.graph.labels[node])
        if node not in self._forward:
            label = trace.graph.labels[node]
            self._forward[node] = self._builder.leaf(label, trace.values[node], self._places[node])
        return self._forward[node]

    def _give_name(self, node: int, gradient: int, named: set[int]) -> int:
        """The gradient of a node under its name; that of a leaf is a gate of its own, so that it can be seen."""
        if node == self._output:
            return gradient
        if self._source.first[node] < 0 and gradient in named:
            gradient = self._builder.times(gradient, Literal(1.0, "1"), self._places[node])
        program, name = self._builder.program, self._name(node)
        program.names[name] = gradient
        program.targets.append(name)
        program.roots.append(gradient)
        named.add(gradient)
        return gradient

    def _name(self, node: int) -> str:
        """grad_x for x, with a prime where the program has that name itself."""
        name = f"grad_{self._trace.graph.labels[node]}"
        while name in self._taken:
            name += "'"
        self._taken.add(name)
        return name


def _empty(trace: Trace) -> tuple[Program, list[float]]:
    """A program with the text of a trace's and nothing in it."""
    program = Program(trace.program.prepared)
    program.leaves = {}
    program.places = Places()
    return program, []


def _copied(trace: Trace) -> tuple[Program, list[float]]:
    """A program with the nodes of a trace's, to which others can be added, and their values."""
    source = trace.program
    program = source.without_nodes()
    program.ops, program.first, program.second = [*source.ops], [*source.first], [*source.second]
    program.wide, program.constants, program.fixed = {**source.wide}, [*source.constants], {*source.fixed}
    program.names, program.leaves = {**source.names}, {**source.leaves}
    written = places_of(source)
    program.places = Places(starts=[*written.starts], ends=[*written.ends])
    return program, [*trace.values]
