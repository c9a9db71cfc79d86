"""The state of one reading of LaTeX: what stands open, and our notation as far as it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.language.latex_tokens import Token
from app.language.sizes import over_limit
from app.language.translation import Notes, Rope
from app.limits import Limits

_GROWTH = 4
"""Our notation is at most so many times longer than LaTeX without sums."""

STAND_IN = "_"
"""The name that stands where a mistake leaves no operand, so that reading goes on."""

Argument = tuple[Rope, int, int]
"""What stands between braces: in our notation, and where it begins and ends in the source."""


@dataclass(slots=True)
class Frame:
    """Something that stands open.

    kind      "text" (the bottom), "bracket", "group", "argument", "macro", "bare", "sum", "cases" or "cell"
    start     where it begins in the source
    rope      our notation of what is inside so far
    complete  whether an operand stands complete, so that an operator, or a product without a sign, can follow
    closers   signs that close it; "" for what ends by itself
    one       it ends with the first operand, as `x` in `\\frac x y`
    ends      what stands behind its rope in our notation
    finish    what to do with its rope once it is closed
    arguments, of a macro, as they are closed: rope, start, end
    is_square it is a square bracket; is_list: with commas in it, so that it is a list of numbers
    is_matrix the operand that stands complete is a matrix: written out, or transposed
    rows      of `cases`: the cells of each
    is_call   commas stand between its operands
    slash     source offset where the quotient begins whose divisor is being read, -1 outside of one
    factor    source offset where the last factor begins
    """

    kind: str
    start: int
    rope: Rope = field(default_factory=list)
    complete: bool = False
    closers: tuple[str, ...] = ()
    one: bool = False
    ends: str = ""
    finish: Callable[[Frame, int, int], None] | None = None
    arguments: list[Argument] = field(default_factory=list)
    slash: int = -1
    factor: int = -1
    is_call: bool = False
    is_square: bool = False
    is_list: bool = False
    is_matrix: bool = False
    rows: list[list[Argument]] = field(default_factory=list)


class LatexReader:
    """Everything a reading of LaTeX knows at one moment.

    tokens, at   the text and the place of the next token
    frames       what stands open, the outermost first
    match        brace that opens -> the one that closes it, by place; -1 for one that never closes
    jumps        place -> place to go on at: what stands between was read ahead
    words        names of several letters that the text itself defines; functions: those it defines
    index        name of a sum's index -> its present number
    display      how many environments such as `align` stand open
    target       whether this statement has its `=`
    """

    def __init__(self, source: str, tokens: list[Token], limits: Limits) -> None:
        self.notes = Notes(source, "latex")
        self.limits = limits
        self.tokens = tokens
        self.end = Token("newline", "\n", len(source), len(source), joined=False)
        self.at = 0
        self.frames = [Frame("text", 0)]
        self.match = _match_braces(tokens)
        self.jumps: dict[int, int] = {}
        self.words: set[str] = set()
        self.functions: set[str] = set()
        self.index: dict[str, int] = {}
        self.display = 0
        self.target = False
        self.statement = 0
        self.written = 0
        self.last_end = 0
        self.terms = 0

    # Tokens

    def peek(self, ahead: int = 0) -> Token:
        """The token at a distance from the next one."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else self.end

    def is_text(self, text: str, ahead: int = 0) -> bool:
        """Whether a sign or command with this text stands there."""
        token = self.peek(ahead)
        return token.text == text and token.kind != "letter"

    def group_end(self, at: int) -> int:
        """Place behind the group that begins at this place; of anything else, behind the token itself."""
        if at < len(self.tokens) and self.tokens[at].text == "{":
            return (self.match[at] if self.match[at] >= 0 else at) + 1
        return min(at + 1, len(self.tokens))

    def complain(
        self, code: str, message: str, first: Token, last: Token | None = None, hint: str | None = None
    ) -> None:
        """Notes a mistake between two tokens."""
        self.notes.complain(code, message, first.start, (last or first).end, hint)

    # Writing

    @property
    def top(self) -> Frame:
        """The innermost frame."""
        return self.frames[-1]

    def emit(self, text: str, start: int, end: int) -> None:
        """Writes a piece of our notation."""
        self.frames[-1].rope.append((text, start, end))
        self.written += len(text)
        if self.written > _GROWTH * self.limits.max_source_chars:
            raise over_limit(
                "program-too-long",
                "program with its sums written out",
                self.written,
                "characters or more",
                "max_source_chars",
                self.limits,
            )

    def count_terms(self, count: int) -> None:
        """Counts terms of sums before they are written. Raises UserError where there are more than nodes may be."""
        self.terms += count
        if self.terms > self.limits.max_nodes:
            raise over_limit("too-many-nodes", "program", self.terms, "terms in its sums", "max_nodes", self.limits)

    def begin_operand(self, start: int, *, is_matrix: bool = False) -> None:
        """An operand begins: behind a complete one it is a factor, of a matrix product where one is a matrix."""
        frame = self.frames[-1]
        if frame.complete:
            if frame.slash >= 0:
                self._remark_quotient(frame, start)
            number = isinstance(frame.rope[-1], tuple) and frame.rope[-1][0][:1].isdigit()
            self.emit("@" if (frame.is_matrix or is_matrix) and not number else "*", start, start)
            frame.complete = False
        frame.is_matrix = False
        frame.factor = start

    def end_operand(self, end: int) -> None:
        """An operand ends here in the innermost frame."""
        self.last_end = end
        self.frames[-1].complete = True

    def settle(self) -> None:
        """Closes the frames that end with one operand, now that they have it."""
        while self.frames[-1].one and self.frames[-1].complete:
            self.close(self.last_end, self.last_end)

    def stand_in(self, start: int, end: int) -> None:
        """Writes a name where a mistake leaves no operand."""
        self.begin_operand(start)
        self.emit(STAND_IN, start, end)
        self.end_operand(end)

    def open(self, kind: str, start: int, opening: str = "", ends: str = "", closers: tuple[str, ...] = ()) -> Frame:
        """Opens a frame at the token just read, with what stands around its content in our notation."""
        frame = Frame(kind, start, closers=closers, ends=ends)
        self.frames.append(frame)
        if opening:
            self.emit(opening, start, self.peek(-1).end if self.at else start)
        return frame

    def close(self, start: int, end: int) -> None:
        """Closes the innermost frame with the sign that stands between two offsets."""
        frame = self.frames.pop()
        if frame.finish is not None:
            frame.finish(frame, start, end)
            return
        if frame.is_list:
            text, first, behind = frame.rope[0]
            frame.rope[0] = (text[:-1] + "[", first, behind)
            if frame.rope[-1][0] == ", ":
                frame.rope.pop()
            frame.ends = "]"
        if frame.ends:
            frame.rope.append((frame.ends, start, end))
        self.frames[-1].rope.append(frame.rope)
        self.end_operand(end)

    def _remark_quotient(self, frame: Frame, start: int) -> None:
        end = self.peek(-1).end
        self.notes.remark(
            "ambiguous-product",
            "A factor behind a quotient multiplies all of it; write `\\frac{…}{…}` if it belongs below the line.",
            frame.slash,
            max(end, start),
        )
        frame.slash = -1


def _match_braces(tokens: list[Token]) -> list[int]:
    match = [-1] * len(tokens)
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text == "{":
            opened.append(at)
        elif token.text == "}" and opened:
            match[opened.pop()] = at
    return match
