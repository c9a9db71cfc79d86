"""Second derivatives of one output: the backward pass, written as a program, is differentiated once more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.backward_graph import build_backward
from app.engine.reverse import run_reverse
from app.engine.rules import rules_for
from app.engine.tensors.trace import numbers_only
from app.engine.trace import Trace
from app.engine.varied import check_effort
from app.errors import Problem, UserError
from app.limits import DEFAULT_LIMITS, Limits, setting_name

TELLING_SIZE = 8
"""Up to so many leaves the signs of the eigenvalues are told in a sentence: beyond, no reader pictures directions."""

_ROUNDING = 64 * float(np.finfo(np.float64).eps)
"""An eigenvalue below this part of the largest is 0 up to rounding: eigvalsh is backward stable with an error of some
size × eps × the largest (Golub & Van Loan, Matrix Computations, 8.1), and the entries carry a few eps themselves."""


@dataclass(frozen=True, slots=True)
class Hessian:
    """The second derivatives of an output by several leaves.

    output, nodes  numbers of the nodes
    gradient       the first derivatives
    matrix         matrix[i][j] is d² output / d nodes[i] d nodes[j], one reverse sweep a row; symmetric up to rounding
    eigenvalues    of its symmetric part, smallest first; empty where an entry is not finite
    curvature      what their signs say in one sentence; None for more than eight leaves
    gates          how many gates the sweeps passed, forward and backward ones
    """

    output: int
    nodes: tuple[int, ...]
    gradient: list[float]
    matrix: list[list[float]]
    eigenvalues: list[float]
    curvature: str | None
    gates: int


def find_hessian(trace: Trace, output: int, nodes: Sequence[int], limits: Limits = DEFAULT_LIMITS) -> Hessian:
    """The Hessian of an output by these leaves.

    Rules made of cases, as that of a maximum, are constant on each: they add nothing to a second derivative.
    Raises UserError "limit" when that is too much for one request.
    """
    numbers_only(trace)
    if len(nodes) > limits.max_hessian_leaves:
        refuse_leaves(len(nodes), limits)
    backward = build_backward(trace, output)
    program, values, rules = backward.program, backward.values, rules_for(trace.conventions)
    check_effort(len(program.ops), max(len(nodes), 1), "Name fewer leaves.", limits)
    gradient, matrix = [], []
    for node in nodes:
        first = backward.gradients.get(node)
        if first is None:
            gradient.append(0.0)
            matrix.append([0.0] * len(nodes))
            continue
        gradient.append(values[first] + 0.0)
        second = run_reverse(program, values, first, 1.0, rules)
        matrix.append([second[each] + 0.0 for each in nodes])
    eigenvalues = _eigenvalues(matrix)
    gates = sum(1 for first in program.first if first >= 0)
    curvature = curvature_sentence(eigenvalues) if 0 < len(nodes) <= TELLING_SIZE else None
    return Hessian(output, tuple(nodes), gradient, matrix, eigenvalues, curvature, gates)


def curvature_sentence(eigenvalues: Sequence[float]) -> str:
    """How the output curves, in one sentence; without eigenvalues, why there are none."""
    if not eigenvalues:
        return "A second derivative is not finite here."
    size = max(map(abs, eigenvalues))
    edge = _ROUNDING * len(eigenvalues) * size
    up = sum(value > edge for value in eigenvalues)
    down = sum(value < -edge for value in eigenvalues)
    flat = len(eigenvalues) - up - down
    if not size:
        return "Does not curve here: every second derivative is 0."
    if len(eigenvalues) == 1:
        return "Curves up here." if up else "Curves down here."
    if up and down:
        rest = f", down in {down} and not at all in {flat}" if flat else f" and down in {down}"
        return f"Curves up in {_directions(up)}{rest} here, as a saddle does."
    way = "up" if up else "down"
    if flat:
        return f"Curves {way} in {_directions(up or down)} and is flat in {flat} here."
    return f"Curves {way} in every direction here."


def _directions(count: int) -> str:
    return "1 direction" if count == 1 else f"{count} directions"


def _eigenvalues(matrix: Sequence[Sequence[float]]) -> list[float]:
    if not matrix or not all(math.isfinite(value) for row in matrix for value in row):
        return []
    found = np.array(matrix, dtype=np.float64)
    with np.errstate(all="ignore"):
        symmetric = found / 2 + found.T / 2  # halves first: the sum of two large entries may be infinite
    try:
        return [float(value) + 0.0 for value in np.linalg.eigvalsh(symmetric)]
    except np.linalg.LinAlgError:
        return []


def refuse_leaves(count: int, limits: Limits) -> None:
    """Raises UserError "limit" for a Hessian by so many leaves."""
    setting = setting_name("max_hessian_leaves")
    message = (
        f"A Hessian by {count:,} leaves is asked for; the limit is {limits.max_hessian_leaves:,}, set by {setting}."
    )
    raise UserError([Problem("too-many-leaves", message, "Name fewer leaves.", field="leaves")], "limit")
