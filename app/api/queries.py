"""The query of an address as the fields of a request: what GET sends is checked by the same record as POST.

A plus sign is where this differs from forms. A person types `?source=(x+y)*z` into an address bar and means a sum;
a program that encodes forms writes a space as `+` and a plus as `%2B`. What else is escaped tells which of the two it
was: see `_plus_is_a_space`.
"""

import re
from typing import Any, NoReturn
from urllib.parse import unquote

from app.api.failures import FIELD, NOT_JSON, RequestError
from app.errors import Problem, quoted

LISTS = frozenset({"output", "expand"})
NUMBERS = frozenset({"seed", "relu_at_zero", "abs_at_zero"})
SWITCHES = {"true": True, "1": True, "": True, "false": False, "0": False}
CONVENTIONS = frozenset({"relu_at_zero", "ties", "abs_at_zero"})

_NUMBER = re.compile(r"[-+]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})([eE][-+]?\d{1,5})?")
_NO_SUM = re.compile(r"\+[+*]|\*\+|\+$")
_ONLY_FORMS_ESCAPE = re.compile(r"%(2B|3D|28|29|2A|2F|3B|2C|5E|0A)", re.IGNORECASE)


def read_query(query: bytes) -> dict[str, Any]:
    """The fields of a request that a query gives. Raises RequestError: 400 for its form, 422 for a field."""
    fields: dict[str, Any] = {}
    conventions: dict[str, Any] = {}
    for name, text in _pairs(query):
        if name in LISTS:
            fields.setdefault(name, []).extend(part.strip() for part in text.split(","))
            continue
        into = conventions if name in CONVENTIONS else fields
        if name in into:
            _refuse(name, f"{quoted(name)} is given twice.")
        into[name] = _read(name, text)
    if conventions:
        fields["conventions"] = conventions
    return fields


def _read(name: str, text: str) -> Any:
    if name == "share":
        if text.lower() not in SWITCHES:
            _refuse(name, f"`share` needs `true` or `false`, not {quoted(text)}.")
        return SWITCHES[text.lower()]
    if name in NUMBERS:
        if not _NUMBER.fullmatch(text):
            _refuse(name, f"{quoted(name)} needs a number, not {quoted(text)}.")
        return float(text)
    return text


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        parts = [part.partition("=") for part in query.decode("utf-8").split("&") if part]
        return [(_decode(name), _decode(text)) for name, _, text in parts]
    except UnicodeDecodeError:
        raise RequestError(NOT_JSON, [Problem("not-utf-8", "The query of the address is not UTF-8.")]) from None


def _decode(raw: str) -> str:
    if "+" in raw and _plus_is_a_space(raw):
        raw = raw.replace("+", " ")
    return unquote(raw, errors="strict")


def _plus_is_a_space(raw: str) -> bool:
    """Whether a program encoded this text as a form. Address bars and `curl` leave `+ = ( ) / ; , ^` as they are.

    Where nothing else tells, a plus that could not be a sum is a space: `x+*+y`, `x+`.
    """
    return _ONLY_FORMS_ESCAPE.search(raw) is not None or _NO_SUM.search(raw) is not None


def _refuse(name: str, message: str) -> NoReturn:
    raise RequestError(FIELD, [Problem("field", message, field=name)])
