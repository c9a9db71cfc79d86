"""A visitor types something that cannot be read: a place, a sentence, a hint, and nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tasks import expect_gate, program, type_program, wait_for_graph


def test_a_misspelt_function_is_named_and_repaired_by_one_click(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = sigmod(x)\nx = 0")
    problems = page.get_by_role("group", name="Problems")
    expect(problems).to_contain_text("There is no function sigmod.")
    problems.get_by_role("button", name="Use sigmoid").click()
    expect(problems).to_be_hidden()
    expect_gate(page, "f", value="0.50", gradient="1.00")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("f = (x + y * z", "This bracket is never closed."),
        ("f = x *", "Expected an operand after *."),
        ("f = x + sigmod(y) +", "There is no function sigmod."),
    ],
)
def test_the_last_good_graph_stays(page: Page, text: str, sentence: str) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, text)
    expect(page.get_by_role("group", name="Problems")).to_contain_text(sentence)
    expect(page.get_by_text("Showing the last program that could be read.")).to_be_visible()
    expect_gate(page, "f", value="0.73", gradient="1.00")
    expect(program(page)).to_contain_text(text)


def test_an_empty_program_offers_a_start(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "")
    expect(page.get_by_text("Type an expression, for example", exact=False)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect_gate(page, "f", value="0.73", gradient="1.00")


ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "f = '\"><script>alert(1)</script>'",
    "f = x # </script><script>alert(1)</script>",
    "__proto__ = 1\nf = __proto__ * constructor + toString",
    "\\href{javascript:alert(1)}{x}",
    "f = ‮x + ​y",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_what_is_typed_reaches_the_page_only_as_text(page: Page, text: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.goto("/")
    wait_for_graph(page)
    type_program(page, text)
    page.wait_for_url(re.compile("program="))
    page.reload()
    expect(page.locator("#stage svg").first).to_be_visible()
    assert page.locator("img[src='x'], a[href^='javascript'], body script:not([type])").count() == 0
    expect(program(page)).to_be_visible()
