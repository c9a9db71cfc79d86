"""The local gradients of the registry as functions, under one choice of conventions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from app.engine.rule_code import local_source, push_source, sweep_source
from app.language.vocabulary import CODE_MASK, FIRST_CONSTANT, OPERATION_OF, SECOND_CONSTANT
from app.operations import Conventions, Operation

Local = Callable[..., float]
Push = Callable[[int, float, int, int, list[float], list[float]], None]
"""push(node, gradient, first, second, values, gradients) adds to the gradients of the node's operands."""


def _functions(total: bool) -> dict[str, Any]:
    """What rule functions call: on Python floats for speed, or on NumPy, where every input has a result."""
    operations = [operation for operation in OPERATION_OF if operation is not None]
    functions: dict[str, Any] = {f"f_{o.name}": o.forward if total else o.scalar for o in operations}
    return functions | {"__builtins__": {"range": range}}


_FAST = _functions(total=False)
_TOTAL = _functions(total=True)
_KINK = -1


class Rules:
    """The functions of all operations, made when first needed.

    push        code of a node -> its Push          sweep    the reverse pass over a whole program
    locals_of   code of a node -> its local gradients as functions on floats
    """

    def __init__(self, conventions: Conventions) -> None:
        constants = {
            "relu_at_zero": float(conventions.relu_at_zero),
            "abs_at_zero": float(conventions.abs_at_zero),
        }
        self.conventions = conventions
        self._fast = _FAST | constants
        self._total = _TOTAL | constants
        self._locals: dict[tuple[int, int, bool], Local | None] = {}
        self._on_arrays: dict[tuple[int, int, str | None], Local | None] = {}
        self._kept: list[Operation] = []  # so that no other operation gets the id of one whose functions are kept
        self.push: list[Push] = [_nothing] * (4 * (CODE_MASK + 1))
        for code, operation in enumerate(OPERATION_OF):
            for bits in (0, FIRST_CONSTANT, SECOND_CONSTANT):
                if operation is not None:
                    self.push[code | bits] = self._on_first_use(operation, code | bits)
        self.sweep: Callable[..., None] = self._define("sweep", sweep_source())
        self.locals_of = LocalTable(self)

    def local(self, operation: Operation, operand: int, total: bool = False) -> Local | None:
        """d out / d operand as a function of (*operands, out, **attributes); None: no gradient by definition.

        Of a variadic operation: a function of (x, out, ties, tie_share), x being this operand. With `total` it takes
        NumPy floats and has a result for every input.
        """
        key = (id(operation), 0 if operation.variadic else operand, total)
        if key not in self._locals:
            text = operation.local[key[1]]
            self._locals[key] = None if text is None else self._make_local(operation, text, total)
        return self._locals[key]

    def entrywise(self, operation: Operation, operand: int) -> Local | None:
        """The same function for arrays: entry by entry, with a result for every input."""
        key = (id(operation), 0 if operation.variadic else operand, None)
        if key not in self._on_arrays:
            text = operation.local[key[1]]
            self._on_arrays[key] = None if text is None else self._array_rule(operation, text)
        return self._on_arrays[key]

    def downstream(self, operation: Operation, ranks: tuple[int, ...], operand: int) -> Local | None:
        """The vector-Jacobian product of an operation on whole tensors, of (*operands, out, g), where it is a text."""
        texts = operation.downstream.get(ranks) or operation.downstream.get(())
        text = None if texts is None else texts[operand]
        key = (id(operation), operand, text)
        if key not in self._on_arrays:
            self._on_arrays[key] = None if text is None else self._array_rule(operation, text)
        return self._on_arrays[key]

    def _array_rule(self, operation: Operation, text: str) -> Local:
        self._kept.append(operation)
        made: Local = eval(local_source(operation, text, arrays=True), self._total)
        return made

    def on_kink(
        self, operation: Operation, operands: tuple[float, ...], out: float, attributes: Mapping[str, float]
    ) -> bool:
        """Whether an operation's derivative at these operands is a matter of choice."""
        if operation.kinks is None:
            return False
        numbers = (*operands, out)
        if operation.variadic:
            tied, shares = tie_shares(operands, out, self.conventions.ties)
            numbers = (operands[0], out, float(tied), shares[0])
        key = (id(operation), _KINK, True)
        if key not in self._locals:
            self._locals[key] = self._make_local(operation, f"where({operation.kinks}, 1, 0)", total=True)
        holds = self._locals[key]
        assert holds is not None
        with np.errstate(all="ignore"):
            return bool(holds(*numbers, **attributes))

    def _make_local(self, operation: Operation, text: str, total: bool) -> Local:
        self._kept.append(operation)
        made: Local = eval(local_source(operation, text), self._total if total else self._fast)
        return made

    def _define(self, name: str, source: str) -> Any:
        """The function that a source text of ours defines; the texts come from the registry alone."""
        made: dict[str, Any] = {}
        exec(source, self._fast, made)
        return made[name]

    def _on_first_use(self, operation: Operation, code: int) -> Push:
        def push(
            node: int, gradient: float, first: int, second: int, values: list[float], gradients: list[float]
        ) -> None:
            made: Push = (
                self._variadic_push(operation, code)
                if operation.variadic
                else self._define("push", push_source(operation, code))
            )
            self.push[code] = made
            made(node, gradient, first, second, values, gradients)

        return push

    def _variadic_push(self, operation: Operation, code: int) -> Push:
        local = self.local(operation, 0)
        if local is None:
            return _nothing
        ties = self.conventions.ties
        first_wanted, second_wanted = not code & FIRST_CONSTANT, not code & SECOND_CONSTANT

        def push(
            node: int, gradient: float, first: int, second: int, values: list[float], gradients: list[float]
        ) -> None:
            operands, out = (values[first], values[second]), values[node]
            tied, shares = tie_shares(operands, out, ties)
            if first_wanted:
                gradients[first] += gradient * local(operands[0], out, tied, shares[0])
            if second_wanted:
                gradients[second] += gradient * local(operands[1], out, tied, shares[1])

        return push


class LocalTable(dict[int, "tuple[Local | None, ...] | None"]):
    """Code of a node -> per operand d out / d operand as a function of (*operands, out), None for constant operands.

    None for an operation with any number of operands. Entries are made when first asked for.
    """

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, code: int) -> tuple[Local | None, ...] | None:
        operation = OPERATION_OF[code & CODE_MASK]
        assert operation is not None
        found: list[Local | None] = []
        for position, bit in zip(range(len(operation.operands)), (FIRST_CONSTANT, SECOND_CONSTANT, 0), strict=False):
            found.append(None if code & bit else self._rules.local(operation, position) or _zero)
        self[code] = None if operation.variadic else tuple(found)
        return self[code]


def _zero(*_: float) -> float:
    return 0.0


def tie_shares(operands: tuple[float, ...], out: float, ties: str) -> tuple[int, list[float]]:
    """How many operands equal the result, and the weight of each under the convention for ties."""
    tied = [operand == out for operand in operands]
    count = sum(tied)
    if ties == "first" and count:
        winner = tied.index(True)
        return count, [float(position == winner) for position in range(len(operands))]
    return count, [1.0 if ties == "both" or not count else 1.0 / count] * len(operands)


def _nothing(node: int, gradient: float, first: int, second: int, values: list[float], gradients: list[float]) -> None:
    """No operand of this node receives a gradient."""


@lru_cache(maxsize=32)
def rules_for(conventions: Conventions) -> Rules:
    """The rules under these conventions; kept, as few combinations are in use at one time."""
    return Rules(conventions)
