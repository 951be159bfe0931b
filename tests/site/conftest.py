"""The real site built once, and a tiny tree of pages to change."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from built import built_once
from complete_module import complete_module
from kikori import paths
from kikori.content import Catalog
from kikori.panel.site_build import build
from kikori.site.content import LANGS, LESSONS, Content, localized

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js")
MODULE = """
order = {order}
reading = 5
practice = 10
skills = [{{ en = "Tie a knot.", ja = "結べる。" }}]
understanding = [{{ en = "Explain why it holds.", ja = "なぜ解けないかを説明できる。" }}]
[title]
en = "{title}"
ja = "{title}（日本語）"
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A content root with a home page and one course of one module."""
    write_tiny(tmp_path)
    return tmp_path


def write_tiny(root: Path) -> None:
    """Write the home page, and a course of one module."""
    for lang in LANGS:
        page = root / "docs" / localized("index.md", lang)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("# Home\n")
    course = root / "courses" / "knots"
    course.mkdir(parents=True)
    (course / "course.toml").write_text(
        'order = 1\n[title]\nen = "Knots"\nja = "結び目"\n[summary]\nen = "Tie."\nja = "結ぶ。"\n'
    )
    write_module(course / "bowline", 1)


def write_module(folder: Path, order: int) -> None:
    """A module with its six lessons."""
    folder.mkdir()
    (folder / "module.toml").write_text(MODULE.format(order=order, title=folder.name.title()))
    for lesson in LESSONS:
        for lang in LANGS:
            (folder / localized(f"{lesson}.md", lang)).write_text(f"# {lesson} of {folder.name}\n\nText.\n")


@pytest.fixture
def add_module(tiny: Path) -> Callable[[str, int], Path]:
    """Add a module folder to the tiny tree, and nothing else."""

    def add(name: str, order: int) -> Path:
        folder = tiny / "courses" / "knots" / name
        write_module(folder, order)
        return folder

    return add


@pytest.fixture
def read(tiny: Path) -> Callable[[], Content]:
    """Read the tiny tree as it is now."""
    return lambda: Content(tiny / "docs", Catalog([tiny]))


@pytest.fixture(scope="session")
def real() -> Content:
    """The real content."""
    return Content(paths.ROOT / "docs", Catalog([paths.ROOT]))


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The site in a folder of a server; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
    server.shutdown()


AT_REST = """Promise.all(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
  .map((one) => one.finished.catch(() => {})))"""
"""Whatever moves or fades has come to its end."""


def grave(page: Page) -> list[Any]:
    """What axe finds that keeps somebody out, once all of the page is there and nothing fades any more."""
    page.wait_for_load_state("load")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate(AT_REST)
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture
def complete(tiny: Path) -> Path:
    """The tiny tree with all that a module can have; gives the root."""
    complete_module(tiny)
    return tiny


@pytest.fixture
def state_after_a_build(site: Path, tmp_path: Path) -> Path:
    """A state folder of one's own that keeps the real site's pages: the next build takes a fraction of the time."""
    folder = tmp_path / "state"
    shutil.copytree(site.with_name(f"{site.name}.state"), folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def instructors_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as instructors see it, with the tiny course among the real ones; built once in a run."""
    return built_once(tmp_path_factory, "instructors", _build_for_instructors)


def _build_for_instructors(target: Path) -> None:
    root = target.with_name("content")
    write_tiny(root)
    complete_module(root)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KIKORI_CONTENT", str(root))
        build(target, instructor=True)
