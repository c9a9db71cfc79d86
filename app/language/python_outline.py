"""What a Python text is made of: lines that compute, functions, and what no program can have."""

from __future__ import annotations

from app.language.python_functions import Definition, is_lambda, operation_written, read_head, read_lambda
from app.language.python_tokens import Line, Token, find
from app.language.python_words import MODULES, WRAPPERS
from app.language.translation import Notes

IGNORED = frozenset(("import", "from", "pass", "global", "nonlocal", "assert", "del", "@", "print", "try"))
_LOOP = "A loop is not read: a program here is straight-line code."
_BRANCH = "A branch is not read: a program here is straight-line code."
BLOCKS = {
    "for": (_LOOP, "Write out its lines, one for each turn."),
    "while": (_LOOP, "Write out its lines, one for each turn."),
    "if": (_BRANCH, "Write `where(c, a, b)`, or `a if c else b`."),
    "match": (_BRANCH, "Write `where(c, a, b)`, or `a if c else b`."),
    "class": ("A class is not read: functions and lines of code are.", "Paste the function that computes the result."),
    "async": ("Code that waits is not read.", "Paste the function that computes the result."),
    "def": ("A function inside a function is not read.", "Move it out of the other one."),
    "elif": ("", ""),
    "else": ("", ""),
    "with": ("", ""),
    "except": ("", ""),
    "finally": ("", ""),
}
"""What begins lines that a program cannot have: what is said of it, and what to do. "" for what goes without a word."""

CHANGES = {"+=": "+", "-=": "-", "*=": "*", "/=": "/", "**=": "^"}
"""A sign that changes a name -> the operation it does."""

ASSIGNS = frozenset(("=",))


class Outline:
    """The functions of a text, and the names that stand for libraries.

    definitions    functions, by name, but those that only say what an operation of ours computes
    own            a function's name there -> here, as far as it is written or is an operation of ours
    """

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.modules = set(MODULES)
        self.definitions: dict[str, Definition] = {}
        self.own: dict[str, str] = {}

    def _find_modules(self, lines: list[Line]) -> None:
        for line in lines:
            if not line.is_first("import") and not line.is_first("from"):
                continue
            for at, token in enumerate(line.tokens):
                if token.text == "as" and line.is_first("import") and at + 1 < len(line.tokens):
                    self.modules.add(line.tokens[at + 1].text)

    def items(self, lines: list[Line]) -> list[Line | Definition]:
        """Lines and definitions in the order of the text; what no program can have is told and left out."""
        self._find_modules(lines)
        items: list[Line | Definition] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            found: Definition | None = None
            if line.is_first("def"):
                found, at = self.read_definition(lines, at)
            elif (is_lambda(line.tokens) and (found := read_lambda(line)) is not None) or (
                line.is_first("if") and any(token.text == "__name__" for token in line.tokens[:3])
            ):
                at += 1
            elif begins_block(line):
                at = self.skip_block(lines, at)
            else:
                items.append(line)
                at += 1
            if found is not None:
                self._note(found, items)
        self._find_calls(lines)
        return items

    def _note(self, found: Definition, items: list[Line | Definition]) -> None:
        """A definition: of one of our operations, which it names, or of a function of the text's own."""
        operation = operation_written(found, self.modules, self.notes.source[found.start : found.end])
        if operation is not None:
            self.own[found.name.text] = operation
        else:
            items.append(found)
            self.definitions[found.name.text] = found

    def skip_block(self, lines: list[Line], at: int) -> int:
        line = lines[at]
        message, hint = BLOCKS[line.tokens[0].text]
        if message:
            self.notes.complain("python", message, line.start, line.end, hint)
        at += 1
        while at < len(lines) and lines[at].indent > line.indent:
            at += 1
        return at

    def read_definition(self, lines: list[Line], at: int) -> tuple[Definition | None, int]:
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
                    whole = (at == 0 or tokens[at - 1].text in ("=", "return") or printed) and close >= len(
                        tokens
                    ) - 1 - printed
                    definition.with_numbers = whole and self.is_literal(tokens[at + 2 : close])

    def main(self, items: list[Line | Definition]) -> Definition | None:
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
        if first.text in IGNORED or first.kind == "string" or first.text in self.modules:
            return False
        behind = find(line.tokens, ASSIGNS | CHANGES.keys())
        return not (behind < len(line.tokens) and self.is_literal(line.tokens[behind + 1 :]))

    def is_literal(self, tokens: list[Token]) -> bool:
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


def begins_block(line: Line) -> bool:
    """Whether the line begins a loop, a branch or another block."""
    first = line.tokens[0]
    return first.kind == "name" and first.text in BLOCKS and find(line.tokens, frozenset(":")) < len(line.tokens)
