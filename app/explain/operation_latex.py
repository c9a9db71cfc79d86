r"""An operation and its local gradients as LaTeX in the names of its entry: `f = \max(x, y)`, `\frac{df}{dx} = f`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.language.latex import Latex
from app.language.latex_names import latex_name
from app.language.parser import parse_unfolded
from app.language.printer import print_node
from app.language.program import Program
from app.operations import Operation

OUT = "f"
"""What the result is called."""

_PLACEHOLDER = re.compile(r"#(\*|[A-Za-z_]\w*)")
_LONG_NUMBER = re.compile(r"([0-9]+\.[0-9]{4})[0-9]{3,}")
_FLAT_BRACKET = re.compile(r"\\left([(\[])((?:(?!\\left|\\right|\\t?frac|\\sqrt|\\begin).)*)\\right([)\]])")
_COMPARISON = re.compile(r"#\w+ (=|<|>|\\le|\\ge|\\ne) #\w+")


def operand_names(operation: Operation) -> tuple[str, ...]:
    """Names of the operands; two for an operation with any number of them."""
    return ("x", "y") if operation.variadic else operation.operands


def formula_latex(operation: Operation) -> str:
    r"""What the operation computes: `f = \sigma\left(x\right) = \frac{1}{1 + e^{-x}}`."""
    names = operand_names(operation)

    def name_of(match: re.Match[str]) -> str:
        name = match.group(1)
        return ", ".join(map(latex_name, names)) if name == "*" else latex_name(name)

    body = _PLACEHOLDER.sub(name_of, operation.latex).replace(r" \cdot ", " ")
    if _COMPARISON.fullmatch(operation.latex):
        body = rf"\left[{body}\right]"  # two signs of equality side by side would be misread
    parts = [OUT, body]
    if operation.definition is not None:
        defined = rule_text_latex(operation.definition, {})
        parts += [] if _bare(defined) == _bare(body) else [defined]
    return _flat_brackets(" = ".join(parts))


def local_equation(operation: Operation, position: int) -> tuple[str, str | None]:
    """Both sides of a local gradient: the quotient of differentials and the rule; None where no gradient passes."""
    names = operand_names(operation)
    sign = "d" if len(names) == 1 else r"\partial "
    left = rf"\frac{{{sign}{OUT}}}{{{sign}{latex_name(names[position])}}}"
    text = operation.shown[0 if operation.variadic else position]
    renamed = {operation.operands[0]: names[position]} if operation.variadic else {}
    return left, None if text is None else _flat_brackets(rule_text_latex(text, renamed))


def rule_text_latex(text: str, renamed: Mapping[str, str]) -> str:
    r"""A rule text as a textbook writes it, `where(c, 1, 0)` as `\left[c\right]`; some of its names are told otherwise.

    A new name that begins with `#` is printed as it is.
    """
    program = parse_unfolded(text)
    labels = {node: renamed.get(name, OUT if name == "out" else name) for node, name in program.leaves.items()}
    style = Latex(program, labels, textbook=True)
    root = program.roots[-1]
    operation = program.operation(root)
    if operation is not None and operation.name == "where":
        condition, one, other = program.operands(root)
        chosen = (_number(program, one), _number(program, other))
        if chosen == (1.0, 0.0):
            return rf"\left[{print_node(style, condition)[0]}\right]"
        if chosen == (0.0, 1.0):
            return rf"1 - \left[{print_node(style, condition)[0]}\right]"
    return _LONG_NUMBER.sub(r"\1\\ldots ", print_node(style, root)[0])


def _flat_brackets(latex: str) -> str:
    r"""`(x)` for `\left(x\right)`: brackets that need not grow stand close to what is before them."""
    while (flatter := _FLAT_BRACKET.sub(r"\1\2\3", latex)) != latex:
        latex = flatter
    return latex


def _number(program: Program, node: int) -> float | None:
    is_leaf = program.first[node] >= 0 or program.is_leaf(node)
    return None if is_leaf else program.slots[~program.first[node]]


def _bare(latex: str) -> str:
    """The LaTeX without what does not change how it reads, to find a definition that says the same again."""
    return re.sub(r"[{}()\s]|\\left|\\right", "", latex)
