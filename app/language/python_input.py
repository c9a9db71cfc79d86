"""Reads Python: writes the same program in our notation, with the place in the source of every character.

Straight-line code is what a program of ours is. Lines that compute nothing are passed over, a name that is assigned
again gets a fresh one, a function is a formula of its own or is written where it is called. The text is never run.
"""

from __future__ import annotations

from app.errors import quoted
from app.language.names import CONSTANT_NAMES
from app.language.python_backward import Backward
from app.language.python_expressions import Expressions
from app.language.python_functions import Definition, is_lambda, operation_written, own_name, read_head, read_lambda
from app.language.python_tokens import Line, Token, cut_python, find, split
from app.language.python_words import MODULES, WRAPPERS
from app.language.text import Prepared, prepare_elsewhere, translated
from app.language.translation import Notes, Rope
from app.limits import Limits

_IGNORED = frozenset(("import", "from", "pass", "global", "nonlocal", "assert", "del", "@", "print", "try"))
_LOOP = "A loop is not read: a program here is straight-line code."
_BRANCH = "A branch is not read: a program here is straight-line code."
_BLOCKS = {
    "for": (_LOOP, "Write out its lines, one for each turn."),
    "while": (_LOOP, "Write out its lines, one for each turn."),
    "if": (_BRANCH, "Write `where(c, a, b)`, or `a if c else b`."),
    "match": (_BRANCH, "Write `where(c, a, b)`, or `a if c else b`."),
    "class": ("A class is not read: functions and lines of code are.", "Paste the function that computes the result."),
    "async": ("Code that waits is not read.", "Paste the function that computes the result."),
    "def": ("A function inside a function is not read.", "Move it out of the other one."),
    "elif": ("", ""), "else": ("", ""), "with": ("", ""), "except": ("", ""), "finally": ("", ""),
}  # fmt: skip
"""What begins lines that a program cannot have: what is said of it, and what to do. "" for what goes without a word."""

_SILENT_CALLS = frozenset("backward zero_grad step requires_grad_ retain_grad show append plot eval train".split())
_DEEP = 50
"""Calls inside calls that are written out, one in the other."""

_CHANGES = {"+=": "+", "-=": "-", "*=": "*", "/=": "/", "**=": "^"}
_NO_CHANGES = frozenset(("//=", "%=", "@=", "&=", "|=", "^="))
_ASSIGNS = frozenset(("=",))


def read_python(source: str, limits: Limits) -> Prepared:
    """The source with the same program in our notation."""
    del limits  # our notation is hardly longer than Python: each line is written once
    reader = PythonReader(source)
    reader.read(cut_python(prepare_elsewhere(source)))
    return translated(source, [*reader.rope, ("\n", len(source), len(source))], reader.notes.translation)


