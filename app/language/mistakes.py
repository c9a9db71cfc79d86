"""What is wrong with an expression, in words: one function per mistake."""

from __future__ import annotations

import re
import unicodedata

from app.errors import Fix, quoted
from app.language.names import KEYWORDS
from app.language.program import Program
from app.language.reader import Reader
from app.language.suggest import lookalike, nearest
from app.language.tokens import NUMBER
from app.language.vocabulary import FUNCTIONS, LEAF
from app.operations import Operation

_WRITE_INSTEAD = {
    "%": "Write `mod(a, b)` for the remainder.",
    "|": "Write `abs(x)` for the absolute value.",
    "!": "Factorials are not among the operations.",
    "√": "Write `sqrt(x)` for the root.",
    "∞": "Write a large number, such as `1e308`.",
    "[": "Write round brackets to group.",
    "]": "Write round brackets to group.",
    "{": "Write round brackets to group.",
    "}": "Write round brackets to group.",
    ":": "Write `=` to give a name.",
    ".": "A decimal point stands inside a number, as in `0.5`.",
    "&": "Write one condition in each `where(…)`.",
    "@": "The matrix product needs tensors; write `*` for numbers.",
    "<": "Write a comparison inside `where(condition, a, b)`.",
}


def unknown_character(reader: Reader, pair: int) -> None:
    """A character that is no part of the language."""
    span = reader.positions.operator(pair)
    character = reader.prepared.source[span.start : span.end] or reader.pairs[pair][1]
    first = character[:1]
    category = unicodedata.category(first) if first else "Cn"
    if category[0] == "C" or category in ("Zl", "Zp", "Mn"):
        name = unicodedata.name(first, "control character").lower()
        message, hint = f"The character U+{ord(first):04X} ({name}) has no place in a program.", "Remove it."
        reader.complain("unknown-character", message, span, hint, Fix("Remove it", "", span))
        return
    hint = _WRITE_INSTEAD.get(first, "Remove it.")
    number = reader.pairs[pair - 1][0] if pair else ""
    if first == "." and number[:1] < ":" and number:
        hint = f"Write {quoted('0' + number if number[0] == '.' else number)}."
    reader.complain("unknown-character", f"The character {quoted(character)} has no meaning here.", span, hint)


def missing_operand(reader: Reader, pair: int) -> None:
    """Before this pair's operator an operand is missing; says so at the operator that waits for it, if one does."""
    positions, pairs = reader.positions, reader.pairs
    before = pair - 1
    while before >= 0 and pairs[before] == ("", "\n"):
        before -= 1
    waiting = pairs[before][1] if before >= reader.begin or reader.target is not None else "\n"
    this = pairs[pair][1]
    if waiting == "(" and this == ")":
        reader.complain(
            "missing-operand",
            "There is nothing between these brackets.",
            positions.span(~before, ~pair),
            "Write an expression in them, or remove them.",
        )
    elif waiting in ("\n", ";", "(", ""):
        reader.complain(
            "missing-operand",
            f"Expected an operand before {quoted(this)}.",
            positions.operator(pair),
            f"Remove the {quoted(this)} or write a value before it.",
        )
    elif reader.target is not None and (before == reader.target_pair or waiting == "="):
        reader.complain(
            "missing-operand",
            f"Expected an expression after {quoted(reader.target + ' =')}.",
            positions.operator(before),
            f"Write a value or a formula for {quoted(reader.target)}.",
        )
    else:
        reader.complain(
            "missing-operand",
            f"Expected an operand after {quoted(waiting)}.",
            positions.operator(before),
            f"Remove the {quoted(waiting)} or write a value after it.",
        )


def sign_has_operand(reader: Reader, pair: int) -> bool:
    """Whether an operand follows a plus sign that stands before one, and so changes nothing."""
    operand, operator = reader.pairs[pair + 1]
    return operand != "" or operator in ("(", "+", "-")


