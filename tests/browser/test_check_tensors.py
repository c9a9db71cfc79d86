"""A visitor checks one entry of a matrix, then the whole matrix, against the usual slips."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import gate, inspector_of, wait_for_graph

NETWORK = "/?example=two-layer-network"
NO_MASK = "0.1334\t0.0667\t-0.1334\n-0.0902\t-0.0451\t0.0902\n0.2039\t0.1019\t-0.2039\n-0.0790\t-0.0395\t0.0790"


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Check a number")


def field(page: Page) -> Locator:
    return panel(page).get_by_role("textbox", name=re.compile("^Your number for "))


def open_check(page: Page, leaf: str) -> None:
    page.goto(NETWORK)
    wait_for_graph(page, "E")
    gate(page, leaf).click()
    inspector_of(page).get_by_role("button", name="Check a number").click()
    expect(field(page)).to_be_focused()


def test_an_entry_then_the_whole_matrix(page: Page) -> None:
    open_check(page, "W1")
    panel(page).get_by_label("Row").select_option("1")
    panel(page).get_by_label("Column").select_option("0")
    expect(field(page)).to_have_attribute("aria-label", re.compile(r"W1\[1, 0\]$"))
    field(page).fill("-0.0902")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name="A closed way was taken.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"check=W1%255B1%252C%25200%255D%3A-0\.0902"))
    page.reload()
    expect(panel(page).get_by_role("heading", name="A closed way was taken.")).to_be_visible()
    expect(panel(page).get_by_label("Row")).to_have_value("1")
    # The whole matrix, as a spreadsheet gives it.
    panel(page).get_by_role("radio", name="The whole matrix").click()
    field(page).fill(NO_MASK)
    panel(page).get_by_role("button", name="Check", exact=True).click()
    expect(panel(page)).to_contain_text("9 of 12 entries are right; the second row is wrong.")
    cells = panel(page).get_by_role("table", name="Your numbers, wrong ones marked")
    expect(cells.get_by_role("button")).to_have_count(3)
    cells.get_by_role("button", name=re.compile(r"^W1\[1, 2\]: 0\.0902 is wrong, ours is 0")).click()
    expect(field(page)).to_have_value("0.0902")
    expect(panel(page).get_by_role("radio", name="One entry")).to_be_checked()
    expect(panel(page).get_by_role("heading", name="A closed way was taken.")).to_be_visible()


def test_by_keyboard_alone(page: Page) -> None:
    open_check(page, "b1")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(field(page)).to_have_attribute("aria-label", re.compile(r"b1\[1\]$"))
    page.keyboard.press("Shift+Tab")
    expect(panel(page).get_by_role("radio", name="One entry")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(panel(page).get_by_role("radio", name="The whole vector")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("-0.1334 0 -0.2039 0.0790")
    page.keyboard.press("Control+Enter")
    expect(panel(page).get_by_role("heading", name="The sign is turned around.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()


def test_a_shape_that_does_not_fit_and_a_text_that_is_none(page: Page) -> None:
    open_check(page, "W1")
    panel(page).get_by_role("radio", name="The whole matrix").click()
    field(page).fill("[[1, 2], [3]]")
    panel(page).get_by_role("button", name="Check", exact=True).click()
    expect(panel(page).get_by_role("alert")).to_contain_text("The rows differ in length")
    field(page).fill("[[1, 2], [3, 4]]")
    panel(page).get_by_role("button", name="Check", exact=True).click()
    expect(panel(page).get_by_role("heading", name="The shape does not fit.")).to_be_visible()
    expect(panel(page)).to_contain_text("You typed a 2 × 2 matrix")


def test_the_next_gate_keeps_what_is_asked(page: Page) -> None:
    open_check(page, "W1")
    gate(page, "W2").click()
    expect(field(page)).to_have_attribute("aria-label", re.compile(r"W2\[0, 0\]$"))
    panel(page).get_by_role("radio", name="The whole matrix").click()
    gate(page, "b2").click()
    expect(panel(page).get_by_role("radio", name="The whole vector")).to_be_checked()


def test_a_worked_example_with_tensors(page: Page) -> None:
    page.goto(
        f"{NETWORK}#worked=%3Az1%20%3D%20%5B0.2%2C%20-1%2C%201.6%2C%200.9%5D%0AdE/dW1%5B0%2C%201%5D%20%3D%20-0.0667"
    )
    worked = page.get_by_role("complementary", name="Check a worked example")
    expect(worked).to_contain_text("2 numbers: 2 wrong.")
    expect(worked).to_contain_text("3 of 4 entries are right; ")
    worked.get_by_role("button", name=re.compile("W1")).click()
    expect(field(page)).to_have_value("-0.0667")
    expect(panel(page).get_by_label("Column")).to_have_value("1")


def test_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    page.goto(
        f"{NETWORK}#check=W1:%5B%5B0.1334%2C0.0667%2C-0.1334%5D%2C%5B0%2C0%2C0%5D%2C%5B9%2C9%2C9%5D%2C%5B-0.079%2C-0.0395%2C0.079%5D%5D"
    )
    cells = panel(page).get_by_role("table", name="Your numbers, wrong ones marked")
    expect(cells).to_be_visible()
    expect(cells.get_by_role("button")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert cells.get_by_role("button").first.evaluate("cell => cell.getBoundingClientRect().height") >= 28
