"""Flat code of a trace: imports, forward pass, backward pass, and the text that they make together."""

from __future__ import annotations

import math
from dataclasses import replace

from app.engine.tensors.trace import numbers_only
from app.engine.trace import Trace
from app.export.code.autograd import write_autograd
from app.export.code.backward import write_backward
from app.export.code.comments import number_comment, sum_comment
from app.export.code.dialects import DIALECTS, Dialect, float_text
from app.export.code.forward import gate_texts, write_forward
from app.export.code.overflow import overflows_opened
from app.export.code.records import Code, Line
from app.export.code.sheet import Sheet

_WIDEST_COLUMN = 48
"""Longer lines push their own comment to the right, not everybody's."""

FILE_NAME = "gradients.py"


def write_code(trace: Trace, language: str = "python", *, comments: bool = True) -> Code:
    """Both passes of the trace's first output as code that runs.

    language   "python", "numpy", "torch" or "jax"
    comments   whether lines carry the present values
    Raises KeyError for another language, and UserError for a trace with tensors. Composites are one gate
    each, unless the trace has them open.
    """
    dialect = DIALECTS[language]
    numbers_only(trace)
    sheet = Sheet(trace, dialect)
    gates = gate_texts(sheet)
    imports = _imports(dialect, sheet, gates)
    head = [sheet.line("import" if text.startswith("import") else "setup", text) for text in imports]
    forward = [*head, *write_forward(sheet, gates)]
    backward = write_backward(sheet)
    autograd = write_autograd(sheet, gates)
    if comments:
        forward, backward = _commented(forward), _commented(backward)
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
        remarks=_remarks(trace, dialect),
    )


def _imports(dialect: Dialect, sheet: Sheet, gates: dict[int, list[str]]) -> list[str]:
    """The imports that the code needs, then the lines of the target's own setup."""
    assert sheet.uses  # which rules are used is known from then on
    texts = [*(text for lines in gates.values() for text in lines), *sheet.rules_used]
    texts += [float_text(sheet.trace.values[leaf]) for leaf in sheet.program.leaves]
    needed = [line for line, mark in dialect.needed.items() if any(mark in text for text in texts)]
    return [*sorted({*needed, *dialect.module}), *dialect.setup]


def _commented(lines: list[Line]) -> list[Line]:
    """The lines with the values that their names hold behind them."""
    return [line if line.value is None else replace(line, comment=_comment(line)) for line in lines]


def _comment(line: Line) -> str:
    assert line.value is not None
    if line.adds and line.part is not None and line.before is not None:
        return sum_comment(line.before, line.part)
    return number_comment(line.value)


def _written(lines: tuple[Line, ...] | list[Line]) -> list[str]:
    """The lines as text, their comments in one column."""
    widths = [len(line.text) for line in lines if line.comment]
    column = max((width for width in widths if width <= _WIDEST_COLUMN), default=0) + 2
    return [f"{line.text:<{column}}{_gap(line, column)}{line.comment}" if line.comment else line.text for line in lines]


def _gap(line: Line, column: int) -> str:
    return "  " if len(line.text) > column - 2 else ""


def _remarks(trace: Trace, dialect: Dialect) -> tuple[str, ...]:
    """Plain Python has no infinite results: it raises an error where NumPy goes on."""
    if dialect.name != "python" or not (_is_not_finite(trace) or overflows_opened(trace)):
        return ()
    return (
        "Plain Python stops with an error where a number overflows or is divided by zero. "
        "The code for NumPy goes on with inf and nan, as the graph does.",
    )


def _is_not_finite(trace: Trace) -> bool:
    numbers = [*trace.values, *(gradient for gradient in trace.gradients if gradient is not None)]
    return not all(map(math.isfinite, numbers))


def _gradient_nodes(backward: list[Line]) -> list[int]:
    return [line.node for line in backward if line.node is not None and line.kind != "helper"]
