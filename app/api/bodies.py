"""The body of a request: received within its limits of size and time, and read as strict JSON."""

import asyncio
import json
import re
from typing import Any, NoReturn

from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from app.api.failures import LIMIT, MEDIA, NOT_JSON, TOO_SLOW, RequestError
from app.errors import Problem, quoted
from app.limits import Limits, setting_name

MAX_NESTING = 64
_LONGEST_INTEGER = 20
"""Digits beyond which an integer is read as a float: reading it exactly takes time that grows with its square."""

_HALF_OF_A_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


async def read_json(request: Request, limits: Limits) -> Any:
    """The body as JSON. Raises RequestError: 400, 408, 413 or 415."""
    _check_type(request)
    return parse_json(await read_body(request, limits))


async def read_body(request: Request, limits: Limits) -> bytes:
    """The bytes of the body; sizes are checked as they arrive, and all of them share one deadline."""
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and (len(announced) > 15 or int(announced) > limits.max_body_bytes):
        _refuse_size(limits)
    message = await request.receive()
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        try:
            async with asyncio.timeout(limits.body_seconds):
                body = await _read_rest(request.receive, body, limits)
        except TimeoutError:
            setting = setting_name("body_seconds")
            text = f"The body did not arrive within {limits.body_seconds:g} s, the limit set by {setting}."
            raise RequestError(TOO_SLOW, [Problem("body-too-slow", text)], {"Connection": "close"}) from None
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    if len(body) > limits.max_body_bytes:
        _refuse_size(limits)
    return body


async def _read_rest(receive: Receive, first: bytes, limits: Limits) -> bytes:
    parts, size = [first], len(first)
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > limits.max_body_bytes:
            _refuse_size(limits)
        if not message.get("more_body"):
            return b"".join(parts)


def _refuse_size(limits: Limits) -> NoReturn:
    setting = setting_name("max_body_bytes")
    text = f"The body is larger than {limits.max_body_bytes:,} bytes, the limit set by {setting}."
    raise RequestError(LIMIT, [Problem("body-too-large", text)])


def _check_type(request: Request) -> None:
    """Raises RequestError unless the body says that it is plain JSON, or does not say what it is."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        text = f"A body with the encoding {quoted(encoding)} is not read here."
        raise RequestError(MEDIA, [Problem("content-encoding", text, "Send the body without compression.")])
    given = request.headers.get("content-type")
    if given is None or given == "application/json":
        return
    kind, *parameters = (part.strip().lower() for part in given.split(";"))
    charset = next((one.partition("=")[2].strip('" ') for one in parameters if one.startswith("charset=")), "utf-8")
    if kind == "application/json" and charset in ("utf-8", "utf8", "us-ascii"):
        return
    text = f"A body of the type {quoted(given)} is not read here."
    hint = "Send JSON in UTF-8 with the header `Content-Type: application/json`."
    raise RequestError(MEDIA, [Problem("content-type", text, hint)])


def parse_json(body: bytes) -> Any:
    """The JSON value of a body, strictly: UTF-8, no NaN, no half surrogate pairs, no key twice, nesting up to 64."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse("not-utf-8", f"The body is not UTF-8: byte {error.start + 1} starts no character.")
    try:
        value = _DECODER.decode(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        _refuse_syntax(text, error)
    except RecursionError:
        _refuse_depth()
    # More brackets than levels are common; only then is it worth a walk.
    if text.count("[") + text.count("{") > MAX_NESTING:
        _check_depth(value)
    if _HALF_OF_A_PAIR.search(text):
        _check_surrogates(value)
    return value


def _check_depth(value: Any) -> None:
    """Raises RequestError when lists and objects stand more than 64 deep; level by level, without recursion."""
    level = [value] if type(value) is dict or type(value) is list else []
    for _ in range(MAX_NESTING):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return
    _refuse_depth()


def _check_surrogates(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        text = "A text in the body holds half of a surrogate pair."
        _refuse("lone-surrogate", text, "Write the character itself, or both halves: `\\ud83d\\ude00`.")


def _refuse(code: str, message: str, hint: str | None = None) -> NoReturn:
    raise RequestError(NOT_JSON, [Problem(code, message, hint)]) from None


def _refuse_depth() -> NoReturn:
    _refuse("nesting", f"Lists and objects in the body stand more than {MAX_NESTING} deep.")


def _refuse_syntax(text: str, error: json.JSONDecodeError) -> NoReturn:
    if not text.strip():
        _refuse("empty-body", "The body is empty.", 'Send a JSON object such as `{"source": "(x + y) * z"}`.')
    expected = _EXPECTED.get(error.msg, "this does not belong here")
    place = f"line {error.lineno}, column {error.colno}"
    found = f" before {quoted(text[error.pos : error.pos + 20])}" if error.pos < len(text) else " at the end"
    _refuse("not-json", f"The body is not JSON: {expected}{found} ({place}).")


_EXPECTED = {
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "a key in double quotes is missing",
    "Illegal trailing comma before end of object": "a comma stands",
    "Illegal trailing comma before end of array": "a comma stands",
    "Unterminated string starting at": "a text is never closed",
    "Invalid control character at": "a text holds a line break or control character",
    "Invalid \\escape": "a backslash starts no escape",
    "Invalid \\uXXXX escape": "a \\u escape needs four hexadecimal digits",
    "Extra data": "the JSON value is complete",
}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        _refuse("duplicate-key", f"The key {quoted(twice)} stands twice in one object.")
    return found


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _constant(token: str) -> NoReturn:
    _refuse("not-json", f"The body is not JSON: {quoted(token)} is not a JSON number.", "Write a finite number.")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_constant=_constant)
