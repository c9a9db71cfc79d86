"""Every width band, fingers, large text and paper: nothing is cut or scrolls sideways, everything can be reached."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import expect_gate, expect_leaf, gate, inspector_of, leaf_value, wait_for_graph

WIDTHS = (320, 390, 414, 599, 768, 899, 1024, 1199, 1440, 1920)
SHORT: ViewportSize = {"width": 1280, "height": 600}
LANDSCAPE: ViewportSize = {"width": 844, "height": 390}

# Everything that is pressed, as it is on the screen: tag, name, width, height.
TARGETS = """
() => [...document.querySelectorAll('button, a[href], select, input, [role=slider], [role=switch], [role=separator]')]
  .filter((one) => !one.closest('.visually-hidden, .skip-link, p, [inert]') && one.getClientRects().length > 0)
  .map((one) => {
    const { width, height } = (one.closest('label') ?? one).getBoundingClientRect();
    const name = one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 40);
    return [name, Math.round(width), Math.round(height)];
  })
"""


def opened(visitor: Visitor, size: ViewportSize, *, touch: bool = False, address: str = "/") -> Page:
    page = visitor.open(size=size, touch=touch)
    page.goto(address)
    wait_for_graph(page)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    return page


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found is not None
    x, y, width, height = found["x"], found["y"], found["width"], found["height"]
    return {"x": x, "y": y, "width": width, "height": height, "right": x + width, "bottom": y + height}


def sideways(page: Page) -> int:
    """How many px the page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found


def too_small(page: Page, least: int) -> list[Any]:
    # A handle at an edge is as thin as the edge; the keys move it too.
    return [
        target
        for target in page.evaluate(TARGETS)
        if (target[1] < least or target[2] < least) and target[0] != "Width of the inspector"
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_width_scrolls_sideways(visitor: Visitor, width: int) -> None:
    page = opened(visitor, {"width": width, "height": 844})
    assert sideways(page) == 0
    gate(page, "s0").click()
    expect(inspector_of(page)).to_be_visible()
    assert sideways(page) == 0
    page.get_by_role("button", name="View", exact=True).click()
    assert sideways(page) == 0
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Examples").click()
    assert sideways(page) == 0
    menu = box(page.get_by_role("dialog", name="Examples"))
    assert menu["x"] >= 0
    assert menu["right"] <= width


@pytest.mark.parametrize("width", [320, 390, 414])
def test_phone_targets_are_large_enough_for_a_thumb(visitor: Visitor, width: int) -> None:
    page = opened(visitor, {"width": width, "height": 844}, touch=True)
    assert too_small(page, 44) == []
    leaf_value(page, "w1").press("Escape")
    gate(page, "w1").click()
    expect(inspector_of(page)).to_be_visible()
    assert too_small(page, 44) == []
    page.get_by_role("button", name="View", exact=True).click()
    assert too_small(page, 44) == []


def test_targets_are_large_enough_for_a_pointer(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 1440, "height": 900})
    gate(page, "w1").click()
    expect(inspector_of(page)).to_be_visible()
    assert too_small(page, 24) == []
    page.get_by_role("button", name="View", exact=True).click()
    assert too_small(page, 24) == []


def test_a_wide_window_gives_the_inspector_a_column(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 1440, "height": 900})
    before = box(page.locator("#stage"))
    gate(page, "s1").click()
    inspector, stage = box(inspector_of(page)), box(page.locator("#stage"))
    assert inspector["width"] == pytest.approx(384, abs=1)
    assert stage["right"] == pytest.approx(inspector["x"], abs=1)
    assert stage["width"] < before["width"]


def test_a_narrower_window_lays_it_over_the_stage_and_keeps_the_gate_in_sight(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 1024, "height": 768})
    before = box(page.locator("#stage"))
    gate(page, "s6").click()
    inspector, stage = box(inspector_of(page)), box(page.locator("#stage"))
    assert stage == before
    assert inspector["right"] == pytest.approx(stage["right"], abs=1)
    expect(page.locator("#formula")).to_be_hidden()
    page.wait_for_timeout(100)
    assert box(gate(page, "s6"))["right"] < inspector["x"]
    assert box(page.get_by_role("button", name="Fit the graph"))["right"] < inspector["x"]


