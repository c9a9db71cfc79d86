"""Circular and hyperbolic functions and their inverses. Derivatives: DLMF 4.20, 4.24, 4.34, 4.38."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.operations.patterns import SCALER
from app.operations.record import Operation, elementwise


def _function(
    name: str,
    title: str,
    local: str,
    *,
    scalar: Callable[[float], float],
    forward: Callable[..., Any],
    latex: str,
    symbol: str,
    says: str,
    reuse: str,
    source: str,
    jax: str,
    glyph: str | None = None,
    expansion: str | None = None,
    domain: tuple[float, float] = (-2.0, 2.0),
) -> Operation:
    """A function of one operand that has the same name in math, NumPy and torch, arc functions aside."""
    return elementwise(
        name,
        operands="x",
        title=title,
        section="elementary",
        latex=rf"{latex}\left(#x\right)",
        symbol=symbol,
        glyph=glyph,
        scalar=scalar,
        forward=forward,
        local=[local],
        expansion=expansion,
        domain=[domain],
        code={
            "python": f"math.{name}(#x)",
            "numpy": f"np.{forward.__name__}(#x)",
            "torch": f"torch.{name}(#x)",
            "jax": f"jnp.{jax}(#x)",
        },
        pattern=SCALER,
        says=says,
        reuse=reuse,
        source=source,
    )


_CIRCULAR = "DLMF §4.20, https://dlmf.nist.gov/4.20"
_INVERSE_CIRCULAR = "DLMF §4.24(ii), https://dlmf.nist.gov/4.24.ii"
_HYPERBOLIC = "DLMF §4.34, https://dlmf.nist.gov/4.34"
_INVERSE_HYPERBOLIC = "DLMF §4.38(ii), https://dlmf.nist.gov/4.38.ii"

SIN = _function(
    "sin",
    "Sine",
    "cos(x)",
    scalar=math.sin,
    forward=np.sin,
    latex=r"\sin",
    symbol="sin",
    says="The slope of the sine is the cosine: 1 at 0, 0 at the top of the wave.",
    reuse="The gate reuses its input: the slope is cos x.",
    source=_CIRCULAR,
    jax="sin",
)
COS = _function(
    "cos",
    "Cosine",
    "-sin(x)",
    scalar=math.cos,
    forward=np.cos,
    latex=r"\cos",
    symbol="cos",
    says="The slope of the cosine is minus the sine: 0 at 0, where the wave is at its top.",
    reuse="The gate reuses its input: the slope is −sin x.",
    source=_CIRCULAR,
    jax="cos",
)
TAN = _function(
    "tan",
    "Tangent",
    "1 + out^2",
    scalar=math.tan,
    forward=np.tan,
    latex=r"\tan",
    symbol="tan",
    says="The slope is never below 1 and grows without bound near the poles.",
    reuse="The gate reuses its own output: the slope is 1 + f squared.",
    source=_CIRCULAR,
    jax="tan",
    expansion="sin(x) / cos(x)",
    domain=(-1.2, 1.2),
)
ASIN = _function(
    "asin",
    "Arcsine",
    "1 / sqrt(1 - x^2)",
    scalar=math.asin,
    forward=np.arcsin,
    latex=r"\arcsin",
    symbol="asin",
    says="The slope is 1 at 0 and infinite at −1 and 1, where the curve ends.",
    reuse="The gate reuses its input: the slope is 1 over √(1 − x²).",
    source=_INVERSE_CIRCULAR,
    jax="arcsin",
    domain=(-0.8, 0.8),
)
ACOS = _function(
    "acos",
    "Arccosine",
    "-(1 / sqrt(1 - x^2))",
    scalar=math.acos,
    forward=np.arccos,
    latex=r"\arccos",
    symbol="acos",
    says="The slope is that of the arcsine with its sign turned.",
    reuse="The gate reuses its input: the slope is −1 over √(1 − x²).",
    source=_INVERSE_CIRCULAR,
    jax="arccos",
    domain=(-0.8, 0.8),
)
ATAN = _function(
    "atan",
    "Arctangent",
    "1 / (1 + x^2)",
    scalar=math.atan,
    forward=np.arctan,
    latex=r"\arctan",
    symbol="atan",
    says="The slope is 1 at 0 and falls with the square of x, so the ends are flat.",
    reuse="The gate reuses its input: the slope is 1 over 1 + x².",
    source=_INVERSE_CIRCULAR,
    jax="arctan",
)
SINH = _function(
    "sinh",
    "Hyperbolic sine",
    "cosh(x)",
    scalar=math.sinh,
    forward=np.sinh,
    latex=r"\sinh",
    symbol="sinh",
    says="The slope is the hyperbolic cosine, so it is never below 1.",
    reuse="The gate reuses its input: the slope is cosh x.",
    source=_HYPERBOLIC,
    jax="sinh",
    expansion="(exp(x) - exp(-x)) / 2",
)
COSH = _function(
    "cosh",
    "Hyperbolic cosine",
    "sinh(x)",
    scalar=math.cosh,
    forward=np.cosh,
    latex=r"\cosh",
    symbol="cosh",
    says="The slope is the hyperbolic sine: 0 at 0, the lowest point of the curve.",
    reuse="The gate reuses its input: the slope is sinh x.",
    source=_HYPERBOLIC,
    jax="cosh",
    expansion="(exp(x) + exp(-x)) / 2",
)
TANH = _function(
    "tanh",
    "Hyperbolic tangent",
    "1 - out^2",
    scalar=math.tanh,
    forward=np.tanh,
    latex=r"\tanh",
    symbol="tanh",
    glyph="tanh",
    says="The slope is 1 at 0, and the flat ends let almost no gradient through.",
    reuse="The gate reuses its own output: the slope is 1 − f squared.",
    source=_HYPERBOLIC,
    jax="tanh",
    expansion="(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
)
ASINH = _function(
    "asinh",
    "Inverse hyperbolic sine",
    "1 / sqrt(x^2 + 1)",
    scalar=math.asinh,
    forward=np.arcsinh,
    latex=r"\operatorname{arsinh}",
    symbol="asinh",
    says="It grows like a logarithm on both sides, and its slope is 1 at 0.",
    reuse="The gate reuses its input: the slope is 1 over √(x² + 1).",
    source=_INVERSE_HYPERBOLIC,
    jax="arcsinh",
    expansion="log(x + sqrt(x^2 + 1))",
)
ACOSH = _function(
    "acosh",
    "Inverse hyperbolic cosine",
    "1 / sqrt(x^2 - 1)",
    scalar=math.acosh,
    forward=np.arccosh,
    latex=r"\operatorname{arcosh}",
    symbol="acosh",
    says="It starts at 1 with an infinite slope and grows like a logarithm.",
    reuse="The gate reuses its input: the slope is 1 over √(x² − 1).",
    source=_INVERSE_HYPERBOLIC,
    jax="arccosh",
    expansion="log(x + sqrt(x^2 - 1))",
    domain=(1.3, 3.0),
)
ATANH = _function(
    "atanh",
    "Inverse hyperbolic tangent",
    "1 / (1 - x^2)",
    scalar=math.atanh,
    forward=np.arctanh,
    latex=r"\operatorname{artanh}",
    symbol="atanh",
    says="The slope is 1 at 0 and infinite at −1 and 1, where the curve runs off.",
    reuse="The gate reuses its input: the slope is 1 over 1 − x².",
    source=_INVERSE_HYPERBOLIC,
    jax="arctanh",
    expansion="log((1 + x) / (1 - x)) / 2",
    domain=(-0.8, 0.8),
)

ATAN2 = elementwise(
    "atan2",
    operands="y x",
    title="Angle of (x, y)",
    section="elementary",
    latex=r"\operatorname{atan2}\left(#y, #x\right)",
    symbol="atan2",
    scalar=math.atan2,
    forward=np.arctan2,
    local=["x / (x^2 + y^2)", "-(y / (x^2 + y^2))"],
    domain=[(-2.0, 2.0), (0.3, 2.0)],
    code={
        "python": "math.atan2(#y, #x)",
        "numpy": "np.arctan2(#y, #x)",
        "torch": "torch.atan2(#y, #x)",
        "jax": "jnp.arctan2(#y, #x)",
    },
    pattern=SCALER,
    says="The angle turns fastest near the origin; far out a small step hardly turns it.",
    reuse="The gate reuses both inputs and the square of their distance from the origin.",
    source="DLMF §4.24(ii) and the chain rule on arctan(y / x)",
)

TRIGONOMETRY = (SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH, TANH, ASINH, ACOSH, ATANH)
