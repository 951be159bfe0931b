"""The distribution's browser, in which tests and tools look at pages; no lab and no proof stands on it."""

from __future__ import annotations

from pathlib import Path

from kikori.host.packages import find, install, is_offered

WINDOWLESS = "chromium-headless-shell"
"""Draws pages as Chromium does, without the windows around them, which cost more than most pages."""
NAMES = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome")


def browser() -> Path | None:
    """The browser at hand; ``None`` where there is none."""
    found = (find(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def ensure_browser() -> Path:
    """Return the browser, installed with apt if need be.

    Raises:
        EnvironmentProblem: there is none, and it could not be installed.
    """
    if browser() is None:
        install((WINDOWLESS if is_offered(WINDOWLESS) else "chromium", "fonts-noto-cjk"), "the tests of pages")
    return browser() or Path("chromium")
