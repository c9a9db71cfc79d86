"""Flat code of a trace: imports, forward pass, backward pass, and the text that they make together."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.errors import Problem, UserError
from app.export.code.arrays import MOST_WRITTEN
from app.export.code.autograd import write_autograd
from app.export.code.backward import write_backward
from app.export.code.comments import number_comment, sum_comment
from app.export.code.dialects import DIALECTS, Dialect, float_text
from app.export.code.forward import gate_texts, write_forward
from app.export.code.overflow import overflows_opened
from app.export.code.records import Code, Line
from app.export.code.sheet import Sheet
from app.export.code.tensor_comments import tensor_comment, tensor_sum_comment
from app.export.code.tensor_sheet import TensorSheet
from app.operations.code_helpers import HELPERS
from app.operations.shapes import shape_text

_WIDEST_COLUMN = 48
"""Longer lines push their own comment to the right, not everybody's."""

FILE_NAME = "gradients.py"

_MOST_LOADED_TOLD = 8


def write_code(trace: Trace, language: str = "python", *, comments: bool = True) -> Code:
    """Both passes of the trace's first output as code that runs.

    language   "python", "numpy", "torch" or "jax"
    comments   whether lines carry the present values
    Raises KeyError for another language, and UserError for plain Python where the trace has tensors. Composites are
    one gate each, unless the trace has them open.
    """
    dialect = DIALECTS[language]
    sheet = _sheet(trace, dialect)
    gates = gate_texts(sheet)
    imports = _imports(dialect, sheet, gates)
    head = [sheet.line("import" if text.startswith("import") else "setup", text) for text in imports]
    forward = [*head, *write_forward(sheet, gates)]
    backward = write_backward(sheet)
    autograd = write_autograd(sheet, gates)
    forward, backward = _commented(forward, comments), _commented(backward, comments)
    sections = (forward, backward, autograd)
    text = "".join(f"{line}\n" for section in sections for line in _written(section))
    return Code(
        language=language,
        file_name=FILE_NAME,
        text=text,
        forward=tuple(forward),
        backward=tuple(backward),
        autograd=tuple(autograd),
        names=sheet.names,
        gradients={node: sheet.gradients[node] for node in _gradient_nodes(backward)},
        remarks=_remarks(trace, dialect, sheet),
    )


def usual_language(trace: Trace) -> str:
    """The target where none is asked for: plain Python, and NumPy for a program with tensors."""
    return "numpy" if isinstance(trace, TensorTrace) else "python"


def _sheet(trace: Trace, dialect: Dialect) -> Sheet:
    if not isinstance(trace, TensorTrace):
        return Sheet(trace, dialect)
    if dialect.name == "python":
        first = next((node for node, value in enumerate(trace.values) if np.ndim(value)), trace.output_nodes[0])
        told = shape_text(np.shape(trace.values[first]))
        text = f"Plain Python has no tensors, and here is {told}."
        hint = "NumPy has them: choose it, or PyTorch or JAX, for this program."
        raise UserError([Problem("no-tensors-in-python", text, hint, trace.graph.span(first))])
    return TensorSheet(trace, dialect)


def _imports(dialect: Dialect, sheet: Sheet, gates: dict[int, list[str]]) -> list[str]:
    """The imports that the code needs, then the lines of the target's own setup."""
    assert sheet.uses  # which rules are used is known from then on
    texts = [*(text for lines in gates.values() for text in lines), *sheet.rules_used]
    if isinstance(sheet, TensorSheet):
        texts += ["math." for value in sheet.trace.values if not np.all(np.isfinite(value))]
        texts += [text for node in sheet.names if (text := sheet.inline(node) if sheet.shape(node) else None)]
    else:
        texts += [float_text(sheet.trace.values[leaf]) for leaf in sheet.program.leaves]
    needed = [line for line, mark in dialect.needed.items() if any(mark in text for text in texts)]
    return [*sorted({*needed, *dialect.module}), *dialect.setup, *_helpers(sheet, texts)]


def _helpers(sheet: Sheet, texts: list[str]) -> list[str]:
    """The lines of the functions that the code calls and the target has not."""
    if not isinstance(sheet, TensorSheet):
        return []
    helpers = HELPERS[sheet.dialect.name]
    found: dict[str, str] = {}
    for name, source in reversed([*helpers.items()]):  # what a function calls stands before it
        called = re.compile(rf"(?<![\w.]){name}\(")
        if any(called.search(text) for text in (*texts, *found.values())):
            found[name] = source
    return [line for name, source in helpers.items() if name in found for line in source.splitlines()]


def _commented(lines: list[Line], comments: bool) -> list[Line]:
    """The lines with the values that their names hold behind them, and the reason for sums; or without any."""
    return [replace(line, comment=_comment(line) if comments else None) for line in lines]


def _comment(line: Line) -> str | None:
    if line.comment is not None:
        return line.comment
    if line.value is None:
        if line.part is None:
            return None
        comment = tensor_comment(line.part) if line.before is None else tensor_sum_comment(line.before, line.part)
    elif line.adds and line.part is not None and line.before is not None:
        comment = sum_comment(line.before, line.part)
    else:
        comment = number_comment(line.value)
    return f"{comment}, {line.reason}" if line.reason else comment


def _written(lines: tuple[Line, ...] | list[Line]) -> list[str]:
    """The lines as text, their comments in one column."""
    widths = [len(line.text) for line in lines if line.comment]
    column = max((width for width in widths if width <= _WIDEST_COLUMN), default=0) + 2
    return [f"{line.text:<{column}}{_gap(line, column)}{line.comment}" if line.comment else line.text for line in lines]


def _gap(line: Line, column: int) -> str:
    return "  " if len(line.text) > column - 2 else ""


def _remarks(trace: Trace, dialect: Dialect, sheet: Sheet) -> tuple[str, ...]:
    """Plain Python has no infinite results: it raises an error where NumPy goes on. Large tensors stand in files."""
    if isinstance(sheet, TensorSheet):
        loaded = [name for node, name in sorted(sheet.names.items()) if sheet.is_loaded(node)]
        return (*map(_loaded, loaded[:_MOST_LOADED_TOLD]), *_certain(trace, dialect))
    if dialect.name != "python" or not (_is_not_finite(trace) or overflows_opened(trace)):
        return ()
    return (
        "Plain Python stops with an error where a number overflows or is divided by zero. "
        "The code for NumPy goes on with inf and nan, as the graph does.",
    )


def _certain(trace: Trace, dialect: Dialect) -> tuple[str, ...]:
    """What the libraries make of the logarithm of a probability that is exactly 0 or 1."""
    program = trace.program
    made = "no logarithm below -100" if dialect.name == "torch" else "0 times an infinite logarithm as nan"
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None or operation.name != "bce":
            continue
        if np.any(np.isin(trace.values[program.operands(node)[0]], (0.0, 1.0))):
            where = f"In {trace.graph.labels[node]} a probability is exactly 0 or 1"
            return (f"{where}: {dialect.title} takes {made}, the graph the limit.",)
    return ()


def _loaded(name: str) -> str:
    return (
        f"{name} has more than {MOST_WRITTEN:,} entries, which are not written out: the code reads them from a file, "
        "which has to be saved beside it first."
    )


def _is_not_finite(trace: Trace) -> bool:
    numbers = [*trace.values, *(gradient for gradient in trace.gradients if gradient is not None)]
    return not all(map(math.isfinite, numbers))


def _gradient_nodes(backward: list[Line]) -> list[int]:
    return [line.node for line in backward if line.node is not None and line.kind != "helper"]
