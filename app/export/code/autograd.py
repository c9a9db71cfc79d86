"""Lines at the end that let the library differentiate by itself: the same numbers, found by the same method."""

from __future__ import annotations

from app.export.code.records import Line
from app.export.code.sheet import Sheet

_MOST_NAMES = 6


def write_autograd(sheet: Sheet, gates: dict[int, list[str]]) -> list[Line]:
    """PyTorch's `backward()` or `jax.grad`; nothing for targets that cannot, or where no leaf receives a gradient."""
    leaves = [leaf for leaf in sheet.program.leaves if leaf in sheet.uses and leaf != sheet.output]
    if not leaves or sheet.dialect.name not in ("torch", "jax"):
        return []
    return _torch(sheet, leaves) if sheet.dialect.name == "torch" else _jax(sheet, leaves, gates)


def _torch(sheet: Sheet, leaves: list[int]) -> list[Line]:
    names = [sheet.names[leaf] for leaf in leaves]
    same = _listed([f"{name}.grad" for name in names])
    return [
        sheet.line("remark", f"# The same by PyTorch itself, in {same}{_unless_kinks(sheet)}:"),
        sheet.line("autograd", f"{_output(sheet)}.backward()", node=sheet.output),
    ]


def _jax(sheet: Sheet, leaves: list[int], gates: dict[int, list[str]]) -> list[Line]:
    """The forward pass once more as a function, for that is what JAX differentiates."""
    names = [sheet.names[leaf] for leaf in leaves]
    lines = [
        sheet.line("remark", f"# The same by JAX itself, in grads, in the order of the names{_unless_kinks(sheet)}:"),
        sheet.line("autograd", f"def forward({', '.join(names)}):"),
    ]
    for node, texts in gates.items():
        if sheet.leads[node]:
            lines += [sheet.line("autograd", f"    {text}", node=node) for text in texts]
    call = f"grads = jax.grad(forward, argnums={tuple(range(len(names)))})({', '.join(names)})"
    lines.append(sheet.line("autograd", f"    return {_output(sheet)}", node=sheet.output))
    lines.append(sheet.line("autograd", call))
    return lines


def _output(sheet: Sheet) -> str:
    """What is differentiated: of a tensor the sum of its entries."""
    name = sheet.names[sheet.output]
    return f"{name}.sum()" if sheet.shape(sheet.output) else name


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= _MOST_NAMES else f"{', '.join(names[:_MOST_NAMES])} and so on"


def _unless_kinks(sheet: Sheet) -> str:
    return " (at a kink it may choose another slope)" if sheet.trace.kinks else ""
