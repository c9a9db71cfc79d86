"""Runs layout.mjs, which compares our layout engine with others in Node, and passes its table on."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.build_frontend import environment, find_node

HERE = Path(__file__).resolve().parent
NODES_WITH_PEERS = 400  # above this the slowest peer takes half a minute for one drawing
NODES_OF_OURS = 10_000
LONGEST_SECONDS = 45  # of one table, so that the whole run stays below three minutes


def tables() -> str:
    """Two tables: beside the peers up to some hundred nodes, and our engine alone up to its largest goal."""
    try:
        binaries, _ = find_node()
    except SystemExit as missing:
        return f"layout: not measured. {missing}"
    runs = [
        _run(binaries, NODES_WITH_PEERS, peers=HERE),
        _run(binaries, NODES_OF_OURS, peers=HERE / "no-peers"),
    ]
    return "\n\n".join(runs)


def _run(binaries: Path, largest: int, peers: Path) -> str:
    command = [str(binaries / "node"), str(HERE / "layout.mjs"), str(largest)]
    variables = {**environment(binaries), "PEERS": str(peers)}
    try:
        done = subprocess.run(
            command,
            cwd=HERE.parent,
            env=variables,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"layout: not finished in {LONGEST_SECONDS} s with up to {largest:,} nodes."
    if done.returncode:
        return f"layout: failed. {done.stderr.strip().splitlines()[-1]}"
    return done.stdout.rstrip()
