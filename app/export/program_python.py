"""A program as a Python function that runs, and that reads back as the same program.

What Python's `math` has is called there; every other operation is defined above the function in the registry's own
words, so that a sigmoid stays one sigmoid.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.export.code.identifiers import RESERVED, Identifiers
from app.export.operators import operator
from app.export.program_numpy import is_drawn, numpy_call, numpy_helpers, numpy_literal, numpy_value
from app.language.constants import constant_text, written_between
from app.language.notation import call_segments
from app.language.parser import parse_unfolded
from app.language.places import places_of
from app.language.positions import Positions
from app.language.printer import ATOM, LOOSEST, Segments, Slot, Written, print_node
from app.language.program import Function, Program
from app.language.vocabulary import CONSTANT, LEAF
from app.operations import Operation
from app.operations.templates import fill

_CALL = re.compile(r"([\w.]+)\((#\w+(?:, #\w+)*|#\*)\)")
_WIDEST = 96
"""Characters of parameters in one line; tensors are seldom as short."""


class PythonStyle:
    """How the nodes of one program are written in Python.

    names     node -> identifier        functions  own function -> identifier
    helpers   operations that need a definition of their own, in the order they are met
    """

    def __init__(
        self, program: Program, names: Mapping[int, str], functions: Mapping[str, str], helpers: dict[str, Operation]
    ) -> None:
        self._program = program
        self._names = names
        self._functions = functions
        self._helpers = helpers
        self._positions = Positions(program.prepared)

    def is_closed(self, node: int) -> bool:
        """Whether it is a leaf, a literal, or has a name of its own."""
        return self._program.first[node] < 0 or node in self._names

    def closed(self, node: int) -> Written:
        """An identifier or a literal."""
        if self._program.ops[node] == CONSTANT:
            return self.literal(node)
        return Written([self._names[node]], ATOM)

    def literal(self, node: int) -> Written:
        """A literal as typed."""
        return literal(constant_text(self._program, ~self._program.first[node], self._positions), self._helpers)

    def opened(self, node: int) -> Written:
        """An operator, a call of `math`, or a call of a definition above."""
        program = self._program
        operands = program.operands(node)
        if node in program.calls:
            function = program.calls[node]
            head = f"{self._functions[function.name]}("
            return Written(call_segments(head, operands[: len(function.parameters)], ")"), ATOM)
        operation = program.operation(node)
        if operation is None:
            return self.closed(node)
        return self.call(operation, operands, program.attributes(node))

    def call(self, operation: Operation, operands: tuple[int, ...], attributes: Mapping[str, Any]) -> Written:
        """An operation on operands; what needs a definition is noted among the helpers."""
        return operation_call(operation, operands, attributes, self._helpers)

    def brackets(self, node: int) -> tuple[str, str]:  # noqa: ARG002  # the same for every node
        """Round brackets."""
        return "(", ")"


class NumpyStyle(PythonStyle):
    """How the nodes of a program with tensors are written."""

    def literal(self, node: int) -> Written:
        """A number as typed, a list as an array; random numbers are written out."""
        slot = ~self._program.first[node]
        text, value = constant_text(self._program, slot, self._positions), self._program.tensors.get(slot)
        return Written([numpy_value(value)], ATOM) if is_drawn(text) else numpy_literal(text)

    def call(self, operation: Operation, operands: tuple[int, ...], attributes: Mapping[str, Any]) -> Written:
        """An operation on operands; what needs a definition is noted among the helpers."""
        return numpy_call(operation, operands, attributes, self._helpers)


def operation_call(
    operation: Operation, operands: tuple[int, ...], attributes: Mapping[str, float], helpers: dict[str, Operation]
) -> Written:
    """An operation on operands in Python."""
    if (written := operator(operation, operands)) is not None:
        return written
    if operation.name == "where":
        condition, one, other = (Slot(operand, LOOSEST) for operand in operands)
        return Written(["(", one, " if ", condition, " else ", other, ")"], ATOM)
    match = _CALL.fullmatch(operation.code["python"])
    names = [f"#{name}" for name in operation.operands]
    if match and not operation.attributes and match.group(2) in ("#*", ", ".join(names)):
        return Written(call_segments(f"{match.group(1)}(", operands, ")"), ATOM)
    helpers[operation.name] = operation
    segments: Segments = call_segments(f"{_helper_name(operation)}(", operands, "")
    segments += [f", {name}={value!r}" for name, value in attributes.items()]
    return Written([*segments, ")"], ATOM)


class _Literals(PythonStyle):
    def closed(self, node: int) -> Written:
        text = constant_text(self._program, ~self._program.first[node], self._positions)
        return Written([{"pi": "math.pi", "π": "math.pi", "e": "math.e"}.get(text, text)], ATOM)


def literal(text: str, helpers: dict[str, Operation]) -> Written:
    """A literal of our notation in Python: `1/2`, `pi/2` gives `math.pi / 2`."""
    program = parse_unfolded(text)
    style, root = _Literals(program, {}, {}, helpers), program.roots[-1]
    if program.first[root] < 0:
        return style.closed(root)
    written = style.opened(root)
    return Written([print_node(style, root)[0]], written.precedence)


def needs_tensors(program: Program) -> bool:
    """Whether a program computes with tensors, or writes an operation that is for them alone, as in `x.T`."""
    operations = map(program.operation, range(len(program.ops)))
    return program.has_tensors or any(one is not None and "python" not in one.code for one in operations)


def program_python(program: Program, values: Mapping[str, Any] | None = None) -> str:
    """The program as Python: definitions, then one function of its leaves with their values as defaults.

    A program with tensors, or with a tensor among the values, is one in NumPy.
    Values win over the program's own; a leaf without one is a parameter that must be given.
    """
    helpers: dict[str, Operation] = {}
    identifiers = _identifiers(program)
    labels = program.node_names()
    output = _output(program)
    names = {node: identifiers.take(label) for node, label in labels.items()}
    functions = {name: identifiers.take(name) for name in program.functions}
    bodies = (program, *(function.body for function in program.functions.values()))
    tensors = any(map(needs_tensors, bodies)) or any(np.ndim(value) for value in (values or {}).values())
    make = NumpyStyle if tensors else PythonStyle
    style = make(program, names, functions, helpers)
    above: list[str] = []
    body: list[str] = []
    waiting = list(program.functions.values())
    for index, (target, root) in enumerate(zip(program.targets, program.roots, strict=True)):
        while waiting and waiting[0].before <= index:
            _define(waiting.pop(0), names, functions, helpers, above, body, make)
        if index in program.only_values:
            continue
        is_name = style.is_closed(root) and labels.get(root) != target
        text, _ = print_node(style, root, closed_root=is_name)
        if target is None:
            body.append(f"return {text}" if index == output else text)
        else:
            here = names[root] if labels.get(root) == target else identifiers.take(target)
            body.append(f"{here} = {text}")
            if index == output:
                body.append(f"return {here}")
    for function in waiting:
        _define(function, names, functions, helpers, above, body, make)
    ordered = [line for line in body if not line.startswith("return ")]
    ordered += [line for line in body if line.startswith("return ")][:1]
    if not ordered:
        ordered = [f"return {names[program.roots[-1]]}" if program.roots[-1] in names else "pass"]
    parameters = _parameters(program, names, values or {}, helpers, tensors)
    listed = ", ".join(parameters)
    if tensors and len(listed) > _WIDEST:
        listed = "".join(f"\n    {parameter}," for parameter in parameters) + "\n"
    head = f"def {_function_name(program, output, names, identifiers)}({listed}):"
    text = "\n".join([head, *(f"    {line}" for line in ordered)])
    defined = numpy_helpers(helpers) if tensors else [_helper(one) for one in helpers.values()]
    code = "\n\n\n".join([*defined, *above, text]) + "\n"
    if tensors:
        code = f"import numpy as np\n\n\n{code}"
        return f"import math\n{code}" if "math." in code else code
    return f"import math\n\n\n{code}" if "math." in code else code


def _identifiers(program: Program) -> Identifiers:
    identifiers = Identifiers()
    names: dict[str, Operation] = {}
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is not None and not operation.infix:
            names.setdefault(operation.name, operation)
    for operation in names.values():
        identifiers.take(operation.name)
    return identifiers


def _helper_name(operation: Operation) -> str:
    """What a definition of an operation is called: `round_` where Python has a `round` that its body calls."""
    return f"{operation.name}_" if operation.name in RESERVED else operation.name


def _output(program: Program) -> int:
    """The statement whose value the function gives back."""
    for index in range(len(program.targets) - 1, -1, -1):
        if index not in program.only_values:
            return index
    return -1


def _function_name(program: Program, output: int, names: Mapping[int, str], identifiers: Identifiers) -> str:
    """The output's name, which inside of the function hides that of the function; else f."""
    name = names.get(program.roots[output]) if output >= 0 else None
    return name if name is not None and program.targets[output] is not None else identifiers.take("f")


