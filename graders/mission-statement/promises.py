"""Tell a yes that begins after the quarter, a no whose offer has no name, and what is said not to be done."""

from __future__ import annotations

import re
from datetime import date

from filled_form.reader import Row, plain
from filled_form.values import MONTHS, days, stray, without_asides
from values import NAMES
from words import NO, SRE, TEAMS, WORKS, YES

MARKS = " ,.;:!、。-–—"
MONTH = "(?:" + "|".join(MONTHS) + ")[a-z]*"
ENGLISH_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? 20\d\d)?|20\d\d-\d\d-\d\d"
LATER = re.compile(
    r"(?:but )?(?:only |not before |not until |starting |beginning |as of )*(?:from |in |with )?(?:the )?"
    rf"(?:next quarter|following quarter|quarter after(?: this(?: one)?)?|next year|(?P<day>{ENGLISH_DAY}))"
    r"(?: on(?:wards?)?| at the earliest)?(?: only)?"
)
LATER_JA = re.compile(
    r"(?:ただし|ただ)?[、 ]*(?:次の期|来期|翌期|(?:次の|来|翌)四半期|来年"
    r"|(?P<day>(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?))"
    r"(?:から|より|以降|になってから|に)(?:です|とする|にする|する|行う|始める|引き受ける|受ける|お受けする|お受けします)?"
)
"""All that stands behind a yes: from when on."""
NEAR = 300
"""Up to how many days ahead a month without a year is one to come; a later one may as well be past."""

ASIDE = re.compile(r"\([^()]*[^\W\d_][^()]*\)")
REQUEST = re.compile(r"\b(?:requests?|letters?|numbers?|nos?|nr)\b|頼みごと|依頼|番号?")

WORK = "(?P<work>" + "|".join(re.escape(word) for words in WORKS.values() for word in words) + ")"
WHOLE = (
    rf"(?:the |our )?(?:monthly |director's )?(?:毎月の|社長への)?{WORK}"
    "(?:'s move| move)?(?:への移行|の移行|の引っ越し|の仕事|の作業|書)?"
)
JOINED = re.compile(r" ?[,、&](?: ?and\b)? ?| and |と|および")
ITEM = re.compile(
    rf"(?:(?:the )?(?:requests?|letters?|numbers?|nos?\.?|nr\.?|頼みごと|依頼) ?)?#?(?P<number>\d{{1,2}})番?|{WHOLE}"
)
PARTS = re.compile(r"[,;.:、。]| and ")
STOPS = re.compile(
    rf"(?:so |and )?(?:今期は)?{WHOLE}(?: (?:stops?|is stopped|are stopped)(?: for (?:it|this|that))?(?: this quarter)?"
    "|[もはを](?:今期は|今期)?(?:止める|止めます|やめる|やめます))"
)
PERHAPS = re.compile(
    r"\b(?:if|unless|when|once|whether|should|would|could|may|might|or|nor|no|not|never|until)\b|ば|なら|場合|たら|とき|ない|または|か、"
)
"""What makes a clause one that need not hold."""
FIND_OUT = re.compile(
    r"(?:i|we|they)(?: still)? (?:have|need) to (?:find out|(?:find|work|figure) (?:that|this|it) out)(?: first| yet)?"
    r"|(?:それは)?(?:まだ|これから|今後)、?(?:調べる|調べます|確かめる|確かめます|考える|考えます)"
)
"""The whole of a text that only says that nobody has looked yet."""


def begins_later(text: str, begins: date, ends: date) -> bool:
    """Tell whether a yes says, and says only, that it begins after the quarter."""
    said = re.sub(r"[()]", " ", plain(text))
    word = max((word for word in YES if said.startswith(word)), key=len, default="")
    rest = " ".join(said[len(word) :].strip(MARKS).split())
    found = LATER.fullmatch(rest) or LATER_JA.fullmatch(rest)
    if not word or not found:
        return False
    return not found["day"] or _is_after(found["day"], begins, ends)


def _is_after(said: str, begins: date, ends: date) -> bool:
    """Tell whether a day or a month begins after the quarter."""
    year = re.search(r"20\d\d", said)
    whole = days(said, begins)
    month = re.search(rf"(\d{{1,2}})月|({'|'.join(MONTHS)})", said)
    if not whole and month:
        number = int(month[1]) if month[1] else MONTHS.index(month[2]) + 1
        if not 1 <= number <= 12:
            return False
        own = int(year[0]) if year else begins.year + (number < begins.month)
        whole = [date(own, number, 1)]
    return len(whole) == 1 and whole[0] > ends and (bool(year) or (whole[0] - begins).days < NEAR)


def is_bare_no(text: str) -> bool:
    """Tell whether an answer is a no, and nothing more."""
    return plain(text).strip(MARKS) in NO


def names_offer(row: Row) -> bool:
    """Tell whether a row with a no has any word of what is offered in its place."""
    if not is_bare_no(row.cells["answer"]) or any(ASIDE.search(plain(row.cells[one])) for one in ("now", "later")):
        return True
    request = REQUEST.sub(" ", re.sub(r"[()]", " ", plain(row.cells["request"])))
    return bool(stray(request, [*SRE, *(word for words in TEAMS.values() for word in words)], NAMES))


def given_up(text: str) -> tuple[set[int], set[str]]:
    """Give the requests and the work of which a text plainly says that they are not done.

    Plain is a list of nothing else, and a part of a sentence that says that some work stops.
    """
    said = without_asides(text).replace("’", "'").strip(" .。")
    items = [ITEM.fullmatch(one.strip()) for one in JOINED.split(said)]
    found = [one for one in items if one] if all(items) else []
    numbers = {int(one["number"]) for one in found if one["number"]}
    if not PERHAPS.search(said):
        found += [one for one in map(STOPS.fullmatch, (part.strip() for part in PARTS.split(said))) if one]
    words = {one["work"] for one in found if one["work"]}
    return numbers, {name for name, own in WORKS.items() if words & set(own)}


def is_to_find_out(text: str) -> bool:
    """Tell whether a text only says that its answer is still looked for."""
    return bool(FIND_OUT.fullmatch(plain(text).strip(MARKS)))
