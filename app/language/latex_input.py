r"""Reads LaTeX: writes the same program in our notation, with the place in the source of every character.

One pass over the tokens with an explicit stack of frames for what stands open; precedence is left to our own reader,
so a formula means the same in both. What only LaTeX does is decided here: letters side by side are factors, the
operand of `\sin` without brackets reaches to the next sign, `\\` ends a statement.
"""

from __future__ import annotations

from collections.abc import Callable

from app.errors import quoted
from app.language import latex_blocks as blocks
from app.language import latex_calls as calls
from app.language import latex_operands as operands
from app.language.latex_reader import LatexReader
from app.language.latex_scripts import subscript
from app.language.latex_tokens import Token, cut_latex
from app.language.latex_words import (
    ACCENTS,
    CLOSERS,
    COMMAND_FUNCTIONS,
    DISPLAYS,
    FONTS,
    FRACTIONS,
    GREEK,
    IGNORED_WITH_GROUP,
    NOT_HERE,
    OPENERS,
    SIGNS,
    TRANSPARENT,
    WORDS,
)
from app.language.suggest import nearest
from app.language.text import Prepared, prepare_elsewhere, translated
from app.limits import Limits

_OPERATORS = frozenset("+-*/<>") | {"**", "<=", ">=", "!=", "=="}
_RELATIONS = frozenset(("<", ">", "<=", ">=", "==", "!=", "="))
_ENDS_FACTORS = _OPERATORS | CLOSERS | {"=", ":=", ",", ";", "}", "&", r"\\", r"\right", r"\tag", r"\label"}
_KNOWN = sorted(
    {*GREEK, *FRACTIONS, *COMMAND_FUNCTIONS, *SIGNS, *WORDS, *FONTS, *ACCENTS, *OPENERS, *TRANSPARENT}
    | {r"\sqrt", r"\sum", r"\prod", r"\left", r"\right"}
)
_NORMS = frozenset((r"\|", r"\lVert", r"\rVert", r"\Vert"))


def read_latex(source: str, limits: Limits) -> Prepared:
    """The source with the same program in our notation. Raises UserError when sums make it too long."""
    reader = LatexReader(source, cut_latex(prepare_elsewhere(source)), limits)
    _find_words(reader)
    tokens = reader.tokens
    while reader.at < len(tokens):
        if reader.at in reader.jumps:
            reader.at = reader.jumps[reader.at]
            continue
        token = tokens[reader.at]
        if _ends_open_frame(reader, token):
            reader.close(reader.last_end, reader.last_end)
        else:
            reader.at += 1
            _take(reader, token)
        reader.settle()
    _close_all(reader, reader.end)
    rope = [*reader.frames[0].rope, ("\n", len(source), len(source))]
    return translated(source, rope, reader.notes.translation)


def _find_words(reader: LatexReader) -> None:
    """Letters side by side that the text gives a meaning, as `loss` in `loss = …`; and T and d where they are names."""
    tokens = reader.tokens
    begins = True
    for at, token in enumerate(tokens):
        if token.text == "d" and at + 1 < len(tokens) and tokens[at + 1].text in ("=", "&") and begins:
            reader.words.add("d")
        if token.text == "T" and not (at and (tokens[at - 1].text == "^" or tokens[max(at - 2, 0)].text == "^")):
            reader.words.add("T")
        if begins and token.kind == "letter":
            behind = at + 1
            while behind < len(tokens) and tokens[behind].kind in ("letter", "number") and tokens[behind].joined:
                behind += 1
            follows = tokens[behind].text if behind < len(tokens) else ""
            if behind > at + 1 and (follows in ("=", ":=") or (follows == "&" and tokens[behind + 1 : behind + 2])):
                reader.words.add("".join(one.text for one in tokens[at:behind]))
        begins = token.kind == "newline" or token.text in (r"\\", ";", "&", ",") or token.kind == "environment"


