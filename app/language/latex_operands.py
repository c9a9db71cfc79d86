"""Operands in LaTeX: numbers, names, fractions, roots, brackets, and where each ends."""

from __future__ import annotations

from app.errors import quoted
from app.language.latex_calls import begin_call, own_call
from app.language.latex_reader import LatexReader
from app.language.latex_scripts import accented, read_name, word_of
from app.language.latex_tokens import Token, number_text
from app.language.latex_words import DOUBLE_BARS, FUNCTION_NAMES, GREEK, OPENERS, plain
from app.language.names import KEYWORDS

_LONG_EXPONENT = 6
_LONG_RUN = 4
"""Letters side by side, from this number on, are most often meant as one word."""


def number(reader: LatexReader, token: Token) -> None:
    """A number; `2 \\cdot 10^{-3}` is one number, as printed numbers are."""
    text, end = number_text(token.text), token.end
    if reader.top.complete and _is_number(reader.top.rope[-1]):
        reader.complain(
            "adjacent-numbers",
            "Two numbers side by side are not a product.",
            token,
            None,
            r"Write `\cdot` between them, or close the gap.",
        )
    if power := _power_of_ten(reader):
        text, end = f"{text}e{power}", reader.peek(-1).end
    elif text == "10" and (power := _exponent(reader, reader.at)).startswith("-"):
        reader.at = reader.group_end(reader.at + 1)
        text, end = f"1e{power}", reader.peek(-1).end
    reader.begin_operand(token.start)
    reader.emit(text, token.start, end)
    reader.end_operand(end)


def _is_number(piece: object) -> bool:
    return isinstance(piece, tuple) and piece[0][:1].isdigit()


def _power_of_ten(reader: LatexReader) -> str:
    r"""The exponent of `\cdot 10^{3}` behind a number, taken; "" if something else follows."""
    if not (reader.is_text(r"\cdot") or reader.is_text(r"\times") or reader.is_text("*")):
        return ""
    if reader.peek(1).text != "10" or reader.top.one:
        return ""
    exponent = _exponent(reader, reader.at + 2)
    if exponent:
        reader.at = reader.group_end(reader.at + 3)
    return exponent


def _exponent(reader: LatexReader, at: int) -> str:
    """The whole number in `^{-3}` at this place; "" if there is none."""
    if at + 1 >= len(reader.tokens) or reader.tokens[at].text != "^":
        return ""
    behind = min(reader.group_end(at + 1), at + _LONG_EXPONENT)
    inside = [token.text for token in reader.tokens[at + 1 : behind] if token.text not in ("{", "}")]
    digits = inside[-1] if inside else ""
    if not digits.isdigit() or len(digits) > 3 or inside[:-1] not in ([], ["-"]):
        return ""
    return "".join(inside)


def letter(reader: LatexReader, token: Token) -> None:
    """A letter: with digits and scripts a name; several side by side are factors, a word where the text says so."""
    first = reader.at - 1
    if reader.top.one:
        write_name(reader, token, token.text, scripts=False)
        return
    if not (token.joined and first and reader.tokens[first - 1].kind == "letter") and _run(reader, token, first):
        return
    base = token.text
    if reader.peek().kind == "number" and reader.peek().joined and reader.peek().text.isdigit():
        base += reader.peek().text
        reader.at += 1
    write_name(reader, token, base)