def unclosed_bracket(reader: Reader, last: int) -> None:
    """The outermost open bracket was never closed; the statement ends with pair `last`."""
    positions, count = reader.positions, len(reader.brackets)
    start = reader.brackets[0]
    at = start if start >= 0 else ~start
    token, _ = reader.last_token(last)
    end = token if reader.pairs[token][0] and reader.pairs[token][1] != "(" else ~token
    last_span = positions.span(end, end)
    after = reader.prepared.source[last_span.start : last_span.end]
    closing = ")" * min(count, 40)
    place = positions.span_between(positions.end(end), positions.end(end))
    reader.complain(
        "unclosed-bracket",
        "This bracket is never closed." if count == 1 else f"{count:,} brackets are never closed; this is the first.",
        positions.operator(at),
        f"Add {quoted(closing)} after {quoted(after)}.",
        Fix(f"Add `{closing}`", closing, place) if count <= 40 else None,
    )


def unopened_bracket(reader: Reader, pair: int) -> None:
    """A closing bracket without an opening one."""
    span = reader.positions.operator(pair)
    reader.complain(
        "unopened-bracket", "This bracket was never opened.", span, "Remove it, or add `(` before it.",
        Fix("Remove `)`", "", span),
    )  # fmt: skip


def stray_comma(reader: Reader, pair: int) -> None:
    """A comma outside of a call."""
    span, hint, fix = reader.positions.operator(pair), "Write one expression for each statement.", None
    before, after = reader.pairs[pair][0], reader.pairs[pair + 1][0]
    if re.fullmatch("[0-9]+", before) and re.fullmatch("[0-9]+", after):
        hint, fix = f"Write {quoted(before + '.' + after)} with a point.", Fix("Use a point", ".", span)
    reader.complain("stray-comma", "A comma stands only between the operands of a function.", span, hint, fix)


def check_neighbours(reader: Reader, pair: int) -> None:
    """Two operands side by side that are no product: numbers, or a function without brackets."""
    left, right = reader.pairs[pair][0], reader.pairs[pair + 1][0]
    span = reader.positions.span(pair, pair + 1)
    if left < ":" and (right < ":" or (right[0] == "_" and right.strip("_0123456789") == "")):
        joined = (left + right).replace("_", "")
        fits = re.fullmatch(NUMBER, joined) and right[0] != "."
        reader.complain(
            "adjacent-numbers",
            "Two numbers side by side are not a product." if right < ":" else "A number has no `_` in it.",
            span,
            f"Write {quoted(joined)} for one number." if fits else "Write an operator between them.",
            Fix(f"Use `{joined}`", joined, span) if fits else None,
        )
    elif left in FUNCTIONS and reader.operands[-1] >= 0 and _only_mentioned_here(reader, left, pair):
        reader.complain(
            "function-without-brackets",
            f"{quoted(left)} is a function: its operand stands in brackets.",
            span,
            f"Write {quoted(f'{left}({right})')}." if right else f"Write {quoted(left + '(…)')}.",
            Fix(f"Use `{left}({right})`", f"{left}({right})", span) if right else None,
        )


def not_a_function(reader: Reader, pair: int) -> None:
    """A variable's name before a bracket."""
    name, positions = reader.pairs[pair][0], reader.positions
    place = positions.span_between(positions.end(pair), positions.start(~pair))
    reader.complain(
        "not-a-function", f"{quoted(name)} is not a function.", positions.operand(pair),
        f"Write {quoted(name + ' * (…)')} for a product.", Fix(f"Use `{name} * (`", " * ", place),
    )  # fmt: skip


def unknown_function(reader: Reader, pair: int) -> None:
    """A name before a bracket that is no function, and no variable so far."""
    name, span = reader.pairs[pair][0], reader.positions.operand(pair)
    foreign = lookalike(name)
    if name in reader.program.functions:
        reader.complain(
            "own-function-call", f"{quoted(name)} is a function of your own; calls of such functions are not read yet.",
            span, "Write its formula in place of the call.",
        )  # fmt: skip
    elif foreign and foreign[0] in FUNCTIONS:
        reader.complain(
            "unknown-operation", f"There is no function {quoted(name)}: {foreign[1]} only looks like a Latin letter.",
            span, f"Write {quoted(foreign[0])}.", Fix(f"Use `{foreign[0]}`", foreign[0], span),
        )  # fmt: skip
    elif near := nearest(name, FUNCTIONS):
        reader.complain(
            "unknown-operation", f"There is no function {quoted(name)}.",
            span, f"The nearest name is {quoted(near)}.", Fix(f"Use `{near}`", near, span),
        )  # fmt: skip
    elif _stands_alone_somewhere(reader, name):
        not_a_function(reader, pair)
    else:
        positions = reader.positions
        place = positions.span_between(positions.end(pair), positions.start(~pair))
        reader.complain(
            "unknown-operation", f"There is no function {quoted(name)}.", span,
            f"Write {quoted(name + ' * (…)')} for a product.", Fix(f"Use `{name} * (`", " * ", place),
        )  # fmt: skip


