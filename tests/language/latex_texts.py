"""Random LaTeX for property tests: pieces that most often make no formula."""

from __future__ import annotations

from hypothesis import strategies as st

LATEX_PIECES = (
    r"\frac", r"\frac{1}{2}", r"\tfrac12", r"\sqrt", r"\sqrt[3]{x}", r"\sqrt[", "{", "}", "{", "}", "{}", r"\left(",
    r"\right)", r"\left", r"\right", r"\left|", r"\right|", "|", "|", r"\lvert", r"\rvert", r"\lVert x \rVert", "(", ")",
    "[", "]", r"\{", r"\}", "^", "^", "_", "_1", "_{10}", "_{new}", "^2", "^{-1}", "^T", "^{[1]}", "^{(i)}", r"^\prime", "'",
    r"\sin", r"\sin^2 ", r"\sin^", r"\exp", r"\ln", r"\log_{2}", r"\log_b", r"\max", r"\tanh", r"\sigma", r"\sigma(",
    r"\alpha", r"\theta_1", r"\pi", "e^", "x", "y", "bc", "w_0", "loss", "sin(", "2", "0.5", "1{,}000", r"1\,000", "2{,}5",
    "10^{-3}", r"\cdot", r"\times", "+", "-", "/", "=", "&", "&=", "\\\\", "\\", "\n", ";", ",", ".", "<", r"\le", "!", ":",
    r"\mathrm{loss}", r"\mathrm", r"\text{if }", r"\text{param }", r"\operatorname{ReLU}", r"\operatorname{foo}(",
    r"\mathbf{W}", r"\hat{y}", r"\hat", r"\vec v", r"\sum_{i=1}^{3}", r"\sum_{i=1}^{0}", r"\sum", r"\prod_{j=0}^2", "w_i",
    "x_{i+1}", "w_{ij}", r"\begin{cases}", r"\end{cases}", r"\begin{align}", r"\end{align}", r"\begin{bmatrix}",
    r"\end{bmatrix}", "$", "$$", r"\[", r"\]", "%", "# c\n", r"\partial", r"\frac{dL}{dw}", r"\foo", r"\quad", r"\,", "f(x) = ",
    "f(", "T", "param w", "\u200b", "−", "·", "₂", "²", "é", "\x00", "\ud800", r"\lfloor", r"\rceil", r"\underbrace",
)  # fmt: skip

LATEX_TEXTS = st.lists(st.sampled_from(LATEX_PIECES), max_size=25).map("".join)
