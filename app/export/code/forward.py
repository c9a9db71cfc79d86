"""The forward pass as code: leaves, then one line a gate."""

from __future__ import annotations

from app.export.code.arrays import array_lines
from app.export.code.dialects import DIALECTS, leaf_lines
from app.export.code.records import Line
from app.export.code.rules import COMPARISONS, fill_operation, operand_name
from app.export.code.sheet import Sheet, chunks
from app.export.code.tensor_comments import shape_of, tensor_comment
from app.export.code.tensor_sheet import TensorSheet


def write_forward(sheet: Sheet, gates: dict[int, list[str]]) -> list[Line]:
    """Lines of leaves and gates; imports stand before them."""
    lines = [*_tensor_leaves(sheet), *_leaves(sheet)] if isinstance(sheet, TensorSheet) else _leaves(sheet)
    values = sheet.trace.values
    for node, texts in gates.items():
        gate = node if sheet.program.operation(node) else None
        lines += [sheet.line("gate", text, node=node, gate=gate) for text in texts[:-1]]
        told = {"comment": tensor_comment(values[node])} if sheet.shape(node) else {"value": values[node]}
        lines.append(sheet.line("gate", texts[-1], node=node, gate=gate, **told))
    return lines


def gate_texts(sheet: Sheet) -> dict[int, list[str]]:
    """Gate -> its code, one line but for operations with dozens of operands; an output that is a literal too."""
    program = sheet.program
    found: dict[int, list[str]] = {}
    for node in range(len(program.ops)):
        if program.operation(node) is not None:
            found[node] = _gate(sheet, node)
        elif program.is_constant(node) and node in sheet.names:
            if sheet.shape(node):
                continue  # a tensor: among the leaves
            literal = sheet.literal(node)
            found[node] = [f"{sheet.names[node]} = {sheet.dialect.argument_of(literal)}"]
    return found


def _leaves(sheet: Sheet) -> list[Line]:
    program, values, names = sheet.program, sheet.trace.values, sheet.names
    lines: list[Line] = []
    numbers = [leaf for leaf in program.leaves if not sheet.shape(leaf)]
    trained = [leaf for leaf in numbers if not program.is_fixed(leaf)]
    fixed = [leaf for leaf in numbers if program.is_fixed(leaf)]
    for leaves, trainable in ((trained, True), (fixed, False)):
        texts = leaf_lines(sheet.dialect, [(names[leaf], values[leaf]) for leaf in leaves], trainable=trainable)
        done = 0
        for text, count in texts:
            lines.append(sheet.line("leaves", text, nodes=tuple(leaves[done : done + count])))
            done += count
    return lines


def _tensor_leaves(sheet: TensorSheet) -> list[Line]:
    """Leaves that are tensors, and literals that are too long to stand among the operands."""
    program, lines = sheet.program, []
    for node, name in sorted(sheet.names.items()):
        if sheet.shape(node) and program.operation(node) is None:
            trainable = not program.is_fixed(node)
            first, *more = array_lines(sheet.dialect, name, sheet.array(node), trainable=trainable)
            shape = f"# {shape_of(sheet.array(node))}"
            lines.append(sheet.line("leaves", first, nodes=(node,), comment=shape))
            lines += [sheet.line("leaves", text, nodes=(node,)) for text in more]
    return lines


def _gate(sheet: Sheet, node: int) -> list[str]:
    program = sheet.program
    operation = program.operation(node)
    assert operation is not None
    dialect = DIALECTS["python"] if sheet.plain[node] else sheet.dialect
    operands = program.operands(node)
    of_condition = program.operation(operands[0])
    code = sheet.value_template(node) if isinstance(sheet, TensorSheet) else operation.code[dialect.name]
    template = dialect.template(
        code if dialect is sheet.dialect else operation.code[dialect.name],
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
