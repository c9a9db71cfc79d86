"""What is worth a word about a program with tensors, with the entries it concerns: kinks, and values not finite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.engine.entries import Index, entry_label
from app.engine.nonfinite import named_form, nonfinite_reason, slope_reason, value_words
from app.engine.notices import Notice, function_names
from app.engine.tensors.groups import lost_in
from app.engine.tensors.kinks import has_kinks, kinked_entries
from app.errors import quoted
from app.language.doubtful import doubtful_products
from app.operations.shapes import Shape, broadcast, shape_text

if TYPE_CHECKING:
    from app.engine.tensors.trace import TensorTrace

MOST_NAMED = 3
"""Entries that a sentence names; more are counted."""

Array = NDArray[np.float64]


@np.errstate(all="ignore")
def tensor_kinks(trace: TensorTrace) -> list[Notice]:
    """The gates with entries that lie where the derivative is a matter of choice, in topological order."""
    program, graph = trace.program, trace.graph
    found = []
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None or not has_kinks(operation) or program.is_fixed(node):
            continue
        operands = [np.asarray(trace.values[one], dtype=np.float64) for one in program.operands(node)]
        value = np.asarray(trace.values[node], dtype=np.float64)
        on_kink = kinked_entries(operation, operands, value, program.attributes(node))
        if on_kink.any():
            told = _at_entries(on_kink, operation.kink_sentence or "")
            found.append(Notice(operation.convention or "kink", told, f"n{node}", graph.span(node)))
    return found


def _at_entries(chosen: NDArray[np.bool_], sentence: str) -> str:
    """The sentence with the entries that it is about: "Entry [1]: at 0 the slope jumps …"."""
    if not chosen.ndim:
        return sentence
    return f"{entries_text(chosen)}: {sentence[:1].lower()}{sentence[1:]}"


def entries_text(chosen: NDArray[np.bool_]) -> str:
    """`Entry [1]`, `Entries [0, 1] and [2, 0]`, `Entries [0], [1], [2] and 4 more`, `All 12 entries`."""
    count = int(np.count_nonzero(chosen))
    if count == chosen.size and count > 1:
        return f"All {count:,} entries"
    places = np.argwhere(chosen)[:MOST_NAMED].tolist()
    names = [entry_label("", place) for place in places]
    if count > MOST_NAMED:
        return f"Entries {', '.join(names)} and {count - MOST_NAMED:,} more"
    return f"Entry {names[0]}" if count == 1 else f"Entries {', '.join(names[:-1])} and {names[-1]}"


@np.errstate(all="ignore")
def tensor_warnings(trace: TensorTrace) -> list[Notice]:
    """Doubtful readings, an output that is no number, values or slopes not finite, open forms that break."""
    graph, output = trace.graph, trace.output_nodes[0]
    found = [
        Notice("ambiguous-product", text, None, span)
        for text, span in doubtful_products(graph.written, graph.positions)
    ]
    if (translation := graph.program.prepared.translation) is not None:
        found += [Notice(one.code, one.message, None, one.span) for one in translation.remarks]
    found += function_names(graph, trace.defaulted)
    found += _misread(trace)
    if shape := np.shape(trace.values[output]):
        text = f"The output is {shape_text(shape)}: the gradients are those of the sum of its entries."
        found.append(Notice("tensor-output", text, trace.output, graph.span(output)))
    found += _not_finite(trace)
    for group in lost_in(trace.groups, trace.values):
        text = f"The primitive gates of {quoted(group.op or '')} lose a number here; the closed gate keeps it."
        found.append(Notice("open-form", text, group.output, group.span))
    return found


def _misread(trace: TensorTrace) -> Iterator[Notice]:
    """Shapes that fit and are seldom meant: `W^T` with a leaf `T`, and losses of a column against a row."""
    program, graph = trace.program, trace.graph
    if "T" in trace.defaulted:
        node = program.names["T"]
        yield Notice(
            "transpose-name", "`T` is read as a name here; a matrix is turned by `.T`.", f"n{node}", graph.span(node)
        )
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None or not operation.over:
            continue
        shapes = [np.shape(trace.values[one]) for one in program.operands(node)]
        entries = broadcast(shapes)
        if all(shape and shape != entries for shape in shapes):
            text = (
                f"{shape_text(shapes[0]).capitalize()} and {shape_text(shapes[1])} are compared each with each, as "
                f"{shape_text(entries)}: give both one shape for a loss entry by entry."
            )
            yield Notice("broadcast-loss", text, f"n{node}", graph.span(node))


def _not_finite(trace: TensorTrace) -> Iterator[Notice]:
    """The first entry that is NaN or infinite; if none is, the first infinite slope seen from the output."""
    graph = trace.graph
    for node, value in enumerate(trace.values):
        if not np.all(np.isfinite(value)):
            yield Notice("not-finite", _reason(trace, node), f"n{node}", graph.span(node))
            return
    gradients = trace.gradients
    if all(gradient is None or np.all(np.isfinite(gradient)) for gradient in gradients):
        return  # where an infinite slope meets no gradient nothing comes of it
    for (node, position), part in sorted(trace.parts.items(), reverse=True):
        if part.local is not None and not np.all(np.isfinite(part.local)):
            yield Notice("infinite-slope", _slope_words(trace, node, position), f"n{node}", graph.span(node))
            return


def _reason(trace: TensorTrace, node: int) -> str:
    """Why the first entry that is not finite is so: "log(p[1]) is −∞ here because p[1] is 0."."""
    program, labels = trace.program, trace.graph.labels
    value = np.asarray(trace.values[node], dtype=np.float64)
    strange = ~np.isfinite(value)
    entry: Index = tuple(int(at) for at in np.argwhere(strange)[0])
    operation = program.operation(node)
    more = int(np.count_nonzero(strange)) - 1
    tail = f" {more:,} more {'entry is' if more == 1 else 'entries are'} not finite." if more else ""
    if operation is None:
        words = value_words(float(value[entry]))
        return f"{entry_label(labels[node], entry)} is {words} because that is its value.{tail}"
    if operation.whole:
        return _whole_reason(trace, node, entry) + tail
    operands = [np.asarray(trace.values[one], dtype=np.float64) for one in program.operands(node)]
    if operation.over:
        with np.errstate(all="ignore"):
            losses = np.asarray(operation.forward(*operands, **program.attributes(node)))
        places = np.argwhere(~np.isfinite(losses))
        entry = tuple(int(at) for at in places[0]) if len(places) else (0,) * losses.ndim
        if not len(places):
            words = value_words(float(value))
            return f"{labels[node]} is {words} here: the sum is beyond the largest 64-bit float, about 1.8·10³⁰⁸."
    return (
        nonfinite_reason(_NamedAt(trace, _entries_at(trace, node, entry)), _values_at(trace, node, entry), node) + tail
    )


def _whole_reason(trace: TensorTrace, node: int, entry: Index) -> str:
    """Of an operation on whole tensors: all its operands are finite, so a number on the way was too large."""
    form = _form_at(trace, node, entry)
    value = float(np.asarray(trace.values[node])[entry])
    if np.isinf(value):
        return f"{form} is {value_words(value)} here: the result is beyond the largest 64-bit float, about 1.8·10³⁰⁸."
    return f"{form} is {value_words(value)} here: a number on the way is beyond the largest 64-bit float."


def _slope_words(trace: TensorTrace, node: int, position: int) -> str:
    local = np.asarray(trace.parts[node, position].local, dtype=np.float64)
    entry: Index = tuple(int(at) for at in np.argwhere(~np.isfinite(local))[0])
    named, values = _NamedAt(trace, _entries_at(trace, node, entry)), _values_at(trace, node, entry)
    return slope_reason(named, values, node, position, float(local[entry]))


def _form_at(trace: TensorTrace, node: int, entry: Index) -> str:
    """`z[1]`, `(W @ x)[1]`, `softmax(z)[1]`: an entry of a gate by its name, or as it is written."""
    form = named_form(trace.graph, node)
    return entry_label(f"({form})" if entry and " " in form and not form.endswith(")") else form, entry)


class _NamedAt:
    """A graph whose labels say entries, as far as sentences ask; what works on whole tensors stays closed."""

    def __init__(self, trace: TensorTrace, entries: dict[int, Index]) -> None:
        graph, self.program = trace.graph, trace.program
        self.names, self.labels = {**graph.names}, {**graph.labels}
        for node, entry in entries.items():
            operation = self.program.operation(node)
            if operation is not None and operation.whole:
                self.names[node] = self.labels[node] = _form_at(trace, node, entry)
            else:
                self.labels[node] = entry_label(graph.labels[node], entry)


def _values_at(trace: TensorTrace, node: int, entry: Index) -> list[float]:
    """Numbers in the place of tensors: those of the entry, of a node elsewhere its first."""
    found = _entries_at(trace, node, entry)
    own = trace.values[node]
    values = [float(np.asarray(value)[found.get(one, (0,) * np.ndim(value))]) for one, value in enumerate(trace.values)]
    if trace.program.operation(node) is not None and not np.ndim(own):
        values[node] = float(own)
    return values


def _entries_at(trace: TensorTrace, node: int, entry: Index) -> dict[int, Index]:
    """Which entry of its operands, and of theirs, an entry of a gate was made of, as far as gates go entry by entry."""
    program = trace.program
    found: dict[int, Index] = {}
    waiting = [(node, entry, 3)]
    while waiting:
        one, place, depth = waiting.pop()
        operation = program.operation(one)
        own = np.shape(trace.values[one])
        found.setdefault(one, place if own else ())
        if operation is None or operation.whole or not depth or (operation.over and one != node):
            continue
        for operand in program.operands(one):
            shape = np.shape(trace.values[operand])
            waiting.append((operand, _entry_of(shape, place), depth - 1))
    return found


def _entry_of(shape: Shape, place: Sequence[int]) -> Index:
    """Where an entry of a broadcast result comes from in an operand of this shape."""
    last = place[len(place) - len(shape) :]
    return tuple(0 if size == 1 else at for size, at in zip(shape, last, strict=True))
