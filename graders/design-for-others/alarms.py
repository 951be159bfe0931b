"""Tell what is seen when all is well from that at which an alert rings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from drawn_house.draw import Alert
from steps import is_refused
from truth import UP

CLAUSE = re.compile(r"[;。()、|]|, |\. |\bbut\b|\bwhile\b|が、")
CALLED = re.compile(r"(\w)\((tally_\w+(?:\[\w+\])?)\)", re.ASCII)
"""A metric in the brackets of a function."""
HINT = re.compile(r"\b(?:if|else|otherwise|unless|means?|would|instead)\b|なら|場合|意味|ければ|(?<!し)たら", re.ASCII)
"""In a clause that says what follows from something else."""
SENT_ON = re.compile(
    r"(?:\b(?:see|read|under|row|go (?:on )?(?:to|at)|look (?:at|below|under|up))|→|->|:)(?: the| row| alert)* ?$"
)
SENT_ON_JA = re.compile(r"^ ?(?:の行|の欄|を見|へ|に進|を参照)")
ENDS = re.compile(
    r"^[^.;。]{0,30}?(?:\b(?:not|never|no longer|ends?|ended|stops?|stopped|resolves?d?|clears?|cleared|gone|"
    r"goes (?:out|away|quiet|silent)|quiet|silent|inactive|closed|over)\b|"
    r"n't\b|止|消え|収ま|解除|解消|終わ|ない|ません|ず)"
)
"""Behind an alert that does not ring, or no longer."""
NUMBER = re.compile(
    r"(?<![\w.])(\d{1,7})(?![\d:])(?! ?(?:s|secs?|seconds?|min|minutes?|h|hours?|秒|分|時間)(?![a-z]))", re.ASCII
)
NOT = r"(?:\b(?:not|never|no|nor)\b|n't) (?:\w+ )?$"
ABOVE = re.compile(
    r"(?:>=?|≥|\babove|\bover|\bmore than|\bexceed\w*|\b(?:higher|greater|larger) than|\bat least|\bmin\w*)[^\d]{0,3}$"
)
BELOW = re.compile(
    r"(?:<=?|≤|\bbelow|\bunder|\b(?:less|fewer|lower|smaller) than|\bat most|\bup to|\bmax\w*|最大)[^\d]{0,3}$"
)
ABOVE_JA = re.compile(
    r"^ ?\w{0,2}?(?:mb)? ?(?:or (?:more|above|higher)|以上|を超え(?!な)|を上回(?!ら)|より(?:大き|多))"
)
BELOW_JA = re.compile(
    r"^ ?\w{0,2}?(?:mb)? ?(?:or (?:less|fewer|below|lower)|以下|未満|を下回(?!ら)|を超えな|より(?:小さ|少な(?!く)))"
)
FLOOR_JA = re.compile(r"^ ?\w{0,2}?(?:mb)? ?(?:を下回ら|より少なくな)")
GROWS = re.compile(
    r"\b(?:climb|rise|ris|grow|increas|go(?:es)? up|mount)(?:s|es|ing)?\b|"
    r"増え(?!な|ず|てい?な)|上がり続け|上昇(?!しな)",
    re.ASCII,
)
FALLS = re.compile(r"\b(?:fall|shrink|drop|sink|decreas)(?:s|es|ing)?\b|減(?:る|って(?!いな)|少(?!しな))", re.ASCII)
AND_AGAIN = re.compile(
    r"\b(?:keeps?|again and again|every|all (?:the time|night)|without end)\b|続け|何度も|絶えず", re.ASCII
)
SILENT = re.compile(
    r"(\d{1,4}) ?(?:or more )?(?:of them |docks? )?(?:are |is |were |have been )?(?:silent|missing)\b|"
    r"\b(?:silent|missing)(?: docks?)?(?: are| is|:)? ?(?:more than|over|above|at least|>=?)? ?(\d{1,4})|"
    r"(?:黙っている|欠けている)ドックが? ?(\d{1,4})|(\d{1,4})(?:個|以上|より多く)?の?ドックが(?:黙|欠け)",
    re.ASCII,
)
SILENT_AT_MOST = 10
"""So many docks may be missing in a snapshot that is well."""


class Span(NamedTuple):
    """The values that a text names."""

    low: float
    high: float


def span(before: str, number: int, after: str) -> Span:
    """The values that a number stands for, with the words in front of it and behind."""
    above, below = ABOVE.search(before), BELOW.search(before)
    if above and re.search(NOT, before[: above.start()]):
        return Span(float("-inf"), number)
    if below and re.search(NOT, before[: below.start()]):
        return Span(number, float("inf"))
    if above or ABOVE_JA.search(after) or FLOOR_JA.search(after):
        is_strict = bool(above and not re.search(r"=|≥|least|min", above[0])) or bool(
            re.search(r"^\W*を超|より", after)
        )
        return Span(number + is_strict, float("inf"))
    if below or BELOW_JA.search(after):
        is_strict = bool(below and not re.search(r"=|≤|most|up to|max|最", below[0])) or bool(
            re.search(r"^ ?\w{0,2}?(?:未満|を下回|より)", after)
        )
        return Span(float("-inf"), number - is_strict)
    return Span(number, number)


def rings(seen: Span, mark: str, bound: float) -> bool:
    """Whether an alert rings at one of some values."""
    return seen.high > bound if mark == ">" else seen.low < bound


def alarm(seen: str, alerts: Iterable[Alert], is_down: bool) -> str:
    """The sign of an alert that is told as one that all is well; empty where there is none.

    ``is_down`` says that tally has been stopped, so that nothing of it can be up.
    """
    for clause in CLAUSE.split(CALLED.sub(r"\1 \2", seen)):
        if HINT.search(clause):
            continue
        for alert in alerts:
            if is_down and alert.metric == "up":
                continue
            if _is_named(clause, alert) or _is_met(clause, alert):
                return clause.strip()
        starts = clause.find("tally_starts_total")
        if starts >= 0 and AND_AGAIN.search(clause) and GROWS.search(clause) and not ENDS.search(clause[starts + 18 :]):
            return clause.strip()
    return ""


def _is_named(clause: str, alert: Alert) -> bool:
    """Whether an alert is to be seen, and neither its end nor its row."""
    for found in re.finditer(re.escape(alert.name.casefold()), clause):
        before, after = clause[: found.start()], clause[found.end() :]
        sent_on = SENT_ON.search(before) or SENT_ON_JA.search(after)
        if not (sent_on or ENDS.search(after) or is_refused(clause, *found.span())):
            return True
    return False


def _is_met(clause: str, alert: Alert) -> bool:
    """Whether the condition of an alert is to be seen."""
    if alert.metric == "up":
        return any(not is_refused(clause, *found.span()) for found in re.finditer(UP, clause))
    mark = "<" if alert.metric == "tally_disk_free_megabytes" else ">"
    bound = max(alert.bound, SILENT_AT_MOST) if alert.metric == "tally_docks_silent" else alert.bound
    if alert.metric == "tally_docks_silent" and (found := SILENT.search(clause)):
        place = next(at for at in range(1, 5) if found[at])
        return rings(span(clause[: found.start(place)], int(found[place]), clause[found.end(place) :]), mark, bound)
    if (
        mark == "<"
        and re.search(r"\bfree\b|空き", clause)
        and (told := re.search(r"(\d{1,7}) ?(?:mb|mega|メガ)", clause))
    ):
        return rings(span(clause[: told.start()], int(told[1]), clause[told.end(1) :]), mark, bound)
    named = re.search(rf"(?<!\w){alert.metric}(?!\w)", clause, re.ASCII)
    if not named:
        return False
    before, after = clause[: named.start()], clause[named.end() :].replace("[5m]", "")
    moves = (FALLS if mark == "<" else GROWS).search(after)
    if moves and not (re.search(NOT, after[: moves.start()]) or ENDS.search(after)):
        return True
    number = NUMBER.search(after)
    is_total = alert.metric.endswith("_total") and not re.search(r"increase|rate|delta|増分|増加", before)
    if not number or is_total:
        return False
    return rings(span(after[: number.start()], int(number[1]), after[number.end() :]), mark, bound)
