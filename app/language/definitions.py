"""Functions of one's own: where a definition begins and ends, and what a call of one becomes.

A body is read into a program of its own. A name in it is a parameter if it is one, else it is the program's: a leaf,
or a gate of a statement above. Those from outside are operands of every call, behind the ones that the call writes,
so a body depends on nothing but its operands.
"""

from __future__ import annotations

from app.language import mistakes, statement_mistakes
from app.language.program import Function, Places, Program
from app.language.reader import Reader
from app.language.vocabulary import FUNCTIONS, LEAF, OWN_CALL


def head(reader: Reader, pair: int) -> bool:
    """Whether the statement begins with `f(x, y) =`; if so, its formula is read next, and its parameters are leaves."""
    pairs = reader.pairs
    last = pair + 1
    while pairs[last][0] > ":" and pairs[last][1] == ",":
        last += 1
    if not (pairs[last][0] > ":" and pairs[last][1] == ")" and pairs[last + 1] == ("", "=")):
        return False
    name = pairs[pair][0]
    if name in FUNCTIONS:
        statement_mistakes.function_name_taken(reader, pair)
    elif name in reader.program.functions:
        statement_mistakes.function_twice(reader, pair)
    reader.check_length(pair, name)
    parameters = tuple(parameter for parameter, _ in pairs[pair + 1 : last + 1])
    if pair == reader.output_pair:
        reader.program.head = (name, parameters)
    else:
        _begin(reader, name, pair, parameters)
    seen: set[str] = set()
    for at, parameter in enumerate(parameters, pair + 1):
        if parameter in seen:
            statement_mistakes.parameter_twice(reader, at)
        elif parameter not in reader.program.names:
            reader.check_length(at, parameter)
            reader.leaf(parameter, at)
        seen.add(parameter)
    for _ in range(pair, last + 1):
        next(reader.numbered)  # the parser's loop goes on behind the head
    reader.target, reader.target_pair, reader.defining = name, pair, name
    return True


def is_call(reader: Reader, name: str) -> bool:
    """Whether this name before a bracket calls a function of one's own; a parameter hides a function of its name."""
    if name not in reader.program.functions:
        return False
    return reader.definition is None or name not in reader.definition.parameters


def called(reader: Reader, begin: int) -> Function:
    """The function that a call which begins with this pair calls."""
    return reader.program.functions[reader.pairs[begin][0]]


def apply(reader: Reader, operands: list[int], named: int, begin: int, end: int) -> int:
    """The operand for a call. named: how many of its operands were written as `name = …`, a mistake."""
    function, program = called(reader, begin), reader.program
    names = [reader.attribute_names.pop() for _ in range(named)]
    for name, pair in reversed(names):
        mistakes.own_attribute(reader, function, name, pair)
    reader.called.add(function.name)
    if names or len(operands) != len(function.parameters):
        if not names:
            mistakes.wrong_own_arity(reader, function, len(operands), begin, end)
        return reader.leaf(None, begin)
    nodes = [reader.constant(operand) for operand in operands]
    nodes += [_from_outside(reader, node, begin) for node in function.outside]
    node = reader.wide_node(OWN_CALL, nodes, begin, end)
    program.calls[node] = function
    return node


def finish(reader: Reader, root: int, pair: int) -> None:
    """Ends a definition; its body ends with this pair."""
    function, body = reader.definition, reader.program
    assert function is not None
    if root < 0:
        statement_mistakes.constant_function(reader, function.name)
        root = reader.constant(root)
    body.targets.append(None)
    body.roots.append(root)
    parameters = [body.names.get(parameter, 0) for parameter in function.parameters]
    reader.program, reader.definition, reader.euler = reader.whole, None, set()
    reader.places = reader.whole_places
    function.last_pair = pair
    inside = set(parameters)
    leaves = [node for node, op in enumerate(body.ops) if op == LEAF and node not in inside]
    known = {node: outer for outer, node in reader.outside.items()}
    outside = [known[node] if node in known else _outer(reader, body, node) for node in leaves]
    function.operands, function.outside = (*parameters, *leaves), tuple(outside)
    function.result = _result(function)
    reader.whole.functions.setdefault(function.name, function)


def uncalled_output(reader: Reader) -> int:
    """Pair of the definition that is the program's last formula and that nothing calls; -1 if there is none."""
    program = reader.whole
    function = next(reversed(program.functions.values()), None)
    if function is None or function.name in reader.called:
        return -1
    below = range(function.before, len(program.targets))
    return function.pair if all(index in program.only_values for index in below) else -1


def _begin(reader: Reader, name: str, pair: int, parameters: tuple[str, ...]) -> None:
    """From here on the reader writes into the body of a definition."""
    whole, places = reader.program, reader.places
    body = Program(reader.prepared)
    body.leaves = {}
    body.functions, body.roles = whole.functions, whole.roles
    body.places = Places(products=places.products)
    reader.whole_places, reader.program, reader.places = places, body, body.places
    reader.outside, reader.euler = {}, set()
    reader.definition = Function(name, pair, parameters, body, len(whole.targets), pair)


def _from_outside(reader: Reader, node: int, pair: int) -> int:
    """A node of the whole program that a called function takes from outside, where the call stands."""
    if reader.definition is None:
        return node
    if node not in reader.outside:
        name = reader.whole.leaves.get(node)
        if name is not None and name not in reader.definition.parameters:
            return reader.program.names[name] if name in reader.program.names else reader.leaf(name, pair)
        reader.outside[node] = reader.leaf(None, pair)
    return reader.outside[node]


def _outer(reader: Reader, body: Program, leaf: int) -> int:
    """The node of the whole program that a name in a body means; a leaf that is new there if it has none so far."""
    name = body.leaves.get(leaf)
    node = reader.program.names.get(name) if name is not None else None
    if node is not None:
        return node
    assert body.places is not None
    return reader.leaf(name, body.places.starts[leaf])


def _result(function: Function) -> int | None:
    """Position of the operand that the body gives back unchanged."""
    body, node = function.body, function.body.roots[0]
    while body.ops[node] == OWN_CALL and (position := body.calls[node].result) is not None:
        node = body.wide[node][0][position]
    return function.operands.index(node) if body.ops[node] == LEAF else None
