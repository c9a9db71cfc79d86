"""Names of tensors are bold and their operations typeset as textbooks do, told by shapes and nothing else."""

import pytest

from app import trace
from app.lessons.load import lessons
from app.operations import EVERY_OPERATION

VALUES = "x = [1, 2]; t = [0, 1]; W = [[1, 2], [3, 4]]; theta = [2, 3]; loss_a = [1, 1]; c = 2"


@pytest.mark.parametrize(
    ("line", "latex"),
    [
        ("f = W @ x", r"\mathbf{f} = \mathbf{W}\,\mathbf{x}"),
        ("f = theta * x", r"\mathbf{f} = \boldsymbol{\theta} \odot \mathbf{x}"),
        ("f = x * (x + theta)", r"\mathbf{f} = \mathbf{x} \odot (\mathbf{x} + \boldsymbol{\theta})"),
        ("f = c * loss_a", r"\mathbf{f} = c\,\mathbf{loss}_{a}"),
        ("f = x / theta", r"\mathbf{f} = \mathbf{x} \oslash \boldsymbol{\theta}"),
        ("f = x / c", r"\mathbf{f} = \frac{\mathbf{x}}{c}"),
        ("f = half_sse(x, t)", r"f = \tfrac{1}{2}\left\lVert {\mathbf{t}} - {\mathbf{x}} \right\rVert^{2}"),
        ("f = half_sse(c, 1)", r"f = \tfrac{1}{2}\left({1} - {c}\right)^{2}"),
        ("f = mse(x, 0)", r"f = \tfrac{1}{n}\left\lVert {\mathbf{x}} - {0} \right\rVert^{2}"),
    ],
)
def test_statements(line: str, latex: str) -> None:
    assert trace(f"{line}; {VALUES}").statements[0].latex == latex


def test_a_name_is_bold_where_its_node_is_a_tensor_and_nowhere_else() -> None:
    for lesson in lessons():
        found = trace(lesson.program)
        for node in found.nodes:
            is_bold = node.latex.startswith((r"\mathbf", r"\boldsymbol"))
            assert is_bold == (node.shape != () and node.name is not None) or node.name is None, node


def test_templates_of_tensors_take_the_same_operands() -> None:
    for operation in EVERY_OPERATION:
        if operation.tensor_latex is not None:
            assert all(f"#{name}" in operation.tensor_latex for name in operation.operands), operation.name
            assert operation.is_typeset_for([True] * len(operation.operands))
            assert not operation.is_typeset_for([False] * len(operation.operands))
