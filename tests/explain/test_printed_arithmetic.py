"""Every printed equation of a worked solution checks when it is recomputed from what is printed alone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from app.engine.trace import trace
from app.explain.derivation import derive
from app.explain.markdown import derivation_markdown
from app.lessons.load import scalar_lessons
from app.lessons.records import Lesson
from tests.explain.calculator import calculate, checks


def equations(markdown: str, e_is_a_name: bool = False) -> list[tuple[str, str]]:
    """Left and right sides that are numbers alone, of every chain of equals signs in the text."""
    chains: list[str] = []
    for line in markdown.splitlines():
        if line.startswith("| $"):
            cells = re.findall(r"\$(= )?(.*?)\$", line)
            chains.append(" = ".join(cell for _, cell in cells))
        elif line.startswith("- $") and "partial" in line:
            chains.append(line[3:].split("$")[0])
        elif r"^{\text{new}}" in line:
            chains.append(line.strip("$"))
    for block in re.findall(r"\\begin\{aligned\}\n(.*?)\n\\end\{aligned\}", markdown, re.DOTALL):
        rows = block.split("\\\\\n")
        chains.append(" ".join(part.strip().replace("&", "") for part in rows if "&&" not in part))
        chains += [row.split("&&")[1] for row in rows if "&&" in row]  # a step of algebra with its numbers
    found: list[tuple[str, str]] = []
    for chain in chains:
        sides = [side.strip() for side in re.split(r"(?<![<>!]) ?= ", chain) if side.strip()]
        numeric = [side for side in sides if not _names_in(side, e_is_a_name)]
        found += pairwise(numeric)
    return found


def _names_in(text: str, e_is_a_name: bool) -> bool:
    commands = r"\\operatorname\{\w+\}(_\{[0-9.]+\})?|\\mathbf|\\(left|right)(\\[lr]vert)?|\\[a-z]*(?<!partial)"
    bare = re.sub(commands, "", text)
    letter = "[A-Za-z]" if e_is_a_name else r"(?!e\^)[A-Za-z]"
    return bool(re.search(rf"partial|_\{{|(?<![A-Za-z]){letter}", bare)) or r"\partial" in text


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_equation_of_every_lesson_checks(lesson: Lesson) -> None:
    traced = trace(lesson.program, output=lesson.output)
    rate = lesson.step.learning_rate if lesson.step else None
    found = derive(traced, learning_rate=rate)
    text = derivation_markdown(found)
    compared = equations(text, "e" in traced.program.names)
    assert len(compared) >= len([block for block in found.blocks if len(block.terms[0].factors) > 1])
    for left, right in compared:
        assert checks(left, right), f"{left} = {right}: {calculate(left)}"


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_equation_for_one_leaf_checks(lesson: Lesson) -> None:
    traced = trace(lesson.program, output=lesson.output)
    for leaf, gradient in traced.leaf_gradients().items():
        if gradient is None:
            continue
        found = derive(traced, leaf, learning_rate=0.1, parameters=[leaf])
        for left, right in equations(derivation_markdown(found), "e" in traced.program.names):
            assert checks(left, right), f"{leaf}: {left} = {right}: {calculate(left)}"
        if found.blocks:
            assert found.blocks[-1].value.exact == pytest.approx(gradient, rel=1e-12, abs=1e-300)


def test_the_calculator_reads_what_a_reader_reads() -> None:
    assert calculate(r"\tfrac{1}{2} (1 - 0.6)^{2}") == pytest.approx(0.08)
    assert calculate(r"-0.3 \times (-2) + 4 \cdot 10^{-3}") == pytest.approx(0.604)
    assert calculate(r"0.5 \sigma\left(0\right) e^{-1}") == pytest.approx(0.0919698603)
    assert checks("0.1235 + 0.1235", "0.2470")
    assert not checks("0.1235 + 0.1235", "0.2469")
