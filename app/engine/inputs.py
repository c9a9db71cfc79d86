"""What a request says about a program: values of leaves, and which nodes are the outputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.entries import Index, check_entry, split_entry
from app.engine.tensor_values import give_tensor
from app.errors import MAX_PROBLEMS, Problem, UserError, quoted, shown
from app.language.program import Program
from app.language.suggest import nearest
from app.language.text import canonical_name

DEFAULT_VALUE = 1.0


def give_values(program: Program, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Puts values into the slots of leaves; the names of those that got none, and so 1.0.

    Raises UserError "value" that tells every name which is no leaf.
    """
    names, first, slots = program.names, program.first, program.slots
    problems: list[Problem] = []
    entries: list[tuple[int, Index, str, Any]] = []
    for name, value in values.items():
        node = names.get(name)
        if node is not None and (place := first[node]) < 0 and type(value) is float:
            slots[~place] = value
            if program.tensors:
                program.tensors.pop(~place, None)
            continue
        if len(problems) == MAX_PROBLEMS:
            break
        if node is None:
            node = names.get(canonical_name(name))
        if node is None and (found := _entry(program, name)) is not None:
            entries.append((*found, name, value))
        elif node is None or first[node] >= 0:
            problems.append(_no_leaf(program, name, node))
        elif isinstance(value, list | tuple | np.ndarray):
            give_tensor(program, node, name, value, problems)
        else:
            slots[~first[node]] = _as_float(name, value, problems)
            program.tensors.pop(~first[node], None)
    # Whole values first, in whatever order they came.
    for entry_of, index, name, value in entries[: MAX_PROBLEMS if problems else None]:
        _give_entry(program, entry_of, index, name, _as_float(name, value, problems), problems)
    if problems:
        raise UserError(problems[:MAX_PROBLEMS], "value")
    if None not in slots:
        return ()
    defaulted = [node for node in program.leaves if slots[~first[node]] is None]
    for node in defaulted:
        slots[~first[node]] = DEFAULT_VALUE
    return tuple(program.leaves[node] for node in defaulted)


def _entry(program: Program, name: str) -> tuple[int, Index] | None:
    """The leaf and the index of `W1[0, 1]`; None where that is no entry of a leaf."""
    base, index = split_entry(name)
    if index is None:
        return None
    node = program.names.get(base, program.names.get(canonical_name(base)))
    return None if node is None or program.first[node] >= 0 else (node, index)


def _give_entry(program: Program, leaf: int, index: Index, name: str, value: float, problems: list[Problem]) -> None:
    """Puts a number in the place of one entry of a leaf that is a tensor."""
    slot = ~program.first[leaf]
    tensor = program.tensors.get(slot)
    shape = () if tensor is None else tensor.shape
    try:
        at = check_entry(shape, index, program.leaves[leaf], f"values.{shown(name)}")
    except UserError as error:
        problems.extend(error.problems)
        return
    if tensor is not None:
        # What the program was read to may be shared with other requests.
        program.tensors[slot] = changed = tensor.copy()
        changed[at] = value


def choose_outputs(program: Program, wanted: str | Sequence[str] | None) -> tuple[int, ...]:
    """The nodes to differentiate: those named, else that of the last statement that is not only a value.

    Raises UserError "value" for a name the program does not have.
    """
    if wanted is None:
        if not program.only_values:
            return (program.roots[-1],)
        statements = range(len(program.roots) - 1, -1, -1)
        last = next((index for index in statements if index not in program.only_values), len(program.roots) - 1)
        return (program.roots[last],)
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    found = [_output(program, name) for name in names]
    missing = [(index, name) for index, (name, node) in enumerate(zip(names, found, strict=True)) if node is None]
    problems = [
        _no_output(program, name, "output" if isinstance(wanted, str) else f"output.{index}")
        for index, name in missing[:MAX_PROBLEMS]
    ]
    if not names:
        problems.append(Problem("no-output", "The list of outputs is empty.", "Name at least one.", field="output"))
    if problems:
        raise UserError(problems, "value")
    return tuple(node for node in found if node is not None)


def _output(program: Program, name: str) -> int | None:
    node = program.names.get(name, program.names.get(canonical_name(name)))
    if node is None and program.targets[-1] is None and name == "f":
        return choose_outputs(program, None)[0]
    return node


def _no_leaf(program: Program, name: str, node: int | None) -> Problem:
    field = f"values.{shown(name)}"
    if node is not None:
        message = f"{quoted(name)} is computed by the program, so it cannot be given a value."
    else:
        message = f"The program has no leaf {quoted(name)}."
    return Problem("unknown-leaf", message, _hint(name, program.leaves.values(), "leaf"), field=field)


def _no_output(program: Program, name: str, field: str) -> Problem:
    return Problem(
        "unknown-output",
        f"The program has no node named {quoted(name)}.",
        _hint(name, program.names, "name"),
        field=field,
    )


def _hint(name: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if near := nearest(name, names):
        return f"The nearest {what} is {quoted(near)}."
    if not names:
        return f"It has no {what} at all."
    shown = ", ".join(quoted(each) for each in names[:8])
    return f"Its {'leaves are' if what == 'leaf' else 'names are'} {shown}{' and others' if len(names) > 8 else ''}."


def _as_float(name: str, value: object, problems: list[Problem]) -> float:
    """A value that is not a float already: whole numbers are welcome, truth values and texts are not."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            message = f"The value of {quoted(name)} is larger than a 64-bit float holds."
            problems.append(
                Problem("value-too-large", message, "The limit is about 1.8e308.", field=f"values.{shown(name)}")
            )
            return 0.0
    message = f"The value of {quoted(name)} is not a number."
    problems.append(Problem("not-a-number", message, "Write a number, as in 0.5.", field=f"values.{shown(name)}"))
    return 0.0
