"""Programs whose numbers are no numbers, or far too large or small, have a worked solution and code all the same."""

from __future__ import annotations

import time

import pytest

from app.engine.hessian import find_hessian
from app.engine.jacobian import find_jacobian
from app.engine.paths import find_paths
from app.engine.trace import trace
from app.errors import UserError
from app.explain.derivation import derive
from app.explain.latex_document import derivation_latex
from app.explain.markdown import derivation_markdown
from app.export.code import DIALECTS, write_code

ODD = [
    *("0/0 * x", "(-1/0) * x", "x / 0", "x^(1/0)", "x * (2/0 + 1)", "log(0) * x", "sqrt(-1) * x", "(x-x)/(x-x)"),
    *("1e400 * x", "1e9999999 * x", "1e-99999999 * x", "0e99999999 * x", "x * 1e-310", f"{'9' * 5000} * x"),
    *(f"1/{'9' * 4000} * x", f"0.{'0' * 5000}1 * x", f"({' * '.join(['1e300'] * 30)}) * x"),
    *("x^0", "x^pi", "0^x", "1e308^x", "x^1e300", "x^(1e-300)", "((x^1e5)^1e5)^1e5", "2^10000 * x"),
    *("(x * 1e300) * (x * 1e300)", " * ".join(["x * 1e300"] * 30), "where(1 > 0, x, 0)", "max(1, 2, x)", "0x"),
]


@pytest.mark.parametrize("opened", [[], ["*"]])
@pytest.mark.parametrize("source", ODD, ids=lambda source: source[:24])
def test_odd_numbers_are_answered(source: str, opened: list[str]) -> None:
    began = time.process_time()
    traced = trace(source, expand=opened)
    for leaf in (None, "x"):
        found = derive(traced, leaf, learning_rate=0.1)
        assert derivation_markdown(found)
        assert derivation_latex(found)
    for language in DIALECTS:
        write_code(traced, language)
    assert time.process_time() - began < 3


def test_a_condition_between_numbers_is_no_reason() -> None:
    assert [one.reason for one in derive(trace("f = x^0")).locals] == [None]
    assert [one.reason for one in derive(trace("f = relu(x)")).locals] == ["x > 0"]


def test_tensors_are_refused_in_words() -> None:
    traced = trace("W = [[1, 2], [3, 4]]; v = [1, 2]; f = sum(W @ v)")
    with pytest.raises(UserError, match="This works on numbers so far"):
        find_paths(traced)
    with pytest.raises(UserError, match="This works on numbers so far"):
        find_jacobian(traced, traced.output_nodes, [0])
    with pytest.raises(UserError, match="This works on numbers so far"):
        find_hessian(traced, traced.output_nodes[0], [0])
