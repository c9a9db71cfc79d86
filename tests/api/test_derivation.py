"""The worked solution through the API."""

import pytest

from app.api.schemas.derivation import DerivationAnswer
from tests.api.client import Client

NETWORK = (
    "x1 = 0.23; x2 = 0.82; y_t = 1; w1 = 0.1; w2 = 0.5; w3 = 0.4; w4 = 0.3; w5 = 0.2; w6 = 0.6\n"
    "z_a = x1*w1 + x2*w3\nh_a = sigmoid(z_a)\nz_b = x1*w2 + x2*w4\nh_b = sigmoid(z_b)\n"
    "z_c = h_a*w5 + h_b*w6\ny = sigmoid(z_c)\nE = 1/2 * (y_t - y)^2"
)
PATH = "/api/v1/derivation"


def test_the_record_for_one_leaf(client: Client) -> None:
    answer = client.post(PATH, json={"source": NETWORK, "leaf": "w1", "learning_rate": 0.7}).json()
    assert answer["text"] is None
    solution = answer["solution"]
    assert solution["title"] == "Gradient of $E$ with respect to $w_{1}$"
    value = solution["blocks"][-1]["value"]
    assert (value["text"], value["latex"]) == ("−0.001014", "-0.001014")
    assert value["value"] == pytest.approx(-0.0010144828807628174, rel=1e-14)
    assert solution["updates"][0]["new"]["text"] == "0.100710"
    assert solution["paths"] == {"exact": 1, "text": "1"}
    rows = {row["id"] for row in solution["rows"]}
    assert rows <= {node["id"] for node in solution["graph"]["nodes"]}
    edges = {(edge["source"], edge["target"]) for edge in solution["graph"]["edges"]}
    assert {(local["source"], local["target"]) for local in solution["locals"]} <= edges


def test_texts(client: Client) -> None:
    for kind, begins in (("markdown", "# Gradients of $E$"), ("latex", r"\documentclass")):
        answer = client.post(PATH, json={"source": NETWORK, "format": kind}).json()
        assert answer["solution"] is None
        assert answer["text"].startswith(begins)


def test_an_unknown_leaf_is_named(client: Client) -> None:
    response = client.post(PATH, json={"source": NETWORK, "leaf": "w9"})
    assert response.status_code == 422
    [problem] = response.json()["errors"]
    assert problem["field"] == "leaf"
    assert "w9" in problem["message"]


def test_numbers_that_json_cannot_hold(client: Client) -> None:
    solution = client.post(PATH, json={"source": "f = log(x)\nx = 0"}).json()["solution"]
    assert solution["rows"][0]["value"]["value"] == "-Infinity"
    assert solution["notes"]


def test_a_long_program_is_cut_and_said(client: Client) -> None:
    lines = [f"a{index + 1} = sin(a{index})" for index in range(3000)]
    solution = client.post(PATH, json={"source": "\n".join(lines)}).json()["solution"]
    assert solution["steps"] == 3000
    assert len(solution["rows"]) == 200
    assert solution["cut"][0] == "The forward pass shows 200 of 3,000 steps."
    assert solution["graph"] is None


def test_tensors_are_nested_lists_with_their_shape(client: Client) -> None:
    body = {"source": "z = W @ x\nE = half_sse(z, t)\nW = [[1, 2], [3, 4]]; x = [1, -1]; t = [0, 0]", "leaf": "W[0, 1]"}
    answer = client.post("/api/v1/derivation", json=body).json()
    solution = DerivationAnswer.model_validate(answer).solution
    assert solution is not None
    assert solution.leaf is not None
    assert solution.leaf.label == "W[0, 1]"
    matrix, entry = solution.blocks[-2:]
    assert (matrix.value.value, matrix.value.shape) == ([[-1.0, 1.0], [-1.0, 1.0]], [2, 2])
    assert (entry.value.value, entry.value.shape) == (1.0, [])
    assert [local.value for local in solution.locals if local.source == matrix.id] == [None]


def test_a_tensor_too_large_to_print_has_no_value(client: Client) -> None:
    body = {"source": "E = sum(W @ x)", "values": {"W": [[0.5] * 30] * 20, "x": [1.0] * 30}}
    solution = DerivationAnswer.model_validate(client.post("/api/v1/derivation", json=body).json()).solution
    assert solution is not None
    [large] = [one for one in solution.given if one.label == "W"]
    assert (large.value.value, large.value.shape) == (None, [20, 30])


def test_an_entry_that_is_not_there_is_refused_by_field(client: Client) -> None:
    body = {"source": "E = sum(W); W = [[1, 2]]", "leaf": "W[5, 0]"}
    response = client.post("/api/v1/derivation", json=body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "leaf"
