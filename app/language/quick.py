"""Reads what most programs are made of, at top speed: names, numbers, operators, calls with one operand.

The same reading as `careful`, node for node, with nothing about positions: operator precedence on explicit stacks
(Dijkstra's shunting yard) that writes straight into the program's lists. It is one function and keeps the tops of its
stacks in variables, because parsing is most of the cost of a whole evaluation and a call per token would double it.
Whatever it does not know, mistakes above all, it leaves to the careful reading.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.language.folding import evaluate
from app.language.names import CONSTANT_NAMES
from app.language.program import Program
from app.language.text import Prepared
from app.language.tokens import cut_quickly
from app.language.vocabulary import (
    ARRIVING,
    BOTTOM,
    BRACKET,
    CALL,
    CLOSE,
    CODE_MASK,
    CONSTANT,
    END,
    FIRST_CONSTANT,
    FUNCTIONS,
    LEAF,
    NEGATE,
    OPERATION_OF,
    OPERATOR,
    PREFIX,
    SECOND_CONSTANT,
    STACK_PRECEDENCE,
    UNARY_CALL,
)

_NEGATION = PREFIX + NEGATE
_NEGATION_PRECEDENCE = STACK_PRECEDENCE[_NEGATION]
_CLOSE = -CLOSE

# An operator behind an operand -> (what binds at least as tightly is done first, its code, its own precedence).
_ROWS = {
    symbol: (least, code if what == OPERATOR else -what, STACK_PRECEDENCE[code])
    for symbol, (least, what, code) in ARRIVING.items()
    if what in (OPERATOR, CLOSE, END)
}
_UNARY_FUNCTIONS = {name: entry for name, entry in FUNCTIONS.items() if entry < CALL}


def read_quickly(prepared: Prepared, longest_name: int) -> Program | None:
    """The program, without places; None where the careful reading has to decide."""
    pieces = cut_quickly(prepared.text)
    if pieces is None:
        return None
    program = Program(prepared)
    try:
        return program if _read(pieces, program, longest_name) else None
    except (KeyError, ValueError):  # an operator or a function that is not ours; a number that is none
        return None


def _read(pieces: Iterator[str], program: Program, longest_name: int) -> bool:
    ops, names, slots, targets, roots = program.ops, program.names, program.slots, program.targets, program.roots
    add_op, add_first, add_second = ops.append, program.first.append, program.second.append
    left_operands: list[int] = []
    stack: list[int] = []
    push, pop, push_entry, pop_entry = left_operands.append, left_operands.pop, stack.append, stack.pop
    known, rows, precedence = names.get, _ROWS, STACK_PRECEDENCE
    top: int | None = None  # the operand that stands complete: a node, or the complement of a literal's slot
    entry, waiting = BOTTOM, 0  # top of the stack of operators, and its precedence
    depth = 0  # open brackets
    target: str | None = None
    node = 0  # number of the next node
    for operand, operator in zip(pieces, pieces):  # noqa: B905  # their number is even
        if operand:
            if top is not None:
                return False
            top = known(operand)
            if top is None:
                if operator == "=":
                    if target is not None or entry != BOTTOM or not operand.isidentifier():
                        return False
                    target = operand
                    continue
                if operand < ":":  # it begins with a digit or a point
                    if "_" in operand:
                        return False
                    top = ~len(slots)
                    slots.append(float(operand))
                elif operator == "(":
                    push_entry(entry)
                    entry, waiting = _UNARY_FUNCTIONS[operand], 0
                    depth += 1
                    continue
                elif operand.isidentifier() and operand not in CONSTANT_NAMES:
                    names[operand] = top = node
                    node += 1
                    add_op(LEAF)
                    add_first(~len(slots))
                    add_second(-1)
                    slots.append(None)
                else:
                    return False
        elif top is None:
            if operator == "(":
                push_entry(entry)
                entry, waiting = BRACKET, 0
                depth += 1
            elif operator == "-":
                push_entry(entry)
                entry, waiting = _NEGATION, _NEGATION_PRECEDENCE
            elif operator != "\n":  # else a blank line, or a statement that goes on
                return False
            continue
        least, code, own = rows[operator]
        if least == 1 and depth:
            if operator == ";":
                return False
            continue
        while least <= waiting:
            if entry < PREFIX:
                left = pop()
                if left >= 0 <= top:
                    add_op(entry)
                    add_first(left)
                    add_second(top)
                    top = node
                    node += 1
                else:
                    top = _with_literal(program, entry, left, top)
                    node = len(ops)
            elif top >= 0:
                add_op(entry - PREFIX)
                add_first(top)
                add_second(-1)
                top = node
                node += 1
            else:
                top = _fold(slots, entry - PREFIX, top)
            entry = pop_entry()
            waiting = precedence[entry]
        if code > 0:
            push(top)
            push_entry(entry)
            entry, waiting, top = code, own, None
        elif code == _CLOSE:
            depth -= 1
            if entry != BRACKET:
                if entry < UNARY_CALL:
                    return False
                if top >= 0:
                    add_op(entry - UNARY_CALL)
                    add_first(top)
                    add_second(-1)
                    top = node
                    node += 1
                else:
                    top = _fold(slots, entry - UNARY_CALL, top)
            entry = pop_entry()
            waiting = precedence[entry]
        else:
            if top < 0:
                if target is None or not _give_value(program, target, top):
                    return False
                node = len(ops)
            elif ops[top] <= CONSTANT or (target is not None and names.setdefault(target, top) != top):
                return False
            else:
                targets.append(target)
                roots.append(top)
            target = top = None
    finished = top is None and target is None and entry == BOTTOM
    return finished and bool(roots) and max(map(len, names), default=0) <= longest_name


def _with_literal(program: Program, code: int, left: int, right: int) -> int:
    """The operand for an infix operation with a literal: one literal of two, or a constant and a node that uses it."""
    if left < 0 and right < 0:
        return _fold(program.slots, code, left, right)
    literal = left if left < 0 else right
    constant = len(program.ops)
    program.constants.append(constant)
    if left < 0:
        code, left = code | FIRST_CONSTANT, constant
    else:
        code, right = code | SECOND_CONSTANT, constant
    program.ops += (CONSTANT, code)
    program.first += (literal, left)
    program.second += (-1, right)
    return constant + 1


def _fold(slots: list[float | None], code: int, *literals: int) -> int:
    """The literal that an operation on literals is."""
    operation = OPERATION_OF[code & CODE_MASK]
    assert operation is not None
    if operation.whole:
        raise ValueError  # of numbers alone: the careful reading says that it takes a tensor
    slots.append(evaluate(operation, [slots[~literal] or 0.0 for literal in literals], {}))
    return ~(len(slots) - 1)


def _give_value(program: Program, target: str, literal: int) -> bool:
    """A value line. False where the name has a value or is a gate already."""
    node = program.names.get(target)
    if node is None:
        node = len(program.ops)
        program.names[target] = node
        program.ops.append(LEAF)
        program.first.append(~len(program.slots))
        program.second.append(-1)
        program.slots.append(program.slots[~literal])
    elif program.ops[node] == LEAF and program.slots[~program.first[node]] is None:
        program.slots[~program.first[node]] = program.slots[~literal]
    else:
        return False
    program.only_values.add(len(program.targets))
    program.targets.append(target)
    program.roots.append(node)
    return True
