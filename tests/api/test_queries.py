"""What stands in an address, read as its writer meant it."""

from urllib.parse import quote, urlencode

import pytest

from app.api.failures import RequestError
from app.api.queries import read_query


@pytest.mark.parametrize(
    "query",
    [
        "source=(x+y)*z; x=-2; y=5; z=-4",  # as an address bar takes it
        "source=(x+y)*z;%20x=-2;%20y=5;%20z=-4",  # as an address bar sends it
        urlencode({"source": "(x+y)*z; x=-2; y=5; z=-4"}),  # as a form
        "source=" + quote("(x+y)*z; x=-2; y=5; z=-4"),
        "source=" + quote("(x+y)*z; x=-2; y=5; z=-4", safe=""),
        "source=(x%2By)*z;+x=-2;+y=5;+z=-4",  # as URLSearchParams writes brackets it leaves alone
    ],
)
def test_a_program_means_the_same_however_it_is_escaped(query: str) -> None:
    assert read_query(query.encode()) == {"source": "(x+y)*z; x=-2; y=5; z=-4"}


@pytest.mark.parametrize(
    ("source", "query"),
    [
        ("x+y", "x+y"),
        ("x + y", "x+%2B+y"),
        ("x y; x=2", "x+y%3B+x%3D2"),
        ("σ(x)\nx = 1", "%CF%83%28x%29%0Ax+%3D+1"),
        ("a==b", "a==b"),
        ("x * y", "x+*+y"),
        ("x  ", "x++"),
        ("x+-3", "x+-3"),
        ("x y z", "x%20y%20z"),
        ("", ""),
    ],
)
def test_plus_signs_are_read_by_what_else_is_escaped(source: str, query: str) -> None:
    assert read_query(f"source={query}".encode()) == {"source": source}


def test_unescaped_utf_8_is_read() -> None:
    assert read_query("source=θ".encode()) == {"source": "θ"}


def test_lists_numbers_switches_and_conventions() -> None:
    query = b"source=x&output=a,b&output=c&expand=*&seed=-2.5e0&share=true&relu_at_zero=1&ties=first&abs_at_zero=.5"
    assert read_query(query) == {
        "source": "x",
        "output": ["a", "b", "c"],
        "expand": ["*"],
        "seed": -2.5,
        "share": True,
        "conventions": {"relu_at_zero": 1.0, "ties": "first", "abs_at_zero": 0.5},
    }


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        (b"source=%ff", 400, "not UTF-8"),
        (b"source=\xff", 400, "not UTF-8"),
        (b"source=x&source=y", 422, "`source` is given twice."),
        (b"source=x&seed=one", 422, "`seed` needs a number, not `one`."),
        (b"source=x&seed=", 422, "`seed` needs a number, not ``."),
        (b"source=x&seed=nan", 422, "`seed` needs a number, not `nan`."),
        (b"source=x&seed=1_0", 422, "`seed` needs a number"),
        (b"source=x&share=maybe", 422, "`share` needs `true` or `false`, not `maybe`."),
    ],
)
def test_what_cannot_be_read_is_refused(query: bytes, status: int, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        read_query(query)
    assert caught.value.kind.status == status
    assert message in str(caught.value)
