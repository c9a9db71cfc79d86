"""Every operation on whole tensors, and every operation entry by entry with broadcasting: small steps, PyTorch, and the
code of every dialect say the same."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app import trace
from app.export.code import DIALECTS
from app.export.code.whole import forward_template
from app.operations import OPERATIONS, TENSOR_OPERATIONS, Operation
from app.operations.code_helpers import HELPERS
from app.operations.shapes import Shape
from app.operations.templates import nest, nest_variadic
from tests.operations.checks_of_code import installed, namespace

Array = NDArray[np.float64]

TENSOR_DIALECTS = ("numpy", "torch", "jax")


@dataclass(frozen=True)
class Case:
    """An operation on operands of these shapes."""

    name: str
    shapes: tuple[Shape, ...]
    attributes: dict[str, Any] = field(default_factory=dict)
    text: str | None = None  # where it is not written as a call

    def __str__(self) -> str:
        return f"{self.name}-{'-'.join('x'.join(map(str, shape)) or '1' for shape in self.shapes)}-{self.attributes}"


REDUCING = ("sum", "mean", "prod", "amax", "amin", "norm", "logsumexp")
KEEPING = ("softmax", "log_softmax")
WHOLE = [
    *(Case("matmul", pair) for pair in (((2, 3), (3, 4)), ((2, 3), (3,)), ((2,), (2, 3)), ((3,), (3,)))),
    Case("outer", ((2,), (3,))),
    Case("transpose", ((2, 3),)),
    Case("transpose", ((3, 1),)),
    Case("trace", ((3, 3),)),
    Case("conv1d", ((5,), (2,))),
    Case("conv1d", ((3,), (3,))),
    Case("conv2d", ((4, 5), (2, 3))),
    Case("conv2d", ((3, 3), (1, 1))),
    *(Case(name, ((2, 3),), {"axis": axis}) for name in (*REDUCING, *KEEPING) for axis in (None, 0, 1, -1, -2)),
    *(Case(name, ((2, 2, 3),), {"axis": axis}) for name in (*REDUCING, *KEEPING) for axis in (1, -1)),
    *(Case(name, ((2, 3),), {"axis": axis, "keepdims": True}) for name in REDUCING for axis in (None, 0, -1)),
    *(Case(name, ((3,),), {"axis": axis, "keepdims": True}) for name in REDUCING for axis in (None, 0)),
    *(Case(name, ((4,),), {"axis": None}) for name in (*REDUCING, *KEEPING)),
    *(Case(name, (shape, shape)) for name in ("cross_entropy", "nll") for shape in ((3,), (2, 3))),
    Case("stack", ((2,), (2,), (2,)), text="[p, q, r]"),
    Case("index", ((2, 3),), {"index": (1,)}, "p[1]"),
    Case("index", ((2, 3),), {"index": (0, -1)}, "p[0, -1]"),
    *(Case("concat", ((2, 3), (2, 3)), {"axis": axis}) for axis in (0, 1, -1)),
    Case("concat", ((2,), (3,)), {"axis": 0}),
    Case("reshape", ((2, 3),), {"shape": (3, 2)}, "reshape(p, 3, 2)"),
]
ENTRYWISE = [
    Case(operation.name, tuple(itertools.islice(itertools.cycle(shapes), 2 if operation.variadic else count)))
    for operation in OPERATIONS
    for count in [len(operation.operands)]
    for shapes in ([(2, 3), (3,), ()], [(3,), (2, 1), (2, 3)])
]
BY_NAME = {operation.name: operation for operation in (*OPERATIONS, *TENSOR_OPERATIONS)}
PROGRAM_NAMES = ("p", "q", "r")
KINDS = pytest.mark.parametrize("case", [*WHOLE, *ENTRYWISE], ids=str)


def arrays_of(case: Case) -> list[Array]:
    """The same operands in every run, from the operation's domain, no two entries alike."""
    generator = np.random.default_rng(zlib.crc32(str(case).encode()))
    domain = BY_NAME[case.name].domain
    return [
        np.asarray(generator.uniform(*domain[min(position, len(domain) - 1)], shape))
        for position, shape in enumerate(case.shapes)
    ]


def operation_text(case: Case) -> str:
    names = PROGRAM_NAMES[: len(case.shapes)]
    operation = BY_NAME[case.name]
    if case.text is not None:
        return case.text
    if operation.section == "arithmetic" and operation.infix and operation.name in ("lt", "le", "gt", "ge", "eq", "ne"):
        return f"where({f' {operation.infix.symbols[0]} '.join(names)}, 1, 0)"
    given = "".join(f", {key}={value}" for key, value in case.attributes.items() if value is not None)
    name = {"amax": "max", "amin": "min"}.get(case.name, case.name)
    return f"{name}({', '.join(names)}{given})"


