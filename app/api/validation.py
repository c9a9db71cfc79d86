"""The fields of a request, checked against the record of requests, with errors in a reader's words."""

import difflib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.api.failures import FIELD, LIMIT, RequestError
from app.api.schemas.requests import ConventionsRequest, ProgramRequest
from app.errors import MAX_PROBLEMS, Problem, quoted
from app.limits import Limits, setting_name

MAX_OPENINGS = 1_000
"""Names in `expand`: far more than there are composites, and few enough to check one by one."""

_SETTINGS = {
    "source": "max_source_chars",
    "values": "max_nodes",
    "output": "max_outputs",
    "outputs": "max_outputs",
    "leaves": "max_nodes",
    "tangents": "max_nodes",
    "leaf": "max_nodes",
    "node": "max_nodes",
}

Asked = TypeVar("Asked", bound=ProgramRequest)

_CONVENTIONS = frozenset(ConventionsRequest.model_fields)
_EXAMPLE = 'Send an object such as `{"source": "(x + y) * z", "values": {"x": -2}}`.'


def check_request(model: type[Asked], fields: Any, limits: Limits) -> Asked:
    """The request of this kind that the fields make.

    Raises RequestError: 413 for what is too long, 422 for what is wrong.
    """
    if type(fields) is not dict:
        problem = Problem("field", f"The body needs to be an object, not {describe(fields)}.", _EXAMPLE)
        raise RequestError(FIELD, [problem])
    if not fields.keys() <= model.model_fields.keys():
        _refuse_unknown(fields, model.model_fields.keys(), "")
    _check_sizes(fields, limits)
    conventions = fields.get("conventions")
    if type(conventions) is dict and not conventions.keys() <= _CONVENTIONS:
        _refuse_unknown(conventions, _CONVENTIONS, "conventions.")
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)[:MAX_PROBLEMS]
        raise RequestError(FIELD, [_problem(one) for one in details]) from None


def _check_sizes(fields: Mapping[str, Any], limits: Limits) -> None:
    """What is long enough to take time is refused by its length, before any of it is looked at."""
    source, values = fields.get("source"), fields.get("values")
    expand = fields.get("expand")
    if type(source) is str and len(source) > limits.max_source_chars:
        _refuse_size("source", "The program has", len(source), "characters", limits.max_source_chars)
    if type(values) is dict and len(values) > limits.max_nodes:
        _refuse_size("values", "`values` has", len(values), "names", limits.max_nodes)
    for field in ("output", "outputs"):
        named = fields.get(field)
        if type(named) is list and len(named) > limits.max_outputs:
            _refuse_size(field, f"`{field}` has", len(named), "names", limits.max_outputs)
    for field in ("leaf", "node", "leaves", "tangents"):
        named = fields.get(field)
        if isinstance(named, list | dict) and len(named) > limits.max_nodes:
            _refuse_size(field, f"`{field}` has", len(named), "names", limits.max_nodes)
    if type(expand) is list and len(expand) > MAX_OPENINGS:
        text = f"`expand` has {len(expand):,} names; {MAX_OPENINGS:,} are the most."
        raise RequestError(FIELD, [Problem("field", text, 'Write `"*"` to open all.', field="expand")])


def _refuse_size(field: str, has: str, count: int, unit: str, limit: int) -> NoReturn:
    setting = setting_name(_SETTINGS[field])
    text = f"{has} {count:,} {unit}; the limit is {limit:,}, set by {setting}."
    raise RequestError(LIMIT, [Problem("too-large", text, field=field)])


def _refuse_unknown(given: Iterable[str], known: Collection[str], before: str) -> NoReturn:
    strangers = [name for name in given if name not in known][:MAX_PROBLEMS]
    problems = []
    for name in strangers:
        near = difflib.get_close_matches(name[:100], sorted(known), n=1, cutoff=0.5)
        hint = f"The nearest name is `{near[0]}`." if near else f"The fields are {_listed(sorted(known))}."
        problems.append(Problem("unknown-field", f"There is no field {quoted(name)}.", hint, field=before + name))
    raise RequestError(FIELD, problems)


def _problem(error: ErrorDetails) -> Problem:
    """One finding of the checker in a reader's words, with the path of its field."""
    field = field_path(error["loc"])
    shown = quoted(field)
    kind, given = error["type"], error["input"]
    if kind == "missing":
        return Problem("missing-field", f"The field {shown} is missing.", _EXAMPLE, field=field)
    if kind == "finite_number":
        return Problem("field", f"{shown} is too large for a 64-bit float.", field=field)
    if kind == "too_short":
        return Problem("field", f"{shown} is an empty list.", f"Give a name, or leave {shown} out.", field=field)
    if kind in _BOUNDS:
        context = error["ctx"]
        bound = next(context[key] for key in ("ge", "gt", "le") if key in context)
        text = f"{shown} needs a number {_BOUNDS[kind]} {bound:g}, not {given:g}."
        return Problem("field", text, field=field)
    needs = _needs(kind, error.get("ctx", {}))
    hint = f"Leave {shown} out to keep its default." if given is None and "." not in field else None
    return Problem("field", f"{shown} needs {needs}, not {describe(given)}.", hint, field=field)


_BOUNDS = {"greater_than_equal": "of at least", "greater_than": "above", "less_than_equal": "of at most"}
_TYPES = {
    "string_type": "a text",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "`true` or `false`",
    "dict_type": "an object of numbers by name",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "list_type": "a name or a list of names",
}


def _needs(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "literal_error":
        return f"one of {str(context['expected']).replace(chr(39), '`')}"
    return _TYPES.get(kind, "another value")


def describe(value: Any) -> str:
    """What a JSON value is, in words short enough for a message."""
    if value is None or value is True or value is False:
        return f"`{json.dumps(value)}`"
    if isinstance(value, str):
        return f"the text {quoted(value)}" if value else "an empty text"
    if isinstance(value, (int, float)):
        return f"the number {value:g}"
    return "a list" if isinstance(value, list) else "an object"


def field_path(location: Iterable[str | int]) -> str:
    """`values.x`, `output.0`: names and positions joined by dots."""
    return ".".join(map(str, location))


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:-1]) + f" and `{names[-1]}`"
