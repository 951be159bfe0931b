"""What a mission has beside other forms: sentences with numbers, and whose it is."""

from __future__ import annotations

import re

from citations import cited_in_vain
from filled_form.blanks import NOBODY
from filled_form.filler import is_babble, is_copied, is_near_copy
from filled_form.headings import is_of
from filled_form.placeholders import is_put_off
from filled_form.reader import ITEM, NUMBERED, Form, Line, items, length, plain
from words import AKARIS, EXAMPLE, FORM, LETTERS, THEIRS, WHOSE

from kikori.grading import reasons

reason = reasons(__file__)

LABEL = re.compile(r"(?<![a-z0-9])[mr] ?-?\d{1,2}(?!\d)")
"""The number of a sentence, which makes a copy no text of one's own."""
QUOTED = re.compile(r"「[^」]*」|“[^”]*”|\"[^\"]*\"")
SHORTENED = re.compile(
    r"\b(?:e\.g|i\.e|a\.m|p\.m|etc|vs|nos?|nr|mrs?|ms|dr|st|incl|approx|resp|cf|[a-z])\.(?=.*\w)", re.IGNORECASE
)
ENDS = re.compile(r"[.!?]+[)\]]?(?:\s+|$)|[。！？]+")
"""What ends a sentence, and what only looks so."""


def sentences_in(text: str) -> int:
    """Count the sentences of a text: what stands in quotation marks ends none, and neither does e.g."""
    said = SHORTENED.sub(" ", QUOTED.sub(" x ", text))
    return max(1, sum(length(one) > 1 for one in ENDS.split(said)))


def is_ours(title: str) -> bool:
    """Tell whether a heading names the team whose mission this is, and not the example's."""
    return is_of(title, WHOSE, THEIRS)


def counted(mission: Form) -> dict[int, int]:
    """Count the sentences of the mission by the lines on which its items and paragraphs begin."""
    found: dict[int, int] = {}
    item, at, goes_on = "", 0, False
    for line in mission.parts["mission"]:
        said = line.text.strip()
        number = _number(said)
        if number or ITEM.match(said):
            item, goes_on = "", False
            said = said[number.end() :] if number else ITEM.sub("", said, count=1)
        at = at if goes_on else line.number
        before, item = _told(item), f"{item} {said}".strip()
        found[at] = found.get(at, 0) + _told(item) - before
        goes_on = bool(line.text.strip())
    return {at: count for at, count in found.items() if count}


def _told(text: str) -> int:
    """Count the sentences of a text that may be empty."""
    return sentences_in(text) if text else 0


def sentences(mission: Form) -> dict[str, Line]:
    """Give mission and rules of thumb, by their numbers: M1, R1."""
    return _numbered("M", mission.parts["mission"]) | _numbered("R", mission.parts["rules"])


def of(kind: str, mission: Form) -> list[tuple[str, Line]]:
    """Give the sentences of one kind: M or R."""
    return [(name, line) for name, line in sentences(mission).items() if name[0] == kind]


def _numbered(kind: str, lines: list[Line]) -> dict[str, Line]:
    """Give the sentences of a part by their numbers, or else their places."""
    found: dict[str, Line] = {}
    marked = [Line(line.number, f"- {line.text}") if _number(line.text) else line for line in lines]
    alone = ""
    for place, item in enumerate(items(marked), 1):
        number = _number(item.text)
        text = item.text[number.end() :] if number else item.text
        name = plain(f"{number[1]}{int(number[2])}").upper() if number else alone or f"{kind}{place}"
        alone = "" if text.strip() else name
        if text.strip():
            found[name] = Line(item.number, text)
    return found


def _number(text: str) -> re.Match[str] | None:
    """Give the number of a sentence of the mission or of the rules."""
    found = NUMBERED.match(text)
    return found if found and plain(found[1]) in ("m", "r") else None


def postcards(mission: Form) -> list[Line]:
    """Give the items of the vision; a line before the list is none, and neither is a list below an item."""
    lines = mission.parts["vision"]
    marked = [place for place, line in enumerate(lines) if ITEM.match(line.text.strip())]
    if not marked:
        return items(lines)
    outer = min(_indent(lines[place].text) for place in marked)
    return items([line if _indent(line.text) <= outer + 1 else _below(line) for line in lines[marked[0] :]])


def _indent(text: str) -> int:
    """Count the blanks before a text."""
    return len(text) - len(text.lstrip())


def _below(line: Line) -> Line:
    """Give a line without the mark of a list below an item."""
    return Line(line.number, ITEM.sub("", line.text.strip(), count=1) if ITEM.match(line.text.strip()) else line.text)


def says(mission: Form, line: Line, row: str, least: int, *, like_example: bool = False) -> None:
    """Fail where a text is too short, only fills its place, cites what isn't there, or is a copy."""
    seen = 0 if plain(line.text).strip(" .。") in NOBODY else length(line.text)
    assert seen >= least, reason("short", line=line.number, row=row, seen=seen, least=least)
    is_filler = is_babble(line.text) or is_put_off(line.text)
    assert not is_filler, reason("babble", line=line.number, row=row)
    cites(mission, line, row)
    own = LABEL.sub(" ", plain(line.text))
    assert not is_copied(own, FORM), reason("copied", line=line.number, row=row)
    theirs = is_copied(line.text, EXAMPLE) or is_near_copy(line.text, AKARIS)
    assert like_example or not theirs, reason("akaris", line=line.number, row=row)
    assert not is_near_copy(own, LETTERS), reason("letters", line=line.number, row=row)


def cites(mission: Form, line: Line, row: str) -> None:
    """Fail where a text cites a sentence or a letter that is not there."""
    unknown = cited_in_vain(line.text, sentences(mission).keys())
    assert not unknown, reason("cites-nothing", line=line.number, row=row, names=unknown)
