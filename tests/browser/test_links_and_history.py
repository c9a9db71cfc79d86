"""The whole state is in the address: reload, back and a copied link give the same picture."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.tasks import expect_gate, expect_leaf, gate, inspector_of, type_program, wait_for_graph


def test_a_copied_link_gives_the_same_picture(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = (x + y) * max(y, z)\nx = 1; y = 2; z = 0")
    expect_leaf(page, "y", value="2.00", gradient="5.00")
    page.get_by_role("switch", name="Patterns").click()
    gate(page, "y").click()
    page.wait_for_url(re.compile("select="))
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate("navigator.clipboard.readText()")

    other = visitor.open()
    other.goto(link)
    expect_leaf(other, "y", value="2.00", gradient="5.00")
    expect(other.get_by_role("switch", name="Patterns")).to_have_attribute("aria-checked", "true")
    expect(inspector_of(other)).to_contain_text("used 2 times")


def test_reload_keeps_what_was_typed(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "g = a * b\na = 3; b = 4")
    expect_gate(page, "g", value="12.00", gradient="1.00")
    page.wait_for_url(re.compile("program="))
    page.reload()
    expect_gate(page, "g", value="12.00", gradient="1.00")


def test_back_returns_from_an_example(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("dialog", name="Examples").get_by_role("button", name="(x + y) z").click()
    expect_gate(page, "f", value="−12.00", gradient="1.00")
    page.wait_for_url(re.compile("example="))
    page.go_back()
    expect_gate(page, "f", value="0.73", gradient="1.00")
    page.go_forward()
    expect_gate(page, "f", value="−12.00", gradient="1.00")
