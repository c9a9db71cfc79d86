"""Registering refuses an entry that contradicts itself or another one, at import and in words."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from app.operations import (
    BY_FUNCTION_NAME,
    BY_INFIX_SYMBOL,
    BY_PREFIX_SYMBOL,
    OPERATIONS,
    PATTERNS,
    REGISTRY,
    Infix,
    Pattern,
    Prefix,
    RegistrationError,
)
from app.operations.arithmetic import ADD
from app.operations.record import elementwise
from app.operations.refusals import check_operation, check_texts
from app.operations.registry import index

SCALAR_OPERATIONS = """
    add sub mul div neg pow reciprocal square sqrt cbrt abs sign max min clip where floor ceil round mod
    exp log ln log2 log10 log1p expm1 sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh erf hypot
    sigmoid σ relu leaky_relu elu selu gelu silu swish softplus softsign hard_sigmoid mish logsigmoid
    half_sse mse bce bce_logits huber hinge
"""


def test_every_scalar_operation_of_the_language_is_there() -> None:
    assert set(SCALAR_OPERATIONS.split()) <= set(BY_FUNCTION_NAME)


def test_operators_are_read_by_their_symbols() -> None:
    written = {symbol: operation.name for symbol, operation in BY_INFIX_SYMBOL.items()}
    assert {written[symbol] for symbol in ("*", "·", "×")} == {"mul"}
    assert {written[symbol] for symbol in ("^", "**")} == {"pow"}
    assert {written[symbol] for symbol in ("-", "−")} == {"sub"}
    assert BY_PREFIX_SYMBOL["-"].name == "neg"


def test_power_binds_tighter_than_sign_and_sign_tighter_than_product() -> None:
    power, product, total = (REGISTRY[name].infix for name in ("pow", "mul", "add"))
    sign = REGISTRY["neg"].prefix
    assert power is not None
    assert product is not None
    assert total is not None
    assert sign is not None
    assert power.precedence > sign.precedence > product.precedence > total.precedence
    assert power.associativity == "right"


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "an operand called g": ({"operands": ("g", "y")}, "`g` is reserved"),
    "an operand called out": ({"operands": ("out", "y")}, "`out` is reserved"),
    "an attribute called like an operand": ({"attributes": {"x": 1.0}}, "used twice"),
    "an operand that is no name": ({"operands": ("x", "2y")}, "not a name"),
    "a rule too few": ({"local": ("1",)}, "`local` needs one entry for each operand"),
    "a template that names a stranger": ({"latex": "#x + #z"}, "`#x + #z` of `latex`"),
    "a template that leaves an operand out": ({"notation": "#x + 1"}, "`#x + 1` of `notation`"),
    "code that names a stranger": ({"code": {**ADD.code, "torch": "#a + #b"}}, "`#a + #b` of `torch`"),
    "code for three dialects": ({"code": {"python": "#x + #y"}}, "`code` needs a template for each"),
    "gate text without its literal": ({"folded": ("+x", None)}, "does not show its literal"),
    "an infix operation of one operand": (
        {"operands": ("x",), "infix": Infix(("!",), 1, "left")},
        "an infix operation has two operands",
    ),
    "a prefix operation of two operands": ({"prefix": Prefix(("~",), 1)}, "a prefix operation has one operand"),
    "a kink without a sentence": ({"kinks": "x == 0"}, "come together"),
    "a convention that does not exist": ({"convention": "zero"}, "no convention `zero`"),
    "a pattern of somebody else": ({"pattern": Pattern("p", "P", "p", "P.", "x")}, "no pattern `p`"),
    "an empty domain": ({"domain": ((0.0, 0.0), (0.0, 1.0))}, "is empty"),
    "a sentence without a full stop": ({"says": "Adds"}, "`says` is not a sentence"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_entry_that_contradicts_itself_is_refused(mistake: str) -> None:
    fields, words = MISTAKES[mistake]
    with pytest.raises(RegistrationError, match=re.escape(words)):
        check_operation(dataclasses.replace(ADD, **fields))


def test_special_slope_without_its_condition_is_refused() -> None:
    with pytest.raises(RegistrationError, match="needs the condition"):
        elementwise(**{**_entry(), "at_kink": ["0"]})


def test_rule_for_a_missing_operand_is_refused() -> None:
    with pytest.raises(RegistrationError, match="need one entry for each"):
        elementwise(**{**_entry(), "local": ["1", "1"]})


def test_special_cases_are_written_into_the_rule_outermost_first() -> None:
    kink = {"kinks": "x == 0", "kink_points": [(0.0,)], "kink_sentence": "A kink.", "at_kink": ["2"]}
    made = elementwise(**{**_entry(), **kink, "limits": [[("x == 1", "3")]]})
    assert made.local == ("where(x == 0, 2, where(x == 1, 3, 1))",)
    assert made.shown == ("1",)


@pytest.mark.parametrize(
    ("fields", "stranger"),
    [
        ({"local": ("z", "1")}, "z"),
        ({"local": ("cube(y)", "1")}, "cube"),
        ({"shown": ("ties", "1")}, "ties"),
        ({"kinks": "z == 0"}, "z"),
        ({"limits": ((("x == 0", "1e3 * w"),), ())}, "w"),
        ({"expansion": "x + out"}, "out"),
        ({"definition": "x + relu_at_zero"}, "relu_at_zero"),
    ],
)
def test_text_that_names_a_stranger_is_refused(fields: dict[str, Any], stranger: str) -> None:
    with pytest.raises(RegistrationError, match=f"names the stranger `{stranger}`"):
        check_texts(dataclasses.replace(ADD, **fields), BY_FUNCTION_NAME)


def test_name_used_twice_is_refused() -> None:
    for name in ("exp", "ln", "σ"):
        with pytest.raises(RegistrationError, match=f"`{name}` already belongs to"):
            index([*OPERATIONS, dataclasses.replace(ADD, name=name)], lambda operation: operation.function_names)


def test_fields_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ADD.name = "plus"  # type: ignore[misc]  # that it is refused is the point
    with pytest.raises(TypeError):
        ADD.code["python"] = "#x"  # type: ignore[index]  # that it is refused is the point


def test_sentences_are_short_and_differ() -> None:
    for operation in OPERATIONS:
        for sentence in (operation.says, operation.reuse, operation.kink_sentence):
            assert sentence is None or len(sentence) <= 120, sentence
    said = [operation.says for operation in OPERATIONS if operation.pattern is not PATTERNS["blocker"]]
    assert len(set(said)) == len(said)


def test_composites_open_as_the_lecture_opens_them() -> None:
    assert REGISTRY["sigmoid"].expansion == "1 / (1 + exp(-x))"
    for name in ["tanh", "softplus", "silu", "gelu", "mish", "softsign", "logsigmoid", "hypot", "half_sse"]:
        assert REGISTRY[name].composite, name
    for name in ["add", "exp", "relu", "max", "reciprocal"]:
        assert not REGISTRY[name].composite, name


def _entry() -> dict[str, Any]:
    """The fields of a small entry that is right."""
    return {
        "name": "same",
        "operands": "x",
        "title": "Same",
        "section": "arithmetic",
        "scalar": lambda x: x,
        "forward": lambda x: x,
        "local": ["1"],
        "latex": "#x",
        "symbol": "=",
        "code": dict.fromkeys(("python", "numpy", "torch", "jax"), "#x"),
        "says": "It stays.",
        "reuse": "Nothing.",
        "source": "None",
    }
