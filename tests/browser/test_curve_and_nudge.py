"""A visitor sees the output as a value varies, drags the point, and compares the gradient's promise with the truth."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.tasks import expect_leaf, gate, inspector_of, leaf_value, type_program, wait_for_graph

PATTERNS = "f = (x + y) * max(y, z)\nx = 1; y = 2; z = 0"


def open_neuron(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)


def curve(page: Page, name: str) -> Locator:
    return inspector_of(page).get_by_role("group", name=f"f as {name} varies")


def point(page: Page, name: str) -> Locator:
    return inspector_of(page).get_by_role("slider", name=f"Value of {name}")


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"Nudge of {name}")


def drag_value(page: Page, name: str, pixels: int, *, release: bool = True) -> None:
    drag(page, leaf_value(page, name), pixels, release=release)


def drag(page: Page, what: Locator, pixels: int, *, release: bool = True) -> None:
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=8)
    if release:
        page.mouse.up()


def test_a_gate_offers_a_curve_for_each_of_its_inputs(page: Page) -> None:
    open_neuron(page)
    gate(page, "s1").click()
    expect(curve(page, "w1")).to_contain_text("slope −0.3932")
    expect(inspector_of(page)).to_contain_text("Finite difference gives −0.3932")
    inspector_of(page).get_by_role("group", name="What varies").get_by_role("button").nth(1).click()
    expect(curve(page, "x1")).to_contain_text("slope −0.5898")
    expect(inspector_of(page)).to_contain_text("Finite difference gives −0.5898")


def test_an_inner_node_is_varied_alone_and_cannot_be_dragged(page: Page) -> None:
    open_neuron(page)
    gate(page, "s3").click()
    expect(curve(page, "s2")).to_contain_text("slope 0.1966")
    expect(inspector_of(page).get_by_role("slider")).to_have_count(0)


def test_a_kink_has_a_tick(page: Page) -> None:
    open_neuron(page)
    type_program(page, PATTERNS)
    gate(page, "y").click()
    expect(curve(page, "y")).to_contain_text("slope 5.0000")
    expect(curve(page, "y").get_by_text("kink", exact=True)).to_be_visible()


def test_at_a_kink_the_check_says_so(page: Page) -> None:
    open_neuron(page)
    type_program(page, "f = 3 relu(x)\nx = 0")
    gate(page, "x").click()
    expect(inspector_of(page)).to_contain_text("A kink: the slope is 0.0000 on the left and 3.0000 on the right")


def test_dragging_the_point_changes_the_leaf(page: Page) -> None:
    open_neuron(page)
    gate(page, "w1").click()
    expect(curve(page, "w1")).to_contain_text("slope −0.3932")
    # The last line to arrive: before it the point still moves with what stands above.
    expect(inspector_of(page)).to_contain_text("Finite difference gives")
    drag(page, point(page, "w1"), 25)
    expect(point(page, "w1")).to_have_attribute("aria-valuenow", re.compile(r"^-2\.[3-6]"))
    expect(leaf_value(page, "w1")).to_have_attribute("aria-valuenow", re.compile(r"-2\.[3-7]"))
    page.get_by_role("button", name="Undo").click()
    expect(point(page, "w1")).to_have_attribute("aria-valuenow", "-3")


def test_the_point_moves_by_the_keyboard(page: Page) -> None:
    open_neuron(page)
    gate(page, "w1").click()
    point(page, "w1").focus()
    page.keyboard.press("ArrowRight")
    expect_leaf(page, "w1", value="−2.90", gradient="−0.43")
    expect(point(page, "w1")).to_be_focused()
    expect(point(page, "w1")).to_have_attribute("aria-valuetext", re.compile(r"^-2\.9; f is 0\.6900, slope −0\.4278$"))


def test_curve_and_check_follow_a_drag_of_another_value(page: Page) -> None:
    open_neuron(page)
    gate(page, "w1").click()
    expect(curve(page, "w1")).to_contain_text("slope −0.3932")
    drag_value(page, "w0", 10, release=False)
    expect_leaf(page, "w1", value="−3.00", gradient="−0.47")
    expect(curve(page, "w1")).to_contain_text("slope −0.4700")
    expect(inspector_of(page)).to_contain_text("Finite difference gives −0.4700")
    page.mouse.up()


def test_a_small_step_is_compared_and_can_be_typed(page: Page) -> None:
    open_neuron(page)
    type_program(page, PATTERNS)
    gate(page, "y").click()
    line = inspector_of(page).get_by_text(re.compile("gives .*, predicted"))
    expect(line).to_contain_text("gives +0.0501, predicted +0.0500")
    line.get_by_role("textbox", name="Step to try").fill("-0.5")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("gives −2.2500, predicted −2.5000")
    expect_leaf(page, "y", value="2.00", gradient="5.00")


def test_the_nudge_card_compares_predicted_and_true_change(page: Page) -> None:
    open_neuron(page)
    drag_value(page, "w1", 8, release=False)
    for text in ("−3.00 → −2.60", "−0.1573", "−0.1812", "−0.0239", "a step of 0.40 misses by 0.0239"):
        expect(card(page, "w1")).to_contain_text(text)
    page.mouse.up()
    expect(card(page, "w1")).to_contain_text("−0.1812")


def test_the_card_goes_with_the_next_selection_and_with_escape(page: Page) -> None:
    open_neuron(page)
    drag_value(page, "w1", 8)
    expect(card(page, "w1")).to_be_visible()
    gate(page, "s0").click()
    expect(card(page, "w1")).to_be_hidden()
    drag_value(page, "w1", 8, release=False)
    expect(card(page, "w1")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(card(page, "w1")).to_be_hidden()


def test_the_step_can_be_typed_in_the_card(page: Page) -> None:
    open_neuron(page)
    drag_value(page, "w1", 8)
    field = card(page, "w1").get_by_role("textbox", name="Size of the step")
    field.fill("1")
    field.press("Enter")
    expect_leaf(page, "w1", value="−2.00", gradient="−0.39")
    expect(card(page, "w1")).to_contain_text("−3.00 → −2.00")
    expect(card(page, "w1")).to_contain_text("−0.4621")
    page.get_by_role("button", name="Undo").click()
    expect_leaf(page, "w1", value="−2.60", gradient="−0.50")


def test_the_card_can_be_switched_off_and_the_link_keeps_it(page: Page) -> None:
    open_neuron(page)
    page.get_by_role("button", name="View").click()
    page.get_by_role("switch", name="Nudge card while dragging").click()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("nudge=off"))
    page.reload()
    wait_for_graph(page)
    drag_value(page, "w1", 8)
    expect_leaf(page, "w1", value="−2.60", gradient="−0.50")
    expect(card(page, "w1")).to_be_hidden()


def test_a_gate_that_lets_little_through_says_so_quietly(page: Page) -> None:
    open_neuron(page)
    type_program(page, "h = relu(x)\nf = sigmoid(h - 7) * y\nx = -1; y = 2")
    gate(page, "h").click()
    expect(inspector_of(page)).to_contain_text("This ReLU is off: its input is −1.00")
    gate(page, "s1").click()
    expect(inspector_of(page)).to_contain_text("The sigmoid is saturated here")
    expect(page.get_by_text("saturated")).to_have_count(1)


def test_values_without_a_number_leave_no_broken_plot(page: Page) -> None:
    open_neuron(page)
    type_program(page, "f = log(x) + sqrt(x)\nx = 0")
    gate(page, "x").click()
    expect(inspector_of(page)).to_contain_text("there is no number to compare")
    assert "NaN" not in str(curve(page, "x").evaluate("element => element.outerHTML.replace(/>[^<]*</g, '')"))
