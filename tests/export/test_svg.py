"""Graphs as SVG: valid, complete in themselves, escaped, with the numbers of the trace in their places."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app import built, draw_svg, trace
from app.export import engine
from app.export.svg import MOST_NODES, TooLargeError, sentence
from app.lessons.load import lessons
from app.lessons.records import Lesson

GOLDEN = Path(__file__).parent.parent / "golden" / "sum-times-z.svg"
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "rect", "g", "circle", "path", "text", "tspan"}
GREEN, RED, AMBER = "#08673a", "#b01e27", "#8a5300"


def parsed(picture: str) -> ElementTree.Element:
    """The picture as XML, which holds nothing that acts or loads."""
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not any(name.startswith("on") or "href" in name or name in ("class", "style") for name in element.attrib)
    assert not re.search(r"url\(|@import|<!|<\?", picture)
    assert not re.search(r"NaN[\",.-]|undefined|Infinity", re.sub(r">[^<]*<", "><", picture))
    return root


def texts(root: ElementTree.Element, colour: str) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text") if one.get("fill") == colour]


def test_the_graph_of_the_lecture() -> None:
    root = parsed(draw_svg(trace("(x+y)*z", values={"x": -2, "y": 5, "z": -4})))
    assert sorted(texts(root, GREEN)) == sorted(["−2.00", "5.00", "3.00", "−4.00", "−12.00"])
    assert sorted(texts(root, RED)) == sorted(["−4.00", "−4.00", "−4.00", "3.00", "1.00"])
    assert [one.text for one in root.iter(f"{SVG}title")] == ["Computation graph of f: 3 leaves, 2 gates"]
    names = [text for text in texts(root, "#14181f") if text]
    assert sorted(names) == ["f", "x", "y", "z"]


def rounded(picture: str) -> list[str]:
    """The picture element by element, places to the pixel: what a layout may move by without looking different."""
    return (
        re.sub(r"-?\d+\.\d+", lambda number: f"{float(number.group()):.0f}", picture).replace("><", ">\n<").splitlines()
    )


def test_its_drawing_is_the_golden_one() -> None:
    """After a wanted change write the file anew: `python tests/export/test_svg.py`; look at it before committing it."""
    drawn = draw_svg(trace("(x+y)*z", values={"x": -2, "y": 5, "z": -4}))
    assert rounded(drawn) == rounded(GOLDEN.read_text(encoding="utf-8").strip())


def test_a_value_stands_above_its_wire_and_a_gradient_below() -> None:
    root = parsed(draw_svg(trace("f = a * b; a = 3; b = 7")))
    places = {
        (colour, "".join(one.itertext())): float(one.get("y", "0"))
        for colour in (GREEN, RED)
        for one in root.iter(f"{SVG}text")
        if one.get("fill") == colour
    }
    assert places[GREEN, "3.00"] < places[RED, "7.00"] < places[GREEN, "7.00"] < places[RED, "3.00"]


def test_indices_are_signs_of_their_own() -> None:
    root = parsed(draw_svg(trace("f = w0 * x_12")))
    names = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert {"w₀", "x₁₂"} <= set(names)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_every_lesson_draws(lesson: Lesson) -> None:
    found = trace(lesson.program, output=lesson.output)
    root = parsed(draw_svg(found))
    # Literals fold into the gate that uses them; everything else has a shape of its own, and the output one more.
    shapes = len(list(root.iter(f"{SVG}circle"))) + len(list(root.iter(f"{SVG}rect")))
    assert shapes >= len([node for node in found.nodes if node.name is not None or node.op is not None])
    assert root.get("aria-label") == sentence(found)


def test_tensors_are_cells_with_their_shape_and_numbers_that_do_not_fit_are_tints_or_words() -> None:
    root = parsed(draw_svg(trace("f = sum(W @ x); W = [[0.25, -4], [1, 3]]; x = [2, -1]")))
    shown = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert {"2×2", "2", "0.25", "−4.00", "W"} <= set(shown)
    assert {"#2767b0", "#c9700f", "#eceef2"} <= {one.get("fill") for one in root.iter(f"{SVG}rect")}
    tinted = draw_svg(trace("f = sum(W @ x); W = normal(40, 30, seed=1); x = ones(30)"))
    assert len(list(parsed(tinted).iter(f"{SVG}path"))) < 120
    words = parsed(draw_svg(trace("f = sum(x); x = ones(5000)")))
    assert "1.00 to 1.00" in {"".join(one.itertext()) for one in words.iter(f"{SVG}text")}
    parsed(draw_svg(trace("f = sum(log(x)) + sum(softmax(x)); x = [0, 1]", expand=("*",))))


def test_open_groups_have_an_outline_with_their_title() -> None:
    root = parsed(draw_svg(trace("f = sigmoid(x)", expand=("sigmoid",))))
    assert any(one.get("stroke-dasharray") == "4 4" for one in root.iter(f"{SVG}rect"))
    assert "Sigmoid" in {"".join(one.itertext()) for one in root.iter(f"{SVG}text")}
    parsed(draw_svg(trace("neuron(w, x, b) = sigmoid(w x + b)\nf = neuron(w1, x1, b1)", expand=("*",))))


def test_what_is_not_finite_is_told_in_words_and_set_off() -> None:
    root = parsed(draw_svg(trace("f = log(x); x = 0")))
    assert texts(root, AMBER) == ["∞", "−∞"]
    parsed(draw_svg(trace("f = log(x); x = -1")))


def test_ties_defaults_repeats_and_constants_draw() -> None:
    for program in ("x * x", "max(x, x)", "f = 3", "x", "const c = 2\nf = c x", "a = x y\nb = x + y", "θ' + x''"):
        parsed(draw_svg(trace(program)))


def test_decimals() -> None:
    root = parsed(draw_svg(trace("f = x / 3; x = 1"), decimals=4))
    assert "0.3333" in texts(root, GREEN)


def test_a_graph_that_cannot_be_read_as_one_picture_is_refused() -> None:
    program = " + ".join(f"x{i}" for i in range(MOST_NODES))
    with pytest.raises(TooLargeError, match="a picture shows at most 400"):
        draw_svg(trace(program))


def test_both_engines_draw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = trace("f = sigmoid(w x + b) * max(x, y); x = 2")
    pictures = set()
    if engine._node() is not None:
        monkeypatch.setattr(engine, "_quickjs", lambda: None)
        pictures.add(draw_svg(found))
        monkeypatch.undo()
    if engine._quickjs() is not None:
        monkeypatch.setattr(engine, "_node", lambda: None)
        pictures.add(draw_svg(found))
    assert len(pictures) == 1


def test_without_an_engine_or_a_build_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "_quickjs", lambda: None)
    monkeypatch.setattr(engine, "_node", lambda: None)
    with pytest.raises(engine.NoEngineError, match=r"pip install 'chainrule\[notebook\]'"):
        draw_svg(trace("x"))
    monkeypatch.setattr(engine, "_node", lambda: "node")
    monkeypatch.setattr(built, "DIST", tmp_path)
    monkeypatch.setattr(built, "read_manifest", lambda: None)
    with pytest.raises(engine.NoEngineError, match="make run"):
        draw_svg(trace("x"))


def test_importing_the_library_loads_no_web_framework() -> None:
    program = (
        "import sys, app; app.trace('x')._repr_mimebundle_();"
        "print(*{'fastapi', 'pydantic', 'starlette', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == ""


if __name__ == "__main__":
    GOLDEN.write_text(draw_svg(trace("(x+y)*z", values={"x": -2, "y": 5, "z": -4})) + "\n", encoding="utf-8")


def test_open_tensors_say_what_they_pass_on() -> None:
    drawn = draw_svg(trace("z = [1, 2]; f = sum(softmax(z) * [1, 3])", expand=("softmax",)))
    assert "passes on to z: 2" in drawn
