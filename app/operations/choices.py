"""Where operations on whole tensors have kinks: ties of a largest entry, and the origin of a length.

Each function takes (operands, out, attributes), as the fields `kinked` and `pieces` of an operation do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def _axis(attributes: Mapping[str, Any]) -> int | None:
    axis = attributes.get("axis")
    return None if axis is None else int(axis)


def chosen(operands: Sequence[Any], out: Any, attributes: Mapping[str, Any]) -> Any:
    """Which entries are the result: the gradient goes to them."""
    axis = _axis(attributes)
    return operands[0] == (out if axis is None else np.expand_dims(out, axis))


def tied(operands: Sequence[Any], out: Any, attributes: Mapping[str, Any]) -> Any:
    """Whether more than one entry is the result."""
    return np.sum(chosen(operands, out, attributes), axis=_axis(attributes)) > 1


def at_origin(_operands: Sequence[Any], out: Any, _attributes: Mapping[str, Any]) -> Any:
    """Whether the length is 0."""
    return np.equal(out, 0.0)


def side_of_origin(operands: Sequence[Any], _out: Any, attributes: Mapping[str, Any]) -> Any:
    """The sign of the one entry that is not 0; the same number wherever there are more, and so no tip on the way."""
    axis, signs = _axis(attributes), np.sign(operands[0])
    return np.where(np.count_nonzero(signs, axis=axis) > 1, 2.0, np.sum(signs, axis=axis))
