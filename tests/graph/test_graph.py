"""Records of nodes and statements: ids, labels, spans, parts."""

from __future__ import annotations

import pytest

from app import trace
from app.engine.trace import Trace


def labels(result: Trace) -> list[str]:
    return [node.label for node in result.nodes]


def written(source: str, result: Trace) -> dict[str, str]:
    """Label -> the part of the source that the node's span marks."""
    return {node.label: source[node.span.start : node.span.end] for node in result.nodes if node.span}


def test_ids_are_numbers_in_topological_order_and_operands_come_first() -> None:
    result = trace("f = (x + y) * (x - 2) / y; g = f^2")
    assert [node.id for node in result.nodes] == [f"n{number}" for number in range(len(result.nodes))]
    for node in result.nodes:
        assert all(int(operand[1:]) < int(node.id[1:]) for operand in node.operands)


def test_unnamed_gates_are_s0_s1_and_the_output_f() -> None:
    assert labels(trace("1/(1+exp(-(w0*x0+w1*x1+w2)))")) == [
        "w0", "x0", "s0", "w1", "x1", "s1", "s2", "w2", "s3", "s4", "s5", "1", "s6", "1", "f",
    ]  # fmt: skip


def test_automatic_names_skip_those_in_use() -> None:
    result = trace("s0 = x y; s2 + s0 * f + out * sin(x)")
    assert labels(result) == ["x", "y", "s0", "s2", "f", "s1", "s3", "out", "s4", "s5", "L"]


def test_a_definition_style_last_line_keeps_its_own_name() -> None:
    assert labels(trace("loss = x^2"))[-1] == "loss"


@pytest.mark.parametrize(
    ("source", "label", "latex"),
    [
        ("x * (1/2)", "1/2", r"\tfrac{1}{2}"), ("w0 + 1", "w0", "w_{0}"), ("(x + y) z", "s0", "s_{0}"),
        ("theta'", "theta'", r"\theta'"), ("1e-3 x", "1e-3", "10^{-3}"),
        ("2 pi / 3 * x", "2 pi / 3", r"\frac{2 \pi}{3}"), ("x_new z", "x_new", r"x_{\mathrm{new}}"),
    ],
)  # fmt: skip
def test_label_as_latex(source: str, label: str, latex: str) -> None:
    assert {node.label: node.latex for node in trace(source).nodes}[label] == latex


def test_span_of_a_leaf_is_its_first_use_and_of_a_gate_its_whole_expression() -> None:
    source = "# neuron\nf = σ(w₀ x + (b))\nw₀ = 0.5"
    result = trace(source)
    assert written(source, result) == {
        "w0": "w₀", "x": "x", "s0": "w₀ x", "b": "b", "s1": "w₀ x + (b)", "f": "σ(w₀ x + (b))",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("(x + y) * z", {"s0": "x + y", "f": "(x + y) * z"}),
        ("-(x y)", {"s0": "x y", "f": "-(x y)"}),
        ("2(x + 1)", {"s0": "x + 1", "f": "2(x + 1)"}),
        ("(a)(b)", {"f": "(a)(b)"}),
        ("max(x, y z)", {"s0": "y z", "f": "max(x, y z)"}),
        ("a = x +\n  y # sum", {"a": "x +\n  y"}),
        ("(x\n * y\n)", {"f": "x\n * y"}),
        ("½ x²", {"1/2": "½", "2": "²", "s0": "x²", "f": "½ x²"}),
    ],
)
def test_spans_mark_what_was_typed(source: str, spans: dict[str, str]) -> None:
    found = written(source, trace(source))
    assert {label: found[label] for label in spans} == spans


def test_value_span_marks_the_number_that_a_leaf_has_from_the_program() -> None:
    source = "f = x y z; x = -2; y = pi/2"
    spans = {node.label: node.value_span for node in trace(source, values={"x": 3}).nodes}
    assert {label: span and source[span.start : span.end] for label, span in spans.items() if label in "xyz"} == {
        "x": "-2", "y": "pi/2", "z": None,
    }  # fmt: skip


def test_depth_is_the_longest_path_from_a_leaf() -> None:
    assert [node.depth for node in trace("x * (x + sin(x * y))").nodes] == [0, 0, 1, 2, 3, 4]


def test_attributes_are_those_given_and_the_defaults() -> None:
    nodes = trace("leaky_relu(x) + leaky_relu(x, slope=0.3)").nodes
    assert [dict(node.attributes) for node in nodes if node.op == "leaky_relu"] == [{"slope": 0.01}, {"slope": 0.3}]


def test_statements_are_echoed_with_the_parts_that_are_nodes() -> None:
    result = trace("q = w0 x0 + b\nf = 1/(1 + e^-q)\nb = -3")
    assert [statement.latex for statement in result.statements] == [
        "q = w_{0} x_{0} + b", r"f = \frac{1}{1 + e^{-q}}", "b = -3",
    ]  # fmt: skip
    names = {node.id: node.label for node in result.nodes}
    parts = [
        [(names[part.node], statement.latex[part.start : part.end]) for part in statement.parts]
        for statement in result.statements
    ]
    assert parts == [
        [("w0", "w_{0}"), ("x0", "x_{0}"), ("s0", "w_{0} x_{0}"), ("b", "b"), ("q", "w_{0} x_{0} + b")],
        [("1", "1"), ("1", "1"), ("q", "q"), ("s1", "-q"), ("s2", "e^{-q}"), ("s3", "1 + e^{-q}"),
         ("f", r"\frac{1}{1 + e^{-q}}")],
        [("b", "b")],
    ]  # fmt: skip
    assert [names[statement.node or ""] for statement in result.statements] == ["q", "f", "b"]


def test_statement_spans_leave_out_blank_lines_and_comments() -> None:
    source = "\n# a\n\nx = 2;  \n f = x + \n 1 # done\n\n"
    spans = [statement.span for statement in trace(source).statements]
    assert [source[span.start : span.end] for span in spans] == ["x = 2", "f = x + \n 1"]
    assert [(span.line, span.column) for span in spans] == [(4, 1), (5, 2)]


def test_one_more_name_is_echoed_as_such() -> None:
    assert [statement.latex for statement in trace("q = x y; r = q; r").statements] == ["q = x y", "r = q", "q"]
