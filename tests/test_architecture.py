"""Which way imports may point; the picture of section 5 of the architecture guide, as a test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parent.parent / "app"

# What each part may import of the others. Change this and the guide's picture in one commit, with the reason.
BASE = {"errors", "limits", "numbers"}
CORE = [*sorted(BASE), "operations", "language", "graph", "engine"]
ALLOWED = {
    "errors": set(),
    "limits": set(),
    "numbers": set(),
    "operations": BASE,
    "language": BASE | {"operations"},
    "graph": BASE | {"operations", "language"},
    "engine": BASE | {"operations", "language", "graph"},
    "explain": {*CORE},
    "built": set(),
    "export": {*CORE, "built"},
    "training": {*CORE},
    "lessons": {*CORE, "explain", "export", "training"},
    "api": {*CORE, "built", "explain", "export", "training", "lessons"},
    "commands": {*CORE, "explain", "export", "training", "lessons", "api", "main"},
}
WEB = {"fastapi", "pydantic", "starlette", "uvicorn", "httpx", "jinja2"}
FREE_OF_THE_WEB = {part for part in ALLOWED if part != "api"}


def imports_of(path: Path) -> set[str]:
    """Dotted names that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where they point"
            found.add(node.module or "")
            if node.module == "app":
                found |= {f"app.{alias.name}" for alias in node.names}
    return found


def files_of(part: str) -> list[Path]:
    folder = APP / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [APP / f"{part}.py"]


@pytest.mark.parametrize("part", [part for part in ALLOWED if (APP / part).is_dir() or (APP / f"{part}.py").exists()])
def test_imports_point_one_way(part: str) -> None:
    parts = set(ALLOWED) | {"main"}
    for path in files_of(part):
        used = {name.split(".")[1] for name in imports_of(path) if name.startswith("app.")} & parts
        assert used <= ALLOWED[part] | {part}, f"{path.relative_to(APP)} may not import {used - ALLOWED[part]}"


@pytest.mark.parametrize("part", sorted(FREE_OF_THE_WEB))
def test_the_core_knows_nothing_of_the_web(part: str) -> None:
    for path in files_of(part) if (APP / part).is_dir() or (APP / f"{part}.py").exists() else []:
        assert not {name.split(".")[0] for name in imports_of(path)} & WEB, path


def test_every_part_of_the_app_is_in_the_picture() -> None:
    parts = {path.stem for path in APP.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert parts - {"__init__", "__main__", "__pycache__", "main", "_web"} <= set(ALLOWED)


@pytest.mark.parametrize("part", ["operations", "language", "graph", "engine"])
def test_source_text_is_never_executed_but_in_rules(part: str) -> None:
    """`eval`, `exec` and `compile` see texts of the registry alone, in one file."""
    for path in files_of(part):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if path.relative_to(APP).as_posix() != "engine/rules.py":
            assert not names & {"eval", "exec", "compile", "__import__"}, path
