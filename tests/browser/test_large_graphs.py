"""A program of 2,000 gates: it opens, pans and zooms, and a gate far away is reached by keyboard and by the map."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.tasks import type_program, wait_for_graph

GATES = 2_000


def chain(gates: int) -> str:
    """A long sum: every third gate also takes x."""
    lines = ["v0 = x + y"]
    for i in range(1, gates):
        lines.append(
            f"v{i} = " + (f"v{i - 1} * x" if i % 3 == 0 else f"tanh(v{i - 1})" if i % 3 == 1 else f"v{i - 1} + y")
        )
    return "\n".join([*lines, "x = 0.9; y = 0.1"])


def open_large(page: Page, gates: int = GATES) -> None:
    page.goto(f"/#{urlencode({'program': chain(gates), 'v': 1})}")
    # Laid out by a worker beside the page: on a busy machine that takes its time.
    expect(page.locator("#graph .node").first).to_be_visible(timeout=30_000)
    wait_for_graph(page, f"v{gates - 1}")
    expect(the_map(page)).to_be_visible()


def the_map(page: Page) -> Locator:
    return page.get_by_role("group", name=re.compile("^Map of the graph"))


def drawn(page: Page) -> int:
    return page.locator("#graph .node").count()


def gate(page: Page, label: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf" gate {label} = "))


def test_only_what_is_in_sight_is_drawn(page: Page) -> None:
    open_large(page)
    assert 0 < drawn(page) < 200
    expect(gate(page, "v3")).to_be_visible()
    expect(gate(page, "v1900")).to_have_count(0)


def test_panning_brings_other_gates(page: Page) -> None:
    open_large(page)
    box = page.locator("#graph").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] - 90
    for _ in range(3):
        page.mouse.move(box["x"] + 1100, y)
        page.mouse.down()
        page.mouse.move(box["x"] + 100, y, steps=8)
        page.mouse.up()
    expect(gate(page, "v16")).to_be_visible()
    expect(gate(page, "v3")).to_have_count(0)
    assert drawn(page) < 200


def test_from_far_away_the_picture_is_never_empty(page: Page) -> None:
    open_large(page)
    canvas = page.locator(".overview")
    expect(canvas).to_be_hidden()
    for _ in range(14):
        page.keyboard.press("-")
    expect(canvas).to_be_visible()
    painted = canvas.evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((part, i) => i % 4 === 3 && part > 0)"
    )
    assert painted
    for _ in range(14):
        page.keyboard.press("+")
    expect(canvas).to_be_hidden()
    assert drawn(page) > 0


def test_a_gate_far_away_is_reached_by_the_map(page: Page) -> None:
    open_large(page)
    place = the_map(page).bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + place["width"] - 3, place["y"] + place["height"] / 2)
    the_map(page).press("End")
    expect(page.get_by_role("button", name=re.compile(r"^Output"))).to_have_count(1)
    the_map(page).press("Home")
    expect(gate(page, "v3")).to_have_count(1)


def test_a_gate_far_away_is_reached_by_keyboard_alone(page: Page) -> None:
    open_large(page)
    page.locator("#graph [tabindex='0']").focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    focused = page.locator("#graph .node :focus")
    expect(focused).to_have_accessible_name(re.compile(r" v([4-9]\d|\d{3,}) = "))
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary")).to_be_visible()


def test_the_map_belongs_to_large_graphs_only(page: Page) -> None:
    open_large(page, 700)
    page.goto("/")
    type_program(page, "f = x * y")
    wait_for_graph(page)
    expect(the_map(page)).to_be_hidden()
    expect(page.locator("#graph .node")).to_have_count(4)
