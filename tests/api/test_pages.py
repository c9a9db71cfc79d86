"""Pages for people: they render with and without a built bundle, load only our files, and hold no inline code."""

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from app.api import pages
from app.api.failures import KINDS
from app.limits import Limits
from app.main import create_app
from app.operations import EVERY_OPERATION as OPERATIONS
from tests.api.client import Client

PAGES = ("/", "/docs", "/operations", "/problems/program", "/nothing")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """An application whose bundle is a few small files."""
    files = {
        "main.js": "main-ABCD2345.js", "main.css": "styles-ABCD2345.css", "docs.css": "docs-ABCD2345.css",
        "theme.js": "theme-ABCD2345.js", "layout-worker.js": "layout-worker-ABCD2345.js",
        "cheatsheet.js": "cheatsheet-ABCD2345.js", "cheatsheet.css": "cheatsheet-ABCD2345.css",
        "formulas.css": "formulas-ABCD2345.css", "noscript.css": "noscript-ABCD2345.css",
    }  # fmt: skip
    for name in files.values():
        (tmp_path / name).write_text("/* built */")
    (tmp_path / "main-ABCD2345.js.map").write_text("{}")
    (tmp_path / "plain.txt").write_text("plain")
    (tmp_path / ".stamp").write_text("secret")
    (tmp_path.parent / "outside.txt").write_text("secret")
    (tmp_path / "manifest.json").write_text(json.dumps({**files, "preload": ["chunks/a-ABCD2345.js"], "fonts": []}))
    monkeypatch.setattr(pages, "DIST", tmp_path)
    return Client(create_app(Limits()))


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    monkeypatch.setattr(pages, "DIST", tmp_path / "missing")
    return Client(create_app(Limits()))


class Inspector(HTMLParser):
    """Collects what a page loads, and what its policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.refused: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        is_data = found.get("type") == "application/json"
        self._inside = tag if tag in ("script", "style") and "src" not in found and not is_data else None
        if tag == "style":
            self.refused.append("<style>")
        self.refused += [f"{tag} {name}" for name in found if name.startswith("on") or name == "style"]
        if tag in ("script", "img", "iframe") and found.get("src"):
            self.loaded.append(found["src"] or "")
        if tag == "link" and found.get("href"):
            self.loaded.append(found["href"] or "")
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag == "a":
            self.links.append(found.get("href") or "")

    def handle_data(self, data: str) -> None:
        if self._inside and data.strip():
            self.refused.append(f"<{self._inside}>{data[:40]}")


def inspected(text: str) -> Inspector:
    inspector = Inspector()
    inspector.feed(text)
    return inspector


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_only_what_the_server_has_and_hold_no_code(built: Client, path: str) -> None:
    response = built.get(path)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = inspected(response.text)
    assert page.refused == []
    assert page.loaded
    for address in page.loaded:
        assert address.startswith(("/static/dist/", "data:image/svg+xml,")), address
        if address.startswith("/static/") and "chunks" not in address:
            assert built.get(address).status_code == 200, address
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", PAGES)
def test_pages_render_before_anything_is_built(unbuilt: Client, path: str) -> None:
    response = unbuilt.get(path)
    assert response.status_code == (404 if path == "/nothing" else 200)
    page = inspected(response.text)
    assert page.refused == []
    assert all(address.startswith("data:") for address in page.loaded)


def test_the_graph_page_says_how_to_build_it(unbuilt: Client) -> None:
    assert "The page has not been built yet." in unbuilt.get("/").text


def test_a_broken_manifest_counts_as_none(built: Client) -> None:
    for text in ("", "{", "[]", "null"):
        (pages.DIST / "manifest.json").write_text(text)
        assert built.get("/").status_code == 200


def test_hashed_files_are_kept_for_ever_and_others_asked_for_again(built: Client) -> None:
    for name in ("main-ABCD2345.js", "styles-ABCD2345.css", "main-ABCD2345.js.map"):
        assert built.get(f"/static/dist/{name}").headers["cache-control"] == "public, max-age=31536000, immutable"
    plain = built.get("/static/dist/plain.txt")
    assert plain.headers["cache-control"] == "no-cache"
    again = built.get("/static/dist/plain.txt", headers={"if-none-match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert built.get("/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        ".stamp", "missing.js", "", "chunks", "../outside.txt", "%2e%2e/outside.txt", "..%2foutside.txt", "%00",
        "a%00b", "main-ABCD2345.js/x", "a" * 3000, "%2fetc%2fpasswd", "....//outside.txt", "\\..\\outside.txt",
    ],
)  # fmt: skip
def test_nothing_but_built_files_is_served(built: Client, path: str) -> None:
    response = built.get(f"/static/dist/{path}")
    assert response.status_code == 404, response.text
    assert "secret" not in response.text


def test_the_manual_describes_every_call_and_every_kind_of_error(client: Client) -> None:
    text = client.get("/docs").text
    page = inspected(text)
    for path in client.get("/openapi.json").json()["paths"]:
        assert f"<code>{path}</code>" in text
    for kind in KINDS.values():
        assert f"/problems/{kind.slug}" in page.links
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids, link
        else:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    ("host", "shown"), [("example.org:8000", True), ("[::1]:80", True), ('"><script>', False), ("a" * 200, False)]
)
def test_commands_of_the_manual_repeat_only_an_ordinary_host(client: Client, host: str, shown: bool) -> None:
    text = client.get("/docs", headers={"host": host}).text
    assert (f"curl http://{host}/healthz" in text) == shown
    assert "<script>" not in text


def test_catalogues_are_sent_once(client: Client) -> None:
    for path in ("/api/v1/operations", "/api/v1/examples", "/openapi.json", "/operations"):
        first = client.get(path)
        tag = first.headers["etag"]
        assert re.fullmatch(r'"[0-9a-f]{16}"', tag)
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            again = client.get(path, headers={"if-none-match": known})
            assert (again.status_code, again.content) == (304, b"")
        assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content


def test_every_operation_is_on_its_page(client: Client) -> None:
    text = client.get("/operations").text
    page = inspected(text)
    for operation in OPERATIONS:
        assert operation.name in page.ids
        assert escape(operation.title) in text
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids, link
    programs = [parse_qs(link[2:])["program"][0] for link in page.links if link.startswith("/#")]
    assert "x = 1; f = sigmoid(x)" in programs
    assert len(programs) == len(OPERATIONS) + 4


def test_operations_that_the_build_has_not_drawn_show_their_latex(unbuilt: Client) -> None:
    assert "<code>f = x + y</code>" in unbuilt.get("/operations").text
