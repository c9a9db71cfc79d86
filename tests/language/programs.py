"""Random programs for property tests: texts that can be read, and texts that most often cannot."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = ("x", "y", "z", "w0", "w1", "b", "theta", "loss", "x'", "h1_0", "α")
NUMBERS = ("0", "1", "2", "0.5", ".25", "3.", "1e-3", "2E2", "10", "pi")
UNARY = ("sin", "exp", "tanh", "sigmoid", "relu", "abs", "square")
BINARY = ("+", "-", "*", "/", "^", " ", " * ", " + ", "**")


def _calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds("{}({})".format, st.sampled_from(UNARY), inner)
    several = st.builds("{}({}, {})".format, st.sampled_from(("max", "min", "hypot", "atan2")), inner, inner)
    sign = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))
    chosen = st.builds("where({} {} {}, {}, {})".format, inner, sign, inner, inner, inner)
    given = st.builds("leaky_relu({}, slope={})".format, inner, st.sampled_from(NUMBERS))
    return one | several | chosen | given


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    plain = st.builds("{}{}({})".format, inner, st.sampled_from(("+", "-", "*", "/", "^", " * ", "\n+")), inner)
    bracketed = st.builds("({}){}({})".format, inner, st.sampled_from(BINARY), inner)
    signed = st.builds("-{}".format, inner)
    grouped = st.builds("({})".format, inner)
    return plain.map(lambda text: f"({text})") | bracketed | signed | grouped


ATOMS = st.sampled_from(NAMES) | st.sampled_from(NUMBERS)
EXPRESSIONS = st.recursive(ATOMS, lambda inner: _calls(inner) | _joined(inner), max_leaves=12)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Several statements, each of which may use the names of those before it."""
    count = draw(st.integers(0, 3))
    lines = [f"s{number} = x * ({draw(EXPRESSIONS)})" for number in range(count)]
    uses = "".join(f" + s{number}" for number in range(count) if draw(st.booleans()))
    lines.append(f"{draw(st.sampled_from(('', 'f = ')))}y * ({draw(EXPRESSIONS)}){uses}")
    if draw(st.booleans()):
        lines.insert(0, "param w0 = 0.5")
    if draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), f"x = {draw(st.sampled_from(('2', '-0.5', '1/2', 'pi/2')))}")
    return draw(st.sampled_from(("\n", "; ", "\n\n"))).join(lines)


PIECES = (
    *NAMES, *NUMBERS, *UNARY, *BINARY, "(", ")", "(", ")", ",", "=", "\n", ";", "#", "input ", "const ", "where(", "<",
    "==", ".", "'", "[", "]", "{", "}", "\\", "§", "−", "·", "₂", "²", "\u200b", "\t", "\r\n", "𝑥", "é", "½", "f(x) = ",
    "slope=", "1_000", "!", "@", "\x00", "\ud800", "ﬁ", "\u0301",
)  # fmt: skip

PIECED_TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
