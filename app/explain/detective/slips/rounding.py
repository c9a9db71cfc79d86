"""What comes out when every step is rounded or cut, as by hand: the same program with coarse numbers on the way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import Literal

from app.engine.reverse import leads_to, local_gradients
from app.engine.rules import rules_for
from app.engine.trace import Trace
from app.explain.detective.words import Phrase, counted, phrase
from app.language.folding import evaluate
from app.language.vocabulary import CONSTANT

How = Literal["rounded", "cut"]
To = Literal["decimals", "digits"]
Scope = Literal["values", "factors", "gradients", "everything"]

DIGITS = (4, 3, 2)
SCOPES: tuple[Scope, ...] = ("values", "factors", "gradients", "everything")
_WHAT: Mapping[Scope, str] = {
    "values": "every value",
    "factors": "every value and every local gradient",
    "gradients": "every value and every gradient",
    "everything": "every value, local gradient and gradient",
}
# A number that floating point leaves just below its last digit is not a whole unit smaller.
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Rounding:
    """One way to round: rounded or cut, to so many decimals or significant digits."""

    how: How
    to: To
    count: int

    def apply(self, number: float) -> float:
        """The number as it would be written down."""
        if number == 0.0 or not math.isfinite(number):
            return number
        size = abs(number)
        places = self.count if self.to == "decimals" else self.count - 1 - math.floor(math.log10(size))
        if abs(places) > 300:
            return number
        scale = 10.0**places
        whole = size * scale
        if whole >= 2.0**52:
            return number
        whole = math.floor(whole + _SLACK + (0.5 if self.how == "rounded" else 0.0))
        return math.copysign(whole / scale, number)

    @property
    def words(self) -> str:
        """ "cut to four decimals" """
        noun = "decimal" if self.to == "decimals" else "digit"
        return f"{self.how} to {counted(self.count, noun, noun + 's')}"

    def title(self) -> Phrase:
        """For a list of what was tried."""
        return phrase(f"{self.words.capitalize()} at every step")

    def says(self, scope: Scope) -> Phrase:
        """What was rounded, as a sentence."""
        return phrase(f"With {_WHAT[scope]} {self.words} before it is used, that is what comes out.")


ROUNDINGS = tuple(
    Rounding(how, to, count) for count in DIGITS for to in ("decimals", "digits") for how in ("rounded", "cut")
)  # fmt: skip


class Roundings:
    """Every way of rounding for one trace; computed when asked for and kept, since they are the same for all nodes."""

    def __init__(self, trace: Trace) -> None:
        self.trace, self.program = trace, trace.program
        self.output = trace.output_nodes[0]
        self._rules = rules_for(trace.conventions)
        self._runs: dict[Rounding, _Run] = {}
        self._gradients: dict[tuple[Rounding, Scope], list[float]] = {}

    @cached_property
    def needed(self) -> list[bool]:
        """Which nodes lead to the output."""
        return leads_to(self.program, self.output)

    @cached_property
    def written(self) -> set[int]:
        """Gates whose numbers a reader writes down: those with a name, and the output."""
        names = self.trace.graph.names
        return {node for node in names if not self.program.is_leaf(node)} | {self.output}

    def values(self, way: Rounding, leaves: Mapping[int, float] | None = None) -> list[float]:
        """The value of every node, rounded at every gate that is written down; leaves may have other values."""
        if leaves is None:
            return self._run(way).values
        return self._forward(way, leaves)

    def gradients(self, way: Rounding, scope: Scope) -> list[float]:
        """The gradient of every node, so rounded."""
        key = (way, scope)
        if key not in self._gradients:
            self._gradients[key] = self._reverse(way, scope)
        return self._gradients[key]

    def _run(self, way: Rounding) -> _Run:
        if way not in self._runs:
            values = self._forward(way, {})
            self._runs[way] = _Run(values, [self._locals(node, values) for node in range(self.output + 1)])
        return self._runs[way]

    def _forward(self, way: Rounding, leaves: Mapping[int, float]) -> list[float]:
        program, written = self.program, self.written
        values = list(self.trace.values)
        for node, value in leaves.items():
            values[node] = value
        for node in range(len(values)):
            operation = program.operation(node)
            if operation is not None:
                operands = [values[operand] for operand in program.operands(node)]
                value = evaluate(operation, operands, program.attributes(node))
                values[node] = way.apply(value) if node in written else value
        return values

    def _locals(self, node: int, values: list[float]) -> list[float | None]:
        if not self.needed[node] or self.program.operation(node) is None:
            return []
        return local_gradients(self.program, values, node, self._rules)

    def _reverse(self, way: Rounding, scope: Scope) -> list[float]:
        program, run = self.program, self._run(way)
        factors, sums = scope in ("factors", "everything"), scope in ("gradients", "everything")
        gradients = [0.0] * len(program.ops)
        gradients[self.output] = self.trace.seed
        written = self.written
        for node in range(self.output, -1, -1):
            if not self.needed[node]:
                continue
            if sums and (node in written or program.is_leaf(node)):
                gradients[node] = way.apply(gradients[node])
            if node in written and program.ops[node] > CONSTANT:
                for source, local in self._line(node, run):
                    gradients[source] += gradients[node] * (way.apply(local) if factors else local)
        return gradients

    def _line(self, node: int, run: _Run) -> Iterator[tuple[int, float]]:
        """d node / d each node that is written down or a leaf and feeds it through gates that are not."""
        if node in run.lines:
            yield from run.lines[node].items()
            return
        found: dict[int, float] = {}
        inner: dict[int, float] = {node: 1.0}
        waiting = [-node]  # users before operands
        while waiting:
            gate = -heappop(waiting)
            slope = inner.pop(gate)
            for operand, local in zip(self.program.operands(gate), run.locals[gate], strict=True):
                if local is None:
                    continue
                if self.program.operation(operand) is None or operand in self.written:
                    found[operand] = found.get(operand, 0.0) + slope * local
                else:
                    if operand not in inner:
                        heappush(waiting, -operand)
                    inner[operand] = inner.get(operand, 0.0) + slope * local
        run.lines[node] = found
        yield from found.items()


class _Run:
    """Values rounded one way, the local gradients at them, and those of whole program lines."""

    def __init__(self, values: list[float], locals_of: list[list[float | None]]) -> None:
        self.values, self.locals = values, locals_of
        self.lines: dict[int, dict[int, float]] = {}
