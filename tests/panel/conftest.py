"""The site served alive, by the real command, for a browser to come to."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kikori import paths
from kikori.attempts import Store
from kikori.design import sheet
from kikori.engine.cleanup import sweep
from kikori.web import unused_port


class Served:
    """A running ``kikori serve``."""

    def __init__(self, places: Path, port: int) -> None:
        self.places = places
        self.port = port
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen[str]:
        argv = [sys.executable, "-m", "kikori", "serve", "--no-open", "--port", str(self.port)]
        process = subprocess.Popen(argv, cwd=self.places, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        told = []
        while not (told and "open http" in told[-1]):
            told.append(process.stderr.readline())
            assert told[-1], f"it ended: {told}"
        self.url = told[-1].split()[-1]
        self.base, self.token = self.url.split("/?token=")
        return process

    def kill(self) -> None:
        """Take its power away."""
        self.process.kill()
        self.process.wait()

    def again(self) -> None:
        """The same command once more."""
        self.process = self._begin()

    def end(self) -> None:
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def small_site(folder: Path, lab: str) -> Path:
    """Write a site of two pages, each a panel of a lab: what a panel does needs no more of it."""
    for lang, place in (("en", folder), ("ja", folder / "ja")):
        place.mkdir(parents=True, exist_ok=True)
        body = f'<article><div class="kikori-panel" data-lab="{lab}"></div></article>'
        head = f'<head><title>x</title><link rel="icon" href="data:,"><style>{sheet()}</style></head>'
        html = f'<!doctype html><html lang="{lang}">{head}<body>{body}</body></html>'
        (place / "index.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def served(site: Path, own_places: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The site, served for a learner who has it built already."""
    yield from _served(site, own_places)
    for attempt in Store().running():
        sweep(attempt.project)


@pytest.fixture
def served_small(tmp_path: Path, own_places: Path) -> Iterator[Served]:
    """Two pages served by the real command: for what needs no scene."""
    yield from _served(small_site(tmp_path / "small", "silent-exit"), own_places)


def _served(site: Path, places: Path) -> Iterator[Served]:
    from kikori.panel import site_build

    state = paths.state() / "site"
    state.mkdir(parents=True)
    (state / "html").symlink_to(site)
    (state / "stamp").write_text(site_build.stamp(), encoding="utf-8")
    found = Served(places, unused_port())
    yield found
    found.end()


Kikori = Callable[..., "subprocess.CompletedProcess[str]"]
NOBODY_ANSWERS = r"ERR_(CONNECTION|CONTENT_LENGTH|EMPTY|INCOMPLETE|SOCKET)|Failed to fetch"
"""What a browser says of a server that has gone."""
PATIENCE = 300_000
"""Milliseconds within which a scene comes up on a busy machine."""
