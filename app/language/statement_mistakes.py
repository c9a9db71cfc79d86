"""What is wrong with a statement, in words: one function per mistake."""

from __future__ import annotations

from app.errors import Fix, quoted
from app.language.mistakes import unless_enough
from app.language.names import KEYWORDS
from app.language.program import Program
from app.language.reader import Reader


@unless_enough
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


@unless_enough
def role_without_value(reader: Reader, pair: int, word: str, name: str) -> None:
    """`input x + y`."""
    reader.complain(
        "role-without-value", f"After {quoted(f'{word} {name}')} only a value can follow.",
        reader.positions.span(pair, pair + 1), f"Write {quoted(f'{word} {name} = 1')} on a line of its own.",
    )  # fmt: skip


@unless_enough
def two_roles(reader: Reader, pair: int, name: str) -> None:
    """A leaf that is said to be two things."""
    role = reader.program.roles[name]
    reader.complain(
        "two-roles", f"{quoted(name)} is already said to be {'an' if role == 'input' else 'a'} {role}.",
        reader.positions.span(pair, pair + 1), "Keep one of the two.",
    )  # fmt: skip


@unless_enough
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


@unless_enough
def nothing_to_read(reader: Reader) -> None:
    """An empty program."""
    span = reader.positions.span_between(0, 0)
    reader.complain("empty-program", "There is no expression yet.", span, "Type one, for example `(x + y) * z`.")


@unless_enough
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


@unless_enough
def function_name_taken(reader: Reader, pair: int) -> None:
    """`sigmoid(x) = …`: a definition of a function that is there already."""
    name = quoted(reader.pairs[pair][0])
    reader.complain(
        "function-name-taken", f"{name} is one of the functions already.", reader.positions.operand(pair),
        "Choose another name for your own.",
    )  # fmt: skip


@unless_enough
def constant_function(reader: Reader, name: str) -> None:
    """`f(x) = 2`."""
    reader.complain(
        "constant-function", f"{quoted(name)} does not depend on its operands.",
        reader.positions.operand(reader.target_pair), "Use an operand in its formula, or remove the brackets.",
    )  # fmt: skip


@unless_enough
def function_twice(reader: Reader, pair: int) -> None:
    """A second definition of a function of one's own."""
    name = reader.pairs[pair][0]
    line = reader.positions.operand(reader.program.functions[name].pair).line
    reader.complain(
        "function-twice", f"The function {quoted(name)} is already defined on line {line}.",
        reader.positions.operand(pair), "Choose another name for one of them.",
    )  # fmt: skip


@unless_enough
def parameter_twice(reader: Reader, pair: int) -> None:
    """`f(x, x) = …`."""
    reader.complain(
        "parameter-twice", f"{quoted(reader.pairs[pair][0])} stands twice among the operands of this function.",
        reader.positions.operand(pair), "Give each operand a name of its own.",
    )  # fmt: skip


@unless_enough
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