def _parameters(
    program: Program,
    names: Mapping[int, str],
    values: Mapping[str, Any],
    helpers: dict[str, Operation],
    tensors: bool,
) -> list[str]:
    positions, value_lines = Positions(program.prepared), places_of(program).value_lines
    plain: list[str] = []
    with_values: list[str] = []
    for node, name in program.leaves.items():
        if program.ops[node] != LEAF:
            continue
        if name in values:
            with_values.append(f"{names[node]}={numpy_value(values[name])}")
        elif node in value_lines:
            text = written_between(program, *value_lines[node], positions)
            drawn = tensors and is_drawn(text)
            written = numpy_literal(text) if tensors else literal(text, helpers)
            code = numpy_value(program.value_in(~program.first[node])) if drawn else "".join(map(str, written.segments))
            with_values.append(f"{names[node]}={code}")
        else:
            plain.append(names[node])
    return [*plain, *with_values]


def _define(
    function: Function,
    names: Mapping[int, str],
    functions: Mapping[str, str],
    helpers: dict[str, Operation],
    above: list[str],
    body: list[str],
    make: type[PythonStyle],
) -> None:
    """A function of the program's own: above, or inside where it needs names from outside its operands."""
    inner = Identifiers()
    for name in (*functions.values(), *(operation.name for operation in helpers.values())):
        inner.take(name)
    here: dict[int, str] = {}
    parameters = []
    for position, node in enumerate(function.operands):
        if position < len(function.parameters):
            here[node] = inner.take(function.parameters[position])
            parameters.append(here[node])
    for node, outer in zip(function.operands[len(function.parameters) :], function.outside, strict=True):
        here[node] = names[outer]
    style = make(function.body, here, functions, helpers)
    root = function.body.roots[0]
    text, _ = print_node(style, root, closed_root=style.is_closed(root))
    head = f"def {functions[function.name]}({', '.join(parameters)}):"
    if function.outside:
        body.append(f"{head} return {text}")
    else:
        above.append(f"{head}\n    return {text}")


def _helper(operation: Operation) -> str:
    names = {name: name for name in (*operation.operands, *operation.attributes)}
    parameters = [*operation.operands, *(f"{name}={value!r}" for name, value in operation.attributes.items())]
    return (
        f"def {_helper_name(operation)}({', '.join(parameters)}):\n    return {fill(operation.code['python'], names)}"
    )
