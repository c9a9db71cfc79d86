"""Programs with matrices beside NumPy written by hand and PyTorch: networks with gradients, and one product."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import Conventions, trace
from app.engine.kept import forget
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.language.parser import parse
from app.limits import DEFAULT_LIMITS
from benchmarks.table import Goal, Row, seconds_text
from benchmarks.timing import take_turns

OURS = "Chainrule"
LIMITS = replace(DEFAULT_LIMITS, max_tensor_elements=10**7, max_total_elements=10**8)
NETWORK = "h = relu(X @ W1 + b1)\nL = cross_entropy(h @ W2 + b2, T)"
LEAVES = ("X", "W1", "b1", "W2", "b2")
WORK = "network, value and gradients"
GATES = 100

Arrays = dict[str, NDArray[np.float64]]


def _arrays(batch: int, inputs: int, hidden: int, outputs: int) -> Arrays:
    draw = np.random.default_rng(1).standard_normal
    return {
        "X": draw((batch, inputs)),
        "W1": draw((inputs, hidden)) / inputs**0.5,
        "b1": draw(hidden) / 10,
        "W2": draw((hidden, outputs)) / hidden**0.5,
        "b2": draw(outputs) / 10,
        "T": np.eye(outputs)[np.arange(batch) % outputs],
    }


def _ours(given: Arrays) -> Trace:
    return trace(NETWORK, values=given, limits=LIMITS)


def _ours_anew(given: Arrays) -> Trace:
    """The same with a text that has not been read before; the others' programs are never read while they are timed."""
    forget()
    return _ours(given)


def _by_hand(given: Arrays) -> tuple[float, list[NDArray[np.float64]]]:
    """What a careful person writes: no more products than needed."""
    x, w1, b1, w2, b2, t = given.values()
    z = x @ w1 + b1
    h = np.maximum(z, 0)
    y = h @ w2 + b2
    moved = y - y.max(axis=1, keepdims=True)
    powers = np.exp(moved)
    sums = powers.sum(axis=1, keepdims=True)
    value = -np.sum(t * (moved - np.log(sums))) / len(x)
    dy = (powers / sums - t) / len(x)
    dz = (dy @ w2.T) * (z > 0)
    return float(value), [dz @ w1.T, x.T @ dz, dz.sum(axis=0), h.T @ dy, dy.sum(axis=0)]


def _by_torch(given: Arrays) -> tuple[float, list[Any]]:
    import torch

    leaves = [torch.tensor(given[name], requires_grad=True) for name in LEAVES]
    x, w1, b1, w2, b2 = leaves
    loss = torch.nn.functional.cross_entropy(torch.relu(x @ w1 + b1) @ w2 + b2, torch.tensor(given["T"]))
    loss.backward()
    return loss.item(), [leaf.grad.numpy() for leaf in leaves]


def networks() -> Iterator[Row]:
    """Text and arrays to value and gradients; the gradient of T, which the others leave out, is one more for us."""
    for sizes, again, beside_numpy, beside_torch in (
        ((64, 784, 128, 10), True, Goal("at most", 1.5), None),
        ((1, 3, 4, 2), True, None, Goal("at least", 1)),
        ((1, 3, 4, 2), False, None, None),
    ):
        given = _arrays(*sizes)
        contenders: dict[str, Callable[[], object]] = {
            OURS: partial(_ours if again else _ours_anew, given),
            "NumPy": partial(_by_hand, given),
        }
        has_torch = importlib.util.find_spec("torch") is not None
        if has_torch:
            contenders["torch"] = partial(_by_torch, given)
        _demand_agreement(given, [_by_hand, _by_torch] if has_torch else [_by_hand])
        times = take_turns(contenders, budget=2.0)
        label = f"{'-'.join(map(str, sizes[1:]))}, batch of {sizes[0]}{'' if again else ', new text'}"
        ours = seconds_text(times.seconds(OURS))
        theirs = seconds_text(times.seconds("NumPy"))
        yield Row(WORK, label, ours, "NumPy by hand, ours by theirs", theirs, times.ratio(OURS, "NumPy"), beside_numpy)
        told = seconds_text(times.seconds("torch")) if has_torch else "not installed"
        ratio = times.ratio("torch", OURS) if has_torch else None
        yield Row(WORK, label, ours, "torch eager, theirs by ours", told, ratio, beside_torch)


def _demand_agreement(given: Arrays, others: list[Callable[[Arrays], tuple[float, list[Any]]]]) -> None:
    """A race only counts between runners with the same answer. Raises AssertionError where one differs."""
    found = _ours(given)
    ours: dict[str, Any] = found.leaf_gradients()
    for other in others:
        value, gradients = other(given)
        np.testing.assert_allclose(found.values[found.output_nodes[0]], value, rtol=1e-9)
        for name, gradient in zip(LEAVES, gradients, strict=True):
            np.testing.assert_allclose(ours[name], gradient, rtol=1e-9, atol=1e-12, err_msg=name)


def one_product() -> Iterator[Row]:
    """What a product costs more than NumPy's own, forward and backward, in a chain that is read already."""
    for size in (8, 64):
        matrix = np.random.default_rng(2).standard_normal((size, size)) / size**0.5
        text = "\n".join(f"x{at + 1} = W @ x{at}" for at in range(GATES))
        program = parse(text, LIMITS)
        for node in program.leaves:
            program.slots[~program.first[node]] = float("nan")
            program.tensors[~program.first[node]] = matrix
        output = program.names[f"x{GATES}"]
        times = take_turns(
            {
                OURS: partial(TensorTrace, program, (output,), (), 1.0, Conventions(), LIMITS),
                "NumPy": partial(_chain, matrix),
            },
            budget=2.0,
        )
        more = (times.seconds(OURS) - times.seconds("NumPy")) / GATES
        yield Row(
            "matrix product, µs more than NumPy",
            f"{size} × {size}, with both gradients",
            seconds_text(times.seconds(OURS) / GATES),
            "NumPy by hand",
            seconds_text(times.seconds("NumPy") / GATES),
            more * 1e6,
            Goal("at most", 20),
        )


def _chain(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    values = [matrix]
    for _ in range(GATES):
        values.append(matrix @ values[-1])
    gradient, total = np.ones(matrix.shape), np.zeros(matrix.shape)
    for value in values[-2::-1]:
        total = total + gradient @ value.T
        gradient = matrix.T @ gradient
    return total
