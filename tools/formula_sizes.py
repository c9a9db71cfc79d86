"""Writes tools/formula-sizes.json: width and height of each lesson's typeset formula, measured once in a browser.

The first response reserves this room, so that nothing shifts when the fonts arrive; a formula that is not listed is
shown all the same. Run it when a lesson is added or its formula changes: `python tools/formula_sizes.py`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from app.lessons.load import lessons
from tools.find_browser import find_browser

TARGET = ROOT / "tools" / "formula-sizes.json"

# Measured at the full size of 16 px.
MEASURE = """async () => {
  await document.fonts.ready;
  const line = document.querySelector('.formula-line');
  line.style.fontSize = '16px';
  line.style.width = 'auto';
  const box = line.querySelector('.formula-math').getBoundingClientRect();
  return [line.querySelector('annotation').textContent, box.width, box.height];
}"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-m", "app", "serve"], cwd=ROOT, env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz")
        sizes: dict[str, list[float]] = {}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            for lesson in lessons():
                page.goto(f"http://127.0.0.1:{port}/?example={lesson.slug}")
                page.wait_for_selector("#formula:not(.start-formula) .katex")
                latex, width, height = page.evaluate(MEASURE)
                sizes[latex] = [round(width, 2), round(height, 2)]
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)
    TARGET.write_text(json.dumps(sizes, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(sizes)} formulas measured")


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server was not ready within 10 seconds.")


if __name__ == "__main__":
    main()
