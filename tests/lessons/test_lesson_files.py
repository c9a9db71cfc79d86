"""The lesson files are complete, well formed and short enough for their cards; a broken one is refused by name."""

from __future__ import annotations

from importlib.resources import files

import pytest

from app.lessons import Lesson, LessonError, lessons, outline, read_lesson, scalar_lessons, verdict

LECTURE_CASES = {
    "sum-times-z": "case 1",
    "sigmoid-neuron": "case 2",
    "classic-circuit": "case 3",
    "network-2-2-1": "case 5",
    "network-3-2-2": "case 6",
    "four-pixel-neuron": "case 9, a neuron",
    "four-pixel-error": "case 9, the total error",
    "network-2-3-2-1": "case 10",
    "gate-patterns": "case 11",
    "two-layer-network": "case 12",
    "logistic-loss": "case 14",
    "logistic-regression": "case 14, several examples",
    "deep-network": "case 14, three layers",
    "convolution": "case 14, the convolution",
}
SECTIONS = ["From the lecture", "From courses and books", "From manuals of software"]


def by_slug() -> dict[str, Lesson]:
    return {lesson.slug: lesson for lesson in lessons()}


def text_of(slug: str) -> str:
    return files("app.lessons").joinpath(f"{slug}.toml").read_text(encoding="utf-8")


def test_every_lesson_file_is_read() -> None:
    names = {entry.name for entry in files("app.lessons").iterdir() if entry.name.endswith(".toml")}
    assert {f"{lesson.slug}.toml" for lesson in lessons()} == names


def test_the_lectures_cases_are_there() -> None:
    assert LECTURE_CASES.keys() <= {lesson.slug for lesson in lessons() if lesson.section == "From the lecture"}


def test_at_least_twenty_lessons_come_from_courses_and_books() -> None:
    assert sum(lesson.section == "From courses and books" for lesson in lessons()) >= 20


def test_the_gallery_starts_with_the_smallest_example_and_keeps_sections_together() -> None:
    sections = [lesson.section for lesson in lessons()]
    assert lessons()[0].slug == "sum-times-z"
    assert sections == sorted(sections, key=SECTIONS.index)


def test_slugs_and_titles_are_unique() -> None:
    assert len({lesson.slug for lesson in lessons()}) == len(lessons())
    assert len({lesson.title for lesson in lessons()}) == len(lessons())


def test_the_3_2_2_network_shows_both_outputs_and_the_error() -> None:
    assert {"y1", "y2", "E"} <= by_slug()["network-3-2-2"].expected.values.keys()


def test_tensors_are_the_lessons_whose_nodes_are_more_than_numbers() -> None:
    for lesson in lessons():
        tensors = any(node.shape for node in outline(lesson).nodes)
        assert tensors == (lesson.kind == "tensors") == (lesson not in scalar_lessons()), lesson.slug


def test_a_source_that_is_wrong_somewhere_has_a_note_that_says_why() -> None:
    wrong = [lesson for lesson in lessons() if verdict(lesson).kind == "wrong"]
    assert {"network-3-2-2", "frog-score", "softmax-loss"} == {lesson.slug for lesson in wrong}
    assert all(lesson.note for lesson in wrong)
    assert "one of two paths" in (by_slug()["network-3-2-2"].note or "")


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_summary_is_one_line_of_a_card(lesson: Lesson) -> None:
    assert len(lesson.summary) <= 36
    assert lesson.summary.endswith(".")
    assert lesson.summary[0] == lesson.summary[0].upper()


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_title_that_holds_a_formula_can_be_typeset(lesson: Lesson) -> None:
    looks_like_one = any(sign in lesson.title for sign in "+·²³⁴₁(")
    assert looks_like_one == (lesson.formula is not None)


BREAKS = [
    ('title = "(x + y) z"', "", "title is missing"),
    ('title = "(x + y) z"', "title = 3", "title must be a text"),
    ('title = "(x + y) z"', 'title = "(x + y) z"\ntitel = "again"', "no field titel"),
    ('kind = "gates"', 'kind = "gate"', "kind must be one of gates"),
    ("order = 1", 'order = "1"', "order must be a whole number"),
    ("order = 1", "order = true", "order must be a whole number"),
    ("Three numbers, two gates.", "x" * 37, "summary has 37 characters"),
    ('slug = "sum-times-z"', 'slug = "Sum times z"', "slug must be lower-case"),
    ("[source]", "[source", "sum-times-z.toml"),
    ('place = "Example I"', 'place = "Example I"\nyear = "2020"', "source.year must be a whole number"),
    ("q = 3.0", "q = nan", "expected.values.q must be a finite number"),
    ('f = "-12"', 'f = "minus 12"', "printed.values.f is not a decimal number"),
    ('f = "-12"', "f = -12", "printed.values.f must be a text"),
    ('f = "-12"', 'g = "-12"', "value of g has no expected number"),
    ("[source]", "[step]\nlearning_rate = 0.1\n[source]", "a step needs"),
    ("q = 3.0", "q = [[1.0], [2.0, 3.0]]", "expected.values.q must be a finite number, or lists"),
    ("q = 3.0", "q = []", "expected.values.q must be a finite number, or lists"),
    ("q = 3.0", "q = [1.0, true]", "expected.values.q must be a finite number, or lists"),
    ("q = 3.0", "q = [1.0, nan]", "expected.values.q must be a finite number, or lists"),
]


@pytest.mark.parametrize(("old", "new", "said"), BREAKS)
def test_a_broken_file_is_refused_with_its_name_and_the_field(old: str, new: str, said: str) -> None:
    text = text_of("sum-times-z")
    assert old in text
    with pytest.raises(LessonError, match=r"^sum-times-z\.toml: ") as refused:
        read_lesson("sum-times-z.toml", text.replace(old, new, 1))
    assert said in str(refused.value)
