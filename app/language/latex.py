"""LaTeX of a program's nodes, as a textbook writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from app.language.constants import constant_text
from app.language.latex_names import latex_name, latex_number
from app.language.latex_templates import FRACTION, Template, template_of, tensor_form
from app.language.notation import call_segments
from app.language.parser import parse_unfolded
from app.language.positions import Positions
from app.language.printer import ATOM, BRACKETED, LOOSEST, Segments, Slot, Written, print_node
from app.language.program import Function, Program
from app.language.vocabulary import CODE_MASK, CONSTANT, DIVIDE, MULTIPLY, NEGATE, OWN_CALL, POWER, PRODUCT_PRECEDENCE

_WORD = re.compile(r"\\math(?:rm|bf)\{[^{}]{2}")
_TALL = ("frac", "begin", "sqrt")


class Latex:
    r"""The style of LaTeX for one program.

    labels    node -> what it is called, in plain text; a label that begins with `#` is printed as it is
    closed    nodes that are written by their label wherever they are operands
    tensors   nodes that are tensors: bold names, ⊙ between two of them, a norm where a loss of numbers has a square
    textbook  also rearrange products and signs as in a table of derivatives: `(1 - f) f`, `-\frac{f}{y}`
    """

    def __init__(
        self,
        program: Program,
        labels: Mapping[int, str],
        closed: Collection[int] = (),
        *,
        tensors: Collection[int] = (),
        textbook: bool = False,
    ) -> None:
        self._program = program
        self._labels = labels
        self._closed = closed
        self._tensors = tensors
        self._textbook = textbook
        self._positions = Positions(program.prepared)
        self._constants: dict[int, Written] = {}
        self._tall: set[int] | None = None

    def is_closed(self, node: int) -> bool:
        """Whether it is a leaf, a literal, or has a name of its own."""
        return self._program.first[node] < 0 or node in self._closed

    def closed(self, node: int) -> Written:
        """A label, or a literal as typed."""
        program = self._program
        if program.ops[node] == CONSTANT:
            if node not in self._constants:
                self._constants[node] = latex_constant(constant_text(program, ~program.first[node], self._positions))
            return self._constants[node]
        label = self._labels[node]
        return Written([label if label.startswith("#") else latex_name(label, tensor=node in self._tensors)], ATOM)

    def opened(self, node: int) -> Written:
        """The operation's template; products without a sign where that reads as one."""
        program = self._program
        if program.first[node] < 0:
            return self.closed(node)
        code, operands = program.ops[node] & CODE_MASK, program.operands(node)
        if code == OWN_CALL:
            function = program.calls[node]
            head = latex_name(function.name) + r"\left("
            return Written(call_segments(head, operands[: len(function.parameters)], r"\right)"), ATOM)
        if code == MULTIPLY and not self._has_tensor_form(code, operands):
            return self._product(*operands)
        if code == DIVIDE and not self._has_tensor_form(code, operands) and (fraction := self._fraction(*operands)):
            return fraction
        return Written(self._filled_template(node, code, operands), self._template(code, operands).precedence)

    def brackets(self, node: int) -> tuple[str, str]:
        """Round brackets, growing ones around what is tall."""
        return (r"\left(", r"\right)") if node in self._tall_nodes() else ("(", ")")

    def _has_tensor_form(self, code: int, operands: Sequence[int]) -> bool:
        return bool(self._tensors) and tensor_form(code, [operand in self._tensors for operand in operands])

    def _template(self, code: int, operands: Sequence[int]) -> Template:
        return template_of(code, tensors=self._has_tensor_form(code, operands))

    def _filled_template(self, node: int, code: int, operands: tuple[int, ...]) -> Segments:
        operation = self._program.operation(node)
        assert operation is not None
        segments: Segments = []
        for piece in self._template(code, operands).pieces:
            if isinstance(piece, str):
                segments.append(piece)
            elif piece.name == "*":
                for position, operand in enumerate(operands):
                    segments += [", "] * (position > 0) + [Slot(operand, LOOSEST)]
            elif piece.name in operation.operands:
                operand = operands[operation.operands.index(piece.name)]
                inside = any(segments) and piece.need > LOOSEST
                segments.append(Slot(operand, BRACKETED if inside and self._starts_with_minus(operand) else piece.need))
            else:
                value = self._program.attributes(node).get(piece.name, operation.attributes[piece.name])
                several = isinstance(value, tuple)  # an index, counted from 0 as in the program
                segments.append(",".join(map(str, value)) if several else latex_number(f"{value:.6g}"))
        return segments

    def _fraction(self, top: int, bottom: int) -> Written | None:
        r"""A quotient that is written otherwise than the template: `\tfrac{1}{2}`, in textbooks `-\frac{f}{y}`."""
        program = self._program
        below: Segments = [Slot(bottom, LOOSEST), "}"]
        if self._textbook and program.ops[top] & CODE_MASK == NEGATE:
            return Written([r"-\frac{", Slot(program.first[top], LOOSEST), "}{", *below], PRODUCT_PRECEDENCE)
        if self._textbook and program.ops[top] == CONSTANT and self._starts_with_minus(top):
            size = str(self.closed(top).segments[0]).removeprefix("-")
            return Written([rf"-\frac{{{size}}}{{", *below], PRODUCT_PRECEDENCE)
        if program.ops[top] == program.ops[bottom] == CONSTANT:
            return Written([r"\tfrac{", Slot(top, LOOSEST), "}{", *below], FRACTION)
        return None

    def _product(self, left: int, right: int) -> Written:
        need = BRACKETED if self._starts_with_minus(right) else PRODUCT_PRECEDENCE + 1
        one, other = Slot(left, PRODUCT_PRECEDENCE), Slot(right, need)
        named = self.is_closed(left) and self._program.ops[left] != CONSTANT
        sign = " "
        if named and self._precedence(right) < need:
            if self._textbook:
                one, other = other, one
            else:
                sign = r" \cdot "  # `x (y + 1)` would read as a call
        elif self._digits_meet(left, right):
            sign = r" \cdot "
        elif self._is_word(left) or self._is_word(right):
            sign = r"\,"
        return Written([one, sign, other], PRODUCT_PRECEDENCE)

    def _digits_meet(self, left: int, right: int) -> bool:
        r"""Whether two numbers would stand side by side: `x \cdot 2`, `x \cdot 2^{y}`, `2 \cdot \frac{1}{3}`."""
        ops, first = self._program.ops, self._program.first
        if ops[right] == CONSTANT:
            text = str(self.closed(right).segments[0])
            return text[0] in "0123456789.-" or text.startswith(r"\tfrac")
        if self.is_closed(right):
            return False
        code = ops[right] & CODE_MASK
        if code == POWER and ops[first[right]] == CONSTANT:
            return True
        return ops[left] == CONSTANT and template_of(code).precedence == FRACTION

    def _is_word(self, node: int) -> bool:
        return self.is_closed(node) and _WORD.match(str(self.closed(node).segments[0])) is not None

    def _precedence(self, node: int) -> int:
        if self.is_closed(node):
            return self.closed(node).precedence
        return self._template(self._program.ops[node] & CODE_MASK, self._program.operands(node)).precedence

    def _starts_with_minus(self, node: int) -> bool:
        while not self.is_closed(node):
            code = self._program.ops[node] & CODE_MASK
            if code == NEGATE:
                return True
            if code != MULTIPLY:
                return False
            node = self._program.first[node]
        return str(self.closed(node).segments[0]).startswith("-")

    def _tall_nodes(self) -> set[int]:
        """Nodes whose text is higher than a line, found once, operands before users."""
        if self._tall is None:
            self._tall = set()
            for node in range(len(self._program.ops)):
                if self.is_closed(node):
                    continue
                pieces = self._template(self._program.ops[node] & CODE_MASK, self._program.operands(node)).pieces
                tall = any(isinstance(piece, str) and any(sign in piece for sign in _TALL) for piece in pieces)
                if tall or any(operand in self._tall for operand in self._program.operands(node)):
                    self._tall.add(node)
        return self._tall


