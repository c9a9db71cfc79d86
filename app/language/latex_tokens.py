"""LaTeX cut into tokens, with what is not mathematics taken out."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from app.language.latex_words import FRACTIONS
from app.language.text import Prepared

NEWLINE = "\n"

_TOKEN = re.compile(
    r"""(?P<space>[ \t\u00a0]+)
    | (?P<comment>[%\#][^\n]*)
    | (?P<newline>\n)
    | (?P<number>[0-9]+(?:(?:\{,\}|\\,)[0-9]{3}(?![0-9]))*(?:\{,\}(?=[0-9])[0-9]*|\.[0-9]*)?(?:[eE][+-]?[0-9]+)?
      | \.[0-9]+(?:[eE][+-]?[0-9]+)?)
    | (?P<letter>[^\W\d_]['’]*)
    | (?P<environment>\\(?:begin|end)[ ]?\{[A-Za-z]+\*?\})
    | (?P<command>\\(?:[A-Za-z]+|[^A-Za-z]|$))
    | (?P<sign>\*\*|[<>=!:]=|\$\$|.)""",
    re.VERBOSE | re.DOTALL,
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\{,\}|\\,)[0-9]{3})+(?:\.[0-9]*)?")

_OPENS = {"$": "$", "$$": "$$", r"\[": r"\]", r"\(": r"\)"}
_SPACING = frozenset(
    [r"\,", r"\;", r"\:", r"\!", r"\ ", r"\>", r"\/", "\\\n", r"\-", "~"]
    + [
        rf"\{word}"
        for word in [
            "quad",
            "qquad",
            "thinspace",
            "medspace",
            "thickspace",
            "enspace",
            "negthinspace",
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "limits",
            "nolimits",
            "nonumber",
            "notag",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "Biggl",
            "Biggr",
            "bigm",
            "Bigm",
            "middle",
            "hfill",
            "noindent",
            "bf",
            "rm",
            "it",
            "mathstrut",
            "strut",
            "allowbreak",
            "nobreak",
            "centering",
        ]
    ]
)


class Token(NamedTuple):
    """One token: what it is, its text, and where it stands in the source.

    kind     "letter" (with primes), "number", "command", "environment", "sign" or "newline"
    joined   whether it follows the token before it without a space
    """

    kind: str
    text: str
    start: int
    end: int
    joined: bool


def cut_latex(prepared: Prepared) -> list[Token]:
    """The tokens of a text; spaces and comments are left out, and prose around formulas in dollar signs."""
    tokens: list[Token] = []
    joined = False
    for match in _TOKEN.finditer(prepared.text):
        kind, text = match.lastgroup or "sign", match.group()
        if kind in ("space", "comment"):
            joined = False
            continue
        if (kind == "command" and text in _SPACING) or text == "~":
            joined = False
            continue
        start, end = prepared.in_source(match.start(), match.end())
        if kind == "number" and tokens and tokens[-1].text in FRACTIONS:
            _cut_digits(tokens, text, start, end)
            joined = True
            continue
        tokens.append(Token(kind, text, start, end, joined))
        joined = kind != "newline"
    if any(token.text in _OPENS for token in tokens if token.kind in ("command", "sign")):
        return _without_prose(tokens)
    return tokens


def number_text(text: str) -> str:
    r"""A number in our notation: `1\,000` and `1{,}000` give `1000`, `2{,}5` gives `2.5`."""
    if _THOUSANDS.fullmatch(text):
        return text.replace("{,}", "").replace(r"\,", "")
    return text.replace("{,}", ".").replace(r"\,", "")


def _cut_digits(tokens: list[Token], text: str, start: int, end: int) -> None:
    r"""TeX takes one digit for each operand: `\frac12` is a half."""
    if end - start != len(text) or not text.isdigit():
        tokens.append(Token("number", text, start, end, joined=True))
        return
    cuts = [*range(min(2, len(text))), len(text)] if len(text) <= 2 else [0, 1, 2, len(text)]
    for at, behind in pairwise(cuts):
        tokens.append(Token("number", text[at:behind], start + at, start + behind, joined=True))


def _without_prose(tokens: list[Token]) -> list[Token]:
    """Of a text with formulas in dollar signs, the formulas, and the lines of our own that stand between them."""
    kept: list[Token] = []
    outside: list[Token] = []
    closing: str | None = None
    on_line = False  # whether a formula stands on this line
    for token in tokens:
        if closing is not None:
            if token.text == closing and token.kind != "letter":
                kept.append(token._replace(kind="newline", text="\n"))
                closing = None
            elif token.kind != "newline":
                kept.append(token)
        elif token.text in _OPENS and token.kind in ("command", "sign"):
            closing, on_line, outside = _OPENS[token.text], True, []
        elif token.kind == "newline":
            if not on_line and _is_statement(outside):
                kept += [*outside, token]
            on_line, outside = False, []
        else:
            outside.append(token)
    if closing is not None:
        kept.append(Token("unclosed", closing, tokens[-1].start, tokens[-1].end, joined=False))
    if not on_line and _is_statement(outside):
        kept += outside
    return kept


def _is_statement(tokens: list[Token]) -> bool:
    return any(token.text == "=" for token in tokens) and tokens[0].text != "="
