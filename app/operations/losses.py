"""Losses of one prediction against one target."""

from __future__ import annotations

import numpy as np

from app.operations.patterns import SCALER
from app.operations.record import elementwise
from app.operations.stable import (
    bce,
    bce_logits,
    bce_logits_scalar,
    bce_scalar,
    huber,
    huber_scalar,
    largest_scalar,
)

HALF_SSE = elementwise(
    "half_sse",
    operands="y t",
    title="Half the squared error",
    section="losses",
    over="sum",
    latex=r"\tfrac{1}{2}\left({#t} - {#y}\right)^{2}",
    symbol="½Δ²",
    tensor_latex=r"\tfrac{1}{2}\left\lVert {#t} - {#y} \right\rVert^{2}",
    tensor_symbol="½‖·‖²",
    scalar=lambda y, t: 0.5 * (t - y) * (t - y),
    forward=lambda y, t: 0.5 * np.square(np.subtract(t, y)),
    local=["y - t", "t - y"],
    expansion="1/2 * (t - y)^2",
    opened="1/2 * sum((t - y)^2)",
    code={
        "python": "0.5 * (#t - #y) ** 2",
        "numpy": "0.5 * (#t - #y) ** 2",
        "torch": "0.5 * (#t - #y) ** 2",
        "jax": "0.5 * (#t - #y) ** 2",
    },
    pattern=SCALER,
    says="The ½ cancels the 2, so the slope for the prediction is simply prediction minus target.",
    reuse="The gate reuses its two inputs: the slope is their difference.",
    source="Rumelhart, Hinton & Williams (1986), E = ½ Σ (t − y)²",
)

MSE = elementwise(
    "mse",
    operands="y t",
    title="Squared error",
    section="losses",
    over="mean",
    latex=r"\left({#y} - {#t}\right)^{2}",
    symbol="Δ²",
    tensor_latex=r"\tfrac{1}{n}\left\lVert {#y} - {#t} \right\rVert^{2}",
    scalar=lambda y, t: (y - t) * (y - t),
    forward=lambda y, t: np.square(np.subtract(y, t)),
    local=["2 * (y - t)", "2 * (t - y)"],
    expansion="(y - t)^2",
    code={
        "python": "(#y - #t) ** 2",
        "numpy": "(#y - #t) ** 2",
        "torch": "torch.nn.functional.mse_loss(#y, #t)",
        "jax": "(#y - #t) ** 2",
    },
    pattern=SCALER,
    says="The slope grows with the error: far off, a large push; near, a small one.",
    reuse="The gate reuses its two inputs: the slope is twice their difference.",
    source="torch.nn.MSELoss for one number",
)

BCE = elementwise(
    "bce",
    operands="p t",
    title="Binary cross entropy",
    section="losses",
    over="mean",
    latex=r"\operatorname{BCE}\left(#p, #t\right)",
    symbol="BCE",
    scalar=bce_scalar,
    forward=bce,
    local=["(p - t) / (p * (1 - p))", "log(1 - p) - log(p)"],
    limits=[[("t == 0", "1 / (1 - p)"), ("t == 1", "-(1 / p)")], []],
    domain=[(0.1, 0.9), (0.1, 0.9)],
    expansion="-(t * log(p) + (1 - t) * log(1 - p))",
    code={
        "python": "-(#t * math.log(#p) + (1 - #t) * math.log(1 - #p))",
        "numpy": "-(#t * np.log(#p) + (1 - #t) * np.log(1 - #p))",
        "torch": "torch.nn.functional.binary_cross_entropy(#p, #t)",
        "jax": "-(#t * jnp.log(#p) + (1 - #t) * jnp.log(1 - #p))",
    },
    pattern=SCALER,
    says="A confident wrong probability costs without bound, and its slope grows without bound too.",
    reuse="The gate reuses its two inputs: their difference over p times 1 − p.",
    source="Negative log likelihood of a Bernoulli variable; torch.nn.BCELoss",
)