def _ends_open_frame(reader: LatexReader, token: Token) -> bool:
    """Whether the operand of a function without brackets, or the term of a sum, ends before this token."""
    frame = reader.top
    if frame.kind not in ("bare", "sum"):
        return False
    text, kind = token.text, token.kind
    if kind in ("newline", "unclosed"):
        return kind == "unclosed" or not (reader.display or len(reader.frames) > 2) or frame.complete
    if kind == "letter" or not frame.complete:
        return kind != "letter" and text in _ENDS_FACTORS and text not in ("+", "-")
    sign = SIGNS.get(text, text)
    if sign == "|":
        return frame.kind == "bare" or operands.closes_bar(reader) or _bar_open_below(reader)
    if frame.kind == "sum":
        return sign in _ENDS_FACTORS and sign not in ("*", "/", "**")
    return (
        sign in _ENDS_FACTORS or text in OPENERS or text in COMMAND_FUNCTIONS or text in (r"\left", r"\operatorname")
        or text in (r"\sum", r"\prod") or kind == "environment"
    )  # fmt: skip


def _bar_open_below(reader: LatexReader) -> bool:
    return any("|" in frame.closers for frame in reader.frames[-8:])


def _take(reader: LatexReader, token: Token) -> None:
    handler = _KINDS.get(token.kind)
    if handler is None:
        handler = _SIGNS.get(token.text, _other)
    handler(reader, token)


# Signs


def _operator(reader: LatexReader, token: Token) -> None:
    sign = SIGNS.get(token.text, token.text)
    frame = reader.top
    if sign in ("*", "/") and frame.complete:
        frame.slash = frame.factor if sign == "/" else -1
    else:
        frame.slash = -1
    if sign == "=" or sign == ":=":
        _equals(reader, token)
        return
    reader.emit(f" {sign} " if frame.complete else sign, token.start, token.end)
    frame.complete = False


def _equals(reader: LatexReader, token: Token) -> None:
    if _in_cell(reader):
        reader.emit(" == ", token.start, token.end)
    elif reader.target and len(reader.frames) == 1:
        behind = reader.at
        while behind < len(reader.tokens) and not _ends_statement(reader, reader.tokens[behind]):
            behind += 1
        last = reader.tokens[max(behind - 1, reader.at - 1)]
        reader.complain(
            "bad-target", "One statement has one `=`.", token, last,
            "Keep one of the forms, or put each on a line with a name of its own.",
        )  # fmt: skip
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


def _comma(reader: LatexReader, token: Token) -> None:
    frame = reader.top
    if frame.kind == "cell":
        return
    following = reader.peek()
    if len(reader.frames) == 1:
        if frame.complete and (_ends_statement(reader, following) or following.kind == "newline"):
            return  # the comma of a sentence
        _end_statement(reader, token)
        return
    reader.emit(", ", token.start, token.end)
    frame.complete = False
    frame.slash = -1


def _point(reader: LatexReader, token: Token) -> None:
    following = reader.peek()
    if reader.top.complete and (_ends_statement(reader, following) or following.kind == "newline"):
        return  # the full stop of a sentence
    _other(reader, token)


def _ampersand(reader: LatexReader, token: Token) -> None:
    if reader.top.kind == "cell":
        reader.close(token.start, token.end)
        blocks.open_cell(reader)
    _nothing_yet(reader)


def _backslashes(reader: LatexReader, token: Token) -> None:
    if reader.is_text("[") and reader.peek().joined:
        while reader.at < len(reader.tokens) and not reader.is_text("]"):
            reader.at += 1
        reader.at += 1
    if reader.top.kind == "cell":
        reader.close(token.start, token.end)
        reader.top.rows.append([])
        blocks.open_cell(reader)
    elif not (reader.display and _goes_on(reader)):
        _end_statement(reader, token)


