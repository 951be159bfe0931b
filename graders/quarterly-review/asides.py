"""Tell what may be added to a value from what leaves it open, takes it back, or puts another beside it."""

from __future__ import annotations

import re

from filled_form.reader import plain
from filled_form.values import ASIDE

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


def asides(cell: str) -> list[str]:
    """What stands in brackets beside a value; none where nothing else stands there."""
    said = plain(cell)
    return [one[1:-1].strip() for one in ASIDE.findall(said)] if ASIDE.sub(" ", said).strip() else []


BEHIND = re.compile(
    r"\bor\b(?! (?:none|not|another|others?|something|nothing|(?:inc|p|c|d)-\d|w ?\d))|\b(?:later|once|whether)\b"
)
"""Words of an explanation behind a record, which leave open nothing about it."""


def is_open(text: str) -> bool:
    """Whether a text leaves a value open: another one, a condition, or somebody who is still looked for."""
    return bool(OPEN.search(CALM.sub(" ", plain(text))))


def is_denied(text: str) -> bool:
    """Whether a text takes back what it stands beside; that nothing came, or what was left out, takes nothing back."""
    return bool(DENIES.search(COUNTED.sub(" ", CALM.sub(" ", plain(text)))))
