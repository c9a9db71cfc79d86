"""Judges what a source prints by what we compute."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from functools import cache

from app.engine.trace import Trace, trace
from app.lessons.records import FigureVerdict, JudgedFigure, Lesson, Quantity, Verdict

# A source that carries intermediate results with three or four digits loses a unit or two of its last digit, or up to
# a thousandth of the value. A larger difference is a mistake. The second bound keeps "0.0002" for 0.0004 a mistake.
UNITS_LOST = 2
SHARE_LOST_WITHIN_UNITS = Decimal("0.01")
SHARE_LOST = Decimal("0.001")
# An exact number that floating point leaves at 0.35100000000000003 still is 0.351; a tie may be rounded either way.
HALF_UNIT = Decimal("0.500001")


@cache
def judge(lesson: Lesson) -> tuple[JudgedFigure, ...]:
    """Every printed figure of the lesson with our number and the verdict."""
    if not lesson.printed:
        return ()
    exact = measure(lesson)
    judged = []
    for figure in lesson.printed:
        number = exact[figure.quantity][figure.name]
        judged.append(
            JudgedFigure(figure.name, figure.quantity, figure.printed, number, judge_figure(figure.printed, number))
        )
    return tuple(judged)


def verdict(lesson: Lesson) -> Verdict:
    """The worst that was found among the printed figures, with its count; kind "none" where nothing is printed."""
    figures = judge(lesson)
    if not figures:
        return Verdict("none", 0, 0)
    for kind in ("wrong", "rounded"):
        quantities = {figure.quantity for figure in figures if figure.verdict == kind}
        if quantities:
            count = sum(figure.verdict == kind for figure in figures)
            return Verdict(kind, count, sum(figure.quantity in quantities for figure in figures))
    return Verdict("matches", len(figures), len(figures))


def measure(lesson: Lesson) -> Mapping[Quantity, Mapping[str, float]]:
    """Our numbers for the lesson by quantity and node label, from one evaluation, or two where it takes a step."""
    before = trace(lesson.program, output=lesson.output)
    values = _values_by_label(before)
    gradients = {
        node.label: gradient
        for node, gradient in zip(before.nodes, before.gradients, strict=True)
        if gradient is not None
    }
    updated: Mapping[str, float] = {}
    if lesson.step is not None:
        chosen = lesson.step.parameters or tuple(node.label for node in before.nodes if node.kind == "parameter")
        new = {name: values[name] - lesson.step.learning_rate * gradients[name] for name in chosen}
        updated = _values_by_label(trace(lesson.program, values=new, output=lesson.output))
    return {"value": values, "gradient": gradients, "updated": updated}


def judge_figure(printed: str, exact: float) -> FigureVerdict:
    """Whether `printed` is `exact` to its last digit, was cut or computed from rounded numbers, or is wrong.

    "matches": the exact number rounded to the printed digits, or the very double that a program prints in full.
    "rounded": cut off there, or as near as rounding on the way leaves it (the constants above). "wrong": anything else.
    """
    shown, true = Decimal(printed), Decimal(exact)
    unit = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    distance = abs(shown - true)
    if distance <= HALF_UNIT * unit or float(printed) == exact:
        return "matches"
    if true.quantize(unit, rounding=ROUND_DOWN) == shown:
        return "rounded"
    allowed = max(abs(true) * SHARE_LOST, min(UNITS_LOST * unit, abs(true) * SHARE_LOST_WITHIN_UNITS))
    return "rounded" if distance <= allowed else "wrong"


def _values_by_label(result: Trace) -> Mapping[str, float]:
    return {node.label: value for node, value in zip(result.nodes, result.values, strict=True)}
