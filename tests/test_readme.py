"""What README says is true today: its settings are those of the server, and its examples run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from urllib.parse import quote

import pytest

import app
from app.__main__ import main
from app.limits import Limits, Setting, settings
from app.main import create_app
from tests.api.client import Client

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
client = Client(create_app())


@pytest.mark.parametrize("setting", list(settings(Limits())), ids=lambda setting: setting.name)
def test_every_setting_stands_there_with_its_default(setting: Setting) -> None:
    row = next((line for line in README.splitlines() if line.startswith(f"| `{setting.name}` |")), "")
    assert f"{setting.default:,.0f}" in row
    assert row.endswith(f"| {setting.over} |")


def test_no_setting_stands_there_that_does_not_exist() -> None:
    known = {setting.name for setting in settings(Limits())}
    assert set(re.findall(r"CHAINRULE_[A-Z_]+", README)) <= known


@pytest.mark.parametrize("line", re.findall(r"^python -m app (.*?)\s*(?:#.*)?$", README, re.MULTILINE))
def test_its_command_lines_run(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(line)) == 0
    assert capsys.readouterr().out != ""


def test_its_calls_of_the_api_are_answered() -> None:
    body = re.search(r"-d '(\{.*?\})'", README, re.DOTALL)
    assert body is not None
    answer = client.post("/api/v1/evaluate", json=json.loads(body.group(1))).json()
    assert answer["gradients"] == {"x": -4.0, "y": -4.0, "z": 3.0}
    source = re.search(r"--data-urlencode 'source=(.*?)'", README)
    assert source is not None
    answer = client.get(f"/api/v1/evaluate?source={quote(source.group(1))}").json()
    assert answer["gradients"] == {"x": 4.0, "y": 3.0}


def test_its_python_runs() -> None:
    assert 'trace("x*y", values={"x": 3, "y": 4}).leaf_gradients()' in README
    assert app.trace("x*y", values={"x": 3, "y": 4}).leaf_gradients() == {"x": 4.0, "y": 3.0}
    assert 'draw_svg(trace("x*y"))' in README
    assert app.draw_svg(app.trace("x*y")).startswith("<svg ")


def test_its_program_with_tensors_runs() -> None:
    program = re.search(r"```\n(z = W @ x.*?)```", README, re.DOTALL)
    assert program is not None
    answer = client.post("/api/v1/evaluate", json={"source": program.group(1)}).json()
    assert answer["warnings"] == []
    nodes = {node["name"]: node for node in answer["nodes"]}
    difference = [p - t for p, t in zip(nodes["p"]["value"], nodes["t"]["value"], strict=True)]
    assert nodes["z"]["gradient"] == pytest.approx(difference)
