"""Correlations of a signal or an image with a kernel, as neural networks use them under the name of convolution.

Only where the kernel lies wholly inside, one step at a time. Source: Goodfellow, Bengio & Courville (2016), §9.1, §9.5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from app.operations.patterns import SWITCHER
from app.operations.record import Operation, tensor_op
from app.operations.shapes import Attributes, Shape, ShapeError, ShapeRule, shape_text

_MOST_COPIED = 2_000_000
"""Numbers in all windows together up to which they are copied into one matrix; beyond that it would not fit."""


def correlate(x: Any, k: Any) -> Any:
    """Entry i is the sum of k * x[i : i + len(k)], in every axis: the kernel is not turned around."""
    windows = sliding_window_view(x, k.shape)
    if windows.size <= _MOST_COPIED:
        return np.tensordot(windows, k, axes=k.ndim)
    found = np.zeros(windows.shape[: k.ndim])
    if k.size <= found.size:
        for place in np.ndindex(k.shape):
            found += k[place] * windows[(..., *place)]
    else:
        for place in np.ndindex(found.shape):
            found[place] = np.vdot(windows[place], k)
    return found


def _pull(g: Any, operands: tuple[Any, ...], _out: Any, _attributes: Mapping[str, Any]) -> tuple[Any, Any]:
    """For the input the full convolution, the kernel sliding turned around over g with zeros around it; for the
    kernel what g makes of the input."""
    x, k = operands
    padded = np.pad(g, [(size - 1, size - 1) for size in k.shape])
    return correlate(padded, np.flip(k)), correlate(x, g)


def _inside(rank: int, name: str) -> ShapeRule:
    kind = "vectors" if rank == 1 else "matrices"

    def rule(given: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
        for position, shape in enumerate(given):
            if len(shape) != rank:
                message = f"`{name}` takes two {kind}; here are {shape_text(given[0])} and {shape_text(given[1])}."
                raise ShapeError(message, position, _kind_hint(shape, rank))
        signal, kernel = given
        if any(small > large for small, large in zip(kernel, signal, strict=True)):
            text = f"The kernel has to lie inside: {shape_text(kernel)} is larger than {shape_text(signal)}."
            swapped = all(small >= large for small, large in zip(kernel, signal, strict=True))
            most = " × ".join(f"{size:,}" for size in signal)
            hint = f"Write the kernel second: `{name}(x, k)`." if swapped else f"A kernel has at most {most} entries."
            raise ShapeError(text, 1, hint)
        return tuple(large - small + 1 for small, large in zip(kernel, signal, strict=True))

    return rule


def _kind_hint(shape: Shape, rank: int) -> str:
    if not shape:
        return "Write a list, as in `[1, −1]`." if rank == 1 else "Write a list of rows, as in `[[1, 0], [0, 1]]`."
    if len(shape) in (1, 2):
        return f"Write `conv{len(shape)}d` if both are {'vectors' if len(shape) == 1 else 'matrices'}."
    return "Take one channel of it, as in `x[0]`."


def _flops(given: Sequence[Shape]) -> int:
    signal, kernel = given
    return 2 * prod(kernel) * prod(large - small + 1 for small, large in zip(kernel, signal, strict=True))


def _convolution(rank: int, title: str, code: Mapping[str, str], back: Mapping[str, tuple[str, str]]) -> Operation:
    name = f"conv{rank}d"
    g, x, k = "#g[None, None]", "#x[None, None]", "#k[None, None]"
    by_torch = f"torch.nn.functional.{name}({x}, {g})[0, 0]"
    return tensor_op(
        name,
        operands="x k",
        title=title,
        latex=r"#x \star #k",
        symbol="conv",
        forward=lambda x, k: correlate(x, k),  # in a frame of its own: see the engine's rules, which have no imports
        shape=_inside(rank, name),
        pull=_pull,
        pulled=(r"g \ast k", r"x \star g"),
        back={**back, "torch": (f"torch.nn.functional.conv_transpose{rank}d({g}, {k})[0, 0]", by_torch)},
        flops=_flops,
        code={**code, "torch": f"torch.nn.functional.{name}({x}, {k})[0, 0]"},
        pattern=SWITCHER,
        says="One kernel meets every window, so its gradient is a sum over all windows.",
        reuse="The gate reuses both: the kernel, turned around, carries the gradient back to the input.",
        push="linear",
        source="Goodfellow, Bengio & Courville, Deep Learning (2016), §9.1 and §9.5",
    )


_VALID = 'mode="valid")'

CONVOLUTIONS = (
    _convolution(
        1,
        "Convolution of a signal",
        code={"numpy": f"np.correlate(#x, #k, {_VALID}", "jax": f"jnp.correlate(#x, #k, {_VALID}"},
        back={"numpy": ("np.convolve(#g, #k)", f"np.correlate(#x, #g, {_VALID}")},
    ),
    _convolution(
        2,
        "Convolution of an image",
        code={"numpy": "conv2d(#x, #k)", "jax": f"jax.scipy.signal.correlate2d(#x, #k, {_VALID}"},
        back={
            "numpy": ("convolve2d(#g, #k)", "conv2d(#x, #g)"),
            "jax": ("jax.scipy.signal.convolve2d(#g, #k)", f"jax.scipy.signal.correlate2d(#x, #g, {_VALID}"),
        },
    ),
)
