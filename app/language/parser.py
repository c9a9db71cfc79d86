"""From text to a program: one loop over pairs of operand and operator, with explicit stacks.

Operator precedence reading (Dijkstra's shunting yard) that writes nodes straight into the program's lists. The loop
holds the common cases only, and holds them in one function because a call per token would double its time; all else
is in `irregular`, `calls` and `statements`. Depth is bounded by memory, time is linear in the text.
"""

from __future__ import annotations

from app.errors import UserError
from app.language import calls, irregular, statements
from app.language.program import Program
from app.language.reader import CONSTANT_NAMES, Reader
from app.language.text import prepare
from app.language.tokens import UnusualTextError
from app.language.vocabulary import (
    ARRIVING,
    BRACKET,
    CALL,
    CALL_BRACKET,
    CLOSE,
    COMMA,
    COMPARE,
    CONSTANT,
    FUNCTIONS,
    LEAF,
    OPERATOR,
    PREFIX,
    PREFIXES,
    STACK_PRECEDENCE,
    UNARY_CALL,
)
from app.limits import DEFAULT_LIMITS, Limits


def parse(source: str, limits: Limits = DEFAULT_LIMITS) -> Program:
    """The program that a text says.

    Raises UserError: kind "program" with every problem found in one reading, kind "limit" when it is too large.
    """
    if len(source) > limits.max_source_chars:
        raise statements.too_long(source, limits)
    prepared = prepare(source)
    reader = Reader(prepared, limits, quick=True)
    try:
        _read(reader)
        statements.finish_text(reader)
    except UnusualTextError:
        reader = Reader(prepared, limits, quick=False)
        _read(reader)
        statements.finish_text(reader)
    if reader.problems:
        reader.problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
        raise UserError(reader.problems)
    return reader.program


def parse_unfolded(text: str) -> Program:
    """A text whose literals are nodes of their own, however they are joined: `1/2` is a quotient. For printing."""
    reader = Reader(prepare(text), DEFAULT_LIMITS, quick=False, folding=False)
    _read(reader)
    return reader.program


def _read(reader: Reader) -> None:
    program, longest = reader.program, reader.limits.max_name_chars
    ops, first, second, starts, ends = program.ops, program.first, program.second, program.starts, program.ends
    slots, slot_pairs, names, leaves = program.slots, program.slot_pairs, program.names, program.leaves
    targets, roots, first_pairs, last_pairs = program.targets, program.roots, program.first_pairs, program.last_pairs
    operands, begins, stack = reader.operands, reader.begins, reader.stack
    brackets, signs = reader.brackets, reader.signs
    known, function, arriving, precedence = names.get, FUNCTIONS.get, ARRIVING.get, STACK_PRECEDENCE
    have = False  # whether an operand stands complete before this pair's operator
    node = 0  # number of the next node
    for pair, (operand, operator) in reader.numbered:
        if operand:
            if have:
                irregular.multiply(reader, pair - 1)
                node = len(ops)
            value = known(operand)
            if value is None:
                if operand < ":":  # it begins with a digit or a point
                    value = ~len(slots)
                    slots.append(float(operand) if operand.isdigit() else reader.number(operand))
                    slot_pairs.append(pair)
                elif operator == "(":
                    call = function(operand)
                    if call is None:
                        have = calls.unknown_call(reader, pair)
                        node = len(ops)
                    else:
                        have = False
                        stack.append(call)
                        stack.append(CALL_BRACKET)
                        brackets.append(pair)
                    continue
                elif not operand.isidentifier() or len(operand) > longest:
                    value = reader.mention(pair, operand)
                    node = len(ops)
                elif operator == "=" and not operands and len(stack) == 1 and reader.target is None:
                    reader.target = operand
                    reader.target_pair = pair
                    have = False
                    continue
                elif operand in CONSTANT_NAMES:
                    value = reader.mention(pair, operand)
                    node = len(ops)
                else:
                    names[operand] = value = node
                    leaves[node] = operand
                    node += 1
                    ops.append(LEAF)
                    first.append(~len(slots))
                    second.append(-1)
                    starts.append(pair)
                    ends.append(pair)
                    slots.append(None)
                    slot_pairs.append(pair)
            operands.append(value)
            begins.append(pair)
        elif not have:
            if operator == "(":
                stack.append(BRACKET)
                brackets.append(pair)
                continue
            if operator == "\n":
                continue  # a blank line, or a statement that goes on
            sign = PREFIXES.get(operator)
            if sign is not None:
                stack.append(sign)
                signs.append(pair)
                continue
            if not irregular.operand_expected(reader, pair):
                continue
            node = len(ops)
        row = arriving(operator)
        if row is None:
            have = irregular.operator_expected(reader, pair)
            node = len(ops)
            continue
        least, what, code = row
        if least == 1 and brackets and irregular.line_end_in_brackets(reader, pair):
            have = True
            continue
        while least <= precedence[entry := stack[-1]]:
            del stack[-1]
            if entry < PREFIX:
                right = operands.pop()
                del begins[-1]
                left = operands[-1]
                if left < 0 or right < 0:
                    reader.combine(entry, right, pair)
                    node = len(ops)
                    continue
                ops.append(entry)
                first.append(left)
                second.append(right)
                starts.append(begins[-1])
            else:
                begins[-1] = begin = signs.pop()
                left = operands[-1]
                if left < 0:
                    operands[-1] = reader.apply(entry - PREFIX, [left], begin, pair)
                    node = len(ops)
                    continue
                ops.append(entry - PREFIX)
                first.append(left)
                second.append(-1)
                starts.append(begin)
            ends.append(pair)
            operands[-1] = node
            node += 1
        if what == OPERATOR:
            stack.append(code)
            have = False
        elif what == CLOSE:
            have = True
            entry = stack[-1]
            if entry == BRACKET:
                del stack[-1]
                begins[-1] = brackets.pop()
            elif entry == CALL_BRACKET and UNARY_CALL <= (entry := stack[-2]) < CALL and operands[-1] >= 0:
                del stack[-2:]
                begins[-1] = begin = brackets.pop()
                ops.append(entry - UNARY_CALL)
                first.append(operands[-1])
                second.append(-1)
                starts.append(begin)
                ends.append(~pair)
                operands[-1] = node
                node += 1
            else:
                calls.close(reader, pair)
                node = len(ops)
        elif what == COMMA:
            calls.comma(reader, pair)
            have = False
        elif what == COMPARE:
            irregular.compare(reader, pair, code)
            have = False
        else:
            have = False
            root = operands[-1]
            target = reader.target
            if target is None or root < 0 or ops[root] <= CONSTANT or names.setdefault(target, root) != root:
                statements.finish(reader, pair)
                node = len(ops)
            else:
                del operands[-1], begins[-1]
                targets.append(target)
                roots.append(root)
                first_pairs.append(reader.target_pair)
                last_pairs.append(pair)
                reader.target = None
            reader.begin = pair + 1
