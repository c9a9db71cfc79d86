"""Paths through the API."""

import json
from typing import Any

import pytest

from app.api.paths_call import PATHS_EXAMPLES
from app.api.schemas import PathsAnswer
from app.lessons import scalar_lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client
from tests.api.test_errors import problem_of

[NETWORK] = [lesson.program for lesson in scalar_lessons() if lesson.slug == "network-3-2-2"]
DIAMONDS = "a0 = x;" + ";".join(f"a{number + 1} = sin(a{number}) + cos(a{number})" for number in range(100))


def paths(client: Client, source: str, **fields: Any) -> dict[str, Any]:
    """The answer to a request that is right, read by its schema too."""
    response = client.post("/api/v1/paths", json={"source": source, **fields})
    assert response.status_code == 200, response.text
    read = PathsAnswer.model_validate_json(response.content, strict=True)
    found = response.json()
    assert json.loads(read.model_dump_json(exclude_unset=True)) == found
    assert isinstance(found, dict)
    return found


def problems(client: Client, status: int, **fields: Any) -> list[dict[str, Any]]:
    response = client.post("/api/v1/paths", json={"source": NETWORK, **fields})
    assert response.status_code == status, response.text
    found = problem_of(response)["errors"]
    assert isinstance(found, list)
    return found


def test_the_two_paths_of_w1(client: Client) -> None:
    found = paths(client, NETWORK, leaf="w1")
    labels = {node["id"]: node["label"] for node in found["nodes"]}
    assert [[labels[node] for node in path["nodes"]] for path in found["paths"]] == [
        ["w1", "z_a", "h_a", "z_c", "y1", "E"], ["w1", "z_a", "h_a", "z_d", "y2", "E"],
    ]  # fmt: skip
    assert [round(path["product"], 6) for path in found["paths"]] == [0.000717, 0.001267]
    assert found["total"] == client.evaluate(NETWORK)["gradients"]["w1"]
    assert found["visits"] == {
        "paths": {"exact": 2, "text": "2"}, "path_by_path": {"exact": 26, "text": "26"}, "edges": 20,
    }  # fmt: skip
    assert found["all_leaves"] == {
        "paths": {"exact": 36, "text": "36"}, "path_by_path": {"exact": 396, "text": "396"}, "edges": 53, "leaves": 19,
    }  # fmt: skip
    assert {node["label"]: node["left_out"] for node in found["nodes"]} == {
        "w1": 0, "z_a": 6, "h_a": 0, "z_c": 4, "y1": 0, "z_d": 4, "y2": 0, "E": 2,
    }  # fmt: skip
    assert len(found["edges"]) == 8


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_nodes_and_sum_are_those_of_an_evaluation(client: Client, lesson: Any) -> None:
    found, answer = paths(client, lesson.program), client.evaluate(lesson.program)
    nodes = {node["id"]: node for node in answer["nodes"]}
    for node in found["nodes"]:
        same = ("op", "name", "label", "latex", "span", "value", "gradient")
        assert [node[field] for field in same] == [nodes[node["id"]][field] for field in same]
    assert found["total"] == nodes[found["start"]]["gradient"]
    named = [name for name, gradient in answer["gradients"].items() if gradient is not None]
    assert [leaf["name"] for leaf in found["leaves"]] == named


def test_more_paths_than_a_number_of_json_holds(client: Client) -> None:
    found = paths(client, DIAMONDS, values={"x": 0.5})
    assert found["visits"]["paths"] == {"exact": str(2**100), "text": "1.3·10³⁰"}
    assert found["visits"]["edges"] == 400
    assert (len(found["paths"]), found["ranked"]) == (200, True)
    assert found["total"] == client.evaluate(DIAMONDS, values={"x": 0.5})["gradients"]["x"]


