"""A visitor reads the worked solution: for one leaf and for all, by mouse, by the keys alone, and on a phone."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import gate, program, type_program, wait_for_graph

NETWORK = "/?example=network-2-2-1"


def open_derivation(page: Page, address: str = NETWORK, output: str = "E") -> None:
    page.goto(address)
    wait_for_graph(page, output)
    page.get_by_role("tab", name="Derivation").click()
    expect(panel(page).get_by_role("heading", level=2)).to_be_visible()


def panel(page: Page) -> Locator:
    return page.get_by_role("tabpanel", name="Derivation")


def block(page: Page, leaf: str) -> Locator:
    return panel(page).get_by_role("group", name=re.compile(rf"^Gradient with respect to {leaf}, "))


def rows(page: Page) -> Locator:
    return panel(page).get_by_role("region", name="Forward pass").locator("tbody").get_by_role("row")


def lit_edges(page: Page) -> Locator:
    return panel(page).locator(".mini-graph .wire.kept")


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_solution_for_one_leaf_agrees_with_the_lecture(page: Page) -> None:
    open_derivation(page)
    page.get_by_role("button", name="Only w₁").click()
    expect(panel(page).get_by_role("heading", level=2)).to_contain_text("with respect to")
    expect(block(page, "w1")).to_have_accessible_name("Gradient with respect to w1, −0.001014")
    expect(block(page, "w1")).to_contain_text("matches the lecture, −0.0010")
    expect(panel(page).get_by_role("region", name="Update")).to_contain_text("0.100710")
    expect(panel(page).get_by_role("complementary")).to_contain_text(
        "Six decimals are shown in the factors because four would not give"
    )
    expect(rows(page)).to_have_count(7)
    expect(page).to_have_url(re.compile("tab=derivation"))
    expect(page).to_have_url(re.compile("only=leaf"))


def test_every_leaf_has_its_block_and_another_leaf_can_be_chosen(page: Page) -> None:
    open_derivation(page)
    for leaf in ("w1", "w6", "x1", "y_t"):
        expect(block(page, leaf)).to_have_count(1)
    page.get_by_role("button", name="Only w₁").click()
    page.get_by_label("Leaf", exact=True).select_option("w5")
    expect(block(page, "w5")).to_contain_text("the lecture prints −0.0533, rounded on the way")
    expect(block(page, "w1")).to_have_count(0)
    expect(page).to_have_url(re.compile("leaf=w5"))
    page.get_by_role("button", name="All leaves").click()
    expect(block(page, "w1")).to_have_count(1)


def test_a_wrong_figure_of_the_source_is_told(page: Page) -> None:
    open_derivation(page, "/?example=network-3-2-2")
    expect(block(page, "w1")).to_contain_text("the lecture prints 0.0012, which is wrong")
    expect(block(page, "h_a")).to_contain_text("is used 2 times on the way to")


def test_pointing_lights_the_graph_and_the_other_way_round(page: Page) -> None:
    open_derivation(page)
    expect(panel(page).locator(".mini-graph .node").first).to_be_visible()
    expect(lit_edges(page)).to_have_count(0)
    rows(page).nth(1).hover()
    expect(lit_edges(page)).to_have_count(1)
    page.mouse.move(5, 5)
    expect(lit_edges(page)).to_have_count(0)
    panel(page).locator(".mini-graph .node.gate").first.hover()
    expect(panel(page).locator("tr.is-lit, .chain-block.is-lit").first).to_be_attached()


def test_the_outline_goes_to_a_section_and_follows_the_scrolling(page: Page) -> None:
    open_derivation(page)
    outline = panel(page).get_by_role("navigation", name="On this page")
    update = outline.get_by_role("button", name="Update")
    update.click()
    expect(panel(page).get_by_role("region", name="Update")).to_be_in_viewport()
    expect(update).to_have_attribute("aria-current", "true")
    outline.get_by_role("button", name="Gradient with respect to w5").click()
    expect(block(page, "w5")).to_be_in_viewport()


def test_the_texts_to_copy(page: Page) -> None:
    open_derivation(page)
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_text("Copied as Markdown.")).to_be_visible()
    assert clipboard(page).startswith("# Gradients of $E$")
    page.get_by_role("button", name="Copy as LaTeX").click()
    expect(page.get_by_text("Copied as LaTeX.")).to_be_visible()
    assert clipboard(page).startswith(r"\documentclass")
    assert "learning rate" in clipboard(page)


def test_the_solution_follows_the_program(page: Page) -> None:
    open_derivation(page, "/", "f")
    type_program(page, "q = x + y\nf = q * z\nx = -2; y = 5; z = -4")
    expect(rows(page)).to_have_count(2)
    expect(block(page, "x")).to_have_accessible_name("Gradient with respect to x, −4")
    type_program(page, "q = x +")
    expect(rows(page)).to_have_count(2)
    type_program(page, "f = x\nx = 3")
    expect(panel(page)).to_contain_text("with respect to itself is 1")


def test_the_selected_leaf_of_the_graph_is_offered(page: Page) -> None:
    page.goto(NETWORK)
    wait_for_graph(page, "E")
    gate(page, "w5").click()
    page.get_by_role("tab", name="Derivation").click()
    expect(page.get_by_role("button", name="Only w₅")).to_be_visible()


def test_a_long_program_is_cut_and_stays_usable(page: Page) -> None:
    source = "a0 = x\n" + "\n".join(f"a{number + 1} = sin(a{number} + {number})" for number in range(1500))
    page.goto(f"/#program={quote(source)}&tab=derivation")
    expect(panel(page)).to_contain_text("The forward pass shows 200 of", timeout=20_000)
    expect(rows(page)).to_have_count(200)


def test_by_the_keys_alone(page: Page) -> None:
    page.goto(NETWORK)
    wait_for_graph(page, "E")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    tab = page.get_by_role("tab", name="Derivation")
    page.get_by_role("tab", name="Graph").focus()
    while not tab.evaluate("tab => tab === document.activeElement"):
        page.keyboard.press("ArrowRight")
    expect(rows(page)).to_have_count(7)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="All leaves")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(block(page, "w1")).to_have_accessible_name("Gradient with respect to w1, −0.001014")
    first = rows(page).first
    for _ in range(20):
        if first.evaluate("row => row === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows(page).nth(1)).to_be_focused()
    expect(lit_edges(page)).to_have_count(1)
    page.keyboard.press("End")
    expect(block(page, "w1")).to_be_focused()
    expect(block(page, "w1")).to_be_in_viewport()


def test_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_derivation(page)
    page.get_by_role("button", name="Only w₁").tap()
    expect(block(page, "w1")).to_have_count(1)
    # Symbols, numbers and value stand below each other, none cut off.
    expect(panel(page).get_by_role("heading", level=2)).to_contain_text("with respect to")
    expect(rows(page).first).to_be_visible()
    assert rows(page).first.evaluate("row => row.getBoundingClientRect().height") > 80
    menu = panel(page).get_by_role("navigation", name="On this page")
    menu.get_by_role("button", name=re.compile("^On this page")).tap()
    menu.get_by_role("button", name="Chain rule").tap()
    expect(block(page, "w1")).to_be_in_viewport()
    expect(menu.get_by_role("button", name="Chain rule", exact=True)).to_be_hidden()
    width = page.evaluate("document.querySelector('.panel').scrollWidth - document.querySelector('.panel').clientWidth")
    assert width <= 0
    expect(program(page)).to_be_visible()
