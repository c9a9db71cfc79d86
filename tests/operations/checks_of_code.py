"""What must be true of the code templates of every operation, in each of the four dialects."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.operations import Operation
from app.operations.templates import nest, nest_variadic
from tests.operations.checks import same
from tests.operations.points import Point, draw, operand_names
from tests.operations.reading import forward


def installed(dialect: str) -> bool:
    """Whether code in this dialect can be run here."""
    return dialect in ("python", "numpy") or importlib.util.find_spec(dialect) is not None


def namespace(dialect: str) -> tuple[dict[str, Any], Callable[[float], Any]]:
    """The modules that code in this dialect sees, and what makes one of its numbers."""
    if dialect == "python":
        return {"math": math}, float
    if dialect == "numpy":
        return {"math": math, "np": np}, np.float64
    if dialect == "torch":
        torch = importlib.import_module("torch")
        return {"torch": torch}, lambda number: torch.tensor(number, dtype=torch.float64)
    jax = importlib.import_module("jax")
    importlib.import_module("jax.scipy.special")
    jax.config.update("jax_enable_x64", True)
    jnp = importlib.import_module("jax.numpy")
    return {"jax": jax, "jnp": jnp}, lambda number: jnp.asarray(number, dtype=jnp.float64)


def code_of(operation: Operation, dialect: str, arguments: tuple[str, ...], attributes: dict[str, float]) -> str:
    """Code of the operation with code as arguments, as the code generators nest it."""
    template = operation.code[dialect]
    if operation.variadic:
        return nest_variadic(template, arguments)
    numbers = {name: repr(number) for name, number in attributes.items()}
    return nest(template, dict(zip(operation.operands, arguments, strict=True)) | numbers)


def evaluate(code: str, dialect: str, numbers: dict[str, float]) -> float:
    """Runs code that comes from the registry."""
    modules, make = namespace(dialect)
    with np.errstate(all="ignore"):
        return float(eval(code, modules, {name: make(number) for name, number in numbers.items()}))


def check_code(operation: Operation, dialect: str) -> None:
    """Code with plain names as arguments gives the value."""
    names = operand_names(operation)
    for point in draw(operation, 4):
        code = code_of(operation, dialect, names, point.attributes)
        result = evaluate(code, dialect, dict(zip(names, point.operands, strict=True)))
        assert same(result, forward(operation, point), 1e-11), f"{code} at {point}: {result}"


def check_nesting(outer: Operation, inner: Operation, dialect: str) -> None:
    """Code of one operation as an argument of another is one argument still: no operator tears it apart."""
    outer_names, inner_names = operand_names(outer), operand_names(inner)
    attributes = draw(outer, 1)[0].attributes
    inside = code_of(inner, dialect, tuple(f"inner_{name}" for name in inner_names), draw(inner, 1)[0].attributes)
    for position, name in enumerate(outer_names):
        arguments = tuple(inside if index == position else other for index, other in enumerate(outer_names))
        nested = code_of(outer, dialect, arguments, attributes)
        plain = code_of(outer, dialect, outer_names, attributes)
        assert _tree(nested) == _tree(plain, {name: inside}), nested


class _Substitution(ast.NodeTransformer):
    def __init__(self, replacements: dict[str, str]) -> None:
        self.replacements = replacements

    def visit_Name(self, node: ast.Name) -> ast.expr:
        text = self.replacements.get(node.id)
        return node if text is None else ast.parse(text, mode="eval").body


def _tree(code: str, replacements: dict[str, str] | None = None) -> str:
    """The syntax tree of code, with names replaced by code."""
    return ast.dump(_Substitution(replacements or {}).visit(ast.parse(code, mode="eval")))


def check_nested_value(outer: Operation, inner: Operation, dialect: str) -> bool:
    """Code of one operation inside another gives the value of the composition; False if no point lies in the domain."""
    outer_names, inner_names = operand_names(outer), operand_names(inner)
    intervals = outer.domain * 3 if outer.variadic else outer.domain
    for inside in draw(inner, 20):
        number = forward(inner, inside)
        if not intervals[0][0] <= number <= intervals[0][1]:
            continue
        around = draw(outer, 1)[0]
        point = Point((number, *around.operands[1:]), around.attributes)
        prefixed = tuple(f"inner_{name}" for name in inner_names)
        argument = code_of(inner, dialect, prefixed, inside.attributes)
        code = code_of(outer, dialect, (argument, *outer_names[1:]), around.attributes)
        numbers = dict(zip(outer_names[1:], point.operands[1:], strict=True))
        numbers |= dict(zip(prefixed, inside.operands, strict=True))
        result = evaluate(code, dialect, numbers)
        assert same(result, forward(outer, point), 1e-10), f"{code} at {numbers}: {result}"
        return True
    return False
