"""Worked examples checked line by line."""

import pytest

from app.engine.trace import trace
from app.errors import UserError
from app.explain.detective.worked import Row, Worked, check_worked
from app.explain.detective.worked_lines import Unread
from app.lessons import Lesson, scalar_lessons
from app.lessons.verdict import step_of, verdict
from app.limits import Limits

LESSONS = {lesson.slug: lesson for lesson in scalar_lessons()}


def lines_of(lesson: Lesson) -> str:
    output = trace(lesson.program, output=lesson.output)
    name = output.graph.labels[output.output_nodes[0]]
    before = {"value": "", "gradient": f"d{name}/d", "updated": "new "}
    lines = [f"{before[figure.quantity]}{figure.name} = {figure.printed}" for figure in lesson.printed]
    return "\n".join([*lines, f"eta = {lesson.step.learning_rate}"] if lesson.step else lines)


def check(lesson: Lesson, text: str) -> Worked:
    found = trace(lesson.program, output=lesson.output)
    step = step_of(lesson, found)
    return check_worked(found, text, None, step.leaves if step else None)


def rows(worked: Worked) -> list[Row]:
    return [row for row in worked.rows if isinstance(row, Row)]


@pytest.mark.parametrize(
    "lesson", [lesson for lesson in scalar_lessons() if lesson.printed], ids=lambda lesson: lesson.slug
)
def test_the_numbers_of_every_source_have_the_verdict_of_its_card(lesson: Lesson) -> None:
    worked = check(lesson, lines_of(lesson))
    assert len(rows(worked)) == len(lesson.printed)
    wrong, rounded = (
        sum(worked.counts.get(name, 0) for name in names) for names in (("wrong",), ("truncated", "rounded-on-the-way"))
    )
    told = verdict(lesson)
    assert told.kind == ("wrong" if wrong else "rounded" if rounded else "matches")
    assert told.count == (wrong or rounded or len(lesson.printed))


def test_the_second_network_of_the_lecture() -> None:
    worked = check(LESSONS["network-3-2-2"], lines_of(LESSONS["network-3-2-2"]))
    wrong = {row.figure.name: row for row in rows(worked) if row.diagnosis.verdict == "wrong"}
    assert list(wrong) == ["w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2"]
    for row in wrong.values():
        assert "path" in [match.slip.kind for match in row.diagnosis.matches]


def test_a_number_that_follows_from_printed_numbers_says_so() -> None:
    follows = {
        row.figure.text: row.follows.text
        for row in rows(check(LESSONS["network-2-2-1"], lines_of(LESSONS["network-2-2-1"])))
        if row.follows
    }
    assert follows == {
        "z_c = 0.4708": "It follows from the printed h_a and h_b.",
        "y = 0.6155": "It follows from the printed z_c.",
        "new w6 = 0.6374": "It follows from the printed gradient.",
    }
    frog = {row.figure.name: row.follows for row in rows(check(LESSONS["frog-score"], lines_of(LESSONS["frog-score"])))}
    assert frog["L"] is not None
    assert frog["L"].text == "It follows from the printed m1 and m2."


FORMS = [
    "dE/dw5 = -0.0534", "dE/dw_5 = -0.0534", "∂E/∂w5 = −0.0534", "d E / d w5 = -0.0534", "grad_w5 = -0.0534",
    "grad w5 = -0.0534", "gradient of w5: -0.0534", "w5.grad = -0.0534", "dw5 = -0.0534", "∇w5 = -0.0534",
    r"\frac{\partial E}{\partial w_5} = -0.0534", r"$\dfrac{\partial E}{\partial w_{5}} &= -0.0534 \\$",
    "dE/dw5 = -0.3844 * 0.2365 * 0.5868 = -0.0534", "| dE/dw5 | -0.0534 |", "dE/dw5 -0.0534", "dE/dw5\t-5.34e-2",
    "  dE/dw5 ≈ -0.0534  # rounded", "dE/d(w5) = -0.0534",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_a_gradient_is_read_in_many_forms(text: str) -> None:
    [row] = rows(check(LESSONS["network-2-2-1"], text))
    assert (row.figure.quantity, row.diagnosis.verdict) == ("gradient", "rounded")


@pytest.mark.parametrize(
    "text",
    ["new w5 = 0.2374", "w5 new = 0.2374", "w5_new = 0.2374", "w5' = 0.2374", "updated w5: 0.2374", "w5⁺ = 0.2374",
     r"w_5^{\text{new}} = 0.2374", r"w_5^{new} = 0.2374"],
)  # fmt: skip
@pytest.mark.parametrize("rate", ["eta = 0.7", "η = 0.7", r"\eta = 0.7", "learning rate = 0.7", "lr: 0.7"])
def test_a_new_value_is_read_in_many_forms(text: str, rate: str) -> None:
    for order in (f"{rate}\n{text}", f"{text}; {rate}"):
        [row] = rows(check(LESSONS["network-2-2-1"], order))
        assert (row.figure.quantity, row.diagnosis.verdict) == ("updated", "rounded")


def test_derivatives_of_any_node_are_checked() -> None:
    [row, slip] = rows(check(LESSONS["network-2-2-1"], "dzc/dha = 0.2\ndy/dz_c = 0.2367"))
    assert row.diagnosis.verdict == "exact"
    assert slip.diagnosis.verdict == "rounded-on-the-way"


def test_a_name_of_the_program_wins_over_a_form() -> None:
    found = trace("dw1 = 3 x; f = dw1^2; x = 2")
    [row] = rows(check_worked(found, "dw1 = 6"))
    assert (row.figure.quantity, row.diagnosis.verdict) == ("value", "exact")


def test_a_line_that_cannot_be_read_stops_no_other() -> None:
    text = "z_a = 0.351\nfoo\nhh_a = 3\nz_b = 12x\nnew w1 = 0.1007\nE = 0.0739"
    worked = check(LESSONS["network-2-2-1"], text)
    unread = [row for row in worked.rows if isinstance(row, Unread)]
    assert [row.problem.message for row in unread] == [
        "`foo` gives no number.", "The program has no `hh_a`.", "`12x` is not a number.",
        "A new value needs a learning rate.",
    ]  # fmt: skip
    assert unread[1].problem.hint == "The nearest name is `h_a`."
    assert [(row.span.line, row.span.column) for row in unread] == [(2, 1), (3, 1), (4, 1), (5, 1)]
    assert [text[row.span.start : row.span.end] for row in unread] == [
        "foo",
        "hh_a = 3",
        "z_b = 12x",
        "new w1 = 0.1007",
    ]
    assert [row.diagnosis.verdict for row in rows(worked)] == ["exact", "rounded"]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing", ";;"])
def test_a_text_without_numbers_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no numbers to check"):
        check(LESSONS["network-2-2-1"], text)


def test_too_many_numbers_name_the_setting() -> None:
    with pytest.raises(UserError) as refused:
        check_worked(trace("f = 2x"), "x = 1\n" * 4, limits=Limits(max_figures=3))
    assert refused.value.kind == "limit"
    assert "CHAINRULE_MAX_FIGURES" in (refused.value.problems[0].hint or "")


def test_a_large_example_is_judged_without_reasons() -> None:
    worked = check_worked(trace("f = 2x; x = 3"), "x = 4\nf = 7\nf = 8", limits=Limits(max_gate_runs=350))
    told = [row.diagnosis.headline.text for row in rows(worked)]
    assert told[0] != told[2] == "That is not right."
