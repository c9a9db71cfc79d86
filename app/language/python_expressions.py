"""Expressions of Python in our notation: prefixes of libraries dropped, methods and conditions turned into calls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from app.errors import quoted
from app.language.names import TRUTHS
from app.language.python_frames import MISSING, Frame, Frames, along_first, behind_bracket, is_sign, start_of
from app.language.python_tokens import Token, find
from app.language.python_words import (
    ATTRIBUTE_OF,
    CONSTANTS,
    DROPPED_MEMBERS,
    DROPPED_METHODS,
    FUNCTION_OF,
    KEYWORDS,
    TENSOR_FUNCTIONS,
    WRAPPERS,
)
from app.language.translation import Notes, Rope
from app.operations import REGISTRY

_SIGNS = {
    "**": "^",
    "+": " + ",
    "-": " - ",
    "*": " * ",
    "/": " / ",
    "<": " < ",
    ">": " > ",
    "<=": " <= ",
    ">=": " >= ",
    "==": " == ",
    "!=": " != ",
    "@": " @ ",
}
_OTHERWISE = {
    "//": "Write `floor(a / b)`.",
    "%": "Write `mod(a, b)` for the remainder.",
    "^": "Write `**` for a power.",
    "&": "Write one condition in each `where(c, a, b)`.",
    "|": "Write one condition in each `where(c, a, b)`.",
    ":=": "Give the name on a line of its own.",
    "~": "Remove it.",
    "!": "Remove it.",
}
_TOLD = "told"
_OF_LISTS = frozenset(("concat", "zeros", "ones"))
"""Functions that Python gives one list or tuple, and we its entries."""
_BEYOND = 100
"""Operands of a call that has settings by name: none follows by its place."""


class Expressions(Frames):
    """Turns expressions into our notation, with what the text says of its names.

    modules      names that stand for a library
    functions    functions of the text's own -> what they are called here
    name_of      the name here of a name there, at this moment
    elsewhere    functions of the text: those that are not under `functions` are written where a line calls them
    """

    def __init__(
        self,
        notes: Notes,
        modules: set[str],
        functions: Mapping[str, str],
        name_of: Callable[[Token], str],
        elsewhere: Collection[str] = (),
    ) -> None:
        super().__init__(notes)
        self.modules = modules
        self.functions = functions
        self.name_of = name_of
        self.elsewhere = elsewhere
        self.at = 0

    def read(self, tokens: list[Token]) -> Rope:
        """The expression that the tokens are."""
        self.frames = [Frame("text", tokens[0].start if tokens else 0)]
        self.at = 0
        end = tokens[-1].end if tokens else 0
        while self.at < len(tokens):
            token = tokens[self.at]
            self.at += 1
            if token.kind == "number":
                self._number(token)
            elif token.kind == "string":
                self._complain("text-value", "A text is no number.", token, "Remove it.")
                self._operand(MISSING, token)
            elif token.kind == "name":
                self._name(token, tokens)
            else:
                self._sign(token, tokens)
        self._end_conditions(end)
        while len(self.frames) > 1:
            frame = self.frames[-1]
            self.notes.complain(
                "unclosed-bracket",
                "This bracket is never closed.",
                frame.start,
                frame.start + 1,
                "Add `)` where it ends.",
            )
            self._close(end, end)
            self._end_conditions(end)
        return self.frames[0].rope

    def _operand(self, text: str, token: Token, end: int = -1) -> None:
        frame = self.frames[-1]
        if frame.complete:
            frame.rope.append((" ", token.start, token.start))
        frame.primary = len(frame.rope)
        frame.rope.append((text, token.start, end if end >= 0 else token.end))
        frame.complete = True

    def _number(self, token: Token) -> None:
        text = token.text.replace("_", "")
        if text[-1] in "jJ" or text[:2].lower() in ("0x", "0b", "0o"):
            self._complain(
                "number", f"{quoted(token.text)} is no number that is read here.", token, "Write it as in `2.5`."
            )
            text = "1"
        self._operand(text, token)

    def _name(self, token: Token, tokens: list[Token]) -> None:
        text, last = token.text, token
        frame = self.frames[-1]
        if text == "if":
            self._condition(token)
            return
        if text == "else":
            self._else(token)
            return
        if text in KEYWORDS:
            self._keyword(token)
            return
        dotted = text in self.modules
        while (
            dotted
            and is_sign(tokens, self.at, ".")
            and self.at + 1 < len(tokens)
            and tokens[self.at + 1].kind == "name"
        ):
            last = tokens[self.at + 1]
            self.at += 2
        if is_sign(tokens, self.at, "=") and frame.kind in ("call", "wrapper") and not frame.complete and last is token:
            self._keyword_argument(token, tokens)
        elif is_sign(tokens, self.at, "("):
            self._call(token, last, tokens)
        elif dotted and last is not token and last.text in CONSTANTS:
            self._operand(CONSTANTS[last.text], token, last.end)
        elif dotted and last is not token:
            self.notes.complain(
                "unknown-operation",
                f"There is no number {quoted(last.text)}.",
                token.start,
                last.end,
                "Write its value.",
            )
            self._operand(MISSING, token, last.end)
        else:
            self._operand(self.name_of(token), token)

    def _keyword(self, token: Token) -> None:
        text = token.text
        hints = {
            "for": "Write out each line of the loop.",
            "lambda": "Give the function a line of its own.",
            "and": "Write one condition in each `where(c, a, b)`.",
            "or": "Write one condition in each `where(c, a, b)`.",
            "not": "Turn the comparison round.",
        }
        self._complain(
            "python", f"{quoted(text)} has no meaning in a formula.", token, hints.get(text, "Write a number.")
        )
        if text in ("None", "True", "False"):
            self._operand(MISSING, token)
        elif self.frames[-1].complete:
            self.frames[-1].rope.append((" + ", token.start, token.end))
            self.frames[-1].complete = False

    def _keyword_argument(self, token: Token, tokens: list[Token]) -> None:
        """`slope=0.1` in a call; what is no setting of the operation is passed over."""
        frame = self.frames[-1]
        attribute = ATTRIBUTE_OF.get(token.text, token.text)
        operation = REGISTRY.get(frame.operation)
        if operation is not None and attribute in operation.attributes:
            self.at += 1
            frame.rope.append((f"{attribute}=", token.start, token.end))
            frame.count = _BEYOND
            if self.at < len(tokens) and tokens[self.at].text in TRUTHS:
                self._operand(tokens[self.at].text, tokens[self.at])
                self.at += 1
            return
        depth = 0
        while self.at < len(tokens):
            text = tokens[self.at].text
            if depth == 0 and text in (",", ")"):
                break
            depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
            self.at += 1
        if is_sign(tokens, self.at, ",") and not frame.count:
            self.at += 1  # `f(dim=0, x)`
        elif frame.count:
            frame.complete = True

    def _call(self, token: Token, last: Token, tokens: list[Token]) -> None:
        """A name before a bracket."""
        name = last.text
        self.at += 1
        frame = self.frames[-1]
        if frame.complete:
            frame.rope.append((" ", token.start, token.start))
        frame.primary = len(frame.rope)
        own = self.functions.get(name) if last is token else None
        if own is None and name in WRAPPERS and name not in FUNCTION_OF:
            self._open(Frame("wrapper", token.start), "(", token.start, last.end)
            return
        if own is None and name in TENSOR_FUNCTIONS:
            self.notes.complain(
                "needs-tensors",
                f"{quoted(name)} is not among the operations.",
                token.start,
                last.end,
                "Write it out for single numbers.",
            )
            self._open(Frame("wrapper", token.start, operation=_TOLD), "(", token.start, last.end)
            return
        if own is None and last is token and name in self.elsewhere:
            self.notes.complain(
                "function-of-several-lines",
                f"{quoted(name)} has several lines, so it can be called once, alone on a line.",
                token.start,
                last.end,
                f"Write it as in {quoted(f'y = {name}(…)')}, or make it one `return`.",
            )
            self._open(Frame("wrapper", token.start), "(", token.start, last.end)
            return
        ours = own or FUNCTION_OF.get(name, name)
        call = Frame("call", token.start, operation=ours)
        if own is None and name == "stack" and is_sign(tokens, self.at, "[") and along_first(tokens, self.at):
            self._open(Frame("wrapper", token.start), "(", token.start, last.end)  # its list is what it makes
            return
        self._open(call, f"{ours}(", token.start, last.end)
        if own is None and ours in _OF_LISTS and self.at < len(tokens) and tokens[self.at].text in ("(", "["):
            self._spread(tokens)

    def _spread(self, tokens: list[Token]) -> None:
        """`concatenate([a, b])`, `zeros((2, 3))`: what stands in the inner brackets are the operands."""
        opened = tokens[self.at]
        close = find(tokens, frozenset((")", "]")), self.at + 1)
        behind = tokens[close + 1].text if close + 1 < len(tokens) else ""
        if behind not in (")", ","):
            return  # a product that begins with a bracket
        self.at += 1
        inner = Frame("call", opened.start, operation=self.frames[-1].operation, ends="")
        self.frames.append(inner)

    def _sign(self, token: Token, tokens: list[Token]) -> None:
        text, frame = token.text, self.frames[-1]
        if text == "(":
            if frame.complete:
                self._complain(
                    "python", "A bracket behind a value is a call in Python.", token, "Write `*` for a product."
                )
                frame.rope.append((" * ", token.start, token.start))
                frame.complete = False
            frame.primary = len(frame.rope)
            self._open(Frame("bracket", token.start), "(", token.start, token.end)
        elif text in (")", "]", "}"):
            self._closing(token)
        elif text == "[":
            self._list(token, tokens)
        elif text == "{":
            self._tensor(token, "Braces hold no number here.")
        elif text == ",":
            self._comma(token, tokens)
        elif text == ".":
            self._member(token, tokens)
        elif text in _SIGNS:
            frame.rope.append((_SIGNS[text] if frame.complete else _SIGNS[text].strip(), token.start, token.end))
            frame.complete = False
        else:
            hint = _OTHERWISE.get(text, "Remove it.")
            self._complain("unknown-character", f"{quoted(text)} has no meaning in a formula here.", token, hint)
            if frame.complete and text in _OTHERWISE:
                frame.rope.append((" * ", token.start, token.end))
                frame.complete = False

    def _tensor(self, token: Token, message: str) -> None:
        self._complain("needs-tensors", message, token, "Write it out for single numbers.")
        if token.text == "{":
            self._open(Frame("bracket", token.start), "(", token.start, token.end)

    def _list(self, token: Token, tokens: list[Token]) -> None:
        """A list is a vector, behind a value an index; `torch.tensor([2.0])` is that number."""
        frame = self.frames[-1]
        close = find(tokens, frozenset("]"), self.at)
        alone = find(tokens, frozenset(","), self.at) >= close
        if frame.kind == "wrapper" and not frame.complete and alone and not is_sign(tokens, self.at, "["):
            self._open(Frame("wrapper", token.start), "(", token.start, token.end)
            return
        if not frame.complete:
            frame.primary = len(frame.rope)
        self._open(Frame("list", token.start, ends="]"), "[", token.start, token.end)

    def _comma(self, token: Token, tokens: list[Token]) -> None:
        self._end_conditions(token.start)
        frame = self.frames[-1]
        named = self.at + 1 < len(tokens) and tokens[self.at].kind == "name" and is_sign(tokens, self.at + 1, "=")
        if named and frame.kind in ("call", "wrapper"):
            name = tokens[self.at]
            operation = REGISTRY.get(frame.operation)
            frame.count += 1
            if operation is not None and ATTRIBUTE_OF.get(name.text, name.text) in operation.attributes:
                frame.rope.append((", ", token.start, token.end))
                frame.segment = len(frame.rope)
            frame.complete = False
            return
        if frame.kind in ("wrapper", "bracket"):
            if frame.operation != _TOLD:
                self._complain(
                    "needs-tensors", "Several numbers together are a list.", token, "Write them as in `[1, 2]`."
                )
            frame.operation = _TOLD
            frame.rope.append((" + ", token.start, token.end))
        else:
            frame.count += 1
            operation = REGISTRY.get(frame.operation)
            names = list(operation.attributes) if operation and not operation.variadic else []
            beyond = frame.count - len(operation.operands) if operation else -1
            frame.rope.append((", ", token.start, token.end))
            if 0 <= beyond < len(names) and operation:
                frame.rope.append((f"{names[beyond]}=", token.end, token.end))
        frame.segment = len(frame.rope)
        frame.complete = False

    def _closing(self, token: Token) -> None:
        self._end_conditions(token.start)
        if len(self.frames) == 1:
            self._complain("unopened-bracket", "This bracket was never opened.", token, "Remove it.")
            return
        self._close(token.start, token.end)

    def _member(self, token: Token, tokens: list[Token]) -> None:
        """`z.tanh()` is `tanh(z)`; `x.item()` and `x.data` are x."""
        frame = self.frames[-1]
        if self.at >= len(tokens) or tokens[self.at].kind != "name" or not frame.complete:
            self._complain("unknown-character", "The character `.` has no meaning here.", token, "Remove it.")
            return
        member = tokens[self.at]
        self.at += 1
        called = is_sign(tokens, self.at, "(")
        if member.text in DROPPED_MEMBERS and not called:
            return
        if member.text in ("T", "mT", "t") and called == (member.text == "t"):
            frame.rope.append((".T", token.start, member.end))
            self.at += 2 * called
            return
        if called and member.text in DROPPED_METHODS:
            self.at = behind_bracket(tokens, self.at)
        elif called and member.text in FUNCTION_OF:
            inside = frame.rope[frame.primary :]
            del frame.rope[frame.primary :]
            name = FUNCTION_OF[member.text]
            call = Frame("call", token.start, operation=name, count=1)
            start = start_of(inside)
            call.rope = [(f"{name}(", start, start), *inside]
            call.complete = True
            self.at += 1
            if is_sign(tokens, self.at, ")"):
                call.count = 0
            else:
                call.rope.append((", ", member.end, member.end))
                call.complete = False
            call.segment = call.primary = len(call.rope)
            self.frames.append(call)
        elif member.text == "grad":
            self._complain("derivative", "Gradients are what the graph works out.", member, "Remove this.")
        else:
            what = "method" if called else "member"
            needs = member.text in TENSOR_FUNCTIONS
            message = f"The {what} {quoted(member.text)} " + (
                "needs tensors." if needs else "is none that is read here."
            )
            self._complain(
                "needs-tensors" if needs else "unknown-operation", message, member, "Write it as a function."
            )
            if called:
                self.at = behind_bracket(tokens, self.at)
