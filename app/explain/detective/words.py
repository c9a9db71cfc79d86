"""Sentences about nodes, as plain text and with names as LaTeX between dollar signs, from one template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.engine.trace import Trace

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Name(NamedTuple):
    """What a node is called: its label, and the same as LaTeX."""

    label: str
    latex: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title or sentence. text: plain. rich: names as LaTeX between dollar signs."""

    text: str
    rich: str

    def __add__(self, other: Phrase) -> Phrase:
        return Phrase(f"{self.text} {other.text}", f"{self.rich} {other.rich}")


def phrase(template: str, **parts: Name | Phrase | str) -> Phrase:
    """The template with its parts put in; a Name is set as LaTeX in `rich`."""
    both = {key: _both(part) for key, part in parts.items()}
    return Phrase(
        template.format(**{key: part.text for key, part in both.items()}),
        template.format(**{key: part.rich for key, part in both.items()}),
    )


def _both(part: Name | Phrase | str) -> Phrase:
    if isinstance(part, Name):
        return Phrase(part.label, f"${part.latex}$")
    return part if isinstance(part, Phrase) else Phrase(part, part)


def listed(parts: Sequence[Phrase]) -> Phrase:
    """The parts in a row: "y1", "y1 and y2", "y1, y2 and y3"."""
    if len(parts) < 2:
        return parts[0] if parts else Phrase("", "")
    return Phrase(
        f"{', '.join(part.text for part in parts[:-1])} and {parts[-1].text}",
        f"{', '.join(part.rich for part in parts[:-1])} and {parts[-1].rich}",
    )


def name_of(trace: Trace, node: int) -> Name:
    """What formulas call a node."""
    return Name(trace.graph.labels[node], trace.graph.latex(node))


def count_word(count: int) -> str:
    """A small count as a word, a larger one in digits."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else str(count)


def counted(count: int, one: str, many: str) -> str:
    """The count with its noun: "one decimal", "four decimals"."""
    return f"{count_word(count)} {one if count == 1 else many}"
