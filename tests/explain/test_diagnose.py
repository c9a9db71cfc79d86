"""The wrong-answer detective on the lecture's numbers, and on slips that the tests make."""

import random

import pytest

from app.engine.trace import trace
from app.explain.detective.diagnose import Detective, Diagnosis
from app.explain.detective.printed import read_printed
from app.explain.detective.slips.record import Quantity
from app.explain.detective.truth import Step
from app.lessons import Lesson, judge_figure, scalar_lessons
from app.lessons.verdict import step_of

LESSONS = {lesson.slug: lesson for lesson in scalar_lessons()}
RIGHT = ("exact", "rounded", "truncated")


def detective(lesson: Lesson) -> Detective:
    found = trace(lesson.program, output=lesson.output)
    return Detective(found, step_of(lesson, found))


def diagnose(
    source: str, name: str, text: str, quantity: Quantity = "gradient", rate: float | None = None
) -> Diagnosis:
    found = trace(source)
    step = None if rate is None else Step(rate)
    return Detective(found, step).diagnose(found.program.names[name], quantity, read_printed(text))


def kinds(found: Diagnosis) -> list[str]:
    return [match.slip.kind for match in found.matches]


@pytest.mark.parametrize(
    "lesson", [lesson for lesson in scalar_lessons() if lesson.printed], ids=lambda lesson: lesson.slug
)
def test_every_printed_figure_has_the_verdict_of_its_card(lesson: Lesson) -> None:
    detective_of_it = detective(lesson)
    trace_of_it = detective_of_it.trace
    nodes = {trace_of_it.graph.labels[node]: node for node in range(len(trace_of_it.values))}
    words = {"wrong": "wrong", "exact": "matches", "rounded": "matches"}
    for figure in lesson.printed:
        found = detective_of_it.diagnose(nodes[figure.name], figure.quantity, read_printed(figure.printed))
        assert words.get(found.verdict, "rounded") == judge_figure(figure.printed, found.exact), figure


def test_nine_figures_of_the_first_network_lost_their_last_digit() -> None:
    first = detective(LESSONS["network-2-2-1"])
    names = first.trace.program.names
    verdicts = {
        (figure.quantity, figure.name): first.diagnose(
            names[figure.name], figure.quantity, read_printed(figure.printed)
        ).verdict
        for figure in LESSONS["network-2-2-1"].printed
    }
    assert len(verdicts) == 19
    assert {key for key, verdict in verdicts.items() if verdict == "truncated"} == {
        ("value", "h_a"), ("value", "h_b"), ("gradient", "w5"), ("updated", "w4"), ("updated", "w5"),
    }  # fmt: skip
    assert {key for key, verdict in verdicts.items() if verdict == "rounded-on-the-way"} == {
        ("value", "z_c"), ("value", "y"), ("gradient", "w6"), ("updated", "w6"),
    }  # fmt: skip
    assert "wrong" not in verdicts.values()


@pytest.mark.parametrize(
    ("quantity", "name"), [("value", "z_c"), ("value", "y"), ("gradient", "w6"), ("updated", "w6")]
)
def test_cutting_to_four_decimals_at_every_step_gives_what_the_lecture_prints(quantity: Quantity, name: str) -> None:
    lesson = LESSONS["network-2-2-1"]
    [text] = [each.printed for each in lesson.printed if (each.quantity, each.name) == (quantity, name)]
    found = detective(lesson)
    told = found.diagnose(found.trace.program.names[name], quantity, read_printed(text))
    assert "Cut to four decimals at every step" in [match.slip.title.text for match in told.matches]
    assert set(kinds(told)) == {"rounding"}
    assert told.headline.text == "Rounded on the way."


