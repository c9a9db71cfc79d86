"""A lecturer folds every line of a network into one gate, as a textbook draws it, and opens one of them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.tasks import expect_gate, expect_leaf, gate, inspector_of, wait_for_graph

NETWORK = "/?example=network-2-2-1"


def line(page: Page, label: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf"^Program line gate {label}\."))


def test_lines_fold_by_the_menu_and_one_opens_by_the_keyboard(page: Page) -> None:
    page.goto(NETWORK)
    wait_for_graph(page, "E")
    expect_leaf(page, "w5", value="0.20", gradient="−0.05")
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("switch", name="Named nodes only").click()
    page.keyboard.press("Escape")
    expect(line(page, "z_c")).to_have_accessible_name(
        "Program line gate z_c. Value 0.47. Gradient −0.09. "
        "Inputs h_a, 0.59, gradient −0.02; w5, 0.20, gradient −0.05; "
        "h_b, 0.59, gradient −0.05; w6, 0.60, gradient −0.05."
    )
    expect(gate(page, "s4")).to_have_count(0)
    expect_leaf(page, "w5", value="0.20", gradient="−0.05")
    line(page, "z_c").press("e")
    expect_gate(page, "s4", value="0.12", gradient="−0.09")
    expect(page.get_by_role("button", name="Collapse Program line z_c")).to_be_visible()


def test_a_link_opens_them_folded_and_the_inspector_tells_the_whole_line(page: Page) -> None:
    page.goto(f"{NETWORK}#lines=folded&v=1")
    wait_for_graph(page, "E")
    line(page, "z_c").click()
    expect(inspector_of(page)).to_contain_text("A line of the program, as one gate")
    expect(inspector_of(page)).to_contain_text("Open or closed, it passes on the same gradients.")
    expect(page).to_have_url(re.compile("select=line_.*lines=folded"))
