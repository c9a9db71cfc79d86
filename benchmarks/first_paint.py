"""The first seconds of the page in a real browser: first paint, largest paint, shifts, and when a value can be dragged.

Each figure is the median of several cold visits (a new browser context each), with and without a slowed processor.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.table import Goal, Row, seconds_text

ROOT = Path(__file__).resolve().parent.parent
VISITS = 5
SLOWDOWNS = (1, 4)
SIZE = {"width": 1440, "height": 900}

WATCH = """
window.seen = { largest: 0, shifts: 0, alive: 0, response: 0 };
const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
  .observe({ type, buffered: true });
watch('largest-contentful-paint', (entry) => { window.seen.largest = entry.startTime; });
watch('layout-shift', (entry) => { window.seen.shifts += entry.value; });
// The first moment at which a press on a value starts a drag: the live drawing has its handles.
const look = () => {
  if (document.querySelector('#graph .editable .hit')) window.seen.alive = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
READ = """() => ({
  ...window.seen,
  first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  response: performance.getEntriesByType('navigation')[0].responseEnd,
})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds since the visitor asked for the page, and the sum of all layout shifts."""

    response: float
    first: float
    largest: float
    alive: float
    shifts: float


def first_paint() -> Iterator[Row]:
    """One row per figure and speed of the processor."""
    from playwright.sync_api import sync_playwright

    from tools.find_browser import find_browser

    with _server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        for slowdown in SLOWDOWNS:
            visits = [_visit(browser, address, slowdown) for _ in range(VISITS)]
            yield from _rows(visits, "as it is" if slowdown == 1 else f"{slowdown} times slower")
        browser.close()


def _rows(visits: list[Visit], label: str) -> Iterator[Row]:
    def middle(name: str) -> float:
        return float(statistics.median(getattr(visit, name) for visit in visits))

    def text(name: str) -> str:
        return seconds_text(middle(name) / 1000)

    response = "whole response there"
    beside = statistics.median(visit.first / visit.response for visit in visits)
    work = "first visit, processor"
    yield Row(f"{work} {label}", "first paint", text("first"), response, text("response"), beside, None)
    # The picture is painted before the page is alive: it does not wait for scripts.
    ahead, drag = statistics.median(visit.first / visit.alive for visit in visits), "drag possible"
    yield Row(f"{work} {label}", "first paint", text("first"), drag, text("alive"), ahead, Goal("at most", 1))
    late = statistics.median(visit.largest / visit.first for visit in visits)
    yield Row(f"{work} {label}", "largest paint", text("largest"), "first paint", text("first"), late, None)
    shifts = max(visit.shifts for visit in visits)
    yield Row(f"{work} {label}", "layout shift", f"{shifts:.4f}", "0.005", "", shifts / 0.005, Goal("at most", 1))


def _visit(browser: Any, address: str, slowdown: int) -> Visit:
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.goto(address)
    # Not wait_for_function: it compiles its text in the page, which the policy refuses.
    while not page.evaluate("window.seen.alive"):
        page.wait_for_timeout(20)
    page.wait_for_timeout(500 * slowdown)  # what loads later may shift too
    found = page.evaluate(READ)
    context.close()
    return Visit(**found)


@contextmanager
def _server() -> Iterator[str]:
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": "0"}
    command = [sys.executable, "-m", "app", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
