"""Reads Python: writes the same program in our notation, with the place in the source of every character.

Straight-line code is what a program of ours is. Lines that compute nothing are passed over, a name that is assigned
again gets a fresh one, a function is a formula of its own or is written where it is called. The text is never run.
"""

from __future__ import annotations

from app.errors import quoted
from app.language.names import CONSTANT_NAMES
from app.language.python_backward import Backward
from app.language.python_expressions import Expressions
from app.language.python_functions import Definition, own_name
from app.language.python_names import Names
from app.language.python_outline import ASSIGNS, CHANGES, IGNORED, Outline, begins_block
from app.language.python_tokens import Line, Token, cut_python, find, split
from app.language.text import Prepared, prepare_elsewhere, translated
from app.language.translation import Notes, Rope
from app.limits import Limits

_SILENT_CALLS = frozenset(
    ["backward", "zero_grad", "step", "requires_grad_", "retain_grad", "show", "append", "plot", "eval", "train"]
)
_DEEP = 50
"""Calls inside calls that are written out, one in the other."""
_NO_CHANGES = frozenset(("//=", "%=", "@=", "&=", "|=", "^="))


def read_python(source: str, limits: Limits) -> Prepared:
    """The source with the same program in our notation."""
    del limits  # our notation is hardly longer than Python: each line is written once
    reader = PythonReader(source, cut_python(prepare_elsewhere(source)))
    reader.read()
    return translated(source, [*reader.rope, ("\n", len(source), len(source))], reader.notes.translation)


