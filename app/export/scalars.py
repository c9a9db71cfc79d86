"""A small program with tensors written out in scalars: W1 as W1_11, W1_12 …, every entry a formula of its own.

The same numbers and the same gradients: a matrix product is sums of products, softmax is exponentials and a quotient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.errors import Problem, UserError
from app.language.names import KEYWORDS, suggested_role
from app.language.notation import number_text, print_program
from app.limits import Limits, setting_name
from app.operations import Operation
from app.operations.shapes import Shape, axis_of

Texts = NDArray[np.object_]
"""One text for each entry: a name or a number, or a formula that is about to be given a name."""

Attributes = Mapping[str, Any]

_CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
"""Comparisons stand in the condition of `where` alone, so they are given no name."""


def scalar_program(trace: Trace, limits: Limits, values: Mapping[str, Any] | None = None) -> str:
    """The traced program in scalars, formulas first, then the values of all leaves.

    A tensor output becomes the sum of its entries, which is what its gradients are of. Raises UserError "limit" where
    it would have too many nodes or statements; kind "value" for a leaf that is not finite. values are what the trace
    was given; a program without tensors is printed with them.
    """
    if not isinstance(trace, TensorTrace):
        return print_program(trace.graph.written, values)
    return _Writer(trace, limits).write()


def scalar_entries(trace: TensorTrace, limits: Limits) -> tuple[str, list[Texts]]:
    """The same program, and by node what its entries are in it: names, and numbers for constants. Raises UserError."""
    writer = _Writer(trace, limits)
    return writer.write(), writer.entries


def entry_names(name: str, shape: Shape) -> Texts:
    """What the entries of a tensor are called, counted from 1: `x_2`, `W1_12`, with ten and more `W1_1_12`."""
    names: Texts = np.empty(shape, dtype=object)
    gap = "_" if max(shape, default=0) > 9 else ""
    for place in np.ndindex(shape):
        names[place] = f"{name}_{gap.join(str(at + 1) for at in place)}" if place else name
    return names


class _Writer:
    def __init__(self, trace: TensorTrace, limits: Limits) -> None:
        self.trace, self.graph, self.program = trace, trace.graph, trace.program
        self.limits = limits
        self.formulas: list[str] = []
        self.values: list[str] = []
        self.entries: list[Texts] = []
        self.taken: set[str] = set()
        self.gates = 0

    def write(self) -> str:
        for node in range(len(self.program.ops)):
            operation = self.program.operation(node)
            self.entries.append(self._leaf(node) if operation is None else self._gate(node, operation))
        output = self.entries[self.trace.output_nodes[0]]
        result = _added(output.ravel())
        if not (self.formulas and output.size == 1 and self.formulas[-1].startswith(f"{result} = ")):
            self.formulas.append(result)
        return "\n".join([*self.formulas, *self.values])

    def _leaf(self, node: int) -> Texts:
        value = self.trace.values[node]
        self._spend(int(np.size(value)))
        if self.program.is_constant(node):
            return _each(_number, np.asarray(value))
        names = self._names(node, np.shape(value))
        kind = self.graph.kind(node)
        word = next(word for word, role in KEYWORDS.items() if role == kind)
        for name, number in zip(names.ravel(), np.ravel(value), strict=True):
            if not math.isfinite(number):
                raise UserError([Problem("not-finite", f"`{name}` is not finite and cannot be written.")], "value")
            said = "" if suggested_role(name) == kind else f"{word} "
            self.values.append(f"{said}{name} = {number_text(float(number))}")
        return names

    def _gate(self, node: int, operation: Operation) -> Texts:
        operands = [self.entries[operand] for operand in self.program.operands(node)]
        attributes = {**operation.attributes, **self.program.attributes(node)}
        if operation.name in _MOVES:
            return np.asarray(_MOVES[operation.name](operands, attributes), dtype=object)
        shape = np.shape(self.trace.values[node])
        if operation.name in _EACH_OF_ALL:
            axis = attributes.get("axis")
            self._spend(2 * operands[0].size * operands[0].shape[-1 if axis is None else int(axis)])
        if operation.name in _WHOLE:
            texts = np.empty(math.prod(shape), dtype=object)
            for at, (text, gates) in enumerate(_WHOLE[operation.name](operands, attributes)):
                self._spend(gates)
                texts[at] = text
            texts = texts.reshape(shape)
        else:
            texts = self._entry_by_entry(operation, operands, self.program.attributes(node))
        return texts if operation.name in _CONDITIONS else self._named(node, texts)

    def _entry_by_entry(self, operation: Operation, operands: list[Texts], given: Attributes) -> Texts:
        together = np.broadcast_arrays(*operands)
        self._spend(together[0].size * len(operands))
        texts: Texts = np.empty(together[0].shape, dtype=object)
        for place in np.ndindex(texts.shape):
            texts[place] = _written(operation, [str(one[place]) for one in together], given)
        if not operation.over:
            return texts
        total, count = _added(texts.ravel()), texts.size
        return np.asarray(f"({total}) / {count}" if operation.over == "mean" and count > 1 else total, dtype=object)

    def _named(self, node: int, texts: Texts) -> Texts:
        """A line for each entry that is a formula; names and numbers need none."""
        names = self._names(node, texts.shape)
        for place in np.ndindex(texts.shape):
            self.formulas.append(f"{names[place]} = {texts[place]}")
        self._spend(0)
        return names

    def _names(self, node: int, shape: Shape) -> Texts:
        names = entry_names(self.graph.labels[node], shape)
        own = self.program.names.keys() if shape else ()
        while not self.taken.isdisjoint(names.ravel()) or any(name in own for name in names.ravel()):
            names = _each(lambda name: f"{name}'", names)
        self.taken.update(names.ravel())
        return names

    def _spend(self, gates: int) -> None:
        self.gates += gates
        counts = (
            ("nodes", self.gates, "max_nodes"),
            ("lines", len(self.formulas) + len(self.values), "max_statements"),
        )
        for unit, count, field in counts:
            if count > (most := getattr(self.limits, field)):
                text = f"In scalars this program has more than {most:,} {unit}."
                hint = f"Make its tensors smaller; the setting {setting_name(field)} changes the limit."
                raise UserError([Problem("too-many-scalars", text, hint)], "limit")


def _written(operation: Operation, operands: Sequence[str], given: Attributes) -> str:
    """An operation of names and numbers; none of them needs brackets that it does not have."""
    if operation.infix:
        return f" {operation.infix.symbols[0]} ".join(operands).replace(" ^ ", "^")
    if operation.prefix:
        return f"{operation.prefix.symbol}{operands[0]}"
    return f"{operation.name}({', '.join([*operands, *(f'{name}={value!r}' for name, value in given.items())])})"


def _number(value: float) -> str:
    text = number_text(float(value))
    return f"({text})" if text.startswith("-") else text


def _each(write: Callable[[Any], str], array: NDArray[Any]) -> Texts:
    texts: Texts = np.empty(array.shape, dtype=object)
    for place in np.ndindex(array.shape):
        texts[place] = write(array[place])
    return texts


def _added(terms: Iterable[str]) -> str:
    return " + ".join(terms)


def _products(one: Iterable[str], other: Iterable[str]) -> str:
    return _added(f"{left} * {right}" for left, right in zip(one, other, strict=True))


def _exponentials(lane: Iterable[str]) -> str:
    return _added(f"exp({entry})" for entry in lane)


Written = Iterable[tuple[str, int]]
"""The entries of a result in order: what each is, and about how many gates that takes."""


def _matmul(operands: list[Texts], _attributes: Attributes) -> Written:
    left, right = operands
    rows = left if left.ndim == 2 else left[None, :]
    columns = right.T if right.ndim == 2 else right[None, :]
    for row in rows:
        for column in columns:
            yield _products(row, column), 2 * row.size


def _outer(operands: list[Texts], _attributes: Attributes) -> Written:
    return ((f"{left} * {right}", 1) for left in operands[0] for right in operands[1])


def _trace(operands: list[Texts], _attributes: Attributes) -> Written:
    return [(_added(np.diagonal(operands[0])), operands[0].shape[0])]


def _convolution(operands: list[Texts], _attributes: Attributes) -> Written:
    signal, kernel = operands
    for place in np.ndindex(*(large - small + 1 for large, small in zip(signal.shape, kernel.shape, strict=True))):
        window = signal[tuple(slice(at, at + size) for at, size in zip(place, kernel.shape, strict=True))]
        yield _products(window.ravel(), kernel.ravel()), 2 * kernel.size


def _lanes(array: Texts, axis: Any) -> Iterable[Texts]:
    """The entries that are reduced together, in the order of the result."""
    if axis is None:
        return [array.ravel()]
    last = np.moveaxis(array, axis_of(array.shape, axis), -1)
    return last.reshape(-1, last.shape[-1])


def _reducing(write: Callable[[Texts], str]) -> Callable[[list[Texts], Attributes], Written]:
    return lambda operands, attributes: (
        (write(lane), 2 * lane.size) for lane in _lanes(operands[0], attributes["axis"])
    )


def _keeping(write: Callable[[str, str], str]) -> Callable[[list[Texts], Attributes], Written]:
    """Of an entry and the sum of the exponentials along its axis."""

    def entries(operands: list[Texts], attributes: Attributes) -> Written:
        given = operands[0]
        axis = axis_of(given.shape, -1 if attributes["axis"] is None else attributes["axis"])
        last = np.moveaxis(given, axis, -1)
        texts: Texts = np.empty(last.shape, dtype=object)
        for place in np.ndindex(last.shape):
            texts[place] = write(str(last[place]), _exponentials(last[place[:-1]]))
        return ((text, 0) for text in np.moveaxis(texts, -1, axis).ravel())

    return entries


def _likelihood(write: Callable[[str, Texts], str]) -> Callable[[list[Texts], Attributes], Written]:
    """Mean over the rows of -sum(t l), with the logarithm of an entry's probability in its row."""

    def entries(operands: list[Texts], _attributes: Attributes) -> Written:
        given, targets = (one.reshape(-1, one.shape[-1]) for one in operands)
        terms = [
            f"{target} * {write(entry, row)}"
            for row, shares in zip(given, targets, strict=True)
            for entry, target in zip(row, shares, strict=True)
        ]
        total = f"-({_added(terms)})"
        return [(total if len(given) == 1 else f"{total} / {len(given)}", 0)]

    return entries


