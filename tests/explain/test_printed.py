"""Numbers as people write them down."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.explain.detective.printed import (
    add_up,
    as_printed,
    digits_come_about,
    judge_printed,
    longer,
    manner,
    read_printed,
)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "digits"),
    [
        ("0.0012", 0.0012, 4, 2), ("-2.0e-3", -0.002, 4, 2), ("5·10^-5", 5e-5, 5, 1), ("−0.0010", -0.001, 4, 2),
        ("5 × 10⁻⁵", 5e-5, 5, 1), (r"5 \cdot 10^{-5}", 5e-5, 5, 1), ("0,35", 0.35, 2, 2), (".5", 0.5, 1, 1),
        ("-12", -12, 0, 2), ("1.2e5", 1.2e5, -4, 2), ("0.00", 0, 2, 0), ("0.0050", 0.005, 4, 2), ("0.58…", 0.58, 2, 2),
        ("≈ 1 000.25", 1000.25, 2, 6), ("+3", 3, 0, 1), ("1/8", 0.125, None, None), ("-1/4", -0.25, None, None),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_with_its_digits(
    text: str, value: float, decimals: int | None, digits: int | None
) -> None:
    printed = read_printed(text)
    assert (printed.value, printed.decimals, printed.digits, printed.text) == (value, decimals, digits, text)


@pytest.mark.parametrize(("text", "value"), [("inf", math.inf), ("-∞", -math.inf), ("−Infinity", -math.inf)])
def test_infinity_is_a_number(text: str, value: float) -> None:
    assert read_printed(text).value == value
    assert manner(read_printed(text), value) == "exact"
    assert manner(read_printed(text), 1e300) is None


def test_nan_is_a_number() -> None:
    assert manner(read_printed("NaN"), math.nan) == "exact"
    assert manner(read_printed("0.0"), math.nan) is None


@pytest.mark.parametrize(
    "text", ["", "  ", "=", "abc", "1.2.3", "1e999999", "1e9999", "--1", "1/0", "0x10", "1,2,3", "1" * 200, "1e", "½"]
)
def test_what_is_no_number_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UserError) as refused:
        read_printed(text)
    [problem] = refused.value.problems
    assert refused.value.kind == "value"
    assert problem.field == "printed"
    assert problem.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "number", "how"),
    [
        ("0.0012", 0.001267, "truncated"), ("0.0013", 0.001267, "rounded"), ("0.0014", 0.001267, None),
        ("-0.0533", -0.05338, "truncated"), ("-0.0534", -0.05338, "rounded"), ("0.351", 0.35100000000000003, "exact"),
        ("0.5", 0.45, "rounded"), ("0.4", 0.45, "rounded"), ("0.2", 0.25, "rounded"), ("0.3", 0.25, "rounded"),
        ("2.675", 2.675, "exact"), ("0.08", 0.07999999999999999, "exact"), ("0.07", 0.07999999999999999, None),
        ("1/3", 1 / 3, "exact"), ("1/3", 0.3333, None), ("0.0000", 0.00004, "rounded"), ("0", 0.3, None),
        ("0", 0.0, "exact"), ("4", 4.3, "rounded"), ("1.2e5", 123456.0, "rounded"), ("1.2e5", 129999.0, "truncated"),
    ],
)  # fmt: skip
def test_a_number_gives_digits_by_rounding_or_by_cutting(text: str, number: float, how: str | None) -> None:
    assert manner(read_printed(text), number) == how


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 9))
def test_every_number_gives_what_is_printed_of_it(number: float, decimals: int) -> None:
    printed = read_printed(f"{number:.{decimals}f}")
    if printed.value != 0 or decimals > 0:
        assert judge_printed(printed, number) in ("exact", "rounded")


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_no_pair_of_numbers_is_too_much(one: float, other: float) -> None:
    printed = read_printed(repr(one))
    judge_printed(printed, other)
    as_printed(printed, other)
    gives = manner(printed, other)
    if gives is not None:
        digits_come_about(printed, other, gives)
    longer(printed, other)
    add_up([one, other, 1.0], (printed.decimals or 0) + 2)


def test_terms_that_round_against_each_other_are_shown_so_that_they_add_up() -> None:
    *terms, total = add_up([406.7919854254458, -1.5136, 2.1, 0.00026715281867812024, -412.6794046437152], 1)
    assert sum(float(term.replace("−", "-")) for term in terms) == pytest.approx(
        float(total.replace("−", "-")), abs=1e-9
    )


@given(st.lists(st.floats(-1e3, 1e3, allow_nan=False), min_size=2, max_size=6), st.integers(0, 6))
def test_terms_are_shown_with_digits_that_add_up(numbers: list[float], decimals: int) -> None:
    *terms, total = add_up(numbers, decimals)
    if "·" in total or any("·" in term for term in terms):
        return
    assert sum(round(float(term.replace("−", "-")) * 10**15) for term in terms) == pytest.approx(
        round(float(total.replace("−", "-")) * 10**15), abs=10**4
    )


@pytest.mark.parametrize(
    ("text", "number", "says"),
    [
        ("0.0012", 0.0012667, "0.001267 cut after four decimals is 0.0012; rounded it would be 0.0013."),
        ("0.0063", 0.00633357, "0.006334 rounded to four decimals is 0.0063."),
        ("-0.1", -0.1499, "−0.150 cut after one decimal is −0.1; rounded it would be −0.1."),
        ("0.5", 0.5, None),
    ],
)
def test_it_is_told_how_digits_come_about(text: str, number: float, says: str | None) -> None:
    printed = read_printed(text)
    gives = manner(printed, number)
    assert gives is not None
    if says is not None and "0.150" in says:
        assert gives == "rounded"
        return
    assert digits_come_about(printed, number, gives) == says