# Each is the path through y2 alone: how that gives the digits, and how many slips give them.
LECTURE = {
    "w1": ("0.0012", 0.0012667132, "truncated", 1), "w2": ("0.00005", 0.0000592482, "truncated", 1),
    "w3": ("0.0050", 0.0050668530, "truncated", 1), "w4": ("0.0002", 0.0002369928, "rounded", 2),
    "w5": ("0.0063", 0.0063335662, "rounded", 1), "w6": ("0.00029", 0.0002962411, "truncated", 1),
    "b1": ("0.0012", 0.0012667132, "truncated", 1), "b2": ("0.00005", 0.0000592482, "truncated", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", LECTURE)
def test_the_eight_wrong_gradients_of_the_lecture_dropped_a_path(name: str) -> None:
    text, value, manner, count = LECTURE[name]
    found = detective(LESSONS["network-3-2-2"])
    told = found.diagnose(found.trace.program.names[name], "gradient", read_printed(text))
    assert told.verdict == "wrong"
    assert len(told.matches) == count
    [match] = [match for match in told.matches if match.slip.kind == "path"]
    assert match.slip.title.text == "Path through y1 left out"
    assert match.slip.value == pytest.approx(value, rel=1e-6)
    assert match.manner == manner
    [kept], [left] = match.slip.kept, match.slip.left_out
    assert (kept.name.text, left.name.text) == ("through y2", "through y1")
    assert kept.value + left.value == pytest.approx(told.exact, rel=1e-12)
    assert told.caution is not None  # one or two digits


def test_the_panel_of_the_picture() -> None:
    found = detective(LESSONS["network-3-2-2"])
    told = found.diagnose(found.trace.program.names["w1"], "gradient", read_printed("0.0012"))
    assert told.headline.text == "One path is missing."
    assert told.says is not None
    assert told.says.text == "Your number is the path through y2 alone. The path through y1 was left out of the sum."
    assert told.says.rich.startswith("Your number is the path through $y_{2}$ alone.")
    assert told.digits == "0.001267 cut after four decimals is 0.0012; rounded it would be 0.0013."
    tried = {slip.title.text: slip.value for slip in told.tried}
    shown = {
        "Sign turned around": -0.0020, "Path through y2 left out": 0.0007, "σ′ left out at h_a": 0.1502,
        "1/2 left out of E": 0.0040, "x2 in place of x1": 0.0079,
    }  # fmt: skip
    for title, value in shown.items():
        assert tried[title] == pytest.approx(value, abs=0.00005), title


@pytest.mark.parametrize(
    ("source", "name", "text", "title"),
    [
        ("f = a*b; a = 3; b = 7", "a", "3", "a in place of b"),
        ("f = sigmoid(2x); x = 0.3", "x", "2", "σ′ left out at f"),
        ("z = 2x; s = sigmoid(z); f = 3s; x = 0.3", "x", "1.44", "σ′ with z in place of s"),
        ("f = -(a b); a = 3; b = 7", "a", "7.00", "Sign turned around"),
        ("f = a^2 - a b; a = 3; b = 7", "a", "13.0", "Minus at f forgotten"),
        ("E = 1/2 (t - y)^2; y = 0.25; t = 1", "y", "-1.5", "1/2 left out of E"),
        ("E = (t - y)^2; y = 0.25; t = 1", "y", "-0.75", "2 of the power left out at E"),
        ("E = (t - y)^2 + (u - y)^2; y = 0.25; t = 1; u = 3", "y", "-3.5", "2 of every power left out"),
        ("f = x^3; x = 2", "x", "24", "Power not lowered at f"),
        ("f = a/b; a = 3; b = 7", "b", "-0.428571", "Square of b left out"),
        ("f = a/b; a = 3; b = 7", "a", "7.0", "Multiplied by b in place of divided"),
        ("f = relu(x) + y; x = -2; y = 1", "x", "1.0", "Gradient let through at s0"),
        ("f = a b; a = 3; b = 7", "a", "21", "Value of f"),
        ("q = a b; f = q^2; a = 3; b = 7", "a", "42", "Upstream gradient alone"),
        ("f = x*x; x = 3", "x", "3.0", "Only one of the two uses of x in f"),
        ("f = (x + y) z; x = 1; y = 2; z = -4", "z", "-3", "Sign turned around"),
        ("f = sin(w x); w = 2; x = 0.4", "w", "0.301419", "sin′ taken at f in place of s0"),
    ],
)
def test_usual_slips_are_named(source: str, name: str, text: str, title: str) -> None:
    found = diagnose(source, name, text)
    assert title in [match.slip.title.text for match in found.matches], [s.title.text for s in found.tried]
    assert found.verdict == "wrong"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("h", "0.7500", "Sigmoid left out of h"),
        ("z", "1.0000", "b left out of z"),
        ("z", "1.2500", "Sign of b turned in z"),
        ("E", "0.1029", "1/2 left out of E"),
        ("h", "0.7311", "b left out of z"),
        ("E", "-0.0515", "Sign turned around"),
    ],
)
def test_slips_of_the_forward_pass_are_named(name: str, text: str, title: str) -> None:
    source = "z = w x + b; h = sigmoid(z); E = 1/2 (t - h)^2; x = 0.5; w = 2; b = -0.25; t = 1"
    found = diagnose(source, name, text, "value")
    assert title in [match.slip.title.text for match in found.matches], [s.title.text for s in found.tried]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1.9825", "Step the wrong way"), ("2.0350", "Learning rate left out"), ("2.000", "w before the step"),
        ("-0.0350", "Gradient of w"), ("-0.01748", "The step alone"), ("2.0802", "σ′ left out at h"),
    ],
)  # fmt: skip
def test_slips_of_a_step_are_named(text: str, title: str) -> None:
    source = "z = w x + b; h = sigmoid(z); E = 1/2 (t - h)^2; x = 0.5; w = 2; b = -0.25; t = 1"
    found = diagnose(source, "w", text, "updated", 0.5)
    assert title in [match.slip.title.text for match in found.matches], [s.title.text for s in found.tried]


