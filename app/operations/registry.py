"""All operations, by name and by the ways to write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.operations.activations import ACTIVATIONS
from app.operations.arithmetic import ARITHMETIC
from app.operations.comparisons import COMPARISONS
from app.operations.convolution import CONVOLUTIONS
from app.operations.elementary import ELEMENTARY
from app.operations.linear import LINEAR
from app.operations.losses import LOSSES
from app.operations.record import Operation
from app.operations.reductions import REDUCTIONS
from app.operations.refusals import RegistrationError, check_operation, check_texts
from app.operations.rounding import ROUNDING
from app.operations.structure import STRUCTURE
from app.operations.trigonometry import TRIGONOMETRY


def index(operations: Iterable[Operation], keys: Callable[[Operation], Iterable[str]]) -> dict[str, Operation]:
    """Every key of every operation -> that operation. Raises RegistrationError for a key used twice."""
    found: dict[str, Operation] = {}
    for operation in operations:
        for key in keys(operation):
            if key in found:
                raise RegistrationError(f"{operation.name}: `{key}` already belongs to {found[key].name}.")
            found[key] = operation
    return found


OPERATIONS: tuple[Operation, ...] = (
    *ARITHMETIC,
    *COMPARISONS,
    *ROUNDING,
    *ELEMENTARY,
    *TRIGONOMETRY,
    *ACTIVATIONS,
    *LOSSES,
)
"""Those that work entry by entry, on numbers and on tensors, in the order of the cheat sheet."""

TENSOR_OPERATIONS: tuple[Operation, ...] = (*LINEAR, *CONVOLUTIONS, *REDUCTIONS, *STRUCTURE)
"""Those that work on whole tensors."""

EVERY_OPERATION = (*OPERATIONS, *TENSOR_OPERATIONS)

REGISTRY = index(EVERY_OPERATION, lambda operation: (operation.name,))
BY_FUNCTION_NAME = index(EVERY_OPERATION, lambda operation: operation.function_names)
BY_INFIX_SYMBOL = index(EVERY_OPERATION, lambda operation: operation.infix.symbols if operation.infix else ())
BY_PREFIX_SYMBOL = index(OPERATIONS, lambda operation: operation.prefix.symbols if operation.prefix else ())

for _operation in OPERATIONS:
    check_operation(_operation)
    check_texts(_operation, BY_FUNCTION_NAME)
