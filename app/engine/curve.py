"""The output as one node varies: a curve, its slope at the present point, and its kinks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.kinks import Kink, Varying, VaryingNode, locate_kinks
from app.engine.trace import Trace
from app.engine.varied import Array, check_effort, check_points, nodes_between
from app.limits import DEFAULT_LIMITS, Limits

SPAN_UNITS = 3.0
"""A curve reaches so many local units to both sides of the present value."""

POINTS = 161
"""Points of a curve where no other number is asked for: one for every two pixels of a small plot."""

_LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True, slots=True)
class Curve:
    """The output over values of one node, everything that does not depend on the node held.

    node       id of the node that varies          label    what formulas call it
    x, value   its present value, and that of the output
    slope      gradient of the output with respect to the node there, of a trace with seed 1
    low, high  ends of the range
    points     (x, output) pairs in the order of x; the present point and both sides of every kink are among them
    kinks      in the order of x
    entry      of a tensor: which of its entries varies
    """

    node: str
    label: str
    x: float
    value: float
    slope: float
    low: float
    high: float
    points: tuple[tuple[float, float], ...]
    kinks: tuple[Kink, ...]
    entry: tuple[int, ...] | None = None


def local_unit(x: float) -> float:
    """A step that is felt at x: its order of magnitude, 1 for ordinary numbers and zero.

    Below 0.1 it is ten times the order, so that zero lies within three units: weights are small, and what they do
    shows around them, not in their last digit.
    """
    size = abs(x)
    if size == 0.0 or 0.1 <= size < 10.0:
        return 1.0
    return 10.0 ** (math.floor(math.log10(size)) + (size < 1.0))


def draw_curve(
    trace: Trace, node: int, *, span: float | None = None, points: int = POINTS, limits: Limits = DEFAULT_LIMITS
) -> Curve:
    """The curve of a trace's output over x ± span; by default over three local units.

    Only what depends on the node is computed again, for all points at once. Values that are not finite are results;
    a node whose own value is not finite has no range, and so no points.
    Raises UserError "limit" when that is too much for one request.
    """
    program, output = trace.program, trace.output_nodes[0]
    x = trace.values[node]
    nodes = nodes_between(program, (node,), output)
    check_points(points, limits)
    check_effort(len(nodes), points, "Ask for fewer points.", limits)
    low, high = reach_of(x, span)
    found, kinks = trace_points(VaryingNode(trace, node), nodes, (low, high), points)
    return Curve(
        node=f"n{node}",
        label=trace.graph.labels[node],
        x=x,
        value=trace.values[output],
        slope=trace.gradients[node] or 0.0,
        low=low,
        high=high,
        points=found,
        kinks=kinks,
    )


def trace_points(
    varying: Varying, nodes: Sequence[int], reach: tuple[float, float], points: int
) -> tuple[tuple[tuple[float, float], ...], tuple[Kink, ...]]:
    """The points of a curve in order, both sides of every kink among them, and its kinks.

    nodes   what is computed again
    """
    x = varying.present
    if not math.isfinite(x):
        return (), ()
    xs = _spread(reach[0], x, reach[1], points)
    run = varying.run(xs, nodes)
    kinks = locate_kinks(varying, nodes, xs, run)
    values = varying.outputs(run)
    # A point that happens to lie on a kink, up to rounding, is on neither side of it; only the present one stays.
    gaps = [(kink.sides[0][0], kink.sides[1][0]) for kink in kinks]
    found = [
        (at, height)
        for at, height in zip(xs.tolist(), values.tolist(), strict=True)
        if at == x or not any(left < at < right for left, right in gaps)
    ]
    found += [side for kink in kinks for side in kink.sides]
    found.sort(key=lambda point: point[0])
    return tuple(found), tuple(kinks)


def reach_of(x: float, span: float | None) -> tuple[float, float]:
    """Ends of the range of a curve."""
    if not math.isfinite(x):
        return x, x
    # Both halves and the whole have a width that is a number.
    reach = min(SPAN_UNITS * local_unit(x) if span is None else span, _LARGEST / 2)
    return max(x - reach, -_LARGEST), min(x + reach, _LARGEST)


def _spread(low: float, x: float, high: float, points: int) -> Array:
    """Evenly spread values of which one is x itself: half of them to its left, half to its right."""
    half = points // 2 + 1
    left, right = np.linspace(low, x, half), np.linspace(x, high, points - half + 1)
    return np.concatenate([left[:-1], right])
