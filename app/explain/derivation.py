"""The worked solution of a program: given, forward pass, local derivatives, chain rule, update."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from app.engine.choice import choose_node
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.explain.chain_blocks import (
    MOST_TERMS,
    LocalWriter,
    block_equations,
    gradient_key,
    term_key,
    write_block,
)
from app.explain.chains import Plan, count_paths, plan_chains
from app.explain.closed_forms import ClosedForms, algebra_lines
from app.explain.digits import LEAST_DIGITS, MOST_DIGITS, print_number, print_whole
from app.explain.figures import Equation, Figures, Key
from app.explain.forward_table import row_equation, value_key, write_rows
from app.explain.locals import LocalDerivative, taken_constants
from app.explain.printing import Formula
from app.explain.records import AlgebraLine, Block, Derivation, Given, NodeName, Update
from app.explain.remarks import digits_sentence, find_notes
from app.explain.steps import Step, Steps, find_steps
from app.explain.tensors.solution import derive_tensors
from app.limits import DEFAULT_LIMITS, Limits

MOST_FACTORS_A_BLOCK = 2
"""Factors of all blocks together, for each block that may be listed: those of a backward pass."""


def derive(
    trace: Trace,
    leaf: str | None = None,
    *,
    learning_rate: float | None = None,
    parameters: Collection[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Derivation:
    """The worked solution for the trace's first output.

    leaf            name or label of the leaf (or any other node) that is asked for, or an entry of a tensor such as
                    `W1[0, 1]`; None for every leaf
    learning_rate   also the step of gradient descent that it gives
    parameters      names of the leaves that take that step; every parameter of the program unless given
    Raises UserError "value" for a node that the program does not have, or that nothing is differentiated by.
    """
    if isinstance(trace, TensorTrace):
        return derive_tensors(trace, leaf, learning_rate, parameters, limits)
    return _Solution(trace, leaf, learning_rate, parameters, limits).write()


class _Solution:
    """One solution while it is put together: what is listed, then the digits, then the texts."""

    def __init__(
        self, trace: Trace, leaf: str | None, rate: float | None, parameters: Collection[str], limits: Limits
    ) -> None:
        self.trace = trace
        self.most = limits.max_derivation_steps
        self.steps: Steps = find_steps(trace)
        self.asked = None if leaf is None else choose_node(trace.graph, leaf, "leaf")
        self.plan: Plan = plan_chains(trace, self.steps, self.asked)
        self.figures = Figures()
        self.writer = LocalWriter(trace, self.plan, taken_constants(trace))
        self.rate = rate
        self.step_of = {step.node: step for step in self.steps.steps}
        self.rows = self._listed_rows()
        self.blocks = self._listed_blocks()
        self.reused = Counter(
            above for node in self.blocks for above in {chain.above for chain in self.plan.chains[node]}
        )
        self.locals = self._listed_locals()
        self.updated = self._updated(parameters) if rate is not None else []

    def write(self) -> Derivation:
        """The record."""
        trace, plan = self.trace, self.plan
        self._settle()
        output, asked = trace.output_nodes[0], self.asked
        written = tuple(self.writer.write(one, self.figures) for one in self.locals)
        algebra = self._algebra()
        unused = self.steps.unused if asked is None else [asked] if asked not in plan.users and asked != output else []
        paths = None if asked is None else count_paths(plan, asked, output, [step.node for step in self.steps.steps])
        return Derivation(
            output=self._name(output),
            leaf=None if asked is None else self._name(asked),
            given=self._given(),
            rows=write_rows(trace, self.rows, self.steps.members, self.figures, plan.on_path),
            locals=written,
            blocks=tuple(replace(self._block(node), lines=algebra.get(node, ())) for node in self.blocks),
            updates=tuple(self._update(node) for node in self.updated),
            rate=None if self.rate is None else print_whole(self.rate),
            independent=tuple(self._name(node) for node in unused if not trace.program.is_fixed(node)),
            paths=paths,
            notes=find_notes(trace, [gate for step in self.steps.steps for gate in step.gates]),
            digits_note=digits_sentence(self.figures, self._shown_results()),
            leaves=len(self.steps.leaves) + len(self.steps.unused),
            steps=len(self.steps.steps),
            blocks_total=len(plan.blocks),
        )

    def _name(self, node: int) -> NodeName:
        graph = self.trace.graph
        return NodeName(f"n{node}", graph.labels[node], graph.latex(node))

    def _listed_rows(self) -> list[Step]:
        """All steps, or of a long program the first; those on the path before any other."""
        steps = self.steps.steps
        if len(steps) <= self.most:
            return list(steps)
        chosen = sorted(steps, key=lambda step: step.node not in self.plan.on_path)[: self.most]
        return sorted(chosen, key=lambda step: step.node)

    def _listed_blocks(self) -> list[int]:
        """All blocks, or of a long program the first; the one that was asked for in any case."""
        blocks, factors = self.plan.blocks, 0
        chosen: list[int] = []
        for node in blocks[:-1]:
            factors += sum(len(chain.edges) for chain in self.plan.chains[node][:MOST_TERMS])
            if len(chosen) == self.most - 1 or factors > MOST_FACTORS_A_BLOCK * self.most:
                break
            chosen.append(node)
        return [*chosen, *blocks[-1:]]

    def _listed_locals(self) -> list[LocalDerivative]:
        """The derivatives that stand as factors in listed blocks, from the output's side."""
        wanted: dict[int, set[int]] = {}
        for node in self.blocks:
            for chain in self.plan.chains[node][:MOST_TERMS]:
                for source, target in chain.edges:
                    wanted.setdefault(target, set()).add(source)
        found = []
        for target in sorted(wanted, reverse=True):
            locals_here = self.steps.locals_of(self.step_of[target])
            found += [one for one in locals_here if one.source in wanted[target]]
        return found

    def _updated(self, parameters: Collection[str]) -> list[int]:
        graph, program = self.trace.graph, self.trace.program
        leaves = [self.asked] if self.asked is not None else self.steps.leaves
        chosen = [
            node
            for node in leaves
            if program.is_leaf(node)
            and (program.leaves[node] in parameters if parameters else graph.kind(node) == "parameter")
        ]
        return [node for node in chosen if node in self.plan.chains and node in self.blocks]

    def _settle(self) -> None:
        """Chooses the digits of every number, from the end of the solution to its beginning."""
        trace, figures = self.trace, self.figures
        for one in self.locals:
            figures.know(self.writer.learn(one), one.value)
        value_of = {(one.source, one.target): one.value for one in self.locals}
        equations: list[Equation] = []
        for node in self.updated:
            equations.append(self._update_equation(node))
        for node in reversed(self.blocks):
            chains = self.plan.chains[node][:MOST_TERMS]
            for index, chain in enumerate(chains):
                size = 1.0 if chain.above is None else trace.gradients[chain.above] or 0.0
                for edge in chain.edges:
                    size *= value_of[edge]
                figures.know(term_key(node, index), size)
            found = block_equations(node, chains, self.writer)
            equations += found[1:] if len(self.plan.chains[node]) > MOST_TERMS else found
        equations += [self.writer.equation(one) for one in reversed(self.locals) if not self.writer.is_name(one)]
        equations += [row_equation(trace, step) for step in reversed(self.rows)]
        used = {key for one in equations for key in (one.result, *one.operands)}
        for kind, node, other in used | {gradient_key(node) for node in self.blocks}:
            if kind == "value":
                figures.know((kind, node, other), trace.values[node])
            elif kind == "gradient":
                figures.know((kind, node, other), trace.gradients[node] or 0.0)
        figures.settle(equations)

    def _update_equation(self, node: int) -> Equation:
        """The new value has as many decimals as the gradient, so that a small step shows."""
        rate, trace = self.rate or 0.0, self.trace
        old, gradient = trace.values[node], trace.gradients[node] or 0.0
        decimals = len(print_number(gradient).text.split("·")[0].partition(".")[2])
        digits = min(MOST_DIGITS, max(LEAST_DIGITS, decimals))
        self.figures.know(("new", node, -1), old - rate * gradient, digits)
        keys = (value_key(node), gradient_key(node))
        return Equation(("new", node, -1), keys, lambda numbers: numbers[0] - rate * numbers[1])

    def _shown_results(self) -> list[Key]:
        """The gradients of blocks, and the terms they are sums of; of one leaf, those of its own block if possible."""
        nodes = self.blocks if self.asked is None else [node for node in self.blocks if node == self.asked]
        return [
            key
            for node in nodes
            for key in (gradient_key(node), *(term_key(node, index) for index in range(len(self.plan.chains[node]))))
        ]

    def _given(self) -> tuple[Given, ...]:
        trace, graph = self.trace, self.trace.graph
        leaves, defaulted = (*self.steps.leaves, *self.steps.unused), set(trace.defaulted)
        listed = sorted(leaves, key=lambda node: node not in self.plan.on_path)[: self.most]
        return tuple(
            Given(
                id=f"n{node}",
                label=graph.labels[node],
                latex=graph.latex(node),
                role=graph.kind(node),
                value=print_whole(trace.values[node]),
                defaulted=graph.labels[node] in defaulted,
                on_path=node in self.plan.on_path,
                span=graph.span(node),
            )
            for node in sorted(listed)
        )

    def _block(self, node: int) -> Block:
        listed = self.plan.chains[node][:MOST_TERMS]
        return write_block(self.trace, node, self.plan, self.figures, self.writer, listed, self.reused[node])

    def _algebra(self) -> dict[int, tuple[AlgebraLine, ...]]:
        """Gradients in which much cancels, simplified step by step."""
        trace, graph, closed = self.trace, self.trace.graph, ClosedForms()
        if trace.seed != 1:
            return {}
        term_of = {(one.source, one.target): one.term for one in self.locals}
        values = {label: trace.values[node] for node, label in graph.labels.items()}
        taken = taken_constants(trace)
        found = {}
        for node in self.blocks:
            [chain, *others] = self.plan.chains[node]
            factors = [term_of[edge] for edge in chain.edges]
            lines = () if others else closed.follow(node, chain.above, factors, "the gradient put in")
            if lines:
                result = self.figures.printed(gradient_key(node))
                found[node] = algebra_lines(lines, lambda text: Formula(text, taken), values, result)
        return found

    def _update(self, node: int) -> Update:
        graph, figures = self.trace.graph, self.figures
        key = ("new", node, -1)
        return Update(
            id=f"n{node}",
            label=graph.labels[node],
            latex=graph.latex(node),
            old=figures.used(value_key(node), key),
            gradient=figures.used(gradient_key(node), key),
            new=figures.printed(key),
            relation="=" if figures.holds(key) else "≈",
        )
