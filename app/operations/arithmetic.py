"""Arithmetic: sums, products, powers and roots.

Unless an entry says otherwise its rule is one of DLMF section 1.4(iii), and its value that of IEEE 754.
"""

from __future__ import annotations

import math
import operator

import numpy as np

from app.operations.notations import Infix, Prefix
from app.operations.patterns import DISTRIBUTOR, SCALER, SWITCHER
from app.operations.record import elementwise
from app.operations.stable import power

_DERIVATIVES = "DLMF §1.4(iii), https://dlmf.nist.gov/1.4.iii"

ADD = elementwise(
    "add",
    operands="x y",
    title="Add",
    section="arithmetic",
    infix=Infix(("+",), 10, "left"),
    notation="#x + #y",
    latex="#x + #y",
    symbol="+",
    folded=("+#c", "+#c"),
    scalar=operator.add,
    forward=np.add,
    local=["1", "1"],
    code={"python": "#x + #y", "numpy": "#x + #y", "torch": "#x + #y", "jax": "#x + #y"},
    pattern=DISTRIBUTOR,
    says="Each input receives the upstream gradient unchanged.",
    reuse="Both local gradients are 1, so the gate needs no value from the forward pass.",
    source=_DERIVATIVES,
)

SUB = elementwise(
    "sub",
    operands="x y",
    title="Subtract",
    section="arithmetic",
    infix=Infix(("-", "−"), 10, "left"),
    notation="#x - #y",
    latex="#x - #y",
    symbol="−",
    folded=("#c−x", "−#c"),
    scalar=operator.sub,
    forward=np.subtract,
    local=["1", "-1"],
    code={"python": "#x - #y", "numpy": "#x - #y", "torch": "#x - #y", "jax": "#x - #y"},
    pattern=SCALER,
    says="The first input receives the upstream gradient unchanged, the second with its sign turned.",
    reuse="The local gradients are 1 and −1, so the gate needs no value from the forward pass.",
    source=_DERIVATIVES,
)

MUL = elementwise(
    "mul",
    operands="x y",
    title="Multiply",
    section="arithmetic",
    infix=Infix(("*", "·", "×", "⋅", "∗"), 20, "left"),
    notation="#x * #y",
    latex=r"#x \cdot #y",
    symbol="×",
    tensor_latex=r"#x \odot #y",
    folded=("×#c", "×#c"),
    scalar=operator.mul,
    forward=np.multiply,
    local=["y", "x"],
    code={"python": "#x * #y", "numpy": "#x * #y", "torch": "#x * #y", "jax": "#x * #y"},
    pattern=SWITCHER,
    says="Each input receives the upstream gradient times the other input's value.",
    reuse="The gate reuses its two inputs, each for the other one.",
    source=_DERIVATIVES,
)

DIV = elementwise(
    "div",
    operands="x y",
    title="Divide",
    section="arithmetic",
    infix=Infix(("/", "÷", "∕"), 20, "left"),
    notation="#x / #y",
    latex=r"\frac{#x}{#y}",
    symbol="÷",
    tensor_latex=r"#x \oslash #y",
    folded=("#c/x", "÷#c"),
    scalar=operator.truediv,
    forward=np.divide,
    local=["1 / y", "-(out / y)"],
    domain=[(-2.0, 2.0), (0.3, 2.0)],
    code={"python": "#x / #y", "numpy": "#x / #y", "torch": "#x / #y", "jax": "#x / #y"},
    pattern=SCALER,
    says="The numerator's gradient is divided by y. The denominator's turns its sign and grows as y comes near 0.",
    reuse="The gate reuses its own output: the slope for the denominator is −f divided by y.",
    source=_DERIVATIVES,
)

NEG = elementwise(
    "neg",
    operands="x",
    title="Negate",
    section="arithmetic",
    prefix=Prefix(("-", "−"), 25),
    notation="-#x",
    latex="-#x",
    symbol="×−1",
    scalar=operator.neg,
    forward=np.negative,
    local=["-1"],
    code={"python": "-#x", "numpy": "-#x", "torch": "-#x", "jax": "-#x"},
    pattern=SCALER,
    says="The sign turns around, forward and backward.",
    reuse="The local gradient is −1, so the gate needs no value from the forward pass.",
    source=_DERIVATIVES,
)

