"""The output as one node varies: its points, its slope, and the places where it bends or jumps."""

import math

import pytest

from app import trace
from app.engine.choice import choose_node
from app.engine.curve import Curve, draw_curve, local_unit
from app.engine.trace import Trace
from app.errors import UserError
from app.limits import Limits
from app.operations import OPERATIONS, Conventions, Operation
from tests.operations.points import on_kinks, operand_names

NEURON = "f = 1 / (1 + exp(-(w0 x0 + w1 x1 + w2))); w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"
PATTERNS = "f = (x + y) * max(y, z); x = 1; y = 2; z = 0"


def curve_of(found: Trace, name: str, span: float | None = None, points: int = 161) -> Curve:
    return draw_curve(found, choose_node(found.graph, name, "node"), span=span, points=points)


def test_the_neuron_as_w1_varies_falls_with_the_slope_of_its_gradient() -> None:
    curve = curve_of(trace(NEURON), "w1")
    assert (curve.x, curve.low, curve.high) == (-3.0, -6.0, 0.0)
    assert curve.value == pytest.approx(0.7310585786300049, rel=1e-15)
    assert round(curve.slope, 4) == -0.3932
    assert len(curve.points) == 161
    for x, y in curve.points:
        assert y == pytest.approx(1 / (1 + math.exp(-(-2 - 2 * x - 3))), rel=1e-14)
    assert curve.points[80][0] == -3.0
    assert curve.kinks == ()


def test_a_router_gives_a_kink_where_the_winner_changes() -> None:
    curve = curve_of(trace(PATTERNS), "y")
    assert (curve.slope, curve.value) == (5.0, 6.0)
    [kink] = curve.kinks
    assert kink.x == 0.0
    assert not kink.jump
    assert kink.before == 0.0
    assert kink.after == pytest.approx(1.0, abs=1e-7)
    assert [x for x, _ in curve.points] == sorted(x for x, _ in curve.points)
    assert any(x == pytest.approx(0.0, abs=1e-8) for x, _ in curve.points)


def test_an_inner_node_is_varied_alone() -> None:
    curve = curve_of(trace("a = 2 x; b = 3 a; f = a + b + x; x = 1"), "b")
    assert (curve.x, curve.value, curve.slope) == (6.0, 9.0, 1.0)
    assert all(y == pytest.approx(x + 3.0) for x, y in curve.points)


def test_a_node_used_twice_is_varied_in_both_places() -> None:
    curve = curve_of(trace("x * x; x = 3"), "x")
    assert curve.slope == 6.0
    assert all(y == pytest.approx(x * x) for x, y in curve.points)


def test_what_the_output_does_not_depend_on_gives_a_flat_line() -> None:
    curve = curve_of(trace("a = 2 y; f = x^2; x = 3; y = 1"), "y")
    assert curve.slope == 0.0
    assert {y for _, y in curve.points} == {9.0}


def test_the_output_over_itself_is_the_diagonal() -> None:
    curve = curve_of(trace(PATTERNS), "f")
    assert curve.slope == 1.0
    assert all(x == y for x, y in curve.points)


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("f = floor(x); x = 0.5", [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0]),
        ("f = round(x); x = 0.1", [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]),
        ("f = mod(x, 2); x = 0.5", [-2.0, 0.0, 2.0]),
        ("f = where(x > 1, x + 1, x); x = 0.5", [1.0]),
        ("f = sign(3 x - 1); x = 0.5", [pytest.approx(1 / 3, abs=1e-10)]),
    ],
)
def test_jumps_are_told_from_bends_and_never_crossed_by_a_point(source: str, places: list[float]) -> None:
    curve = curve_of(trace(source), "x")
    assert [kink.x for kink in curve.kinks] == places
    assert all(kink.jump for kink in curve.kinks)
    for kink in curve.kinks:
        (left, _), (right, _) = kink.sides
        assert left < kink.x < right
        assert kink.sides[0] in curve.points
        assert kink.sides[1] in curve.points


def test_points_on_a_jump_are_on_neither_side_of_it() -> None:
    curve = curve_of(trace("f = floor(3 x); x = 0.6"), "x", span=1, points=241)
    for kink in curve.kinks:
        (left, low), (right, high) = kink.sides
        assert high == low + 1
        assert not any(left < x < right for x, _ in curve.points)
    here = curve_of(trace("f = floor(x); x = 2"), "x")
    assert (2.0, 2.0) in here.points


