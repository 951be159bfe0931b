"""Does each telephone number stand with those who answer it?"""

from __future__ import annotations

import re
from collections.abc import Mapping

SENTENCE = re.compile(r"[|。;]|\. |\.$")
TEAMS = {
    "bicycles": r"\bbicycles?(?!\w)|\bnao\b|\btsubasa\b|\bmei\b|自転車|ナオ|ツバサ|メイ",
    "servers": r"\bservers\b|\bserver (?:team|turn|on-call|people)\b|\bkuramoto\b|\baki\b|"
    r"サーバーの?(?:当番|チーム|オンコール|担当)|クラモト|アキ",
    "": r"\brin\b|(?<![ァ-ヺー])リン(?![ァ-ヺー])|\b(?:author|maker)\b|\bwho (?:has )?(?:built|wrote|made|written)\b|"
    r"\btram(?:way)? (?:project|team|people)\b|作者|(?:作った|書いた)人|路面電車",
}
"""Who is named; those without a number of their own have an empty name."""
NUMBER = re.compile(r"(?<!\d)\d{4}(?!\d)")
CALLED = re.compile(
    r"(?:\b(?:call|ring|ring up|phone|telephone|tel|dial|extension|ext)\b\.?|電話|内線)[^|。;\d]{0,25}"
    r"(?<![\d:.,/-])(\d{4,5})(?![\d:.]\d|\d| ?(?:s|min|mb|kb|docks?)\b)"
)


def numbers(listed: str) -> dict[str, str]:
    """Which team answers which number, as the list of those on call has it."""
    rows = [line.split(",") for line in listed.splitlines()[1:]]
    return {row[-1]: row[0] for row in rows}


def wrong_number(text: str, known: Mapping[str, str], ports: set[str], own: str) -> tuple[str, bool]:
    """A number that nobody answers (False), or others than those beside it (True); empty where there is none.

    ``own`` is the team that a row is about, where it is about one.
    """
    for said in SENTENCE.split(text):
        for found in re.finditer(
            rf"(?<![\d:.,/-])(?<!port )(?<!ポート)({'|'.join(known)})(?![\d:]|\.\d| ?(?:mb|kb|s|reports)\b)", said
        ):
            team = _named(said, found.start(), found.end())
            if team is None and own and re.search(r"call|ring|phone|tel|dial|電話|内線|起こ|wake", said):
                team = own
            if team is not None and team != known[found[1]]:
                return found[1], True
        for found in CALLED.finditer(said):
            if found[1] not in known and found[1] not in ports:
                return found[1], False
    return "", False


def _named(said: str, start: int, end: int) -> str | None:
    """Who is named nearest in front of a number, or else behind it; none where nobody is."""
    places = [(found.start(), team) for team, words in TEAMS.items() for found in re.finditer(words, said, re.ASCII)]
    before = [one for one in places if one[0] < start]
    next_number = NUMBER.search(said, end)
    after = [one for one in places if end <= one[0] < (next_number.start() if next_number else len(said))]
    return max(before)[1] if before else min(after)[1] if after else None
