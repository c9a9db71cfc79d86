r"""A reader who multiplies matrices: the value of an equation's side in LaTeX, from its text alone.

Vectors are columns. `\mathbf{1}` and `I` have the shape that the other side needs, so that shape is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.operations.convolution import correlate

Array = NDArray[np.float64]
_TOKEN = re.compile(
    r"\\begin\{bmatrix\}.*?\\end\{bmatrix\}|\\text\{[^}]*\}|\\[A-Za-z]+|\\[,; |{}]|\d+(?:\.\d+)?|\S", re.DOTALL
)
_PLAIN: dict[str, Callable[..., Any]] = {
    r"\ln": np.log, r"\sin": np.sin, r"\cos": np.cos, r"\tan": np.tan, r"\tanh": np.tanh, r"\sinh": np.sinh,
    r"\cosh": np.cosh, r"\sigma": lambda x: 1 / (1 + np.exp(-x)), "ReLU": lambda x: np.maximum(x, 0),
}  # fmt: skip
_PRODUCTS = (r"\times", r"\cdot", r"\odot", r"\oslash", r"\star", r"\ast")


class Calculator:
    """Reads one text from left to right."""

    def __init__(self, latex: str, shape: tuple[int, ...]) -> None:
        text = re.sub(r"\\(left|right|textstyle|quad)(?![A-Za-z])", "", latex)
        self.tokens = [token for token in _TOKEN.findall(text) if token not in (r"\,", r"\ ")]
        self.shape = shape
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected: str | None = None) -> str:
        token = self.peek()
        assert expected is None or token == expected, (expected, self.tokens[self.at :])
        self.at += 1
        return token

    def whole(self) -> Any:
        found = self.sum()
        assert self.peek() == "", self.tokens[self.at :]
        return found

    def sum(self) -> Any:
        found = -self.product() if self.peek() == "-" and self.take() else self.product()
        while self.peek() in ("+", "-"):
            found = found + self.product() if self.take() == "+" else found - self.product()
        return found

    def product(self) -> Any:
        found = self.power()
        while True:
            token = self.peek()
            if token in _PRODUCTS:
                self.take()
                found = _joined(found, self.power(), token, self.shape)
            elif token == "" or token in ("+", "-", ")", "]", "}", ",", "=", r"\rVert", r"\}", "&"):
                return found
            else:
                found = _joined(found, self.power(), "", self.shape)

    def power(self) -> Any:
        found = self.atom()
        while self.peek() in ("^", "_"):
            if self.take() == "_":
                place = self.braces_text()
                found = (
                    found.reshape(-1)[int(place)] if "," not in place and found.shape[1] == 1 else _entry(found, place)
                )
                continue
            inside = self.peek(), self.tokens[self.at + 1]
            if inside == ("{", r"\top"):
                self.at += 3
                found = found.T if isinstance(found, np.ndarray | _Ones) else found
            elif inside == ("{", r"\odot"):
                self.at += 2
                found = found ** self.sum()
                self.take("}")
            else:
                found = found ** self.braced()
        return found

    def braced(self) -> Any:
        if self.peek() != "{":
            return float(self.take())
        self.take("{")
        found = self.sum()
        self.take("}")
        return found

    def braces_text(self) -> str:
        self.take("{")
        text = ""
        while self.peek() != "}":
            text += self.take()
        self.take("}")
        return text

    def bracketed(self, close: str) -> list[Any]:
        found = [self.sum()]
        while self.peek() == ",":
            self.take()
            found.append(self.sum())
        self.take(close)
        return found

    def axis(self) -> Any:
        if self.peek() != "_":
            return None
        self.take()
        told = self.braces_text()
        digits = re.findall(r"-?\d+", told)
        axis = int(digits[0]) if digits else None
        return _Kept(axis) if "kept" in told else axis

    def atom(self) -> Any:  # one line for each thing a reader knows
        token = self.take()
        if token.startswith(r"\begin{bmatrix}"):
            return _matrix(token)
        if re.fullmatch(r"[\d.]+", token):
            return float(token)
        if token == "(":
            return self.bracketed(")")[0]
        if token == "{":
            found = self.sum()
            self.take("}")
            return found
        if token == "[":
            return self.chosen_or_list()
        if token in (r"\frac", r"\tfrac"):
            top, bottom = self.braced(), self.braced()
            return top / bottom
        if token == "e":
            self.take("^")
            return np.exp(self.braced())
        if token == "-":
            return -self.power()
        if token == r"\mathbf":
            digit = self.braces_text()
            return _Ones() if digit == "1" else 0.0
        if token == "H":
            self.take("(")
            target, chances = self.bracketed(")")
            return -np.sum(target * np.log(chances)) / (1 if target.shape[1] == 1 else target.shape[0])
        if token == "I":
            return np.eye(self.shape[0])
        if token in (r"\sum", r"\max", r"\min", r"\prod"):
            return self.reduction(token)
        if token == r"\lVert":
            found = self.sum()
            self.take(r"\rVert")
            return (
                np.linalg.norm(np.ravel(found))
                if (axis := self.axis()) is None
                else _along(np.linalg.norm, found, axis)
            )
        if token == r"\log":
            return self.logarithm()
        if token in (r"\mathrm", r"\operatorname"):
            return self.named(self.braces_text())
        return _PLAIN[token](self.power())

    def chosen_or_list(self) -> Any:
        first = self.sum()
        if self.peek() == "=":  # [x = max]
            self.take()
            which = self.take()
            self.take("]")
            return _Chosen(first, np.max if which == r"\max" else np.min)
        found = [first]
        while self.peek() == ",":
            self.take()
            found.append(self.sum())
        self.take("]")
        if all(np.ndim(one) == 0 for one in found):
            return np.reshape(found, (-1, 1))
        if found[0].shape[1] == 1 and self.shape[1] > 1:
            return np.stack([one.reshape(-1) for one in found])
        return np.concatenate(found, axis=0 if found[0].shape[1] == self.shape[1] else 1)

    def reduction(self, token: str) -> Any:
        if token == r"\prod" and self.peek() == "_" and self.tokens[self.at + 2] == "j":
            self.take()
            self.braces_text()
            found = self.atom()
            self.take("_")
            self.take("j")
            return _Others(found)
        axis = self.axis()
        if token in (r"\max", r"\min"):
            operands = self.bracketed(")") if self.peek() == "(" and self.take() else [self.atom()]
            if len(operands) > 1:
                return getattr(np, "maximum" if token == r"\max" else "minimum").reduce(operands)
            return _along(np.max if token == r"\max" else np.min, operands[0], axis)
        return _along(np.sum if token == r"\sum" else np.prod, self.power(), axis)

    def logarithm(self) -> Any:
        if self.peek() == r"\sum":
            self.take()
            axis = self.axis()
            return np.log(_along(np.sum, self.power(), axis))
        return np.log(self.atom())

    def named(self, name: str) -> Any:
        axis = self.axis()
        operands = self.bracketed(")") if self.peek() == "(" and self.take() else [self.atom()]
        x = operands[0]
        if name == "softmax":
            at = 0 if np.shape(x)[1] == 1 else (-1 if axis is None else axis)
            powers = np.exp(x - np.max(x))
            return powers / powers.sum(axis=at, keepdims=True)
        if name == "mean":
            return _along(np.mean, x, axis)
        if name == "tr":
            return np.trace(x)
        if name == "reshape":
            return np.reshape(x, self.shape)
        return _PLAIN[name](*operands)


class _Ones:
    """Ones in a shape that what they meet decides."""

    T: _Ones


_Ones.T = property(lambda self: self)  # type: ignore[assignment]


class _Chosen:
    """A mask, once it is known along which axis: that of the gradient that it meets."""

    def __init__(self, x: Array, best: Callable[..., Any]) -> None:
        self.x, self.best = x, best

    def times(self, g: Any) -> Any:
        axis = _axis_of(g, self.x)
        chosen = self.x == self.best(self.x, axis=axis, keepdims=True)
        return _beside(g, axis) * chosen / chosen.sum(axis=axis, keepdims=True)


class _Others:
    """The product of all other entries."""

    def __init__(self, x: Array) -> None:
        self.x = x

    def times(self, g: Any) -> Any:
        axis = _axis_of(g, self.x)
        return _beside(g, axis) * np.prod(self.x, axis=axis, keepdims=True) / self.x


def _axis_of(g: Any, x: Array) -> int | None:
    if np.ndim(g) == 0 or np.size(g) == 1 or x.shape[1] == 1:
        return None
    if 1 in (g.shape[0], x.shape[0]):  # an axis that was kept
        return 0 if g.shape[0] == 1 else 1
    return 0 if g.shape[0] == x.shape[1] else 1


def _beside(g: Any, axis: int | None) -> Any:
    return g.T if axis == 0 and g.shape[0] > 1 else g


def _joined(left: Any, right: Any, sign: str, shape: tuple[int, ...]) -> Any:
    if isinstance(right, _Chosen | _Others):
        return right.times(left)
    if isinstance(left, _Ones) or isinstance(right, _Ones):
        ones_first = isinstance(left, _Ones)
        other = right if ones_first else left
        if sign == r"\odot":
            return np.broadcast_to(other, shape)
        if np.ndim(other) == 0:
            return np.full(shape, other) if shape else other
        return np.repeat(other, shape[0], axis=0) if ones_first else np.repeat(other, shape[1], axis=1)
    if sign == r"\odot":
        return left * right
    if sign == r"\oslash":
        return left / right
    if sign == r"\star":
        return correlate(left, right)
    if sign == r"\ast":
        padded = np.pad(left, [(size - 1, size - 1) for size in right.shape])
        return correlate(padded, np.flip(right))
    both = np.ndim(left) and np.ndim(right)
    return left @ right if both else left * right


class _Kept:
    """An axis that stays with size 1."""

    def __init__(self, axis: int | None) -> None:
        self.axis = axis


def _along(reduce: Callable[..., Any], x: Any, axis: Any) -> Any:
    if isinstance(axis, _Kept):
        return np.asarray(reduce(x, axis=axis.axis, keepdims=True))
    return reduce(np.ravel(x)) if axis is None else np.reshape(reduce(x, axis=axis), (-1, 1))


def _entry(x: Array, place: str) -> Any:
    found = x[tuple(int(at) for at in place.split(","))]
    return np.reshape(found, (-1, 1)) if np.ndim(found) else found


def _matrix(latex: str) -> Array:
    body = latex.removeprefix(r"\begin{bmatrix}").removesuffix(r"\end{bmatrix}")
    return np.array([[_number(cell) for cell in row.split("&")] for row in body.split(r"\\")])


def _number(text: str) -> float:
    mantissa, _, power = text.strip().partition(r" \cdot 10^{")
    return float(mantissa) * 10.0 ** int(power.rstrip("}") or 0)


def units(latex: str) -> tuple[Array, Array]:
    """The entries of a printed number or matrix, and one unit in the last place of each."""
    is_matrix = latex.startswith(r"\begin{bmatrix}")
    body = latex.removeprefix(r"\begin{bmatrix}").removesuffix(r"\end{bmatrix}") if is_matrix else latex
    rows = [[cell.strip() for cell in row.split("&")] for row in body.split(r"\\")]
    last = [
        [10.0 ** (_power(cell) - len(cell.partition(r" \cdot")[0].partition(".")[2])) for cell in row] for row in rows
    ]
    values = [[_number(cell) for cell in row] for row in rows]
    return np.array(values), np.array(last)


def _power(cell: str) -> int:
    found = re.search(r"10\^\{(-?\d+)\}", cell)
    return int(found[1]) if found else 0


def matches(left: str, right: str) -> bool:
    """Whether the right side of a printed equation is the left one, rounded to its digits in every entry."""
    wanted, last = units(right)
    is_matrix = right.startswith(r"\begin{bmatrix}")
    with np.errstate(all="ignore"):
        found = Calculator(left, wanted.shape if is_matrix else ()).whole()
    if isinstance(found, _Chosen | _Others):
        found = found.times(1.0)
    if isinstance(found, _Ones):
        found = np.ones(wanted.shape)
    found = np.asarray(found, dtype=np.float64)
    if found.ndim == 0:
        found = np.full(wanted.shape, found)
    assert found.shape == wanted.shape, (left, right)
    return bool(np.all(np.abs(found - wanted) <= 0.5 * last * (1 + 1e-6)))
