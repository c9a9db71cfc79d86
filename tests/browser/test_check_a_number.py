"""A visitor checks a number against the usual slips, and the printed numbers of a worked example."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import gate, inspector_of, type_program, wait_for_graph

NETWORK = "/?example=network-3-2-2"


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Check a number")


def worked(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Check a worked example")


def field(page: Page) -> Locator:
    return panel(page).get_by_role("textbox", name=re.compile("^Your number for "))


def lit(page: Page, kind: str) -> Locator:
    return page.locator(f"#graph .node.{kind}")


def check(page: Page, leaf: str, number: str, address: str = NETWORK, output: str = "E") -> None:
    page.goto(address)
    wait_for_graph(page, output)
    gate(page, leaf).click()
    inspector_of(page).get_by_role("button", name="Check a number").click()
    expect(field(page)).to_be_focused()
    page.keyboard.type(number)
    page.keyboard.press("Enter")


def test_a_wrong_number_of_the_lecture_is_one_of_two_paths(page: Page) -> None:
    check(page, "w1", "0.0012")
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()
    expect(panel(page)).to_contain_text(re.compile(r"Your number is the path through .* alone\."))
    terms = panel(page).get_by_role("table", name="Terms of the sum")
    for text in ("0.001267", "0.000717", "0.001984"):
        expect(terms).to_contain_text(text)
    expect(panel(page)).to_contain_text("0.001267 cut after four decimals is 0.0012; rounded it would be 0.0013.")
    expect(panel(page)).to_contain_text("The lecture prints 0.0012 here, and seven more gradients with the same slip.")
    # On the graph: the kept path and the dropped one, each with its number, and nothing else.
    expect(page.get_by_text("Only what lies between")).to_be_visible()
    expect(page.locator(".note", has_text="your number 0.001267")).to_be_visible()
    expect(page.locator(".note", has_text="left out 0.000717")).to_be_visible()
    expect(gate(page, "b1")).to_have_count(0)
    # Five of what was tried, and more at a press.
    tried = panel(page).get_by_role("table", name="Also tried")
    expect(tried.get_by_role("row")).to_have_count(5)
    expect(tried).to_contain_text("−0.0020")
    panel(page).get_by_role("button", name=re.compile(r"and \d+ more")).click()
    assert tried.get_by_role("row").count() > 20
    # Closed, the graph is whole again.
    panel(page).get_by_role("button", name="Close the check").click()
    expect(gate(page, "b1")).to_be_visible()
    expect(inspector_of(page).get_by_role("button", name="Check a number")).to_be_focused()


def test_the_link_carries_the_number_and_both_paths_are_shown(page: Page) -> None:
    check(page, "w1", "0.0012")
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"check=w1%3A0\.0012"))
    page.reload()
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()
    expect(field(page)).to_have_value("0.0012")
    expect(field(page)).not_to_be_focused()
    panel(page).get_by_role("button", name="Show both paths").click()
    paths = page.get_by_role("tabpanel", name="Paths")
    expect(paths.get_by_role("option")).to_have_count(2)
    paths.get_by_role("button", name="Check a number").click()
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()


def test_right_wrong_and_rounded_on_the_way_are_told_apart(page: Page) -> None:
    check(page, "w6", "-0.0536", "/?example=network-2-2-1")
    heading = panel(page).get_by_role("heading", level=3).first
    expect(heading).to_contain_text("That is right to four decimals.")
    for number, says in (
        ("-0.0535", "Rounded on the way."),
        ("-0.05360171511955609", "That is right."),
        ("-0.053", "That is right, cut after three decimals."),
        ("0.0536", "The sign is turned around."),
        ("0.0031", "No usual slip gives 0.0031."),
    ):
        field(page).fill(number)
        page.keyboard.press("Enter")
        expect(heading).to_contain_text(says)
    field(page).fill("abc")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("alert")).to_contain_text("abc is not a number.")
    expect(field(page)).to_have_value("abc")


def test_several_slips_are_all_listed_and_each_can_be_lit(page: Page) -> None:
    check(page, "w4", "0.0002")
    expect(panel(page).get_by_role("heading", name="Two slips give 0.0002.")).to_be_visible()
    expect(panel(page).get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_text("Only what lies between")).to_be_hidden()
    show = panel(page).get_by_role("button", name=re.compile("^Show on the graph: Path through"))
    show.click()
    expect(page.get_by_text("Only what lies between")).to_be_visible()
    show.click()
    expect(page.get_by_text("Only what lies between")).to_be_hidden()


def test_the_panel_follows_the_selection_and_keeps_what_was_typed(page: Page) -> None:
    check(page, "w7", "0.0764")
    expect(panel(page).get_by_role("heading", name="Rounded on the way.")).to_be_visible()
    gate(page, "w8").click()
    expect(field(page)).to_have_accessible_name("Your number for the gradient of E with respect to w8")
    expect(field(page)).to_have_value("")
    gate(page, "w7").click()
    expect(field(page)).to_have_value("0.0764")


def test_the_value_of_a_gate_and_a_weight_after_a_step(page: Page) -> None:
    check(page, "h_a", "0.5868", "/?example=network-2-2-1")
    panel(page).get_by_role("radio", name="Value").click()
    field(page).fill("0.5868")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name="That is right, cut after four decimals.")).to_be_visible()
    gate(page, "w5").click()
    panel(page).get_by_role("radio", name="After a step").click()
    expect(panel(page).get_by_role("textbox", name="Learning rate")).to_have_value("0.7")
    field(page).fill("0.1626")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name="The step goes the wrong way.")).to_be_visible()
    expect(page).to_have_url(re.compile("check=updated"))


def test_the_numbers_of_a_source_are_checked_line_by_line(page: Page) -> None:
    check(page, "w1", "0.0012")
    panel(page).get_by_role("button", name="Check all 46 numbers of the lecture").click()
    expect(worked(page)).to_contain_text("46 numbers: 8 wrong, 8 rounded on the way, 30 right.")
    rows = worked(page).get_by_role("listitem")
    expect(rows).to_have_count(46)
    row = rows.filter(has_text="dE/dw5 = 0.0063")
    expect(row).to_contain_text("wrong")
    expect(row).to_contain_text("was left out of the sum")
    row.get_by_role("button").click()
    expect(field(page)).to_have_value("0.0063")
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()
    panel(page).get_by_role("button", name="Back to the worked example").click()
    expect(rows).to_have_count(46)


def test_lines_are_typed_and_nothing_typed_is_lost(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "q = x + y; f = q * z; x = -2; y = 5; z = -4")
    expect(gate(page, "q")).to_be_visible()
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("button", name="Check a worked example").click()
    lines = worked(page).get_by_role("textbox")
    expect(lines).to_be_focused()
    lines.fill("q = 3\nfoo\ndf/dx = 4\ndf/dz = 3\nqq = 1")
    worked(page).get_by_role("button", name="Check", exact=True).click()
    expect(worked(page)).to_contain_text("5 numbers: 1 wrong, 2 right, 2 not read.")
    expect(worked(page)).to_contain_text("foo gives no number.")
    expect(worked(page)).to_contain_text("Your number has the other sign.")
    page.wait_for_timeout(400)
    page.reload()
    expect(lines).to_have_value("q = 3\nfoo\ndf/dx = 4\ndf/dz = 3\nqq = 1")
    expect(worked(page)).to_contain_text("1 wrong, 2 right")


def test_with_the_keyboard_alone(page: Page) -> None:
    page.goto(NETWORK)
    wait_for_graph(page, "E")
    gate(page, "h_a").focus()
    page.keyboard.press("Enter")
    expect(inspector_of(page)).to_be_visible()
    button = inspector_of(page).get_by_role("button", name="Check a number")
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("(button) => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type("0.0959")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(panel(page).get_by_role("radio", name="Gradient")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(panel(page).get_by_role("radio", name="Value")).to_have_attribute("aria-checked", "true")
    page.keyboard.press("ArrowLeft")
    expect(field(page)).to_have_value("0.0959")
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(button).to_be_focused()


def test_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    page.goto(f"{NETWORK}#check=w1:0.0012&v=1")
    wait_for_graph(page, "E")
    expect(panel(page).get_by_role("heading", name="One path is missing.")).to_be_visible()
    show = panel(page).get_by_role("button", name="Show both paths")
    show.scroll_into_view_if_needed()
    box = show.bounding_box()
    assert box
    assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    more = panel(page).get_by_role("button", name="Check all 46 numbers of the lecture")
    more.scroll_into_view_if_needed()
    more.tap()
    expect(worked(page)).to_contain_text("46 numbers: 8 wrong")
