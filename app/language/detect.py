"""Which notation a text is written in: signs that ours never has, looked for only where ours was not read quickly."""

from __future__ import annotations

import re

_MODULES = r"math|np|numpy|torch|jnp|jax|nn|F|tf|cmath|scipy|autograd|anp"
_PYTHON = re.compile(
    rf"""^[ \t]*(?:def[ \t]+[^\W\d]\w*[ \t]*\(|@[^\W\d][\w.]*[ \t]*$|class[ \t]+[^\W\d]\w*[ \t]*[(:]
      |import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*(?:,|\#|$)
      |from[ \t]+[\w.]+[ \t]+import[ \t]|return[ \t]+-?[\w(]
      |[^\W\d]\w*[ \t]*:[ \t]*(?:float|int)\b|(?:for|while|if|elif|with)\b[^=\n]*:[ \t]*(?:\#|$))
    | (?<![\w.)])(?:{_MODULES})\.[^\W\d]
    | [+\-*/]=(?!=)""",
    re.VERBOSE | re.MULTILINE,
)
_MAYBE_PYTHON = re.compile(r"\bprint\s*\(|\blambda\b|\.[^\W\d]\w*\(|\"\"\"|\b(?:if|for|else|in|not|and|or)\b|//|:\n")
_HINTS = (
    "def ",
    "import ",
    "return",
    "class ",
    "@",
    ".",
    "+=",
    "-=",
    "*=",
    "/=",
    "for ",
    "while ",
    "if ",
    "with ",
    ":",
)


def is_python(source: str) -> bool:
    """Whether a text has a sign of Python that is never one of ours: `def f(`, `import math`, `np.exp`, `+=`."""
    return any(hint in source for hint in _HINTS) and _PYTHON.search(source) is not None


def is_latex(source: str) -> bool:
    """Whether a text has a sign of LaTeX that is never one of ours: a backslash."""
    return "\\" in source


def may_be_latex(source: str) -> bool:
    """Whether a text that our notation does not understand looks like LaTeX: `w_{i}`, `x^{2}`, `$…$`."""
    return "_{" in source or "^{" in source or "$" in source


def may_be_python(source: str) -> bool:
    """Whether a text that our notation does not understand looks like Python: `z.tanh()`, `a if c else b`."""
    return _MAYBE_PYTHON.search(source) is not None
