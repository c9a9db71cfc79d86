"""Values and slopes where a careless formula overflows, loses its digits or says 0 times infinity."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from app.operations import REGISTRY, Conventions
from tests.operations.points import Point
from tests.operations.reading import rule_values


def scalar(name: str, *operands: float) -> float:
    return REGISTRY[name].scalar(*operands)


def near(number: float, relative: float = 1e-12) -> Any:
    """Equal but for the last digits, however small the number is."""
    return pytest.approx(number, rel=relative, abs=0)


def slope(name: str, *operands: float, conventions: Conventions | None = None) -> tuple[float | None, ...]:
    """Every local gradient of an operation at a point."""
    operation = REGISTRY[name]
    point = Point(operands, dict(operation.attributes))
    return tuple(rule_values(operation, point, conventions or Conventions()))


def test_sigmoid_far_out_is_exactly_0_or_1() -> None:
    assert scalar("sigmoid", 1000) == 1
    assert scalar("sigmoid", -1000) == 0
    assert slope("sigmoid", 1000.0) == slope("sigmoid", -1000.0) == (0,)
    assert scalar("sigmoid", -700) == near(math.exp(-700))


@pytest.mark.parametrize("far", [40.0, 800.0, 1e300])
def test_smooth_relus_far_out_are_the_input_or_0(far: float) -> None:
    for name in ("softplus", "silu", "gelu", "mish"):
        assert scalar(name, far) == far, name
        assert slope(name, far)[0] == pytest.approx(1, abs=1e-13), name
        assert scalar(name, -far) == pytest.approx(0, abs=1e-14), name
        assert math.isfinite(scalar(name, -far))
    assert scalar("logsigmoid", -far) == -far
    assert scalar("logsigmoid", far) == pytest.approx(0, abs=1e-17)


def test_infinite_inputs_have_the_limit_as_value() -> None:
    for name in ("softplus", "silu", "gelu", "mish", "relu"):
        assert scalar(name, -math.inf) == 0, name
        assert scalar(name, math.inf) == math.inf, name
    for name in ("softsign", "tanh", "erf"):
        assert (scalar(name, -math.inf), scalar(name, math.inf)) == (-1, 1), name
    assert (scalar("elu", -math.inf), scalar("elu", math.inf)) == (-1, math.inf)


def test_gelu_keeps_its_digits_for_negative_inputs() -> None:
    # 1 + erf(x / sqrt(2)) has no correct digit left at -9; reference: -9 * Phi(-9), mpmath at 50 digits.
    assert scalar("gelu", -9.0) == near(-1.0157295653584565e-18)


def test_log1p_and_expm1_are_exact_near_0() -> None:
    assert scalar("log1p", 1e-20) == scalar("expm1", 1e-20) == 1e-20
    assert scalar("elu", -1e-20) == -1e-20


def test_expm1_keeps_its_slope_far_below_0() -> None:
    assert slope("expm1", -60.0)[0] == near(math.exp(-60))
    assert slope("elu", -60.0)[0] == near(math.exp(-60))


def test_zero_to_the_power_of_zero_is_1_with_slope_0() -> None:
    assert scalar("pow", 0.0, 0.0) == 1
    assert slope("pow", 0.0, 0.0) == (0, 0)


def test_constant_functions_x_to_the_0_have_slope_0_everywhere() -> None:
    for x in (-3.0, 0.0, 2.0, math.inf):
        assert slope("pow", x, 0.0)[0] == 0


def test_slope_for_the_exponent_at_base_0() -> None:
    assert slope("pow", 0.0, 2.0) == (0, 0)
    assert slope("pow", 0.0, -1.0)[1] == -math.inf


def test_square_of_a_negative_number_needs_no_logarithm() -> None:
    assert scalar("pow", -3.0, 2.0) == 9
    assert slope("pow", -3.0, 2.0)[0] == -6


def test_root_of_a_negative_number_is_not_complex() -> None:
    with pytest.raises(ValueError, match="math domain error"):
        scalar("pow", -8.0, 1 / 3)
    with np.errstate(invalid="ignore"):
        assert math.isnan(REGISTRY["pow"].forward(-8.0, 1 / 3))
    assert scalar("cbrt", -8.0) == pytest.approx(-2)


def test_slope_of_a_root_at_0_is_infinite() -> None:
    assert slope("sqrt", 0.0) == slope("cbrt", 0.0) == (math.inf,)
    assert slope("pow", 0.0, 0.5)[0] == math.inf


def test_relu_at_0_follows_the_convention() -> None:
    assert slope("relu", 0.0) == (0,)
    assert slope("relu", 0.0, conventions=Conventions(relu_at_zero=1)) == (1,)
    assert slope("hinge", 0.5, 2.0, conventions=Conventions(relu_at_zero=1)) == (-2, -0.5)


def test_ties_follow_the_convention() -> None:
    shares = {"split": (0.5, 0, 0.5), "first": (1, 0, 0), "both": (1, 0, 1)}
    for ties, expected in shares.items():
        conventions = Conventions(ties=ties)  # type: ignore[arg-type]  # the keys are the literals
        assert slope("max", 2.0, 1.0, 2.0, conventions=conventions) == expected
        assert slope("min", 1.0, 2.0, 1.0, conventions=conventions) == expected


def test_max_of_nan_is_nan_in_every_position() -> None:
    for operands in [(math.nan, 1.0), (1.0, math.nan), (1.0, math.nan, 2.0)]:
        assert math.isnan(scalar("max", *operands))
        assert math.isnan(scalar("min", *operands))


def test_cross_entropy_of_a_certain_and_right_answer_is_0() -> None:
    assert scalar("bce", 0.0, 0.0) == scalar("bce", 1.0, 1.0) == 0
    assert slope("bce", 0.0, 0.0)[0] == 1
    assert slope("bce", 1.0, 1.0)[0] == -1


def test_cross_entropy_of_a_certain_and_wrong_answer_is_infinite() -> None:
    with np.errstate(divide="ignore"):
        assert REGISTRY["bce"].forward(0.0, 1.0) == math.inf
    assert slope("bce", 0.0, 1.0)[0] == -math.inf


def test_cross_entropy_of_a_large_logit_keeps_its_digits() -> None:
    assert scalar("bce_logits", 40.0, 1.0) == near(math.exp(-40))
    assert scalar("bce_logits", -1000.0, 1.0) == 1000


def test_clip_with_crossed_bounds_takes_the_upper_one() -> None:
    assert scalar("clip", 0.0, 2.0, 1.0) == 1
    assert slope("clip", 0.0, 2.0, 1.0) == (0, 0, 1)


def test_halves_round_to_the_even_neighbour() -> None:
    assert [scalar("round", half) for half in (0.5, 1.5, 2.5, -0.5)] == [0, 2, 2, 0]


def test_remainder_has_the_sign_of_the_divisor() -> None:
    assert scalar("mod", -1.0, 3.0) == 2
    assert scalar("mod", 1.0, -3.0) == -2