BCE_LOGITS = elementwise(
    "bce_logits",
    operands="z t",
    title="Binary cross entropy of a logit",
    section="losses",
    over="mean",
    latex=r"\operatorname{BCE}\left(\sigma\left(#z\right), #t\right)",
    symbol="BCE σ",
    scalar=bce_logits_scalar,
    forward=bce_logits,
    local=["sigmoid(z) - t", "-z"],
    expansion="bce(sigmoid(z), t)",
    opened="bce(sigmoid(z), t)",
    domain=[(-2.0, 2.0), (0.1, 0.9)],
    code={
        "python": "math.log1p(math.exp(#z)) - #t * #z",
        "numpy": "np.logaddexp(0, #z) - #t * #z",
        "torch": "torch.nn.functional.binary_cross_entropy_with_logits(#z, #t)",
        "jax": "jax.nn.softplus(#z) - #t * #z",
    },
    pattern=SCALER,
    says="Many terms cancel: the slope for z is the probability minus the target.",
    reuse="The gate reuses the probability σ(z) and the target.",
    source="torch.nn.BCEWithLogitsLoss",
)

HUBER = elementwise(
    "huber",
    operands="y t",
    attributes={"delta": 1.0},
    title="Huber loss",
    section="losses",
    over="mean",
    latex=r"\operatorname{Huber}_{#delta}\left(#y, #t\right)",
    symbol="Huber",
    scalar=huber_scalar,
    forward=huber,
    local=["clip(y - t, -delta, delta)", "clip(t - y, -delta, delta)"],
    expansion="where(abs(y - t) <= delta, (y - t)^2 / 2, delta * (abs(y - t) - delta / 2))",
    code={
        "python": "0.5 * (#y - #t) ** 2 if abs(#y - #t) <= #delta else #delta * (abs(#y - #t) - 0.5 * #delta)",
        "numpy": "np.where(np.abs(#y - #t) <= #delta, 0.5 * (#y - #t) ** 2, #delta * (np.abs(#y - #t) - 0.5 * #delta))",
        "torch": "torch.nn.functional.huber_loss(#y, #t, delta=#delta)",
        "jax": "jnp.where(jnp.abs(#y - #t) <= #delta, 0.5 * (#y - #t) ** 2, "
        "#delta * (jnp.abs(#y - #t) - 0.5 * #delta))",
    },
    pattern=SCALER,
    says="A squared error whose slope is clipped, so one outlier cannot push without bound.",
    reuse="The gate reuses its two inputs: the slope is their difference, clipped.",
    source="Huber (1964); torch.nn.HuberLoss",
)

HINGE = elementwise(
    "hinge",
    operands="z t",
    title="Hinge loss",
    section="losses",
    over="mean",
    latex=r"\max\left(0, 1 - {#t} \cdot {#z}\right)",
    symbol="hinge",
    tensor_latex=r"\operatorname{mean}\left(\max\left(0, 1 - {#t} \odot {#z}\right)\right)",
    scalar=lambda z, t: largest_scalar(0.0, 1.0 - t * z),
    forward=lambda z, t: np.maximum(0.0, 1.0 - np.multiply(t, z)),
    local=["where(t * z < 1, -t, 0)", "where(t * z < 1, -z, 0)"],
    kinks="t * z == 1",
    kink_points=[(0.5, 2.0)],
    at_kink=["-t * relu_at_zero", "-z * relu_at_zero"],
    kink_sentence="The margin is exactly 1, where the slope jumps. The gate takes the slope chosen for ReLU at 0.",
    convention="relu_at_zero",
    expansion="relu(1 - t * z)",
    code={
        "python": "max(0.0, 1 - #t * #z)",
        "numpy": "np.maximum(0, 1 - #t * #z)",
        "torch": "torch.relu(1 - #t * #z)",
        "jax": "jax.nn.relu(1 - #t * #z)",
    },
    pattern=SCALER,
    says="Beyond the margin there is no loss and no gradient; inside it the push is constant.",
    reuse="The gate reuses its choice: no loss forward means no gradient backward.",
    source="Cortes & Vapnik (1995); the target is −1 or 1",
)

LOSSES = (HALF_SSE, MSE, BCE, BCE_LOGITS, HUBER, HINGE)
