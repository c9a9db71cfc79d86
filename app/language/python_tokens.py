"""Python cut into logical lines of tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from app.language.text import Prepared

_TOKEN = re.compile(
    r"""(?P<space>[ \t\f\u00a0]+|\\\n)
    | (?P<comment>\#[^\n]*)
    | (?P<newline>\n)
    | (?P<string>[rbfuRBFU]{0,2}(?:\"{3}[^"]*(?:\"{1,2}[^"]+)*\"{3}|'{3}[^']*(?:'{1,2}[^']+)*'{3}
      |"[^"\n\\]*(?:\\.[^"\n\\]*)*"|'[^'\n\\]*(?:\\.[^'\n\\]*)*'))
    | (?P<number>(?:0[xXbBoO][0-9a-fA-F_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?[jJ]?))
    | (?P<name>[^\W\d]\w*)
    | (?P<sign>\*\*=|//=|\*\*|//|->|[:+\-*/%@&|^<>=!]=|.)""",
    re.VERBOSE | re.DOTALL,
)
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")


class Token(NamedTuple):
    """One token; kind is "name", "number", "string" or "sign", offsets are those of the source."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Line:
    """A logical line: how far it is indented, and its tokens; brackets may hold line ends."""

    indent: int
    tokens: list[Token]

    @property
    def start(self) -> int:
        """Where it begins in the source."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.tokens[-1].end

    def is_first(self, text: str) -> bool:
        """Whether its first token is this one."""
        return self.tokens[0].text == text


def cut_python(prepared: Prepared) -> list[Line]:
    """The logical lines of a text, without comments and empty ones; `;` separates two."""
    lines: list[Line] = []
    tokens: list[Token] = []
    depth = indent = 0
    fresh = True  # at the start of a physical line
    for match in _TOKEN.finditer(prepared.text):
        kind, text = match.lastgroup or "sign", match.group()
        if kind in ("space", "comment"):
            if fresh and not tokens and kind == "space":
                indent = len(text.expandtabs(8))
                fresh = False
            continue
        if kind == "newline":
            if tokens and depth == 0:
                lines.append(Line(indent, tokens))
                tokens = []
            if not tokens:
                indent, fresh = 0, True
            continue
        fresh = False
        if kind == "sign":
            if text == ";" and depth == 0:
                if tokens:
                    lines.append(Line(indent, tokens))
                tokens = []
                continue
            depth = max(depth + (text in _OPENS) - (text in _CLOSES), 0)
        tokens.append(Token(kind, text, *prepared.in_source(match.start(), match.end())))
    if tokens:
        lines.append(Line(indent, tokens))
    return lines


def find(tokens: list[Token], texts: frozenset[str], start: int = 0) -> int:
    """Place of the first sign among these outside of brackets; the number of tokens if there is none."""
    depth = 0
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.kind != "sign":
            continue
        if depth == 0 and token.text in texts:
            return at
        depth += (token.text in _OPENS) - (token.text in _CLOSES)
    return len(tokens)


def split(tokens: list[Token], sign: str = ",") -> list[list[Token]]:
    """The parts between signs outside of brackets; an empty last part is none."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "sign":
            depth += (token.text in _OPENS) - (token.text in _CLOSES)
            if depth == 0 and token.text == sign:
                parts.append([])
                continue
        parts[-1].append(token)
    return parts if parts[-1] else parts[:-1]
