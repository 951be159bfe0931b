"""A lab's page alive, from a real attempt at first-look: while it is broken, and when it is fixed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kikori.web import unused_port
from panel.conftest import Served
from terminal_user import FIX
from tools.screenshots.camera import both

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from kikori.settings import Lang
    from tools.screenshots.camera import Camera

PANEL = ".kikori-panel[data-stage]"
FIRST_CHECK = "[data-do=check]:not([disabled])"


def workbench(camera: Camera) -> None:
    """Take a lab that is broken: checked once, and looked into in the page's own terminal."""
    _attempt(camera, "workbench", ("broken",), fixed=False)


def finish(camera: Camera) -> None:
    """Take a lab whose checks all pass."""
    _attempt(camera, "finish", ("mended", "fixed"), fixed=True)


def _attempt(camera: Camera, name: str, stages: tuple[str, ...], *, fixed: bool) -> None:
    with TemporaryDirectory() as folder:
        served = Served(Path(folder), unused_port())
        try:
            _kikori("start", "first-look")
            _kikori("break", "--fault", "missing-page")
            if fixed:
                _kikori("shell", "--", "ls", "-a", "/srv/www")
                _kikori("shell", "--", "sh", "-c", FIX)
            for lang in both():
                page = _opened(camera, served, lang)
                if fixed:
                    page.click(FIRST_CHECK)
                else:
                    _look_inside(page)
                page.wait_for_selector(",".join(f".kikori-panel[data-stage={stage}]" for stage in stages))
                page.wait_for_selector(FIRST_CHECK)
                camera.take(page, name, lang, at=PANEL)
                page.context.close()
        finally:
            _kikori("stop", check=False)
            served.end()


def _opened(camera: Camera, served: Served, lang: Lang) -> Page:
    page = camera.window(lang)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(served.url)
    page.goto(f"{served.base}/{'ja/' * (lang == 'ja')}labs/first-look/")
    page.wait_for_selector(PANEL)
    return page


def _look_inside(page: Page) -> None:
    page.click(FIRST_CHECK)
    page.wait_for_selector("[data-do=check][disabled]")
    page.wait_for_selector(FIRST_CHECK)
    folded = page.locator(".part-terminal:not([open]) > summary")
    if folded.count():
        folded.first.click()
    screen = page.locator(".kikori-panel .screen:not([hidden])").first
    screen.scroll_into_view_if_needed()  # what nobody sees is not drawn
    screen.locator("textarea").press_sequentially("ls -a /srv/www\n")
    page.wait_for_timeout(1500)


def _kikori(*words: str, check: bool = True) -> None:
    subprocess.run([sys.executable, "-P", "-m", "kikori", *words], check=check)
