"""Build hook: a wheel or source package carries the built page, so that its users need neither Node nor a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# hatchling loads this file by its path, so its neighbours are found only this way.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.build_frontend import build


class CustomBuildHook(BuildHookInterface[Any]):
    """Builds the page before a wheel or source package is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install reads the checkout, where make builds the page when it is needed.
        if version == "editable":
            return
        build()
        if self.target_name == "wheel":
            build_data["force_include"].update(
                {"static/dist": "app/_web/static/dist", "templates": "app/_web/templates"}
            )
