"""PyTorch, an engine that others wrote, gives the same values and gradients: inside the domain and on the kinks."""

from __future__ import annotations

from typing import Any

import pytest

from app.operations import OPERATIONS, Conventions, Operation
from tests.operations.checks import same
from tests.operations.checks_of_code import code_of
from tests.operations.points import Point, draw, on_kinks, operand_names
from tests.operations.reading import forward, rule_values

torch = pytest.importorskip("torch", reason="torch is large and only compared with: pip install -e .[bench]")

ROUGH = {"hard_sigmoid": 1e-7}
"""torch multiplies the gradient of its Hardsigmoid by 1/6 in single precision, whatever the type."""

DIFFERENT_ON_PURPOSE = {"hypot": "torch.hypot has 0 / 0 at the origin; we take 0, as torch.linalg.vector_norm does"}


def by_torch(operation: Operation, point: Point) -> tuple[float, list[float]]:
    """Value and gradients by the torch template and autograd; 0 where autograd sees no dependence."""
    names = operand_names(operation)
    tensors = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in point.operands]
    code = code_of(operation, "torch", names, point.attributes)
    result: Any = eval(code, {"torch": torch}, dict(zip(names, tensors, strict=True)))
    if not result.requires_grad:
        return float(result), [0.0] * len(names)
    result.backward()
    return float(result.detach()), [0.0 if tensor.grad is None else float(tensor.grad) for tensor in tensors]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_torch_gives_the_same_value_and_gradients(operation: Operation) -> None:
    for point in draw(operation, 20):
        value, gradients = by_torch(operation, point)
        assert same(forward(operation, point), value, 1e-11), point
        for ours, theirs in zip(rule_values(operation, point, Conventions()), gradients, strict=True):
            assert ours is not None
            assert same(ours, theirs, ROUGH.get(operation.name, 1e-9)), f"{ours} is not {theirs} at {point}"


@pytest.mark.parametrize(
    "operation",
    [operation for operation in OPERATIONS if operation.kinks and operation.name not in DIFFERENT_ON_PURPOSE],
    ids=lambda operation: operation.name,
)
def test_torch_takes_the_same_slope_on_kinks(operation: Operation) -> None:
    for point in on_kinks(operation):
        _, gradients = by_torch(operation, point)
        assert rule_values(operation, point, Conventions()) == gradients, point
