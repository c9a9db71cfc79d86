"""A visitor opens the gallery, finds an example by mouse or by keyboard, and sees its numbers on the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from app import trace
from app.graph.model import Node
from app.lessons import Lesson, lessons, scalar_lessons
from app.numbers import format_number
from tests.browser.conftest import PHONE, Theme, Visitor
from tests.browser.tasks import expect_gate, wait_for_graph

LECTURE = [lesson for lesson in scalar_lessons() if lesson.section == "From the lecture"]
OTHERS = [lesson for lesson in scalar_lessons() if lesson.section != "From the lecture"]
TENSORS = [lesson for lesson in lessons() if lesson.kind == "tensors"]
WRONG = ["3-2-2 network", "Loss of a frog", "Softmax loss"]

# Draws every card by bringing it into view, and answers what is wrong with the drawings and texts.
FAULTS = """async () => {
  const faults = [];
  for (const card of document.querySelectorAll('.example-card')) {
    card.scrollIntoView({ block: 'center' });
    for (let i = 0; i < 200 && !card.querySelector('svg.mini'); i += 1) await new Promise(requestAnimationFrame);
    const slug = card.dataset.slug;
    const drawing = card.querySelector('.example-drawing').getBoundingClientRect();
    const boxes = [...card.querySelectorAll('.mini-shape')].map((shape) => shape.getBoundingClientRect());
    if (boxes.length < 3) faults.push(`${slug}: ${boxes.length} nodes`);
    boxes.forEach((box, i) => {
      const inside = box.left >= drawing.left && box.right <= drawing.right;
      if (!inside || box.top < drawing.top || box.bottom > drawing.bottom) faults.push(`${slug}: node ${i} is cut off`);
      for (const other of boxes.slice(i + 1)) {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 0.5 && down > 0.5) faults.push(`${slug}: two nodes overlap`);
      }
    });
    for (const line of card.querySelectorAll('.example-title, .example-summary')) {
      if (line.scrollWidth > line.clientWidth + 1) faults.push(`${slug}: “${line.textContent}” is cut off`);
    }
  }
  return faults;
}"""


def gallery(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Examples")


def search(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Find an example")


def cards(page: Page) -> Locator:
    return gallery(page).get_by_role("listitem").get_by_role("button")


def card(page: Page, title: str) -> Locator:
    return gallery(page).get_by_role("button", name=re.compile(rf"^{re.escape(title)} [A-Z]"))


def open_gallery(page: Page) -> None:
    page.get_by_role("button", name="Examples", exact=True).click()
    expect(cards(page).first).to_be_visible()


def visible_nodes(lesson: Lesson) -> Iterator[tuple[Node, float, float | None]]:
    """Nodes as the page shows them, composites closed. Literals are drawn inside the gates that use them."""
    found = trace(lesson.program, output=lesson.output, expand=("*",))
    ends = {group.output for group in found.groups if group.group is None}
    for node, value, gradient in zip(found.nodes, found.values, found.gradients, strict=True):
        if node.kind != "constant" and (node.group is None or node.id in ends):
            yield node, value, gradient


def expect_numbers(page: Page, lesson: Lesson) -> None:
    """Every value and gradient of the lesson is on the page, to two decimals, where it belongs."""
    *_, (output, value, _) = visible_nodes(lesson)
    expect_gate(page, output.label, value=format_number(value), gradient="1.00")
    graph = page.get_by_role("group", name=re.compile("^Computation graph of"))
    told = graph.get_by_role("button").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    for node, value, gradient in visible_nodes(lesson):
        assert gradient is not None, node.label
        shown, flows = re.escape(format_number(value)), re.escape(format_number(gradient))
        name = (
            rf"^(?!Output).* gate {re.escape(node.label)}\b.* Value {shown}\. Gradient {flows}\."
            if node.kind == "operation"
            else rf"^\w+ {re.escape(node.label)}, {shown}, gradient {flows}, "
        )
        assert [one for one in told if re.search(name, one)], (lesson.slug, name, told)


def test_it_opens_with_the_search_ready_and_every_lesson_in_its_section(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    expect(search(page)).to_be_focused()
    expect(cards(page)).to_have_count(len(lessons()))
    for section in ("From the lecture", "From courses and books", "From manuals of software"):
        count = sum(lesson.section == section for lesson in lessons())
        expect(gallery(page).get_by_role("region", name=section).get_by_role("listitem")).to_have_count(count)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_card_has_a_drawing_without_overlaps_and_texts_that_fit(visitor: Visitor, theme: Theme) -> None:
    page = visitor.open(theme=theme)
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    assert page.evaluate(FAULTS) == []


def test_a_phone_shows_one_column_with_reasons_on_the_cards(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    expect(search(page)).not_to_be_focused()
    assert page.evaluate(FAULTS) == []
    boxes = [box for one in cards(page).all()[:6] if (box := one.bounding_box())]
    assert len({box["x"] for box in boxes}) == 1
    assert all(box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    expect(gallery(page).get_by_text("one of two paths").first).to_be_visible()


def test_titles_that_are_formulas_are_typeset(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    assert page.evaluate(FAULTS) == []
    expect(gallery(page).locator(".example-title .katex")).to_have_count(
        sum(one.formula is not None for one in lessons())
    )


def test_a_search_finds_titles_authors_and_operations(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    page.keyboard.type("karpathy")
    expect(card(page, "tanh neuron")).to_be_visible()
    expect(card(page, "XOR network")).to_have_count(0)
    search(page).fill("huber")
    expect(cards(page)).to_have_count(1)
    search(page).fill("nothing of this kind")
    expect(gallery(page)).to_contain_text("No example matches “nothing of this kind”.")
    search(page).fill("")
    expect(cards(page)).to_have_count(len(lessons()))


@pytest.mark.parametrize("kind", ["gates", "neurons", "networks", "tensors"])
def test_a_filter_keeps_one_kind(page: Page, kind: str) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    button = gallery(page).get_by_role("button", name=kind.capitalize(), exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(cards(page)).to_have_count(sum(lesson.kind == kind for lesson in lessons()))


def test_a_source_that_is_wrong_says_why(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    gallery(page).get_by_role("button", name="Source is wrong", exact=True).click()
    expect(cards(page)).to_have_count(len(WRONG))
    for title in WRONG:
        expect(card(page, title)).to_have_accessible_name(re.compile(r"source is wrong, \d+ of \d+$"))
    expect(card(page, "Softmax loss")).to_have_accessible_description(re.compile("logarithm to base 10"))
    card(page, "Loss of a frog").hover()
    expect(gallery(page).get_by_text("The slide leaves out the 1").last).to_be_visible()


def test_an_example_is_chosen_by_mouse_marked_and_undone(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    expect(card(page, "Sigmoid neuron")).to_have_attribute("aria-current", "true")
    card(page, "Apples and oranges").click()
    expect(gallery(page)).to_be_hidden()
    expect_gate(page, "price", value="715.00", gradient="1.00")
    open_gallery(page)
    expect(gallery(page).locator("[aria-current]")).to_have_count(1)
    expect(card(page, "Apples and oranges")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    expect_gate(page, "f", value="0.73", gradient="1.00")
    page.get_by_role("button", name="Redo").click()
    expect_gate(page, "price", value="715.00", gradient="1.00")


def test_an_example_is_chosen_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    trigger = page.get_by_role("button", name="Examples", exact=True)
    trigger.focus()
    page.keyboard.press("Enter")
    expect(search(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(card(page, "Sigmoid neuron")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(card(page, "2-2-1 network")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(card(page, "3-2-2 network")).to_be_focused()
    expect(gallery(page).get_by_text("one of two paths").last).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(search(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(gallery(page)).to_be_hidden()
    expect(trigger).to_be_focused()
    expect_gate(page, "f", value="−12.00", gradient="1.00")


def test_escape_closes_it_and_the_page_keeps_its_program(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("v")
    page.keyboard.press("Escape")
    expect(gallery(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Examples", exact=True)).to_be_focused()
    expect(page.get_by_role("switch", name="Values")).to_have_attribute("aria-checked", "true")
    expect_gate(page, "f", value="0.73", gradient="1.00")


@pytest.mark.parametrize("lesson", LECTURE, ids=lambda lesson: lesson.slug)
def test_every_number_of_a_lecture_case_is_on_the_page(page: Page, lesson: Lesson) -> None:
    page.goto("/")
    wait_for_graph(page)
    open_gallery(page)
    card(page, lesson.title).click()
    expect_numbers(page, lesson)


def test_every_number_of_all_other_examples_is_on_the_page(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    for lesson in OTHERS:
        open_gallery(page)
        card(page, lesson.title).click()
        expect_numbers(page, lesson)


def test_examples_with_tensors_open_with_their_numbers(page: Page) -> None:
    page.goto(f"/?example={TENSORS[0].slug}")
    graph = page.get_by_role("group", name=re.compile("^Computation graph of"))
    for lesson in TENSORS:
        open_gallery(page)
        card(page, lesson.title).click()
        found = trace(lesson.program)
        loss = found.nodes[-1].label
        expect_gate(page, loss, value=format_number(found.values[-1]), gradient="1.00")
        for name in found.program.names:
            expect(graph.get_by_role("button", name=re.compile(rf"\b{name}[ ,.=]")).first).to_be_attached()
