"""A student sees where a cell of a convolution came from, and what its gradients were summed from."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.tasks import inspector_of, wait_for_graph


def open_lesson(page: Page, slug: str) -> None:
    page.goto(f"/?example={slug}")
    wait_for_graph(page, "E")


def block(page: Page, title: str) -> Locator:
    return inspector_of(page).locator(".tensor-block").filter(has=page.get_by_role("heading", name=title, exact=True))


def test_a_cell_lights_its_window_and_the_products_are_told(page: Page) -> None:
    open_lesson(page, "edge-detector")
    page.locator("#graph").get_by_role("button", name="Convolution of an image gate y").click()
    where = block(page, "Where a cell comes from")
    where.get_by_role("grid").get_by_role("gridcell").nth(3).hover()
    tables = where.locator("table")
    expect(tables.nth(0).locator(".is-factor")).to_have_text(["0.00", "0.00", "1.00"] * 2 + ["0.00", "0.00", "0.00"])
    expect(tables.nth(1).locator(".is-factor")).to_have_count(9)
    expect(where.locator(".tensor-terms")).to_have_text(
        "0 × (−1) + 0 × 0 + 1 × 1 + 0 × (−2) + 0 × 0 + 1 × 2 + 0 × (−1) + 0 × 0 + 0 × 1 = 3"
    )


def test_keys_go_from_cell_to_cell_of_a_gradient(page: Page) -> None:
    open_lesson(page, "convolution")
    page.locator("#graph").get_by_role("button", name="Convolution of an image gate y").click()
    kernel = block(page, "Gradient for k")
    cells = kernel.get_by_role("grid").get_by_role("gridcell")
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(cells.nth(3)).to_be_focused()
    expect(kernel.locator(".tensor-terms")).to_contain_text("= −2.5")
    image = block(page, "Gradient for x")
    expect(image).to_contain_text("the kernel slides turned around")
    image.get_by_role("grid").get_by_role("gridcell").nth(5).hover()
    # The kernel turned around: its last entry meets the first window.
    expect(image.locator(".tensor-terms")).to_have_text("−1.5 × (−1) + 0 × 0.5 + 0 × (−0.5) + 0.5 × 1 = 2")


def test_a_cell_of_the_graph_lights_what_it_was_made_of(page: Page) -> None:
    open_lesson(page, "convolution")
    node = page.locator("#graph").get_by_role("button", name="Convolution of an image gate y")
    name = node.evaluate("element => element.closest('[data-node]').dataset.node")
    cell = page.locator(f"#graph [data-label='{name}'] .value-cells .cell").first
    box = cell.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    expect(page.locator("#graph .is-factor")).to_have_count(8)
    expect(page.get_by_role("tooltip")).to_contain_text("0 × 1 + 1 × (−0.5) + 0 × 0.5 + 1 × (−1) = −1.5")
    page.mouse.move(5, 300)
    expect(page.locator("#graph .is-factor")).to_have_count(0)


def test_a_gradient_cell_of_a_tensor_used_twice_tells_its_branches(page: Page) -> None:
    page.goto("/#" + urlencode({"program": "E = sum(W @ x + x * x); W = [[1, 2], [3, 4]]; x = [1, -2]", "v": 1}))
    wait_for_graph(page, "E")
    node = page.locator("#graph").get_by_role("button", name="Input x, ")
    name = node.evaluate("element => element.closest('[data-node]').dataset.node")
    cell = page.locator(f"#graph [data-label='{name}'] .gradient-cells .cell").first
    box = cell.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    expect(page.get_by_role("tooltip")).to_contain_text("4.00 + 1.00 + 1.00 = 6.00")
