"""`python -m benchmarks [word …]`: measures and prints the table; words choose the groups whose names hold one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from benchmarks import api, first_paint, layout, page, parsing, sections, tensors
from benchmarks.table import Row, machine, render

GROUPS: dict[str, Callable[[], Iterator[Row]]] = {
    "one shot": sections.one_shot,
    "linear growth": sections.growth,
    "memory": sections.memory,
    "gradient cost": sections.gradient_cost,
    "parsing beside lark": parsing.beside_lark,
    "parsing beside mathjs": parsing.beside_mathjs,
    "tensors, networks": tensors.networks,
    "tensors, one product": tensors.one_product,
    "API beside a bare route": api.beside_bare_route,
    "API, large program": api.large_program,
    "first seconds of the page": first_paint.first_paint,
    "page": page.page_speed,
}
LAYOUT = "layout"


def main(words: list[str]) -> int:
    """Runs the chosen groups and prints one table; what is under way is told on the error stream."""
    started = time.perf_counter()
    rows: list[Row] = []
    for name, group in GROUPS.items():
        if words and not any(word in name for word in words):
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        rows.extend(group())
    with_layout = not words or any(word in LAYOUT for word in words)
    if not rows and not with_layout:
        print(f"No group is named so. There are: {', '.join([*GROUPS, LAYOUT])}.", file=sys.stderr)
        return 2
    print(f"Machine: {machine()}")
    print("Ours and the peer take turns; a ratio is the median of the turns' own ratios: trust it, not the seconds.\n")
    if rows:
        print(render(rows))
    if with_layout:
        print(f"{LAYOUT} …", file=sys.stderr, flush=True)
        print(f"\n{layout.tables()}")
    missed = [row for row in rows if row.word == "NOT MET"]
    judged = sum(row.word != "" for row in rows)
    print(f"\n{judged - len(missed)} of {judged} goals met, in {time.perf_counter() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