def wrong_arity(reader: Reader, operation: Operation, count: int, begin: int, end: int) -> None:
    """A call with too few or too many operands."""
    most, least = len(operation.operands), operation.least
    needs = f"at least {least} operands" if operation.variadic else "1 operand" if most == 1 else f"{most} operands"
    gets = "none" if count == 0 else str(count)
    hint = f"Write {quoted(example_call(operation))}."
    reader.complain(
        "wrong-arity", f"{quoted(operation.name)} takes {needs}, but {gets} {'is' if count < 2 else 'are'} given.",
        reader.positions.span(begin, end), hint,
    )  # fmt: skip


def example_call(operation: Operation) -> str:
    """The operation as it is called: `clip(x, low, high)`, `max(a, b, …)`."""
    if operation.variadic:
        return f"{operation.name}(a, b, …)"
    attributes = [f"{name}={default:g}" for name, default in operation.attributes.items()]
    return f"{operation.name}({', '.join([*operation.operands, *attributes])})"


def unknown_attribute(reader: Reader, operation: Operation, name: str, pair: int) -> None:
    """`name =` in a call of an operation that has no such attribute."""
    span, fix = reader.positions.operand(pair), None
    if near := nearest(name, operation.attributes):
        fix = Fix(f"Use `{near}`", near, span)
    known = ", ".join(f"`{attribute}`" for attribute in operation.attributes)
    reader.complain(
        "unknown-attribute", f"{quoted(operation.name)} has no setting {quoted(name)}.", span,
        f"It has {known}." if known else "Write its operands without names.", fix,
    )  # fmt: skip


def attribute_twice(reader: Reader, name: str, pair: int) -> None:
    """The same attribute twice in one call."""
    reader.complain(
        "attribute-twice", f"{quoted(name)} is set twice in this call.", reader.positions.operand(pair), "Remove one."
    )


def attribute_not_number(reader: Reader, name: str, pair: int) -> None:
    """An attribute with a value that depends on a name."""
    reader.complain(
        "attribute-not-number", f"{quoted(name)} is a setting of the gate and needs a plain number.",
        reader.positions.operand(pair), f"Write it as in {quoted(name + '=0.1')}.",
    )  # fmt: skip


def chained_comparison(reader: Reader, pair: int) -> None:
    """`a < b < c`."""
    reader.complain(
        "chained-comparison", "Comparisons do not chain.", reader.positions.operator(pair),
        "Write one comparison in each `where(…)`, one inside the other.",
    )  # fmt: skip


def comparison_outside_where(reader: Reader, pair: int) -> None:
    """A comparison that is not the condition of `where`."""
    symbol = reader.pairs[pair][1]
    span, hint, fix = reader.positions.operator(pair), f"Write {quoted(f'where(a {symbol} b, 1, 0)')}.", None
    if symbol == "==" and len(reader.operands) == 1 and len(reader.stack) == 1 and reader.target is None:
        hint, fix = "Write `=` to give a name.", Fix("Use `=`", "=", span)
    reader.complain(
        "comparison-outside-where", "A comparison stands only in the condition of `where(condition, a, b)`.",
        span, hint, fix,
    )  # fmt: skip


def bad_target(reader: Reader, pair: int) -> None:
    """Something else than a name on the left of `=`."""
    if reader.brackets:
        message, hint = "`=` gives a name to a statement; it does not stand inside brackets.", "Write `==` to compare."
    elif reader.target is not None:
        message, hint = "One statement has one `=`.", "Write each name on a line of its own."
    else:
        message, hint = "Only a name can stand on the left of `=`.", "Write it as in `f = x + y`."
        if reader.program.ops and reader.pairs[pair][1] == "=" and reader.pairs[pair - 1][1] == "(":
            hint = "The name of a function of your own must be new, its operands plain names, as in `g(x, y) = x y`."
    start = reader.begin if not reader.brackets and reader.target is None else ~pair
    reader.complain("bad-target", message, reader.positions.span(start, ~pair), hint)


