"""The detective for tensors: the slips of a lecture hall, planted in entries and in whole matrices."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine.tensors.trace import TensorTrace
from app.engine.trace import trace
from app.errors import UserError
from app.explain.detective.printed import read_printed
from app.explain.detective.slips.record import Quantity
from app.explain.detective.tensors.diagnose import TensorDetective
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.gradients import gradient_slips
from app.explain.detective.tensors.typed import read_typed
from app.explain.detective.tensors.whole import TensorDiagnosis
from app.explain.detective.told import Diagnosis
from app.explain.detective.truth import Step
from app.lessons.load import lessons
from app.lessons.records import Lesson
from app.limits import DEFAULT_LIMITS, Limits
from tests.tensors.test_every_tensor_operation import ENTRYWISE, PROGRAM_NAMES, WHOLE, Case, arrays_of, operation_text

Array = NDArray[np.float64]

LESSONS = {one.slug: one for one in lessons() if isinstance(trace(one.program, output=one.output), TensorTrace)}
TWO_LAYERS = LESSONS["two-layer-network"].program
BATCH = "Z = X @ W + b; L = cross_entropy(Z, T); X = [[1, 2], [-1, 0.5], [0.3, -2]]; W = [[0.2, -0.4], [0.7, 0.1]]\n"
BATCH += "b = [0.1, -0.2]; T = [[1, 0], [0, 1], [0, 1]]"
ATTENTION = "P = softmax(S); f = sum(P * V); S = [[1, 2], [0, -1]]; V = [[0.5, -1], [2, 1]]"


def traced(source: str, **more: Any) -> TensorTrace:
    found = trace(source, **more)
    assert isinstance(found, TensorTrace)
    return found


def gradient(source: str, name: str) -> Array:
    found = traced(source)
    return np.asarray(found.gradients[found.program.names[name]])


def printed(array: Array) -> str:
    return np.array2string(
        np.asarray(array), separator=", ", threshold=100_000, formatter={"float_kind": lambda one: f"{one:.7g}"}
    )


def whole(source: str, name: str, typed: Array | str, quantity: Quantity = "gradient") -> TensorDiagnosis:
    found = traced(source)
    detective = TensorDetective(found, Step(0.1))
    text = typed if isinstance(typed, str) else printed(typed)
    return detective.diagnose_all(found.program.names[name], quantity, read_typed(text, DEFAULT_LIMITS))


def entry(
    source: str, name: str, index: tuple[int, ...], text: str | float, quantity: Quantity = "gradient"
) -> Diagnosis:
    found = traced(source)
    text = text if isinstance(text, str) else f"{text:#.6g}"
    detective = TensorDetective(found, Step(0.1))
    return detective.diagnose_entry(found.program.names[name], index, quantity, read_printed(text))


def titles(found: Diagnosis | TensorDiagnosis) -> list[str]:
    return [match.slip.title.text for match in found.matches]


W1, A1, X = gradient(TWO_LAYERS, "W1"), gradient(TWO_LAYERS, "a1"), np.array([1.0, 0.5, -1.0])


@pytest.mark.parametrize(
    ("source", "name", "typed", "headline"),
    [
        (TWO_LAYERS, "W1", W1.T, "The outer product is the wrong way round."),
        (TWO_LAYERS, "W1", -W1, "The sign is turned around."),
        (TWO_LAYERS, "W1", 2 * W1, "A constant factor is missing."),
        (TWO_LAYERS, "W1", W1 / 2, "A mean in place of a sum."),
        (TWO_LAYERS, "W1", np.outer(A1, X), "A closed way was taken."),
        (TWO_LAYERS, "W1", W1[[2, 1, 0, 3]], "Two rows are exchanged."),
        (TWO_LAYERS, "W1", W1[:, ::-1], "Two columns are exchanged."),
        (TWO_LAYERS, "W1", W1[::-1], "The rows are in reverse."),
        (TWO_LAYERS, "b1", A1, "A closed way was taken."),
        (TWO_LAYERS, "a1", -A1, "The sign is turned around."),
        (BATCH, "b", gradient(BATCH, "Z"), "A sum is missing."),
        (BATCH, "b", gradient(BATCH, "b") / 3, "A mean in place of a sum."),
        (BATCH, "b", 3 * gradient(BATCH, "b"), "A sum in place of a mean."),
        (BATCH, "Z", -gradient(BATCH, "Z"), "The sign is turned around."),
        (BATCH, "W", gradient(BATCH, "W").T, "That is the transpose."),
        (BATCH, "W", np.array([[0.2, -0.4], [0.7, 0.1]]), "That is a value."),
    ],
)
def test_one_slip_that_gives_a_whole_matrix(source: str, name: str, typed: Array, headline: str) -> None:
    found = whole(source, name, typed)
    assert found.verdict == "wrong"
    assert found.headline.text == headline, titles(found)


def test_softmax_taken_entry_by_entry() -> None:
    found = traced(ATTENTION)
    p, v = (np.asarray(found.values[found.program.names[name]]) for name in "PV")
    told = whole(ATTENTION, "S", p * (1 - p) * v)
    assert [match.slip.kind for match in told.matches] == ["softmax"]
    assert "diagonal" in (told.says.text if told.says else "")
    logits = "L = cross_entropy(z, t); z = [0.5, -1, 2]; t = [0, 0, 1]"
    z = np.array([0.5, -1, 2])
    q = np.exp(z) / np.exp(z).sum()
    assert titles(whole(logits, "z", q)) == ["t left out of p − t"]
    assert [match.slip.kind for match in whole(logits, "z", -np.array([0, 0, 1]) * (1 - q)).matches] == ["softmax"]


def test_a_matrix_that_is_not_turned_on_the_way_back() -> None:
    source = "h = A @ x; y = sigmoid(h); E = half_sse(y, t); A = [[1, 2], [-1, 0.5]]; x = [1, -2]; t = [0, 1]"
    a, g = np.array([[1, 2], [-1, 0.5]]), gradient(source, "h")
    assert titles(whole(source, "x", a @ g)) == ["A not turned"]
    assert entry(source, "x", (0,), float((a @ g)[0])).headline.text == "A matrix is not turned."


def test_which_entries_are_wrong() -> None:
    assert whole(TWO_LAYERS, "W1", np.outer(A1, X)).which.text == "9 of 12 entries are right; the second row is wrong."  # type: ignore[union-attr]
    one = W1.copy()
    one[2, 1] = 7.7
    found = whole(TWO_LAYERS, "W1", one)
    assert found.which is not None
    assert found.which.text == "11 of 12 entries are right; W1[2, 1] is wrong."
    assert found.headline.text == "No usual slip gives these numbers."
    assert found.verdicts is not None
    assert [place for place, verdict in enumerate(found.verdicts) if verdict == "wrong"] == [7]
    right = whole(TWO_LAYERS, "W1", W1)
    assert (right.verdict, right.headline.text) == ("rounded", "All 12 entries are right.")


def test_a_slip_in_one_row_alone() -> None:
    some = W1.copy()
    some[0] *= -1
    found = whole(TWO_LAYERS, "W1", some)
    assert (found.headline.text, found.matches[0].gives_all) == ("The sign is turned around.", False)
    assert found.matches[0].cells == (0, 1, 2)


def test_slips_that_give_a_part_each() -> None:
    some = W1.copy()
    some[0] *= -1
    some[2] *= 2
    found = whole(TWO_LAYERS, "W1", some)
    assert found.headline.text == "No one slip gives all of it."
    assert {match.slip.kind for match in found.matches} == {"sign", "constant"}


def test_one_factor_for_all() -> None:
    found = whole(TWO_LAYERS, "W1", 3.3 * W1)
    assert found.says is not None
    assert found.says.text == "Each of the wrong entries is 3.300 times ours."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("[[1, 2], [3, 4]]", "You typed a 2 × 2 matrix; the gradient of W1 is a 4 × 3 matrix, as W1 is itself."),
        ("1 2 3", "You typed a vector of 3; the gradient of W1 is a 4 × 3 matrix, as W1 is itself."),
    ],
)
def test_another_shape_is_told_in_words(typed: str, said: str) -> None:
    found = whole(TWO_LAYERS, "W1", typed)
    assert found.headline.text == "The shape does not fit."
    assert found.says is not None
    assert found.says.text == said


def test_turned_and_an_entry_wrong() -> None:
    some = W1.T.copy()
    some[0, 0] = 5
    found = whole(TWO_LAYERS, "W1", some)
    assert found.headline.text == "Rows and columns are exchanged."
    assert found.says is not None
    assert found.says.text.endswith("Turned, 11 of 12 entries are right.")


def test_columns_and_rows_are_vectors_too() -> None:
    b1 = gradient(TWO_LAYERS, "b1")
    assert whole(TWO_LAYERS, "b1", b1[:, None]).verdict in ("exact", "rounded")
    assert whole(TWO_LAYERS, "b1", b1[None, :]).verdict in ("exact", "rounded")


@pytest.mark.parametrize(
    ("name", "index", "number", "headline"),
    [
        ("W1", (0, 1), -W1[0, 1], "The sign is turned around."),
        ("W1", (1, 0), A1[1], "A closed way was taken."),
        ("W1", (0, 1), W1[0, 2], "That is another entry."),
        ("W2", (0, 1), 1.2345, "No usual slip gives 1.23450."),
    ],
)
def test_an_entry(name: str, index: tuple[int, ...], number: float, headline: str) -> None:
    assert entry(TWO_LAYERS, name, index, float(number)).headline.text == headline


def test_a_path_through_one_unit_left_out() -> None:
    found = traced(TWO_LAYERS)
    w2, g = (np.asarray(found.values[found.program.names["W2"]]), gradient(TWO_LAYERS, "z2"))
    told = entry(TWO_LAYERS, "a1", (0,), float(w2[0, 0] * g[0]))
    assert told.headline.text in ("Only one path was taken.", "One path is missing.")
    slip = told.matches[0].slip
    assert slip.kept[0].value + slip.left_out[0].value == pytest.approx(float(gradient(TWO_LAYERS, "a1")[0]))


def test_values_and_new_values() -> None:
    found = traced(TWO_LAYERS)
    w1 = np.asarray(found.values[found.program.names["W1"]])
    assert titles(whole(TWO_LAYERS, "W1", w1 + 0.1 * W1, "updated")) == ["Step the wrong way"]
    assert whole(TWO_LAYERS, "W1", w1 - 0.1 * W1, "updated").verdict in ("exact", "rounded")
    b1 = np.asarray(found.values[found.program.names["b1"]])
    z1 = np.asarray(found.values[found.program.names["z1"]])
    assert titles(whole(TWO_LAYERS, "z1", z1 - b1, "value")) == ["b1 left out of z1"]
    assert titles(whole(TWO_LAYERS, "a1", z1, "value"))[0] == "ReLU left out of a1"
    assert whole(TWO_LAYERS, "E", "[1, 2]", "value").headline.text == "The shape does not fit."


def test_numbers_rounded_on_the_way() -> None:
    rounded = np.round(np.round(W1, 4) * 1.0004, 4)
    found = whole(TWO_LAYERS, "W1", rounded)
    assert found.verdict in ("rounded-on-the-way", "rounded")


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_every_slip_of_every_lesson_is_found_again(lesson: Lesson) -> None:
    found = traced(lesson.program, output=lesson.output)
    detective = TensorDetective(found, Step(0.1))
    for node in range(len(found.values)):
        if found.program.is_fixed(node):
            continue
        exact = np.asarray(found.gradients[node])
        for slip in gradient_slips(TensorFlow(found, node)):
            if slip.array.shape != exact.shape or np.allclose(slip.array, exact, rtol=1e-3, atol=1e-9):
                continue
            assert np.all(np.isfinite(slip.array)), slip.title
            if exact.ndim == 0:
                told = detective.diagnose_entry(node, (), "gradient", read_printed(f"{float(slip.array):#.9g}"))
                assert any(match.slip.kind == slip.kind for match in told.matches), slip.title.text
            elif node in found.program.names.values() and exact.size <= 6:
                text = np.array2string(slip.array, precision=10, separator=", ")
                all_of_it = detective.diagnose_all(node, "gradient", read_typed(text, DEFAULT_LIMITS))
                assert all_of_it.verdict == "wrong"
                assert any(match.slip.kind == slip.kind for match in all_of_it.matches), slip.title.text


@pytest.mark.parametrize("case", [*WHOLE, *ENTRYWISE], ids=str)
def test_every_operation_is_answered(case: Case) -> None:
    arrays = arrays_of(case)
    names = PROGRAM_NAMES[: len(arrays)]
    values = {name: array.tolist() for name, array in zip(names, arrays, strict=True)}
    try:
        found = trace(f"f = sum(sin({operation_text(case)}))", values=values)
    except UserError:
        pytest.skip("it takes no comparison of tensors")
    if not isinstance(found, TensorTrace):
        return
    detective = TensorDetective(found, Step(0.1))
    for node in range(len(found.values)):
        exact = np.asarray(found.values[node])
        for quantity in ("value", "gradient", "updated"):
            if exact.ndim:
                wanted = detective.numbers.of(quantity, node)
                text = np.array2string(wanted, precision=15, separator=",")
                assert detective.diagnose_all(node, quantity, read_typed(text, DEFAULT_LIMITS)).verdict != "wrong"
                detective.diagnose_all(node, quantity, read_typed(printed(wanted * 1.7 + 0.3), DEFAULT_LIMITS))
            index = tuple(0 for _ in exact.shape)
            detective.diagnose_entry(node, index, quantity, read_printed("123456.789"))


def test_numbers_made_up_are_not_explained() -> None:
    generator = np.random.default_rng(3)
    explained = 0
    for _ in range(60):
        typed = W1 * generator.uniform(0.3, 3, W1.shape) + generator.normal(size=W1.shape)
        explained += bool(whole(TWO_LAYERS, "W1", typed).matches)
    assert explained == 0


def test_a_large_program_is_answered_in_time() -> None:
    generator = np.random.default_rng(5)
    values = {
        "X": generator.normal(size=(64, 784)).tolist(), "W": generator.normal(size=(784, 100)).tolist(),
        "V": generator.normal(size=(100, 10)).tolist(), "T": np.eye(10)[generator.integers(0, 10, 64)].tolist(),
    }  # fmt: skip
    source = "H = relu(X @ W + b); L = cross_entropy(H @ V, T); b = zeros(100)"
    found = trace(source, values=values)
    assert isinstance(found, TensorTrace)
    detective = TensorDetective(found)
    start = time.perf_counter()
    told = detective.diagnose_entry(found.program.names["W"], (3, 4), "gradient", read_printed("123.456"))
    assert time.perf_counter() - start < 4
    assert told.tried_count > 0
    typed = read_typed(printed(np.asarray(found.gradients[found.program.names["V"]]) * -1), DEFAULT_LIMITS)
    assert (
        detective.diagnose_all(found.program.names["V"], "gradient", typed).headline.text
        == "The sign is turned around."
    )


def test_the_search_ends_at_its_limit() -> None:
    found = traced(TWO_LAYERS)
    detective = TensorDetective(found, Step(0.1), Limits(max_slips=3))
    told = detective.diagnose_entry(found.program.names["W1"], (0, 0), "gradient", read_printed("9.87654"))
    assert told.tried_count <= 3 + 12


def test_not_finite_numbers_are_results() -> None:
    source = "f = sum(log(x) @ W); x = [0, 1]; W = [[1, 2], [3, 4]]"
    for name in ("x", "W"):
        shape = gradient(source, name).shape
        for number in ("nan", "inf", "0.5"):
            typed = read_typed(
                str([[number] * shape[-1]] * shape[0] if len(shape) == 2 else [number] * shape[0]).replace("'", ""),
                DEFAULT_LIMITS,
            )
            found = traced(source)
            TensorDetective(found, Step(0.1)).diagnose_all(found.program.names[name], "gradient", typed)
