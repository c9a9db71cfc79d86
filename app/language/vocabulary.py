"""The registry as the parser needs it: small integers for operations, and tables indexed by them."""

from __future__ import annotations

from app.operations import BY_FUNCTION_NAME, BY_INFIX_SYMBOL, BY_PREFIX_SYMBOL, EVERY_OPERATION, Operation
from app.operations.fillers import FILLERS

LEAF = 0
CONSTANT = 1
_FIRST_OPERATION = 2

OWN_CALL = _FIRST_OPERATION + len(EVERY_OPERATION)
"""Code of a call of a function that the program defines; `Program.calls` says which one."""

FILLER_OF = dict(enumerate(FILLERS, OWN_CALL + 1))
"""Code of a function that writes a tensor of one value -> its name; no node ever has such a code."""

OPERATION_OF: tuple[Operation | None, ...] = (None, None, *EVERY_OPERATION, None, *[None] * len(FILLERS))
"""Code -> operation; None for the two kinds of nodes without operands, and for calls of a program's own functions."""

CODE_OF = {operation.name: code for code, operation in enumerate(EVERY_OPERATION, _FIRST_OPERATION)}
"""Name of an operation -> its code, below 255."""

FIRST_CONSTANT = 256
SECOND_CONSTANT = 512
CODE_MASK = 255
"""A node's code says which of its operands are constants, so that their derivatives are never computed:
code | FIRST_CONSTANT | SECOND_CONSTANT."""

WIDE = -2
"""Second operand of a node whose operands and attributes stand in `Program.wide`."""

# What stands on the parser's stack of operators: infix operations as their code, and these.
PREFIX = 256  # + code of a prefix operation
BOTTOM = 512
BRACKET = 513
CALL_BRACKET = 514
ARGUMENT = 515  # a comma of a call
ATTRIBUTE = 516  # `slope =` in a call
LIST_BRACKET = 517
INDEX_BRACKET = 518
UNARY_CALL = 1024  # + code of an operation with one operand, below its bracket
CALL = 2048  # + code of any other operation, below its bracket; + 0 for a function that does not exist

STACK_PRECEDENCE: list[int] = [0] * (CALL + CODE_MASK + 1)
"""Precedence of what stands on the stack; 0 for brackets, calls and the bottom: nothing passes them."""

OPERATOR = 0
CLOSE = 1
COMMA = 2
END = 3
COMPARE = 4

ARRIVING: dict[str, tuple[int, int, int]] = {
    ")": (2, CLOSE, 0),
    "]": (2, CLOSE, 0),
    ",": (2, COMMA, 0),
    "\n": (1, END, 0),
    ";": (2, END, 0),
}
"""An operator behind an operand -> (what binds at least as tightly on the stack is done first, what it is, code)."""

PREFIXES: dict[str, int] = {}
"""An operator before an operand -> its entry on the stack."""

FUNCTIONS: dict[str, int] = {}
"""A function name -> its entry on the stack."""

COMPARISONS: set[int] = set()
"""Codes of the operations that do not chain; they stand only in the condition of `where`."""


def _fill_tables() -> None:
    for symbol, operation in BY_INFIX_SYMBOL.items():
        infix, code = operation.infix, CODE_OF[operation.name]
        assert infix is not None
        STACK_PRECEDENCE[code] = infix.precedence
        least = infix.precedence + (infix.associativity == "right")
        ARRIVING[symbol] = (least, COMPARE if infix.associativity == "none" else OPERATOR, code)
        if infix.associativity == "none":
            COMPARISONS.add(code)
    for symbol, operation in BY_PREFIX_SYMBOL.items():
        prefix, code = operation.prefix, CODE_OF[operation.name]
        assert prefix is not None
        STACK_PRECEDENCE[PREFIX + code] = prefix.precedence
        PREFIXES[symbol] = PREFIX + code
    for name, operation in BY_FUNCTION_NAME.items():
        one = len(operation.operands) == 1 and not operation.variadic and "shape" not in operation.attributes
        FUNCTIONS[name] = (UNARY_CALL if one else CALL) + CODE_OF[operation.name]
    for code, name in FILLER_OF.items():
        FUNCTIONS[name] = CALL + code


_fill_tables()

MULTIPLY = CODE_OF["mul"]
DIVIDE = CODE_OF["div"]
POWER = CODE_OF["pow"]
NEGATE = CODE_OF["neg"]
EXPONENTIAL = CODE_OF.get("exp", 0)
WHERE = CODE_OF.get("where", 0)
PRODUCT_PRECEDENCE = STACK_PRECEDENCE[MULTIPLY]

STACK, INDEX, TRANSPOSE, RESHAPE = (CODE_OF[name] for name in ("stack", "index", "transpose", "reshape"))
OVER_ENTRIES = {CODE_OF["max"]: CODE_OF["amax"], CODE_OF["min"]: CODE_OF["amin"]}
"""Code of an operation on several operands -> that of the one over the entries of a single operand."""

WHOLE_CODES = frozenset(
    code | first | second
    for code, operation in enumerate(OPERATION_OF)
    if operation is not None and operation.whole
    for first in (0, FIRST_CONSTANT)
    for second in (0, SECOND_CONSTANT)
)
"""Codes, with any bits, of operations on whole tensors."""
