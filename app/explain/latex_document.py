"""A worked solution as a LaTeX document that compiles as it is: article, amsmath and color, nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

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
from app.explain.markdown import given_text, has_tensors, local_equation, row_lines
from app.explain.printed_tensors import PrintedTensor
from app.explain.records import Block, Derivation, Local, Row
from app.explain.wording import block_sentence, cut_sentences, heading, zero_sentences

_HEAD = r"""\documentclass[11pt]{article}
\usepackage[T1]{fontenc}
\usepackage[a4paper,margin=25mm]{geometry}
\usepackage{amsmath}
\usepackage{color}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\setlength{\arraycolsep}{3pt}
\begin{document}
"""
_WIDE = 110
"""Characters of LaTeX in a row of the forward table that still fit one line of the page, about."""

_SPECIAL = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}"}
_SPECIAL |= {"^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "$": r"\$"}
_SYMBOLS = {"−": "$-$", "∞": r"$\infty$", "·": r"$\cdot$", "σ": r"$\sigma$", "×": r"$\times$", "≈": r"$\approx$"}
_SYMBOLS |= {digit: f"$^{{{number}}}$" for number, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {"⁻": "$^{-}$", "…": r"\ldots{}"}


def derivation_latex(found: Derivation) -> str:
    """The whole document."""
    parts = [*_given(found), *_forward(found), *_locals(found), *_chain(found), *_update(found), *_notes(found)]
    title = rf"\section*{{{in_text(heading(found))}}}"
    return _HEAD + "\n\n".join([title, *map(_ascii, parts)]) + "\n\\end{document}\n"


def in_text(sentence: str) -> str:
    """A sentence with `$…$` formulas: what is outside of them is escaped."""
    pieces = sentence.split("$")
    return "".join(
        f"${_ascii(piece)}$" if index % 2 else "".join(_character(each) for each in piece)
        for index, piece in enumerate(pieces)
    )


def _character(each: str) -> str:
    known = _SPECIAL.get(each) or _SYMBOLS.get(each)
    return known or (each if each.isascii() else _ascii(each))


def _ascii(formula: str) -> str:
    """Letters that a plain TeX has no glyph for, by their nearest Latin one, or by their number."""
    if formula.isascii():
        return formula
    found = []
    for each in formula:
        plain = each if each.isascii() else unicodedata.normalize("NFKD", each).encode("ascii", "ignore").decode()
        found.append(plain or f"U{ord(each):X}")
    return "".join(found)


def _given(found: Derivation) -> Iterator[str]:
    yield r"\subsection*{Given}"
    if has_tensors(found):
        for title, ones in given_groups(found):
            yield (
                f"{title}:\n"
                + r"\begin{gather*}"
                + "\n"
                + " \\\\\n".join(map(given_text, ones))
                + "\n"
                + r"\end{gather*}"
            )
        return
    lines = []
    for title, ones in given_groups(found):
        texts = [f"${one.latex} = {one.value.latex}$" + (" (by default)" if one.defaulted else "") for one in ones]
        lines.append(f"{title}: {', '.join(texts)}")
    yield "\\\\\n".join(lines) or "No leaves."


def _forward(found: Derivation) -> Iterator[str]:
    if found.rows and has_tensors(found):
        yield r"\subsection*{Forward pass}"
        yield from (_align(row_lines(row)) for row in found.rows)
    elif found.rows:
        yield r"\subsection*{Forward pass}"
        yield _align([line for row in found.rows for line in _row(row)])


def _row(row: Row) -> list[str]:
    """One line, or two where its numbers would run over the margin."""
    value = f"{sign_of(row.relation)} {row.value.latex}"
    cells = [row.latex, f"= {row.symbols}", f"= {row.numbers}" if row.numbers else "", value]
    name, symbols, numbers, value = (cell if row.on_path else _grey(cell) for cell in cells)
    if len(row.symbols) + len(row.numbers) <= _WIDE:
        return [f"{name} &{symbols} &&{numbers} &&{value}"]
    return [f"{name} &{symbols} && &&", *([f"&{numbers} && &&"] if row.numbers else []), f"&{value} && &&"]


def _grey(cell: str) -> str:
    return rf"\textcolor[gray]{{0.55}}{{{cell}}}" if cell else ""


def _locals(found: Derivation) -> Iterator[str]:
    if not found.locals:
        return
    yield r"\subsection*{Local derivatives}"
    lines = []
    for local in found.locals:
        is_wide = isinstance(local.value, PrintedTensor)
        text = _align(_local_lines(local)) if is_wide else rf"$\displaystyle {local_equation(local)}$"
        text += f", since ${local.reason}$" if local.reason else ""
        lines.append(f"{text}. {in_text(local.remark)}" if local.remark else text)
    yield "\\\\[4pt]\n".join(lines)


def _local_lines(local: Local) -> list[str]:
    """A derivative of each entry: its formula, then its matrices."""
    assert local.value is not None
    numbers = [f"&= {local.numbers}"] if local.numbers else []
    return [f"{local.head} &= {local.symbols}", *numbers, f"&{sign_of(local.relation)} {local.value.latex}"]


def _chain(found: Derivation) -> Iterator[str]:
    sentences = zero_sentences(found)
    if not found.blocks and not sentences:
        return
    yield r"\subsection*{Chain rule}"
    for block in found.blocks:
        sentence = block_sentence(found, block)
        if sentence:
            yield in_text(sentence)
        yield _block(block)
        if block.lines:
            yield "In symbols:\n{\\footnotesize" + _align(algebra_lines_latex(block)) + "}"
        if block.shapes:
            yield f"Shapes: ${block.shapes}$"
        yield from map(in_text, block.remarks)
    yield from map(in_text, sentences)


def _block(block: Block) -> str:
    lines = [f"{'' if index else block.head} &= {line}" for index, line in enumerate(block_lines(block))]
    if lines != [f"{block.head} &= {block.value.latex}"]:
        sign = sign_of(block.relation)
        lines.append(rf"&{sign} \boxed{{{block.value.latex}}}" if block.op is None else f"&{sign} {block.value.latex}")
    return _align(lines)


def _align(lines: list[str]) -> str:
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"


def _update(found: Derivation) -> Iterator[str]:
    if not found.updates or found.rate is None:
        return
    yield rf"\subsection*{{Update, learning rate $\eta = {found.rate.latex}$}}"
    rate = found.rate
    if has_tensors(found):
        yield from (_align(update_lines(one, found)) for one in found.updates)
        return
    yield _align(
        [
            f"{new_name(one.latex)} &= {update_symbols(one, found)} = {update_numbers(one, rate)} "
            f"{sign_of(one.relation)} {one.new.latex}"
            for one in found.updates
        ]
    )


def _notes(found: Derivation) -> Iterator[str]:
    notes = [*found.notes, *([found.digits_note] if found.digits_note else []), *cut_sentences(found)]
    if notes:
        yield r"\subsection*{Notes}"
        yield "\n\n".join(map(in_text, notes))
