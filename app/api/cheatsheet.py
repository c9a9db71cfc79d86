"""The page /operations: every operation of the registry, with formulas and pictures that the build has drawn."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from app.explain.cheatsheet import CheatSheet, Row, Rule, make_sheet
from app.explain.operation_curve import Picture
from app.explain.tensor_sheet import Grid, Matrices
from app.numbers import to_json
from app.operations import Operation

FILE = "operations.json"
"""What the build has drawn: gate, formula, local gradients and picture of every row and rule, as markup."""


@cache
def cheat_sheet() -> CheatSheet:
    """The cheat sheet of the registry."""
    return make_sheet()


def read_drawn(dist: Path) -> dict[str, Any]:
    """What the build has drawn, by kind and name; nothing of it where nothing has been built."""
    file = dist / FILE
    try:
        return _drawn_of(file, file.stat().st_mtime_ns)
    except (OSError, ValueError):
        return {"rules": {}, "rows": {}}


@lru_cache(maxsize=1)
def _drawn_of(file: Path, _changed: int) -> dict[str, Any]:
    found = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or not {"rules", "rows"} <= found.keys():
        raise ValueError("a drawn cheat sheet has rules and rows")
    return found


def graph_link(program: str) -> str:
    """The address at which the page opens with this program (static/src/link.ts)."""
    return "/#" + urlencode({"program": program, "v": "1"})


def sheet_to_draw() -> dict[str, Any]:
    """What the build draws, for JSON."""
    sheet = cheat_sheet()
    return {
        "rules": {rule.operation.name: _rule_entry(rule) for rule in sheet.rules},
        "rows": {row.operation.name: _row_entry(row) for row in sheet.rows},
    }


def _rule_entry(rule: Rule) -> dict[str, Any]:
    return {
        **_gate_entry(rule.operation),
        "formula": rule.formula,
        "locals": [{"left": rule.left, "right": rule.right, "passed": ""}],
        "picture": _picture_entry(rule.picture),
        "matrices": None,
    }


def _row_entry(row: Row) -> dict[str, Any]:
    return {
        **_gate_entry(row.operation),
        "formula": row.formula,
        "locals": [{"left": one.left, "right": one.right, "passed": one.passed} for one in row.locals],
        "picture": None if row.picture is None else _picture_entry(row.picture),
        "matrices": None if row.matrices is None else _matrices_entry(row.matrices),
    }


def _matrices_entry(matrices: Matrices) -> dict[str, Any]:
    return {
        "operands": [_grid_entry(one) for one in matrices.operands],
        "result": _grid_entry(matrices.result),
        "sign": matrices.sign,
        "crossed": matrices.crossed,
    }


def _grid_entry(grid: Grid) -> dict[str, Any]:
    return {"name": grid.name, "rows": grid.rows, "lit": grid.lit}


def _gate_entry(operation: Operation) -> dict[str, Any]:
    return {"symbol": operation.symbol, "glyph": operation.glyph, "composite": operation.composite}


def _picture_entry(picture: Picture) -> dict[str, Any]:
    return {
        "low": picture.low,
        "high": picture.high,
        "points": [
            {"x": round(x, 9), "value": to_json(value), "local": to_json(local)} for x, value, local in picture.points
        ],
        "breaks": [{"x": x, "jump": jump} for x, jump in picture.breaks],
    }
