"""The lesson that the page opens with. The build reads its program from the same file (tools/start-program.mjs)."""

from __future__ import annotations

from app.lessons.load import lessons
from app.lessons.records import Lesson

START_LESSON = "sigmoid-neuron"


def lesson_of(slug: str) -> Lesson | None:
    """The lesson with this slug, or None."""
    return next((lesson for lesson in lessons() if lesson.slug == slug), None)


def start_lesson() -> Lesson:
    """The lesson of the page at `/`."""
    found = lesson_of(START_LESSON)
    assert found is not None
    return found
