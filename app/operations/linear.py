"""Products of vectors and matrices.

Their vector-Jacobian products are texts of our own language, one for each pair of ranks: `g @ y.T`, `outer(x, g)`.
"""

from __future__ import annotations

from math import prod

import numpy as np

from app.operations import shapes
from app.operations.notations import Infix
from app.operations.patterns import SWITCHER
from app.operations.record import tensor_op

_GILES = "Giles, Collected matrix derivative results for forward and reverse mode AD (2008), §2.2"

MATMUL = tensor_op(
    "matmul",
    operands="x y",
    title="Matrix product",
    aliases=["dot"],
    infix=Infix(("@",), 20, "left"),
    notation="#x @ #y",
    latex=r"#x\,#y",
    symbol="@",
    forward=np.matmul,
    shape=shapes.matrix_product,
    downstream={
        (2, 2): ("g @ y.T", "x.T @ g"),
        (2, 1): ("outer(g, y)", "x.T @ g"),
        (1, 2): ("y @ g", "outer(x, g)"),
        (1, 1): ("g * y", "g * x"),
    },
    flops=lambda given: 2 * prod(given[0]) * prod(given[1][1:]),
    code={"numpy": "#x @ #y", "torch": "#x @ #y", "jax": "#x @ #y"},
    pattern=SWITCHER,
    says="Each factor receives the upstream gradient times the other one, turned: for a matrix an outer product.",
    reuse="The gate reuses both factors, each for the other one's gradient.",
    push="linear",
    source=_GILES,
)

OUTER = tensor_op(
    "outer",
    operands="x y",
    title="Outer product",
    latex=r"#x\,#y^{\top}",
    symbol="⊗",
    forward=lambda x, y: np.multiply.outer(
        x, y
    ),  # in a frame of its own: see the engine's rules, which have no imports
    shape=shapes.vectors,
    downstream={(): ("g @ y", "x @ g")},
    flops=lambda given: prod(given[0]) * prod(given[1]),
    code={"numpy": "np.outer(#x, #y)", "torch": "torch.outer(#x, #y)", "jax": "jnp.outer(#x, #y)"},
    pattern=SWITCHER,
    says="Every entry of one vector meets every entry of the other.",
    reuse="The gate reuses both vectors, each for the other one's gradient.",
    push="linear",
    source=_GILES,
)

TRANSPOSE = tensor_op(
    "transpose",
    operands="x",
    title="Transpose",
    notation="#x.T",
    latex=r"{#x}^{\top}",
    symbol="ᵀ",
    forward=np.transpose,
    shape=shapes.turned,
    downstream={(): ("g.T",)},
    code={"numpy": "#x.T", "torch": "#x.T", "jax": "#x.T"},
    says="Rows become columns; the gradient is turned back the same way.",
    reuse="The gate only moves entries, so it needs no value from the forward pass.",
    push="linear",
    source=_GILES,
)

TRACE = tensor_op(
    "trace",
    operands="x",
    title="Trace",
    latex=r"\mathrm{tr}\left(#x\right)",
    symbol="tr",
    forward=np.trace,
    shape=shapes.square,
    pull=lambda g, operands, _out, _attributes: (g * np.eye(operands[0].shape[0]),),
    pulled=(r"g\,I",),
    back={"numpy": ("#g * np.eye(len(#x))",)},
    code={"numpy": "np.trace(#x)", "torch": "torch.trace(#x)", "jax": "jnp.trace(#x)"},
    says="The entries on the diagonal receive the upstream gradient, all others nothing.",
    reuse="The gate only adds entries, so it needs no value from the forward pass.",
    push="linear",
    source=_GILES,
)

LINEAR = (MATMUL, OUTER, TRANSPOSE, TRACE)
