"""The wrong-answer detective: which usual slip gives exactly the number that someone got."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice

from app.engine.trace import Trace
from app.explain.detective.flow import Flow
from app.explain.detective.printed import Printed, manner
from app.explain.detective.slips.gates import gate_slips
from app.explain.detective.slips.numbers import number_slips
from app.explain.detective.slips.paths import path_slips
from app.explain.detective.slips.record import Quantity, Slip
from app.explain.detective.slips.rounding import ROUNDINGS, SCOPES, Rounding, Roundings, Scope
from app.explain.detective.slips.stems import Stems
from app.explain.detective.slips.steps import early_slips, later_value_slips, leaf_step_slips
from app.explain.detective.slips.values import value_slips
from app.explain.detective.told import Diagnosis, Match, not_reached, weigh
from app.explain.detective.truth import Numbers, Step
from app.explain.detective.words import Phrase, name_of
from app.language.vocabulary import LEAF
from app.limits import DEFAULT_LIMITS, Limits

_RUNS_OF_A_SEARCH = 100


class Detective:
    """Diagnoses numbers of one trace; what several numbers share is computed once."""

    def __init__(self, trace: Trace, step: Step | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.trace, self.limits = trace, limits
        self.numbers = Numbers(trace, step)
        self.roundings = Roundings(trace)

    @cached_property
    def stems(self) -> Stems:
        """Which names are mistaken for each other."""
        return Stems(self.trace)

    @property
    def effort(self) -> int:
        """Gates that looking for slips runs, about: every way of rounding runs the program forward and back."""
        return _RUNS_OF_A_SEARCH * len(self.trace.program.ops)

    def diagnose(self, node: int, quantity: Quantity, printed: Printed, *, search: bool = True) -> Diagnosis:
        """What gives the printed number of this node; without `search` the verdict alone. `updated` needs a step."""
        if not search:
            return weigh(node, quantity, printed, self.numbers.of(quantity, node), (), (), lambda: None)
        slips = islice(self._slips(node, quantity), self.limits.max_slips)
        rounded = self._rounded(node, quantity, printed)
        return weigh(node, quantity, printed, self.numbers.of(quantity, node), slips, rounded, lambda: self._why(node))

    def _why(self, node: int) -> Phrase | None:
        if Flow(self.trace, node).members:
            return None
        return not_reached(name_of(self.trace, node), name_of(self.trace, self.trace.output_nodes[0]))

    def _slips(self, node: int, quantity: Quantity) -> Iterator[Slip]:
        if quantity == "value":
            return value_slips(self.trace, node, self.stems)
        if quantity == "gradient":
            return self._gradient_slips(node)
        if node in self.numbers.changed:
            return leaf_step_slips(self.numbers, node, self._gradient_slips(node))
        return chain(later_value_slips(self.numbers, node), value_slips(self.numbers.after, node, self.stems))

    def _gradient_slips(self, node: int) -> Iterator[Slip]:
        flow = Flow(self.trace, node)
        if not flow.members:
            return number_slips(flow)
        return chain(
            path_slips(flow), gate_slips(flow, self.stems), early_slips(flow, self.numbers), number_slips(flow)
        )

    def _rounded(self, node: int, quantity: Quantity, printed: Printed) -> Iterator[Slip]:
        """One slip for every way of rounding: at the steps with which it gives the printed digits, if there are."""
        for way in ROUNDINGS:
            found = [(scope, value) for scope, value in self._rounded_numbers(node, quantity, way)]
            scope, value = next((each for each in found if manner(printed, each[1]) is not None), found[-1])
            yield Slip("rounding", way.title(), f"{way.how.capitalize()} on the way.", way.says(scope), value)

    def _rounded_numbers(self, node: int, quantity: Quantity, way: Rounding) -> Iterator[tuple[Scope, float]]:
        roundings = self.roundings
        if quantity == "value":
            yield "values", roundings.values(way)[node]
            return
        for scope in SCOPES:
            gradients = roundings.gradients(way, scope)
            if quantity == "gradient":
                yield scope, gradients[node]
                continue
            assert self.numbers.step is not None, "nothing is updated without a step"
            rate = self.numbers.step.rate
            new = {
                leaf: self.trace.values[leaf] - rate * way.apply(gradients[leaf])
                for leaf in ([node] if self.trace.program.ops[node] == LEAF else self.numbers.changed)
            }
            if node in new:
                yield scope, new[node]
            else:
                leaves = {leaf: way.apply(value) for leaf, value in new.items()}
                yield scope, roundings.values(way, leaves)[node]


__all__ = ["Detective", "Diagnosis", "Match"]
