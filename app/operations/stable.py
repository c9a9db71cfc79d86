"""Values that stay right where the textbook formula overflows or loses all its digits.

Every function comes twice: `*_scalar` for Python floats, fast, and the other one for float64 scalars and arrays,
total, to be called under np.errstate(all="ignore").
"""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

SQRT_HALF = math.sqrt(0.5)
SELU_SCALE = 1.0507009873554805
SELU_SLOPE = 1.7580993408473766
"""Klambauer et al. 2017: scale, and scale times alpha (1.6732632423543772)."""

EXP_IS_ZERO = -750.0
"""exp of this and of everything below is 0 in float64, so x * exp(x) may take it for x, and 0 * inf never arises."""
ERFC_IS_ZERO = -40.0
"""The same for erfc(-x / sqrt(2))."""


def power(x: Any, y: Any) -> Any:
    """x to the power y; NumPy takes a square root for y = 0.5, which is NaN where IEEE 754 has infinity."""
    return np.where(np.equal(x, -np.inf) & np.equal(y, 0.5), np.inf, np.power(x, y))[()]


def largest_scalar(*operands: float) -> float:
    """The largest operand; NaN if one of them is (Python's own max drops a NaN that comes second)."""
    return math.nan if _any_nan(operands) else max(operands)


def smallest_scalar(*operands: float) -> float:
    """The smallest operand; NaN if one of them is."""
    return math.nan if _any_nan(operands) else min(operands)


def _any_nan(operands: tuple[float, ...]) -> bool:
    total = sum(operands)  # NaN if an operand is; also for inf - inf, hence the second look
    return total != total and any(operand != operand for operand in operands)


def largest(*operands: Any) -> Any:
    """The largest operand, entry by entry; NaN where one of them is."""
    return functools.reduce(np.maximum, operands)


def smallest(*operands: Any) -> Any:
    """The smallest operand, entry by entry; NaN where one of them is."""
    return functools.reduce(np.minimum, operands)


def clip_scalar(x: float, low: float, high: float) -> float:
    """x moved into [low, high]; high where low > high, as NumPy and PyTorch have it."""
    return smallest_scalar(largest_scalar(x, low), high)


def clip(x: Any, low: Any, high: Any) -> Any:
    """clip_scalar, entry by entry."""
    return np.minimum(np.maximum(x, low), high)


def sign_scalar(x: float) -> float:
    """-1, 0 or 1; NaN for NaN."""
    return x if x != x else float((x > 0) - (x < 0))


def sigmoid_scalar(x: float) -> float:
    """1 / (1 + exp(-x)) with an exponent that is never positive."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    power = math.exp(x)
    return power / (1.0 + power)


def sigmoid(x: Any) -> Any:
    """sigmoid_scalar, entry by entry."""
    power = np.exp(-np.abs(x))
    return np.where(np.greater_equal(x, 0), 1.0, power) / (1.0 + power)


def softplus_scalar(x: float) -> float:
    """log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|))."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def softplus(x: Any) -> Any:
    """softplus_scalar, entry by entry."""
    return np.logaddexp(0.0, x)


def logsigmoid_scalar(x: float) -> float:
    """log(sigmoid(x)) = -softplus(-x)."""
    return -softplus_scalar(-x)


def logsigmoid(x: Any) -> Any:
    """logsigmoid_scalar, entry by entry."""
    return -softplus(np.negative(x))


def silu_scalar(x: float) -> float:
    """x * sigmoid(x), 0 at minus infinity."""
    return max(x, EXP_IS_ZERO) * sigmoid_scalar(x)


def silu(x: Any) -> Any:
    """silu_scalar, entry by entry."""
    return np.maximum(x, EXP_IS_ZERO) * sigmoid(x)


def gelu_scalar(x: float) -> float:
    """x * Phi(x); through erfc, because 1 + erf loses its digits for negative x."""
    return 0.5 * max(x, ERFC_IS_ZERO) * math.erfc(-x * SQRT_HALF)


def gelu(x: Any) -> Any:
    """gelu_scalar, entry by entry."""
    return 0.5 * np.maximum(x, ERFC_IS_ZERO) * erfc(np.negative(x) * SQRT_HALF)


