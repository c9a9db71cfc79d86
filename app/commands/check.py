"""`check`: gradients beside central differences, or the printed numbers of a worked example, each with its verdict."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.commands.exits import OK, WRONG
from app.commands.program import (
    NO_LEAF,
    Outcome,
    add_program_options,
    finite_number,
    print_answer,
    trace_any,
)
from app.engine.check import Check
from app.engine.choice import choose_leaf
from app.engine.tensors.check import check_trace
from app.errors import Problem, UserError, quoted
from app.explain.detective import Row, Unread, Worked, check_worked
from app.explain.detective.printed import longer
from app.explain.detective.tensors.whole import TensorDiagnosis
from app.export.table import columns, number_text
from app.limits import Limits


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "check",
        help="compare gradients with small steps, or printed numbers with ours",
        description="Compare every gradient with a central difference; or, with --line or --lines, printed numbers "
        "with ours, and say which usual slip gives a wrong one. The exit code is 1 when one of them is wrong.",
        epilog='Example: python -m app check "f = sigmoid(w x)" w=2 x=-1 --line "df/dw = -0.105"',
    )
    add_program_options(command)
    command.add_argument(
        "--leaf", action="append", metavar="NAME", help="leaf, or entry such as W1[0,1] (may be repeated)"
    )
    command.add_argument(
        "--line",
        action="append",
        metavar="TEXT",
        help="printed numbers, such as `dE/dw1 = -0.0010`, `dE/dW1[0, 1] = 0.07` or `z = [0.2, -1]` (may be repeated)",
    )
    command.add_argument("--lines", metavar="FILE", help="a file of such lines, - for standard input")
    command.add_argument("--rate", type=finite_number, help="learning rate, for lines such as `new w1 = 0.1007`")
    command.add_argument(
        "--update", action="append", metavar="NAME", help="leaf that a step changes (default: every parameter)"
    )
    command.set_defaults(run=lambda options: print_answer(options, _answer))
    return command


def _answer(source: str, options: argparse.Namespace, limits: Limits) -> Outcome:
    lines = _lines(options)
    if options.json:
        return _json(source, options, limits, lines)
    if lines is None:
        found = trace_any(source, options, limits)
        return Outcome(render_checks(check_trace(found, options.leaf, None, limits)))
    trace = trace_any(source, options, limits)
    updates = [choose_leaf(trace.graph, name, "update") for name in options.update] if options.update else None
    judged = check_worked(trace, lines, options.rate, updates, limits)
    right = ("exact", "rounded", "truncated", "rounded-on-the-way")
    is_right = all(isinstance(row, Row) and row.diagnosis.verdict in right for row in judged.rows)
    return Outcome(render_worked(judged), OK if is_right else WRONG)


def _json(source: str, options: argparse.Namespace, limits: Limits, lines: str | None) -> Outcome:
    from app.api.computations import check_json
    from app.api.diagnose_call import worked_json
    from app.api.schemas import CheckRequest
    from app.api.schemas.diagnosis import WorkedRequest
    from app.commands.api_answer import api_answer

    if lines is None:
        return api_answer(CheckRequest, check_json, source, options, limits, leaf=options.leaf)
    more = {"lines": lines, "learning_rate": options.rate, "parameters": options.update}
    text = api_answer(WorkedRequest, worked_json, source, options, limits, **more).text
    counts = json.loads(text)["counts"]
    return Outcome(text, WRONG if counts["wrong"] or counts["unread"] else OK)


def _lines(options: argparse.Namespace) -> str | None:
    """The printed numbers that are given, or None. Raises UserError for a file that cannot be read."""
    found = list(options.line or ())
    if options.lines == "-" and options.source == "-":
        raise UserError([Problem("lines", "Program and lines cannot both come from standard input.")], "value")
    if options.lines is not None:
        try:
            found.append(sys.stdin.read() if options.lines == "-" else Path(options.lines).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            message = f"The file {quoted(options.lines)} could not be read as text."
            raise UserError([Problem("lines", message)], "value") from None
    return "\n".join(found) if found else None


def render_checks(checks: Sequence[Check]) -> str:
    """One row for each node, then every outcome that is no plain agreement."""
    if not checks:
        return NO_LEAF
    rows = [(check.label, check.verdict, number_text(check.gradient), number_text(check.numeric)) for check in checks]
    told = [f"{_name(check)}: {check.message}" for check in checks if check.verdict != "agrees" or check.entries]
    table = columns(("leaf", "outcome", "gradient", "by small steps"), rows, left=2)
    return "\n\n".join(part for part in (table, "\n".join(told)) if part)


def _name(check: Check) -> str:
    """A tensor that was checked as a whole by its own name, not by that of an entry."""
    return check.label if check.entries is None else check.label.rpartition("[")[0]


def render_worked(found: Worked) -> str:
    """One row for each line, then what is to be said of those that are not plainly right."""
    rows = [_worked_row(row) for row in found.rows]
    told = [sentence for row in found.rows for sentence in _told(row)]
    table = columns(("printed", "verdict", "ours"), rows, left=2)
    return "\n\n".join(part for part in (table, "\n".join(told)) if part)


def _worked_row(row: Row | Unread) -> tuple[str, str, str]:
    if isinstance(row, Unread):
        return row.text, "not read", ""
    diagnosis = row.diagnosis
    text, verdict = " ".join(row.figure.text.split()), diagnosis.verdict.replace("-", " ")
    if isinstance(diagnosis, TensorDiagnosis):
        return text, verdict, "" if diagnosis.which is None else diagnosis.which.text.rstrip(".")
    return text, verdict, longer(diagnosis.printed, diagnosis.exact)


def _told(row: Row | Unread) -> Iterator[str]:
    if isinstance(row, Unread):
        hint = "" if row.problem.hint is None else f" {row.problem.hint}"
        yield f"{row.text}: {row.problem.message}{hint}"
        return
    diagnosis = row.diagnosis
    if diagnosis.verdict in ("exact", "rounded", "truncated"):
        return
    says = (diagnosis.headline, diagnosis.says, row.follows)
    text = " ".join(row.figure.text.split())
    yield f"{text}: " + " ".join(phrase.text for phrase in says if phrase is not None)
    if len(diagnosis.matches) > 1:
        yield from (f"  {match.slip.title.text}: {match.slip.says.text}" for match in diagnosis.matches)
    if diagnosis.caution is not None:
        yield f"  {diagnosis.caution}"
