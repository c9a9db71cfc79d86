"""What is different on the way back through tensors: parts of a gradient, sums over what was repeated, ties entry by
entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod

from app.export.code.brackets import binding
from app.export.code.records import Line, Note
from app.export.code.tensor_sheet import TensorSheet
from app.operations.shapes import Shape, broadcast
from app.operations.templates import placeholders

_INTO = re.compile(r"#grad(\[.*\]) = (.*)")
_VIEW = re.compile(r"#g(\.T|\[[^\]]*\]|\.reshape\(.*\)|\.permute\(.*\))?")
_PRODUCT = 20


@dataclass(frozen=True, slots=True)
class Passed:
    """What one gate passes on to one operand, as code.

    into     the part of the gradient that it is written into, as `[0, 1]`; empty for all of it
    view     whether it may be another gradient's own entries, or only looks at them
    reason   why it is summed, or repeated, behind the values of its comment; empty where it is neither
    note     the same in sentences, for the margin
    """

    template: str
    into: str = ""
    view: bool = False
    reason: str = ""
    note: Note | None = None


def pass_on(sheet: TensorSheet, gate: int, position: int, template: str) -> Passed:
    """The template of an entry by entry rule with the sums over what was repeated; others as they are."""
    if match := _INTO.fullmatch(template):
        return Passed(match.group(2), into=match.group(1))
    if sheet.operation(gate).whole:
        return Passed(template, view=_VIEW.fullmatch(template) is not None)
    operand = sheet.program.operands(gate)[position]
    wanted, shape = sheet.shapes[operand], _shape(sheet, gate, position, template)
    entries = broadcast(sheet.operand_shapes(gate))
    if sheet.operation(gate).over and shape != entries:
        # A loss whose slope does not name the operand that has all the entries.
        if wanted == entries:
            ones = sheet.dialect.translated("np.ones_like(#operand)")
            return Passed(f"{template} * {ones}", reason="the slope is the same along an axis")
        repeated = sheet.dialect.translated("np.broadcast_to")
        template = f"{repeated}({template}, {_shape_text(entries)})"
        shape = entries
    if shape == wanted:
        return Passed(template, view=_VIEW.fullmatch(template) is not None)
    return _summed(sheet, gate, operand, template, shape)


def _shape(sheet: TensorSheet, gate: int, position: int, template: str) -> Shape:
    """The shape of an entry by entry expression: that of its names, broadcast."""
    operation, operands = sheet.operation(gate), sheet.program.operands(gate)
    of_name = dict.fromkeys(("g", "out", "ties", "first"), sheet.shapes[gate])
    if operation.variadic:
        of_name[operation.operands[0]] = sheet.shapes[operands[position]]
    else:
        of_name |= dict(zip(operation.operands, sheet.operand_shapes(gate), strict=True))
    counted = re.sub(r" / #\w+\.(size|numel\(\))$", "", template)
    return broadcast([of_name.get(name, ()) for name in placeholders(counted)] or [()])


def _summed(sheet: TensorSheet, gate: int, operand: int, template: str, shape: Shape) -> Passed:
    """The sum over the axes along which the operand was repeated."""
    wanted = sheet.shapes[operand]
    added = len(shape) - len(wanted)
    stretched = [at + added for at, size in enumerate(wanted) if size == 1 and shape[at + added] > 1]
    axes = [*range(added), *stretched]
    label, who = sheet.trace.graph.labels[operand], sheet.trace.graph.labels[gate]
    if len(axes) == len(shape) and not wanted:
        code = f"np.sum({template})"
        where = _entries(shape)
    else:
        axis = str(axes[0]) if len(axes) == 1 else f"({', '.join(map(str, axes))})"
        kept = ", keepdims=True" if stretched else ""
        code = f"np.sum({template}, axis={axis}{kept})"
        code += ".reshape(#operand.shape)" if stretched and added else ""
        where = f"axis {axis}" if len(axes) == 1 else f"axes {' and '.join(map(str, axes))}"
    code = _translated_outside(sheet, code, template)
    along = "for" if not wanted else "along"
    told = (
        f"In the forward pass {label} was repeated {along} {where} to make {who}. "
        "Every copy passes its own part back, and as they are one and the same, their parts are summed."
    )
    return Passed(
        code,
        reason=f"summed over {where}: {label} was repeated",
        note=Note(f"A sum where {label} is repeated", told, (sheet.lines + 1,)),
    )


def _translated_outside(sheet: TensorSheet, code: str, template: str) -> str:
    """A text of NumPy around a template that is written for the target already."""
    before, behind = code.split(template, 1)
    return f"{sheet.dialect.translated(before)}{template}{sheet.dialect.translated(behind)}"


def _entries(shape: Shape) -> str:
    """`all 6 entries`."""
    return f"all {prod(shape):,} entries"


def _shape_text(shape: Shape) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def tie_lines(sheet: TensorSheet, gate: int, word: str, helper: str) -> list[Line]:
    """Lines that count equal operands, or find the first of them, for every entry by itself."""
    name = sheet.names[gate]
    equal = [f"{_compared(sheet.code_of(operand))} == {name}" for operand in sheet.program.operands(gate)]
    if word == "ties":
        return [sheet.line("helper", f"{helper} = sum([{', '.join(equal)}])", node=gate, gate=gate)]
    lines = []
    where = sheet.dialect.translated("np.where")
    rest = str(len(equal))
    for position in range(len(equal) - 1, -1, -1):
        text = f"{helper} = {where}({equal[position]}, {position}, {rest})"
        lines.append(sheet.line("helper", text, node=gate, gate=gate))
        rest = helper
    return lines


def _compared(code: str) -> str:
    return code if binding(code) > _PRODUCT else f"({code})"
