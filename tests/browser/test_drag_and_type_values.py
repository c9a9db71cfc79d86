"""A visitor changes a leaf on the graph: every number that depends on it follows, and the program text too."""

import re

from playwright.sync_api import Page, expect

from tests.browser.tasks import expect_gate, expect_leaf, gate, leaf_value, program, type_program, wait_for_graph


def drag(page: Page, name: str, pixels: int, *, release: bool = True) -> None:
    box = leaf_value(page, name).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=8)
    if release:
        page.mouse.up()


def test_dragging_a_value_changes_every_number_that_depends_on_it(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    drag(page, "w1", 8)
    expect_leaf(page, "w1", value="−2.60", gradient="−0.50")
    expect_gate(page, "s3", value="0.20", gradient="0.25")
    expect_gate(page, "f", value="0.55", gradient="1.00")


def test_the_program_text_follows_where_the_number_is_written_in_it(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    drag(page, "w1", 8)
    program(page).click()
    expect(program(page)).to_contain_text("w1 = -2.6")


def test_escape_gives_the_drag_up(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    drag(page, "w1", 8, release=False)
    expect_gate(page, "f", value="0.55", gradient="1.00")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect_gate(page, "f", value="0.73", gradient="1.00")
    expect_leaf(page, "w1", value="−3.00", gradient="−0.39")


def test_one_drag_is_one_undo(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    drag(page, "w1", 8)
    expect_gate(page, "f", value="0.55", gradient="1.00")
    page.get_by_role("button", name="Undo").click()
    expect_gate(page, "f", value="0.73", gradient="1.00")
    page.get_by_role("button", name="Redo").click()
    expect_gate(page, "f", value="0.55", gradient="1.00")


def test_a_value_can_be_typed(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    leaf_value(page, "x0").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1.5")
    page.keyboard.press("Enter")
    expect_gate(page, "s0", value="3.00", gradient="2.5·10⁻³")


def test_a_value_the_text_does_not_write_is_kept_beside_it(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "(x+y)*z")
    expect_gate(page, "f", value="2.00", gradient="1.00")
    drag(page, "x", 4)
    expect_leaf(page, "x", value="1.02", gradient="1.00")
    page.wait_for_url(re.compile("values=x"))
    page.reload()
    expect_leaf(page, "x", value="1.02", gradient="1.00")
    expect_gate(page, "f", value="2.02", gradient="1.00")


def test_enter_opens_a_field_in_which_arrow_keys_step_the_value(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    gate(page, "x0").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect_leaf(page, "x0", value="−0.99", gradient="0.39")
    page.keyboard.press("Enter")
    expect(leaf_value(page, "x0")).to_have_attribute("aria-valuenow", "-0.99")
