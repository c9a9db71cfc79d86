"""Every entry of the registry keeps what it claims; a new entry is tested without a line written here."""

from __future__ import annotations

import pytest

from app.operations import OPERATIONS, Operation
from app.operations.refusals import DIALECTS
from tests.operations import checks, checks_of_code, checks_of_latex

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)

every_installed_dialect = pytest.mark.parametrize(
    "dialect", [dialect for dialect in DIALECTS if checks_of_code.installed(dialect)]
)
"""Python and NumPy always; torch and jax, which are large and needed by nothing else, where they are installed."""


def only(condition: str) -> pytest.MarkDecorator:
    """The operations that have this field."""
    chosen = [operation for operation in OPERATIONS if getattr(operation, condition)]
    return pytest.mark.parametrize("operation", chosen, ids=lambda operation: operation.name)


@every_operation
def test_rule_text_agrees_with_the_central_difference(operation: Operation) -> None:
    checks.check_rule(operation)


@every_operation
def test_engine_computes_local_gradients_that_agree_with_the_central_difference(operation: Operation) -> None:
    checks.check_rule(operation, checks.engine_rules)


@every_operation
def test_formula_shown_is_the_formula_computed(operation: Operation) -> None:
    checks.check_shown(operation)


@every_operation
def test_fast_scalar_function_gives_the_value_of_the_numpy_function(operation: Operation) -> None:
    checks.check_scalar(operation)


@every_operation
def test_value_broadcasts(operation: Operation) -> None:
    checks.check_broadcasting(operation)


@only("definition")
def test_definition_has_the_same_value_and_gradients(operation: Operation) -> None:
    checks.check_formula(operation, "definition")


@only("expansion")
def test_expansion_has_the_same_value_and_gradients(operation: Operation) -> None:
    checks.check_formula(operation, "expansion")


@only("expansion")
def test_opened_gate_has_the_same_value_and_gradients(operation: Operation) -> None:
    checks.check_opened(operation)


@every_operation
def test_notation_is_read_as_the_operation(operation: Operation) -> None:
    checks.check_notation(operation)


@every_operation
def test_latex_is_balanced(operation: Operation) -> None:
    checks_of_latex.check_balance(operation)


@pytest.mark.skipif(not checks_of_latex.can_render(), reason="needs node and node_modules/katex")
@every_operation
def test_latex_renders(operation: Operation) -> None:
    errors = checks_of_latex.errors_of_all()
    for text in checks_of_latex.texts_of(operation):
        assert errors[text] is None, text


@only("pattern")
def test_pattern_is_true(operation: Operation) -> None:
    checks.check_pattern(operation)


@only("kinks")
def test_kink_is_a_kink_and_takes_the_declared_slope(operation: Operation) -> None:
    checks.check_kinks(operation)


@only("kinks")
def test_engine_reports_the_kink_and_takes_the_declared_slope(operation: Operation) -> None:
    checks.check_engine_at_kinks(operation)


@every_operation
def test_no_value_makes_the_engine_raise(operation: Operation) -> None:
    checks.check_ends(operation)


@every_installed_dialect
@every_operation
def test_code_gives_the_value(operation: Operation, dialect: str) -> None:
    checks_of_code.check_code(operation, dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
@every_operation
def test_code_stays_one_argument_inside_every_other(operation: Operation, dialect: str) -> None:
    for inner in OPERATIONS:
        checks_of_code.check_nesting(operation, inner, dialect)


@every_installed_dialect
@every_operation
def test_code_nested_in_every_other_gives_the_value(operation: Operation, dialect: str) -> None:
    numbers = [inner for inner in OPERATIONS if inner.infix is None or inner.infix.associativity != "none"]
    assert sum(checks_of_code.check_nested_value(operation, inner, dialect) for inner in numbers) > 10
