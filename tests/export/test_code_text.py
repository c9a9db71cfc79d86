"""What flat code looks like: the lecture's names, = before +=, one column of comments, and why a line adds."""

from __future__ import annotations

import ast
import builtins
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import trace
from app.errors import UserError
from app.export.code import write_code
from app.export.code.brackets import fill
from app.export.code.comments import code_number, sum_comment
from app.export.code.identifiers import Identifiers, name_nodes
from app.operations import Conventions
from tests.export.running import run

FORK = "z = w0*x0 + w1*x1 + w2; a = sigmoid(z); f = z*a; w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"
NEURON = "s0 = w0 x0; s1 = w1 x1; s2 = s0 + s1; s3 = s2 + w2; L = sigmoid(s3); w0=2; x0=-1; w1=-3; x1=-2; w2=-3"


def test_the_picture_of_the_design_line_by_line() -> None:
    assert write_code(trace(FORK)).text == (
        "import math\n"
        "w0, x0, w1, x1, w2 = 2.0, -1.0, -3.0, -2.0, -3.0\n"
        "s0 = w0 * x0                # -2.00\n"
        "s1 = w1 * x1                # 6.00\n"
        "s2 = s0 + s1                # 4.00\n"
        "z = s2 + w2                 # 1.00\n"
        "a = 1 / (1 + math.exp(-z))  # 0.7311\n"
        "f = z * a                   # 0.7311\n"
        "grad_f = 1.0                    # 1.00\n"
        "grad_z = grad_f * a             # 0.7311\n"
        "grad_a = grad_f * z             # 1.00\n"
        "grad_z += grad_a * (1 - a) * a  # 0.7311 + 0.1966 = 0.9277\n"
        "grad_s2 = grad_z                # 0.9277\n"
        "grad_w2 = grad_z                # 0.9277\n"
        "grad_s0 = grad_s2               # 0.9277\n"
        "grad_s1 = grad_s2               # 0.9277\n"
        "grad_w1 = grad_s1 * x1          # -1.8553\n"
        "grad_x1 = grad_s1 * w1          # -2.7830\n"
        "grad_w0 = grad_s0 * x0          # -0.9277\n"
        "grad_x0 = grad_s0 * w0          # 1.8553\n"
    )


def test_the_lectures_flat_code_has_the_lectures_names() -> None:
    texts = [line.text for line in write_code(trace(NEURON)).backward]
    assert texts[:4] == ["grad_L = 1.0", "grad_s3 = grad_L * (1 - L) * L", "grad_s2 = grad_s3", "grad_w2 = grad_s3"]


def test_only_forks_add_and_say_which_lines_wrote_the_other_parts() -> None:
    adding = [line for line in write_code(trace(FORK)).backward if line.adds]
    assert [line.number for line in adding] == [12]
    note = adding[0].note
    assert note is not None
    assert note.title == "+= where z is used twice"
    assert note.lines == (10, 12)
    assert note.text == (
        "Line 10 wrote the part of f. Line 12 adds the part of a. "
        "Everywhere else one gate is the only user, so = is enough."
    )


def test_a_gate_that_uses_an_operand_twice_names_both_places() -> None:
    notes = [line.note for line in write_code(trace("f = x * x; x = 3")).backward if line.note]
    assert notes[0].text.startswith(
        "Line 4 wrote the part of f by its first operand. Line 5 adds the part of f by its second operand."
    )


@pytest.mark.parametrize("language", ["python", "numpy", "torch", "jax"])
def test_lines_are_numbered_as_they_stand_in_the_file(language: str) -> None:
    code = write_code(trace(FORK), language)
    lines = [*code.forward, *code.backward, *code.autograd]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for line, text in zip(lines, code.text.splitlines(), strict=True):
        assert text.startswith(line.text)
        assert text.rstrip().endswith(line.comment or line.text)


def test_gates_that_do_not_lead_to_the_output_have_no_backward_line() -> None:
    code = write_code(trace("q = x * y; unused = q + u; f = q^2; x = 2; y = 3; u = 1"))
    assert "unused = q + u" in code.text
    assert "grad_unused" not in code.text
    assert "grad_u = 0.0" in code.text


