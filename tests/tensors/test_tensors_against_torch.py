"""Random programs of tensors, their shapes drawn with them, agree with PyTorch to nine digits."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from app import trace

torch = pytest.importorskip("torch", reason="PyTorch is not installed; `make bench` installs it")

UNARY = ("tanh", "sigmoid", "sin", "exp", "softplus", "relu")


class Grower:
    """Grows a random expression beside the same one in PyTorch; every part has entries of moderate size."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.leaves: dict[str, Any] = {}

    def leaf(self, shape: tuple[int, ...]) -> tuple[str, Any]:
        name = f"x{len(self.leaves)}"
        array = np.array([self.random.uniform(-1.5, 1.5) for _ in range(int(np.prod(shape)))]).reshape(shape)
        self.leaves[name] = torch.tensor(array, dtype=torch.float64, requires_grad=True)
        return name, self.leaves[name]

    def grow(self, shape: tuple[int, ...], depth: int) -> tuple[str, Any]:
        if depth == 0 or self.random.random() < 0.15:
            return self.leaf(shape)
        kind = self.random.choice(("unary", "binary", "product", "softmax", "reduce", "broadcast"))
        if kind == "unary":
            text, value = self.grow(shape, depth - 1)
            name = self.random.choice(UNARY)
            function = torch.nn.functional.softplus if name == "softplus" else getattr(torch, name)
            return f"{name}({text})", function(value)
        if kind == "softmax" and shape:
            text, value = self.grow(shape, depth - 1)
            axis = self.random.randrange(len(shape))
            return f"softmax({text}, axis={axis})", torch.softmax(value, dim=axis)
        if kind == "product" and 1 <= len(shape) <= 2:
            inner = self.random.randint(1, 3)
            left, one = self.grow((shape[0], inner), depth - 1)
            right, other = self.grow((inner, *shape[1:]), depth - 1)
            return f"({left} @ {right})", one @ other
        if kind == "reduce" and len(shape) <= 2:
            axis, size = self.random.randint(0, len(shape)), self.random.randint(1, 3)
            text, value = self.grow((*shape[:axis], size, *shape[axis:]), depth - 1)
            name = self.random.choice(("sum", "mean", "logsumexp", "norm"))
            reduce = torch.linalg.vector_norm if name == "norm" else getattr(torch, name)
            return f"{name}({text}, axis={axis})", reduce(value, dim=axis)
        if kind == "broadcast" and shape:
            left, one = self.grow(shape, depth - 1)
            smaller = self.random.choice((shape[1:], (1, *shape[1:]), ()))
            right, other = self.grow(smaller, depth - 1)
            return f"({left} * {right})", one * other
        left, one = self.grow(shape, depth - 1)
        right, other = self.grow(shape, depth - 1)
        sign = self.random.choice("+-*")
        return f"({left} {sign} {right})", one + other if sign == "+" else one - other if sign == "-" else one * other


@pytest.mark.parametrize("seed", range(150))
def test_values_and_gradients_are_those_of_pytorch(seed: int) -> None:
    grower = Grower(seed)
    shape = grower.random.choice(((), (3,), (2, 3), (2, 1, 3)))
    text, theirs = grower.grow(shape, 5)
    source, output = f"f = sum({text})", theirs.sum()
    output.backward()
    values = {name: one.detach().numpy().tolist() for name, one in grower.leaves.items()}
    for expand in ((), ("*",)):  # composites closed, and open
        found = trace(source, values=values, expand=expand)
        assert found.values[found.output_nodes[0]] == pytest.approx(output.item(), rel=1e-9, abs=1e-12)
        for name, one in grower.leaves.items():
            expected = np.zeros(one.shape) if one.grad is None else one.grad.numpy()
            np.testing.assert_allclose(np.asarray(found.leaf_gradients()[name]), expected, rtol=1e-9, atol=1e-11)