def _goes_on(reader: LatexReader) -> bool:
    """Whether the next line of a displayed formula continues the one before: it begins with a sign and has no `=`."""
    at = reader.at
    while at < len(reader.tokens) and (reader.tokens[at].text == "&" or reader.tokens[at].kind == "newline"):
        at += 1
    if at >= len(reader.tokens) or SIGNS.get(reader.tokens[at].text, reader.tokens[at].text) not in ("+", "-", "*", "/"):
        return False
    while at < len(reader.tokens) and not _ends_statement(reader, reader.tokens[at]):
        if reader.tokens[at].text == "=":
            return False
        at += 1
    return True


def _newline(reader: LatexReader, token: Token) -> None:
    if reader.display or len(reader.frames) > 1:
        _nothing_yet(reader)
    else:
        _end_statement(reader, token)


def _nothing_yet(reader: LatexReader) -> None:
    """The token just read says nothing: a statement that would begin with it begins behind it."""
    if reader.statement == reader.at - 1:
        reader.statement = reader.at


def _end_statement(reader: LatexReader, token: Token) -> None:
    _close_all(reader, token)
    reader.emit("\n" if token.text != ";" else ";", token.start, token.end)
    frame = reader.top
    if frame.complete or token.text == ";":
        reader.target = False
    frame.complete, frame.slash = False, -1
    reader.statement = reader.at


def _close_all(reader: LatexReader, token: Token) -> None:
    """Closes what stands open where a statement ends; brackets among it were forgotten."""
    told = False
    while len(reader.frames) > 1:
        frame = reader.top
        if frame.kind in ("bracket", "group", "argument", "cases") and not frame.one and not told:
            reader.notes.complain(
                "unclosed-bracket", "This is never closed.", frame.start, frame.start + 1,
                f"Add {_closing(frame.closers)} where it ends.",
            )  # fmt: skip
            told = True
        if not frame.complete and frame.kind not in ("macro", "cases", "cell"):
            frame.rope.append(("_", token.start, token.start))
            frame.complete = True
        reader.close(token.start, token.start)
        reader.settle()
    if token is reader.end and reader.display:
        reader.display = 0


def _closing(closers: tuple[str, ...]) -> str:
    if closers and closers[0] in DISPLAYS | {"cases", "dcases"}:
        return f"`\\end{{{closers[0]}}}`"
    return f"`{closers[0]}`" if closers else "its closing bracket"


# Brackets


def _open_brace(reader: LatexReader, token: Token) -> None:
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


def _close_brace(reader: LatexReader, token: Token) -> None:
    if not any("}" in frame.closers for frame in reader.frames[-1:]):
        if _closes_below(reader, "}"):
            _unclosed(reader, token)
            return
        _unopened(reader, token)
        return
    _close_top(reader, token)


def _closer(reader: LatexReader, token: Token) -> None:
    if token.text in reader.top.closers:
        _close_top(reader, token)
    elif reader.top.kind == "bracket" and reader.top.closers and r"\right" not in reader.top.closers:
        closers = reader.top.closers
        if "}" in closers:
            _unopened(reader, token)
            return
        reader.complain(
            "bracket-mismatch", f"This bracket is closed by another kind than it was opened with.", token, None,
            f"Write `{closers[0]}`.",
        )  # fmt: skip
        _close_top(reader, token)
    else:
        _unopened(reader, token)


def _close_top(reader: LatexReader, token: Token) -> None:
    frame = reader.top
    if not frame.complete:
        if frame.kind in ("argument", "group") or not frame.is_call:
            reader.notes.complain(
                "missing-operand", "There is nothing between these brackets.", frame.start, token.end,
                "Write an expression in them, or remove them.",
            )  # fmt: skip
            frame.rope.append(("_", token.start, token.start))
    reader.close(token.start, token.end)


def _closes_below(reader: LatexReader, sign: str) -> bool:
    return any(sign in frame.closers for frame in reader.frames[-50:])


def _unclosed(reader: LatexReader, token: Token) -> None:
    """A brace closes while a bracket inside it is open."""
    frame = reader.top
    if frame.kind in ("bracket", "cases"):
        reader.notes.complain(
            "unclosed-bracket", "This bracket is never closed.", frame.start, frame.start + 1,
            f"Add {_closing(frame.closers)} where it ends.",
        )  # fmt: skip
    if not frame.complete and frame.kind not in ("macro", "cases", "cell"):
        frame.rope.append(("_", token.start, token.start))
    reader.at -= 1
    reader.close(token.start, token.start)