def latex_definition(function: Function) -> str:
    r"""A definition as LaTeX: `\mathrm{neuron}\left(w, x, b\right) = \sigma\left(w x + b\right)`."""
    body = function.body
    style, root = Latex(body, body.leaves), body.roots[0]
    parameters = ", ".join(map(latex_name, function.parameters))
    formula, _ = print_node(style, root, closed_root=style.is_closed(root))
    return rf"{latex_name(function.name)}\left({parameters}\right) = {formula}"


def latex_constant(text: str) -> Written:
    r"""A literal as typed, as LaTeX: `1/2` gives `\tfrac{1}{2}`, `2e3` gives `2 \cdot 10^{3}`."""
    program = parse_unfolded(text)
    root = program.roots[-1]
    if program.first[root] >= 0:
        style = _Literals(program, {})
        written = style.opened(root)
        return Written([print_node(style, root)[0]], written.precedence)
    if text[0].isalpha():
        name, bracket, sizes = text.partition("(")  # `zeros(2, 3)` is one constant
        return Written([latex_name(name.strip()) + bracket + sizes], ATOM)
    number = latex_number(text)
    return Written([number], PRODUCT_PRECEDENCE if "cdot" in number else ATOM)


class _Literals(Latex):
    """The style of what is inside one literal."""

    def closed(self, node: int) -> Written:
        """One number or one constant's name."""
        text = constant_text(self._program, ~self._program.first[node], self._positions)
        return Written([latex_name(text) if text[0].isalpha() else latex_number(text)], ATOM)
