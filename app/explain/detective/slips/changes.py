"""Slips that replace one local gradient by another: at one gate, or at all gates of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.explain.detective.flow import Flow, Wire
from app.explain.detective.slips.record import Slip, SlipKind
from app.explain.detective.words import Phrase


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The same slip made at every gate where it can be: what makes two of them the same, and how that is told."""

    key: str
    title: Phrase
    says: Phrase


@dataclass(frozen=True, slots=True)
class Change:
    """One edge with another local gradient than its own, and how that is told."""

    wire: Wire
    local: float
    kind: SlipKind
    title: Phrase
    headline: str
    says: Phrase
    everywhere: Everywhere | None = None


def slips_of(flow: Flow, changes: Iterable[Change]) -> Iterator[Slip]:
    """The gradient with each change, and with all changes of a kind at once, by one sweep for each kind."""
    kinds: dict[str, list[Change]] = {}
    gradient = flow.gradient(flow.start)
    for change in changes:
        difference = flow.part(change.wire, change.local - change.wire.local)
        if difference == 0.0:
            continue
        yield Slip(
            change.kind, change.title, change.headline, change.says, gradient + difference, node=change.wire.target
        )
        if change.everywhere is not None:
            kinds.setdefault(change.everywhere.key, []).append(change)
    for alike in kinds.values():
        if len({change.wire.target for change in alike}) > 1 and (every := alike[0].everywhere):
            locals_of = {change.wire: change.local for change in alike}
            tangent = flow.sweep(lambda wire, found=locals_of: found.get(wire, wire.local))  # type: ignore[misc]
            number = tangent[flow.output] * flow.gradient(flow.output)
            yield Slip(alike[0].kind, every.title, alike[0].headline, every.says, number)
