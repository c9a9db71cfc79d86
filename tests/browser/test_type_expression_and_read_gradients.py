"""A visitor opens the page, types an expression and reads values and gradients on the graph."""

from playwright.sync_api import Page, expect

from tests.browser.tasks import expect_gate, expect_leaf, gate, type_program, wait_for_graph


def test_the_sigmoid_neuron_is_there_computed(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    expect_leaf(page, "w0", value="2.00", gradient="−0.20")
    expect_leaf(page, "x1", value="−2.00", gradient="−0.59")
    expect_gate(page, "s3", value="1.00", gradient="0.20")
    expect_gate(page, "s5", value="0.37", gradient="−0.53")
    expect_gate(page, "f", value="0.73", gradient="1.00")
    expect(page.get_by_text("8 gates, 5 inputs").first).to_be_visible()


def test_the_graph_follows_what_is_typed(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "(x+y)*z\nx = -2; y = 5; z = -4")
    expect_leaf(page, "x", value="−2.00", gradient="−4.00")
    expect_leaf(page, "y", value="5.00", gradient="−4.00")
    expect_leaf(page, "z", value="−4.00", gradient="3.00")
    expect_gate(page, "f", value="−12.00", gradient="1.00")


def test_a_leaf_without_a_value_gets_one_and_says_so(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "(x+y)*z")
    expect_leaf(page, "x", value="1.00", gradient="1.00")
    expect(page.locator("#stage").get_by_text("default").first).to_be_visible()


def test_a_repeated_operand_is_two_edges(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = x * x\nx = 3")
    expect_leaf(page, "x", value="3.00", gradient="6.00")
    expect(page.locator("#stage").get_by_text("3.00", exact=True)).to_have_count(3)


def test_layers_can_be_switched_off(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    seen = page.locator("#stage").get_by_text("−0.53", exact=True).first
    expect(seen).to_be_visible()
    page.get_by_role("switch", name="Gradients").click()
    expect(seen).to_be_hidden()
    page.get_by_role("switch", name="Gradients").click()
    expect(seen).to_be_visible()


def test_a_number_that_is_not_finite_is_shown_with_its_reason(page: Page) -> None:
    page.goto("/")
    wait_for_graph(page)
    type_program(page, "f = log(x) + y\nx = 0; y = 1")
    expect_gate(page, "f", value="−∞", gradient="1.00")
    expect(page.locator("#stage").get_by_text("log(x) is −∞ here because x is 0.").first).to_be_visible()
    expect(gate(page, "x")).to_be_visible()
