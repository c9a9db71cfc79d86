"""A program with tensors written out in scalars has the same value and the same gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app import trace
from app.errors import UserError
from app.export.scalars import entry_names, scalar_program
from app.lessons import lessons
from app.limits import DEFAULT_LIMITS, Limits
from app.operations import TENSOR_OPERATIONS
from tests.tensors.test_tensor_gradients import PROGRAMS

NEURONS = "z = W @ x + b; h = relu(z); W = [[1, -2], [3, 4]]; x = [5, 6]; b = 0.5"
CASES = [*PROGRAMS, *((lesson.program, {}) for lesson in lessons() if lesson.kind == "tensors")]


@pytest.mark.parametrize(("source", "values"), CASES, ids=range(len(CASES)))
def test_scalars_and_tensors_are_one_truth(source: str, values: dict[str, Any]) -> None:
    tensors = trace(source, values=values)
    text = scalar_program(tensors, DEFAULT_LIMITS)
    scalars = trace(text)
    assert not any(node.shape for node in scalars.nodes)
    assert scalars.defaulted == ()
    total = float(np.sum(tensors.values[tensors.output_nodes[0]]))
    assert scalars.values[scalars.output_nodes[0]] == pytest.approx(total, rel=1e-12, abs=1e-13)
    found = scalars.leaf_gradients()
    for name, gradient in tensors.leaf_gradients().items():
        names = entry_names(name, np.shape(tensors.values[tensors.program.names[name]]))
        ours = [found[one] for one in names.ravel()]
        if gradient is None:
            assert ours == [None] * names.size
        else:
            np.testing.assert_allclose(np.array(ours, dtype=float), np.ravel(gradient), 1e-12, 1e-13, err_msg=name)


def test_every_operation_on_tensors_is_written() -> None:
    used = {node.op for source, values in CASES for node in trace(source, values=values).nodes}
    assert {operation.name for operation in TENSOR_OPERATIONS} <= used


def test_a_layer_reads_as_neurons() -> None:
    text = scalar_program(trace(NEURONS), DEFAULT_LIMITS)
    assert text.splitlines()[:7] == [
        "s0_1 = W_11 * x_1 + W_12 * x_2",
        "s0_2 = W_21 * x_1 + W_22 * x_2",
        "z_1 = s0_1 + b",
        "z_2 = s0_2 + b",
        "h_1 = relu(z_1)",
        "h_2 = relu(z_2)",
        "h_1 + h_2",
    ]
    assert text.splitlines()[7:] == ["W_11 = 1", "W_12 = -2", "W_21 = 3", "W_22 = 4", "x_1 = 5", "x_2 = 6", "b = 0.5"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("f = x[1]; x = [1, 2]", "x_2\nx_1 = 1\nx_2 = 2"),
        ("f = sum(x); x = [1, 2]; x_1 = 3; g = x_1 * f", "f = x_1' + x_2'\ng = x_1 * f\nx_1' = 1\nx_2' = 2\nx_1 = 3"),
        ("f = sum(where(a > 0, a, [1, -1])); a = [1, 2]",
         "s1_1 = where(a_1 > 0, a_1, 1)\ns1_2 = where(a_2 > 0, a_2, (-1))\nf = s1_1 + s1_2\na_1 = 1\na_2 = 2"),
        ("f = sum(p * x); param p = [1]; const x = [2]", "s0_1 = p_1 * x_1\nf = s0_1\nparam p_1 = 1\nconst x_1 = 2"),
        ("f = x + 1; x = 2", "f = x + 1\nx = 2"),
    ],
)  # fmt: skip
def test_names_roles_and_values_are_kept(source: str, text: str) -> None:
    assert scalar_program(trace(source), DEFAULT_LIMITS) == text


def test_names_with_many_entries_keep_their_indices_apart() -> None:
    assert entry_names("W", (1, 12))[0, 10] == "W_1_11"


@pytest.mark.parametrize(
    ("source", "limits", "setting"),
    [
        ("f = cross_entropy(x, x); x = ones(1000)", DEFAULT_LIMITS, "CHAINRULE_MAX_NODES"),
        ("f = sum(x @ x); x = ones(30, 30)", Limits(max_nodes=5_000), "CHAINRULE_MAX_NODES"),
        ("f = sum(x * 2); x = ones(20)", Limits(max_statements=30), "CHAINRULE_MAX_STATEMENTS"),
    ],
)
def test_large_programs_are_refused_with_the_setting(source: str, limits: Limits, setting: str) -> None:
    with pytest.raises(UserError) as caught:
        scalar_program(trace(source), limits)
    assert caught.value.kind == "limit"
    assert setting in (caught.value.problems[0].hint or "")
