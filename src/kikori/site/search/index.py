"""The search index of each language: the pages as plain text, their places in the site, the terms they teach."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from kikori.bilingual import texts
from kikori.settings import Lang
from kikori.site.content import LESSONS, Content
from kikori.site.navigation import Entry, navigation
from kikori.site.render import WORDS

INDEX = "search/search_index.json"
JA = "ja/"
GLOSSARY = "glossary/"
ASIDE = 0.3
"""What a page that is not for learners counts, beside one that is."""
BLOCK = re.compile(r"</?(?:p|li|ol|ul|pre|h[1-6])>")
TAG = re.compile(r"<[^>]+>")

HEADING = re.compile(r'<h([1-6])(?: [^>]*)? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
ASIDE_FROM = re.compile(r"<([a-z]+)[^>]* data-search-exclude[^>]*>")
"""What begins a part that is not searched."""
MARK = re.compile(r'<a class="headerlink".*?</a>|<(script|style|svg)\b.*?</\1>', re.DOTALL)
"""What stands in a page and is no text of it."""

Found = dict[str, Any]
"""A section of a page: location, title and text, as HTML."""
Places = dict[str, tuple[str, ...]]
"""Where a page stands, from its tab to its own name, by its address."""


def write_indices(site: Path, content: Content, found: Iterable[Found]) -> None:
    """Write an index for each language, beside its home page."""
    sections = [*found]
    japanese = [
        one | {"location": one["location"].removeprefix(JA)} for one in sections if one["location"].startswith(JA)
    ]
    english = [one for one in sections if not one["location"].startswith(JA)]
    _write(site / INDEX, pages(english, content, "en"))
    _write(site / JA / INDEX, pages(japanese, content, "ja"))


def sections(address: str, title: str, html: str, boost: float) -> Iterator[Found]:
    """Cut a page where a heading stands that can be linked to; what is above the first has the page's title."""
    before, *parts = HEADING.split(MARK.sub("", _searched(html)))
    found = [("", title, before)] if before.strip() else []
    for level, name, said, text in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True):
        found.append(("" if level == "1" else f"#{name}", said, text))
    for anchor, said, text in found:
        yield {"location": address + anchor, "title": said, "text": text, "boost": boost}


def _searched(html: str) -> str:
    """Leave out the parts that say so of themselves, with all that is in them."""
    while begin := ASIDE_FROM.search(html):
        depth, end = 0, begin.end()
        for tag in re.finditer(rf"<(/?){begin[1]}\b[^>]*>", html[begin.start() :]):
            depth, end = depth + (-1 if tag[1] else 1), begin.start() + tag.end()
            if not depth:
                break
        html = html[: begin.start()] + html[end:]
    return html


def _write(path: Path, docs: list[dict[str, Any]]) -> None:
    index = {"config": {"separator": r"\s+"}, "docs": docs}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def pages(found: Iterable[Found], content: Content, lang: Lang) -> list[dict[str, Any]]:
    """Gather the sections of each page, with its place and the terms that it teaches."""
    sections: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        sections[one["location"].partition("#")[0]].append(one)
    stands, about = places(navigation(content, lang)), texts(WORDS, lang)["about"]
    return [
        {
            "location": address,
            "where": _where(stands.get(address, ())[1:], _plain(all_of[0]["title"])),
            "boost": all_of[0].get("boost", 1) * (ASIDE if stands.get(address, ("",))[0] == about else 1),
            "terms": _taught(address, content, lang),
            "sections": [*_glossary(content, lang)] if address == GLOSSARY else [_section(one) for one in all_of],
        }
        for address, all_of in sections.items()
    ]


def _where(place: tuple[str, ...], title: str) -> list[str]:
    """Name the course and module of a page, and which of their pages it is, unless its title says that."""
    return [*place[:-1]] if place and place[-1].endswith(title) else [*place]


def places(entries: Iterable[Entry], above: tuple[str, ...] = ()) -> Places:
    """Tell where each page stands, from its tab to its own name; the first page of a section is the section."""
    found: Places = {}
    for entry in entries:
        for title, target in entry.items() if isinstance(entry, dict) else [("", entry)]:
            if isinstance(target, list):
                found |= places(target, (*above, title))
            else:
                found[address_of(target)] = (*above, title) if title else above
    return found


def address_of(page: str) -> str:
    """Turn a page's file into its address."""
    return re.sub(r"(?:(^|/)index)?\.md$", lambda end: end[1] if end[1] is not None else "/", page)


def _section(found: Found) -> dict[str, str]:
    return {
        "anchor": found["location"].partition("#")[2],
        "title": _plain(found["title"]),
        "text": _plain(found["text"]),
    }


def _plain(markup: str) -> str:
    """Keep the text alone, with one space in the place of several."""
    return " ".join(unescape(TAG.sub("", BLOCK.sub(" ", markup))).split())


def _glossary(content: Content, lang: Lang) -> Iterator[dict[str, Any]]:
    """Yield a section for each term, so that a search for any of its names shows its sentence."""
    said = texts(WORDS, lang)
    yield {"anchor": "", "title": said["glossary"], "text": _plain(said["glossary-is"])}
    for name, term in content.terms.items():
        names = [*dict.fromkeys((*term.forms(lang), term.name("ja" if lang == "en" else "en")))]
        text = f"{term.says.lang(lang)} ({', '.join(names)})"
        yield {"anchor": name, "title": term.name(lang), "text": text, "names": names}


def _taught(address: str, content: Content, lang: Lang) -> list[str]:
    """List every form of the terms that a lesson's module teaches."""
    folder, _, lesson = address.removeprefix("courses/").rstrip("/").rpartition("/")
    if lesson not in LESSONS:
        return []
    return [form for term in content.terms.values() if term.taught == folder for form in term.forms(lang)]
