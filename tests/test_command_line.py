"""The command line: tables, JSON, and mistakes drawn under the place where they stand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.export.table import columns, number_text
from app.lessons.load import scalar_lessons
from app.lessons.records import Lesson
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client

SUM_TIMES_Z = """\
node  kind   formula  value  gradient
────  ─────  ───────  ─────  ────────
x     input              -2        -4
y     input               5        -4
s0    add    x + y        3        -4
z     input              -4         3
f     mul    s0 * z     -12         1

from  to  operand  local  upstream  downstream
────  ──  ───────  ─────  ────────  ──────────
x     s0        0      1        -4          -4
y     s0        1      1        -4          -4
s0    f         0     -4         1          -4
z     f         1      3         1           3
"""


def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
    )


def test_the_example_of_the_readme() -> None:
    done = run("trace", "(x+y)*z", "x=-2", "y=5", "z=-4")
    assert (done.returncode, done.stdout, done.stderr) == (0, SUM_TIMES_Z, "")


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints that succeeds."""
    code = main(arguments)
    captured = capsys.readouterr()
    assert (code, captured.err) == (0, "")
    return captured.out


def mistakes_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command complains about that is refused."""
    code = main(arguments)
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_lessons_print_their_numbers(capsys: pytest.CaptureFixture[str], lesson: Lesson) -> None:
    output = [] if lesson.output is None else ["--output", lesson.output]
    rows = output_of(capsys, "trace", lesson.program, *output).split("\n\n")[0].splitlines()[2:]
    printed = {row.split()[0]: row.split()[-2:] for row in rows}
    for name, value in lesson.expected.values.items():
        assert float(printed[name][0]) == pytest.approx(value, rel=1e-8, abs=1e-12), name
    for name, gradient in lesson.expected.gradients.items():
        assert float(printed[name][1]) == pytest.approx(gradient, rel=1e-8, abs=1e-12), name


def test_json_is_the_answer_of_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    client = Client(create_app(Limits()))
    source, fields = "f = sigmoid(x y) + max(x, y)", {"x": 2.0, "y": -0.5}
    printed = output_of(
        capsys, "trace", source, "x=2", "y=-0.5", "--json", "--expand", "sigmoid", "--share", "--seed", "2",
        "--relu-at-zero", "1", "--ties", "first", "--abs-at-zero", "0.5", "--output", "f",
    )  # fmt: skip
    assert json.loads(printed) == client.evaluate(
        source,
        values=fields,
        expand=["sigmoid"],
        share=True,
        seed=2.0,
        output=["f"],
        conventions={"relu_at_zero": 1, "ties": "first", "abs_at_zero": 0.5},
    )


@pytest.mark.parametrize("program", ["-x^2", "-x", "--x", "-(x)", "-1 * x", "-x + -y", "-h * x", "--help * x"])
def test_a_program_may_start_with_a_minus(capsys: pytest.CaptureFixture[str], program: str) -> None:
    assert output_of(capsys, "trace", program).splitlines()[0].split() == [
        "node",
        "kind",
        "formula",
        "value",
        "gradient",
    ]


def test_values_take_every_way_to_write_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("-4", "−4", "-4.0", "-.4e1", "-40e-1", " -4 "):
        assert output_of(capsys, "trace", "f = x", f"x={text}").splitlines()[2].split()[2] == "-4"


def test_a_program_comes_from_standard_input() -> None:
    done = run("trace", "-", "x=3", stdin="f = x * x\n# a comment\n")
    assert done.returncode == 0
    assert "x * x" in done.stdout


def test_a_mistake_is_drawn_under_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert mistakes_of(capsys, "trace", "sigmiod(x) + 1") == (
        "sigmiod(x) + 1\n^^^^^^^  There is no function `sigmiod`. The nearest name is `sigmoid`.\n"
    )


def test_a_mistake_in_a_program_with_a_minus_keeps_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert mistakes_of(capsys, "trace", "-sigmiod(x)").splitlines()[:1] == ["-sigmiod(x)"]
    lines = mistakes_of(capsys, "trace", "-sigmiod(x)").splitlines()
    assert lines[1].startswith(" ^^^^^^^  There is no function")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x", "y=1"], "The program has no leaf `y`."),
        (["x", "x=a"], "`x` needs a number, not `a`."),
        (["x", "x="], "`x` needs a number, not ``."),
        (["x", "x=nan"], "`x` needs a number, not `nan`."),
        (["x", "x=1e999"], "`x` needs a number, not `1e999`."),
        (["x", "=1"], "`=1` is not of the form name=value."),
        (["x", "+", "y"], "`+` is not of the form name=value. Write the whole program as one text in quotes."),
        (["x", "x=\x1b[31m"], "`U+001B[31m`"),
        (["f = x", "--output", "g"], "`g`"),
        (["x", "--expand", "nothing"], "`nothing`"),
        ([""], "There is no expression yet."),
        (["x *"], "Expected an operand after `*`."),
        (["x\x1b[31m"], "U+001B"),
        (["x", "--nothing"], "There is no option `--nothing`. `--help` lists them."),
        (["x", "--nothing=1"], "There is no option `--nothing`."),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    told = mistakes_of(capsys, "trace", *arguments)
    assert message in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    "arguments", [[], ["nothing"], ["trace"], ["serve", "--nothing"], ["trace", "x", "--ties", "all"]]
)
def test_a_wrong_command_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["trace", "--help"])
    assert caught.value.code == 0
    assert 'python -m app trace "(x+y)*z" x=-2 y=5 z=-4' in capsys.readouterr().out


def test_limits_are_those_of_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAINRULE_MAX_NODES", "2")
    assert "CHAINRULE_MAX_NODES" in mistakes_of(capsys, "trace", "x + y + z")
    monkeypatch.setenv("CHAINRULE_MAX_NODES", "many")
    assert "whole number" in mistakes_of(capsys, "trace", "x")


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80.5", "٣", "1" * 100])
def test_a_port_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert "PORT is" in mistakes_of(capsys, "serve", f"--port={port}")


def test_groups_and_remarks_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output_of(capsys, "trace", "f = sigmoid(log(x)); x = 0", "--expand", "*")
    assert "∞" in printed
    assert "Sigmoid (open)" in printed
    assert "`x` has no value, so it is 1." in output_of(capsys, "trace", "x")


def test_columns_stand_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output_of(capsys, "trace", "losslosslossloss = x' + θ₁ y; x' = 1e-9; y = 123456.789")
    for table in printed.rstrip("\n").split("\n\n")[:2]:
        head, _, *rows = table.splitlines()
        assert {len(row) for row in rows} == {len(head)}


def test_wide_and_combining_characters_take_their_columns() -> None:
    assert columns(("a", "b"), [("é", "1"), ("e\u0301", "2"), ("値", "3")], left=1).splitlines() == [
        "a   b",
        "──  ─",
        "é   1",
        "e\u0301   2",
        "値  3",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-4.0, "-4"), (0.5868600553079113, "0.5868600553"), (1e300, "1e+300"),
        (float("inf"), "∞"), (float("-inf"), "-∞"), (float("nan"), "NaN"), (None, "–"),
    ],
)  # fmt: skip
def test_numbers(value: float | None, text: str) -> None:
    assert number_text(value) == text


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("\n".join(["x0 = 1"] + [f"x{i + 1} = x{i} + 1" for i in range(2000)]))
    command = f"{sys.executable} -m app trace - < {program} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""


def test_a_terminal_that_cannot_show_a_sign_gets_its_number() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "app", "trace", "θ"], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == 0
    assert "\\u03b8" in done.stdout


@pytest.mark.parametrize(
    ("option", "slope"), [("--relu-at-zero", "7"), ("--relu-at-zero", "-1"), ("--abs-at-zero", "1.5")]
)
def test_a_slope_that_is_no_subgradient_is_refused(capsys: pytest.CaptureFixture[str], option: str, slope: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["trace", "relu(x)", "x=0", option, slope])
    assert caught.value.code == 2
    assert "needs a slope from" in capsys.readouterr().err
