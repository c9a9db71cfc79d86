"""A visitor follows the paths of a gradient: every product, their sum, and what backpropagation saves."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import gate, inspector_of, type_program, wait_for_graph

NETWORK = "/?example=network-3-2-2"
DIAMONDS = "a0 = x;" + ";".join(f"a{number + 1} = sin(a{number}) + cos(a{number})" for number in range(100)) + ";x=0.5"


def open_paths(page: Page, address: str = NETWORK, output: str = "E") -> None:
    page.goto(address)
    wait_for_graph(page, output)
    page.get_by_role("tab", name="Paths").click()
    expect(panel(page).get_by_role("listbox", name="Paths")).to_be_visible()


def panel(page: Page) -> Locator:
    return page.get_by_role("tabpanel", name="Paths")


def rows(page: Page) -> Locator:
    return panel(page).get_by_role("option")


def lit_nodes(page: Page) -> Locator:
    return panel(page).locator(".mini-graph .node.kept")


def meter(page: Page) -> Locator:
    return panel(page).get_by_role("region", name="What backpropagation saves")


def test_the_two_paths_of_w1_add_up_and_the_lecture_prints_one_of_them(page: Page) -> None:
    open_paths(page)
    page.get_by_label("Leaf").select_option("w1")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).first).to_have_accessible_name(
        "Path 1: w1 to z_a to h_a to z_c to y1 to E. 0.78955 times 0.09825 times 0.7 times 0.01321 times 1 is 0.000717."
    )
    expect(rows(page).last).to_have_accessible_name(re.compile(r"z_d to y2 to E\. .* is 0\.001267\.$"))
    expect(panel(page)).to_contain_text("2 paths: 0.000717 + 0.001267")
    expect(panel(page).get_by_text("0.001984")).to_be_visible()
    expect(meter(page)).to_contain_text("2 paths, 20 edges, each visited once")
    for text in ("26 visits", "20 visits", "All 19 leaves", "396", "53"):
        expect(meter(page)).to_contain_text(text)
    expect(meter(page)).to_contain_text("36 paths run over 53 edges. One backward pass serves them all.")
    expect(panel(page).get_by_role("note").get_by_role("paragraph")).to_have_text(
        "The lecture prints 0.0012 for this gradient. That is path 2 alone: 0.001267, cut after four decimals. "
        "It leaves path 1 out of the sum."
    )
    panel(page).get_by_role("button", name="Check a number").click()
    expect(page.get_by_role("complementary", name="Check a number")).to_contain_text("One path is missing.")


def test_a_gradient_that_the_lecture_prints_right_has_no_note(page: Page) -> None:
    open_paths(page)
    page.get_by_label("Leaf").select_option("w1")
    expect(panel(page).get_by_role("note")).to_be_visible()
    page.get_by_label("Leaf").select_option("w7")
    expect(rows(page)).to_have_count(1)
    expect(panel(page).get_by_role("note")).to_be_hidden()
    expect(panel(page)).to_contain_text("1 path: its product is the gradient.")


def test_a_row_lights_its_path_and_the_choice_is_in_the_link(page: Page) -> None:
    open_paths(page)
    page.get_by_label("Leaf").select_option("w1")
    expect(rows(page)).to_have_count(2)
    expect(lit_nodes(page)).to_have_count(0)
    rows(page).first.hover()
    expect(lit_nodes(page)).to_have_count(7)
    rows(page).last.click()
    expect(rows(page).last).to_have_attribute("aria-selected", "true")
    page.mouse.move(5, 5)
    expect(lit_nodes(page)).to_have_count(7)
    expect(page).to_have_url(re.compile("leaf=w1.*path=1"))
    page.reload()
    expect(rows(page).last).to_have_attribute("aria-selected", "true")
    expect(lit_nodes(page)).to_have_count(7)


def test_with_the_keyboard_alone(page: Page) -> None:
    page.goto(f"{NETWORK}#tab=paths&leaf=w1&v=1")
    expect(rows(page)).to_have_count(2)
    page.get_by_role("tab", name="Paths").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.getAttribute('role')") == "option":
            break
    expect(rows(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows(page).last).to_be_focused()
    expect(rows(page).last).to_have_attribute("aria-selected", "true")
    expect(lit_nodes(page)).to_have_count(7)
    page.keyboard.press("Home")
    expect(rows(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(rows(page).first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("switch", name="Every gate").focus()
    page.keyboard.press("Space")
    expect(rows(page).first).to_have_accessible_name(
        re.compile(r"w1 to E, 14 nodes\. ([−\d.]+ times ){12}1 is 0\.000717")
    )


def test_every_gate_shows_factors_of_one_and_counts_the_same(page: Page) -> None:
    open_paths(page)
    page.get_by_label("Leaf").select_option("w1")
    expect(rows(page)).to_have_count(2)
    page.get_by_role("switch", name="Every gate").click()
    expect(rows(page).first.locator(".path-factor")).to_have_count(13)
    expect(meter(page)).to_contain_text("2 paths, 20 edges, each visited once")
    expect(page).to_have_url(re.compile("gates=every"))


def test_more_paths_than_anyone_lists(page: Page) -> None:
    page.goto(f"/#program={quote(DIAMONDS, safe='')}&tab=paths&v=1")
    expect(panel(page)).to_contain_text("Showing 200 of 1.3·10³⁰ paths, the largest first; the sum covers all of them.")
    expect(meter(page)).to_contain_text("1.3·10³⁰ paths, 400 edges, each visited once")
    expect(meter(page)).to_contain_text("2.5·10³² visits")
    first = rows(page).first
    first.click()
    page.keyboard.press("End")
    expect(rows(page)).to_have_count(200)
    expect(rows(page).last).to_be_focused()
    expect(panel(page)).to_contain_text("Path 200 is drawn alone.")


def test_a_leaf_that_the_output_does_not_depend_on(page: Page) -> None:
    page.goto("/#program=q %3D x y%3B f %3D 2 z&tab=paths&leaf=x&v=1")
    expect(panel(page)).to_contain_text(
        "f does not depend on x: no path leads from one to the other, so the gradient is 0."
    )
    expect(panel(page).get_by_role("listbox")).to_be_hidden()


def test_a_leaf_used_twice_in_one_line(page: Page) -> None:
    page.goto("/#program=f %3D (x %2B y)*max(y, z)%3B x %3D 1%3B y %3D 2%3B z %3D 0&tab=paths&v=1")
    expect(panel(page)).to_contain_text("2 paths: 2.00 + 3.00")
    expect(panel(page).get_by_text("5.00")).to_be_visible()
    # With its only line folded there would be nothing to show.
    expect(page.get_by_role("switch", name="Every gate")).to_be_disabled()
    expect(page.get_by_role("switch", name="Every gate")).to_be_checked()


def test_any_node_as_start_and_as_end(page: Page) -> None:
    open_paths(page)
    page.get_by_label("Leaf").select_option("h_a")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("to", exact=True).select_option("y2")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_have_accessible_name(re.compile(r"^Path 1: h_a to z_d to y2\."))
    expect(page).to_have_url(re.compile("leaf=h_a.*to=y2"))


def test_the_leaf_is_that_of_the_graph_and_the_other_way_round(page: Page) -> None:
    page.goto(NETWORK)
    wait_for_graph(page, "E")
    gate(page, "w3").click()
    page.get_by_role("tab", name="Paths").click()
    expect(page.get_by_label("Leaf")).to_have_value("w3")
    page.get_by_label("Leaf").select_option("b4")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("tab", name="Graph").click()
    expect(inspector_of(page)).to_have_accessible_name(re.compile("b4|b_4"))


def test_the_list_follows_the_program_and_stays_while_it_cannot_be_read(page: Page) -> None:
    page.goto("/#program=q %3D x y%3B f %3D q q&tab=paths&leaf=x&v=1")
    expect(rows(page)).to_have_count(2)
    type_program(page, "q = x y; f = q q +")
    expect(rows(page)).to_have_count(2)
    expect(panel(page).locator(".paths")).to_have_class(re.compile("is-stale"))
    type_program(page, "q = x y; f = q q + x")
    expect(rows(page)).to_have_count(3)
    expect(panel(page).locator(".paths")).not_to_have_class(re.compile("is-stale"))


def test_on_a_phone_nothing_is_wider_than_the_page(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    page.goto(f"{NETWORK}#tab=paths&leaf=w1&v=1")
    expect(rows(page)).to_have_count(2)
    rows(page).last.tap()
    expect(rows(page).last).to_have_attribute("aria-selected", "true")
    expect(panel(page).get_by_role("note")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert panel(page).evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    for control in (page.get_by_label("Leaf"), page.get_by_role("switch", name="Every gate")):
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44


NET = """z1 = W1 @ x
a1 = relu(z1)
z2 = W2 @ a1
y = sigmoid(z2)
E = half_sse(y, t)
W1 = [[0.6, -0.4], [0.5, 0.8]]; x = [1, 0.5]; W2 = [[0.7, -0.3], [-0.6, 0.5]]; t = [0, 1]"""


def test_a_whole_tensor_has_chains_of_gates_and_an_entry_has_numbers(page: Page) -> None:
    page.goto(f"/#program={quote(NET)}&tab=paths&leaf=W1")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_have_accessible_name(
        "Path 1: W1 to z1 to a1 to z2 to y to E. Its part of the gradient is 2 by 2."
    )
    expect(rows(page).first).to_contain_text("2×4")
    expect(panel(page).locator(".shape-badge").first).to_be_visible()
    page.get_by_label("Leaf").select_option("W1[0, 1]")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).first).to_have_accessible_name(re.compile(r"Path 1: W1\[0, 1\] to z1\[0\] to a1\[0\] to z2\[0\]"))
    expect(page).to_have_url(re.compile("leaf=W1"))
    rows(page).first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows(page).nth(1)).to_have_attribute("aria-selected", "true")
    expect(lit_nodes(page)).to_have_count(7)
    page.get_by_label("Leaf").select_option("W1")
    expect(rows(page)).to_have_count(1)


def test_parts_of_a_tensor_that_is_used_twice_add_up_also_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    source = "y = W @ (W @ x); E = sum(y); W = [[1, 2], [3, 4]]; x = [1, -1]"
    page.goto(f"/#program={quote(source)}&tab=paths&leaf=W")
    expect(rows(page)).to_have_count(2)
    expect(panel(page)).to_contain_text("2 paths: their parts add up to the gradient.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
