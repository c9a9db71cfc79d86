"""Rules and chain-rule blocks of a program with tensors: their equations, then their printed form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.chain_blocks import MOST_TERMS, gradient_key, partial, term_key
from app.explain.chains import Plan
from app.explain.figures import Equation, Key
from app.explain.forward_table import value_key
from app.explain.printed_tensors import is_printable
from app.explain.records import Block, Factor, Local, Term
from app.explain.tensors.figures import TensorFigures
from app.explain.tensors.flows import AnyFormula, Flow, formula_of
from app.explain.tensors.steps import TensorSteps
from app.explain.tensors.style import TensorFormula
from app.explain.tensors.words import flow_sentences
from app.explain.terms import ONE


class BlockWriter:
    """Writes the rules and blocks of one solution."""

    def __init__(
        self, trace: TensorTrace, steps: TensorSteps, plan: Plan, figures: TensorFigures, blocks: Sequence[int]
    ) -> None:
        self.trace, self.steps, self.plan, self.figures = trace, steps, plan, figures
        self.blocks = blocks
        self.node_of = {name: node for node, name in steps.names.items()}
        self.flows = {node: [steps.flows[node, user] for user in plan.users[node][:MOST_TERMS]] for node in blocks}
        self._formulas: dict[tuple[int, int], AnyFormula] = {}
        self._locals: dict[tuple[int, int], TensorFormula] = {}

    def formula(self, flow: Flow) -> AnyFormula:
        """What flows along it, as a formula."""
        key = (flow.source, flow.target)
        if key not in self._formulas:
            steps = self.steps
            self._formulas[key] = formula_of(
                flow, steps.known_in(flow.target), steps.latex_in(flow.target), steps.taken
            )
        return self._formulas[key]

    def key_of(self, flow: Flow, name: str) -> Key:
        """What a name in its formula is among the figures."""
        if name == self.steps.g:
            return gradient_key(flow.target)
        return local_key(flow) if name in flow.masks else value_key(self.node_of[name])

    def is_printed(self, flow: Flow) -> bool:
        """Whether everything in its equation is printed whole."""
        if flow.pulled is not None and not flow.pulled.in_numbers:
            return False
        formula = self.formula(flow)
        known = self.steps.known_in(flow.target)
        read = [flow.masks[name][0] if name in flow.masks else known[name] for name in formula.names]
        return all(is_printable(np.shape(value)) for value in (*read, formula.exact))

    def equations(self) -> list[Equation]:
        """Of all blocks, from the last to the first, then of the local derivatives."""
        found: list[Equation] = []
        for node in reversed(self.blocks):
            flows = self.flows[node]
            whole = len(flows) == len(self.plan.users[node])
            several = len(self.plan.users[node]) > 1
            keys = [term_key(node, index) if several else gradient_key(node) for index in range(len(flows))]
            for flow, key in zip(flows, keys, strict=True):
                self.figures.know(key, self.formula(flow).exact)
                for name, (value, _) in flow.masks.items():
                    self.figures.know(self.key_of(flow, name), value)
            if several and whole and is_printable(np.shape(self.trace.values[node])):
                found.append(Equation(gradient_key(node), tuple(keys), sum, exactly=True))
            found += [self._equation(flow, key) for flow, key in zip(flows, keys, strict=True) if self.is_printed(flow)]
        for flow in reversed(self._entrywise()):
            if flow.term is not None and self.steps.g_of(flow.target) is not None:
                formula = self._local_formula(flow)
                self.figures.know(local_key(flow), formula.exact)
                if self._is_local_printed(flow):
                    keys_ = tuple(value_key(self.node_of[name]) for name in formula.names)
                    found.append(Equation(local_key(flow), keys_, _computed_by(formula)))
        return found

    def locals(self) -> Iterator[Local]:
        """The rules of all listed blocks, from the output's side."""
        listed = [flow for node in self.blocks for flow in self.flows[node]]
        for flow in sorted(listed, key=lambda one: -one.target):
            told = is_entrywise(flow) and self.steps.g_of(flow.target) is not None
            yield self._local(flow) if told else self._rule(flow)

    def block(self, node: int, reused: int) -> Block:
        """The gradient of one node, as it is printed."""
        trace, figures, steps = self.trace, self.figures, self.steps
        operation = trace.program.operation(node)
        flows, users = self.flows[node], self.plan.users[node]
        printed = [self.is_printed(flow) for flow in flows]
        keys = [term_key(node, index) if len(users) > 1 else gradient_key(node) for index in range(len(flows))]
        numbers = None
        if all(printed):
            numbers = _added([self._numbers(flow, key) for flow, key in zip(flows, keys, strict=True)])
        value = figures.shown(gradient_key(node))
        rest = r" + \cdots" if len(users) > len(flows) else ""
        shapes = [shape for flow in flows if (shape := self._shapes(flow)) is not None]
        return Block(
            id=f"n{node}",
            label=steps.names[node],
            latex=steps.latex[steps.names[node]],
            head=steps.gradient_latex(node),
            op=operation.name if operation else None,
            terms=tuple(
                Term(tuple(self._factors(flow, key)), figures.shown(key)) for flow, key in zip(flows, keys, strict=True)
            ),
            symbols=_added([self.formula(flow).symbols for flow in flows]) + rest,
            numbers=None if numbers is None or numbers == value.latex else numbers + rest,
            value=value,
            relation="=" if all(map(figures.holds, (gradient_key(node), *keys))) else "≈",
            reused=reused,
            more_terms=len(users) - len(flows),
            shapes=r",\quad ".join(dict.fromkeys(shapes)) or None,
            remarks=tuple(dict.fromkeys(said for flow in flows for said in flow_sentences(trace, steps, flow))),
        )

    def _equation(self, flow: Flow, result: Key) -> Equation:
        formula = self.formula(flow)
        return Equation(result, tuple(self.key_of(flow, name) for name in formula.names), _computed_by(formula))

    def _numbers(self, flow: Flow, result: Key) -> str:
        formula = self.formula(flow)
        return formula.numbers({name: self.figures.shown_in(self.key_of(flow, name), result) for name in formula.names})

    def _factors(self, flow: Flow, result: Key) -> Iterator[Factor]:
        """What can be pointed at: the gradient that arrives, and the step that it passes."""
        steps, figures, target = self.steps, self.figures, flow.target
        output = f"n{self.trace.output_nodes[0]}"
        if steps.g_of(target) is not None:
            number = figures.shown_in(gradient_key(target), result)
            yield Factor("gradient", f"n{target}", output, steps.gradient_latex(target), number)
        head = partial(steps.latex[steps.names[target]], steps.latex[steps.names[flow.source]])
        yield Factor("local", f"n{flow.source}", f"n{target}", head, figures.shown(result))

    def _shapes(self, flow: Flow) -> str | None:
        formula = self.formula(flow)
        return formula.product_shapes if isinstance(formula, TensorFormula) else None

    def _entrywise(self) -> list[Flow]:
        return [flow for node in self.blocks for flow in self.flows[node] if is_entrywise(flow)]

    def _local_formula(self, flow: Flow) -> TensorFormula:
        key = (flow.source, flow.target)
        if key not in self._locals:
            steps = self.steps
            assert flow.local is not None
            self._locals[key] = TensorFormula(flow.local, steps.known, steps.latex, steps.taken)
        return self._locals[key]

    def _is_local_printed(self, flow: Flow) -> bool:
        formula = self._local_formula(flow)
        read = [self.steps.known[name] for name in formula.names]
        return all(is_printable(np.shape(value)) for value in (*read, formula.exact))

    def _local(self, flow: Flow) -> Local:
        """A derivative entry by entry."""
        steps, figures, key = self.steps, self.figures, local_key(flow)
        value = figures.shown(key)
        symbols, numbers, text = "", None, flow.local or ""
        if flow.term is None:
            symbols = flow.masks[text][1]
            text = ""
        else:
            formula = self._local_formula(flow)
            symbols = formula.symbols
            if self._is_local_printed(flow) and formula.names:
                keys = {name: value_key(self.node_of[name]) for name in formula.names}
                numbers = formula.numbers({name: figures.shown_in(one, key) for name, one in keys.items()})
        return Local(
            source=f"n{flow.source}",
            target=f"n{flow.target}",
            head=partial(steps.latex[steps.names[flow.target]], steps.latex[steps.names[flow.source]]),
            text=text,
            symbols=symbols,
            numbers=None if numbers == value.latex else numbers,
            value=value,
            relation="=" if figures.holds(key) else "≈",
            reason=None,
            remark=None,
        )

    def _rule(self, flow: Flow) -> Local:
        """A product of whole tensors, in the gradient that arrives."""
        steps = self.steps
        head = steps.gradient_latex(flow.source)
        if len(self.plan.users[flow.source]) > 1:
            head = rf"\left.{head}\right|_{{{steps.latex[steps.names[flow.target]]}}}"
        return Local(
            source=f"n{flow.source}",
            target=f"n{flow.target}",
            head=head,
            text=flow.text or "",
            symbols=self.formula(flow).symbols,
            numbers=None,
            value=None,
            relation="=",
            reason=None,
            remark=None,
        )


def local_key(flow: Flow) -> Key:
    """The derivative of each entry among the figures."""
    return ("local", flow.source, flow.target)


def is_entrywise(flow: Flow) -> bool:
    """Whether it has a derivative of each entry that is worth a line: 1 is not."""
    return flow.local is not None and flow.term != ONE


def _computed_by(formula: AnyFormula):  # type: ignore[no-untyped-def]  # a function of printed values
    names = formula.names
    return lambda numbers: formula.value(dict(zip(names, numbers, strict=True)))


def _added(texts: Sequence[str]) -> str:
    """The texts with plus signs between them, or the minus that one begins with."""
    joined = texts[0]
    for text in texts[1:]:
        joined += f" - {text[1:]}" if text.startswith("-") else f" + {text}"
    return joined
