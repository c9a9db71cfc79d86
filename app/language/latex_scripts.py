"""Names in LaTeX: letters with subscripts, accents, primes, and superscripts that are no powers."""

from __future__ import annotations

import re

from app.errors import quoted
from app.language.latex_reader import LatexReader
from app.language.latex_tokens import Token
from app.language.latex_words import ACCENTS, FONTS, GREEK, WORDS

_TRANSPOSED = frozenset(("T", r"\top", r"\intercal", r"\mathsf", r"\dagger"))
_LONG = 8
"""Tokens of a superscript that may belong to a name, its braces with it."""

_STARS = frozenset(("*", r"\ast", r"\star"))
_SKIPPED_IN_SUBSCRIPTS = frozenset("(){}[]") | FONTS | {r"\{", r"\}", r"\left", r"\right"}


def word_of(reader: LatexReader, first: int, last: int) -> str:
    r"""The letters between two places as one name: `half\_sse`, `log-loss`."""
    parts: list[str] = []
    for token in reader.tokens[first:last]:
        if token.kind in ("letter", "number"):
            parts.append(("" if token.joined or not parts else "_") + token.text)
        elif token.text in (r"\_", "_", "-") or token.kind == "command":
            parts.append(GREEK.get(token.text, "_"))
    return re.sub("_+", "_", "".join(parts)).strip("_")


def read_name(reader: LatexReader, base: str) -> tuple[str, int]:
    """A name that begins with `base`, whose tokens are read already, with its scripts; and where it ends."""
    end = reader.peek(-1).end
    primes = suffix = ""
    while True:
        token = reader.peek()
        if token.text == "_" and (index := index_entry(reader)):
            suffix += index
        elif token.text == "_" and token.kind == "sign":
            reader.at += 1
            base = _joined(base, subscript(reader))
        elif token.text in ("'", "’"):
            primes += "'"
            reader.at += 1
        elif token.text == "^" and (word := _name_superscript(reader)) is not None:
            if word == ".T":
                suffix += word
            elif word == "'":
                primes += word
            else:
                base = _joined(base, word)
        else:
            break
        end = reader.peek(-1).end
    if reader.is_text("^"):
        behind = reader.group_end(reader.at + 1)
        if behind < len(reader.tokens) and reader.tokens[behind].text == "_" and reader.tokens[behind].kind == "sign":
            here, reader.at = reader.at, behind + 1  # `w^2_1`: the subscript belongs to the name
            base = _joined(base, subscript(reader))
            reader.jumps[behind], reader.at = reader.at, here
    if base.endswith("'"):
        letters = base.rstrip("'")
        base, primes = letters, "'" * (len(base) - len(letters)) + primes
    return base + primes + suffix, end


def accented(reader: LatexReader, token: Token) -> tuple[str, int]:
    r"""The name under `\hat` or in `\mathbf`: its command is read already."""
    at = reader.at
    behind = reader.group_end(at)
    inside = reader.tokens[at + 1 : behind - 1] if reader.is_text("{") else reader.tokens[at:behind]
    name, scripts = "", False
    reader.at = at + 1 if reader.is_text("{") else at
    first = reader.peek()
    if not inside or reader.at >= behind:
        name = ""
    elif first.text in ACCENTS or first.text in FONTS or first.text in WORDS:
        reader.at = behind
        name = word_of(reader, at + 1, behind) + ACCENTS.get(first.text, "")
    elif first.kind == "letter" or first.text in GREEK:
        reader.at += 1
        name = GREEK.get(first.text, first.text)
        scripts = True
        while reader.at < behind and reader.peek().kind in ("letter", "number") and reader.peek().joined:
            name += reader.peek().text
            reader.at += 1
    if scripts:
        name, _ = read_name(reader, name)
    if not name or reader.at < behind - 1:
        last = reader.tokens[min(max(behind, at + 1), len(reader.tokens)) - 1] if reader.tokens else token
        reader.complain(
            "accent-needs-name",
            f"{quoted(token.text)} stands over one name.",
            token,
            last,
            f"Write it as in `{token.text}{{y}}`.",
        )
        name = name or "_"
    reader.at = max(behind, reader.at)
    end = reader.peek(-1).end
    suffix = ACCENTS.get(token.text, "")
    if reader.is_text("_") and suffix:
        reader.at += 1
        name = _joined(name, subscript(reader))
        end = reader.peek(-1).end
    return name + suffix, end


def subscript(reader: LatexReader) -> str:
    """The subscript at the present place as a part of a name; a sum's index gives its number."""
    if reader.at >= len(reader.tokens):
        return ""
    first, behind = reader.at, reader.group_end(reader.at)
    if reader.tokens[first].kind == "newline":
        return ""
    reader.at = behind
    is_group = reader.tokens[first].text == "{" and behind > first + 1
    if not is_group and reader.tokens[first].text in WORDS | FONTS | ACCENTS.keys():
        behind = reader.at = reader.group_end(behind)
    tokens = reader.tokens[first + 1 : behind - 1] if is_group else reader.tokens[first:behind]
    number = _index_number(reader, tokens)
    return str(number) if number is not None and number >= 0 else _subscript_word(reader, tokens)


