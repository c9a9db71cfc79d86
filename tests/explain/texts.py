"""The worked solutions kept as golden files. `python -m tests.explain.texts` writes them anew; read the diff."""

from __future__ import annotations

from pathlib import Path

from app.engine.trace import trace
from app.explain.derivation import derive
from app.explain.markdown import derivation_markdown
from app.explain.records import Derivation
from app.lessons.load import scalar_lessons
from app.lessons.records import Lesson

GOLDEN = Path(__file__).parent.parent / "golden" / "derivation"
KEPT = (
    ("sum-times-z", None),
    ("sigmoid-neuron", None),
    ("network-2-2-1", None),
    ("network-2-2-1", "w1"),
    ("network-3-2-2", "w1"),
)
"""Lecture cases 1, 2, 5 and 6: slug of the lesson, and the leaf that is asked for."""


def lesson_of(slug: str) -> Lesson:
    """The lesson of this slug."""
    return next(lesson for lesson in scalar_lessons() if lesson.slug == slug)


def solve(lesson: Lesson, leaf: str | None = None) -> Derivation:
    """The worked solution of a lesson, with its update where it takes a step."""
    traced = trace(lesson.program, output=lesson.output)
    step = lesson.step
    return derive(
        traced, leaf, learning_rate=step.learning_rate if step else None, parameters=step.parameters if step else ()
    )


def path_of(slug: str, leaf: str | None) -> Path:
    """Where a golden text is kept."""
    return GOLDEN / f"{slug}{'-' + leaf if leaf else ''}.md"


def main() -> None:
    """Writes every golden text."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for slug, leaf in KEPT:
        path_of(slug, leaf).write_text(derivation_markdown(solve(lesson_of(slug), leaf)), encoding="utf-8")


if __name__ == "__main__":
    main()
