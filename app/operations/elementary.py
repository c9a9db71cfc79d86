"""Exponentials, logarithms and a few others. Derivatives: DLMF 4.7 and 7.10."""

from __future__ import annotations

import math

import numpy as np

from app.operations.patterns import SCALER
from app.operations.record import elementwise
from app.operations.stable import erf

_EXPONENTIAL = "DLMF §4.7, https://dlmf.nist.gov/4.7"

EXP = elementwise(
    "exp",
    operands="x",
    title="Exponential",
    section="elementary",
    latex="e^{#x}",
    symbol="eˣ",
    scalar=math.exp,
    forward=np.exp,
    local=["out"],
    code={"python": "math.exp(#x)", "numpy": "np.exp(#x)", "torch": "torch.exp(#x)", "jax": "jnp.exp(#x)"},
    pattern=SCALER,
    says="It is its own derivative: the slope is the value.",
    reuse="The derivative of eˣ is eˣ, so the gate reuses its own output.",
    source=_EXPONENTIAL,
)

LOG = elementwise(
    "log",
    operands="x",
    title="Natural logarithm",
    section="elementary",
    aliases=("ln",),
    latex=r"\ln\left(#x\right)",
    symbol="ln",
    scalar=math.log,
    forward=np.log,
    local=["1 / x"],
    domain=[(0.2, 3.0)],
    code={"python": "math.log(#x)", "numpy": "np.log(#x)", "torch": "torch.log(#x)", "jax": "jnp.log(#x)"},
    pattern=SCALER,
    says="The gradient is divided by the input: small inputs receive large gradients.",
    reuse="The gate reuses its input: the slope is 1 over x.",
    source=_EXPONENTIAL,
)

LOG2 = elementwise(
    "log2",
    operands="x",
    title="Logarithm to base 2",
    section="elementary",
    latex=r"\log_{2}\left(#x\right)",
    symbol="log₂",
    scalar=math.log2,
    forward=np.log2,
    local=["1 / (x * log(2))"],
    domain=[(0.2, 3.0)],
    expansion="log(x) / log(2)",
    code={"python": "math.log2(#x)", "numpy": "np.log2(#x)", "torch": "torch.log2(#x)", "jax": "jnp.log2(#x)"},
    pattern=SCALER,
    says="Doubling the input adds 1. The slope is that of ln, divided by ln 2.",
    reuse="The gate reuses its input: the slope is 1 over x ln 2.",
    source=_EXPONENTIAL,
)

LOG10 = elementwise(
    "log10",
    operands="x",
    title="Logarithm to base 10",
    section="elementary",
    latex=r"\log_{10}\left(#x\right)",
    symbol="log₁₀",
    scalar=math.log10,
    forward=np.log10,
    local=["1 / (x * log(10))"],
    domain=[(0.2, 3.0)],
    expansion="log(x) / log(10)",
    code={"python": "math.log10(#x)", "numpy": "np.log10(#x)", "torch": "torch.log10(#x)", "jax": "jnp.log10(#x)"},
    pattern=SCALER,
    says="Ten times the input adds 1. The slope is that of ln, divided by ln 10.",
    reuse="The gate reuses its input: the slope is 1 over x ln 10.",
    source=_EXPONENTIAL,
)

LOG1P = elementwise(
    "log1p",
    operands="x",
    title="Logarithm of 1 plus x",
    section="elementary",
    latex=r"\operatorname{log1p}\left(#x\right)",
    symbol="log1p",
    scalar=math.log1p,
    forward=np.log1p,
    local=["1 / (1 + x)"],
    domain=[(-0.7, 2.0)],
    expansion="log(1 + x)",
    code={"python": "math.log1p(#x)", "numpy": "np.log1p(#x)", "torch": "torch.log1p(#x)", "jax": "jnp.log1p(#x)"},
    pattern=SCALER,
    says="The same as ln(1 + x), and exact where x is tiny and 1 + x would swallow its digits.",
    reuse="The gate reuses its input: the slope is 1 over 1 + x.",
    source=_EXPONENTIAL,
)

EXPM1 = elementwise(
    "expm1",
    operands="x",
    title="Exponential minus 1",
    section="elementary",
    latex=r"\operatorname{expm1}\left(#x\right)",
    symbol="eˣ−1",
    scalar=math.expm1,
    forward=np.expm1,
    local=["exp(x)"],  # not out + 1, which is 0 from x = -37 on
    expansion="exp(x) - 1",
    code={"python": "math.expm1(#x)", "numpy": "np.expm1(#x)", "torch": "torch.expm1(#x)", "jax": "jnp.expm1(#x)"},
    pattern=SCALER,
    says="The same as eˣ − 1, and exact where x is tiny and the subtraction would lose its digits.",
    reuse="The gate reuses its input: the slope is eˣ.",
    source=_EXPONENTIAL,
)

ERF = elementwise(
    "erf",
    operands="x",
    title="Error function",
    section="elementary",
    latex=r"\operatorname{erf}\left(#x\right)",
    symbol="erf",
    scalar=math.erf,
    forward=erf,
    local=["2 / sqrt(pi) * exp(-x^2)"],
    code={
        "python": "math.erf(#x)",
        "numpy": "np.vectorize(math.erf, otypes=[float])(#x)",
        "torch": "torch.erf(#x)",
        "jax": "jax.scipy.special.erf(#x)",
    },
    pattern=SCALER,
    says="An s-curve from −1 to 1. Its slope is a bell curve, so far out almost no gradient passes.",
    reuse="The gate reuses its input: the slope is a bell curve in x.",
    source="DLMF §7.10, https://dlmf.nist.gov/7.10",
)

HYPOT = elementwise(
    "hypot",
    operands="x y",
    title="Length of (x, y)",
    section="elementary",
    latex=r"\operatorname{hypot}\left(#x, #y\right)",
    symbol="hypot",
    scalar=math.hypot,
    forward=np.hypot,
    local=["x / out", "y / out"],
    kinks="out == 0",
    kink_points=[(0.0, 0.0)],
    at_kink=["0", "0"],
    kink_sentence="At the origin the length has a tip, so there is no slope, and the gate takes 0.",
    domain=[(0.3, 2.0), (0.3, 2.0)],
    expansion="sqrt(x^2 + y^2)",
    code={
        "python": "math.hypot(#x, #y)",
        "numpy": "np.hypot(#x, #y)",
        "torch": "torch.hypot(#x, #y)",
        "jax": "jnp.hypot(#x, #y)",
    },
    pattern=SCALER,
    says="Each input receives its share of the length: the cosine and the sine of the angle.",
    reuse="The gate reuses its own output: each slope is the input over the length.",
    source="Chain rule on √(x² + y²); subgradient 0 at the origin as in torch.linalg.vector_norm",
)

ELEMENTARY = (EXP, LOG, LOG2, LOG10, LOG1P, EXPM1, ERF, HYPOT)
