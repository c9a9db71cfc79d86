"""Templates of the registry: a text in which `#x` stands for the operand or attribute `x`.

Operations with any number of operands have one of two forms instead:
`#*` stands for all operands, separated by ", "; or `#a` and `#b` make a template for two operands,
which is applied from the left: f(f(p, q), r).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_PLACEHOLDER = re.compile(r"#(\*|[A-Za-z_][A-Za-z_0-9]*)")
_CALL_OR_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9.]*|[0-9.]+(?:e[+-]?[0-9]+)?")


def placeholders(template: str) -> tuple[str, ...]:
    """The names after `#`, in the order in which they stand, with repeats."""
    return tuple(_PLACEHOLDER.findall(template))


def fill(template: str, texts: Mapping[str, str]) -> str:
    """The template with every `#name` replaced by its text. Raises KeyError for a name without a text."""
    return _PLACEHOLDER.sub(lambda match: texts[match.group(1)], template)


def fill_variadic(template: str, texts: Sequence[str]) -> str:
    """The template of an operation with any number of operands, filled with at least one text."""
    if "#*" in template:
        return fill(template, {"*": ", ".join(texts)})
    result = texts[0]
    for text in texts[1:]:
        result = fill(template, {"a": result, "b": text})
    return result


def nest(template: str, arguments: Mapping[str, str]) -> str:
    """Code of an operation whose arguments are code themselves, each in brackets where it needs them."""
    return fill(template, {name: in_brackets(code) for name, code in arguments.items()})


def nest_variadic(template: str, arguments: Sequence[str]) -> str:
    """The same for an operation with any number of operands."""
    if "#*" in template:
        return fill_variadic(template, arguments)
    result = arguments[0]
    for code in arguments[1:]:
        result = nest(template, {"a": result, "b": code})
    return result


def in_brackets(code: str) -> str:
    """The code as an operand of other code: in brackets unless it is a name, a number or one call."""
    return code if _CALL_OR_NAME.fullmatch(code) or _is_one_call(code) else f"({code})"


def _is_one_call(code: str) -> bool:
    """Whether the code is `name(...)` and that bracket closes at the very end; `f(x) + g(y)` is not."""
    head = re.match(r"[A-Za-z_][A-Za-z_0-9.]*(?=\()", code)
    if head is None:
        return False
    depth = 0
    for position in range(head.end(), len(code)):
        depth += {"(": 1, ")": -1}.get(code[position], 0)
        if depth == 0:
            return position == len(code) - 1
    return False
