"""From text to every value and every gradient: the one call that the API, the command line and notebooks make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from app.engine.contributions import list_edges
from app.engine.forward import run_forward
from app.engine.groups import list_groups
from app.engine.health import find_remarks
from app.engine.inputs import choose_outputs, give_values
from app.engine.kept import read
from app.engine.notices import Notice, find_kinks, find_warnings
from app.engine.reverse import run_reverse
from app.engine.rules import rules_for
from app.errors import UserError
from app.graph.build import Graph
from app.graph.constants import mark_constants
from app.graph.expand import EVERYTHING, codes_to_open
from app.graph.expand import expand as expand_composites
from app.graph.labels import output_labels
from app.graph.model import Edge, Group, Node, Statement
from app.graph.recognise import recognise
from app.graph.share import share as share_nodes
from app.language.program import Program
from app.limits import DEFAULT_LIMITS, Limits
from app.operations import Conventions

_DEFAULT_CONVENTIONS = Conventions()
_DEFAULT_RULES = rules_for(_DEFAULT_CONVENTIONS)
_MOST_SHOWN = 6
"""Gradients in the one line that stands for a trace."""


def trace(
    source: str,
    *,
    values: Mapping[str, Any] | None = None,
    output: str | Sequence[str] | None = None,
    seed: float = 1.0,
    share: bool = False,
    expand: Collection[str] = (),
    conventions: Conventions = _DEFAULT_CONVENTIONS,
    limits: Limits = DEFAULT_LIMITS,
) -> Trace:
    """Reads the program, evaluates it and differentiates its output with respect to every node.

    values    of leaves, by name: numbers, or tensors as nested lists or arrays; they win over the program's own.
              Arrays of float64 are not copied: do not change them while the trace is in use
    output    name of the node to differentiate, or several; the first is differentiated
    seed      upstream gradient of the output
    share     merge equal sub-expressions
    expand    names of composites to open; "*" for all, and to find those that the program writes out; of tensors
              all or, where that is too large, none. Calls of the program's own functions are open in any case
    Raises UserError: kind "program" (spans), "value" (field paths), "limit".
    """
    program = read(source, limits)
    defaulted = give_values(program, values or {})
    if share:
        program = share_nodes(program)
    if program.has_tensors or any(function.body.has_tensors for function in program.functions.values()):
        from app.engine.tensors.trace import TensorTrace  # below, for it builds on this module

        if expand or program.calls:
            program = _opened_tensors(program, expand, limits)
        elif program.roles:
            mark_constants(program)
        outputs = choose_outputs(program, output)
        if EVERYTHING in expand:
            recognise(program, outputs, tensors=True)
        return TensorTrace(program, outputs, defaulted, seed, conventions, limits)
    if expand or program.calls:
        program = expand_composites(program, codes_to_open(expand, program.functions), limits)
    elif program.roles:
        mark_constants(program)
    outputs = choose_outputs(program, output)
    if EVERYTHING in expand:
        recognise(program, outputs)
    return Trace(program, outputs, defaulted, seed, conventions)


def _opened_tensors(program: Program, expand: Collection[str], limits: Limits) -> Program:
    """With everything open where that fits: a program that fits closed is not refused for what is inside its gates."""
    try:
        return expand_composites(program, codes_to_open(expand, program.functions), limits, tensors=True)
    except UserError as error:
        if EVERYTHING not in expand or error.kind != "limit":
            raise
        return expand_composites(program, (), limits, tensors=True)


class Trace:
    """The answer: values and gradients at once, in topological order; records when they are asked for.

    values        of every node             gradients   of every node; None for constants
    defaulted     names of leaves that got 1.0 because nothing gave them a value
    """

    _repr_mimebundle_: ClassVar[Callable[..., dict[str, str]] | None] = None
    """What a notebook asks for; `app` fills it in, for the engine knows nothing of tables and pictures."""

    def __init__(
        self, program: Program, outputs: tuple[int, ...], defaulted: tuple[str, ...], seed: float,
        conventions: Conventions,
    ) -> None:  # fmt: skip
        self.program = program
        self.output_nodes = outputs
        self.defaulted = defaulted
        self.seed = seed
        self.conventions = conventions
        self._rules = rules = _DEFAULT_RULES if conventions is _DEFAULT_CONVENTIONS else rules_for(conventions)
        self.values = values = run_forward(program)
        gradients: list[float | None] = run_reverse(program, values, outputs[0], seed, rules)  # type: ignore[assignment]
        for node in program.constants:
            gradients[node] = None
        for node in program.fixed:
            gradients[node] = None
        self.gradients = gradients

    def __repr__(self) -> str:
        """One line: the output, the size of the graph, and the first gradients."""
        label = self.nodes[self.output_nodes[0]].label
        found = [f"{name} {'–' if slope is None else f'{slope:g}'}" for name, slope in self.leaf_gradients().items()]
        rest = f", and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
        gradients = f"; gradients {', '.join(found[:_MOST_SHOWN])}{rest}" if found else ""
        nodes = f"{len(self.values)} {'node' if len(self.values) == 1 else 'nodes'}"
        return f"<Trace of {label} = {self.values[self.output_nodes[0]]:g}: {nodes}{gradients}>"

    @cached_property
    def graph(self) -> Graph:
        """The program as a graph, whose records are made when asked for."""
        return Graph(self.program, self.output_nodes)

    @property
    def nodes(self) -> list[Node]:
        """All nodes in topological order."""
        return self.graph.nodes

    @property
    def statements(self) -> list[Statement]:
        """How every statement was read, as LaTeX."""
        return self.graph.statements

    @property
    def output(self) -> str:
        """Id of the node that is differentiated."""
        return f"n{self.output_nodes[0]}"

    @property
    def outputs(self) -> tuple[str, ...]:
        """Ids of all outputs that were asked for."""
        return tuple(f"n{node}" for node in self.output_nodes)

    @cached_property
    def edges(self) -> list[Edge]:
        """All edges with what they carry, by target in topological order, then by operand."""
        return list_edges(self.program, self.values, self.gradients, self.output_nodes[0], self._rules)

    @cached_property
    def groups(self) -> list[Group]:
        """The composites and calls that stand open, outer ones before inner ones."""
        return list_groups(self.graph, self.values, self.gradients, self._rules)

    @cached_property
    def kinks(self) -> list[Notice]:
        """Gates whose value sits where the derivative is a matter of choice."""
        return find_kinks(self.graph, self.values, self._rules)

    @cached_property
    def remarks(self) -> list[Notice]:
        """Numeric health, told where it happens: saturated and off gates, vanished or exploded gradients."""
        return find_remarks(self.graph, self.values, self.gradients, self.edges, self.seed, self._rules)

    @cached_property
    def warnings(self) -> list[Notice]:
        """What is worth a word: doubtful products, the first value that is not finite, infinite local gradients."""
        return find_warnings(self.graph, self.values, self.edges, self.defaulted)

    def leaf_gradients(self) -> dict[str, float | None]:
        """Gradient of every named leaf, by name; None for a constant."""
        gradients = self.gradients
        return {name: gradients[node] for node, name in self.program.leaves.items()}

    def named_values(self) -> dict[str, float]:
        """Value of every named node, by name; an output without a name under its label."""
        named = {name: self.values[node] for name, node in self.program.names.items()}
        names = self.program.node_names()
        for node, label in output_labels(self.program, self.output_nodes, names).items():
            named[label] = self.values[node]
        return named
