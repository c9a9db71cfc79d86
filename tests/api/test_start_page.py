"""The first response of the page: the graph with its numbers is in it, and data that cannot end its own element."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app import trace
from app.api import pages
from app.api.start import read_start
from app.lessons.records import Lesson
from app.lessons.start import lesson_of, start_lesson
from app.limits import Limits
from app.main import create_app
from app.numbers import format_number
from tests.api.client import Client

ROOT = Path(__file__).resolve().parents[2]
BUILT = (pages.DIST / "start").is_dir()

needs_build = pytest.mark.skipif(not BUILT, reason="the page has not been built: run `make frontend`")


@pytest.fixture
def client() -> Client:
    return Client(create_app(Limits()))


def picture(text: str) -> str:
    found = re.search(r'<svg class="graph start-graph".*?</svg>', text, re.DOTALL)
    assert found is not None
    return found[0]


def numbers(svg: str, kind: str) -> list[str]:
    """Texts of the numbers of a kind, sorted."""
    return sorted(re.findall(rf'<text class="number {kind}[^"]*"[^>]*>([^<]*)</text>', svg))


def start_data(text: str) -> dict[str, Any]:
    found = re.search(r'<script id="start-data" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


@needs_build
@pytest.mark.parametrize("path", ["/", "/?example=two-paths", "/?example=xor-network"])
def test_the_numbers_of_the_trace_are_in_the_first_response(client: Client, path: str) -> None:
    lesson = lesson_of(path.partition("=")[2]) or start_lesson()
    text = client.get(path).text
    svg = picture(text)
    found = trace(lesson.program)
    leaves = {name: format_number(value) for name, value in found.named_values().items()}
    gradients = [format_number(one) for one in found.leaf_gradients().values() if one is not None]
    for value in leaves.values():
        assert value in numbers(svg, "value")
    for gradient in gradients:
        assert gradient in numbers(svg, "gradient")
    assert 'role="img" aria-label="Computation graph of ' in svg
    for forbidden in (" style=", "<script", "<style", "tabindex", 'role="button"'):
        assert forbidden not in svg


@needs_build
def test_every_number_of_the_neuron_is_drawn(client: Client) -> None:
    svg = picture(client.get("/").text)
    found = trace(start_lesson().program)
    operations = [node for node in found.graph.nodes if node.kind != "constant"]
    index = {node.id: at for at, node in enumerate(found.graph.nodes)}
    values = sorted(format_number(found.values[index[node.id]]) for node in operations)
    gradients = sorted(format_number(found.gradients[index[node.id]] or 0.0) for node in operations)
    assert numbers(svg, "value") == values
    assert numbers(svg, "gradient") == gradients


@needs_build
def test_data_in_the_page_are_the_answer_of_the_api(client: Client) -> None:
    data = start_data(client.get("/").text)
    assert data["slug"] == start_lesson().slug
    assert data["program"] == start_lesson().program
    assert data["answer"] == client.evaluate(start_lesson().program, expand=["*"])


@needs_build
def test_without_scripts_a_sentence_says_what_is_missing_and_the_program_is_plain_text(client: Client) -> None:
    text = client.get("/").text
    assert f'<noscript><pre class="noscript-program">{start_lesson().program}</pre></noscript>' in text
    assert "Changing the graph needs JavaScript, which is switched off here." in text


@needs_build
def test_an_unknown_example_shows_the_first_program(client: Client) -> None:
    for slug in ("", "nothing", "../start", "%00", "a" * 5000):
        assert start_data(client.get(f"/?example={slug}").text)["slug"] == start_lesson().slug


def test_text_of_a_program_cannot_end_the_data(tmp_path: Path) -> None:
    hostile = Lesson(**{**_fields(start_lesson()), "program": "# </script><b>&\nf = x*y\nx = 1; y = 2"})
    (tmp_path / f"{hostile.slug}.json").write_text("{}")
    found = read_start(tmp_path, hostile)
    assert found is not None
    assert not set("<>&") & set(found["data"])
    assert json.loads(found["data"])["program"] == hostile.program


def test_a_page_without_pictures_has_none(tmp_path: Path) -> None:
    assert read_start(tmp_path, start_lesson()) is None
    for text in ("", "[]", "{"):
        (tmp_path / f"{start_lesson().slug}.json").write_text(text)
        assert read_start(tmp_path, start_lesson()) is None


def test_the_build_and_the_server_open_with_the_same_lesson() -> None:
    """The program has one source, the lesson's file; both sides name it."""
    named = re.search(r"START_LESSON = '([a-z-]+)'", (ROOT / "tools" / "start-program.mjs").read_text())
    assert named is not None
    assert named[1] == start_lesson().slug
    # The build takes the program out of the file with a pattern of its own.
    text = (ROOT / "app" / "lessons" / f"{named[1]}.toml").read_text(encoding="utf-8")
    program = re.search(r"^program = '''\n(.*?)\n'''$", text, re.DOTALL | re.MULTILINE)
    assert program is not None
    assert program[1] == start_lesson().program


def _fields(lesson: Lesson) -> dict[str, Any]:
    return {name: getattr(lesson, name) for name in lesson.__dataclass_fields__}
