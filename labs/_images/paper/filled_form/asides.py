"""Tell what may be added to a value from what leaves it open, takes it back, or puts another beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

from filled_form.reader import plain
from filled_form.values import ASIDE, NUMBER

OPEN = re.compile(
    r"\b(?:or|if|unless|provided|perhaps|maybe|possibly|probably|presumably|depending|whether|rather|"
    r"else|undecided|unsure|pending|tbd|later|as long as|in case|once|whenever|whoever|at the earliest)\b|"
    r"\b(?:still|left) open\b|\bnot (?:yet|sure|really|quite|so)\b|\?|"
    r"または|あるいは|もしくは|それとも|かもしれ|たぶん|おそらく|なら(?!び)|場合|次第|ければ|(?<!し)たら|未定|未決|未確認|保留|"
    r"後で|あとで|以降|早くとも|誰か",
    re.ASCII,
)
"""Words of a value that is not settled."""
DENIES = re.compile(
    r"\b(?:not|no|nor|never|neither|none|nothing|nobody|cannot|instead|wrong|false|irrelevant|except|but|"
    r"refuse[sd]?|denie[sd]|disagree[sd]?|against|beside the point)\b|n't\b|"
    r"(?<!少)(?<!危)ない|(?<!少)なかった|ません|なし|せず|以外|ではなく|無関係|反対|断った|断られ|誤り|間違",
    re.ASCII,
)
"""Words that take a value back."""
COUNTED = re.compile(
    r"\b(?:do|does|did|is|are|was|were)(?: not|n't) (?:count(?:ed|ing)?|included?|in it)\b|"
    r"\bnot (?:counted|counting|included|including)\b|"
    r"数え(?:ない|ません|ず|ていない)|含ま(?:ない|ず|ません|れない)|含め(?:ない|ず|ません)|入れ(?:ない|ず|ていない)",
    re.ASCII,
)
"""How people say what they have left out, which denies nothing."""
CALM = re.compile(
    r"\b(?:with |almost |hardly )?no (?:more )?(?:complaints?|calls?|letters?|events?|orders?|visitors?|users?|owner)"
    r"(?: at all)?(?: (?:than|to) [\w,. ]+)?|"
    r"\b(?:nobody|no one|none)(?: has| had| of them)? (?:at all|complained|wrote|written|called|rang|minded|noticed|"
    r"came|come|asked|ordered|answers|owns)\b|"
    r"\bor (?:lower|less|below|fewer)\b|\bno(?:t)? (?:more|fewer|less) than\b|\bhardly any(?:body|one)?\b|"
    r"苦情(?:は|が|も)?(?:なし|ない|な(?:かった)|来な(?:い|かった)|ほとんどな(?:い|かった))|"
    r"(?:誰も|何も|ほとんど|1件も|一件も)[^、。()]{0,9}(?:ない|なかった|ません(?:でした)?)",
    re.ASCII,
)
"""How people say that a week was calm, or that nothing came."""


UNSETTLED = re.compile(
    r"\b(?:or|if|unless|provided|perhaps|maybe|possibly|probably|presumably|depending|undecided|unsure|pending|tbd|"
    r"at the earliest|still open|left open|not|never|neither|nor|cannot|instead|wrong|false|irrelevant|no longer)\b|"
    r"n't\b|\?|^no(?=$|[,;:.]| \d)|"
    r"または|あるいは|もしくは|それとも|かもしれ|たぶん|おそらく|なら(?!び)|次第|ければ|(?<!し)たら|未定|未決|未確認|保留|"
    r"(?<!少)(?<!危)(?<!足り)ない|ません|せず|ではなく|無関係|誤り|間違",
    re.ASCII,
)
"""Words of a bracket that explains nothing, and leaves its value open or takes it back."""
BOUNDS = re.compile(r"\b(?:not|no) (?:later|after|more|less|fewer|earlier|sooner)(?: than)?\b|でなければ", re.ASCII)
"""How people say the most or the least of something, which takes nothing back."""
HEDGES = (
    r"(?:but|rather|in (?:truth|fact)|really|actually|sometimes|often|also|better|else|say|by others|others|as well|"
    r"more|less|then|about|around|以前は|本当は|実は|実際は)"
)
"""What may stand around a second value in a bracket."""
PART_OF = re.compile(
    r"#\d+|20\d\d-\d\d-\d\d|\b(?:of|out of) (?:the |all |these )?\d[\d,.]*|\d[\d,.]* ?(?:のうち|中|番)"
)
"""Numbers of a bracket that are of another kind."""


def asides(cell: str) -> list[str]:
    """What stands in brackets beside a value; none where nothing else stands there."""
    said = plain(cell)
    return [one[1:-1].strip() for one in ASIDE.findall(said)] if ASIDE.sub(" ", said).strip() else []


def is_open(text: str) -> bool:
    """Whether a text leaves a value open: another one, a condition, or somebody who is still looked for."""
    return bool(OPEN.search(CALM.sub(" ", plain(text))))


def is_denied(text: str) -> bool:
    """Whether a text takes back what it stands beside; that nothing came, or what was left out, takes nothing back."""
    return bool(DENIES.search(COUNTED.sub(" ", CALM.sub(" ", plain(text)))))


def is_unsettled(text: str) -> bool:
    """Whether a text beside a value leaves it open or takes it back; what was left out of a sum does neither."""
    return bool(UNSETTLED.search(BOUNDS.sub(" ", COUNTED.sub(" ", plain(text)))))


def taken_back(cell: str, unit: str, is_same: Callable[[str], bool]) -> str:
    """The bracket that puts a second value beside the number of a cell, or takes it back; empty where none does.

    ``unit`` is what people write behind such a number, and ``is_same`` tells the number itself from another.
    """
    hedged = re.compile(rf"(?:{HEDGES}[ ,:]*)*(?P<told>{NUMBER.pattern} ?(?:{unit})?)[ ,.]*(?:{HEDGES}[ ,.]*)*")
    for one in asides(cell):
        second = hedged.fullmatch(PART_OF.sub(" ", one).strip(" =:"))
        if is_unsettled(one) or (second and not is_same(second["told"])):
            return one
    return ""
