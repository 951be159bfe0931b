"""The reviewer's pages, over a made-up class: the queue, and one submission."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kikori.content import Catalog
from kikori.replay.verdict import Verdict
from kikori.review.marks import Level, Mark, note
from kikori.review.store import ReviewStore, opened
from kikori.review.web.app import Pages
from kikori.review.web.serving import open_review_folder
from review.essays import CHECKS, CLASS, REASONS, Essay, handed_in, judged
from tools.screenshots.camera import both
from web.served import served

if TYPE_CHECKING:
    from kikori.settings import Lang
    from kikori.web import Address
    from tools.screenshots.camera import Camera

COMMENTS: dict[Lang, str] = {
    "en": "Say which command ruled the port out, and how.",
    "ja": "ポートを除外したのはどのコマンドか、それはなぜかを書きましょう。",
}
SHOWN: dict[Lang, str] = {"en": "chiyo", "ja": "aoi"}
"""Whose submission is opened."""


def review(camera: Camera) -> None:
    """Take the queue, and one submission with its explanation beside the rubric."""
    with TemporaryDirectory() as place:
        for lang in both():
            folder = Path(place, lang)
            essays = class_in(lang)
            ids = handed_in(folder, *essays)
            with opened(folder) as store:
                marked(store, ids, essays, lang)
            with open_review_folder(folder, Catalog()) as found, served(Pages(found).app()) as at:
                _take(camera, at, ids[SHOWN[lang]], lang)


def _take(camera: Camera, at: Address, submission: str, lang: Lang) -> None:
    page = camera.window(lang)
    page.goto(at.url())
    camera.take(page, "review", lang)
    page.goto(f"http://{at.hosts[0]}/one/{submission}")
    page.locator(".cited summary").first.click()
    page.locator("[name=level-symptom][value='3']").check()
    camera.take(page, "review-one", lang)
    page.context.close()


def class_in(lang: Lang) -> list[Essay]:
    """Give the class, graded in one language."""
    reasons = {"ben": f"{CHECKS['test_order'][lang == 'ja']} {REASONS[lang]}"}
    if lang == "ja":
        reasons["gus"] = ".kikori ファイルが壊れている: services/orders.tar"
    return [replace(one, lang=lang, reason=reasons.get(one.learner, one.reason)) for one in CLASS]


def marked(store: ReviewStore, ids: dict[str, str], essays: list[Essay], lang: Lang) -> None:
    """Mark two of them, of which one has another verdict by now."""
    for learner in ("hana", "emre"):
        for criterion, level in (("symptom", 3), ("evidence", 2), ("mechanism", 3), ("prevention", 3)):
            comment = COMMENTS[lang] if criterion == "evidence" else ""
            note(store, Mark(submission=ids[learner], criterion=criterion, level=Level(level), comment=comment))
        note(store, Mark(submission=ids[learner]))
    emre = next(one for one in essays if one.learner == "emre")
    changed = replace(emre, verdict=Verdict.NOT_VERIFIED, reason=essays[1].reason)
    store.note(ids["emre"], judged(changed, "silent-exit-0004.kikori"))
