"""A worked example with tensors, checked line by line: numbers, entries, and whole tensors."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from app.engine.entries import check_entry, split_entry
from app.engine.tensors.trace import TensorTrace
from app.errors import Problem, UserError
from app.explain.detective.printed import Printed
from app.explain.detective.slips.record import Quantity
from app.explain.detective.tensors.diagnose import TensorDetective
from app.explain.detective.tensors.record import Array
from app.explain.detective.tensors.typed import TypedTensor, fitted
from app.explain.detective.tensors.whole import TensorDiagnosis
from app.explain.detective.told import Diagnosis, gives_digits
from app.explain.detective.words import Phrase, listed, name_of, phrase
from app.explain.detective.worked import Checker, Placed, Row
from app.explain.detective.worked_lines import Figure, Unread
from app.language.folding import fold_tensors
from app.operations.shapes import ShapeError, shape_text

_SHOWN = 8


class TensorChecker(Checker):
    """What the lines of one example with tensors share."""

    trace: TensorTrace

    @cached_property
    def typed(self) -> dict[tuple[Quantity, int], Array]:
        """Our numbers with the printed ones in their places, of every node of which something is printed."""
        found: dict[tuple[Quantity, int], Array] = {}
        for place in self.places:
            if isinstance(place, Unread) or place[2] != self.output:
                continue
            figure, node, _ = place
            key = (figure.quantity, node)
            ours = found.get(key, self._tensors(self.output).numbers.of(figure.quantity, node).copy())
            if isinstance(figure.printed, Printed):
                ours[figure.index or ()] = figure.printed.value
            elif (fit := fitted(figure.printed, ours.shape)) is not None:
                ours = fit.values.copy()
            found[key] = ours
        return found

    def _place(self, figure: Figure) -> Placed | Unread:
        name, index = split_entry(figure.name)
        if index is not None and self._find(figure.name) is None:
            whole, _ = split_entry(figure.whole)
            figure = figure.named(name, whole, index)
        placed = super()._place(figure)
        if isinstance(placed, Unread):
            return placed
        figure, node, output = placed
        shape, label = np.shape(self.trace.values[node]), self.trace.graph.labels[node]
        try:
            if figure.index is not None:
                figure = figure.named(figure.name, figure.whole, check_entry(shape, figure.index, label, "lines"))
        except UserError as error:
            problem = error.problems[0]
            return Unread(figure.text, figure.span, Problem("entry", problem.message, problem.hint, span=figure.span))
        is_number = isinstance(figure.printed, Printed)
        if (figure.index is not None or not shape) != is_number:
            what = "one entry" if figure.index is not None else shape_text(shape)
            message = f"`{label}` is {what}, and {'this is one number' if is_number else 'these are several numbers'}."
            return Unread(figure.text, figure.span, Problem("entry", message, span=figure.span))
        return figure, node, output

    def _tensors(self, output: int) -> TensorDetective:
        if output not in self.tensors:
            trace = self.trace
            if output != self.output:
                trace = TensorTrace(
                    trace.program, (output,), trace.defaulted, 1.0, trace.conventions, self.limits
                )  # fmt: skip
            self.tensors[output] = TensorDetective(trace, self.step, self.limits)
        return self.tensors[output]

    @cached_property
    def tensors(self) -> dict[int, TensorDetective]:
        """A detective for each node that is differentiated."""
        return {}

    def _row(self, figure: Figure, node: int, output: int) -> Row:
        detective = self._tensors(output)
        search = self.left >= detective.effort
        diagnosis: Diagnosis | TensorDiagnosis
        if isinstance(figure.printed, TypedTensor):
            diagnosis = detective.diagnose_all(node, figure.quantity, figure.printed, search=search)
        else:
            index = figure.index or ()
            diagnosis = detective.diagnose_entry(node, index, figure.quantity, figure.printed, search=search)
        if diagnosis.tried_count:
            self.left -= detective.effort
        follows = None
        if diagnosis.verdict in ("wrong", "rounded-on-the-way") and output == self.output:
            follows = self._follows(figure, node)
        return Row(figure, diagnosis, output, follows)

    def _follows(self, figure: Figure, node: int) -> Phrase | None:
        numbers = self._tensors(self.output).numbers
        if figure.quantity == "value":
            return self._from_tensors(figure, node, self.trace)
        if figure.quantity == "updated" and self.step is not None:
            if node not in numbers.changed:
                return self._from_tensors(figure, node, numbers.after)
            gradient = self.typed.get(("gradient", node))
            if gradient is not None:
                with np.errstate(all="ignore"):
                    new = numbers.of("value", node) - self.step.rate * gradient
                if self._is_given(figure, new):
                    return phrase("It follows from the printed gradient.")
        return None

    def _is_given(self, figure: Figure, array: Array) -> bool:
        """Whether these numbers give the printed digits."""
        if isinstance(figure.printed, Printed):
            return gives_digits(figure.printed, float(array[figure.index or ()])) is not None
        fit = fitted(figure.printed, array.shape)
        return fit is not None and all(
            gives_digits(cell, float(one)) is not None for cell, one in zip(fit.cells, np.ravel(array), strict=True)
        )

    def _from_tensors(self, figure: Figure, node: int, trace: TensorTrace) -> Phrase | None:
        """The program from the printed numbers of the same kind that lie nearest below the node."""
        program, values = self.trace.program, trace.values
        new: dict[int, Any] = {}
        used: list[int] = []
        needed, order = {node}, []
        for gate in range(node, -1, -1):
            if gate not in needed:
                continue
            if gate != node and (figure.quantity, gate) in self.typed:
                new[gate] = self.typed[figure.quantity, gate]
                if not np.allclose(new[gate], np.asarray(values[gate]), rtol=1e-12, atol=0.0, equal_nan=True):
                    used.append(gate)
            elif program.operation(gate) is not None:
                order.append(gate)
                needed.update(program.operands(gate))
        if not used:
            return None
        try:
            for gate in reversed(order):
                operation = program.operation(gate)
                assert operation is not None
                numbers = [new.get(operand, values[operand]) for operand in program.operands(gate)]
                new[gate] = fold_tensors(operation, numbers, program.attributes(gate), self.limits)
        except ShapeError:
            return None
        if node not in new or not self._is_given(figure, np.asarray(new[node], dtype=np.float64)):
            return None
        names = listed([phrase("{name}", name=name_of(self.trace, each)) for each in sorted(used)[:_SHOWN]])
        return phrase("It follows from the printed {names}.", names=names)
