r"""Where statements of LaTeX begin and end: `=`, `\\`, `&`, commas and points of a sentence, operators between."""

from __future__ import annotations

from app.language import latex_blocks as blocks
from app.language.latex_reader import LatexReader
from app.language.latex_tokens import Token
from app.language.latex_unknown import unknown_sign
from app.language.latex_words import SIGNS


def operator(reader: LatexReader, token: Token) -> None:
    sign = SIGNS.get(token.text, token.text)
    frame = reader.top
    if sign in ("*", "/") and frame.complete:
        frame.slash = frame.factor if sign == "/" else -1
    else:
        frame.slash = -1
    if sign == "=" or sign == ":=":
        equals(reader, token)
        return
    reader.emit(f" {sign} " if frame.complete else sign, token.start, token.end)
    frame.complete = frame.is_matrix = False


def equals(reader: LatexReader, token: Token) -> None:
    if _in_cell(reader):
        reader.emit(" == ", token.start, token.end)
    elif reader.target and len(reader.frames) == 1:
        behind = reader.at
        while behind < len(reader.tokens) and not _ends_statement(reader, reader.tokens[behind]):
            behind += 1
        last = reader.tokens[max(behind - 1, reader.at - 1)]
        reader.complain(
            "bad-target",
            "One statement has one `=`.",
            token,
            last,
            "Keep one of the forms, or put each on a line with a name of its own.",
        )
        reader.at = behind
        if not reader.top.complete:
            reader.stand_in(token.start, token.end)
        return
    else:
        reader.emit(" = ", token.start, token.end)
        reader.target = reader.target or len(reader.frames) == 1
    reader.top.complete = False


def _in_cell(reader: LatexReader) -> bool:
    """Whether a cell of `cases` is read here, where `=` compares."""
    kinds = [frame.kind for frame in reader.frames[-4:]]
    while kinds and kinds[-1] in ("group", "bare"):
        kinds.pop()
    return kinds[-1:] == ["cell"]


def _ends_statement(reader: LatexReader, token: Token) -> bool:
    return token.text in (r"\\", ";") or (token.kind == "newline" and not reader.display) or token.kind == "environment"


def comma(reader: LatexReader, token: Token) -> None:
    frame = reader.top
    if frame.kind == "cell":
        return
    following = reader.peek()
    if len(reader.frames) == 1:
        if frame.complete and (_ends_statement(reader, following) or following.kind == "newline"):
            return  # the comma of a sentence
        end_statement(reader, token)
        return
    reader.emit(", ", token.start, token.end)
    frame.is_list = frame.is_list or frame.is_square
    frame.complete = frame.is_matrix = False
    frame.slash = -1


def point(reader: LatexReader, token: Token) -> None:
    following = reader.peek()
    if reader.top.complete and (_ends_statement(reader, following) or following.kind == "newline"):
        return  # the full stop of a sentence
    unknown_sign(reader, token)


def ampersand(reader: LatexReader, token: Token) -> None:
    if reader.top.kind == "cell":
        reader.close(token.start, token.end)
        blocks.open_cell(reader)
    nothing_yet(reader)


def backslashes(reader: LatexReader, token: Token) -> None:
    if reader.is_text("[") and reader.peek().joined:
        while reader.at < len(reader.tokens) and not reader.is_text("]"):
            reader.at += 1
        reader.at += 1
    if reader.top.kind == "cell":
        reader.close(token.start, token.end)
        reader.top.rows.append([])
        blocks.open_cell(reader)
    elif not (reader.display and _goes_on(reader)):
        end_statement(reader, token)


def _goes_on(reader: LatexReader) -> bool:
    """Whether the next line of a displayed formula continues the one before: it begins with a sign and has no `=`."""
    at = reader.at
    while at < len(reader.tokens) and (reader.tokens[at].text == "&" or reader.tokens[at].kind == "newline"):
        at += 1
    if at >= len(reader.tokens) or SIGNS.get(reader.tokens[at].text, reader.tokens[at].text) not in (
        "+",
        "-",
        "*",
        "/",
    ):
        return False
    while at < len(reader.tokens) and not _ends_statement(reader, reader.tokens[at]):
        if reader.tokens[at].text == "=":
            return False
        at += 1
    return True


def newline(reader: LatexReader, token: Token) -> None:
    if reader.display or len(reader.frames) > 1:
        nothing_yet(reader)
    else:
        end_statement(reader, token)


def nothing_yet(reader: LatexReader) -> None:
    """The token just read says nothing: a statement that would begin with it begins behind it."""
    if reader.statement == reader.at - 1:
        reader.statement = reader.at


def end_statement(reader: LatexReader, token: Token) -> None:
    close_all(reader, token)
    reader.emit("\n" if token.text != ";" else ";", token.start, token.end)
    frame = reader.top
    if frame.complete or token.text == ";":
        reader.target = False
    frame.complete, frame.slash = False, -1
    reader.statement = reader.at


def close_all(reader: LatexReader, token: Token) -> None:
    """Closes what stands open where a statement ends; brackets among it were forgotten."""
    told = False
    while len(reader.frames) > 1:
        frame = reader.top
        if frame.kind in ("bracket", "group", "argument", "cases") and not frame.one and not told:
            reader.notes.complain(
                "unclosed-bracket",
                "This is never closed.",
                frame.start,
                frame.start + 1,
                f"Add {closing(frame.closers)} where it ends.",
            )
            told = True
        if not frame.complete and frame.kind not in ("macro", "cases", "cell"):
            frame.rope.append(("_", token.start, token.start))
            frame.complete = True
        reader.close(token.start, token.start)
        reader.settle()
    if token is reader.end and reader.display:
        reader.display = 0


def closing(closers: tuple[str, ...]) -> str:
    """What closes a frame, as a hint names it."""
    if closers and closers[0].rstrip("*").isalpha():
        return f"`\\end{{{closers[0]}}}`"
    return f"`{closers[0]}`" if closers else "its closing bracket"