def _run(reader: LatexReader, token: Token, first: int) -> bool:
    """Letters side by side that are one word: a function before its bracket, a name, a keyword."""
    behind = reader.at
    while behind < len(reader.tokens) and reader.tokens[behind].kind == "letter" and reader.tokens[behind].joined:
        behind += 1
    run = "".join(one.text for one in reader.tokens[first:behind])
    if behind == reader.at:
        return False
    follows = reader.tokens[behind] if behind < len(reader.tokens) else reader.end
    if run in KEYWORDS and first == reader.statement and (follows.kind == "letter" or follows.text in GREEK):
        reader.at = behind
        reader.emit(f"{run} ", token.start, reader.peek(-1).end)
        return True
    digits = behind
    while (
        digits < len(reader.tokens)
        and reader.tokens[digits].kind in ("letter", "number")
        and reader.tokens[digits].joined
    ):
        digits += 1
    whole = "".join(one.text for one in reader.tokens[first:digits])
    for word, after in ((whole, digits), (run, behind)):
        if word in reader.words:
            reader.at = after
            write_name(reader, token, word)
            return True
        opened = after < len(reader.tokens) and _opens_call(reader, after)
        if opened and word in reader.functions:
            reader.at = after
            own_call(reader, word, token)
            return True
        if opened and plain(word) in FUNCTION_NAMES:
            reader.at = after
            begin_call(reader, FUNCTION_NAMES[plain(word)], token)
            return True
    if len(run) >= _LONG_RUN or plain(run) in FUNCTION_NAMES:
        reader.notes.remark(
            "letters-are-factors",
            f"The letters {quoted(run)} are read as factors; write `\\mathrm{{{run[:20]}}}` for one name.",
            token.start,
            reader.tokens[behind - 1].end,
        )
    return False


def _opens_call(reader: LatexReader, at: int) -> bool:
    text = reader.tokens[at].text
    return text in ("(", "[", r"\{") or (text == r"\left" and at + 1 < len(reader.tokens))


def word(reader: LatexReader, token: Token) -> None:
    r"""`\mathrm{loss}`, `\text{if}`, `\operatorname{ReLU}`: one name, or a function before its operand."""
    first = reader.at
    behind = reader.group_end(first)
    is_group = first < len(reader.tokens) and reader.tokens[first].text == "{"
    name = word_of(reader, first + 1 if is_group else first, max(behind - 1, first + 1) if is_group else behind)
    reader.at = behind
    last = reader.peek(-1)
    if name in KEYWORDS and token == reader.tokens[reader.statement] and "operatorname" not in token.text:
        reader.emit(f"{name} ", token.start, last.end)
        return
    if not name:
        reader.complain(
            "missing-operand", f"{quoted(token.text)} has no name in it.", token, last, "Write one, or remove it."
        )
        reader.stand_in(token.start, last.end)
        return
    opened = reader.at < len(reader.tokens) and _opens_call(reader, reader.at)
    scripted = reader.is_text("_") or reader.is_text("^")
    known = FUNCTION_NAMES.get(plain(name))
    if name in reader.functions and opened:
        own_call(reader, name, token)
    elif known and (opened or "operatorname" in token.text or (scripted and _call_behind_script(reader))):
        begin_call(reader, known, token)
    elif opened and (len(name) > 1 or "operatorname" in token.text) and not name.isdigit():
        own_call(reader, name, token)
    elif name[0].isdigit():
        reader.complain(
            "unknown-character", "A number stands outside of text.", token, last, f"Write {quoted(name)} by itself."
        )
        reader.stand_in(token.start, last.end)
    elif token.text in (r"\text", r"\textrm", r"\mbox", r"\textnormal") and "_" in name and name not in reader.words:
        reader.complain(
            "prose",
            "Words between formulas are no part of a program.",
            token,
            last,
            "Remove them, or put a formula on each line.",
        )
        if reader.top.complete:
            return
        reader.stand_in(token.start, last.end)
    else:
        write_name(reader, token, name)


def _call_behind_script(reader: LatexReader) -> bool:
    behind = reader.group_end(reader.at + 1)
    return behind < len(reader.tokens) and _opens_call(reader, behind)


def greek(reader: LatexReader, token: Token) -> None:
    r"""A Greek letter; `\sigma` before a bracket is the sigmoid."""
    called = reader.at < len(reader.tokens) and not reader.top.one and _opens_call(reader, reader.at)
    if token.text == r"\sigma" and called and "sigma" not in reader.functions and "sigmoid" in FUNCTION_NAMES:
        begin_call(reader, "sigmoid", token)
        return
    name = GREEK[token.text]
    if not reader.top.one and reader.peek().kind == "number" and reader.peek().joined and reader.peek().text.isdigit():
        name += reader.peek().text
        reader.at += 1
    write_name(reader, token, name, scripts=not reader.top.one)


