"""Rows of the cheat sheet for operations on whole tensors: ways to write them, formulas, and small matrices at work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.explain.operation_latex import formula_latex, rule_text_latex
from app.explain.tensor_shapes import ShapeExample, shape_examples, short_shape
from app.graph.forms import without_settings
from app.language.vocabulary import OPERATION_OF, OVER_ENTRIES
from app.numbers import format_number
from app.operations import Operation
from app.operations.shapes import Shape

Array = NDArray[np.float64]

_VALUES = ((1.0, 2.0, -1.0, 3.0, -2.0, 1.0), (2.0, -1.0, 1.0, 3.0, -2.0, 1.0))
"""Entries of the first operand and of the others, row by row and over again."""
_STEP = 0.37
_WRITTEN: Mapping[str, Sequence[str]] = {
    "stack": ("[x, y]",), "index": ("x[i]", "x[i, j]"), "reshape": ("reshape(x, 3, 2)",),
    "concat": ("concat(x, y)", "concat(x, y, axis=1)"), "transpose": ("x.T", "transpose(x)"),
}  # fmt: skip
"""What is not written as a call with its operands alone."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A small tensor: its rows of printed numbers, and which of them take part in what is lit. A vector is a column."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    lit: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrices:
    """One entry of the result, and the entries of the operands that it is made of.

    crossed   the operands stand beside and above the result, so that row × column reads off
    """

    operands: tuple[Grid, ...]
    result: Grid
    sign: str
    crossed: bool


def written_ways(operation: Operation, names: Sequence[str]) -> tuple[str, ...]:
    """The ways to write it, the shortest first."""
    if operation.name in _WRITTEN:
        return tuple(_WRITTEN[operation.name])
    if operation.infix is not None:
        calls = (f"{one}({', '.join(names)})" for one in _calls(operation))
        return (f" {operation.infix.symbols[0]} ".join(names), *calls)
    arguments = ", ".join(names)
    ways = [f"{name}({arguments})" for name in _calls(operation)]
    if "axis" in operation.attributes:
        ways.insert(1, f"{_calls(operation)[0]}({arguments}, axis=0)")
    return tuple(ways)


def _calls(operation: Operation) -> tuple[str, ...]:
    """Names to call it by: `max` of one tensor is its largest entry."""
    for entrywise, whole in OVER_ENTRIES.items():
        if OPERATION_OF[whole] is operation:
            short = OPERATION_OF[entrywise]
            assert short is not None
            return short.name, *operation.function_names
    return operation.function_names


