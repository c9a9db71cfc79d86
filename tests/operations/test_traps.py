"""The tests of the registry can fail: each planted mistake is caught by the very check that guards against it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app import Trace
from app.operations import PATTERNS, REGISTRY, Conventions, Operation
from tests.operations import checks, checks_of_code, checks_of_latex
from tests.operations.points import Point
from tests.operations.reading import run

Check = Callable[[Operation], object]


def planted(name: str, **mistakes: Any) -> Operation:
    """A copy of an entry with a mistake in it."""
    return dataclasses.replace(REGISTRY[name], **mistakes)


def with_code(name: str, dialect: str, template: str) -> Operation:
    """A copy of an entry with another code template."""
    return planted(name, code={**REGISTRY[name].code, dialect: template})


def definition(operation: Operation) -> None:
    checks.check_formula(operation, "definition")


def expansion(operation: Operation) -> None:
    checks.check_formula(operation, "expansion")


def python_code(operation: Operation) -> None:
    checks_of_code.check_code(operation, "python")


def numpy_code(operation: Operation) -> None:
    checks_of_code.check_code(operation, "numpy")


def rendering(operation: Operation) -> None:
    errors = checks_of_latex.rendering_errors(checks_of_latex.texts_of(operation))
    assert not any(errors), errors


TRAPS: dict[str, tuple[Check, Operation]] = {
    "derivative taken twice": (checks.check_rule, planted("sigmoid", local=("out * (1 - out) * (1 - 2 * out)",))),
    "derivative not taken": (checks.check_rule, planted("square", local=("x^2",))),
    "sign slip": (checks.check_rule, planted("cos", local=("sin(x)",))),
    "sign slip in one operand": (checks.check_rule, planted("div", local=("1 / y", "out / y"))),
    "factor forgotten": (checks.check_rule, planted("log2", local=("1 / x",))),
    "operands swapped": (checks.check_rule, planted("atan2", local=REGISTRY["atan2"].local[::-1])),
    "operand forgotten": (checks.check_rule, planted("mul", local=("y", None))),
    "attribute forgotten": (checks.check_rule, planted("leaky_relu", local=("where(x > 0, 1, 0.01)",))),
    "approximation": (checks.check_rule, planted("gelu", local=("sigmoid(1.702 * x)",))),
    "winner and loser swapped": (checks.check_rule, planted("max", local=("where(x == out, 0, 1)",))),
    "value of another operation": (checks.check_rule, planted("sin", forward=np.cos)),
    "shown formula is not the computed one": (checks.check_shown, planted("tanh", shown=("1 - out",))),
    "scalar of another operation": (checks.check_scalar, planted("log1p", scalar=math.log)),
    "scalar that is complex": (checks.check_scalar, planted("pow", scalar=lambda x, y: x**y)),
    "scalar that is an integer": (checks.check_scalar, planted("floor", scalar=math.floor)),
    "scalar that loses NaN": (checks.check_scalar, planted("max", scalar=max)),
    "scalar without its limit": (checks.check_scalar, planted("softsign", scalar=lambda x: x / (1 + abs(x)))),
    "value that does not broadcast": (checks.check_broadcasting, planted("exp", forward=lambda x: np.exp(x).sum())),
    "value that is true or false": (checks.check_broadcasting, planted("lt", forward=np.less)),
    "definition of another operation": (definition, planted("square", definition="x^3")),
    "expansion with a sign slip": (expansion, planted("sigmoid", expansion="1 / (1 + exp(x))")),
    "expansion without brackets": (expansion, planted("sinh", expansion="exp(x) - exp(-x) / 2")),
    "expansion that forgets an attribute": (expansion, planted("elu", expansion="where(x > 0, x, exp(x) - 1)")),
    "expansion of an approximation": (expansion, planted("gelu", expansion="x * sigmoid(1.702 * x)")),
    "notation with operands swapped": (checks.check_notation, planted("sub", notation="#y - #x")),
    "notation of another operation": (checks.check_notation, planted("exp", notation="expm1(#x)")),
    "notation that forgets an attribute": (checks.check_notation, planted("elu", notation="elu(#x)")),
    "alias of another operation": (checks.check_notation, planted("silu", aliases=("mish",))),
    "braces that do not match": (checks_of_latex.check_balance, planted("div", latex=r"\frac{#x}{#y")),
    "bracket without its right side": (checks_of_latex.check_balance, planted("exp", latex=r"\exp\left(#x)")),
    "command that LaTeX does not know": (rendering, planted("sigmoid", latex=r"\sigmoid\left(#x\right)")),
    "text in mathematics": (rendering, planted("neg", latex="négatif #x")),
    "distributor that turns a sign": (checks.check_pattern, planted("sub", pattern=PATTERNS["distributor"])),
    "distributor that switches": (checks.check_pattern, planted("mul", pattern=PATTERNS["distributor"])),
    "switcher that does not switch": (checks.check_pattern, planted("div", pattern=PATTERNS["switcher"])),
    "router that scales": (checks.check_pattern, planted("leaky_relu", pattern=PATTERNS["router"])),
    "router that distributes": (checks.check_pattern, planted("add", pattern=PATTERNS["router"])),
    "router that blocks": (checks.check_pattern, planted("floor", pattern=PATTERNS["router"])),
    "scaler that routes": (checks.check_pattern, planted("relu", pattern=PATTERNS["scaler"])),
    "scaler that switches": (checks.check_pattern, planted("mul", pattern=PATTERNS["scaler"])),
    "blocker that passes": (checks.check_pattern, planted("exp", pattern=PATTERNS["blocker"])),
    "pattern of a fan-out": (checks.check_pattern, planted("add", pattern=PATTERNS["adder"])),
    "kink that does not ask the convention": (checks.check_kinks, planted("relu", local=("where(x >= 0, 1, 0)",))),
    "kink that is not the declared one": (checks.check_kinks, planted("abs", local=("sign(x)",))),
    "kink with a slope outside": (
        checks.check_kinks,
        planted("leaky_relu", local=("where(x == 0, 5, where(x > 0, 1, slope))",), at_kink=("5",)),
    ),
    "kink at another place": (checks.check_kinks, planted("relu", kinks="x == 1")),
    "kink where there is none": (
        checks.check_kinks,
        planted("square", kinks="x == 0", kink_points=((0.0,),)),
    ),
    "kink everywhere": (checks.check_kinks, planted("hard_sigmoid", kinks="abs(x) <= 3")),
    "tie that goes to the loser": (
        checks.check_kinks,
        planted("max", local=("where(x == out, 0, tie_share)",), at_kink=("where(x == out, 0, tie_share)",)),
    ),
    "code with a sign slip": (python_code, with_code("sigmoid", "python", "1 / (1 + math.exp(#x))")),
    "code that means something else": (python_code, with_code("sigmoid", "python", "1 / 1 + math.exp(-#x)")),
    "code with operands swapped": (numpy_code, with_code("atan2", "numpy", "np.arctan2(#x, #y)")),
    "code that forgets an attribute": (numpy_code, with_code("leaky_relu", "numpy", "np.where(#x > 0, #x, 0.01 * #x)")),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_planted_mistake_is_caught(trap: str) -> None:
    check, operation = TRAPS[trap]
    if check is rendering and not checks_of_latex.can_render():
        pytest.skip("needs node and node_modules/katex")
    with pytest.raises(AssertionError):
        check(operation)


@pytest.mark.parametrize("trap", TRAPS)
def test_the_same_check_passes_without_the_mistake(trap: str) -> None:
    check, operation = TRAPS[trap]
    original = REGISTRY[operation.name]
    if check is rendering and not checks_of_latex.can_render():
        pytest.skip("needs node and node_modules/katex")
    if check is checks.check_kinks and original.kinks is None:
        original = REGISTRY["abs"]
    check(original)


def test_code_nested_without_brackets_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.operations.templates.in_brackets", lambda code: code)
    with pytest.raises(AssertionError):
        checks_of_code.check_nesting(REGISTRY["div"], REGISTRY["sigmoid"], "python")
    with pytest.raises(AssertionError):
        checks_of_code.check_nested_value(REGISTRY["mul"], REGISTRY["add"], "numpy")


@pytest.mark.parametrize(
    "check",
    [
        lambda: checks.check_rule(REGISTRY["tanh"], checks.engine_rules),
        lambda: checks.check_ends(REGISTRY["add"]),
        lambda: checks.check_engine_at_kinks(REGISTRY["relu"]),
        lambda: checks.check_opened(REGISTRY["sigmoid"]),
    ],
    ids=["rule", "ends", "kinks", "opened"],
)
def test_engine_that_answers_for_another_point_is_caught(
    check: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def beside(operation: Operation, point: Point, conventions: Conventions | None = None, expand: str = "") -> Trace:
        return run(operation, point if expand else checks.moved(point, 0, 0.1), conventions, expand)

    check()
    monkeypatch.setattr(checks, "run", beside)
    with pytest.raises(AssertionError):
        check()
