"""The first picture of the page: markup that the build has drawn, and the answer it shows.

`python -m app.api.start` writes what the build draws: operations, program and answer of every lesson, the cheat sheet.
"""

from __future__ import annotations

import json
import sys
from functools import cache, lru_cache
from pathlib import Path

from app.api.answers import write_answer
from app.api.tensor_answers import tensor_entry
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import trace
from app.lessons.load import lessons
from app.lessons.records import Lesson
from app.limits import DEFAULT_LIMITS

MOST_NODES = 60
"""Larger graphs are laid out in a worker of the page and would not stand on the stage as a whole."""

MOST_LISTED = 4096
"""Entries of a tensor that the page asks for (static/src/evaluation.ts)."""


def read_start(folder: Path, lesson: Lesson) -> dict[str, str] | None:
    """Markup of the page's regions by id, with slug and source of the lesson and the data for the page's script.

    None where the build has drawn nothing of it.
    """
    file = folder / f"{lesson.slug}.json"
    try:
        drawn = _markup(file, file.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None
    # Of tensors the build writes the answer as the page keeps it, so that the page has nothing to decode.
    data = _for_a_script(drawn["answer"]) if "answer" in drawn else _data(lesson)
    return {**drawn, "slug": lesson.slug, "source": lesson.program, "data": data}


@lru_cache(maxsize=64)
def _markup(file: Path, _changed: int) -> dict[str, str]:
    found = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError("a start picture is an object")
    return found


@cache
def answer_of(lesson: Lesson) -> str:
    """What the API answers to the page's question for this lesson, as JSON."""
    found = trace(lesson.program, expand=("*",))
    if isinstance(found, TensorTrace):
        return json.dumps(tensor_entry(found, DEFAULT_LIMITS, MOST_LISTED), ensure_ascii=False, allow_nan=False)
    return write_answer(found, DEFAULT_LIMITS).decode("utf-8")


@cache
def _data(lesson: Lesson) -> str:
    slug, program = json.dumps(lesson.slug), json.dumps(lesson.program)
    return _for_a_script(f'{{"slug":{slug},"program":{program},"answer":{answer_of(lesson)}}}')


def _for_a_script(text: str) -> str:
    """JSON for a script element: nothing in it can end the element."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _write_for_the_build() -> None:
    # Only here: the catalogue needs the web framework, and the pictures need nothing else of it.
    from app.api.catalogue import operations_json
    from app.api.cheatsheet import sheet_to_draw

    starts = [
        f'{{"slug":{json.dumps(one.slug)},"program":{json.dumps(one.program)},"answer":{answer_of(one)}}}'
        for one in lessons()
        if len(trace(one.program).values) <= MOST_NODES
    ]
    sheet = json.dumps(sheet_to_draw(), ensure_ascii=False, allow_nan=False)
    text = f'{{"operations":{operations_json().decode("utf-8")},"starts":[{",".join(starts)}],"sheet":{sheet}}}'
    sys.stdout.buffer.write(text.encode("utf-8"))


if __name__ == "__main__":
    _write_for_the_build()
