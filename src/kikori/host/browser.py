"""A browser without a screen, for the tests of pages: the distribution's Chromium, and letters for Japanese."""

from __future__ import annotations

from pathlib import Path

from kikori.host.packages import find, install

NAMES = ("chromium", "chromium-browser", "google-chrome")


def browser() -> Path | None:
    """The browser at hand; ``None`` where there is none."""
    found = (find(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def ensure_browser() -> Path:
    """The browser, installed with apt if need be.

    Raises:
        EnvironmentProblem: there is none, and it could not be installed.
    """
    if browser() is None:
        install(("chromium", "fonts-noto-cjk"), "the tests of pages")
    return browser() or Path(NAMES[0])
