"""The pictures of the reviewer's pages in the guides, drawn anew from a made-up class.

``.venv/bin/python tests/review/screenshots.py`` writes ``docs/assets/review-queue.png`` and ``review-one.png``, and
the same with ``.ja.png``.

``pngquant --ext .png --force docs/assets/*.png`` then makes them a third as large.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kikori import paths
from kikori.content import Catalog
from kikori.host.packages import ensure_browser
from kikori.replay.verdict import Verdict
from kikori.review.marks import Level, Mark, note
from kikori.review.store import ReviewStore, opened
from kikori.review.web.app import Pages
from kikori.review.web.serving import open_review_folder
from review.essays import CHECKS, CLASS, REASONS, Essay, handed_in, judged
from web.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from kikori.web import Address

ASSETS = paths.ROOT / "docs" / "assets"
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
COMMENTS = {
    "en": "Say which command ruled the port out, and how.",
    "ja": "ポートを除外したのはどのコマンドか、それはなぜかを書きましょう。",
}
SHOWN = {"en": "chiyo", "ja": "aoi"}
"""Whose submission is opened."""


def class_in(lang: str) -> list[Essay]:
    """The class, graded in one language."""
    reasons = {"ben": f"{CHECKS['test_order'][lang == 'ja']} {REASONS[lang]}"}
    if lang == "ja":
        reasons["gus"] = ".kikori ファイルが壊れている: services/orders.tar"
    return [replace(one, lang=lang, reason=reasons.get(one.learner, one.reason)) for one in CLASS]


def marked(store: ReviewStore, ids: dict[str, str], essays: list[Essay], lang: str) -> None:
    """Two marked ones, of which one has another verdict by now."""
    for learner in ("hana", "emre"):
        for criterion, level in (("symptom", 3), ("evidence", 2), ("mechanism", 3), ("prevention", 3)):
            comment = COMMENTS[lang] if criterion == "evidence" else ""
            note(store, Mark(submission=ids[learner], criterion=criterion, level=Level(level), comment=comment))
        note(store, Mark(submission=ids[learner]))
    emre = next(one for one in essays if one.learner == "emre")
    changed = replace(emre, verdict=Verdict.NOT_VERIFIED, reason=essays[1].reason)
    store.note(ids["emre"], judged(changed, "silent-exit-0004.kikori"))


def shoot(browser: Browser, at: Address, submission: str, lang: str) -> None:
    """Both pages in one language."""
    window = browser.new_context(locale=LOCALES[lang], viewport={"width": 1120, "height": 660})
    page = window.new_page()
    page.goto(at.url())
    end = ".png" if lang == "en" else f".{lang}.png"
    page.screenshot(path=ASSETS / f"review-queue{end}")
    page.goto(f"http://{at.hosts[0]}/one/{submission}")
    page.locator(".cited summary").first.click()
    page.locator("[name=level-symptom][value='3']").check()
    page.mouse.move(0, 0)
    page.screenshot(path=ASSETS / f"review-one{end}")
    window.close()


def main() -> None:
    """Draw all four."""
    ASSETS.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=["--no-sandbox"])
        for lang in LOCALES:
            essays = class_in(lang)
            ids = handed_in(Path(folder, lang), *essays)
            with opened(Path(folder, lang)) as store:
                marked(store, ids, essays, lang)
            with (
                open_review_folder(Path(folder, lang), Catalog()) as review_folder,
                served(Pages(review_folder).app()) as at,
            ):
                shoot(browser, at, ids[SHOWN[lang]], lang)
        browser.close()


if __name__ == "__main__":
    main()
