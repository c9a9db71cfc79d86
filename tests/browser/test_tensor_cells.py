"""A student changes single cells of a matrix: by dragging, typing and pasting, on the graph and in the inspector."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import inspector_of, program
from tests.browser.test_tensors import open_network


def value_cell(page: Page, leaf: str, place: int) -> Locator:
    """A cell of a leaf's value on the graph; the leaf is found by the id of its button."""
    button = page.locator("#graph").get_by_role("button", name=re.compile(rf"^\w+ {leaf}, "))
    node = button.evaluate("element => element.closest('[data-node]').dataset.node")
    return page.locator(f"#graph [data-label='{node}'] .value-cells .cell").nth(place)


def drag(page: Page, cell: Locator, *way: int) -> None:
    """Presses on the cell and goes these ways along x, px from the start; does not let go."""
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for one in way:
        page.mouse.move(x + one, y, steps=4)


def test_a_cell_is_dragged_on_the_graph_as_a_number_is(page: Page) -> None:
    open_network(page)
    # W1[0, 1] is −0.4, so a step is 0.01 and two px of the way.
    drag(page, value_cell(page, "W1", 1), 40)
    expect(page.locator("#graph .scrub-number")).to_have_text("−0.20")
    expect(page.locator("#graph")).to_contain_text("E")
    page.mouse.up()
    expect(program(page)).to_contain_text("W1 = [[0.6, -0.2, 0.3], [-0.5, 0.8, 0.7]")
    expect(page.locator("#graph .scrub-number")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(program(page)).to_contain_text("W1 = [[0.6, -0.4, 0.3]")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_escape_gives_a_dragged_cell_back(page: Page) -> None:
    open_network(page)
    drag(page, value_cell(page, "x", 0), 60)
    expect(page.locator("#graph .scrub-number")).to_have_text("1.30")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(program(page)).to_contain_text("x = [1, 0.5, -1]")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_cell_is_typed_where_it_stands_and_tab_goes_on(page: Page) -> None:
    open_network(page)
    value_cell(page, "b2", 0).click(force=True)
    field = page.get_by_role("spinbutton", name="Value of b2[0]")
    expect(field).to_have_value("0.2")
    page.keyboard.type("0.5")
    page.keyboard.press("Tab")
    expect(page.get_by_role("spinbutton", name="Value of b2[1]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(program(page)).to_contain_text("b2 = [0.5, -0.099]")


def test_a_cell_is_dragged_in_the_inspector(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter W2").click()
    cell = inspector_of(page).get_by_role("gridcell", name="W2[1, 3]")
    drag(page, cell, -20)
    # The numbers follow while it is held.
    expect(cell).to_have_text("0.70")
    expect(program(page)).to_contain_text("-0.9, 0.8]]")
    page.mouse.up()
    expect(program(page)).to_contain_text("W2 = [[0.7, -0.3, 1.1, 0.4], [-0.6, 0.5, -0.9, 0.7]]")


def test_keys_alone_change_a_cell_of_the_graph(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter b1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("spinbutton", name="Value of b1[0]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(program(page)).to_contain_text("b1 = [0.099, -0.2, 0, 0.3]")
    expect(page.locator("#graph").get_by_role("button", name="Parameter b1")).to_be_focused()


def test_steps_in_a_field_of_the_inspector_are_one_undo_entry(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter b2").click()
    inspector_of(page).get_by_role("gridcell", name="b2[0]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("spinbutton", name="b2[0]")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(program(page)).to_contain_text("b2 = [0.23, -0.1]")
    page.get_by_role("button", name="Undo").click()
    expect(program(page)).to_contain_text("b2 = [0.2, -0.1]")


def paste(cell: Locator, text: str) -> None:
    cell.evaluate(
        "(cell, text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
        text,
    )


def test_a_matrix_is_pasted_from_latex_and_a_wrong_shape_is_told(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter W2").click()
    cell = inspector_of(page).get_by_role("gridcell", name="W2[1, 1]")
    cell.focus()
    paste(cell, "1\t2\n3\t4\n5\t6")
    expect(page.get_by_text("3×2 numbers do not fit: W2 is 2×4")).to_be_visible()
    paste(cell, r"\begin{bmatrix} 1 & 2 & 3 & 4 \\ 5 & 6 & 7 & 8 \end{bmatrix}")
    expect(program(page)).to_contain_text("W2 = [[1, 2, 3, 4], [5, 6, 7, 8]]")
    page.get_by_role("button", name="Undo").click()
    expect(program(page)).to_contain_text("W2 = [[0.7, -0.3, 1.1, 0.4]")


def test_a_finger_types_in_a_cell_of_the_sheet(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter W1").tap()
    cell = inspector_of(page).get_by_role("gridcell", name="W1[0, 0]")
    cell.tap()
    field = page.get_by_role("spinbutton", name="W1[0, 0]")
    expect(field).to_be_focused()
    field.fill("0.9")
    page.keyboard.press("Enter")
    expect(program(page)).to_contain_text("W1 = [[0.9, -0.4")


def test_weights_start_at_random_and_the_link_has_the_seed(page: Page) -> None:
    open_network(page)
    page.locator("#graph").get_by_role("button", name="Parameter W2").click()
    panel = inspector_of(page)
    panel.get_by_role("combobox", name="Random start").select_option("Normal")
    expect(program(page)).to_contain_text("W2 = normal(2, 4, seed=1)")
    expect(panel.get_by_role("gridcell", name="W2[0, 0]")).to_have_text("1.62")
    panel.get_by_role("button", name="Next seed").click()
    expect(program(page)).to_contain_text("W2 = normal(2, 4, seed=2)")
    expect(panel.get_by_role("gridcell", name="W2[0, 0]")).to_have_text("−0.42")
    expect(page).to_have_url(re.compile("seed%3D2.*select="))
    page.reload()
    expect(panel.get_by_role("gridcell", name="W2[0, 0]")).to_have_text("−0.42")
    expect(panel.get_by_role("textbox", name="Seed")).to_have_value("2")
    panel.get_by_role("combobox", name="Random start").select_option("Xavier (Glorot)")
    panel.get_by_role("button", name="All parameters").click()
    expect(program(page)).to_contain_text("W1 = xavier(4, 3, seed=2); b1 = zeros(4)")
    expect(program(page)).to_contain_text("b2 = zeros(2)")
    page.get_by_role("button", name="Undo").click()
    expect(program(page)).to_contain_text("b2 = [0.2, -0.1]")
