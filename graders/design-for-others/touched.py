"""Find what changes the data or its backups beside tally's own commands."""

from __future__ import annotations

import re
from collections.abc import Iterable

LOOKS = frozenset(
    re.findall(
        r"\S+",
        "ls stat du df file cat head tail less wc sha256sum md5sum cksum cmp diff fuser lsof test [ readlink "
        "realpath dirname basename grep strings watch getfacl namei findmnt mountpoint chown chmod setfacl rsync "
        "cp mv tar scp echo printf ssh cd export systemctl journalctl tally-backup tally-check tally-restore "
        "tally-prune tally-silent tally-ask-again sqlite3 find flock curl",
    )
)
"""Commands that leave the data as it is, or take it away to another place."""
INTO = frozenset(("cp", "rsync", "mv", "scp"))
"""Those that write what they name last."""
BEFORE = re.compile(r"^(?:sudo(?: -u \w+| -\w+)*|time|nice|env|exec|then|do|\w+=\S*) ")
MARKED = re.compile(r"`([^`]+)`")
READS = re.compile(
    r"^[\"' ]*(?:(?:explain|select|with)\b|"
    r"pragma (?:integrity_check|quick_check|\w+_list|table_info|page_count|freelist_count)|"
    r"\.(?:tables|schema|backup|dump|databases|dbinfo|sha3sum|mode|headers|timeout|quit|exit|help|recover|indexes|stats))"
)
WRITES = re.compile(
    r"\b(?:delete from|drop table|truncate table|update \w+ set|insert into|replace into|alter table)\b|"
    r"\b(?:delet|remov|eras|wip|drop|clear|empt|purg|truncat|clean)(?:e|es|ing|s|y|ies|ying|ping)?(?: out)? "
    r"(?:(?!tally-prune)[^.;]){0,40}?\b(?:rows?|tables?|records|entries|tuples|sqlite3?|sql)\b|"
    r"\b(?:sqlite3?|sql|query|queries)\b(?:(?!tally-prune|\. )[^;]){0,60}?"
    r"\b(?:delet|remov|eras|wip|drop|clear|empt|purg|truncat)(?:e|es|ing|s|y|ies|ying|ping)?\b|"
    r"(?:(?:行|レコード|テーブル|表)(?:の中身)?を|(?:sqlite3?|sql|データ(?:ベース)?から)[^。、]{0,30}?を?)(?:すべて|全部|全て)?(?:削除|消|捨|空に|間引|取り除)"
)
"""Words by which something goes out of the data beside tally-prune."""


def touched(cell: str, data: str, backups: str, kept: int) -> str:
    """The part of a cell by which the data or its backups are changed; empty where none does."""
    places = (data.casefold(), backups.casefold(), "docks.db")
    for found in MARKED.finditer(cell):
        said = " ".join(found[1].casefold().split())
        if any(place in said for place in places) and (problem := _command(said, places, kept)):
            return problem
    return ""


def _command(said: str, places: Iterable[str], kept: int) -> str:
    """The first part of a command line that changes one of some places."""
    if re.search(r"(?<![0-9&])>{1,2}\|? ?[\"']?\S*docks", said) or re.search(r"\btee (?:-a )?\S*docks\.db", said):
        return said
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", lambda quoted: re.sub(r"[;|&]", " ", quoted[0]), said)
    for part in re.split(r"&&|\|\||[;|]|\$\(", outside):
        text = part.strip(" ()")
        while found := BEFORE.match(text):
            text = text[found.end() :]
        words = text.split()
        if not any(place in text for place in places) or len(words) < 2:
            continue
        name = words[0].rsplit("/", 1)[-1]
        if name not in LOOKS or _is_changed(name, words, text, kept):
            return text
    return ""


def _is_changed(name: str, words: list[str], text: str, kept: int) -> bool:
    """Whether a command that may look changes what it is given."""
    if name in INTO:
        last = words[-1].strip("\"'")
        return last.endswith("docks.db") or last == "/dev/null"
    if name == "find":
        return bool(re.search(r"-delete|-exec|-ok", text)) and f"-mtime +{kept}" not in text
    if name == "sqlite3":
        told = re.search(r"docks\.db[\"']? (.+)", text)
        return bool(told) and not READS.match(told[1])
    return False


def written(said: str) -> str:
    """The words by which something is taken out of the data without tally-prune; empty where nothing is."""
    found = WRITES.search(said)
    return found[0] if found and "tally-prune" not in said else ""