@pytest.mark.parametrize("width", [390, 768])
def test_below_900_px_layers_are_in_the_menu(visitor: Visitor, width: int) -> None:
    page = opened(visitor, {"width": width, "height": 844})
    expect(page.get_by_role("switch", name="Gradients")).to_be_hidden()
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("switch", name="Gradients").click()
    page.keyboard.press("Escape")
    expect(page.locator("#stage .number.gradient").first).to_be_hidden()


def test_a_low_window_has_one_row_for_bar_and_program(visitor: Visitor) -> None:
    for size in (SHORT, LANDSCAPE):
        page = opened(visitor, size)
        program = box(page.locator(".program-field"))
        examples = box(page.get_by_role("button", name="Examples"))
        assert program["bottom"] <= 52
        assert examples["bottom"] <= 52
        assert box(page.locator("#stage"))["y"] <= 100
        assert sideways(page) == 0


def test_a_wide_screen_shows_the_graph_larger(visitor: Visitor) -> None:
    usual = opened(visitor, {"width": 1440, "height": 1000}, address="/#program=x*y&v=1")
    expect(usual.get_by_text("130%")).to_be_visible()
    wide = opened(visitor, {"width": 1920, "height": 1080}, address="/#program=x*y&v=1")
    expect(wide.get_by_text("160%")).to_be_visible()


# The sheet


def test_the_sheet_has_three_stops_for_the_keys(visitor: Visitor) -> None:
    page = opened(visitor, PHONE, touch=True)
    gate(page, "s0").click()
    sheet = inspector_of(page)
    handle = page.get_by_role("separator", name="Height of the inspector")
    work = box(page.locator(".work"))
    expect(handle).to_have_attribute("aria-valuetext", "half")
    half = box(sheet)
    assert half["y"] == pytest.approx(work["y"] + work["height"] / 2, abs=16)
    handle.press("ArrowUp")
    expect(handle).to_have_attribute("aria-valuetext", "full")
    assert box(sheet)["height"] == pytest.approx(0.92 * work["height"], abs=2)
    handle.press("Home")
    expect(handle).to_have_attribute("aria-valuetext", "peek")
    assert box(sheet)["height"] == pytest.approx(64, abs=1)
    expect(sheet.get_by_role("heading").first).to_be_visible()
    handle.press("Enter")
    expect(handle).to_have_attribute("aria-valuetext", "half")
    assert box(sheet)["bottom"] <= box(page.get_by_role("button", name="Play"))["y"]


def test_a_tablet_sheet_never_takes_more_than_half(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 768, "height": 1024}, touch=True)
    gate(page, "s0").click()
    handle = page.get_by_role("separator", name="Height of the inspector")
    handle.press("End")
    expect(handle).to_have_attribute("aria-valuetext", "half")
    assert box(inspector_of(page))["height"] <= 512


def touches(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    session.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]},
    )


def swipe(session: CDPSession, start: tuple[float, float], end: tuple[float, float], steps: int = 10) -> None:
    (x0, y0), (x1, y1) = start, end
    touch(session, "touchStart", start)
    for step in range(1, steps + 1):
        touch(session, "touchMove", (x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps))
    touch(session, "touchEnd")


def test_the_sheet_follows_a_finger_to_the_nearest_stop(visitor: Visitor) -> None:
    page = opened(visitor, PHONE, touch=True)
    gate(page, "s0").click()
    handle = page.get_by_role("separator", name="Height of the inspector")
    grip = box(handle)
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + 10
    swipe(touches(page), (x, y), (x, y + 190))
    expect(handle).to_have_attribute("aria-valuetext", "peek")
    grip = box(handle)
    swipe(touches(page), (x, grip["y"] + 10), (x, 250))
    expect(handle).to_have_attribute("aria-valuetext", "full")
    page.touchscreen.tap(x, box(handle)["y"] + 10)
    expect(handle).to_have_attribute("aria-valuetext", "half")


