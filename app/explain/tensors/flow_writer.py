"""Makes the formulas of what steps pass back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.explain.algebra import add, factored
from app.explain.operation_latex import rule_text_latex
from app.explain.printed_tensors import Number
from app.explain.steps import MOST_ATOMS, Step
from app.explain.tensors.flows import Flow, agrees, fitted_text, formula_of, pulled_rule, scaled_text
from app.explain.tensors.names import Names, free_name
from app.explain.tensors.pull_texts import Gate, pull_text
from app.explain.tensors.style import TensorFormula
from app.explain.term_text import term_text
from app.explain.terms import Term, TermTooLargeError


@dataclass(frozen=True, slots=True)
class Part:
    """One way through a step: by a formula of entries, or by a rule on whole tensors at one gate."""

    gate: int
    position: int
    term: Term | None


class FlowWriter:
    """Makes the formulas of one solution."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def flow(self, source: int, target: int, parts: Sequence[Part]) -> Flow:
        g = self._names.g_of(target)
        wanted = np.shape(self._names.trace.values[source])
        if all(part.term is not None for part in parts):
            term = factored(add(*(part.term for part in reversed(parts) if part.term is not None)))
            if term.size > MOST_ATOMS * max(1, len(parts) // 2) and len(parts) > 1:
                raise TermTooLargeError
            return self._entry_flow(source, target, term, g, wanted)
        if len(parts) == 1:
            return self._rule_flow(source, target, parts[0], g, wanted)
        flows = [
            self._entry_flow(source, target, part.term, g, wanted)
            if part.term is not None
            else self._rule_flow(source, target, part, g, wanted, index)
            for index, part in enumerate(parts)
        ]
        if any(flow.text is None for flow in flows):
            raise TermTooLargeError  # the line is taken apart
        masks = {name: mask for flow in flows for name, mask in flow.masks.items()}
        return Flow(source, target, " + ".join(flow.text or "" for flow in reversed(flows)), masks=masks)

    def _entry_flow(self, source: int, target: int, term: Term, g: str | None, wanted: tuple[int, ...]) -> Flow:
        local, text = term_text(term), scaled_text(g, term)
        shape = np.shape(self._formula(text, target).exact)
        fitted, summed = fitted_text(text, shape, wanted)
        return Flow(source, target, fitted, local, term, summed=summed)

    def _rule_flow(
        self, source: int, target: int, part: Part, g: str | None, wanted: tuple[int, ...], index: int = 0
    ) -> Flow:
        """By the rule of a gate that no formula of entries says: of whole tensors, or with a mask."""
        trace, program = self._names.trace, self._names.trace.program
        operation, operands = program.operation(part.gate), self._names.operands(part.gate)
        assert operation is not None
        attributes = {**operation.attributes, **program.attributes(part.gate)}
        if not operation.whole:
            local = trace.parts[part.gate, part.position].local
            name = free_name(f"m{index or ''}", set(self._names.names.values()))
            at = 0 if operation.variadic else part.position
            written = self._mask_latex(operation.shown[at] or "0", part, attributes)
            masks: dict[str, tuple[Number, str]] = {name: (0.0 if local is None else local, written)}
            text = name if g is None else f"{g} * {name}"
            shape = np.broadcast_shapes(np.shape(masks[name][0]), np.shape(trace.gradients[target]))
            fitted, summed = fitted_text(text, shape, wanted)
            return Flow(source, target, fitted, name, masks=masks, summed=summed)
        called = [self._names.names.get(one) or self._literal(one) for one in operands]
        values = [trace.values[one] for one in operands]
        text_ = pull_text(Gate(operation, called, self._names.names[part.gate], g, values, attributes), part.position)
        if text_ is not None:
            flow = Flow(source, target, text_)
            if agrees(self._formula(text_, target), trace.parts[part.gate, part.position].downstream):
                return flow
        return self._pulled(source, target, part, g, called)

    def _pulled(self, source: int, target: int, part: Part, g: str | None, called: Sequence[str]) -> Flow:
        """By the registry's own LaTeX, and its function."""
        trace, program = self._names.trace, self._names.trace.program
        operation, operands = program.operation(part.gate), self._names.operands(part.gate)
        assert operation is not None
        out = self._names.names[part.gate]
        told = {**operation.attributes, **program.attributes(part.gate), "ties": trace.conventions.ties}

        def compute(numbers: Mapping[str, Number]) -> Number:
            read = tuple(
                np.asarray(numbers.get(name, trace.values[one])) for name, one in zip(called, operands, strict=True)
            )
            upstream = np.asarray(1.0 if g is None else numbers[g])
            with np.errstate(all="ignore"):
                if operation.pull is None:
                    return trace.parts[part.gate, part.position].downstream
                result = numbers.get(out)
                if result is None:
                    result = operation.forward(*read, **program.attributes(part.gate))
                found = operation.pull(upstream, read, np.asarray(result), told)
            passed = np.asarray(found[part.position], dtype=np.float64) + 0.0
            return passed if passed.ndim else float(passed)

        letters = [*zip(operation.operands, called, strict=False), ("f", out)]
        at = 0 if operation.variadic else part.position
        latex = operation.pulled[at] if operation.pulled else r"\text{" + operation.title + "}"
        if operation.name == "concat":
            latex = rf"g_{{\text{{part {part.position + 1}}}}}"
        shape = np.shape(trace.values[operands[0]])
        axis = program.attributes(part.gate).get("axis")
        count = int(np.prod(shape)) if axis is None else shape[int(axis)]
        counts = {"n": str(count), "m": str(int(np.prod(shape[:-1])))}
        return Flow(source, target, None, pulled=pulled_rule(latex, letters, g, compute, counts))

    def _mask_latex(self, shown: str, part: Part, attributes: Mapping[str, Any]) -> str:
        program = self._names.trace.program
        operation, operands = program.operation(part.gate), self._names.operands(part.gate)
        assert operation is not None
        if operation.name == "where":
            return self._condition_latex(operands[0], is_first=part.position == 1)
        read = [operands[part.position]] if operation.variadic else operands
        renamed = {name: f"#{self._written(one)}" for name, one in zip(operation.operands, read, strict=False)}
        renamed |= {name: f"#{value:g}" for name, value in attributes.items() if isinstance(value, float | int)}
        renamed["out"] = f"#{self._names.latex[self._names.names[part.gate]]}"
        return rule_text_latex(shown, renamed).replace("#", "")

    def _condition_latex(self, condition: int, *, is_first: bool) -> str:
        r"""The mask of a choice: `\left[x > 0\right]`, and 1 − that for what is chosen elsewhere."""
        operation, operands = self._names.trace.program.operation(condition), self._names.operands(condition)
        text, names = "where(c != 0, 1, 0)", {"c": f"#{self._written(condition)}"}
        if operation is not None and operation.infix and operation.infix.associativity == "none":
            text = f"where(x {operation.infix.symbols[0]} y, 1, 0)"
            names = {name: f"#{self._written(one)}" for name, one in zip("xy", operands, strict=True)}
        mask = rule_text_latex(text, names).replace("#", "")
        return mask if is_first else rf"\left(1 - {mask}\right)"

    def _written(self, node: int) -> str:
        names = self._names
        return names.latex[names.names[node]] if node in names.names else names.trace.graph.latex(node)

    def _literal(self, node: int) -> str:
        return self._names.trace.graph.labels[node]

    def _formula(self, text: str, target: int) -> TensorFormula:
        return TensorFormula(text, self._names.known_in(target), self._names.latex_in(target), self._names.taken)

    def is_right(self, flow: Flow, steps: Sequence[Step]) -> bool:
        """Whether the formula gives what the engine passes along the edges of the step."""
        step = next(step for step in steps if step.node == flow.target)
        trace = self._names.trace
        exact: Any = 0.0
        for gate in step.gates:
            for position, operand in enumerate(self._names.operands(gate)):
                part = trace.parts.get((gate, position))
                if operand == flow.source and part is not None:
                    exact = exact + part.downstream
        formula = formula_of(
            flow, self._names.known_in(flow.target), self._names.latex_in(flow.target), self._names.taken
        )
        return agrees(formula, exact)
