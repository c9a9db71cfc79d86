"""Reads the lesson files beside this module, once, and refuses a file with a mistake by name and field."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_args

import numpy as np

from app.lessons.records import Expected, Figure, Kind, Lesson, Quantity, Section, Source, Step, Value

Text = TypeVar("Text", bound=str)

SUMMARY_LIMIT = 36  # characters: what a card of 240 px shows on one line
SECTIONS: tuple[Section, ...] = get_args(Section)
KINDS: tuple[Kind, ...] = get_args(Kind)
_TABLES: dict[str, Quantity] = {"values": "value", "gradients": "gradient", "updated": "updated"}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PRINTED = re.compile(r"-?\d+(\.\d+)?")


class LessonError(Exception):
    """A lesson file that breaks the format. The message names the file, the field and what is wrong with it."""


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every lesson, section by section, in the order of the gallery.

    Raises LessonError where a file is malformed, two share a slug, or two claim one place in the order.
    """
    folder = files(__package__)
    found = [
        read_lesson(entry.name, entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    found.sort(key=lambda lesson: (SECTIONS.index(lesson.section), lesson.order))
    _refuse_twins((lesson.slug for lesson in found), "slug")
    _refuse_twins((f"{lesson.section}, {lesson.order}" for lesson in found), "place in the order")
    return tuple(found)


def scalar_lessons() -> tuple[Lesson, ...]:
    """Those whose every node is one number."""
    return tuple(lesson for lesson in lessons() if lesson.kind != "tensors")


def read_lesson(name: str, text: str) -> Lesson:
    """The lesson in `text`, the content of the file called `name`. Raises LessonError."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"{name}: {error}") from error
    fields = _Fields(name, "", document)
    lesson = Lesson(
        slug=fields.text("slug"),
        title=fields.text("title"),
        formula=fields.optional_text("formula"),
        summary=fields.text("summary"),
        section=fields.choice("section", SECTIONS),
        kind=fields.choice("kind", KINDS),
        order=fields.whole("order"),
        source=_source(fields.table("source")),
        program=fields.text("program").strip("\n"),
        output=fields.optional_text("output"),
        note=fields.optional_text("note"),
        step=_step(fields.table("step")) if "step" in document else None,
        expected=_expected(fields.table("expected")),
        printed=_printed(fields.table("printed")) if "printed" in document else (),
    )
    fields.refuse_others()
    _check(name, lesson)
    return lesson


def _check(name: str, lesson: Lesson) -> None:
    """What one field alone cannot show."""
    if not _SLUG.fullmatch(lesson.slug) or f"{lesson.slug}.toml" != name:
        raise LessonError(f"{name}: slug must be lower-case words joined by '-', and the file's name.")
    if len(lesson.summary) > SUMMARY_LIMIT:
        raise LessonError(f"{name}: summary has {len(lesson.summary)} characters, the limit is {SUMMARY_LIMIT}.")
    if (lesson.step is None) != (not lesson.expected.updated):
        raise LessonError(f"{name}: a step needs [expected.updated], and the other way round.")
    if lesson.step is not None and lesson.kind == "tensors":
        raise LessonError(f"{name}: a lesson with tensors takes no step.")
    tables = {
        "value": lesson.expected.values,
        "gradient": lesson.expected.gradients,
        "updated": lesson.expected.updated,
    }
    for figure in lesson.printed:
        if not isinstance(tables[figure.quantity].get(figure.name), float):
            raise LessonError(f"{name}: the printed {figure.quantity} of {figure.name} has no expected number.")


def _source(fields: _Fields) -> Source:
    year = fields.whole("year") if "year" in fields.table_data else None
    source = Source(fields.text("title"), fields.text("author"), fields.text("place"), year)
    fields.refuse_others()
    return source


def _step(fields: _Fields) -> Step:
    step = Step(fields.number("learning_rate"), fields.names("parameters"))
    fields.refuse_others()
    return step


def _expected(fields: _Fields) -> Expected:
    expected = Expected(*(fields.table(table).numbers() if table in fields.table_data else {} for table in _TABLES))
    fields.refuse_others()
    if not expected.values or not expected.gradients:
        raise LessonError(f"{fields.file}: expected.values and expected.gradients must not be empty.")
    return expected


def _printed(fields: _Fields) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for table, quantity in _TABLES.items():
        if table not in fields.table_data:
            continue
        rows = fields.table(table)
        for name in rows.table_data:
            printed = rows.text(name)
            if not _PRINTED.fullmatch(printed):
                raise LessonError(f"{fields.file}: printed.{table}.{name} is not a decimal number in quotes.")
            figures.append(Figure(name, quantity, printed))
    fields.refuse_others()
    return tuple(figures)


def _array(rows: list[Any]) -> Value:
    """Nested lists as an array. Raises ValueError where they are ragged, empty, or hold anything but finite numbers."""
    found = np.array(rows, dtype=object)
    if not found.size or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in found.flat):
        raise ValueError
    numbers = found.astype(np.float64)
    if not np.all(np.isfinite(numbers)):
        raise ValueError
    return numbers


def _refuse_twins(keys: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise LessonError(f"Two lessons have the same {what}: {key}.")
        seen.add(key)


class _Fields:
    """One TOML table, read field by field; what was never asked for is refused at the end: a typo is not ignored."""

    def __init__(self, file: str, path: str, table_data: Mapping[str, Any]) -> None:
        self.file = file
        self.path = path
        self.table_data = table_data
        self.asked: set[str] = set()

    def text(self, key: str) -> str:
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "a text that is not empty")
        return value

    def optional_text(self, key: str) -> str | None:
        self.asked.add(key)
        return self.text(key) if key in self.table_data else None

    def choice(self, key: str, choices: tuple[Text, ...]) -> Text:
        value = self._get(key)
        for choice in choices:
            if value == choice:
                return choice
        raise self._wrong(key, "one of " + ", ".join(choices))

    def whole(self, key: str) -> int:
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, "a whole number")
        return value

    def number(self, key: str) -> float:
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self._wrong(key, "a finite number")
        return float(value)

    def numbers(self) -> dict[str, Value]:
        return {key: self._number_or_list(key) for key in self.table_data}

    def _number_or_list(self, key: str) -> Value:
        value = self._get(key)
        if not isinstance(value, list):
            return self.number(key)
        try:
            return _array(value)
        except ValueError:
            raise self._wrong(key, "a finite number, or lists of them in rows of one length") from None

    def names(self, key: str) -> tuple[str, ...]:
        self.asked.add(key)
        value = self.table_data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise self._wrong(key, "a list of names")
        return tuple(value)

    def table(self, key: str) -> _Fields:
        value = self._get(key)
        if not isinstance(value, dict):
            raise self._wrong(key, "a table")
        return _Fields(self.file, self._full(key) + ".", value)

    def refuse_others(self) -> None:
        for key in self.table_data:
            if key not in self.asked:
                raise LessonError(f"{self.file}: there is no field {self._full(key)}.")

    def _get(self, key: str) -> Any:
        self.asked.add(key)
        if key not in self.table_data:
            raise LessonError(f"{self.file}: {self._full(key)} is missing.")
        return self.table_data[key]

    def _wrong(self, key: str, wanted: str) -> LessonError:
        return LessonError(f"{self.file}: {self._full(key)} must be {wanted}.")

    def _full(self, key: str) -> str:
        return self.path + key
