"""The two parts of the home page that only a served site has: the way on, and the map with its marks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kikori.bilingual import texts
from kikori.errors import KikoriError
from kikori.learner.session import Session
from kikori.model import Stage
from kikori.model.record import Record
from kikori.panel.home.standing import Running, Standing, standing
from kikori.settings import Lang

HERE = Path(__file__).parent
WORDS = HERE / "words.toml"
HERO, MAP = '<div class="kikori-home">', '<div class="kikori-map-place">'
"""The places of the home page that are empty on a file server."""
HOUR, DAY = 60, 24 * 60
"""In minutes."""


class WayOn(Record):
    """The one button of the home page."""

    words: str
    path: str
    """The page that it leads to, from the home page of the language."""
    start: str = ""
    """The lab that it starts on the way there."""
    about: str = ""
    """The title of the lab that the words name by its id."""


class Fragments(Record):
    """The parts as HTML."""

    hero: str
    map: str


def fragments(session: Session) -> Fragments:
    """Draw the home page of the learner."""
    lang, found = session.lang, standing(session)
    said = texts(WORDS, lang)
    known = {"t": said, "home": "/ja/" if lang == "ja" else "/", "found": found, "way": way_on(found, session)}
    hero, places = (_environment().get_template(f"{name}.html.j2").render(known) for name in ("hero", "map"))
    return Fragments(hero=hero, map=places)


def filled(page: str, lang: Lang) -> str:
    """Put the parts into a page that has places for them; any other page stays as it is."""
    if HERO not in page:
        return page
    try:
        found = fragments(Session(lang=lang))
    except KikoriError:
        return page  # the page itself can be read all the same
    for place, part in ((HERO, found.hero), (MAP, found.map)):
        page = page.replace(f"{place}</div>", f"{place}{part}</div>", 1)
    return page


def way_on(found: Standing, session: Session) -> WayOn:
    """Say what comes next: the attempt that waits, else the next page or lab, else another round."""
    said = texts(WORDS, session.lang)
    if one := found.waiting:
        words = said["continue"].format(lab=one.lab, state=state_of(one, session.lang))
        return WayOn(words=words, path=f"labs/{one.lab}/", about=one.title)
    step = found.step
    if step is None:
        return WayOn(words=said["all-done"], path="labs/")
    if step.page:
        return WayOn(words=said[f"read-{step.page}"], path=f"courses/{step.module}/{step.page}/")
    title = session.catalog.lab(step.lab).about.title.lang(session.lang)
    return WayOn(words=said["start"].format(lab=step.lab), path=f"labs/{step.lab}/", start=step.lab, about=title)


def state_of(one: Running, lang: Lang) -> str:
    """Say how an attempt stands, and of what is broken for how long."""
    said = texts(WORDS, lang)
    if one.paused:
        return str(said["paused"])
    if one.stage is Stage.FIXED and one.explained:
        return str(said["explained"])
    return str(said["stage"][one.stage]).format(time=lasting(one.seconds, lang))


def lasting(seconds: float, lang: Lang) -> str:
    """Say a time in minutes, from two hours on in hours, from two days on in days."""
    minutes = int(seconds // 60)
    if not minutes:
        return str(texts(WORDS, lang)["moment"])
    unit, size = next(((name, n) for name, n in (("days", DAY), ("hours", HOUR)) if minutes >= 2 * n), ("minutes", 1))
    return str(texts(WORDS, lang)[unit]).format(n=minutes // size)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
