"""The first seconds: the graph stands before any script runs, nothing moves when the page comes alive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.tasks import NEURON, expect_gate, wait_for_graph

SIZES: tuple[ViewportSize, ...] = (DESKTOP, {"width": 1024, "height": 768}, PHONE)

# Boxes of what is seen in the first picture, by what it is.
BOXES = """() => {
  const found = {};
  const add = (name, element) => {
    const box = element?.getBoundingClientRect();
    if (box && box.width > 0) found[name] = [box.x, box.y, box.width, box.height];
  };
  for (const node of document.querySelectorAll('.graph .node')) add(node.dataset.node, node.querySelector('.shape'));
  document.querySelectorAll('.graph .cell-text').forEach((text, i) => add(`cell ${i} ${text.textContent}`, text));
  document.querySelectorAll('.graph .number').forEach((text, i) => add(`number ${i} ${text.textContent}`, text));
  document.querySelectorAll('.graph .wire .line').forEach((line, i) => add(`wire ${i}`, line));
  const others = ['.program-field', '.program-status', '#formula', '#layers', '#top-left button', '#top-right',
    '.legend', '.hint', '.zoom', '.transport', '.timeline', '.transport-count', '.stage'];
  for (const name of others) add(name, document.querySelector(name));
  return found;
}"""
SHIFTS = """new PerformanceObserver((list) => {
  window.shifts = (window.shifts ?? 0) + list.getEntries().reduce((sum, entry) => sum + entry.value, 0);
}).observe({ type: 'layout-shift', buffered: true })"""


@pytest.fixture
def still_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = browser.new_context(base_url=address, viewport=DESKTOP, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_javascript_the_graph_and_its_numbers_are_there(still_page: Page) -> None:
    still_page.goto("/")
    graph = still_page.get_by_role("img", name="Computation graph of f")
    expect(graph).to_be_visible()
    for number in ("4.00", "0.73", "1.00", "−0.53"):
        expect(graph.get_by_text(number, exact=True).first).to_be_visible()
    expect(still_page.locator("#program textarea")).to_have_value(NEURON)


def test_without_javascript_cards_and_cells_are_there(still_page: Page) -> None:
    still_page.goto("/?example=two-layer-network")
    graph = still_page.get_by_role("img", name="Computation graph of E")
    for number in ("0.60", "−0.40", "−0.08", "0.71"):
        expect(graph.get_by_text(number, exact=True).first).to_be_visible()
    expect(graph.locator(".card-name", has_text="W1")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/?example=network-2-2-1", "/?example=two-layer-network"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_nothing_moves_when_the_page_comes_alive(visitor: Visitor, size: ViewportSize, path: str) -> None:
    page = visitor.open(size=size)
    page.add_init_script(SHIFTS)
    held: list[object] = []
    page.route(re.compile(r"/main-\w+\.js$"), lambda route: held.append(route))
    page.goto(path, wait_until="commit")
    expect(page.locator(".start-graph .node").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    before = page.evaluate(BOXES)
    for route in held:
        route.continue_()  # type: ignore[attr-defined]
    expect(page.get_by_role("group", name=re.compile("^Computation graph of "))).to_be_visible()
    expect(page.locator("#formula.start-formula")).to_have_count(0)
    after = page.evaluate(BOXES)
    assert len(before) > 40
    for name, box in before.items():
        assert after[name] == pytest.approx(box, abs=1), name
    assert page.evaluate("window.shifts ?? 0") < 0.005


def test_a_link_to_another_program_never_shows_the_neuron(visitor: Visitor) -> None:
    page = visitor.open()
    held: list[object] = []
    page.route(re.compile(r"/main-\w+\.js$"), lambda route: held.append(route))
    page.goto(f"/#program={quote('g = a*b; a = 3; b = 4')}&v=1", wait_until="commit")
    expect(page.locator(".start-graph")).to_have_count(1)
    expect(page.locator(".start-graph")).to_be_hidden()
    expect(page.locator("#program textarea")).to_be_hidden()
    for route in held:
        route.continue_()  # type: ignore[attr-defined]
    expect_gate(page, "g", value="12.00", gradient="1.00")


def test_the_page_is_alive_without_asking_for_the_answer(visitor: Visitor) -> None:
    page = visitor.open()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    wait_for_graph(page)
    expect_gate(page, "f", value="0.73", gradient="1.00")
    assert not any("/evaluate" in url for url in asked)


def test_an_example_has_a_short_address_until_it_is_edited(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto("/?example=two-paths")
    wait_for_graph(page, "e")
    page.get_by_role("switch", name="Local").click()
    page.wait_for_url(re.compile(r"/\?example=two-paths#layers="))
