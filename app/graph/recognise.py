"""Composites that a program writes out in primitive gates: `1 / (1 + exp(-u))` is found as the sigmoid of u.

The expansions of the registry are laid over the graph from their last gate down. A name in an expansion stands for any
node, the same node wherever it is repeated; every gate in between is used by the composite alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from app.graph.expand import codes_to_open, expand, form_of_numbers
from app.language.places import places_of
from app.language.program import Attributes, OpenGroup, Program
from app.language.vocabulary import CODE_MASK, CODE_OF, CONSTANT, LEAF, OPERATION_OF
from app.limits import DEFAULT_LIMITS
from app.operations import Operation

_COMMUTATIVE = frozenset(CODE_OF[name] for name in ("add", "mul"))
_LEAST_GATES = 3
_LEAST_GATES_ELSEWHERE = 4
"""A formula as short as exp(x) - 1 or (y - t)^2 is what it is; activations have a name from three gates on."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A composite, and one way to write its expansion: `operands[i]` are those of node i, in the order written."""

    code: int
    operation: Operation
    body: Program
    root: int
    operands: tuple[tuple[int, ...], ...]
    gates: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A composite found in a program; `inside` are its gates and literals, the last one, `root`, among them."""

    pattern: Pattern
    root: int
    inside: frozenset[int]
    operands: tuple[int, ...]
    attributes: Attributes


def recognise(program: Program, outputs: Collection[int], *, tensors: bool = False) -> None:
    """Adds a group for each written-out composite outside the groups that are there; groups inside it move into it.

    program   with all composites opened
    outputs   nodes that a reader asked for: they are inside no group, but may be its last gate
    tensors   nodes may be tensors: a loss then holds a sum over entries, which its pattern does not have
    Of two that overlap the larger one counts, unless the smaller lies inside it. Linear in the size of the program.
    """
    found = sorted(_search(program, frozenset(outputs), tensors), key=lambda one: -len(one.inside))
    if not found:
        return
    kept: list[_Found] = []
    around: list[int] = []
    owner: dict[int, int] = {}
    for one in found:
        owners = {owner.get(node, -1) for node in one.inside}
        outer = owners.pop()
        if owners or (outer >= 0 and kept[outer].root == one.root):
            continue
        owner |= dict.fromkeys(one.inside, len(kept))
        kept.append(one)
        around.append(outer)
    _add_groups(program, kept, around, owner)


def _search(program: Program, outputs: frozenset[int], tensors: bool) -> Iterator[_Found]:
    candidates = [(node, patterns) for node in range(len(program.ops)) if (patterns := _candidates(program, node))]
    if not candidates:
        return
    uses = Counter(operand for node in range(len(program.ops)) for operand in program.operands(node))
    sizes = Counter(program.group_of)
    for node, patterns in candidates:
        for pattern in patterns:
            if tensors and pattern.operation.over:
                continue
            found = _match(program, pattern, node)
            if found and _stands_alone(program, found, uses, sizes, outputs):
                yield found
                break


def _candidates(program: Program, node: int) -> list[Pattern]:
    """Patterns that end in the gate of this node and have one of its operands before it, the largest first."""
    code, last_gates = program.ops[node] & CODE_MASK, _last_gates()
    if code not in last_gates or program.group_of[node] >= 0:
        return []
    patterns = _patterns()
    keys = (
        (code, position, program.ops[operand] & CODE_MASK) for position, operand in enumerate(program.operands(node))
    )
    return sorted((pattern for key in keys for pattern in patterns.get(key, ())), key=lambda one: -one.gates)


def _match(program: Program, pattern: Pattern, root: int) -> _Found | None:
    body, operation = pattern.body, pattern.operation
    bound: dict[str, int] = {}
    attributes: Attributes = {}
    inside: set[int] = set()
    stack = [(pattern.root, root)]
    while stack:
        wanted, node = stack.pop()
        op = body.ops[wanted]
        is_literal = program.ops[node] == CONSTANT
        if op == LEAF:
            name = body.leaves[wanted]
            if name in operation.attributes:
                value = program.slots[~program.first[node]] if is_literal else None
                if value is None or attributes.setdefault(name, value) != value:
                    return None
                inside.add(node)
            elif is_literal or bound.setdefault(name, node) != node:
                return None
            continue
        if op == CONSTANT:
            if not is_literal or program.slots[~program.first[node]] != body.slots[~body.first[wanted]]:
                return None
        elif program.ops[node] & CODE_MASK != op & CODE_MASK or program.attributes(node) != body.attributes(wanted):
            return None
        operands, below = program.operands(node), pattern.operands[wanted]
        if len(operands) != len(below):
            return None
        inside.add(node)
        stack.extend(zip(below, operands, strict=True))
    if any(operand in inside for operand in bound.values()):
        return None
    return _Found(
        pattern, root, frozenset(inside), tuple(bound[name] for name in operation.operands),
        {**operation.attributes, **attributes},
    )  # fmt: skip


def _stands_alone(
    program: Program, found: _Found, uses: Counter[int], sizes: Counter[int], outputs: frozenset[int]
) -> bool:
    """Whether nothing else uses what is inside, and every group it touches is inside as a whole."""
    inner = found.inside - {found.root}
    if not outputs.isdisjoint(inner):
        return False
    own = Counter(operand for node in found.inside for operand in program.operands(node))
    if any(own[node] != uses[node] for node in inner):
        return False
    touched = Counter(program.group_of[node] for node in inner)
    return all(group < 0 or count == sizes[group] for group, count in touched.items())


def _add_groups(program: Program, kept: list[_Found], around: list[int], owner: dict[int, int]) -> None:
    """Writes the groups down, those around others first, and moves what lies in them."""
    groups, places = program.groups, places_of(program)
    for group in groups:
        if group.parent < 0 and group.output in owner:
            group.parent = len(groups) + owner[group.output]
    first = len(groups)
    for node, number in owner.items():
        if program.group_of[node] < 0:
            program.group_of[node] = first + number
    for one, outer in zip(kept, around, strict=True):
        parent = first + outer if outer >= 0 else -1
        start, end = places.starts[one.root], places.ends[one.root]
        groups.append(
            OpenGroup(one.pattern.code, one.operands, one.attributes, one.root, parent, start, end, written=True)
        )
    _outer_first(program)


def _outer_first(program: Program) -> None:
    """Numbers the groups anew: by their last gate, and those that share it from the outside in."""
    groups = program.groups
    depths: dict[int, int] = {-1: 0}
    for number in range(len(groups)):
        chain = [number]
        while groups[chain[-1]].parent not in depths:
            chain.append(groups[chain[-1]].parent)
        for each in reversed(chain):
            depths[each] = depths[groups[each].parent] + 1
    order = sorted(range(len(groups)), key=lambda number: (depths[number], groups[number].output))
    place = {old: new for new, old in enumerate(order)} | {-1: -1}
    program.groups = [groups[old] for old in order]
    for group in program.groups:
        group.parent = place[group.parent]
        group.inside = {node: place[inner] for node, inner in group.inside.items()}
    program.group_of = [place[group] for group in program.group_of]


@cache
def _last_gates() -> frozenset[int]:
    return frozenset(code for code, _, _ in _patterns())


@cache
def _patterns() -> dict[tuple[int, int, int], list[Pattern]]:
    """The composites worth recognising, by code of their last gate and position and code of a gate before it."""
    everything = codes_to_open("*")
    found: dict[tuple[int, int, int], list[Pattern]] = {}
    for code, operation in enumerate(OPERATION_OF):
        if operation is None or operation.expansion is None:
            continue
        body = expand(form_of_numbers(code).program, everything, DEFAULT_LIMITS)
        gates = sum(op not in (LEAF, CONSTANT) for op in body.ops)
        if gates < (_LEAST_GATES if operation.section == "neural" else _LEAST_GATES_ELSEWHERE):
            continue
        root = body.roots[-1]
        for operands in _orders(body):
            before = [(position, body.ops[each] & CODE_MASK) for position, each in enumerate(operands[root])]
            position, gate = next((position, gate) for position, gate in before if gate not in (LEAF, CONSTANT))
            key = (body.ops[root] & CODE_MASK, position, gate)
            found.setdefault(key, []).append(Pattern(code, operation, body, root, operands, gates))
    return found


def _orders(body: Program) -> list[tuple[tuple[int, ...], ...]]:
    """The operands of every node, with those of sums and products in both orders."""
    written = tuple(body.operands(node) for node in range(len(body.ops)))
    turning = [node for node, op in enumerate(body.ops) if op & CODE_MASK in _COMMUTATIVE and op > CONSTANT]
    orders = []
    for choice in range(1 << len(turning)):
        turned = {node for bit, node in enumerate(turning) if choice >> bit & 1}
        orders.append(tuple(each[::-1] if node in turned else each for node, each in enumerate(written)))
    return orders