def test_a_number_of_paths_with_thousands_of_digits(client: Client) -> None:
    lines = "a0 = x;" + ";".join(f"a{number + 1} = max({','.join([f'a{number}'] * 20)})" for number in range(2_000))
    found = paths(client, lines, max_paths=1)
    assert found["visits"]["paths"]["exact"][:2] == str(2**2000 * 10**2000 // 10**2500)[:2]
    assert len(found["visits"]["paths"]["exact"]) == 2603
    lines = "a0 = x;" + ";".join(f"a{number + 1} = max({','.join([f'a{number}'] * 10)})" for number in range(4_500))
    digits = paths(client, lines[: lines.rindex(";", 0, 250_000)], max_paths=1)["visits"]["paths"]
    assert digits["exact"].strip("0") == "1"
    assert digits["text"].startswith("1.0·10")


@pytest.mark.parametrize("fields", [{"leaf": "w1", "every_gate": True}, {"node": "w1", "every_gate": True}])
def test_every_gate(client: Client, fields: dict[str, Any]) -> None:
    found = paths(client, NETWORK, **fields)
    assert [len(path["factors"]) for path in found["paths"]] == [13, 13]
    assert found["visits"]["edges"] == len(found["edges"]) == 20


def test_opened_gates_are_counted_as_they_are_sent(client: Client) -> None:
    found = paths(client, NETWORK, leaf="w1", expand="sigmoid", every_gate=True)
    assert found["visits"]["edges"] == len(found["edges"]) > 20


def test_any_node_as_start_and_as_output(client: Client) -> None:
    found = paths(client, NETWORK, node="h_a", to="y2")
    assert [node["label"] for node in found["nodes"]] == ["h_a", "z_d", "y2"]
    assert (
        paths(client, NETWORK, leaf="w1", to="y2")["total"] == client.evaluate(NETWORK, output="y2")["gradients"]["w1"]
    )
    assert (
        paths(client, NETWORK, leaf="w1", output="y2")["total"] == paths(client, NETWORK, leaf="w1", to="y2")["total"]
    )


def test_no_path(client: Client) -> None:
    found = paths(client, "q = x y; f = 2 z", leaf="x")
    assert (found["paths"], found["total"], found["edges"]) == ([], 0.0, [])
    assert [node["label"] for node in found["nodes"]] == ["x", "f"]


def test_no_leaf(client: Client) -> None:
    found = paths(client, "1 + 2")
    assert (found["start"], found["paths"], found["leaves"]) == (None, [], [])


def test_numbers_that_json_does_not_have(client: Client) -> None:
    found = paths(client, "f = 0 * log(x) + 2 x; x = 0")
    assert [path["product"] for path in found["paths"]] == ["NaN", 2.0]
    assert found["total"] == "NaN"


def test_the_listing_is_cut_at_the_server_s_limit() -> None:
    client = Client(create_app(Limits(max_paths_listed=5)))
    assert len(paths(client, DIAMONDS, max_paths=1000)["paths"]) == 5
    client = Client(create_app(Limits(max_path_steps=1000)))
    assert len(paths(client, DIAMONDS, max_paths=1000)["paths"]) == 5


def test_an_answer_that_is_too_large_is_refused() -> None:
    client = Client(create_app(Limits(max_response_bytes=20_000)))
    [problem] = problems(client, 413, source=DIAMONDS)
    assert "CHAINRULE_MAX_RESPONSE_BYTES" in problem["message"]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"leaf": "w11"}, "leaf", "no leaf"),
        ({"leaf": "z_a"}, "leaf", "computed"),
        ({"leaf": "w1", "node": "w1"}, "leaf", "Exactly one"),
        ({"node": "nothing"}, "node", "no node"),
        ({"to": "nothing"}, "to", "no node"),
        ({"max_paths": 0}, "max_paths", "at least 1"),
        ({"most": 3}, "most", "no field"),
        ({"every_gate": 1}, "every_gate", "true"),
        ({"source": "const c = 2; f = c x", "leaf": "c"}, "leaf", "constant"),
    ],
)
def test_what_is_wrong_is_told_with_its_field(client: Client, fields: dict[str, Any], field: str, words: str) -> None:
    [problem] = problems(client, 422, **fields)
    assert problem["field"] == field
    assert words in problem["message"]


def test_examples_show_what_they_say(client: Client) -> None:
    counts = [
        (found["visits"]["paths"]["exact"], len(found["paths"]))
        for one in PATHS_EXAMPLES.values()
        for found in [client.post("/api/v1/paths", json=one["value"]).json()]
    ]
    assert counts == [(2, 2), (2, 2), (16, 3), (1, 1)]
