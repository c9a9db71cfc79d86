"""The worked solution of a program with tensors: the same parts as for numbers, with rules in the place of factors.

Every step's gradient is computed once, by a rule in the gradient of the step above it: a product of matrices, or entry
by entry. No Jacobian is written down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from app.engine.choice import choose_node
from app.engine.entries import Index, check_entry, entry_label, entry_latex, split_entry
from app.engine.tensors.trace import TensorTrace
from app.explain.chain_blocks import gradient_key
from app.explain.chains import Chain, Plan, count_paths
from app.explain.digits import LEAST_DIGITS, MOST_DIGITS, print_whole
from app.explain.figures import Equation
from app.explain.forward_table import value_key
from app.explain.printed_tensors import is_printable, print_value, print_value_whole
from app.explain.records import Derivation, Given, NodeName, Update
from app.explain.remarks import digits_sentence, find_notes
from app.explain.steps import Step
from app.explain.tensors.algebra import block_algebra
from app.explain.tensors.blocks import BlockWriter
from app.explain.tensors.entry import entry_block
from app.explain.tensors.figures import TensorFigures
from app.explain.tensors.rows import RowWriter
from app.explain.tensors.steps import TensorSteps
from app.explain.tensors.words import size_sentences
from app.limits import Limits


def derive_tensors(
    trace: TensorTrace, leaf: str | None, rate: float | None, parameters: Collection[str], limits: Limits
) -> Derivation:
    """The worked solution for the first output; `leaf` may be one entry, `W1[0, 1]`. Raises UserError "value"."""
    return _Solution(trace, leaf, rate, parameters, limits).write()


class _Solution:
    """One solution while it is put together: what is listed, then the digits, then the texts."""

    def __init__(
        self, trace: TensorTrace, leaf: str | None, rate: float | None, parameters: Collection[str], limits: Limits
    ) -> None:
        self.trace, self.rate = trace, rate
        self.most = limits.max_derivation_steps
        self.output = trace.output_nodes[0]
        latex = trace.graph.latex(self.output)
        self.asked, self.entry = self._chosen(leaf)
        self.steps = TensorSteps(trace, rf"\textstyle\sum {latex}" if np.ndim(trace.values[self.output]) else latex)
        self.plan = self._planned()
        self.figures = TensorFigures()
        self.rows = RowWriter(trace, self.steps, self.figures)
        self.listed = self._listed_rows()
        self.blocks = self._listed_blocks()
        self.writer = BlockWriter(trace, self.steps, self.plan, self.figures, self.blocks)
        self.updated = self._updated(parameters) if rate is not None else []
        self.reused = Counter(user for node in self.blocks for user in self.plan.users[node])

    def write(self) -> Derivation:
        """The record."""
        trace, plan, steps = self.trace, self.plan, self.steps
        self._settle()
        asked, output = self.asked, self.output
        unused = steps.unused if asked is None else [asked] if asked not in plan.users and asked != output else []
        order = [step.node for step in steps.steps]
        algebra = dict(block_algebra(self.writer)) if trace.seed == 1 else {}
        written = {node: self.writer.block(node, self.reused[node]) for node in self.blocks}
        blocks = [replace(block, lines=algebra.get(node, ())) for node, block in written.items()]
        if self.entry is not None and asked in plan.users:
            assert asked is not None
            blocks.append(entry_block(self.writer, asked, self.entry))
        return Derivation(
            output=self._name(output),
            leaf=None if asked is None else self._name(asked, self.entry or ()),
            given=self._given(),
            rows=tuple(self.rows.row(step, plan.on_path) for step in self.listed),
            locals=tuple(self.writer.locals()),
            blocks=tuple(blocks),
            updates=tuple(map(self._update, self.updated)),
            rate=None if self.rate is None else print_whole(self.rate),
            independent=tuple(self._name(node) for node in unused if not trace.program.is_fixed(node)),
            paths=None if asked is None else count_paths(plan, asked, output, order),
            notes=self._notes(),
            digits_note=self._digits_note(),
            leaves=len(steps.leaves) + len(steps.unused) + len(steps.constants),
            steps=len(steps.steps),
            blocks_total=len(plan.blocks),
        )

    def _chosen(self, leaf: str | None) -> tuple[int | None, Index | None]:
        """The node that is asked for, and which entry of it."""
        if leaf is None:
            return None, None
        graph = self.trace.graph
        name, index = split_entry(leaf)
        if index is None or leaf in graph.labels.values():
            return choose_node(graph, leaf, "leaf"), None
        node = choose_node(graph, name, "leaf")
        return node, check_entry(np.shape(self.trace.values[node]), index, graph.labels[node], "leaf")

    def _name(self, node: int, index: Index = ()) -> NodeName:
        label, latex = self.steps.names[node], self.steps.latex[self.steps.names[node]]
        return NodeName(f"n{node}", entry_label(label, index), entry_latex(latex, index))

    def _planned(self) -> Plan:
        """The order of the gradients: users first, a leaf right behind the first step that reads it."""
        program, steps, output = self.trace.program, self.steps, self.output
        on_path = frozenset(steps.members) if self.asked is None else self._reached_from(self.asked)
        users: dict[int, list[int]] = {}
        for step in steps.steps:
            for operand in step.operands:
                if operand in on_path and step.node in on_path and (operand, step.node) in steps.flows:
                    users.setdefault(operand, []).append(step.node)
        order = {node: (node if program.operands(node) else users[node][0] - 0.5) for node in users if node != output}
        blocks = tuple(sorted(order, key=lambda node: (-order[node], node)))
        chains = {
            node: tuple(Chain(None if steps.g_of(user) is None else user, ((node, user),)) for user in users[node])
            for node in blocks
        }
        return Plan(blocks, chains, users, on_path)

    def _reached_from(self, asked: int) -> frozenset[int]:
        reached = {asked}
        for step in self.steps.steps:
            if not reached.isdisjoint(step.operands):
                reached.add(step.node)
        return frozenset(reached)

    def _listed_rows(self) -> list[Step]:
        """All steps, or of a long program the first; those on the path before any other."""
        steps = self.steps.steps
        if len(steps) <= self.most:
            return list(steps)
        chosen = sorted(steps, key=lambda step: step.node not in self.plan.on_path)[: self.most]
        return sorted(chosen, key=lambda step: step.node)

    def _listed_blocks(self) -> list[int]:
        """All blocks, or of a long program the first; the one that was asked for in any case."""
        blocks = self.plan.blocks
        return list(blocks) if len(blocks) <= self.most else [*blocks[: self.most - 1], blocks[-1]]

    def _updated(self, parameters: Collection[str]) -> list[int]:
        graph, program = self.trace.graph, self.trace.program
        leaves = [self.asked] if self.asked is not None else self.steps.leaves
        chosen = [
            node
            for node in leaves
            if program.is_leaf(node)
            and (program.leaves[node] in parameters if parameters else graph.kind(node) == "parameter")
        ]
        return [node for node in chosen if node in self.blocks]

    def _settle(self) -> None:
        """Chooses the digits of everything, from the end of the solution to its beginning."""
        equations = [self._update_equation(node) for node in self.updated]
        equations = [one for one in equations if one is not None]
        equations += self.writer.equations()
        equations += [one for step in reversed(self.listed) if (one := self.rows.equation(step)) is not None]
        trace, figures = self.trace, self.figures
        for step in self.steps.steps:
            figures.know(value_key(step.node), trace.values[step.node])
        for node in (*self.steps.leaves, *self.steps.unused, *self.steps.constants):
            figures.know(value_key(node), trace.values[node])
        users = (user for node in self.blocks for user in self.plan.users[node])
        for node in dict.fromkeys((*self.blocks, *users)):
            figures.know(gradient_key(node), trace.gradients[node])
        figures.settle([one for one in equations if one is not None])

    def _update_equation(self, node: int) -> Equation | None:
        """The new value has as many decimals as the gradient, so that a small step shows."""
        rate, trace = self.rate or 0.0, self.trace
        old, gradient = trace.values[node], trace.gradients[node]
        shown = print_value(gradient)
        texts = [one.text for one in getattr(shown, "entries", (shown,))]
        decimals = max((len(text.split("·")[0].partition(".")[2]) for text in texts), default=LEAST_DIGITS)
        self.figures.know(("new", node, -1), old - rate * gradient, min(MOST_DIGITS, max(LEAST_DIGITS, decimals)))
        if not is_printable(np.shape(old)):
            return None
        keys = (value_key(node), gradient_key(node))
        return Equation(("new", node, -1), keys, lambda numbers: numbers[0] - rate * numbers[1])

    def _given(self) -> tuple[Given, ...]:
        trace, graph, steps = self.trace, self.trace.graph, self.steps
        leaves, defaulted = (*steps.leaves, *steps.unused, *steps.constants), set(trace.defaulted)
        listed = sorted(leaves, key=lambda node: node not in self.plan.on_path)[: self.most]
        return tuple(
            Given(
                id=f"n{node}",
                label=steps.names[node],
                latex=steps.latex[steps.names[node]],
                role=graph.kind(node),
                value=print_value_whole(trace.values[node]),
                defaulted=graph.labels[node] in defaulted,
                on_path=node in self.plan.on_path,
                span=graph.span(node),
            )
            for node in sorted(listed)
        )

    def _update(self, node: int) -> Update:
        figures, key = self.figures, ("new", node, -1)
        name = self._name(node)
        return Update(
            id=name.id,
            label=name.label,
            latex=name.latex,
            old=figures.shown_in(value_key(node), key),
            gradient=figures.shown_in(gradient_key(node), key),
            new=figures.shown(key),
            relation="=" if figures.holds(key) else "≈",
        )

    def _digits_note(self) -> str | None:
        names = {gradient_key(node): self.steps.gradient_latex(node) for node in self.blocks}
        return digits_sentence(self.figures, list(names), names)

    def _notes(self) -> tuple[str, ...]:
        trace, steps = self.trace, self.steps
        notes = list(find_notes(trace, [gate for step in steps.steps for gate in step.gates]))
        notes += [notice.message for notice in trace.warnings if notice.code == "tensor-output"]
        notes += size_sentences(trace, steps, [*self.plan.on_path, *self.blocks])
        return tuple(dict.fromkeys(notes))
