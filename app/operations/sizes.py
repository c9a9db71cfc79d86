"""How large tensors and products may be: counted from shapes, before anything is allocated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import prod

from app.errors import Problem, Span, UserError
from app.limits import Limits, setting_name
from app.operations.record import Operation
from app.operations.shapes import Shape, shape_text


def check_size(operation: Operation, shapes: Sequence[Shape], result: Shape, limits: Limits) -> None:
    """Raises UserError "limit" for a result or a product that is larger than a setting allows."""
    check_shape(result, limits)
    if operation.flops is not None:
        check_flops("This product", operation.flops(shapes), limits)


def check_flops(what: str, flops: int, limits: Limits) -> None:
    """Raises UserError "limit" for a gate that takes more steps than a setting allows."""
    if flops > limits.max_flops:
        raise _over(what, flops, "operations", "max_flops", limits)


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


_WIRES = 8
"""What flows along the wires of a program may be so many times as large as its values: most gates have two operands,
and each wire carries a local and a downstream gradient."""


def check_wires(entries: int, limits: Limits) -> None:
    """Raises UserError "limit" when the gradients on all wires of a program together would be too large."""
    if entries > _WIRES * limits.max_total_elements:
        message = (
            f"The gradients on the wires of this program have {entries:,} entries; the limit is "
            f"{_WIRES * limits.max_total_elements:,}, {_WIRES} for each entry that its tensors may have."
        )
        hint = f"The setting {setting_name('max_total_elements')} changes the limit."
        raise UserError([Problem("tensor-too-large", message, hint)], "limit")


@contextmanager
def placed(span: Span | None) -> Iterator[None]:
    """Limits that are crossed inside are told at this place, unless they have one."""
    try:
        yield
    except UserError as error:
        raise with_place(error, span) from None


def with_place(error: UserError, span: Span | None) -> UserError:
    """The same told at this place, unless it has one."""
    if error.kind != "limit" or error.problems[0].span is not None:
        return error
    return UserError([replace(one, span=span) for one in error.problems], "limit")


def _over(what: str, count: int, unit: str, field: str, limits: Limits) -> UserError:
    message = f"{what} has {count:,} {unit}; the limit is {getattr(limits, field):,}."
    hint = f"The setting {setting_name(field)} changes the limit."
    return UserError([Problem("tensor-too-large", message, hint)], "limit")
