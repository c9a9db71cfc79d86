"""The source made ready for reading: comments blanked, letters and signs brought to one form, offsets remembered."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from app.language.translation import NotationName, Translation, flatten

_COMMENT = re.compile(r"#[^\n\r\u2028\u2029]*")
_SPECIAL = re.compile(r"_\{\w+\}|\r\n?|[\x00-\x7f]?[^\x00-\x7f]+")
_SPECIAL_ELSEWHERE = re.compile(r"\r\n?|[\x00-\x7f]?[^\x00-\x7f]+")

# Signs that mean an operator of ours. The registry lists those an operation is written with; these are the rest.
_SIGNS = {
    "−": "-",
    "–": "-",
    "·": "*",
    "⋅": "*",
    "∙": "*",
    "×": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "⁄": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "′": "'",
    "’": "'",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
}
_MARKS = 30
"""Combining marks that are taken with one letter, as in Unicode's stream-safe text: sorting more takes square time."""

_SUPERSCRIPTS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")


@dataclass(slots=True)  # not frozen: that would take as long as all the rest of `prepare` for a short text
class Prepared:
    """A source and the text that is read in its place.

    starts, ends    for each character of the text, where what it stands for begins and ends in the source; None where
                    text and source are the same
    translation     what the reader of another notation found, where the source is written in one
    """

    source: str
    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None
    translation: Translation | None = None

    @property
    def notation(self) -> NotationName:
        """The notation that the source is written in."""
        return self.translation.notation if self.translation else "chainrule"

    def in_source(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the text as one of the source, never behind its end."""
        if self.starts is None or self.ends is None:
            return min(start, len(self.source)), min(max(start, end), len(self.source))
        first = self.starts[min(start, len(self.starts) - 1)]
        return first, max(first, self.ends[end - 1]) if end > start else first


def prepare(source: str) -> Prepared:
    """The source with comments blanked, NFKC applied, and our own spelling of operators and subscripts.

    `w₀` and `w_{0}` become `w0`, `x²` becomes `x^(2)`, `−` becomes `-`. The text ends with a newline.
    """
    if source.isascii() and "#" not in source and "\r" not in source and "_{" not in source:
        return Prepared(source, source + "\n")
    return _prepare(source, _COMMENT.sub(lambda match: " " * len(match.group()), source), _SPECIAL)


def prepare_elsewhere(source: str) -> Prepared:
    """The source of another notation: letters and signs brought to one form, comments and `_{…}` left as they are."""
    if source.isascii() and "\r" not in source:
        return Prepared(source, source + "\n")
    return _prepare(source, source, _SPECIAL_ELSEWHERE)


def translated(source: str, rope: Sequence[object], translation: Translation) -> Prepared:
    """The source with what a reader of another notation wrote in its place; the rope's last piece ends a line."""
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    for text, start, end in flatten(rope):
        pieces.append(text)
        if len(text) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(text))
            ends.extend([end] * len(text))
    return Prepared(source, "".join(pieces), starts, ends, translation)


def _prepare(source: str, text: str, special: re.Pattern[str]) -> Prepared:
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    done = 0

    def copy(start: int, end: int) -> None:
        pieces.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    for match in special.finditer(text):
        copy(done, match.start())
        done = match.end()
        for start, end, replacement in _replacements(match.group(), match.start()):
            if replacement == text[start:end]:
                copy(start, end)
            else:
                pieces.append(replacement)
                starts.extend([start] * len(replacement))
                ends.extend([end] * len(replacement))
    copy(done, len(text))
    pieces.append("\n")
    starts.append(len(source))
    ends.append(len(source))
    return Prepared(source, "".join(pieces), starts, ends)


def canonical_name(name: str) -> str:
    """A name as the language knows it: `w₀` and `w_{0}` give `w0`, full-width letters give plain ones."""
    return prepare(name).text.strip()


def _replacements(stretch: str, at: int) -> list[tuple[int, int, str]]:
    """Clusters of a stretch that needs care: (start, end, what stands for it)."""
    if stretch[0] == "\r":
        return [(at, at + len(stretch), "\n")]
    if stretch[0] == "_":
        return [(at, at + len(stretch), canonical_name(stretch[2:-1]))]
    found: list[tuple[int, int, str]] = []
    position = 0
    while position < len(stretch):
        end = position + 1
        if powers := _SUPERSCRIPTS.match(stretch, position):
            end = powers.end()
            digits = unicodedata.normalize("NFKC", powers.group()).replace("−", "-")
            found.append((at + position, at + end, f"^({digits})"))
        else:
            while end < len(stretch) and end - position < _MARKS and unicodedata.combining(stretch[end]):
                end += 1
            found.append((at + position, at + end, _plain(stretch[position:end])))
        position = end
    return found


def _plain(cluster: str) -> str:
    """One character, with what combines with it, in our spelling."""
    normal = unicodedata.normalize("NFKC", cluster)
    if "⁄" in normal and len(normal) > 1:
        return f"({normal.replace('⁄', '/')})"  # ½
    return "".join(_SIGNS.get(character, character) for character in normal)
