"""What a worked solution holds: paths and forks, one leaf or all, updates, kinks, infinities, long programs."""

from __future__ import annotations

import math
import time

import pytest

from app.engine.trace import trace
from app.errors import UserError
from app.explain.derivation import derive
from app.limits import Limits
from tests.engine.programs import random_program
from tests.explain.texts import lesson_of, solve

TWO_WAYS = "q = x * y\nf = q + y\nx = 2; y = 3"


def test_one_leaf_is_one_product_along_its_path() -> None:
    found = solve(lesson_of("network-2-2-1"), "w1")
    [block] = found.blocks
    [term] = block.terms
    assert [factor.number.text for factor in term.factors] == ["−0.384393", "0.236635", "0.2", "0.242455", "0.23"]
    assert block.value.text == "−0.001014"
    assert found.paths == 1
    assert [row.label for row in found.rows if not row.on_path] == ["z_b", "h_b"]
    [update] = found.updates
    assert (update.old.text, update.gradient.text, update.new.text) == ("0.1", "−0.001014", "0.100710")
    assert found.digits_note == "Six decimals are shown in the factors because four would not give $-0.001014$ back."


def test_two_paths_are_two_terms_of_the_node_where_they_part() -> None:
    found = solve(lesson_of("network-3-2-2"), "w1")
    fork, leaf = found.blocks
    assert (fork.label, len(fork.terms), fork.reused) == ("h_a", 2, 1)
    assert leaf.terms[0].factors[0].kind == "gradient"
    assert leaf.value.exact == pytest.approx(0.0019839119)
    assert found.paths == 2


def test_the_gradient_of_a_shared_node_is_computed_once() -> None:
    found = solve(lesson_of("network-3-2-2"))
    names = [block.label for block in found.blocks]
    assert len(names) == len(set(names))
    by_name = {block.label: block for block in found.blocks}
    assert by_name["z_a"].reused == 7
    for block in found.blocks:
        above = {factor.source for term in block.terms for factor in term.factors if factor.kind == "gradient"}
        assert above <= {one.id for one in found.blocks[: found.blocks.index(block)]}


def test_a_direct_derivative_is_told_from_the_gradient() -> None:
    found = derive(trace(TWO_WAYS), "y")
    [block] = found.blocks
    assert block.value.text == "3"
    assert [factor.head for term in block.terms for factor in term.factors if "direct" in factor.head] == [
        r"\left.\frac{\partial f}{\partial y}\right|_{\text{direct}}"
    ]


def test_a_leaf_without_influence_has_gradient_zero() -> None:
    found = derive(trace("f = x^2\ny = z * 2\nf2 = f + 0 x", output="f"), "z")
    assert [one.label for one in found.independent] == ["z"]
    assert not found.blocks


@pytest.mark.parametrize("leaf", ["nothing", "t", "2"])
def test_refused_leaves(leaf: str) -> None:
    with pytest.raises(UserError) as caught:
        derive(trace("const t = 2\nf = x * t * 2"), leaf)
    assert caught.value.problems[0].field == "leaf"


def test_the_output_can_be_a_leaf() -> None:
    found = derive(trace("x = 3"))
    assert (found.rows, found.blocks) == ((), ())


def test_kinks_and_infinities_are_told_in_a_sentence() -> None:
    found = derive(trace("h = relu(x)\nf = h * log(y)", values={"x": 0, "y": 0}))
    assert any("slope jumps" in note for note in found.notes)
    assert any("log(y) is −∞ here because y is 0" in note for note in found.notes)
    assert {row.value.text for row in found.rows} >= {"0", "NaN"}


@pytest.mark.parametrize("seed", range(30))
def test_gradients_are_those_of_the_engine(seed: int) -> None:
    example = random_program(seed)
    traced = trace(example.source, values=example.values)
    found = derive(traced)
    blocks = {block.label: block for block in found.blocks}
    for name, gradient in traced.leaf_gradients().items():
        if name in blocks:
            block = blocks[name]
            assert block.value.exact == gradient
            if math.isfinite(gradient or 0.0) and block.relation == "=":
                total = math.fsum(term.product.exact for term in block.terms)
                assert total == pytest.approx(gradient, rel=1e-9, abs=1e-9)
        else:
            assert gradient == 0 or name in {one.label for one in found.independent}


def test_almost_every_equation_of_random_programs_checks() -> None:
    relations = []
    for seed in range(30):
        example = random_program(seed)
        found = derive(trace(example.source, values=example.values))
        relations += [one.relation for part in (found.rows, found.locals, found.blocks) for one in part]
    assert relations.count("≈") / len(relations) < 0.01


def test_long_programs_are_cut_and_the_asked_leaf_is_exact() -> None:
    lines = [f"a{index + 1} = tanh(a{index} * w{index} + b{index})" for index in range(1500)]
    traced = trace("a0 = 0.5\n" + "\n".join(lines))
    start = time.perf_counter()
    found = derive(traced, "w3", limits=Limits(max_derivation_steps=50))
    assert time.perf_counter() - start < 5
    assert len(found.rows) == 50
    assert found.steps > 1000
    assert found.blocks[-1].label == "w3"
    assert found.blocks[-1].value.exact == traced.leaf_gradients()["w3"]
    assert len(derive(traced, limits=Limits(max_derivation_steps=50)).blocks) == 50


def test_wide_programs_are_cut_too() -> None:
    names = [f"x{index}" for index in range(1500)]
    found = derive(
        trace(f"m = max({', '.join(names)})\nf = m * 2 + " + " + ".join(f"m^{power}" for power in range(2, 60)))
    )
    row = next(row for row in found.rows if row.label == "m")
    assert row.symbols == r"\text{Maximum of 1,500 numbers}"
    block = next(block for block in found.blocks if block.label == "m")
    assert len(block.terms) + block.more_terms == 59
    assert block.more_terms > 0
