"""A reader with a calculator: the value of an arithmetic LaTeX text, from the text alone."""

from __future__ import annotations

import math
import re

_NAMES = {
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "sqrt": math.sqrt,
    "abs": abs,
    "max": max,
    "min": min,
    "ReLU": lambda x: max(x, 0.0),
    "clip": lambda x, low, high: min(max(x, low), high),
    "sign": lambda x: (x > 0) - (x < 0),
    "BCE": lambda p, t: -(t * math.log(p) + (1 - t) * math.log(1 - p)),
    "Huber": lambda y, t: 0.5 * (y - t) ** 2 if abs(y - t) <= 1 else abs(y - t) - 0.5,
}
_WORDS = {r"\sigma": "sigmoid", r"\ln": "log", r"\sin": "sin", r"\cos": "cos", r"\tanh": "tanh", r"\max": "max"}
_WORDS |= {r"\min": "min", r"\infty": "inf"}


def calculate(latex: str) -> float:
    """The value of numbers, operators and functions written in LaTeX."""
    text = latex.replace(r"\left\lvert", "abs(").replace(r"\right\rvert", ")")
    text = text.replace(r"\left|", "abs(").replace(r"\right|", ")").replace(r"\left", "").replace(r"\right", "")
    text = re.sub(r"\\operatorname\{(\w+)\}(_\{[0-9.]+\})?", r" \1", text)
    text = re.sub(r"\\mathbf\{(.*)\}", r"\1", text)
    for word, name in _WORDS.items():
        text = text.replace(word, f" {name}")
    text = text.replace(r"\times", "*").replace(r"\cdot", "*").replace(r"\,", " ")
    text = re.sub(r"\\t?frac", "÷", text)
    text = re.sub(r"\be\^\{", "exp{", text).replace("^", "**")
    for _ in range(200):
        before = text
        text = re.sub(r"÷\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
        text = re.sub(r"(\*\*|exp|\\sqrt)\{([^{}]*)\}", r"\1(\2)", text)
        if text == before:
            break
    text = text.replace(r"\sqrt", "sqrt")
    assert not re.search(r"[\\{}÷]", text), latex
    text = re.sub(
        r"(?<=[\d)])\s*(?=\()|(?<=[\d)])\s+(?=[A-Za-z\d])|(?<=\d)(?=[a-z]+\()|(?<=\))(?=[A-Za-z\d])", "*", text
    )
    return float(eval(text, {"__builtins__": {}}, _NAMES))  # numbers that our own printer wrote


def last_unit(latex: str) -> float:
    """One unit in the last place of a printed number."""
    mantissa, _, power = re.sub(r"\\mathbf\{(.*)\}", r"\1", latex).partition(r" \cdot 10^{")
    decimals = len(mantissa.partition(".")[2])
    return float(10.0 ** (-decimals + (int(power.rstrip("}")) if power else 0)))


def checks(left: str, right: str) -> bool:
    """Whether the right side of a printed equation is the left one, rounded to its digits.

    A right side that is a sum itself gives the terms of the left one.
    """
    terms = re.findall(r"(?:^|[+-] )(-?[\d.]+(?: \\cdot 10\^\{-?\d+\})?)(?= [+-] |$)", right)
    if len(terms) < 2 or " ".join(re.findall(r"[+-] ", right)).count(" ") == 0:
        return abs(calculate(left) - calculate(right)) <= 0.5 * last_unit(right) * (1 + 1e-6)
    products = re.split(r" \+ ", left)
    signs = ["", *re.findall(r" ([+-]) ", right)]
    assert len(products) == len(terms) == len(signs), (left, right)
    signed = [("-" if sign == "-" else "") + term for sign, term in zip(signs, terms, strict=True)]
    return all(checks(product, term) for product, term in zip(products, signed, strict=True))
