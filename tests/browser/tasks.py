"""What a visitor does and sees, found by role and label as a screen reader would find it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

NEURON = "f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))\nw0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"


def program(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Program")


def type_program(page: Page, text: str) -> None:
    """Replaces the program as a person would: click, select all, type."""
    program(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def gate(page: Page, label: str) -> Locator:
    """The gate or leaf with this name, e.g. "s1" or "w0"."""
    return page.get_by_role(
        "button", name=re.compile(rf"^(?!Output)(\w+ )*?(gate )?{re.escape(label)}( = |, (?!open group))")
    )


def leaf_value(page: Page, name: str) -> Locator:
    return page.get_by_role("spinbutton", name=name, exact=True)


def expect_gate(page: Page, label: str, *, value: str, gradient: str) -> None:
    expect(gate(page, label)).to_have_accessible_name(
        re.compile(rf"Value {re.escape(value)}\. Gradient {re.escape(gradient)}\.")
    )


def expect_leaf(page: Page, label: str, *, value: str, gradient: str) -> None:
    expect(gate(page, label)).to_have_accessible_name(
        re.compile(rf" {re.escape(label)}, {re.escape(value)}, gradient {re.escape(gradient)}, ")
    )


def wait_for_graph(page: Page, output: str = "f") -> None:
    expect(page.get_by_role("group", name=re.compile(rf"^Computation graph of {re.escape(output)}, "))).to_be_visible()


def inspector_of(page: Page) -> Locator:
    """The panel that explains the selection; its name is what is selected."""
    return page.get_by_role("complementary")
