"""The graph between named nodes: its edges multiply and add up to the gradient."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import trace
from app.engine.named import NamedGraph, named_graph
from app.language.program import Program
from app.lessons import scalar_lessons
from tests.engine.programs import random_program

VARIANTS: tuple[dict[str, Any], ...] = ({}, {"keep_paths": True}, {"every_gate": True})


def sums_over_paths(graph: NamedGraph) -> dict[str, float]:
    """d output / d member: products of local gradients along edges, summed over all paths."""
    found = dict.fromkeys((node.id for node in graph.nodes), 0.0)
    found[graph.output] = 1.0
    for edge in reversed(graph.edges):
        found[edge.source] += found[edge.target] * edge.local
    return found


def agrees(graph: NamedGraph) -> None:
    sums = sums_over_paths(graph)
    scale = max((abs(node.gradient) for node in graph.nodes if node.gradient), default=1.0)
    for node in graph.nodes:
        if node.gradient is not None:
            assert math.isclose(sums[node.id], node.gradient, rel_tol=1e-12, abs_tol=1e-13 * scale), node


def edges_of(source: str, **options: Any) -> list[tuple[str, str, int, float]]:
    graph = named_graph(trace(source), **options)
    label = {node.id: node.label for node in graph.nodes}
    return [(label[edge.source], label[edge.target], edge.operand, edge.local) for edge in graph.edges]


@pytest.mark.parametrize("options", VARIANTS, ids=str)
@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_sum_over_paths_is_the_gradient_of_every_lesson(lesson: Any, options: dict[str, Any]) -> None:
    for expand in ((), "*"):
        agrees(named_graph(trace(lesson.program, output=lesson.output, expand=expand), **options))


@pytest.mark.parametrize("options", VARIANTS, ids=str)
@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_sum_over_paths_is_the_gradient_of_random_programs(options: dict[str, Any], seed: int) -> None:
    example = random_program(seed)
    for share in (False, True):
        agrees(named_graph(trace(example.source, values=example.values, share=share), **options))


def test_the_network_of_the_lecture_has_one_node_for_each_line() -> None:
    [lesson] = [one for one in scalar_lessons() if one.slug == "network-3-2-2"]
    graph = named_graph(trace(lesson.program))
    shown = {node.label: (node.shown, node.glyph, node.folded, node.kind) for node in graph.nodes}
    assert shown["z_a"] == ("Σ", None, True, "gate")
    assert shown["h_a"] == ("σ", "sigmoid", False, "gate")
    assert shown["E"] == ("ƒ", None, True, "output-gate")
    assert shown["w1"] == ("w1", None, False, "leaf")
    assert len(graph.nodes) == 19 + 9
    into_e = [graph.by_id[edge.source].label for edge in graph.edges if edge.target == graph.output]
    assert into_e == ["t1", "y1", "t2", "y2"]
    assert graph.by_id[graph.output].hidden_operands == 3


def test_several_inner_paths_are_one_edge() -> None:
    assert edges_of("f = (x + y) * max(y, z); x = 1; y = 2; z = 0") == [
        ("x", "f", 0, 2.0), ("y", "f", 1, 5.0), ("z", "f", 2, 0.0),
    ]  # fmt: skip


def test_with_paths_kept_a_line_shows_the_gates_at_which_they_part() -> None:
    assert edges_of("f = (x + y) * max(y, z); x = 1; y = 2; z = 0", keep_paths=True) == [
        ("x", "s0", 0, 1.0), ("y", "s0", 1, 1.0), ("y", "s1", 0, 1.0), ("z", "s1", 1, 0.0),
        ("s0", "f", 0, 2.0), ("s1", "f", 1, 3.0),
    ]  # fmt: skip


@pytest.mark.parametrize(("options", "expected"), [
    ({}, [("x", "f", 0, 18.0)]),
    ({"keep_paths": True}, [("x", "s0", 0, 3.0), ("x", "s0", 1, 3.0), ("s0", "f", 0, 3.0)]),
    ({"every_gate": True}, [("x", "s0", 0, 3.0), ("x", "s0", 1, 3.0), ("s0", "f", 0, 3.0)]),
])  # fmt: skip
def test_an_operand_used_twice_by_one_gate(options: dict[str, Any], expected: list[Any]) -> None:
    assert edges_of("f = 3 (x * x); x = 3", **options) == expected


def test_keeping_paths_folds_none_of_them_into_another() -> None:
    for seed in range(40):
        example = random_program(seed)
        found = trace(example.source.replace("\n", ";"), values=example.values, share=seed % 2 == 0, expand="*")
        every, kept = (number_of_paths(named_graph(found, **options)) for options in reversed(VARIANTS[1:]))
        assert len(kept) < len(every)
        assert kept == {node: every[node] for node in kept}


def number_of_paths(graph: NamedGraph) -> dict[str, int]:
    found = {node.id: int(node.id == graph.output) for node in graph.nodes}
    for edge in reversed(graph.edges):
        found[edge.source] += found[edge.target]
    return found


def test_a_local_gradient_that_is_the_value_of_a_node_says_of_which() -> None:
    graph = named_graph(trace("a = x w + b; c = 2 x; d = x sin(w); g = x x; f = a + c + d + g"))
    labels = graph.trace.graph.labels
    found = {
        (graph.by_id[edge.source].label, graph.by_id[edge.target].label): edge.value_of
        and labels[int(edge.value_of[1:])]
        for edge in graph.edges
    }
    assert found == {
        ("x", "a"): "w", ("w", "a"): "x", ("b", "a"): None, ("x", "c"): "2", ("x", "d"): "s1", ("w", "d"): None,
        ("x", "g"): None, ("a", "f"): None, ("c", "f"): None, ("d", "f"): None, ("g", "f"): None,
    }  # fmt: skip


def test_constants_are_no_members() -> None:
    graph = named_graph(trace("const c = 2; d = 3 c; f = d x^2 + 1; x = 5"))
    assert [node.label for node in graph.nodes] == ["x", "f"]
    assert graph.by_id[graph.output].hidden_operands == 3
    assert [edge.local for edge in graph.edges] == [60.0]


def test_an_output_that_is_constant_stands_alone() -> None:
    graph = named_graph(trace("1 + 2"))
    assert [(node.label, node.gradient) for node in graph.nodes] == [("f", None)]
    assert graph.edges == ()


def test_an_output_that_is_a_leaf() -> None:
    graph = named_graph(trace("x"))
    assert [(node.label, node.kind, node.gradient) for node in graph.nodes] == [("x", "leaf", 1.0)]


def test_gates_of_a_call_of_ones_own_function_have_no_name() -> None:
    source = "neuron(w, x, b) = sigmoid(w x + b); a = neuron(w1, x1, b1); f = neuron(w2, a, b2) + a"
    graph = named_graph(trace(source))
    assert [node.label for node in graph.nodes if node.kind != "leaf"] == ["a", "f"]
    agrees(graph)


def test_a_gate_that_several_lines_share_is_a_member_under_its_automatic_label() -> None:
    graph = named_graph(trace("a = 2 sin(x y); b = 3 sin(x y); f = a b", share=True))
    assert [node.label for node in graph.nodes if node.kind != "leaf"] == ["s1", "a", "b", "f"]
    agrees(graph)


def test_nodes_that_lead_nowhere_have_edges_with_gradient_zero() -> None:
    graph = named_graph(trace("q = log(x); f = 2 x; x = 0"))
    assert [(edge.local, edge.upstream, edge.downstream) for edge in graph.edges] == [(math.inf, 0, 0), (2, 1, 2)]


def test_not_a_number_is_a_result() -> None:
    [edge] = named_graph(trace("f = 0 * log(x); x = 0")).edges
    assert math.isnan(edge.local)
    assert math.isnan(edge.downstream)


def test_what_lies_on_an_edge() -> None:
    graph = named_graph(trace("f = sin(2 x) + exp(y * 3) + x"))
    ops = {node.id: node.op for node in graph.trace.nodes}
    assert [[ops[gate] for gate in graph.gates_between(edge)] for edge in graph.edges] == [
        ["mul", "sin", "add"], ["mul", "exp", "add"],
    ]  # fmt: skip


def test_another_output_and_other_members() -> None:
    found = trace("q = x * y; f = sin(q) + q; x = 2; y = 3")
    [q] = [node for node, name in found.program.node_names().items() if name == "q"]
    graph = named_graph(found, output=q, also=[q + 1])
    assert [node.label for node in graph.nodes] == ["x", "y", "q", "s0", "f"]
    assert [node.gradient for node in graph.nodes] == [3.0, 2.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize("options", VARIANTS, ids=str)
def test_work_is_linear_in_the_program(options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    wide = "f = " + " + ".join(f"w{number} x{number}" for number in range(2_000))
    named = "; ".join(f"a{number + 1} = a{number} a{number} + sin(x) a{number}" for number in range(800))
    shared = "g(x) = " + "sin(" * 200 + "x" + ")" * 200 + "; " + "; ".join(f"a{n} = g(x) + {n}" for n in range(800))
    asked = 0
    plain = Program.operands

    def operands(program: Program, node: int) -> tuple[int, ...]:
        nonlocal asked
        asked += 1
        return plain(program, node)

    for source in (wide, named, shared):
        found = trace(source, share=True)
        _ = found.graph.labels
        asked = 0
        monkeypatch.setattr(Program, "operands", operands)
        graph = named_graph(found, **options)
        monkeypatch.undo()
        assert asked < 10 * len(found.values)
        assert len(graph.edges) < 2 * len(found.values)