class PythonReader:
    """Everything a reading of Python knows at one moment.

    rope         our notation so far
    definitions  functions of the text, by name
    versions     name there -> its name here, at this moment; assigned: names here that a statement gives
    taken        every name of the text, and those made up
    """

    def __init__(self, source: str) -> None:
        self.notes = Notes(source, "python")
        self.rope: Rope = []
        self.definitions: dict[str, Definition] = {}
        self.own: dict[str, str] = {}
        self.modules = set(MODULES)
        self.versions: dict[str, str] = {}
        self.assigned: set[str] = set()
        self.taken: set[str] = set()
        self.local: set[str] = set()
        self.undo: list[list[tuple[str, str | None]]] = []
        self.numbers: dict[str, int] = {}
        self.formulas = 0
        self.last_target = ""
        self.backward = Backward(self.notes)
        self.expressions = Expressions(self.notes, self.modules, self.own, self._name, self.definitions)

    def read(self, lines: list[Line]) -> None:
        """Reads all lines."""
        self.taken = {token.text for line in lines for token in line.tokens if token.kind == "name"}
        self._find_modules(lines)
        items = self._items(lines)
        self._find_calls(lines)
        main = self._main(items)
        for item in items:
            if isinstance(item, Line):
                self._line(item)
            elif item is not main:
                self._definition(item)
        if main is not None:
            self._written_in_place(main, [], None)
        self.backward.tell()

    # What the text is made of

    def _find_modules(self, lines: list[Line]) -> None:
        for line in lines:
            if not line.is_first("import") and not line.is_first("from"):
                continue
            for at, token in enumerate(line.tokens):
                if token.text == "as" and line.is_first("import") and at + 1 < len(line.tokens):
                    self.modules.add(line.tokens[at + 1].text)

    def _items(self, lines: list[Line]) -> list[Line | Definition]:
        """Lines and definitions in the order of the text; what no program can have is told and left out."""
        items: list[Line | Definition] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            found: Definition | None = None
            if line.is_first("def"):
                found, at = self._read_definition(lines, at)
            elif is_lambda(line.tokens) and (found := read_lambda(line)) is not None:
                at += 1
            elif line.is_first("if") and any(token.text == "__name__" for token in line.tokens[:3]):
                at += 1
            elif _begins_block(line):
                at = self._skip_block(lines, at)
            else:
                items.append(line)
                at += 1
            if found is not None:
                self._note(found, items)
        return items

    def _note(self, found: Definition, items: list[Line | Definition]) -> None:
        """A definition: of one of our operations, which it names, or of a function of the text's own."""
        operation = operation_written(found, self.modules)
        if operation is not None:
            self.own[found.name.text] = operation
        else:
            items.append(found)
            self.definitions[found.name.text] = found

    def _skip_block(self, lines: list[Line], at: int) -> int:
        line = lines[at]
        message, hint = _BLOCKS[line.tokens[0].text]
        if message:
            self.notes.complain("python", message, line.start, line.end, hint)
        at += 1
        while at < len(lines) and lines[at].indent > line.indent:
            at += 1
        return at

    def _read_definition(self, lines: list[Line], at: int) -> tuple[Definition | None, int]:
        line = lines[at]
        head = read_head(line)
        behind = at + 1
        while behind < len(lines) and lines[behind].indent > line.indent:
            behind += 1
        if head is None:
            self.notes.complain(
                "python", "This is no head of a function.", line.start, line.end, "Write it as in `def f(x, y):`."
            )
            return None, behind
        name, parameters, colon = head
        inner = [Line(line.indent + 1, line.tokens[colon:])] if colon < len(line.tokens) else []
        body = [one for one in [*inner, *lines[at + 1 : behind]] if one.tokens[0].kind != "string"]
        return Definition(name, parameters, body, line.start, lines[behind - 1].end), behind

    def _find_calls(self, lines: list[Line]) -> None:
        """How often each function is called, and whether its first call is a whole line with numbers alone."""
        for line in lines:
            tokens = line.tokens
            for at, token in enumerate(tokens[:-1]):
                definition = self.definitions.get(token.text)
                if definition is None or tokens[at + 1].text != "(" or (at and tokens[at - 1].text in ("def", ".")):
                    continue
                definition.calls += 1
                if definition.calls == 1:
                    close = find(tokens, frozenset(")"), at + 2)
                    printed = at == 2 and tokens[0].text == "print"
                    whole = (at == 0 or tokens[at - 1].text in ("=", "return") or printed) and close >= len(tokens) - 1 - printed
                    definition.with_numbers = whole and self._is_literal(tokens[at + 2 : close])

    def _main(self, items: list[Line | Definition]) -> Definition | None:
        """The function that is the program: the last that nothing calls, where no line outside computes anything."""
        for item in items:
            if isinstance(item, Line) and self._computes(item):
                return None
        last = None
        for item in items:
            if isinstance(item, Definition) and item.calls == 0:
                last = item
        return last

    def _computes(self, line: Line) -> bool:
        first = line.tokens[0]
        if first.text in _IGNORED or first.kind == "string" or first.text in self.modules:
            return False
        behind = find(line.tokens, _ASSIGNS | _CHANGES.keys())
        return not (behind < len(line.tokens) and self._is_literal(line.tokens[behind + 1 :]))

    def _is_literal(self, tokens: list[Token]) -> bool:
        for at, token in enumerate(tokens):
            if token.kind != "name" or token.text in self.modules or token.text in WRAPPERS:
                continue
            behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if behind == "(" and token.text not in self.definitions:
                continue
            if behind == "=" or token.text in ("True", "False", "None") or (at and tokens[at - 1].text == "."):
                continue
            return False
        return True

    # Names

    def _name(self, token: Token) -> str:
        """What a name is called here where it is used."""
        name = token.text
        return name if name in self.local else self.versions.setdefault(name, name)

    def _fresh(self, name: str) -> str:
        between = "_" if name[-1].isdigit() else ""
        number = self.numbers.get(name, 0) + 1
        while f"{name}{between}{number}" in self.taken:
            number += 1
        self.numbers[name] = number
        fresh = f"{name}{between}{number}"
        self.taken.add(fresh)
        return fresh

    def _assign(self, token: Token, *, literal: bool) -> str:
        """The name here that an assignment gives: the same the first time, then a fresh one."""
        name = token.text
        known = self.versions.get(name)
        if name not in self.assigned and (known is None or (known == name and literal)):
            here = name
        else:
            here = self._fresh(name)
            self.notes.remark(
                "renamed",
                f"{quoted(name)} gets a new value here; from this line on it is {quoted(here)}, for a name has one meaning.",
                token.start, token.end,
            )  # fmt: skip
        self._set(name, here)
        return here

    def _set(self, name: str, here: str) -> None:
        """From now on, in the function that is being read, a name means this one."""
        if self.undo:
            self.undo[-1].append((name, self.versions.get(name)))
        self.versions[name] = here
        self.assigned.add(here)

    # Lines

    def _line(self, line: Line) -> None:
        """A line outside of functions."""
        tokens = line.tokens
        if tokens[0].text == "print" and len(tokens) > 3 and (call := self._whole_call(tokens[2:-1])) is not None:
            self._written_in_place(*call, None)  # `print(f(2.0, 3.0))` says the values of its parameters
        elif tokens[0].text == "return":
            self._result(self._returned(line), None, "")
        elif tokens[0].text not in _IGNORED and tokens[0].kind != "string":
            self._statement(line)

    def _statement(self, line: Line) -> None:
        tokens = line.tokens
        behind = find(tokens, _ASSIGNS | _CHANGES.keys() | _NO_CHANGES)
        if behind >= len(tokens):
            self._bare(line)
            return
        sign, target, value = tokens[behind], tokens[:behind], tokens[behind + 1 :]
        if (colon := find(target, frozenset(":"))) < len(target):
            target = target[:colon]  # `x: float = 2`
        if self.backward.takes(line, target, value, self.versions, self.formulas):
            return
        if not target or not value:
            self.notes.complain("missing-operand", "Something is missing beside `=`.", line.start, line.end, "Write it as in `x = 2`.")
        elif sign.text in _NO_CHANGES:
            self.notes.complain(
                "python", f"{quoted(sign.text)} has no meaning here.", sign.start, sign.end, "Write the change out, with `=`."
            )
        elif sign.text in _CHANGES:
            self._change(line, target, sign, value)
        else:
            self._assignment(line, target, sign, value)

    def _bare(self, line: Line) -> None:
        tokens = line.tokens
        if find(tokens, frozenset(":")) < len(tokens):
            return  # `x: float`
        if len(tokens) > 2 and tokens[1].text == "." and tokens[2].text in _SILENT_CALLS:
            return
        call = self._whole_call(tokens)
        if call is not None:
            self._written_in_place(*call, None)
            return
        self.formulas += not self._is_literal(tokens)
        self._write([self.expressions.read(tokens)], line)
        self.last_target = ""

    def _whole_call(self, tokens: list[Token]) -> tuple[Definition, list[list[Token]]] | None:
        """The call that an expression is as a whole, of a function that is to be written where it is called."""
        definition = self.definitions.get(tokens[0].text) if tokens else None
        if definition is None or definition.inlined or definition.calls > 1 or definition.here:
            return None
        if len(tokens) < 3 or tokens[1].text != "(" or find(tokens, frozenset(")"), 2) != len(tokens) - 1:
            return None
        return definition, split(tokens[2:-1])

    def _change(self, line: Line, target: list[Token], sign: Token, value: list[Token]) -> None:
        """`s += w * x` gives the sum a fresh name."""
        if len(target) != 1 or target[0].kind != "name":
            self._bad_target(target)
            return
        before = self._name(target[0])
        right = self.expressions.read(value)
        here = self._assign(target[0], literal=False)
        self.formulas += 1
        first, last = target[0], value[-1]
        rope: Rope = [
            (here, first.start, first.end), (" = ", sign.start, sign.end), (before, first.start, first.end),
            (f" {_CHANGES[sign.text]} ", sign.start, sign.end), ("(", value[0].start, value[0].start), right,
            (")", last.end, last.end),
        ]  # fmt: skip
        self._write(rope, line)
        self.last_target = here

    def _assignment(self, line: Line, target: list[Token], sign: Token, value: list[Token]) -> None:
        again = find(value, _ASSIGNS)
        chain = [target]
        while again < len(value):
            chain.append(value[:again])
            value = value[again + 1 :]
            again = find(value, _ASSIGNS)
        if not value:
            self.notes.complain("missing-operand", "Expected an expression after `=`.", sign.start, sign.end, "Write one.")
            return
        for one in reversed(chain):
            names, parts = split(_without_brackets(one)), split(_without_brackets(value))
            if len(names) != 1:
                self._several(line, names, parts, sign)
            elif len(names[0]) == 1 and names[0][0].kind == "name":
                self._one(line, names[0][0], sign, value)
                value = names[0] if not self._is_literal(value) else value
            else:
                self._bad_target(one)

    def _several(self, line: Line, names: list[list[Token]], parts: list[list[Token]], sign: Token) -> None:
        """`a, b = 1, 2`: all right sides are read before a name changes its meaning."""
        if len(names) != len(parts) or any(len(name) != 1 or not part for name, part in zip(names, parts, strict=False)):
            self.notes.complain(
                "python", f"{len(names)} names stand left of `=` and {len(parts)} values right of it.", line.start, line.end,
                "Give each name a line of its own.",
            )  # fmt: skip
            return
        ropes = [self.expressions.read(part) for part in parts]
        for name, part, rope in zip(names, parts, ropes, strict=True):
            literal = self._is_literal(part)
            here = self._assign(name[0], literal=literal)
            self.formulas += not literal
            self._write([(here, name[0].start, name[0].end), (" = ", sign.start, sign.end), rope], line)
            self.last_target = here

    def _one(self, line: Line, name: Token, sign: Token, value: list[Token]) -> None:
        call = self._whole_call(value)
        if call is not None:
            self._written_in_place(*call, name)
            return
        rope = self.expressions.read(value)
        literal = self._is_literal(value)
        here = self._assign(name, literal=literal)
        self.formulas += not literal
        self._write([(here, name.start, name.end), (" = ", sign.start, sign.end), rope], line)
        self.last_target = here

    def _bad_target(self, target: list[Token]) -> None:
        first, last = target[0], target[-1]
        if any(token.text == "." for token in target):
            if not any(token.text == "[" for token in target):
                return  # `x.requires_grad = True` computes nothing
        if any(token.text == "[" for token in target):
            self.notes.complain(
                "needs-tensors", "An index needs tensors; here every name is one number.", first.start, last.end,
                "Give each entry a name of its own.",
            )  # fmt: skip
            return
        self.notes.complain(
            "bad-target", "Only a name can stand on the left of `=`.", first.start, last.end, "Write it as in `f = x + y`."
        )

    def _write(self, rope: Rope, line: Line) -> None:
        self.rope += [rope, ("\n", line.end, line.end)]

    # Functions

    def _definition(self, definition: Definition) -> None:
        """A function where it is defined: one of the program's own, or left for its call."""
        name = definition.name.text
        if definition.calls == 0:
            self.notes.remark(
                "left-out", f"Nothing calls {quoted(name)}, so it is left out.", definition.start, definition.end
            )
            return
        if definition.result is not None and not (definition.calls == 1 and definition.with_numbers):
            self._own_function(definition)

    def _own_function(self, definition: Definition) -> None:
        """A function of one formula as a function of the program's own."""
        result, head, name = definition.result, definition.name, definition.name.text
        assert result is not None
        here = own_name(name, self.taken)
        self.taken.add(here)
        self.local = {parameter.token.text for parameter in definition.parameters}
        rope: Rope = [(f"{here}(", head.start, head.end)]
        for position, parameter in enumerate(definition.parameters):
            token = parameter.token
            rope += [(", ", token.start, token.start)] * (position > 0) + [(token.text, token.start, token.end)]
        rope += [(") = ", head.end, head.end), self.expressions.read(result)]
        self.local = set()
        definition.here = self.own[name] = here
        self.rope += [rope, ("\n", definition.end, definition.end)]

    def _written_in_place(
        self, definition: Definition, operands: list[list[Token]], target: Token | None
    ) -> None:  # fmt: skip
        """Writes a function's body in place of its only call, its parameters as names of the program."""
        definition.inlined = True
        if len(self.undo) == _DEEP:
            self.notes.complain(
                "python", f"More than {_DEEP} functions call each other.", definition.start, definition.end,
                "Write their lines one below the other.",
            )  # fmt: skip
            return
        given = [
            None if value is None else (self.expressions.read(value), value) for value in self._given(definition, operands)
        ]
        self.undo.append([])
        for parameter, found in zip(definition.parameters, given, strict=True):
            self._parameter(parameter.token, found)
        result: tuple[Rope, str, Line] | None = None
        at, body = 0, definition.body
        while at < len(body) and result is None:
            line = body[at]
            if line.is_first("def"):
                inner, at = self._read_definition(body, at)
                if inner is not None and inner.result is not None:
                    self._own_function(inner)
                    continue
                at -= 1  # told below as what it is
            if _begins_block(line):
                at = self._skip_block(body, at)
                continue
            at += 1
            if line.is_first("return"):
                result = self._returned(line)
            elif line.tokens[0].text not in _IGNORED:
                self._statement(line)
        for name, before in reversed(self.undo.pop()):
            if before is None:
                self.versions.pop(name, None)
            else:
                self.versions[name] = before
        self._result(result, target, definition.name.text)

    def _parameter(self, token: Token, found: tuple[Rope, list[Token]] | None) -> None:
        """A parameter with what it is given; without a value it is a leaf."""
        name = token.text
        if found is None:
            if name in CONSTANT_NAMES and name not in self.versions:
                here = self._fresh(name)
                self._set(name, here)
                self.notes.remark(
                    "renamed", f"{quoted(name)} is a number here; the name is {quoted(here)}.", token.start, token.end
                )
            return
        rope, value = found
        if len(value) == 1 and value[0].text == name and value[0].kind == "name":
            return
        here = self._assign(token, literal=self._is_literal(value))
        end = value[-1].end
        self.rope += [[(here, token.start, token.end), (" = ", token.end, token.end), rope], ("\n", end, end)]

    def _given(self, definition: Definition, operands: list[list[Token]]) -> list[list[Token] | None]:
        """For each parameter the tokens of its operand or default."""
        named: dict[str, list[Token]] = {}
        plain: list[list[Token]] = []
        for part in operands:
            if len(part) > 2 and part[1].text == "=" and part[0].kind == "name":
                named[part[0].text] = part[2:]
            elif part:
                plain.append(part)
        count = len(definition.parameters)
        if len(plain) > count:
            extra = plain[count]
            self.notes.complain(
                "wrong-arity", f"{quoted(definition.name.text)} takes {count} operand{'s' * (count != 1)}.",
                extra[0].start, extra[-1].end, "Remove those beyond.",
            )  # fmt: skip
        found: list[list[Token] | None] = []
        for position, parameter in enumerate(definition.parameters):
            given = plain[position] if position < len(plain) else named.get(parameter.token.text)
            found.append(given or parameter.default or None)
        return found

    def _returned(self, line: Line) -> tuple[Rope, str, Line] | None:
        """What `return` gives back: its formula, and its name here if it is only a name."""
        parts = [part for part in split(_without_brackets(line.tokens[1:])) if part and not self.backward.mentions(part)]
        if not parts:
            return None
        if len(parts) > 1:
            self.notes.remark(
                "left-out", "Only the first of the values that are returned is the output.", parts[1][0].start, line.end
            )
        part = parts[0]
        call = self._whole_call(part)
        if call is not None:
            self._written_in_place(*call, None)
            return [], self.last_target, line
        name = self.versions.get(part[0].text, "") if len(part) == 1 and part[0].kind == "name" else ""
        return self.expressions.read(part), name, line

    def _result(
        self, result: tuple[Rope, str, Line] | None, target: Token | None, function: str
    ) -> None:  # fmt: skip
        """Writes what a function gives back under the name of its call; nothing where the last line has it already."""
        if result is None:
            return
        rope, name, line = result
        self.formulas += 1
        if target is not None and (name == target.text or not rope):
            self._set(target.text, name)
        elif target is not None:
            here = self._assign(target, literal=False)
            word = line.tokens[0]
            self._write([(here, target.start, target.end), (" = ", word.start, word.end), rope], line)
            self.last_target = here
        elif name and name == self.last_target:
            return
        elif rope and function and not name and function not in self.versions and function not in self.assigned:
            self._write([(f"{function} = ", line.tokens[0].start, line.tokens[0].end), rope], line)
            self.assigned.add(function)
            self.last_target = function
        elif rope:
            self._write([rope], line)
            self.last_target = ""


def _begins_block(line: Line) -> bool:
    """Whether the line begins a loop, a branch or another block."""
    first = line.tokens[0]
    return first.kind == "name" and first.text in _BLOCKS and find(line.tokens, frozenset(":")) < len(line.tokens)


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """`(a, b)` as `a, b`."""
    if len(tokens) > 2 and tokens[0].text in ("(", "[") and find(tokens, frozenset((")", "]")), 1) == len(tokens) - 1:
        if find(tokens[1:-1], frozenset(",")) < len(tokens) - 2:
            return tokens[1:-1]
    return tokens
