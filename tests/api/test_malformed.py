"""Hundreds of requests that are wrong in one way each: every answer says what is wrong, none is a crash."""

import json
from typing import Any

import pytest

from app.errors import MAX_PROBLEMS
from tests.api.client import Client
from tests.api.test_errors import problem_of

PROGRAMS: tuple[tuple[str, str], ...] = (
    # (program, a code it must give)
    ("", "empty-program"), (" ", "empty-program"), ("\n\n", "empty-program"),
    ("# only a comment", "empty-program"), (";;;", "empty-program"), ("x *", "missing-operand"),
    ("x +", "missing-operand"), ("* x", "missing-operand"), ("x ** ", "missing-operand"), ("f = ", ""),
    ("= 3", ""), ("f == 3", ""), ("x = y = 3", ""), ("(x", ""), ("x)", ""), ("((x)", ""), ("f(x", ""),
    ("sigmoid(x", ""), ("sigmoid()", ""), ("sigmoid(x, y)", ""), ("max()", ""), ("max(,)", ""), ("sigmod(x)", ""),
    ("foo(x)", ""), ("x (y)", ""), ("3 4", ""), ("1_000", ""), ("1..2", ""), (".5.", ""), ("x..y", ""),
    ("x y z (", ""), ("a = 1; a = 2; a", ""), ("a = b; b = a", ""), ("a = a", ""), ("f = g; g = x + 1", ""),
    ("x < y", ""), ("where(x, 1, 2", ""), ("where(x < 1)", ""), ("x @ y", ""), ("x ? y : z", ""), ("x | y", ""),
    ("x & y", ""), ("~x", ""), ("!x", ""), ("x!", ""), ("$x", ""), ("x$", ""), ("`x`", ""), ("\"x\"", ""),
    ("'x'", ""), ("x\\y", ""), ("{x}", ""), ("x}", ""), ("[x", ""), ("x]", ""), ("x,y", ""), (",", ""),
    ("x;,", ""), ("()", ""), ("x()", ""), ("2()", ""), ("1/", ""), ("/1", ""), ("x^", ""), ("^x", ""),
    ("x^^2", ""), ("x//y", ""), ("x %", ""), ("x\x00", ""), ("x\x1b[31m", ""), ("x\u202ey", ""), ("x\u200by", ""),
    ("\ufeffx", ""), ("x\ufffd", ""), ("\U0010ffff", ""), ("😀", ""), ("x😀", ""), ("ѕіgmоіd(x)", ""),
    ("ｓｉｇｍｏｉｄ(", ""), ("∫x", ""), ("√x", ""), ("input =", ""), ("input x = y", ""), ("param = param = 1", ""),
    ("leaky_relu(x, slope=)", ""), ("leaky_relu(x, slop=0.1)", ""), ("leaky_relu(x, slope=y)", ""),
    ("leaky_relu(slope=0.1)", ""), ("sigmoid(x, slope=0.1)", ""), ("leaky_relu(x, slope=0.1, slope=0.2)", ""),
    ("__import__('os')", ""), ("x.__class__", ""), ("lambda x: x", ""), ("eval(x)", ""), ("exec('1')", ""),
    ("print(x)", ""), ("{{7*7}}", ""), ("%s%s%s", ""), ("{0.__class__}", ""), ("<script>alert(1)</script>", ""),
    ("f(x) = f(x)", ""), ("f(x) = ", ""), ("f() = 1", ""), ("f(1) = 2", ""), ("sigmoid(x) = x", ""), ("1 = x", ""),
    ("x + = y", ""), ("(x, y)", ""), ("x +\n\n* y", ""),
)  # fmt: skip

BAD_NUMBERS: tuple[Any, ...] = (
    None, True, False, "", "1", "NaN", "Infinity", "abc", [], [1], [[1, 2], [3]], [[[[[[1]]]]]], {}, {"a": 1}, ["1"],
)  # fmt: skip

TENSORS: tuple[Any, ...] = ([1], [[[[[[1]]]]]])

