"""A student opens softmax and the cross-entropy of logits, and sees where prediction minus target comes from."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import inspector_of, wait_for_graph

LEAVES = "W = [[0.5, -1], [1.2, 0.4], [-0.3, 0.8]]; x = [1.5, -0.5]; b = [0, 0.2, -0.1]; t = [0, 0, 1]"
SOFTMAX = f"z = W @ x + b; p = softmax(z); L = -sum(t * log(p)); {LEAVES}"
LOGITS = f"z = W @ x + b; L = cross_entropy(z, t); {LEAVES}"


def open_program(page: Page, source: str, **more: str) -> None:
    page.goto("/#" + urlencode({"program": source, "v": 1, **more}))
    page.reload()
    wait_for_graph(page, "L")


def softmax_gate(page: Page) -> Locator:
    return page.locator("#graph").get_by_role("button", name="Softmax gate p")


def test_softmax_opens_and_closes_by_click_and_by_key(page: Page) -> None:
    open_program(page, SOFTMAX)
    softmax_gate(page).dblclick()
    collapse = page.get_by_role("button", name="Collapse Softmax p", exact=True)
    expect(collapse).to_be_visible()
    expect(page.locator("#graph .group-foot")).to_contain_text("passes on to z")
    expect(page.get_by_role("button", name=re.compile("^Exponential gate"))).to_be_visible()
    expect(page).to_have_url(re.compile("open=g0"))
    collapse.click()
    expect(collapse).to_have_count(0)
    softmax_gate(page).press("e")
    expect(collapse).to_be_visible()
    collapse.press("Enter")
    expect(collapse).to_have_count(0)
    expect(softmax_gate(page)).to_be_focused()


def test_the_jacobian_of_softmax_times_what_arrives_is_prediction_minus_target(page: Page) -> None:
    open_program(page, SOFTMAX)
    softmax_gate(page).click()
    panel = inspector_of(page)
    matrix = page.get_by_role("table", name="Local gradient, 3 by 3")
    line = panel.locator(".tensor-line").filter(has=matrix)
    expect(matrix.locator("tr").first).to_have_text("0.2280−0.2143−0.0137")
    expect(line.locator("table").nth(1)).to_contain_text("0.00000.0000−25.6676")
    expect(line.locator("table").nth(2)).to_contain_text("0.35160.6094−0.9610")
    expect(panel).to_contain_text("this is p − t: prediction minus target")
    line.locator("table").nth(2).locator("td").first.hover()
    expect(matrix.locator("td.is-factor")).to_have_count(3)
    panel.get_by_role("button", name="Open", exact=True).click()
    expect(panel.get_by_role("button", name="Collapse", exact=True)).to_be_visible()
    expect(panel).to_contain_text("Open or closed, it passes on the same gradients.")
    expect(panel).to_contain_text("this is p − t")


def test_cross_entropy_says_its_rule_closed_and_opens_in_levels(page: Page) -> None:
    open_program(page, LOGITS, select="g0")
    panel = inspector_of(page)
    rule = panel.locator(".tensor-block").filter(has_text="Gradient for z")
    expect(rule.locator("table")).to_contain_text("0.350.61−0.96")
    expect(rule.locator("math")).to_contain_text("softmax(z)−t")
    open_program(page, LOGITS, open="g0,g1,g2,g3")
    expect(page.locator("#graph .group-line")).to_have_count(4)
    expect(page.locator("body")).not_to_contain_text("NaN")
    # The shift is held, so that nothing flows back through it.
    largest = page.locator("#graph").get_by_role("button", name=re.compile("^Largest entry gate"))
    expect(largest).not_to_have_accessible_name(re.compile("Gradient"))


def test_closed_it_is_one_step_and_open_several(page: Page) -> None:
    for more, steps in (({}, "15"), ({"open": "g0"}, "22")):
        open_program(page, SOFTMAX, step="3", **more)
        expect(page.locator("#transport")).to_contain_text(f"3 of {steps}")


def test_a_list_and_large_logits_say_numbers(page: Page) -> None:
    open_program(page, "p = softmax(z); L = -sum(t * p); z = [1000, 0, 999]; t = [1, 0, 0]")
    expect(softmax_gate(page)).to_have_accessible_name(re.compile("Value vector of 3 0.73 0.00 0.27"))
    page.goto("/#" + urlencode({"program": SOFTMAX, "v": 1, "view": "list", "open": "g0"}))
    page.reload()
    listed = page.get_by_role("button", name=re.compile("^Subtract gate|^Divide gate")).first
    expect(listed).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("NaN")


def test_a_phone_opens_it_in_its_sheet(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_program(page, SOFTMAX, select="g0")
    panel = inspector_of(page)
    panel.get_by_role("button", name="Open", exact=True).tap()
    expect(panel.get_by_role("button", name="Collapse", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
