"""What registering refuses: entries that contradict themselves."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from app.operations.conventions import CONVENTION_NAMES
from app.operations.patterns import PATTERNS
from app.operations.templates import placeholders

if TYPE_CHECKING:
    from app.operations.record import Operation

_OF_EVERY_RULE = frozenset({"out", "relu_at_zero", "abs_at_zero"})
_OF_VARIADIC_RULES = frozenset({"ties", "tie_share"})
RESERVED_NAMES = _OF_EVERY_RULE | _OF_VARIADIC_RULES | {"g"}
"""Names that rule texts already use: the upstream gradient, the result, the conventions."""

DIALECTS = ("python", "numpy", "torch", "jax")
"""The languages in which every operation has a code template."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_USED_NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(\s*\()?")


class RegistrationError(Exception):
    """An entry of the registry contradicts itself or another one: our mistake, found at import."""


def check_operation(operation: Operation) -> None:
    """Raises RegistrationError when the record contradicts itself."""
    problems = _problems(operation)
    if problems:
        raise RegistrationError(f"{operation.name}: {' '.join(problems)}")


def _problems(operation: Operation) -> list[str]:
    """Everything that is wrong with the record by itself, in words."""
    names = (*operation.operands, *operation.attributes)
    found = [f"the name `{name}` is reserved." for name in names if name in RESERVED_NAMES]
    found += [f"`{name}` is not a name." for name in names if not _NAME.fullmatch(name)]
    if len(set(names)) != len(names):
        found.append("an operand or attribute name is used twice.")
    for field in ("folded", "local", "shown", "limits", "at_kink", "domain"):
        if len(getattr(operation, field)) != len(operation.operands):
            found.append(f"`{field}` needs one entry for each operand.")
    found += _template_problems(operation)
    if operation.infix and (len(operation.operands) != 2 or operation.variadic):
        found.append("an infix operation has two operands.")
    if operation.prefix and len(operation.operands) != 1:
        found.append("a prefix operation has one operand.")
    if set(operation.code) != set(DIALECTS):
        found.append(f"`code` needs a template for each of {', '.join(DIALECTS)}.")
    if len({operation.kinks is None, operation.kink_sentence is None, not operation.kink_points}) != 1:
        found.append("`kinks`, `kink_points` and `kink_sentence` come together.")
    if operation.convention is not None and operation.convention not in CONVENTION_NAMES:
        found.append(f"there is no convention `{operation.convention}`.")
    if operation.pattern is not None and operation.pattern.name not in PATTERNS:
        found.append(f"there is no pattern `{operation.pattern.name}`.")
    if any(low >= high for low, high in operation.domain):
        found.append("an interval of `domain` is empty.")
    found += [
        f"`{field}` is not a sentence."
        for field in ("says", "reuse", "kink_sentence")
        if (text := getattr(operation, field)) is not None and not (text[:1].isupper() and text.endswith("."))
    ]
    return found


def _template_problems(operation: Operation) -> list[str]:
    """Templates that name a stranger, or leave out an operand."""
    own = {*operation.operands, *operation.attributes}
    templates = {"notation": operation.notation, "latex": operation.latex, **operation.code}
    found: list[str] = []
    for field, template in templates.items():
        used = set(placeholders(template))
        needed = set(operation.operands)
        complete = used in ({"*"}, {"a", "b"}) if operation.variadic else needed <= used <= own
        if not complete:
            found.append(f"the template `{template}` of `{field}` does not use exactly {sorted(own)}.")
    for text in operation.folded:
        if text is not None and "#c" not in text:
            found.append(f"the gate text `{text}` does not show its literal `#c`.")
    return found


def check_texts(operation: Operation, function_names: Collection[str]) -> None:
    """Raises RegistrationError when a text in our language names something that does not exist where it stands."""
    own = {*operation.operands, *operation.attributes, "pi"}
    of_rules = own | _OF_EVERY_RULE | (_OF_VARIADIC_RULES if operation.variadic else set())
    cases = [text for pairs in operation.limits for pair in pairs for text in pair]
    rules = [*operation.local, *operation.shown, *operation.at_kink, operation.kinks, *cases]
    formulas = [operation.expansion, operation.definition]
    for texts, names in ((rules, of_rules), (formulas, own)):
        for text in filter(None, texts):
            for name, bracket in _USED_NAME.findall(text):
                if name not in (function_names if bracket else names):
                    raise RegistrationError(f"{operation.name}: `{text}` names the stranger `{name}`.")
