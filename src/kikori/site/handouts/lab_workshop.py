"""A workshop at a lab: the page of who leads it, and role cards to print; instructors alone see both."""

from __future__ import annotations

import re

from kikori.model import Lab
from kikori.settings import Lang
from kikori.site.content import Content, localized
from kikori.site.handouts.page_parts import parts_of
from kikori.site.render import render

SHEET, ROLES = "workshop.md", "roles.md"
"""Pages beside a lab's checks."""
CARD = re.compile(r"^## ", re.MULTILINE)


def with_workshop(content: Content) -> tuple[Lab, ...]:
    """Give the labs at which a workshop can be held."""
    return tuple(lab for lab in content.labs if (lab.graders / SHEET).is_file())


def titles(lab: Lab, lang: Lang) -> dict[str, str]:
    """Give the heading of each page of a lab's workshop, by its place in English.

    Raises:
        OurFault: a page has none.
    """
    return {place: title for place, (title, _) in _parts(lab, lang).items()}


def workshop_pages(content: Content, lang: Lang) -> dict[str, str]:
    """Write the pages of every such lab, by their place in English.

    Raises:
        OurFault: a page has no heading.
    """
    return {
        place: _page(lab, title, CARD.split(text) if place.endswith(ROLES) else [text], lang)
        for lab in with_workshop(content)
        for place, (title, text) in _parts(lab, lang).items()
    }


def _page(lab: Lab, title: str, parts: list[str], lang: Lang) -> str:
    """A page: its text, and a card for each section."""
    text, *cards = parts
    return render("lab-workshop", lang, title=title, text=text.strip(), cards=cards, lab=lab)


def _parts(lab: Lab, lang: Lang) -> dict[str, tuple[str, str]]:
    """Heading and text of each page, in the language or else in English."""
    found = {}
    for name in (SHEET, ROLES):
        pages = (lab.graders / localized(name, lang), lab.graders / name)
        if page := next((one for one in pages if one.is_file()), None):
            found[f"labs/{lab.id}/{name}"] = parts_of(page)
    return found
