"""A student sees a network as on the board: cards of weights over their gates, legible cells, large ones enlarged."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from app.lessons.load import lessons
from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import inspector_of, wait_for_graph
from tests.browser.test_tensors import open_network

CLASSIFIER = """z = W2 @ relu(W1 @ x + b1) + b2
E = cross_entropy(z, t)
W1 = xavier(128, 784, seed=1); b1 = zeros(128); W2 = xavier(10, 128, seed=2); b2 = zeros(10)
x = uniform(784, seed=3); t = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]"""
LEAST_NUMBER = 11.5


def box_of(locator: Locator) -> tuple[float, float, float, float]:
    """Left, top, right, bottom on the screen."""
    box = locator.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def height_of_numbers(page: Page) -> float:
    """Size of the smallest number in a cell, px on the screen."""
    return float(
        page.evaluate(
            "Math.min(...[...document.querySelectorAll('#graph .cell-text')].map((text) =>"
            " parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"
        )
    )


def test_weights_hang_over_their_gates_and_the_target_below(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_network(page)
    page.get_by_role("button", name="Matrix product gate s0").click()
    expect(inspector_of(page)).to_contain_text("outer product")
    graph = page.locator("#graph")
    gate = box_of(page.get_by_role("button", name="Matrix product gate s0").locator(".shape"))
    weights = box_of(graph.get_by_role("button", name="Parameter W1").locator(".shape"))
    assert weights[3] < gate[1]
    assert weights[0] < (gate[0] + gate[2]) / 2 < weights[2]
    assert box_of(graph.get_by_role("button", name="Input t").locator(".shape"))[1] > gate[3]
    stage = box_of(page.locator("#stage"))
    expect(page.locator("#inspector")).to_be_visible()
    panel = box_of(page.locator("#inspector"))
    for shape in graph.locator(".node .shape").all():
        left, top, right, bottom = box_of(shape)
        assert stage[0] <= left
        assert right <= panel[0]
        assert stage[1] <= top
        assert bottom <= stage[3]
    assert height_of_numbers(page) >= LEAST_NUMBER


@pytest.mark.parametrize("slug", [lesson.slug for lesson in lessons() if lesson.kind == "tensors"])
def test_every_lesson_has_legible_cells_that_lie_on_nothing(page: Page, slug: str) -> None:
    page.goto(f"/?example={slug}")
    expect(page.locator("#graph .cells .cell-text").first).to_be_visible()
    assert height_of_numbers(page) >= LEAST_NUMBER
    overlapping = page.evaluate(
        """() => {
          const drawn = '#graph .value-cells, #graph .gradient-cells, #graph .node:not(:has(rect.shape)) .shape';
          const boxes = [...document.querySelectorAll(drawn)].map((one) => one.getBoundingClientRect());
          const beside = (one, other) => one.left < other.right - 1 && other.left < one.right - 1;
          const among = (one, other) => one.top < other.bottom - 1 && other.top < one.bottom - 1;
          return boxes.some((one, i) => boxes.slice(i + 1).some((other) => beside(one, other) && among(one, other)));
        }"""
    )
    assert not overlapping


def test_the_cell_under_the_pointer_is_read_out_and_what_it_is_made_of_is_framed(page: Page) -> None:
    open_network(page)
    label = page.locator("#graph .label", has=page.locator(".card-name", has_text="W1"))
    cells = box_of(label.locator(".gradient-cells"))
    page.mouse.move(cells[2] - 20, cells[3] - 6)
    expect(page.get_by_role("tooltip")).to_contain_text("W1[3, 2]")
    expect(page.get_by_role("tooltip")).to_contain_text("0.079")
    expect(page.locator("#graph .cell-frames")).to_have_count(3)
    page.mouse.move(cells[0], cells[3] + 400)
    expect(page.locator("#graph .cell-frames")).to_have_count(0)


def test_a_tensor_of_100_352_entries_is_a_summary_that_is_enlarged_by_keyboard(page: Page) -> None:
    page.goto("/#" + urlencode({"program": CLASSIFIER, "v": 1}))
    wait_for_graph(page, "E")
    weights = page.locator("#graph").get_by_role("button", name="Parameter W1")
    expect(page.locator("#graph .summary-text").first).to_be_visible()
    weights.focus()
    page.keyboard.press("Enter")
    enlarge = inspector_of(page).get_by_role("button", name="Enlarge the value")
    enlarge.focus()
    page.keyboard.press("Enter")
    view = page.get_by_role("region", name="W1 enlarged")
    expect(view).to_contain_text("W1[0, 0] is")
    expect(view.get_by_role("group")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(view.get_by_role("status")).to_contain_text("W1[1, 783] is")
    page.keyboard.press("+")
    page.keyboard.press("Escape")
    expect(view).to_have_count(0)
    expect(enlarge).to_be_focused()


def test_an_enlarged_tensor_goes_with_its_program(page: Page) -> None:
    page.goto("/#" + urlencode({"program": "f = sum(W @ x); W = ones(20, 15); x = ones(15)", "v": 1}))
    wait_for_graph(page)
    page.locator("#graph").get_by_role("button", name="Parameter W").click()
    inspector_of(page).get_by_role("button", name="Enlarge the gradient").click()
    view = page.get_by_role("region", name="W enlarged")
    expect(view.get_by_role("button", name="Gradient")).to_have_attribute("aria-pressed", "true")
    expect(view).to_contain_text("W[0, 0] is 1.0000, gradient 1.0000")
    page.goto("/#" + urlencode({"program": "f = sum(W @ x); W = ones(20, 14); x = ones(14)", "v": 1}))
    expect(view).to_have_count(0)


def test_a_phone_shows_cells_at_full_size_and_pans(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_network(page)
    expect(page.locator("#graph .cells .cell-text").first).to_be_visible()
    assert height_of_numbers(page) >= LEAST_NUMBER
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
