"""What is wrong with a command or sign of LaTeX that means nothing to a formula, in words."""

from __future__ import annotations

from app.errors import quoted
from app.language.latex_reader import LatexReader
from app.language.latex_tokens import Token
from app.language.latex_words import (
    ACCENTS,
    COMMAND_FUNCTIONS,
    FONTS,
    FRACTIONS,
    GREEK,
    OPENERS,
    SIGNS,
    TRANSPARENT,
    WORDS,
)
from app.language.suggest import nearest

_KNOWN = sorted(
    {*GREEK, *FRACTIONS, *COMMAND_FUNCTIONS, *SIGNS, *WORDS, *FONTS, *ACCENTS, *OPENERS, *TRANSPARENT}
    | {r"\sqrt", r"\sum", r"\prod", r"\left", r"\right"}
)


def unknown_sign(reader: LatexReader, token: Token) -> None:
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
        message, hint, code = (
            "The character `!` has no meaning here.",
            "Factorials are not among the operations.",
            "unknown-character",
        )
    else:
        message = f"The character {quoted(text)} has no meaning here."
        hint, code = "Remove it.", "unknown-character"
    reader.notes.complain(code, message, token.start, token.end, hint, fix)
    if code == "unknown-command" and not reader.top.complete:
        reader.stand_in(token.start, token.end)
