"""Gradients of tensors in which much cancels: a loss behind σ or softmax becomes prediction minus target."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from app.explain.algebra import split
from app.explain.cancelling import Line, softmax_lines
from app.explain.closed_forms import ClosedForms, algebra_lines
from app.explain.printed_tensors import Number, is_printable
from app.explain.records import AlgebraLine
from app.explain.tensors.blocks import BlockWriter
from app.explain.tensors.flows import Flow
from app.explain.tensors.style import TensorFormula
from app.explain.term_text import term_text
from app.explain.terms import ONE

_PUT_IN = "the gradient put in"


def block_algebra(writer: BlockWriter) -> Iterator[tuple[int, tuple[AlgebraLine, ...]]]:
    """The lines of all blocks that have some."""
    steps, closed = writer.steps, ClosedForms()
    for node in writer.blocks:
        if len(writer.plan.users[node]) != 1 or not is_printable(np.shape(writer.trace.values[node])):
            continue
        [flow] = writer.flows[node]
        lines = _lines(writer, closed, flow)
        if lines and all(is_printable(np.shape(value)) for value in _read(writer, lines)):
            result = writer.figures.shown(("gradient", node, -1))
            yield node, algebra_lines(lines, lambda text: _formula(writer, text), steps.known, result)


def _lines(writer: BlockWriter, closed: ClosedForms, flow: Flow) -> tuple[Line, ...]:
    steps, node = writer.steps, flow.source
    above = None if steps.g_of(flow.target) is None else flow.target
    text = flow.text or ""
    if flow.term is not None and not flow.summed and "ones(" not in text:
        return closed.follow(node, above, [flow.term], _PUT_IN)
    gradient = None if above is None else closed.term(above)
    if gradient is None or flow.masks or flow.text is None:
        return ()
    out = steps.names[flow.target]
    if text == f"{out} * ({steps.g} - sum({steps.g} * {out}))":

        def sums_to_one(total: str) -> bool:
            return bool(np.isclose(np.sum(_formula(writer, total).exact), 1, rtol=1e-12, atol=0))

        found = softmax_lines(out, gradient, sums_to_one)
        if found is not None:
            closed.know(node, found.term, short=True)
            return found.lines
    if above is None or not closed.is_short(above):
        return ()
    number, rest = split(gradient)
    if number.value < 0 or text.startswith("-") or " + " in text:
        number, rest = ONE, gradient
    put = re.sub(rf"(?<![\w.]){re.escape(steps.g)}(?!\w)", lambda _: f"({term_text(rest)})", text)
    return (Line(put if number == ONE else f"{term_text(number)} * {put}", _PUT_IN),)


def _formula(writer: BlockWriter, text: str) -> TensorFormula:
    steps = writer.steps
    return TensorFormula(text, steps.known, steps.latex, steps.taken)


def _read(writer: BlockWriter, lines: tuple[Line, ...]) -> list[Number]:
    return [writer.steps.known[name] for line in lines for name in _formula(writer, line.text).names]
