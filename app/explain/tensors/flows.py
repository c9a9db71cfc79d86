"""What a step passes back to one of its operands, as one formula in the gradient of the step's result.

Two kinds: entry by entry, where the gradient is multiplied by a local derivative of each entry, and products of whole
tensors by the rules of the registry. Where an operand had been repeated along an axis, its part is summed over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.explain.algebra import negate, split
from app.explain.printed_tensors import Number, Shown
from app.explain.tensors.style import TensorFormula
from app.explain.term_text import term_text
from app.explain.terms import ONE, Product, Sum, Term
from app.explain.terms import Number as Count
from app.operations.shapes import Shape


@dataclass(frozen=True, slots=True)
class Flow:
    """source receives `text` of the gradient of target.

    local     the derivative of each entry, where the step works entry by entry
    masks     names in the texts that stand for a mask, with its entries and how it is written
    summed    axes of the target over which the part is summed, since the operand was repeated along them
    outer     the text is an outer product
    pulled    where no text says it: LaTeX in `#names`, and the function that computes it
    """

    source: int
    target: int
    text: str | None
    local: str | None = None
    term: Term | None = None
    masks: Mapping[str, tuple[Number, str]] = field(default_factory=dict)
    summed: tuple[int, ...] = ()
    pulled: Pulled | None = None


@dataclass(frozen=True, slots=True)
class Pulled:
    """A rule that only the registry's function computes: its LaTeX with `#name` for names, and the names.

    in_numbers   it reads as arithmetic when matrices stand in the places of its names
    """

    latex: str
    names: tuple[str, ...]
    compute: Callable[[Mapping[str, Number]], Number]
    in_numbers: bool


class PulledFormula:
    """A rule of the registry as LaTeX with names, with matrices, and as a value: as TensorFormula."""

    def __init__(self, pulled: Pulled, latex: Mapping[str, str], known: Mapping[str, Number]) -> None:
        self._pulled = pulled
        self.text = ""
        self.names = pulled.names
        self.exact = pulled.compute(known)
        self.symbols = _filled(pulled.latex, {name: latex[name] for name in pulled.names})

    def numbers(self, printed: Mapping[str, Shown]) -> str:
        """With the number or matrix of each name."""
        return _filled(self._pulled.latex, {name: _enclosed(printed[name].latex) for name in self.names})

    def value(self, numbers: Mapping[str, Number]) -> Number:
        """What comes out for these values."""
        return self._pulled.compute(numbers)


AnyFormula = TensorFormula | PulledFormula


def scaled_text(g: str | None, term: Term) -> str:
    """The gradient times a derivative, the sign in front and the gradient before all other factors."""
    if g is None:
        return term_text(term)
    sign = ""
    if (isinstance(term, Count) and term.value < 0) or (isinstance(term, Product) and term.number.value < 0):
        sign, term = "-", negate(term)
    if isinstance(term, Product) and term.number.value != 1:
        sign += f"{term_text(term.number)} * "  # before the gradient: in `g * 1/6` the quotient would be that of g
        term = split(term)[1]
    if term == ONE:
        return sign + g
    text = term_text(term)
    plain = not isinstance(term, Sum) and "/" not in text
    return f"{sign}{g} * {text}" if plain else f"{sign}{g} * ({text})"


def fitted_text(text: str, shape: Shape, wanted: Shape) -> tuple[str, tuple[int, ...]]:
    """The text of a part, summed over the axes along which the operand was repeated, or repeated itself."""
    if shape == wanted:
        return text, ()
    if len(shape) < len(wanted) or any(size < other for size, other in zip(shape[::-1], wanted[::-1], strict=False)):
        ones = f"ones({', '.join(map(str, wanted))})"
        return (ones if text == "1" else f"{_bracketed(text)} * {ones}"), ()
    added = len(shape) - len(wanted)
    kept = [at + added for at, size in enumerate(wanted) if size == 1 and shape[at + added] > 1]
    axes = (*range(added), *kept)
    if len(axes) == len(shape):
        text = f"sum({text})"
    else:
        for axis in reversed(axes):
            text = f"sum({text}, axis={axis})"
    return (f"reshape({text}, {', '.join(map(str, wanted))})" if kept else text), axes


def pulled_rule(
    latex: str, names: Sequence[tuple[str, str]], g: str | None, compute: Callable[[Mapping[str, Number]], Number],
    counts: Mapping[str, str],
) -> Pulled:  # fmt: skip
    """The registry's LaTeX of a pull, its own letters replaced by `#names`.

    names   (letter of the registry, name here), `f` for the result
    counts  `n` entries and `m` rows, as numbers
    """
    if g is None:
        latex = re.sub(r"^g(\\,| (?=\\prod))", "", latex).replace(r"\tfrac{g}{m}", r"\tfrac{1}{m}")
    told = {**dict(names), **({} if g is None else {"g": g})}
    used: list[str] = []

    def name_of(match: re.Match[str]) -> str:
        letter = "l" if match.group() == r"\ell" else match.group()
        if letter == "g" and g is None:
            return "1"
        if letter not in told:
            return counts.get(letter, match.group())
        used.append(told[letter])
        return f"{{#{told[letter]}#}}"

    marked = re.sub(r"\\ell|(?<![\\A-Za-z])[A-Za-z]+", name_of, latex)
    return Pulled(marked, tuple(dict.fromkeys(used)), compute, in_numbers=not re.search(r"\\text|e_\{i\}", latex))


def formula_of(flow: Flow, known: Mapping[str, Number], latex: Mapping[str, str], taken: frozenset[str]) -> AnyFormula:
    """The whole part as a formula."""
    names = {**known, **{name: value for name, (value, _) in flow.masks.items()}}
    called = {**latex, **{name: written for name, (_, written) in flow.masks.items()}}
    if flow.pulled is not None:
        return PulledFormula(flow.pulled, called, names)
    assert flow.text is not None
    return TensorFormula(flow.text, names, called, taken)


def agrees(formula: AnyFormula, exact: Any) -> bool:
    """Whether the formula gives what the engine gives, but for rounding."""
    found, wanted = np.asarray(formula.exact), np.asarray(exact)
    if found.shape != wanted.shape:
        return False
    with np.errstate(all="ignore"):
        return bool(np.allclose(found, wanted, rtol=1e-9, atol=1e-13, equal_nan=True))


def _bracketed(text: str) -> str:
    return text if re.fullmatch(r"[\w.]+", text) else f"({text})"


def _filled(latex: str, texts: Mapping[str, str]) -> str:
    return re.sub(r"#(.+?)#", lambda match: texts[match.group(1)], latex)


def _enclosed(latex: str) -> str:
    return rf"\left({latex}\right)" if latex.startswith("-") or r"\cdot" in latex else latex
