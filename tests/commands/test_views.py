"""The commands beside `trace`: worked solution, paths, matrices, checks; as text, and as the answer of the API."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.lessons.load import scalar_lessons
from app.lessons.records import Lesson
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client

COMMANDS = ("trace", "code", "derive", "paths", "jacobian", "check")


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = main(arguments)
    captured = capsys.readouterr()
    assert (code, captured.err) == (0, ""), captured.err
    return captured.out


def mistakes_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = main(arguments)
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    return captured.err


def test_derive_prints_the_worked_solution(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("derive", "q = x + y; f = q z", "x=-2", "y=5", "z=-4", "--leaf", "x")
    printed = output_of(capsys, *asked)
    assert printed.startswith("# Gradient of $f$ with respect to $x$\n")
    assert r"&= \mathbf{-4}" in printed
    assert "z}" not in printed.partition("## Chain rule")[2]
    latex = output_of(capsys, *asked, "--latex")
    assert r"\begin{document}" in latex
    assert r"\boxed{-4}" in latex


def test_derive_takes_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    source = "y = sigmoid(w x + b); E = 1/2 (t - y)^2"
    values = ("x=0.5", "t=1", "w=0.3", "b=0.1")
    printed = output_of(capsys, "derive", source, *values, "--learning-rate", "0.7", "--update", "w")
    step = printed.partition("## Update")[2] or printed.partition("## One step")[2]
    assert "w" in step
    assert "b^" not in step


def test_derive_speaks_tensors_and_single_entries(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("derive", "E = sum(W @ x); W = [[1, 2], [3, 4]]; x = [1, -1]", "--leaf", "W[0, 1]")
    printed = output_of(capsys, *asked)
    assert printed.startswith(r"# Gradient of $E$ with respect to $\mathbf{W}[0,1]$")
    assert r"\begin{bmatrix} 1 & -1 \\ 1 & -1 \end{bmatrix}" in printed
    assert r"\boxed{-1}" in output_of(capsys, *asked, "--latex")


def test_paths_prints_each_path_with_its_product(capsys: pytest.CaptureFixture[str]) -> None:
    assert output_of(capsys, "paths", "f = (x + y) * max(y, z)", "x=1", "y=2", "z=0", "--leaf", "y") == (
        "path from y to f  factors  product\n"
        "────────────────  ───────  ───────\n"
        "y → s0 → f        1 × 2          2\n"
        "y → s1 → f        1 × 3          3\n"
        "\n"
        "2 paths: 2 + 3 = 5\n"
        "From this leaf: 4 visits of edges path by path, 4 by backpropagation.\n"
        "From all leaves: 8 visits of edges path by path, 6 by backpropagation.\n"
    )


def test_paths_between_any_nodes_and_no_paths(capsys: pytest.CaptureFixture[str]) -> None:
    source = "a = 2 x; b = -3 a; f = b + z"
    printed = output_of(capsys, "paths", source, "--leaf", "a", "--to", "b")
    assert "1 path: -3" in printed
    assert "x" not in printed.splitlines()[2]
    printed = output_of(capsys, "paths", source, "--leaf", "z", "--to", "b")
    assert printed == "b does not depend on z, so its gradient is 0.\n"


def test_more_paths_than_are_listed_are_summed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["x1 = x + x"] + [f"x{i + 1} = x{i} + x{i}" for i in range(1, 60)]
    printed = output_of(capsys, "paths", "\n".join(lines), "--most", "2")
    assert "1.2·10¹⁸ paths, 2 of them listed; all of them add up to 1.152921505e+18." in printed


def test_jacobian_says_which_mode_and_why_zeros(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("jacobian", "u = x y; v = x + z", "x=2", "y=3", "z=1")
    printed = output_of(capsys, *asked)
    assert [line.split() for line in printed.splitlines()[:4]][2:] == [["u", "3", "2", "0"], ["v", "1", "0", "1"]]
    assert "Filled by 2 reverse sweeps; 3 forward sweeps would do the same." in printed
    assert "No path leads from z to u." in printed
    turned = [line.split() for line in output_of(capsys, *asked, "--rows", "leaves").splitlines()]
    assert turned[0] == ["u", "v"]
    assert turned[2:5] == [["x", "3", "1"], ["y", "2", "0"], ["z", "0", "1"]]


def test_jacobian_of_chosen_outputs_and_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    source = "u = x y; v = u + z"
    printed = output_of(capsys, "jacobian", source, "x=2", "y=3", "--output", "u", "--output", "v", "--leaf", "y")
    assert [line.split() for line in printed.splitlines()[2:4]] == [["u", "2"], ["v", "2"]]
    assert "Filled by 1 forward sweep; 2 reverse sweeps" in printed


def test_hessian(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output_of(capsys, "jacobian", "f = x^2 y", "x=2", "y=3", "--hessian")
    assert [line.split() for line in printed.splitlines()[2:4]] == [["x", "6", "4"], ["y", "4", "0"]]
    assert "saddle" in printed


def test_check_names_kinks(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output_of(capsys, "check", "f = sigmoid(w x) + abs(q)", "w=2", "x=-1", "q=0")
    assert [line.split()[:2] for line in printed.splitlines()[2:5]] == [["w", "agrees"], ["x", "agrees"], ["q", "kink"]]
    assert "q: A kink: the slope is −1.0000 on the left and 1.0000 on the right" in printed
    assert "x " not in output_of(capsys, "check", "f = w x", "--leaf", "w").splitlines()[2]


NEURON = "z = w x + b; h = sigmoid(z); E = 1/2 (t - h)^2; x = 0.5; w = 2; b = -0.25; t = 1"


def test_check_tells_what_is_wrong_with_printed_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ("--line", "z = 0.75", "--line", "dE/dw = 0.0350", "--line", "new w = 2.0175", "--line", "q = 3")
    assert main(["check", NEURON, *lines, "--rate", "0.5"]) == 1
    printed = capsys.readouterr().out
    assert [line.split()[-2:] for line in printed.splitlines()[2:6]] == [
        ["exact", "0.7500"], ["wrong", "−0.034953"], ["rounded", "2.017476"], ["not", "read"],
    ]  # fmt: skip
    assert "dE/dw = 0.0350: The sign is turned around." in printed
    assert "q = 3: The program has no `q`." in printed


def test_check_of_right_numbers_is_no_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_text("z = 0.75\ndE/db = -0.0699\neta = 0.5\nnew w = 2.0175", encoding="utf-8")
    assert "wrong" not in output_of(capsys, "check", NEURON, "--lines", str(file))
    answer = json.loads(output_of(capsys, "check", NEURON, "--lines", str(file), "--json"))
    assert (answer["counts"]["wrong"], answer["learning_rate"]) == (0, 0.5)
    assert main(["check", NEURON, "--line", "z = 0.76", "--json"]) == 1


def test_lines_that_cannot_be_had(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("x"))
    assert "could not be read as text" in mistakes_of(capsys, "check", "x", "--lines", str(tmp_path / "none"))
    assert "could not be read as text" in mistakes_of(capsys, "check", "x", "--lines", "a\0b")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xff")
    assert "could not be read as text" in mistakes_of(capsys, "check", "x", "--lines", str(tmp_path / "bytes"))
    assert "cannot both come from standard input" in mistakes_of(capsys, "check", "-", "--lines", "-")
    assert "There are no numbers to check." in mistakes_of(capsys, "check", "x", "--line", " ")


def test_lines_come_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("f = 6\ndf/dx = 3"))
    assert output_of(capsys, "check", "f = x y", "x=2", "y=3", "--lines", "-").count("exact") == 2


@pytest.mark.parametrize("command", ["paths", "jacobian", "check"])
def test_a_program_without_leaves(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert output_of(capsys, command, "2 * 3") == "The program has no leaf to differentiate by.\n"


@pytest.mark.parametrize("language", ["python", "numpy"])
def test_code_that_is_printed_runs(capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str) -> None:
    printed = output_of(capsys, "code", "f = (x + y) * z", "x=-2", "y=5", "z=-4", "--language", language)
    file = tmp_path / "flat.py"
    file.write_text(f"{printed}print(float(f), float(grad_x), float(grad_y), float(grad_z))\n", encoding="utf-8")
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split()[-4:] == ["-12.0", "-4.0", "-4.0", "3.0"]


def test_code_with_and_without_present_values(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("code", "f = x * y", "x=2", "y=3")
    assert "# 6" in output_of(capsys, *asked)
    assert "# 6" not in output_of(capsys, *asked, "--no-comments")
    assert "torch" in output_of(capsys, *asked, "--language", "torch")


def test_code_of_tensors_is_for_numpy_unless_asked_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("code", "f = sum(W @ x); W = [[1, 2]]; x = [3, 4]")
    assert "grad_W = np.outer(grad_s0, x)" in output_of(capsys, *asked)
    assert "f.backward()" in output_of(capsys, *asked, "--language", "torch")


QUESTIONS: list[tuple[Sequence[str], str, dict[str, Any]]] = [
    (
        ("derive", "--leaf", "x", "--learning-rate", "-0.5", "--update", "x"),
        "derivation",
        {"leaf": "x", "learning_rate": -0.5, "parameters": ["x"]},
    ),
    (
        ("paths", "--leaf", "x", "--every-gate", "--most", "1"),
        "paths",
        {"node": "x", "every_gate": True, "max_paths": 1},
    ),
    (("jacobian", "--leaf", "x", "--rows", "leaves"), "jacobian", {"leaves": ["x"], "layout": "leaves"}),
    (("jacobian", "--hessian"), "hessian", {}),
    (("code", "--language", "jax", "--no-comments"), "code", {"language": "jax", "comments": False}),
    (("check", "--leaf", "x"), "check", {"leaf": ["x"]}),
    (("check", "--line", "f = 2.2689"), "worked", {"lines": "f = 2.2689"}),
]


@pytest.mark.parametrize(("asked", "call", "fields"), QUESTIONS, ids=[" ".join(asked) for asked, _, _ in QUESTIONS])
def test_json_is_the_answer_of_the_api(
    capsys: pytest.CaptureFixture[str], asked: Sequence[str], call: str, fields: dict[str, Any]
) -> None:
    source = "f = sigmoid(x y) + max(x, y)"
    options = ("x=2", "y=-0.5", "--share", "--expand", "sigmoid", "--ties", "first", "--relu-at-zero", "1")
    printed = output_of(capsys, asked[0], source, *options, *asked[1:], "--output", "f", "--json")
    body = {
        "source": source, "values": {"x": 2.0, "y": -0.5}, "share": True, "expand": ["sigmoid"], "output": ["f"],
        "conventions": {"relu_at_zero": 1, "ties": "first", "abs_at_zero": 0}, **fields,
    }  # fmt: skip
    assert json.loads(printed) == Client(create_app(Limits())).post(f"/api/v1/{call}", json=body).json()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_mistakes_are_drawn_under_their_place(
    capsys: pytest.CaptureFixture[str], command: str, flags: Sequence[str]
) -> None:
    told = mistakes_of(capsys, command, "-sigmiod(x)", *flags).splitlines()
    assert told[0] == "-sigmiod(x)"
    assert told[1].startswith(" ^^^^^^^  There is no function `sigmiod`.")
    assert "The program has no leaf `y`." in mistakes_of(capsys, command, "x", "y=1", *flags)


@pytest.mark.parametrize("command", ["derive", "paths", "jacobian", "check"])
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_leaf_that_does_not_exist(capsys: pytest.CaptureFixture[str], command: str, flags: Sequence[str]) -> None:
    told = mistakes_of(capsys, command, "x * y", "--leaf", "q", *flags)
    assert "`q`" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("derive", "x", "--learning-rate", "nan"), "needs a number, not `nan`"),
        (("derive", "x", "--learning-rate", "a\x1b"), "needs a number, not `aU+001B`"),
        (("paths", "x", "--most", "0"), "needs a whole number from 1 on, not `0`"),
        (("paths", "x", "--most", "-3"), "needs a whole number from 1 on, not `-3`"),
        (("paths", "x", "--most", "9" * 5000), "needs a whole number"),
        (("jacobian", "x", "--rows", "all"), "choose from"),
    ],
)
def test_options_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str], arguments: Sequence[str], message: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("lesson", scalar_lessons(), ids=lambda lesson: lesson.slug)
def test_every_lesson_in_every_view(capsys: pytest.CaptureFixture[str], lesson: Lesson) -> None:
    output = [] if lesson.output is None else ["--output", lesson.output]
    for command in ("code", "derive", "paths", "jacobian", "check"):
        assert output_of(capsys, command, lesson.program, *output).strip()
    checked = output_of(capsys, "check", lesson.program, *output)
    assert "differs" not in checked


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example_that_runs(capsys: pytest.CaptureFixture[str], command: str) -> None:

    with pytest.raises(SystemExit):
        main([command, "--help"])
    text = " ".join(capsys.readouterr().out.split())
    example = re.search(r"Example: python -m app (.*)$", text)
    assert example is not None
    assert output_of(capsys, *shlex.split(example.group(1)))


NET = "y = sigmoid(W @ x); W = [[1, 2], [3, -4]]; x = [0.5, 1]"


def test_jacobian_of_tensors_entry_by_entry_with_its_structure(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output_of(capsys, "jacobian", NET, "--leaf", "x")
    assert "x[0]" in printed
    assert "y[1]" in printed
    assert "Dense: every entry of y is computed from every entry of x." in printed
    printed = output_of(capsys, "jacobian", NET, "--leaf", "W[0, 1]", "--rows", "leaves")
    assert "W[0, 1]" in printed
    printed = output_of(capsys, "jacobian", "m = W @ x; W = ones(20, 20); x = ones(20)", "--leaf", "W")
    assert "20 × 400" in printed
    assert "20 blocks of 1 × 20" in printed
    assert "In its place backpropagation computes outer(g, x): 400 multiplications." in printed


def test_second_derivatives_of_entries(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output_of(
        capsys, "jacobian", "E = sum((W @ x)^2); W = [[1, 0], [0, 2]]; x = [1, 1]", "--hessian", "--leaf", "x"
    )
    assert "x[1]" in printed
    assert "Curves up in every direction here." in printed


def test_paths_of_tensors_and_of_entries(capsys: pytest.CaptureFixture[str]) -> None:
    printed = output_of(capsys, "paths", f"{NET}; E = sum(y)", "--leaf", "W")
    assert "Jacobians, never built" in printed
    assert "1 path:" in printed
    printed = output_of(capsys, "paths", f"{NET}; E = sum(y)", "--leaf", "W[0, 1]")
    assert "path from W[0, 1] to E" in printed


def test_tensors_are_given_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "E = sum(W @ x)", "W=[[1, 2], [3, 4]]", "x=[1/2, .5]"]) == 0
    assert "[[0.5, 0.5], [0.5, 0.5]]" in capsys.readouterr().out
    assert main(["trace", "E = sum(W @ x)", "W=[[1, 2], [3]]", "x=[1, 2]"]) == 2
    assert "`W` needs a tensor" in capsys.readouterr().err
