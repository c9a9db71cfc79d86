"""Checks the printed numbers of a worked example, each against ours, with the reason where one is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.errors import Problem, UserError, quoted
from app.explain.detective.diagnose import Detective
from app.explain.detective.printed import Printed, is_near, manner
from app.explain.detective.slips.record import Quantity
from app.explain.detective.tensors.whole import TensorDiagnosis
from app.explain.detective.told import Diagnosis
from app.explain.detective.truth import Step
from app.explain.detective.words import Phrase, listed, name_of, phrase
from app.explain.detective.worked_lines import Figure, Unread, WorkedLines, read_lines
from app.language.folding import evaluate
from app.language.suggest import nearest
from app.language.text import canonical_name
from app.limits import DEFAULT_LIMITS, Limits, setting_name

_SHOWN = 8
_CLOSE = str.maketrans("", "", "_{}\\ ")


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its verdict.

    follows   where it does not give our number: it comes from the printed numbers of earlier lines, as a reader
              computes on with what stands there; None where it does not, or where it is right
    """

    figure: Figure
    diagnosis: Diagnosis | TensorDiagnosis
    output: int
    follows: Phrase | None


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked example, checked: every line in its order, how many have which verdict, and the learning rate."""

    rows: tuple[Row | Unread, ...]
    counts: Mapping[str, int]
    rate: float | None


def check_worked(
    trace: Trace, text: str, rate: float | None = None, updates: Sequence[int] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Worked:  # fmt: skip
    """The verdict on every line of `text`; `updates` are the leaves that a step changes, by default every parameter.

    Raises UserError: kind "value" for a text without numbers, "limit" for too many.
    """
    read = read_lines(text, limits)
    if not read.lines:
        hint = "Write one number a line, as in `h_a = 0.5868` or `dE/dw1 = -0.0010`."
        raise UserError([Problem("no-lines", "There are no numbers to check.", hint, field="lines")], "value")
    if len(read.lines) > limits.max_figures:
        message = f"A worked example has at most {limits.max_figures:,} numbers; this one has {len(read.lines):,}."
        hint = f"The setting {setting_name('max_figures')} allows more."
        raise UserError([Problem("too-many-figures", message, hint, field="lines")], "limit")
    given = rate if read.rate is None else read.rate
    if isinstance(trace, TensorTrace):
        from app.explain.detective.tensors.worked import TensorChecker  # below, for it builds on this module

        return TensorChecker(trace, read, given, updates, limits).check()
    return Checker(trace, read, given, updates, limits).check()


Placed = tuple[Figure, int, int]
"""A number with its node, and the node that is differentiated."""


class Checker:
    """What the lines of one example share."""

    def __init__(
        self, trace: Trace, read: WorkedLines, rate: float | None, updates: Sequence[int] | None, limits: Limits
    ) -> None:
        self.trace, self.read, self.rate, self.limits = trace, read, rate, limits
        self.step = None if rate is None else Step(rate, None if updates is None else tuple(updates))
        self.detectives: dict[int, Detective] = {}
        self.left = limits.max_gate_runs

    def check(self) -> Worked:
        """Every row. All names are found first, since a number may follow from a printed one in any line."""
        rows = tuple(place if isinstance(place, Unread) else self._row(*place) for place in self.places)
        counts = Counter("unread" if isinstance(row, Unread) else row.diagnosis.verdict for row in rows)
        return Worked(rows, dict(counts), self.rate)

    @cached_property
    def places(self) -> list[Placed | Unread]:
        """The lines, each with its node and the node that is differentiated."""
        return [self._place(line) if isinstance(line, Figure) else line for line in self.read.lines]

    @cached_property
    def printed(self) -> dict[tuple[Quantity, int], float]:
        """What is printed of each node; the first number of several."""
        found: dict[tuple[Quantity, int], float] = {}
        for place in self.places:
            if not isinstance(place, Unread):
                figure, node, output = place
                if output == self.output:
                    found.setdefault((figure.quantity, node), figure.number.value)
        return found

    @property
    def output(self) -> int:
        """The node that the trace differentiates."""
        return self.trace.output_nodes[0]

    def _place(self, figure: Figure) -> Placed | Unread:
        """The figure with its node, and the node that is differentiated; or what is wrong with its name."""
        whole = self._find(figure.whole)
        if whole is not None and not self.trace.program.is_constant(whole):
            figure = replace(figure, quantity="value", name=figure.whole, of=None)
        node = self._find(figure.name)
        if node is None:
            return self._unknown(figure, figure.name)
        output = self.output
        if figure.of is not None:
            of = self._find(figure.of)
            if of is None:
                return self._unknown(figure, figure.of)
            output = of
        if not isinstance(self.trace, TensorTrace) and not isinstance(figure.printed, Printed):
            message = f"{quoted(figure.name)} is a number, and these are several."
            return Unread(figure.text, figure.span, Problem("not-a-number", message, span=figure.span))
        if figure.quantity == "gradient" and self.trace.program.is_fixed(node):
            message = f"{quoted(figure.name)} is a constant: nothing is differentiated by it."
            return Unread(figure.text, figure.span, Problem("constant", message, span=figure.span))
        if figure.quantity == "updated" and self.step is None:
            hint = "Add a line such as `eta = 0.7`."
            message = "A new value needs a learning rate."
            return Unread(figure.text, figure.span, Problem("no-rate", message, hint, span=figure.span))
        return figure, node, output

    def _unknown(self, figure: Figure, name: str) -> Unread:
        near = nearest(name, self._known) or self._loose.get(name.translate(_CLOSE).lower())
        names = list(self._known)
        hint = f"The nearest name is {quoted(near)}." if near else None
        if hint is None and names:
            hint = f"Names are {', '.join(quoted(each) for each in names[:_SHOWN])}{' …' if names[_SHOWN:] else ''}."
        problem = Problem("unknown-name", f"The program has no {quoted(name)}.", hint, span=figure.span)
        return Unread(figure.text, figure.span, problem)

    def _find(self, name: str) -> int | None:
        """The node of this name; `za`, `z_a` and `z_{a}` are one where the program has only one of them."""
        known = self._known
        found = known.get(name, known.get(canonical_name(name)))
        if found is None:
            close = self._loose.get(name.translate(_CLOSE).lower())
            found = known[close] if close is not None else None
        return found

    @cached_property
    def _known(self) -> dict[str, int]:
        program, labels = self.trace.program, self.trace.graph.labels
        known = dict(program.names)
        for node in range(len(program.ops)):
            if not program.is_constant(node):
                known.setdefault(labels[node], node)
        return known

    @cached_property
    def _loose(self) -> dict[str, str]:
        """Names without marks and case -> the name, where only one comes down to it."""
        counts = Counter(name.translate(_CLOSE).lower() for name in self._known)
        return {
            close: name for name in self._known if counts[close := name.translate(_CLOSE).lower()] == 1
        }  # fmt: skip

    def _detective(self, output: int) -> Detective:
        if output not in self.detectives:
            trace = self.trace
            if output != self.output:
                trace = Trace(trace.program, (output,), trace.defaulted, 1.0, trace.conventions)
            self.detectives[output] = Detective(trace, self.step, self.limits)
        return self.detectives[output]

    def _row(self, figure: Figure, node: int, output: int) -> Row:
        detective = self._detective(output)
        search = self.left >= detective.effort
        diagnosis = detective.diagnose(node, figure.quantity, figure.number, search=search)
        if diagnosis.tried_count:
            self.left -= detective.effort
        follows = None
        if diagnosis.verdict in ("wrong", "rounded-on-the-way") and output == self.output:
            follows = self._follows(figure, node)
        return Row(figure, diagnosis, output, follows)

    def _follows(self, figure: Figure, node: int) -> Phrase | None:
        """Whether the number comes from printed numbers of other lines, computed on with."""
        numbers = self._detective(self.output).numbers
        if figure.quantity == "value":
            return self._from_values(figure, node, self.trace.values)
        if figure.quantity == "updated" and self.step is not None:
            if node not in numbers.changed:
                return self._from_values(figure, node, numbers.after.values)
            gradient = self.printed.get(("gradient", node))
            if gradient is not None and manner(figure.number, self.trace.values[node] - self.step.rate * gradient):
                return phrase("It follows from the printed gradient.")
        return None

    def _from_values(self, figure: Figure, node: int, values: Sequence[float]) -> Phrase | None:
        """The program from the printed numbers of the same kind that lie nearest below the node."""
        program, kind = self.trace.program, figure.quantity
        new: dict[int, float] = {}
        used: list[int] = []
        needed = {node}
        order: list[int] = []
        for gate in range(node, -1, -1):
            if gate in needed:
                if gate != node and (kind, gate) in self.printed:
                    new[gate] = self.printed[kind, gate]
                    if not is_near(new[gate], values[gate]):
                        used.append(gate)
                elif program.operation(gate) is not None:
                    order.append(gate)
                    needed.update(program.operands(gate))
        if not used:
            return None
        for gate in reversed(order):
            operation = program.operation(gate)
            assert operation is not None
            numbers = [new.get(operand, values[operand]) for operand in program.operands(gate)]
            new[gate] = evaluate(operation, numbers, program.attributes(gate))
        if not manner(figure.number, new.get(node, values[node])):
            return None
        names = listed([phrase("{name}", name=name_of(self.trace, each)) for each in sorted(used)[:_SHOWN]])
        return phrase("It follows from the printed {names}.", names=names)
