"""Names that are mistaken for each other: x1 and x2, z_a and z_b, where both stand in the same place."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from app.engine.trace import Trace

_NUMBERED = re.compile(r"(.*[^\W\d_])_?\d+'*")
_SUBSCRIPTED = re.compile(r"([^_]+)_.+")
_MOST = 12


def stem_of(name: str) -> str | None:
    """`x` of `x1` and `x_12`, `z` of `z_a`; None for a name without number or subscript."""
    found = _NUMBERED.fullmatch(name) or _SUBSCRIPTED.fullmatch(name)
    return found[1] if found else None


class Stems:
    """Which factors of a program's products can be mistaken for each other."""

    def __init__(self, trace: Trace) -> None:
        self.trace, self.program, self.names = trace, trace.program, trace.graph.names

    def siblings(self, product: int, factor: int, partner: int) -> list[int]:
        """Nodes whose names share the factor's stem, and that are factors in the same program line as this product or
        multiply the same partner elsewhere; the first few of many.
        """
        name = self.names.get(factor)
        stem = stem_of(name) if name else None
        if stem is None:
            return []
        by_line, by_partner = self._factors
        near = dict.fromkeys([*by_line[self.lines[product]].get(stem, ()), *by_partner[partner].get(stem, ())])
        return [other for other in near if other not in (factor, partner)][:_MOST]

    @cached_property
    def lines(self) -> list[int]:
        """For every node, the named gate whose program line it is written in."""
        program, names = self.program, self.names
        lines = list(range(len(program.ops)))
        for node in range(len(lines) - 1, -1, -1):
            for operand in program.operands(node):
                if operand not in names:
                    lines[operand] = lines[node]
        return lines

    @cached_property
    def _factors(self) -> tuple[_Factors, _Factors]:
        by_line: _Factors = defaultdict(lambda: defaultdict(list))
        by_partner: _Factors = defaultdict(lambda: defaultdict(list))
        for node in range(len(self.program.ops)):
            operation = self.program.operation(node)
            if operation is None or operation.name != "mul":
                continue
            first, second = self.program.operands(node)
            for factor, partner in ((first, second), (second, first)):
                stem = stem_of(self.names.get(factor, ""))
                if stem is not None:
                    for places in (by_line[self.lines[node]][stem], by_partner[partner][stem]):
                        if len(places) <= _MOST:
                            places.append(factor)
        return by_line, by_partner


_Factors = defaultdict[int, defaultdict[str, list[int]]]
