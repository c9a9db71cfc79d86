"""Reading alone: our parser beside lark's LALR parser with the same grammar, and beside mathjs in Node."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.language.parser import parse
from benchmarks.programs import expression, program
from benchmarks.sections import LIMITS, OURS
from benchmarks.table import Goal, Row, seconds_text
from benchmarks.timing import take_turns
from tools.build_frontend import find_node

HERE = Path(__file__).parent
# The grammar of our language without implied products, which LALR(1) cannot tell from calls: lark has less to do.
GRAMMAR = r"""
    start: _END* statement (_END+ statement)* _END*
    ?statement: NAME "=" sum -> assign | sum
    ?sum: product | sum "+" product -> add | sum "-" product -> sub
    ?product: sign | product "*" sign -> mul | product "/" sign -> div
    ?sign: "-" sign -> neg | "+" sign | power
    ?power: atom | atom "^" sign -> pow
    ?atom: NUMBER -> number | NAME -> name | NAME "(" sum ("," sum)* ")" -> call | "(" sum ")"
    NAME: /[^\W\d]\w*'*/
    NUMBER: /(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/
    _END: /[;\n]/
    %ignore /[ \t]+/
"""


def texts() -> dict[str, str]:
    """What is read: the two programs of the one-shot rows, and one long expression."""
    return {
        "chain, 1,000": program("chain", 1_000).text,
        "network, 1,000": program("network", 1_000).text,
        "expression, 1,000": expression(1_000),
    }


def beside_lark() -> Iterator[Row]:
    """Text to syntax tree, or for us to the nodes of the graph and where each is written.

    The goal is judged by lark with positions, which answers what ours answers; without them it is told beside.
    """
    goal = Goal("at least", 10)
    peers = {"lark, LALR, with positions": goal, "lark, LALR, without": None}
    readers = {name: _lark(positions=judged is not None) for name, judged in peers.items()}
    for label, text in texts().items():
        contenders: dict[str, Callable[[], object]] = {OURS: partial(parse, text, LIMITS)}
        contenders |= {name: partial(read, text) for name, read in readers.items() if read is not None}
        times = take_turns(contenders, budget=1.5)
        ours = seconds_text(times.seconds(OURS))
        for name, judged in peers.items():
            if readers[name] is None:
                yield Row("parsing", label, ours, name, "not installed", None, judged)
            else:
                yield Row(
                    "parsing", label, ours, name, seconds_text(times.seconds(name)), times.ratio(name, OURS), judged
                )


def beside_mathjs(rounds: int = 9) -> Iterator[Row]:
    """The same texts through math.parse; a Node process is asked between our rounds, after it has warmed up."""
    goal = Goal("at least", 1.2)
    for label, text in texts().items():
        ours: list[float] = []
        theirs: list[float] = []
        try:
            with _Mathjs(text) as mathjs:
                for _ in range(rounds):
                    ours.append(_seconds(text))
                    theirs.append(mathjs.seconds())
        except MissingPeerError as missing:
            mine = seconds_text(_seconds(text))
            yield Row("parsing", label, mine, "mathjs", str(missing), None, goal)
            continue
        ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
        mine, other = seconds_text(statistics.median(ours)), seconds_text(statistics.median(theirs))
        yield Row("parsing", label, mine, "mathjs", other, ratio, goal)


def _lark(positions: bool) -> Callable[[str], Any] | None:
    try:
        from lark import Lark
    except ImportError:
        return None
    parse: Callable[[str], Any] = Lark(GRAMMAR, parser="lalr", propagate_positions=positions).parse
    return parse


def _seconds(text: str, repeats: int = 30) -> float:
    """CPU seconds of one reading; Node tells its own CPU seconds likewise."""
    start = time.process_time()
    for _ in range(repeats):
        parse(text, LIMITS)
    return (time.process_time() - start) / repeats


class MissingPeerError(Exception):
    """Node or mathjs is not there; the text says which."""


@dataclass
class _Mathjs:
    """A Node process that parses one text again and again when asked, and answers with seconds per parse."""

    text: str

    def __enter__(self) -> _Mathjs:
        try:
            node = str(find_node()[0] / "node")
        except SystemExit:
            raise MissingPeerError("node is not installed") from None
        if not (HERE / "node_modules" / "mathjs").is_dir():
            raise MissingPeerError("not installed")
        script = str(HERE / "parse-mathjs.mjs")
        self.process = subprocess.Popen(
            [node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._say(str(self.text.count("\n") + 1))
        self._say(self.text)
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=10)

    def seconds(self) -> float:
        self._say("again")
        assert self.process.stdout is not None
        answer = self.process.stdout.readline()
        if not answer:
            raise MissingPeerError("stopped")
        return float(answer)

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
