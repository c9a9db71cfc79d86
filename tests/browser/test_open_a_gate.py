"""A visitor clicks a gate and reads upstream, local and downstream gradients, in symbols and with numbers."""

import re

from playwright.sync_api import Page, expect

from tests.browser.tasks import gate, inspector_of, type_program, wait_for_graph


def test_a_click_opens_the_chain_rule_of_the_gate(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    gate(page, "s1").click()
    inspector = inspector_of(page)
    expect(inspector).to_be_visible()
    expect(inspector).to_contain_text("Multiply gate")
    expect(inspector).to_contain_text("Chain rule")
    for number in ("0.1966", "−0.3932", "−0.5898", "−3.00", "−2.00", "6.00"):
        expect(inspector.get_by_text(number, exact=True).first).to_be_visible()
    for word in ("upstream", "downstream"):
        expect(inspector.get_by_text(word, exact=True).first).to_be_visible()
    expect(inspector).to_contain_text("Gradient switcher")


def test_numbers_in_the_inspector_follow_a_drag(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    gate(page, "s1").click()
    inspector = inspector_of(page)
    expect(inspector.get_by_text("6.00", exact=True).first).to_be_visible()
    gate(page, "w1").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect(inspector.get_by_text("5.80", exact=True).first).to_be_visible()


def test_escape_and_the_cross_close_it(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    inspector = inspector_of(page)
    gate(page, "s1").click()
    expect(inspector).to_be_visible()
    page.keyboard.press("Escape")
    expect(inspector).to_be_hidden()
    gate(page, "s1").click()
    inspector.get_by_role("button", name=re.compile("^Close")).click()
    expect(inspector).to_be_hidden()


def test_a_leaf_used_twice_shows_a_term_for_each_use(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = (x + y) * max(y, z)\nx = 1; y = 2; z = 0")
    gate(page, "y").click()
    inspector = inspector_of(page)
    expect(inspector).to_contain_text("used 2 times")
    for number in ("5.0000", "2.0000", "3.0000"):
        expect(inspector.get_by_text(number, exact=True).first).to_be_visible()


def test_a_constant_says_that_it_has_no_gradient(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = x ^ 3\nx = 2")
    gate(page, "f").click()
    expect(inspector_of(page)).to_contain_text("a constant has no gradient")
