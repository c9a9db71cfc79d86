"""Operations that make one number of many, over all entries or along one axis, and softmax with its relatives."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from app.operations import shapes
from app.operations.choices import at_origin, chosen, side_of_origin, tied
from app.operations.patterns import DISTRIBUTOR, ROUTER, SCALER
from app.operations.record import tensor_op

_AXIS: Mapping[str, Any] = {"axis": None}
_PETERSEN = "Petersen & Pedersen, The Matrix Cookbook (2012), §2"
_GOODFELLOW = "Goodfellow, Bengio & Courville, Deep Learning (2016), §4.1 and §6.2.2.3"


def along(part: Any, axis: Any) -> Any:
    """What was reduced, put back beside its operand: the axis that went is there again, with size 1."""
    return part if axis is None else np.expand_dims(part, int(axis))


def _axis(attributes: Mapping[str, Any]) -> int | None:
    axis = attributes.get("axis")
    return None if axis is None else int(axis)


def _last(attributes: Mapping[str, Any]) -> int:
    axis = attributes.get("axis")
    return -1 if axis is None else int(axis)


def _count(operand: Any, axis: int | None) -> int:
    return int(np.size(operand) if axis is None else np.shape(operand)[axis])


def _spread(g: Any, operands: tuple[Any, ...], _out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    axis = _axis(attributes)
    return (np.broadcast_to(along(g, axis), np.shape(operands[0])),)


def _spread_mean(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    return (_spread(g, operands, out, attributes)[0] / max(_count(operands[0], _axis(attributes)), 1),)


def _spread_product(g: Any, operands: tuple[Any, ...], _out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    """Each entry receives the product of all others: never a quotient, which would fail at 0."""
    axis = _axis(attributes)
    x = np.ravel(operands[0])[None, :] if axis is None else np.moveaxis(operands[0], axis, -1)
    ones = np.ones((*x.shape[:-1], 1))
    before = np.cumprod(np.concatenate([ones, x[..., :-1]], axis=-1), axis=-1)
    behind = np.cumprod(np.concatenate([ones, x[..., :0:-1]], axis=-1), axis=-1)[..., ::-1]
    others = before * behind
    others = others.reshape(np.shape(operands[0])) if axis is None else np.moveaxis(others, -1, axis)
    return (along(g, axis) * others,)


def _route(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    """Equal entries share the gradient as the convention `ties` says, as the operands of `max` do."""
    axis, ties = _axis(attributes), attributes.get("ties", "split")
    chosen = operands[0] == along(out, axis)
    if ties == "first":
        before = chosen.cumsum(axis=axis).reshape(chosen.shape)
        return (along(g, axis) * (chosen & (before == 1)),)
    counted = np.maximum(chosen.sum(axis=axis, keepdims=axis is not None), 1) if ties == "split" else 1
    return (along(g, axis) * (chosen / counted),)


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


def logsumexp(x: Any, axis: Any = None) -> Any:
    """log(sum(exp(x))); the largest entry is taken off first, so that nothing overflows."""
    at = None if axis is None else int(axis)
    largest = np.max(x, axis=at, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    sums = np.log(np.exp(x - largest).sum(axis=at, keepdims=True)) + largest
    return sums.reshape(()) if at is None else np.squeeze(sums, axis=at)


def _pull_softmax(g: Any, _operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    at = _last(attributes)
    return (out * (g - (g * out).sum(axis=at, keepdims=True)),)


def _pull_log_softmax(g: Any, _operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    at = _last(attributes)
    return (g - np.exp(out) * g.sum(axis=at, keepdims=True),)


def _pull_logsumexp(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    axis = _axis(attributes)
    return (along(g, axis) * np.exp(operands[0] - along(out, axis)),)


def _pull_norm(g: Any, operands: tuple[Any, ...], out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    """x / |x|; at the kink x = 0 the subgradient 0, as PyTorch has it."""
    axis = _axis(attributes)
    size = along(out, axis)
    return (np.where(size == 0, 0.0, along(g, axis) * operands[0] / np.where(size == 0, 1.0, size)),)


def _rows(z: Any) -> int:
    """How many examples there are: one for a vector, one for each row."""
    shape: tuple[int, ...] = np.shape(z)
    return max(prod(shape) // max(shape[-1], 1), 1)


def nll(l: Any, t: Any) -> Any:  # noqa: E741  # the name of the operand
    """Mean over the rows of -sum(t l), l being logarithms of probabilities; 0 where t is 0, whatever l is."""
    return -np.add.reduce(np.where(t == 0, 0.0, t * l), axis=None) / _rows(l)


def _pull_nll(g: Any, operands: tuple[Any, ...], _out: Any, _attributes: Mapping[str, Any]) -> tuple[Any, Any]:
    logarithms, t = operands
    return -g * t / _rows(t), -g * logarithms / _rows(t)


def cross_entropy(z: Any, t: Any) -> Any:
    """Mean over the rows of -sum(t log softmax(z)); z and t are one vector or one row for each example."""
    return nll(log_softmax(z), t)


def _pull_cross_entropy(
    g: Any, operands: tuple[Any, ...], _out: Any, _attributes: Mapping[str, Any]
) -> tuple[Any, Any]:
    z, t = operands
    logarithms, each = log_softmax(z), g / _rows(z)
    given = np.add.reduce(t, axis=-1, keepdims=True)
    return each * (np.exp(logarithms) * given - t), -each * logarithms


SUM = tensor_op(
    "sum",
    operands="x",
    title="Sum",
    attributes=_AXIS,
    latex=r"\sum #x",
    symbol="Σ",
    forward=lambda x, axis=None: np.sum(x, axis=None if axis is None else int(axis)),
    shape=shapes.reduced,
    pull=_spread,
    pulled=(r"g\,\mathbf{1}",),
    code={
        "numpy": "np.sum(#x, axis=#axis)", "torch": "torch.sum(#x, dim=#axis)", "jax": "jnp.sum(#x, axis=#axis)",
    },
    pattern=DISTRIBUTOR,
    says="Every entry receives the upstream gradient unchanged.",
    reuse="All local gradients are 1, so the gate needs no value from the forward pass.",
    source=_PETERSEN,
)  # fmt: skip

MEAN = tensor_op(
    "mean",
    operands="x",
    title="Mean",
    attributes=_AXIS,
    latex=r"\mathrm{mean}\left(#x\right)",
    symbol="x̄",
    forward=lambda x, axis=None: np.mean(x, axis=None if axis is None else int(axis)),
    shape=shapes.reduced,
    pull=_spread_mean,
    pulled=(r"\tfrac{1}{n}\,g\,\mathbf{1}",),
    code={
        "numpy": "np.mean(#x, axis=#axis)", "torch": "torch.mean(#x, dim=#axis)", "jax": "jnp.mean(#x, axis=#axis)",
    },
    pattern=SCALER,
    says="Every entry receives the same share of the upstream gradient.",
    reuse="The gate needs only the number of entries.",
    source=_PETERSEN,
)  # fmt: skip

PROD = tensor_op(
    "prod",
    operands="x",
    title="Product of all entries",
    attributes=_AXIS,
    latex=r"\prod #x",
    symbol="Π",
    forward=lambda x, axis=None: np.prod(x, axis=None if axis is None else int(axis)),
    shape=shapes.reduced,
    pull=_spread_product,
    pulled=(r"g \prod_{j \neq i} x_j",),
    code={
        "numpy": "np.prod(#x, axis=#axis)", "torch": "torch.prod(#x, dim=#axis)", "jax": "jnp.prod(#x, axis=#axis)",
    },
    says="Each entry receives the upstream gradient times the product of all the others.",
    reuse="The gate reuses all entries, each for the others.",
    source=_PETERSEN,
)  # fmt: skip

LARGEST = tensor_op(
    "amax",
    operands="x",
    title="Largest entry",
    attributes=_AXIS,
    latex=r"\max\left(#x\right)",
    symbol="max",
    forward=lambda x, axis=None: np.max(x, axis=None if axis is None else int(axis)),
    shape=shapes.reduced,
    pull=_route,
    pulled=(r"g\,[x = \max]",),
    code={
        "numpy": "np.amax(#x, axis=#axis)", "torch": "torch.amax(#x, dim=#axis)", "jax": "jnp.amax(#x, axis=#axis)",
    },
    pattern=ROUTER,
    kinked=tied,
    pieces=chosen,
    kink_sentence="Several entries are equally large. The gate divides the gradient between them as chosen for ties.",
    convention="ties",
    says="The largest entry receives all of the upstream gradient; equal ones share it.",
    reuse="The gate remembers which entry was the largest.",
    source="Subgradient of the maximum: Boyd & Vandenberghe, Convex Optimization, §3.2.3",
)  # fmt: skip

SMALLEST = tensor_op(
    "amin",
    operands="x",
    title="Smallest entry",
    attributes=_AXIS,
    latex=r"\min\left(#x\right)",
    symbol="min",
    forward=lambda x, axis=None: np.min(x, axis=None if axis is None else int(axis)),
    shape=shapes.reduced,
    pull=_route,
    pulled=(r"g\,[x = \min]",),
    code={
        "numpy": "np.amin(#x, axis=#axis)", "torch": "torch.amin(#x, dim=#axis)", "jax": "jnp.amin(#x, axis=#axis)",
    },
    pattern=ROUTER,
    kinked=tied,
    pieces=chosen,
    kink_sentence="Several entries are equally small. The gate divides the gradient between them as chosen for ties.",
    convention="ties",
    says="The smallest entry receives all of the upstream gradient; equal ones share it.",
    reuse="The gate remembers which entry was the smallest.",
    source="Subgradient of the maximum: Boyd & Vandenberghe, Convex Optimization, §3.2.3",
)  # fmt: skip

NORM = tensor_op(
    "norm",
    operands="x",
    title="Length",
    attributes=_AXIS,
    latex=r"\left\lVert #x \right\rVert",
    symbol="‖x‖",
    forward=lambda x, axis=None: np.sqrt(np.sum(np.square(x), axis=None if axis is None else int(axis))),
    shape=shapes.reduced,
    pull=_pull_norm,
    pulled=(r"g\,\frac{x}{\lVert x \rVert}",),
    code={
        "numpy": "np.sqrt(np.sum(np.square(#x), axis=#axis))",
        "torch": "torch.linalg.vector_norm(#x, dim=#axis)",
        "jax": "jnp.sqrt(jnp.sum(jnp.square(#x), axis=#axis))",
    },
    pattern=SCALER,
    kinked=at_origin,
    pieces=side_of_origin,
    kink_sentence="At the origin the length has a tip, so there is no slope, and the gate takes 0.",
    says="The gradient points along the vector itself, with length 1.",
    reuse="The gate reuses its own output, to divide by.",
    source=_PETERSEN,
)

SOFTMAX = tensor_op(
    "softmax",
    operands="x",
    title="Softmax",
    attributes=_AXIS,
    latex=r"\mathrm{softmax}\left(#x\right)",
    symbol="smax",
    forward=softmax,
    shape=shapes.kept,
    pull=_pull_softmax,
    pulled=(r"f \odot \left(g - g^{\top} f\right)",),
    code={
        "numpy": "softmax(#x, #axis)", "torch": "torch.softmax(#x, dim=#axis)", "jax": "jax.nn.softmax(#x, axis=#axis)",
    },
    says="Raising one entry lowers all others: the shares always add up to 1.",
    reuse="The gate reuses its own output: its Jacobian is diag(f) − f fᵀ.",
    source=_GOODFELLOW,
)  # fmt: skip

LOG_SOFTMAX = tensor_op(
    "log_softmax",
    operands="x",
    title="Logarithm of softmax",
    attributes=_AXIS,
    latex=r"\log \mathrm{softmax}\left(#x\right)",
    symbol="lsm",
    forward=log_softmax,
    shape=shapes.kept,
    pull=_pull_log_softmax,
    pulled=(r"g - e^{f} \textstyle\sum g",),
    code={
        "numpy": "log_softmax(#x, #axis)",
        "torch": "torch.log_softmax(#x, dim=#axis)",
        "jax": "jax.nn.log_softmax(#x, axis=#axis)",
    },
    says="The stable way to the logarithm of a probability.",
    reuse="The gate reuses its own output: its exponential is softmax.",
    source=_GOODFELLOW,
)

LOGSUMEXP = tensor_op(
    "logsumexp",
    operands="x",
    title="Logarithm of a sum of exponentials",
    attributes=_AXIS,
    latex=r"\log \textstyle\sum e^{#x}",
    symbol="lse",
    forward=logsumexp,
    shape=shapes.reduced,
    pull=_pull_logsumexp,
    pulled=(r"g\,\mathrm{softmax}\left(x\right)",),
    code={
        "numpy": "logsumexp(#x, #axis)",
        "torch": "torch.logsumexp(#x, dim=#axis)",
        "jax": "jax.nn.logsumexp(#x, axis=#axis)",
    },
    says="A smooth maximum; its gradient is softmax.",
    reuse="The gate reuses its own output: exp(x − f) is softmax.",
    source=_GOODFELLOW,
)

CROSS_ENTROPY = tensor_op(
    "cross_entropy",
    operands="z t",
    title="Cross-entropy of logits",
    section="losses",
    latex=r"H\left(#t, \mathrm{softmax}\left(#z\right)\right)",
    symbol="CE",
    forward=cross_entropy,
    shape=shapes.labelled,
    pull=_pull_cross_entropy,
    pulled=(r"\tfrac{g}{m}\left(\mathrm{softmax}(z) - t\right)", r"-\tfrac{g}{m} \log \mathrm{softmax}(z)"),
    code={
        "numpy": "-np.sum(#t * log_softmax(#z, None)) / max(#z.size // #z.shape[-1], 1)",
        "torch": "-torch.sum(#t * torch.log_softmax(#z, dim=-1)) / max(#z.numel() // #z.shape[-1], 1)",
        "jax": "-jnp.sum(#t * jax.nn.log_softmax(#z, axis=-1)) / max(#z.size // #z.shape[-1], 1)",
    },
    says="Softmax and the logarithm cancel to prediction minus target.",
    reuse="The gate reuses the probabilities: the slope for the logits is p − t.",
    source=_GOODFELLOW,
)

NLL = tensor_op(
    "nll",
    operands="l t",
    title="Negative log likelihood",
    section="losses",
    latex=r"-\textstyle\sum #t \odot #l",
    symbol="NLL",
    forward=nll,
    shape=shapes.labelled,
    pull=_pull_nll,
    pulled=(r"-\tfrac{g}{m}\,t", r"-\tfrac{g}{m}\,\ell"),
    code={
        "numpy": "-np.sum(#t * #l) / max(#l.size // #l.shape[-1], 1)",
        "torch": "-torch.sum(#t * #l) / max(#l.numel() // #l.shape[-1], 1)",
        "jax": "-jnp.sum(#t * #l) / max(#l.size // #l.shape[-1], 1)",
    },
    says="Only the logarithm of the right class counts: it is pushed up.",
    reuse="The gate reuses the target, which picks the class.",
    source="torch.nn.NLLLoss, with targets as shares of the classes",
)

REDUCTIONS = (
    SUM, MEAN, PROD, LARGEST, SMALLEST, NORM, SOFTMAX, LOG_SOFTMAX, LOGSUMEXP, CROSS_ENTROPY, NLL,
)  # fmt: skip
