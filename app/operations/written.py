"""Operations as definitions in NumPy, as a program's text has them, and which operation such a definition is."""

from __future__ import annotations

import keyword
from functools import cache

from app.operations.code_helpers import HELPERS
from app.operations.record import Operation
from app.operations.registry import EVERY_OPERATION
from app.operations.templates import fill

_BUILTINS = frozenset({"abs", "round", "max", "min", "pow", "sum"})


def helper_source(operation: Operation) -> tuple[str, str]:
    """What a definition of an operation is called, `round_` where Python has a `round`, and its text."""
    name = f"{operation.name}_" if operation.name in _BUILTINS or keyword.iskeyword(operation.name) else operation.name
    if operation.name in HELPERS["numpy"]:
        return name, HELPERS["numpy"][operation.name].rstrip("\n")
    code = operation.code["numpy"]
    if operation.variadic:
        pair = fill(code, {"a": "a", "b": "b"})
        lines = ["result = x[0]", "for b in x[1:]:", f"    result = {pair.replace('(a,', '(result,')}", "return result"]
        return name, "\n".join([f"def {name}(*x):", *(f"    {line}" for line in lines)])
    if operation.over:
        code = f"np.{operation.over}({code})"
    rows = f"(#{operation.operands[0]}.size // #{operation.operands[0]}.shape[-1])"
    code = code.replace("#rows", fill(rows, {operation.operands[0]: operation.operands[0]}))
    names = (*operation.operands, *operation.attributes)
    parameters = [*operation.operands, *(f"{key}={value!r}" for key, value in operation.attributes.items())]
    return name, f"def {name}({', '.join(parameters)}):\n    return {fill(code, {one: one for one in names})}"


@cache
def operations_by_source() -> dict[str, str]:
    """Text of a definition, without white space -> operation."""
    return {squeezed(helper_source(one)[1]): one.name for one in EVERY_OPERATION if "#*" not in one.code["numpy"]}


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())
