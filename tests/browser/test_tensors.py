"""A student opens the lecture's two-layer network and reads why the gradient of a matrix is an outer product."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import inspector_of, program, type_program, wait_for_graph

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
    expect(tables.last.locator("tr").first).to_have_text("0.13340.0667−0.1334")
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
    expect(panel.get_by_role("grid", name="Value, 4 by 3")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_cell_is_typed_with_the_keyboard_and_undone_in_one_step(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter b2").click()
    grid = inspector_of(page).get_by_role("grid", name="Value, 2")
    grid.get_by_role("gridcell").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("0.4")
    page.keyboard.press("Enter")
    expect(program(page)).to_contain_text("b2 = [0.2, 0.4]")
    cell = grid.get_by_role("gridcell", name="b2[1], 0.4")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(cell).to_have_text("0.40")
    expect(page.locator("#inspector")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(program(page)).to_contain_text("b2 = [0.2, -0.1]")


def test_tab_goes_from_cell_to_cell_while_typing(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter W1").click()
    inspector_of(page).get_by_role("gridcell", name="W1[0, 0]").click()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(program(page)).to_contain_text("W1 = [[1, 2, 3], [-0.5, 0.8, 0.7]")


def test_a_block_is_pasted_from_a_spreadsheet(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter W1").click()
    cell = inspector_of(page).get_by_role("gridcell", name="W1[1, 1]")
    cell.focus()
    cell.evaluate(
        "cell => { const data = new DataTransfer(); data.setData('text/plain', '1\\t2\\n3\\t4');"
        " cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }"
    )
    expect(program(page)).to_contain_text("W1 = [[0.6, -0.4, 0.3], [-0.5, 1, 2], [0.9, 3, 4], [0.1, -0.7, -0.5]]")


def test_an_entry_lights_what_it_was_made_of(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Matrix product gate s0").click()
    tables = inspector_of(page).locator(".tensor-outer table")
    tables.nth(2).locator("tr").nth(2).locator("td").nth(1).hover()
    expect(tables.nth(0).locator(".is-factor")).to_have_text("0.50")
    expect(tables.nth(1).locator(".is-factor")).to_have_text("0.2039")


def test_cells_without_numbers_are_a_choice_in_the_link(page: Page) -> None:
    open_network(page)
    expect(page.locator("#tints")).to_have_text("−1 1values−0.25 0.25gradients".replace(" ", ""))
    page.get_by_role("switch", name="Numbers in cells").click()
    expect(page.locator("#graph .cell-text")).to_have_count(0)
    expect(page).to_have_url(re.compile("cells=tints"))
    page.reload()
    expect(page.locator("#graph .cells .cell").first).to_be_visible()
    expect(page.locator("#graph .cell-text")).to_have_count(0)


def test_a_network_is_written_out_in_scalars_with_the_same_numbers_and_back(page: Page) -> None:
    page.goto("/#" + urlencode({"program": "f = sum(W @ x); W = [[1, 2], [3, 4]]; x = [1, -1]", "v": 1}))
    wait_for_graph(page)
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("button", name="Write out in scalars").click()
    expect(page.locator("#graph .cells")).to_have_count(0)
    expect(page.get_by_role("button", name="Output f. Value −2.00.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#graph .cells").first).to_be_visible()


def test_a_network_written_out_in_scalars_goes_back_to_its_matrices_also_from_a_link(page: Page) -> None:
    page.goto("/#" + urlencode({"program": "f = sum(W @ x); W = [[1, 2], [3, 4]]; x = [1, -1]", "v": 1}))
    wait_for_graph(page)
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("button", name="Write out in scalars").click()
    expect(page).to_have_url(re.compile("W_12.*matrices=f"))
    page.reload()
    wait_for_graph(page)
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("button", name="Back to matrices").click()
    expect(page.locator("#graph .cells").first).to_be_visible()
    expect(program(page)).to_contain_text("W = [[1, 2], [3, 4]]")
    expect(page).not_to_have_url(re.compile("matrices="))


def test_a_program_of_numbers_has_nothing_to_write_out(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    page.get_by_role("button", name="View", exact=True).click()
    expect(page.get_by_role("switch", name="Named nodes only")).to_be_visible()
    expect(page.get_by_role("button", name="Write out in scalars")).to_be_hidden()
