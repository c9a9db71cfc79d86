"""A student opens the lecture's two-layer network and reads why the gradient of a matrix is an outer product."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import inspector_of, type_program, wait_for_graph

NETWORK = """E = half_sse(sigmoid(W2 @ relu(W1 @ x + b1) + b2), t)
x = [1, 0.5, -1]; t = [0, 1]
W1 = [[0.6, -0.4, 0.3], [-0.5, 0.8, 0.7], [0.9, 0.2, -0.6], [0.1, -0.7, -0.5]]; b1 = [0.1, -0.2, 0, 0.3]
W2 = [[0.7, -0.3, 1.1, 0.4], [-0.6, 0.5, -0.9, 0.8]]; b2 = [0.2, -0.1]"""


def open_network(page: Page) -> None:
    page.goto("/#" + urlencode({"program": NETWORK, "v": 1}))
    wait_for_graph(page, "E")


def test_every_entry_is_drawn_and_read_out(page: Page) -> None:
    open_network(page)
    labels = page.locator("#graph .cells .cell-text")
    expect(labels.first).to_be_visible()
    expect(page.locator("#graph")).to_contain_text("−0.40")
    name = (
        "Matrix product gate s0 = W1 @ x. Value vector of 4 0.10 −0.80 1.60 0.25. "
        "Gradient vector of 4 0.13 0.00 0.20 −0.08."
    )
    expect(page.get_by_role("button", name=name)).to_be_visible()


def test_the_gradient_of_a_matrix_is_shown_as_an_outer_product(page: Page) -> None:
    open_network(page)
    page.get_by_role("button", name="Matrix product gate s0").click()
    panel = inspector_of(page)
    expect(panel).to_contain_text("Gradient for W1")
    expect(panel).to_contain_text("outer product")
    tables = panel.locator(".tensor-outer table")
    expect(tables).to_have_count(3)
    expect(tables.last.locator("tr").first).to_have_text("0.130.07−0.13")
    expect(panel.get_by_role("table", name="Gradient, 4 by 3")).to_be_visible()
    expect(panel).not_to_contain_text("NaN")


def test_a_unit_that_is_off_says_so(page: Page) -> None:
    open_network(page)
    page.get_by_role("button", name="ReLU gate").click()
    expect(inspector_of(page)).to_contain_text("Unit 2 is off")


def test_shapes_that_do_not_fit_are_told_in_the_field(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = sum(W @ x); W = [[1, 2]]; x = [1, 2, 3]")
    expect(page.locator("#problems")).to_contain_text("a 1 × 2 matrix times a vector of 3 does not fit")


def test_stepping_shows_tensors_one_after_the_other(page: Page) -> None:
    open_network(page)
    page.goto(page.url + "&step=1")
    page.reload()
    wait_for_graph(page, "E")
    expect(page.locator("#graph .value-cells")).to_have_count(7)
    expect(page.locator("#graph .gradient-cells")).to_have_count(0)


def test_nothing_says_nan(page: Page) -> None:
    """The story told, the graph as a list, with folded lines, and what the pointer is over."""
    for choice in ("view=list", "lines=folded", "layers=vglp", "step=2", "step=7", "step=15"):
        page.goto("/#" + urlencode({"program": NETWORK, "v": 1}) + f"&{choice}")
        page.reload()
        expect(page.get_by_role("button", name="Matrix product gate s0").first).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("NaN")
        expect(page.locator("[aria-label*=NaN]")).to_have_count(0)


def test_all_cells_are_on_the_stage(page: Page) -> None:
    open_network(page)
    expect(page.locator("#graph .cells .cell-text").first).to_be_visible()
    legend = page.locator("#legend").bounding_box()
    hint = page.locator("#hint").bounding_box()
    assert legend is not None
    assert hint is not None
    boxes = [box for cells in page.locator("#graph .cells").all() if (box := cells.bounding_box())]
    assert min(box["y"] for box in boxes) >= legend["y"] + legend["height"]
    assert max(box["y"] + box["height"] for box in boxes) <= hint["y"]


def test_a_phone_tells_tensors_in_its_sheet(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter W1").tap()
    panel = inspector_of(page)
    expect(panel.get_by_role("table", name="Value, 4 by 3")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
