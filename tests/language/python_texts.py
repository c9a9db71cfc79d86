"""Random Python for property tests: lines and pieces that most often make no program."""

from __future__ import annotations

from hypothesis import strategies as st

PYTHON_PIECES = (
    "def f(x, y):\n    ", "def g(a): return ", "def ", "return ", "return x, y\n", "import math\n", "import numpy as np\n",
    "from math import exp\n", "\n", "\n    ", "\n\t", "x", "y", "w0", "f", "g", "s", "e", "grad_x", "lambda x: ", "x = ", "y = ",
    "s += ", "s -= ", "s **= ", "s //= ", "a, b = ", "a = b = ", "f(", "g(", "math.exp(", "np.maximum(", "F.relu(", "torch.tensor(",
    "np.sum(", "math.pi", "math.", ".tanh()", ".pow(", ".item()", ".grad", ".T", "(", ")", "[", "]", "{", "}", ",", ":", ";", "=",
    "+", "-", "*", "/", "**", "//", "%", "@", "^", "<", "==", ":=", "->", "2", "0.5", "1e-3", "1_000", "2j", "0x1f", "requires_grad=True",
    "slope=0.1", " if ", " else ", "for i in range(3):\n    ", "if x > 0:\n    ", "else:\n    ", "while True:", "class A:\n    ", "pass",
    "print(", "# c\n", '"""doc"""', '"', "'", "'a'", "\\\n", "@no_grad\n", "not ", "and ", "None", "True", "x: float = 2\n",
    "\u200b", "−", "x²", "w₀", "é", "\x00", "\ud800", "\r\n", "L.backward()\n", "w.data", "try:\n", "with a as b:\n    ",
)  # fmt: skip

PYTHON_TEXTS = st.lists(st.sampled_from(PYTHON_PIECES), max_size=25).map("".join)
