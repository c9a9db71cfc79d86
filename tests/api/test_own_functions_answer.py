"""Functions of one's own in the answer of the API."""

from __future__ import annotations

import pytest

from tests.api.client import Client

SOURCE = "neuron(w, x, b) = sigmoid(w*x + b)\nf = neuron(a, b, c) + neuron(c, b, a)"


@pytest.mark.parametrize(
    ("expand", "titles"),
    [
        ([], ["neuron", "neuron"]),
        (["neuron"], ["neuron", "neuron"]),
        (["*"], ["neuron", "Sigmoid", "neuron", "Sigmoid"]),
    ],
)
def test_calls_are_sent_open_with_their_groups(client: Client, expand: list[str], titles: list[str]) -> None:
    answer = client.evaluate(SOURCE, expand=expand)
    assert [group["title"] for group in answer["groups"]] == titles
    group = answer["groups"][0]
    assert (group["name"], group["op"], group["group"], group["operands"]) == ("neuron", None, None, ["n0", "n1", "n2"])
    assert group["latex"] == r"\mathrm{neuron}\left(a, b, c\right)"
    assert SOURCE[group["span"]["start"] : group["span"]["end"]] == "neuron(a, b, c)"
    assert [(edge["source"], edge["target"], edge["operand"]) for edge in group["edges"]] == [
        ("n0", "g0", 0), ("n1", "g0", 1), ("n2", "g0", 2),
    ]  # fmt: skip


def test_a_definition_is_a_statement_without_a_node(client: Client) -> None:
    first, second = client.evaluate(SOURCE)["statements"]
    assert (first["node"], first["parts"]) == (None, [])
    assert first["latex"] == r"\mathrm{neuron}\left(w, x, b\right) = \sigma\left(w x + b\right)"
    assert second["node"] == client.evaluate(SOURCE)["output"]


def test_other_numbers_for_the_same_program_fill_the_same_answer(client: Client) -> None:
    one = client.evaluate(SOURCE, values={"a": 2, "b": 3, "c": -1}, expand=["*"])
    other = client.evaluate(SOURCE + "\na = 2; b = 3; c = -1", expand=["*"])
    for name in ("edges", "groups", "gradients", "values"):
        assert one[name] == other[name]
