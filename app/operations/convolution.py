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


def correlate(x: Any, k: Any) -> Any:
    """Entry i is the sum of k * x[i : i + len(k)], in every axis: the kernel is not turned around."""
    return np.tensordot(sliding_window_view(x, k.shape), k, axes=k.ndim)


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
                raise ShapeError(f"`{name}` takes two {kind}, and this is {shape_text(shape)}.", position)
        signal, kernel = given
        if any(small > large for small, large in zip(kernel, signal, strict=True)):
            text = f"The kernel has to lie inside: {shape_text(kernel)} is larger than {shape_text(signal)}."
            raise ShapeError(text, 1, f"Write the kernel second: `{name}(x, k)`.")
        return tuple(large - small + 1 for small, large in zip(kernel, signal, strict=True))

    return rule


def _flops(given: Sequence[Shape]) -> int:
    signal, kernel = given
    return 2 * prod(kernel) * prod(large - small + 1 for small, large in zip(kernel, signal, strict=True))


def _convolution(rank: int, title: str, numpy: str, jax: str) -> Operation:
    name = f"conv{rank}d"
    alone = "#x[None, None]", "#k[None, None]"
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
        flops=_flops,
        code={
            "numpy": numpy,
            "torch": f"torch.nn.functional.{name}({alone[0]}, {alone[1]})[0, 0]",
            "jax": jax,
        },
        pattern=SWITCHER,
        says="One kernel meets every window, so its gradient is a sum over all windows.",
        reuse="The gate reuses both: the kernel, turned around, carries the gradient back to the input.",
        source="Goodfellow, Bengio & Courville, Deep Learning (2016), §9.1 and §9.5",
    )


CONVOLUTIONS = (
    _convolution(
        1, "Convolution of a signal", 'np.correlate(#x, #k, mode="valid")', 'jnp.correlate(#x, #k, mode="valid")'
    ),
    _convolution(
        2,
        "Convolution of an image",
        "np.tensordot(np.lib.stride_tricks.sliding_window_view(#x, #k.shape), #k, axes=2)",
        'jax.scipy.signal.correlate2d(#x, #k, mode="valid")',
    ),
)
