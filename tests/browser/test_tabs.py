"""Tabs: the same program as graph, code, derivation, paths and matrix, by mouse, by keys, by link, on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import gate, program, type_program, wait_for_graph
from tests.browser.test_accessibility import AXE

ROW = Path(__file__).resolve().parents[2] / "static" / "src" / "tabs" / "index.ts"
NAMES = dict(re.findall(r"name: '(\w+)',\s+title: '([^']+)'", ROW.read_text(encoding="utf-8")))
TITLES = list(NAMES.values())
DIGITS = {"code": "2", "derivation": "3", "paths": "4", "jacobian": "5"}


def tab(page: Page, title: str) -> Locator:
    return page.get_by_role("tab", name=title, exact=True)


def panel(page: Page, title: str) -> Locator:
    return page.get_by_role("tabpanel", name=title, exact=True)


def opened(visitor: Visitor, address: str = "/", *, phone: bool = False) -> Page:
    page = visitor.open(size=PHONE, touch=True) if phone else visitor.open()
    page.goto(address)
    # The row of the first response cannot be pressed yet.
    expect(page.locator("#tab-graph")).to_be_visible()
    return page


def expect_open(page: Page, title: str) -> None:
    expect(tab(page, title)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", selected=True)).to_have_count(1)
    expect(panel(page, title)).to_be_visible()
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    if title != "Graph":
        expect(panel(page, title)).not_to_be_empty()


def test_every_tab_by_mouse_and_back_to_the_graph_as_it_was(visitor: Visitor) -> None:
    page = opened(visitor)
    wait_for_graph(page)
    page.get_by_role("button", name="Zoom in").click()
    gate(page, "s1").click()
    page.wait_for_timeout(400)
    before = page.locator("#graph .viewport").get_attribute("transform")
    for title in TITLES:
        tab(page, title).click()
        expect_open(page, title)
        expect(page.get_by_role("switch", name="Gradients", exact=True)).to_have_count(0)
        expect(page.get_by_role("button", name="Play")).to_have_count(0)
        expect(page.get_by_role("complementary")).to_have_count(0)
        expect(program(page)).to_be_visible()
    tab(page, "Graph").click()
    wait_for_graph(page)
    expect(page.get_by_role("complementary")).to_be_visible()
    assert page.locator("#graph .viewport").get_attribute("transform") == before


def test_the_row_by_keyboard_alone(visitor: Visitor) -> None:
    page = opened(visitor)
    wait_for_graph(page)
    tab(page, "Graph").focus()
    for title in TITLES:
        page.keyboard.press("ArrowRight")
        expect_open(page, title)
        expect(tab(page, title)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect_open(page, "Graph")
    page.keyboard.press("End")
    expect_open(page, TITLES[-1])
    page.keyboard.press("Home")
    expect_open(page, "Graph")
    page.keyboard.press("ArrowLeft")
    expect_open(page, TITLES[-1])
    # One stop for the whole row: the next one is a control of the open tab, or its panel.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tools, .panel') !== null")


def test_digits_go_to_the_tabs_and_keys_of_the_graph_rest(visitor: Visitor) -> None:
    page = opened(visitor)
    wait_for_graph(page)
    for name, title in NAMES.items():
        page.keyboard.press(DIGITS[name])
        expect_open(page, title)
        expect(panel(page, title)).to_be_focused()
    for key in ("Space", "v", "g", "Home"):
        page.keyboard.press(key)
    page.keyboard.press("1")
    expect_open(page, "Graph")
    assert page.evaluate("document.activeElement.closest('#graph') !== null")
    expect(page.get_by_role("switch", name="Values", exact=True)).to_be_checked()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.keyboard.press("?")
    for title in TITLES:
        expect(page.get_by_role("dialog").get_by_text(f"Go to {title}", exact=True)).to_be_visible()


@pytest.mark.parametrize("name", NAMES)
def test_a_link_opens_its_tab_without_showing_the_graph(visitor: Visitor, name: str) -> None:
    page = visitor.open()
    held: list[object] = []
    page.route(re.compile(r"/main-\w+\.js$"), lambda route: held.append(route))
    page.goto(f"/#tab={name}&v=1", wait_until="commit")
    expect(page.locator(".start-graph")).to_have_count(1)
    expect(page.locator(".start-graph")).to_be_hidden()
    expect(page.locator("#stage")).to_be_hidden()
    for route in held:
        route.continue_()  # type: ignore[attr-defined]
    expect_open(page, NAMES[name])
    page.keyboard.press("1")
    wait_for_graph(page)


def test_back_returns_to_the_tab_before(visitor: Visitor) -> None:
    first, *_, last = NAMES
    page = opened(visitor, "/?example=two-paths")
    wait_for_graph(page, "e")
    tab(page, NAMES[first]).click()
    page.wait_for_url(re.compile(rf"/\?example=two-paths#tab={first}"))
    tab(page, NAMES[last]).click()
    page.wait_for_url(re.compile(rf"tab={last}"))
    page.go_back()
    expect_open(page, NAMES[first])
    page.go_back()
    expect_open(page, "Graph")
    page.go_forward()
    expect_open(page, NAMES[first])


@pytest.mark.parametrize("title", TITLES)
def test_undo_and_an_unreadable_program_in_a_tab(visitor: Visitor, title: str) -> None:
    page = opened(visitor)
    tab(page, title).click()
    expect_open(page, title)
    type_program(page, "g = a * b; a = 3; b = 4")
    expect(panel(page, title)).not_to_be_empty()
    type_program(page, "g = a * (")
    note = page.locator(".panel-note")
    expect(note).to_have_text("Showing the last program that could be read.")
    expect(panel(page, title)).not_to_be_empty()
    page.get_by_role("button", name="Undo").click()
    expect(note).to_be_hidden()
    type_program(page, " ")
    expect(page.locator(".panel-empty")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".panel-empty")).to_be_hidden()


@pytest.mark.parametrize("tab", ["code", "derivation", "paths", "jacobian"])
def test_a_link_to_a_program_that_cannot_be_read_says_so(page: Page, tab: str) -> None:
    page.goto(f"/#program=f%20%3D%20x%20*&v=1&tab={tab}")
    note = page.locator(".panel-empty")
    expect(note).to_have_text("There is nothing to show here until the program can be read.")
    type_program(page, "f = x * y")
    expect(note).to_be_hidden()


@pytest.mark.parametrize("title", TITLES)
def test_a_phone_loses_nothing(visitor: Visitor, title: str) -> None:
    page = opened(visitor, phone=True)
    wait_for_graph(page)
    row = page.get_by_role("tablist")
    assert row.evaluate("row => row.scrollWidth <= row.clientWidth || row.classList.contains('has-more')")
    tab(page, title).scroll_into_view_if_needed()
    tab(page, title).tap()
    expect_open(page, title)
    expect(tab(page, title)).to_be_in_viewport(ratio=0.9)
    page.wait_for_timeout(500)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.evaluate(
            """() => [...document.querySelectorAll('.tab, .tools :is(button, select, input, [role=switch])')]
              .map((one) => [one.textContent, one.getBoundingClientRect()])
              .filter(([, box]) => box.width > 0 && box.height < 43).map(([text]) => text)"""
        )
        assert small == [], width


@pytest.mark.parametrize("title", TITLES)
def test_presented_the_open_tab_is_all_there_is(visitor: Visitor, title: str) -> None:
    page = opened(visitor)
    tab(page, title).click()
    expect_open(page, title)
    tab(page, title).press("p")
    expect(page.get_by_role("tablist")).to_be_hidden()
    expect(page.locator("#panel")).to_be_visible()
    page.get_by_role("button", name="Stop presenting").click()
    expect_open(page, title)


@pytest.mark.parametrize("title", TITLES)
def test_the_open_tab_prints(visitor: Visitor, title: str) -> None:
    page = opened(visitor)
    tab(page, title).click()
    expect_open(page, title)
    page.wait_for_timeout(500)
    page.emulate_media(media="print")
    expect(page.locator("#stage")).to_be_hidden()
    expect(page.locator("#panel")).to_be_visible()
    expect(page.get_by_role("tablist")).to_be_hidden()
    assert page.locator("#panel").evaluate("panel => panel.scrollHeight <= panel.clientHeight + 1")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("title", TITLES)
def test_axe_finds_nothing(visitor: Visitor, theme: str, title: str) -> None:
    page = visitor.open(theme="dark" if theme == "dark" else "light")
    page.goto("/?example=two-paths")
    wait_for_graph(page, "e")
    expect(page.locator("#tab-graph")).to_be_visible()
    tab(page, title).click()
    expect_open(page, title)
    page.wait_for_timeout(600)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found["violations"]] == []