NO_OBJECTS: tuple[Any, ...] = (None, True, 1, "x=1", [], [{}], [["x", 1]])
NO_SWITCHES: tuple[Any, ...] = (None, 0, 1, "true", [], {})
NO_NAMES: tuple[Any, ...] = (True, 1, 1.5, [], {}, {"f": 1})

FIELDS: tuple[tuple[dict[str, Any], str], ...] = (
    # (fields beside `source`, the field that is named)
    *(({"values": {"x": value}}, "values.x") for value in BAD_NUMBERS if value not in TENSORS),
    *(({"seed": value}, "seed") for value in BAD_NUMBERS),
    *(({"conventions": {"relu_at_zero": value}}, "conventions.relu_at_zero") for value in BAD_NUMBERS),
    *(({"conventions": {"abs_at_zero": value}}, "conventions.abs_at_zero") for value in (*BAD_NUMBERS, 2, -1.5)),
    *(({"conventions": {"ties": value}}, "conventions.ties") for value in (*BAD_NUMBERS, 0, "Split", "all")),
    *(({"conventions": value}, "conventions") for value in NO_OBJECTS),
    *(({"values": value}, "values") for value in NO_OBJECTS),
    *(({"share": value}, "share") for value in NO_SWITCHES),
    *(({"output": value}, "output") for value in NO_NAMES),
    *(({"expand": value}, "expand") for value in (None, *NO_NAMES) if value != []),
    ({"output": ["f", 1]}, "output.1"),
    ({"output": [None]}, "output.0"),
    ({"output": [["f"]]}, "output.0"),
    ({"expand": ["sigmoid", 1]}, "expand.1"),
    ({"expand": [[]]}, "expand.0"),
    ({"value": {"x": 1}}, "value"),
    ({"Values": {"x": 1}}, "Values"),
    ({"sources": "x"}, "sources"),
    ({"__proto__": 1}, "__proto__"),
    ({"constructor": {}}, "constructor"),
    ({"conventions": {"relu": 1}}, "conventions.relu"),
    ({"conventions": {"relu_at_zero ": 1}}, "conventions.relu_at_zero "),
    ({"max_elements": 0}, "max_elements"),
    ({"max_element": 5}, "max_element"),
)

BODIES: tuple[Any, ...] = (None, True, False, 0, 1.5, "", "x", "source", [], [{}], [1, 2], [{"source": "x"}])

SOURCES: tuple[Any, ...] = (None, True, False, 0, 1, 1.5, [], ["x"], {}, {"source": "x"})


@pytest.mark.parametrize(("program", "code"), PROGRAMS)
def test_a_wrong_program_is_told_where(client: Client, program: str, code: str) -> None:
    response = client.post("/api/v1/evaluate", json={"source": program})
    assert response.status_code == 422, response.text
    problem = problem_of(response)
    assert problem["type"] == "/problems/program"
    assert 1 <= len(problem["errors"]) <= MAX_PROBLEMS
    for entry in problem["errors"]:
        span = entry["span"]
        assert 0 <= span["start"] <= span["end"] <= len(program), entry
        before = program[: span["start"]]
        assert (span["line"], span["column"]) == (before.count("\n") + 1, len(before) - before.rfind("\n")), entry
        assert not any(ord(character) < 32 for character in entry["message"])
    if code:
        assert code in [entry["code"] for entry in problem["errors"]]


@pytest.mark.parametrize(("fields", "path"), FIELDS)
def test_a_wrong_field_is_named(client: Client, fields: dict[str, Any], path: str) -> None:
    response = client.post("/api/v1/evaluate", json={"source": "f = x", **fields})
    assert response.status_code == 422, response.text
    problem = problem_of(response)
    assert problem["type"] == "/problems/field"
    assert path in [entry.get("field") for entry in problem["errors"]]


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_object_is_refused(client: Client, body: Any) -> None:
    content, headers = json.dumps(body).encode(), {"content-type": "application/json"}
    response = client.post("/api/v1/evaluate", content=content, headers=headers)
    assert response.status_code == 422, response.text
    assert "needs to be an object" in problem_of(response)["detail"]


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_that_is_no_text_is_refused(client: Client, source: Any) -> None:
    response = client.post("/api/v1/evaluate", json={"source": source})
    assert response.status_code == 422, response.text
    assert problem_of(response)["errors"][0]["field"] == "source"