def test_focus_never_lies_behind_a_full_sheet(visitor: Visitor) -> None:
    page = opened(visitor, PHONE)
    gate(page, "s0").click()
    handle = page.get_by_role("separator", name="Height of the inspector")
    handle.press("End")
    expect(handle).to_have_attribute("aria-valuetext", "full")
    page.keyboard.press("Shift+Tab")
    expect(handle).to_have_attribute("aria-valuetext", "half")


# Fingers on the graph


def scale(page: Page) -> float:
    found: float = page.evaluate("document.querySelector('#graph .viewport').transform.baseVal.consolidate().matrix.a")
    return found


def place(page: Page) -> tuple[float, float]:
    left, top = page.evaluate(
        "(({ e, f }) => [e, f])(document.querySelector('#graph .viewport').transform.baseVal.consolidate().matrix)"
    )
    return left, top


def test_a_finger_on_a_value_changes_it(visitor: Visitor) -> None:
    page = opened(visitor, PHONE, touch=True)
    number = box(leaf_value(page, "w1"))
    before = place(page)
    x, y = number["x"] + number["width"] / 2, number["y"] + number["height"] / 2
    swipe(touches(page), (x, y), (x + 20, y))
    expect_leaf(page, "w1", value="−2.00", gradient="−0.39")
    assert place(page) == before


def test_one_finger_pans_and_two_zoom(visitor: Visitor) -> None:
    page = opened(visitor, PHONE, touch=True)
    session = touches(page)
    left, top = place(page)
    swipe(session, (300, 520), (220, 500))
    assert place(page) == pytest.approx((left - 80, top - 20), abs=2)
    before = scale(page)
    touch(session, "touchStart", (150, 520), (250, 520))
    for spread in range(10, 60, 10):
        touch(session, "touchMove", (150 - spread, 520), (250 + spread, 520))
    touch(session, "touchEnd")
    assert scale(page) == pytest.approx(before * 2, rel=0.05)
    assert page.evaluate("window.visualViewport.scale") == 1


def test_a_tap_that_just_misses_a_node_still_means_it(visitor: Visitor) -> None:
    page = opened(visitor, PHONE, touch=True)
    found = box(gate(page, "x0"))
    page.touchscreen.tap(found["x"] + 6, found["y"] + found["height"] / 2 + 20)
    expect(inspector_of(page).get_by_role("heading", name="x0", exact=True)).to_be_visible()


# Presenting


def test_presenting_leaves_graph_caption_and_transport(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 1280, "height": 720})
    page.keyboard.press("p")
    expect(page.get_by_role("textbox", name="Program")).to_be_hidden()
    expect(page.get_by_role("button", name="Examples")).to_be_hidden()
    expect(page.get_by_role("switch", name="Values")).to_be_hidden()
    expect(page.locator("#caption")).to_contain_text("Multiply gate")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect_gate(page, "f", value="0.73", gradient="1.00")
    assert scale(page) >= 1.25
    page.wait_for_url(re.compile("present=on"))
    page.reload()
    expect(page.locator("#caption")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator("#caption")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Program")).to_be_visible()


def test_presenting_can_be_left_by_a_button(visitor: Visitor) -> None:
    page = opened(visitor, PHONE, touch=True)
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("button", name="Present").click()
    expect(page.get_by_role("textbox", name="Program")).to_be_hidden()
    page.get_by_role("button", name="Stop presenting").click()
    expect(page.get_by_role("textbox", name="Program")).to_be_visible()


# Large text, other colours, paper


def test_at_200_percent_nothing_is_lost(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 720, "height": 450})
    assert sideways(page) == 0
    for name in ("Examples", "Undo", "Copy link", "View", "Play", "Step back", "Fit the graph"):
        found = box(page.get_by_role("button", name=name, exact=True))
        assert found["x"] >= 0, name
        assert found["right"] <= 720, name
        assert found["bottom"] <= 450, name
    gate(page, "s0").click()
    inspector = box(inspector_of(page))
    assert inspector["height"] > 200
    assert inspector["right"] <= 720


LARGE_TEXT = """
() => {
  const texts = [...document.querySelectorAll('body *:not(svg *):not(.katex *)')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .map((one) => [one, 2 * parseFloat(getComputedStyle(one).fontSize)]);
  for (const [one, size] of texts) one.style.setProperty('font-size', `${size}px`, 'important');
}
"""

