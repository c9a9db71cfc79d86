"""What is kept of a program changes nothing of any answer, and stays within its bound."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.api.answers import write_answer
from app.api.skeletons import Kept, make_skeleton
from app.engine.trace import trace
from app.limits import Limits
from app.operations import Conventions
from tests.api.client import Client

PROGRAMS = (
    "(x + y) * z",
    "f = sigmoid(w x + b) - log(y); w = 2",
    "a = max(x, y, z); b = a^2; const k = 3; b k",
    "leaky_relu(x, slope=0.2) + tanh(y) * 1/2 + softplus(z)",
    "x y z; y = -1",
    "x / y + x^y",
)
LIMITS = Limits()
numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(
    program=st.sampled_from(PROGRAMS),
    values=st.lists(numbers, min_size=6, max_size=6),
    expand=st.sampled_from([(), ("*",), ("sigmoid",)]),
    share=st.booleans(),
    slope=st.sampled_from([0.0, 1.0]),
)
def test_a_kept_skeleton_gives_the_same_answer(
    program: str, values: list[float], expand: tuple[str, ...], share: bool, slope: float
) -> None:
    kept = Kept()
    for x, y in (values[:2], values[2:4], values[4:]):
        found = trace(program, values={"x": x, "y": y}, expand=expand, share=share, conventions=Conventions(slope))
        answer = write_answer(found, LIMITS, kept.skeleton((program, expand, share), found))
        assert answer == write_answer(found, LIMITS)


def test_answers_do_not_depend_on_what_was_asked_before(client: Client) -> None:
    source = "f = a * b; g = a + b"
    first = client.evaluate(source, output="f")
    client.evaluate(source, output="g")
    client.evaluate(source, output=["g", "f"], share=True, expand="*")
    client.evaluate(source, values={"a": 5})
    assert client.evaluate(source, output="f") == first


def test_skeletons_are_dropped_beyond_the_bound() -> None:
    found = trace("(x + y) * z")
    size = make_skeleton(found).chars
    kept = Kept(max_chars=size * 10)
    for key in range(25):
        kept.skeleton(key, found)
    assert len(kept._found) == 10
    assert list(kept._found) == list(range(15, 25))
    assert kept._chars == size * 10


def test_the_one_used_last_stays() -> None:
    found = trace("(x + y) * z")
    kept = Kept(max_chars=make_skeleton(found).chars * 4)
    for key in (1, 2, 3, 4, 1, 5):
        kept.skeleton(key, found)
    assert list(kept._found) == [3, 4, 1, 5]


def test_a_giant_is_not_kept() -> None:
    found = trace("(x + y) * z")
    kept = Kept(max_chars=make_skeleton(found).chars * 2)
    assert kept.skeleton("giant", found) == make_skeleton(found)
    assert not kept._found


def test_texts_are_written_as_json_writes_them() -> None:
    found = trace("θ' = 2\nw₀ * θ' # \"quoted\" \\ text")
    answer = json.loads(write_answer(found, LIMITS))
    assert answer["values"]["θ'"] == 2.0
    assert [node["name"] for node in answer["nodes"]] == ["θ'", "w0", None]
