"""Hold what free prose says as a fact against the records: numbers, counts, verdicts, and what came of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import values
from asides import is_denied
from drawn_quarter.draw import REVIEW, WEEKS, sli
from filled_form.reader import plain

if TYPE_CHECKING:
    from truth import Truth

RECORD = re.compile(r"\b(inc|p|c|d)-(\d{2,5})\b", re.ASCII)
CLAUSE = re.compile(
    r"(?<!\d)\.|\.(?!\d)|(?<!\d),|,(?!\d)|[;:!?。、!?()\n]|\b(?:and|while|but|as|since|so|whereas)\b", re.ASCII
)
PERCENT = re.compile(r"(?<![\d.,])(\d\d)(?:[.,](\d{1,3}))? ?(%|per ?cent|パーセント)?(?![\d.,]\d|\d)")
TOLD = re.compile(
    r"(?:\b(?:kept|reached|reaches|stood at|(?:was|is) at|came to|sli (?:is|was|of))|実績は|sli は)"
    r"(?: (?:only|about|just))* ?(?P<number>\d\d[.,]\d{1,3})"
)
"""A percentage that a reason tells as one that was, of the quarter or of a week."""
BOUND = re.compile(
    r"(?:\b(?:allow(?:s|ed)?(?: for)?|promise[sd]?|floor (?:is|of)|at most)|上限は|約束は)(?: (?:only|about|"
    r"just|at most|us))* ?"
    r"(?P<number>\d\d[.,]\d{1,3})"
)
"""One that a reason tells as the most that can be kept."""
LEAST = 90
"""From which percentage on one is read as a share of good events."""
OF_OTHERS = re.compile(
    r"^ ?of (?:(?:its|the|their|all|our|these) )*(?:pages|alerts|calls|complaints|budget|orders|cases|people)|"
    r"の(?:呼び出し|苦情|予算)"
)
CUT = 0.011
"""How far a number may be from what was so, beside its own rounding."""
NAMED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS = {word: at for names in (NAMED, "一二三四五六七八九十") for at, word in enumerate(names, 1)}
COUNT = rf"(\d{{1,2}}|{'|'.join(WORDS)})"
OF_ALL = re.compile(
    rf"\b{COUNT} (?:out )?of (?:the |our |all )*{COUNT} (?:\w+ )?(?:were|was|have been|got) "
    r"(kept|met|missed)\b(?! (?:as|at|the|for)\b)|"
    rf"{COUNT}(?:個|つ)?の?目標(?:のうち|中)(?:で)?、?{COUNT}(?:個|つ)?(?:は|が|を)?(守られ|守れ|破られ)(?!な|ず)"
)
"""How many of how many were kept or missed."""
MISSED = re.compile(
    rf"(?:^|[.;:!] )(?:only )?{COUNT} (?:objectives )?(?:were|have been) missed\b|"
    rf"(?:破られた(?:の|目標|もの)|守れなかった(?:の|目標|もの))は{COUNT}"
)
ALL_KEPT = re.compile(
    r"(?:^|[.;:!] )(?:all|every one)(?: of)?(?: the| our)?(?: twelve| 12)?(?: objectives)? (?:were|was|are|have been) "
    r"(?:kept|met)\b"
    r"(?! (?:as|at|but|except)\b)|"
    r"\bno objective (?:was|were|has been) missed\b|(?:^|[.;:!] )(?:none|nothing) (?:was|were|has been) missed\b|"
    r"(?:^|[。、.] ?)(?:12(?:個)?の)?(?:すべて|全て|全部)の目標(?:が|は)?、?(?:守られ|守れ)(?!な|ず)|"
    r"破られた(?:目標|もの)は(?:ない|ありません|なかった)"
)
VERDICT = {
    "lower": r"lowered|引き下げ(?:る|た|ます|ました)",
    "raise": r"raised|引き上げ(?:る|た|ます|ました)",
    "exception": r"suspended|(?:を|は)停止(?:する|した|します|しました)",
    "retire": r"retired|taken down|廃止(?:する|した|します|しました)",
}
NOW = r"\b(?:is|are|gets?|will be|has been|have been|we have|we) (?:now |to be |therefore )?"
KEPT = re.compile(
    r"\b(?:kept|met) (?:in (?:every|all|each|the whole)|since|from|every|all|throughout|well|easily|again|now)\b|"
    r"\b(?:was|is|been) (?:always )?(?:kept|met)(?=\W*$|[,;.])|守[られ]{1,2}(?:た|ている|ました|ています)"
)
FELL = re.compile(r"\bmiss(?:ed|es)?\b|\bbad\b|\bfail|守[られ]{1,2}(?:な|て(?:い)?な)|破られ|悪い週")
PART = re.compile(
    r"\bw ?\d|\b(?:before|until|during|while|half|only|some|almost|mostly|but|except)\b|移設|停止|ほぼ|週"
)
SILENT = re.compile(
    r"\b(?:no|without) complaints?\b|\b(?:nobody|no one)(?: has| had)? (?:complained|wrote|written|called|rang|"
    r"minded)\b|"
    r"苦情(?:は|が|も)?(?:なし|ない|なかった|来なかった)|誰も(?:書いて|言って|苦情)[^、。]{0,6}(?:ない|なかった)"
)
ONCE_MORE = re.compile(
    r"\b(?:second|twice|again|once more|further|anew)\b|2(?:度|回)目|二(?:度|回)目|再び|再度|もう一度|さらに"
)
PROLONGED = re.compile(r"\b(?:prolong\w*|extend\w*|suspen\w+|exception)\b|延長|停止|例外")
OVER = re.compile(r"\b(?:over|ended|ends|done|back|expired|stopped|gone)\b|終わ|終了|解除|復帰|戻")


def unknown_record(text: str, known: Mapping[str, str]) -> str:
    """The first number of a record that a text names and nobody has recorded; empty where there is none."""
    found = (f"{one[1].upper()}-{int(one[2])}" for one in RECORD.finditer(plain(text)))
    return next((one for one in found if one not in known), "")


def _is_fact(number: str, facts: Iterable[float]) -> bool:
    said = number.replace(",", ".")
    within = 0.5 * 10 ** -len(said.partition(".")[2]) + CUT
    return any(abs(float(said) - one) <= within for one in facts)


def _percents(truth: Truth, name: str, decided: float) -> set[float]:
    """All percentages that are so of an objective, but those of single weeks."""
    found = {truth.target(name).objective, *truth.target(name).accepts.values(), decided}
    found |= {share for need in truth.quarter.needs.get(name, ()) for share in (need.promised, need.kept)}
    if truth.counted(name).valid:
        found |= {truth.sli(name), 100 - truth.sli(name), truth.used(name)}
    return found | (set(truth.floor(name)) if truth.quarter.needs.get(name) else set())


def _weekly(truth: Truth, name: str) -> set[float]:
    weeks = truth.target(name).weeks
    return {sli(weeks[week]) for week in WEEKS if weeks[week].valid}


def _named(text: str, truth: Truth) -> list[str]:
    return [
        name for name in truth.names if re.search(rf"(?<![\w-]){name.replace('-', '[- ]')}(?![a-z-])", text, re.ASCII)
    ]


def false_reason(why: str, name: str, truth: Truth, decided: float) -> str:
    """A percentage that a reason tells as a fact and that is none; empty where there is none."""
    said = plain(why)
    every = {name, *_named(said, truth)}
    facts = {one for each in every for one in _percents(truth, each, decided)}
    was = facts.union(*(_weekly(truth, each) for each in every))
    told = [(found["number"], was) for found in TOLD.finditer(said)]
    told += [(found["number"], facts) for found in BOUND.finditer(said)]
    return next((number for number, right in told if not _is_fact(number, right)), "")


def _count(word: str) -> int:
    return WORDS.get(word) or int(word)


def false_count(text: str, truth: Truth) -> str:
    """What a text tells of how many were kept or missed and the records do not; empty where there is none."""
    said = plain(text)
    missed, idle = truth.counts["missed"], truth.counts["retire"]
    every = {len(truth.names) - one for one in range(idle + 1)}
    kept = {one - missed for one in every}
    if found := ALL_KEPT.search(said):
        return found[0]
    for one in OF_ALL.finditer(said):
        number, whole, what = one.groups()[:3] if one[3] else (one[5], one[4], one[6])
        right = {missed} if what in ("missed", "破られ") else kept
        if _count(whole) in every and _count(number) not in right:
            return one[0]
    for one in MISSED.finditer(said):
        if _count(one[1] or one[2]) != missed:
            return one[0]
    return ""


def false_clause(text: str, truth: Truth, decided: Mapping[str, tuple[str, float]]) -> str:
    """A clause about one objective with a verdict or a percentage that is not so; empty where there is none."""
    for clause in CLAUSE.split(plain(text)):
        names = _named(clause or "", truth)
        if len(names) != 1 or is_denied(clause):
            continue
        name = names[0]
        verdict, number = decided.get(name, ("", 0.0))
        for other, words in VERDICT.items():
            told = re.search(rf"{NOW}(?:{words})|{words.partition('|')[2] or words}", clause, re.ASCII)
            if told and other != verdict and not (other == "exception" and name in truth.quarter.suspended):
                return clause.strip()
        facts = _percents(truth, name, number) | (
            _weekly(truth, name) if re.search(r"\bweek|\bw ?\d|週", clause) else set()
        )
        if _has_false_percent(clause, facts):
            return clause.strip()
    return ""


def _has_false_percent(clause: str, facts: set[float]) -> bool:
    """Whether a clause tells a percentage of what was asked for that is none of the facts."""
    for one in PERCENT.finditer(clause):
        number = f"{one[1]}.{one[2]}" if one[2] else one[1]
        is_told = (one[2] or one[3]) and LEAST <= float(number) < 100 and not OF_OTHERS.search(clause[one.end() :])
        if is_told and not _is_fact(number, facts):
            return True
    return False


def false_outcome(came: str, name: str, truth: Truth) -> bool:
    """Whether what is told of an entry of the log contradicts the records of its objective."""
    said = plain(came)
    if truth.is_missed(name):
        is_kept = KEPT.search(said) and not FELL.search(said) and not PART.search(said) and not is_denied(said)
        is_silent = SILENT.search(said) and not FELL.search(said) and not PART.search(said)
        return bool(is_kept or (is_silent and truth.is_loud(name)))
    if FELL.search(said) and not PART.search(said) and not is_denied(said):
        return True
    goes_on = ONCE_MORE.search(said) or any(day > REVIEW for day in values.days_of(said))
    return bool(PROLONGED.search(said) and goes_on and not OVER.search(said) and not is_denied(said))
