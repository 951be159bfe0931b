"""The pages that need no attempt: the home page, and the map of courses."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kikori.web import unused_port
from panel.conftest import Served
from tools.screenshots.camera import both

if TYPE_CHECKING:
    from tools.screenshots.camera import Camera


def home(camera: Camera) -> None:
    """Take the home page, as the site that is alive shows it."""
    _take(camera, "home", "", "")


def course_map(camera: Camera) -> None:
    """Take the list of courses, with their drawings and the map."""
    _take(camera, "map", "courses/", "")


def _take(camera: Camera, name: str, place: str, at: str) -> None:
    with TemporaryDirectory() as folder:
        served = Served(Path(folder), unused_port())
        try:
            for lang in both():
                page = camera.window(lang)
                page.goto(served.url)
                page.goto(f"{served.base}/{'ja/' * (lang == 'ja')}{place}")
                camera.take(page, name, lang, at=at)
                page.context.close()
        finally:
            served.end()
