"""The forward pass as code: leaves, then one line a gate."""

from __future__ import annotations

from app.export.code.dialects import DIALECTS, leaf_lines
from app.export.code.records import Line
from app.export.code.rules import COMPARISONS, fill_operation, operand_name
from app.export.code.sheet import Sheet, chunks


def write_forward(sheet: Sheet, gates: dict[int, list[str]]) -> list[Line]:
    """Lines of leaves and gates; imports stand before them."""
    lines = _leaves(sheet)
    values = sheet.trace.values
    for node, texts in gates.items():
        gate = node if sheet.program.operation(node) else None
        lines += [sheet.line("gate", text, node=node, gate=gate) for text in texts[:-1]]
        lines.append(sheet.line("gate", texts[-1], node=node, gate=gate, value=values[node]))
    return lines


def gate_texts(sheet: Sheet) -> dict[int, list[str]]:
    """Gate -> its code, one line but for operations with dozens of operands; an output that is a literal too."""
    program = sheet.program
    found: dict[int, list[str]] = {}
    for node in range(len(program.ops)):
        if program.operation(node) is not None:
            found[node] = _gate(sheet, node)
        elif program.is_constant(node) and node in sheet.names:
            literal = sheet.literal(node)
            found[node] = [f"{sheet.names[node]} = {sheet.dialect.argument_of(literal)}"]
    return found


def _leaves(sheet: Sheet) -> list[Line]:
    program, values, names = sheet.program, sheet.trace.values, sheet.names
    lines: list[Line] = []
    trained = [leaf for leaf in program.leaves if not program.is_fixed(leaf)]
    fixed = [leaf for leaf in program.leaves if program.is_fixed(leaf)]
    for leaves, trainable in ((trained, True), (fixed, False)):
        texts = leaf_lines(sheet.dialect, [(names[leaf], values[leaf]) for leaf in leaves], trainable=trainable)
        done = 0
        for text, count in texts:
            lines.append(sheet.line("leaves", text, nodes=tuple(leaves[done : done + count])))
            done += count
    return lines


def _gate(sheet: Sheet, node: int) -> list[str]:
    program = sheet.program
    operation = program.operation(node)
    assert operation is not None
    dialect = DIALECTS["python"] if sheet.plain[node] else sheet.dialect
    operands = program.operands(node)
    of_condition = program.operation(operands[0])
    template = dialect.template(
        operation.code[dialect.name],
        condition_is_comparison=of_condition is not None and of_condition.name in COMPARISONS,
    )
    texts = [
        dialect.as_argument(operation.name, operand_name(operation, position), template, sheet.code_of(operand))
        if sheet.plain[operand]
        else sheet.code_of(operand)
        for position, operand in enumerate(operands)
    ]
    name = sheet.names[node]
    lines: list[str] = []
    for part in chunks(texts, nested=operation.variadic and "#*" not in template):
        operands_here = [name, *part] if lines else part
        lines.append(f"{name} = {fill_operation(operation, template, operands_here, sheet.attributes(node))}")
    return lines
