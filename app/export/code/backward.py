"""The backward pass as code: gates in reverse topological order, one line for each edge that carries a gradient.

The first part of a gradient is assigned, and only where a node is used more than once the others are added.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.export.code.brackets import fill
from app.export.code.records import Line, Note
from app.export.code.sheet import Sheet

_TIMES = {2: "twice"}
_MOST_LINES = 4
_ORDINALS = ("first", "second", "third")


@dataclass(slots=True)
class _Written:
    """What has been written of one gradient: lines, their edges, the sum so far; whether it is a plain number."""

    lines: list[int] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)
    total: float = 0.0
    is_number: bool = True


def write_backward(sheet: Sheet) -> list[Line]:
    """Lines of gradients, those of leaves that receive none at the end."""
    program, output = sheet.program, sheet.output
    gradients = sheet.gradients
    parts = {(edge.target, edge.operand): edge.downstream for edge in sheet.trace.edges}
    seed = sheet.line(
        "seed", f"{gradients[output]} = 1.0", node=output, value=1.0, part=1.0, leaf=not program.operands(output)
    )
    lines = [seed]
    written: dict[int, _Written] = {output: _Written([seed.number], [], 1.0)}
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
            template = _unshared(sheet, template, operand, before, written[gate])
            texts = {**_texts(sheet, gate, position), **fills, "g": gradients[gate], "k": str(position)}
            part = parts[f"n{gate}", position]
            lines.append(_add(sheet, before, gradients[operand], fill(template, texts), (gate, position), part or 0.0))
    lines += [
        sheet.line("gradient", f"{gradients[leaf]} = 0.0", node=leaf, value=0.0, part=0.0, leaf=True)
        for leaf in program.leaves
        if leaf not in written and not program.is_fixed(leaf)
    ]
    return lines


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
            texts = [sheet.code_of(operand) for operand in operands]
            found = f"[{', '.join(texts)}].count({name})"
            if word == "first":
                # The last entry makes sure that one is found, also where nothing is equal to NaN.
                found = f"[{', '.join(f'{text} == {name}' for text in texts)}, True].index(True)"
            return [sheet.line("helper", f"{helper} = {found}", node=gate, gate=gate)], {word: helper}
    return [], {}


def _add(sheet: Sheet, before: _Written, name: str, code: str, edge: tuple[int, int], part: float) -> Line:
    """The line that writes one part of a gradient; its note says why where it adds."""
    gate, position = edge
    operand = sheet.program.operands(gate)[position]
    adds, sum_before = bool(before.lines), before.total
    before.total += part
    before.edges.append(edge)
    line = sheet.line(
        "gradient",
        f"{name} {'+=' if adds else '='} {code}",
        node=operand,
        gate=gate,
        operand=position,
        value=before.total,
        before=sum_before if adds else None,
        part=part,
        leaf=not sheet.program.operands(operand),
        adds=adds,
        note=_note(sheet, operand, before) if adds else None,
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
