"""The gallery's small graphs are the graphs that an evaluation of the same program answers."""

from typing import Any

import pytest

from app.lessons import Lesson, lessons
from tests.api.client import Client

SAME_FIELDS = ("id", "kind", "op", "operands", "name", "label", "latex", "shape", "value", "gradient")


@pytest.fixture(scope="module")
def examples(client: Client) -> dict[str, Any]:
    return {one["slug"]: one for one in client.get("/api/v1/examples").json()["examples"]}


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.slug)
def test_the_small_graph_is_that_of_an_evaluation(client: Client, examples: dict[str, Any], lesson: Lesson) -> None:
    graph = examples[lesson.slug]["graph"]
    answer = client.evaluate(lesson.program)
    for node in answer["nodes"]:
        if node["shape"]:  # only the shape is told
            node["value"] = node["gradient"] = None
    assert graph["output"] == answer["output"]
    assert [{field: node[field] for field in SAME_FIELDS} for node in answer["nodes"]] == [
        {field: node[field] for field in SAME_FIELDS} for node in graph["nodes"]
    ]
    edges = [
        (source, node["id"], operand, local)
        for node in graph["nodes"]
        for operand, (source, local) in enumerate(zip(node["operands"], node["local"], strict=True))
    ]
    assert edges == [
        (edge["source"], edge["target"], edge["operand"], None if isinstance(edge["local"], list) else edge["local"])
        for edge in answer["edges"]
    ]


def test_a_title_that_is_a_formula_comes_in_latex_too(examples: dict[str, Any]) -> None:
    assert examples["classic-circuit"]["formula"] == r"2\,(xy + \max(z, w))"
    assert examples["sigmoid-neuron"]["formula"] is None
