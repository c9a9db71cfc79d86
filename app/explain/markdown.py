"""A worked solution as Markdown with `$…$` formulas, to paste into notes, issues and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.explain.block_lines import (
    algebra_lines_latex,
    block_lines,
    given_groups,
    new_name,
    sign_of,
    update_lines,
    update_numbers,
    update_symbols,
)
from app.explain.printed_tensors import PrintedTensor
from app.explain.records import Block, Derivation, Given, Local, Row
from app.explain.wording import block_sentence, cut_sentences, heading, zero_sentences

_QUAD = r",\quad "


def derivation_markdown(found: Derivation) -> str:
    """The whole solution; ends with a line end."""
    parts = [f"# {heading(found)}", *_given(found), *_forward(found), *_locals(found), *_chain(found), *_update(found)]
    notes = [*found.notes, *([found.digits_note] if found.digits_note else []), *cut_sentences(found)]
    if notes:
        parts += ["## Notes", "\n".join(f"- {note}" for note in notes)]
    return "\n\n".join(parts) + "\n"


def has_tensors(found: Derivation) -> bool:
    """Whether there are matrices, which stand in lines of their own."""
    values = [*(one.value for one in found.given), *(row.value for row in found.rows)]
    return any(isinstance(value, PrintedTensor) for value in values)


def _given(found: Derivation) -> Iterator[str]:
    yield "## Given"
    if has_tensors(found):
        for title, ones in given_groups(found):
            yield f"{title}:"
            yield f"$$\n{_QUAD.join(map(given_text, ones))}\n$$"
        return
    lines = []
    for title, ones in given_groups(found):
        texts = [f"${one.latex} = {one.value.latex}$" + (" (by default)" if one.defaulted else "") for one in ones]
        lines.append(f"{title}: {', '.join(texts)}")
    yield "\n\n".join(lines) or "No leaves."


def given_text(one: Given) -> str:
    """A leaf with its matrix, in a formula."""
    return f"{one.latex} = {one.value.latex}" + (r"\ \text{(by default)}" if one.defaulted else "")


def _forward(found: Derivation) -> Iterator[str]:
    if not found.rows:
        return
    yield "## Forward pass"
    if has_tensors(found):
        yield from (_display(row_lines(row)) for row in found.rows)
        return
    yield "\n".join(["| | symbols | numbers | value |", "| --- | --- | --- | ---: |", *map(_row, found.rows)])


def _row(row: Row) -> str:
    name = f"${row.latex}$" if row.on_path else f"${row.latex}$ (not on the path)"
    numbers = f"$= {row.numbers}$" if row.numbers else ""
    cells = [name, f"$= {row.symbols}$", numbers, f"${sign_of(row.relation)} {row.value.latex}$"]
    return f"| {' | '.join(map(_cell, cells))} |"


def row_lines(row: Row) -> list[str]:
    """A step of matrices in lines: symbols, numbers, value."""
    sides = [f"&= {row.symbols}", *([f"&= {row.numbers}"] if row.numbers else [])]
    off = "" if row.on_path else r" \quad \text{(not on the path)}"
    sides[0] += off
    return [f"{row.latex} {sides[0]}", *sides[1:], f"&{sign_of(row.relation)} {row.value.latex}"]


def _cell(text: str) -> str:
    """A bar would end the cell."""
    return text.replace(r"\left|", r"\left\lvert ").replace(r"\right|", r"\right\rvert ").replace("|", r"\vert ")


def _locals(found: Derivation) -> Iterator[str]:
    if not found.locals:
        return
    yield "## Local derivatives"
    yield "\n".join(map(_local, found.locals))


def _local(local: Local) -> str:
    text = f"- ${local_equation(local)}$"
    if isinstance(local.value, PrintedTensor):
        text = f"- ${local.head}$, entry by entry:\n\n  $$\n  {local_equation(local)}\n  $$"
    if local.reason:
        text += f", since ${local.reason}$"
    return f"{text}. {local.remark}" if local.remark else text


def local_equation(local: Local) -> str:
    """Head, symbols, numbers and value; without repeating what says the same."""
    middle = [local.symbols] + ([local.numbers] if local.numbers else [])
    if local.value is None:
        return " = ".join([local.head, *middle])
    parts = [part for part in middle if part != local.value.latex]
    return " = ".join([local.head, *parts]) + f" {sign_of(local.relation)} {local.value.latex}"


def _chain(found: Derivation) -> Iterator[str]:
    sentences = zero_sentences(found)
    if not found.blocks and not sentences:
        return
    yield "## Chain rule"
    for block in found.blocks:
        sentence = block_sentence(found, block)
        if sentence:
            yield sentence
        yield _block(block)
        if block.lines:
            yield _algebra(block)
        if block.shapes:
            yield f"Shapes: ${block.shapes}$"
        yield from block.remarks
    yield from sentences


def _algebra(block: Block) -> str:
    """The same gradient, simplified in symbols."""
    return f"In symbols:\n\n{_display(algebra_lines_latex(block))}"


def _block(block: Block) -> str:
    lines = [rf"{'' if index else block.head} &= {line}" for index, line in enumerate(block_lines(block))]
    result = "boxed" if isinstance(block.value, PrintedTensor) else "mathbf"
    value = rf"\{result}{{{block.value.latex}}}" if block.op is None else block.value.latex
    if lines != [f"{block.head} &= {block.value.latex}"]:
        lines.append(f"&{sign_of(block.relation)} {value}")
    return _display(lines)


def _display(lines: Iterable[str]) -> str:
    body = " \\\\\n".join(lines)
    return f"$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$"


def _update(found: Derivation) -> Iterator[str]:
    if not found.updates or found.rate is None:
        return
    yield rf"## Update, learning rate $\eta = {found.rate.latex}$"
    for update in found.updates:
        if isinstance(update.new, PrintedTensor):
            yield _display(update_lines(update, found))
            continue
        yield (
            f"${new_name(update.latex)} = {update_symbols(update, found)} = {update_numbers(update, found.rate)} "
            f"{sign_of(update.relation)} {update.new.latex}$"
        )
