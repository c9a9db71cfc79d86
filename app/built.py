"""Where templates and the built front end are, and which files the build has made."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_web"
WEB = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
"""Beside the package in a checkout, inside it in an installed wheel."""

TEMPLATES = WEB / "templates"
DIST = WEB / "static" / "dist"


def read_manifest(dist: Path = DIST) -> dict[str, Any] | None:
    """Names of the built files by what they are (`main.js`, …), or None while nothing has been built."""
    file = dist / "manifest.json"
    try:
        return _manifest_of(file, file.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=1)
def _manifest_of(file: Path, _changed: int) -> dict[str, Any]:
    found = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError("a manifest is an object")
    return found
