"""The one table that the benchmarks print: a row per comparison, with its goal and whether it is met."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HEADINGS = ("work", "size", "ours", "peer", "theirs", "ratio", "goal", "")


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a ratio: at least so many times as fast as the peer, or at most so much of something."""

    sense: Literal["at least", "at most"]
    bound: float

    def met(self, ratio: float) -> bool:
        return ratio >= self.bound if self.sense == "at least" else ratio <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.sense == 'at least' else '≤'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; `ratio` is None where the peer is not installed, and `theirs` then says so."""

    work: str
    size: str
    ours: str
    peer: str
    theirs: str
    ratio: float | None
    goal: Goal | None

    @property
    def word(self) -> str:
        if self.goal is None or self.ratio is None:
            return ""
        return "met" if self.goal.met(self.ratio) else "NOT MET"

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}" if self.ratio < 10 else f"{self.ratio:.0f}"
        goal = "" if self.goal is None else str(self.goal)
        return (self.work, self.size, self.ours, self.peer, self.theirs, ratio, goal, self.word)


def seconds_text(seconds: float) -> str:
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def render(rows: Iterable[Row]) -> str:
    """The rows in columns; a work's name and size stand only in its first row."""
    lines: list[tuple[str, ...]] = [HEADINGS]
    last: tuple[str, ...] = ("", "", "")
    for row in rows:
        cells = row.cells()
        same = 3 if cells[:3] == last else 1 if cells[0] == last[0] else 0
        lines.append(("",) * same + cells[same:])
        last = cells[:3]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = [
        "  ".join(cell.rjust(width) if column in (2, 4, 5) else cell.ljust(width) for column, (cell, width) in pairs)
        for line in lines
        for pairs in [list(enumerate(zip(line, widths, strict=True)))]
    ]
    text.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in text)


def machine() -> str:
    """The machine in one line."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} cores, {processor}, {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}{load}"
    )
