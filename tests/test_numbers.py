"""Numbers as text and as JSON."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.numbers import count_digits, format_count, format_number, from_json, to_json

GOLDEN = json.loads((Path(__file__).parent / "golden" / "numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['value']}-{row['decimals']}")
def test_text_of_the_golden_table(row: dict[str, str | int]) -> None:
    assert format_number(float(row["value"]), int(row["decimals"])) == row["text"]


@given(st.floats(), st.integers(0, 6))
def test_only_zero_prints_as_zero(value: float, decimals: int) -> None:
    text = format_number(value, decimals)
    assert (value == 0) == (set(text) <= set("0.")), text


@given(st.floats(min_value=-9999, max_value=9999), st.integers(0, 6))
def test_text_is_near_the_number(value: float, decimals: int) -> None:
    text = format_number(value, decimals)
    if "10" not in text or "·" not in text:
        assert abs(float(text.replace("−", "-")) - value) <= 0.5000001 * 10.0**-decimals


@given(st.floats())
def test_json_holds_every_number(value: float) -> None:
    carried = json.loads(json.dumps(to_json(value), allow_nan=False))
    back = from_json(carried)
    assert back == value or (math.isnan(back) and math.isnan(value))


def test_other_strings_are_not_numbers() -> None:
    with pytest.raises(ValueError, match="NaN"):
        from_json("nan")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"), (396, "396"), (12_345, "12,345"), (999_999, "999,999"), (10**6, "1.0·10⁶"), (1_350_000, "1.4·10⁶"),
        (9_949_999, "9.9·10⁶"), (9_950_000, "1.0·10⁷"), (2**100, "1.3·10³⁰"),
    ],
)  # fmt: skip
def test_counts_of_any_size(count: int, text: str) -> None:
    assert format_count(count) == text


def test_a_count_of_more_digits_than_python_writes_at_once() -> None:
    assert format_count(10**10_000) == "1.0·10¹⁰⁰⁰⁰"


@given(st.integers(0, 10**50), st.integers(0, 200))
def test_digits_of_counts_of_any_size(count: int, power: int) -> None:
    assert count_digits(count) == str(count)
    many = 10 ** (4_000 + power) + count
    assert count_digits(many) == "1" + f"{count:0{4_000 + power}}"
