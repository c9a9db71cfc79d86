"""The detective through the API, for entries and whole tensors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Client

LAYER = (
    "z = W @ x; a = relu(z); E = half_sse(a, t)\nW = [[0.5, -0.3], [0.2, 0.6]]; x = [1, -2]; t = [0, 0.7]"
)  # fmt: skip


def diagnose(client: Client, **fields: Any) -> dict[str, Any]:
    response = client.post("/api/v1/diagnose", json={"source": LAYER, **fields})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_an_entry(client: Client) -> None:
    found = diagnose(client, leaf="W[1, 0]", printed="-0.7")
    assert (found["index"], found["shape"], found["exact"], found["cells"]) == ([1, 0], [], 0.0, None)
    assert found["headline"]["text"] == "A closed way was taken."
    assert found["node"]["label"] == "W"
    assert [match["kind"] for match in found["matches"]] == ["router"]
    assert found["matches"][0]["gives"] is None


def test_a_whole_matrix(client: Client) -> None:
    found = diagnose(client, node="W", printed="[[1.1, 0], [-2.2, 0]]")
    assert (found["index"], found["shape"], found["exact"]) == (None, [2, 2], None)
    assert found["verdict"] == "wrong"
    assert found["headline"]["text"] == "The outer product is the wrong way round."
    assert found["cells"]["verdicts"] == ["exact", "wrong", "wrong", "exact"]
    assert found["cells"]["typed"] == ["1.1", "0", "-2.2", "0"]
    assert found["which"]["text"] == "2 of 4 entries are right; W[0, 1] and W[1, 0] are wrong."
    assert r"$\mathbf{W}[0,1]$" in found["which"]["latex"]
    assert found["matches"][0]["gives"] == [1, 2]
    assert found["tried"][0].keys() == {"kind", "title", "value", "gives"}


def test_values_and_steps(client: Client) -> None:
    assert diagnose(client, node="z", quantity="value", printed="1.1 -1")["verdict"] == "exact"
    after = diagnose(client, leaf="W", quantity="updated", learning_rate=0.1, printed="[[0.61, -0.52], [0.2, 0.6]]")
    assert [match["title"]["text"] for match in after["matches"]] == ["Step the wrong way"]
    assert after["matches"][0]["gives_all"] is True


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"leaf": "W", "printed": "0.5"}, "`W` is a 2 × 2 matrix, and this is one number."),
        ({"leaf": "W[0, 0]", "printed": "[1, 2]"}, "These are several numbers."),
        ({"node": "E", "printed": "[1, 2]"}, "These are several numbers."),
        ({"leaf": "W[0]", "printed": "1"}, "`W` is a 2 × 2 matrix: an entry has 2 indices."),
        ({"leaf": "W[0, 5]", "printed": "1"}, "`W` is a 2 × 2 matrix: it has no entry `W[0, 5]`."),
        ({"leaf": "V[0, 5]", "printed": "1"}, "The program has no leaf `V`."),
        ({"leaf": "W", "printed": "[[1, 2], [3]]"}, "The rows differ in length: the first has 2, row 1 has 1 entries."),
        ({"leaf": "W", "printed": "[1, 2]", "quantity": "updated"}, "A new value needs a learning rate."),
    ],
)
def test_what_cannot_be_checked_says_why(client: Client, fields: dict[str, Any], message: str) -> None:
    response = client.post("/api/v1/diagnose", json={"source": LAYER, **fields})
    assert response.status_code == 422
    assert response.json()["errors"][0]["message"] == message


def test_an_index_of_a_number(client: Client) -> None:
    response = client.post("/api/v1/diagnose", json={"source": "f = x^2; x = 1", "leaf": "x[0]", "printed": "1"})
    assert response.json()["errors"][0]["message"] == "`x` is a number: it has no entries."


def test_a_worked_example(client: Client) -> None:
    lines = "z = [1.1, -1]\ndE/dW = [[1.1, -2.2],\n [0, 0]]\ndE/dW[1, 0] = -0.7"
    body = client.post("/api/v1/worked", json={"source": LAYER, "lines": lines}).json()
    assert body["counts"] == {
        "exact": 2, "rounded": 0, "truncated": 0, "rounded_on_the_way": 0, "wrong": 1, "unread": 0,
    }  # fmt: skip
    assert [row["figure"]["shape"] for row in body["rows"]] == [[2], [2, 2], []]
    assert body["rows"][2]["figure"]["index"] == [1, 0]
