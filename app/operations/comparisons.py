"""Choices: max, min, clip, where, and the comparisons that `where` reads.

Sources: kinks follow the PyTorch notes on autograd, gradients for non-differentiable functions, and
torch.maximum and torch.clamp, unless the convention of a request says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.operations.notations import Infix
from app.operations.patterns import BLOCKER, ROUTER
from app.operations.record import Operation, elementwise
from app.operations.stable import (
    as_number,
    clip,
    clip_scalar,
    largest,
    largest_scalar,
    smallest,
    smallest_scalar,
)

_KINKS = "PyTorch notes on autograd, gradients for non-differentiable functions"

MAX = elementwise(
    "max",
    operands="x*",
    title="Maximum",
    section="arithmetic",
    latex=r"\max\left(#*\right)",
    symbol="max",
    scalar=largest_scalar,
    forward=largest,
    local=["where(x == out, 1, 0)"],
    kinks="ties > 1",
    kink_points=[(1.0, 1.0, 0.0)],
    at_kink=["where(x == out, tie_share, 0)"],
    kink_sentence="Two inputs are equally large. The gate divides the gradient between them as chosen for ties.",
    convention="ties",
    code={
        "python": "max(#*)",
        "numpy": "np.maximum(#a, #b)",
        "torch": "torch.maximum(#a, #b)",
        "jax": "jnp.maximum(#a, #b)",
    },
    pattern=ROUTER.saying("The whole gradient goes to the larger input; the other receives 0."),
    says="The larger input receives the whole gradient, the other receives 0; a tie is shared.",
    reuse="The gate reuses its choice: the input that won forward receives the gradient.",
    source=_KINKS,
)

MIN = elementwise(
    "min",
    operands="x*",
    title="Minimum",
    section="arithmetic",
    latex=r"\min\left(#*\right)",
    symbol="min",
    scalar=smallest_scalar,
    forward=smallest,
    local=["where(x == out, 1, 0)"],
    kinks="ties > 1",
    kink_points=[(1.0, 1.0, 2.0)],
    at_kink=["where(x == out, tie_share, 0)"],
    kink_sentence="Two inputs are equally small. The gate divides the gradient between them as chosen for ties.",
    convention="ties",
    code={
        "python": "min(#*)",
        "numpy": "np.minimum(#a, #b)",
        "torch": "torch.minimum(#a, #b)",
        "jax": "jnp.minimum(#a, #b)",
    },
    pattern=ROUTER.saying("The whole gradient goes to the smaller input; the other receives 0."),
    says="The smaller input receives the whole gradient, the other receives 0; a tie is shared.",
    reuse="The gate reuses its choice: the input that won forward receives the gradient.",
    source=_KINKS,
)

CLIP = elementwise(
    "clip",
    operands="x low high",
    title="Clip",
    section="arithmetic",
    latex=r"\operatorname{clip}\left(#x, #low, #high\right)",
    symbol="clip",
    scalar=clip_scalar,
    forward=clip,
    local=["where(x == out, 1, 0)", "where(x < low, 1, 0)", "where(x > high, 1, 0)"],
    limits=[[("low > high", "0")], [("low > high", "0")], [("low > high", "1")]],
    kinks="(x - low) * (x - high) == 0",
    kink_points=[(-0.5, -0.5, 0.5), (0.5, -0.5, 0.5)],
    at_kink=["where(low > high, 0, 1)", "0", "where(low > high, 1, 0)"],
    kink_sentence="The input lies on a bound. The gate lets the gradient through to the input.",
    domain=[(-2.0, 2.0), (-1.0, -0.1), (0.1, 1.0)],
    definition="min(max(x, low), high)",
    code={
        "python": "min(max(#x, #low), #high)",
        "numpy": "np.minimum(np.maximum(#x, #low), #high)",
        "torch": "torch.clamp(#x, #low, #high)",
        "jax": "jnp.minimum(jnp.maximum(#x, #low), #high)",
    },
    pattern=ROUTER.saying("The whole gradient goes to whichever of the three became the output."),
    says="Inside the bounds the input receives the whole gradient, outside the bound that holds it does.",
    reuse="The gate reuses its choice: whichever of the three became the output receives the gradient.",
    source=f"{_KINKS}; torch.clamp",
)

WHERE = elementwise(
    "where",
    operands="c x y",
    title="Where",
    section="arithmetic",
    latex=r"\begin{cases} {#x} & \text{if } {#c} \\ {#y} & \text{otherwise} \end{cases}",
    symbol="if",
    scalar=lambda c, x, y: x if c != 0 else y,
    forward=lambda c, x, y: np.where(np.not_equal(c, 0), x, y),
    local=["0", "where(c != 0, 1, 0)", "where(c != 0, 0, 1)"],
    code={
        "python": "#x if #c else #y",
        "numpy": "np.where(#c, #x, #y)",
        "torch": "torch.where(#c != 0, #x, #y)",
        "jax": "jnp.where(#c, #x, #y)",
    },
    pattern=ROUTER.saying("The whole gradient goes to the chosen branch; the other branch receives 0."),
    says="The chosen branch receives the whole gradient; the other branch and the condition receive 0.",
    reuse="The gate reuses its condition to send the gradient the way the value came.",
    source="torch.where",
)


def _comparison(
    name: str, title: str, symbols: tuple[str, ...], latex: str, truth: Callable[..., Any], python: str
) -> Operation:
    """One comparison: 1 where it holds, 0 where not, and no gradient."""
    shown = symbols[-1]
    return elementwise(
        name,
        operands="x y",
        title=title,
        section="arithmetic",
        infix=Infix(symbols, 5, "none"),
        notation=f"#x {symbols[0]} #y",
        latex=f"#x {latex} #y",
        symbol=shown,
        folded=(f"#c{shown}x", f"{shown}#c"),
        scalar=lambda x, y: 1.0 if truth(x, y) else 0.0,
        forward=lambda x, y: as_number(truth(x, y)),
        local=["0", "0"],
        kinks="x == y",
        kink_points=[(1.0, 1.0)],
        at_kink=["0", "0"],
        kink_sentence="Both sides are equal. The answer jumps here, so there is no slope, and the gate takes 0.",
        code=dict.fromkeys(("python", "numpy", "torch", "jax"), f"#x {python} #y"),
        pattern=BLOCKER,
        says="The answer is 1 or 0 and does not follow small changes, so no gradient passes.",
        reuse="The local gradients are 0, so the gate needs no value from the forward pass.",
        source="A step function has derivative 0 wherever it has one",
    )


COMPARISONS = (
    MAX,
    MIN,
    CLIP,
    WHERE,
    _comparison("lt", "Less than", ("<",), "<", lambda x, y: x < y, "<"),
    _comparison("le", "Less than or equal", ("<=", "≤"), r"\le", lambda x, y: x <= y, "<="),
    _comparison("gt", "Greater than", (">",), ">", lambda x, y: x > y, ">"),
    _comparison("ge", "Greater than or equal", (">=", "≥"), r"\ge", lambda x, y: x >= y, ">="),
    _comparison("eq", "Equal", ("==",), "=", lambda x, y: x == y, "=="),
    _comparison("ne", "Not equal", ("!=", "≠"), r"\ne", lambda x, y: x != y, "!="),
)
