"""Gradients of tensor programs: every operation and every pair of ranks against small steps, and broadcasting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app import trace
from app.operations import TENSOR_OPERATIONS

Values = dict[str, Any]

M23 = [[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]]
M32 = [[1.0, 0.2], [-0.4, 0.9], [2.0, -1.1]]
M22 = [[1.2, -0.3], [0.4, 0.8]]
V2, V3, V6 = [0.7, -1.3], [0.2, 1.1, -0.6], [1.0, 2.0, 3.0, -1.0, 0.5, 0.25]

PROGRAMS: list[tuple[str, Values]] = [
    ("sum(x @ y)", {"x": M23, "y": M32}),
    ("sum(sin(x @ y))", {"x": M23, "y": V3}),
    ("sum(sin(x @ y))", {"x": V2, "y": M23}),
    ("dot(x, y)", {"x": V3, "y": [1.0, -2.0, 0.5]}),
    ("sum(sin(outer(x, y)))", {"x": V2, "y": V3}),
    ("sum(exp(x.T) * y)", {"x": M23, "y": M32}),
    ("trace(x @ x)", {"x": M22}),
    ("sum(x^2)", {"x": M23}),
    ("sum(sum(x, axis=0)^3)", {"x": M23}),
    ("sum(mean(x, axis=1)^2)", {"x": M23}),
    ("mean(sin(x))", {"x": M23}),
    ("prod(x)", {"x": V3}),
    ("sum(prod(x, axis=1)^2)", {"x": M23}),
    ("max(x)", {"x": V3}),
    ("sum(max(x, axis=0) * y)", {"x": M23, "y": V3}),
    ("sum(min(x, axis=1)^2)", {"x": M23}),
    ("norm(x)", {"x": M23}),
    ("sum(norm(x, axis=1)^3)", {"x": M23}),
    ("sum(softmax(x) * y)", {"x": V3, "y": [1.0, -2.0, 0.5]}),
    ("sum(softmax(x, axis=0)^2)", {"x": M23}),
    ("sum(log_softmax(x) * y)", {"x": M23, "y": M23}),
    ("logsumexp(x)", {"x": V3}),
    ("sum(logsumexp(x, axis=0)^2)", {"x": M23}),
    ("cross_entropy(x, y)", {"x": V3, "y": [0.2, 0.3, 0.5]}),
    ("cross_entropy(x, y)", {"x": M23, "y": [[1.0, 0.0, 0.0], [0.25, 0.25, 0.5]]}),
    ("sum([x, y, x*y]^2)", {"x": 0.5, "y": -1.5}),
    ("sum([[x, 1], [y, 2]] @ [x, y])", {"x": 0.5, "y": -1.5}),
    ("nll(log_softmax(x), y)", {"x": M23, "y": [[1.0, 0.0, 0.0], [0.25, 0.25, 0.5]]}),
    ("sum(conv1d(x, y)^2)", {"x": V6, "y": V2}),
    ("sum(sigmoid(conv2d(x, y)))", {"x": M32, "y": M22}),
    ("huber(x, y)", {"x": M23, "y": V3}),
    ("hinge(x @ y, z)", {"x": M23, "y": V3, "z": [1.0, -1.0]}),
    ("x[1] * x[0]^2", {"x": V3}),
    ("sum(x[1]^2) + x[0, 2]", {"x": M23}),
    ("sum(concat(x, y)^2 * [1, 2, 3, 4, 5])", {"x": V2, "y": V3}),
    ("sum(concat(x, y, axis=1) @ concat(y, x, axis=1).T)", {"x": M22, "y": M22}),
    ("sum(reshape(x, 2, 3) @ y)", {"x": V6, "y": V3}),
    ("sum(sin(x + y))", {"x": M23, "y": V3}),
    ("sum((x * y)^2)", {"x": M23, "y": 1.7}),
    ("sum(max(x, y) * x)", {"x": M23, "y": V3}),
    ("sum(where(x > 0, x^2, y))", {"x": M23, "y": V3}),
    ("half_sse(x, y)", {"x": V3, "y": [1.0, -2.0, 0.5]}),
    ("mse(sigmoid(x), y)", {"x": M23, "y": V3}),
    ("bce(sigmoid(x), y)", {"x": V3, "y": [0.2, 0.9, 0.5]}),
    ("mse(W2 @ relu(W1 @ x + b1) + b2, t)",
     {"W1": M32, "x": V2, "b1": V3, "W2": M23, "b2": V2, "t": [1.0, 0.0]}),
    ("neuron(W, x, b) = tanh(W @ x + b); f = sum(neuron(M, neuron(M, v, c), c))",
     {"M": M22, "v": V2, "c": [0.1, -0.2]}),
]  # fmt: skip


def output_at(source: str, values: Values) -> float:
    found = trace(source, values=values)
    return float(np.sum(found.values[found.output_nodes[0]]))


@pytest.mark.parametrize(("source", "values"), PROGRAMS, ids=[source for source, _ in PROGRAMS])
def test_gradients_are_those_of_small_steps(source: str, values: Values) -> None:
    gradients = trace(source, values=values).leaf_gradients()
    step = 1e-6
    for name, value in values.items():
        array = np.array(value, dtype=float)
        gradient = np.asarray(gradients[name])
        assert gradient.shape == array.shape
        for place in np.ndindex(array.shape):
            ends = []
            for sign in (1, -1):
                moved = array.copy()
                moved[place] += sign * step
                ends.append(output_at(source, values | {name: moved.tolist() if moved.ndim else float(moved)}))
            numeric = (ends[0] - ends[1]) / (2 * step)
            assert gradient[place] == pytest.approx(numeric, rel=1e-5, abs=1e-7)


def test_every_operation_on_tensors_is_among_them() -> None:
    used = {node.op for source, values in PROGRAMS for node in trace(source, values=values).nodes}
    assert {operation.name for operation in TENSOR_OPERATIONS} <= used


def test_the_part_of_a_broadcast_operand_is_summed_over_what_it_was_repeated_along() -> None:
    found = trace("sum(W + b)", values={"W": M23, "b": V3})
    bias = next(edge for edge in found.edges if edge.source == "n1")
    assert np.array_equal(np.asarray(bias.downstream), [2.0, 2.0, 2.0])
    assert np.array_equal(np.asarray(bias.upstream), np.ones((2, 3)))


def test_gradient_of_a_tensor_used_twice_is_the_sum_over_its_edges() -> None:
    found = trace("sum(x * x)", values={"x": V3})
    parts = [np.asarray(edge.downstream) for edge in found.edges if edge.source == "n0"]
    assert np.array_equal(np.sum(parts, axis=0), np.asarray(found.gradients[0]))
    assert len(parts) == 2


@pytest.mark.parametrize(("ties", "shares"), [("split", [0.5, 0.5]), ("first", [1.0, 0.0]), ("both", [1.0, 1.0])])
def test_ties_between_tensors_follow_the_convention(ties: str, shares: list[float]) -> None:
    from app.operations import Conventions

    found = trace("sum(max(x, y))", values={"x": [1.0, 2.0], "y": [1.0, 0.0]}, conventions=Conventions(ties=ties))  # type: ignore[arg-type]
    gradients = found.leaf_gradients()
    assert np.asarray(gradients["x"]).tolist() == [shares[0], 1.0]
    assert np.asarray(gradients["y"]).tolist() == [shares[1], 0.0]


@pytest.mark.parametrize(
    ("ties", "shares"), [("split", [0.5, 0.5, 0.0]), ("first", [1.0, 0.0, 0.0]), ("both", [1.0, 1.0, 0.0])]
)
@pytest.mark.parametrize(
    "source", ["max(x)", "-min(-x)", "sum(max([x, x], axis=1)) / 2", "sum(max([x, x].T, axis=-2)) / 2"]
)
def test_equal_entries_follow_the_convention(ties: str, shares: list[float], source: str) -> None:
    from app.operations import Conventions

    found = trace(source, values={"x": [2.0, 2.0, 1.0]}, conventions=Conventions(ties=ties))  # type: ignore[arg-type]
    assert np.asarray(found.leaf_gradients()["x"]).tolist() == shares


def test_the_gradient_of_an_image_is_the_full_convolution_with_the_kernel_turned_around() -> None:
    image, kernel = np.arange(12.0).reshape(3, 4), np.array([[1.0, 2.0], [3.0, 4.0]])
    found = trace("sum(conv2d(x, k) * g); const g = 0", values={
        "x": image.tolist(), "k": kernel.tolist(), "g": [[1.0, 0.0, 0.0], [0.0, 0.0, 10.0]],
    })  # fmt: skip
    assert np.asarray(found.values[2]).tolist() == [[34.0, 44.0, 54.0], [74.0, 84.0, 94.0]]
    # Each entry of g puts the kernel down where its window was.
    assert np.asarray(found.leaf_gradients()["x"]).tolist() == [
        [1.0, 2.0, 0.0, 0.0], [3.0, 4.0, 10.0, 20.0], [0.0, 0.0, 30.0, 40.0],
    ]  # fmt: skip
    assert np.asarray(found.leaf_gradients()["k"]).tolist() == [[60.0, 71.0], [104.0, 115.0]]


@pytest.mark.parametrize("size", [1000.0, -1000.0])
def test_softmax_and_its_relatives_do_not_overflow(size: float) -> None:
    for source in ("sum(softmax(x)^2)", "logsumexp(x)", "sum(log_softmax(x))", "cross_entropy(x, t)"):
        found = trace(source, values={"x": [size, 0.0, 1.0], **({"t": [0.0, 1.0, 0.0]} if "t)" in source else {})})
        assert np.all(np.isfinite(np.asarray(found.leaf_gradients()["x"])))


def test_softmax_with_cross_entropy_passes_prediction_minus_target() -> None:
    logits, target = [0.3, -1.2, 2.0], [0.0, 0.0, 1.0]
    found = trace("cross_entropy(z, t)", values={"z": logits, "t": target})
    prediction = np.exp(logits) / np.sum(np.exp(logits))
    assert np.asarray(found.leaf_gradients()["z"]) == pytest.approx(prediction - target, abs=1e-15)


def test_a_row_of_zeros_has_length_zero_and_no_direction() -> None:
    assert np.asarray(trace("norm(x)", values={"x": [0.0, 0.0]}).leaf_gradients()["x"]).tolist() == [0.0, 0.0]


def test_a_constant_tensor_has_no_gradient() -> None:
    found = trace("const A = [[1, 2], [3, 4]]; f = sum(A @ x); x = [1, -1]")
    assert found.leaf_gradients()["A"] is None
    assert np.asarray(found.leaf_gradients()["x"]).tolist() == [4.0, 6.0]


def test_the_gradients_of_a_tensor_output_are_those_of_the_sum_of_its_entries() -> None:
    found = trace("y = W @ x", values={"W": M22, "x": V2})
    assert [one.code for one in found.warnings] == ["tensor-output"]
    assert np.asarray(found.leaf_gradients()["x"]) == pytest.approx(np.sum(M22, axis=0))
