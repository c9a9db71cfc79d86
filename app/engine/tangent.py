"""Forward mode: the tangent of every node for given tangents of some, operands first.

Source: forward accumulation, Griewank & Walther, Evaluating Derivatives (2008), ch. 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.engine.contributions import fast_local_gradients
from app.engine.rules import Rules
from app.language.program import Program
from app.language.vocabulary import CONSTANT

Locals = list[Sequence[float | None]]
"""Per node, d node / d operand for each operand, None where that operand is constant; () for leaves and constants."""


def list_locals(program: Program, values: list[float], rules: Rules) -> Locals:
    """The local gradients of every node, found once: any number of sweeps, forward or back, can use them."""
    return [
        fast_local_gradients(program, values, node, rules) if op > CONSTANT else ()
        for node, op in enumerate(program.ops)
    ]


def run_tangent(program: Program, local_gradients: Locals, tangents: Mapping[int, float]) -> list[float]:
    """The tangent of every node: the sum over its operands of local gradient times tangent.

    tangents   of the nodes that vary. A gate among them varies by this and nothing else: what it is computed from
               does not move it.
    A node that depends on none of them has the tangent 0.0, and passes on nothing: an infinite slope beside it is
    not multiplied by that 0.
    """
    found: list[float] = [0.0] * len(program.ops)
    moves = [False] * len(program.ops)
    for node, tangent in tangents.items():
        found[node], moves[node] = tangent, True
    for node in range(min(tangents, default=len(found)), len(found)):
        if moves[node]:
            continue
        total = 0.0
        for operand, local in zip(program.operands(node), local_gradients[node], strict=False):
            if local is not None and moves[operand]:
                total += local * found[operand]
                moves[node] = True
        found[node] = total
    return found
