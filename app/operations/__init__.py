"""The registry of operations: one entry per operation feeds everything else."""

from app.operations import registry
from app.operations.conventions import CONVENTION_NAMES, TIES, Conventions
from app.operations.notations import Infix, Prefix
from app.operations.patterns import PATTERNS, Pattern
from app.operations.record import Operation
from app.operations.refusals import RegistrationError
from app.operations.registry import (
    BY_FUNCTION_NAME,
    BY_INFIX_SYMBOL,
    BY_PREFIX_SYMBOL,
    EVERY_OPERATION,
    OPERATIONS,
    REGISTRY,
    TENSOR_OPERATIONS,
)

__all__ = [
    "BY_FUNCTION_NAME",
    "BY_INFIX_SYMBOL",
    "BY_PREFIX_SYMBOL",
    "CONVENTION_NAMES",
    "EVERY_OPERATION",
    "OPERATIONS",
    "PATTERNS",
    "REGISTRY",
    "TENSOR_OPERATIONS",
    "TIES",
    "Conventions",
    "Infix",
    "Operation",
    "Pattern",
    "Prefix",
    "RegistrationError",
    "registry",
]
