"""Read what must be seen after a step: words that a screen shows, a number of docks, an exit code, and in what time."""

from __future__ import annotations

import re
from typing import NamedTuple

from filled_form import alone

STATES = {
    "running": "active (running)|running|active: active (running)",
    "active": "active",
    "set-active": "activestate=active|substate=running",
    "started": "started tally.service|started tally.service - takes the docks' reports",
    "ended": "inactive (dead)|dead|active: inactive (dead)",
    "inactive": "inactive",
    "set-inactive": "activestate=inactive|substate=dead",
    "stopped": "stopped tally.service|stopped tally.service - takes the docks' reports|"
    "tally.service: deactivated successfully",
    "broken": "failed|active: failed|activestate=failed|activating (auto-restart)|malformed",
    "exit": "exit code 0|exit status 0|exit 0|終了コード0|終了コード 0|終了コードが0|終了コードは0",
    "answered": "200|200 ok|http 200|http/1.0 200 ok",
    "ok": "ok",
    "quiet": "no output|no message|出力なし|何も出ない|何も表示されない",
}
"""What a screen shows, by what it is a sign of."""
WORDS = {word: state for state, words in STATES.items() for word in words.split("|")}
NOUN = re.compile(
    r"(?:silent )?\"?\bdocks?\b\"?:?|\btally_docks_silent\b|"
    r"(?:黙っている)?ドック(?:の数)?(?:が|は)?|[個台基]の?|か所の?",
    re.ASCII,
)
SILENT = re.compile(r"silent|黙")
LEAST = re.compile(
    r"(?:at least|no fewer than|>=|≥|少なくとも|最低) ?(\d{1,5})|(\d{1,5}) ?(?:or more|\+|以上の?)"
    r"|(\d{1,5}) ?(?:to|から|[-–~〜]|\.\.) ?(\d{1,5})(?: ?まで)?"
)
MOST = re.compile(r"(?:at most|<=|≤|多くて|最大) ?(\d{1,5})|(\d{1,5}) ?(?:or fewer|or less|以下の?)")
"""A number with the side on which all is well."""
TIMES = {
    1: ("s", "sec", "seconds", "second", "秒"),
    60: ("min", "minutes", "minute", "分"),
    3600: ("h", "hours", "hour", "時間"),
}


class Sign(NamedTuple):
    """One thing that must be seen: a state, or a number of docks with the side on which all is well."""

    kind: str
    number: int = 0
    up_to: int = 0
    """The other end of a span; 0 where there is none."""


def signs(text: str) -> list[Sign | None]:
    """Give what a cell lists between commas; None for each that is no such sign."""
    return [_sign(one) for one in alone.parts(text)]


def _sign(said: str) -> Sign | None:
    if said in WORDS:
        return Sign(WORDS[said])
    rest = " ".join(NOUN.sub(" ", said).split())
    if (found := LEAST.fullmatch(rest)) and not SILENT.search(said):
        return Sign("least", int(found[1] or found[2] or found[3]), int(found[4] or 0))
    found = MOST.fullmatch(rest)
    return Sign("most", int(found[1] or found[2])) if found else None


def within(text: str) -> float | None:
    """Give the seconds that a cell is, a number with its unit; None where anything else stands there."""
    if alone.amount(text, ()) is not None:
        return None
    told = ((size, alone.amount(text, units)) for size, units in TIMES.items())
    return next((number * size for size, number in told if number is not None), None)
