"""How costly the tensors of a request may be, known before it is read: a short text can ask for a large product."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod
from typing import Any

from app.language.vocabulary import FILLER_OF

_FILLED = re.compile(rf"\b(?:{'|'.join(FILLER_OF.values())})\s?\(([0-9eE+., ]{{1,80}})")
_NUMBER = re.compile(r"[0-9]{1,9}")

_FLOPS_OF_A_CHARACTER = 20_000
"""So many multiplications take about as long as evaluating a program per character of its text."""

_MOST = 10**9


def tensor_cost(source: str, values: Mapping[str, Any]) -> int:
    """The cost in characters of a text, as `workers.cost_of` counts: at most what products of its entries may take.

    A broadcast makes n² entries of n, a product of matrices takes n³ steps, a convolution of n by n windows n⁴.
    """
    entries = entries_in(source, values)
    if not entries:
        return 0
    if "conv" in source:
        gates, power = source.count("conv"), 4
    elif "@" in source or "\\" in source or "dot" in source or "matmul" in source:
        gates, power = max(1, source.count("@") + source.count("dot") + source.count("matmul")), 3
    else:
        gates, power = max(1, len(source) // 8), 2
    return int(min(_MOST, gates * min(entries, _MOST) ** power // _FLOPS_OF_A_CHARACTER))


def entries_in(source: str, values: Mapping[str, Any]) -> int:
    """About how many entries the tensors of the leaves have."""
    entries = sum(_entries(value) for value in values.values())
    if "[" in source:
        entries += source.count(",") + source.count("[")
    for match in _FILLED.finditer(source):
        entries += min(_MOST, prod(int(size) for size in _NUMBER.findall(match.group(1))) or 1)
    return min(_MOST, entries)


def _entries(value: Any) -> int:
    """Numbers in nested lists; of a number alone none."""
    count = 0
    waiting = [value] if isinstance(value, list) else []
    while waiting:
        for one in waiting.pop():
            if isinstance(one, list):
                waiting.append(one)
            else:
                count += 1
    return count
