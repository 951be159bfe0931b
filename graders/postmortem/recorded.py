"""Tell what a text names that the recording does not have: alerts, changes and people at their minutes, and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from filled_form.alone import alone
from form import changes, plain, times
from night import AFTER, DARK, clock
from words import THINGS

if TYPE_CHECKING:
    from night import Change, Night

ALERT = re.compile(r"(?<![A-Za-z])(?:[A-Z][a-z]+){3,}(?![A-Za-z])")
"""A name as alerts have it, and errors of programs."""
PAGED = re.compile(r"(?<![A-Za-z])(?:[A-Z][a-z]+){2,}(?![A-Za-z])")
"""The same by the pager, which tells of nothing else."""
NUMBERED = re.compile(r"(?:#|\bchanges? (?:no\.? ?|number )?|変更の?(?:番号)? ?)(\d{4})(?!\d)")
"""A number of which it is said that it is one of a change."""
NAMES_PEOPLE = {"chat", "changes", "sessions", "pager"}
"""Sources that tell what somebody did, or what came of it, and not how customers fared."""
LOCAL = ("jst", "japan", "tokyo", "+09", "+9", "日本", "東京", "現地", "local")
"""Beside a time that is not in UTC."""
OWNS = r"(?:['’]s(?![a-z])|(?:さん)?の)"
"""Behind a name: what belongs to somebody, such as a release, did nothing."""
SENTENCE = re.compile(r"(?<!\b[ap]\.m)[.!?](?= |$)|[。！？\n]")
"""What ends a sentence; a.m. and p.m. do not."""
COUNT = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,7}) ?(?:(?:different|distinct|lost) )?"
    r"(?:(?P<customers>customers?\b|人)|(?P<orders>orders?\b|件の注文))|"
    r"注文[はがも]?、? ?(?:約|およそ)?(?P<ja>\d{1,7}) ?件"
)
"""A number of customers or of orders."""
HARM = re.compile(
    r"(?:\blost (?:about |some |around |nearly |more than )?|失われた|"
    r"影響を受けた(?:客|顧客|人)?(?:の数|数)?[はがも]?、? ?(?:約|およそ)?)$"
)
"""Before a number of orders or customers: what they are."""
PART = re.compile(r"\b(?:of|among) (?:all )?(?:the |those )?(?:about |some )?$")
"""Before a number of which only a part is told of."""
BEFORE = 40
"""How many letters before a number are looked at."""
HARMED = re.compile(
    r",? ?(?:(?:of|from|by) (?:\d[\d,]* )?customers )?(?:(?:were|was|are|have been|had been|got|went) )?"
    r"(?:(?:all|thus|then|simply|directly) )?(?:lost|affected|harmed)\b|[がは](?:失われ|影響を受け)"
)
"""The same behind one."""
ALLOWED = re.compile(r"\b(?:month|30 days|budget|allow\w*|may)\b|30日|1か月|バジェット|許")
"""In a sentence about what may go wrong, orders that are lost are none of that night."""
NEAR, ROUND = 0.02, 0.05
"""How far a count may be from what was so, and a total from how many there were, as shares of them."""


def people_in(said: str, night: Night) -> list[str]:
    """Give the names of that night's people that stand in a text, as ``plain`` has it."""
    found = []
    for name in sorted(night.people):
        inside = "a-z" if name.isascii() else "\u30a1-\u30fa\u30fc"
        letters = re.escape(name.casefold()) if name.isascii() else " ?".join(name)
        if re.search(f"(?<![{inside}]){letters}(?![{inside}])", said):
            found.append(name)
    return found


def absent(text: str, sources: set[str], moments: Sequence[int], night: Night) -> str:
    """Give whom a row names who did nothing then, by a recording that tells of people; empty where there is none."""
    chat = [clock(at) for at, _, _ in night.chat]
    begin, end = min(moments), max(moments)
    is_told = "chat" in sources or sources <= NAMES_PEOPLE
    if not is_told or begin > max(chat) + AFTER or end < min(chat) - AFTER:
        return ""
    acting = re.sub(rf"(?:{'|'.join(map(str.casefold, night.people))}){OWNS}", " ", plain(text))
    return next((name for name in people_in(acting, night) if not night.took_part(name, begin, end)), "")


def unheard(text: str, sources: set[str], moments: Sequence[int], night: Night) -> str:
    """Give an alert of a row that had not fired by then, or a name that the recording lacks; empty where none is."""
    names = PAGED if "pager" in sources else ALERT
    for name in names.findall(unicodedata.normalize("NFKC", text)):
        if name in night.alerts:
            if max(moments) < clock(night.alerts[name]) - DARK - AFTER:
                return str(name)
        elif name not in night.words:
            return str(name)
    return ""


def unknown_change(text: str, night: Night) -> int:
    """Give a number of a change that nobody made; 0 where there is none."""
    known = {one.number for one in night.changes}
    named = [int(one) for one in NUMBERED.findall(plain(text))]
    named += [one for one in changes(text) if min(known) <= one <= max(known)]
    return next((one for one in named if one not in known), 0)


def only_later(text: str, moments: Sequence[int], night: Night) -> int:
    """Give a change of a row, where all that it names were made later; 0 where there is none."""
    made = {one.number: clock(one.at) for one in night.changes}
    named = [one for one in changes(text) if one in made]
    is_early = bool(named) and all(made[one] > max(moments) + AFTER for one in named)
    return named[0] if is_early else 0


def of_another_change(text: str, change: Change) -> str:
    """Give the thing of which a cell tells, where it is of other changes alone; empty where it is not."""
    said = alone(text)
    named = {word: made for words, made in THINGS.values() for word in words if _has(said, word)}
    return "" if not named or any(change.what in made for made in named.values()) else next(iter(named))


def _has(said: str, word: str) -> bool:
    letters = rf"(?<![a-z\d]){word}(?:s|d|ed|ing)?(?![a-z\d])" if word.isascii() else word
    return bool(re.search(letters, said))


def other_clock(text: str, night: Night) -> str:
    """Give a time of day of a text that is none of the night in UTC, and is not called one of another clock."""
    begin, end = map(clock, night.span)
    made = [clock(one.at) for one in night.changes]
    for sentence in SENTENCE.split(plain(text)):
        if any(mark in sentence for mark in LOCAL):
            continue
        for one, said in times(sentence):
            is_change = one in night.hours or any(abs(one - at) <= AFTER for at in made)
            if not begin - 60 <= one <= end + 60 and not is_change:
                return said
    return ""


def other_counts(text: str, night: Night) -> Iterator[str]:
    """Give the numbers of customers or orders that are more than were harmed, and not how many there were.

    Those that are called lost or affected are the ones that were harmed, unless they are what a month allows.
    """
    harmed = {"customers": night.affected, "orders": night.lost}
    for sentence in SENTENCE.split(plain(text)):
        is_allowed = bool(ALLOWED.search(sentence))
        for found in COUNT.finditer(sentence):
            seen = int((found["number"] or found["ja"]).replace(",", ""))
            what = "customers" if found["customers"] else "orders"
            before = sentence[max(0, found.start() - BEFORE) : found.start()]
            is_lost = " lost " in found[0] or HARM.search(before) or HARMED.match(sentence, found.end())
            is_harm = not is_allowed and bool(is_lost) and not PART.search(before)
            is_total = not is_harm and any(abs(seen - one) <= ROUND * one for one in night.totals[what])
            if seen > (1 + NEAR) * harmed[what] and not is_total:
                yield found[0]
