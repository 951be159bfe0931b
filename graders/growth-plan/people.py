"""Reads who is named in a field of prose: somebody, nobody, the one who plans, and who is only denied."""

from __future__ import annotations

import re

from filled_form.reader import plain
from filled_form.values import NOBODY, any_word, without_asides
from words import ENDS, SELF

BESIDE = ("and ", "with ", "の", "と", "以外", "ではな")
"""Behind a word for oneself: that somebody else is meant, too."""
NO_ONE = re.compile(
    r"(?:nobody|no one|no-one|noone|none)\b(?! (?:but|except|other|else))"
    r"|誰(?:も|にも)|(?:特に)?なし(?:$|[。、,. ])|まだ(?:誰|決)"
)
NOT_BUT = re.compile(r"not (?!only|just|least|merely)(?:.{1,80}?),? but (?:rather )?(.+)")
NOT = re.compile(r"not (?!only|just|least|merely)[^,;:.]*[,;:.]? ?(.*)")
NOT_JA = re.compile(r"[^、。]*?(?:では|じゃ)(?:なくて?|ない)(?:[、。]| |$)?(.*)")
REFUSED = re.compile(
    r"(?:\bwho\b[^;.]*|\b(?:she|he|they) |^[^;.]*\b(?:and|but) )(?:said no|declined|refused)\b"
    r"(?!.*\b(?:yes|then|now|instead|take|takes|took|but)\b)"
    r"|\b(?:stays|remains) (?:with me|mine)\b|\bi keep it\b"
    r"|^(?:[^。]*。)?(?:[^。]*[日月曜週]に)?[^。に]*断られた$"
    r"|手元に残(?:る|す|した)$"
)
OTHERWISE = re.compile(r"\b(?:since|because|after) |ので|ため|から")
"""Beside a refusal: that it is told why somebody else was asked."""
GOES_ON = re.compile(
    r"(?:it |this )?(?:(?:does|will) not|doesn't|won't|never) (?:end|stop)s?\b[,;:.]? ?(?:and |but )?(.*)"
    r"|(?:なくさない|やめない|終わらない|廃止しない)[。、 ]?(.*)"
)
TAKER_JA = re.compile(r"[がにへ]")
TWO = re.compile(r"\b(?:both|the two|either)\b|両方|双方|両者|両チーム|どちらか|二人|[2２]人")
"""Words for all who have a problem that lies between two."""


def meant(text: str) -> str:
    """Give whom a text names once it has said whom it does not mean: not A, but B."""
    said = plain(text).strip(" .。")
    for pattern in (NOT_BUT, NOT, NOT_JA):
        if found := pattern.fullmatch(said):
            return found[1].strip(" .。")
    return said


def is_nobody(text: str) -> bool:
    """Tell whether a text names nobody."""
    said = plain(text).strip(" .。")
    return said in NOBODY or bool(NO_ONE.match(said))


def is_self(said: str) -> bool:
    """Tell whether a plain text begins with the one who plans, and names nobody beside."""
    first, _, rest = said.partition(" ")
    if first.strip(",.:;") in SELF:
        return not rest.startswith(BESIDE)
    begun = next((word for word in SELF if not word.isascii() and said.startswith(word)), "")
    return bool(begun) and not said[len(begun) :].startswith(BESIDE)


def judges_oneself(said: str) -> bool:
    """Tell whether the one who plans judges, whoever else stands beside."""
    first, _, rest = said.partition(" ")
    return first.strip(",.:;") in SELF and rest.startswith("with ")


def is_refused(text: str) -> bool:
    """Tell whether whoever was asked said no, or the planner keeps it."""
    said = without_asides(text).strip(" .。")
    return bool(REFUSED.search(said)) and not OTHERWISE.search(said)


def is_kept(text: str) -> bool:
    """Tell whether work that is given up stays with the one who plans."""
    said = without_asides(text).strip(" .。")
    if found := GOES_ON.fullmatch(said):
        rest = found[1] or found[2] or ""
        return not rest or is_self(rest) or (not rest.isascii() and not TAKER_JA.search(rest))
    return is_self(said) and not any_word(said, ENDS)
