r"""What the commands of LaTeX mean to a formula: Greek letters, functions, signs, fonts.

Functions that the registry writes as `\operatorname{…}` are read from it, so that a new operation is known here too.
"""

from __future__ import annotations

import re

from app.language.vocabulary import FUNCTIONS
from app.operations import OPERATIONS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _commands(text: str) -> frozenset[str]:
    return frozenset(rf"\{word}" for word in text.split())


FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"))

GREEK = {
    rf"\{word}": word
    for word in [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
    ]
} | {
    r"\varepsilon": "epsilon",
    r"\vartheta": "theta",
    r"\varphi": "phi",
    r"\varrho": "rho",
    r"\varsigma": "sigma",
    r"\varkappa": "kappa",
    r"\varpi": "pi",
    r"\ell": "ell",
    r"\hbar": "hbar",
    r"\imath": "i",
    r"\jmath": "j",
    r"\omicron": "omicron",
}

ACCENTS = {
    rf"\{command}": f"_{word}"
    for command, word in {
        "hat": "hat",
        "widehat": "hat",
        "bar": "bar",
        "overline": "bar",
        "tilde": "tilde",
        "widetilde": "tilde",
        "dot": "dot",
        "ddot": "ddot",
        "check": "check",
        "breve": "breve",
        "underline": "line",
    }.items()
}
"""Signs over a letter become part of its name: y with a hat is `y_hat`."""

FONTS = _commands("mathbf boldsymbol bm pmb mathcal mathbb mathfrak mathscr vec overrightarrow mathbfit symbf")
"""Fonts that change how one letter looks, not which name it is."""

WORDS = _commands(
    "mathrm text textrm textit textbf textsf texttt mathit mathsf mathtt operatorname mbox hbox textnormal mathop"
)
"""Commands whose letters are one name."""

TRANSPARENT = frozenset((r"\boxed", r"\underbrace", r"\overbrace", r"\mathord", r"\mathbin", r"\mathrel", r"\cancel"))
"""Commands around a formula that leave it as it is."""

IGNORED_WITH_GROUP = _commands("label tag hspace vspace color phantom hphantom vphantom ref eqref cite intertext")

SIGNS = {
    r"\cdot": "*",
    r"\times": "*",
    r"\ast": "*",
    r"\odot": "*",
    r"\div": "/",
    r"\le": "<=",
    r"\leq": "<=",
    r"\leqslant": "<=",
    r"\ge": ">=",
    r"\geq": ">=",
    r"\geqslant": ">=",
    r"\ne": "!=",
    r"\neq": "!=",
    r"\lt": "<",
    r"\gt": ">",
    r"\coloneqq": "=",
    r"\triangleq": "=",
    r"\equiv": "=",
    r"\colon": ":",
}

OPENERS = {
    "(": ("(", (")",)),
    "[": ("(", ("]",)),
    r"\{": ("(", (r"\}",)),
    r"\lbrace": ("(", (r"\rbrace", r"\}")),
    r"\lbrack": ("(", (r"\rbrack", "]")),
    r"\lparen": ("(", (r"\rparen",)),
    r"\lVert": ("norm(", (r"\rVert",)),
    r"\lvert": ("abs(", (r"\rvert", "|")),
    r"\lfloor": ("floor(", (r"\rfloor",)),
    r"\lceil": ("ceil(", (r"\rceil",)),
}
"""An opening bracket -> what it means, and the signs that close it."""

CLOSERS = frozenset((")", "]", r"\}", r"\rbrace", r"\rbrack", r"\rparen", r"\rvert", r"\rVert", r"\rfloor", r"\rceil"))

DOUBLE_BARS = frozenset((r"\|", r"\Vert", "||"))

DISPLAYS = frozenset(
    name + star
    for name in [
        "align",
        "aligned",
        "equation",
        "gather",
        "gathered",
        "split",
        "multline",
        "displaymath",
        "math",
        "alignat",
        "flalign",
        "eqnarray",
        "dmath",
        "document",
        "center",
    ]
    for star in ("", "*")
)
"""Environments that only say how formulas stand on a page."""

MATRICES = _words("matrix pmatrix bmatrix Bmatrix smallmatrix array")

_SPELLED = {
    "ln": "log",
    "lg": "log10",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sgn": "sign",
    "logistic": "sigmoid",
    "sigm": "sigmoid",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "ceiling": "ceil",
}
_OPERATOR_NAME = re.compile(r"\\operatorname\{(\w+)\}(?:_\{#\w+\})?\\left\(")


def plain(name: str) -> str:
    """A function's name without what people write differently: `Leaky-ReLU` gives `leakyrelu`."""
    return re.sub(r"[\W_]", "", name).lower()


def _function_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for operation in OPERATIONS:
        if match := _OPERATOR_NAME.match(operation.latex):
            names.setdefault(plain(match.group(1)), operation.name)
    names |= {plain(name): name for name in FUNCTIONS if name.isascii()}
    return names | {name: function for name, function in _SPELLED.items() if function in FUNCTIONS}


FUNCTION_NAMES = _function_names()
r"""A name as it may stand in `\operatorname{…}`, made plain -> our function."""

COMMAND_FUNCTIONS = {
    rf"\{name}": FUNCTION_NAMES[name]
    for name in [
        "exp",
        "ln",
        "log",
        "lg",
        "sin",
        "cos",
        "tan",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "max",
        "min",
        "arsinh",
    ]
    if name in FUNCTION_NAMES
}
INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}
NOT_HERE = {
    r"\cot": "1 / tan(x)",
    r"\sec": "1 / cos(x)",
    r"\csc": "1 / sin(x)",
    r"\coth": "1 / tanh(x)",
}
