"""The page in a real browser: from a key to the new drawing, frames while dragging and panning, the first picture.

`python -m benchmarks page`. A server of its own and a Chromium without a GPU; times are wall clock in the page, so a
busy machine shows in them: the load stands in the heading of the table.
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
from urllib.parse import urlencode

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from benchmarks.programs import Program, network
from benchmarks.table import Goal, Row, seconds_text
from tools.find_browser import find_browser

ROOT = Path(__file__).resolve().parent.parent
PROBE = (Path(__file__).parent / "page-probe.js").read_text()
KEYS = 20
DRAG_SECONDS = 2.0
STAGE: ViewportSize = {"width": 1440, "height": 900}
SMALL = (6, 10, 3)  # 204 gates
LARGE = (64, 64, 10)  # 9,585 gates, 14,469 nodes


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames a second, and the longest wait for one."""

    rate: float
    longest: float


def page_speed() -> Iterator[Row]:
    """Rows of the page's goals, in the order a reader meets them."""
    with _server() as address, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        try:
            yield _first_paint(browser, address)
            yield from _small_graph(browser, address)
            yield from _large_graph(browser, address)
        finally:
            browser.close()


def _first_paint(browser: Browser, address: str) -> Row:
    times = []
    for _ in range(5):
        page = _open(browser, address)
        times.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000)
        page.context.close()
    return _within("first contentful paint", "start page", statistics.median(times), 1.0)


def _small_graph(browser: Browser, address: str) -> Iterator[Row]:
    one = network(SMALL)
    size = f"{one.operations} gates"
    page = _open(browser, _address_of(address, one))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _main_thread(session)
    times = sorted(_keystrokes(page))
    own = (_main_thread(session) - before) / len(times)
    work = f"key to new drawing, median of {len(times)}"
    yield _within(work, size, statistics.median(times), 0.1)
    yield Row("key to new drawing, slowest", size, seconds_text(times[-1]), "", "", None, None)
    yield Row("key to new drawing, processor time of the page", size, seconds_text(own), "", "", None, None)
    page.context.close()
    page = _open(browser, _address_of(address, one))
    frames = _drag_value(page)
    yield _rate("new numbers while a value is dragged", size, frames, 30)
    page.context.close()


def _large_graph(browser: Browser, address: str) -> Iterator[Row]:
    one = network(LARGE)
    size = f"{one.operations:,} gates"
    page = _open(browser, _address_of(address, one))
    first, block = page.evaluate("[probe.firstPicture, probe.longestBlock()]")
    yield _within("first picture", size, first / 1000, 5.0)
    yield _within("longest block of the main thread", size, block / 1000, 0.5)
    yield _rate("frames while panning", size, _pan(page), 30)
    for _ in range(12):
        page.keyboard.press("-")
    page.wait_for_timeout(500)
    yield _rate("frames while panning, zoomed out", size, _pan(page), 30)
    page.context.close()


def _within(work: str, size: str, seconds: float, bound: float) -> Row:
    goal = Goal("at most", 1)
    return Row(work, size, seconds_text(seconds), f"goal {seconds_text(bound)}", "", seconds / bound, goal)


def _rate(work: str, size: str, frames: Frames, bound: float) -> Row:
    ours = f"{frames.rate:.0f}/s, longest wait {seconds_text(frames.longest)}"
    return Row(work, size, ours, f"goal {bound:g}/s", "", frames.rate / bound, Goal("at least", 1))


def _address_of(address: str, one: Program) -> str:
    lines = [one.text, *(f"{name} = {value}" for name, value in one.values.items())]
    return f"{address}/#{urlencode({'program': chr(10).join(lines), 'v': 1})}"


def _open(browser: Browser, address: str) -> Page:
    """A page with the probe in it, once its graph is drawn and the last view has been loaded."""
    context = browser.new_context(viewport=STAGE, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(PROBE)
    page.goto(address)
    _wait_for(page, "probe.firstPicture !== null")
    page.wait_for_selector(".cm-content")
    page.wait_for_timeout(1_500)
    return page


def _main_thread(session: CDPSession) -> float:
    """Seconds of processor time that the page's main thread has taken: what a busy machine does not stretch."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _keystrokes(page: Page) -> list[float]:
    """Seconds from each key to the frame that shows the graph it makes: x0 becomes x01, a new leaf, and back."""
    page.keyboard.press("/")
    page.keyboard.press("ControlOrMeta+Home")
    line = page.evaluate("probe.lineOf('loss')")
    for _ in range(line):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.insert_text(" + x0")
    page.wait_for_timeout(1_000)
    times = []
    for turn in range(KEYS):
        page.evaluate("probe.expectDrawing()")
        page.keyboard.press("Backspace" if turn % 2 else "1")
        _wait_for(page, "probe.drawn !== null")
        times.append(page.evaluate("probe.drawn") / 1000)
        page.wait_for_timeout(400)
    return times


def _drag_value(page: Page) -> Frames:
    """Frames in which numbers of the graph have changed, while the first leaf's value is dragged."""
    place = page.evaluate("probe.leafValue()")
    x, y = place["x"], place["y"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("probe.countNumbers()")
    for step in range(int(DRAG_SECONDS * 60)):
        # Each move returns with the frame that saw it: a pause here would be counted as a slow page.
        page.mouse.move(x + 4 + 2 * (step % 60), y)
    rate, longest = page.evaluate("probe.counted()")
    page.mouse.up()
    return Frames(rate, longest / 1000)


def _pan(page: Page) -> Frames:
    """Frames drawn while the ground is dragged to and fro."""
    place = page.evaluate("probe.ground()")
    x, y = place["x"], place["y"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("probe.countFrames()")
    for step in range(int(DRAG_SECONDS * 60)):
        page.mouse.move(x - 12 * min(step, 60), y - 3 * min(step, 60) + 2 * step)
        page.wait_for_timeout(8)
    rate, longest = page.evaluate("probe.counted()")
    page.mouse.up()
    return Frames(rate, longest / 1000)


def _wait_for(page: Page, condition: str) -> None:
    """Asks until it is so; the page's policy allows no text to be evaluated inside of it. Raises TimeoutError."""
    for _ in range(1_500):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(40)
    raise TimeoutError(f"This did not come true within a minute: {condition}.")


@contextmanager
def _server() -> Iterator[str]:
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": "0"}
    command = [sys.executable, "-m", "app", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield next(line.split()[-1].rstrip(".") for line in process.stdout if "http://" in line)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
