"""Reads every program, notes where all its parts stand, and finds all its mistakes in one reading.

Operator precedence on explicit stacks (Dijkstra's shunting yard): an operand waits on one stack, what will be done
with it on the other. Depth is bounded by memory, time is linear in the text.
"""

from __future__ import annotations

from app.language import calls, definitions, irregular, statements
from app.language.reader import Reader
from app.language.vocabulary import (
    ARRIVING,
    BRACKET,
    CALL,
    CALL_BRACKET,
    CLOSE,
    COMMA,
    COMPARE,
    END,
    FUNCTIONS,
    OPERATOR,
    OWN_CALL,
    PREFIXES,
)


def read_carefully(reader: Reader) -> None:
    """Reads all pairs into the reader's program."""
    for pair, (operand, operator) in reader.numbered:
        if operand:
            if reader.complete:
                irregular.multiply(reader, pair - 1)
                reader.complete = False
            if _is_taken_with_operator(reader, pair, operand, operator):
                continue
            reader.operands.append(_operand(reader, pair, operand))
            reader.begins.append(pair)
            reader.complete = True
        elif not reader.complete and not _goes_on_without_operand(reader, pair, operator):
            continue
        _take_operator(reader, pair, operator)


def _is_taken_with_operator(reader: Reader, pair: int, operand: str, operator: str) -> bool:
    """`f(` opens a call, `x =` begins a statement: there the operand is none. Does what is to do if so."""
    if operand < ":":
        return False
    if operator == "(" and reader.is_at_start() and definitions.head(reader, pair):
        return True
    if operator == "(" and definitions.is_call(reader, operand):
        reader.open_bracket(pair, CALL + OWN_CALL, CALL_BRACKET)
        return True
    if operand in reader.program.names:
        return False
    if operator == "=" and reader.is_at_start():
        reader.check_length(pair, operand)
        reader.target, reader.target_pair = operand, pair
        return True
    if operator != "(":
        return False
    call = FUNCTIONS.get(operand)
    if call is None:
        calls.unknown_call(reader, pair)
    else:
        reader.open_bracket(pair, call, CALL_BRACKET)
    return True


def _operand(reader: Reader, pair: int, text: str) -> int:
    """The operand for a number or a name."""
    if text < ":":  # it begins with a digit or a point
        return reader.literal(float(text), pair)
    node = reader.program.names.get(text)
    return reader.mention(pair, text) if node is None else node


def _goes_on_without_operand(reader: Reader, pair: int, operator: str) -> bool:
    """Where an operand should begin: a bracket, a sign, a new line, or a mistake that stands in for an operand."""
    if operator == "(":
        reader.open_bracket(pair, BRACKET)
    elif operator in PREFIXES:
        reader.stack.append(PREFIXES[operator])
        reader.signs.append(pair)
    elif operator != "\n":  # else a blank line, or a statement that goes on
        reader.complete = irregular.operand_expected(reader, pair)
    return reader.complete


def _take_operator(reader: Reader, pair: int, operator: str) -> None:
    """Behind an operand: does what is ready, then what the operator asks for."""
    if operator not in ARRIVING:
        reader.complete = irregular.operator_expected(reader, pair)
        return
    least, what, code = ARRIVING[operator]
    if what == END and reader.brackets and irregular.line_end_in_brackets(reader, pair):
        return
    reader.reduce(least, pair)
    reader.complete = what == CLOSE
    if what == OPERATOR:
        reader.implied.discard(len(reader.stack))
        reader.stack.append(code)
    elif what == CLOSE:
        calls.close(reader, pair)
    elif what == COMMA:
        calls.comma(reader, pair)
    elif what == COMPARE:
        irregular.compare(reader, pair, code)
    else:
        statements.finish(reader, pair)
        reader.begin = pair + 1
