"""The cheat sheet: every operation of the registry, its formulas printed from the rules, its pictures computed."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.engine.trace import trace
from app.explain.cheatsheet import Row, make_row, make_sheet
from app.explain.operation_curve import draw_operation
from app.explain.operation_latex import formula_latex, local_equation, operand_names
from app.language.parser import parse
from app.operations import EVERY_OPERATION, OPERATIONS, REGISTRY, TENSOR_OPERATIONS, Operation

SHEET = make_sheet()
ROWS = {row.operation.name: row for row in SHEET.rows}


def title_of(operation: Operation) -> str:
    return operation.name


def test_every_operation_has_one_row_in_its_section() -> None:
    assert sorted(ROWS) == sorted(operation.name for operation in EVERY_OPERATION)
    assert [section.title for section in SHEET.sections] == ["Arithmetic", "Elementary", "Neural", "Losses", "Tensors"]
    for section in SHEET.sections:
        assert {f"{row.operation.section}-operations" for row in section.rows} == {section.anchor}
    anchors = [section.anchor for section in SHEET.sections] + list(ROWS)
    assert len(anchors) == len(set(anchors))


def test_a_new_operation_is_on_it_at_once() -> None:
    fresh = replace(REGISTRY["tanh"], name="fresh", title="Fresh", section="neural", local=("1 - out^2",))
    sheet = make_sheet([*OPERATIONS, fresh])
    row = next(row for section in sheet.sections if section.title == "Neural" for row in section.rows[-1:])
    assert (row.operation.title, row.locals[0].right) == ("Fresh", "1 - f^{2}")


def test_the_four_rules_are_those_of_the_lecture() -> None:
    assert [(rule.formula, rule.left, rule.right) for rule in SHEET.rules] == [
        ("f = a x", r"\frac{df}{dx}", "a"),
        ("f = a + x", r"\frac{df}{dx}", "1"),
        ("f = x^{n}", r"\frac{df}{dx}", "n x^{n - 1}"),
        ("f = e^{x}", r"\frac{df}{dx}", "e^{x}"),
    ]
    times, plus, power, exponential = (rule.picture for rule in SHEET.rules)
    assert all(local == 2.0 and value == pytest.approx(2 * x) for x, value, local in times.points)
    assert all(local == 1.0 and value == pytest.approx(x + 1) for x, value, local in plus.points)
    assert all(local == pytest.approx(2 * x) and value == pytest.approx(x * x) for x, value, local in power.points)
    assert all(local == value == pytest.approx(math.exp(x)) for x, value, local in exponential.points)


@pytest.mark.parametrize(
    ("name", "formula", "local"),
    [
        ("add", "f = x + y", ["1", "1"]),
        ("mul", "f = x y", ["y", "x"]),
        ("max", r"f = \max(x, y)", ["[x = f]", "[y = f]"]),
        ("sigmoid", r"f = \sigma(x) = \frac{1}{1 + e^{-x}}", ["(1 - f) f"]),
        ("relu", r"f = \operatorname{ReLU}(x) = \max(0, x)", ["[x > 0]"]),
        ("reciprocal", r"f = \frac{1}{x}", ["-f^{2}"]),
        ("lt", "f = [x < y]", ["0", "0"]),
        ("softplus", r"f = \operatorname{softplus}(x) = \ln(1 + e^{x})", [r"\sigma(x)"]),
        ("half_sse", r"f = \tfrac{1}{2}\left({t} - {y}\right)^{2}".replace(r"\left", "").replace(r"\right", ""), None),
    ],
)
def test_formulas_are_printed_from_the_registry(name: str, formula: str, local: list[str] | None) -> None:
    operation = REGISTRY[name]
    if local is not None:
        assert formula_latex(operation) == formula
        assert [local_equation(operation, at)[1] for at in range(len(operand_names(operation)))] == local


def test_long_constants_are_cut_with_a_sign() -> None:
    assert r"1.0507\ldots" in formula_latex(REGISTRY["selu"])
    assert "1.0507009" not in formula_latex(REGISTRY["selu"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=title_of)
def test_the_program_of_a_row_shows_its_operation(operation: Operation) -> None:
    found = trace(ROWS[operation.name].program)
    assert operation.name in {node.op for node in found.nodes}
    assert found.defaulted == ()
    assert all(math.isfinite(value) for value in found.values)
    assert not found.kinks


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if len(operand_names(one)) == 1], ids=title_of)
def test_pictures_are_what_the_engine_computes(operation: Operation) -> None:
    picture = ROWS[operation.name].picture
    assert picture is not None
    assert picture.low < picture.high
    points = [point for point in picture.points if math.isfinite(point[1])]
    assert len(points) > 30
    for x, value, local in points[:: max(1, len(points) // 12)]:
        found = trace(f"f = {ROWS[operation.name].written[0]}", values={"x": x})
        assert found.values[-1] == pytest.approx(value, rel=1e-12, abs=1e-12)
        gradient = found.leaf_gradients()["x"]
        assert gradient is not None
        assert local == pytest.approx(gradient, rel=1e-9, abs=1e-12, nan_ok=True)


def test_where_there_is_no_value_there_is_no_local_gradient() -> None:
    points = draw_operation(REGISTRY["log"]).points
    left = [local for x, _, local in points if x < 0]
    assert left
    assert all(math.isnan(local) for local in left)


def test_a_curve_that_ends_fills_its_picture() -> None:
    picture = draw_operation(REGISTRY["asin"])
    assert -2.0 < picture.low < -1.0
    assert 1.0 < picture.high < 2.0


@pytest.mark.parametrize(
    ("name", "passed"),
    [
        ("add", ["g", "g"]), ("sub", ["g", "−g"]), ("mul", ["g·y", "g·x"]), ("max", ["g", "0"]), ("lt", ["0", "0"]),
        ("where", ["0", "g", "0"]), ("div", ["g·∂f/∂x", "g·∂f/∂y"]),
    ],
)  # fmt: skip
def test_what_flows_back(name: str, passed: list[str]) -> None:
    assert [one.passed for one in ROWS[name].locals] == passed


@pytest.mark.parametrize("operation", TENSOR_OPERATIONS, ids=title_of)
def test_a_tensor_operation_shows_shapes_products_and_matrices(operation: Operation) -> None:
    row = ROWS[operation.name]
    assert row.shapes
    assert len(row.locals) >= (1 if operation.variadic else len(operation.operands))
    assert all(one.left.startswith("g_{") and one.right for one in row.locals)
    assert row.matrices is not None
    lit = [on for line in row.matrices.result.lit for on in line]
    assert lit.count(True) == 1
    assert any(on for grid in row.matrices.operands for line in grid.lit for on in line)
    found = trace(row.program)
    assert operation.name in {node.op for node in found.nodes}
    assert found.defaulted == ()
    assert not found.warnings
    value = np.asarray(found.values[found.program.names["f"]])
    shown = [number for line in row.matrices.result.rows for number in line]
    assert len(shown) == value.size
    assert float(shown[0].replace("−", "-")) == pytest.approx(float(np.ravel(value)[0]), abs=0.006)
    for way in row.written:
        ready = way.replace("[i, j]", "[0, 1]").replace("[i]", "[0]")
        parse(f"f = {ready}")


def test_a_matrix_product_has_a_rule_for_each_pair_of_ranks() -> None:
    row = ROWS["matmul"]
    assert row.shapes == ("3×2, 2×4 → 3×4", "3×2, 2 → 3", "2, 2×3 → 3", "2, 2 → number")
    assert [(one.label, one.right) for one in row.locals[:4]] == [
        ("3×2, 2×4", r"g\,{y}^{\top}"), ("", r"{x}^{\top}\,g"), ("3×2, 2", r"g\,y^{\top}"), ("", r"{x}^{\top}\,g"),
    ]  # fmt: skip
    assert row.matrices is not None
    assert row.matrices.crossed
    assert [line for grid in row.matrices.operands for line in grid.lit] == [
        (True, True), (False, False), (False, False), (False, True, False, False), (False, True, False, False),
    ]  # fmt: skip


def test_a_convolution_lights_its_window() -> None:
    found = ROWS["conv2d"].matrices
    assert found is not None
    assert found.operands[0].lit == ((False, True, True, False), (False, True, True, False), (False,) * 4)


def test_a_loss_says_what_becomes_of_its_entries() -> None:
    assert ROWS["half_sse"].shapes == ("2×3, 2×3 → number: the sum over all entries",)
    assert ROWS["mse"].shapes == ("2×3, 2×3 → number: the mean over all entries",)
    assert ROWS["tanh"].shapes == ()


@pytest.mark.parametrize("operation", EVERY_OPERATION, ids=title_of)
def test_a_search_reads_name_notation_and_pattern(operation: Operation) -> None:
    row: Row = make_row(operation)
    words = row.words
    assert words == words.lower()
    assert operation.title.lower() in words
    assert row.written[0].lower() in words
    assert operation.pattern is None or operation.pattern.word in words
