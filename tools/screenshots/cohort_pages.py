"""The instructor's page of a cohort, over learners who are made up."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kikori.cohort.client.connection import Server
from kikori.cohort.messages import CheckIn, HelpRequest, Where
from kikori.cohort.server.dashboard import FREE
from kikori.cohort.server.inbox import Inbox
from kikori.cohort.server.learners import PREFIX
from kikori.cohort.server.serving import application
from kikori.cohort.server.store import CohortStore
from kikori.cohort.server.tables import opened
from tools.screenshots.camera import both
from web.served import served

if TYPE_CHECKING:
    from kikori.settings import Lang
    from tools.screenshots.camera import Camera

JOINING = "http://192.168.1.20:8765/join#mado-kaze"
ASKS: dict[Lang, str] = {
    "en": "The page is there, and the server still answers 404. Where does it look?",
    "ja": "ページはあるのに、サーバーは 404 を返します。どこを見ているのでしょうか。",
}
TITLES: dict[Lang, tuple[str, str]] = {
    "en": ("The timetable is answered.", "A restart keeps the page."),
    "ja": ("時刻表が表示される。", "再起動してもページが残る。"),
}
CLASS = (
    ("Aoi", "first-look", Where.BROKEN, 1500, 3, 0),
    ("Ben", "silent-exit", Where.BROKEN, 840, 1, 1),
    ("千代", "first-look", Where.FIXED, 420, 2, None),
    ("Emre", "silent-exit", Where.BROKEN, 180, 0, 0),
    ("華", "first-look", Where.SUBMITTED, 2400, 1, None),
)
"""Who, at what, how far, for how many seconds, with how many hints, and which check fails."""


def cohort(camera: Camera) -> None:
    """Take the page that says who is stuck: five learners, of whom one has a hand up."""
    for lang in both():
        with TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/cohort.sqlite") as engine:
            store = CohortStore(engine)
            enrolment = store.enrolment()
            inbox = Inbox(Path(folder, "submissions"), store)
            app = application(store, inbox, enrolment, JOINING, lang)
            with served(app, free=(PREFIX, *FREE)) as at:
                _gathered(f"http://{at.hosts[0]}", enrolment, lang)
                page = camera.window(lang)
                page.goto(at.url())
                page.goto(f"http://{at.hosts[0]}/?lang={lang}")
                camera.take(page, "cohort", lang)
                page.context.close()


def _gathered(url: str, enrolment: str, lang: Lang) -> None:
    for name, lab, stage, seconds, hints, fails in CLASS:
        learner = Server(url, Server(url, enrolment).enrol(name).token)
        title = "" if fails is None else TITLES[lang][fails]
        told = CheckIn(
            lab=lab, stage=stage, seconds=float(seconds), hints=hints, check="page" if title else "", title=title
        )
        learner.check_in(told)
        if name == "Aoi":
            learner.raise_hand(HelpRequest(text=ASKS[lang], check_in=told))
