"""Flat code of programs with tensors is run in every target that has tensors, and gives the gradients of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import trace
from app.errors import UserError
from app.export.code import write_code
from app.lessons import Lesson, lessons, scalar_lessons
from app.operations import TIES, Conventions
from app.operations.conventions import Ties
from tests.export.running import check, needs, run
from tests.tensors.growing import random_tensor_program
from tests.tensors.test_every_tensor_operation import ENTRYWISE, PROGRAM_NAMES, WHOLE, Case, arrays_of, operation_text

SCALAR = {lesson.slug for lesson in scalar_lessons()}
LANGUAGES = ("numpy", "torch", "jax")
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@in_every_language
@pytest.mark.parametrize("lesson", [one for one in lessons() if one.slug not in SCALAR], ids=lambda lesson: lesson.slug)
def test_every_lesson_gives_the_gradients_of_the_graph(lesson: Lesson, language: str) -> None:
    needs(language)
    code = check(trace(lesson.program), language)
    assert not code.remarks


@pytest.mark.parametrize("language", ["numpy", "torch"])
@pytest.mark.parametrize("lesson", [one for one in lessons() if one.slug not in SCALAR], ids=lambda lesson: lesson.slug)
def test_every_lesson_with_its_composites_opened_does_too(lesson: Lesson, language: str) -> None:
    needs(language)
    check(trace(lesson.program, expand=["*"]), language, 1e-11)


@in_every_language
@pytest.mark.parametrize("settings", ["keepdims=True", "axis=0, keepdims=True", "axis=1, keepdims=True"])
@pytest.mark.parametrize("name", ["sum", "mean", "prod", "max", "min", "norm", "logsumexp"])
def test_axes_that_are_kept(name: str, settings: str, language: str) -> None:
    needs(language)
    check(trace(f"f = sum({name}(W, {settings}) * W); W = [[1, 2, 0.5], [3, 0.25, -1]]"), language, 1e-11)
    if "axis=1" not in settings:
        check(trace(f"f = {name}(x, {settings}) * x; x = [1, -2]"), language, 1e-11)


@in_every_language
@pytest.mark.parametrize("case", [*WHOLE, *ENTRYWISE], ids=str)
def test_every_operation_gives_the_gradients_of_the_graph(case: Case, language: str) -> None:
    needs(language)
    if language == "jax" and case in ENTRYWISE:
        pytest.skip("JAX compiles each shape for seconds; its templates are those of NumPy, which run")
    arrays = arrays_of(case)
    values = {name: array.tolist() for name, array in zip(PROGRAM_NAMES, arrays, strict=False)}
    text = operation_text(case)
    check(trace(f"f = {text}", values=values), language, 1e-11)
    # Once more where the upstream gradient is no plain 1, and every operand is used twice.
    uses = " + ".join(f"sum({name} * {name})" for name in values)
    check(trace(f"f = sum(sin({text})) + {uses}", values=values), language, 1e-10)


@in_every_language
@pytest.mark.parametrize("seed", range(25))
def test_random_programs_give_the_gradients_of_the_graph(seed: int, language: str) -> None:
    needs(language)
    if language == "jax" and seed > 3:
        pytest.skip("JAX compiles each shape for seconds: four programs will do")
    source, values = random_tensor_program(seed)
    check(trace(source, values=values), language, 1e-9)


@in_every_language
@pytest.mark.parametrize("loss", ["half_sse", "mse", "bce", "bce_logits", "huber", "hinge"])
@pytest.mark.parametrize(
    "operands",
    ["p, t", "p, q", "q, p", "a, t", "p, a", "m, t", "m, c", "c, t", "c, m", "t, c", "p, 0.25", "0.5, t", "M, m",
     "a, 0.75", "q[0], t"],
)  # fmt: skip
def test_losses_of_every_rank_do(loss: str, operands: str, language: str) -> None:
    needs(language)
    values = {
        "p": [0.2, 0.7, 0.4], "t": [0.1, 0.9, 0.6], "q": [[0.3, 0.6, 0.1], [0.8, 0.35, 0.45]], "a": 0.3,
        "m": [[0.2, 0.15, 0.7]], "c": [[0.6], [0.3]], "M": [[[0.25, 0.5, 0.75]], [[0.1, 0.65, 0.9]]],
    }  # fmt: skip
    used = {name: value for name, value in values.items() if name in operands.replace("[0]", "")}
    check(trace(f"f = 3 * {loss}({operands})", values=used | {"a": 0.3} if "a" in used else used), language)


@in_every_language
@pytest.mark.parametrize(
    "source",
    ["f = sum([1, 2] * x); x = [3, 4]", "f = zeros(2, 3) + x; x = 1", "f = sum(eye(2) @ [x, y]) * 2; x = 1; y = 2",
     "f = [1, 2, 3]", "f = sum([2*3, 4]) + x; x = 2", "const k = [1, 2]; f = k @ x; x = [2, 3]",
     "f = W[0, 1] * W[1] @ [1, 2, 3] + W[0, 1]; W = [[1, 2, 3], [4, 5, 6]]", "f = x[0] * x[1] * x[0]; x = [2, 5]",
     "f = sum(reshape(x, 2, 2) @ y) + sum(x); x = [1, 2, 3, 4]; y = [5, 6]", "f = sum(x.T @ x.T); x = [[1, 2], [3, 4]]",
     "f = sum(concat(x, [1, 2], axis=0) * 2); x = [1, 2]", "f = x; x = [[1, 2]]", "f = x * x; x = [1, 2]",
     "f = sum(x) + sum(x); x = [[1, 2], [3, 4]]", "y = x + 0; z = y; f = z + y + x; x = [1, 2]",
     "f = where(x > y, x * y, 2); x = [1, 2, 3]; y = 2.5",
     "q = x @ y; f = relu(q) * W; x = [1, 2]; y = [3, 4]; W = [[1]]",
     "f = sum(x.T) + x.T @ y; x = [1, 2]; y = [3, 4]", "f = norm(x) + prod(x); x = [0, 3, 0]",
     "f = sum(reshape(x, 1, 1, 2).T * y); x = [1, 2]; y = [[[1]], [[2]]]",
     "f = max(x, 0.5, y) * 2; x = [0, 1]; y = [[0.7], [0]]", "f = softmax * x; softmax = [1, 2]; x = 3",
     "p = softmax(z); f = p[1]; z = [1, 2, 3]", "f = mean(x, axis=0) @ y; x = [[1, 2], [3, 4]]; y = [1, 2]",
     "f = sum(x); x = 3", "f = mean(x) * y; x = [2]; y = 2", "f = 0 * x; x = [1, 2]",
     "u = x + b; f = sum(u * u) + sum(b); x = [[1, 2], [3, 4]]; b = [1, 2]", "f = sum(x / y); x = [1, 2]; y = 4",
     "f(w, x) = sigmoid(w @ x); g = f(a, b) + f(a, c); a = [1, 2]; b = [0.1, 0.2]; c = [0.5, 0]",
     "λ = [1, 2]; f = λ @ λ", "f = log(x) @ y; x = [0, 1]; y = [1, 2]", "f = logsumexp(x); x = [1000, -1000]",
     "f = trace(x @ x); x = [[1, 2], [3, 4]]", "f = sum(x^2 / 2); x = [[[1, 2]], [[3, 4]]]"],
)  # fmt: skip
def test_small_and_odd_programs_run(source: str, language: str) -> None:
    needs(language)
    check(trace(source), language)


@in_every_language
@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize(
    "text", ["max(x, y)", "min(x, y, 1)", "max(x)", "min(W, axis=0) @ x", "max(W, axis=1)", "max(x, 2, x, y)"]
)
def test_equal_entries_share_as_chosen(text: str, ties: Ties, language: str) -> None:
    needs(language)
    source = f"f = sum({text} * 3); x = [1, 2, 2]; y = [1, 2, 0]; W = [[1, 2, 2], [1, 0, 2]]"
    found = trace(source, conventions=Conventions(ties=ties))
    code = write_code(found, language)
    space = run(code)
    for node, name in code.gradients.items():
        expected: Any = found.gradients[node]
        if expected is not None:
            ours = space[name].detach() if hasattr(space[name], "detach") else space[name]
            np.testing.assert_allclose(np.asarray(ours), expected, atol=1e-12, err_msg=code.text)


def test_example_four_reads_as_the_lecture_writes_it() -> None:
    texts = [line.text for line in write_code(trace(two_layers()), "numpy").backward]
    assert texts == [
        "grad_E = 1.0", "grad_y = grad_E * (y - t)", "grad_t = grad_E * (t - y)", "grad_z2 = grad_y * (1 - y) * y",
        "grad_s1 = grad_z2", "grad_b2 = grad_z2", "grad_W2 = np.outer(grad_s1, a1)", "grad_a1 = W2.T @ grad_s1",
        "grad_z1 = grad_a1 * np.where(z1 > 0, 1, 0)", "grad_s0 = grad_z1", "grad_b1 = grad_z1",
        "grad_W1 = np.outer(grad_s0, x)", "grad_x = W1.T @ grad_s0",
    ]  # fmt: skip


def test_a_sum_over_what_was_repeated_is_a_visible_line_with_its_reason() -> None:
    code = write_code(trace("z = X @ w + b; f = sum(z * z); X = [[1, 2], [3, 4]]; w = [1, -1]; b = 0.5"), "numpy")
    line = next(line for line in code.backward if line.text.startswith("grad_b"))
    assert line.text == "grad_b = np.sum(grad_z)"
    assert line.comment == "# -2.00, summed over all 2 entries: b was repeated"
    assert line.note is not None
    assert "their parts are summed" in line.note.text


def test_fan_out_adds_with_the_sum_as_comment() -> None:
    code = write_code(trace("f = sum(x * y) + sum(x); x = [1, 2]; y = [3, 4]"), "numpy")
    assert [(line.text, line.comment) for line in code.backward if line.adds] == [
        ("grad_x += grad_s0 * y", "# [1.00, 1.00] + [3.00, 4.00] = [4.00, 5.00]")
    ]


def test_plain_python_says_in_words_that_it_has_no_tensors() -> None:
    with pytest.raises(UserError, match="Plain Python has no tensors, and here is a vector of 2"):
        write_code(trace("f = sum(x); x = [1, 2]"), "python")


def test_long_literals_are_lines_of_rows_and_very_long_ones_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = np.random.default_rng(1)
    values = {"W": generator.normal(size=(20, 30)).tolist(), "x": generator.normal(size=30).tolist()}
    code = check(trace("f = sum(W @ x)", values=values), "numpy", 1e-9)
    assert max(map(len, code.text.splitlines())) < 120
    monkeypatch.chdir(tmp_path)
    large = generator.normal(size=(50, 30))
    np.save("W.npy", large)
    code = check(trace("f = sum(W @ x)", values=values | {"W": large.tolist()}), "numpy", 1e-9)
    assert 'W = np.load("W.npy")' in code.text
    assert len(code.text) < 3_000
    assert code.remarks[0].startswith("W has more than 1,024 entries")


@pytest.mark.parametrize(("language", "told"), [("numpy", "as nan"), ("torch", "below -100"), ("jax", "as nan")])
def test_certain_probabilities_are_told(language: str, told: str) -> None:
    remarks = write_code(trace("f = bce(p, t); p = [0, 0.5]; t = [0, 1]"), language).remarks
    assert len(remarks) == 1
    assert told in remarks[0]
    assert not write_code(trace("f = bce(p, t); p = [0.25, 0.5]; t = [0, 1]"), language).remarks


def test_tensors_of_one_value_are_written_as_such() -> None:
    text = write_code(trace("f = sum((W + V) @ eye(5)); W = zeros(100, 5); V = ones(100, 5) * 2.5"), "numpy").text
    assert "W = np.zeros((100, 5))" in text
    assert "np.eye(5)" in text


def test_code_without_comments_has_none() -> None:
    assert "#" not in write_code(trace(two_layers()), "numpy", comments=False).text


@in_every_language
def test_lines_are_numbered_as_they_stand_in_the_file(language: str) -> None:
    code = write_code(trace(two_layers()), language)
    lines = [*code.forward, *code.backward, *code.autograd]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for line, text in zip(lines, code.text.splitlines(), strict=True):
        assert text.startswith(line.text)
        assert text.rstrip().endswith(line.comment or line.text)
        assert text.isascii()


def two_layers() -> str:
    return next(lesson.program for lesson in lessons() if lesson.slug == "two-layer-network")
