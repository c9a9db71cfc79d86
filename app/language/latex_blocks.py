r"""What takes more than a line in LaTeX: `\sum`, `cases`, environments."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import quoted
from app.language.latex_reader import Frame, LatexReader
from app.language.latex_tokens import Token
from app.language.latex_words import DISPLAYS, MATRICES
from app.language.translation import Rope

_MOST_DIGITS = 9


def repeated(reader: LatexReader, token: Token) -> None:
    r"""`\sum_{i=1}^{3} w_i x_i`, written out term by term; `\prod` likewise."""
    name, first, last = _bounds(reader)
    reader.begin_operand(token.start)
    if first is None or last is None or name is None:
        what = "sum" if token.text == r"\sum" else "product"
        reader.complain(
            "sum-without-bounds",
            f"This {what} has no fixed number of terms.",
            token,
            reader.peek(-1),
            f"Write it as in `{token.text}_{{i=1}}^{{3}}`, or write out the terms.",
        )
        reader.open("bare", token.start, "(", ")").kind = "sum"
        return
    if last < first:
        reader.emit("0" if token.text == r"\sum" else "1", token.start, reader.peek(-1).end)
        reader.open("sum", reader.peek().start).finish = _drop(reader)
        return
    reader.count_terms(last - first + 1)
    sign = "+" if token.text == r"\sum" else "*"
    reader.open("sum", token.start, "((")
    outer = reader.index.get(name)
    reader.index[name] = first
    reader.top.finish = _next_term(reader, token, (name, last, outer), sign, reader.at)


Finish = Callable[[Frame, int, int], None]


def _drop(reader: LatexReader) -> Finish:
    def finish(_frame: Frame, _start: int, end: int) -> None:
        reader.end_operand(end)

    return finish


def _next_term(reader: LatexReader, token: Token, bounds: tuple[str, int, int | None], sign: str, body: int) -> Finish:
    """What happens where a term ends: the next one is read from the same place, or the sum is complete."""
    name, last, outer = bounds

    def finish(frame: Frame, _start: int, end: int) -> None:
        if not frame.complete:
            reader.complain(
                "missing-operand", f"{quoted(token.text)} has no terms.", token, hint="Write a term behind it."
            )
            frame.rope.append(("_", token.end, token.end))
            reader.index[name] = last
        if reader.index[name] < last:
            reader.index[name] += 1
            reader.frames.append(frame)
            reader.count_terms(0 if outer is None and len(reader.index) == 1 else 1)
            reader.emit(f"){sign}(", end, end)
            frame.complete, frame.slash = False, -1
            reader.at = body
            return
        if outer is None:
            del reader.index[name]
        else:
            reader.index[name] = outer
        frame.rope.append(("))", end, end))
        reader.top.rope.append(frame.rope)
        reader.end_operand(end)

    return finish


def _bounds(reader: LatexReader) -> tuple[str | None, int | None, int | None]:
    """Index, first and last number of a sum, taken; None for what is not told in numbers."""
    name: str | None = None
    first: int | None = None
    last: int | None = None
    while reader.peek().kind == "sign" and reader.peek().text in ("_", "^"):
        below = reader.peek().text == "_"
        behind = reader.group_end(reader.at + 1)
        inside = [token.text for token in reader.tokens[reader.at + 1 : behind] if token.text not in ("{", "}")]
        reader.at = behind
        if below and len(inside) >= 3 and inside[1] == "=" and inside[0].isalpha():
            name, first = inside[0], _whole(reader, inside[2:])
        elif not below:
            last = _whole(reader, inside)
    return name, first, last


def _whole(reader: LatexReader, texts: list[str]) -> int | None:
    sign = -1 if texts[:1] == ["-"] else 1
    digits = texts[1:] if sign < 0 else texts
    if len(digits) != 1:
        return None
    if digits[0] in reader.index:
        return sign * reader.index[digits[0]]
    return (
        sign * int(digits[0])
        if digits[0].isascii() and digits[0].isdigit() and len(digits[0]) <= _MOST_DIGITS
        else None
    )


def begin_environment(reader: LatexReader, token: Token) -> None:
    r"""`\begin{…}`."""
    name = environment_name(token)
    if name in DISPLAYS:
        reader.display += 1
        if name.startswith("alignat") and reader.is_text("{"):
            reader.at = reader.group_end(reader.at)
    elif name.rstrip("*") in MATRICES:
        if name == "array" and reader.is_text("{"):
            reader.at = reader.group_end(reader.at)
        reader.begin_operand(token.start, is_matrix=True)
        reader.open("cases", token.start, closers=(name,)).finish = lambda frame, _, end: _matrix(reader, frame, end)
        reader.top.rows = [[]]
        open_cell(reader)
    elif name.rstrip("*") in ("cases", "dcases", "rcases"):
        reader.begin_operand(token.start)
        reader.open("cases", token.start, closers=(name,)).finish = lambda frame, _, end: _cases(reader, frame, end)
        reader.top.rows = [[]]
        open_cell(reader)
    else:
        end = _environment_end(reader)
        last = reader.tokens[end - 1]
        message = f"The environment {quoted(name)} is none that is read here."
        reader.complain("unknown-command", message, token, last, "Write the formula alone.")
        reader.at = end
        reader.stand_in(token.start, last.end)


def _environment_end(reader: LatexReader) -> int:
    depth, at = 1, reader.at
    while at < len(reader.tokens) and depth:
        if reader.tokens[at].kind == "environment":
            depth += 1 if reader.tokens[at].text.startswith(r"\begin") else -1
        at += 1
    return at


def environment_name(token: Token) -> str:
    """The name in the braces of `\\begin{…}`."""
    return token.text[token.text.index("{") + 1 : -1]


def open_cell(reader: LatexReader) -> None:
    """The next cell of `cases`."""
    cell = reader.open("cell", reader.peek().start)
    cases = reader.frames[-2]

    def finish(frame: Frame, _start: int, end: int) -> None:
        cases.rows[-1].append((frame.rope if frame.complete else [], frame.start, end))

    cell.finish = finish
    cell.is_call = True


def _cases(reader: LatexReader, frame: Frame, end: int) -> None:
    """`where(condition, value, …)` for the rows of a closed `cases`."""
    rows = [row for row in frame.rows if row and row[0][0]]
    start = frame.start
    conditions = [cells[1] if len(cells) > 1 else None for cells in rows]
    if not rows or any(condition is None or not condition[0] for condition in conditions[:-1]):
        reader.notes.complain(
            "cases",
            "Each row of `cases` but the last needs a condition.",
            start,
            end,
            "Write it as in `x & x > 0 \\\\ 0 & \\text{otherwise}`.",
        )
        reader.top.rope.append([("_", start, end)])
        reader.end_operand(end)
        return
    last = conditions[-1]
    if last is not None and last[0] and len(rows) > 1:
        reader.notes.remark("last-case", "The last row is taken wherever no row above it holds.", last[1], last[2])
    rope: Rope = [rows[-1][0][0]]
    for cells, condition in zip(reversed(rows[:-1]), reversed(conditions[:-1]), strict=True):
        assert condition is not None
        rope = [
            ("where(", start, start),
            condition[0],
            (",", condition[1], condition[1]),
            cells[0][0],
            (",", cells[0][2], cells[0][2]),
            rope,
            (")", end, end),
        ]
    reader.top.rope.append([("(", start, start), rope, (")", end, end)])
    reader.end_operand(end)


def _matrix(reader: LatexReader, frame: Frame, end: int) -> None:
    """`[[a, b], [c, d]]` for the rows of a matrix; a single row or column is a vector."""
    rows = [row for row in frame.rows if any(cell[0] for cell in row)]
    start = frame.start
    if not rows or any(not cell[0] for row in rows for cell in row):
        reader.notes.complain(
            "missing-operand", "A matrix has no entry here.", start, end, "Write a number or a name in each place."
        )
        rows = [[([("_", start, end)], start, end)]]
    if all(len(row) == 1 for row in rows):
        rows = [[row[0] for row in rows]]
    written = _list([cell[0] for cell in rows[0]], start, end)
    if len(rows) > 1:
        written = _list([_list([cell[0] for cell in row], row[0][1], row[-1][2]) for row in rows], start, end)
    reader.top.rope.append(written)
    reader.end_operand(end)
    reader.top.is_matrix = True


def _list(ropes: list[Rope], start: int, end: int) -> Rope:
    """`[a, b]`."""
    written: Rope = [("[", start, start)]
    for position, rope in enumerate(ropes):
        written += [(", ", start, start)] * (position > 0) + [rope]
    return [*written, ("]", end, end)]
