"""What stands open in an expression of Python: brackets, calls, and `a if c else b`."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.language.python_tokens import Token, find
from app.language.translation import Notes, Rope

MISSING = "_"
"""The name that stands where a mistake leaves no operand."""


@dataclass(slots=True)
class Frame:
    """Something that stands open in an expression.

    kind      "text" (the whole), "call", "bracket", "wrapper", "condition" or "else"
    operation name of ours that a call calls, "" for any other; count: its operands so far
    value     of a condition, the rope before `if`; of `else` the rope of the condition as well
    segment, primary   places in the rope where the present operand, and its last factor, begin
    """

    kind: str
    start: int
    rope: Rope = field(default_factory=list)
    operation: str = ""
    count: int = 0
    value: Rope = field(default_factory=list)
    condition: Rope = field(default_factory=list)
    segment: int = 0
    primary: int = 0
    complete: bool = False
    ends: str = ")"


class Frames:
    """The frames of one expression, the outermost first."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.frames: list[Frame] = []

    def _complain(self, code: str, message: str, token: Token, hint: str) -> None:
        self.notes.complain(code, message, token.start, token.end, hint)

    def _open(self, frame: Frame, opening: str, start: int, end: int) -> None:
        frame.rope.append((opening, start, end))
        frame.segment = frame.primary = 1
        self.frames.append(frame)

    def _close(self, start: int, end: int) -> None:
        frame = self.frames.pop()
        if frame.rope and frame.rope[-1][0] == ", " and frame.kind != "text":
            frame.rope.pop()  # `f(x, )`
        frame.rope.append((frame.ends, start, end))
        outer = self.frames[-1]
        outer.rope.append(frame.rope)
        outer.complete = True

    def _condition(self, token: Token) -> None:
        frame = self.frames[-1]
        value = frame.rope[frame.segment :]
        del frame.rope[frame.segment :]
        if not frame.complete:
            self._complain("python", "`if` needs a value before it here.", token, "Write it as in `a if c else b`.")
            value = [(MISSING, token.start, token.end)]
        frame.complete = False
        self.frames.append(Frame("condition", token.start, value=value))

    def _else(self, token: Token) -> None:
        while self.frames[-1].kind == "else":
            self._end_else(token.start)
        frame = self.frames[-1]
        if frame.kind != "condition":
            self._complain("python", "This `else` has no `if` before it.", token, "Write it as in `a if c else b`.")
            return
        frame.kind, frame.condition = "else", frame.rope
        frame.rope, frame.complete, frame.segment, frame.primary = [], False, 0, 0

    def _end_else(self, end: int) -> None:
        frame = self.frames.pop()
        start = start_of(frame.value)
        if not frame.complete:
            frame.rope.append((MISSING, end, end))
        outer = self.frames[-1]
        outer.primary = len(outer.rope)
        outer.rope.append(
            [
                ("where(", start, start),
                frame.condition,
                (", ", start, start),
                frame.value,
                (", ", frame.start, frame.start),
                frame.rope,
                (")", end, end),
            ]
        )
        outer.complete = True

    def _end_conditions(self, end: int) -> None:
        while self.frames[-1].kind in ("condition", "else"):
            frame = self.frames[-1]
            if frame.kind == "condition":
                self.notes.complain(
                    "python",
                    "This `if` has no `else`.",
                    frame.start,
                    frame.start + 2,
                    "Write it as in `a if c else b`.",
                )
                frame.kind, frame.condition, frame.rope, frame.complete = "else", frame.rope, [], False
            self._end_else(end)


def is_sign(tokens: list[Token], at: int, text: str) -> bool:
    return at < len(tokens) and tokens[at].kind == "sign" and tokens[at].text == text


def behind_bracket(tokens: list[Token], at: int) -> int:
    depth = 0
    while at < len(tokens):
        text = tokens[at].text if tokens[at].kind == "sign" else ""
        depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
        at += 1
        if depth <= 0:
            break
    return at


def start_of(rope: Rope) -> int:
    """Where the first piece of a rope begins."""
    item = rope
    while isinstance(item, list):
        if not item:
            return 0
        item = item[0]
    return int(item[1])


def along_first(tokens: list[Token], at: int) -> bool:
    """Whether a list is all that a call is given, or a new first axis besides."""
    close = find(tokens, frozenset("]"), at + 1)
    rest = [token.text for token in tokens[close + 1 : close + 6]]
    return rest[:1] == [")"] or (
        rest[:1] == [","] and rest[1:2] in (["axis"], ["dim"]) and rest[2:5] == ["=", "0", ")"]
    )
