r"""Functions and macros in LaTeX: `\frac`, `\sqrt`, powers, `\sin^2 x`, `\log_{2}(x)`, calls of one's own functions."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import quoted
from app.language.latex_reader import Argument, Frame, LatexReader
from app.language.latex_scripts import is_transposed
from app.language.latex_tokens import Token
from app.language.latex_words import COMMAND_FUNCTIONS, INVERSES, OPENERS
from app.language.translation import Rope, brief
from app.operations import REGISTRY

Build = Callable[[list[Argument], int], None]

_NO_OPERAND = frozenset((")", "]", "}", r"\}", ",", ";", "=", "&", r"\\", r"\right", "+", "*", "/", "^", "_", "<", ">"))


def macro(reader: LatexReader, token: Token, count: int, build: Build) -> None:
    """Opens a macro that takes so many arguments; `build` gets them, with where the last one ends."""
    frame = reader.open("macro", token.start)

    def finish(_frame: Frame, _start: int, end: int) -> None:
        build(frame.arguments, end)

    frame.finish = finish
    _next_argument(reader, frame, count, token)


def _next_argument(reader: LatexReader, frame: Frame, count: int, token: Token) -> None:
    """Opens the next argument of the macro that is the innermost frame."""

    def finish(argument: Frame, _start: int, end: int) -> None:
        frame.arguments.append((argument.rope, argument.start, end))
        if len(frame.arguments) == count:
            reader.close(end, end)
        else:
            _next_argument(reader, frame, count, token)

    following = reader.peek()
    reader.top.complete = False
    if reader.is_text("{"):
        reader.at += 1
        argument = reader.open("argument", following.start, closers=("}",))
    else:
        argument = reader.open("argument", following.start)
        argument.one = True
        if following.kind == "newline" or (following.kind != "letter" and following.text in _NO_OPERAND):
            reader.complain(
                "missing-operand",
                f"{quoted(token.text)} needs {'an operand' if count == 1 else f'{count} operands'}.",
                token,
                hint=f"Write {'one' if count == 1 else 'them'} in braces behind it.",
            )
            argument.rope.append(("_", token.start, token.end))
            reader.end_operand(token.end)
    argument.finish = finish


def fraction(reader: LatexReader, token: Token) -> None:
    r"""`\frac{a}{b}`, `\frac12`."""

    def build(arguments: list[Argument], end: int) -> None:
        (top, start, top_end), (bottom, bottom_start, bottom_end) = arguments
        reader.top.rope.append(
            [
                ("((", token.start, start + 1),
                top,
                (")", top_end - 1, top_end),
                ("/", top_end, top_end),
                ("(", bottom_start, bottom_start + 1),
                bottom,
                (")", bottom_end - 1, bottom_end),
                (")", end, end),
            ]
        )
        reader.end_operand(end)

    if _is_derivative(reader):
        derivative(reader, token)
        return
    reader.begin_operand(token.start)
    macro(reader, token, 2, build)


def _is_derivative(reader: LatexReader) -> bool:
    r"""`\frac{dL}{dw}`, `\frac{\partial L}{\partial w}`, `\frac{d}{dx}`."""
    top, bottom = reader.at, reader.group_end(reader.at)
    if "d" in reader.words:
        return False
    if not reader.is_text("{") or bottom >= len(reader.tokens) or reader.tokens[bottom].text != "{":
        return False
    signs = [_differential(reader, top), _differential(reader, bottom)]
    if signs == ["partial", "partial"]:
        return True
    below = reader.group_end(bottom) - bottom - 2
    return signs == ["d", "d"] and below >= 2 and reader.tokens[bottom + 2].text not in ("+", "-", "_", "^", "}")


def _differential(reader: LatexReader, at: int) -> str:
    texts = [token.text for token in reader.tokens[at + 1 : at + 5]]
    if texts[:1] == [r"\partial"]:
        return "partial"
    return "d" if texts[:1] == ["d"] or texts[:3] == [r"\mathrm", "{", "d"] else ""


def derivative(reader: LatexReader, token: Token) -> None:
    """A derivative is not read: it is what the graph works out."""
    reader.at = reader.group_end(reader.group_end(reader.at))
    last = reader.peek(-1)
    reader.complain(
        "derivative",
        "This is a derivative; derivatives are what the graph works out.",
        token,
        last,
        "Write the formula that is differentiated; its gradients appear on the graph.",
    )
    reader.stand_in(token.start, last.end)


def root(reader: LatexReader, token: Token) -> None:
    r"""`\sqrt{x}`, `\sqrt[3]{x}`, `\sqrt[n]{x}`."""
    reader.begin_operand(token.start)
    if not reader.is_text("["):
        macro(reader, token, 1, lambda arguments, end: _root(reader, token, None, arguments[0], end))
        return
    reader.at += 1
    reader.open("macro", token.start)
    index = reader.open("bracket", reader.peek(-1).start, closers=("]",))

    def finish_index(frame: Frame, _start: int, end: int) -> None:
        reader.frames.pop()
        at: Argument = (frame.rope, frame.start, end)
        macro(reader, token, 1, lambda arguments, behind: _root(reader, token, at, arguments[0], behind))

    index.finish = finish_index


def _root(reader: LatexReader, token: Token, index: Argument | None, argument: Argument, end: int) -> None:
    inside, start, _ = argument
    degree = "2" if index is None else brief(index[0])
    if degree in ("2", "3"):
        name = "sqrt(" if degree == "2" else "cbrt("
        reader.top.rope.append([(name, token.start, start), inside, (")", max(end - 1, start), end)])
    else:
        assert index is not None
        rope, first, last = index
        reader.top.rope.append(
            [
                ("((", token.start, start),
                inside,
                (")^(1/(", first, first + 1),
                rope,
                ("))", last, last),
                (")", end, end),
            ]
        )
    reader.end_operand(end)


def power(reader: LatexReader, token: Token) -> None:
    """`^` behind an operand."""
    behind = reader.group_end(reader.at)
    superscript = [one.text for one in reader.tokens[reader.at : min(behind, reader.at + 3)]]
    if reader.top.complete and is_transposed(reader, [text for text in superscript if text not in ("{", "}")]):
        reader.at = behind
        reader.emit(".T", token.start, reader.peek(-1).end)
        reader.end_operand(reader.peek(-1).end)
        reader.top.is_matrix = True
        return
    if reader.top.slash >= 0 and reader.top.complete:
        reader.top.factor = min(reader.top.factor, token.start)
    reader.top.complete = True

    def build(arguments: list[Argument], end: int) -> None:
        inside, start, _ = arguments[0]
        reader.top.rope.append([("^", token.start, token.end), ("(", start, start), inside, (")", end, end)])
        reader.end_operand(end)

    macro(reader, token, 1, build)


def begin_call(reader: LatexReader, name: str, token: Token) -> None:
    r"""A function whose name is read: its exponent, base or setting, then its operand."""
    reader.begin_operand(token.start)
    if not (reader.is_text("^") or reader.is_text("_")):
        _operand(reader, name, token, None, None)
        return
    holder: dict[str, Argument] = {}

    def take(sign: str) -> None:
        def build(arguments: list[Argument], _end: int) -> None:
            holder[sign] = arguments[0]
            following = reader.peek()
            if following.text in ("^", "_") and following.kind == "sign" and following.text not in holder:
                reader.at += 1
                take(following.text)
            else:
                _operand(reader, name, token, holder.get("^"), holder.get("_"))

        macro(reader, token, 1, build)

    sign = reader.peek().text
    reader.at += 1
    take(sign)


def _operand(reader: LatexReader, name: str, token: Token, exponent: Argument | None, below: Argument | None) -> None:
    """Opens the operand of a function: brackets, or the factors that follow."""
    text = brief(exponent[0]) if exponent else ""
    if text == "-1" and name in INVERSES:
        name, exponent = INVERSES[name], None
        reader.notes.remark(
            "inverse-function", f"This is read as `{name}`, the inverse function.", token.start, token.end
        )
    base = brief(below[0], 5) if below else ""  # `-1, 1`
    setting, divisor = "", None
    if name == "log" and base in ("2", "10"):
        name = f"log{base}"
    elif name == "log" and base == "e":
        pass
    elif name == "log" and below:
        divisor = below
    elif below and len(base.split(",")) <= len(REGISTRY[name].attributes):
        setting = _settings(list(REGISTRY[name].attributes), base)
    elif below:
        reader.notes.complain(
            "subscript",
            f"{quoted(token.text)} has no subscript here.",
            below[1],
            below[2],
            "Write its operands in brackets.",
        )

    def finish(frame: Frame, start: int, end: int) -> None:
        rope: Rope = [frame.rope]
        if setting and below:
            rope += [(setting, below[1], below[1]), *([] if "," in base else [below[0]])]
        rope.append((")", start, end))
        if divisor:
            rope = [
                ("(", token.start, token.start),
                rope,
                ("/log(", divisor[1], divisor[1]),
                divisor[0],
                ("))", end, end),
            ]
        if exponent:
            rope += [("^(", exponent[1], exponent[1]), exponent[0], (")", end, end)]
        reader.top.rope.append(rope)
        reader.end_operand(end)

    open_operand(reader, name, token).finish = finish


def _settings(names: list[str], base: str) -> str:
    """A subscript as settings in their order: one stands behind what this ends with, several are written by it."""
    if "," not in base:
        return f", {names[0]}="
    return "".join(f", {name}={value}" for name, value in zip(names, base.split(","), strict=False) if value)


def open_operand(reader: LatexReader, name: str, token: Token) -> Frame:
    """The frame for a function's operand, with `name(` written."""
    following, name_end = reader.peek(), reader.peek(-1).end
    closers: tuple[str, ...] = ()
    if following.kind != "letter":
        if reader.is_text(r"\left"):
            reader.at += 2
            closers = (r"\right",)
        elif following.text == "{":
            reader.at += 1
            closers = ("}",)
        elif following.text in OPENERS and OPENERS[following.text][0] == "(":
            reader.at += 1
            closers = OPENERS[following.text][1]
    frame = reader.open("bracket" if closers else "bare", token.start, "", ")", closers)
    reader.emit(name, token.start, name_end)
    reader.emit("(", name_end, reader.peek(-1).end)
    frame.is_call = True
    if not closers and (following.kind == "newline" or (following.kind != "letter" and following.text in _NO_OPERAND)):
        shown = token.text if token.text in COMMAND_FUNCTIONS else name
        hint = f"Write it as in {quoted(shown + '(x)')}."
        reader.complain("missing-operand", f"{quoted(shown)} needs an operand.", token, hint=hint)
        frame.rope.append(("_", token.end, token.end))
        frame.complete = True
    return frame


def own_call(reader: LatexReader, name: str, token: Token) -> None:
    """A function of the text's own before its bracket."""
    reader.begin_operand(token.start)
    open_operand(reader, name, token)
