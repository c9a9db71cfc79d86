"""The detective for programs with tensors: one entry of a node, or all of its entries at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice

import numpy as np

from app.engine.entries import Index
from app.engine.tensors.trace import TensorTrace
from app.explain.detective.printed import Printed
from app.explain.detective.slips.record import Quantity, Slip
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.gradients import gradient_slips
from app.explain.detective.tensors.record import TensorSlip, entry_name
from app.explain.detective.tensors.rounding import TensorRoundings
from app.explain.detective.tensors.steps import TensorNumbers, early_slips, later_slips, leaf_step_slips
from app.explain.detective.tensors.typed import TypedTensor, fitted
from app.explain.detective.tensors.values import value_slips
from app.explain.detective.tensors.whole import TensorDiagnosis, other_shape, weigh_all
from app.explain.detective.told import Diagnosis, gives_digits, not_reached, weigh
from app.explain.detective.truth import Step
from app.explain.detective.words import Phrase, name_of, phrase
from app.limits import DEFAULT_LIMITS, Limits

_OTHERS = 200
_SHARE = 4
"""The search takes no more than this part of the steps that one product may take."""
_STEPS_OF_A_GATE = 2_000
_PASSES_OF_ROUNDING = 60
"""Passes over the program that all ways of rounding make."""


class TensorDetective:
    """Diagnoses numbers of one trace; what several numbers share is computed once.

    Slips are tried until they have taken a share of `max_flops` steps or there are `max_slips` of them; those that are
    nearest to the node come first.
    """

    def __init__(self, trace: TensorTrace, step: Step | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.trace, self.limits = trace, limits
        self.numbers = TensorNumbers(trace, step, limits)
        self.roundings = TensorRoundings(self.numbers, limits)

    @cached_property
    def cost(self) -> int:
        """Steps of one pass over the program, about."""
        return sum(
            TensorFlow(self.trace, self.trace.output_nodes[0]).cost(node) for node in range(len(self.trace.values))
        )

    @property
    def effort(self) -> int:
        """Gates that looking for slips runs, about, as the detective of numbers counts them."""
        return 2 * _PASSES_OF_ROUNDING * self.cost // _STEPS_OF_A_GATE

    def diagnose_entry(
        self, node: int, index: Index, quantity: Quantity, printed: Printed, *, search: bool = True
    ) -> Diagnosis:
        """What gives the printed number of one entry; of a number where the index is empty."""
        exact = float(self.numbers.of(quantity, node)[index])
        if not search:
            return weigh(node, quantity, printed, exact, (), (), lambda: None)
        slips = chain(self._entries(node, index, quantity), self._other_entries(node, index, quantity))
        rounded = self._rounded_entry(node, index, quantity, printed)
        return weigh(
            node, quantity, printed, exact, islice(slips, self.limits.max_slips), rounded, lambda: self._why(node)
        )  # fmt: skip

    def diagnose_all(
        self, node: int, quantity: Quantity, typed: TypedTensor, *, search: bool = True
    ) -> TensorDiagnosis:
        """What gives the printed numbers of all entries."""
        exact = self.numbers.of(quantity, node)
        slips = islice(self._slips(node, quantity), self.limits.max_slips if search else 0)
        fit = fitted(typed, exact.shape)
        if fit is None:
            return other_shape(self.trace, node, quantity, typed, exact, slips)
        rounded = (slip for ways in self._rounded(node, quantity) for slip in ways) if search else iter(())
        return weigh_all(self.trace, node, quantity, fit, exact, slips, rounded)

    def _why(self, node: int) -> Phrase | None:
        if TensorFlow(self.trace, node).members:
            return None
        return not_reached(name_of(self.trace, node), name_of(self.trace, self.trace.output_nodes[0]))

    def _entries(self, node: int, index: Index, quantity: Quantity) -> Iterator[Slip]:
        found = (slip.at(index) for slip in self._slips(node, quantity))
        return (slip for slip in found if slip is not None)

    def _slips(self, node: int, quantity: Quantity) -> Iterator[TensorSlip]:
        if quantity == "gradient":
            return self._gradient_slips(node)
        if quantity == "value":
            return islice(value_slips(self.trace, node, self.limits), self._runs)
        if node in self.numbers.changed:
            return leaf_step_slips(self.numbers, node, self._gradient_slips(node))
        if self._runs < 3:
            return iter(())
        return chain(
            later_slips(self.numbers, node), islice(value_slips(self.numbers.after, node, self.limits), self._runs)
        )  # fmt: skip

    @property
    def _runs(self) -> int:
        """How often the program may be run."""
        return self.limits.max_flops // _SHARE // self.cost

    def _gradient_slips(self, node: int) -> Iterator[TensorSlip]:
        flow = TensorFlow(self.trace, node)
        for slip in gradient_slips(flow):
            yield slip
            if flow.spent > self.limits.max_flops // _SHARE:
                return
        if flow.members and self._runs >= 3:
            yield from early_slips(flow, self.numbers)

    def _other_entries(self, node: int, index: Index, quantity: Quantity) -> Iterator[Slip]:
        """The numbers of other entries of the same node, those of the same row and column first."""
        array, name = self.numbers.of(quantity, node), self.trace
        places = sorted(
            (place for place in islice(np.ndindex(array.shape), _OTHERS * _OTHERS) if place != index),
            key=lambda place: sum(one != other for one, other in zip(place, index, strict=True)),
        )
        what = {"value": "value", "gradient": "gradient", "updated": "new value"}[quantity]
        for place in places[:_OTHERS]:
            if array[place] != 0.0:
                other = entry_name(name, node, place)
                yield Slip(
                    "order", phrase("{what} of {other}", what=what.capitalize(), other=other), "That is another entry.",
                    phrase("That is the {what} of {other}.", what=what, other=other), float(array[place]), node=node,
                )  # fmt: skip

    def _rounded(self, node: int, quantity: Quantity) -> Iterator[list[TensorSlip]]:
        if self._runs < _PASSES_OF_ROUNDING:
            return iter(())
        return self.roundings.slips(node, quantity)

    def _rounded_entry(self, node: int, index: Index, quantity: Quantity, printed: Printed) -> Iterator[Slip]:
        for ways in self._rounded(node, quantity):
            found = [slip for way in ways if (slip := way.at(index)) is not None]
            if found:
                fits = (slip for slip in found if gives_digits(printed, slip.value) is not None)
                yield next(fits, found[-1])
