"""The product that backpropagation computes in place of a Jacobian: its rule, and what it costs beside the matrix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from app.engine.rules import rules_for
from app.engine.tensors.forward import Value
from app.engine.tensors.reverse import pass_back, run_reverse
from app.engine.tensors.trace import TensorTrace
from app.engine.varied import nodes_between, parse_rule
from app.language.folding import shape_of
from app.language.latex import Latex
from app.language.parser import parse_unfolded
from app.language.printer import print_node
from app.operations import Operation
from app.operations.shapes import Shape

Array = NDArray[np.float64]

_BARE = re.compile(r"#([A-Za-z_]\w*)|(?<![\\A-Za-z])([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Product:
    """What stands in place of d output / d node.

    direct            the node is an operand of the output's gate: `text` and `latex` are its rule, g the upstream
                      gradient; None where the rule cannot be written so, and where it is not direct
    upstream          g: the gradient that arrives at the output, or ones where none arrives
    arrives           whether it is the program's own gradient
    result            g^T J as the reverse sweep has it, in the shape of the node
    multiplications   of that sweep, from the output back to the node
    """

    direct: bool
    text: str | None
    latex: str | None
    upstream: Value
    arrives: bool
    result: Value
    multiplications: int


def product_of(trace: TensorTrace, output: int, node: int) -> Product:
    """The product for a pair of nodes; the output is computed from the node, or the result is 0."""
    program, values, rules = trace.program, trace.values, rules_for(trace.conventions)
    upstream: Value = trace.gradients[output] if trace.gradients[output] is not None else 0.0
    arrives = bool(np.any(upstream))
    if not arrives:
        upstream = np.ones(np.shape(values[output])) if np.ndim(values[output]) else 1.0
    positions = (
        [at for at, one in enumerate(program.operands(output)) if one == node] if _is_gate(trace, output) else []
    )
    between = nodes_between(program, [node], output) if node <= output else []
    moved = {node, *between}
    cost = sum(
        rule_cost(trace, gate, at)
        for gate in between
        for at, one in enumerate(program.operands(gate))
        if one in moved and not program.is_fixed(one)
    )
    if len(positions) == 1 and len(between) == 1:
        (position,) = positions
        text, latex = rule_of(trace, output, position)
        result = pass_back(program, values, output, position, upstream, rules).downstream
        return Product(True, text, latex, upstream, arrives, result, rule_cost(trace, output, position))
    swept = run_reverse(program, values, output, upstream, rules)[node]
    return Product(False, None, None, upstream, arrives, 0.0 if swept is None else swept, cost)


def _is_gate(trace: TensorTrace, node: int) -> bool:
    return trace.program.operation(node) is not None


def rule_of(trace: TensorTrace, gate: int, position: int) -> tuple[str | None, str | None]:
    """The rule by which a gate passes its gradient to an operand, in our language and in LaTeX."""
    program, graph = trace.program, trace.graph
    operation = program.operation(gate)
    assert operation is not None
    operands = program.operands(gate)
    names = dict(zip(operation.operands, operands, strict=False))
    if operation.variadic:
        names = {operation.operands[0]: operands[position]}
    latex = {name: graph.latex(node) for name, node in names.items()} | {"out": graph.latex(gate), "g": "g"}
    at = 0 if operation.variadic else position
    if not operation.whole:
        rule = operation.shown[at]
        if rule is None:
            return None, None
        if operation.over or operation.variadic:
            return None, rf"g \odot \left({_typeset(rule, latex)}\right)"
        if rule == "1":
            return "g", "g"
        return f"g * ({_written(rule, names, trace, gate)})", rf"g \odot \left({_typeset(rule, latex)}\right)"
    if operation.pull is not None:
        latex["f"] = graph.latex(gate)
        return None, _BARE.sub(
            lambda found: f"{{{latex[found[2]]}}}" if found[2] in latex else found[0], operation.pulled[at]
        )
    ranks = tuple(np.ndim(trace.values[one]) for one in operands)
    texts = operation.downstream.get(ranks) or operation.downstream[()]
    rule = texts[at]
    assert rule is not None
    return _written(rule, names, trace, gate), _typeset(rule, latex)


def _typeset(rule: str, names: Mapping[str, str]) -> str:
    program = parse_unfolded(rule)
    labels = {node: f"#{name}" for node, name in program.leaves.items()}
    printed = print_node(Latex(program, labels, textbook=True), program.roots[-1])[0]
    return re.sub(r"#([A-Za-z_]\w*)", lambda found: _braced(names.get(found[1], found[1])), printed)


def _braced(latex: str) -> str:
    """A name of several signs as one thing, for what stands at its upper right."""
    return latex if len(latex) == 1 else f"{{{latex}}}"


def _written(rule: str, names: Mapping[str, int], trace: TensorTrace, gate: int) -> str:
    labels = {name: trace.graph.labels[node] for name, node in names.items()} | {"out": trace.graph.labels[gate]}
    return re.sub(r"[A-Za-z_]\w*", lambda found: labels.get(found[0], found[0]), rule)


def rule_cost(trace: TensorTrace, gate: int, position: int) -> int:
    """Multiplications by which a gate passes its gradient to one operand; of a rule that is no text, estimated as one
    for each entry of the operand."""
    program = trace.program
    operation = program.operation(gate)
    assert operation is not None
    shapes = [np.shape(trace.values[one]) for one in program.operands(gate)]
    out = np.shape(trace.values[gate])
    if not operation.whole:
        rule = operation.local[0 if operation.variadic else position]
        return 0 if rule in (None, "1", "0") else prod(np.broadcast_shapes(*shapes))
    if operation.pull is not None:
        if operation.flops is not None:
            return operation.flops(shapes) // 2
        return 0 if operation.push == "linear" else prod(shapes[position])
    texts = operation.downstream.get(tuple(map(len, shapes))) or operation.downstream[()]
    rule = texts[position]
    assert rule is not None
    return _text_cost(rule, {**dict(zip(operation.operands, shapes, strict=True)), "out": out, "g": out})


def _text_cost(rule: str, shapes: Mapping[str, Shape]) -> int:
    program = parse_rule(rule)
    found: list[Shape] = []
    total = 0
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None:
            found.append(shapes[program.leaves[node]] if program.is_leaf(node) else ())
            continue
        operands = [found[one] for one in program.operands(node)]
        found.append(shape_of(operation, operands, program.attributes(node)))
        total += _gate_cost(operation, operands, found[-1])
    return total


def _gate_cost(operation: Operation, operands: Sequence[Shape], result: Shape) -> int:
    if operation.name == "matmul":
        assert operation.flops is not None
        return operation.flops(operands) // 2
    return prod(result) if operation.name in ("mul", "outer") else 0
