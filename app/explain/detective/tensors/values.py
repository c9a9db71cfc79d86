"""Slips of the forward pass with tensors: a term or a function left out, a matrix not turned, a mean for a sum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from app.engine.reverse import leads_to
from app.engine.tensors.trace import TensorTrace
from app.explain.detective.slips.record import SlipKind
from app.explain.detective.tensors.record import Array, TensorSlip
from app.explain.detective.words import Phrase, name_of, phrase
from app.language.folding import fold_tensors
from app.limits import Limits
from app.operations.shapes import ShapeError

_OTHERS = 100
_Try = tuple[SlipKind, Phrase, str, Phrase, Any]


def value_slips(trace: TensorTrace, node: int, limits: Limits) -> Iterator[TensorSlip]:
    """Every slip that gives another value for a node."""
    value, own = _array(trace, node), name_of(trace, node)
    yield TensorSlip("sign", phrase("Sign turned around"), "The sign is turned around.",
                     phrase("Your number has the other sign."), -value, node)  # fmt: skip
    if value.ndim == 2 and max(value.shape) > 1:
        yield TensorSlip("transpose", phrase("{own} turned", own=own), "Rows and columns are exchanged.",
                         phrase("That is {own} turned: its rows are your columns.", own=own), value.T,
                         node)  # fmt: skip
    if trace.gradients[node] is not None:
        yield TensorSlip("other", phrase("Gradient of {own}", own=own), "That is a gradient.",
                         phrase("That is the gradient of {own}, not its value.", own=own),
                         np.asarray(trace.gradients[node]), node)  # fmt: skip
    needed = leads_to(trace.program, node)
    cone = [gate for gate in range(node + 1) if needed[gate] and trace.program.operation(gate) is not None]
    with np.errstate(all="ignore"):
        for place in range(len(cone) - 1, -1, -1):
            for kind, title, headline, says, other in _at_gate(trace, cone[place]):
                found = _rerun(trace, cone[place], other, cone[place + 1 :], node, limits)
                if found is not None:
                    yield TensorSlip(kind, title, headline, says, found, cone[place])
    named = (other for other in trace.graph.names if other != node and _array(trace, other).shape == value.shape)
    for other in islice(named, _OTHERS):
        name = name_of(trace, other)
        yield TensorSlip("other", phrase("Value of {name}", name=name), "That is another value.",
                         phrase("That is the value of {name}.", name=name), _array(trace, other), other)  # fmt: skip


def _array(trace: TensorTrace, node: int) -> Array:
    return np.asarray(trace.values[node], dtype=np.float64)


def _at_gate(trace: TensorTrace, gate: int) -> Iterator[_Try]:
    """Other values that a slip at this gate would give it."""
    program = trace.program
    operation, operands = program.operation(gate), program.operands(gate)
    assert operation is not None
    own, numbers = name_of(trace, gate), [_array(trace, operand) for operand in operands]
    names = [name_of(trace, operand) for operand in operands]
    if operation.name in ("add", "sub"):
        sign = 1 if operation.name == "add" else -1
        for at, value in enumerate((numbers[1] * sign, numbers[0])):
            yield ("term", phrase("{name} left out of {own}", name=names[at], own=own), "A term is missing.",
                   phrase("The term {name} was left out of {own}.", name=names[at], own=own), value)  # fmt: skip
        yield ("sign", phrase("Sign of {name} turned in {own}", name=names[1], own=own), "A sign is turned around.",
               phrase("The term {name} has the other sign in {own}.", name=names[1], own=own),
               numbers[0] - sign * numbers[1])  # fmt: skip
    elif operation.name in ("mul", "div"):
        for at in (0, 1) if operation.name == "mul" else (1,):
            yield ("factor", phrase("Factor {name} left out of {own}", name=names[at], own=own), "A factor is missing.",
                   phrase("The factor {name} was left out of {own}.", name=names[at], own=own),
                   numbers[1 - at])  # fmt: skip
    elif operation.name == "matmul":
        yield from _of_matmul(trace, gate, numbers)
    elif operation.over is not None or operation.name in ("sum", "mean", "cross_entropy", "nll"):
        yield from _counted(trace, gate, operation.name, operation.over)
    elif operation.name == "softmax":
        powers = np.exp(numbers[0] - np.max(numbers[0]))
        if numbers[0].ndim == 2:
            yield ("softmax", phrase("Softmax over all of {name}", name=names[0]), "Softmax over the wrong entries.",
                   phrase("The shares of each row add up to 1; yours add up over all rows."),
                   powers / powers.sum())  # fmt: skip
        yield ("softmax", phrase("Powers not divided by their sum at {own}", own=own), "A sum is missing.",
               phrase("That is e to the {name}; it was not divided by the sum.", name=names[0]),
               np.exp(numbers[0]))  # fmt: skip
    elif len(operands) == 1 and operation.shape is None:
        what, base = operation.title.lower(), names[0]
        yield ("derivative", phrase("{what} left out of {own}", what=operation.title, own=own),
               "A function is missing.",
               phrase("The {what} of {base} was left out; {base} itself was taken.", what=what, base=base),
               numbers[0])  # fmt: skip


def _of_matmul(trace: TensorTrace, gate: int, numbers: list[Array]) -> Iterator[_Try]:
    x, y = numbers
    own = name_of(trace, gate)
    left, right = (name_of(trace, operand) for operand in trace.program.operands(gate))
    for name, one, other in ((left, x.T, y), (right, x, y.T)):
        turned = one if name is left else other
        if turned.ndim == 2 and one.shape[-1] == other.shape[0]:
            yield ("transpose", phrase("{name} turned in {own}", name=name, own=own), "A matrix is turned.",
                   phrase("In {own}, {name} was taken with rows and columns exchanged.", name=name, own=own),
                   one @ other)  # fmt: skip
    if x.ndim == y.ndim == 2 and y.shape[-1] == x.shape[0]:
        yield ("factor", phrase("Factors of {own} exchanged", own=own), "The factors are in the wrong order.",
               phrase("{own} is {left} times {right}; yours is {right} times {left}.", own=own, left=left, right=right),
               y @ x)  # fmt: skip
    if x.shape == y.shape and x.ndim == 2:
        yield ("factor", phrase("{own} entry by entry", own=own), "A product entry by entry.",
               phrase("{own} is a matrix product; yours is entry by entry.", own=own), x * y)  # fmt: skip


def _counted(trace: TensorTrace, gate: int, name: str, over: str | None) -> Iterator[_Try]:
    value, own = _array(trace, gate), name_of(trace, gate)
    operands = [_array(trace, operand) for operand in trace.program.operands(gate)]
    size = np.broadcast_shapes(*(operand.shape for operand in operands))
    count = int(np.prod(size)) // max(value.size, 1)
    if name in ("cross_entropy", "nll"):
        count = count // max(size[-1], 1)
    is_mean = over == "mean" or name in ("mean", "cross_entropy", "nll")
    if count > 1:
        title, headline = (
            ("1/{n} of the mean left out at {own}", "A sum in place of a mean.") if is_mean
            else ("Mean in place of the sum at {own}", "A mean in place of a sum.")
        )  # fmt: skip
        yield ("sum", phrase(title, n=str(count), own=own), headline,
               phrase("{own} is a {what} over {n}.", own=own, what="mean" if is_mean else "sum", n=str(count)),
               value * count if is_mean else value / count)  # fmt: skip
    if name == "half_sse":
        yield ("constant", phrase("½ of {own} left out", own=own), "A constant factor is missing.",
               phrase("{own} has the factor ½; it was left out.", own=own), value * 2)  # fmt: skip


def _rerun(trace: TensorTrace, gate: int, value: Array, later: list[int], node: int, limits: Limits) -> Array | None:
    """The value of a node where one gate has another; None where that is the same, or its shape no longer fits."""
    program = trace.program
    new: dict[int, Any] = {gate: value}
    try:
        for one in later:
            operands = program.operands(one)
            operation = program.operation(one)
            if operation is not None and any(operand in new for operand in operands):
                numbers = [new.get(operand, trace.values[operand]) for operand in operands]
                new[one] = fold_tensors(operation, numbers, program.attributes(one), limits)
    except ShapeError:
        return None
    return np.asarray(new[node], dtype=np.float64) if node in new else None
