"""Code templates of operations on whole tensors, made definite by the shapes of the operands.

A template of the registry sees the operands by name, `#out`, and the upstream gradient as `#g`, and besides them
    #keepdims             whether the axis stays, of size 1
    #axis, #axes, #last   the axis of the gate; all axes where it has none; the last one where it has none
    #up, #over            the upstream gradient and the result, put back beside the operand: the axis that went is there
    #count, #rows         how many entries are reduced to one; how many examples a loss is the mean of
    #index, #shape        as written in the program
    #place, #part         of an operand among many: its place, and its part of the joined axis
    #grad                 the gradient of the operand, where only a part of it is written
What says nothing for these shapes is left out: `axis=None`, axes kept of a vector, a division by one row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.export.code.dialects import Dialect
from app.operations import Operation
from app.operations.conventions import Ties
from app.operations.shapes import Shape

_AXIS = re.compile(r", (?:axis=|dim=)?#(axis|last)(, keepdims?=True)?(?=[,)])")
_KEEPDIMS = re.compile(r", keepdims?=#keepdims")
_PLACE = re.compile(r"#(axis|axes|last|up|over|count|rows|index|shape|place|part)(?!\w)")


def forward_template(operation: Operation, dialect: Dialect, shapes: Sequence[Shape], attributes: Any) -> str:
    """The value of a gate, with the operands as placeholders."""
    template = operation.code[dialect.name]
    if operation.name == "transpose":
        rank = len(shapes[0])
        if rank < 2:
            return "#x"
        if rank > 2 and dialect.name == "torch":
            return f"#x.permute({', '.join(map(str, reversed(range(rank))))})"
    return _definite(operation, template, dialect, shapes, attributes, 0)


def back_template(
    operation: Operation, position: int, dialect: Dialect, shapes: Sequence[Shape], attributes: Any, ties: Ties
) -> str:
    """What a gate passes on to one operand, of an operation whose rule is not a text of our language."""
    template = _chosen(operation.back, dialect, ties)[0 if operation.variadic else position]
    return _definite(operation, template, dialect, shapes, attributes, position)


def _chosen(back: Mapping[str, tuple[str, ...]], dialect: Dialect, ties: Ties) -> tuple[str, ...]:
    """The templates for a target and a convention, translated from those of NumPy where it has none of its own."""
    for key in (f"{dialect.name} {ties}", dialect.name):
        if key in back:
            return back[key]
    found = back.get(f"numpy {ties}", back["numpy"])
    return tuple(dialect.translated(template) for template in found)


def _definite(
    operation: Operation, template: str, dialect: Dialect, shapes: Sequence[Shape], given: Any, position: int
) -> str:
    attributes = {**operation.attributes, **given}
    shape = shapes[position if operation.variadic else 0]
    axis = attributes.get("axis")
    rank = len(shape)

    def stripped(match: re.Match[str]) -> str:
        kept = match.group(2) is not None
        nothing = rank < 2 if kept else False
        unsaid = match.group(1) == "axis" and (axis is None or axis == operation.attributes["axis"] == -1)
        return "" if nothing or unsaid else match.group()

    template = _kept(_AXIS.sub(stripped, template), rank, attributes)
    rows = _rows(operation, shape, dialect)
    if rows is None:
        template = template.removesuffix(" / #rows")
    at = None if axis is None else int(axis)
    gone = None if attributes.get("keepdims") else at
    told: dict[str, str] = {"place": str(position), "rows": rows or "1", "last": str(-1 if at is None else at)}
    if "axis" in attributes:
        told |= {
            "axis": str(at),
            "axes": f"({', '.join(map(str, range(rank)))}{',' if rank == 1 else ''})" if at is None else str(at),
            "up": _beside("#g", gone, rank, dialect),
            "over": _beside("#out", gone, rank, dialect),
            "count": f"#x.{dialect.size}" if at is None else f"#x.shape[{at}]",
        }
    if "#part" in template:
        told["part"] = _part(shapes, position, (at or 0) % rank)
    for name in ("index", "shape"):
        if name in attributes:
            told[name] = ", ".join(map(str, attributes[name]))
    return _PLACE.sub(lambda match: told[match.group(1)], template)


def _kept(template: str, rank: int, attributes: Mapping[str, Any]) -> str:
    """With `keepdims` said or left out; where all axes are reduced, PyTorch has no such setting everywhere."""
    if "#keepdims" not in template:
        return template
    if attributes.get("keepdims") and attributes.get("axis") is not None:
        return template.replace("#keepdims", "True")
    plain = _KEEPDIMS.sub("", template)
    return f"{plain}.reshape({', '.join(['1'] * rank)})" if attributes.get("keepdims") and rank else plain


def _beside(name: str, axis: int | None, rank: int, dialect: Dialect) -> str:
    return name if axis is None or rank < 2 else dialect.expand.replace("#x", name).replace("#axis", str(axis))


def _rows(operation: Operation, shape: Shape, dialect: Dialect) -> str | None:
    """The number of rows as code, None for one row."""
    name = f"#{operation.operands[0]}"
    if len(shape) < 2:
        return None
    return f"len({name})" if len(shape) == 2 else f"({name}.{dialect.size} // {name}.shape[-1])"


def _part(shapes: Sequence[Shape], position: int, axis: int) -> str:
    """`0:2`, or `:, 0:2`: where the operand lies among those that were joined."""
    start = sum(shape[axis] for shape in shapes[:position])
    return ":, " * axis + f"{start}:{start + shapes[position][axis]}"
