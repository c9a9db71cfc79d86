"""Each lesson, run by the engine, gives the numbers that another program computed, and its source is judged by them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from app import trace
from app.lessons import Lesson, Verdict, judge, judge_figure, lessons, measure, verdict
from app.lessons.records import Value

every_lesson = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)

# What interface.md promises for the two networks, and what we found in the others.
VERDICTS = {
    "sum-times-z": Verdict("matches", 6, 6),
    "sigmoid-neuron": Verdict("matches", 2, 2),
    "gate-patterns": Verdict("matches", 8, 8),
    "classic-circuit": Verdict("matches", 11, 11),
    "logistic-loss": Verdict("none", 0, 0),
    "network-2-2-1": Verdict("rounded", 9, 19),
    "network-3-2-2": Verdict("wrong", 8, 14),
    "four-pixel-neuron": Verdict("matches", 1, 1),
    "four-pixel-error": Verdict("matches", 5, 5),
    "network-2-3-2-1": Verdict("none", 0, 0),
    "two-paths": Verdict("matches", 7, 7),
    "one-gate-uphill": Verdict("matches", 6, 6),
    "three-steps-to-j": Verdict("matches", 8, 8),
    "speech-and-language": Verdict("matches", 8, 8),
    "apples-and-oranges": Verdict("matches", 6, 6),
    "micrograd-by-hand": Verdict("matches", 9, 9),
    "staged-computation": Verdict("none", 0, 0),
    "survey-example": Verdict("matches", 11, 11),
    "evaluating-derivatives": Verdict("rounded", 1, 6),
    "hands-on-appendix": Verdict("matches", 3, 3),
    "sine-of-a-square": Verdict("rounded", 1, 2),
    "logarithm-of-a-maximum": Verdict("matches", 2, 2),
    "chain-rule-of-two": Verdict("matches", 3, 3),
    "chain-rule-of-three": Verdict("matches", 7, 7),
    "twice-a-dot-product": Verdict("matches", 5, 5),
    "rosenbrock": Verdict("none", 0, 0),
    "himmelblau": Verdict("matches", 1, 1),
    "hinge-loss": Verdict("matches", 1, 1),
    "frog-score": Verdict("wrong", 3, 3),
    "softmax-loss": Verdict("wrong", 1, 5),
    "neuron-uphill": Verdict("rounded", 1, 1),
    "tanh-neuron": Verdict("matches", 8, 8),
    "sentiment-classifier": Verdict("matches", 3, 3),
    "one-step-of-sgd": Verdict("matches", 6, 6),
    "saturated-neuron": Verdict("matches", 1, 1),
    "cross-entropy-neuron": Verdict("matches", 1, 1),
    "vanishing-gradient": Verdict("none", 0, 0),
    "xor-network": Verdict("matches", 5, 5),
    "network-for-beginners": Verdict("rounded", 2, 2),
    "step-by-step": Verdict("rounded", 1, 9),
    "repeated-operand": Verdict("matches", 1, 1),
    "micrograd-readme": Verdict("matches", 3, 3),
    "polynomial": Verdict("matches", 1, 1),
    "tanh-from-exponentials": Verdict("matches", 1, 1),
    "mean-of-squares": Verdict("matches", 7, 7),
    "log-loss": Verdict("matches", 1, 1),
    "huber-loss": Verdict("matches", 1, 1),
    "two-layer-network": Verdict("none", 0, 0),
    "logistic-regression": Verdict("none", 0, 0),
    "deep-network": Verdict("none", 0, 0),
    "convolution": Verdict("none", 0, 0),
    "edge-detector": Verdict("none", 0, 0),
    "softmax-cross-entropy": Verdict("none", 0, 0),
    "cross-entropy-of-logits": Verdict("none", 0, 0),
    "loss-of-a-logit": Verdict("matches", 1, 1),
    "sum-of-sigmoids": Verdict("rounded", 2, 3),
}


def assert_agree(ours: Mapping[str, Any], expected: Mapping[str, Value]) -> None:
    for name, number in expected.items():
        assert np.shape(ours[name]) == np.shape(number), name
        np.testing.assert_allclose(ours[name], number, rtol=1e-9, atol=1e-12, err_msg=name)


@every_lesson
def test_values_gradients_and_step_are_the_expected_ones(lesson: Lesson) -> None:
    ours = measure(lesson)
    assert_agree(ours["value"], lesson.expected.values)
    assert_agree(ours["gradient"], lesson.expected.gradients)
    assert_agree(ours["updated"], lesson.expected.updated)


def plain(value: Any) -> Any:
    """As a request gives it: a number or nested lists."""
    return np.asarray(value).tolist()


@every_lesson
def test_gradients_of_leaves_agree_with_central_differences(lesson: Lesson) -> None:
    """A second witness: nudge each leaf and look at the output. The step loses half of the digits, hence 1e-5."""
    start = trace(lesson.program, output=lesson.output)
    position = next(i for i, node in enumerate(start.nodes) if node.id == start.output)
    for node, value in zip(start.nodes, start.values, strict=True):
        if node.kind not in ("input", "parameter"):
            continue
        gradient = np.asarray(lesson.expected.gradients[node.label])
        for place in np.ndindex(np.shape(value)):
            nudge = np.zeros(np.shape(value))
            nudge[place] = 1e-5 * max(1.0, abs(float(np.asarray(value)[place])))
            above, below = (
                trace(lesson.program, values={node.label: plain(value + side * nudge)}, output=lesson.output)
                for side in (1, -1)
            )
            slope = (above.values[position] - below.values[position]) / (2 * nudge[place])
            assert gradient[place] == pytest.approx(slope, rel=1e-5, abs=1e-7), node.label


@every_lesson
def test_program_reads_without_warnings_kinks_or_missing_values(lesson: Lesson) -> None:
    result = trace(lesson.program, output=lesson.output)
    assert [warning.message for warning in result.warnings] == []
    assert [kink.message for kink in result.kinks] == []
    assert list(result.defaulted) == []


@every_lesson
def test_verdict_is_the_known_one(lesson: Lesson) -> None:
    assert verdict(lesson) == VERDICTS[lesson.slug]


def test_every_verdict_belongs_to_a_lesson() -> None:
    assert VERDICTS.keys() == {lesson.slug for lesson in lessons()}


def test_the_2_2_1_networks_nine_rounded_figures_are_these() -> None:
    (lesson,) = (lesson for lesson in lessons() if lesson.slug == "network-2-2-1")
    rounded = [(figure.quantity, figure.name) for figure in judge(lesson) if figure.verdict == "rounded"]
    assert rounded == [
        *(("value", name) for name in ("h_a", "h_b", "z_c", "y")),
        *(("gradient", name) for name in ("w5", "w6")),
        *(("updated", name) for name in ("w4", "w5", "w6")),
    ]


def test_the_3_2_2_networks_eight_wrong_gradients_are_those_that_need_two_paths() -> None:
    (lesson,) = (lesson for lesson in lessons() if lesson.slug == "network-3-2-2")
    wrong = [(figure.quantity, figure.name) for figure in judge(lesson) if figure.verdict == "wrong"]
    assert wrong == [("gradient", name) for name in ("w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2")]
    assert not [figure for figure in judge(lesson) if figure.quantity == "gradient" and figure.verdict == "matches"]


@pytest.mark.parametrize(
    ("printed", "exact", "said"),
    [
        ("0.351", 0.35100000000000003, "matches"),
        ("2.1972245773362196", 2.1972245773362196, "matches"),
        ("-12", -12.0, "matches"),
        ("0.0", 0.0, "matches"),
        ("-0.00", 0.0, "matches"),
        ("0.5", 0.45, "matches"),
        ("0.5868", 0.58686, "rounded"),
        ("-0.0533", -0.05338, "rounded"),
        ("-0.0535", -0.05360, "rounded"),
        ("5.2989", 5.299826, "rounded"),
        ("0.001", 0.00199, "rounded"),
        ("0.0002", 0.0004, "wrong"),
        ("0.0012", 0.0019839, "wrong"),
        ("3", -3.0, "wrong"),
        ("1", 0.0, "wrong"),
    ],
)
def test_a_figure_is_judged_by_its_own_digits(printed: str, exact: float, said: str) -> None:
    assert judge_figure(printed, exact) == said
