"""Lines of the backward pass as templates, printed from the rule texts of the registry.

A template sees the upstream gradient as `#g`, the operands by the registry's names, the result as `#out`; of an
operation with any number of operands its one operand name, and `#ties` or `#first` and `#k` where ties are shared.
"""

from __future__ import annotations

from functools import cache, lru_cache

from app.engine.varied import parse_rule
from app.export.code.brackets import binding, fill
from app.export.code.dialects import DIALECTS, Dialect
from app.export.code.literals import literal_code
from app.export.code.trees import COUNTS, ONE, Gate, Name, Number, Tree, is_number, is_plain, number_text, read_rule
from app.language.positions import Positions
from app.operations import REGISTRY, Conventions
from app.operations.record import Operation

_PRODUCT = 20
COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
_SHARES: dict[str, Tree] = {
    "split": Gate("div", (ONE, Name("ties"))),
    "first": Gate("where", (Gate("eq", (Name("first"), Name("k"))), ONE, Number(0.0))),
    "both": ONE,
}
"""The weight of an operand equal to the result, by the convention for ties."""

Constants = tuple[Number | None, ...]
Attributes = tuple[tuple[str, float], ...]


@lru_cache(maxsize=8192)
def gradient_template(
    op: str,
    position: int,
    constants: Constants,
    attributes: Attributes,
    conventions: Conventions,
    language: str,
    *,
    tensors: bool = False,
) -> str | None:
    """What one gate passes on to one operand; None where its rule is 0 whatever the numbers are.

    constants   per operand its number, where it is a literal; empty for an operation with any number of operands
    tensors     whether equal operands are counted entry by entry, so that their count is no plain number
    """
    tree = _rule_tree(REGISTRY[op], position, constants, attributes, conventions)
    if tree is None or is_number(tree, 0):
        return None
    return _product("#g", tree, DIALECTS[language], tensors)


@cache
def product_template(op: str, text: str, language: str) -> str:
    """A whole vector-Jacobian product, `g @ y.T`, as code of the target."""
    names: dict[str, Tree] = {name: Name(name) for name in (*REGISTRY[op].operands, "g", "out")}
    return print_tree(read_rule(parse_rule(text), names, lambda slot: _rule_literal(text, slot)), DIALECTS[language])


def _rule_tree(
    operation: Operation, position: int, constants: Constants, attributes: Attributes, conventions: Conventions
) -> Tree | None:
    text = operation.local[0 if operation.variadic else position]
    if text is None:
        return None
    names: dict[str, Tree] = {name: Name(name) for name in (*operation.operands, "out", "ties")}
    names |= {name: one for name, one in zip(operation.operands, constants, strict=False) if one is not None}
    names |= {name: Number(float(value)) for name, value in {**operation.attributes, **dict(attributes)}.items()}
    names["relu_at_zero"] = Number(float(conventions.relu_at_zero))
    names["abs_at_zero"] = Number(float(conventions.abs_at_zero))
    names["tie_share"] = _SHARES[conventions.ties]
    return read_rule(parse_rule(text), names, lambda slot: _rule_literal(text, slot))


@cache
def _rule_literal(text: str, slot: int) -> Number:
    rule = parse_rule(text)
    value = rule.slots[slot]
    assert value is not None
    code = literal_code(rule, slot, Positions(rule.prepared))
    return Number(value, None if code == number_text(value) else code)


def _product(upstream: str, tree: Tree, dialect: Dialect, tensors: bool) -> str:
    """upstream × tree on one level: numbers first, then brackets, as the lecture writes (1 - L) * L."""
    over: list[Tree] = []
    under: list[Tree] = []
    code = f"{_split(tree, over, under)}{upstream}"
    factors = [(factor, print_tree(factor, dialect, tensors)) for factor in over if not is_number(factor, 1)]
    factors.sort(key=lambda pair: 0 if isinstance(pair[0], Number) else 1 if binding(pair[1]) < _PRODUCT else 2)
    for _, text in factors:
        code = _append(code, " * ", text)
    for divisor in under:
        code = _append(code, " / ", print_tree(divisor, dialect, tensors))
    return code


def _append(code: str, operator: str, text: str) -> str:
    return f"{code}{operator}({text})" if binding(text) <= _PRODUCT else f"{code}{operator}{text}"


def _split(tree: Tree, over: list[Tree], under: list[Tree]) -> str:
    """A product as its factors above and below the line; "-" where the sign is turned. As deep as a rule text."""
    if isinstance(tree, Gate) and tree.op == "neg":
        return "" if _split(tree.operands[0], over, under) else "-"
    if isinstance(tree, Gate) and tree.op in ("mul", "div"):
        first = _split(tree.operands[0], over, under)
        if tree.op == "div":
            under.append(tree.operands[1])
            return first
        return "-" if first != _split(tree.operands[1], over, under) else ""
    if isinstance(tree, Number) and tree.value == -1:
        return "-"
    over.append(tree)
    return ""


def print_tree(tree: Tree, dialect: Dialect, tensors: bool = False) -> str:
    """A rule as code of the target, its names as placeholders. What is made of numbers alone is plain Python."""
    counts = frozenset({"k"}) if tensors else COUNTS
    if isinstance(tree, Number):
        return tree.code or number_text(tree.value)
    if isinstance(tree, Name):
        return f"#{tree.text}"
    operation = tree.operation
    if is_plain(tree, counts):
        dialect = DIALECTS["python"]
    template = dialect.template(
        operation.code[dialect.name],
        condition_is_comparison=isinstance(tree.operands[0], Gate) and tree.operands[0].op in COMPARISONS,
    )
    texts = []
    for position, operand in enumerate(tree.operands):
        text = print_tree(operand, dialect, tensors)
        if is_plain(operand, counts):
            text = dialect.as_argument(tree.op, operand_name(operation, position), template, text)
        texts.append(text)
    return fill_operation(operation, template, texts, tree.attributes)


def operand_name(operation: Operation, position: int) -> str:
    """What the registry calls the operand at a position."""
    return operation.operands[0 if operation.variadic else position]


def fill_operation(operation: Operation, template: str, texts: list[str], attributes: Attributes) -> str:
    """A template of the registry with code for its operands."""
    if operation.variadic:
        if "#*" in template:
            return fill(template, {"*": ", ".join(texts)})
        code = texts[0]
        for text in texts[1:]:
            code = fill(template, {"a": code, "b": text})
        return code
    filled = dict(zip(operation.operands, texts, strict=True))
    numbers = {} if operation.whole else {**operation.attributes, **dict(attributes)}  # those are filled in already
    return fill(template, filled | {name: number_text(float(value)) for name, value in numbers.items()})
