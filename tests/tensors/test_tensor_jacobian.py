"""Jacobians of tensor programs: against PyTorch, both modes alike, structure, products in their place, sizes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app import trace
from app.engine.rules import rules_for
from app.engine.tensors.choice import Varied
from app.engine.tensors.jacobian import TensorJacobian, find_tensor_jacobian
from app.engine.tensors.links import gate_links
from app.engine.tensors.products import product_of
from app.engine.tensors.structure import structure_of
from app.engine.tensors.tangent import run_tangent
from app.engine.tensors.trace import TensorTrace
from app.lessons.load import lessons
from app.limits import Limits
from tests.tensors.test_every_tensor_operation import ENTRYWISE, PROGRAM_NAMES, WHOLE, Case, arrays_of, operation_text

TENSOR_LESSONS = [
    lesson for lesson in lessons() if isinstance(trace(lesson.program, output=lesson.output), TensorTrace)
]
NET = """z1 = W1 @ x + b1; a1 = relu(z1); z2 = W2 @ a1 + b2; y = sigmoid(z2); E = half_sse(y, t)
W1 = [[0.6, -0.4, 0.3], [-0.5, 0.8, 0.7], [0.9, 0.2, -0.6], [0.1, -0.7, -0.5]]
x = [1, 0.5, -1]; b1 = [0.1, -0.2, 0, 0.3]
W2 = [[0.7, -0.3, 1.1, 0.4], [-0.6, 0.5, -0.9, 0.8]]; b2 = [0.2, -0.1]; t = [0, 1]"""


def node(found: Any, name: str) -> Varied:
    return Varied(found.program.names[name])


def jacobian(source: str, output: str, leaf: str, **more: Any) -> TensorJacobian:
    found: Any = trace(source)
    return find_tensor_jacobian(found, [node(found, output)], [node(found, leaf)], **more)


@pytest.mark.parametrize("case", [*WHOLE, *ENTRYWISE], ids=str)
def test_every_operation_agrees_in_both_modes_and_entry_by_entry(case: Case) -> None:
    arrays = arrays_of(case)
    found: Any = trace(f"f = {operation_text(case)}", values=dict(zip(PROGRAM_NAMES, arrays, strict=False)))
    out = found.output_nodes[0]
    leaves = [one for one in map(found.program.names.get, PROGRAM_NAMES[: len(arrays)]) if one is not None]
    for leaf in leaves:
        reverse = find_tensor_jacobian(found, [Varied(out)], [Varied(leaf)], "reverse").matrix
        forward = find_tensor_jacobian(found, [Varied(out)], [Varied(leaf)], "forward").matrix
        links = [gate_links(found, out, at) for at, one in enumerate(found.program.operands(out)) if one == leaf]
        assert reverse is not None
        assert forward is not None
        np.testing.assert_allclose(reverse, forward, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(reverse, np.sum([one.local for one in links], axis=0), rtol=1e-12, atol=1e-14)
        assert all(one.there[one.local != 0].all() for one in links)


@pytest.mark.parametrize("lesson", TENSOR_LESSONS, ids=lambda lesson: lesson.slug)
def test_both_modes_fill_the_same_matrix_for_every_lesson(lesson: Any) -> None:
    found: Any = trace(lesson.program, output=lesson.output)
    tensors = [at for at in range(len(found.program.ops)) if not found.program.is_fixed(at)]
    outputs = [Varied(at) for at in tensors if found.program.operation(at) is not None]
    leaves = [Varied(at) for at in tensors if found.program.operation(at) is None]
    for output in outputs:
        one = find_tensor_jacobian(found, [output], leaves, "reverse")
        other = find_tensor_jacobian(found, [output], leaves, "forward")
        if one.matrix is None or other.matrix is None:
            assert one.note
            continue
        np.testing.assert_allclose(one.matrix, other.matrix, rtol=1e-9, atol=1e-12)
        for leaf in leaves:
            product, block = product_of(found, output.node, leaf.node), one.block(output, leaf)
            np.testing.assert_allclose(
                np.ravel(product.upstream) @ block, np.ravel(product.result), rtol=1e-9, atol=1e-12
            )
            assert structure_of(one, output, leaf).text.endswith(".")


def test_the_network_agrees_with_pytorch() -> None:
    torch = pytest.importorskip("torch")
    found: Any = trace(NET)
    given = {
        name: torch.tensor(np.asarray(found.values[found.program.names[name]]), dtype=torch.float64)
        for name in ("W1", "x", "b1", "W2", "b2", "t")
    }

    def y(w1: Any, x: Any, b1: Any, w2: Any, b2: Any) -> Any:
        return torch.sigmoid(w2 @ torch.relu(w1 @ x + b1) + b2)

    names = ("W1", "x", "b1", "W2", "b2")
    expected = torch.autograd.functional.jacobian(y, tuple(given[name] for name in names))
    for name, block in zip(names, expected, strict=True):
        matrix = find_tensor_jacobian(found, [node(found, "y")], [node(found, name)]).matrix
        assert matrix is not None
        np.testing.assert_allclose(matrix, block.reshape(2, -1).numpy(), rtol=0, atol=1e-9)


PROGRAMS = [
    ("y = softmax(A @ x + b)", {"A": (3, 4), "x": (4,), "b": (3,)}),
    ("y = log_softmax(X @ W + b)", {"X": (2, 3), "W": (3, 2), "b": (2,)}),
    ("y = tanh(X @ W) * X.T", {"X": (3, 3), "W": (3, 3)}),
    ("y = conv2d(X, K) + sum(K) * mean(X, axis=0)[0]", {"X": (4, 4), "K": (2, 2)}),
    ("y = [x[0] * x[1], norm(x), prod(x), max(x[0], x[2])]", {"x": (3,)}),
    ("y = outer(x, exp(x)) / logsumexp(x)", {"x": (3,)}),
]


@pytest.mark.parametrize(("source", "shapes"), PROGRAMS, ids=[source for source, _ in PROGRAMS])
@pytest.mark.parametrize("seed", range(3))
def test_programs_agree_with_pytorch(source: str, shapes: dict[str, tuple[int, ...]], seed: int) -> None:
    torch = pytest.importorskip("torch")
    generator = np.random.default_rng(seed)
    values = {name: generator.uniform(0.2, 1.5, shape) for name, shape in shapes.items()}
    found: Any = trace(source, values=values)
    functions = {
        "softmax": lambda a: torch.softmax(a, -1), "log_softmax": lambda a: torch.log_softmax(a, -1),
        "tanh": torch.tanh,
        "conv2d": lambda a, k: torch.nn.functional.conv2d(a[None, None], k[None, None])[0, 0], "sum": torch.sum,
        "mean": lambda a, axis: a.mean(axis), "norm": torch.linalg.vector_norm, "prod": torch.prod, "exp": torch.exp,
        "max": torch.maximum, "outer": torch.outer, "logsumexp": lambda a: torch.logsumexp(a, -1),
    }  # fmt: skip
    text = source.removeprefix("y = ")
    text = f"torch.stack({text})" if text.startswith("[") else text

    def run(*tensors: Any) -> Any:
        return eval(text, {**functions, **dict(zip(shapes, tensors, strict=True)), "torch": torch})

    expected = torch.autograd.functional.jacobian(run, tuple(torch.tensor(values[name]) for name in shapes))
    for name, block in zip(shapes, expected, strict=True):
        for mode in ("reverse", "forward"):
            matrix = find_tensor_jacobian(found, [Varied(found.output_nodes[0])], [node(found, name)], mode).matrix
            assert matrix is not None
            np.testing.assert_allclose(matrix, block.reshape(matrix.shape).numpy(), rtol=0, atol=1e-9)


def test_a_tangent_is_a_column_and_an_inner_node_varies_alone() -> None:
    found: Any = trace(NET)
    names, rules = found.program.names, rules_for(found.conventions)
    direction = np.arange(12.0).reshape(4, 3) / 10
    tangents = run_tangent(found.program, found.values, {names["W1"]: direction}, rules)
    matrix = find_tensor_jacobian(found, [node(found, "z2")], [node(found, "W1")]).matrix
    assert matrix is not None
    np.testing.assert_allclose(tangents[names["z2"]], matrix @ direction.ravel(), atol=1e-14)
    alone = run_tangent(found.program, found.values, {names["z1"]: np.ones(4), names["x"]: np.ones(3)}, rules)
    np.testing.assert_array_equal(alone[names["z1"]], np.ones(4))


@pytest.mark.parametrize(
    ("output", "leaf", "kind", "said"),
    [
        (
            "y",
            "z2",
            "diagonal",
            "Diagonal: each entry of y is computed from the entry of z2 at the same place. 2 of its 4",
        ),
        ("a1", "z1", "diagonal", "1 more is 0 at these values."),
        ("z1", "W1", "blocks", "4 blocks of 1 × 3: groups of entries"),
        ("z2", "a1", "dense", "Dense: every entry of z2 is computed from every entry of a1."),
        ("E", "y", "dense", "E is computed from every entry of y."),
        ("z1", "t", "none", "No entry of z1 is computed from t: all 8 entries are 0."),
    ],
)
def test_zeros_are_told(output: str, leaf: str, kind: str, said: str) -> None:
    found: Any = trace(NET)
    told = structure_of(
        find_tensor_jacobian(found, [node(found, output)], [node(found, leaf)]), node(found, output), node(found, leaf)
    )
    assert told.kind == kind
    assert said in told.text


def test_a_product_by_a_vector_has_the_matrix_itself_as_jacobian() -> None:
    found = jacobian("m = W @ x; W = [[1, 2], [3, 4]]; x = [5, 6]", "m", "x")
    assert structure_of(found, *(node(found.trace, name) for name in ("m", "x"))).text.endswith("It is W itself.")


def test_what_is_computed_in_place_of_a_jacobian() -> None:
    found: Any = trace("m = W @ x; W = [[1, 2], [3, 4]]; x = [5, 6]")
    m, w, x = (found.program.names[name] for name in ("m", "W", "x"))
    assert product_of(found, m, w).text == "outer(g, x)"
    assert product_of(found, m, w).multiplications == 4
    assert product_of(found, m, x).text == "W.T @ g"
    assert product_of(found, m, x).multiplications == 4
    net: Any = trace(NET)
    through = product_of(net, *(net.program.names[name] for name in ("y", "W1")))
    assert not through.direct
    assert through.text is None
    assert through.multiplications > 0
    added = product_of(net, *(net.program.names[name] for name in ("z1", "W1")))
    assert added.text == "outer(g, x)"
    assert added.multiplications == 12
    repeated: Any = trace("y = X + b; X = [[1, 2], [3, 4]]; b = [5, 6]")
    assert product_of(repeated, repeated.output_nodes[0], repeated.program.names["b"]).latex == r"\textstyle\sum\, g"


def test_zeros_say_why() -> None:
    found = jacobian(NET, "z2", "W1")
    rows = {place.label(found.trace): at for at, place in enumerate(found.rows)}
    columns = {place.label(found.trace): at for at, place in enumerate(found.columns)}
    reason = found.why(rows["z2[0]"], columns["W1[1, 0]"])
    assert reason == ("router", "ReLU passes nothing back to z1[1] here, so W1[1, 0] receives 0.")
    alone = jacobian(NET, "z1", "W1")
    assert alone.why(0, 3) == ("no-path", "No path leads from W1[1, 0] to z1[0].")
    assert alone.why(0, 0) is None
    cancels = jacobian("y = x + x - 2 * x; x = [1, 2]", "y", "x")
    assert cancels.why(0, 0) == ("cancels", "The paths from x[0] to y[0] cancel: their products add up to 0.")


def test_paths_are_counted_from_entry_to_entry() -> None:
    counts = jacobian(NET, "E", "W1").paths
    assert counts is not None
    assert counts.tolist() == [[2.0] * 12]
    counts = jacobian(NET, "z2", "x").paths
    assert counts is not None
    assert counts.tolist() == [[4.0] * 3] * 2


def test_nothing_is_built_beyond_the_limit() -> None:
    source = "z = sigmoid(x); x = ones(100)"
    small = jacobian(source, "z", "x", limits=Limits(max_jacobian_entries=10_000))
    assert small.matrix is not None
    large = jacobian(source, "z", "x", limits=Limits(max_jacobian_entries=9_999))
    assert large.matrix is None
    assert large.rows == ()
    assert large.shape == (100, 100)
    assert "100 × 100, 10,000 entries" in (large.note or "")
    assert "CHAINRULE_MAX_JACOBIAN_ENTRIES" in (large.note or "")
    told = structure_of(large, *(node(large.trace, name) for name in ("z", "x")))
    assert told.kind == "diagonal"
    assert "all but 100 of its 10,000 entries are 0" in told.text
    work = jacobian(source, "z", "x", limits=Limits(max_gate_runs=1_000))
    assert work.matrix is None
    assert "CHAINRULE_MAX_GATE_RUNS" in (work.note or "")
