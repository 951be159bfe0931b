"""The pictures of the site alive in the learner's guides, drawn anew from a real attempt at first-look.

``.venv/bin/python tests/panel/screenshots.py`` writes ``docs/assets/serve-{panel,dark,phone}.png``, and the same
with ``.ja.png``; and ``docs/assets/workbench-{light,dark}.webp`` of the home page, which alone are written where the
word ``home`` follows. A fault is put into a real scene, checked and looked at in the page's own terminal.

``pngquant --ext .png --force docs/assets/*.png`` then makes them a third as large.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kikori import paths
from kikori.host.packages import ensure_browser
from kikori.web import unused_port
from panel.conftest import PATIENCE, Served
from panel.test_browser import LAB, RUNS, click, stage, typed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ASSETS = paths.ROOT / "docs" / "assets"
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
WORKBENCH, WIDE, QUALITY = {"width": 1280, "height": 800}, 960, 0.82
"""Of the home page's picture: its window, and the width and quality in which it is kept."""
SHRINK = """async ([data, wide, quality]) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const high = Math.round(picture.height * wide / picture.width);
  const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, wide, high);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""
"""A browser writes WebP, so that no other tool is needed."""
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


def file(name: str, lang: str) -> Path:
    """Where a picture goes."""
    return ASSETS / f"serve-{name}{'' if lang == 'en' else f'.{lang}'}.png"


def workbench(page: Page, lang: str) -> None:
    """The picture of the home page, light and dark, of a lab's page as it is now."""
    page.set_viewport_size(WORKBENCH)  # type: ignore[arg-type]
    drawing = page.context.browser.new_page()  # type: ignore[union-attr]
    for scheme in ("light", "dark"):
        shown(page, scheme)
        data = base64.b64encode(page.screenshot()).decode()
        small = base64.b64decode(drawing.evaluate(SHRINK, [data, WIDE, QUALITY]))
        (ASSETS / f"workbench-{scheme}{'' if lang == 'en' else f'.{lang}'}.webp").write_bytes(small)
    drawing.close()


def shown(page: Page, scheme: str) -> None:
    """Bring the panel into view, in light or dark."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.evaluate("scrollTo(0, 0)")  # whoever scrolls up is offered the way to the top, over the panel
    page.wait_for_timeout(300)
    page.locator(".kikori-panel").evaluate("host => scrollTo(0, host.getBoundingClientRect().top + scrollY - 60)")
    page.wait_for_timeout(600)  # colours fade over


def shoot(browser: Browser, served: Served, lang: str, *, home: bool) -> None:
    """All pictures in one language, or those of the home page alone; the attempt is broken already."""
    window = browser.new_context(locale=LOCALES[lang], viewport=DESKTOP)  # type: ignore[arg-type]
    page = window.new_page()
    page.goto(served.url)
    page.goto(served.base + LAB[lang])
    stage(page, "broken")
    click(page, "check")
    expect(page.locator(".checks li.passed .title").first).to_have_text(RUNS[lang], timeout=PATIENCE)
    page.wait_for_selector("[data-do=check]:not([disabled])", timeout=PATIENCE)
    page.click(".part-terminal summary")
    page.locator(".screen").scroll_into_view_if_needed()  # what nobody sees is not drawn
    expect(page.locator(".screen .xterm-rows")).to_contain_text("#", timeout=PATIENCE)
    typed(page, "ls -a /srv/www", ".bak")
    workbench(page, lang)
    if not home:
        guide(page, lang)
    window.close()


def guide(page: Page, lang: str) -> None:
    """The pictures of the learner's guide."""
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    for name, scheme in (("panel", "light"), ("dark", "dark")):
        shown(page, scheme)
        page.screenshot(path=file(name, lang))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shown(page, "light")
    page.screenshot(path=file("phone", lang))


def main() -> None:
    """Start, break, draw, stop."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"XDG_STATE_HOME": f"{folder}/state", "KIKORI_WORKSPACES": f"{folder}/work", "KIKORI_YES": "1"}
        os.environ["KIKORI_CROWD"] = "0"  # a picture says what is broken, however busy the computer is
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=["--no-sandbox"])
        served = Served(Path(folder), unused_port())
        kikori = [sys.executable, "-m", "kikori"]
        try:
            subprocess.run([*kikori, "start", "first-look"], check=True)
            subprocess.run([*kikori, "break", "--fault", "missing-page"], check=True)
            for lang in LOCALES:
                shoot(browser, served, lang, home="home" in sys.argv[1:])
        finally:
            subprocess.run([*kikori, "stop"], check=False)
            served.end()
            browser.close()


if __name__ == "__main__":
    main()
