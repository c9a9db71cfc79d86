"""Random programs of tensors, their shapes drawn with them; every part has entries of moderate size."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

_UNARY = ("tanh", "sigmoid", "sin", "exp", "softplus", "relu", "gelu", "square")
Shape = tuple[int, ...]


class Grower:
    """Grows one expression; leaves are used again now and then, so that gradients are sums."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.leaves: dict[str, Any] = {}
        self.shapes: dict[str, Shape] = {}

    def leaf(self, shape: Shape) -> str:
        """A leaf of this shape: a new one, or one that is there."""
        same = [name for name, one in self.shapes.items() if one == shape]
        if same and self.random.random() < 0.4:
            return self.random.choice(same)
        name = f"x{len(self.leaves)}"
        numbers = [self.random.uniform(-1.5, 1.5) for _ in range(int(np.prod(shape)))]
        self.leaves[name] = np.array(numbers).reshape(shape).tolist()
        self.shapes[name] = shape
        return name

    def grow(self, shape: Shape, depth: int) -> str:
        """An expression of this shape. As deep as asked."""
        draw = self.random
        if depth == 0 or draw.random() < 0.15:
            return self.leaf(shape)
        kinds = ("unary", "binary", "product", "softmax", "reduce", "broadcast", "move", "list", "choice", "loss")
        kind = draw.choice(kinds)
        if kind == "unary":
            return f"{draw.choice(_UNARY)}({self.grow(shape, depth - 1)})"
        if kind == "softmax" and shape:
            name = draw.choice(("softmax", "log_softmax"))
            return f"{name}({self.grow(shape, depth - 1)}, axis={draw.randrange(len(shape))})"
        if kind == "product" and 1 <= len(shape) <= 2:
            inner = draw.randint(1, 3)
            return f"({self.grow((shape[0], inner), depth - 1)} @ {self.grow((inner, *shape[1:]), depth - 1)})"
        if kind == "reduce" and len(shape) <= 2:
            axis, size = draw.randint(0, len(shape)), draw.randint(1, 3)
            inside = self.grow((*shape[:axis], size, *shape[axis:]), depth - 1)
            return f"{draw.choice(('sum', 'mean', 'logsumexp', 'norm', 'max', 'prod'))}({inside}, axis={axis})"
        if kind == "broadcast" and shape:
            smaller = draw.choice((shape[1:], (1, *shape[1:]), ()))
            sign = draw.choice("+*-")
            return f"({self.grow(shape, depth - 1)} {sign} {self.grow(smaller, depth - 1)})"
        if kind == "move" and shape:
            if draw.random() < 0.5:
                return (
                    f"{self.grow(shape[::-1], depth - 1)}.T"
                    if depth == 1
                    else f"({self.grow(shape[::-1], depth - 1)}).T"
                )
            return f"reshape({self.grow((int(np.prod(shape)),), depth - 1)}, {', '.join(map(str, shape))})"
        if kind == "list" and shape and shape[0] <= 3:
            return f"[{', '.join(self.grow(shape[1:], depth - 1) for _ in range(shape[0]))}]"
        if kind == "choice":
            return f"max({self.grow(shape, depth - 1)}, {self.grow(shape, depth - 1)})"
        if kind == "loss" and not shape:
            both = (draw.randint(1, 3), draw.randint(2, 3))
            name = draw.choice(("half_sse", "mse", "huber", "cross_entropy"))
            return f"{name}({self.grow(both, depth - 1)}, {self.grow(both, depth - 1)})"
        return f"({self.grow(shape, depth - 1)} {draw.choice('+-*')} {self.grow(shape, depth - 1)})"


def random_tensor_program(seed: int) -> tuple[str, dict[str, Any]]:
    """A program, and values for its leaves."""
    grower = Grower(seed)
    text = grower.grow(grower.random.choice(((), (3,), (2, 3), (2, 1, 3))), 4)
    return f"f = sum({text})", grower.leaves
