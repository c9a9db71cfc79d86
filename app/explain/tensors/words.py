"""The sentences beside the rules of tensors: what is summed and why, which entries are off, what cancels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.printed_tensors import MOST_COLUMNS, MOST_ROWS, Number, is_printable
from app.explain.tensors.flows import Flow
from app.explain.tensors.steps import TensorSteps
from app.operations.shapes import Shape, shape_text

_MOST_NAMED = 6
"""Entries that are named one by one."""


def flow_sentences(trace: TensorTrace, steps: TensorSteps, flow: Flow) -> Iterator[str]:
    """What a reader has to know of one rule, with `$…$` around names."""
    source, target = (f"${steps.latex[steps.names[node]]}$" for node in (flow.source, flow.target))
    shape = np.shape(trace.values[flow.source])
    if flow.summed:
        yield _summed(source, target, shape, np.shape(_arriving(trace, flow)), flow.summed)
    operation = trace.program.operation(flow.target)
    if flow.masks and operation is not None:
        mask = np.asarray(next(iter(flow.masks.values()))[0])
        off = [at + 1 for at, entry in enumerate(mask) if entry == 0] if mask.ndim == 1 else []
        if operation.name == "relu" and off:
            units, are = _several("Unit", off)
            yield f"{units} {are} off: ReLU gave 0 there, so no gradient passes."
    is_loss = operation is not None and operation.name == "cross_entropy"
    if is_loss and flow.text and "softmax" in flow.text and "log_softmax" not in flow.text:
        yield f"Softmax and the logarithm cancel to $p - t$, with $p$ the softmax of {source}."
    if flow.pulled is not None and operation is not None:
        yield operation.says
    if flow.text is not None and flow.text.startswith("outer(") and len(shape) == 2:
        yield from _zero_rows(trace, steps, flow)


def _arriving(trace: TensorTrace, flow: Flow) -> Number:
    """What has the shape of the step before the sum: its result, or what a loss is taken over."""
    result: Number = trace.values[flow.target]
    if np.ndim(result):
        return result
    operands: Iterator[Number] = (trace.values[one] for one in trace.program.operands(flow.target))
    return max(operands, key=np.ndim)


def _summed(source: str, target: str, shape: Shape, entries: Shape, axes: Sequence[int]) -> str:
    if not shape or len(axes) == len(entries):
        count = int(np.prod(entries))
        return f"{source} is one number and meets all {count:,} entries, so its gradient is the sum over them."
    sizes = [entries[axis] for axis in axes if axis < len(entries)]
    if len(entries) == 2 and len(axes) == 1:
        what = "rows" if axes[0] == 0 else "columns"
        return (
            f"{source} is used again in each of the {sizes[0]:,} {what} of {target}, "
            f"so its gradient is the sum over axis {axes[0]}."
        )
    named = " and ".join(f"axis {axis}" for axis in axes)
    return f"{source}, {shape_text(shape)}, is repeated along {named}, so its gradient is the sum over it."


def _zero_rows(trace: TensorTrace, steps: TensorSteps, flow: Flow) -> Iterator[str]:
    gradient = trace.gradients[flow.target]
    if np.ndim(gradient) != 1 or not np.any(gradient):
        return
    off = [at + 1 for at, entry in enumerate(gradient) if entry == 0]
    if off:
        rows, are = _several("Row", off)
        entries, _ = _several("entry", off)
        yield f"{rows} {are} 0, for {entries} of ${steps.gradient_latex(flow.target)}$ {are} 0."


def _several(word: str, places: Sequence[int]) -> tuple[str, str]:
    """`Row 2` and `is`, or `Rows 2, 3` and `are`."""
    if len(places) == 1:
        return f"{word} {places[0]}", "is"
    many = "entries" if word == "entry" else word + "s"
    named = ", ".join(map(str, places[:_MOST_NAMED]))
    return f"{many} {named}{' and others' if len(places) > _MOST_NAMED else ''}", "are"


def size_sentences(trace: TensorTrace, steps: TensorSteps, nodes: Sequence[int]) -> list[str]:
    """That large tensors are not printed whole."""
    large = [node for node in dict.fromkeys(nodes) if not is_printable(np.shape(trace.values[node]))]
    if not large:
        return []
    names = ", ".join(f"${steps.latex[steps.names[node]]}$" for node in large[:_MOST_NAMED])
    more = " and others" if len(large) > _MOST_NAMED else ""
    return [
        f"Matrices of more than {MOST_ROWS} rows or {MOST_COLUMNS} columns are not printed whole: {names}{more}. "
        "Their shapes stand in their places."
    ]
