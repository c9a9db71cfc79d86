"""The Jacobian tab: read a matrix, ask an entry why, turn it, differentiate again; also by keyboard and on a phone."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.tasks import type_program

TWO = "u = (x + y) * max(y, z); v = x^2 * y - z; x = 1; y = 2; z = 0"


def open_tab(page: Page, source: str = TWO, choices: str = "") -> None:
    page.goto(f"/#program={quote(source)}&tab=jacobian{choices}")
    expect(matrix(page)).to_be_visible()


def matrix(page: Page) -> Locator:
    return page.get_by_role("grid")


def numbers(page: Page) -> list[list[str]]:
    rows = matrix(page).get_by_role("row").filter(has=page.get_by_role("gridcell"))
    return [row.get_by_role("gridcell").all_inner_texts() for row in rows.all()]


def expect_numbers(page: Page, expected: list[list[str]]) -> None:
    cells = [cell for row in expected for cell in row]
    expect(matrix(page).get_by_role("gridcell")).to_have_text(cells)
    assert numbers(page) == expected


def entry(page: Page) -> Locator:
    return page.get_by_role("region", name="Selected entry")


def selected(page: Page) -> Locator:
    return matrix(page).get_by_role("gridcell", selected=True)


def test_an_entry_and_its_paths(page: Page) -> None:
    open_tab(page)
    expect_numbers(page, [["2.00", "5.00", "0.00"], ["4.00", "1.00", "−1.00"]])
    expect(page.get_by_role("heading", name=re.compile("^Jacobian of"))).to_be_visible()
    expect(selected(page)).to_have_text("5.00")
    expect(entry(page)).to_contain_text(re.compile("Two paths lead from .*y.* to .*u"))
    expect(entry(page)).to_contain_text("through +")
    expect(entry(page)).to_contain_text("through max")
    expect(entry(page)).to_contain_text(re.compile("by about 0.05 and, in the same column, .* by about 0.01."))
    graph = page.get_by_role("group", name="Graph between leaves and outputs")
    expect(graph).to_be_visible()

    matrix(page).get_by_role("gridcell").nth(2).click()
    expect(entry(page)).to_contain_text("max chose y here, so z receives 0.")
    matrix(page).get_by_role("gridcell").nth(5).click()
    expect(entry(page)).to_contain_text(re.compile("One path leads from .*z.* to .*v"))
    expect(page).to_have_url(re.compile("cell=v%2Cz"))
    page.reload()
    expect(selected(page)).to_have_text("−1.00")


def test_turned_picked_and_copied(page: Page) -> None:
    open_tab(page)
    page.get_by_role("radio", name="Rows are leaves (lecture)").click()
    expect_numbers(page, [["2.00", "4.00"], ["5.00", "1.00"], ["0.00", "−1.00"]])
    expect(selected(page)).to_have_text("5.00")
    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_role("button", name="As a table (tab-separated)").click()
    expect(page.get_by_text("Copied as a table.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "\tu\tv\nx\t2\t4\ny\t5\t1\nz\t0\t-1\n"

    page.get_by_role("button", name="Outputs").click()
    page.get_by_role("checkbox", name="v").uncheck()
    expect_numbers(page, [["2.00"], ["5.00"], ["0.00"]])
    expect(page.get_by_role("checkbox", name="u")).to_be_disabled()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leaves").click()
    page.get_by_role("checkbox", name="x").uncheck()
    expect_numbers(page, [["5.00"], ["0.00"]])
    expect(page).to_have_url(re.compile("outputs=u.*leaves=y%2Cz.*layout=leaves"))
    page.get_by_role("button", name="All leaves").click()
    expect_numbers(page, [["2.00"], ["5.00"], ["0.00"]])


def test_second_derivatives_and_the_backward_pass(page: Page) -> None:
    open_tab(page, "f = x^2 * y; x = 1; y = 2")
    page.get_by_role("radio", name="Hessian").click()
    expect_numbers(page, [["4.00", "2.00"], ["2.00", "0.00"]])
    expect(page.get_by_text("Curves up in 1 direction and down in 1 here, as a saddle does.")).to_be_visible()
    matrix(page).get_by_role("gridcell").nth(1).click()
    expect(entry(page)).to_contain_text("by about 0.02.")
    page.get_by_role("switch", name="Backward pass as a graph").click()
    expect(page.get_by_text("Backward pass of")).to_be_visible()
    graph = page.get_by_role("group", name="Graph between leaves and outputs")
    expect(graph).to_contain_text("grad")
    expect(page).to_have_url(re.compile("matrix=hessian.*backward=on"))


def test_it_follows_the_program_and_its_problems(page: Page) -> None:
    open_tab(page)
    type_program(page, "f = x * y; x = 3; y = 4")
    expect_numbers(page, [["4.00", "3.00"]])
    type_program(page, "f = x * ")
    expect(page.get_by_role("tabpanel", name="Jacobian")).to_be_visible()
    expect_numbers(page, [["4.00", "3.00"]])


def test_keyboard_alone(page: Page) -> None:
    open_tab(page)
    tab = page.get_by_role("tab", name="Jacobian")
    tab.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Rows are outputs")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Rows are leaves (lecture)")).to_be_checked()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Jacobian")).to_be_focused()
    for name in ("Copy", "Outputs", "Leaves"):
        page.keyboard.press("Tab")
        if name == "Outputs" and page.evaluate("document.activeElement.id") == "panel":
            page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(selected(page)).to_be_focused()
    expect(selected(page)).to_have_text("5.00")
    page.keyboard.press("ArrowRight")
    expect(selected(page)).to_have_text("0.00")
    expect(selected(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(selected(page)).to_have_text("−1.00")
    page.keyboard.press("Control+Home")
    expect(selected(page)).to_have_text("2.00")
    expect(entry(page)).to_contain_text(re.compile("One path leads from .*x.* to .*u"))


def test_a_large_matrix_says_what_is_not_drawn(page: Page) -> None:
    lines = [f"o{number} = " + " + ".join(f"{number + 1} x{leaf}" for leaf in range(60)) for number in range(3)]
    open_tab(page, "; ".join(lines))
    expect(page.get_by_text("Showing 50 of 60 leaves. Copy takes all of them.")).to_be_visible()
    expect(matrix(page).get_by_role("gridcell")).to_have_count(150)


def test_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open(size=PHONE, touch=True)
    open_tab(page)
    expect_numbers(page, [["2.00", "5.00", "0.00"], ["4.00", "1.00", "−1.00"]])
    matrix(page).get_by_role("gridcell").nth(3).tap()
    expect(entry(page)).to_contain_text(re.compile("One path leads from .*x.* to .*v"))
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    graph = page.get_by_role("group", name="Graph between leaves and outputs")
    graph.scroll_into_view_if_needed()
    expect(graph).to_be_visible()


def test_the_paths_of_an_entry_open_in_their_tab(page: Page) -> None:
    open_tab(page)
    page.get_by_role("button", name="Open in Paths").click()
    expect(page.get_by_role("tab", name="Paths")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile("leaf=y.*to=u"))
    page.get_by_role("tab", name="Jacobian").click()
    expect(selected(page)).to_have_text("5.00")


def test_the_graph_selects_rows_and_columns(page: Page) -> None:
    open_tab(page)
    graph = page.get_by_role("group", name="Graph between leaves and outputs")
    graph.get_by_role("button", name=re.compile("^Leaf x|x")).first.click()
    expect(selected(page)).to_have_text("2.00")


def test_nothing_to_differentiate_by_and_too_much(page: Page) -> None:
    page.goto(f"/#program={quote('const c = 2; f = c + 1')}&tab=jacobian&matrix=hessian")
    expect(page.get_by_text("Every leaf is a constant, so there is nothing to differentiate by.")).to_be_visible()
    leaves = ",".join(f"x{number}" for number in range(51))
    source = " + ".join(f"x{number}^2" for number in range(51))
    page.goto(f"/#program={quote(source)}&tab=jacobian&matrix=hessian&leaves={quote(leaves)}")
    expect(page.get_by_text(re.compile("A Hessian by 51 leaves is asked for; the limit is 50"))).to_be_visible()


NET = """z1 = W1 @ x + b1
a1 = relu(z1)
z2 = W2 @ a1 + b2
y = sigmoid(z2)
E = half_sse(y, t)
W1 = [[0.6, -0.4, 0.3], [-0.5, 0.8, 0.7], [0.9, 0.2, -0.6], [0.1, -0.7, -0.5]]
x = [1, 0.5, -1]; b1 = [0.1, -0.2, 0, 0.3]
W2 = [[0.7, -0.3, 1.1, 0.4], [-0.6, 0.5, -0.9, 0.8]]; b2 = [0.2, -0.1]; t = [0, 1]"""


def test_tensors_entry_by_entry_with_what_is_computed_in_their_place(page: Page) -> None:
    open_tab(page, NET)
    expect_numbers(page, [["0.08", "0.00"], ["0.00", "0.18"]])
    expect(
        page.get_by_text("Diagonal: each entry of y is computed from the entry of z2 at the same place.")
    ).to_be_visible()
    expect(page.get_by_text("The Jacobian has 4 entries; this takes 2 multiplications.")).to_be_visible()
    expect(page.get_by_text("Multiplying g by the matrix above gives the same numbers.")).to_be_visible()
    expect(page.get_by_role("switch", name="Backward pass as a graph")).to_be_hidden()
    matrix(page).get_by_role("gridcell").nth(0).click()
    page.keyboard.press("ArrowRight")
    expect(entry(page)).to_contain_text("No path leads from z2[1] to y[0].")
    expect(page).to_have_url(re.compile(r"cell="))


def test_blocks_of_a_matrix_product_and_a_map_of_tints(page: Page) -> None:
    open_tab(page, NET, "&outputs=z1&leaves=W1")
    expect(page.get_by_text("4 blocks of 1 × 3")).to_be_visible()
    expect(page.get_by_text("36 of its 48 entries are 0 whatever the values are.")).to_be_visible()
    open_tab(page, "z = tanh(x); x = ones(20)")
    expect(page.get_by_text("Point at a cell to read it.")).to_be_visible()
    matrix(page).get_by_role("gridcell").nth(21).hover()
    expect(page.locator(".matrix-readout")).to_contain_text("0.4200")


def test_a_matrix_too_large_to_be_built_is_told_in_words(page: Page) -> None:
    page.goto(f"/#program={quote('z = W @ x; W = ones(90, 90); x = ones(90)')}&tab=jacobian&leaves=W")
    expect(page.get_by_text("It is not built")).to_be_visible()
    expect(page.get_by_text("entries are 0.")).to_be_visible()
    expect(page.get_by_text("outer(g, x)")).to_be_visible()


def test_second_derivatives_of_entries(page: Page) -> None:
    open_tab(page, NET, "&matrix=hessian&leaves=b2")
    expect(matrix(page).get_by_role("gridcell")).to_have_count(4)
