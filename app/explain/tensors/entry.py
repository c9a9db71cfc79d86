"""One entry of a gradient, with the numbers that make it written out: row times column, or entry times entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from app.engine.entries import Index, entries_of, entry_label, entry_latex
from app.explain.chain_blocks import MOST_TERMS, partial
from app.explain.digits import LEAST_DIGITS, MOST_DIGITS, Printed, follows, print_number
from app.explain.printed_tensors import PrintedTensor, Shown
from app.explain.records import Block
from app.explain.tensors.blocks import BlockWriter
from app.explain.tensors.flows import Flow
from app.explain.tensors.style import TensorFormula

_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*'*(?!\w*'*\s*\()")
_OUTER = re.compile(r"outer\(([\w']+), ([\w']+)\)")
_PRODUCT = re.compile(r"([\w']+?)(\.T)? @ ([\w']+?)(\.T)?")
_SUM = re.compile(r"sum\((?!.*sum\()(.*?)(?:, axis=(\d))?\)")
_CONVOLUTION = re.compile(r"conv[12]d\(([\w']+), ([\w']+)\)")

_Place = tuple[str, Index]
"""An entry of what a name stands for."""


class _Written:
    """The formula of one entry under way: every place in it has a name of its own, `k0`, `k1`, …"""

    def __init__(self, writer: BlockWriter, flow: Flow) -> None:
        self.writer, self.flow = writer, flow
        steps = writer.steps
        self.known = {**steps.known_in(flow.target), **{name: value for name, (value, _) in flow.masks.items()}}
        self.places: dict[_Place, str] = {}

    def name(self, name: str, index: Index) -> str:
        """What an entry is called in the formula; of what has fewer axes, the entry that meets it."""
        shape = np.shape(self.known[name])
        at = tuple(0 if size == 1 else one for one, size in zip(index[len(index) - len(shape) :], shape, strict=True))
        return self.places.setdefault((name, at), f"k{len(self.places)}")

    def entrywise(self, text: str, index: Index) -> str:
        """A formula of entries, at one of them."""
        return _NAME.sub(
            lambda match: self.name(match.group(), index) if match.group() in self.known else match.group(), text
        )

    def latex(self, place: _Place) -> str:
        """How an entry is written."""
        name, index = place
        steps, target = self.writer.steps, self.flow.target
        if name == steps.g:
            return partial(steps.output_latex, entry_latex(steps.latex[steps.names[target]], index))
        if name in self.flow.masks:
            return entry_latex(self.flow.masks[name][1], index)
        return entry_latex(steps.latex[name], index)

    def formula(self, text: str) -> TensorFormula:
        """The formula of a text in these names."""
        known = {alias: float(np.asarray(self.known[name])[index]) for (name, index), alias in self.places.items()}
        return TensorFormula(text, known, {alias: self.latex(place) for place, alias in self.places.items()})


def entry_block(writer: BlockWriter, node: int, index: Index) -> Block:
    """The gradient of one entry. Where it is no short sum of products, the entry of the matrix above."""
    steps, users = writer.steps, writer.plan.users[node]
    name = steps.names[node]
    value = _entry_of(writer.figures.shown(("gradient", node, -1)), writer.trace.gradients[node], index)
    found = [_written(writer, flow, index) for flow in writer.flows[node]] if len(users) <= MOST_TERMS else [None]
    symbols, numbers, relation = None, None, "="
    if all(one is not None for one in found):
        formulas = [one for one in found if one is not None]
        symbols = " + ".join(one.symbols for one in formulas)
        numbers, fits = _numbers(formulas, value)
        relation = "=" if fits else "≈"
    return Block(
        id=f"n{node}",
        label=entry_label(name, index),
        latex=entry_latex(steps.latex[name], index),
        head=partial(steps.output_latex, entry_latex(steps.latex[name], index)),
        op=None,
        terms=(),
        symbols=symbols or rf"\left({steps.gradient_latex(node)}\right)_{{{','.join(map(str, index))}}}",
        numbers=None if numbers == value.latex else numbers,
        value=value,
        relation="≈" if relation == "≈" else "=",
        reused=0,
        more_terms=0,
        remarks=() if numbers is not None else ("It is the entry of the gradient above at this place.",),
    )


def _entry_of(shown: Shown, gradient: object, index: Index) -> Printed:
    if isinstance(shown, PrintedTensor) and shown.entries:
        return shown.entries[int(np.ravel_multi_index(index, shown.shape))]
    return print_number(float(np.asarray(gradient)[index]))


def _numbers(formulas: Sequence[TensorFormula], value: Printed) -> tuple[str, bool]:
    """The formulas with as many digits as give the printed value back, and whether they do."""
    for digits in range(LEAST_DIGITS, MOST_DIGITS + 1):
        texts, total = [], 0.0
        for formula in formulas:
            printed = {name: print_number(float(number), digits) for name, number in formula.given.items()}
            texts.append(formula.numbers(printed))
            total += float(np.asarray(formula.value({name: one.value for name, one in printed.items()})))
        if follows(total, value):
            return " + ".join(texts), True
    return " + ".join(texts), False


def _written(writer: BlockWriter, flow: Flow, index: Index) -> TensorFormula | None:
    """The formula of one entry of what flows along one edge; None where it would be long."""
    written = _Written(writer, flow)
    terms = _terms(written, flow, index)
    if terms is None:
        return None
    listed = []
    for term in terms:
        listed.append(term)
        if len(listed) > MOST_TERMS:
            return None
    return written.formula(" + ".join(listed) or "0")


def _terms(written: _Written, flow: Flow, index: Index) -> Iterator[str] | None:
    """The terms that are added, as texts."""
    text = flow.text or ""
    if (outer := _OUTER.fullmatch(text)) and len(index) == 2:
        return iter([f"{written.name(outer[1], index[:1])} * {written.name(outer[2], index[1:])}"])
    if matched := _PRODUCT.fullmatch(text):
        return _row_times_column(written, matched, index)
    if matched := _CONVOLUTION.fullmatch(text):
        return _windows(written, matched[1], matched[2], index)
    if flow.pulled is not None:
        return _turned_windows(written, flow, index)
    if matched := _SUM.fullmatch(text):
        return _summed(written, matched[1], matched[2], index)
    if flow.local is not None and not flow.summed and "ones(" not in text:
        return iter([written.entrywise(text, index)])
    return None


def _row_times_column(written: _Written, matched: re.Match[str], index: Index) -> Iterator[str]:
    left, left_turned, right, right_turned = matched.groups()
    rows = np.shape(written.known[left])
    count = rows[0] if left_turned else rows[-1]
    at = list(index)
    row = [at.pop(0)] if len(rows) == 2 else []
    for inner in range(count):
        first: Index = (inner, *row) if left_turned else (*row, inner)
        second: Index = (*at, inner) if right_turned else (inner, *at)
        yield f"{written.name(left, first)} * {written.name(right, second)}"


def _windows(written: _Written, signal: str, gradient: str, index: Index) -> Iterator[str]:
    """Of a kernel: it met every window once."""
    for place in entries_of(np.shape(written.known[gradient])):
        moved = tuple(one + other for one, other in zip(index, place, strict=True))
        yield f"{written.name(gradient, place)} * {written.name(signal, moved)}"


def _turned_windows(written: _Written, flow: Flow, index: Index) -> Iterator[str] | None:
    """Of a signal under a convolution: the windows that hold the entry, each with the weight that met it."""
    writer = written.writer
    operation = writer.trace.program.operation(flow.target)
    if operation is None or not operation.name.startswith("conv") or writer.steps.g not in written.known:
        return None
    kernel = writer.steps.names[writer.trace.program.operands(flow.target)[1]]
    sizes = np.shape(written.known[kernel])

    def found() -> Iterator[str]:
        for place in entries_of(np.shape(written.known[writer.steps.g])):
            weight = tuple(one - other for one, other in zip(index, place, strict=True))
            if all(0 <= one < size for one, size in zip(weight, sizes, strict=True)):
                yield f"{written.name(writer.steps.g, place)} * {written.name(kernel, weight)}"

    return found()


def _summed(written: _Written, inner: str, axis: str | None, index: Index) -> Iterator[str]:
    names = [match.group() for match in _NAME.finditer(inner) if match.group() in written.known]
    shape = np.broadcast_shapes(*(np.shape(written.known[name]) for name in names))
    if axis is None:
        places = [range(size) for size in shape]
    else:
        kept = iter(index)
        places = [range(size) if at == int(axis) else _only(next(kept)) for at, size in enumerate(shape)]
    for place in product(*places):
        yield written.entrywise(inner, place)


def _only(at: int) -> range:
    return range(at, at + 1)
