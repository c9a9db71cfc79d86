"""The lines of chain-rule blocks and updates as LaTeX: symbols first, numbers second, result last."""

from __future__ import annotations

from collections.abc import Iterable

from app.explain.printed_tensors import PrintedTensor, Shown
from app.explain.records import Block, Derivation, Given, Relation, Term, Update

_SIGNS: dict[Relation, str] = {"=": "=", "≈": r"\approx"}


def sign_of(relation: Relation) -> str:
    """The relation as LaTeX."""
    return _SIGNS[relation]


def block_symbols(block: Block) -> str:
    """The factors by their names, term by term."""
    products = [r" \cdot ".join(factor.head for factor in term.factors) for term in block.terms]
    return " + ".join(products) + _rest(block)


def block_numbers(block: Block) -> str:
    """The factors as numbers."""
    return _joined(_product(term, first=index == 0) for index, term in enumerate(block.terms)) + _rest(block)


def block_terms(block: Block) -> str | None:
    """The products that are added; None where there is one, or where they stand in the line before already."""
    if len(block.terms) < 2 or all(len(term.factors) == 1 for term in block.terms):
        return None
    text = "".join(_signed(term.product, first=index == 0) for index, term in enumerate(block.terms))
    return text + _rest(block)


def block_lines(block: Block) -> list[str]:
    """What stands right of the equals signs, from the first line to the last but the result."""
    if block.symbols is not None:
        return [line for line in (block.symbols, block.numbers, block_terms(block)) if line is not None]
    lines = [block_symbols(block)]
    numbers = block_numbers(block)
    if numbers != block.value.latex:
        lines.append(numbers)
    terms = block_terms(block)
    return lines if terms is None else [*lines, terms]


def algebra_lines_latex(block: Block) -> list[str]:
    r"""Steps of algebra, each with its numbers and with what was done, as lines that are aligned at their first sign.

    `\frac{…} &= h - y && = 0.2 - 1 = -0.8 && \text{…}`; matrices stand in a line of their own.
    """
    found = []
    for index, line in enumerate(block.lines):
        head = "" if index else block.head
        why = rf"\text{{{line.why}}}"
        if isinstance(line.value, PrintedTensor) or "matrix" in line.numbers:
            sign = sign_of(line.relation)
            found.append(rf"{head} &= {line.symbols} \quad\quad {why}")
            found += [rf"&\quad = {line.numbers}", rf"&\quad {sign} {line.value.latex}"]
        else:
            numbers = f"= {line.numbers} {sign_of(line.relation)} {line.value.latex}"
            found.append(rf"{head} &= {line.symbols} && {numbers} && {why}")
    return found


def update_symbols(update: Update, found: Derivation) -> str:
    r"""w - \eta \frac{\partial E}{\partial w}."""
    return rf"{update.latex} - \eta \frac{{\partial {found.output.latex}}}{{\partial {update.latex}}}"


def update_numbers(update: Update, rate: Shown) -> str:
    """The same with numbers."""
    return rf"{update.old.latex} - {rate.latex} \times {bracketed(update.gradient)}"


def update_lines(update: Update, found: Derivation) -> list[str]:
    """The step of a matrix in lines: symbols, numbers, the new matrix."""
    assert found.rate is not None
    return [
        f"{new_name(update.latex)} &= {update_symbols(update, found)}",
        f"&= {update_numbers(update, found.rate)}",
        f"&{sign_of(update.relation)} {update.new.latex}",
    ]


def new_name(latex: str) -> str:
    r"""The name of a value after the update: `w_{1}^{\text{new}}`."""
    base = f"{{{latex}}}" if "'" in latex else latex
    return rf"{base}^{{\text{{new}}}}"


def bracketed(number: Shown) -> str:
    """A number behind another one: in brackets where it begins with a sign."""
    return f"({number.latex})" if number.latex.startswith("-") else number.latex


def given_groups(found: Derivation) -> list[tuple[str, list[Given]]]:
    """The leaves by their role, in the order of a problem's statement."""
    titles = {"input": "Inputs", "parameter": "Parameters", "constant": "Constants"}
    groups = [(title, [one for one in found.given if one.role == role]) for role, title in titles.items()]
    return [(title, ones) for title, ones in groups if ones]


def _product(term: Term, *, first: bool) -> str:
    numbers = [factor.number for factor in term.factors]
    head = numbers[0].latex if first else bracketed(numbers[0])
    return r" \times ".join([head, *map(bracketed, numbers[1:])])


def _joined(products: Iterable[str]) -> str:
    return " + ".join(products)


def _signed(number: Shown, *, first: bool) -> str:
    if first:
        return number.latex
    return f" - {number.latex[1:]}" if number.latex.startswith("-") else f" + {number.latex}"


def _rest(block: Block) -> str:
    return r" + \cdots" if block.more_terms else ""
