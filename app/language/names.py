"""What a name says by itself: a keyword, a constant of mathematics, the role it suggests."""

from __future__ import annotations

import math
import re

from app.language.program import Role

KEYWORDS: dict[str, Role] = {"input": "input", "param": "parameter", "const": "constant"}
"""Words that say a leaf's role, at the start of a statement and before a name."""

CONSTANT_NAMES = {"pi": math.pi, "π": math.pi, "e": math.e}
"""Names with a value of their own, until a program assigns them."""

TRUTHS = {"True": 1.0, "False": 0.0, "true": 1.0, "false": 0.0}
"""What a setting may be set to by a word: `keepdims=True`."""

_PARAMETER = re.compile(r"(?:w|W|b|theta|Theta|θ|Θ)[0-9_]*'*")


def suggested_role(name: str) -> Role:
    """The role of a leaf that has no keyword: `w`, `W1`, `b2`, `theta` are parameters, the rest inputs."""
    return "parameter" if _PARAMETER.fullmatch(name) else "input"
