r"""LaTeX is read: each construct as our notation writes it, with places in the text as sent, and mistakes told."""

from __future__ import annotations

import pytest

from app import UserError, trace
from app.language.notation import print_program
from app.language.parser import parse
from app.limits import Limits
from tests.language.reading import marked, problems


def rewritten(source: str) -> str:
    """The program in our notation."""
    return print_program(parse(source))


def remarks(source: str) -> list[str]:
    """The codes of what is worth a word."""
    translation = parse(source).prepared.translation
    return [remark.code for remark in translation.remarks] if translation else []


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        (r"\frac{1}{1+e^{-(w_0 x_0 + w_1 x_1 + w_2)}}", "1 / (1 + exp(-(w0 * x0 + w1 * x1 + w2)))"),
        (r"\dfrac{a}{b} \tfrac12 \frac ab", "a / b * (1/2) * (a / b)"),
        (r"a \cdot b \times c \div d", "a * b * c / d"),
        (r"\sqrt[3]{x} + \sqrt{y} + \sqrt[n]{z} + \sqrt 2", "cbrt(x) + sqrt(y) + z^(1 / n) + sqrt(2)"),
        (r"\left( x + y \right) \left[ z \right] \left\{ w \right\}", "(x + y) * z * w"),
        (r"\left| x \right| + |y - z| \cdot 2 + \lvert q \rvert", "abs(x) + abs(y - z) * 2 + abs(q)"),
        (r"\exp x + \ln y + \log z", "exp(x) + log(y) + log(z)"),
        (r"\log_{2} z + \log_2(z) + \log_{10}{z}", "log2(z) + log2(z) + log10(z)"),
        (r"\log_b a", "log(a) / log(b)"),
        (r"\sin^2 x + \cos^{2}(x)", "sin(x)^2 + cos(x)^2"),
        (r"\sin x^2", "sin(x^2)"),
        (r"\sin 2x \cos y", "sin(2 * x) * cos(y)"),
        (r"\sin \frac{x}{2}", "sin(x / 2)"),
        (r"\sin(x)^2 y", "sin(x)^2 * y"),
        (r"\sin^{-1} x + \arctan x", "asin(x) + atan(x)"),
        (r"\sigma(z) + \sigma\left(z\right)", "sigmoid(z) + sigmoid(z)"),
        (r"\sigma z + \sigma^2", "sigma * z + sigma^2"),
        (r"\max\{a, b\} + \min(a, b) + \max\left(0, x\right)", "max(a, b) + min(a, b) + max(0, x)"),
        (r"\operatorname{ReLU}(x) + \mathrm{softplus}(x)", "relu(x) + softplus(x)"),
        (r"\operatorname{LeakyReLU}_{0.1}\left(x\right)", "leaky_relu(x, slope=0.1)"),
        (r"\mathrm{loss} + \text{rate} x", "loss + rate * x"),
        (r"\mathbf{W} x + \vec{v}", "W * x + v"),
        (r"\hat{y}_1 + \bar x + \hat{\theta}", "y1_hat + x_bar + theta_hat"),
        (r"x' + x'_0 + f^{\prime} \alpha", "x' + x0' + f' * alpha"),
        (r"W^{[1]} x + b^{[1]}", "W1 * x + b1"),
        (r"w_{10} + w_{new} + w_{\text{new}} + w_{i,j} \pi", "w10 + w_new + w_new + w_i_j * pi"),
        (r"x^2_1 + x^{2}_{1} \cdot {w}_1", "x1^2 + x1^2 * w1"),
        (r"bc + x_1x_2 + 2bc\,d", "b * c + x1 * x2 + 2 * b * c * d"),
        (r"w0 x0 + \beta", "w0 * x0 + beta"),
        (r"e^{-x} e^y", "exp(-x) * exp(y)"),
        (r"x(y + 1) \alpha", "x * (y + 1) * alpha"),
        (r"\lfloor x \rfloor \lceil y \rceil", "floor(x) * ceil(y)"),
        (r"x \cdot 10^{-3} + 2 \cdot 10^{-7} y", "x * 1e-3 + 2e-7 * y"),
        (r"\underbrace{x + y}_{q} z", "(x + y) * z"),
        (r"\begin{cases} x & \text{if } x > 0 \\ 0.1 x & \text{otherwise} \end{cases}", "where(x > 0, x, 0.1 * x)"),
        (r"\sum_{i=1}^{3} w_i x_i + b", "w1 * x1 + w2 * x2 + w3 * x3 + b"),
        (r"\sum_{i=1}^2 \sum_{j=1}^2 w_{ij} x_j", "w11 * x1 + w12 * x2 + (w21 * x1 + w22 * x2)"),
        (r"\prod_{k=0}^{1} (x_k + k) + x_{k+1}", "(x0 + 0) * (x1 + 1) + x_k_plus_1"),
        (r"x^{2} + y_{1}", "x^2 + y1"),
        (r"\lVert x \rVert_2^2 + \|y\| + ||z||", "norm(x)^2 + norm(y) + norm(z)"),
        (r"\mathbf{w}^\top \mathbf{x} + (A + B)^T c", "w.T @ x + (A + B).T @ c"),
        (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix} x", "[[a, b], [c, d]] @ x"),
        (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix} + \left[3, 4\right]", "[1, 2] + [3, 4]"),
        (r"x_{[0]} + \operatorname{sum}_{0}(W)", "x[0] + sum(W, axis=0)"),
    ],
)  # fmt: skip
def test_constructs(source: str, ours: str) -> None:
    assert rewritten(source) == ours