def _index_number(reader: LatexReader, tokens: list[Token]) -> int | None:
    """The number that `i` or `i+1` is, inside a sum over i."""
    total, sign, known = 0, 1, False
    for position, token in enumerate(tokens):
        if position % 2:
            if token.text not in ("+", "-"):
                return None
            sign = -1 if token.text == "-" else 1
        elif token.text in reader.index:
            total, known = total + sign * reader.index[token.text], True
        elif token.kind == "number" and token.text.isdigit() and len(token.text) < 10:
            total += sign * int(token.text)
        else:
            return None
    return total if known and len(tokens) % 2 else None


def _subscript_word(reader: LatexReader, tokens: list[Token]) -> str:
    parts: list[str] = []
    plain = True
    for token in tokens:
        text = token.text
        if token.kind == "letter" and text in reader.index:
            parts.append(str(max(reader.index[text], 0)))
        elif token.kind == "letter":
            parts.append(text.rstrip("'’"))
        elif token.kind == "number" and text.isdigit():
            parts.append(text)
        elif text in GREEK:
            parts.append(GREEK[text])
        elif text in _STARS:
            parts.append("star")
        elif text in ("+", "-"):
            parts.append("_plus_" if text == "+" else "_minus_")
        elif text in (",", ";", ":", r"\_", "_", "="):
            parts.append("_")
        elif text in WORDS or text in _SKIPPED_IN_SUBSCRIPTS or text in (r"\prime",):
            continue
        else:
            plain = False
    word = re.sub("_+", "_", "".join(parts)).strip("_")
    if (not plain or not word) and tokens:
        reader.complain(
            "subscript",
            "A subscript is part of a name: letters and digits.",
            tokens[0],
            tokens[-1],
            "Write it as in `w_{12}` or `w_{new}`.",
        )
    return word


def _name_superscript(reader: LatexReader) -> str | None:
    """A superscript that belongs to the name, taken: `[1]`, `(2)`, a prime, a star. None for a power."""
    at = reader.at + 1
    behind = reader.group_end(at)
    if at >= len(reader.tokens):
        return None
    if behind - at > _LONG:
        return None
    inside = reader.tokens[at:behind]
    if inside[0].text == "{":
        inside = inside[1:-1]
    texts = [token.text for token in inside]
    word: str | None = None
    if texts and set(texts) <= {r"\prime", "'"}:
        word = "'"
    elif len(texts) == 1 and texts[0] in _STARS:
        word = "star"
    elif is_transposed(reader, texts):
        word = ".T"
    elif len(texts) > 2 and (texts[0], texts[-1]) in (("[", "]"), ("(", ")")) and _is_index(inside[1:-1]):
        word = _index_text(reader, inside[1:-1])
        if texts[0] == "(":
            reader.notes.remark(
                "superscript-index",
                "A superscript in brackets is read as part of the name, not as a power.",
                reader.peek().start,
                inside[-1].end,
            )
    if word is not None:
        reader.at = behind
    return word


def _is_index(tokens: list[Token]) -> bool:
    return len(tokens) == 1 and (tokens[0].kind == "letter" or tokens[0].text.isdigit())


def _index_text(reader: LatexReader, tokens: list[Token]) -> str:
    text = tokens[0].text
    return str(reader.index[text]) if text in reader.index else text


def is_transposed(reader: LatexReader, texts: list[str]) -> bool:
    """Whether a superscript of these tokens can only mean a transposed tensor: T is no name of the program's own."""
    return len(texts) == 1 and texts[0] in _TRANSPOSED and (texts[0] != "T" or "T" not in reader.words)


def index_entry(reader: LatexReader) -> str:
    """`_{[0, 1]}`, the entry of a tensor as our notation counts them, taken; "" for any other subscript."""
    if reader.peek(1).text != "{" or reader.peek(2).text != "[":
        return ""
    behind = reader.group_end(reader.at + 1)
    inside = [token.text for token in reader.tokens[reader.at + 3 : min(behind - 2, reader.at + 3 + _LONG)]]
    if not inside or not all(text.isdigit() or text in (",", "-") for text in inside):
        return ""
    reader.at = behind
    return f"[{''.join(inside)}]"


def _joined(name: str, part: str) -> str:
    """A name with a subscript: `w` and `10` give `w10`, `w` and `new` give `w_new`."""
    if not part:
        return name
    primes = name[len(name.rstrip("'")) :]
    name = name.rstrip("'")
    between = "" if part[0].isdigit() and not name[-1:].isdigit() else "_"
    return f"{name}{between}{part}{primes}"
