"""A real server, a real Chromium, and a page that fails its test on any console error or request that leaves the app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tools.find_browser import find_browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1440, "height": 900}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with exit code {server.returncode}.")
        try:
            with urlopen(f"{address}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The server was not ready within 20 seconds.")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    port = free_port()
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-m", "app", "serve"], cwd=ROOT, env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield chromium
        chromium.close()


def open_page(browser: Browser, address: str, theme: str = "light", size: dict[str, int] | None = None) -> Page:
    """A page of its own context that records console errors and requests to anywhere else."""
    context = browser.new_context(
        base_url=address,
        viewport=size or DESKTOP,  # type: ignore[arg-type] - playwright wants its own TypedDict
        color_scheme=theme,  # type: ignore[arg-type] - one of playwright's words
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            complaints.append(f"left the app: {request.url}") if is_elsewhere(request.url, address) else None
        ),
    )
    page.complaints = complaints  # type: ignore[attr-defined] - read by the fixture when the test is over
    return page


def is_elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:", "about:"))


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page at 1440 x 900 in the light theme; the test fails where the console complained."""
    opened = open_page(browser, address)
    yield opened
    complaints = opened.complaints  # type: ignore[attr-defined]
    opened.context.close()
    assert complaints == []


@pytest.fixture
def dark_page(browser: Browser, address: str) -> Iterator[Page]:
    opened = open_page(browser, address, theme="dark")
    yield opened
    complaints = opened.complaints  # type: ignore[attr-defined]
    opened.context.close()
    assert complaints == []
