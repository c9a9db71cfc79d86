"""Flat code through the API."""

import json
from typing import Any

import pytest

from app.api.code_call import CODE_EXAMPLES
from app.api.schemas.code import CodeAnswer
from app.lessons import scalar_lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client
from tests.api.test_errors import problem_of

FORK = "z = w0 x0 + w1 x1 + w2; a = sigmoid(z); f = z a; w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"


def code(client: Client, source: str, **fields: Any) -> dict[str, Any]:
    """The answer to a request that is right, read by its schema too."""
    response = client.post("/api/v1/code", json={"source": source, **fields})
    assert response.status_code == 200, response.text
    read = CodeAnswer.model_validate_json(response.content, strict=True)
    found = response.json()
    assert json.loads(read.model_dump_json()) == found
    assert isinstance(found, dict)
    return found


def test_the_line_that_adds_knows_everything_about_itself(client: Client) -> None:
    found = code(client, FORK)
    ids = {node["label"]: node["id"] for node in found["nodes"]}
    line = found["backward"][3]
    assert line["text"] == "grad_z += grad_a * (1 - a) * a"
    assert line["comment"] == "# 0.7311 + 0.1966 = 0.9277"
    assert (line["number"], line["node"], line["gate"], line["operand"]) == (12, ids["z"], ids["a"], 0)
    assert (line["label"], line["op"], line["adds"], line["leaf"]) == ("z", "add", True, False)
    assert line["note"]["lines"] == [10, 12]
    assert FORK[line["span"]["start"] : line["span"]["end"]] == "w0 x0 + w1 x1 + w2"
    assert found["backward"][-1]["leaf"]
    assert found["forward"][1]["leaves"] == [ids[name] for name in ("w0", "x0", "w1", "x1", "w2")]


def test_the_numbers_are_those_of_an_evaluation(client: Client) -> None:
    for lesson in scalar_lessons():
        found = code(client, lesson.program)
        nodes = {node["id"]: node for node in client.evaluate(lesson.program)["nodes"]}
        last = {line["node"]: line["value"] for line in found["backward"] if line["value"] is not None}
        for node, gradient in last.items():
            assert gradient == pytest.approx(nodes[node]["gradient"], rel=1e-12, abs=1e-300)
        for line in found["forward"]:
            if line["value"] is not None:
                assert line["value"] == nodes[line["node"]]["value"]


def test_the_text_is_the_lines(client: Client) -> None:
    for language in ("python", "numpy", "torch", "jax"):
        for comments in (True, False):
            found = code(client, FORK, language=language, comments=comments)
            lines = [line for section in ("forward", "backward", "autograd") for line in found[section]]
            texts = found["text"].splitlines()
            assert [line["number"] for line in lines] == list(range(1, len(texts) + 1))
            for line, text in zip(lines, texts, strict=True):
                assert text.split() == f"{line['text']} {line['comment'] or ''}".split()
            assert bool(found["autograd"]) == (language in ("torch", "jax"))


def test_a_name_that_is_no_identifier_is_told(client: Client) -> None:
    found = code(client, "f = lambda * θ' ; lambda = 2; θ' = 3")
    assert [(node["label"], node["identifier"]) for node in found["nodes"]] == [
        ("lambda", "lambda_"), ("θ'", "theta_prime"), ("f", "f"),
    ]  # fmt: skip


def test_values_conventions_and_openings_are_those_of_the_request(client: Client) -> None:
    found = code(client, "relu(x)", values={"x": 0}, conventions={"relu_at_zero": 1})
    assert "if x >= 0" in found["text"]
    assert found["backward"][-1]["value"] == 1.0
    assert len(code(client, "sigmoid(x)", expand=["sigmoid"])["forward"]) > len(code(client, "sigmoid(x)")["forward"])


def test_what_is_not_finite_is_written_in_words_and_said(client: Client) -> None:
    found = code(client, "f = 1/x; x = 0")
    assert found["forward"][-1]["value"] == "Infinity"
    assert found["forward"][-1]["comment"] == "# inf"
    assert len(found["remarks"]) == 1


@pytest.mark.parametrize("fields", [{"language": "fortran"}, {"comments": 1}, {"tongue": "python"}, {"source": "x +"}])
def test_what_is_wrong_is_a_problem(client: Client, fields: dict[str, Any]) -> None:
    response = client.post("/api/v1/code", json={"source": FORK, **fields})
    assert response.status_code == 422
    assert problem_of(response)["errors"]


def test_a_large_answer_is_refused_by_its_limit() -> None:
    client = Client(create_app(Limits(max_response_bytes=2_000)))
    response = client.post("/api/v1/code", json={"source": FORK})
    assert response.status_code == 413
    assert "CHAINRULE_MAX_RESPONSE_BYTES" in response.text


def test_the_examples_of_the_manual_are_answered(client: Client) -> None:
    for example in CODE_EXAMPLES.values():
        assert code(client, **example["value"])["text"]


LAYER = "y = sigmoid(W @ x + b); E = half_sse(y, t); W = [[0.5, -1], [1, 0.25]]; x = [2, -1]; b = 0.5; t = [1, 0]"


def test_a_program_with_tensors_is_written_for_numpy_unless_asked_otherwise(client: Client) -> None:
    assert code(client, FORK)["language"] == "python"
    found = code(client, LAYER)
    assert found["language"] == "numpy"
    assert code(client, LAYER, language="torch")["autograd"][-1]["text"] == "E.backward()"
    lines = {line["text"]: line for line in found["backward"]}
    outer = lines["grad_W = np.outer(grad_s0, x)"]
    assert outer["comment"].startswith("# (2, 2) [[")
    assert (outer["value"], outer["part"], outer["leaf"]) == (None, None, True)
    assert lines["grad_b = np.sum(grad_s1)"]["note"]["title"] == "A sum where b is repeated"
    assert lines["grad_b = np.sum(grad_s1)"]["value"] is not None


def test_plain_python_has_no_tensors_and_says_so_at_the_first(client: Client) -> None:
    response = client.post("/api/v1/code", json={"source": LAYER, "language": "python"})
    assert response.status_code == 422
    error = problem_of(response)["errors"][0]
    assert error["code"] == "no-tensors-in-python"
    assert "NumPy" in error["hint"]
