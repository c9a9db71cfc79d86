"""What a notebook shows of a trace: one line, a table, a picture; and honest words where there is none."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from app import trace
from app.engine.trace import Trace
from app.export import engine
from app.export.notebook import MOST_ROWS, with_subscripts
from app.lessons.load import scalar_lessons


def bundle(found: Trace, **asked: object) -> dict[str, str]:
    assert Trace._repr_mimebundle_ is not None
    return Trace._repr_mimebundle_(found, **asked)


class Cells(HTMLParser):
    """Texts of the table, row by row, and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def test_the_graph_of_the_lecture() -> None:
    found = bundle(trace("(x+y)*z", values={"x": -2, "y": 5, "z": -4}), include=None, exclude=None)
    assert found["text/plain"] == "<Trace of f = -12: 5 nodes; gradients x -4, y -4, z 3>"
    assert found["image/svg+xml"].startswith("<svg ")
    cells = Cells(found["text/html"])
    assert cells.rows == [
        ["node", "kind", "formula", "value", "gradient"],
        ["x", "input", "", "-2", "-4"],
        ["y", "input", "", "5", "-4"],
        ["s₀", "add", "x + y", "3", "-4"],
        ["z", "input", "", "-4", "3"],
        ["f", "mul", "s₀ * z", "-12", "1"],
    ]
    assert "svg" in cells.tags
    assert not {"script", "style", "foreignobject", "iframe", "img"} & cells.tags


def test_a_notebook_may_ask_for_some_forms_only() -> None:
    found = trace("x * y")
    assert set(bundle(found, include={"text/html"})) == {"text/html"}
    assert "image/svg+xml" not in bundle(found, exclude={"image/svg+xml"})


def test_without_a_picture_there_is_the_table_and_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_quickjs", lambda: None)
    monkeypatch.setattr(engine, "_node", lambda: None)
    found = bundle(trace("x * y"))
    assert set(found) == {"text/plain", "text/html"}
    assert "There is no picture of the graph here: there is no JavaScript engine" in found["text/html"]
    assert Cells(found["text/html"]).rows[3][:3] == ["f", "mul", "x * y"]


def test_a_drawing_that_fails_leaves_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise engine.DrawingError("The graph could not be laid out within 20 seconds.")

    monkeypatch.setattr("app.export.svg.draw_picture", fail)
    assert "the graph could not be laid out within 20 seconds" in bundle(trace("x"))["text/html"]


def test_long_tables_say_what_is_left_out() -> None:
    found = bundle(trace("+".join(f"x{i}" for i in range(500))))
    assert f"The first {MOST_ROWS} of 999 nodes." in found["text/html"]
    assert "a picture shows at most 400" in found["text/html"]


def test_remarks_are_told_and_escaped() -> None:
    html = bundle(trace("f = where(x < 1, log(y), 2); y = 0"))["text/html"]
    assert "`x` has no value, so it is 1." in html
    assert "&lt;" in html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("w0 * x1", "w₀ * x₁"),
        ("x_12", "x₁₂"),
        ("2 * x", "2 * x"),
        ("x^2", "x^2"),
        ("1e5", "1e5"),
        ("s10 + 10", "s₁₀ + 10"),
    ],
)  # fmt: skip
def test_indices(text: str, shown: str) -> None:
    assert with_subscripts(text) == shown


def test_the_one_line_is_short_for_every_program() -> None:
    for lesson in scalar_lessons():
        assert len(repr(trace(lesson.program))) < 200
    assert repr(trace("2 * 3")) == "<Trace of f = 6: 1 node>"
    assert repr(trace("x; x = 2")) == "<Trace of x = 2: 1 node; gradients x 1>"
    assert repr(trace("const c = 2\nf = c x")).endswith("gradients c –, x 2>")
    assert "and 4 more>" in repr(trace("a+b+c+d+g+h+i+j+k+l"))
    assert repr(trace("log(x); x = 0")).startswith("<Trace of f = -inf")


def test_tensors_have_a_picture_and_a_table_that_fits() -> None:
    source = "y = sigmoid(W @ x); f = sum(y, axis=0) + sum(reshape(V, 4)); W = [[1, 2]]; x = [3, 4]; V = ones(2, 2)"
    found = bundle(trace(source))
    assert found["image/svg+xml"].startswith("<svg")
    assert "1×2" in found["text/html"]
    rows = [text for row in Cells(found["text/html"]).rows for text in row]
    assert "[[1, 2]]" in rows
    assert "sum(y, axis=0)" in rows
    assert "reshape(V, 4)" in rows
    large = bundle(trace("f = sum(W @ x); W = normal(90, 80, seed=1); x = ones(80)"))
    assert "90 × 80, from" in large["text/html"]
    assert len(large["text/html"]) < 60_000
