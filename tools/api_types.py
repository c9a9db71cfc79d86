"""Writes static/src/api/types.ts from the OpenAPI document, so that page and API cannot drift apart unseen.

`api_types.py --check` writes nothing and fails where the file on disk is not what the API says today.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from app.main import create_app
from tools.build_frontend import ROOT, environment, find_node, install_packages

TARGET = ROOT / "static" / "src" / "api" / "types.ts"
BANNER = "/** Written by `make api-types` from the OpenAPI document; not to be edited. */"


def schema_of_all(document: dict[str, Any]) -> dict[str, Any]:
    """One JSON schema that names every component of the OpenAPI document."""
    components = document["components"]["schemas"]
    text = json.dumps(components).replace("#/components/schemas/", "#/definitions/")
    definitions = {name: without_titles(schema) for name, schema in json.loads(text).items()}
    return {
        "title": "Schemas",
        "type": "object",
        "additionalProperties": False,
        "required": sorted(definitions),
        "properties": {name: {"$ref": f"#/definitions/{name}"} for name in sorted(definitions)},
        "definitions": definitions,
    }


def without_titles(schema: Any) -> Any:
    """The schema without the titles of its fields: each would become a type of its own with a number in its name."""
    if isinstance(schema, list):
        return [without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: without_titles(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))
    }


def generate() -> str:
    install_packages()
    binaries, _ = find_node()
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "schemas.json"
        schema.write_text(json.dumps(schema_of_all(create_app().openapi())))
        command = [
            str(binaries / "node"),
            "node_modules/json-schema-to-typescript/dist/src/cli.js",
            "--input",
            str(schema),
            "--bannerComment",
            BANNER,
            "--no-additionalProperties",
        ]
        done = subprocess.run(command, cwd=ROOT, env=environment(binaries), check=True, capture_output=True, text=True)
    return done.stdout


def main() -> None:
    text = generate()
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text() != text:
            raise SystemExit("static/src/api/types.ts is not what the API says today. Run `make api-types`.")
        return
    TARGET.write_text(text)


if __name__ == "__main__":
    main()
