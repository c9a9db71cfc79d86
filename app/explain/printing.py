"""Formulas of a worked solution in LaTeX: with names, and with printed numbers in their places."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from functools import cached_property

from app.engine.forward import run_forward
from app.explain.digits import Printed
from app.language.latex import Latex
from app.language.latex_templates import template_of
from app.language.parser import parse
from app.language.printer import ATOM, Slot, Written, print_node
from app.language.program import Program
from app.language.vocabulary import CODE_MASK, CONSTANT, NEGATE, POWER, PREFIX, PRODUCT_PRECEDENCE, STACK_PRECEDENCE

_SIGN = STACK_PRECEDENCE[PREFIX + NEGATE]
_TIMES = r" \times "


class Symbols(Latex):
    r"""LaTeX with names. A name before a bracket is a product, for there are no calls of unknown functions here."""

    def _product(self, left: int, right: int) -> Written:
        written = super()._product(left, right)
        first, sign, second = written.segments
        if sign == r" \cdot " and not self._digits_meet(left, right):
            sign = " "
        return Written([first, sign, second], written.precedence)


class Numbers(Symbols):
    """LaTeX with numbers: what a reader types into a calculator. `numbers` may be replaced between two formulas."""

    def __init__(self, program: Program, closed: Collection[int] = ()) -> None:
        super().__init__(program, {}, closed)
        self.numbers: Mapping[int, Printed] = {}

    def closed(self, node: int) -> Written:
        """The number of a name; a literal as typed."""
        if self._program.ops[node] == CONSTANT:
            return super().closed(node)
        number = self.numbers[node]
        binds = PRODUCT_PRECEDENCE if number.power else ATOM
        return Written([number.latex], min(binds, _SIGN) if number.latex.startswith("-") else binds)

    def _product(self, left: int, right: int) -> Written:
        first, _, second = super()._product(left, right).segments
        assert isinstance(second, Slot)
        return Written([first, " " if self._reads_as_factor(second) else _TIMES, second], PRODUCT_PRECEDENCE)

    def _reads_as_factor(self, slot: Slot) -> bool:
        r"""Whether it begins with a bracket, and so needs no sign before it: `0.2 (1 - 0.3)^{2}`."""
        node = slot.node
        if self.is_closed(node):
            return False
        code = self._program.ops[node] & CODE_MASK
        if code == POWER:
            base = self._program.first[node]
            return not self.is_closed(base) and template_of(self._program.ops[base] & CODE_MASK).precedence < ATOM
        return template_of(code).precedence < slot.need


class Formula:
    """A text of our language as LaTeX with names, with numbers, and as a number.

    taken   names of constants, such as e, that stand for nodes of the program here
    """

    def __init__(self, text: str, taken: Collection[str] = ()) -> None:
        self.text = text
        self.program = parse("\n".join([*(f"{name} = 1" for name in taken), text]))
        self.root = self.program.roots[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, in the order in which they are first read."""
        program = self.program
        read = {operand for node in range(len(program.ops)) for operand in program.operands(node)} | {self.root}
        return tuple(name for node, name in program.leaves.items() if node in read)

    @cached_property
    def symbols(self) -> str:
        """With names."""
        return print_node(Symbols(self.program, self.program.leaves), self.root)[0]

    def numbers(self, printed: Mapping[str, Printed]) -> str:
        """With the number of each name."""
        by_node = {node: printed[name] for node, name in self.program.leaves.items() if name in printed}
        style = Numbers(self.program)
        style.numbers = by_node
        return print_node(style, self.root)[0]

    def value(self, numbers: Mapping[str, float]) -> float:
        """What comes out for these numbers; NaN and infinity are results."""
        program = copy(self.program)
        program.slots = [*program.slots]
        for node, name in program.leaves.items():
            program.slots[~program.first[node]] = numbers.get(name, 1.0)
        return run_forward(program)[self.root]


def condition_latex(text: str, taken: Collection[str] = ()) -> str:
    """A condition, which our language has inside `where` alone, as LaTeX; empty for one between numbers, as 0 = 0."""
    program = Formula(f"where({text}, 1, 0)", taken).program
    if program.is_constant(program.roots[-1]):
        return ""
    condition = program.operands(program.roots[-1])[0]
    return print_node(Symbols(program, program.leaves), condition)[0]
