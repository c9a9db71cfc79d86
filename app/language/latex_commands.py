r"""Commands of LaTeX that are no operands: environments, words, accents over formulas, and what is not read."""

from __future__ import annotations

from app.errors import quoted
from app.language import latex_blocks as blocks
from app.language import latex_calls as calls
from app.language import latex_operands as operands
from app.language.latex_brackets import closes_below, unclosed, unopened
from app.language.latex_reader import LatexReader
from app.language.latex_scripts import index_entry, subscript
from app.language.latex_statements import end_statement, nothing_yet, operator
from app.language.latex_tokens import Token
from app.language.latex_words import DISPLAYS, DOUBLE_BARS, NOT_HERE

NORM_ENDS = DOUBLE_BARS | {r"\rVert", "|"}


def environment(reader: LatexReader, token: Token) -> None:
    if token.text.startswith(r"\begin"):
        blocks.begin_environment(reader, token)
        nothing_yet(reader)
        return
    name = blocks.environment_name(token)
    if name in DISPLAYS:
        reader.display = max(reader.display - 1, 0)
        if not reader.display:
            end_statement(reader, token)
    elif reader.top.kind == "cell" and name in reader.frames[-2].closers:
        reader.close(token.start, token.end)
        reader.close(token.start, token.end)
    elif closes_below(reader, name):
        unclosed(reader, token)
    else:
        unopened(reader, token)


def word(reader: LatexReader, token: Token) -> None:
    frame = reader.top
    if frame.kind == "cell":
        end = reader.group_end(reader.at)
        said = "".join(one.text for one in reader.tokens[reader.at : end]).strip("{}.,").lower()
        if said in ("if", "otherwise", "else", "for", "when", "where", "ifx", ""):
            reader.at = end
            return
    operands.word(reader, token)


def subscript_alone(reader: LatexReader, token: Token) -> None:
    reader.at -= 1
    if reader.top.complete and (index := index_entry(reader)):
        reader.emit(index, token.start, reader.peek(-1).end)
        return
    reader.at += 1
    is_norm = reader.top.complete and reader.peek(-2).text in NORM_ENDS and reader.peek().text == "2"
    subscript(reader)
    if is_norm:
        return  # the norm that is meant anyway
    reader.complain(
        "subscript", "A subscript belongs to a name.", token, reader.peek(-1), "Write it as in `w_1`, or remove it."
    )


def script_ignored(reader: LatexReader, token: Token) -> None:
    del token
    if reader.is_text("{"):
        reader.at = reader.group_end(reader.at)


def transparent(reader: LatexReader, token: Token) -> None:
    """A command around a formula: its braces stay, what is written under or above them goes."""
    place = reader.at
    behind = reader.group_end(place)
    if behind < len(reader.tokens) and reader.tokens[behind].text in ("_", "^") and "brace" in token.text:
        reader.jumps[behind] = reader.group_end(behind + 1)


def not_here(reader: LatexReader, token: Token) -> None:
    reader.complain(
        "unknown-command",
        f"{quoted(token.text)} is not among the operations.",
        token,
        None,
        f"Write `{NOT_HERE[token.text]}`.",
    )
    reader.stand_in(token.start, token.end)


def partial(reader: LatexReader, token: Token) -> None:
    reader.complain(
        "derivative",
        "Derivatives are what the graph works out.",
        token,
        None,
        "Write the formula that is differentiated; its gradients appear on the graph.",
    )
    if not reader.top.complete:
        reader.stand_in(token.start, token.end)


def star(reader: LatexReader, token: Token) -> None:
    if token.text == "**":
        calls.power(reader, token)
    else:
        operator(reader, token)


def unclosed_dollar(reader: LatexReader, token: Token) -> None:
    reader.complain(
        "unclosed-bracket",
        "A formula begins here that never ends.",
        token,
        None,
        f"Add {quoted(token.text)} where it ends.",
    )
