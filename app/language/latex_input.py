r"""Reads LaTeX: writes the same program in our notation, with the place in the source of every character.

One pass over the tokens with an explicit stack of frames for what stands open; precedence is left to our own reader,
so a formula means the same in both. What only LaTeX does is decided here: letters side by side are factors, the
operand of `\sin` without brackets reaches to the next sign, `\\` ends a statement.
"""

from __future__ import annotations

from collections.abc import Callable

from app.language import latex_blocks as blocks
from app.language import latex_brackets as brackets
from app.language import latex_calls as calls
from app.language import latex_commands as commands
from app.language import latex_operands as operands
from app.language import latex_statements as statements
from app.language.latex_reader import LatexReader
from app.language.latex_tokens import Token, cut_latex
from app.language.latex_unknown import unknown_sign
from app.language.latex_words import (
    ACCENTS,
    CLOSERS,
    COMMAND_FUNCTIONS,
    DOUBLE_BARS,
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
from app.language.text import Prepared, prepare_elsewhere, translated
from app.limits import Limits

_OPERATORS = frozenset("+-*/<>") | {"**", "<=", ">=", "!=", "=="}
_ENDS_FACTORS = _OPERATORS | CLOSERS | {"=", ":=", ",", ";", "}", "&", r"\\", r"\right", r"\tag", r"\label"}


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
    statements.close_all(reader, reader.end)
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
        sign in _ENDS_FACTORS
        or text in OPENERS
        or text in COMMAND_FUNCTIONS
        or text in (r"\left", r"\operatorname")
        or text in (r"\sum", r"\prod")
        or kind == "environment"
    )


def _bar_open_below(reader: LatexReader) -> bool:
    return any("|" in frame.closers for frame in reader.frames[-8:])


def _take(reader: LatexReader, token: Token) -> None:
    handler = _KINDS.get(token.kind)
    if handler is None:
        handler = _SIGNS.get(token.text, unknown_sign)
    handler(reader, token)


Handler = Callable[[LatexReader, Token], None]

_KINDS: dict[str, Handler] = {
    "number": operands.number,
    "letter": operands.letter,
    "newline": statements.newline,
    "environment": commands.environment,
    "unclosed": commands.unclosed_dollar,
}
_SIGNS: dict[str, Handler] = {
    **dict.fromkeys(_OPERATORS | {"=", ":="} | SIGNS.keys(), statements.operator),
    **dict.fromkeys(("*", "**"), commands.star),
    **dict.fromkeys(FRACTIONS, calls.fraction),
    **dict.fromkeys(GREEK, operands.greek),
    **dict.fromkeys(ACCENTS.keys() | FONTS, operands.accent),
    **dict.fromkeys(WORDS, commands.word),
    **dict.fromkeys(OPENERS, operands.bracket),
    **dict.fromkeys(CLOSERS, brackets.closer),
    **dict.fromkeys(IGNORED_WITH_GROUP, commands.script_ignored),
    **dict.fromkeys(TRANSPARENT, commands.transparent),
    **dict.fromkeys(NOT_HERE, commands.not_here),
    **dict.fromkeys(DOUBLE_BARS, brackets.double_bar),
    **dict.fromkeys((r"\sum", r"\prod"), blocks.repeated),
    **dict.fromkeys((r"\partial", r"\nabla"), commands.partial),
    **{
        name: (lambda reader, token: calls.begin_call(reader, COMMAND_FUNCTIONS[token.text], token))
        for name in COMMAND_FUNCTIONS
    },
    "{": brackets.open_brace,
    "}": brackets.close_brace,
    "|": brackets.bar,
    ",": statements.comma,
    ".": statements.point,
    ";": statements.end_statement,
    "&": statements.ampersand,
    r"\\": statements.backslashes,
    r"\left": brackets.left,
    r"\right": brackets.right,
    r"\sqrt": calls.root,
    "^": calls.power,
    "_": commands.subscript_alone,
}