def test_bends_are_found_wherever_they_lie() -> None:
    curve = curve_of(trace("f = abs(x) + relu(x - 1) + clip(x, -1.25, 2.5) + max(x, 1/3); x = 0.5"), "x")
    assert [kink.x for kink in curve.kinks] == [-1.25, 0.0, pytest.approx(1 / 3, abs=1e-10), 1.0, 2.5]
    assert not any(kink.jump for kink in curve.kinks)


@pytest.mark.parametrize(
    "source", ["f = 0 relu(x); x = 1", "f = relu(x) - relu(-x); x = 1", "f = max(x, x); x = 1", "f = elu(x); x = 1"]
)
def test_kinks_that_do_not_show_are_not_told(source: str) -> None:
    assert curve_of(trace(source), "x").kinks == ()


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.kinks], ids=lambda each: each.name)
def test_every_kink_of_the_registry_is_found(operation: Operation) -> None:
    for point in on_kinks(operation):
        names = operand_names(operation)
        attributes = "".join(f", {name}={value}" for name, value in point.attributes.items())
        call = f"{operation.name}({', '.join(names)}{attributes})"
        if operation.infix is not None:
            call = f"where({names[0]} {operation.infix.symbols[0]} {names[1]}, 2, 1)"
        found = trace(f"f = {call}", values=dict(zip(names, point.operands, strict=True)))
        places = [abs(kink.x - curve.x) for name in names for curve in [curve_of(found, name)] for kink in curve.kinks]
        # That two numbers are equal, and that they are not, shows at a single point only.
        expected = operation.name not in ("eq", "ne")
        assert any(place < 1e-9 for place in places) == expected, (operation.name, point)


def test_values_that_are_not_finite_are_points_like_others() -> None:
    curve = curve_of(trace("f = log(x) + 1 / (x - 1); x = 2"), "x")
    assert any(math.isnan(y) for x, y in curve.points if x < 0)
    assert all(math.isfinite(y) for x, y in curve.points if x > 1)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_node_without_a_finite_value_has_no_range(value: float) -> None:
    curve = curve_of(trace("f = x + 1", values={"x": value}), "x")
    assert curve.points == ()
    assert curve.kinks == ()


def test_the_largest_numbers_have_a_range_too() -> None:
    curve = curve_of(trace("f = x; x = 1e308"), "x")
    assert all(math.isfinite(x) for x, _ in curve.points)


@pytest.mark.parametrize("points", [3, 4, 5, 160])
def test_the_present_point_is_always_among_them(points: int) -> None:
    curve = curve_of(trace(NEURON), "w1", span=0.3, points=points)
    assert len(curve.points) == points
    assert (curve.low, curve.high) == (-3.3, -2.7)
    assert -3.0 in [x for x, _ in curve.points]


@pytest.mark.parametrize(
    ("x", "unit"),
    [
        (0, 1),
        (0.3, 1),
        (-3, 1),
        (9.9, 1),
        (10, 10),
        (-99, 10),
        (12345, 10000),
        (0.05, 0.1),
        (0.001, 0.01),
        (1e-300, 1e-299),
    ],
)
def test_a_local_unit_is_a_step_that_is_felt(x: float, unit: float) -> None:
    assert local_unit(x) == pytest.approx(unit, rel=1e-12)


def test_a_limit_bounds_the_work() -> None:
    found = trace(NEURON)
    node = choose_node(found.graph, "w1", "node")
    with pytest.raises(
        UserError, match=r"1,120 runs of a gate.*limit is 1,119, set by CHAINRULE_MAX_GATE_RUNS"
    ) as caught:
        draw_curve(found, node, points=160, limits=Limits(max_gate_runs=1119))
    assert caught.value.kind == "limit"
    draw_curve(found, node, points=160, limits=Limits(max_gate_runs=1120))


def test_conventions_do_not_move_a_curve_but_its_slope() -> None:
    zero, one = (
        curve_of(trace("f = relu(x); x = 0", conventions=Conventions(relu_at_zero=slope)), "x") for slope in (0.0, 1.0)
    )
    assert (zero.slope, one.slope) == (0.0, 1.0)
    assert zero.points == one.points
    assert zero.kinks == one.kinks
