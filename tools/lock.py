"""Writes requirements.lock: the exact versions of everything installed here, by name alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
# Peers of the benchmarks stay out: their builds differ by machine, and nothing that ships needs them.
PEERS = ("autograd", "casadi", "jax", "lark", "micrograd", "nvidia", "torch", "triton")
LEFT_OUT = ("chainrule", "pip", "setuptools", *PEERS)


def main() -> None:
    frozen = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--exclude-editable"], check=True, capture_output=True, text=True
    ).stdout
    lines = [line for line in frozen.splitlines() if "==" in line and not line.lower().startswith(LEFT_OUT)]
    LOCK.write_text("# Written by `make lock`; pip reads it as constraints.\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
