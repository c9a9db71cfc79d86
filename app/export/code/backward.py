"""The backward pass as code: gates in reverse topological order, one line for each edge that carries a gradient.

The first part of a gradient is assigned, and only where a node is used more than once the others are added.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.export.code.brackets import fill
from app.export.code.records import Line, Note
from app.export.code.sheet import Sheet
from app.export.code.tensor_backward import Passed, pass_on, tie_lines
from app.export.code.tensor_comments import tensor_comment
from app.export.code.tensor_sheet import TensorSheet

_TIMES = {2: "twice"}
_MOST_LINES = 4
_ORDINALS = ("first", "second", "third")


@dataclass(slots=True)
class _Written:
    """What has been written of one gradient: lines, their edges, the sum so far; whether it is a plain number."""

    lines: list[int] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)
    total: Any = 0.0
    is_number: bool = True


def write_backward(sheet: Sheet) -> list[Line]:
    """Lines of gradients, those of leaves that receive none at the end."""
    program, output = sheet.program, sheet.output
    gradients = sheet.gradients
    parts: dict[tuple[str, int], Any] = {(edge.target, edge.operand): edge.downstream for edge in sheet.trace.edges}
    seed = _seed(sheet)
    lines = [seed]
    written: dict[int, _Written] = {output: _Written([seed.number], [], seed.part, seed.value is not None)}
    for gate in range(output, -1, -1):
        if gate not in written or program.operation(gate) is None:
            continue
        helper, fills = _tie_helper(sheet, gate)
        lines += helper
        for position, operand in enumerate(program.operands(gate)):
            template = sheet.rule(gate, position)
            if template is None:
                continue
            before = written.setdefault(operand, _Written())
            passed = _passed(sheet, gate, position, template, before, written[gate])
            texts = {"k": str(position), **_texts(sheet, gate, position), **fills, "g": gradients[gate]}
            code = fill(passed.template, {**texts, "operand": sheet.code_of(operand)})
            if passed.into and not before.lines:
                lines.append(_nothing(sheet, operand))
            part = parts[f"n{gate}", position]
            lines.append(_add(sheet, before, passed, code, (gate, position), 0.0 if part is None else part))
    unused = (leaf for leaf in program.leaves if leaf not in written and not program.is_fixed(leaf))
    return [*lines, *(_nothing(sheet, leaf) for leaf in unused)]


def _seed(sheet: Sheet) -> Line:
    """The line that starts with 1, for every entry of a tensor: the sum of its entries is differentiated."""
    output, leaf = sheet.output, not sheet.program.operands(sheet.output)
    name = sheet.gradients[output]
    if not sheet.shape(output):
        return sheet.line("seed", f"{name} = 1.0", node=output, value=1.0, part=1.0, leaf=leaf)
    ones = np.ones(sheet.shape(output))
    code = sheet.dialect.translated(f"np.ones_like({sheet.names[output]})")
    comment = f"{tensor_comment(ones)}: the slope of the sum of its entries"
    return sheet.line("seed", f"{name} = {code}", node=output, part=ones, leaf=leaf, comment=comment)


def _nothing(sheet: Sheet, node: int) -> Line:
    """The line that makes a gradient 0: of a leaf that receives none, or before parts of it are written."""
    leaf, name = not sheet.program.operands(node), sheet.gradients[node]
    if not sheet.shape(node):
        return sheet.line("gradient", f"{name} = 0.0", node=node, value=0.0, part=0.0, leaf=leaf)
    code = sheet.dialect.translated(f"np.zeros_like({sheet.names[node]})")
    return sheet.line("gradient", f"{name} = {code}", node=node, leaf=leaf)


def _passed(sheet: Sheet, gate: int, position: int, template: str, before: _Written, upstream: _Written) -> Passed:
    """What a gate passes on, as a copy where a later `+=` would change another gradient that is the same object."""
    operand = sheet.program.operands(gate)[position]
    if not isinstance(sheet, TensorSheet):
        return Passed(_unshared(sheet, template, operand, before, upstream))
    passed = pass_on(sheet, gate, position, template)
    own_number = upstream.is_number and template in ("#g", "-#g") and not passed.reason
    shared = passed.view and not own_number and not before.lines and sheet.uses[operand] > 1
    before.is_number = before.is_number and own_number
    copy = sheet.dialect.whole_copy if sheet.shape(operand) else sheet.dialect.copy
    return replace(passed, template=copy.replace("#g", passed.template)) if shared and copy else passed


def _unshared(sheet: Sheet, template: str, operand: int, before: _Written, upstream: _Written) -> str:
    """The template, as a copy where a later `+=` would change another gradient that is the same object."""
    passes_on = template == "#g"
    own_number = upstream.is_number and (passes_on or template == "-#g")
    copied = passes_on and not own_number and not before.lines and sheet.uses[operand] > 1
    before.is_number = before.is_number and own_number
    return sheet.dialect.copy if copied and sheet.dialect.copy else template


def _texts(sheet: Sheet, gate: int, position: int) -> dict[str, str]:
    """What the names of a rule stand for at one operand of a gate."""
    program = sheet.program
    operation, operands = program.operation(gate), program.operands(gate)
    assert operation is not None
    if operation.variadic:
        return {operation.operands[0]: sheet.code_of(operands[position]), "out": sheet.names[gate]}
    texts = {name: sheet.code_of(operand) for name, operand in zip(operation.operands, operands, strict=True)}
    return {**texts, "out": sheet.names[gate]}


def _tie_helper(sheet: Sheet, gate: int) -> tuple[list[Line], dict[str, str]]:
    """The line that counts equal operands, or finds the first of them, if the rules of the gate ask for it."""
    program, operation = sheet.program, sheet.program.operation(gate)
    assert operation is not None
    if not operation.variadic:
        return [], {}
    operands = program.operands(gate)
    rules = [sheet.rule(gate, position) or "" for position in range(len(operands))]
    name = sheet.names[gate]
    for word in ("ties", "first"):
        if any(f"#{word}" in rule for rule in rules):
            helper = sheet.identifiers.take(f"{word}_{name}")
            if isinstance(sheet, TensorSheet):
                return tie_lines(sheet, gate, word, helper), {word: helper}
            texts = [sheet.code_of(operand) for operand in operands]
            found = f"[{', '.join(texts)}].count({name})"
            if word == "first":
                # The last entry makes sure that one is found, also where nothing is equal to NaN.
                found = f"[{', '.join(f'{text} == {name}' for text in texts)}, True].index(True)"
            return [sheet.line("helper", f"{helper} = {found}", node=gate, gate=gate)], {word: helper}
    return [], {}


def _add(sheet: Sheet, before: _Written, passed: Passed, code: str, edge: tuple[int, int], part: Any) -> Line:
    """The line that writes one part of a gradient; its note says why where it adds, or sums what was repeated."""
    gate, position = edge
    operand = sheet.program.operands(gate)[position]
    adds, sum_before = bool(before.lines), before.total
    before.total = before.total + part
    before.edges.append(edge)
    is_number = not sheet.shape(operand)
    line = sheet.line(
        "gradient",
        f"{sheet.gradients[operand]}{passed.into} {'+=' if adds else '='} {code}",
        node=operand,
        gate=gate,
        operand=position,
        value=before.total if is_number else None,
        before=sum_before if adds else None,
        part=part,
        leaf=not sheet.program.operands(operand),
        adds=adds,
        note=_note(sheet, operand, before) if adds else passed.note,
        reason=passed.reason,
    )
    before.lines.append(line.number)
    return line


def _note(sheet: Sheet, operand: int, written: _Written) -> Note:
    """Why a line adds: who wrote the parts before it."""
    labels = sheet.trace.graph.labels
    uses = sheet.uses[operand]
    title = f"+= where {labels[operand]} is used {_TIMES.get(uses, f'{uses} times')}"
    number = sheet.lines + 1
    if len(written.lines) > 1:
        who = f"Lines {_listed(written.lines)} wrote the other parts."
    else:
        who = f"Line {written.lines[0]} wrote the part of {_part_name(sheet, written, 0)}."
    text = f"{who} Line {number} adds the part of {_part_name(sheet, written, -1)}. {_rest(sheet)}"
    shown = written.lines if len(written.lines) <= _MOST_LINES else [written.lines[0], written.lines[-1]]
    return Note(title, text, (*shown, number))


def _listed(lines: list[int]) -> str:
    """`10, 12 and 15`; of many lines the first and the last."""
    if len(lines) > _MOST_LINES:
        return f"{lines[0]} to {lines[-1]}"
    return f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"


def _part_name(sheet: Sheet, written: _Written, index: int) -> str:
    """The gate that passes a part on; with the operand's place where the same gate passes on two."""
    gate, position = written.edges[index]
    label = sheet.trace.graph.labels[gate]
    # The parts of one gate stand side by side.
    around = written.edges[max(0, index - 1) :][:3] if index >= 0 else written.edges[-2:]
    if sum(each == gate for each, _ in around) == 1:
        return label
    place = _ORDINALS[position] if position < len(_ORDINALS) else f"{position + 1}th"
    return f"{label} by its {place} operand"


def _rest(sheet: Sheet) -> str:
    if sheet.forks == 1:
        return "Everywhere else one gate is the only user, so = is enough."
    return "Where one gate is the only user, = is enough."
