"""Functions of one's own: how definitions and calls are read, printed and echoed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app import UserError, trace
from app.language.notation import print_program
from app.language.parser import parse
from app.limits import DEFAULT_LIMITS

NEURON = "neuron(w, x, b) = sigmoid(w*x + b)\nf = neuron(a, b, c) + neuron(c, b, a)"


def test_a_call_is_one_gate_of_the_written_program() -> None:
    program = parse(NEURON)
    assert [program.calls[node].name for node in sorted(program.calls)] == ["neuron", "neuron"]
    assert list(program.leaves.values()) == ["a", "b", "c"]
    assert program.targets == ["f"]


def test_parameters_are_no_leaves_and_hide_outer_names() -> None:
    result = trace("x = 5; g(x) = x^2; f = g(3) + x")
    assert result.leaf_gradients() == {"x": 1}
    assert result.named_values() == {"x": 5, "f": 14}


def test_names_from_outside_are_leaves_and_gates_of_the_program() -> None:
    result = trace("q = k x\ng(t) = t q + k\nf = g(x)\nk = 3; x = 2")
    assert result.named_values()["f"] == 2 * 6 + 3
    assert result.leaf_gradients() == {"k": 2 * 2 + 1, "x": 6 + 2 * 3}


def test_scope_is_that_of_the_definition_and_not_of_the_call() -> None:
    result = trace("g(x) = c x; h(c) = g(c) + 1; f = h(2); c = 10")
    assert result.named_values() == {"c": 10, "f": 21}
    assert trace("g(x) = c x; h(y) = c g(y); f = h(2); c = 10").leaf_gradients() == {"c": 40}


def test_functions_and_names_live_apart() -> None:
    assert trace("f(x) = x^2\nf = f(3)").named_values() == {"f": 9}
    assert trace("g(x) = x^2\ng = 4\ny = g(g) + g").named_values() == {"g": 4, "y": 20}


def test_constants_of_mathematics_and_parameters_that_are_called_like_them() -> None:
    assert trace("g(x) = e^x; f = g(0)").named_values() == {"f": 1}
    assert trace("g(e) = e^2; f = g(3)").named_values() == {"f": 9}


@pytest.mark.parametrize("source", ["g(x) = x; f = 3 g(a)", "g(x, y) = y; h(x) = g(x^2, x); f = 3h(a)"])
def test_a_function_that_gives_back_an_operand_makes_no_group(source: str) -> None:
    result = trace(source, values={"a": 2})
    assert (result.groups, result.leaf_gradients()) == ([], {"a": 3})


def test_definitions_that_nothing_calls_add_no_gates() -> None:
    result = trace("g(x) = x^2; 2y")
    assert [node.op for node in result.nodes if node.op] == ["mul"]
    assert result.leaf_gradients() == {"y": 2}


def test_the_last_formula_is_the_output_though_it_is_a_definition_that_calls_another() -> None:
    result = trace("g(x) = x^2\nf(x, y) = g(x) y\nx = 3; y = 2")
    assert result.leaf_gradients() == {"x": 12, "y": 9}
    assert result.named_values()["f"] == 18


@pytest.mark.parametrize(
    "source",
    [
        NEURON,
        "neuron(w, x) = tanh(w x + 1/2)\nlayer(x) = neuron(2, x) + max(x, 1, b)\nf = 2 layer(-a)^2\na = 1",
        "g(x) = x\nk = 3\nh(y) = leaky_relu(g(y) k, slope=0.1)\nf = h(k) (h(1) + 1)\nm(x) = x^2\n1 + f",
        "g(x) = x^2\nf(x, y) = g(x) y\nx = 3",
        "g(x) = -x; f = g(a) - -g(g(a))^g(2)",
    ],
)
def test_what_is_printed_reads_as_the_same_program(source: str) -> None:
    printed = print_program(parse(source))
    assert print_program(parse(printed)) == printed
    one, other = trace(source), trace(printed)
    assert [(node.op, node.operands, node.label) for node in one.nodes] == [
        (node.op, node.operands, node.label) for node in other.nodes
    ]
    assert (one.values, one.gradients) == (other.values, other.gradients)


def test_definitions_and_calls_are_echoed() -> None:
    statements = trace(NEURON).statements
    assert [one.latex for one in statements] == [
        r"\mathrm{neuron}\left(w, x, b\right) = \sigma\left(w x + b\right)",
        r"f = \mathrm{neuron}\left(a, b, c\right) + \mathrm{neuron}\left(c, b, a\right)",
    ]
    assert [one.node is None for one in statements] == [True, False]
    assert NEURON[statements[0].span.start : statements[0].span.end] == NEURON.splitlines()[0]


def test_an_unfinished_definition_does_not_swallow_the_next_line() -> None:
    with pytest.raises(UserError) as caught:
        trace("g(x) = (x + 1\ny = g(2)")
    assert [problem.code for problem in caught.value.problems] == ["unclosed-bracket"]


def test_calls_in_calls_are_counted_before_they_are_opened() -> None:
    lines = ["g0(x) = x^2 + x"] + [f"g{i + 1}(x) = g{i}(x) + g{i}(x)" for i in range(400)]
    start = time.perf_counter()
    with pytest.raises(UserError, match="nodes; the limit is") as caught:
        trace("\n".join([*lines, "f = g400(a)"]))
    assert caught.value.kind == "limit"
    assert time.perf_counter() - start < 2


def test_calls_that_make_no_nodes_are_counted_too() -> None:
    lines = ["g0(x) = x"] + [f"g{i + 1}(x) = g{i}(g{i}(x))" for i in range(60)]
    with pytest.raises(UserError, match="with its calls opened") as caught:
        trace("\n".join([*lines, "f = g60(a)"]))
    assert caught.value.kind == "limit"


def test_the_limit_of_nodes_is_exact() -> None:
    source = "g(x) = x^2; f = g(a) g(b)"
    assert len(trace(source, limits=replace(DEFAULT_LIMITS, max_nodes=7)).nodes) == 7
    with pytest.raises(UserError, match="has 7 nodes; the limit is 6"):
        trace(source, limits=replace(DEFAULT_LIMITS, max_nodes=6))


def test_definitions_count_as_statements() -> None:
    with pytest.raises(UserError, match="has 3 statements; the limit is 2"):
        trace("g(x) = x^2; h(x) = g(x); f = h(1)", limits=replace(DEFAULT_LIMITS, max_statements=2))


def test_calls_nest_as_deep_as_a_program_is_long() -> None:
    lines = ["g0(x) = x + 1"] + [f"g{i + 1}(x) = g{i}(x) + 1" for i in range(900)]
    result = trace("\n".join([*lines, "f = g900(a)"]), values={"a": 1})
    assert (result.values[-1], len(result.groups)) == (902, 901)
    assert {edge.local for group in result.groups for edge in group.edges} == {1}
