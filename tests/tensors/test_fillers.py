"""`normal(4, 3, seed=1)` and its like: the same numbers wherever they are read, and mistakes told."""

from __future__ import annotations

import numpy as np
import pytest

from app.api.catalogue import operations_json
from app.engine.trace import Trace, trace
from app.errors import UserError
from app.operations.fillers import FILLERS, LARGEST_SEED, fans


def value_of(filler: str) -> np.ndarray:
    found: Trace = trace(f"f = sum(W); W = {filler}")
    return np.asarray(found.named_values()["W"])


def test_normal_is_what_a_notebook_gets_with_the_same_seed() -> None:
    expected = np.round(np.random.RandomState(1).randn(4, 3), 4)
    assert value_of("normal(4, 3, seed=1)").tolist() == expected.tolist()
    assert value_of("normal(4, 3, seed=1)")[0].tolist() == [1.6243, -0.6118, -0.5282]


def test_uniform_lies_between_its_bounds() -> None:
    found = value_of("uniform(20, 20, low=-0.5, high=2, seed=3)")
    assert found.min() >= -0.5
    assert found.max() <= 2
    assert abs(found.mean() - 0.75) < 0.1


def test_xavier_and_he_keep_the_size_of_signals() -> None:
    xavier, he = value_of("xavier(200, 100, seed=2)"), value_of("he(200, 100, seed=2)")
    assert np.abs(xavier).max() <= np.sqrt(6 / 300) + 1e-4
    assert xavier.std() == pytest.approx(np.sqrt(2 / 300), rel=0.02)
    assert he.std() == pytest.approx(np.sqrt(2 / 100), rel=0.02)
    assert value_of("he(200, 100, fan_in=200, seed=2)").std() == pytest.approx(0.1, rel=0.02)


def test_fans_are_columns_and_rows() -> None:
    assert fans((4, 3)) == (3, 4)
    assert fans((5,)) == (5, 1)
    assert fans((8, 2, 3)) == (6, 8)


def test_small_entries_keep_four_digits() -> None:
    assert value_of("normal(2, std=1e-9)").tolist() == pytest.approx([1.7641e-9, 4.002e-10], abs=1e-13)


@pytest.mark.parametrize("name", [one.name for one in FILLERS.values() if "seed" in one.settings])
def test_a_seed_says_which_numbers(name: str) -> None:
    first, again, other = (value_of(f"{name}(3, 2, seed={seed})") for seed in (1, 1, LARGEST_SEED))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()
    assert value_of(f"{name}(3, 2)").tolist() == value_of(f"{name}(3, 2, seed=0)").tolist()


@pytest.mark.parametrize(
    ("filler", "message"),
    [
        ("normal(2, seed=-1)", "A seed is a whole number from 0 to 4294967295."),
        ("normal(2, seed=1.5)", "A seed is a whole number from 0 to 4294967295."),
        ("normal(2, s=1)", "`normal` has no setting `s`."),
        ("zeros(2, seed=1)", "`zeros` has no setting `seed`."),
        ("normal(2, seed=1, seed=2)", "`seed` is given twice."),
        ("normal(2, std=0)", "`std` is greater than 0."),
        ("normal(2, std=1e400)", "`std` needs a plain number."),
        ("normal(2, seed=q)", "`seed` needs a plain number."),
        ("normal(0)", "`normal` takes positive sizes."),
    ],
)
def test_a_mistake_is_told_once(filler: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        value_of(filler)
    assert [one.message for one in caught.value.problems] == [message]


def test_a_size_over_the_limit_is_told_before_anything_is_drawn() -> None:
    with pytest.raises(UserError, match="limit"):
        value_of("normal(1000000, 1000000, seed=1)")


def test_they_are_literals_inside_formulas_as_well() -> None:
    found = trace("f = sum(normal(3, seed=1) * x); x = [1, 2, 3]")
    assert found.leaf_gradients()["x"] == pytest.approx([1.6243, -0.6118, -0.5282])


def test_the_registry_of_the_api_lists_them() -> None:
    text = operations_json().decode()
    assert all(f'"name":"{name}"' in text for name in FILLERS)