# Text that its own box cuts off, and that cannot be scrolled to; the row of tabs scrolls.
CUT = """
() => [...document.querySelectorAll('.top-bar *, .tab-row *, .menu *, .transport-count, .inspector *, .zoom *')]
  .filter((one) => one.getClientRects().length > 0 && !one.closest('.visually-hidden, .katex, svg, .tabs'))
  .filter((one) => {
    const style = getComputedStyle(one);
    const cut = style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1;
    return cut || one.getBoundingClientRect().right > window.innerWidth + 1;
  })
  .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize("width", [768, 1280])
def test_text_of_twice_the_size_is_not_cut(visitor: Visitor, width: int) -> None:
    page = opened(visitor, {"width": width, "height": 900})
    gate(page, "w1").click()
    page.evaluate(LARGE_TEXT)
    page.wait_for_timeout(100)
    assert page.evaluate(CUT) == []
    assert sideways(page) == 0


def test_forced_colours_keep_every_sign(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 1440, "height": 900})
    page.emulate_media(forced_colors="active")
    style = "getComputedStyle(document.querySelector('#graph .number.gradient')).fontStyle"
    assert page.evaluate(style) == "italic"
    assert page.evaluate("getComputedStyle(document.querySelector('#graph .number.value')).fontStyle") == "normal"
    track = page.get_by_role("switch", name="Values").locator(".switch-track")
    assert track.evaluate("(one) => getComputedStyle(one).borderTopWidth") == "1px"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_is_light_and_has_formula_graph_leaves_and_link(visitor: Visitor, theme: Any) -> None:
    page = visitor.open(theme=theme)
    page.goto("/")
    wait_for_graph(page)
    page.wait_for_timeout(300)
    page.emulate_media(media="print")
    paper = page.locator("#page")
    for gone in ("Undo", "Play", "Examples", "View"):
        expect(page.get_by_role("button", name=gone, exact=True)).to_be_hidden()
    expect(page.locator(".print-formula")).to_have_count(1)
    expect(page.locator(".print-formula")).to_be_visible()
    rows = paper.get_by_role("row")
    expect(rows).to_have_count(6)
    expect(rows.nth(1)).to_contain_text("−0.1966")
    expect(paper.get_by_role("link")).to_have_attribute("href", page.url)
    graph, sheet = box(page.locator("#graph")), box(paper)
    assert graph["width"] == pytest.approx(sheet["width"], rel=0.1)
    output = box(gate(page, "f"))
    assert output["right"] <= sheet["right"]
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(20, 24, 31)"
    assert page.evaluate("getComputedStyle(document.querySelector('#graph .number.gradient')).fontStyle") == "italic"
    page.emulate_media(media="screen")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator(".print-formula")).to_have_count(0)


def test_a_printed_file_has_text_of_every_part(visitor: Visitor) -> None:
    page = opened(visitor, {"width": 1440, "height": 900})
    page.emulate_media(media=None)
    assert len(page.pdf(format="A4")) > 10_000
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize(
    "size", [PHONE, {"width": 320, "height": 568}, LANDSCAPE, {"width": 768, "height": 1024}, SHORT]
)
def test_a_step_shows_its_result_and_moves_nothing(visitor: Visitor, size: ViewportSize) -> None:
    page = opened(visitor, size, address="/#step=10&v=1")
    caption, stage = page.locator("#caption"), page.locator("#stage")
    before = box(stage)
    for _ in range(6):
        page.keyboard.press("]")
        expect(caption.locator(".katex").first).to_be_visible()
        assert box(stage) == before
        edge = box(caption)["right"]
        for number in caption.locator(".katex-html .result, .katex-html .mathbf").all():
            assert box(number)["right"] <= edge


def test_stepping_keeps_the_active_gate_in_sight(visitor: Visitor) -> None:
    page = opened(visitor, PHONE)
    stage = box(page.locator("#stage"))
    page.keyboard.press("Home")
    for _ in range(8):
        page.keyboard.press("]")
    expect(page.locator("#caption")).to_contain_text("Divide gate")
    found = box(gate(page, "f"))
    assert found["x"] >= stage["x"]
    assert found["right"] <= stage["right"]
