"""Equal sub-expressions merged into one node each (common sub-expressions)."""

from __future__ import annotations

from dataclasses import replace

from app.language.places import places_of
from app.language.program import Program
from app.language.vocabulary import CONSTANT, LEAF, OWN_CALL, WIDE


def share(program: Program) -> Program:
    """The program with every written sub-expression once; operands keep their order, so `x*y` and `y*x` stay two."""
    shared = program.without_nodes()
    shared.places = replace(places_of(program), starts=[], ends=[])
    seen: dict[object, int] = {}
    moved: list[int] = []
    for node, op in enumerate(program.ops):
        operands = tuple(moved[operand] for operand in program.operands(node))
        attributes = program.attributes(node)
        slot = ~program.first[node]
        called = program.calls[node].name if op == OWN_CALL else None
        key: object = (op, called, operands, tuple(attributes.items()))
        if op == LEAF:
            key = node
        elif op == CONSTANT:
            key = _literal_key(program, slot)
        known = seen.get(key)
        if known is None:
            known = seen[key] = len(shared.ops)
            _append(shared, program, node, operands)
        moved.append(known)
    shared.move_names(program, moved)
    shared.places.implied = {moved[node] for node in shared.places.implied}
    shared.places.value_lines = {moved[leaf]: line for leaf, line in shared.places.value_lines.items()}
    return shared


def _literal_key(program: Program, slot: int) -> object:
    """The same for equal numbers and for equal tensors; tells 0.0 from -0.0, and NaN is equal to itself."""
    tensor = program.tensors.get(slot)
    return repr(program.slots[slot]) if tensor is None else (tensor.shape, tensor.tobytes())


def _append(shared: Program, program: Program, node: int, operands: tuple[int, ...]) -> None:
    second = program.second[node]
    if second == WIDE:
        shared.wide[len(shared.ops)] = (operands, program.attributes(node))
    if node in program.calls:
        shared.calls[len(shared.ops)] = program.calls[node]
    if program.ops[node] == CONSTANT:
        shared.constants.append(len(shared.ops))
    shared.ops.append(program.ops[node])
    shared.first.append(operands[0] if operands else program.first[node])
    shared.second.append(operands[1] if second >= 0 else second)
    here, there = places_of(shared), places_of(program)
    here.starts.append(there.starts[node])
    here.ends.append(there.ends[node])
