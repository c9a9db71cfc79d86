"""A visitor writes in the program field: no key is lost, and program, formula and graph light each other."""

from __future__ import annotations

import random

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.tasks import NEURON, gate, program, type_program, wait_for_graph


def lines(page: Page) -> str:
    return "\n".join(program(page).locator(".cm-line").all_inner_texts()).replace("\u200b", "")


def open_field(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    expect(page.locator("#program .cm-content")).to_be_visible()


def word(page: Page, text: str) -> Locator:
    return program(page).get_by_text(text, exact=True).first


def marked(page: Page, kind: str) -> list[str]:
    return program(page).locator(f".mark-{kind}").all_inner_texts()


def test_what_is_typed_before_the_rich_field_arrives_is_kept(page: Page) -> None:
    held: list[Route] = []
    page.route("**/editor-codemirror*", lambda route: held.append(route))
    page.goto("/")
    program(page).click()
    expect(program(page)).to_have_value(NEURON)
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\ng = 2f")
    for route in held:
        route.continue_()
    expect(page.locator("#program .cm-content")).to_be_focused()
    page.keyboard.type(" + 1")
    assert lines(page) == f"{NEURON}\ng = 2f + 1"
    expect(page.get_by_text("10 gates, 5 inputs").first).to_be_visible()


def test_no_key_is_lost_while_answers_arrive(page: Page) -> None:
    """Random keys against a model of the text, with a gate selected so that marks come and go around the caret."""
    open_field(page)
    gate(page, "s1").click()
    chance = random.Random(4)
    moves = ["Enter", "ArrowLeft", "ArrowLeft", "ArrowRight", "Home", "End", "Backspace", "Delete"]
    keys = [*"xy1()*= z", *moves]
    text = "f = (x + y)*max(y, z)\nw1*x1"
    type_program(page, text)
    caret = len(text)
    for _ in range(150):
        key = chance.choice(keys)
        start = text.rfind("\n", 0, caret) + 1
        end = text.find("\n", caret) if "\n" in text[caret:] else len(text)
        page.keyboard.press("Space" if key == " " else key)
        match key:
            case "ArrowLeft":
                caret = max(0, caret - 1)
            case "ArrowRight":
                caret = min(len(text), caret + 1)
            case "Home":
                caret = start
            case "End":
                caret = end
            case "Backspace":
                text, caret = text[: max(0, caret - 1)] + text[caret:], max(0, caret - 1)
            case "Delete":
                text = text[:caret] + text[caret + 1 :]
            case _:
                text = text[:caret] + ("\n" if key == "Enter" else key) + text[caret:]
                caret += 1
        if chance.random() < 0.1:
            page.wait_for_timeout(chance.choice([20, 150]))
    assert lines(page) == text


def test_pointing_at_the_program_lights_gate_and_formula(page: Page) -> None:
    open_field(page)
    word(page, "x1").hover()
    expect(page.locator("#stage .hovered").first).to_be_attached()
    expect(page.locator("#formula .formula-ground")).to_have_count(1)
    assert marked(page, "hovered") == ["x1", "x1"]


def test_selecting_a_gate_lights_its_part_of_program_and_formula(page: Page) -> None:
    open_field(page)
    gate(page, "s1").click()
    assert marked(page, "selected") == ["w1*x1"]
    expect(page.locator("#formula .lit").first).to_be_attached()
    type_program(page, "f = (x + y) * max(y, z)")
    gate(page, "y").click()
    expect(program(page).locator(".mark-selected")).to_have_text(["y", "y"])


def test_a_part_of_the_formula_selects_its_gate(page: Page) -> None:
    open_field(page)
    page.locator("#formula .mathnormal", has_text="x").first.click()
    expect(page.get_by_role("complementary")).to_contain_text("Input")
    assert marked(page, "selected") == ["x0", "x0"]


def test_names_and_functions_are_offered_and_taken_with_tab(page: Page) -> None:
    open_field(page)
    type_program(page, "weight = 2\nf = ")
    page.keyboard.type("we")
    offered = page.get_by_role("listbox", name="Names and functions").get_by_role("option")
    expect(offered.first).to_contain_text("weight")
    page.keyboard.press("Tab")
    page.keyboard.type("*sigm")
    expect(offered.first).to_contain_text("sigmoid")
    page.keyboard.press("Tab")
    page.keyboard.type("x)")
    assert lines(page) == "weight = 2\nf = weight*sigmoid(x)"
    page.keyboard.press("Escape")
    expect(program(page)).not_to_be_focused()


def test_problems_are_underlined_listed_and_reached_with_f8(page: Page) -> None:
    open_field(page)
    type_program(page, "f = sigmod(w0*x0 + w2 *")
    expect(program(page).locator(".mark-problem")).to_have_text(["sigmod", "(", "*"])
    expect(program(page)).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("F8")
    card = page.get_by_role("group", name="Problems")
    expect(card).to_contain_text("This bracket is never closed.")
    page.keyboard.type("(w0)")
    assert lines(page) == "f = sigmod(w0)w0*x0 + w2 *"


def test_undo_and_redo_are_those_of_the_page(page: Page) -> None:
    open_field(page)
    type_program(page, "f = x*y")
    expect(page.get_by_text("1 gate, 2 inputs").first).to_be_visible()
    page.wait_for_timeout(900)
    page.keyboard.type(" + z")
    page.keyboard.press("ControlOrMeta+z")
    expect(program(page)).to_have_text("f = x*y")
    page.keyboard.press("ControlOrMeta+Shift+z")
    expect(program(page)).to_have_text("f = x*y + z")


def test_a_longer_program_folds_to_its_formula(page: Page) -> None:
    open_field(page)
    type_program(page, "x = 2\ny = 3\nf = x*y\nz = 4\nw = 5\nv = 6\nu = 7")
    page.keyboard.press("Escape")
    expect(page.locator("#program").get_by_text("7 lines")).to_be_visible()
    expect(page.locator(".program-number")).to_have_text("3")
    row = page.locator(".program-row")
    assert row.evaluate("element => element.clientHeight") < 70
    program(page).focus()
    expect(page.locator("#program").get_by_text("7 lines")).to_be_hidden()
    assert 180 < row.evaluate("element => element.clientHeight") < 220
