"""Judge what a step tells somebody to do, and what it says must be seen afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable

from words import BY_HAND, BY_HAND_JA, DOCKS_SEEN, FEWER, NEWEST, REFUSED, REFUSED_JA

LONGEST = 600
"""From how many seconds on nobody still waits for a stop: the machine has ended it long before."""
SECONDS = {"s": 1, "秒": 1, "m": 60, "分": 60, "h": 3600, "時": 3600, "d": 86400, "n": 86400}
COUNT_WORDS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIME = re.compile(
    rf"(?<![\w.:])(\d{{1,6}}(?:\.\d+)?|an?|{'|'.join(COUNT_WORDS[1:])})[ -]?"
    r"(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|nights?|秒|分|時間)(?![a-z])(?! ?(?:ago|前))",
    re.ASCII,
)
"""A length of time with its unit."""
COUNT = (
    r"(?<![\d.,:/-])(\d{1,6})(?![\d:]|[.,]\d)"
    r"(?! ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|nights?|[km]i?b|bytes?|lines?|times|places|percent|"
    r"bicycles?|bikes?|vans?)(?![a-z]))(?! ?(?:%|秒|分|時間|回|行|台|日|晩|夜|か所))"
)
"""A number that counts neither time nor anything else that has a name."""
DOCK = r" ?(?:docks?\b|ドック|個|基)?(?:の)?,? ?"
NO_LESS = (
    r"(?:at least|\bno (?:fewer|less) than|\bnot (?:fewer|less|below|under)(?: than)?|\bmin(?:imum)?\b\.?(?: of)?|>=|≥|"
    r"少なくとも|最低(?:でも)?) ?"
)
NO_LESS_AFTER = (
    r"(?:or (?:more|above|higher)|and (?:more|up|above)|at least|\+|以上|を下回らな|を下回ることは?な|より少なくな)"
)
MORE = r"(?:(?<!no )(?<!not )\bmore than|\bover|\babove|>(?!=)|\bexceeds?) ?"
MORE_AFTER = r"(?:を超え(?!な)|より多)"
NO_MORE = (
    r"(?:(?<!no )(?<!not )\b(?:fewer|less) than|(?<!not )\b(?:below|under)|\bat (?:the )?most|"
    r"\b(?:no|not|never) more than|\bup to|\bmax(?:imum)?\b\.?(?: of)?|<=?|≤|最大(?:でも)?|多くても?|せいぜい) ?"
)
NO_MORE_AFTER = (
    r"(?:(?:or|and) (?:fewer|less|below|lower)|at (?:the )?most|以下|未満|を下回(?:る|り)|より少な(?!く)|まで(?!に|待))"
)
OF_ANOTHER = re.compile(r"systemctl (?:--\S+ )?$|\bgateways?\b|ゲートウェイ", re.ASCII)
"""Before a start that is not one of the service beside its unit."""
STATUS = re.compile(r"systemctl (?:--\S+ )?(?:status|is-active|show)\b", re.ASCII)
ABOUT_DOCKS = re.compile(r"\bdocks?\b|ドック")
COUNTS_DOCKS = re.compile(r"/snapshot|tally-ask-again")
EXIT = re.compile(
    r"(?:\b(?:exit|return)(?:s|ed)? (?:code|status|value)|\$\?|終了(?:コード|ステータス))"
    r"(?: (?:is|of|says|prints|shows|with|gives))?[^\w\n]{0,4}(?:が|は)? ?(\d{1,3})",
    re.ASCII,
)
BAD = re.compile(
    r"\bmalformed\b|another one holds the lock|disk is full|tokens do not answer|told to come again|\btraceback\b|"
    r"\bconnection refused\b|\bsilent since\b|\bservice unavailable\b|"
    r"\berrors?\b|\bfail(?:s|ed|ure)?\b|\brefus(?:es|ed)\b|エラー|失敗|壊れ",
    re.ASCII,
)
"""What is seen where something has gone wrong."""
GOOD = re.compile(r"\bok\b|(?<!in)active \(running\)", re.ASCII)
RESTORING = re.compile(r"tally-(?:restore|check|ask-again)(?![a-z-])|systemctl (?:--\S+ )?(?:re)?start tally(?![\w-])")
BACKUP = re.compile(r"tally-backup(?![a-z-])(?: ([^\s\"';|&]+))?")
RESTORE = re.compile(r"tally-restore(?![a-z-])")
PLACED = re.compile(r"(?<![\w/.:])/(?:etc|var|srv|opt|data|mnt)(?:/[\w.<>$@-]+)*", re.ASCII)
INSTEAD_OF = re.compile(
    r"\b(?:over|onto|into|to|replac(?:e|es|ing)|place of|instead of)(?: the)?(?: data| file)?,? [\"']?$"
)
OVERWRITTEN = re.compile(r"^ ?(?:を置き換|を上書き|に上書き|の代わり|と入れ替|へ|に(?:戻|書))")
"""Around what is written over."""
BUT_THAT = re.compile(
    r"\b(?:but|except|other than|before|older|second|previous|not the one)\b|"
    r"以外|除|前の|[二2]番目|[二2]つ目|ではなく|でなく"
)
"""Words by which the newest one is passed over."""
ASKED_AT = re.compile(
    r"(?:https?://|\b(?:curl|wget|nc) (?:-\S+ )*[\"']?)(?:\w+@)?([a-z][\w.-]*):(\d{4,5})(?!\d)", re.ASCII
)
LOGGED_IN = re.compile(r"\bssh (?:-\S+ )*(?:[\w-]+@)?([a-z][\w-]*)", re.ASCII)


def is_refused(said: str, start: int, end: int) -> bool:
    """Whether what stands at a place is named to be refused."""
    return bool(re.search(REFUSED, said[:start]) or re.search(REFUSED_JA, said[end:]))


def is_said(pattern: re.Pattern[str], said: str) -> bool:
    """Whether something is said, and not only to be refused."""
    return any(not is_refused(said, *found.span()) for found in pattern.finditer(said))


def longest(seen: str) -> float | None:
    """The longest time that is told, in seconds; none where there is none."""
    told = []
    for count, unit in TIME.findall(seen):
        number = float(count) if count[0].isdigit() else COUNT_WORDS.index(count.removesuffix("n") or "a")
        told.append((number or 1) * SECONDS[unit[0]])
    return max(told, default=None)


def is_wrong_stop(seen: str, stop: int) -> bool:
    """Whether a stop is given less time than it takes, or so much as only a mistaken unit gives."""
    told = longest(seen)
    return told is not None and not stop <= told <= LONGEST


def is_wrong_docks(seen: str, do: str, least: int, most: int) -> bool:
    """Whether docks are to be seen in a number, or on a side of it, that is not so when all is well."""
    if FEWER.search(seen):
        return False
    told = {int(one or other) for one, other in DOCKS_SEEN.findall(seen)}
    if not (told or ABOUT_DOCKS.search(seen) or COUNTS_DOCKS.search(do)):
        return False
    strict = _numbers(seen, MORE, MORE_AFTER)
    floors = _numbers(seen, NO_LESS, NO_LESS_AFTER) | {one + 1 for one in strict}
    if _numbers(seen, NO_MORE, NO_MORE_AFTER) and not any(least <= one <= most for one in floors):
        return True
    found = (told - strict) | floors
    return bool(found) and not least <= max(found) <= most


def _numbers(seen: str, before: str, after: str) -> set[int]:
    """The numbers with some words in front of them or behind."""
    found = re.findall(before + r"(?:docks? ?)?" + COUNT, seen) + re.findall(COUNT + DOCK + after, seen)
    return {int(one) for one in found}


def is_bad_sign(do: str, seen: str) -> bool:
    """Whether a step of a start or a restore is to show what shows when it has failed."""
    if not (RESTORING.search(do) or STATUS.search(do) or COUNTS_DOCKS.search(do)):
        return False
    codes = [int(one) for one in EXIT.findall(seen)]
    if 0 in codes or is_said(GOOD, seen):
        return False
    return any(codes) or is_said(BAD, seen)


def not_a_backup(do: str, folder: str, data: str) -> str:
    """A place from which a restore is told to take its file, and which has no backups; empty where there is none."""
    if not (RESTORE.search(do) or NEWEST.search(do)):
        return ""
    handed = re.search(rf"(?:tally-restore|with|from|using) [\"']?((?:{re.escape(data)}|docks\.db)(?![\w.-]))", do)
    handed = handed or re.search(rf"({re.escape(data)}(?![\w.-])) ?(?:を渡|から)", do)
    if handed:
        return handed[1]
    places = [(found[0].rstrip("."), do[: found.start()], do[found.end() :]) for found in PLACED.finditer(do)]
    if any(one == folder or one.startswith(f"{folder}/") for one, _, _ in places):
        return ""
    strange = [one for one, before, after in places if not (INSTEAD_OF.search(before) or OVERWRITTEN.search(after))]
    return next(iter(strange), "")


def is_fresh(steps: Iterable[str], folder: str, newest: str) -> bool:
    """Whether a restore first writes a backup of what is broken, and takes that one for the newest."""
    written = False
    for do in steps:
        restored = RESTORE.search(do)
        for found in BACKUP.finditer(do[: restored.start()] if restored else do):
            into = (found[1] or folder).rstrip("/")
            written = written or (into == folder and not is_refused(do, *found.span()))
        if restored:
            return written and newest not in do and not BUT_THAT.search(do)
    return False


def by_hand(said: str) -> str:
    """The words by which somebody is told to start it beside its unit; empty where nobody is."""
    for pattern in (BY_HAND, BY_HAND_JA):
        for found in pattern.finditer(said):
            of_another = OF_ANOTHER.search(said[max(0, found.start() - 80) : found.start()])
            if not (of_another or is_refused(said, *found.span())):
                return found[0].strip(" ,;.、。")
    return ""


def wrong_machine(said: str, host: str, ports: Iterable[str], others: Iterable[str]) -> str:
    """A machine at which somebody is to look for the service, and where it is not; empty where there is none."""
    here = {host, "localhost", "hostname"}
    for found in ASKED_AT.finditer(said):
        if found[2] in ports and found[1].split(".")[0] not in here and not is_refused(said, *found.span()):
            return found[1]
    for found in LOGGED_IN.finditer(said):
        if found[1] in others and not is_refused(said, *found.span()):
            return found[1]
    return ""
