"""axe-core finds nothing in any state of the page, in both themes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Theme, Visitor
from tests.browser.tasks import expect_gate, gate, inspector_of, program, type_program, wait_for_graph
from tests.browser.test_tensor_groups import SOFTMAX, open_program
from tests.browser.test_tensors import open_network

AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
THEMES: tuple[Theme, ...] = ("light", "dark")


def complaints(page: Page) -> list[str]:
    """One line for each thing that axe finds wrong: the rule, and the first elements that break it."""
    page.wait_for_timeout(250)
    # Sentences are written once the numbers rest.
    expect(page.locator("#graph .press:not([aria-label])")).to_have_count(0)
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {rule['help']} {json.dumps([node['html'][:160] for node in rule['nodes'][:3]])}"
        for rule in found["violations"]
    ]


def opened(visitor: Visitor, theme: Theme, *, phone: bool = False) -> Page:
    page = visitor.open(theme=theme, size=PHONE if phone else DESKTOP, touch=phone)
    page.goto("/")
    wait_for_graph(page)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    return page


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    found: Theme = request.param
    return found


def test_start(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    assert complaints(page) == []


def test_a_program_in_latex_and_the_export_menu(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "f = \\frac{x}{y}")
    expect(page.get_by_text("Read as LaTeX.")).to_be_visible()
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_role("button", name="Copy as Python")).to_be_visible()
    assert complaints(page) == []


@pytest.mark.parametrize("chosen", ["s1", "w1", "x0"])
def test_a_selected_gate_or_leaf(visitor: Visitor, theme: Theme, chosen: str) -> None:
    page = opened(visitor, theme)
    gate(page, chosen).click()
    expect(inspector_of(page)).to_be_visible()
    assert complaints(page) == []


def test_a_selected_edge(visitor: Visitor, theme: Theme) -> None:
    page = visitor.open(theme=theme)
    page.goto("/#select=n2-n6-0&v=1")
    wait_for_graph(page)
    page.locator("#graph .wire .hit").first.dispatch_event("click")
    expect(inspector_of(page)).to_be_visible()
    assert complaints(page) == []


def test_a_composite_open_and_closed(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "f = sigmoid(w * x)\nw = 2; x = -1")
    expect(gate(page, "f")).to_be_visible()
    page.keyboard.press("Escape")
    gate(page, "f").click()
    assert complaints(page) == []
    page.keyboard.press("e")
    page.wait_for_timeout(400)
    assert complaints(page) == []


def test_fan_out_patterns_and_local_gradients(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "f = (x + y) * max(y, z)\nx = 1; y = 2; z = 0")
    expect_gate(page, "f", value="6.00", gradient="1.00")
    page.get_by_role("switch", name="Patterns").click()
    page.get_by_role("switch", name="Local").click()
    assert complaints(page) == []


def test_problems_in_the_program(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "f = sigmod(x) + * 2\ng = (y")
    expect(page.get_by_role("group", name="Problems")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="more").click()
    assert complaints(page) == []


def test_a_number_that_is_not_finite(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "f = log(x) + y\nx = 0; y = 1")
    expect_gate(page, "f", value="−∞", gradient="1.00")
    assert complaints(page) == []


def test_an_empty_program(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "")
    expect(page.get_by_text("Type an expression, for example", exact=False)).to_be_visible()
    assert complaints(page) == []


def test_suggestions_while_typing(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "f = ")
    page.keyboard.type("sig")
    assert complaints(page) == []


def test_examples(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    page.get_by_role("button", name="Examples").click()
    expect(page.get_by_role("dialog", name="Examples").get_by_role("heading").first).to_be_visible()
    assert complaints(page) == []


def test_menus(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    type_program(page, "f = relu(x) + max(y, z) + abs(u)\nx = 0; y = 0; z = 0; u = 0")
    expect_gate(page, "f", value="0.00", gradient="1.00")
    page.get_by_role("button", name="View", exact=True).click()
    expect(page.get_by_label("Slope of ReLU at 0")).to_be_visible()
    assert complaints(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert complaints(page) == []


@pytest.mark.parametrize("position", [0, 3, 9, 12])
def test_stepping(visitor: Visitor, theme: Theme, position: int) -> None:
    page = visitor.open(theme=theme)
    page.goto(f"/#step={position}&v=1")
    wait_for_graph(page)
    expect(page.get_by_role("slider", name="Step")).to_be_visible()
    assert complaints(page) == []


def test_presenting(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Stop presenting")).to_be_visible()
    assert complaints(page) == []


def test_the_graph_as_a_list(visitor: Visitor, theme: Theme) -> None:
    page = visitor.open(theme=theme)
    page.goto("/#view=list&v=1")
    expect(page.get_by_role("button", name="Output f. Value 0.73. Gradient 1.00.")).to_be_visible()
    page.get_by_role("button", name="Multiply gate s1").click()
    assert complaints(page) == []


def test_typing_a_value_on_the_graph(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    gate(page, "w1").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert complaints(page) == []


def test_a_phone_and_every_stop_of_its_sheet(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme, phone=True)
    assert complaints(page) == []
    gate(page, "s0").click()
    handle = page.get_by_role("separator", name="Height of the inspector")
    for key in ("Home", "ArrowUp", "End"):
        handle.press(key)
        assert complaints(page) == []
    handle.press("Home")
    page.get_by_role("button", name="View", exact=True).click()
    assert complaints(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("chosen", ["", "Parameter W1", "Matrix product gate s0"])
def test_tensors(visitor: Visitor, theme: Theme, chosen: str) -> None:
    page = visitor.open(theme=theme)
    open_network(page)
    if chosen:
        page.locator("#graph").get_by_role("button", name=chosen).click()
        expect(inspector_of(page).locator("table").first).to_be_visible()
        expect(inspector_of(page).locator(".check-whole")).to_contain_text("Finite difference agrees")
    assert complaints(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_window_of_a_convolution(visitor: Visitor, theme: Theme) -> None:
    page = visitor.open(theme=theme)
    page.goto("/?example=edge-detector")
    page.locator("#graph").get_by_role("button", name="Convolution of an image gate y").click()
    expect(inspector_of(page).locator(".tensor-terms").first).to_be_visible()
    assert complaints(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_an_open_softmax(visitor: Visitor, theme: Theme) -> None:
    page = visitor.open(theme=theme)
    open_program(page, SOFTMAX, open="g0", select="g0")
    expect(inspector_of(page)).to_contain_text("prediction minus target")
    assert complaints(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_an_enlarged_tensor(visitor: Visitor, theme: Theme) -> None:
    page = visitor.open(theme=theme)
    page.goto("/#" + urlencode({"program": "f = sum(W @ x); W = normal(20, 15, seed=1); x = ones(15)", "v": 1}))
    wait_for_graph(page)
    page.locator("#graph").get_by_role("button", name="Parameter W").press("Enter")
    inspector_of(page).get_by_role("button", name="Enlarge the value").click()
    expect(page.get_by_role("region", name="W enlarged")).to_contain_text("W[0, 0] is")
    assert complaints(page) == []


def test_more_contrast_and_forced_colours(visitor: Visitor) -> None:
    page = opened(visitor, "light")
    gate(page, "s1").click()
    page.emulate_media(contrast="more")
    assert complaints(page) == []
    page.emulate_media(contrast="no-preference", forced_colors="active")
    assert complaints(page) == []


def test_the_blind_palette(visitor: Visitor, theme: Theme) -> None:
    page = opened(visitor, theme)
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_label("Colours").select_option("Blue and orange")
    page.keyboard.press("Escape")
    gate(page, "s1").click()
    assert complaints(page) == []


def test_the_program_has_a_name_and_a_description(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    expect(program(page)).to_have_accessible_description("8 gates, 5 inputs.")


@pytest.mark.parametrize("phone", [False, True])
def test_the_cheat_sheet(visitor: Visitor, theme: Theme, phone: bool) -> None:
    page = visitor.open(theme=theme, size=PHONE if phone else DESKTOP, touch=phone)
    page.goto("/operations#matmul")
    expect(page.get_by_role("heading", name="Sigmoid", exact=True)).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("searchbox", name="Find an operation").fill("no such thing")
    expect(page.get_by_text("No operation matches")).to_be_visible()
    assert complaints(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_paths_of_a_gradient(visitor: Visitor, theme: Theme, phone: bool) -> None:
    page = visitor.open(theme=theme, size=PHONE if phone else DESKTOP, touch=phone)
    page.goto("/?example=network-3-2-2#tab=paths&leaf=w1&path=1&v=1")
    expect(page.get_by_role("option", name="Path 2")).to_be_visible()
    expect(page.get_by_role("note")).to_be_visible()
    assert complaints(page) == []
    for leaf in ("W", "W[0, 1]"):
        page.goto("about:blank")
        page.goto(f"/#program=y = W @ (W @ x); E = sum(y); W = [[1, 2], [3, 4]]; x = [1, -1]&tab=paths&leaf={leaf}")
        expect(page.get_by_role("option", name="Path 2")).to_be_visible()
        assert complaints(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_flat_code(visitor: Visitor, theme: Theme, phone: bool) -> None:
    page = visitor.open(theme=theme, size=PHONE if phone else DESKTOP, touch=phone)
    page.goto("/#program=f = x * relu(x) + 1 / y; x = 2; y = 0&tab=code&language=torch&v=1")
    expect(page.get_by_role("listbox", name="By PyTorch itself")).to_be_visible()
    assert complaints(page) == []
    page.get_by_label("Language").select_option("Python")
    page.get_by_role("option", name="grad_x +=").click()
    expect(page.get_by_text("Plain Python stops")).to_be_visible()
    assert complaints(page) == []
    program = quote("u = X @ w + b; f = sum(u * u); X = [[1, 2], [3, 4]]; w = [1, -1]; b = 0")
    page.goto(f"/#program={program}&tab=code&v=1")
    expect(page.get_by_role("option", name="grad_b = np.sum(grad_u)")).to_be_visible()
    page.get_by_role("option", name="grad_w = X.T @ grad_s0").click()
    assert complaints(page) == []


@pytest.mark.parametrize("phone", [False, True])
def test_the_jacobian_tab(visitor: Visitor, theme: Theme, phone: bool) -> None:
    page = visitor.open(theme=theme, size=PHONE if phone else DESKTOP, touch=phone)
    page.goto("/#program=u = (x + y) * max(y, z); v = x^2 * y - z; x = 1; y = 2&tab=jacobian")
    expect(page.get_by_role("grid")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Leaves").click()
    assert complaints(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Hessian").click()
    page.get_by_role("switch", name="Backward pass as a graph").click()
    expect(page.get_by_text("Backward pass of")).to_be_visible()
    assert complaints(page) == []
    for choices in ("", "&outputs=m&leaves=W", "&outputs=m&leaves=V"):
        page.goto("about:blank")
        source = "m = W @ x + 0 * V[0, 0]; y = sigmoid(m); W = [[1, 2], [3, 4]]; x = [0.1, -0.2]; V = ones(4, 5)"
        page.goto(f"/#program={source}&tab=jacobian{choices}")
        expect(page.get_by_text("Computed in its place").first).to_be_visible()
        assert complaints(page) == []


@pytest.mark.parametrize("only", ["all", "leaf"])
@pytest.mark.parametrize("phone", [False, True])
def test_the_worked_solution(visitor: Visitor, theme: Theme, only: str, phone: bool) -> None:
    page = visitor.open(theme=theme, size=PHONE if phone else DESKTOP, touch=phone)
    page.goto(f"/?example=network-3-2-2#tab=derivation&only={only}")
    expect(page.get_by_role("group", name="Gradient with respect to w1, 0.001984")).to_be_attached()
    expect(page.locator(".mini-graph .node").first).to_be_visible()
    assert complaints(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_worked_solution_of_tensors(visitor: Visitor, theme: Theme, phone: bool) -> None:
    page = visitor.open(theme=theme, size=PHONE if phone else DESKTOP, touch=phone)
    page.goto("/?example=logistic-regression#tab=derivation&only=leaf&leaf=w%5B0%5D")
    expect(page.get_by_role("group", name="Gradient with respect to w[0], −0.3029")).to_be_attached()
    assert complaints(page) == []


@pytest.mark.parametrize(
    "state", ["check=w1:0.0012", "check=w4:0.0002", "check=w7:0.0765", "worked=%3AdE/dw1%20=%200.0012"]
)
def test_a_number_that_is_checked(visitor: Visitor, theme: Theme, state: str) -> None:
    page = visitor.open(theme=theme)
    page.goto(f"/?example=network-3-2-2#{state}&v=1")
    wait_for_graph(page, "E")
    check = page.get_by_role("complementary")
    expect(check).to_contain_text(re.compile("One path is missing|slips give|That is right|1 number"))
    assert complaints(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "state", ["check=W1%255B0%252C%25200%255D:-0.1334", "check=W1:1%202%203%3B0%200%200%3B1%202%203%3B1%202%203"]
)
def test_a_tensor_that_is_checked(visitor: Visitor, theme: Theme, state: str) -> None:
    page = visitor.open(theme=theme)
    page.goto(f"/?example=two-layer-network#{state}&v=1")
    wait_for_graph(page, "E")
    expect(page.get_by_role("complementary")).to_contain_text(re.compile("turned around|slips? give|entries are right"))
    assert complaints(page) == []
