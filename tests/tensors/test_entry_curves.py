"""The output as one entry of a tensor varies: the same curve that the program has when it is written out in scalars."""

from __future__ import annotations

import numpy as np
import pytest

from app import trace
from app.engine.curve import Curve, draw_curve
from app.engine.entries import split_entry
from app.engine.tensors.choice import choose_entry
from app.engine.tensors.curve import draw_entry_curve
from app.engine.tensors.trace import TensorTrace
from app.errors import UserError
from app.export.scalars import entry_names, scalar_program
from app.lessons.load import lessons
from app.limits import Limits

NETWORK = (
    "E = half_sse(W2 @ relu(W1 @ x + b), t) + max(b); W1 = [[1, -1], [0.5, 2], [-1, 1]]; x = [1, 2]; b = [0, 0.1, -1];"
    "W2 = [[1, 2, 3], [0, -1, 1]]; t = [1, 0]"
)


def curve_of(source: str, leaf: str, limits: Limits | None = None, points: int = 161) -> Curve:
    found = trace(source)
    assert isinstance(found, TensorTrace)
    return draw_entry_curve(found, choose_entry(found, leaf, None), points=points, limits=limits or Limits())


@pytest.mark.parametrize("leaf", ["W1[0, 1]", "x[1]", "b[2]", "W2[1, 2]"])
def test_an_entry_has_the_curve_of_the_number_that_it_is_written_out_as(leaf: str) -> None:
    curve = curve_of(NETWORK, leaf)
    scalars = trace(scalar_program(trace(NETWORK), Limits()))
    name, index = split_entry(leaf)
    assert index is not None
    shape = np.shape(trace(NETWORK).named_values()[name])
    plain = draw_curve(scalars, scalars.program.names[str(entry_names(name, shape)[index])])
    assert [point[0] for point in curve.points] == pytest.approx([point[0] for point in plain.points])
    assert [point[1] for point in curve.points] == pytest.approx([point[1] for point in plain.points], rel=1e-9)
    assert [kink.x for kink in curve.kinks] == pytest.approx([kink.x for kink in plain.kinks], abs=1e-9)
    assert [kink.before for kink in curve.kinks] == pytest.approx([kink.before for kink in plain.kinks], abs=1e-9)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_every_leaf_of_every_lesson_has_a_tangent(lesson: object) -> None:
    found = trace(lesson.program, output=lesson.output)  # type: ignore[attr-defined]
    if not isinstance(found, TensorTrace):
        return
    for leaf, name in found.program.leaves.items():
        shape = np.shape(found.values[leaf])
        varied = choose_entry(found, f"{name}[{', '.join('0' * len(shape))}]" if shape else name, None)
        curve = draw_entry_curve(found, varied, span=1e-3, points=3)
        (left, low), _, (right, high) = (curve.points[0], curve.points[1], curve.points[-1])
        assert (high - low) / (right - left) == pytest.approx(curve.slope, rel=1e-3, abs=1e-6)


def test_ties_and_the_tip_of_a_length_are_kinks() -> None:
    curve = curve_of("f = max(x) + norm(z); x = [1, 2, 0]; z = [0, 0]", "x[0]")
    assert [(kink.x, kink.before, kink.after) for kink in curve.kinks] == [(2.0, 0.0, 1.0)]
    assert curve.kinks[0].message.startswith("Several entries are equally large.")
    curve = curve_of("f = max(x) + norm(z); x = [1, 2, 0]; z = [0, 0]", "z[1]")
    assert [(kink.x, kink.before, kink.after) for kink in curve.kinks] == [(0.0, -1.0, 1.0)]
    assert curve_of("f = norm(z); z = [0, 1]", "z[0]").kinks == ()


def test_a_tensor_output_is_its_sum_and_inner_nodes_vary_alone() -> None:
    found = trace("h = W @ x; f = exp(h); W = [[1, 2], [0, 1]]; x = [1, 0]")
    assert isinstance(found, TensorTrace)
    curve = draw_entry_curve(found, choose_entry(found, None, "h[0]"))
    assert (curve.label, curve.entry, curve.x) == ("h[0]", (0,), 1.0)
    assert curve.value == pytest.approx(np.e + 1)
    assert curve.slope == pytest.approx(np.e)


def test_a_whole_tensor_does_not_vary_at_once() -> None:
    with pytest.raises(UserError) as caught:
        curve_of(NETWORK, "W1")
    problem = caught.value.problems[0]
    assert problem.message == "`W1` is a 3 × 2 matrix: one entry of it varies at a time."
    assert problem.hint == "Write `W1[0, 0]`."


def test_the_work_is_bounded_and_the_limit_named() -> None:
    with pytest.raises(UserError) as caught:
        curve_of("f = sum(x @ x); x = ones(30, 30)", "x[0, 0]", Limits(max_flops=1_000_000))
    assert "CHAINRULE_MAX_FLOPS" in caught.value.problems[0].message
    with pytest.raises(UserError) as caught:
        curve_of("f = sum(x + x); x = ones(30, 30)", "x[0, 0]", Limits(max_gate_runs=100_000))
    assert "CHAINRULE_MAX_GATE_RUNS" in caught.value.problems[0].message
