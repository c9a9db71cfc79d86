"""Operations that make one number of many, over all entries or along one axis, and softmax with its relatives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.operations import shapes
from app.operations.choices import at_origin, chosen, side_of_origin, tied
from app.operations.patterns import DISTRIBUTOR, ROUTER, SCALER
from app.operations.record import tensor_op
from app.operations.reducing import (
    cross_entropy,
    length,
    log_softmax,
    logsumexp,
    nll,
    pull_cross_entropy,
    pull_log_softmax,
    pull_logsumexp,
    pull_nll,
    pull_norm,
    pull_softmax,
    push_log_softmax,
    push_softmax,
    reducing,
    route,
    softmax,
    spread,
    spread_mean,
    spread_product,
)

_AXIS: Mapping[str, Any] = {"axis": None, "keepdims": False}
"""All entries unless an axis is given; with `keepdims` what was reduced stays as axes of size 1, as NumPy has it."""
_LAST: Mapping[str, Any] = {"axis": -1}
_PETERSEN = "Petersen & Pedersen, The Matrix Cookbook (2012), §2"
_GOODFELLOW = "Goodfellow, Bengio & Courville, Deep Learning (2016), §4.1 and §6.2.2.3"


_BACK_TO_CHOSEN: Mapping[str, tuple[str, ...]] = {
    "numpy": ("#up * (#x == #over) / np.sum(#x == #over, axis=#axis, keepdims=True)",),
    "numpy first": ("#up * first_true(#x == #over, #axis)",),
    "numpy both": ("#up * (#x == #over)",),
}

SUM = tensor_op(
    "sum",
    operands="x",
    title="Sum",
    attributes=_AXIS,
    latex=r"\sum #x",
    symbol="Σ",
    forward=reducing(np.sum),
    shape=shapes.reduced,
    pull=spread,
    pulled=(r"g\,\mathbf{1}",),
    back={"numpy": ("#up * np.ones_like(#x)",)},
    code={
        "numpy": "np.sum(#x, axis=#axis, keepdims=#keepdims)",
        "torch": "torch.sum(#x, dim=#axis, keepdim=#keepdims)",
        "jax": "jnp.sum(#x, axis=#axis, keepdims=#keepdims)",
    },
    pattern=DISTRIBUTOR,
    says="Every entry receives the upstream gradient unchanged.",
    reuse="All local gradients are 1, so the gate needs no value from the forward pass.",
    push="linear",
    source=_PETERSEN,
)  # fmt: skip

MEAN = tensor_op(
    "mean",
    operands="x",
    title="Mean",
    attributes=_AXIS,
    latex=r"\mathrm{mean}\left(#x\right)",
    symbol="x̄",
    forward=reducing(np.mean),
    shape=shapes.reduced,
    opened="sum(x, axis=axis, keepdims=keepdims) / n",
    pull=spread_mean,
    pulled=(r"\tfrac{1}{n}\,g\,\mathbf{1}",),
    back={"numpy": ("#up * np.ones_like(#x) / #count",)},
    code={
        "numpy": "np.mean(#x, axis=#axis, keepdims=#keepdims)",
        "torch": "torch.mean(#x, dim=#axis, keepdim=#keepdims)",
        "jax": "jnp.mean(#x, axis=#axis, keepdims=#keepdims)",
    },
    pattern=SCALER,
    says="Every entry receives the same share of the upstream gradient.",
    reuse="The gate needs only the number of entries.",
    push="lanes",
    source=_PETERSEN,
)  # fmt: skip

PROD = tensor_op(
    "prod",
    operands="x",
    title="Product of all entries",
    attributes=_AXIS,
    latex=r"\prod #x",
    symbol="Π",
    forward=reducing(np.prod),
    shape=shapes.reduced,
    pull=spread_product,
    pulled=(r"g \prod_{j \neq i} x_j",),
    back={"numpy": ("#up * product_of_others(#x, #axis)",)},
    code={
        "numpy": "np.prod(#x, axis=#axis, keepdims=#keepdims)",
        "torch": "torch.prod(#x, dim=#axis, keepdim=#keepdims)",
        "jax": "jnp.prod(#x, axis=#axis, keepdims=#keepdims)",
    },
    says="Each entry receives the upstream gradient times the product of all the others.",
    reuse="The gate reuses all entries, each for the others.",
    push="lanes",
    source=_PETERSEN,
)  # fmt: skip

LARGEST = tensor_op(
    "amax",
    operands="x",
    title="Largest entry",
    attributes=_AXIS,
    latex=r"\max\left(#x\right)",
    symbol="max",
    forward=reducing(np.max),
    shape=shapes.reduced,
    pull=route,
    pulled=(r"g\,[x = \max]",),
    back=_BACK_TO_CHOSEN,
    code={
        "numpy": "np.amax(#x, axis=#axis, keepdims=#keepdims)",
        "torch": "torch.amax(#x, dim=#axis, keepdim=#keepdims)",
        "jax": "jnp.amax(#x, axis=#axis, keepdims=#keepdims)",
    },
    pattern=ROUTER,
    kinked=tied,
    pieces=chosen,
    kink_sentence="Several entries are equally large. The gate divides the gradient between them as chosen for ties.",
    convention="ties",
    says="The largest entry receives all of the upstream gradient; equal ones share it.",
    reuse="The gate remembers which entry was the largest.",
    push="lanes",
    source="Subgradient of the maximum: Boyd & Vandenberghe, Convex Optimization, §3.2.3",
)  # fmt: skip

SMALLEST = tensor_op(
    "amin",
    operands="x",
    title="Smallest entry",
    attributes=_AXIS,
    latex=r"\min\left(#x\right)",
    symbol="min",
    forward=reducing(np.min),
    shape=shapes.reduced,
    pull=route,
    pulled=(r"g\,[x = \min]",),
    back=_BACK_TO_CHOSEN,
    code={
        "numpy": "np.amin(#x, axis=#axis, keepdims=#keepdims)",
        "torch": "torch.amin(#x, dim=#axis, keepdim=#keepdims)",
        "jax": "jnp.amin(#x, axis=#axis, keepdims=#keepdims)",
    },
    pattern=ROUTER,
    kinked=tied,
    pieces=chosen,
    kink_sentence="Several entries are equally small. The gate divides the gradient between them as chosen for ties.",
    convention="ties",
    says="The smallest entry receives all of the upstream gradient; equal ones share it.",
    reuse="The gate remembers which entry was the smallest.",
    push="lanes",
    source="Subgradient of the maximum: Boyd & Vandenberghe, Convex Optimization, §3.2.3",
)  # fmt: skip

NORM = tensor_op(
    "norm",
    operands="x",
    title="Length",
    attributes=_AXIS,
    latex=r"\left\lVert #x \right\rVert",
    symbol="‖x‖",
    forward=reducing(length),
    shape=shapes.reduced,
    opened="sqrt(sum(x^2, axis=axis, keepdims=keepdims))",
    pull=pull_norm,
    pulled=(r"g\,\frac{x}{\lVert x \rVert}",),
    back={"numpy": ("#up * #x / np.where(#over == 0, 1, #over)",)},
    code={
        "numpy": "np.sqrt(np.sum(np.square(#x), axis=#axis, keepdims=#keepdims))",
        "torch": "torch.linalg.vector_norm(#x, dim=#axis, keepdim=#keepdims)",
        "jax": "jnp.sqrt(jnp.sum(jnp.square(#x), axis=#axis, keepdims=#keepdims))",
    },
    pattern=SCALER,
    kinked=at_origin,
    pieces=side_of_origin,
    kink_sentence="At the origin the length has a tip, so there is no slope, and the gate takes 0.",
    says="The gradient points along the vector itself, with length 1.",
    reuse="The gate reuses its own output, to divide by.",
    push="lanes",
    source=_PETERSEN,
)

SOFTMAX = tensor_op(
    "softmax",
    operands="x",
    title="Softmax",
    attributes=_LAST,
    latex=r"\mathrm{softmax}\left(#x\right)",
    definition="exp(x) / sum(exp(x))",
    symbol="smax",
    forward=softmax,
    shape=shapes.kept,
    opened="shift = max(x); u = exp(x - shift); u / sum(u)",
    opened_along="shift = max(x, axis=axis, keepdims=True); u = exp(x - shift); u / sum(u, axis=axis, keepdims=True)",
    jacobian=("out", "out", "out"),
    pull=pull_softmax,
    pulled=(r"f \odot \left(g - g^{\top} f\right)",),
    back={"numpy": ("#out * (#g - np.sum(#g * #out, axis=#last, keepdims=True))",)},
    code={
        "numpy": "softmax(#x, #axis)", "torch": "torch.softmax(#x, dim=#last)", "jax": "jax.nn.softmax(#x, axis=#axis)",
    },
    says="Raising one entry lowers all others: the shares always add up to 1.",
    reuse="The gate reuses its own output: its Jacobian is diag(f) − f fᵀ.",
    push=push_softmax,
    source=_GOODFELLOW,
)  # fmt: skip

LOG_SOFTMAX = tensor_op(
    "log_softmax",
    operands="x",
    title="Logarithm of softmax",
    attributes=_LAST,
    latex=r"\log \mathrm{softmax}\left(#x\right)",
    symbol="lsm",
    forward=log_softmax,
    shape=shapes.kept,
    opened="x - logsumexp(x)",
    opened_along="x - logsumexp(x, axis=axis, keepdims=True)",
    jacobian=("1", "1", "exp(out)"),
    pull=pull_log_softmax,
    pulled=(r"g - e^{f} \textstyle\sum g",),
    back={"numpy": ("#g - np.exp(#out) * np.sum(#g, axis=#last, keepdims=True)",)},
    code={
        "numpy": "log_softmax(#x, #axis)",
        "torch": "torch.log_softmax(#x, dim=#last)",
        "jax": "jax.nn.log_softmax(#x, axis=#axis)",
    },
    says="The stable way to the logarithm of a probability.",
    reuse="The gate reuses its own output: its exponential is softmax.",
    push=push_log_softmax,
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
    opened="shift = max(x); log(sum(exp(x - shift), keepdims=keepdims)) + shift",
    opened_along="shift = max(x, axis=axis, keepdims=True); shift_back = max(x, axis=axis, keepdims=keepdims); "
    "log(sum(exp(x - shift), axis=axis, keepdims=keepdims)) + shift_back",
    pull=pull_logsumexp,
    pulled=(r"g\,\mathrm{softmax}\left(x\right)",),
    back={"numpy": ("#up * np.exp(#x - #over)",)},
    code={
        "numpy": "logsumexp(#x, #axis, keepdims=#keepdims)",
        "torch": "torch.logsumexp(#x, dim=#axes, keepdim=#keepdims)",
        "jax": "jax.nn.logsumexp(#x, axis=#axis, keepdims=#keepdims)",
    },
    says="A smooth maximum; its gradient is softmax.",
    reuse="The gate reuses its own output: exp(x − f) is softmax.",
    push="lanes",
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
    opened="nll(log_softmax(z), t)",
    pull=pull_cross_entropy,
    pulled=(r"\tfrac{g}{m}\left(\mathrm{softmax}(z) - t\right)", r"-\tfrac{g}{m} \log \mathrm{softmax}(z)"),
    back={
        "numpy": (
            "#g * (softmax(#z) * np.sum(#t, axis=#last, keepdims=True) - #t) / #rows",
            "-#g * log_softmax(#z) / #rows",
        ),
        "torch": (
            "#g * (torch.softmax(#z, dim=-1) * torch.sum(#t, dim=#last, keepdim=True) - #t) / #rows",
            "-#g * torch.log_softmax(#z, dim=-1) / #rows",
        ),
        "jax": (
            "#g * (jax.nn.softmax(#z) * jnp.sum(#t, axis=#last, keepdims=True) - #t) / #rows",
            "-#g * jax.nn.log_softmax(#z) / #rows",
        ),
    },
    code={
        "numpy": "-np.sum(#t * log_softmax(#z)) / #rows",
        "torch": "-torch.sum(#t * torch.log_softmax(#z, dim=-1)) / #rows",
        "jax": "-jnp.sum(#t * jax.nn.log_softmax(#z)) / #rows",
    },
    says="Softmax and the logarithm cancel to prediction minus target.",
    reuse="The gate reuses the probabilities: the slope for the logits is p − t.",
    push="lanes",
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
    opened="-sum(t * l)",
    opened_along="-mean(sum(t * l, axis=-1))",
    pull=pull_nll,
    pulled=(r"-\tfrac{g}{m}\,t", r"-\tfrac{g}{m}\,\ell"),
    back={"numpy": ("-#g * #t / #rows", "-#g * #l / #rows")},
    code={
        "numpy": "-np.sum(np.where(#t == 0, 0, #t * #l)) / #rows",
        "torch": "-torch.sum(torch.where(#t == 0, 0, #t * #l)) / #rows",
        "jax": "-jnp.sum(jnp.where(#t == 0, 0, #t * #l)) / #rows",
    },
    says="Only the logarithm of the right class counts: it is pushed up.",
    reuse="The gate reuses the target, which picks the class.",
    push="lanes",
    source="torch.nn.NLLLoss, with targets as shares of the classes",
)

REDUCTIONS = (
    SUM, MEAN, PROD, LARGEST, SMALLEST, NORM, SOFTMAX, LOG_SOFTMAX, LOGSUMEXP, CROSS_ENTROPY, NLL,
)  # fmt: skip
