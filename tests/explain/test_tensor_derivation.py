"""Worked solutions with tensors: every printed equation is recomputed from its text; rules, sums, masks, entries."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.engine.trace import trace
from app.errors import UserError
from app.explain.block_lines import update_numbers
from app.explain.derivation import derive
from app.explain.latex_document import derivation_latex
from app.explain.markdown import derivation_markdown
from app.explain.printed_tensors import PrintedTensor
from app.explain.records import Block, Derivation
from app.lessons.load import lessons
from app.lessons.records import Lesson
from app.limits import Limits
from app.operations import TENSOR_OPERATIONS
from tests.explain.matrix_calculator import matches
from tests.explain.test_texts import compile_latex, joined
from tests.tensors.test_every_tensor_operation import PROGRAM_NAMES, WHOLE, Case, arrays_of, operation_text, weights_for

LESSONS = [lesson for lesson in lessons() if lesson.kind == "tensors"]
TWO_LAYERS = next(lesson for lesson in LESSONS if lesson.slug == "two-layer-network")


def solve(lesson: Lesson, leaf: str | None = None, rate: float | None = None) -> Derivation:
    return derive(trace(lesson.program, output=lesson.output), leaf, learning_rate=rate)


def equations(found: Derivation) -> Iterator[tuple[str, str]]:
    """Left and right sides of everything that is printed with an equals sign between numbers."""
    for row in found.rows:
        if row.numbers and row.relation == "=":
            yield row.numbers, row.value.latex
    for local in found.locals:
        if local.numbers and local.value and local.relation == "=":
            yield local.numbers, local.value.latex
    for block in found.blocks:
        if block.numbers and block.relation == "=":
            yield block.numbers, block.value.latex
        if len(block.terms) > 1 and not block.more_terms and block.relation == "=":
            yield " + ".join(f"({term.product.latex})" for term in block.terms), block.value.latex
        yield from ((line.numbers, line.value.latex) for line in block.lines if line.relation == "=")
    if found.rate:
        for update in found.updates:
            yield update_numbers(update, found.rate), update.new.latex


def relations(found: Derivation) -> list[str]:
    return [one.relation for part in (found.rows, found.locals, found.blocks, found.updates) for one in part]


def block_of(found: Derivation, label: str) -> Block:
    return next(block for block in found.blocks if block.label == label)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_every_equation_of_every_lesson_recomputes(lesson: Lesson) -> None:
    found = solve(lesson, rate=0.5)
    checked = list(equations(found))
    assert len(checked) >= len(found.rows) + len(found.blocks) / 2
    for left, right in checked:
        assert matches(left, right), f"{left} = {right}"
    assert set(relations(found)) == {"="}
    traced = trace(lesson.program, output=lesson.output)
    for name, gradient in traced.leaf_gradients().items():
        np.testing.assert_allclose(block_of(found, name).value.exact, np.asarray(gradient), rtol=1e-12)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_every_entry_of_every_leaf_is_written_out(lesson: Lesson) -> None:
    traced = trace(lesson.program, output=lesson.output)
    for name, gradient in traced.leaf_gradients().items():
        entries = np.asarray(gradient)
        if not entries.ndim:
            continue
        for index in (tuple(0 for _ in entries.shape), tuple(size - 1 for size in entries.shape)):
            found = derive(traced, f"{name}[{', '.join(map(str, index))}]")
            block = found.blocks[-1]
            assert block.value.exact == pytest.approx(float(entries[index]), abs=1e-12)
            if block.numbers:
                assert matches(block.numbers, block.value.latex), block.numbers


@pytest.mark.parametrize("case", WHOLE, ids=str)
@pytest.mark.parametrize("weighted", [False, True])
def test_every_equation_of_every_operation_recomputes(case: Case, weighted: bool) -> None:
    arrays = arrays_of(case)
    values = {name: array.tolist() for name, array in zip(PROGRAM_NAMES, arrays, strict=False)}
    text = operation_text(case)
    if weighted:
        _, weights = weights_for(case, arrays)
        found = derive(trace(f"f = sum({text} * c); const c = 0", values=values | {"c": weights.tolist()}))
    else:
        found = derive(trace(f"f = {text}", values=values))
    for left, right in equations(found):
        assert matches(left, right), f"{left} = {right}"
    if weighted:
        assert relations(found).count("≈") == 0


def test_every_operation_on_whole_tensors_is_among_them() -> None:
    assert {case.name for case in WHOLE} == {operation.name for operation in TENSOR_OPERATIONS}


def test_the_lectures_network_reads_as_its_board() -> None:
    found = solve(TWO_LAYERS)
    assert [row.label for row in found.rows] == ["z1", "a1", "z2", "y", "E"]
    weights = block_of(found, "W1")
    assert weights.symbols == r"\frac{\partial E}{\partial \mathbf{z}_{1}}\,{\mathbf{x}}^{\top}"
    assert weights.shapes == r"(4 \times 1)(1 \times 3) = 4 \times 3"
    assert weights.remarks == (r"Row 2 is 0, for entry 2 of $\frac{\partial E}{\partial \mathbf{z}_{1}}$ is 0.",)
    assert block_of(found, "z1").remarks == ("Unit 2 is off: ReLU gave 0 there, so no gradient passes.",)
    assert [local.symbols for local in found.locals if local.value] == [
        r"\mathbf{y} \odot (1 - \mathbf{y})",
        r"\left[\mathbf{z}_{1} > 0\right]",
    ]
    assert block_of(found, "z2").reused == 3


def test_one_leaf_is_the_steps_on_its_way() -> None:
    found = solve(TWO_LAYERS, "W1")
    assert [block.label for block in found.blocks] == ["y", "z2", "a1", "z1", "W1"]
    assert found.paths == 1
    entry = solve(TWO_LAYERS, "W1[0, 1]")
    assert entry.leaf
    assert (entry.leaf.label, entry.leaf.latex) == ("W1[0, 1]", r"\mathbf{W}_{1}[0,1]")
    last = entry.blocks[-1]
    assert (last.numbers, last.value.text) == (r"0.1334 \times 0.5", "0.0667")
    column = solve(TWO_LAYERS, "x[1]").blocks[-1]
    assert column.numbers
    assert column.numbers.count(r"\times") == 4


@pytest.mark.parametrize(("leaf", "code"), [("W1[9, 9]", "entry"), ("E[0]", "entry"), ("nothing", "unknown-node")])
def test_refused_leaves(leaf: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        solve(TWO_LAYERS, leaf)
    assert (caught.value.problems[0].code, caught.value.problems[0].field) == (code, "leaf")


def test_what_was_repeated_is_summed_and_says_why() -> None:
    found = derive(
        trace("Z = X @ W + b\nE = sum(Z^2)\nX = [[1, 2], [3, 4], [5, 6]]; W = [[1, 0], [2, 1]]; b = [1, -1]")
    )
    block = block_of(found, "b")
    assert block.symbols == r"\sum_{\text{axis 0}} \frac{\partial E}{\partial \mathbf{Z}}"
    assert "used again in each of the 3 rows" in block.remarks[0]
    assert all(matches(left, right) for left, right in equations(found))
    number = derive(trace("z = x + b\nE = sum(z^2)\nx = [1, 2, 3]; b = 1"))
    assert "meets all 3 entries" in block_of(number, "b").remarks[0]


def test_fan_out_is_a_sum_of_terms() -> None:
    found = derive(trace("a = W @ x\nE = sum(a * x)\nW = [[1, 2], [3, 4]]; x = [1, -1]"))
    block = block_of(found, "x")
    assert len(block.terms) == 2
    assert block.symbols
    assert " + " in block.symbols
    assert all(matches(left, right) for left, right in equations(found))


def test_softmax_and_cross_entropy_are_p_minus_t() -> None:
    found = derive(trace(next(one.program for one in LESSONS if one.slug == "cross-entropy-of-logits")))
    block = block_of(found, "z")
    assert block.symbols == r"\mathrm{softmax}\left(\mathbf{z}\right) - \mathbf{t}"
    assert "cancel" in block.remarks[0]


def test_large_matrices_stand_by_their_shape() -> None:
    values = {"W": np.ones((30, 40)) * 0.01, "x": np.linspace(-1, 1, 40), "t": np.zeros(30)}
    found = derive(trace("z = W @ x\nE = half_sse(z, t)", values=values))
    text = derivation_markdown(found)
    assert len(text) < 4000
    given = next(one.value for one in found.given if one.label == "W")
    assert isinstance(given, PrintedTensor)
    assert not given.is_whole
    assert given.text == "30 × 40: 0.01 to 0.01, mean 0.01"
    assert any("not printed whole" in note for note in found.notes)
    assert derive(trace("z = W @ x\nE = half_sse(z, t)", values=values), "W[2, 3]").blocks[-1].numbers


def test_long_programs_are_cut() -> None:
    lines = [f"a{index + 1} = tanh(W @ a{index})" for index in range(150)]
    traced = trace("a0 = [0.5, 1]; W = [[0.5, 0.1], [-0.2, 0.4]]\n" + "\n".join(lines) + "\nE = sum(a150)")
    found = derive(traced, limits=Limits(max_derivation_steps=40))
    assert (len(found.rows), len(found.blocks)) == (40, 40)
    assert found.blocks[-1].label == "W" or found.blocks_total > 40


def test_a_tensor_as_output_is_summed_and_says_so() -> None:
    found = derive(trace("y = W @ x; W = [[1, 2], [3, 4]]; x = [1, 2]"))
    assert any("sum of its entries" in note for note in found.notes)
    assert r"\sum" in block_of(found, "W").head


def test_literals_inside_a_formula_have_a_name() -> None:
    found = derive(trace("E = sum([1, 2, 3] * x); x = [1, 2, 3]; c = 4"))
    assert [one.latex for one in found.given if one.role == "constant"] == [r"\mathbf{c_}"] or found.given
    assert all(matches(left, right) for left, right in equations(found))


ODD = {
    "own functions": "layer(W, x) = sigmoid(W @ x)\ny = layer(A, layer(B, x))\nA=[[1,2]]; B=[[1,0],[0.5,1]]; x=[1,-1]",
    "not finite": "y = log(x)\nE = sum(y * W)\nx=[0,-1,2]; W=[1,2,3]",
    "names": "α = Γ' @ e\nf = norm(α) + sum(e)\nΓ' = [[1,2],[3,4]]; e = [1,2]",
    "a gate called g": "g = W @ m\nc = sum(g^2) / 2\nW=[[1,2],[3,4]]; m=[1,-1]",
    "three axes": "E = sum(softmax(reshape(x, 2, 2, 2)))\nx=[1,2,3,4,5,6,7,8]",
    "a list of entries": "z = [x[0]*2, x[1], x[0]]\nE = z @ z\nx=[1,2]",
    "a choice": "y = where(x > 0, x^2, -x)\nE = sum(y)\nx=[1,-2,0]",
    "literals": "E = sum([1, 2, 3] * x + 2 * [0.5, 1, 1])\nx=[1,2,3]",
    "a row": "E = x @ W @ x\nW=[[1,2],[3,4]]; x=[1,2]",
    "ties": "E = max(x) + sum(abs(x)) + min(x, axis=0)\nx=[2,2,0]",
    "overflow": "y = softmax(1e3*x)\nE = -sum(t*log(y))\nx=[1,2,-1]; t=[0,0,1]",
    "an axis": "s = mean(X, axis=0)\nv = mean((X - s)^2, axis=0)\nE = sum(s / sqrt(v + 1e-5))\nX=[[1,2],[3,5],[4,4]]",
    "a leaf alone": "x = [1, 2]",
}


@pytest.mark.parametrize("opened", [[], ["*"]])
@pytest.mark.parametrize("source", ODD.values(), ids=ODD)
def test_odd_programs_are_answered_with_the_gradients_of_the_engine(source: str, opened: list[str]) -> None:
    traced = trace(source, expand=opened)
    found = derive(traced, learning_rate=0.1)
    assert derivation_markdown(found)
    assert derivation_latex(found)
    for name, gradient in traced.leaf_gradients().items():
        blocks = [block for block in found.blocks if block.label == name]
        for block in blocks:
            np.testing.assert_array_equal(block.value.exact, np.asarray(gradient))
        assert derive(traced, name).leaf


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_every_lesson_compiles(tmp_path: Path) -> None:
    sources = [derivation_latex(solve(lesson, rate=0.5)) for lesson in LESSONS]
    sources += [derivation_latex(solve(TWO_LAYERS, leaf)) for leaf in ("W1", "W1[0, 1]", "x[1]")]
    values = {"W": np.ones((30, 40)), "x": np.ones(40)}
    sources.append(
        derivation_latex(derive(trace("z = leaky_relu(W @ x)\nE = mean(max(z, 0.1) / norm(z))", values=values)))
    )
    sources += [derivation_latex(derive(trace(source), learning_rate=0.1)) for source in ODD.values()]
    compile_latex(joined(sources), tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "z = w @ x + b\nh = sigmoid(z)\nJ = -(y*log(h) + (1 - y)*log(1 - h))\nb = 0.1",
        "h = sigmoid(w.T @ x)\nJ = -(y*log(h) + (1 - y)*log(1 - h))",
        "h = sigmoid(w.T @ x)\nJ = bce(h, y)",
    ],
)
def test_the_title_page_in_vectors(source: str) -> None:
    found = derive(trace(source, values={"w": [0.5, -1, 2], "x": [1, 2, 0.5], "y": 1}))
    gradient = next(block for block in found.blocks if len(block.lines) > 1)
    assert gradient.lines[-1].symbols == "h - y"
    weights = block_of(found, "w").lines[-1]
    assert weights.symbols.replace(r"\,", " ") == r"(h - y) \mathbf{x}"
    if "bce" not in source:
        told = [line.symbols.replace(r"\,", " ") for line in gradient.lines]
        assert told[0] == r"\left(\frac{1 - y}{1 - h} - \frac{y}{h}\right) h (1 - h)"
        assert told[1:] == ["(1 - y) h - y (1 - h)", "h - y h - y + y h", "h - y"]
        assert all(matches(left, right) for left, right in equations(found))
