"""Slips of the sum over paths: a branch or a path left out, or taken alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.explain.detective.flow import Branch, Flow, Wire, product
from app.explain.detective.slips.record import Slip, Term
from app.explain.detective.words import Phrase, count_word, listed, name_of, phrase

_PATHS = 16
"""Paths are tried one by one up to this number; more are tried by the branches of their forks only."""
_NAMED = 3
"""So many of its own nodes say which path is meant."""
_TERMS = 8
"""More summands than this are not listed one by one."""
_ALONE = 50
"""Of more branches than this, none is tried alone."""
_REST = 1e-12


def path_slips(flow: Flow) -> Iterator[Slip]:
    """Every branch of every fork left out, every branch alone, and whole paths where there are few."""
    seen: set[frozenset[Wire]] = set()
    for slip in _branch_slips(flow):
        if len(flow.forks) > 1 and flow.paths <= _PATHS:
            seen.add(flow.without(slip.dropped))
        yield slip
    if len(flow.forks) > 1:
        yield from _whole_paths(flow, seen)


def _branch_slips(flow: Flow) -> Iterator[Slip]:
    for fork, branches in flow.forks:
        if len({(branch.wire.target, branch.part) for branch in branches}) == 1:  # `x * x`: each use adds the same
            yield _one_use(flow, fork, branches)
            continue
        rest = _rest(flow, branches)
        for branch in branches:
            if branch.part != 0.0:
                yield _left_out(flow, branch, branches, rest)
                if 2 < len(branches) <= _ALONE:
                    yield _alone(flow, branch, branches, rest)


def _one_use(flow: Flow, fork: int, branches: Sequence[Branch]) -> Slip:
    uses, name = len(branches), name_of(flow.trace, fork)
    gate = name_of(flow.trace, branches[0].wire.target)
    left = branches[1:]
    kept = (Term(phrase("first use in {gate}", gate=gate), branches[0].part, branches[0].wires),)
    return Slip(
        "path",
        phrase("Only one of the {count} uses of {name} in {gate}", count=count_word(uses), name=name, gate=gate),
        "A use is missing from the sum.",
        phrase(
            "{name} is used {count} times in {gate}; your number is the part of one use alone.",
            name=name, count=count_word(uses) if uses > 2 else "two", gate=gate,
        ),
        flow.gradient(flow.start) - sum(branch.part for branch in left),
        kept + _rest(flow, branches),
        tuple(Term(phrase("another use in {gate}", gate=gate), branch.part, branch.wires) for branch in left),
        node=fork,
        dropped=frozenset(branch.wire for branch in left),
    )  # fmt: skip


def _left_out(flow: Flow, left: Branch, branches: Sequence[Branch], rest: tuple[Term, ...]) -> Slip:
    kept, missing = _others(flow, left, branches) + rest, _term(flow, left)
    way = _way(flow)
    if len(kept) == 1:
        says = phrase(
            "Your number is the {way} {kept} alone. The {way} {left} was left out of the sum.",
            way=way, kept=kept[0].name, left=missing.name,
        )  # fmt: skip
    else:
        says = phrase("Your number is the sum without the {way} {left}.", way=way, left=missing.name)
    return Slip(
        "path",
        phrase("{way} {left} left out", way=way.capitalize(), left=missing.name),
        f"One {way} is missing.",
        says,
        flow.gradient(flow.start) - left.part,
        kept,
        (missing,),
        node=left.wire.source,
        dropped=frozenset([left.wire]),
    )


def _alone(flow: Flow, branch: Branch, branches: Sequence[Branch], rest: tuple[Term, ...]) -> Slip:
    others = [other for other in branches if other is not branch]
    kept, missing, way = _term(flow, branch), _others(flow, branch, branches), _way(flow)
    return Slip(
        "path",
        phrase("Only the {way} {kept}", way=way, kept=kept.name),
        f"Only one {way} was taken." if not rest else f"{way.capitalize()}s are missing.",
        phrase(
            "Of the {count} {way}s from {fork}, your number has only the one {kept}.",
            count=count_word(1 + len(others)), way=way, fork=name_of(flow.trace, branch.wire.source), kept=kept.name,
        ),
        flow.gradient(flow.start) - sum(other.part for other in others),
        (kept, *rest),
        missing,
        node=branch.wire.source,
        dropped=frozenset(other.wire for other in others),
    )  # fmt: skip


def _whole_paths(flow: Flow, seen: set[frozenset[Wire]]) -> Iterator[Slip]:
    paths = [(path, product(path) * flow.trace.seed) for path in flow.list_paths(_PATHS)]
    if len(paths) < 3:
        return
    gradient, wires = flow.gradient(flow.start), frozenset(flow.wires)
    common = set.intersection(*({wire.target for wire in path} for path, _ in paths))
    for path, part in paths:
        if part == 0.0:
            continue
        mine, name = frozenset(path), _path_name(flow, path, common)
        others = frozenset(wire for other, _ in paths if other is not path for wire in other)
        count = count_word(len(paths))
        this = Term(name, part, path)
        if mine not in seen:
            yield Slip(
                "path", phrase("Only the path {name}", name=name), "Only one path was taken.",
                phrase("Of {count} paths, your number has only the one {name}.", count=count, name=name), part,
                (this,), (Term(phrase("the other paths"), gradient - part),), dropped=wires - mine,
            )  # fmt: skip
        if others not in seen or others == wires:
            yield Slip(
                "path", phrase("Path {name} left out", name=name), "One path is missing.",
                phrase("Of {count} paths, the one {name} was left out of the sum.", count=count, name=name),
                gradient - part, (Term(phrase("the other paths"), gradient - part),), (this,), dropped=wires - others,
            )  # fmt: skip


def _path_name(flow: Flow, path: Sequence[Wire], common: set[int]) -> Phrase:
    names = flow.trace.graph.names
    own = [wire.target for wire in path if wire.target not in common]
    told = [node for node in own if node in names] or own
    return phrase("through {nodes}", nodes=listed([phrase("{n}", n=name_of(flow.trace, n)) for n in told[-_NAMED:]]))


def _term(flow: Flow, branch: Branch) -> Term:
    trace, wire = flow.trace, branch.wire
    beside = [other for other in flow.out_of[wire.source] if other.target == wire.target]
    if len(beside) > 1:
        gate, operand = name_of(trace, wire.target), str(wire.operand + 1)
        return Term(
            phrase("through operand {operand} of {gate}", operand=operand, gate=gate), branch.part, branch.wires
        )
    name = phrase("through {node}", node=name_of(trace, branch.through))
    return Term(name, branch.part, branch.wires, branch.through)


def _others(flow: Flow, branch: Branch, branches: Sequence[Branch]) -> tuple[Term, ...]:
    """The terms of the other branches, in one where they are many."""
    if len(branches) <= _TERMS:
        return tuple(_term(flow, other) for other in branches if other is not branch)
    fork = branch.wire.source
    together = flow.tangent[fork] * flow.gradient(fork) - branch.part
    return (Term(phrase("the other {count} branches", count=str(len(branches) - 1)), together),)


def _rest(flow: Flow, branches: Sequence[Branch]) -> tuple[Term, ...]:
    """What reaches the output around the fork, where anything does."""
    rest = flow.gradient(flow.start) - sum(branch.part for branch in branches)
    size = max((abs(branch.part) for branch in branches), default=0.0)
    return (Term(phrase("the other paths"), rest),) if abs(rest) > _REST * size else ()


def _way(flow: Flow) -> str:
    """A branch is a path where nothing forks behind it."""
    return "path" if len(flow.forks) == 1 else "branch"
