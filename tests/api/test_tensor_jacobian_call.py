"""`/jacobian`, `/hessian` and `/jvp` of programs with tensors."""

import numpy as np
import pytest

from app.api.schemas.answers import Answer
from app.api.schemas.jacobian import HessianAnswer, JacobianAnswer, JvpAnswer
from app.lessons.load import lessons
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client

NET = """z1 = W1 @ x + b1; a1 = relu(z1); z2 = W2 @ a1 + b2; y = sigmoid(z2); E = half_sse(y, t)
W1 = [[0.6, -0.4], [-0.5, 0.8]]; x = [1, 0.5]; b1 = [0.1, -0.2]; W2 = [[0.7, -0.3], [-0.6, 0.5]]; b2 = [0.2, -0.1]
t = [0, 1]"""
ANSWERS: dict[str, type[Answer]] = {"jacobian": JacobianAnswer, "hessian": HessianAnswer, "jvp": JvpAnswer}


def ask(client: Client, path: str, **body: object) -> dict:  # type: ignore[type-arg]
    response = client.post(f"/api/v1/{path}", json=body)
    assert response.status_code == 200, response.text
    found: dict = response.json()  # type: ignore[type-arg]
    ANSWERS[path].model_validate_json(response.content)
    return found


def test_rows_are_entries_of_outputs_and_columns_entries_of_leaves(client: Client) -> None:
    found = ask(client, "jacobian", source=NET, outputs=["z1"], leaves=["W1", "x"])
    assert [head["label"] for head in found["rows"]] == ["z1[0]", "z1[1]"]
    assert [head["label"] for head in found["columns"]] == [
        "W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "x[0]", "x[1]",
    ]  # fmt: skip
    assert found["matrix"] == [[1.0, 0.5, 0.0, 0.0, 0.6, -0.4], [0.0, 0.0, 1.0, 0.5, -0.5, 0.8]]
    assert found["columns"][1]["entry"] == [0, 1]
    assert found["why"][0][2] == {"reason": "no-path", "message": "No path leads from W1[1, 0] to z1[0]."}
    assert [block["structure"] for block in found["blocks"]] == ["blocks", "dense"]


def test_the_lecture_layout_is_the_transpose(client: Client) -> None:
    one = ask(client, "jacobian", source=NET, outputs=["y"], leaves=["b1"])
    other = ask(client, "jacobian", source=NET, outputs=["y"], leaves=["b1"], layout="leaves")
    assert np.array_equal(np.transpose(one["matrix"]), other["matrix"])
    assert [head["label"] for head in other["rows"]] == ["b1[0]", "b1[1]"]


def test_the_product_in_its_place_is_the_gradient(client: Client) -> None:
    found = ask(client, "jacobian", source=NET, outputs=["y"], leaves=["z2"])
    (block,) = found["blocks"]
    product = block["product"]
    assert product["arrives"] is True
    assert product["text"] == "g * (y * (1 - y))"
    assert np.allclose(product["upstream"] @ np.array(found["matrix"]), product["result"], atol=1e-15)
    gradients = client.evaluate(NET)["nodes"]
    assert product["result"] == next(node["gradient"] for node in gradients if node["name"] == "z2")


def test_single_entries_are_rows_and_columns(client: Client) -> None:
    found = ask(client, "jacobian", source=NET, outputs=["z1[1]"], leaves=["W1[1, -1]", "n0[0, 0]"], graph=True)
    assert found["matrix"] == [[0.5, 0.0]]
    assert found["graph"]["nodes"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"outputs": ["z1[2]"]}, "entry"),
        ({"leaves": ["W1[0]"]}, "entry"),
        ({"leaves": ["E[0]"]}, "entry"),
        ({"outputs": ["q[0]"]}, "unknown-node"),
    ],
)
def test_entries_that_are_not_there_are_refused(client: Client, body: dict[str, object], code: str) -> None:
    response = client.post("/api/v1/jacobian", json={"source": NET, **body})
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == code


