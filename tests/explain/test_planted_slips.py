"""Slips planted in random programs are found; numbers made up are seldom explained; nothing that is asked breaks it."""

from __future__ import annotations

import math
import random

import pytest

from app.api.diagnose_call import diagnose_json
from app.api.schemas.diagnosis import DiagnoseRequest
from app.engine.trace import Trace, trace
from app.explain.detective import Detective, Step, check_worked, read_printed
from app.explain.detective.flow import Flow
from app.limits import DEFAULT_LIMITS
from tests.engine.programs import random_program

SEEDS = range(40)


def traced(seed: int) -> Trace:
    example = random_program(seed)
    known = trace(example.source).leaf_gradients()
    return trace(example.source, values={name: value for name, value in example.values.items() if name in known})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slip_printed_with_six_digits_is_found(seed: int) -> None:
    found = traced(seed)
    detective = Detective(found, Step(0.1))
    chance = random.Random(seed)
    node = chance.choice(list(found.program.leaves))
    exact = detective.numbers.gradient(node)
    told = detective.diagnose(node, "gradient", read_printed("123456.789"))
    planted = [slip for slip in told.tried if slip.value != 0.0 and math.isfinite(slip.value)]
    assert len(planted) > 5
    for slip in chance.sample(planted, min(10, len(planted))):
        printed = read_printed(f"{slip.value:#.6g}")
        again = detective.diagnose(node, "gradient", printed)
        if abs(slip.value - exact) <= 2.5 * float(printed.unit):
            assert again.verdict != "wrong"  # nothing can be told from a lost last digit
        else:
            assert any(match.slip.kind == slip.kind for match in again.matches), slip.title.text


def test_numbers_made_up_are_not_explained_at_six_digits() -> None:
    chance = random.Random(11)
    asked = explained = 0
    for seed in SEEDS:
        found = traced(seed)
        detective = Detective(found, Step(0.1))
        for node in found.program.leaves:
            size = abs(detective.numbers.gradient(node)) or 1.0
            for _ in range(5):
                number = size * 10 ** chance.uniform(-1.5, 1.5) * chance.choice((-1, 1))
                told = detective.diagnose(node, "gradient", read_printed(f"{number:#.6g}"))
                asked += 1
                explained += bool(told.matches)
    assert asked > 500
    assert explained <= 0.01 * asked, f"{explained} of {asked}"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_parts_of_every_fork_and_path_add_up_to_the_gradient(seed: int) -> None:
    found = traced(seed)
    detective = Detective(found)
    for node in found.program.leaves:
        exact = detective.numbers.gradient(node)
        flow = Flow(found, node)
        if flow.members:
            assert flow.tangent[flow.output] == pytest.approx(exact, rel=1e-9, abs=1e-12)
        for slip in detective.diagnose(node, "gradient", read_printed("123456.789")).tried:
            if slip.kept or slip.left_out:
                total = math.fsum(term.value for term in (*slip.kept, *slip.left_out))
                assert total == pytest.approx(exact, rel=1e-9, abs=1e-12)
                assert slip.value == pytest.approx(math.fsum(term.value for term in slip.kept), rel=1e-6, abs=1e-9)


ODD = [
    "f = log(x) / y + sqrt(z); x = 0; y = 0; z = -1",
    "f = max(x, x, y) + min(x, y); x = 1; y = 1",
    "g(a, b) = sigmoid(a b + c); f = g(x, y) + g(y, x); c = 2",
    "f = x^y + 0^x; x = 0; y = 0",
    "f = where(x > 0, x, 0) * relu(x); x = 0",
    "const c = 3; f = c x + c",
    "x",
    "f = 3",
    "f = exp(exp(exp(x))); x = 9",
    "a = b; b = 2; f = a a a",
    "f = clip(x, -1, 1) + atan2(y, x); x = 5; y = 1e308",
]


@pytest.mark.parametrize("source", ODD)
@pytest.mark.parametrize("expand", [[], ["*"]])
@pytest.mark.parametrize("share", [False, True])
def test_odd_programs_are_answered(source: str, expand: list[str], share: bool) -> None:
    found = trace(source, expand=expand, share=share)
    nodes = [node for node in range(len(found.values)) if not found.program.is_fixed(node)]
    for node in nodes:
        for quantity in ("value", "gradient", "updated"):
            for printed in ("0.5", "NaN", "0", "1/3", "-1e300"):
                asked = DiagnoseRequest(
                    source=source, expand=expand, share=share, node=f"n{node}", quantity=quantity, printed=printed,
                    learning_rate=0.1,
                )  # fmt: skip
                diagnose_json(asked, DEFAULT_LIMITS)


@pytest.mark.parametrize("source", ODD)
def test_odd_lines_are_answered(source: str) -> None:
    lines = [
        "x = 1", "f = 2", "df/dx = NaN", "new x = 1e400", "eta = inf", "= 3", "d = ", "/ = 4", "d/d = 5", "∂f/∂x ≈ 1",
        "f' = 3", "new f = 0", "|||", r"\frac{d f}{d x} = 1",
    ]  # fmt: skip
    check_worked(trace(source), "\n".join(lines))
