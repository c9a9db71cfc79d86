"""Operations that only move entries: lists, indices, joining, new shapes; and tensors of one value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.operations import shapes
from app.operations.patterns import DISTRIBUTOR, ROUTER
from app.operations.record import tensor_op

_MOVES = "A permutation of entries is a matrix of zeros and ones; its transpose moves them back."


def _pull_stack(g: Any, operands: tuple[Any, ...], _out: Any, _attributes: Mapping[str, Any]) -> list[Any]:
    return [g[position] for position in range(len(operands))]


def _pull_concat(g: Any, operands: tuple[Any, ...], _out: Any, attributes: Mapping[str, Any]) -> list[Any]:
    axis = int(attributes.get("axis") or 0)
    ends = np.cumsum([operand.shape[axis] for operand in operands])[:-1]
    return list(np.split(g, ends, axis=axis))


def _pull_index(g: Any, operands: tuple[Any, ...], _out: Any, attributes: Mapping[str, Any]) -> tuple[Any]:
    gradient = np.zeros(np.shape(operands[0]))
    gradient[tuple(attributes["index"])] = g
    return (gradient,)


STACK = tensor_op(
    "stack",
    operands="x*",
    title="List",
    latex=r"\left[#*\right]",
    symbol="[ ]",
    forward=lambda *x: np.stack([np.asarray(one, dtype=np.float64) for one in x]),
    shape=shapes.stacked,
    pull=_pull_stack,
    pulled=("g_{i}",),
    back={"numpy": ("#g[#place]",)},
    code={"numpy": "np.stack([#*])", "torch": "torch.stack([#*])", "jax": "jnp.stack([#*])"},
    pattern=ROUTER,
    says="Each entry receives its own entry of the upstream gradient.",
    reuse=_MOVES,
    push="linear",
    source=_MOVES,
)

INDEX = tensor_op(
    "index",
    operands="x",
    title="Entry",
    attributes={"index": ()},
    notation="#x[#index]",
    latex=r"{#x}_{#index}",
    symbol="[i]",
    forward=lambda x, index: np.asarray(x)[tuple(index)],
    shape=shapes.picked,
    pull=_pull_index,
    pulled=(r"g\,e_{i}",),
    back={"numpy": ("#grad[#index] = #g",), "jax": ("jnp.zeros_like(#x).at[#index].set(#g)",)},
    code={"numpy": "#x[#index]", "torch": "#x[#index]", "jax": "#x[#index]"},
    pattern=ROUTER,
    says="Only the entry that was picked receives a gradient.",
    reuse=_MOVES,
    push="linear",
    source=_MOVES,
)

CONCAT = tensor_op(
    "concat",
    operands="x*",
    title="Joined",
    attributes={"axis": 0.0},
    latex=r"\left[#*\right]",
    symbol="‖",
    forward=lambda *x, axis=0: np.concatenate(x, axis=int(axis)),
    shape=shapes.joined,
    pull=_pull_concat,
    pulled=("g_{\\text{part}}",),
    back={"numpy": ("#g[#part]",)},
    code={
        "numpy": "np.concatenate([#*], axis=#axis)",
        "torch": "torch.cat([#*], dim=#axis)",
        "jax": "jnp.concatenate([#*], axis=#axis)",
    },
    pattern=ROUTER,
    says="Each part receives its own part of the upstream gradient.",
    reuse=_MOVES,
    push="linear",
    source=_MOVES,
)

RESHAPE = tensor_op(
    "reshape",
    operands="x",
    title="New shape",
    attributes={"shape": ()},
    latex=r"\mathrm{reshape}\left(#x\right)",
    symbol="▭",
    forward=lambda x, shape: np.reshape(x, tuple(shape)),
    shape=shapes.reshaped,
    pull=lambda g, operands, _out, _attributes: (np.reshape(g, np.shape(operands[0])),),
    pulled=(r"\mathrm{reshape}\left(g\right)",),
    back={"numpy": ("#g.reshape(#x.shape)",)},
    code={"numpy": "#x.reshape(#shape)", "torch": "#x.reshape(#shape)", "jax": "#x.reshape(#shape)"},
    pattern=DISTRIBUTOR,
    says="The entries stay; only their arrangement changes.",
    reuse=_MOVES,
    push="linear",
    source=_MOVES,
)

STRUCTURE = (STACK, INDEX, CONCAT, RESHAPE)
