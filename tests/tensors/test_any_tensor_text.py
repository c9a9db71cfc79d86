"""Whatever is typed of tensors: an answer, or a refusal in words; never another exception, and never much memory."""

from __future__ import annotations

import contextlib
import resource
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import trace
from app.engine.tensors.check import check_trace
from app.engine.tensors.choice import Varied
from app.engine.tensors.curve import draw_entry_curve
from app.engine.tensors.trace import TensorTrace
from app.errors import UserError
from app.limits import Limits
from app.operations import TENSOR_OPERATIONS

SMALL = Limits(max_tensor_elements=400, max_total_elements=4_000, max_flops=20_000, max_gate_runs=50_000)
"""So that limits are met as often as shapes that do not fit."""

numbers = st.sampled_from(["0", "1", "-2", "0.5", "1e308", "1e999", "x", "w", "b", "3"])
sizes = st.sampled_from(["1", "2", "3", "7", "30", "1000000", "0", "-1", "x"])
functions = st.sampled_from(
    [operation.name for operation in TENSOR_OPERATIONS]
    + ["relu", "sigmoid", "log", "sqrt", "max", "mse", "bce", "hinge", "g"]
)


def lists(entries: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(entries, min_size=0, max_size=4).map(lambda found: f"[{', '.join(found)}]")


def longer(shorter: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        lists(shorter),
        st.tuples(functions, shorter).map(lambda one: f"{one[0]}({one[1]})"),
        st.tuples(functions, shorter, shorter).map(lambda one: f"{one[0]}({one[1]}, {one[2]})"),
        st.tuples(functions, shorter, sizes).map(lambda one: f"{one[0]}({one[1]}, axis={one[2]})"),
        st.tuples(shorter, st.sampled_from([" @ ", " * ", " + ", " ", " / ", "^"]), shorter).map("".join),
        st.tuples(shorter, sizes).map(lambda one: f"{one[0]}[{one[1]}]"),
        st.tuples(shorter, sizes, sizes).map(lambda one: f"reshape({one[0]}, {one[1]}, {one[2]})"),
        shorter.map(lambda one: f"({one}).T"),
        st.tuples(st.sampled_from(["zeros", "ones", "eye"]), sizes, sizes).map(
            lambda one: f"{one[0]}({one[1]}, {one[2]})"
        ),
        st.tuples(shorter, shorter, shorter).map(lambda one: f"where({one[0]} > {one[1]}, {one[2]}, 0)"),
    )


formulas = st.recursive(st.one_of(numbers, lists(numbers), lists(lists(numbers))), longer, max_leaves=8)
lines = st.sampled_from(
    ["", "x = [1, 0, -1]", "w = [[1, 2, 3], [4, 5, 6]]", "b = ones(3)", "g(x) = w x", "x = ones(30, 30)"]
)
programs = st.tuples(formulas, st.lists(lines, max_size=3)).map(lambda one: "\n".join([*one[1], f"f = {one[0]}"]))


@given(programs, st.booleans())
@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_a_text_is_answered_or_refused_in_words(source: str, share: bool) -> None:
    try:
        found = trace(source, share=share, limits=SMALL)
    except UserError as error:
        for problem in error.problems:
            assert problem.message.endswith((".", "?")), problem
            assert "Error" not in problem.message
            assert "numpy" not in problem.message
            if problem.span is not None:
                assert 0 <= problem.span.start <= problem.span.end <= len(source)
        return
    for notice in (*found.kinks, *found.remarks, *found.warnings):
        assert notice.message
    if not isinstance(found, TensorTrace):
        return
    assert found.edges is not None
    with contextlib.suppress(UserError):
        for check in check_trace(found, None, None, SMALL)[:2]:
            node = int(check.node[1:])
            draw_entry_curve(found, Varied(node, check.entry), points=5, limits=SMALL)


HUGE = {
    "zeros": "f = sum(zeros(100000, 100000))",
    "eye": "f = sum(eye(100000))",
    "a long vector": "f = sum(zeros(1e9))",
    "an outer product": "f = sum(outer(x, x)); x = ones(90000)",
    "a broadcast": "f = sum(x + x.T); x = ones(90000, 1)",
    "a broadcast inside a loss": "f = mse(x, x.T); x = ones(1, 90000)",
    "joined": f"f = sum(concat({', '.join(['x'] * 5)})); x = ones(50000)",
    "a product": f"f = sum({' @ '.join(['x'] * 9)}); x = ones(316, 316)",
    "many literals": f"f = {' + '.join(['sum(ones(316, 316))'] * 10_000)}",
    "many values": "f = x; x = 1\n" + "\n".join(f"a{at} = ones(100000)" for at in range(4_000)),
    "many entries of one": f"f = {' + '.join(f'x[{at}]' for at in range(6_000))}; x = ones(100000)",
    "ties": f"f = sum(max({', '.join(['x'] * 140)})); x = ones(90000)",
    "turned again and again": f"f = sum(x{'.T' * 9000}); x = ones(100, 100)",
    "axes": "f = sum(reshape(x, 2, 2, 2, 2, 2, 2, 2, 2, 2)); x = ones(512)",
    "axes of a list": f"f = sum({'[' * 9}x{']' * 9}); x = 1",
    "a deep list": f"f = {'[' * 100_000}1{']' * 100_000}",
    "a deep list of a leaf": f"f = {'[' * 100_000}x{']' * 100_000}; x = 1",
}


@pytest.mark.parametrize("source", HUGE.values(), ids=HUGE)
def test_what_is_too_large_is_refused_before_it_is_made(source: str) -> None:
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    if "@" in source:  # each product is within the limit: it is computed
        trace(source)
        return
    with pytest.raises(UserError) as caught:
        trace(source)
    assert caught.value.kind == "limit"
    problem = caught.value.problems[0]
    assert "CHAINRULE_MAX_" in f"{problem.message} {problem.hint}"
    assert time.perf_counter() - start < 5.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([[1.0], [1.0, 2.0]], "Its rows differ in length"),
        ([1.0, [2.0]], "Its rows differ in length"),
        ([], "It has no entries."),
        ([[]], "It has no entries."),
        ([True], "One of its entries is not a number."),
        ([None], "One of its entries is not a number."),
        ([10**400], "a number is larger than a 64-bit float holds."),
    ],
)
def test_values_that_are_no_tensor_say_why(value: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        trace("f = sum(x)", values={"x": value})
    assert words in caught.value.problems[0].message


def test_values_nested_too_deep_say_so() -> None:
    deep: Any = 1.0
    for _ in range(60):
        deep = [deep]
    with pytest.raises(UserError) as caught:
        trace("f = sum(x)", values={"x": deep})
    assert "Its lists are nested more than 32 deep." in caught.value.problems[0].message
    for _ in range(20):
        deep = deep[0]
    for _ in range(20):
        deep = deep[0]
    with pytest.raises(UserError) as caught:
        trace("f = sum(x)", values={"x": deep})
    assert "20 axes; the limit is 8" in caught.value.problems[0].message


def test_a_large_convolution_needs_no_copy_of_its_windows() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = trace("f = sum(conv2d(x, k)); x = ones(120, 120); k = ones(60, 60)")
    assert found.values[found.output_nodes[0]] == 61.0**2 * 60**2
    assert found.leaf_gradients()["k"][0][0] == 61.0**2  # type: ignore[index]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
