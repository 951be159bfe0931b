"""The site built from what is on disk now; built again only where something changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from kikori import paths, settings
from kikori.engine import Steps
from kikori.errors import OurFault

SOURCES = ("docs", "courses", "labs", "graders", "proofs", "src/kikori/site", "src/kikori/design", "mkdocs.yml")
READ = {".md", ".toml", ".yaml", ".yml", ".svg", ".png", ".webp", ".css", ".js", ".html", ".j2", ".py", ".sh"}


def built(steps: Steps, *, instructor: bool = False) -> Path:
    """The folder of the built site; with ``instructor`` that of the instructors' site.

    Raises:
        OurFault: a page breaks its format.
    """
    place = paths.state() / ("site-instructor" if instructor else "site")
    wanted = stamp()
    mark = place / "stamp"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
        with steps.step("Building the pages"):
            build(place / "html", instructor=instructor)
        mark.write_text(wanted, encoding="utf-8")
    return place / "html"


def build(target: Path, *, instructor: bool = False) -> None:
    """Build the site into a folder, for a file server or to be served alive.

    ``instructor``: with the pages that instructors alone see.

    Raises:
        OurFault: a page breaks its format.
    """
    half = target.with_name(f"{target.name}.{os.getpid()}")
    pages = half.with_name(f"{half.name}.pages")
    half.parent.mkdir(parents=True, exist_ok=True)
    # not --quiet: what is not said is not counted either, and --strict lets it pass
    argv = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(half)]
    said = {"KIKORI_SITE_PAGES": str(pages), "KIKORI_INSTRUCTOR": str(int(instructor))}
    try:
        done = subprocess.run(argv, cwd=paths.ROOT, env=os.environ | said, capture_output=True, check=False)
        if done.returncode:
            raise OurFault(f"The site could not be built: {_reason(done.stderr)}", "mkdocs build --strict")
        shutil.rmtree(target, ignore_errors=True)
        half.replace(target)
    finally:
        shutil.rmtree(half, ignore_errors=True)
        shutil.rmtree(pages, ignore_errors=True)


def _reason(said: bytes) -> str:
    """The first warning or error of a build, else its last words."""
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"]
    return next((line for line in lines if line.startswith(("WARNING", "ERROR"))), lines[-1])


def stamp() -> str:
    """What changes whenever a page would."""
    digest = hashlib.sha256()
    for root in (paths.ROOT, *settings.content_roots()):
        for name in SOURCES:
            for path in sorted(_files(root / name)):
                found = path.stat()
                digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return [path for path in place.rglob("*") if path.suffix in READ and path.is_file()]
