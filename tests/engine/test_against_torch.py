"""Random programs against PyTorch: every leaf gradient, and every second derivative, to 1e-9 relative."""

from __future__ import annotations

import math
from typing import Any

import pytest

from app import trace
from app.engine.hessian import find_hessian
from app.language.parser import parse
from app.operations.templates import nest, nest_variadic
from tests.engine.programs import Example, random_program

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")


def torch_value(source: str, leaves: dict[str, Any]) -> Any:
    """The program's value by PyTorch, from the registry's own templates for it."""
    program = parse(source)
    results: list[Any] = []
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None:
            constant = torch.tensor(program.slots[~program.first[node]] or 0.0, dtype=torch.float64)
            results.append(leaves[program.leaves[node]] if program.is_leaf(node) else constant)
            continue
        operands = program.operands(node)
        scope = {f"v{operand}": results[operand] for operand in operands} | {"torch": torch, "math": math}
        texts = [f"v{operand}" for operand in operands]
        if operation.variadic:
            code = nest_variadic(operation.code["torch"], texts)
        else:
            attributes = {**operation.attributes, **program.attributes(node)}
            code = nest(
                operation.code["torch"],
                dict(zip(operation.operands, texts, strict=True)) | {name: repr(v) for name, v in attributes.items()},
            )
        results.append(eval(code, scope))  # the registry's template over our own names
    return results[program.roots[-1]]


def torch_gradients(example: Example) -> tuple[float, dict[str, float]]:
    """The program's value and leaf gradients by PyTorch."""
    leaves = {
        name: torch.tensor(example.values[name], dtype=torch.float64, requires_grad=True)
        for name in parse(example.source).leaves.values()
    }
    output = torch_value(example.source, leaves)
    output.backward()
    return output.item(), {name: 0.0 if leaf.grad is None else leaf.grad.item() for name, leaf in leaves.items()}


@pytest.mark.parametrize("seed", range(150))
def test_random_program_agrees_with_pytorch(seed: int) -> None:
    example = random_program(seed, statements=6 + seed % 20)
    value, gradients = torch_gradients(example)
    result = trace(example.source, values=example.values)
    assert math.isclose(result.named_values()["f"], value, rel_tol=1e-9, abs_tol=1e-12)
    scale = max(abs(gradient) for gradient in gradients.values())
    for name, gradient in gradients.items():
        ours = result.leaf_gradients()[name]
        assert ours is not None
        assert math.isclose(ours, gradient, rel_tol=1e-9, abs_tol=1e-9 * scale), name


@pytest.mark.parametrize("seed", range(40))
def test_second_derivatives_agree_with_pytorch(seed: int) -> None:
    example = random_program(seed, statements=4 + seed % 8, kinks=seed % 2 == 0)
    names = list(parse(example.source).leaves.values())
    point = torch.tensor([example.values[name] for name in names], dtype=torch.float64)
    theirs = torch.autograd.functional.hessian(
        lambda given: torch_value(example.source, {name: given[index] for index, name in enumerate(names)}), point
    )
    result = trace(example.source, values=example.values)
    nodes = [result.program.names[name] for name in names]
    ours = find_hessian(result, result.output_nodes[0], nodes).matrix
    scale = float(theirs.abs().max())
    for row, other in zip(ours, theirs.tolist(), strict=True):
        for entry, known in zip(row, other, strict=True):
            assert math.isclose(entry, known, rel_tol=1e-9, abs_tol=1e-9 * scale)
