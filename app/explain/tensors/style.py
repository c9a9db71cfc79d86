r"""Formulas with tensors in LaTeX: ⊙ between tensors multiplied entry by entry, ⊤ where a vector stands as a row.

A vector is a column. Where it meets a matrix row by row, or multiplies one from the left, it is turned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.explain.printed_tensors import Number, Shown, is_printable, print_value_whole, shape_latex
from app.explain.printing import Symbols
from app.language.folding import fold_tensors
from app.language.latex_names import latex_name
from app.language.latex_templates import POWER_PRECEDENCE
from app.language.parser import parse
from app.language.printer import ATOM, BRACKETED, LOOSEST, Segments, Slot, Written, print_node
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, CONSTANT, DIVIDE, MULTIPLY, POWER, PRODUCT_PRECEDENCE, STACK_PRECEDENCE
from app.limits import DEFAULT_LIMITS
from app.operations import Operation
from app.operations.shapes import Shape

_SIGN = STACK_PRECEDENCE[MULTIPLY] + 5
_SUMMED = PRODUCT_PRECEDENCE - 1
_TURNED = r"^{\top}"
_OVER: Mapping[str, tuple[str, str, str, str]] = {
    "half_sse": (r"\tfrac{1}{2}\left\lVert ", "t", "y", r"\right\rVert^{2}"),
    "mse": (r"\tfrac{1}{#n}\left\lVert ", "y", "t", r"\right\rVert^{2}"),
}
"""Losses that are the length of a difference: what stands before it, its two operands, what stands behind."""
_LAST_NAME = re.compile(
    r"(\\(?:sum|prod|max|min)|\\mathrm\{\w+\})(?!.*(?:\\sum|\\prod|\\max|\\min|\\mathrm))", re.DOTALL
)
_BRACKETED_MATRIX = re.compile(r"\\left\((\\begin\{bmatrix\}(?:(?!\\end).)*\\end\{bmatrix\})\\right\)(?!\^)")
_NEGATIVE = re.compile(r"\\frac\{-(\d+)\}\{(\d+)\}")
_FILLED = {"ones": r"\mathbf{1}", "zeros": r"\mathbf{0}", "eye": "I"}


class TensorSymbols(Symbols):
    """With names. `shapes` are those of all nodes; `latex` gives nodes a name of their own."""

    def __init__(
        self, program: Program, labels: Mapping[int, str], closed: Collection[int], shapes: Sequence[Shape],
        latex: Mapping[int, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(program, labels, closed)
        self.shapes = shapes
        self._latex = latex or {}

    def is_closed(self, node: int) -> bool:
        """Whether it is written by its name."""
        return node in self._latex or super().is_closed(node)

    def closed(self, node: int) -> Written:
        """Its name."""
        if node in self._latex:
            return Written([self._latex[node]], ATOM)
        found = super().closed(node)
        if self._program.ops[node] == CONSTANT:
            if negative := _NEGATIVE.fullmatch(str(found.segments[0])):
                return Written([rf"-\tfrac{{{negative[1]}}}{{{negative[2]}}}"], _SIGN)
            return self._constant(node, found)
        return found

    def opened(self, node: int) -> Written:
        """The operation; turned vectors, and what is summed along one axis, told apart."""
        program = self._program
        operation = program.operation(node)
        if operation is None:
            return super().opened(node)
        operands, code = program.operands(node), program.ops[node] & CODE_MASK
        ranks = [len(self.shapes[operand]) for operand in operands]
        if operation.name == "matmul":
            return self._matrix_product(operands, ranks)
        if operation.name == "outer":
            return Written([Slot(operands[0], ATOM), r"\,", *self._turned(operands[1])], PRODUCT_PRECEDENCE)
        if operation.name == "transpose" and ranks[0] < 2:
            return Written([Slot(operands[0], LOOSEST)], ATOM)
        if operation.name == "transpose":
            return Written(self._turned(operands[0]), ATOM)
        if code == POWER and ranks[0]:
            power = Slot(operands[1], LOOSEST)
            return Written([Slot(operands[0], POWER_PRECEDENCE + 1), r"^{\odot ", power, "}"], POWER_PRECEDENCE)
        if operation.name == "nll":
            rows = _size(self.shapes[operands[0]][:-1])
            share = rf"\tfrac{{1}}{{{rows}}} " if rows > 1 else ""
            logarithms, target = (Slot(one, PRODUCT_PRECEDENCE) for one in operands)
            inside: Segments = [target, r" \odot ", logarithms]
            return Written([rf"-{share}\sum \left(", *inside, r"\right)"], _SUMMED)
        if operation.over and any(ranks):
            return self._loss(operation, node, operands)
        written = super().opened(node)
        segments = self._rows(written.segments, node) if not operation.whole else written.segments
        if operation.name == "square" and ranks[0]:
            segments = [rf"{one}".replace("^{2}", r"^{\odot 2}") if isinstance(one, str) else one for one in segments]
        if operation.name != "concat":
            segments = _along(segments, program.attributes(node))
        loose = operation.name in ("sum", "prod")  # what stands behind a sum would be read as a part of it
        return Written(segments, _SUMMED if loose else written.precedence)

    def _constant(self, node: int, found: Written) -> Written:
        """A tensor that is written as a literal: 𝟏, 𝟎, I, or its entries."""
        value = self._program.value_in(~self._program.first[node])
        if value is None or not self.shapes[node] or not is_printable(self.shapes[node]):
            return found
        name = str(found.segments[0]).partition("(")[0].removeprefix(r"\mathrm{").removesuffix("}")
        return Written([_FILLED.get(name) or print_value_whole(value).latex], ATOM)

    def brackets(self, node: int) -> tuple[str, str]:
        """Growing brackets where a name is as tall as a quotient."""
        if any("frac" in name for name in self._latex.values()):
            return r"\left(", r"\right)"
        return super().brackets(node)

    def _product(self, left: int, right: int) -> Written:
        written = super()._product(left, right)
        first, sign, second = written.segments
        if self.shapes[left] and self.shapes[right]:
            sign = r" \odot "
        elif sign == " " and self._latex.keys() & {left, right}:
            sign = r"\,"  # behind a quotient or an index
        return Written([first, sign, second], written.precedence)

    def _matrix_product(self, operands: Sequence[int], ranks: Sequence[int]) -> Written:
        left, right = operands
        second = Slot(right, PRODUCT_PRECEDENCE + 1)
        if ranks[0] == 2:
            return Written([Slot(left, PRODUCT_PRECEDENCE), r"\,", second], PRODUCT_PRECEDENCE)
        product: Segments = [*self._turned(left), r"\,", second]
        if ranks[1] == 1:
            return Written(product, PRODUCT_PRECEDENCE)
        return Written([r"\left(", *product, r"\right)", _TURNED], ATOM)

    def _turned(self, node: int) -> Segments:
        """An operand transposed; a quotient in brackets, or its line would seem to be turned alone."""
        tall = "frac" in self._latex.get(node, "")
        return ["{", Slot(node, BRACKETED if tall else ATOM), "}" + _TURNED]

    def _loss(self, operation: Operation, node: int, operands: Sequence[int]) -> Written:
        if operation.name in _OVER:
            before, one, other, behind = _OVER[operation.name]
            first, second = (operands[operation.operands.index(name)] for name in (one, other))
            count = max(_size(self.shapes[first]), _size(self.shapes[second]))
            difference: Segments = [Slot(first, LOOSEST), " - ", Slot(second, LOOSEST + 20)]
            return Written([before.replace("#n", str(count)), *difference, behind], PRODUCT_PRECEDENCE)
        name = "mean" if operation.over == "mean" else "sum"
        return Written([rf"\mathrm{{{name}}}\left(", *super().opened(node).segments, r"\right)"], ATOM)

    def _rows(self, segments: Segments, node: int) -> Segments:  # noqa: ARG002  # only numbers are turned
        """Vectors that meet the rows of a matrix; in symbols they stand as they are."""
        return segments


class TensorNumbers(TensorSymbols):
    """With numbers and matrices in the place of names. `numbers` may be replaced between two formulas."""

    numbers: Mapping[int, Shown]

    def closed(self, node: int) -> Written:
        """The number or the matrix."""
        number = self.numbers.get(node)
        if number is None:
            return super().closed(node)
        binds = PRODUCT_PRECEDENCE if number.power else ATOM
        return Written([number.latex], min(binds, _SIGN) if number.latex.startswith("-") else binds)

    def opened(self, node: int) -> Written:
        """Quotients of tensors stand in one line: two matrices above each other would read as one."""
        program = self._program
        if program.ops[node] & CODE_MASK == DIVIDE and program.first[node] >= 0:
            top, bottom = program.operands(node)
            if self.shapes[bottom]:
                segments: Segments = [Slot(top, PRODUCT_PRECEDENCE), r" \oslash ", Slot(bottom, PRODUCT_PRECEDENCE + 1)]
                return Written(self._rows(segments, node), PRODUCT_PRECEDENCE)
        return super().opened(node)

    def brackets(self, node: int) -> tuple[str, str]:  # noqa: ARG002  # there is a matrix in almost every one
        """Growing ones."""
        return r"\left(", r"\right)"

    def _product(self, left: int, right: int) -> Written:
        written = super()._product(left, right)
        first, sign, second = written.segments
        if not self.shapes[left] and not self.shapes[right]:
            sign = r" \times "
        elif sign != r" \odot ":
            sign = r"\,"
        return Written([first, sign, second], written.precedence)

    def _rows(self, segments: Segments, node: int) -> Segments:
        found: Segments = []
        for one in segments:
            turned = isinstance(one, Slot) and len(self.shapes[one.node]) == 1 and len(self.shapes[node]) == 2
            found += self._turned(one.node) if turned and isinstance(one, Slot) else [one]
        return found


class TensorFormula:
    """A text of our language over tensors: as LaTeX with names, with matrices, and as a value.

    known   name -> its exact value         latex   name -> what it is called, where that is not its own name
    taken   names of constants, such as e, that stand for nodes of the program here
    """

    def __init__(
        self, text: str, known: Mapping[str, Number], latex: Mapping[str, str], taken: Collection[str] = ()
    ) -> None:
        self.text = text
        self.program = parse("\n".join([*(f"{name} = 1" for name in taken), text]))
        self.root = self.program.roots[-1]
        leaves = self.program.leaves
        read = {one for node in range(len(self.program.ops)) for one in self.program.operands(node)} | {self.root}
        self.names = tuple(name for node, name in leaves.items() if node in read)
        values = self._values(known)
        self.exact = values[self.root]
        self.given = {name: known[name] for name in self.names}
        shapes = [_shape(value) for value in values]
        named = {node: latex.get(name, latex_name(name)) for node, name in leaves.items()}
        self.shapes = shapes
        self.symbols = print_node(TensorSymbols(self.program, leaves, (), shapes, named), self.root)[0]
        self._numbers = TensorNumbers(self.program, leaves, (), shapes)

    def numbers(self, printed: Mapping[str, Shown]) -> str:
        """With the number or matrix of each name."""
        leaves = self.program.leaves
        self._numbers.numbers = {node: printed[name] for node, name in leaves.items() if name in printed}
        return bare_matrices(print_node(self._numbers, self.root)[0])

    @property
    def product_shapes(self) -> str | None:
        r"""`(4 \times 1)(1 \times 3) = 4 \times 3` where it is one product of matrices; else None."""
        program, shapes = self.program, self.shapes
        operation = program.operation(self.root)
        if operation is None or operation.name not in ("matmul", "outer"):
            return None
        left, right = (shapes[one] for one in program.operands(self.root))
        if operation.name == "outer":
            return rf"({left[0]} \times 1)(1 \times {right[0]}) = {left[0]} \times {right[0]}"
        if len(left) < 2:
            return None
        return rf"({shape_latex(left)})({shape_latex(right)}) = {shape_latex(shapes[self.root])}"

    def value(self, numbers: Mapping[str, Number]) -> Number:
        """What comes out for these values."""
        return self._values(numbers)[self.root]

    def _values(self, numbers: Mapping[str, Number]) -> list[Number]:
        program = self.program
        values: list[Number] = []
        for node in range(len(program.ops)):
            operation = program.operation(node)
            if operation is None:
                slot = ~program.first[node]
                given = numbers.get(program.leaves[node], 1.0) if node in program.leaves else program.value_in(slot)
                assert given is not None
                values.append(given)
                continue
            operands = [values[one] for one in program.operands(node)]
            values.append(fold_tensors(operation, operands, program.attributes(node), DEFAULT_LIMITS))
        return values


def bare_matrices(latex: str) -> str:
    """Without round brackets around the square ones of a matrix."""
    return _BRACKETED_MATRIX.sub(r"{\1}", latex)


def _along(segments: Segments, attributes: Mapping[str, Any]) -> Segments:
    """The formula of a reduction along one axis, with the axis below its sign, and whether it is kept."""
    axis = attributes.get("axis")
    told = [] if axis is None else [f"axis {int(axis)}"]
    told += ["kept"] if attributes.get("keepdims") else []
    if not told:
        return segments
    found: Segments = []
    done = False
    below = rf"_{{\text{{{', '.join(told)}}}}}"
    for one in segments:
        if isinstance(one, str) and not done and _LAST_NAME.search(one):
            one = _LAST_NAME.sub(lambda match: match.group(1) + below, one)  # the same piece, told
            done = True
        found.append(one)
    return found if done else [*found, below]


def _size(shape: Shape) -> int:
    size = 1
    for one in shape:
        size *= one
    return size


def _shape(value: Number) -> Shape:
    return () if isinstance(value, float | int) else tuple(value.shape)
