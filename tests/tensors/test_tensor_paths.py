"""Paths with tensors: parts of a whole tensor add up to its gradient, entries have paths as numbers have."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from app import trace
from app.engine.paths import Paths
from app.engine.tensors.choice import Varied
from app.engine.tensors.paths import TensorPaths, find_tensor_paths
from app.errors import UserError
from app.limits import Limits
from tests.tensors.test_every_tensor_operation import ENTRYWISE, PROGRAM_NAMES, WHOLE, Case, arrays_of, operation_text
from tests.tensors.test_tensor_jacobian import NET, TENSOR_LESSONS


def whole(found: Any, name: str, **more: Any) -> TensorPaths:
    paths = find_tensor_paths(found, Varied(found.program.names[name]), **more)
    assert isinstance(paths, TensorPaths)
    return paths


def entry(found: Any, name: str, index: tuple[int, ...], **more: Any) -> Paths:
    paths = find_tensor_paths(found, Varied(found.program.names[name], index), **more)
    assert isinstance(paths, Paths)
    return paths


def summed(paths: TensorPaths) -> Any:
    return np.sum([np.asarray(path.product) for path in paths.paths], axis=0)


@pytest.mark.parametrize("every_gate", [False, True])
@pytest.mark.parametrize("lesson", TENSOR_LESSONS, ids=lambda lesson: lesson.slug)
def test_parts_add_up_to_the_gradient_in_every_lesson(lesson: Any, every_gate: bool) -> None:
    found: Any = trace(lesson.program, output=lesson.output)
    for leaf in found.program.leaves:
        if found.program.is_fixed(leaf):
            continue
        paths = find_tensor_paths(found, Varied(leaf), every_gate=every_gate)
        assert isinstance(paths, TensorPaths)
        assert paths.visits.paths == len(paths.paths)
        np.testing.assert_allclose(paths.total, found.gradients[leaf], rtol=1e-12)
        if paths.paths:
            np.testing.assert_allclose(summed(paths), paths.total, rtol=1e-9, atol=1e-12)
        for path in paths.paths:
            assert len(path.nodes) == len(path.steps) + 1 == len(path.operands) + 1
        shape = np.shape(found.values[leaf])
        index = tuple(size - 1 for size in shape)
        if shape:
            one = find_tensor_paths(found, Varied(leaf, index), every_gate=every_gate)
            assert isinstance(one, Paths)
            assert one.total == pytest.approx(np.asarray(found.gradients[leaf])[index], rel=1e-9, abs=1e-12)
            if len(one.paths) == one.visits.paths:
                total = math.fsum(path.product for path in one.paths)
                assert total == pytest.approx(one.total, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", [*WHOLE, *ENTRYWISE], ids=str)
def test_every_operation_has_paths_from_each_entry(case: Case) -> None:
    arrays = arrays_of(case)
    found: Any = trace(f"f = {operation_text(case)}", values=dict(zip(PROGRAM_NAMES, arrays, strict=False)))
    for name, array in zip(PROGRAM_NAMES, arrays, strict=False):
        leaf = found.program.names.get(name)
        if leaf is None or found.program.is_fixed(leaf) or not array.ndim:
            continue
        index = (0,) * array.ndim
        assert entry(found, name, index).total == pytest.approx(found.gradients[leaf][index], rel=1e-9, abs=1e-12)
        np.testing.assert_allclose(summed(whole(found, name)), found.gradients[leaf], rtol=1e-9, atol=1e-12)


def test_an_entry_of_a_weight_has_one_path_for_each_output() -> None:
    found: Any = trace(NET)
    paths = entry(found, "W1", (0, 1))
    assert paths.visits.paths == 2
    assert [path.nodes for path in paths.paths] == [
        ("n0[0, 1]", "n4[0]", "n5[0]", f"n9[{at}]", f"n10[{at}]", "n12") for at in range(2)
    ]
    labels = {node.id: node.label for node in paths.graph.nodes}
    assert labels["n0[0, 1]"] == "W1[0, 1]"
    assert labels["n4[0]"] == "z1[0]"
    assert paths.paths[0].factors[0] == 0.5
    assert paths.counts.every_leaf.paths == 12 * 2 + 3 * 4 * 2 + 4 * 2 + 8 + 2 + 2
    assert sum(paths for paths, _ in paths.counts.per_leaf.values()) == paths.counts.every_leaf.paths
    gates = entry(found, "W1", (0, 1), every_gate=True)
    assert gates.visits == paths.visits
    assert len(gates.paths[0].nodes) > len(paths.paths[0].nodes)


def test_a_whole_matrix_has_a_chain_of_gates_with_shapes_and_rules() -> None:
    found: Any = trace(NET)
    (path,) = whole(found, "W1", every_gate=True).paths
    assert [(step.rows, step.columns) for step in path.steps] == [
        (4, 12), (4, 4), (4, 4), (2, 4), (2, 2), (2, 2), (1, 2),
    ]  # fmt: skip
    assert path.steps[0].rule == r"g\,{\mathbf{x}}^{\top}"
    np.testing.assert_allclose(path.product, found.gradients[found.program.names["W1"]])


def test_a_tensor_used_twice_has_two_parts() -> None:
    found: Any = trace("y = W @ (W @ x); E = sum(y); W = [[1, 2], [3, 4]]; x = [1, -1]")
    paths = whole(found, "W")
    assert len(paths.paths) == 2
    assert not np.allclose(paths.paths[0].product, paths.paths[1].product)
    np.testing.assert_allclose(summed(paths), paths.total)


def test_ends_may_be_tensors_and_entries() -> None:
    found: Any = trace(NET)
    one = find_tensor_paths(found, Varied(found.program.names["x"], (1,)), Varied(found.program.names["z2"]))
    assert isinstance(one, Paths)
    assert one.visits.paths == 8
    some = find_tensor_paths(found, Varied(found.program.names["x"]), Varied(found.program.names["z2"], (1,)))
    assert isinstance(some, TensorPaths)
    np.testing.assert_allclose(summed(some), some.total)
    none = find_tensor_paths(found, Varied(found.program.names["t"], (1,)), Varied(found.program.names["z2"], (1,)))
    assert isinstance(none, Paths)
    assert none.visits.paths == 0
    assert none.total == 0.0
    itself = find_tensor_paths(found, Varied(found.program.names["x"], (1,)), Varied(found.program.names["x"], (1,)))
    assert isinstance(itself, Paths)
    assert itself.total == 1.0


def test_the_default_is_the_leaf_with_most_paths() -> None:
    found: Any = trace("E = sum(W * W + b); W = [1, 2]; b = [3, 4]")
    paths = find_tensor_paths(found)
    assert isinstance(paths, TensorPaths)
    assert paths.start == "n0"
    assert paths.shape == (2,)


def test_lists_are_cut_and_large_ones_are_refused_in_words() -> None:
    source = "a = x + x; b = a + a; c = b + b; E = sum(c); x = [1, 2]"
    found: Any = trace(source)
    paths = whole(found, "x", most=3)
    assert len(paths.paths) == 3
    assert paths.visits.paths == 8
    assert paths.total.tolist() == [8.0, 8.0]  # type: ignore[union-attr]
    with pytest.raises(UserError, match="places; the limit is"):
        entry(
            trace("y = W @ x; E = sum(y); W = ones(40, 40); x = ones(40)"),
            "W",
            (0, 0),
            limits=Limits(max_jacobian_entries=10),
        )
