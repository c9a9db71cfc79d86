"""What the parser's loop leaves aside inside an expression: implied products, comparisons, unexpected characters.

After a mistake each function goes on as if the likeliest repair had been made, so that one reading finds them all.
"""

from __future__ import annotations

from app.language import calls, lists, mistakes, statements
from app.language.reader import Reader
from app.language.vocabulary import (
    ARRIVING,
    BRACKET,
    CALL,
    CALL_BRACKET,
    CODE_MASK,
    COMPARISONS,
    DIVIDE,
    FUNCTIONS,
    INDEX_BRACKET,
    LIST_BRACKET,
    MULTIPLY,
    POWER,
    PRODUCT_PRECEDENCE,
    WHERE,
)


def multiply(reader: Reader, pair: int) -> None:
    """An implied product: an operand ends with this pair, the next one follows at once."""
    end = ~pair if reader.pairs[pair][1] in (")", "]", ".T") else pair
    reader.reduce(PRODUCT_PRECEDENCE, end)
    left, begin, places = reader.operands[-1], reader.begins[-1], reader.places
    code = reader.program.ops[left] & CODE_MASK if left >= 0 else places.folded.get(~left, (0, 0, 0))[2]
    start = places.starts[left] if left >= 0 else places.slot(~left)[0]
    if code in (DIVIDE, POWER) and start == begin:
        places.products.append((end, code, begin))
    reader.implied.add(len(reader.stack))
    reader.stack.append(MULTIPLY)


def operator_expected(reader: Reader, pair: int) -> bool:
    """After an operand, something that is no operator. Gives whether an operand still stands complete."""
    operator = reader.pairs[pair][1]
    if operator == "":
        return _side_by_side(reader, pair)
    if operator == "(":
        return _bracket_after_operand(reader, pair)
    if operator == "=":
        return statements.equals(reader, pair)
    if operator == "[":
        lists.open_index(reader, pair)
        return False
    if operator == ".T":
        lists.transpose(reader, pair)
        return True
    mistakes.unknown_character(reader, pair)
    return True


def operand_expected(reader: Reader, pair: int) -> bool:
    """Where an operand should begin, an operator. Gives whether reading goes on with that operator."""
    operator = reader.pairs[pair][1]
    if operator == ";" and reader.is_at_start():
        return False
    if operator == "[":
        lists.open_list(reader, pair)
        return False
    if operator == ".T":
        mistakes.missing_operand(reader, pair)
        reader.missing(pair)
        return True
    if operator == "]" and reader.stack[-1] in (LIST_BRACKET, INDEX_BRACKET):
        lists.close_empty(reader, pair)
        return True
    if operator == "+" and mistakes.sign_has_operand(reader, pair):
        return False
    if operator == ")" and reader.stack[-1] == CALL_BRACKET and reader.pairs[pair - 1][1] == "(":
        calls.close_empty(reader, pair)
        return True
    if operator not in ARRIVING and operator != "=":
        mistakes.unknown_character(reader, pair)
        return False
    mistakes.missing_operand(reader, pair)
    if operator == "=":
        return False
    reader.missing(pair)
    return True


def line_end_in_brackets(reader: Reader, pair: int) -> bool:
    """A newline within brackets is a space; `;` ends the statement. Gives whether the statement goes on."""
    if reader.pairs[pair][1] == "\n":
        return True
    mistakes.unclosed_bracket(reader, pair)
    calls.close_all(reader, pair)
    return False


def compare(reader: Reader, pair: int, code: int) -> None:
    """A comparison; it stands only in the condition of `where`, and only once."""
    left, stack = reader.operands[-1], reader.stack
    if left >= 0 and reader.program.ops[left] & CODE_MASK in COMPARISONS:
        mistakes.chained_comparison(reader, pair)
    outer = len(stack) - 1
    while stack[outer] == BRACKET:
        outer -= 1
    if stack[outer] != CALL_BRACKET or stack[outer - 1] not in (CALL, CALL + WHERE):
        mistakes.comparison_outside_where(reader, pair)
    stack.append(code)


def _side_by_side(reader: Reader, pair: int) -> bool:
    operand = reader.pairs[pair][0]
    if not operand:
        mistakes.unknown_character(reader, pair)
        return True
    if reader.pairs[pair + 1] == ("", ""):
        return True  # the character that fits nowhere is told with its own pair
    if statements.keyword(reader, pair):
        return False
    mistakes.check_neighbours(reader, pair)
    multiply(reader, pair)
    return False


def _bracket_after_operand(reader: Reader, pair: int) -> bool:
    """`2(`, `)(`, or a variable's name before a bracket."""
    name = reader.pairs[pair][0]
    if name in FUNCTIONS:  # a variable has that name too: functions and names live apart
        reader.operands.pop()
        reader.begins.pop()
        reader.open_bracket(pair, FUNCTIONS[name], CALL_BRACKET)
        return False
    if name and name[0] > ":":
        mistakes.not_a_function(reader, pair)
    multiply(reader, pair if name else pair - 1)
    reader.open_bracket(~pair if name else pair, BRACKET)
    return False