def test_a_large_one_is_told_in_words() -> None:
    client = Client(create_app(Limits(max_jacobian_entries=15)))
    found = ask(client, "jacobian", source=NET, outputs=["z1", "y"], leaves=["W1"])
    assert found["matrix"] == []
    assert found["shape"] == [4, 4]
    assert "the limit is 15, set by CHAINRULE_MAX_JACOBIAN_ENTRIES" in found["note"]
    assert found["blocks"][0]["zeros"] is None
    source = "z = sigmoid(W @ x); W = ones(300, 300); x = ones(300)"
    found = ask(client, "jacobian", source=source, leaves=["W"])
    assert found["matrix"] == []
    assert found["blocks"][0]["product"]["multiplications"] > 0
    found = ask(client, "jacobian", source="m = W @ x; W = ones(300, 300); x = ones(300)", leaves=["W"])
    assert found["blocks"][0]["zeros"] == 300 * 90_000 - 90_000


def test_every_lesson_is_answered(client: Client) -> None:
    for lesson in lessons():
        if "[" in lesson.program or "@" in lesson.program:
            for layout in ("outputs", "leaves"):
                ask(client, "jacobian", source=lesson.program, output=lesson.output, layout=layout, graph=True)
            ask(client, "jvp", source=lesson.program, output=lesson.output)


def test_tangents_of_tensors(client: Client) -> None:
    found = ask(client, "jvp", source=NET, tangents={"W1": [[1, 0], [0, 1]], "x[0]": 2})
    tangents = {node["label"]: node["tangent"] for node in found["nodes"]}
    assert tangents["W1"] == [[1.0, 0.0], [0.0, 1.0]]
    assert tangents["x"] == [2.0, 0.0]
    assert np.allclose(tangents["z1"], [2 * 0.6 + 1, 2 * -0.5 + 0.5])
    assert ask(client, "jvp", source=NET, tangents={"b1": 1})["nodes"][-1]["tangent"] != 0.0
    for wrong in ([[1, 2]], [[1], [2, 3]], [["x"]], [[[1]]]):
        response = client.post("/api/v1/jvp", json={"source": NET, "tangents": {"W1": wrong}})
        assert response.status_code == 422, wrong
    assert client.post("/api/v1/jvp", json={"source": "x y", "tangents": {"x": [1]}}).status_code == 422


def test_second_derivatives_of_entries_agree_with_pytorch(client: Client) -> None:
    torch = pytest.importorskip("torch")
    found = ask(client, "hessian", source=NET, leaves=["W2", "b1"], graph=True)
    assert [head["label"] for head in found["leaves"]][:2] == ["W2[0, 0]", "W2[0, 1]"]
    w1, x, b2, t = (torch.tensor(one, dtype=torch.float64) for one in (
        [[0.6, -0.4], [-0.5, 0.8]], [1, 0.5], [0.2, -0.1], [0, 1]
    ))  # fmt: skip

    def error(flat):  # type: ignore[no-untyped-def]
        w2, b1 = flat[:4].reshape(2, 2), flat[4:]
        return 0.5 * ((torch.sigmoid(w2 @ torch.relu(w1 @ x + b1) + b2) - t) ** 2).sum()

    start = torch.tensor([0.7, -0.3, -0.6, 0.5, 0.1, -0.2], dtype=torch.float64)
    expected = torch.autograd.functional.hessian(error, start).numpy()
    assert np.allclose(found["matrix"], expected, rtol=0, atol=1e-9)


def test_too_many_second_derivatives_are_refused_in_words(client: Client) -> None:
    source = "E = sum(W * W); W = ones(8, 8)"
    response = client.post("/api/v1/hessian", json={"source": source})
    assert response.status_code == 413
    assert "64 leaves" in response.json()["detail"]
    response = client.post("/api/v1/hessian", json={"source": NET, "node": "y"})
    assert response.status_code == 422
    assert "is a tensor" in response.json()["detail"]
