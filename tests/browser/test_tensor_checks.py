"""A student asks of one cell: how the output varies with it, what a small step gives, and how the sums come about."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import inspector_of, program, wait_for_graph
from tests.browser.test_tensor_cells import drag, value_cell
from tests.browser.test_tensors import open_network

BATCH = """E = half_sse(relu(X @ W + b) @ W, Y)
X = [[1, 2], [0.5, -1]]; W = [[0.4, 0.3], [-0.2, 0.5]]; b = [0.1, 0.2]; Y = [[1, 0], [0, 1]]"""


def curve(page: Page, name: str) -> Locator:
    return inspector_of(page).get_by_role("group", name=f"E as {name} varies")


def open_leaf(page: Page, name: str) -> None:
    page.locator("#graph").get_by_role("button", name=re.compile(rf"^\w+ {name}, ")).click()


def open_batch(page: Page, **state: int) -> None:
    page.goto("/#" + urlencode({"program": BATCH, "v": 1, **state}))
    wait_for_graph(page, "E")


def test_a_cell_has_its_curve_and_both_checks(page: Page) -> None:
    open_network(page)
    open_leaf(page, "W1")
    panel = inspector_of(page)
    expect(curve(page, "W1[0, 0]")).to_contain_text("slope 0.1334")
    expect(panel).to_contain_text("Finite difference gives 0.1334")
    expect(panel).to_contain_text("Finite difference agrees in all 12 entries; the largest deviation is")
    panel.locator(".gradient-table").first.locator("td").nth(6).click()
    expect(curve(page, "W1[2, 0]")).to_be_visible()
    expect(panel.get_by_label("Entry of W1 that varies")).to_have_value("6")
    expect(panel.locator(".gradient-table").first.locator("td.is-varied")).to_have_text("0.20")


def test_the_entry_is_chosen_by_keyboard_too(page: Page) -> None:
    open_network(page)
    open_leaf(page, "W1")
    expect(curve(page, "W1[0, 0]")).to_be_visible()
    chosen = inspector_of(page).get_by_label("Entry of W1 that varies")
    chosen.focus()
    page.keyboard.press("ArrowDown")
    expect(curve(page, "W1[0, 1]")).to_be_visible()
    inspector_of(page).get_by_role("gridcell", name=re.compile(r"^W1\[0, 0\]")).focus()
    page.keyboard.press("ArrowDown")
    expect(curve(page, "W1[1, 0]")).to_be_visible()


def test_the_point_of_the_curve_drags_the_cell(page: Page) -> None:
    open_network(page)
    open_leaf(page, "W1")
    expect(curve(page, "W1[0, 0]")).to_be_visible()
    handle = inspector_of(page).get_by_role("slider", name="Value of W1[0, 0]")
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(program(page)).to_contain_text("W1 = [[0.61, -0.4, 0.3]")
    expect(curve(page, "W1[0, 0]")).to_be_visible()


def test_a_dragged_cell_has_a_nudge_card(page: Page) -> None:
    open_network(page)
    drag(page, value_cell(page, "W1", 1), 40)
    card = page.get_by_role("region", name="Nudge of W1[0, 1]")
    expect(card).to_contain_text("−0.40 → −0.20")
    expect(card).to_contain_text("predicted")
    page.mouse.up()
    expect(card).to_be_visible()
    expect(card).not_to_contain_text("NaN")
    page.keyboard.press("Escape")


def test_an_inner_gate_varies_entry_by_entry(page: Page) -> None:
    open_network(page)
    page.get_by_role("button", name=re.compile("^Add gate s1")).click()
    panel = inspector_of(page)
    expect(curve(page, "s0[0]")).to_be_visible()
    panel.get_by_role("group", name="What varies").get_by_role("button").nth(1).click()
    expect(curve(page, "b1[0]")).to_be_visible()


def test_sums_over_a_batch_and_over_uses_are_told_with_numbers(page: Page) -> None:
    open_batch(page)
    page.locator("#graph").get_by_role("button", name=re.compile(r"^Add gate")).click()
    panel = inspector_of(page)
    expect(panel).to_contain_text("b is repeated along axis 0, so its gradient is summed over it: b[0] receives")
    open_leaf(page, "W")
    expect(panel).to_contain_text("Sum of 2 parts")
    expect(panel).to_contain_text("W is used 2 times, so its parts add up entry by entry: W[0, 0] receives")


def test_the_stepper_says_the_sum_so_far(page: Page) -> None:
    open_batch(page, step=10)
    caption = page.locator("#caption")
    expect(caption).to_contain_text("b is repeated along axis 0, so its gradient is summed over it: b[0] receives")
    page.get_by_role("slider", name="Step").press("ArrowRight")
    expect(caption).to_contain_text("is used more than once, so its gradients add up")
    expect(caption).to_contain_text("so far")


def test_on_a_phone_the_curve_of_a_cell_fits(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_network(page)
    open_leaf(page, "W1")
    expect(curve(page, "W1[0, 0]")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert wide
