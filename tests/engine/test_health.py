"""Remarks on numeric health: told where it happens, in words, and not where there is nothing to tell."""

import pytest

from app import trace
from app.engine.notices import Notice
from app.engine.trace import Trace
from app.lessons.load import scalar_lessons
from app.lessons.records import Lesson
from app.operations import Conventions

WITH_REMARKS = {
    "network-3-2-2",
    "staged-computation",
    "saturated-neuron",
    "cross-entropy-neuron",
    "micrograd-readme",
}


def remarks(source: str, expand: tuple[str, ...] = (), **fields: float) -> list[Notice]:
    return trace(source, expand=expand, **fields).remarks  # type: ignore[arg-type]  # the keywords of a trace


def where(found: Trace, remark: Notice) -> str:
    return {node.id: node.label for node in found.nodes}[str(remark.node)]


@pytest.mark.parametrize("expand", [(), ("*",)])
@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "f = sigmoid(10 x); x = 1",
            "The sigmoid is saturated here: its local gradient is 4.5·10⁻⁵, where 0.2500 is the most, "
            "so almost nothing flows back.",
        ),
        (
            "f = sigmoid(x); x = -4",
            "The sigmoid is saturated here: its local gradient is 0.0177, where 0.2500 is the most, "
            "so little flows back.",
        ),
        (
            "f = tanh(x); x = 3.5",
            "The hyperbolic tangent is saturated here: its local gradient is 0.0036, where 1.0000 is the most, "
            "so almost nothing flows back.",
        ),
        (
            "f = hard_sigmoid(x); x = 4",
            "The hard sigmoid is saturated here: its local gradient is 0.0000, where 0.1667 is the most, "
            "so nothing flows back.",
        ),
    ],
)
def test_a_saturated_gate_says_how_little_flows(source: str, message: str, expand: tuple[str, ...]) -> None:
    found = trace(source, expand=expand)
    [remark] = found.remarks
    assert (remark.code, remark.message) == ("saturated", message)
    assert where(found, remark) == "f"
    assert remark.span is not None


def test_a_relu_that_is_off_says_so() -> None:
    found = trace("h = relu(x); f = h y; x = -1.2; y = 3")
    [remark] = found.remarks
    assert remark.code == "off"
    assert remark.message == (
        "This ReLU is off: its input is −1.20, so its local gradient is 0 and nothing flows back."
    )
    assert where(found, remark) == "h"


@pytest.mark.parametrize(
    "source",
    [
        "f = sigmoid(x) + tanh(y); x = 3; y = 1",
        "f = relu(x); x = 0.1",
        "f = relu(x); x = 0",
        "f = leaky_relu(x); x = -5",
        "f = softplus(x) + exp(x); x = -30",
        "f = floor(x) + sign(x) + cos(0 x); x = 1.5",
        "f = x^2; x = 0",
        "g = sigmoid(y); f = x; x = 1; y = 100",
        "const c = 50; f = x sigmoid(c); x = 1",
        "f = sigmoid(log(x)); x = -1",
        "f = sigmoid(1 / x); x = 0",
    ],
)
def test_a_gate_that_is_well_or_of_no_account_says_nothing(source: str) -> None:
    assert remarks(source) == remarks(source, ("*",)) == []


def test_at_a_kink_the_convention_speaks_and_not_this() -> None:
    assert trace("f = relu(x); x = 0", conventions=Conventions(relu_at_zero=0.0)).remarks == []


@pytest.mark.parametrize("expand", [(), ("*",)])
def test_a_gradient_that_vanishes_along_many_gates_is_told_at_its_leaf(expand: tuple[str, ...]) -> None:
    source = "f = " + "sigmoid(" * 9 + "w" + ")" * 9 + "; w = 1"
    found = trace(source, expand=expand)
    [remark] = found.remarks
    assert remark.code == "vanishing"
    assert where(found, remark) == "w"
    assert remark.message == (
        "The gradient vanishes on its way here: 1.00 at the output, 1.2·10⁻⁶ here. "
        "Of 9 gates on the strongest path the smallest factor is 0.1966, at s0."
    )


def test_a_gradient_that_explodes_along_many_gates_is_told_at_its_leaf() -> None:
    [remark] = remarks("f = " + " * ".join(["w"] * 40) + "; w = 2")
    assert remark.code == "exploding"
    assert remark.message == (
        "The gradient explodes on its way here: 1.00 at the output, 2.2·10¹³ here. "
        "Of 39 gates on the strongest path the largest factor is 2.0000, at s0."
    )


@pytest.mark.parametrize(
    "source",
    [
        "f = 1e-6 x; x = 1",
        "f = 1e9 x + 1e9 y; x = 1; y = 2",
        "f = (x - 1)^2 + (0.5 (0.5 (0.5 x - 0.5)))^2; x = 1.000000001",
        "f = 0 x; x = 1",
    ],
)
def test_units_and_minima_are_no_vanishing_gradients(source: str) -> None:
    assert remarks(source) == []


def test_the_seed_is_the_measure() -> None:
    source = "f = " + "sigmoid(" * 9 + "w" + ")" * 9 + "; w = 1"
    assert [remark.code for remark in remarks(source, seed=1e-6)] == ["vanishing"]
    assert remarks(source, seed=0.0) == []
    assert remarks("f = 3 x; x = 1", seed=1e9) == []


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_lessons_have_remarks_only_where_their_point_lies(lesson: Lesson) -> None:
    found = trace(lesson.program, output=lesson.output)
    opened = trace(lesson.program, output=lesson.output, expand=["*"])
    assert [remark.message for remark in found.remarks] == [remark.message for remark in opened.remarks]
    assert bool(found.remarks) == (lesson.slug in WITH_REMARKS)


def test_there_are_never_more_than_a_hundred() -> None:
    source = "f = " + " + ".join(f"relu(x{i})" for i in range(300))
    found = trace(source, values={f"x{i}": -1.0 for i in range(300)})
    assert len(found.remarks) == 100
