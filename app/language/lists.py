"""Square brackets: lists of numbers, which are vectors and matrices, and indices; and tensors of one value."""

from __future__ import annotations

import numpy as np

from app.errors import Fix, quoted
from app.language import mistakes
from app.language.reader import Reader
from app.language.vocabulary import ATTRIBUTE, INDEX, INDEX_BRACKET, LIST_BRACKET, STACK, TRANSPOSE
from app.operations.shapes import ShapeError, stacked
from app.operations.sizes import check_shape
from app.operations.structure import FILLERS

_LARGEST_INDEX = 10**9


def open_list(reader: Reader, pair: int) -> None:
    """`[` where an operand should begin."""
    reader.open_bracket(pair, LIST_BRACKET)


def open_index(reader: Reader, pair: int) -> None:
    """`[` behind an operand."""
    reader.open_bracket(pair, INDEX_BRACKET)


def transpose(reader: Reader, pair: int) -> None:
    """`.T` behind an operand: binds tighter than every other operator."""
    operand, begin = reader.operands[-1], reader.begins[-1]
    reader.operands[-1] = reader.apply(TRANSPOSE, [operand], begin, ~pair)


def close(reader: Reader, pair: int, square: int) -> None:
    """A closing bracket where the innermost open one is square, or one that is square itself."""
    closer = reader.pairs[pair][1]
    if not square:
        mistakes.unopened_bracket(reader, pair)
        return
    if closer == ")":
        span = reader.positions.operator(pair)
        reader.complain("wrong-bracket", "A list is closed by `]`.", span, "Write `]` here.", Fix("Use `]`", "]", span))
    finish(reader, ~pair, square)


def finish(reader: Reader, end: int, square: int) -> None:
    """Takes a list or an index with its entries off the stacks and puts its value there."""
    entries: list[int] = []
    begin = reader.brackets.pop()
    entry = 0
    while entry != square:
        entry = reader.stack.pop()
        if entry == ATTRIBUTE:
            name, pair = reader.attribute_names.pop()
            span = reader.positions.operand(pair)
            reader.complain("unknown-attribute", f"A list has no setting {quoted(name)}.", span, "Write its entries.")
            entry = reader.stack.pop()
        entries.append(reader.operands.pop())
        reader.begins.pop()
    entries.reverse()
    if square == LIST_BRACKET:
        reader.begins.append(begin)
        reader.operands.append(_list(reader, entries, begin, end))
    else:
        _index(reader, entries, begin, end)


def _list(reader: Reader, entries: list[int], begin: int, end: int) -> int:
    if not reader.folding or any(entry >= 0 for entry in entries):
        nodes = [reader.constant(entry) for entry in entries]
        return reader.wide_node(STACK, nodes, begin, end)
    values = [reader.program.value_in(~entry) for entry in entries]
    try:
        stacked([np.shape(0.0 if value is None else value) for value in values], {})
    except ShapeError as error:
        span = reader.positions.span(*reader.places.slot(~entries[error.operand or 0]))
        reader.complain("shape", error.message, span, "Give every row as many entries.")
        return reader.leaf(None, begin)
    operand = reader.literal(np.asarray(values, dtype=np.float64), begin)
    reader.places.folded[~operand] = (begin, end, STACK)
    return operand


def _index(reader: Reader, entries: list[int], begin: int, end: int) -> None:
    index = whole_numbers(reader, entries, begin, end)
    operand, start = reader.operands[-1], reader.begins[-1]
    if index is None:
        reader.operands[-1] = reader.leaf(None, begin)
    else:
        reader.operands[-1] = reader.apply(INDEX, [operand], start, end, {"index": index})


def whole_numbers(reader: Reader, entries: list[int], begin: int, end: int) -> tuple[int, ...] | None:
    """The plain whole numbers that an index or a shape is written with; None, and a problem, where they are not."""
    found: list[int] = []
    for entry in entries:
        value = None if entry >= 0 else reader.program.slots[~entry]
        if value is None or value != value or abs(value) > _LARGEST_INDEX or value != int(value):
            span = reader.positions.span(begin, end)
            hint = "Indices are counted from 0, as in `W[0, 1]`."
            reader.complain("not-whole", "A plain whole number is needed here.", span, hint)
            return None
        found.append(int(value))
    return tuple(found)


def filled(reader: Reader, name: str, operands: list[int], named: int, begin: int, end: int) -> int:
    """The operand for `zeros(2, 3)` and its like. named: how many operands were written as `name = …`."""
    for _ in range(named):
        reader.attribute_names.pop()
    sizes = whole_numbers(reader, operands, begin, end)
    most = 2 if name == "eye" else reader.limits.max_rank
    if sizes is None or named or not 1 <= len(sizes) <= most or min(sizes) < 1:
        if sizes is not None:
            span = reader.positions.span(begin, end)
            reader.complain(
                "wrong-arity", f"`{name}` takes positive sizes.", span, f"Write `{name}(3)` or `{name}(2, 3)`."
            )
        return reader.leaf(None, begin)
    check_shape(sizes * 2 if name == "eye" and len(sizes) == 1 else sizes, reader.limits)
    operand = reader.literal(np.asarray(FILLERS[name](*sizes), dtype=np.float64), begin)
    reader.places.folded[~operand] = (begin, end, STACK)
    return operand


def close_empty(reader: Reader, pair: int) -> None:
    """`[]`: leaves a stand-in, which the closing bracket then finds."""
    span = reader.positions.operator(pair)
    reader.complain("missing-operand", "An empty list has no numbers.", span, "Write at least one number in it.")
    reader.missing(pair)