def test_a_missing_source_is_told_with_an_example(client: Client) -> None:
    for fields in ({}, {"values": {"x": 1}}):
        [entry] = problem_of(client.post("/api/v1/evaluate", json=fields))["errors"]
        assert (entry["code"], entry["field"]) == ("missing-field", "source")
        assert '{"source": "(x + y) * z"' in entry["hint"]


def test_an_unknown_field_gets_the_nearest_name(client: Client) -> None:
    for given, nearest in {"sorce": "source", "vals": "values", "outputs": "output", "expnd": "expand"}.items():
        [entry] = problem_of(client.post("/api/v1/evaluate", json={"source": "x", given: 1}))["errors"]
        assert entry["hint"] == f"The nearest name is `{nearest}`."


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"values": {"y": 1}}, "values.y"),
        ({"values": {"f": 1}}, "values.f"),
        ({"values": {"": 1}}, None),
        ({"values": {"x y": 1}}, None),
        ({"values": {"\x00": 1}}, None),
        ({"values": {"a" * 5000: 1}}, None),
        ({"output": "g"}, "output"),
        ({"output": ["f", "g"]}, None),
        ({"output": ""}, None),
        ({"output": "\u202e"}, None),
        ({"expand": ["sigmod"]}, None),
        ({"expand": "nothing"}, None),
        ({"expand": ["", "sigmoid"]}, None),
    ],
)
def test_a_name_that_the_program_does_not_have_is_refused(
    client: Client, fields: dict[str, Any], field: str | None
) -> None:
    response = client.post("/api/v1/evaluate", json={"source": "f = sigmoid(x)", **fields})
    assert response.status_code == 422, response.text
    problem = problem_of(response)
    assert len(response.content) < 3000
    if field:
        assert problem["errors"][0]["field"] == field


def test_all_mistakes_of_a_request_are_told_together(client: Client) -> None:
    body = {"source": 3, "values": {"x": True, "y": "1"}, "share": 1, "conventions": {"ties": 5}}
    problem = problem_of(client.post("/api/v1/evaluate", json=body))
    assert [entry["field"] for entry in problem["errors"]] == [
        "source", "values.x", "values.y", "share", "conventions.ties",
    ]  # fmt: skip


def test_never_more_than_twenty_mistakes_are_told(client: Client) -> None:
    many = {f"x{number}": None for number in range(1000)}
    for body in ({"source": "x", "values": many}, {"source": "x", **many}, {"source": "; ".join(["x *"] * 1000)}):
        assert len(problem_of(client.post("/api/v1/evaluate", json=body))["errors"]) == MAX_PROBLEMS


def test_numbers_beyond_float64_are_refused_the_same_everywhere(client: Client) -> None:
    for number in ("1e999", "-1e400", "9" * 400):
        for body in (f'{{"source": "x", "values": {{"x": {number}}}}}', f'{{"source": "x", "seed": {number}}}'):
            response = client.post(
                "/api/v1/evaluate", content=body.encode(), headers={"content-type": "application/json"}
            )
            assert response.status_code == 422
            assert "too large for a 64-bit float" in problem_of(response)["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "", "source", "source=", "sourc=x", "source=x&values=1", "source=x&x=1", "source=x&source=x",
        "source=x&output=", "source=x&seed=x", "source=x&seed=1e999", "source=x&ties=all",
        "source=x&relu_at_zero=2", "source=x&expand=sigmod", "source=x&conventions=1", "source=(x", "source=%FF",
        "source=x&share=2", "=x", "&&&", "source=x&%00=1",
    ],
)  # fmt: skip
def test_a_wrong_query_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/evaluate?{query}")
    assert response.status_code in (400, 422), response.text
    problem_of(response)
