"""Functions that flat code defines above its lines, where the library of a target has none of that kind.

Code templates of the registry call them by name; a file has those that it calls.
"""

from __future__ import annotations

from collections.abc import Mapping

_SOFTMAX = """\
def softmax(x, axis=-1):
    powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return powers / np.sum(powers, axis=axis, keepdims=True)
"""
_LOG_SOFTMAX = """\
def log_softmax(x, axis=-1):
    moved = x - np.max(x, axis=axis, keepdims=True)
    return moved - np.log(np.sum(np.exp(moved), axis=axis, keepdims=True))
"""
_LOGSUMEXP = """\
def logsumexp(x, axis=None, keepdims=False):
    largest = np.max(x, axis=axis, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    sums = np.log(np.sum(np.exp(x - largest), axis=axis, keepdims=True)) + largest
    return sums if keepdims else np.squeeze(sums, axis=axis)
"""
_CORRELATE = """\
def conv2d(x, k):
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape)
    return np.tensordot(windows, k, axes=2)
"""
_CONVOLVE = """\
def convolve2d(g, k):
    padded = np.pad(g, [(size - 1, size - 1) for size in k.shape])
    return conv2d(padded, np.flip(k))
"""
_OTHERS = """\
def product_of_others(x, axis=None):
    if axis is None:
        return product_of_others(x.reshape(-1), 0).reshape(x.shape)
    x = np.moveaxis(x, axis, -1)
    before, behind = np.ones_like(x), np.ones_like(x)
    for i in range(1, x.shape[-1]):
        before[..., i] = before[..., i - 1] * x[..., i - 1]
        behind[..., -1 - i] = behind[..., -i] * x[..., -i]
    return np.moveaxis(before * behind, -1, axis)
"""
_OTHERS_OF_JAX = """\
def product_of_others(x, axis=None):
    if axis is None:
        return product_of_others(x.reshape(-1), 0).reshape(x.shape)
    x = jnp.moveaxis(x, axis, -1)
    one = jnp.ones_like(x[..., :1])
    before = jnp.cumprod(jnp.concatenate([one, x[..., :-1]], axis=-1), axis=-1)
    behind = jnp.cumprod(jnp.concatenate([one, x[..., :0:-1]], axis=-1), axis=-1)
    return jnp.moveaxis(before * behind[..., ::-1], -1, axis)
"""
_FIRST_TRUE = """\
def first_true(chosen, axis=None):
    if axis is None:
        return first_true(chosen.reshape(-1), 0).reshape(chosen.shape)
    return chosen & (np.cumsum(chosen, axis=axis) == 1)
"""

_OF_NUMPY = (_SOFTMAX, _LOG_SOFTMAX, _LOGSUMEXP, _CORRELATE, _CONVOLVE, _OTHERS, _FIRST_TRUE)
_OF_TORCH = (_OTHERS.replace("np.", "torch."), _FIRST_TRUE.replace("np.", "torch.").replace("axis=axis", "dim=axis"))
_OF_JAX = (_OTHERS_OF_JAX, _FIRST_TRUE.replace("np.", "jnp."))


def _by_name(sources: tuple[str, ...]) -> dict[str, str]:
    return {source.removeprefix("def ").partition("(")[0]: source for source in sources}


HELPERS: Mapping[str, Mapping[str, str]] = {
    "python": {},
    "numpy": _by_name(_OF_NUMPY),
    "torch": _by_name(_OF_TORCH),
    "jax": _by_name(_OF_JAX),
}
"""Target -> name of a function -> its source; a function stands behind those that it calls."""
