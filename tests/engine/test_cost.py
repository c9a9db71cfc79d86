"""Work grows with the graph and no faster: counted, not timed."""

from __future__ import annotations

from typing import Any

import pytest

from app import trace
from app.engine import reverse, rules


def test_the_ties_of_a_gate_are_counted_once_and_not_for_every_operand(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 0

    def tie_shares(*arguments: Any) -> tuple[int, list[float]]:
        nonlocal counted
        counted += 1
        return rules.tie_shares(*arguments)

    monkeypatch.setattr(reverse, "tie_shares", tie_shares)
    found = trace(f"max({', '.join(f'x{number}' for number in range(200))})")
    assert len(found.edges) == 200
    assert counted <= 3
