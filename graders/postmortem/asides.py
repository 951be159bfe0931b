"""Tell what may be added to a value from what leaves it open, takes it back, or puts another beside it."""

from __future__ import annotations

import re

from filled_form.reader import plain

ASIDE = re.compile(r"\([^()]*\)")
COUNTED = re.compile(
    r"\b(?:do|does|did|is|are|was|were)(?: not|n't) (?:count(?:ed|ing)?|included?|in it)\b|"
    r"\bnot (?:counted|counting|included|including)\b|"
    r"数え(?:ない|ません|ず|ていない)|含ま(?:ない|ず|ません|れない)|含め(?:ない|ず|ません)|入れ(?:ない|ず|ていない)",
    re.ASCII,
)
"""How people say what they have left out, which denies nothing."""
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


def asides(cell: str) -> list[str]:
    """What stands in brackets beside a value; none where nothing else stands there."""
    said = plain(cell)
    return [one[1:-1].strip() for one in ASIDE.findall(said)] if ASIDE.sub(" ", said).strip() else []


def is_unsettled(text: str) -> bool:
    """Whether a text beside a value leaves it open or takes it back; what was left out of a sum does neither."""
    return bool(UNSETTLED.search(BOUNDS.sub(" ", COUNTED.sub(" ", plain(text)))))
