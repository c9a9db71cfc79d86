"""Looking something up on the page of operations, with mouse, keyboard, phone, printer, and without a script."""

from __future__ import annotations

import math
import re

from playwright.sync_api import Browser, Page, expect

from app.operations import EVERY_OPERATION as OPERATIONS
from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import expect_gate, gate, inspector_of, wait_for_graph


def shown_titles(page: Page) -> list[str]:
    return [text for text in page.get_by_role("heading", level=3).all_inner_texts() if text]


def test_every_operation_is_there_with_formula_and_local_gradient(page: Page) -> None:
    page.goto("/operations")
    assert sorted(shown_titles(page)) == sorted(operation.title for operation in OPERATIONS)
    rows = page.locator("main li[id]")
    expect(rows).to_have_count(len(OPERATIONS))
    assert rows.evaluate_all("rows => rows.every(row => row.querySelectorAll('math').length >= 2)")
    sigmoid = page.locator("#sigmoid")
    expect(sigmoid).to_contain_text("scaler")
    assert sigmoid.locator("p").first.evaluate("p => p.scrollWidth <= p.clientWidth + 1")


def test_find_by_name_notation_and_pattern(page: Page) -> None:
    page.goto("/operations")
    find = page.get_by_role("searchbox", name="Find an operation")
    routers = [one.title for one in OPERATIONS if one.pattern is not None and one.pattern.name == "router"]
    find.fill("router")
    expect(
        page.get_by_role("status").filter(has_text=f"{len(routers)} of {len(OPERATIONS)} operations")
    ).to_be_visible()
    assert sorted(shown_titles(page)) == sorted(routers)
    expect(page.get_by_role("heading", name="Losses")).to_be_hidden()
    page.reload()
    expect(find).to_have_value("router")
    expect(page.get_by_role("heading", name="Losses")).to_be_hidden()
    find.fill("sigmoid(")
    assert shown_titles(page)[:3] == ["Sigmoid", "Hard sigmoid", "Log sigmoid"]
    find.fill("sigmoid <script>")
    expect(page.get_by_text("No operation matches “sigmoid <script>”.")).to_be_visible()


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/operations")
    expect(page.get_by_role("button", name=re.compile("theme"))).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("softplus")
    expect(page.get_by_role("heading", name="Softplus", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Add", exact=True)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Add", exact=True)).to_be_visible()
    page.keyboard.type("softplus")
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent") == "Try it: Softplus":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for_graph(page)
    expect_gate(page, "f", value="1.31", gradient="1.00")


def test_a_link_leads_to_its_row_and_the_sections_follow(page: Page) -> None:
    page.goto("/operations#bce")
    expect(page.locator("#bce")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Losses")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Elementary").click()
    expect(page.get_by_role("heading", name="Elementary")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Elementary")).to_have_attribute("aria-current", "true")
    page.get_by_role("searchbox").fill("relu")
    page.evaluate("location.hash = '#tanh'")
    expect(page.locator("#tanh")).to_be_in_viewport()


def test_the_inspector_leads_there_and_back(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    gate(page, "s1").click()
    inspector_of(page).get_by_role("link", name="In the cheat sheet").click()
    expect(page.get_by_role("heading", name="Multiply", exact=True)).to_be_in_viewport()
    page.go_back()
    wait_for_graph(page)
    expect(inspector_of(page)).to_be_visible()


def test_the_list_of_keys_leads_there(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("link", name="Operations: formulas and local gradients").click()
    expect(page.get_by_role("heading", name="Operations", exact=True)).to_be_visible()


def test_the_theme_is_the_readers_own(page: Page) -> None:
    page.goto("/operations")
    page.get_by_role("button", name="Dark theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_on_a_phone_nothing_is_cut_off(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    page.goto("/operations#mish")
    expect(page.locator("#mish")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("searchbox").fill("huber")
    assert shown_titles(page) == ["Huber loss"]


def test_it_prints_on_two_pages(page: Page) -> None:
    page.goto("/operations")
    printed = page.pdf(prefer_css_page_size=True)
    # There is room for some more operations before they need a third.
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= max(2, math.ceil(len(OPERATIONS) / 35))


def test_tensors_have_their_section(page: Page) -> None:
    page.goto("/operations#matmul")
    row = page.locator("#matmul")
    expect(row).to_be_in_viewport()
    expect(page.get_by_role("link", name="Tensors")).to_have_attribute("aria-current", "true")
    expect(row).to_contain_text("3×2, 2×4 → 3×4")
    expect(row.locator(".cheat-matrices .cheat-cell-lit")).to_have_count(4)
    page.get_by_role("searchbox").fill("conv2d(")
    assert shown_titles(page) == ["Convolution of an image"]
    page.locator("#conv2d").get_by_role("link", name="Try it").click()
    wait_for_graph(page, "L")


def test_the_inspector_of_a_matrix_product_leads_there(page: Page) -> None:
    page.goto("/?example=two-layer-network")
    wait_for_graph(page, "E")
    gate(page, "s0").click()
    inspector_of(page).get_by_role("link", name="In the cheat sheet").click()
    expect(page.get_by_role("heading", name="Matrix product", exact=True)).to_be_in_viewport()


def test_it_can_be_read_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/operations")
    expect(page.get_by_role("heading", name="Sigmoid", exact=True)).to_be_visible()
    assert page.locator("#sigmoid math").count() >= 2
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    context.close()


def test_in_a_narrow_window_the_row_of_sections_follows(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    page.goto("/operations#hinge")
    expect(page.get_by_role("link", name="Losses")).to_be_in_viewport()