_EACH_OF_ALL = frozenset({"softmax", "log_softmax", "cross_entropy"})
"""Every entry of their results is written with all entries of its row, which is counted before any is written."""

_MOVES: Mapping[str, Callable[[list[Texts], Attributes], Any]] = {
    "transpose": lambda operands, _: operands[0].T,
    "index": lambda operands, attributes: operands[0][tuple(attributes["index"])],
    "stack": lambda operands, _: np.stack(operands),
    "concat": lambda operands, attributes: np.concatenate(operands, axis=int(attributes["axis"] or 0)),
    "reshape": lambda operands, attributes: operands[0].reshape(attributes["shape"]),
}
_WHOLE: Mapping[str, Callable[[list[Texts], Attributes], Written]] = {
    "matmul": _matmul,
    "outer": _outer,
    "trace": _trace,
    "conv1d": _convolution,
    "conv2d": _convolution,
    "sum": _reducing(_added),
    "mean": _reducing(lambda lane: f"({_added(lane)}) / {lane.size}"),
    "prod": _reducing(lambda lane: " * ".join(lane)),
    "amax": _reducing(lambda lane: f"max({', '.join(lane)})" if lane.size > 1 else lane[0]),
    "amin": _reducing(lambda lane: f"min({', '.join(lane)})" if lane.size > 1 else lane[0]),
    "norm": _reducing(lambda lane: f"sqrt({_added(f'{entry}^2' for entry in lane)})"),
    "logsumexp": _reducing(lambda lane: f"log({_exponentials(lane)})"),
    "softmax": _keeping(lambda entry, total: f"exp({entry}) / ({total})"),
    "log_softmax": _keeping(lambda entry, total: f"{entry} - log({total})"),
    "cross_entropy": _likelihood(lambda entry, row: f"({entry} - log({_exponentials(row)}))"),
    "nll": _likelihood(lambda entry, _row: entry),
}
