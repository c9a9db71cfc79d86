"""What a trace looks like in a notebook: the graph as a picture, and a table of every value and gradient."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from app.engine.trace import Trace
from app.export.engine import DrawingError, NoEngineError
from app.export.svg import TooLargeError, draw_svg
from app.export.table import node_rows, remarks

MOST_ROWS = 60
"""More rows than this hide the cell below; `render_table` prints all of them."""

_LEAST_SCALE = 0.65

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_INDEX = re.compile(r"(?<![\w.])([^\W\d_]+)_?(\d+)(?![\w(])")

# The light palette of the page on a ground of its own: a notebook may be light or dark, and tells nobody which.
_CARD = (
    "display:inline-block;max-width:100%;box-sizing:border-box;padding:8px;border-radius:8px;"
    "background:#fbfbfc;color:#14181f;font:14px/1.45 system-ui,sans-serif"
)
_CELL = "padding:2px 16px 2px 0;border:0;border-bottom:1px solid #e3e6eb;background:none;white-space:nowrap"
_NUMBER = f"{_CELL};text-align:right;font-variant-numeric:tabular-nums"
_STYLES = (
    f"{_CELL};text-align:left;font-weight:600;color:#14181f",
    f"{_CELL};text-align:left;color:#454d5a",
    f"{_CELL};text-align:left;color:#454d5a",
    f"{_NUMBER};color:#08673a",
    f"{_NUMBER};color:#b01e27",
)
_HEAD = ("node", "kind", "formula", "value", "gradient")


def represent(
    trace: Trace, include: Collection[str] | None = None, exclude: Collection[str] | None = None
) -> dict[str, str]:
    """The trace in every form that a notebook can show, by MIME type, as IPython asks for it."""
    try:
        picture, problem = draw_svg(trace), ""
    except (NoEngineError, TooLargeError, DrawingError) as error:
        picture, problem = "", f"There is no picture of the graph here: {_lower(str(error))}"
    found = {"text/plain": repr(trace), "text/html": _html(trace, picture, problem)}
    if picture:
        found["image/svg+xml"] = picture
    return {
        kind: text
        for kind, text in found.items()
        if (include is None or kind in include) and (exclude is None or kind not in exclude)
    }


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _html(trace: Trace, picture: str, problem: str) -> str:
    parts = [_fitted(picture) if picture else "", _table(trace)]
    parts += [_paragraph(text) for text in (problem, *remarks(trace)) if text]
    return f'<div style="{_CARD}">{"".join(parts)}</div>'


def _fitted(picture: str) -> str:
    """The picture as wide as the cell; a very wide one is scrolled before it becomes too small to read."""
    width = float(picture.partition('width="')[2].partition('"')[0])
    style = f"width:100%;max-width:{width:.0f}px;min-width:{_LEAST_SCALE * width:.0f}px;height:auto"
    return f'<div style="overflow-x:auto"><svg style="{style}" {picture.removeprefix("<svg ")}</div>'


def _paragraph(text: str) -> str:
    return f'<p style="margin:6px 0;color:#454d5a">{escape(text)}</p>'


def _table(trace: Trace) -> str:
    rows = node_rows(trace)
    head = "".join(f'<th style="{style}">{name}</th>' for name, style in zip(_HEAD, _STYLES, strict=True))
    body = "".join(_row(row) for row in rows[:MOST_ROWS])
    table = (
        '<table style="border-collapse:collapse;margin:6px 0;font-size:13px">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    if len(rows) <= MOST_ROWS:
        return table
    return table + _paragraph(f"The first {MOST_ROWS} of {len(rows):,} nodes.")


def _row(row: tuple[str, ...]) -> str:
    name, kind, formula, value, gradient = row
    texts = (with_subscripts(name), kind, with_subscripts(formula), value, gradient)
    cells = (f'<td style="{style}">{escape(text)}</td>' for text, style in zip(texts, _STYLES, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def with_subscripts(text: str) -> str:
    """Names with their index below the line: `w0 * x1` gives `w₀ * x₁`; numbers stay as they are."""
    return _INDEX.sub(lambda match: match.group(1) + match.group(2).translate(_SUBSCRIPTS), text)
