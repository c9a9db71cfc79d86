"""Judges what a source prints by what we compute."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.engine.trace import Trace, trace
from app.explain.detective.printed import PrintedVerdict, judge_printed, read_printed
from app.explain.detective.truth import Numbers, Step
from app.lessons.records import FigureVerdict, JudgedFigure, Lesson, Quantity, Verdict

_VERDICTS: Mapping[PrintedVerdict, FigureVerdict] = {
    "exact": "matches",
    "rounded": "matches",
    "truncated": "rounded",
    "rounded-on-the-way": "rounded",
    "wrong": "wrong",
}


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
    found = trace(lesson.program, output=lesson.output)
    numbers = Numbers(found, step_of(lesson, found))
    gradients = {
        node.label: gradient
        for node, gradient in zip(found.nodes, found.gradients, strict=True)
        if gradient is not None
    }
    updated = _values_by_label(numbers.after) if numbers.step is not None else {}
    return {"value": _values_by_label(found), "gradient": gradients, "updated": updated}


def step_of(lesson: Lesson, found: Trace) -> Step | None:
    """The lesson's step with the leaves of its trace that it changes; None where it takes none."""
    if lesson.step is None:
        return None
    leaves = tuple(found.program.names[name] for name in lesson.step.parameters)
    return Step(lesson.step.learning_rate, leaves or None)


def judge_figure(printed: str, exact: float) -> FigureVerdict:
    """Whether `printed` is `exact` to its last digit, was cut or computed from rounded numbers, or is wrong.

    "matches": the exact number rounded to the printed digits, or the very double that a program prints in full.
    "rounded": cut off there, or as near as rounding on the way leaves it. "wrong": anything else.
    """
    return _VERDICTS[judge_printed(read_printed(printed), exact)]


def _values_by_label(result: Trace) -> Mapping[str, float]:
    return {node.label: value for node, value in zip(result.nodes, result.values, strict=True)}