POW = elementwise(
    "pow",
    operands="x y",
    title="Power",
    section="arithmetic",
    infix=Infix(("^", "**"), 30, "right"),
    notation="#x^#y",
    latex="#x^{#y}",
    symbol="xʸ",
    folded=("#c^x", "x^#c"),
    scalar=math.pow,  # not `**`, which turns (-8.0) ** (1 / 3) into a complex number
    forward=power,
    local=["y * x^(y - 1)", "out * log(x)"],
    limits=[[("y == 0", "0")], [("x == 0", "where(y < 0, -out, 0)")]],
    domain=[(0.3, 2.0), (-2.0, 2.0)],
    code={
        "python": "math.pow(#x, #y)",
        "numpy": "np.power(#x, #y)",
        "torch": "torch.pow(#x, #y)",
        "jax": "jnp.power(#x, #y)",
    },
    pattern=SCALER,
    says="Bring the exponent down and lower it by 1. A variable exponent receives the output times ln x.",
    reuse="The slope for the exponent reuses the output: it is f times ln x.",
    source="DLMF §4.2(iv) and §4.7(ii), https://dlmf.nist.gov/4.7; 0^0 = 1 as in IEEE 754 pow",
)

RECIPROCAL = elementwise(
    "reciprocal",
    operands="x",
    title="Reciprocal",
    section="arithmetic",
    latex=r"\frac{1}{#x}",
    symbol="1/x",
    scalar=lambda x: 1.0 / x,
    forward=np.reciprocal,
    local=["-out^2"],
    domain=[(0.3, 2.0)],
    definition="1 / x",
    code={"python": "1 / #x", "numpy": "1 / #x", "torch": "torch.reciprocal(#x)", "jax": "jnp.reciprocal(#x)"},
    pattern=SCALER,
    says="The gradient always turns its sign around.",
    reuse="The gate reuses its own output: the slope is −f squared.",
    source=_DERIVATIVES,
)

SQUARE = elementwise(
    "square",
    operands="x",
    title="Square",
    section="arithmetic",
    latex="#x^{2}",
    symbol="x²",
    scalar=lambda x: x * x,
    forward=np.square,
    local=["2 * x"],
    definition="x^2",
    code={"python": "#x ** 2", "numpy": "np.square(#x)", "torch": "torch.square(#x)", "jax": "jnp.square(#x)"},
    pattern=SCALER,
    says="The slope is twice the input: flat at 0, steep far out.",
    reuse="The gate reuses its input, doubled.",
    source=_DERIVATIVES,
)

SQRT = elementwise(
    "sqrt",
    operands="x",
    title="Square root",
    section="arithmetic",
    latex=r"\sqrt{#x}",
    symbol="√",
    scalar=math.sqrt,
    forward=np.sqrt,
    local=["1 / (2 * out)"],
    domain=[(0.2, 3.0)],
    definition="x^(1/2)",
    code={"python": "math.sqrt(#x)", "numpy": "np.sqrt(#x)", "torch": "torch.sqrt(#x)", "jax": "jnp.sqrt(#x)"},
    pattern=SCALER,
    says="The slope falls as the root grows, and is infinite at 0.",
    reuse="The gate reuses its own output: the slope is 1 over twice the root.",
    source=_DERIVATIVES,
)

CBRT = elementwise(
    "cbrt",
    operands="x",
    title="Cube root",
    section="arithmetic",
    latex=r"\sqrt[3]{#x}",
    symbol="∛",
    scalar=math.cbrt,
    forward=np.cbrt,
    local=["1 / (3 * out^2)"],
    domain=[(0.2, 3.0)],
    definition="sign(x) * abs(x)^(1/3)",
    code={
        "python": "math.cbrt(#x)",
        "numpy": "np.cbrt(#x)",
        "torch": "torch.sign(#x) * torch.abs(#x) ** (1 / 3)",
        "jax": "jnp.cbrt(#x)",
    },
    pattern=SCALER,
    says="A root for every number, negative ones too. The slope is never negative and is infinite at 0.",
    reuse="The gate reuses its own output: the slope is 1 over 3 f squared.",
    source=_DERIVATIVES,
)

ABS = elementwise(
    "abs",
    operands="x",
    title="Absolute value",
    section="arithmetic",
    latex=r"\left|#x\right|",
    symbol="|x|",
    scalar=math.fabs,
    forward=np.fabs,
    local=["sign(x)"],
    kinks="x == 0",
    kink_points=[(0.0,)],
    at_kink=["abs_at_zero"],
    kink_sentence="At 0 the slope jumps from −1 to 1. The gate takes the slope chosen for abs at 0.",
    convention="abs_at_zero",
    code={"python": "abs(#x)", "numpy": "np.abs(#x)", "torch": "torch.abs(#x)", "jax": "jnp.abs(#x)"},
    pattern=SCALER,
    says="The gradient keeps its sign for positive inputs and turns it for negative ones.",
    reuse="The gate reuses only the sign of its input.",
    source="PyTorch notes on autograd, gradients for non-differentiable functions (subgradient 0 at 0)",
)

ARITHMETIC = (ADD, SUB, MUL, DIV, NEG, POW, RECIPROCAL, SQUARE, SQRT, CBRT, ABS)