@pytest.mark.parametrize(
    "source",
    [
        "$q = x + y$\n$f = q z$\nx = -2\ny = 5; z = -4",
        "$$ q = x + y, \\quad f = q z $$ \nx = -2\ny = 5\nz = -4",
        "\\[ q = x + y \\] and \\( f = q z \\).\nx = -2\ny = 5\nz = -4",
        "\\begin{align} q &= x + y \\\\ f &= q z \\end{align}\nx = -2\ny = 5; z = -4",
        "\\begin{align*}\n  q &= x \\\\\n    &\\quad + y \\\\\n  f &= q z\n\\end{align*}\nx = -2\ny = 5\nz = -4",
        "Take $q = x + y$ and $f = q z$, where $x = -2$.\ny = 5\nz = -4  % from the lecture",
    ],
)
def test_a_lesson_in_any_dress(source: str) -> None:
    result = trace(source)
    assert result.leaf_gradients() == {"x": -4.0, "y": -4.0, "z": 3.0}


def test_definitions() -> None:
    assert rewritten(r"g(u) = \frac{u}{2} \\ f = g(x) + g(2)") == "g(u) = u / 2\nf = g(x) + g(2)"
    assert rewritten(r"f(x, y) = (x + y) y^{2}") == "f(x, y) = (x + y) * y^2"
    assert rewritten("loss = \\alpha x\nloss2 = loss^2") == "loss = alpha * x\nloss2 = loss^2"
    assert rewritten(r"\text{param } w = 2 \\ f = w x") == "param w = 2\nf = w * x"


def test_numbers() -> None:
    values = trace("x = 1{,}000 \\\\ y = 2{,}5 \\\\ z = 1\\,000 \\\\ f = xyz").named_values()
    assert (values["x"], values["y"], values["z"]) == (1000.0, 2.5, 1000.0)


