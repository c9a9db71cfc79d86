"""Square brackets: lists of numbers, which are vectors and matrices, and indices; and tensors of one value."""

from __future__ import annotations

import numpy as np

from app.errors import Fix, Span, quoted
from app.language import mistakes
from app.language.reader import Reader
from app.language.vocabulary import ATTRIBUTE, INDEX, INDEX_BRACKET, LIST_BRACKET, STACK, TRANSPOSE
from app.operations.fillers import FILLERS, LARGEST_SEED, Filler
from app.operations.shapes import ShapeError, stacked
from app.operations.sizes import check_shape, placed

_LARGEST_INDEX = 10**9
_LARGEST_SETTING = 1e300


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
    with placed(reader.positions.span(begin, end)):
        check_shape((len(values), *np.shape(0.0 if values[0] is None else values[0])), reader.limits)
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


def filled(reader: Reader, name: str, operands: list[int], named: list[int], begin: int, end: int) -> int:
    """The operand for `zeros(2, 3)` and its like. named: operands that were written as `name = …`, the last first."""
    filler = FILLERS[name]
    settings = _settings(reader, filler, named)
    sizes = whole_numbers(reader, operands, begin, end)
    if sizes is not None and (not 1 <= len(sizes) <= (filler.most_sizes or len(sizes)) or min(sizes) < 1):
        no_sizes(reader, name, reader.positions.span(begin, end))
        sizes = None
    if sizes is None or settings is None:
        return reader.literal(1.0, begin)  # a value line stays one, so that one mistake is told once
    with placed(reader.positions.span(begin, end)):
        check_shape(sizes * 2 if name == "eye" and len(sizes) == 1 else sizes, reader.limits)
    operand = reader.literal(filler(sizes, settings), begin)
    reader.places.folded[~operand] = (begin, end, STACK)
    return operand


def no_sizes(reader: Reader, name: str, span: Span) -> None:
    """A filler without sizes, with too many, or with one below 1."""
    hint = f"Write `{name}(3)` or `{name}(2, 3)`."
    reader.complain("wrong-arity", f"`{name}` takes positive sizes.", span, hint)


def _settings(reader: Reader, filler: Filler, named: list[int]) -> dict[str, float] | None:
    """What a call of a filler gives by name; None, and a problem, where one of them makes no sense."""
    found: dict[str, float] = {}
    wrong = False
    for operand in named:
        name, pair = reader.attribute_names.pop()
        value = None if operand >= 0 else reader.program.slots[~operand]
        problem = _setting_problem(filler, name, value, name in found)
        if problem is None and value is not None:
            found[name] = value
            continue
        wrong = True
        code, message, hint = problem or ("attribute-not-number", f"`{name}` is not a number.", None)
        reader.complain(code, message, reader.positions.operand(pair), hint)
    return None if wrong else found


def _setting_problem(filler: Filler, name: str, value: float | None, twice: bool) -> tuple[str, str, str | None] | None:
    """Code, message and hint."""
    example = f"Write it as in `{filler.name}(2, 3{', seed=1' if 'seed' in filler.settings else ''})`."
    if name not in filler.settings:
        known = ", ".join(f"`{one}`" for one in filler.settings)
        hint = f"It has {known}." if known else example
        return "unknown-attribute", f"`{filler.name}` has no setting {quoted(name)}.", hint
    if twice:
        return "attribute-twice", f"`{name}` is given twice.", "Write it once."
    if value is None or value != value or abs(value) > _LARGEST_SETTING:
        return "attribute-not-number", f"`{name}` needs a plain number.", example
    if name == "seed" and not (0 <= value <= LARGEST_SEED and value == int(value)):
        return "not-whole", f"A seed is a whole number from 0 to {LARGEST_SEED}.", example
    if name in ("std", "fan_in") and value <= 0:
        return "attribute-not-number", f"`{name}` is greater than 0.", example
    return None


def close_empty(reader: Reader, pair: int) -> None:
    """`[]`: leaves a stand-in, which the closing bracket then finds."""
    span = reader.positions.operator(pair)
    reader.complain("missing-operand", "An empty list has no numbers.", span, "Write at least one number in it.")
    reader.missing(pair)
