"""The product that backpropagation computes in place of a Jacobian: its rule, and what it costs beside the matrix."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
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

Chain = tuple[tuple[int, int], ...]
"""Gates from an output back, each with the position of the operand at which the next one stands."""


@dataclass(frozen=True, slots=True)
class Product:
    """What stands in place of d output / d node.

    direct            one gate alone stands between, besides such as pass the gradient on: `latex` is its rule, g the
                      upstream gradient, and `text` the same in our language, None where that cannot say it
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
    between = nodes_between(program, [node], output) if node <= output else []
    moved = {node, *between}
    cost = sum(
        rule_cost(trace, gate, at)
        for gate in between
        for at, one in enumerate(program.operands(gate))
        if one in moved and not program.is_fixed(one)
    )
    chain = _chain(trace, output, node, moved)
    if chain:
        text, latex = chain_rule(trace, chain)
        result: Value = upstream
        for gate, position in chain:
            result = pass_back(program, values, gate, position, result, rules).downstream
        return Product(latex is not None, text, latex, upstream, arrives, result, cost)
    swept = run_reverse(program, values, output, upstream, rules)[node]
    return Product(False, None, None, upstream, arrives, 0.0 if swept is None else swept, cost)


def _chain(trace: TensorTrace, output: int, node: int, moved: Collection[int]) -> Chain:
    """The gates between, where they stand one behind the other; else none."""
    chain: list[tuple[int, int]] = []
    gate = output
    while gate != node:
        positions = [at for at, one in enumerate(trace.program.operands(gate)) if one in moved]
        if len(positions) != 1:
            return ()
        chain.append((gate, positions[0]))
        gate = trace.program.operands(gate)[positions[0]]
    return (*chain,)


def chain_rule(trace: TensorTrace, chain: Chain) -> tuple[str | None, str | None]:
    """How gates one behind the other pass the gradient on: the rule of the one that does not pass it on as it is."""
    rules = [rule for rule in (rule_of(trace, *step) for step in chain) if rule[1] != "g"]
    return ("g", "g") if not rules else rules[0] if len(rules) == 1 else (None, None)


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
        shapes = [np.shape(trace.values[one]) for one in operands]
        share = prod(np.broadcast_shapes(*shapes)) if operation.over == "mean" else 1
        g = rf"\tfrac{{g}}{{{share}}}" if share > 1 else "g"
        local = rf"{g} \odot \left({_typeset(rule, latex)}\right)" if rule != "1" else g
        if operation.over is None and shapes[position] != np.shape(trace.values[gate]):
            return None, rf"\textstyle\sum\, {local}"  # over what the operand was repeated along
        if operation.over or operation.variadic:
            return None, local
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
