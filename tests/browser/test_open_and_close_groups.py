"""A visitor opens a composite into its gates, reads the same gradients, and closes it again."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, Visitor
from tests.browser.tasks import expect_gate, expect_leaf, gate, inspector_of, type_program, wait_for_graph

CALLED = "f = sigmoid(w*x + b)\nw = 2; x = 1; b = -2"
LEAVES = {"w": ("2.00", "0.25"), "x": ("1.00", "0.50"), "b": ("−2.00", "0.25")}


def collapse(page: Page, name: str = "Sigmoid f") -> Locator:
    return page.get_by_role("button", name=f"Collapse {name}", exact=True)


def expect_leaves(page: Page) -> None:
    for name, (value, gradient) in LEAVES.items():
        expect_leaf(page, name, value=value, gradient=gradient)


def open_sigmoid(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, CALLED)
    expect_gate(page, "f", value="0.50", gradient="1.00")
    gate(page, "f").dblclick()
    expect(collapse(page)).to_be_visible()


def test_a_double_click_opens_it_and_collapse_closes_it(page: Page) -> None:
    open_sigmoid(page)
    expect_leaves(page)
    expect_gate(page, "s2", value="0.00", gradient="−0.25")
    expect_gate(page, "s3", value="1.00", gradient="−0.25")
    expect(page.locator("#graph .group")).to_contain_text("local gradient")
    expect(page.locator("#graph .group-formula")).to_have_text("(1 − σ) σ = 0.50 × 0.50 = 0.25")
    collapse(page).click()
    expect(collapse(page)).to_have_count(0)
    expect_gate(page, "f", value="0.50", gradient="1.00")
    expect_leaves(page)


def test_nothing_is_asked_while_it_opens_and_closes(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, CALLED)
    expect_gate(page, "f", value="0.50", gradient="1.00")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    gate(page, "f").press("e")
    expect(collapse(page)).to_be_visible()
    collapse(page).press("Enter")
    expect(collapse(page)).to_have_count(0)
    expect(gate(page, "f")).to_be_focused()
    assert [url for url in asked if url.endswith("/evaluate")] == []


def test_the_link_keeps_what_is_open(page: Page) -> None:
    open_sigmoid(page)
    expect(page).to_have_url(re.compile("open=g0"))
    page.reload()
    wait_for_graph(page)
    expect(collapse(page)).to_be_visible()
    expect_leaves(page)


def test_the_sigmoid_written_out_stands_open_and_can_be_closed(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    expect(collapse(page)).to_be_visible()
    collapse(page).click()
    expect(collapse(page)).to_have_count(0)
    expect_gate(page, "f", value="0.73", gradient="1.00")
    expect_leaf(page, "w1", value="−3.00", gradient="−0.39")
    expect(page).to_have_url(re.compile("closed=g0"))
    page.reload()
    wait_for_graph(page)
    expect_gate(page, "f", value="0.73", gradient="1.00")
    expect(collapse(page)).to_have_count(0)
    gate(page, "f").dblclick()
    expect(collapse(page)).to_be_visible()


def test_the_title_explains_the_group_as_one_gate(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    page.get_by_role("button", name=re.compile("^Open group of 4 nodes: Sigmoid f$")).click()
    inspector = inspector_of(page)
    expect(inspector).to_contain_text("Sigmoid")
    expect(inspector).to_contain_text("0.1966")
    inspector.get_by_role("button", name="Collapse").click()
    expect(collapse(page)).to_have_count(0)


def test_groups_nest(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = u * sigmoid(u)\nu = 0.5")
    expect(collapse(page, "SiLU f")).to_be_visible()
    page.locator("#graph .node.composite .press").dblclick()
    expect(page.get_by_role("button", name=re.compile("^Collapse Sigmoid s\\d$"))).to_be_visible()
    outer, inner = (
        page.locator("#graph .group-line").nth(0).bounding_box(),
        page.locator("#graph .group-line").nth(1).bounding_box(),
    )
    assert outer
    assert inner
    assert outer["x"] < inner["x"]
    assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
    collapse(page, "SiLU f").click()
    expect(page.locator("#graph .group-line")).to_have_count(0)


def test_gates_slide_out_and_back_unless_motion_is_unwanted(visitor: Visitor) -> None:
    page = visitor.open(size=DESKTOP)
    page.emulate_media(reduced_motion="no-preference")
    open_sigmoid(page)
    collapse(page).click()
    # What goes back is still on its way, and gone a moment later.
    expect(page.locator("#graph .leaving").first).to_be_attached()
    expect(page.locator("#graph .leaving")).to_have_count(0)
    page.emulate_media(reduced_motion="reduce")
    gate(page, "f").dblclick()
    expect(collapse(page)).to_be_visible()
    collapse(page).click()
    expect(page.locator("#graph .leaving")).to_have_count(0, timeout=100)
