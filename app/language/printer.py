"""From a program's nodes back to text, in our notation or as LaTeX, with brackets only where they are needed.

One walk with an explicit stack serves every style. A style says how a node is written; the walk decides on brackets
by precedence, and remembers which stretch of the text is which node.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

ATOM = 100
"""Precedence of what never needs brackets: names, calls, anything enclosed."""

BRACKETED = ATOM + 1
"""Need of a place that takes brackets in any case."""

LOOSEST = 0


class Slot(NamedTuple):
    """The place of a node in another one's text: without brackets if it binds at least as tightly as `need`."""

    node: int
    need: int


Segments = list[str | Slot]


class Written(NamedTuple):
    """How a node is written: texts with slots for its operands, and how tightly that binds."""

    segments: Segments
    precedence: int


class Style(Protocol):
    """How the nodes of one program are written in one kind of text."""

    def is_closed(self, node: int) -> bool:
        """Whether the node is written by its name or as a literal wherever it is an operand."""

    def closed(self, node: int) -> Written:
        """Its name, or the literal."""

    def opened(self, node: int) -> Written:
        """The gate, with slots for its operands."""

    def brackets(self, node: int) -> tuple[str, str]:
        """The brackets around its text."""


class Stretch(NamedTuple):
    """Characters start to end of a text are a node."""

    node: int
    start: int
    end: int


def print_node(style: Style, root: int, *, closed_root: bool = False) -> tuple[str, list[Stretch]]:
    """The text of a node, opened unless it is to stand closed, and the stretches of the text that are nodes."""
    pieces: list[str] = []
    stretches: list[Stretch] = []
    length = 0
    written = style.closed(root) if closed_root else style.opened(root)
    work: list[str | Slot | tuple[int, int]] = [(root, 0), *reversed(written.segments)]
    while work:
        item = work.pop()
        if isinstance(item, str):
            pieces.append(item)
            length += len(item)
        elif isinstance(item, Slot):
            written = style.closed(item.node) if style.is_closed(item.node) else style.opened(item.node)
            if written.precedence < item.need:
                before, behind = style.brackets(item.node)
                pieces.append(before)
                length += len(before)
                work.append(behind)
            work.append((item.node, length))
            work.extend(reversed(written.segments))
        else:
            stretches.append(Stretch(item[0], item[1], length))
    return "".join(pieces), stretches
