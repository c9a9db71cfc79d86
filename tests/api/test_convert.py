"""The program in another notation, and what /evaluate says of the notation it read."""

from __future__ import annotations

import pytest

from app.api.workers import INLINE_COST, THREAD_COST, cost_of
from tests.api.client import Client

LATEX = r"f = \sigma\left(w_0 x_0 + w_1\right)"
PYTHON = "def f(w0, x0, w1):\n    s = w0 * x0 + w1\n    return 1 / (1 + math.exp(-s))\n"


@pytest.mark.parametrize(
    ("source", "notation", "rewritten"),
    [
        ("f = sigmoid(w0 * x0 + w1)", "chainrule", None),
        (LATEX, "latex", "f = sigmoid(w0 * x0 + w1)"),
        (PYTHON, "python", "s = w0 * x0 + w1\nf = 1 / (1 + exp(-s))"),
    ],
)
def test_evaluate_says_which_notation_it_read(
    client: Client, source: str, notation: str, rewritten: str | None
) -> None:
    for expand in ([], ["*"]):
        answer = client.post("/api/v1/evaluate", json={"source": source, "expand": expand}).json()
        assert (answer["notation"], answer["rewritten"]) == (notation, rewritten)
        if rewritten is not None:
            again = client.post("/api/v1/evaluate", json={"source": rewritten, "expand": expand}).json()
            assert again["gradients"] == answer["gradients"]
            assert [node["op"] for node in again["nodes"]] == [node["op"] for node in answer["nodes"]]
        assert all(0 <= node["span"]["start"] <= node["span"]["end"] <= len(source) for node in answer["nodes"])


@pytest.mark.parametrize("source", [LATEX, PYTHON, "f = sigmoid(w0 * x0 + w1)"])
@pytest.mark.parametrize("to", ["chainrule", "latex", "python"])
def test_convert_keeps_the_numbers(client: Client, source: str, to: str) -> None:
    values = {"w0": 2, "x0": -1.5, "w1": 0.25}
    answer = client.post("/api/v1/convert", json={"source": source, "to": to, "values": values})
    assert answer.status_code == 200, answer.text
    before = client.post("/api/v1/evaluate", json={"source": source, "values": values}).json()
    after = client.post("/api/v1/evaluate", json={"source": answer.json()["text"]}).json()
    assert after["gradients"] == pytest.approx(before["gradients"], rel=1e-12)
    assert after["notation"] == to


def test_mistakes_have_places_in_the_text_as_sent(client: Client) -> None:
    source = "f = \\frac{1}{\\alhpa}"
    answer = client.post("/api/v1/convert", json={"source": source, "to": "chainrule"})
    assert answer.status_code == 422
    (problem,) = answer.json()["errors"]
    assert source[problem["span"]["start"] : problem["span"]["end"]] == r"\alhpa"
    assert problem["fix"]["text"] == r"\alpha"


def test_an_unknown_notation_is_refused(client: Client) -> None:
    answer = client.post("/api/v1/convert", json={"source": "x + 1", "to": "word"})
    assert answer.status_code == 422


def test_tensors_are_written_in_numpy(client: Client) -> None:
    answer = client.post(
        "/api/v1/convert", json={"source": "f = sum(W @ x); W = [[1, 2]]; x = [0.5, 1]", "to": "python"}
    )
    text = answer.json()["text"]
    assert text.startswith("import numpy as np")
    again = client.post("/api/v1/convert", json={"source": text, "to": "chainrule"}).json()
    assert again["notation"] == "python"
    assert "f = sum(W @ x)" in again["text"]


def test_matrices_are_written_out_in_scalars(client: Client) -> None:
    asked = {"source": "y = sum(W @ x); W = [[1, 2]]", "values": {"x": [3, 4]}, "to": "scalars"}
    answer = client.post("/api/v1/convert", json=asked).json()
    assert answer["text"] == "s0_1 = W_11 * x_1 + W_12 * x_2\ny = s0_1\nW_11 = 1\nW_12 = 2\nx_1 = 3\nx_2 = 4"
    asked = {"source": "f = x * y", "values": {"x": 3}, "to": "scalars"}
    assert client.post("/api/v1/convert", json=asked).json()["text"] == "f = x * y\nx = 3"


def test_a_long_sum_costs_as_much_as_its_terms() -> None:
    assert cost_of(r"\sum_{i=1}^{5000} x_i", opened=False) > THREAD_COST
    assert cost_of(r"\sum_{i=-9999}^1 x_i", opened=False) > THREAD_COST
    assert cost_of(r"\sum_{i=1}^{3} w_i x_i + b", opened=True) < INLINE_COST
    assert cost_of("x + y", opened=False) == 5
