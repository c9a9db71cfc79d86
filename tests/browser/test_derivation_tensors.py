"""A visitor reads the worked solution of a network of matrices: all of it, one leaf, one entry, by keys, on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import type_program
from tests.browser.test_derivation import block, clipboard, open_derivation, panel, rows

TWO_LAYERS = "/?example=two-layer-network"


def test_the_lectures_network_of_matrices(visitor: Visitor) -> None:
    page = visitor.open()
    open_derivation(page, TWO_LAYERS)
    expect(rows(page)).to_have_count(5)
    weights = block(page, "W1")
    expect(weights).to_have_accessible_name(
        re.compile(r"Gradient with respect to W1, \[\[0\.1334, 0\.0667, −0\.1334\]")
    )
    expect(weights).to_contain_text("Shapes:")
    expect(weights).to_contain_text("Row 2 is 0")
    expect(panel(page)).to_contain_text("Unit 2 is off: ReLU gave 0 there")
    expect(panel(page).locator(".mini-graph .node").first).to_be_visible()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_text("Copied as Markdown.")).to_be_visible()
    assert r"\begin{bmatrix}" in clipboard(page)


def test_one_entry_is_chosen_in_a_menu_and_stands_in_the_link(visitor: Visitor) -> None:
    page = visitor.open()
    open_derivation(page, TWO_LAYERS)
    page.get_by_role("button", name="Only W₁").click()
    page.get_by_label("Entry", exact=True).select_option("W1[0, 1]")
    expect(page.get_by_role("group", name="Gradient with respect to W1[0, 1], 0.0667", exact=True)).to_be_attached()
    expect(page).to_have_url(re.compile("leaf=W1%255B0"))
    page.get_by_label("Leaf", exact=True).select_option("x")
    expect(page.get_by_label("Entry", exact=True)).to_have_value("x")
    expect(block(page, "x")).to_have_count(1)
    page.get_by_role("button", name="All leaves").click()
    expect(page.get_by_label("Entry", exact=True)).to_be_hidden()


def test_the_title_page_of_the_lecture_cancels_to_h_minus_y(visitor: Visitor) -> None:
    page = visitor.open()
    for example in ("logistic-loss", "logistic-regression"):
        open_derivation(page, f"/?example={example}", "J")
        steps = panel(page).locator("[data-block] .algebra").first.locator(".algebra-why")
        expect(steps).to_have_text(["the derivatives put in", "each term multiplied", "multiplied out", "what is left"])


def test_by_the_keys_alone(visitor: Visitor) -> None:
    page = visitor.open()
    open_derivation(page, TWO_LAYERS)
    first = rows(page).first
    page.get_by_role("button", name="Copy as Markdown").focus()
    for _ in range(20):
        if first.evaluate("row => row === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("End")
    expect(block(page, "b1")).to_be_focused()


def test_the_solution_follows_the_program(visitor: Visitor) -> None:
    page = visitor.open()
    open_derivation(page, "/", "f")
    type_program(page, "f = sum(W @ x)\nW = [[1, 2], [3, 4]]; x = [1, -1]")
    expect(block(page, "W")).to_have_accessible_name("Gradient with respect to W, [[1, −1], [1, −1]]")
    type_program(page, "f = sum(W @ x)\nW = [[1, 2], [3, 4]]; x = [1, -1, 0]")
    expect(block(page, "W")).to_have_count(1)


def test_wide_matrices_scroll_in_their_own_box_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_derivation(page, TWO_LAYERS)
    expect(rows(page)).to_have_count(5)
    wide = panel(page).locator(".forward-table .wide").first
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
    expect(wide).to_have_attribute("tabindex", "0")
    assert (
        page.evaluate("document.querySelector('.panel').scrollWidth - document.querySelector('.panel').clientWidth")
        <= 0
    )
