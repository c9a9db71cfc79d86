"""Writes static/src/graph/widths.ts: how wide the characters of the graph are, measured once in a browser.

Run it when a font changes: `python tools/font_widths.py`. The page and the start picture that is drawn at build time
read the same table, so that both lay a graph out alike.
"""

from __future__ import annotations

import functools
import json
import string
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tools.find_browser import find_browser

TARGET = ROOT / "static" / "src" / "graph" / "widths.ts"
GREEK = "αβγδϵεζηθϑικλμνξοπϖρϱσςτυϕφχψω"
CAPITALS = "ΓΔΘΛΞΠΣΥΦΨΩ"
FACES = {
    # face: family, file, weight, style, characters
    "number": ("Inter", "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "600", "normal",
               string.digits + "NaIinfty e.+−-×·∞"),
    "number, raised": ("Inter", "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2", "600", "normal",
                       "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "caption": ("Inter", "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "500", "normal",
                string.ascii_letters + " "),
    "math": ("Italic", "katex/dist/fonts/KaTeX_Math-Italic.woff2", "400", "italic",
             string.ascii_letters + GREEK + CAPITALS),
    "main": ("Main", "katex/dist/fonts/KaTeX_Main-Regular.woff2", "400", "normal",
             string.digits + string.ascii_letters + CAPITALS + " .,+−-×÷⁄/=<>()[]|!′π‖·"),
    # Names of tensors.
    "bold": ("Bold", "katex/dist/fonts/KaTeX_Main-Bold.woff2", "700", "normal",
             string.digits + string.ascii_letters),
}  # fmt: skip

MEASURE = """async ([family, url, weight, style, characters]) => {
  const face = new FontFace(family, `url(${url})`, { weight: family === 'Inter' ? '100 900' : weight, style });
  document.fonts.add(await face.load());
  const line = document.body.appendChild(document.createElement('span'));
  // Digits of the graph are tabular. Two of a kind side by side leave out what the ends of a line would add.
  line.style.cssText = `font: ${style} ${weight} 1000px ${family}; white-space: pre`;
  line.style.fontFeatureSettings = "'tnum', 'calt'";
  return [...characters].map((character) => {
    line.textContent = `0${character}0`;
    const all = line.getBoundingClientRect().width;
    line.textContent = '00';
    return Math.round(all - line.getBoundingClientRect().width);
  });
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing: the requests are our own."""


def measured() -> dict[str, dict[str, int]]:
    """Advance widths by face and character, in thousandths of the size."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(Quiet, directory=str(ROOT / "node_modules"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    found: dict[str, dict[str, int]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for face, (family, file, weight, style, characters) in FACES.items():
            page = browser.new_page()
            page.goto(f"{base}/katex/package.json")
            widths = page.evaluate(MEASURE, [family, f"{base}/{file}", weight, style, characters])
            found.setdefault(face.partition(",")[0], {}).update(zip(characters, widths, strict=True))
        browser.close()
    server.shutdown()
    return found


def runs(widths: dict[str, int]) -> str:
    """Characters by their width, which keeps the table short: `[[560, "abd"], [612, "e"]]`."""
    by_width: dict[int, str] = {}
    for character, width in widths.items():
        by_width[width] = by_width.get(width, "") + character
    return json.dumps([[width, characters] for width, characters in sorted(by_width.items())], ensure_ascii=False)


def main() -> None:
    faces = "".join(f"  {face}: {runs(widths)},\n" for face, widths in measured().items())
    TARGET.write_text(
        "/** Advance widths in thousandths of the size, with their characters. Written by tools/font_widths.py. */\n"
        "export const WIDTHS: Readonly<Record<string, readonly (readonly [number, string])[]>> = {\n"
        f"{faces}}};\n",
        encoding="utf-8",
    )
    print(f"{TARGET.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
