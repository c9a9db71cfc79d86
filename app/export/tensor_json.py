"""Numbers and tensors as JSON: nested lists, large tensors as a summary."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.tensors.forward import Value
from app.numbers import to_json


def value_json(value: Value | None, listed: int) -> Any:
    """A number, or nested lists; None for nothing, and for a tensor with more entries than are listed."""
    if value is None or np.size(value) > listed:
        return None
    if not isinstance(value, np.ndarray):
        return to_json(float(value))
    if np.all(np.isfinite(value)):
        return (value + 0.0).tolist()  # no zero with a sign
    return np.vectorize(to_json, otypes=[object])(value).tolist()


def summary(value: Value | None, listed: int) -> dict[str, Any] | None:
    """Smallest, mean and largest entry and the length of a tensor that is not listed."""
    if value is None or np.size(value) <= listed:
        return None
    with np.errstate(all="ignore"):
        told = {
            "min": np.min(value),
            "mean": np.mean(value),
            "max": np.max(value),
            "norm": np.linalg.norm(np.ravel(value)),
        }
    return {name: to_json(float(number)) for name, number in told.items()}
