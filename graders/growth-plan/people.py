"""Reads who is named in a field of prose: somebody, nobody, the one who plans, and who is only denied."""

from __future__ import annotations

import re

from filled_form.left_open import is_left_open, is_named_later
from filled_form.reader import plain
from filled_form.values import NOBODY, any_word, without_asides
from words import ENDS, SELF

BESIDE = ("and ", "with ", "の", "と", "以外", "ではな")
"""Behind a word for oneself: that somebody else is meant, too."""
NO_ONE = re.compile(
    r"(?:nobody|no one|no-one|noone|none)\b(?! (?:but|except|other|else))"
    r"|誰(?:も|にも)|私[がは]、?誰にも|(?:特に)?なし(?:$|[。、,. ])|まだ(?:誰|決)"
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
BY = "(?:i|me|myself|we|us|emre)"
BY_JA = "私|わたし|僕|エムレ"
"""Words for the planner within a sentence."""
ASKED = re.compile(
    r"(?:i|we|emre)(?:'ve|'d| have| had| already| also)* "
    r"(?:asked|told|invited|(?:spoke|talked|agreed)(?: on it| about it)? (?:to|with)|(?:gave|handed|offered) it to) "
    r"(.+)"
)
ASKED_JA = re.compile(rf"(?:{BY_JA})[がはから]{{1,2}}、?([^。]*?[にへ][^。]*?(?:頼|お願い|伝え|声をか|話し|渡し).*)")
"""That the planner asked somebody, who is named behind it."""
DENIED = re.compile(r"\b(?:never|not|neither|without|except|instead of|rather than) [^,;.]*")
INSIDE = re.compile(
    rf"(?:^|[,;&/+] ?|\b(?:and|with|or|plus|by) )(?:also |both |then )*{BY}(?: too| as well| alone| both| myself)*"
    r"(?= ?(?:$|[,;&/+.]|(?:and|or|with|together|say|agree|decide|judge|confirm)\b))"
)
INSIDE_JA = re.compile(
    rf"(?:{BY_JA})(?:本人)?(?=$|[、。・]|と(?!は|いう|違|別|並|組|話|会|働)|も(?:$|[、。])|および|や|が(?:言|判断|決|確))"
)
"""That the planner is one of several."""
DOES = re.compile(
    rf"\b{BY}(?: still| then| will|'ll| shall)* (?:go(?:es)? on\b(?! leave| holiday)|continues?\b|stays? on\b"
    r"|(?:keeps?|do|does|takes?|carry|carries|covers?|holds?) "
    r"(?:it|on|doing|that|the rest|the nights?|some|half|every|the (?:even|odd)|(?:even|odd) (?:weeks|days|nights))\b"
    r"|keeps? the (?:(?:other|remaining) (?:half|ones|weeks?|nights?|days?|weekends?)|weekends?)\b)"
    r"(?! (?:no|any|until|till|only until)\b)(?![^,;.]*\bfree\b)"
)
DOES_JA = re.compile(rf"(?:{BY_JA})[がも][^、。がは]{{0,8}}(?:続け|担う|担い|担当する|引き受け(?!て)|持つ|やる$)")
"""That the planner goes on with it."""
TAKER_JA = re.compile(r"[がにへ]")
TWO = re.compile(r"\b(?:both|the two|either)\b|両方|双方|両者|両チーム|どちらか|二人|[2２]人")
"""Words for all who have a problem that lies between two."""


def meant(text: str) -> str:
    """Give whom a text names once it has said whom it does not mean, or who asked: not A, but B."""
    said = plain(text).strip(" .。")
    for pattern in (ASKED, ASKED_JA, NOT_BUT, NOT, NOT_JA):
        if found := pattern.fullmatch(said):
            return found[1].strip(" .。")
    return said


def is_nobody(text: str) -> bool:
    """Tell whether a text names nobody."""
    said = plain(text).strip(" .。")
    return said in NOBODY or bool(NO_ONE.match(said))


def is_self(said: str) -> bool:
    """Tell whether a plain text begins with the one who plans, and names nobody beside."""
    if is_left_open(said):
        return False
    first, _, rest = said.partition(" ")
    if first.strip(",.:;") in SELF:
        return not rest.startswith(BESIDE)
    begun = next((word for word in SELF if not word.isascii() and said.startswith(word)), "")
    return bool(begun) and not said[len(begun) :].startswith(BESIDE)


def judges_oneself(said: str) -> bool:
    """Tell whether the one who plans judges, whoever else stands beside."""
    return not is_named_later(said) and is_among(without_asides(said))


def is_among(said: str) -> bool:
    """Tell whether the one who plans is one of those whom a plain text names."""
    return bool(INSIDE.search(DENIED.sub(" ", said)) or INSIDE_JA.search(said))


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
    if DOES.search(DENIED.sub(" ", said)) or DOES_JA.search(said) or is_among(said) or is_self(meant(said)):
        return not any_word(said, ENDS)
    return False
