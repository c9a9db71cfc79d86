"""Calls with several operands or attributes, and brackets that do not fit."""

from __future__ import annotations

from app.language import definitions, lists, mistakes
from app.language.program import Attributes
from app.language.reader import Reader
from app.language.vocabulary import (
    ARGUMENT,
    ATTRIBUTE,
    BOTTOM,
    BRACKET,
    CALL,
    CALL_BRACKET,
    CODE_MASK,
    FILLER_OF,
    INDEX,
    INDEX_BRACKET,
    LIST_BRACKET,
    MULTIPLY,
    OPERATION_OF,
    OVER_ENTRIES,
    OWN_CALL,
    RESHAPE,
)
from app.operations import Operation


def unknown_call(reader: Reader, pair: int) -> None:
    """A name before a bracket that is neither a variable nor a function."""
    mistakes.unknown_function(reader, pair)
    reader.open_bracket(pair, CALL, CALL_BRACKET)


def attribute(reader: Reader, pair: int) -> bool:
    """`slope =` where an argument begins: takes the name back from the operands. Gives False where it is none."""
    begins_argument = reader.stack[-1] in (CALL_BRACKET, ARGUMENT) and reader.pairs[pair - 1][1] in ("(", ",")
    if not begins_argument or reader.pairs[pair][0] < ":":
        return False
    reader.take_back(pair)
    reader.attribute_names.append((reader.pairs[pair][0], pair))
    reader.stack.append(ATTRIBUTE)
    return True


def comma(reader: Reader, pair: int) -> None:
    """A comma behind an operand."""
    if reader.stack[-1] in (BOTTOM, BRACKET):
        mistakes.stray_comma(reader, pair)
        reader.stack.append(MULTIPLY)
    else:
        reader.stack.append(ARGUMENT)


def close(reader: Reader, pair: int) -> None:
    """A closing bracket."""
    square = _in_square_brackets(reader)
    if square or reader.pairs[pair][1] == "]":
        lists.close(reader, pair, square)
    elif reader.stack[-1] == BRACKET:
        reader.stack.pop()
        reader.begins[-1] = reader.brackets.pop()
    elif reader.stack[-1] == BOTTOM:
        mistakes.unopened_bracket(reader, pair)
    else:
        _finish_call(reader, ~pair)


def close_empty(reader: Reader, pair: int) -> None:
    """`f()`: a call without operands. Leaves a stand-in, which the closing bracket then finds."""
    code = reader.stack[-2] & CODE_MASK
    operation = OPERATION_OF[code]
    if operation is not None:
        mistakes.wrong_arity(reader, operation, 0, reader.brackets[-1], ~pair)
    elif code == OWN_CALL:
        function = definitions.called(reader, reader.brackets[-1])
        mistakes.wrong_own_arity(reader, function, 0, reader.brackets[-1], ~pair)
    elif code in FILLER_OF:
        lists.no_sizes(reader, FILLER_OF[code], reader.positions.span(reader.brackets[-1], ~pair))
    reader.stack[-2] = CALL  # told already
    reader.missing(pair)


def close_all(reader: Reader, end: int) -> None:
    """Closes every open bracket, as if the missing ones stood at the end."""
    while reader.brackets:
        reader.reduce(1, end)
        if square := _in_square_brackets(reader):
            lists.finish(reader, end, square)
        elif reader.stack[-1] == BRACKET:
            reader.stack.pop()
            reader.begins[-1] = reader.brackets.pop()
        else:
            _finish_call(reader, end)
    reader.reduce(1, end)


def _in_square_brackets(reader: Reader) -> int:
    """LIST_BRACKET or INDEX_BRACKET where the innermost open bracket is a square one, else 0."""
    at = len(reader.stack) - 1
    while reader.stack[at] in (ARGUMENT, ATTRIBUTE):
        at -= 1
    return reader.stack[at] if reader.stack[at] in (LIST_BRACKET, INDEX_BRACKET) else 0


def _finish_call(reader: Reader, end: int) -> None:
    """Takes a call with its operands and attributes off the stacks and puts its value there."""
    stack = reader.stack
    operands: list[int] = []
    named: list[int] = []
    begin = reader.brackets.pop()
    entry = BOTTOM
    while entry != CALL_BRACKET:
        entry = stack.pop()
        reader.begins.pop()
        if entry == ATTRIBUTE:
            named.append(reader.operands.pop())
            entry = stack.pop()
        else:
            operands.append(reader.operands.pop())
    code = stack.pop() & CODE_MASK
    operands.reverse()
    if code == OWN_CALL:
        reader.begins.append(begin)
        reader.operands.append(definitions.apply(reader, operands, len(named), begin, end))
        return
    if code in FILLER_OF:
        reader.begins.append(begin)
        reader.operands.append(lists.filled(reader, FILLER_OF[code], operands, named, begin, end))
        return
    if len(operands) == 1:
        code = OVER_ENTRIES.get(code, code)
    attributes = _take_attributes(reader, OPERATION_OF[code], named)
    reader.begins.append(begin)
    operation = OPERATION_OF[code]
    if code == INDEX:
        span = reader.positions.span(begin, end)
        reader.complain("wrong-arity", "An entry is taken by square brackets.", span, "Write it as in `x[0]`.")
        reader.operands.append(reader.leaf(None, begin))
        return
    if code == RESHAPE and len(operands) == 1 and operation is not None:
        span = reader.positions.span(begin, end)
        reader.complain("wrong-arity", "`reshape` needs the new shape.", span, "Write it as in `reshape(x, 2, 3)`.")
        reader.operands.append(reader.leaf(None, begin))
        return
    if code == RESHAPE and len(operands) > 1:
        sizes = lists.whole_numbers(reader, operands[1:], begin, end)
        attributes["shape"], operands = sizes, operands[:1]
        if attributes["shape"] is None:
            reader.operands.append(reader.leaf(None, begin))
            return
        named = [*named, 0]
    if len(attributes) == len(named) and _fits(reader, OPERATION_OF[code], len(operands), begin, end):
        reader.operands.append(reader.apply(code, operands, begin, end, attributes))
    else:
        reader.operands.append(reader.leaf(None, begin))


def _fits(reader: Reader, operation: Operation | None, count: int, begin: int, end: int) -> bool:
    if operation is None:
        return False
    if count >= operation.least and (operation.variadic or count <= len(operation.operands)):
        return True
    mistakes.wrong_arity(reader, operation, count, begin, end)
    return False


def _take_attributes(reader: Reader, operation: Operation | None, named: list[int]) -> Attributes:
    """The attributes of a call as they were written; their operands come the last first."""
    attributes: Attributes = {}
    for operand in named:
        name, pair = reader.attribute_names.pop()
        if operation is None:
            continue
        if name not in operation.attributes:
            mistakes.unknown_attribute(reader, operation, name, pair)
        elif name in attributes:
            mistakes.attribute_twice(reader, name, pair)
        elif operand >= 0:
            mistakes.attribute_not_number(reader, name, pair)
        else:
            value = reader.program.slots[~operand] or 0.0
            attributes[name] = bool(value) if isinstance(operation.attributes[name], bool) else value
    return dict(reversed(attributes.items()))
