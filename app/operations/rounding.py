"""Steps: sign, floor, ceil, round and mod."""

from __future__ import annotations

import math

import numpy as np

from app.operations.patterns import BLOCKER, SCALER
from app.operations.record import elementwise
from app.operations.stable import sign_scalar

_STEP = "A step function has derivative 0 wherever it has one"
_NO_REUSE = "The local gradient is 0, so the gate needs no value from the forward pass."

SIGN = elementwise(
    "sign",
    operands="x",
    title="Sign",
    section="arithmetic",
    latex=r"\operatorname{sign}\left(#x\right)",
    symbol="sign",
    glyph="sign",
    scalar=sign_scalar,
    forward=np.sign,
    local=["0"],
    kinks="x == 0",
    kink_points=[(0.0,)],
    at_kink=["0"],
    kink_sentence="At 0 the sign jumps, so there is no slope, and the gate takes 0.",
    code={
        "python": "float((#x > 0) - (#x < 0))",
        "numpy": "np.sign(#x)",
        "torch": "torch.sign(#x)",
        "jax": "jnp.sign(#x)",
    },
    pattern=BLOCKER,
    says="The answer is −1, 0 or 1 and does not follow small changes, so no gradient passes.",
    reuse=_NO_REUSE,
    source=_STEP,
)

FLOOR = elementwise(
    "floor",
    operands="x",
    title="Floor",
    section="arithmetic",
    latex=r"\left\lfloor #x\right\rfloor",
    symbol="⌊x⌋",
    scalar=lambda x: float(math.floor(x)),
    forward=np.floor,
    local=["0"],
    kinks="floor(x) == x",
    kink_points=[(1.0,)],
    at_kink=["0"],
    kink_sentence="At a whole number the floor jumps, so there is no slope, and the gate takes 0.",
    code={
        "python": "float(math.floor(#x))",
        "numpy": "np.floor(#x)",
        "torch": "torch.floor(#x)",
        "jax": "jnp.floor(#x)",
    },
    pattern=BLOCKER,
    says="Rounding down is flat between whole numbers, so no gradient passes.",
    reuse=_NO_REUSE,
    source=_STEP,
)

CEIL = elementwise(
    "ceil",
    operands="x",
    title="Ceiling",
    section="arithmetic",
    latex=r"\left\lceil #x\right\rceil",
    symbol="⌈x⌉",
    scalar=lambda x: float(math.ceil(x)),
    forward=np.ceil,
    local=["0"],
    kinks="ceil(x) == x",
    kink_points=[(1.0,)],
    at_kink=["0"],
    kink_sentence="At a whole number the ceiling jumps, so there is no slope, and the gate takes 0.",
    code={
        "python": "float(math.ceil(#x))",
        "numpy": "np.ceil(#x)",
        "torch": "torch.ceil(#x)",
        "jax": "jnp.ceil(#x)",
    },
    pattern=BLOCKER,
    says="Rounding up is flat between whole numbers, so no gradient passes.",
    reuse=_NO_REUSE,
    source=_STEP,
)

ROUND = elementwise(
    "round",
    operands="x",
    title="Round",
    section="arithmetic",
    latex=r"\operatorname{round}\left(#x\right)",
    symbol="⌊x⌉",
    scalar=lambda x: float(round(x)),
    forward=np.round,
    local=["0"],
    kinks="x - floor(x) == 1/2",
    kink_points=[(0.5,)],
    at_kink=["0"],
    kink_sentence="Halfway between two whole numbers the value jumps, so there is no slope, and the gate takes 0.",
    code={
        "python": "float(round(#x))",
        "numpy": "np.round(#x)",
        "torch": "torch.round(#x)",
        "jax": "jnp.round(#x)",
    },
    pattern=BLOCKER,
    says="Rounding is flat between its jumps, so no gradient passes. A half goes to the even neighbour.",
    reuse=_NO_REUSE,
    source=f"{_STEP}; halves to even as in IEEE 754",
)

MOD = elementwise(
    "mod",
    operands="x y",
    title="Remainder",
    section="arithmetic",
    latex=r"\operatorname{mod}\left(#x, #y\right)",
    symbol="mod",
    scalar=lambda x, y: x % y,
    forward=np.mod,
    local=["1", "-floor(x / y)"],
    kinks="out == 0",
    kink_points=[(2.0, 1.0)],
    at_kink=["1", "-floor(x / y)"],
    kink_sentence="The first input is a multiple of the second. The remainder jumps here; the gate takes "
    "the slope of the right side.",
    domain=[(-2.0, 2.0), (0.3, 2.0)],
    definition="x - y * floor(x / y)",
    code={
        "python": "#x % #y",
        "numpy": "np.mod(#x, #y)",
        "torch": "torch.remainder(#x, #y)",
        "jax": "jnp.mod(#x, #y)",
    },
    pattern=SCALER,
    says="The first input receives the upstream gradient unchanged, the second times minus the whole quotient.",
    reuse="The gate reuses the whole quotient, which is flat between its jumps.",
    source="x − y⌊x / y⌋ with ⌊·⌋ constant between its jumps; torch.remainder",
)

ROUNDING = (SIGN, FLOOR, CEIL, ROUND, MOD)