@pytest.mark.parametrize(
    ("source", "code", "part"),
    [
        (r"\frac{\partial L}{\partial w}", "derivative", r"\frac{\partial L}{\partial w}"),
        (r"\frac{dL}{dw} + 1", "derivative", r"\frac{dL}{dw}"),
        (r"\sum_i w_i", "sum-without-bounds", r"\sum_i"),
        (r"\foo x", "unknown-command", r"\foo"),
        (r"\frac{1}{x", "unclosed-bracket", "{"),
        (r"(x + \alpha", "unclosed-bracket", "("),
        (r"x + \alpha)", "unopened-bracket", ")"),
        (r"\left( x + \alpha", "unclosed-bracket", "\\"),
        (r"\sqrt", "missing-operand", r"\sqrt"),
        (r"\sin", "missing-operand", r"\sin"),
        (r"\frac{}{x}", "missing-operand", "{}"),
        (r"a = b = \alpha", "bad-target", r"= \alpha"),
        (r"x + \alpha!", "unknown-character", "!"),
        (r"\min_{w} x", "subscript", "{w}"),
        (r"\alpha 2 3", "adjacent-numbers", "3"),
        (r"\operatorname{sigmod}(x)", "unknown-operation", r"\operatorname{sigmod}"),
        (r"\alpha = 1 \\ \alpha = 2", "assigned-twice", r"\alpha"),
    ],
)
def test_mistakes_are_told_where_they_stand(source: str, code: str, part: str) -> None:
    found = problems(source)
    assert [problem.code for problem in found] == [code]
    assert marked(source, found[0]) == part
    assert found[0].hint


def test_mistakes_of_one_reading_are_told_together_in_order() -> None:
    source = r"\foo + \frac{x}{\alhpa} + \frac{dL}{dw} y)"
    found = problems(source)
    assert [marked(source, problem) for problem in found] == [r"\foo", r"\alhpa", r"\frac{dL}{dw}", ")"]
    assert found[1].fix is not None
    assert found[1].fix.text == r"\alpha"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (r"1/2x + \alpha", "ambiguous-product"),
        (r"f(x) + \alpha", "ambiguous-product"),
        (r"\sin^{-1} x", "inverse-function"),
        (r"loss + \alpha", "letters-are-factors"),
        (r"a^{(2)} \alpha", "superscript-index"),
    ],
)
def test_doubtful_readings_are_told(source: str, code: str) -> None:
    assert remarks(source) == [code]
    assert code in [notice.code for notice in trace(source).warnings]


def test_places_are_those_of_the_text_as_sent() -> None:
    source = "\\frac{1}{2} \\left(t - \\sigma(w_0 x)\\right)^2\nw_0 = 2{,}5\nt = \\frac{1}{4}"
    result = trace(source)
    parts = {node.op or node.name: source[node.span.start : node.span.end] for node in result.nodes if node.span}
    assert parts["sigmoid"] == r"\sigma(w_0 x)"
    assert parts["sub"] == r"t - \sigma(w_0 x)"
    assert parts["w0"] == "w_0"
    values = {node.name: node.value_span for node in result.nodes if node.value_span}
    assert {name: source[span.start : span.end] for name, span in values.items()} == {
        "w0": "2{,}5",
        "t": r"\frac{1}{4}",
    }
    assert [source[one.span.start : one.span.end] for one in result.statements if one.span][1:] == [
        "w_0 = 2{,}5",
        r"t = \frac{1}{4}",
    ]


def test_our_notation_stays_ours() -> None:
    for source in ("w_{10} x", "w_{1} + loss_{2}", "x^2 + y", "x_1 + x_2"):
        assert parse(source).prepared.translation is None


def test_sums_are_counted_before_they_are_written() -> None:
    for source in (
        r"\sum_{i=1}^{999999999} x_i",
        r"\sum_{i=1}^{9999} \sum_{j=1}^{9999} x_{ij}",
        r"\sum_{i=1}^{1000}" * 9 + "x",
    ):
        with pytest.raises(UserError) as caught:
            parse(source)
        assert caught.value.kind == "limit"
    with pytest.raises(UserError):
        parse(r"\sum_{i=1}^{100} x_i", Limits(max_nodes=50))