def tensor_formula(operation: Operation) -> str:
    """What the operation computes, as LaTeX; of a composite with an open form of one line that, too."""
    formula = formula_latex(operation).replace(r"\mathrm{index}", "i")
    text = operation.opened and without_settings(operation.opened)
    if not text or ";" in text or r"\sum" in operation.latex:
        return formula
    return f"{formula} = {rule_text_latex(text, {})}"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one operand receives: `g_{x} = g\\,y^{\\top}`; `label` says for which shapes where that differs."""

    operand: str
    left: str
    right: str
    label: str


def pulled_equations(operation: Operation) -> tuple[Pulled, ...]:
    """The vector-Jacobian products, for each combination of ranks that has its own."""
    if operation.variadic:
        return (Pulled("x", "g_{x_{i}}", operation.pulled[0], ""),)
    names = operation.operands
    if operation.pull is not None:
        return tuple(
            Pulled(name, f"g_{{{name}}}", text, "") for name, text in zip(names, operation.pulled, strict=True)
        )
    found: list[Pulled] = []
    examples = {tuple(map(len, example.operands)): example for example in shape_examples(operation)}
    for ranks, texts in operation.downstream.items():
        label = ", ".join(map(short_shape, examples[ranks].operands)) if ranks in examples else ""
        for place, (name, text) in enumerate(zip(names, texts, strict=True)):
            right = "0" if text is None else rule_text_latex(text, {})
            found.append(Pulled(name, f"g_{{{name}}}", right, label if place == 0 else ""))
    return tuple(found)


def sample_operands(operation: Operation, example: ShapeExample, names: Sequence[str]) -> list[Array]:
    """Small round numbers in these shapes; targets pick one class in each row."""
    return [
        _entries(name, shape, _VALUES[min(place, 1)])
        for place, (name, shape) in enumerate(zip(names, example.operands, strict=True))
        if operation.shape is not None
    ]


def _entries(name: str, shape: Shape, numbers: Sequence[float]) -> Array:
    if name == "t":
        classes = shape[-1]
        rows = np.arange(prod(shape) // classes) % classes
        return np.eye(classes)[rows].reshape(shape)
    values = np.array(list(islice(cycle(numbers), prod(shape)))).reshape(shape)
    return -np.abs(values) if name == "l" else values


def draw_matrices(operation: Operation, names: Sequence[str]) -> Matrices:
    """The operation at work on its first example."""
    example = shape_examples(operation)[0]
    attributes = {**operation.attributes, **example.attributes}
    operands = sample_operands(operation, example, names)
    result = _run(operation, operands, attributes)
    lit = _lit_entry(result.shape)
    feeds = [_feeding(operation, operands, place, attributes, lit) for place in range(len(operands))]
    return Matrices(
        tuple(_grid(name, array, mask) for name, array, mask in zip(names, operands, feeds, strict=True)),
        _grid("f", result, _one(result.shape, lit)),
        operation.symbol if len(operands) > 1 and not operation.variadic else "",
        _is_crossed(operation, example),
    )


def _run(operation: Operation, operands: Sequence[Array], attributes: Mapping[str, Any]) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(operation.forward(*operands, **attributes), dtype=np.float64)


def _lit_entry(shape: Shape) -> tuple[int, ...]:
    """The entry that is explained: off the corner, so that rows and columns are told apart."""
    return tuple(min(1, size - 1) if axis == len(shape) - 1 else 0 for axis, size in enumerate(shape))


def _one(shape: Shape, index: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    mask[index] = True
    return mask


def _feeding(
    operation: Operation, operands: Sequence[Array], place: int, attributes: Mapping[str, Any], index: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Which entries of an operand the result's entry is made of: those whose change it follows."""
    before = _run(operation, operands, attributes)[index]
    mask = np.zeros(operands[place].shape, dtype=bool)
    for entry in np.ndindex(operands[place].shape):
        moved = [array.copy() for array in operands]
        moved[place][entry] += _STEP
        mask[entry] = _run(operation, moved, attributes)[index] != before
    return mask


def _grid(name: str, array: Array, mask: NDArray[np.bool_]) -> Grid:
    whole = bool(np.all(array == np.round(array)))
    shown = array.reshape(-1, 1) if array.ndim < 2 else array
    lit = mask.reshape(shown.shape)
    return Grid(
        name,
        tuple(tuple(_number(float(one), whole) for one in row) for row in shown),
        tuple(tuple(bool(one) for one in row) for row in lit),
    )


def _number(value: float, whole: bool) -> str:
    return f"{value:.0f}".replace("-", "−") if whole else format_number(value, 2)


def _is_crossed(operation: Operation, example: ShapeExample) -> bool:
    """Whether rows of the first operand and columns of the second make the result."""
    if len(example.operands) != 2 or not operation.downstream or len(example.result) != 2:
        return False
    (rows, *_), (*_, columns) = example.operands
    return example.result == (rows, columns)


def tensor_program(operation: Operation, names: Sequence[str]) -> str:
    """A small program that shows it, with a loss behind it where its result is a tensor."""
    example = shape_examples(operation)[0]
    given = "; ".join(
        f"{name} = {_list(array)}" for name, array in zip(names, sample_operands(operation, example, names),
        strict=True)
    )  # fmt: skip
    call = written_ways(operation, names)[0]
    if operation.name == "index":
        call = "x[0, 1]"
    elif operation.name == "reshape":
        call = f"reshape(x, {', '.join(map(str, example.result))})"
    end = f"f = {call}"
    return f"{given}; {end}" if not example.result else f"{given}; {end}; L = half_sse(f, 0)"


def _list(array: Array) -> str:
    if array.ndim == 0:
        return f"{float(array):g}"
    return f"[{', '.join(_list(one) for one in array)}]"
