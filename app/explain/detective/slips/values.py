"""Slips of the forward pass: a term or a function left out, the wrong sign or factor, another number of the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from app.engine.reverse import is_constant_operand, leads_to
from app.engine.trace import Trace
from app.explain.detective.slips.record import Slip, SlipKind
from app.explain.detective.slips.stems import Stems
from app.explain.detective.words import Phrase, name_of, phrase
from app.language.folding import evaluate

_OTHERS = 200
_RUNS = 200_000
"""Gates that all tries together may compute anew; the gates nearest to the number are tried first."""


def value_slips(trace: Trace, node: int, stems: Stems) -> Iterator[Slip]:
    """Every slip that gives another value for a node."""
    value, own = trace.values[node], name_of(trace, node)
    yield Slip("sign", phrase("Sign turned around"), "The sign is turned around.",
               phrase("Your number has the other sign."), -value, node=node)  # fmt: skip
    gradient = trace.gradients[node]
    if gradient is not None:
        yield Slip("other", phrase("Gradient of {own}", own=own), "That is a gradient.",
                   phrase("That is the gradient of {own}, not its value.", own=own), gradient, node=node)  # fmt: skip
    yield from _forward_slips(trace, node, stems)
    for other in islice((other for other in trace.graph.names if other != node), _OTHERS):
        if trace.values[other] != value:
            name = name_of(trace, other)
            yield Slip("other", phrase("Value of {name}", name=name), "That is another value.",
                       phrase("That is the value of {name}.", name=name), trace.values[other], node=other)  # fmt: skip


def _forward_slips(trace: Trace, node: int, stems: Stems) -> Iterator[Slip]:
    needed = leads_to(trace.program, node)
    cone = [gate for gate in range(node + 1) if needed[gate] and trace.program.operation(gate) is not None]
    left = _RUNS
    for place in range(len(cone) - 1, -1, -1):
        for kind, title, headline, says, value in _at_gate(trace, cone[place], stems):
            left -= len(cone) - place
            if left < 0:
                return
            found = _rerun(trace, {cone[place]: value}, cone[place + 1 :], node)
            if found != trace.values[node]:
                yield Slip(kind, title, headline, says, found, node=cone[place])
    for literal, gates in _literals(trace, cone).items():
        if len(gates) > 1:
            found = _rerun(trace, {}, cone, node, gates)
            yield Slip(
                "term", phrase("{literal} left out everywhere", literal=literal), "A number is missing everywhere.",
                phrase("The number {literal} was left out wherever it stands.", literal=literal), found,
            )  # fmt: skip


def _literals(trace: Trace, cone: list[int]) -> dict[str, dict[int, int]]:
    """Numbers that sums and products are written with: the gates of each, with the operand that is left without it."""
    program, labels = trace.program, trace.graph.labels
    found: dict[str, dict[int, int]] = {}
    for gate in cone:
        operation, operands = program.operation(gate), program.operands(gate)
        if operation is None or operation.name not in ("add", "sub", "mul", "div") or len(operands) != 2:
            continue
        first, second = operands
        if program.is_constant(second):
            found.setdefault(f"{operation.symbol} {labels[second]}", {})[gate] = first
        elif program.is_constant(first) and operation.name in ("add", "mul"):
            found.setdefault(f"{operation.symbol} {labels[first]}", {})[gate] = second
    return found


_Try = tuple[SlipKind, Phrase, str, Phrase, float]


def _at_gate(trace: Trace, gate: int, stems: Stems) -> Iterator[_Try]:
    """Other values that a slip at this gate would give it."""
    program, values = trace.program, trace.values
    operation, operands = program.operation(gate), program.operands(gate)
    assert operation is not None
    line = name_of(trace, stems.lines[gate])
    if operation.name in ("add", "sub"):
        yield from _of_sum(trace, gate, operation.name, stems)
    elif operation.name in ("mul", "div"):
        yield from _of_product(trace, gate, operation.name, stems)
    elif operation.name == "neg" or len(operands) > 2:
        return
    elif len(operands) == 1 or is_constant_operand(program, gate, 1):
        base, what = name_of(trace, operands[0]), operation.title.lower()
        yield (
            "derivative", phrase("{what} left out of {line}", what=operation.title, line=line),
            "A function is missing.",
            phrase("The {what} of {base} was left out; {base} itself was taken.", what=what, base=base),
            values[operands[0]],
        )  # fmt: skip


def _of_sum(trace: Trace, gate: int, operation: str, stems: Stems) -> Iterator[_Try]:
    program, values = trace.program, trace.values
    first, second = program.operands(gate)
    line = name_of(trace, stems.lines[gate])
    terms = [(second, values[first])]
    inner = program.operation(first)
    if first in trace.graph.names or inner is None or inner.name not in ("add", "sub"):
        terms.append((first, values[second] if operation == "add" else -values[second]))
    for term, value in terms:
        name = _term_name(trace, term)
        yield (
            "term", phrase("{name} left out of {line}", name=name, line=line), "A term is missing.",
            phrase("The term {name} was left out of {line}.", name=name, line=line), value,
        )  # fmt: skip
    turned = values[first] + values[second] if operation == "sub" else values[first] - values[second]
    name = _term_name(trace, second)
    yield (
        "sign", phrase("Sign of {name} turned in {line}", name=name, line=line), "A sign is turned around.",
        phrase("The term {name} has the other sign in {line}.", name=name, line=line), turned,
    )  # fmt: skip


def _of_product(trace: Trace, gate: int, operation: str, stems: Stems) -> Iterator[_Try]:
    program, values = trace.program, trace.values
    first, second = program.operands(gate)
    line = name_of(trace, stems.lines[gate])
    places = ((first, second), (second, first)) if operation == "mul" else ((second, first),)
    for factor, other in places:
        name = name_of(trace, factor)
        shown = phrase("{name}" if operation == "mul" else "1/{name}", name=name)
        yield (
            "constant" if program.is_constant(factor) else "factor",
            phrase("{shown} left out of {line}", shown=shown, line=line), "A factor is missing.",
            phrase("The factor {shown} was left out of {line}.", shown=shown, line=line), values[other],
        )  # fmt: skip
        for stranger in stems.siblings(gate, factor, other) if operation == "mul" else ():
            strange = name_of(trace, stranger)
            yield (
                "factor", phrase("{strange} in place of {name}", strange=strange, name=name),
                "The wrong factor of a product.",
                phrase("{strange} was taken in place of {name}.", strange=strange, name=name),
                values[stranger] * values[other],
            )  # fmt: skip


def _term_name(trace: Trace, node: int) -> Phrase:
    """What a term is called: its name, or a product of two names."""
    operation = trace.program.operation(node)
    if node not in trace.graph.names and operation is not None and operation.name == "mul":
        first, second = (name_of(trace, operand) for operand in trace.program.operands(node))
        return phrase("{first} · {second}", first=first, second=second)
    return phrase("{name}", name=name_of(trace, node))


def _rerun(
    trace: Trace, new: dict[int, float], later: list[int], node: int, passed: Mapping[int, int] | None = None
) -> float:
    """The value of a node where some have new values, and some gates pass one of their operands on."""
    program, values = trace.program, trace.values
    for gate in later:
        operands = program.operands(gate)
        if passed and gate in passed:
            new[gate] = new.get(passed[gate], values[passed[gate]])
        elif any(operand in new for operand in operands):
            operation = program.operation(gate)
            assert operation is not None
            numbers = [new.get(operand, values[operand]) for operand in operands]
            new[gate] = evaluate(operation, numbers, program.attributes(gate))
    return new.get(node, values[node])