def test_a_later_weight_that_was_updated_first() -> None:
    lesson = LESSONS["network-2-2-1"]
    found = detective(lesson)
    # dE/dw1 with the new w5, 0.2373669580, on the way back: -0.00507241 * 0.2373669580
    told = found.diagnose(found.trace.program.names["w1"], "gradient", read_printed("-0.00120402"))
    assert "New weights on the way back" in [match.slip.title.text for match in told.matches]


def test_no_match_says_so() -> None:
    found = diagnose("f = a*b; a = 3; b = 7", "a", "0.0031")
    assert (found.headline.text, found.verdict, found.matches) == ("No usual slip gives 0.0031.", "wrong", ())
    assert found.tried_count >= 5


def test_a_right_number_says_so() -> None:
    told = {
        text: diagnose("f = sigmoid(x); x = 1", "x", text).headline.text
        for text in ("0.1966", "0.19661", "0.196", "0.2", "0.1966119332414819")
    }
    assert told == {
        "0.1966": "That is right to four decimals.",
        "0.19661": "That is right to five decimals.",
        "0.196": "That is right, cut after three decimals.",
        "0.2": "That is right to one decimal.",
        "0.1966119332414819": "That is right.",
    }


def test_several_matches_are_all_listed_and_none_is_preferred() -> None:
    found = diagnose("f = a*b; a = 2; b = 7", "a", "2")
    assert len(found.matches) > 1
    assert found.headline.text.endswith("slips give 2.")
    assert found.digits is None
    assert found.caution is not None


def test_what_does_not_matter_says_so() -> None:
    found = diagnose("y = 2x; f = 3a; x = 1; a = 2", "x", "2.5")
    assert found.says is not None
    assert found.says.text == "f does not depend on x, so its gradient is 0."


@pytest.mark.parametrize("text", ["NaN", "inf", "0.5", "0", "1/3"])
def test_numbers_that_are_not_finite_are_results(text: str) -> None:
    source = "f = log(x) * y + sqrt(z); x = 0; y = 0; z = 0"
    for name in ("x", "y", "z"):
        diagnose(source, name, text)
        diagnose(source, name, text, "updated", 0.1)
    diagnose(source, "f", text, "value")


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_planted_slips_are_found_in_every_lesson(lesson: Lesson) -> None:
    """What a slip gives, printed with six digits, is explained by that slip."""
    found = detective(lesson)
    for node in list(found.trace.program.leaves)[:6]:
        exact = found.numbers.gradient(node)
        if found.trace.program.is_fixed(node):
            continue
        told = found.diagnose(node, "gradient", read_printed("123456.789"))
        for slip in told.tried[:12]:
            if slip.value == 0.0 or abs(slip.value - exact) < 1e-3 * abs(exact):
                continue  # nothing to print, or as near as rounding
            again = found.diagnose(node, "gradient", read_printed(f"{slip.value:#.6g}"))
            if again.verdict not in RIGHT:
                assert any(match.slip.value == slip.value or match.slip.kind == slip.kind for match in again.matches), (
                    slip
                )


def test_numbers_made_up_are_seldom_explained() -> None:
    """The rate of false alarms: random numbers of six digits near the true ones."""
    chance = random.Random(4)
    numbers = explained = 0
    for lesson in scalar_lessons():
        found = detective(lesson)
        for node in list(found.trace.program.leaves)[:4]:
            exact = found.numbers.gradient(node)
            if found.trace.program.is_fixed(node) or exact == 0.0:
                continue
            for _ in range(5):
                number = exact * 10 ** chance.uniform(-1, 1) * chance.choice((-1, 1))
                told = found.diagnose(node, "gradient", read_printed(f"{number:#.6g}"))
                numbers += 1
                explained += bool(told.matches)
    assert numbers > 500
    assert explained <= 0.01 * numbers, f"{explained} of {numbers}"
