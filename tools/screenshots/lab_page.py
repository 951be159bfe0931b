"""A lab's page alive, from a real attempt at first-look: while it is broken, and when it is handed in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kikori.web import unused_port
from panel.conftest import PATIENCE, Served
from panel.test_browser import explain, typed
from panel.workbench_user import Mouse, ready, stage
from terminal_user import FIX
from tools.screenshots.camera import both

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from kikori.settings import Lang
    from tools.screenshots.camera import Camera

DECIDED = "echo 停留所"
"""What the made-up learner's explanation cites."""


def workbench(camera: Camera) -> None:
    """Take a lab that is broken: checked once, and looked into in the page's own terminal."""
    _attempt(camera, "workbench", _look_inside)


def finish(camera: Camera) -> None:
    """Take what a submitted attempt reached."""
    _attempt(camera, "finish", _hand_in)


def _attempt(camera: Camera, name: str, go: Callable[[Page, Lang], None]) -> None:
    with TemporaryDirectory() as folder:
        served = Served(Path(folder), unused_port())
        try:
            _kikori("start", "first-look")
            _kikori("break", "--fault", "missing-page")
            for lang in both():
                page = _opened(camera, served, lang)
                go(page, lang)
                camera.take(page, name, lang)
                if go is _look_inside:
                    camera.take_for_home(page, lang)
                page.context.close()
        finally:
            _kikori("stop", check=False)
            served.end()


def _opened(camera: Camera, served: Served, lang: Lang) -> Page:
    page = camera.window(lang)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(served.url)
    page.goto(f"{served.base}/{'ja/' * (lang == 'ja')}labs/first-look/")
    ready(page)
    return page


def _look_inside(page: Page, lang: Lang) -> None:
    user = Mouse(page)
    user.lead("check")
    page.wait_for_selector(".workbench .next[aria-disabled=true]", timeout=PATIENCE)
    ready(page)
    user.tab("checks")
    user.terminal()
    typed(page, "ls -a /srv/www", ".bak")


def _hand_in(page: Page, lang: Lang) -> None:
    """Mend it, explain it and submit it; what is submitted already is only looked at."""
    user = Mouse(page)
    if not page.locator(".next[data-do=stop]").count():
        _kikori("shell", "--", "ls", "-a", "/srv/www")
        _kikori("shell", "--", *DECIDED.split())
        _kikori("shell", "--", "sh", "-c", FIX)
        user.lead("check")
        stage(page, "mended")
        explain(page, user, lang)
        user.lead("submit")
    user.tab("record")
    page.wait_for_selector(".finish dl", timeout=PATIENCE)


def _kikori(*words: str, check: bool = True) -> None:
    subprocess.run([sys.executable, "-P", "-m", "kikori", *words], check=check)