def run(case: Case, arrays: list[Array], weights: Array | None = None) -> Any:
    """The trace of the operation, or of the sum of its entries times the weights."""
    text = operation_text(case)
    values = {name: array.tolist() for name, array in zip(PROGRAM_NAMES, arrays, strict=False)}
    if weights is None:
        return trace(f"f = {text}", values=values)
    return trace(f"f = sum({text} * c); const c = 0", values=values | {"c": weights.tolist()})


def weights_for(case: Case, arrays: list[Array]) -> tuple[Array, Array]:
    found = run(case, arrays)
    value = np.asarray(found.values[found.output_nodes[0]])
    return value, np.random.default_rng(7).uniform(0.5, 2.0, value.shape)


def code_of(case: Case, dialect: str) -> str:
    operation, names = BY_NAME[case.name], PROGRAM_NAMES[: len(case.shapes)]
    template = operation.code[dialect]
    if operation.whole:
        template = forward_template(operation, DIALECTS[dialect], case.shapes, case.attributes)
    if operation.variadic:
        return nest_variadic(template, names)
    numbers = {} if operation.whole else {name: str(value) for name, value in operation.attributes.items()}
    return nest(template, dict(zip(operation.operands, names, strict=True)) | numbers)


def broadcast(case: Case, given: dict[str, Any]) -> dict[str, Any]:
    """torch's own losses want one shape."""
    if not BY_NAME[case.name].over:
        return given
    from torch import broadcast_tensors

    return dict(zip(given, broadcast_tensors(*given.values()), strict=True))


def reduced(operation: Operation, value: Any) -> Any:
    """Losses of entries make one number; torch's own functions have taken the mean already."""
    return value.sum() if operation.over == "sum" else value.mean() if operation.over == "mean" else value


@KINDS
def test_gradients_are_those_of_small_steps(case: Case) -> None:
    arrays = arrays_of(case)
    _, weights = weights_for(case, arrays)
    found = run(case, arrays, weights)
    gradients = found.leaf_gradients()
    for position, array in enumerate(arrays):
        gradient = np.asarray(gradients[PROGRAM_NAMES[position]])
        assert gradient.shape == array.shape
        for place in np.ndindex(array.shape):
            ends = []
            for sign in (1, -1):
                moved = [one.copy() for one in arrays]
                moved[position][place] += sign * 1e-6
                ends.append(float(run(case, moved, weights).values[found.output_nodes[0]]))
            assert gradient[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=2e-5, abs=1e-7)


@KINDS
@pytest.mark.parametrize("dialect", TENSOR_DIALECTS)
def test_code_gives_the_value(case: Case, dialect: str) -> None:
    if not installed(dialect):
        pytest.skip(f"{dialect} is not installed")
    modules, make = namespace(dialect)
    as_theirs: Callable[[Any], Any] = make
    arrays = arrays_of(case)
    value, _ = weights_for(case, arrays)
    given = {name: as_theirs(array) for name, array in zip(PROGRAM_NAMES, arrays, strict=False)}
    if dialect == "torch":
        given = broadcast(case, given)
    for source in HELPERS[dialect].values():
        exec(source, modules)
    result = reduced(BY_NAME[case.name], eval(code_of(case, dialect), modules, given))
    assert np.shape(np.asarray(result)) == value.shape
    np.testing.assert_allclose(np.asarray(result), value, rtol=1e-11, atol=1e-13)


@KINDS
def test_pytorch_has_the_same_gradients(case: Case) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed; `make bench` installs it")
    arrays = arrays_of(case)
    _, weights = weights_for(case, arrays)
    gradients = run(case, arrays, weights).leaf_gradients()
    theirs = {name: torch.tensor(array, requires_grad=True) for name, array in zip(PROGRAM_NAMES, arrays, strict=False)}
    result = reduced(BY_NAME[case.name], eval(code_of(case, "torch"), {"torch": torch}, broadcast(case, theirs)))
    if result.requires_grad:
        (result * torch.tensor(weights)).sum().backward()
    rough = 1e-6 if case.name == "hard_sigmoid" else 1e-9  # torch multiplies by 1/6 in single precision there
    for name, one in theirs.items():
        expected = np.zeros(one.shape) if one.grad is None else one.grad.numpy()
        np.testing.assert_allclose(np.asarray(gradients[name]), expected, rtol=rough, atol=1e-12, err_msg=name)


def test_every_operation_is_among_them() -> None:
    assert {case.name for case in (*WHOLE, *ENTRYWISE)} == BY_NAME.keys()
