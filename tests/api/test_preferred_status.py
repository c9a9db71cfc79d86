"""A client may ask for problem documents with status 200, so that a browser's console stays silent while one types."""

from app.main import create_app
from tests.api.client import Client

client = Client(create_app())


def test_a_problem_is_sent_as_preferred_and_keeps_its_own_status() -> None:
    answer = client.post("/api/v1/evaluate", json={"source": "x *"}, headers={"Prefer": "status=200"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["preference-applied"] == "status=200"
    assert answer.json()["status"] == 422
    assert answer.json()["errors"][0]["code"] == "missing-operand"


def test_nothing_changes_without_the_preference() -> None:
    answer = client.post("/api/v1/evaluate", json={"source": "x *"})
    assert answer.status_code == 422
    assert "preference-applied" not in answer.headers
