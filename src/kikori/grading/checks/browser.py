"""What a person sees of a page that came: a browser shows neither its source nor its comments."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from kikori.grading.scene import Answer
from kikori.model.record import Record

PAGES = ("text/html", "application/xhtml+xml")
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
"""Elements that part no words; all others do."""
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""Elements without an end."""
UNSEEN = frozenset(("audio", "canvas", "iframe", "noscript", "object", "script", "style", "template", "title", "video"))
"""Elements whose text is no part of the page."""
ACTIVE = frozenset(("embed", "frame", "frameset", "iframe", "object", "script"))
ENDED_BY_THE_NEXT = frozenset(("dd", "dt", "li", "option", "p", "td", "th", "tr"))
HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|(opacity|font-size)\s*:\s*0(?![.\d])", re.I)


class Page(Record):
    """A page as a browser shows it, before any script of its own has run."""

    text: str
    alters: str = ""
    """An element of the page that may change what is shown: a script, a frame, a style that hides."""
    kind: str = PAGES[0]
    """The type that the server gives it."""
    is_saved: bool = False
    """Whether the browser is told to save it and not to show it."""

    @classmethod
    def of(cls, answer: Answer) -> Page:
        """What a browser makes of an answer."""
        headers = {name.lower(): value for name, value in answer.headers.items()}
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        is_saved = headers.get("content-disposition", "").strip().lower().startswith("attachment")
        reader = _Reader()
        reader.feed(answer.text)
        reader.close()
        return cls(text=" ".join("".join(reader.said).split()), alters=reader.alters, kind=kind, is_saved=is_saved)

    @property
    def is_shown(self) -> bool:
        """Whether a browser takes it for a page at all."""
        return self.kind in PAGES and not self.is_saved

    @property
    def words(self) -> list[str]:
        """The words that are shown, in their order."""
        return words_of(self.text)


def words_of(text: str) -> list[str]:
    """The words of a text in their order, without the marks around them and without regard to capital letters."""
    return [word for each in text.casefold().split() if (word := each.strip(".,;:!?()[]\"'-–—"))]


class _Reader(HTMLParser):
    """Collects what is seen of a page's source."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.alters = ""
        self._open: list[tuple[str, bool]] = []

    @property
    def _is_hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_refresh = tag == "meta" and (given.get("http-equiv") or "").strip().lower() == "refresh"
        if tag in ACTIVE or is_refresh:
            self.alters = self.alters or tag
        if tag not in INLINE:
            self.said.append(" ")
        if self._open and tag not in INLINE | VOID - {"hr"} and self._open[-1][0] in ENDED_BY_THE_NEXT & {tag, "p"}:
            self._open.pop()
        if tag not in VOID:
            hides = tag in UNSEEN or "hidden" in given or bool(HIDES.search(given.get("style") or ""))
            self._open.append((tag, hides or self._is_hidden))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read ``<![`` as a browser does: a comment up to the next ``>`` (HTML standard, bogus comment state)."""
        return self.parse_bogus_comment(i, report)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # the slash means nothing in HTML

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.said.append(" ")
        if tag in (name for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "style" and HIDES.search(data):
            self.alters = self.alters or "style"
        if not self._is_hidden:
            self.said.append(data)