class PythonReader:
    """Everything a reading of Python knows at one moment.

    rope         our notation so far
    formulas     how many statements compute something; last_target: the name that the last one gives, "" for none
    """

    def __init__(self, source: str, lines: list[Line]) -> None:
        self.notes = Notes(source, "python")
        self.lines = lines
        self.rope: Rope = []
        self.outline = outline = Outline(self.notes)
        self.names = Names(self.notes, lines)
        self.formulas = 0
        self.last_target = ""
        self.backward = Backward(self.notes)
        self.expressions = Expressions(self.notes, outline.modules, outline.own, self.names.here, outline.definitions)

    def read(self) -> None:
        """Reads all lines."""
        items = self.outline.items(self.lines)
        main = self.outline.main(items)
        for item in items:
            if isinstance(item, Line):
                self._line(item)
            elif item is not main:
                self._definition(item)
        if main is not None:
            self._written_in_place(main, [], None)
        self.backward.tell()

    def _line(self, line: Line) -> None:
        """A line outside of functions."""
        tokens = line.tokens
        if tokens[0].text == "print" and len(tokens) > 3 and (call := self._whole_call(tokens[2:-1])) is not None:
            self._written_in_place(*call, None)  # `print(f(2.0, 3.0))` says the values of its parameters
        elif tokens[0].text == "return":
            self._result(self._returned(line), None, "")
        elif tokens[0].text not in IGNORED and tokens[0].kind != "string":
            self._statement(line)

    def _statement(self, line: Line) -> None:
        tokens = line.tokens
        behind = find(tokens, ASSIGNS | CHANGES.keys() | _NO_CHANGES)
        if behind >= len(tokens):
            self._bare(line)
            return
        sign, target, value = tokens[behind], tokens[:behind], tokens[behind + 1 :]
        if (colon := find(target, frozenset(":"))) < len(target):
            target = target[:colon]  # `x: float = 2`
        if self.backward.takes(line, target, value, self.names.versions, self.formulas):
            return
        if not target or not value:
            self.notes.complain(
                "missing-operand", "Something is missing beside `=`.", line.start, line.end, "Write it as in `x = 2`."
            )
        elif sign.text in _NO_CHANGES:
            self.notes.complain(
                "python",
                f"{quoted(sign.text)} has no meaning here.",
                sign.start,
                sign.end,
                "Write the change out, with `=`.",
            )
        elif sign.text in CHANGES:
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
        self.formulas += not self.outline.is_literal(tokens)
        self._write([self.expressions.read(tokens)], line)
        self.last_target = ""

    def _whole_call(self, tokens: list[Token]) -> tuple[Definition, list[list[Token]]] | None:
        """The call that an expression is as a whole, of a function that is to be written where it is called."""
        definition = self.outline.definitions.get(tokens[0].text) if tokens else None
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
        before = self.names.here(target[0])
        right = self.expressions.read(value)
        here = self.names.assign(target[0], literal=False)
        self.formulas += 1
        first, last = target[0], value[-1]
        rope: Rope = [
            (here, first.start, first.end),
            (" = ", sign.start, sign.end),
            (before, first.start, first.end),
            (f" {CHANGES[sign.text]} ", sign.start, sign.end),
            ("(", value[0].start, value[0].start),
            right,
            (")", last.end, last.end),
        ]
        self._write(rope, line)
        self.last_target = here

    def _assignment(self, line: Line, target: list[Token], sign: Token, value: list[Token]) -> None:
        again = find(value, ASSIGNS)
        chain = [target]
        while again < len(value):
            chain.append(value[:again])
            value = value[again + 1 :]
            again = find(value, ASSIGNS)
        if not value:
            self.notes.complain(
                "missing-operand", "Expected an expression after `=`.", sign.start, sign.end, "Write one."
            )
            return
        for one in reversed(chain):
            names, parts = split(_without_brackets(one)), split(_without_brackets(value))
            if len(names) != 1:
                self._several(line, names, parts, sign)
            elif len(names[0]) == 1 and names[0][0].kind == "name":
                self._one(line, names[0][0], sign, value)
                value = names[0] if not self.outline.is_literal(value) else value
            else:
                self._bad_target(one)

    def _several(self, line: Line, names: list[list[Token]], parts: list[list[Token]], sign: Token) -> None:
        """`a, b = 1, 2`: all right sides are read before a name changes its meaning."""
        if len(names) != len(parts) or any(
            len(name) != 1 or not part for name, part in zip(names, parts, strict=False)
        ):
            self.notes.complain(
                "python",
                f"{len(names)} names stand left of `=` and {len(parts)} values right of it.",
                line.start,
                line.end,
                "Give each name a line of its own.",
            )
            return
        ropes = [self.expressions.read(part) for part in parts]
        for name, part, rope in zip(names, parts, ropes, strict=True):
            literal = self.outline.is_literal(part)
            here = self.names.assign(name[0], literal=literal)
            self.formulas += not literal
            self._write([(here, name[0].start, name[0].end), (" = ", sign.start, sign.end), rope], line)
            self.last_target = here

    def _one(self, line: Line, name: Token, sign: Token, value: list[Token]) -> None:
        call = self._whole_call(value)
        if call is not None:
            self._written_in_place(*call, name)
            return
        rope = self.expressions.read(value)
        literal = self.outline.is_literal(value)
        here = self.names.assign(name, literal=literal)
        self.formulas += not literal
        self._write([(here, name.start, name.end), (" = ", sign.start, sign.end), rope], line)
        self.last_target = here

    def _bad_target(self, target: list[Token]) -> None:
        start, end = target[0].start, target[-1].end
        texts = {token.text for token in target}
        if "[" in texts:
            message, hint = (
                "An entry cannot be assigned.",
                "Write the whole list, or give each entry a name of its own.",
            )
            self.notes.complain("needs-tensors", message, start, end, hint)
        elif "." not in texts:  # `x.requires_grad = True` computes nothing
            message = "Only a name can stand on the left of `=`."
            self.notes.complain("bad-target", message, start, end, "Write it as in `f = x + y`.")

    def _write(self, rope: Rope, line: Line) -> None:
        self.rope += [rope, ("\n", line.end, line.end)]

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
        here = own_name(name, self.names.taken)
        self.names.taken.add(here)
        self.names.local = {parameter.token.text for parameter in definition.parameters}
        rope: Rope = [(f"{here}(", head.start, head.end)]
        for position, parameter in enumerate(definition.parameters):
            token = parameter.token
            rope += [(", ", token.start, token.start)] * (position > 0) + [(token.text, token.start, token.end)]
        rope += [(") = ", head.end, head.end), self.expressions.read(result)]
        self.names.local = set()
        definition.here = self.outline.own[name] = here
        self.rope += [rope, ("\n", definition.end, definition.end)]

    def _written_in_place(self, definition: Definition, operands: list[list[Token]], target: Token | None) -> None:
        """Writes a function's body in place of its only call, its parameters as names of the program."""
        definition.inlined = True
        if len(self.names.undo) == _DEEP:
            self.notes.complain(
                "python",
                f"More than {_DEEP} functions call each other.",
                definition.start,
                definition.end,
                "Write their lines one below the other.",
            )
            return
        given = [
            None if value is None else (self.expressions.read(value), value)
            for value in self._given(definition, operands)
        ]
        self.names.enter()
        for parameter, found in zip(definition.parameters, given, strict=True):
            self._parameter(parameter.token, found)
        result: tuple[Rope, str, Line] | None = None
        at, body = 0, definition.body
        while at < len(body) and result is None:
            line = body[at]
            if line.is_first("def"):
                inner, at = self.outline.read_definition(body, at)
                if inner is not None and inner.result is not None:
                    self._own_function(inner)
                    continue
                at -= 1  # told below as what it is
            if begins_block(line):
                at = self.outline.skip_block(body, at)
                continue
            at += 1
            if line.is_first("return"):
                result = self._returned(line)
            elif line.tokens[0].text not in IGNORED:
                self._statement(line)
        self.names.leave()
        self._result(result, target, definition.name.text)

    def _parameter(self, token: Token, found: tuple[Rope, list[Token]] | None) -> None:
        """A parameter with what it is given; without a value it is a leaf."""
        name = token.text
        if found is None:
            if name in CONSTANT_NAMES and name not in self.names.versions:
                here = self.names.fresh(name)
                self.names.give(name, here)
                self.notes.remark(
                    "renamed", f"{quoted(name)} is a number here; the name is {quoted(here)}.", token.start, token.end
                )
            return
        rope, value = found
        if len(value) == 1 and value[0].text == name and value[0].kind == "name":
            return
        here = self.names.assign(token, literal=self.outline.is_literal(value))
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
                "wrong-arity",
                f"{quoted(definition.name.text)} takes {count} operand{'s' * (count != 1)}.",
                extra[0].start,
                extra[-1].end,
                "Remove those beyond.",
            )
        found: list[list[Token] | None] = []
        for position, parameter in enumerate(definition.parameters):
            given = plain[position] if position < len(plain) else named.get(parameter.token.text)
            found.append(given or parameter.default or None)
        return found

    def _returned(self, line: Line) -> tuple[Rope, str, Line] | None:
        """What `return` gives back: its formula, and its name here if it is only a name."""
        parts = [
            part for part in split(_without_brackets(line.tokens[1:])) if part and not self.backward.mentions(part)
        ]
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
        name = self.names.versions.get(part[0].text, "") if len(part) == 1 and part[0].kind == "name" else ""
        return self.expressions.read(part), name, line

    def _result(self, result: tuple[Rope, str, Line] | None, target: Token | None, function: str) -> None:
        """Writes what a function gives back under the name of its call; nothing where the last line has it already."""
        if result is None:
            return
        rope, name, line = result
        self.formulas += 1
        if target is not None and (name == target.text or not rope):
            self.names.give(target.text, name)
        elif target is not None:
            here = self.names.assign(target, literal=False)
            word = line.tokens[0]
            self._write([(here, target.start, target.end), (" = ", word.start, word.end), rope], line)
            self.last_target = here
        elif name and name == self.last_target:
            return
        elif (
            rope
            and function
            and not name
            and function not in self.names.versions
            and function not in self.names.assigned
        ):
            self._write([(f"{function} = ", line.tokens[0].start, line.tokens[0].end), rope], line)
            self.names.assigned.add(function)
            self.last_target = function
        elif rope:
            self._write([rope], line)
            self.last_target = ""


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """`(a, b)` as `a, b`."""
    last = len(tokens) - 1
    if last < 2 or tokens[0].text not in ("(", "[") or find(tokens, frozenset((")", "]")), 1) != last:
        return tokens
    inside = tokens[1:-1]
    return inside if find(inside, frozenset(",")) < len(inside) else tokens
