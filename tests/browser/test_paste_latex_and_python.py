"""A visitor pastes a slide's formula or some Python, reads its gradients, and takes the program away as either."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import expect_leaf, gate, program, wait_for_graph

LATEX = "\n".join(
    [
        r"\begin{align}",
        r"  s &= w_0 x_0 + w_1 x_1 + w_2 \\",
        r"  f &= \frac{1}{1 + e^{-s}}",
        r"\end{align}",
        "w_0 = 2; x_0 = -1; w_1 = -3; x_1 = -2; w_2 = -3",
    ]
)
PYTHON = """import math

def neuron(w0, x0, w1, x1, w2):
    s = w0 * x0
    s += w1 * x1  # the second input
    f = 1 / (1 + math.exp(-(s + w2)))
    return f

print(neuron(2.0, -1.0, -3.0, -2.0, -3.0))"""
OURS = ["s = w0 * x0 + w1 * x1 + w2", "f = 1 / (1 + exp(-s))", "w0 = 2", "x0 = -1", "w1 = -3", "x1 = -2", "w2 = -3"]


def opened(page: Page) -> Page:
    page.goto("/")
    wait_for_graph(page)
    expect(page.locator("#program .cm-content")).to_be_visible()
    return page


def paste(page: Page, text: str) -> None:
    """Replaces the program by a paste, as the browser tells a page of one."""
    program(page).focus()
    page.keyboard.press("ControlOrMeta+a")
    program(page).evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
            field.dispatchEvent(event);
        }""",
        text,
    )


def lines(page: Page) -> Locator:
    return program(page).locator(".cm-line")


def reading(page: Page, notation: str) -> Locator:
    return page.get_by_role("status").get_by_text(f"Read as {notation}.", exact=True)


def test_a_formula_of_a_slide_is_read_and_turned_into_our_notation(page: Page) -> None:
    opened(page)
    paste(page, LATEX)
    expect(reading(page, "LaTeX")).to_be_visible()
    expect_leaf(page, "w1", value="−3.00", gradient="−0.39")
    page.get_by_role("button", name="Use our notation").click()
    expect(lines(page)).to_have_text(OURS)
    expect(reading(page, "LaTeX")).to_be_hidden()
    expect_leaf(page, "w1", value="−3.00", gradient="−0.39")
    page.keyboard.press("ControlOrMeta+z")
    expect(lines(page)).to_have_text(LATEX.split("\n"))
    expect(reading(page, "LaTeX")).to_be_visible()


def test_a_function_is_read_and_its_fresh_name_told(page: Page) -> None:
    opened(page)
    paste(page, PYTHON)
    expect(reading(page, "Python")).to_be_visible()
    expect_leaf(page, "x0", value="−1.00", gradient="0.39")
    page.get_by_role("button", name="1 warning").click()
    expect(page.get_by_text("gets a new value here").first).to_be_visible()


def test_a_value_that_is_changed_on_the_graph_is_rewritten_in_the_pasted_text(page: Page) -> None:
    opened(page)
    paste(page, LATEX)
    expect(reading(page, "LaTeX")).to_be_visible()
    gate(page, "w0").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("0.5")
    page.keyboard.press("Enter")
    expect(lines(page).get_by_text("0.5", exact=True)).to_be_visible()
    program(page).focus()
    expect(lines(page).last).to_contain_text("w_0 = 0.5; x_0 = -1")
    expect(reading(page, "LaTeX")).to_be_visible()


def test_pointing_at_a_gate_lights_its_latex(page: Page) -> None:
    opened(page)
    paste(page, LATEX)
    expect(reading(page, "LaTeX")).to_be_visible()
    gate(page, "s0").hover()
    expect(program(page).locator(".mark-hovered").first).to_have_text("w_0 x_0")


def test_a_mistake_is_marked_where_it_stands_and_repaired(page: Page) -> None:
    opened(page)
    paste(page, "f = \\frac{x}{\\alhpa}")
    expect(page.get_by_text("is none that is read here").first).to_be_visible()
    page.get_by_role("button", name="Use \\alpha").click()
    expect(lines(page)).to_have_text(["f = \\frac{x}{\\alpha}"])
    expect(reading(page, "LaTeX")).to_be_visible()


def test_the_program_is_copied_as_latex_and_python_by_keyboard_alone(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page)
    for name, said, start in (
        ("LaTeX", "as LaTeX", "\\begin{aligned}"),
        ("Python", "as a Python function", "import math"),
        ("our notation", "in our notation", "w0 = 2"),
    ):
        page.get_by_role("button", name="Export").focus()
        page.keyboard.press("Enter")
        item = page.get_by_role("group", name="Export").get_by_role("button", name=f"Copy as {name}")
        for _ in range(4):
            page.keyboard.press("Tab")
            if item.evaluate("(item) => item === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Copied {said}.")).to_be_visible()
        text = str(page.evaluate("navigator.clipboard.readText()"))
        assert text.startswith(start), text
        paste(page, text)
        expect_leaf(page, "w1", value="−3.00", gradient="−0.39")


def test_on_a_phone(visitor: Visitor) -> None:
    page = opened(visitor.open(size=PHONE, touch=True))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    paste(page, LATEX)
    use = page.get_by_role("button", name="Use our notation")
    expect(use).to_be_visible()
    box = use.bounding_box()
    assert box is not None
    assert box["height"] >= 43.5
    use.tap()
    expect(lines(page)).to_have_text(OURS)
    page.get_by_role("button", name="Export").tap()
    page.get_by_role("button", name="Copy as Python").tap()
    expect(page.get_by_text("Copied as a Python function.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