def role_without_value(reader: Reader, pair: int, word: str, name: str) -> None:
    """`input x + y`."""
    reader.complain(
        "role-without-value", f"After {quoted(f'{word} {name}')} only a value can follow.",
        reader.positions.span(pair, pair + 1), f"Write {quoted(f'{word} {name} = 1')} on a line of its own.",
    )  # fmt: skip


def two_roles(reader: Reader, pair: int, name: str) -> None:
    """A leaf that is said to be two things."""
    role = reader.program.roles[name]
    reader.complain(
        "two-roles", f"{quoted(name)} is already said to be {'an' if role == 'input' else 'a'} {role}.",
        reader.positions.span(pair, pair + 1), "Keep one of the two.",
    )  # fmt: skip


def check_roles(reader: Reader) -> None:
    """Roles belong to leaves: a gate has none."""
    program = reader.program
    for name, role in program.roles.items():
        node = program.names.get(name)
        if node is None or program.leaves.get(node) == name:
            continue
        word = next(word for word, said in KEYWORDS.items() if said == role)
        pair = next(i for i, pair in enumerate(reader.pairs) if pair[0] == word and reader.pairs[i + 1][0] == name)
        span = reader.positions.operand(pair)
        reader.complain(
            "role-of-gate", f"{quoted(name)} is computed from other names, so it is not {role}.".replace("not ", "no "),
            span, f"Remove {quoted(word)}.", Fix(f"Remove `{word}`", "", span),
        )  # fmt: skip


def check_definitions(reader: Reader) -> None:
    """A function of one's own is read as the output so far: only the last formula can be one."""
    program = reader.program
    last = max((index for index in range(len(program.targets)) if index not in program.only_values), default=-1)
    for name, (pair, _) in program.functions.items():
        if last >= 0 and program.targets[last] != name:
            reader.complain(
                "definition-not-last",
                f"{quoted(name)} is a function of your own; it is read only as the last formula.",
                reader.positions.operand(pair),
                f"Write {quoted(name + ' = …')}, or move it to the end.",
            )


def nothing_to_read(reader: Reader) -> None:
    """An empty program."""
    span = reader.positions.span_between(0, 0)
    reader.complain("empty-program", "There is no expression yet.", span, "Type one, for example `(x + y) * z`.")


def assigned_twice(reader: Reader, name: str) -> None:
    """A second statement for a name."""
    program, positions = reader.program, reader.positions
    span = positions.operand(reader.target_pair)
    pairs = (pair for target, pair in zip(program.targets, reader.places.first_pairs, strict=True) if target == name)
    first = next(pairs, None)
    where = "" if first is None else f" on line {positions.operand(first).line}"
    reader.complain(
        "assigned-twice", f"{quoted(name)} already has a meaning{where}.", span, "Choose another name for one of them."
    )


def used_before_definition(reader: Reader, name: str, leaf: int, node: int) -> None:
    """A gate that is used above the line that defines it, or by that line itself."""
    program, positions = reader.program, reader.positions
    span = positions.operand(reader.target_pair)
    if leaf == node or _depends(program, node, leaf):
        reader.complain(
            "cycle", f"{quoted(name)} is computed from itself.", span,
            "Give the result another name: a graph has no loops.",
        )  # fmt: skip
    else:
        line = positions.operand(reader.places.starts[leaf]).line
        reader.complain(
            "used-before-definition", f"{quoted(name)} is used on line {line}, before this line defines it.", span,
            "Move this line up.",
        )  # fmt: skip


def _depends(program: Program, node: int, leaf: int) -> bool:
    """Whether a node is computed from a leaf."""
    seen, waiting = {node}, [node]
    while waiting:
        for operand in program.operands(waiting.pop()):
            if operand == leaf:
                return True
            if operand not in seen:
                seen.add(operand)
                waiting.append(operand)
    return False


def _only_mentioned_here(reader: Reader, name: str, pair: int) -> bool:
    program = reader.program
    node = program.names.get(name)
    return node is not None and program.ops[node] == LEAF and reader.places.starts[node] == pair


def _stands_alone_somewhere(reader: Reader, name: str) -> bool:
    return any(operand == name and operator != "(" for operand, operator in reader.pairs)
