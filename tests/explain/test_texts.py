"""Worked solutions as texts: golden Markdown for the lecture's cases, and LaTeX that compiles."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from app.engine.trace import trace
from app.explain.derivation import derive
from app.explain.latex_document import derivation_latex, in_text
from app.explain.markdown import derivation_markdown
from app.lessons.load import scalar_lessons
from tests.explain.texts import KEPT, lesson_of, path_of, solve

PDFLATEX = shutil.which("pdflatex")


@pytest.mark.parametrize(("slug", "leaf"), KEPT)
def test_golden_texts_of_the_lecture(slug: str, leaf: str | None) -> None:
    text = derivation_markdown(solve(lesson_of(slug), leaf))
    assert text == path_of(slug, leaf).read_text(encoding="utf-8")


def test_bars_do_not_end_cells_of_a_table() -> None:
    rows = [line for line in derivation_markdown(derive(trace("q = abs(x)\nf = q^2"))).splitlines() if line[:2] == "| "]
    assert all(row.count("|") == 5 for row in rows), rows


def test_a_document_stands_by_itself() -> None:
    text = derivation_latex(solve(lesson_of("network-2-2-1"), "w1"))
    assert text.startswith(r"\documentclass")
    assert text.rstrip().endswith(r"\end{document}")
    assert r"\boxed{-0.001014}" in text
    assert r"\textcolor[gray]{0.55}" in text


def test_sentences_are_escaped() -> None:
    assert in_text("50 % of a_b is $x_{1}$ − done") == r"50 \% of a\_b is $x_{1}$ $-$ done"


@pytest.mark.skipif(PDFLATEX is None, reason="pdflatex is not installed")
def test_every_lesson_compiles(tmp_path: Path) -> None:
    sources = [derivation_latex(solve(lesson)) for lesson in scalar_lessons()]
    sources += [
        derivation_latex(solve(lesson, next(iter(lesson.expected.gradients)))) for lesson in scalar_lessons()[:12]
    ]
    compile_latex(joined(sources), tmp_path)


@pytest.mark.skipif(PDFLATEX is None, reason="pdflatex is not installed")
@pytest.mark.parametrize(
    "source",
    [
        "naïve = größe * 名前 + η1'\nf = naïve^2 + _a_b_c1 * Ω",
        "f = log(x)\nx = 0",
        "f = where(x > 0, x, 2 x) + clip(x, -1, 1) + floor(x) + abs(x)",
        "f = max(" + ", ".join(f"x{index}" for index in range(80)) + ")",
        "x = 3",
    ],
)
def test_unusual_programscompile_latex(source: str, tmp_path: Path) -> None:
    compile_latex(derivation_latex(derive(trace(source))), tmp_path)


def joined(sources: list[str]) -> str:
    """One document of many: TeX takes longer to start than to set a page."""
    head, _, _ = sources[0].partition(r"\begin{document}")
    bodies = [source.partition(r"\begin{document}")[2].rpartition(r"\end{document}")[0] for source in sources]
    return head + "\\begin{document}\n" + "\n\\clearpage\n".join(bodies) + "\n\\end{document}\n"


def compile_latex(source: str, folder: Path) -> None:
    (folder / "solution.tex").write_text(source, encoding="utf-8")
    command = [str(PDFLATEX), "-interaction=nonstopmode", "-halt-on-error", "solution.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, "\n".join(line for line in done.stdout.splitlines() if line.startswith(("!", "l.")))
    assert "Missing character" not in (folder / "solution.log").read_text(encoding="latin-1")