def _unopened(reader: LatexReader, token: Token) -> None:
    reader.notes.complain(
        "unopened-bracket", f"This {quoted(token.text)} was never opened.", token.start, token.end, "Remove it.",
        reader.notes.fix(f"Remove {quoted(token.text)}", "", token.start, token.end),
    )  # fmt: skip


def _left(reader: LatexReader, token: Token) -> None:
    following = reader.peek()
    reader.at += 1
    if following.text in _NORMS:
        _norm(reader, following)
    elif following.kind == "newline":
        reader.complain("unknown-bracket", "A bracket is missing here.", token, None, r"Write `\left(`.")
    else:
        operands.bracket(reader, following, left=True)


def _right(reader: LatexReader, token: Token) -> None:
    last = reader.peek()
    if last.kind != "newline":
        reader.at += 1
    if r"\right" in reader.top.closers:
        _close_top(reader, Token("command", r"\right", token.start, max(last.end, token.end), joined=False))
    elif _closes_below(reader, r"\right"):
        _unclosed(reader, token)
        reader.at -= last.kind != "newline"
    else:
        _unopened(reader, token)


def _bar(reader: LatexReader, token: Token) -> None:
    if reader.is_text("|") and reader.peek().joined and not reader.top.complete:
        _norm(reader, token)
    elif operands.closes_bar(reader):
        _close_top(reader, token)
    else:
        operands.bracket(reader, token)


def _norm(reader: LatexReader, token: Token) -> None:
    """A norm: read up to the bars that close it, and refused."""
    at = reader.at
    while at < len(reader.tokens) and reader.tokens[at].kind != "newline" and reader.tokens[at].text not in _NORMS:
        at += 1
    reader.at = min(at + 1, len(reader.tokens))
    last = reader.peek(-1)
    reader.complain(
        "needs-tensors", "A norm needs a vector; here every name is one number.", token, last,
        r"Write `|x|` for one number, or `\sqrt{x_1^2 + x_2^2}`.",
    )  # fmt: skip
    reader.stand_in(token.start, last.end)


# Commands and the rest


def _environment(reader: LatexReader, token: Token) -> None:
    if token.text.startswith(r"\begin"):
        blocks.begin_environment(reader, token)
        _nothing_yet(reader)
        return
    name = blocks.environment_name(token)
    if name in DISPLAYS:
        reader.display = max(reader.display - 1, 0)
        if not reader.display:
            _end_statement(reader, token)
    elif reader.top.kind == "cell" and name in reader.frames[-2].closers:
        reader.close(token.start, token.end)
        reader.close(token.start, token.end)
    elif _closes_below(reader, name):
        _unclosed(reader, token)
    else:
        _unopened(reader, token)


def _word(reader: LatexReader, token: Token) -> None:
    frame = reader.top
    if frame.kind == "cell":
        end = reader.group_end(reader.at)
        said = "".join(one.text for one in reader.tokens[reader.at : end]).strip("{}.,").lower()
        if said in ("if", "otherwise", "else", "for", "when", "where", "ifx", ""):
            reader.at = end
            return
    operands.word(reader, token)


def _subscript(reader: LatexReader, token: Token) -> None:
    subscript(reader)
    reader.complain(
        "subscript", "A subscript belongs to a name.", token, reader.peek(-1), "Write it as in `w_1`, or remove it."
    )


def _script_ignored(reader: LatexReader, token: Token) -> None:
    del token
    if reader.is_text("{"):
        reader.at = reader.group_end(reader.at)


def _transparent(reader: LatexReader, token: Token) -> None:
    """A command around a formula: its braces stay, what is written under or above them goes."""
    place = reader.at
    behind = reader.group_end(place)
    if behind < len(reader.tokens) and reader.tokens[behind].text in ("_", "^") and "brace" in token.text:
        reader.jumps[behind] = reader.group_end(behind + 1)


