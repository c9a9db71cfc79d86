"""Functions that a Python text defines: their heads and bodies, and whether one is an operation of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.language.careful import read_carefully
from app.language.notation import Notation
from app.language.printer import print_node
from app.language.python_expressions import Expressions
from app.language.python_tokens import Line, Token, cut_python, find, split
from app.language.python_words import MODULES
from app.language.reader import Reader
from app.language.text import prepare, prepare_elsewhere, translated
from app.language.translation import Notes
from app.language.vocabulary import FUNCTIONS
from app.limits import DEFAULT_LIMITS
from app.operations import BY_FUNCTION_NAME, Operation
from app.operations.templates import fill
from app.operations.written import operations_by_source, squeezed

_ONE = re.compile(r"\b([0-9]+)\.0*\b(?![0-9])")
_LONG_TEXT = 2_000
"""Characters of a definition that may be one of those."""
_LONG = 200
"""Tokens of a body that may be an operation of ours written out."""


@dataclass(slots=True)
class Parameter:
    """A parameter, and the tokens of its default value."""

    token: Token
    default: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Definition:
    """A function: its name, parameters and the lines of its body, without docstrings.

    calls    how often the text calls it
    with_numbers    whether its first call is a whole line, and gives it numbers alone
    inlined  whether its body is written already
    here     what it is called in our notation, where it becomes a function of one's own
    """

    name: Token
    parameters: list[Parameter]
    body: list[Line]
    start: int
    end: int
    calls: int = 0
    with_numbers: bool = False
    inlined: bool = False
    here: str = ""

    @property
    def result(self) -> list[Token] | None:
        """The formula of a body that is one `return`; None for a longer one."""
        if len(self.body) == 1 and self.body[0].is_first("return") and len(self.body[0].tokens) > 1:
            return self.body[0].tokens[1:]
        return None


def read_head(line: Line) -> tuple[Token, list[Parameter], int] | None:
    """Name, parameters and place behind the colon of `def f(x, y=2) -> float:`; None for a head that is none."""
    tokens = line.tokens
    if len(tokens) < 4 or tokens[1].kind != "name" or tokens[2].text != "(":
        return None
    close = find(tokens, frozenset(")"), 3)
    colon = find(tokens, frozenset(":"), close + 1)
    if colon >= len(tokens):
        return None
    parameters = []
    for part in split(tokens[3:close]):
        if part and part[0].kind == "name":
            equals = find(part, frozenset("="))
            parameters.append(Parameter(part[0], part[equals + 1 :]))
    return tokens[1], parameters, colon + 1


def is_lambda(tokens: list[Token]) -> bool:
    """Whether `f = lambda x: …` defines a function."""
    return len(tokens) > 4 and tokens[0].kind == "name" and tokens[1].text == "=" and tokens[2].text == "lambda"


def read_lambda(line: Line) -> Definition | None:
    """The function that `f = lambda x, y: …` defines."""
    tokens = line.tokens
    colon = find(tokens, frozenset(":"), 3)
    if colon >= len(tokens) - 1:
        return None
    parameters = []
    for part in split(tokens[3:colon]):
        if part and part[0].kind == "name":
            parameters.append(Parameter(part[0], part[2:]))
    body = [Line(0, [tokens[2]._replace(text="return"), *tokens[colon + 1 :]])]
    return Definition(tokens[0], parameters, body, line.start, line.end)


def operation_written(definition: Definition, modules: set[str], text: str) -> str | None:
    """The operation of ours whose formula a definition of its name says again, as `sigmoid` in many texts.

    text    of the whole definition, as our own programs in NumPy have it
    """
    if len(text) <= _LONG_TEXT and (known := operations_by_source().get(squeezed(text))) is not None:
        return known
    operation = BY_FUNCTION_NAME.get(definition.name.text.rstrip("_"))
    result = definition.result
    if operation is None or result is None or len(result) > _LONG or operation.variadic:
        return None
    names = (*operation.operands, *operation.attributes)
    if len(definition.parameters) != len(names):
        return None
    if "python" not in operation.code:
        return None
    same = {name: name for name in names}
    lines = cut_python(prepare_elsewhere(fill(operation.code["python"], same)))
    as_named = tuple(one.token.text for one in definition.parameters) == names
    if as_named and [token.text for token in result] == [token.text for token in lines[0].tokens]:
        return operation.name
    renamed = {parameter.token.text: name for parameter, name in zip(definition.parameters, names, strict=True)}
    written = _plain(result, modules, renamed)
    return operation.name if written is not None and written in _forms(operation) else None


def _forms(operation: Operation) -> set[str]:
    """The formulas that say what an operation computes, in one spelling."""
    found = {_in_one_spelling(text) for text in (operation.expansion, operation.definition) if text}
    names = {name: name for name in (*operation.operands, *operation.attributes)}
    for template in operation.code.values():
        lines = cut_python(prepare_elsewhere(fill(template, names)))
        found.add(_plain(lines[0].tokens, set(MODULES), names) if len(lines) == 1 else None)
    return {text for text in found if text is not None}


def _plain(tokens: list[Token], modules: set[str], names: dict[str, str]) -> str | None:
    notes = Notes("", "python")
    rope = Expressions(notes, modules, {}, lambda token: names.get(token.text, token.text)).read(tokens)
    if notes.translation.problems:
        return None
    return _in_one_spelling(translated("", [rope], notes.translation).text)


def _in_one_spelling(text: str) -> str | None:
    """A formula of ours with no bracket too many, `1.0` as `1`; None if it is none."""
    reader = Reader(prepare(_ONE.sub(r"\1", text)), DEFAULT_LIMITS, folding=False)
    read_carefully(reader)
    if reader.problems or len(reader.program.roots) != 1:
        return None
    program = reader.program
    return print_node(Notation(program, program.leaves), program.roots[0])[0]


def own_name(name: str, taken: set[str]) -> str:
    """A name for a function of one's own that none of ours has."""
    if name not in FUNCTIONS:
        return name
    number = 1
    while f"{name}{number}" in taken or f"{name}{number}" in FUNCTIONS:
        number += 1
    return f"{name}{number}"
