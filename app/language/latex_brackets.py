r"""Brackets of LaTeX: braces, `\left` and `\right`, bars, and those that do not fit."""

from __future__ import annotations

from app.errors import quoted
from app.language import latex_operands as operands
from app.language.latex_reader import LatexReader
from app.language.latex_statements import closing
from app.language.latex_tokens import Token
from app.language.latex_words import GREEK


def open_brace(reader: LatexReader, token: Token) -> None:
    place = reader.at - 1
    if reader.match[place] == place + 1:
        reader.at += 1  # `{}` says nothing
        return
    inside = reader.peek()
    if reader.match[place] == place + 2 and (inside.kind == "letter" or inside.text in GREEK):
        reader.at += 2  # `{w}_1`
        operands.write_name(reader, token, GREEK.get(inside.text, inside.text), scripts=not reader.top.one)
        return
    reader.begin_operand(token.start)
    reader.open("group", token.start, "(", ")", ("}",))


def close_brace(reader: LatexReader, token: Token) -> None:
    if not any("}" in frame.closers for frame in reader.frames[-1:]):
        if closes_below(reader, "}"):
            unclosed(reader, token)
            return
        unopened(reader, token)
        return
    _close_top(reader, token)


def closer(reader: LatexReader, token: Token) -> None:
    if token.text in reader.top.closers:
        _close_top(reader, token)
    elif reader.top.kind == "bracket" and reader.top.closers and r"\right" not in reader.top.closers:
        closers = reader.top.closers
        if "}" in closers:
            unopened(reader, token)
            return
        reader.complain(
            "bracket-mismatch",
            "This bracket is closed by another kind than it was opened with.",
            token,
            None,
            f"Write `{closers[0]}`.",
        )
        _close_top(reader, token)
    else:
        unopened(reader, token)


def _close_top(reader: LatexReader, token: Token) -> None:
    frame = reader.top
    if not frame.complete and not frame.is_list and (frame.kind in ("argument", "group") or not frame.is_call):
        reader.notes.complain(
            "missing-operand",
            "There is nothing between these brackets.",
            frame.start,
            token.end,
            "Write an expression in them, or remove them.",
        )
        frame.rope.append(("_", token.start, token.start))
    reader.close(token.start, token.end)


def closes_below(reader: LatexReader, sign: str) -> bool:
    return any(sign in frame.closers for frame in reader.frames[-50:])


def unclosed(reader: LatexReader, token: Token) -> None:
    """A brace closes while a bracket inside it is open."""
    frame = reader.top
    if frame.kind in ("bracket", "cases"):
        reader.notes.complain(
            "unclosed-bracket",
            "This bracket is never closed.",
            frame.start,
            frame.start + 1,
            f"Add {closing(frame.closers)} where it ends.",
        )
    if not frame.complete and frame.kind not in ("macro", "cases", "cell"):
        frame.rope.append(("_", token.start, token.start))
    reader.at -= 1
    reader.close(token.start, token.start)


def unopened(reader: LatexReader, token: Token) -> None:
    reader.notes.complain(
        "unopened-bracket",
        f"This {quoted(token.text)} was never opened.",
        token.start,
        token.end,
        "Remove it.",
        reader.notes.fix(f"Remove {quoted(token.text)}", "", token.start, token.end),
    )


def left(reader: LatexReader, token: Token) -> None:
    following = reader.peek()
    reader.at += 1
    if following.kind == "newline":
        reader.complain("unknown-bracket", "A bracket is missing here.", token, None, r"Write `\left(`.")
    else:
        operands.bracket(reader, following, left=True)


def right(reader: LatexReader, token: Token) -> None:
    last = reader.peek()
    if last.kind != "newline":
        reader.at += 1
    if r"\right" in reader.top.closers:
        _close_top(reader, Token("command", r"\right", token.start, max(last.end, token.end), joined=False))
    elif closes_below(reader, r"\right"):
        unclosed(reader, token)
        reader.at -= last.kind != "newline"
    else:
        unopened(reader, token)


def bar(reader: LatexReader, token: Token) -> None:
    if reader.is_text("|") and reader.peek().joined and ("||" in reader.top.closers or not reader.top.complete):
        reader.at += 1
        double_bar(reader, token._replace(text="||", end=reader.peek(-1).end))
    elif operands.closes_bar(reader):
        _close_top(reader, token)
    else:
        operands.bracket(reader, token)


def double_bar(reader: LatexReader, token: Token) -> None:
    """`\\|` or `||`: closes a norm that one of its kind opened, else opens one."""
    if reader.top.complete and token.text in reader.top.closers:
        _close_top(reader, token)
    else:
        operands.bracket(reader, token)
