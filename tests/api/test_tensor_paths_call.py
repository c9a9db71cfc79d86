"""`/paths` of programs with tensors: from a whole tensor, and from one entry."""

import numpy as np
import pytest

from app.api.schemas.paths import PathsAnswer
from app.lessons.load import lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client

NET = """z1 = W1 @ x + b1; a1 = relu(z1); z2 = W2 @ a1 + b2; y = sigmoid(z2); E = half_sse(y, t)
W1 = [[0.6, -0.4], [-0.5, 0.8]]; x = [1, 0.5]; b1 = [0.1, -0.2]; W2 = [[0.7, -0.3], [-0.6, 0.5]]; b2 = [0.2, -0.1]
t = [0, 1]"""


def ask(client: Client, **body: object) -> dict:  # type: ignore[type-arg]
    response = client.post("/api/v1/paths", json={"source": NET, **body})
    assert response.status_code == 200, response.text
    PathsAnswer.model_validate_json(response.content)
    found: dict = response.json()  # type: ignore[type-arg]
    return found


def test_a_whole_tensor(client: Client) -> None:
    found = ask(client, leaf="W1")
    assert found["shape"] == [2, 2]
    (path,) = found["paths"]
    assert path["factors"] is None
    assert path["steps"][-1] == {"rows": 1, "columns": 2, "rule": r"g \odot \left({\mathbf{y}} - {\mathbf{t}}\right)"}
    gradients = client.evaluate(NET)["gradients"]
    assert np.allclose(path["product"], gradients["W1"], atol=1e-15)
    assert found["total"] == gradients["W1"]
    assert {tuple(node["shape"]) for node in found["nodes"]} == {(2, 2), (2,), ()}
    assert {edge["local"] for edge in found["edges"]} == {None}


def test_one_entry(client: Client) -> None:
    found = ask(client, leaf="W1[0, -1]")
    assert found["start"] == "n0[0, 1]"
    assert found["nodes"][0]["label"] == "W1[0, 1]"
    assert found["visits"]["paths"]["exact"] == 2
    assert len(found["paths"][0]["factors"]) == 5
    assert found["edges"][0]["local"] == 0.5
    assert found["total"] == pytest.approx(client.evaluate(NET)["gradients"]["W1"][0][1], rel=1e-12)
    assert sum(path["product"] for path in found["paths"]) == pytest.approx(found["total"], rel=1e-12)
    assert found["all_leaves"]["paths"]["exact"] == 4 * 2 + 2 * 4 + 2 * 2 + 4 + 2 + 2
    assert [leaf["name"] for leaf in found["leaves"]] == ["W1", "x", "b1", "W2", "b2", "t"]


def test_other_ends(client: Client) -> None:
    assert ask(client, node="a1[0]", to="y[1]")["visits"]["paths"]["exact"] == 1
    assert ask(client, node="a1", to="y[1]")["shape"] == [2]
    assert ask(client, leaf="t[0]", to="y[1]")["paths"] == []
    assert ask(client)["start"] is not None


@pytest.mark.parametrize(
    "body", [{"leaf": "W1[2, 0]"}, {"leaf": "W1[0]"}, {"node": "q[1]"}, {"leaf": "W1", "to": "E[0]"}]
)
def test_entries_that_are_not_there_are_refused(client: Client, body: dict[str, str]) -> None:
    assert client.post("/api/v1/paths", json={"source": NET, **body}).status_code == 422


def test_too_many_entries_are_refused_in_words() -> None:
    client = Client(create_app(Limits(max_jacobian_entries=1)))
    response = client.post("/api/v1/paths", json={"source": NET, "leaf": "W1[0, 0]"})
    assert response.status_code == 413
    assert "CHAINRULE_MAX_JACOBIAN_ENTRIES" in response.json()["errors"][0]["hint"]
    assert ask(client, leaf="W1")["paths"]


def test_every_lesson_is_answered(client: Client) -> None:
    for lesson in lessons():
        if "[" in lesson.program or "@" in lesson.program:
            for every_gate in (False, True):
                found = ask(client, source=lesson.program, output=lesson.output, every_gate=every_gate)
                assert found["paths"]