def mish_scalar(x: float) -> float:
    """x * tanh(softplus(x)), 0 at minus infinity."""
    return max(x, EXP_IS_ZERO) * math.tanh(softplus_scalar(x))


def mish(x: Any) -> Any:
    """mish_scalar, entry by entry."""
    return np.maximum(x, EXP_IS_ZERO) * np.tanh(softplus(x))


def softsign_scalar(x: float) -> float:
    """x / (1 + |x|), -1 and 1 at the infinities."""
    return math.copysign(1.0, x) if math.isinf(x) else x / (1.0 + abs(x))


def softsign(x: Any) -> Any:
    """softsign_scalar, entry by entry."""
    return np.where(np.isinf(x), np.sign(x), np.divide(x, 1.0 + np.abs(x)))


def elu_scalar(x: float, alpha: float = 1.0) -> float:
    """x above 0, alpha * (exp(x) - 1) below."""
    return x if x > 0 else alpha * math.expm1(x)


def elu(x: Any, alpha: float = 1.0) -> Any:
    """elu_scalar, entry by entry."""
    return np.where(np.greater(x, 0), x, alpha * np.expm1(np.minimum(x, 0.0)))


def selu_scalar(x: float) -> float:
    """ELU scaled so that activations keep mean 0 and variance 1."""
    return SELU_SCALE * x if x > 0 else SELU_SLOPE * math.expm1(x)


def selu(x: Any) -> Any:
    """selu_scalar, entry by entry."""
    return np.where(np.greater(x, 0), np.multiply(SELU_SCALE, x), SELU_SLOPE * np.expm1(np.minimum(x, 0.0)))


def _each(function: Any, x: Any) -> Any:
    """A function of the math module on every entry: NumPy has no error function."""
    return np.asarray(np.frompyfunc(function, 1, 1)(x), dtype=np.float64)[()]


def erf(x: Any) -> Any:
    """The error function, entry by entry."""
    return _each(math.erf, x)


def erfc(x: Any) -> Any:
    """1 - erf(x) without cancellation, entry by entry."""
    return _each(math.erfc, x)


def times_log_scalar(x: float, y: float) -> float:
    """x * log(y), and 0 where x is 0: the limit that a cross entropy needs."""
    return 0.0 if x == 0 else x * math.log(y)


def times_log(x: Any, y: Any) -> Any:
    """times_log_scalar, entry by entry."""
    return np.where(np.equal(x, 0), 0.0, x * np.log(y))


def bce_scalar(p: float, t: float) -> float:
    """Binary cross entropy of the probability p against the target t."""
    return -times_log_scalar(t, p) - times_log_scalar(1.0 - t, 1.0 - p)


def bce(p: Any, t: Any) -> Any:
    """bce_scalar, entry by entry."""
    return -times_log(t, p) - times_log(np.subtract(1.0, t), np.subtract(1.0, p))


def bce_logits_scalar(z: float, t: float) -> float:
    """bce(sigmoid(z), t) = softplus(z) - t * z, summed so that neither part swallows the other."""
    return max(z, 0.0) - t * z + math.log1p(math.exp(-abs(z)))


def bce_logits(z: Any, t: Any) -> Any:
    """bce_logits_scalar, entry by entry."""
    return np.maximum(z, 0.0) - np.multiply(t, z) + np.log1p(np.exp(-np.abs(z)))


def huber_scalar(y: float, t: float, delta: float = 1.0) -> float:
    """Half the square of y - t within delta, a straight line of slope delta outside."""
    distance = abs(y - t)
    return 0.5 * distance * distance if distance <= delta else delta * (distance - 0.5 * delta)


def huber(y: Any, t: Any, delta: float = 1.0) -> Any:
    """huber_scalar, entry by entry."""
    distance = np.abs(np.subtract(y, t))
    return np.where(distance <= delta, 0.5 * distance * distance, delta * (distance - 0.5 * delta))


def as_number(truth: Any) -> Any:
    """1.0 where true, 0.0 where false."""
    return np.multiply(truth, 1.0)
