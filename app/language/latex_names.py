"""A name or a number of a program as LaTeX."""

from __future__ import annotations

import re

_LETTERS = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
)  # fmt: skip
_GREEK = dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", _LETTERS, strict=True))
_SPELLED = frozenset(_LETTERS)
_NAME = re.compile(r"(_*[^\W\d_]+|_+)(.*?)('*)", re.DOTALL)
_NUMBER = re.compile(r"([0-9]*\.?[0-9]*)(?:[eE]\+?(-?)0*([0-9]+))?")


def latex_name(name: str, *, tensor: bool = False) -> str:
    r"""A name as LaTeX: `w0` gives `w_{0}`, `theta'` gives `\theta'`, `loss` gives `\mathrm{loss}`.

    The letters of a tensor are bold, as in textbooks: `W1` gives `\mathbf{W}_{1}`.
    Only letters, digits, `_` and primes occur in names, so nothing in the result is a command but ours.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return rf"\mathrm{{{_escaped(name)}}}"
    base, rest, primes = match.groups()
    letters = _bold(base) if tensor else _base(base)
    below = [part for part in rest.split("_") if part]
    subscript = ",".join(part if part.isdigit() or len(part) == 1 else rf"\mathrm{{{part}}}" for part in below)
    return letters + primes + (f"_{{{subscript}}}" if subscript else "")


def latex_number(text: str) -> str:
    r"""A number as typed, as LaTeX: `1e-3` gives `10^{-3}`, `2e3` gives `2 \cdot 10^{3}`."""
    match = _NUMBER.fullmatch(text)
    if match is None or match.group(3) is None:
        return text
    mantissa, sign, exponent = match.groups()
    power = f"10^{{{sign}{exponent}}}"
    return power if mantissa in ("1", "1.", "1.0") else rf"{mantissa} \cdot {power}"


def _base(letters: str) -> str:
    if letters in _SPELLED:
        return "\\" + letters
    if len(letters) == 1:
        return f"\\{_GREEK[letters]}" if letters in _GREEK else letters
    return rf"\mathrm{{{_escaped(letters)}}}"


def _bold(letters: str) -> str:
    """Greek letters keep their shape; others stand upright."""
    shape = _base(letters)
    if shape.startswith("\\mathrm"):
        return rf"\mathbf{{{_escaped(letters)}}}"
    return rf"\boldsymbol{{{shape}}}" if shape.startswith("\\") else rf"\mathbf{{{shape}}}"


def _escaped(text: str) -> str:
    return text.replace("_", r"\_")
