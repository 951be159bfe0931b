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


def workshop_pages(content: Content, lang: Lang) -> dict[str, str]:
    """Write the pages of every such lab, by their place in English.

    Raises:
        OurFault: a page has no heading.
    """
    found = {}
    for lab in with_workshop(content):
        for name in (SHEET, ROLES):
            page = lab.graders / localized(name, lang)
            page = page if page.is_file() else lab.graders / name
            if page.is_file():
                title, text = parts_of(page)
                before, *cards = CARD.split(text) if name == ROLES else (text,)
                found[f"labs/{lab.id}/{name}"] = render(
                    "lab-workshop", lang, title=title, text=before.strip(), cards=cards, lab=lab
                )
    return found
