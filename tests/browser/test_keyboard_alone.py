"""Every task of the page without a pointer: only keys are pressed here."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.tasks import expect_gate, expect_leaf, inspector_of, program, wait_for_graph


def opened(visitor: Visitor, address: str = "/") -> Page:
    page = visitor.open()
    page.goto(address)
    wait_for_graph(page)
    # The transport of the first response cannot be pressed yet, and no key acts before the live one is there.
    expect(page.locator("#transport:not([inert])").get_by_role("button", name="Play")).to_be_visible()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


FOCUSED = """
() => {
  let at = document.activeElement;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at.getAttribute('aria-label') ?? at.textContent.trim();
}
"""


def focused(page: Page) -> str:
    """Name of what has the focus."""
    name: str = page.evaluate(FOCUSED)
    return name


def replace_program(page: Page, text: str) -> None:
    press(page, "/")
    expect(program(page)).to_be_focused()
    press(page, "ControlOrMeta+a", "Delete")
    page.keyboard.type(text)


def test_type_an_expression_and_leave_the_field(visitor: Visitor) -> None:
    page = opened(visitor)
    replace_program(page, "f = (x + y) * z")
    expect_gate(page, "f", value="2.00", gradient="1.00")
    press(page, "Escape", "1")
    assert focused(page).startswith("Input x, 1.00")


def test_the_order_of_focus(visitor: Visitor) -> None:
    page = opened(visitor, "/#select=n2&v=1")
    expect(inspector_of(page)).to_be_visible()
    seen: list[str] = []
    for _ in range(40):
        press(page, "Tab")
        seen.append(focused(page))
        if seen[-1].startswith("Close the inspector"):
            break
    expected = [
        "Go to the graph", "Chainrule", "Examples", "Copy link", "Program", "Values", "View", "Parameter w0",
        "Zoom out", "Play", "Step", "Speed", "Width of the inspector", "Close the inspector",
    ]  # fmt: skip
    places = [next((at for at, name in enumerate(seen) if name.split(",")[0] == want), -1) for want in expected]
    assert -1 not in places, (expected, seen)
    assert places == sorted(places), seen
    graph = [name for name in seen if re.match(r"(Multiply|Add|Exponential) gate|Parameter|Input", name)]
    assert len(graph) == 1, "the graph is one stop"


def test_the_skip_link_leads_into_the_graph(visitor: Visitor) -> None:
    page = opened(visitor, "/#program=f%3Da*b&v=1")
    press(page, "Tab")
    assert focused(page) == "Go to the graph"
    press(page, "Enter")
    assert focused(page).startswith("Input a")
    expect(page).to_have_url(re.compile("program="))
    expect_gate(page, "f", value="1.00", gradient="1.00")


def test_move_on_the_graph_and_open_a_gate(visitor: Visitor) -> None:
    page = opened(visitor)
    press(page, "1")
    assert focused(page).startswith("Parameter w0")
    press(page, "ArrowRight")
    assert focused(page).startswith("Multiply gate s0")
    press(page, "ArrowDown")
    assert focused(page).startswith("Multiply gate s1")
    press(page, "Enter")
    expect(inspector_of(page)).to_contain_text("Chain rule")
    press(page, "Escape")
    expect(inspector_of(page)).to_be_hidden()


def test_edit_a_leaf_and_go_to_the_next_one(visitor: Visitor) -> None:
    page = opened(visitor)
    press(page, "1", "Enter")
    press(page, "ControlOrMeta+a")
    page.keyboard.type("3")
    press(page, "Tab")
    page.keyboard.type("2")
    press(page, "Enter")
    expect_leaf(page, "w0", value="3.00", gradient="2.5·10⁻⁴")
    expect_leaf(page, "x0", value="2.00", gradient="3.7·10⁻⁴")
    press(page, "ControlOrMeta+z", "ControlOrMeta+z")
    expect_leaf(page, "w0", value="2.00", gradient="−0.20")
    press(page, "ControlOrMeta+Shift+z")
    expect_leaf(page, "w0", value="3.00", gradient="−0.25")


def test_step_through_the_story(visitor: Visitor) -> None:
    page = opened(visitor)
    slider = page.get_by_role("slider", name="Step")
    caption = page.locator("#caption")
    press(page, "Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    expect(caption).to_contain_text("Before the first step")
    press(page, "]", ".")
    expect(slider).to_have_attribute("aria-valuenow", "2")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("Step 2 of 17, forward"))
    press(page, "[")
    expect(slider).to_have_attribute("aria-valuenow", "1")
    press(page, ",")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    press(page, "End")
    expect(slider).to_have_attribute("aria-valuenow", "17")
    press(page, "Home", "Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    press(page, "Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_switch_layers_theme_and_zoom(visitor: Visitor) -> None:
    page = opened(visitor)
    for key, name in (("v", "Values"), ("g", "Gradients"), ("l", "Local")):
        control = page.get_by_role("switch", name=name)
        before = control.get_attribute("aria-checked")
        press(page, key)
        expect(control).to_have_attribute("aria-checked", "false" if before == "true" else "true")
    press(page, "t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    percent = page.locator(".zoom-percent")
    fitted = percent.inner_text()
    press(page, "+")
    expect(percent).not_to_have_text(fitted)
    press(page, "-", "-", "0")
    expect(percent).to_have_text(fitted)


def test_open_and_collapse_a_composite(visitor: Visitor) -> None:
    page = opened(visitor, "/#program=f%20%3D%20sigmoid(w*x)%0Aw%20%3D%202%3B%20x%20%3D%20-1&v=1")
    press(page, "1", "ArrowRight", "ArrowRight")
    assert focused(page).startswith("Sigmoid gate f")
    press(page, "e")
    expect(page.locator("#graph .press:focus")).to_have_count(1)
    expect(page.get_by_role("button", name=re.compile("^Sigmoid gate f"))).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^(Exponential|Negate) gate"))).to_have_count(2)
    press(page, "e")
    expect(page.get_by_role("button", name=re.compile("^Sigmoid gate f"))).to_be_focused()


def test_open_an_example(visitor: Visitor) -> None:
    page = opened(visitor)
    press(page, "Tab", "Tab", "Tab")
    assert focused(page) == "Examples"
    press(page, "Enter")
    panel = page.get_by_role("dialog", name="Examples")
    expect(panel.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("fan")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("(x + y) z")
    for _ in range(20):
        press(page, "Tab")
        if "(x + y) z" in focused(page):
            break
    press(page, "Enter")
    expect(panel).to_be_hidden()
    expect_gate(page, "f", value="−12.00", gradient="1.00")


def test_the_list_of_keys_opens_and_closes(visitor: Visitor) -> None:
    page = opened(visitor)
    press(page, "1", "?")
    panel = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Open or collapse a composite")
    press(page, "v")
    expect(page.get_by_role("switch", name="Values")).to_have_attribute("aria-checked", "true")
    press(page, "Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_focused()


def test_letter_keys_can_be_switched_off(visitor: Visitor) -> None:
    page = opened(visitor)
    press(page, "?")
    letters = page.get_by_role("dialog").get_by_role("switch", name="Letter keys")
    for _ in range(6):
        if letters.evaluate("(one) => one === document.activeElement"):
            break
        press(page, "Tab")
    press(page, "Space", "Escape")
    press(page, "v")
    expect(page.get_by_role("switch", name="Values")).to_have_attribute("aria-checked", "true")
    page.reload()
    wait_for_graph(page)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    press(page, "v")
    expect(page.get_by_role("switch", name="Values")).to_have_attribute("aria-checked", "true")


def test_keys_write_while_a_field_has_the_focus(visitor: Visitor) -> None:
    page = opened(visitor)
    replace_program(page, "gel = v + p")
    expect(program(page)).to_have_text("gel = v + p")
    expect(page.get_by_role("switch", name="Values")).to_have_attribute("aria-checked", "true")
    expect(program(page)).to_be_visible()


def test_read_the_graph_as_a_list(visitor: Visitor) -> None:
    page = opened(visitor)
    page.get_by_role("button", name="View", exact=True).press("Enter")
    page.get_by_role("switch", name="As a list").press("Space")
    press(page, "Escape", "1")
    assert focused(page) == "Output f. Value 0.73. Gradient 1.00."
    press(page, "Tab")
    assert focused(page).startswith("Divide gate f = 1 divided by s6. Value 0.73.")
    press(page, "Enter")
    expect(inspector_of(page)).to_contain_text("Chain rule")
    page.wait_for_url(re.compile("view=list"))


@pytest.mark.parametrize("convention", ["Slope of ReLU at 0"])
def test_choose_a_convention_and_hear_what_changed(visitor: Visitor, convention: str) -> None:
    page = opened(visitor, "/#program=f%20%3D%20relu(x)%20*%20y%0Ax%20%3D%200%3B%20y%20%3D%203&v=1")
    expect_leaf(page, "x", value="0.00", gradient="0.00")
    page.get_by_role("button", name="View", exact=True).press("Enter")
    chosen = page.get_by_label(convention)
    chosen.focus()
    page.keyboard.type("1")
    expect(page.get_by_text("1 gradient changed: x.")).to_be_visible()
    press(page, "Escape")
    expect_leaf(page, "x", value="0.00", gradient="3.00")
    page.wait_for_url(re.compile("conventions=1"))


def live(page: Page) -> str:
    """What screen readers were told last."""
    return page.locator("body > .visually-hidden[role=status]").inner_text()


def test_results_and_steps_are_said(visitor: Visitor) -> None:
    page = opened(visitor)
    assert live(page) == ""
    press(page, "1", "Enter", "ArrowUp", "Enter")
    expect(page.locator("body > .visually-hidden[role=status]")).to_have_text("f is 0.71.")
    press(page, "Home", "]")
    expect(page.locator("body > .visually-hidden[role=status]")).to_have_text(re.compile("Forward, Multiply gate"))
