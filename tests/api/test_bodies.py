"""The body of a request: strict JSON, within its limits of size and time."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import Request
from starlette.types import Message

from app.api.bodies import MAX_NESTING, parse_json, read_body
from app.api.failures import RequestError
from app.limits import Limits


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, -2.5, "x", true, null]}', {"a": [1, -2.5, "x", True, None]}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'"\\ud83d\\ude00"', "😀"),
        ('"😀"'.encode(), "😀"),
        (b"12345678901234567890", 12345678901234567890),
        (b"123456789012345678901", 123456789012345678901.0),
        (b"1e999", float("inf")),
        (b"-" + b"9" * 500_000, float("-inf")),
        (b"[" * MAX_NESTING + b"]" * MAX_NESTING, None),
        (b"[" + b"[]," * 1000 + b"[]]", [[]] * 1001),
        (b'"' + b"[" * 1000 + b'"', "[" * 1000),
    ],
)
def test_what_is_json_is_read(body: bytes, value: Any) -> None:
    found = parse_json(body)
    assert value is None or found == value


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body is empty."),
        (b" \n", "The body is empty."),
        (b"{", "a key in double quotes is missing at the end (line 1, column 2)"),
        (b'{"a": }', "a value is missing before `}` (line 1, column 7)"),
        (b'{"a": 1', "a comma or a closing bracket is missing at the end"),
        (b'{"a" 1}', "a colon is missing before `1}`"),
        (b"{'a': 1}", "a key in double quotes is missing before `'a': 1}`"),
        (b'{"a": 1,}', "double quotes"),
        (b"[1,]", "a value is missing"),
        (b'"abc', "a text is never closed"),
        (b'"a\nb"', "a text holds a line break or control character"),
        (b'"\\x"', "a backslash starts no escape"),
        (b'"\\u12"', "a \\u escape needs four hexadecimal digits"),
        (b"1 2", "the JSON value is complete before `2`"),
        (b"01", "the JSON value is complete before `1`"),
        (b"NaN", "`NaN` is not a JSON number"),
        (b"[Infinity]", "`Infinity` is not a JSON number"),
        (b"-Infinity", "`-Infinity` is not a JSON number"),
        (b"nan", "a value is missing"),
        (b"+1", "a value is missing"),
        (b".5", "a value is missing"),
        (b"// x", "a value is missing"),
        (b"\xff", "not UTF-8: byte 1"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        (b'"\\ud800"', "half of a surrogate pair"),
        (b'{"\\udc00": 1}', "half of a surrogate pair"),
        (b'["\\ud800\\u0041"]', "half of a surrogate pair"),
        (b'{"a": 1, "a": 2}', "The key `a` stands twice"),
        (b"[" * 65 + b"]" * 65, "more than 64 deep"),
        (b"[" * 500_000, "more than 64 deep"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "more than 64 deep"),
    ],
)
def test_what_is_not_json_is_refused_with_a_reason(body: bytes, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_json(body)
    assert caught.value.kind.status == 400
    assert message in str(caught.value)


def test_messages_of_the_parser_we_know_are_all_in_our_words() -> None:
    for text in [
        "",
        "{",
        '{"a"',
        '{"a":',
        '{"a":1',
        "[",
        "[1",
        '"',
        '"\\q"',
        '"\\u"',
        '"\x01"',
        "1 1",
        "[1,]",
        '{"a":1,}',
    ]:
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
        with pytest.raises(RequestError) as caught:
            parse_json(text.encode())
        assert "does not belong here" not in str(caught.value)


def _request(receive: Callable[[], Awaitable[Message]], headers: list[tuple[bytes, bytes]] | None = None) -> Request:
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers or []}, receive)


def test_a_body_that_drips_is_given_up_at_one_deadline() -> None:
    async def drip() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b" ", "more_body": True}

    with pytest.raises(RequestError, match=r"within 0\.1 s, the limit set by CHAINRULE_BODY_SECONDS"):
        asyncio.run(read_body(_request(drip), Limits(body_seconds=0.1)))


@pytest.mark.parametrize("length", [b"99999999", b"9" * 400])
def test_an_announced_size_is_refused_before_anything_is_read(length: bytes) -> None:
    async def never() -> Message:
        raise AssertionError("read before the size was checked")

    with pytest.raises(RequestError, match="larger than 10 bytes"):
        asyncio.run(read_body(_request(never, [(b"content-length", length)]), Limits(max_body_bytes=10)))


def test_sizes_are_counted_while_they_arrive() -> None:
    sent = 0

    async def endless() -> Message:
        nonlocal sent
        sent += 4
        return {"type": "http.request", "body": b"    ", "more_body": True}

    with pytest.raises(RequestError, match="larger than 10 bytes"):
        asyncio.run(read_body(_request(endless), Limits(max_body_bytes=10)))
    assert sent == 12