def _not_here(reader: LatexReader, token: Token) -> None:
    reader.complain(
        "unknown-command", f"{quoted(token.text)} is not among the operations.", token, None, f"Write `{NOT_HERE[token.text]}`."
    )
    reader.stand_in(token.start, token.end)


def _partial(reader: LatexReader, token: Token) -> None:
    reader.complain(
        "derivative", "Derivatives are what the graph works out.", token, None,
        "Write the formula that is differentiated; its gradients appear on the graph.",
    )  # fmt: skip
    if not reader.top.complete:
        reader.stand_in(token.start, token.end)


def _star(reader: LatexReader, token: Token) -> None:
    if token.text == "**":
        calls.power(reader, token)
    else:
        _operator(reader, token)


def _other(reader: LatexReader, token: Token) -> None:
    """A sign or command that is none of ours."""
    text = token.text
    fix = None
    if text.startswith("\\") and len(text) > 1 and text[1].isalpha():
        near = nearest(text, _KNOWN)
        hint = f"The nearest command is `{near}`." if near else "Remove it, or write the formula without it."
        message = f"The command {quoted(text)} is none that is read here."
        if near:
            fix = reader.notes.fix(f"Use `{near}`", near, token.start, token.end)
        code = "unknown-command"
    elif text == "\\" or text.startswith("\\"):
        message, hint, code = "A backslash begins a command.", r"Write one, as in `\frac{1}{x}`.", "unknown-command"
    elif text == "!":
        message, hint, code = "The character `!` has no meaning here.", "Factorials are not among the operations.", "unknown-character"
    else:
        message = f"The character {quoted(text)} has no meaning here."
        hint, code = "Remove it.", "unknown-character"
    reader.notes.complain(code, message, token.start, token.end, hint, fix)


def _unclosed_dollar(reader: LatexReader, token: Token) -> None:
    reader.complain("unclosed-bracket", "A formula begins here that never ends.", token, None, f"Add {quoted(token.text)} where it ends.")


Handler = Callable[[LatexReader, Token], None]

_KINDS: dict[str, Handler] = {
    "number": operands.number,
    "letter": operands.letter,
    "newline": _newline,
    "environment": _environment,
    "unclosed": _unclosed_dollar,
}
_SIGNS: dict[str, Handler] = {
    **dict.fromkeys(_OPERATORS | {"=", ":="} | SIGNS.keys(), _operator),
    **dict.fromkeys(("*", "**"), _star),
    **dict.fromkeys(FRACTIONS, calls.fraction),
    **dict.fromkeys(GREEK, operands.greek),
    **dict.fromkeys(ACCENTS.keys() | FONTS, operands.accent),
    **dict.fromkeys(WORDS, _word),
    **dict.fromkeys(OPENERS, operands.bracket),
    **dict.fromkeys(CLOSERS, _closer),
    **dict.fromkeys(IGNORED_WITH_GROUP, _script_ignored),
    **dict.fromkeys(TRANSPARENT, _transparent),
    **dict.fromkeys(NOT_HERE, _not_here),
    **dict.fromkeys(_NORMS, _norm),
    **dict.fromkeys((r"\sum", r"\prod"), blocks.repeated),
    **dict.fromkeys((r"\partial", r"\nabla"), _partial),
    **{name: (lambda reader, token: calls.begin_call(reader, COMMAND_FUNCTIONS[token.text], token)) for name in COMMAND_FUNCTIONS},
    "{": _open_brace,
    "}": _close_brace,
    "|": _bar,
    ",": _comma,
    ".": _point,
    ";": lambda reader, token: _end_statement(reader, token),
    "&": _ampersand,
    r"\\": _backslashes,
    r"\left": _left,
    r"\right": _right,
    r"\sqrt": calls.root,
    "^": calls.power,
    "_": _subscript,
}
