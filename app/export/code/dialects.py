"""What the four targets write differently: imports, leaves, numbers among the arguments of functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from app.export.code.trees import number_text

Language = Literal["python", "numpy", "torch", "jax"]

_MOST_LEAVES = 8
_WIDEST = 64
"""Leaves of one line, and characters of their names and numbers: a few short lines, none that must be scrolled."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One target.

    name        of the templates in the registry       title     as a reader knows it
    module      what every file of it imports and how its modules are called, as import lines
    needed      import line -> what in the code needs it
    setup       lines behind the imports
    one, many   templates of a line that gives leaves their numbers: `#n` names, `#v` numbers
    trainable   the same for leaves that the library itself is to differentiate by
    argument    template of a number that stands as an argument of a function of the library
    takes_numbers   operation -> operands of its function that may be plain numbers
    copy        template of a copy, where `+=` changes the number itself, and so all that other names call it
    and for tensors
    array       template of a tensor from its numbers         loaded  of one from a file
    size        attribute that says how many entries it has   expand  template that gives it back the axis `#axis`
    modules     texts that make a template of NumPy one of this target
    whole_copy  as `copy`, for tensors
    """

    name: Language
    title: str
    module: tuple[str, ...]
    needed: Mapping[str, str]
    setup: tuple[str, ...]
    one: str
    many: str
    trainable: tuple[str, str] | None = None
    argument: str | None = None
    takes_numbers: Mapping[str, str] = field(default_factory=dict)
    copy: str | None = None
    array: str = ""
    loaded: str = ""
    size: str = "size"
    expand: str = ""
    modules: Mapping[str, str] = field(default_factory=dict)
    whole_copy: str | None = None

    def translated(self, template: str) -> str:
        """A template of NumPy in this target."""
        for theirs, ours in self.modules.items():
            template = re.sub(rf"(?<![\w.]){re.escape(theirs)}", ours, template)
        return template

    def template(self, template: str, *, condition_is_comparison: bool) -> str:
        """A template of the registry; the choice of torch needs no second comparison where it is given one."""
        return template.replace("#c != 0", "#c") if condition_is_comparison else template

    def as_argument(self, op: str, operand: str, template: str, code: str) -> str:
        """A plain number as this operand of an operation."""
        if self.argument is None or "(" not in template:
            return code
        if operand in self.takes_numbers.get(op, "").split():
            return code if op == "pow" else _with_point(code)  # torch.where would give an integer, which few gates take
        return self.argument.replace("#v", _with_point(code))

    def argument_of(self, code: str) -> str:
        """A plain number as a value of the target's own kind."""
        return self.one.split(" = ", 1)[1].replace("#v", _with_point(code))


_MATH = {"import math": "math."}

_ALL = (
    Dialect(
        "python",
        "Python",
        module=(),
        needed=_MATH,
        setup=(),
        one="#n = #v",
        many="#n = #v",
    ),
    Dialect(
        "numpy",
        "NumPy",
        module=("import numpy as np",),
        needed=_MATH,
        setup=(),
        one="#n = np.float64(#v)",
        many="#n = np.array([#v])",
        array="np.array(#v)",
        loaded='np.load("#n.npy")',
        expand="np.expand_dims(#x, #axis)",
        whole_copy="#g.copy()",
    ),
    Dialect(
        "torch",
        "PyTorch",
        module=("import torch",),
        needed=_MATH,
        setup=("torch.set_default_dtype(torch.float64)",),
        one="#n = torch.tensor(#v)",
        many="#n = torch.tensor([#v])",
        trainable=(
            "#n = torch.tensor(#v, requires_grad=True)",
            "#n = [torch.tensor(value, requires_grad=True) for value in (#v)]",
        ),
        argument="torch.tensor(#v)",
        takes_numbers={"pow": "x y", "where": "x y"},
        copy="#g.clone()",
        array="torch.tensor(#v)",
        loaded='torch.load("#n.pt")',
        size="numel()",
        expand="#x.unsqueeze(#axis)",
        modules={"np.": "torch.", "axis=": "dim=", "keepdims=": "keepdim="},
        whole_copy="#g.clone()",
    ),
    Dialect(
        "jax",
        "JAX",
        module=("import jax", "import jax.numpy as jnp"),
        needed={
            **_MATH,
            "import jax.scipy.special": "jax.scipy.special.",
            "import jax.scipy.signal": "jax.scipy.signal.",
        },
        setup=('jax.config.update("jax_enable_x64", True)',),
        one="#n = jnp.array(#v)",
        many="#n = jnp.array([#v])",
        array="jnp.array(#v)",
        loaded='jnp.load("#n.npy")',
        expand="jnp.expand_dims(#x, #axis)",
        modules={"np.": "jnp."},
    ),
)
DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.name: dialect for dialect in _ALL})


def leaf_lines(dialect: Dialect, leaves: Sequence[tuple[str, float]], *, trainable: bool) -> list[tuple[str, int]]:
    """Lines that give leaves their values, each with the number of leaves in it."""
    one, many = dialect.trainable if trainable and dialect.trainable else (dialect.one, dialect.many)
    lines: list[tuple[str, int]] = []
    group: list[tuple[str, str]] = []
    for name, value in leaves:
        pair = (name, float_text(value))
        width = sum(len(text) + 2 for each in (*group, pair) for text in each)
        if group and (len(group) == _MOST_LEAVES or width > _WIDEST):
            lines.append((_leaf_line(group, one, many), len(group)))
            group = []
        group.append(pair)
    if group:
        lines.append((_leaf_line(group, one, many), len(group)))
    return lines


def float_text(value: float) -> str:
    """A number with a point, so that no target takes it for an integer."""
    return _with_point(number_text(value))


def _with_point(code: str) -> str:
    return f"{code}.0" if code.lstrip("-").isdigit() else code


def _leaf_line(group: Sequence[tuple[str, str]], one: str, many: str) -> str:
    template = one if len(group) == 1 else many
    names, numbers = (", ".join(texts) for texts in zip(*group, strict=True))
    return template.replace("#v", numbers).replace("#n", names)
