"""Build hook: a wheel or source package carries the built page, so that its users need neither Node nor a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
import build_frontend


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc] - hatchling ships no types
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable install reads static/dist from the checkout, where make builds it when it is needed.
        if version == "editable":
            build_data["force_include_editable"] = {}
            return
        build_frontend.build()
