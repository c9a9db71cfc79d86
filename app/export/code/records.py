"""The lines of flat code, each with what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

LineKind = Literal["import", "setup", "leaves", "gate", "seed", "gradient", "helper", "remark", "autograd"]


@dataclass(frozen=True, slots=True)
class Note:
    """Why a line adds, and which lines wrote the other parts (of many two), or why it sums over an axis."""

    title: str
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of code.

    number    in the file, from 1
    text      without the comment             comment   "# 0.7311", or None
    node      number of the node whose value or gradient the line writes, or None
    gate      number of the gate at work: the one that is computed, or that passes its gradient on; None for a leaf
    operand   position of the operand of that gate that receives the gradient, or None
    value     what the line's name holds behind it: a value, or the gradient summed so far; None for a tensor
    before    of a `+=`, the sum before it      part      of a gradient line, what this line contributes
    reason    why it sums over what was repeated; empty where it does not
    leaf      whether it writes the gradient of a leaf
    adds      whether it is a `+=`             note      why
    nodes     the leaves that a line gives their values
    """

    number: int
    kind: LineKind
    text: str
    comment: str | None = None
    node: int | None = None
    gate: int | None = None
    operand: int | None = None
    value: float | None = None
    before: Any = None
    part: Any = None
    leaf: bool = False
    adds: bool = False
    note: Note | None = None
    reason: str = ""
    nodes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """Flat code: `text` is the file, its lines are those of the three sections in order.

    language    "python", "numpy", "torch" or "jax"
    autograd    lines that let the library's own differentiation give the same; empty for Python and NumPy
    names, gradients   number of a node -> what the code calls it, and its gradient where a line writes it
    remarks     sentences about where the code does not do what the graph does
    """

    language: str
    file_name: str
    text: str
    forward: tuple[Line, ...]
    backward: tuple[Line, ...]
    autograd: tuple[Line, ...]
    names: dict[int, str]
    gradients: dict[int, str]
    remarks: tuple[str, ...]
