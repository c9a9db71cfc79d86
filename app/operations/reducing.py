"""What reductions and their relatives compute, forward and backward, on arrays, for the entries of `reductions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np


def along(part: Any, attributes: Mapping[str, Any]) -> Any:
    """What was reduced, put back beside its operand: the axis that went is there again, with size 1."""
    axis = _axis(attributes)
    return part if axis is None or attributes.get("keepdims") else np.expand_dims(part, axis)


def reducing(reduce: Callable[..., Any]) -> Callable[..., Any]:
    """A NumPy reduction with the settings of our language."""

    def forward(x: Any, axis: Any = None, keepdims: Any = False) -> Any:
        return reduce(x, axis=None if axis is None else int(axis), keepdims=bool(keepdims))

    return forward


def length(x: Any, axis: int | None, keepdims: bool) -> Any:
    return np.sqrt(np.sum(np.square(x), axis=axis, keepdims=keepdims))


def _axis(attributes: Mapping[str, Any]) -> int | None:
    axis = attributes.get("axis")
    return None if axis is None else int(axis)


def _last(attributes: Mapping[str, Any]) -> int:
    axis = attributes.get("axis")
    return -1 if axis is None else int(axis)


def _count(operand: Any, axis: int | None) -> int:
    return int(np.size(operand) if axis is None else np.shape(operand)[axis])


def spread(g: Any, operands: tuple[Any, ...], _out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    return (np.broadcast_to(along(g, attributes), np.shape(operands[0])),)


def spread_mean(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    return (spread(g, operands, out, attributes)[0] / max(_count(operands[0], _axis(attributes)), 1),)


def spread_product(g: Any, operands: tuple[Any, ...], _out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    """Each entry receives the product of all others: never a quotient, which would fail at 0."""
    axis = _axis(attributes)
    x = np.ravel(operands[0])[None, :] if axis is None else np.moveaxis(operands[0], axis, -1)
    ones = np.ones((*x.shape[:-1], 1))
    before = np.cumprod(np.concatenate([ones, x[..., :-1]], axis=-1), axis=-1)
    behind = np.cumprod(np.concatenate([ones, x[..., :0:-1]], axis=-1), axis=-1)[..., ::-1]
    others = before * behind
    others = others.reshape(np.shape(operands[0])) if axis is None else np.moveaxis(others, -1, axis)
    return (along(g, attributes) * others,)


def route(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    """Equal entries share the gradient as the convention `ties` says, as the operands of `max` do."""
    axis, ties = _axis(attributes), attributes.get("ties", "split")
    chosen = operands[0] == along(out, attributes)
    if ties == "first":
        before = chosen.cumsum(axis=axis).reshape(chosen.shape)
        return (along(g, attributes) * (chosen & (before == 1)),)
    counted = np.maximum(chosen.sum(axis=axis, keepdims=axis is not None), 1) if ties == "split" else 1
    return (along(g, attributes) * (chosen / counted),)


def softmax(x: Any, axis: Any = None) -> Any:
    """exp(x) / sum(exp(x)) along an axis, the last one unless it is given; the largest entry is taken off first."""
    at = -1 if axis is None else int(axis)
    powers = np.exp(x - np.maximum.reduce(x, axis=at, keepdims=True))
    return powers / np.add.reduce(powers, axis=at, keepdims=True)


def log_softmax(x: Any, axis: Any = None) -> Any:
    """The logarithm of softmax, without the loss of digits of log(softmax(x))."""
    at = -1 if axis is None else int(axis)
    moved = x - np.maximum.reduce(x, axis=at, keepdims=True)
    return moved - np.log(np.add.reduce(np.exp(moved), axis=at, keepdims=True))


def logsumexp(x: Any, axis: Any = None, keepdims: Any = False) -> Any:
    """log(sum(exp(x))); the largest entry is taken off first, so that nothing overflows."""
    at = None if axis is None else int(axis)
    largest = np.max(x, axis=at, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    sums = np.log(np.exp(x - largest).sum(axis=at, keepdims=True)) + largest
    return sums if keepdims else np.squeeze(sums, axis=at)


def pull_softmax(g: Any, _operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    at = _last(attributes)
    return (out * (g - (g * out).sum(axis=at, keepdims=True)),)


def pull_log_softmax(g: Any, _operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    at = _last(attributes)
    return (g - np.exp(out) * g.sum(axis=at, keepdims=True),)


def push_softmax(tangent: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> Any:
    """The Jacobian diag(f) - f f^T is its own transpose."""
    return pull_softmax(tangent, operands, out, attributes)[0]


def push_log_softmax(tangent: Any, _operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> Any:
    """The same rows as the gradient of an entry: g - exp(f) sum(g), turned."""
    return tangent - (np.exp(out) * tangent).sum(axis=_last(attributes), keepdims=True)


def pull_logsumexp(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    return (along(g, attributes) * np.exp(operands[0] - along(out, attributes)),)


def pull_norm(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    """x / |x|; at the kink x = 0 the subgradient 0, as PyTorch has it."""
    size = along(out, attributes)
    return (np.where(size == 0, 0.0, along(g, attributes) * operands[0] / np.where(size == 0, 1.0, size)),)


def _rows(z: Any) -> int:
    """How many examples there are: one for a vector, one for each row."""
    shape: tuple[int, ...] = np.shape(z)
    return max(prod(shape) // max(shape[-1], 1), 1)


def nll(l: Any, t: Any) -> Any:  # noqa: E741  # the name of the operand
    """Mean over the rows of -sum(t l), l being logarithms of probabilities; 0 where t is 0, whatever l is."""
    return -np.add.reduce(np.where(t == 0, 0.0, t * l), axis=None) / _rows(l)


def pull_nll(g: Any, operands: tuple[Any, ...], _out: Any, _attributes: Mapping[str, Any]) -> tuple[Any, Any]:
    logarithms, t = operands
    return -g * t / _rows(t), -g * logarithms / _rows(t)


def cross_entropy(z: Any, t: Any) -> Any:
    """Mean over the rows of -sum(t log softmax(z)); z and t are one vector or one row for each example."""
    return nll(log_softmax(z), t)


def pull_cross_entropy(g: Any, operands: tuple[Any, ...], _out: Any, _attributes: Mapping[str, Any]) -> tuple[Any, Any]:
    z, t = operands
    logarithms, each = log_softmax(z), g / _rows(z)
    given = np.add.reduce(t, axis=-1, keepdims=True)
    return each * (np.exp(logarithms) * given - t), -each * logarithms