def accent(reader: LatexReader, token: Token) -> None:
    r"""`\hat{y}`, `\mathbf{W}`."""
    one = reader.top.one
    name, _ = accented(reader, token)
    write_name(reader, token, name, scripts=not one)


def write_name(reader: LatexReader, token: Token, base: str, *, scripts: bool = True) -> None:
    """Writes a name, with the scripts that follow; a call where it is a function of the text's own."""
    name, end = read_name(reader, base) if scripts else (base, reader.peek(-1).end)
    opened = scripts and reader.at < len(reader.tokens) and _opens_call(reader, reader.at)
    if opened and (name in reader.functions or _begins_definition(reader, name, token)):
        own_call(reader, name, token)
        return
    if (
        opened
        and name.endswith("'")
        and (name.rstrip("'") in reader.functions or name.rstrip("'") in ("f", "g", "sigma"))
    ):
        reader.complain(
            "derivative",
            "This is a derivative; derivatives are what the graph works out.",
            token,
            reader.peek(-1),
            "Write the function itself.",
        )
    reader.begin_operand(token.start)
    if name in reader.index:
        number_here = str(reader.index[name])
        reader.emit(f"({number_here})" if number_here[0] == "-" else number_here, token.start, end)
    else:
        reader.emit(name, token.start, end)
        if opened and _holds_one_name(reader):
            reader.notes.remark(
                "ambiguous-product",
                f"{quoted(name)} before a bracket is read as a factor: the text defines no function of that name.",
                token.start,
                end,
            )
    reader.end_operand(end)
    reader.top.is_matrix = name.endswith(".T")


def _begins_definition(reader: LatexReader, name: str, token: Token) -> bool:
    """Whether the statement begins with `f(x, y) =`; notes the function if so."""
    if (
        reader.target
        or len(reader.frames) > 1
        or reader.top.complete
        or token.start > reader.tokens[reader.statement].start
    ):
        return False
    at = reader.at + (1 if reader.is_text(r"\left") else 0) + 1
    while at < len(reader.tokens):
        text, kind = reader.tokens[at].text, reader.tokens[at].kind
        if text in (")", r"\right", "]"):
            break
        if kind == "newline" or (kind == "sign" and text not in (",", "_", "{", "}", "^")):
            return False
        at += 1
    at += 1
    if at < len(reader.tokens) and reader.tokens[at].text == ")":
        at += 1
    if at < len(reader.tokens) and reader.tokens[at].text == "&":
        at += 1
    if at < len(reader.tokens) and reader.tokens[at].text in ("=", ":=", r"\coloneqq"):
        reader.functions.add(name)
        return True
    return False


def _holds_one_name(reader: LatexReader) -> bool:
    return reader.peek(1).kind == "letter" and reader.peek(2).text in (")", ",")


def bracket(reader: LatexReader, token: Token, *, left: bool = False) -> None:
    r"""An opening bracket of any kind, also behind `\left`."""
    if token.text == "|":
        opening: str = "abs("
        closers: tuple[str, ...] = ("|",)
    elif token.text in DOUBLE_BARS:
        opening, closers = "norm(", (token.text,)
    elif token.text == ".":
        opening, closers = "(", (r"\right",)
    elif token.text in OPENERS:
        opening, closers = OPENERS[token.text]
    else:
        reader.complain(
            "unknown-bracket",
            f"{quoted(token.text)} is no bracket that is read here.",
            token,
            None,
            r"Write `\left(` … `\right)`.",
        )
        opening, closers = "(", (")",)
    start = reader.peek(-2).start if left else token.start
    reader.begin_operand(start)
    frame = reader.open("bracket", start, opening, ")", (r"\right",) if left else closers)
    frame.is_square = token.text == "["


def closes_bar(reader: LatexReader) -> bool:
    """Whether a `|` here closes an absolute value."""
    frame = reader.top
    return frame.complete and "|" in frame.closers