def test_a_literal_exponent_and_a_literal_factor_are_simplified() -> None:
    code = write_code(trace("E = 1/2 * (t - y)^2; t = 1; y = 0.4"), comments=False)
    assert [line.text for line in code.forward][2:] == ["s0 = t - y", "s1 = math.pow(s0, 2)", "E = 1 / 2 * s1"]
    assert [line.text for line in code.backward] == [
        "grad_E = 1.0", "grad_s1 = grad_E * (1 / 2)", "grad_s0 = grad_s1 * 2 * s0", "grad_t = grad_s0",
        "grad_y = -grad_s0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("relu_at_zero", "rule"),
    [(0.0, "1 if x > 0 else 0"), (1.0, "1 if x >= 0 else 0"), (0.5, "0.5 if x == 0 else 1 if x > 0 else 0")],
)
def test_a_convention_is_written_into_the_rule(relu_at_zero: float, rule: str) -> None:
    code = write_code(trace("f = relu(x); x = 0", conventions=Conventions(relu_at_zero)))
    assert f"grad_x = grad_f * ({rule})" in code.text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.00"), (-0.0, "0.00"), (1.0, "1.00"), (0.25, "0.25"), (0.7310585786300049, "0.7311"), (-1.8553, "-1.8553"),
     (0.00123456, "0.001235"), (0.00001234567, "1.235e-05"), (12345.678, "1.235e+04"), (float("nan"), "nan"),
     (float("-inf"), "-inf"), (1e-300, "1.000e-300")],
)  # fmt: skip
def test_numbers_of_comments(value: float, text: str) -> None:
    assert code_number(value) == text


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_a_printed_sum_comes_out_or_says_that_it_does_not(before: float, part: float) -> None:
    text = sum_comment(before, part)
    left, relation, total = text[2:].rpartition("=")
    if relation:
        first, sign, second = left.split()
        found = float(first) + (float(second) if sign == "+" else -float(second))
        assert abs(found - float(total)) <= 0.5e-4 + 1e-9
    else:
        assert " ~ " in text


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), max_size=12))
def test_any_labels_become_identifiers_each_once(labels: list[str]) -> None:
    identifiers = Identifiers()
    names = name_nodes(dict(enumerate(labels)), identifiers)
    names |= {-1 - node: identifiers.take(f"grad_{name}") for node, name in list(names.items())}
    assert len(set(names.values())) == len(names)
    for name in names.values():
        assert name.isascii()
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert not hasattr(builtins, name)


_LETTERS = st.text(st.characters(categories=("L", "Nd", "Pc"), include_characters="'_²₀"), min_size=1, max_size=8)
_WORDS = st.sampled_from(
    ["lambda", "math", "np", "torch", "grad_x", "grad_f", "forward", "__builtins__", "True", "x'", "θ"]
)


@given(st.lists(_LETTERS | _WORDS, min_size=2, max_size=4))
def test_names_of_a_program_never_become_code(names: list[str]) -> None:
    source = f"f_ = {' + '.join(f'2 * {name}' for name in names)}; x = 3; grad_f_ = x^2"
    try:
        found = trace(source)
    except UserError:
        return
    code = write_code(found)
    assert code.text.isascii()
    tree = ast.parse(code.text)
    assigned = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    assert not set(assigned) & set(dir(builtins))
    space = run(code)
    for node, name in code.names.items():
        assert float(space[name]) == pytest.approx(found.values[node], rel=1e-12)
    for node, name in code.gradients.items():
        assert float(space[name]) == pytest.approx(found.gradients[node] or 0.0, rel=1e-12)


_CODE = st.sampled_from(
    ["x", "2", "-2", "1 / 2", "x + y", "x - y", "x * y", "f(x)", "x ** 2", "-x", "x if y else z", "x < y"]
)
_TEMPLATES = st.sampled_from(
    ["#a + #b", "#a - #b", "#a * #b", "#a / #b", "#a ** #b", "g(#a, #b)", "-#a + #b", "#a if #b else 1",
     "1 if #a else #b", "#a < #b", "1 - #a * #b", "0.5 * (#a - #b) ** 2", "h(-#a, k=#b)"]
)  # fmt: skip


@given(_TEMPLATES, _CODE, _CODE)
def test_brackets_stand_where_python_needs_them(template: str, first: str, second: str) -> None:
    filled = fill(template, {"a": first, "b": second})
    sure = template.replace("#a", f"({first})").replace("#b", f"({second})")
    assert ast.dump(ast.parse(filled)) == ast.dump(ast.parse(sure)), filled
