"""Where statements begin and end: roles, assignments, value lines, definitions, and what is wrong with them."""

from __future__ import annotations

from app.errors import UserError
from app.language import calls, definitions, mistakes, statement_mistakes
from app.language.names import KEYWORDS
from app.language.program import Program
from app.language.reader import Reader
from app.language.sizes import over_limit
from app.language.vocabulary import BOTTOM
from app.limits import Limits


def too_long(source: str, limits: Limits) -> UserError:
    """The refusal of a source that is too long to read."""
    return over_limit("program-too-long", "program", len(source), "characters", "max_source_chars", limits)


def too_large(program: Program, limits: Limits) -> UserError:
    """The refusal of a program with too many nodes or statements."""
    if len(program.ops) > limits.max_nodes:
        return over_limit("too-many-nodes", "program", len(program.ops), "nodes", "max_nodes", limits)
    count = len(program.targets) + len(program.functions)
    return over_limit("too-many-statements", "program", count, "statements", "max_statements", limits)


def keyword(reader: Reader, pair: int) -> bool:
    """`input`, `param` or `const` at the start of a statement and before a name. Takes it back from the operands."""
    word = reader.pairs[pair][0]
    name, operator = reader.pairs[pair + 1]
    if word not in KEYWORDS or name < ":" or not reader.is_first_token(pair):
        return False
    reader.take_back(pair)
    if operator not in ("=", "\n", ";"):
        statement_mistakes.role_without_value(reader, pair, word, name)
    elif reader.program.roles.get(name, KEYWORDS[word]) != KEYWORDS[word]:
        statement_mistakes.two_roles(reader, pair, name)
    else:
        reader.program.roles[name] = KEYWORDS[word]
    reader.keyword_pair = pair
    return True


def equals(reader: Reader, pair: int) -> bool:
    """`=` behind an operand where the parser's loop did not take it. Gives whether an operand stands complete."""
    operand = reader.pairs[pair][0]
    if calls.attribute(reader, pair):
        return False
    is_first = len(reader.operands) == 1 and len(reader.stack) == 1 and reader.target is None
    if operand > ":" and (is_first or reader.pairs[pair - 1][1] == "\n"):
        if is_first:
            reader.take_back(pair)
        else:
            _end_unfinished_statement(reader, pair)
        reader.target, reader.target_pair = operand, pair
        return False
    statement_mistakes.bad_target(reader, pair)
    _forget_statement(reader)
    return False


def finish(reader: Reader, pair: int) -> None:
    """Ends a statement."""
    root = reader.operands.pop()
    reader.begins.pop()
    target, program = reader.target, reader.program
    reader.target = reader.defining = None
    if reader.definition is not None:
        definitions.finish(reader, root, pair)
        return
    first_pair = reader.begin if target is None else reader.target_pair
    index = len(program.targets)
    if target is None:
        if root < 0 or reader.keyword_pair >= reader.begin:  # a number, or `input x`
            program.only_values.add(index)
        root = reader.constant(root)
    elif root < 0:
        if program.head and target == program.head[0]:
            statement_mistakes.constant_function(reader, target)
        root = _give_value(reader, target, root)
        program.only_values.add(index)
    else:
        _name_node(reader, target, root)
    program.targets.append(target)
    program.roots.append(root)
    reader.places.first_pairs.append(first_pair)
    reader.places.last_pairs.append(pair)


def finish_text(reader: Reader) -> None:
    """After the last pair: what is still open is a mistake; then what can be judged only from the whole."""
    if not reader.is_at_start():
        _end_unfinished_statement(reader, len(reader.pairs) - 1)
    if not reader.program.targets and not reader.program.functions and not reader.problems:
        statement_mistakes.nothing_to_read(reader)
    statement_mistakes.check_roles(reader)


def _give_value(reader: Reader, target: str, literal: int) -> int:
    """A value line: the leaf gets the value of a literal."""
    program, value_lines = reader.program, reader.places.value_lines
    node = program.names.get(target)
    if node is None:
        node = reader.leaf(target, reader.target_pair)
    elif program.leaves.get(node) != target or node in value_lines:
        statement_mistakes.assigned_twice(reader, target)
        return node
    program.slots[~program.first[node]] = program.slots[~literal]
    if ~literal in program.tensors:
        program.tensors[~program.first[node]] = program.tensors[~literal]
    value_lines[node] = reader.places.slot(~literal)
    return node


def _name_node(reader: Reader, target: str, node: int) -> None:
    """Gives a gate its name, or a leaf or a gate one more."""
    program = reader.program
    before = program.names.get(target)
    if before is None:
        program.names[target] = node
    elif program.leaves.get(before) == target and before not in reader.places.value_lines:
        statement_mistakes.used_before_definition(reader, target, before, node)
    else:
        statement_mistakes.assigned_twice(reader, target)


def _end_unfinished_statement(reader: Reader, pair: int) -> None:
    """Closes what stands open before the name of this pair, which begins a new statement, or at the end of the text."""
    last = pair
    if pair < len(reader.pairs) - 1:
        last = pair - 1
        reader.take_back(pair)
    at, complete = reader.last_token(last)
    if complete and last < pair:
        reader.stack.pop()  # the implied product with the name that begins the new statement
    if not complete:
        if reader.pairs[at][1] != "(":
            mistakes.missing_operand(reader, at + 1)
        reader.missing(at)
    if reader.brackets:
        mistakes.unclosed_bracket(reader, last)
    calls.close_all(reader, last)
    finish(reader, last)
    reader.begin = pair


def _forget_statement(reader: Reader) -> None:
    """Drops what was read of a statement whose left side makes no sense; its right side is read as a bare one."""
    reader.operands.clear()
    reader.begins.clear()
    reader.stack[:] = [BOTTOM]
    reader.brackets.clear()
    reader.signs.clear()
    reader.attribute_names.clear()
    reader.target = None
