"""A visitor reads both passes as code, follows a line to its gate and back, and takes the code along."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from app import trace
from app.export.code import write_code
from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import gate, inspector_of, leaf_value, type_program, wait_for_graph

FORK = "z = w0*x0 + w1*x1 + w2; a = sigmoid(z); f = z*a; w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"
ADDRESS = f"/#program={quote(FORK)}&tab=code&v=1"


def open_code(page: Page, address: str = ADDRESS) -> None:
    page.goto(address)
    expect(lines(page, "Backward").first).to_be_visible()


def panel(page: Page) -> Locator:
    return page.get_by_role("tabpanel", name="Flat code")


def lines(page: Page, part: str) -> Locator:
    return panel(page).get_by_role("listbox", name=part).get_by_role("option")


def line(page: Page, number: int) -> Locator:
    return panel(page).locator(f".code-line[data-line='{number}']")


def lit(page: Page) -> list[str]:
    return [text.split()[0] for text in panel(page).locator(".code-line.is-lit").all_inner_texts()]


def lit_nodes(page: Page) -> Locator:
    return panel(page).locator(".mini-graph .node.kept")


def mini(page: Page, name: str) -> Locator:
    return panel(page).get_by_role("button", name=re.compile(name))


def test_both_passes_stand_side_by_side_with_their_values(page: Page) -> None:
    page.goto(f"/#program={quote(FORK)}&v=1")
    wait_for_graph(page)
    page.get_by_role("tab", name="Flat code").click()
    expect(lines(page, "Forward")).to_have_count(8)
    expect(lines(page, "Backward")).to_have_count(12)
    expect(lines(page, "Forward").nth(6)).to_have_accessible_name("7 a = 1 / (1 + math.exp(-z)) # 0.7311")
    expect(lines(page, "Backward").first).to_have_accessible_name("9 grad_f = 1.0 # 1.00")
    expect(lines(page, "Backward").last).to_have_accessible_name("20 grad_x0 = grad_s0 * w0 # 1.8553")
    expect(line(page, 12)).to_contain_text("# 0.7311 + 0.1966 = 0.9277")
    expect(panel(page)).to_contain_text("6 gates, one line each")
    expect(line(page, 12)).to_contain_text("+= where")
    expect(line(page, 12)).to_contain_text("Line 10 wrote the part of f. Line 12 adds the part of a.")
    for number in (14, 17, 20):
        expect(line(page, number).locator(".code-leaf")).to_have_css("font-weight", "700")


def test_a_line_lights_its_gate_and_the_gate_its_lines(page: Page) -> None:
    open_code(page)
    expect(lit_nodes(page)).to_have_count(0)
    line(page, 7).hover()
    expect(lit_nodes(page)).to_have_count(1)
    assert lit(page) == ["7", "12"]
    line(page, 17).hover()
    expect(lit_nodes(page)).to_have_count(2)
    page.mouse.move(700, 5)
    expect(lit_nodes(page)).to_have_count(0)
    mini(page, "^Gate a, sigmoid").hover()
    expect(line(page, 7)).to_have_class(re.compile("is-lit"))
    assert lit(page) == ["7", "12"]
    mini(page, "^Parameter w1").hover()
    expect(line(page, 2)).to_have_class(re.compile("is-lit"))
    assert lit(page) == ["2", "17"]


def test_a_chosen_line_is_the_selection_of_the_graph(page: Page) -> None:
    open_code(page)
    line(page, 7).click()
    expect(line(page, 12)).to_have_attribute("aria-selected", "true")
    expect(line(page, 10)).to_have_attribute("aria-selected", "false")
    page.get_by_role("tab", name="Graph").click()
    expect(inspector_of(page)).to_have_accessible_name(re.compile(r"\ba\b"))
    gate(page, "s1").click()
    page.get_by_role("tab", name="Flat code").click()
    expect(line(page, 4)).to_have_attribute("aria-selected", "true")
    expect(line(page, 17)).to_have_attribute("aria-selected", "true")
    expect(line(page, 7)).to_have_attribute("aria-selected", "false")


def test_what_is_shown_is_what_is_copied_and_saved(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_code(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Code copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == write_code(trace(FORK)).text
    assert shown(page) == [text.split() for text in copied.splitlines()]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download gradients.py").click()
    assert saved.value.suggested_filename == "gradients.py"
    saved.value.save_as(tmp_path / "saved.py")
    assert (tmp_path / "saved.py").read_text(encoding="utf-8") == copied


def shown(page: Page) -> list[list[str]]:
    """The words of every line, without its number and its note."""
    rows = panel(page).locator(".code-line")
    return [
        f"{row.locator('.code-text').inner_text()} {' '.join(row.locator('.code-value').all_inner_texts())}".split()
        for row in rows.all()
    ]


def test_other_languages_and_no_comments_are_in_the_link(page: Page) -> None:
    open_code(page)
    page.get_by_label("Language").select_option("PyTorch")
    expect(lines(page, "By PyTorch itself").last).to_have_accessible_name(re.compile(r"^\d+ f\.backward\(\)$"))
    expect(page).to_have_url(re.compile("language=torch"))
    page.get_by_role("switch", name="Values as comments").click()
    expect(panel(page).locator(".code-value")).to_have_count(0)
    expect(page).to_have_url(re.compile("comments=off"))
    page.reload()
    expect(lines(page, "By PyTorch itself")).not_to_have_count(0)
    expect(panel(page).locator(".code-value")).to_have_count(0)
    page.get_by_label("Language").select_option("JAX")
    expect(panel(page)).to_contain_text("jax.grad(forward")
    page.get_by_label("Language").select_option("NumPy")
    expect(panel(page)).to_contain_text("import numpy as np")
    expect(page.get_by_role("listbox", name=re.compile("itself"))).to_have_count(0)


def test_an_example_gives_the_file_its_name(page: Page) -> None:
    open_code(page, "/?example=network-2-2-1#tab=code&v=1")
    expect(page.get_by_role("button", name="Download network_2_2_1.py")).to_be_visible()
    expect(panel(page)).to_contain_text("grad_w1")


def test_with_the_keyboard_alone(page: Page) -> None:
    open_code(page)
    page.get_by_role("tab", name="Flat code").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.getAttribute('role')") == "option":
            break
    expect(line(page, 1)).to_be_focused()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    expect(line(page, 7)).to_be_focused()
    expect(lit_nodes(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(line(page, 7)).to_have_attribute("aria-selected", "true")
    expect(line(page, 12)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(line(page, 8)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(line(page, 9)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(line(page, 8)).to_be_focused()
    page.keyboard.press("Tab")
    expect(line(page, 9)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    expect(line(page, 19)).to_be_focused()


def test_on_a_phone_the_passes_stand_one_below_the_other(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_code(page)
    first, second = (page.get_by_role("listbox", name=name).bounding_box() for name in ("Forward", "Backward"))
    assert first is not None
    assert second is not None
    assert second["y"] > first["y"] + first["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    line(page, 12).tap()
    expect(line(page, 12)).to_have_attribute("aria-selected", "true")
    note = line(page, 12).locator(".code-note")
    expect(note).to_contain_text("Line 10 wrote the part of f.")
    row, below = line(page, 12).bounding_box(), note.bounding_box()
    assert row is not None
    assert below is not None
    assert below["y"] + below["height"] <= row["y"] + row["height"] + 1
    assert below["x"] + below["width"] <= PHONE["width"]
    expect(lit_nodes(page)).to_have_count(1)
    for name in ("Copy", "Download gradients.py"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 43


def test_the_code_follows_the_program_and_its_values(page: Page) -> None:
    open_code(page)
    page.get_by_role("tab", name="Graph").click()
    wait_for_graph(page)
    leaf_value(page, "w0").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2.1")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Flat code").click()
    expect(line(page, 2)).to_contain_text("= 2.1, -1.0")
    type_program(page, "f = x * lambda; x = 2; lambda = 3")
    expect(line(page, 3)).to_have_accessible_name("3 grad_f = 1.0 # 1.00")
    expect(panel(page)).to_contain_text("f = x * lambda_")
    type_program(page, "f = x *")
    expect(panel(page)).to_contain_text("f = x * lambda_")
    type_program(page, "f = 1 / x; x = 0")
    expect(panel(page)).to_contain_text("Plain Python stops with an error")


def test_a_program_of_thousands_of_lines_scrolls_and_is_copied_whole(visitor: Visitor) -> None:
    page = visitor.open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    program = "; ".join(f"s{number} = s{number - 1} * x + {number}" if number else "s0 = x" for number in range(800))
    open_code(page, f"/#program={quote(program)}&tab=code&v=1")
    assert panel(page).locator(".code-line").count() < 700
    lines(page, "Backward").first.click()
    page.keyboard.press("End")
    total = len(write_code(trace(program)).text.splitlines())
    expect(line(page, total)).to_be_focused()
    expect(line(page, total)).to_be_in_viewport()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Code copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == write_code(trace(program)).text


LAYER = "y = sigmoid(W @ x + b); E = half_sse(y, t); W = [[0.5, -1], [1, 0.25]]; x = [2, -1]; b = 0.5; t = [1, 0]"


def menu(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Language")


def test_tensors_are_written_for_numpy_and_the_choice_of_python_waits(page: Page) -> None:
    open_code(page, f"/#program={quote(LAYER)}&tab=code&v=1")
    expect(menu(page)).to_have_value("numpy")
    expect(menu(page).get_by_role("option", name="Python: no tensors")).to_be_disabled()
    expect(panel(page)).to_contain_text("grad_W = np.outer(grad_s0, x)")
    expect(lines(page, "Backward").filter(has_text="grad_b = np.sum(grad_s1)")).to_contain_text(
        "summed over all 2 entries"
    )
    expect(panel(page)).to_contain_text("A sum where")
    menu(page).select_option("torch")
    expect(panel(page)).to_contain_text("grad_W = torch.outer(grad_s0, x)")
    menu(page).select_option("numpy")
    type_program(page, "f = x * y; x = 2; y = 3")
    expect(panel(page)).to_contain_text("grad_x = grad_f * y")
    expect(menu(page).get_by_role("option", name="Python", exact=True)).to_be_enabled()


def test_a_program_without_tensors_is_plain_python_again(page: Page) -> None:
    open_code(page, f"/#program={quote(LAYER)}&tab=code&v=1")
    expect(panel(page)).to_contain_text("import numpy as np")
    type_program(page, "f = x * y; x = 2; y = 3")
    expect(panel(page)).not_to_contain_text("numpy")
    expect(menu(page)).to_have_value("python")


def test_lines_and_gates_of_tensors_light_each_other_also_by_keys(page: Page) -> None:
    open_code(page, f"/#program={quote(LAYER)}&tab=code&v=1")
    outer = lines(page, "Backward").filter(has_text="grad_W = np.outer(grad_s0, x)")
    outer.hover()
    expect(lit_nodes(page)).to_have_count(2)
    mini(page, "^Parameter W").hover()
    expect(outer).to_have_class(re.compile("is-lit"))
    expect(lines(page, "Forward").filter(has_text="W = np.array")).to_have_class(re.compile("is-lit"))
    lines(page, "Backward").first.focus()
    page.keyboard.press("ArrowDown")
    expect(lit_nodes(page)).to_have_count(1)


def test_the_text_of_tensors_that_is_copied_runs(page: Page, tmp_path: Path) -> None:
    open_code(page, f"/#program={quote(LAYER)}&tab=code&v=1")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    file = tmp_path / "flat.py"
    waiting.value.save_as(file)
    assert file.read_text(encoding="utf-8") == write_code(trace(LAYER), "numpy").text
