"""Slides for the five minutes before a module: one HTML page by itself, made from its first lesson."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape
from mimetypes import guess_type
from textwrap import dedent

from markdown_it import MarkdownIt

from kikori import design
from kikori.content.lessons.instructor_notes import FORM, section
from kikori.model import Module
from kikori.model.record import Record
from kikori.settings import Lang
from kikori.site.content import LANGS, Content, localized
from kikori.site.diagram_pictures import BLOCK, PLACE, diagrams, name_of
from kikori.site.render import render_page

READER = MarkdownIt("commonmark", {"html": False})
SCENE: dict[Lang, int] = {"en": 420, "ja": 210}
"""Letters of a scene that a room can read while it is told."""
SHORT: dict[Lang, int] = {"en": 260, "ja": 130}
"""Letters of what shares its slide with something else."""
SENTENCE: dict[Lang, re.Pattern[str]] = {
    "en": re.compile(r"(?<=[.!?])[\"”’)*]*\s+(?=[\"“‘(*`A-Z0-9])"),
    "ja": re.compile(r"(?<=。)(?![」』）])\s*"),
}
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\[\^[^\]]+\]")
PICTURE = re.compile(r"^!\[(?P<told>[^\]]*)\]\((?P<file>[^)/]+)\)", re.MULTILINE)
AIM = 1
"""The place of the aim among the headings of an instructor's notes."""


class Part(Record):
    """One section of the lesson."""

    heading: str
    text: str


class Drawing(Record):
    """What the model's slide shows: a picture as a data URI, or a diagram as text."""

    source: str = ""
    text: str = ""
    told: str = ""


def all_of(content: Content) -> dict[str, bytes]:
    """Give the slides of every module, in both languages, by their place in the site."""
    return {
        f"courses/{ref}/slides{'.ja' * (lang == 'ja')}.html": slides(module, content, lang).encode()
        for ref, module in content.modules.items()
        for lang in LANGS
    }


def slides(module: Module, content: Content, lang: Lang) -> str:
    """Write the slides of a module: title and aim, scene, question, model, and what is done today."""
    lesson = (module.folder / localized("why.md", lang)).read_text(encoding="utf-8")
    parts = _parts(lesson)
    aim = _first(section(module.instructor(lang), FORM[lang][AIM]), SHORT, lang)
    before = parts[-1] if len(parts) > 3 else None  # scene, question and model come first
    return render_page(
        "slides.html",
        lang,
        sheet=design.sheet(),
        icon=design.icon(),
        module=module,
        aim=_html(aim) if aim else _understanding(module, lang),
        scene=_shown(parts[0], SCENE, lang) if parts else None,
        question=_question(parts[1]) if len(parts) > 1 else None,
        model=parts[2].heading if len(parts) > 2 else "",
        drawing=_drawing(parts[2].text, module, content) if len(parts) > 2 else None,
        before=_shown(before, SHORT, lang) if before else None,
        labs=content.labs_of(module),
    )


def _parts(lesson: str) -> list[Part]:
    """The sections of a lesson, in their order."""
    found = re.split(r"^## (.+)$", lesson, flags=re.MULTILINE)[1:]
    sections = zip(found[::2], found[1::2], strict=True)
    return [Part(heading=heading.strip(), text=text.strip()) for heading, text in sections]


def _shown(part: Part, most: dict[Lang, int], lang: Lang) -> Part:
    return Part(heading=part.heading, text=_html(_first(part.text, most, lang)))


def _first(text: str, most: dict[Lang, int], lang: Lang) -> str:
    """The first sentences of a text's first paragraph, as many as fit on a slide."""
    paragraph = " ".join(text.strip().partition("\n\n")[0].split())
    first, *more = SENTENCE[lang].split(paragraph)
    between = " " if lang == "en" else ""
    for sentence in more:
        if len(first) + len(sentence) > most[lang]:
            break
        first += between + sentence
    return first


def _question(part: Part) -> Part:
    """The question in bold, or else the section's first paragraph."""
    bold = re.search(r"\*\*(.+?)\*\*", part.text, re.DOTALL)
    return Part(heading=part.heading, text=_html(bold[1] if bold else part.text.partition("\n\n")[0]))


def _html(text: str) -> str:
    """Markdown of a paragraph as HTML; its links lead nowhere from a wall."""
    return str(READER.render(LINK.sub(lambda link: link[1] or "", text)))


def _understanding(module: Module, lang: Lang) -> str:
    return _html(module.about.understanding[0].lang(lang)) if module.about.understanding else ""


def _drawing(text: str, module: Module, content: Content) -> Drawing | None:
    """The first diagram of a section, or else its first picture."""
    if found := BLOCK.search(text):
        (diagram, *_) = diagrams(found[0])
        file = content.docs / PLACE / name_of(diagram)
        return _picture(file.read_bytes(), file.name) if file.is_file() else Drawing(text=dedent(found["text"]).strip())
    for found in PICTURE.finditer(text):
        file = module.folder / found["file"]
        if file.is_file():
            return _picture(file.read_bytes(), file.name, found["told"])
    return None


def _picture(data: bytes, name: str, told: str = "") -> Drawing:
    kind = guess_type(name)[0] or "image/svg+xml"
    if not told and (words := re.search(r"<desc[^>]*>(.*?)</desc>", data.decode("utf-8", "replace"), re.DOTALL)):
        told = unescape(words[1])
    return Drawing(source=f"data:{kind};base64,{b64encode(data).decode()}", told=told)
