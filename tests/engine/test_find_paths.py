"""Paths: their products add up to the gradient, their number is exact, and the largest are found among any number."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import Trace, trace
from app.engine.path_counts import Visits
from app.engine.paths import Paths, find_paths
from app.lessons import Lesson, scalar_lessons
from app.limits import Limits
from app.numbers import format_number
from tests.engine.programs import random_program

BOTH = pytest.mark.parametrize("every_gate", [False, True], ids=["named", "every gate"])


def lesson_trace(slug: str) -> Trace:
    [lesson] = [one for one in scalar_lessons() if one.slug == slug]
    return trace(lesson.program, output=lesson.output)


def paths_of(found: Trace, leaf: str, **options: Any) -> Paths:
    return find_paths(found, found.program.names[leaf], **options)


def in_labels(found: Paths) -> list[str]:
    labels = {node.id: node.label for node in found.graph.nodes}
    return [" ".join(labels[node] for node in path.nodes) for path in found.paths]


def diamonds(layers: int) -> Trace:
    """2^layers paths: each layer is used twice by the next."""
    lines = [f"a{number + 1} = sin(a{number}) + cos(a{number})" for number in range(layers)]
    return trace("\n".join(["a0 = x", *lines]), values={"x": 0.5})


def test_case_6_of_the_lecture_w1_has_two_paths() -> None:
    found = paths_of(lesson_trace("network-3-2-2"), "w1")
    assert in_labels(found) == ["w1 z_a h_a z_c y1 E", "w1 z_a h_a z_d y2 E"]
    assert [round(path.product, 6) for path in found.paths] == [0.000717, 0.001267]
    assert [[round(factor, 5) for factor in path.factors] for path in found.paths] == [
        [1, 0.01321, 0.7, 0.09825, 0.78955], [1, 0.01321, 0.8, 0.15976, 0.75040],
    ]  # fmt: skip
    assert math.isclose(found.total, 0.0019839118724015218, rel_tol=1e-14)


@BOTH
def test_case_6_what_backpropagation_saves_is_counted_over_single_gates(every_gate: bool) -> None:
    found = paths_of(lesson_trace("network-3-2-2"), "w1", every_gate=every_gate)
    assert found.visits == Visits(paths=2, path_by_path=26, edges=20)
    assert found.counts.every_leaf == Visits(paths=36, path_by_path=396, edges=53)
    assert len(found.counts.per_leaf) == 19


def test_case_7_of_the_lecture_w3_is_the_sum_of_two_chains() -> None:
    found = paths_of(lesson_trace("network-3-2-2"), "w3")
    assert in_labels(found) == ["w3 z_a h_a z_c y1 E", "w3 z_a h_a z_d y2 E"]
    assert math.isclose(sum(path.product for path in found.paths), 0.007935647489606087, rel_tol=1e-14)


@BOTH
@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_products_add_up_to_the_gradient_in_every_lesson(lesson: Lesson, every_gate: bool) -> None:
    found = trace(lesson.program, output=lesson.output)
    for leaf, name in found.program.leaves.items():
        if found.program.is_fixed(leaf):
            continue
        one = find_paths(found, leaf, every_gate=every_gate, most=1000)
        gradient = found.leaf_gradients()[name]
        assert one.total == gradient
        assert one.visits.paths == one.counts.per_leaf[leaf][0]
        if not one.ranked:
            assert one.visits.paths == len(one.paths) == len(set(one.paths))
            total = sum(path.product for path in one.paths)
            assert gradient is not None
            assert math.isclose(total, gradient, rel_tol=1e-9, abs_tol=1e-15), name
            assert format_number(total, 6) == format_number(gradient, 6), name


@BOTH
@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_products_add_up_to_the_gradient_in_random_programs(every_gate: bool, seed: int) -> None:
    example = random_program(seed)
    found = trace(example.source, values=example.values)
    one = paths_of(found, "x", every_gate=every_gate, most=1000)
    if one.ranked:
        assert one.visits.paths > 1000
    else:
        scale = max(1.0, *(abs(path.product) for path in one.paths))
        assert math.isclose(sum(path.product for path in one.paths), one.total, rel_tol=1e-9, abs_tol=1e-12 * scale)
        assert len(one.paths) == one.visits.paths
        if every_gate:
            assert sum(len(path.factors) for path in one.paths) == one.visits.path_by_path


def test_two_to_the_hundred_paths_are_counted_and_added_up() -> None:
    found = paths_of(diamonds(100), "x")
    assert found.visits == Visits(paths=2**100, path_by_path=200 * 2**100, edges=400)
    assert found.total == diamonds(100).leaf_gradients()["x"]
    assert (len(found.paths), found.ranked) == (200, True)


@BOTH
@given(st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_the_largest_are_those_that_a_full_list_has(every_gate: bool, seed: int) -> None:
    example = random_program(seed, statements=8)
    found = trace(example.source, values=example.values)
    every = paths_of(found, "x", every_gate=every_gate, most=1000)
    if every.ranked or len(every.paths) < 3:
        return
    few = paths_of(found, "x", every_gate=every_gate, most=len(every.paths) // 2)
    assert few.ranked
    assert len(set(few.paths)) == len(few.paths) == len(every.paths) // 2
    assert set(few.paths) <= set(every.paths)
    expected = sorted((abs(path.product) for path in every.paths), reverse=True)
    for path, size in zip(few.paths, expected, strict=False):
        assert math.isclose(abs(path.product), size, rel_tol=1e-9)


def test_all_paths_can_be_ranked() -> None:
    every, ranked = paths_of(diamonds(6), "x"), paths_of(diamonds(6), "x", limits=Limits(max_path_steps=64 * 12))
    assert not ranked.ranked
    few = paths_of(diamonds(6), "x", limits=Limits(max_path_steps=64 * 12 - 1))
    assert (few.ranked, len(few.paths)) == (True, 63)
    assert set(few.paths) < set(every.paths)
    assert all(abs(one.product) >= abs(other.product) * (1 - 1e-12) for one, other in pairwise(few.paths))


def test_no_more_paths_than_the_limit_are_listed() -> None:
    assert len(paths_of(diamonds(8), "x", most=1000, limits=Limits(max_paths_listed=50)).paths) == 50


def test_one_path_is_listed_whatever_its_length() -> None:
    assert len(paths_of(diamonds(6), "x", limits=Limits(max_path_steps=1)).paths) == 1


def test_paths_that_all_have_the_same_product_take_no_longer() -> None:
    lines = "; ".join(f"a{number + 1} = a{number} + a{number}" for number in range(300))
    found = paths_of(trace(f"a0 = x; {lines}"), "x", most=1000, every_gate=True)
    assert found.visits.paths == 2**300
    assert len(set(found.paths)) == len(found.paths) == 100_000 // 300
    assert {path.product for path in found.paths} == {1.0}


def test_factors_of_zero_infinity_and_nan_are_results() -> None:
    found = paths_of(trace("a = sqrt(x) + 0 * x; b = a + 0 * log(x) + x^2; f = b + 3 x; x = 0"), "x", most=3)
    products = [path.product for path in found.paths]
    assert found.ranked
    assert any(math.isinf(product) for product in products)
    assert any(math.isnan(product) for product in products)


def test_the_paths_of_a_line_part_at_its_gates() -> None:
    found = paths_of(trace("f = (x + y) * max(y, z); x = 1; y = 2; z = 0"), "y")
    assert in_labels(found) == ["y s0 f", "y s1 f"]
    assert [path.product for path in found.paths] == [2.0, 3.0]
    assert found.total == 5.0


def test_an_operand_used_twice_by_one_gate_has_two_paths() -> None:
    found = paths_of(trace("f = x * x; x = 3"), "x")
    assert [(path.operands, path.factors) for path in found.paths] == [((0,), (3.0,)), ((1,), (3.0,))]


def test_paths_between_any_two_nodes() -> None:
    found = lesson_trace("network-3-2-2")
    names = found.program.names
    one = find_paths(found, names["h_a"], names["y2"])
    assert in_labels(one) == ["h_a z_d y2"]
    assert one.visits == Visits(paths=1, path_by_path=4, edges=4)
    assert one.total == one.paths[0].product


def test_without_a_path_there_is_nothing_to_list_and_the_sum_is_zero() -> None:
    found = trace("q = x y; f = 2 z")
    one = paths_of(found, "x")
    assert (one.paths, one.total, one.visits) == ((), 0.0, Visits(0, 0, 0))
    backwards = find_paths(found, found.output_nodes[0], found.program.names["q"])
    assert (backwards.paths, backwards.total) == ((), 0.0)


def test_an_output_that_is_the_leaf_itself_has_one_path_without_edges() -> None:
    one = find_paths(trace("x"))
    assert [(path.nodes, path.factors, path.product) for path in one.paths] == [(("n0",), (), 1.0)]
    assert one.visits == Visits(1, 0, 0)


def test_a_program_without_leaves_has_no_paths() -> None:
    one = find_paths(trace("1 + 2"))
    assert (one.start, one.paths, one.counts.every_leaf) == (None, (), Visits(0, 0, 0))


def test_wires_of_constants_are_on_no_path() -> None:
    found = trace("const c = 2; f = (3 c) x^2 + c")
    assert paths_of(found, "x").visits == Visits(paths=1, path_by_path=3, edges=3)
    assert list(paths_of(found, "x").counts.per_leaf) == [found.program.names["x"]]


def test_gates_of_literals_alone_are_on_no_path() -> None:
    found = trace("f = sin(2) x + cos(3)")
    assert paths_of(found, "x").counts.every_leaf == Visits(paths=1, path_by_path=2, edges=2)


def test_the_leaf_with_most_paths_is_the_start_and_among_equals_a_parameter() -> None:
    assert find_paths(lesson_trace("network-3-2-2")).start == "n0"  # x1, used by two neurons
    found = find_paths(trace("f = x w + b"))
    assert found.graph.by_id[found.start or ""].label == "w"


def test_a_seed_or_another_first_output_changes_no_path() -> None:
    found = trace("q = x y; f = sin(q); x = 2; y = 3", output=["q", "f"], seed=5.0)
    one = find_paths(found, found.program.names["x"], found.program.names["f"])
    assert math.isclose(one.total, 3 * math.cos(6))
