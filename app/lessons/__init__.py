"""Example programs with their sources, their exact numbers, and a verdict on every number that a source prints."""

from app.lessons.load import LessonError, lessons, read_lesson, scalar_lessons
from app.lessons.outline import Outline, OutlineNode, outline
from app.lessons.records import Expected, Figure, JudgedFigure, Lesson, Source, Step, Verdict
from app.lessons.verdict import judge, judge_figure, measure, verdict

__all__ = [
    "Expected",
    "Figure",
    "JudgedFigure",
    "Lesson",
    "LessonError",
    "Outline",
    "OutlineNode",
    "Source",
    "Step",
    "Verdict",
    "judge",
    "judge_figure",
    "lessons",
    "measure",
    "outline",
    "read_lesson",
    "scalar_lessons",
    "verdict",
]
