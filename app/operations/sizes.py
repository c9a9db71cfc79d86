"""How large tensors and products may be: counted from shapes, before anything is allocated."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from app.errors import Problem, UserError
from app.limits import Limits, setting_name
from app.operations.record import Operation
from app.operations.shapes import Shape, shape_text


def check_size(operation: Operation, shapes: Sequence[Shape], result: Shape, limits: Limits) -> None:
    """Raises UserError "limit" for a result or a product that is larger than a setting allows."""
    check_shape(result, limits)
    if operation.flops is not None and (flops := operation.flops(shapes)) > limits.max_flops:
        raise _over("This product", flops, "operations", "max_flops", limits)


def check_shape(shape: Shape, limits: Limits) -> None:
    """Raises UserError "limit" for a tensor that is larger than a setting allows."""
    if len(shape) > limits.max_rank:
        raise _over("A tensor here", len(shape), "axes", "max_rank", limits)
    if prod(shape) > limits.max_tensor_elements:
        raise _over(shape_text(shape).capitalize(), prod(shape), "entries", "max_tensor_elements", limits)


def check_total(elements: int, limits: Limits) -> None:
    """Raises UserError "limit" when all tensors of a program together are larger than a setting allows."""
    if elements > limits.max_total_elements:
        raise _over("This program", elements, "entries in all its tensors", "max_total_elements", limits)


def _over(what: str, count: int, unit: str, field: str, limits: Limits) -> UserError:
    message = f"{what} has {count:,} {unit}; the limit is {getattr(limits, field):,}."
    hint = f"The setting {setting_name(field)} changes the limit."
    return UserError([Problem("tensor-too-large", message, hint)], "limit")
