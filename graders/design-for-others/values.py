"""Reads single cells: a number, a length of time, what is named in code; each as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from filled_form import asides, reader
from filled_form.values import GLUED, Units, any_word, choice, number, units, without_asides
from words import DIGITS, HELD, REFUSED

ANYWHERE, ANYWHERE_JA = "at most least up to every place places", "最大|最低|以上|以下|以内|ごと|まで"
COUNTED = {
    "port": units(f"{ANYWHERE} tcp port", f"{ANYWHERE_JA}|ポート|番"),
    "docks": units(f"{ANYWHERE} dock docks service use", f"{ANYWHERE_JA}|ドック|か所|[個件台基]"),
    "reports": units(f"{ANYWHERE} once report reports", f"{ANYWHERE_JA}|報告|[個件]"),
    "nights": units(f"{ANYWHERE} night nights day days", f"{ANYWHERE_JA}|[日晩夜]"),
}
"""Words that people write around a number that counts something."""
COUNTS = {
    "port": "port",
    "metrics": "port",
    "docks": "docks",
    "least": "docks",
    "at_once": "reports",
    "nights": "nights",
}
"""What a fact counts."""
TIMED = units(
    f"{ANYWHERE} minute minutes min mins hour hours hr hrs h second seconds sec secs s m day days d",
    f"{ANYWHERE_JA}|時間|分間|秒間?|日間|[分日]",
)
SIZED = units(
    f"{ANYWHERE} report reports byte bytes b mb mib megabyte megabytes kb kib kilobyte kilobytes",
    f"{ANYWHERE_JA}|キロバイト|メガバイト|バイト",
)
"""Words around a length of time, and around a size."""
CODE = re.compile(r"`([^`]+)`")
INCIDENT = re.compile(r"(?<![a-z])inc[- ]?(\d{1,5})(?!\d)")
NOT_AT_ALL = re.compile(r"^(?:not at all|not|never|at once|immediately|no time)$|少しも|まったく|耐えられない|すぐ")


TIMES = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒", "秒間"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "分", "分間"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "時間"), 3600),
    **dict.fromkeys(("d", "day", "days", "日", "日間"), 86400),
    **dict.fromkeys(("week", "weeks", "週間"), 604800),
}
BYTES = {
    **dict.fromkeys(("b", "byte", "bytes", "バイト"), 1),
    **dict.fromkeys(("k", "kb", "kib", "kilobyte", "kilobytes", "キロバイト"), 1024),
    **dict.fromkeys(("m", "mb", "mib", "megabyte", "megabytes", "メガバイト"), 1024**2),
    **dict.fromkeys(("g", "gb", "gib", "gigabyte", "gigabytes", "ギガバイト"), 1024**3),
}
"""Units, each in the smallest of its kind."""
MEASURED = {
    "borne": (TIMES, "h"),
    "rings": (TIMES, "min"),
    "largest": (BYTES, "kb"),
    "memory": (BYTES, "mb"),
    "oldest": (TIMES, "min"),
    "stop": (TIMES, "s"),
    "every": (TIMES, "h"),
    "kept": (TIMES, "d"),
    "resend": (TIMES, "h"),
}
"""In which unit a fact is asked for."""
MOSTS = ("memory", "stop", "at_once", "largest", "oldest", "nights")
"""Facts that are the most of something."""
LEAST = re.compile(r"\bat least\b|>|≥|最低|少なくとも|以上")
MOST = re.compile(r"\bat most\b|\bup to\b|<|≤|最大|多くて|以下|以内|まで")
ALSO = re.compile(r"^(?:(?:or|and|else|perhaps|maybe|possibly|then) |または|あるいは|もしくは)+")
"""Words before a second choice."""
COUNT_UNITS = "ports?|docks?|reports?|nights?|days?|番|個|件|台|か所|晩|夜|日間?"
"""What people write behind a second count in a bracket."""
EITHER = re.compile(r"(?:unless|perhaps|maybe|possibly|or|または|あるいは|もしくは|かもしれ|たぶん|おそらく)(?![a-z])")
IF = re.compile(r"\b(?:if|unless|otherwise|else|except)\b|なければ|れば|場合|(?<!し)たら")
"""How a later part of a cell begins that leaves its word open, and words that put another beside it on a condition."""
NOT_THERE = re.compile(
    r"(?:but |and )?not (?:(?:in |the )*\S*(?:readme|\.\w+|unit|code|chat)\b|(?:sure|really|here|there)\b)|"
    r"readme ?ではな"
)
"""How a bracket begins that says where something is not set."""
PLACE = re.compile(r"(?:[\w.-]+:)?\d{2,5}|/\S+|[\w-]+")
CITES = frozenset(
    re.findall(r"[a-z]+", "incident incidents see the of in from and both all number no nr once twice yes seen as")
)
CITES_JA = re.compile("障害|番号|前回|過去|今年|[0-9]+月|に|の|と|、")
"""Words that may stand before the number of an incident."""
NOT_IT = re.compile(
    r"(?:^|[(,;.、。] ?)(?:but |and )?(?:not|no|never|nor)\b(?! (?:since|again|more|longer|other)\b)|"
    r"\b(?:did|does|do|was|is)(?: not|n't) (?:count|matter|happen|it|one|this|the same)\b|"
    r"無関係|(?:では|じゃ)ない|起きていない|なかった$"
)
"""Behind it: that it was not so."""
GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+")


def measured(cell: str, table: Mapping[str, int], unit: str) -> float | None:
    """What a cell tells with units of its own, in the unit that was asked for; none where it has no unit."""
    said = without_asides(cell)
    pair = re.compile(
        rf"({GROUPS.pattern}|\d+(?:[.,]\d+)?) ?({'|'.join(sorted(table, key=len, reverse=True))})(?![a-z])"
    )
    found, rest = pair.findall(said), re.sub(r"\band\b", " ", pair.sub(" ", said))
    if not found or re.search(r"\d", rest) or number(f"0 {rest}", TIMED if table is TIMES else SIZED).stranger:
        return None
    told = (one.replace(",", "") if GROUPS.fullmatch(one) else one.replace(",", ".") for one, _ in found)
    return sum(float(one) * table[name] for one, (_, name) in zip(told, found, strict=True)) / table[unit]


def is_other_side(cell: str, name: str) -> bool:
    """Whether a cell tells a most as a least, or a least as a most."""
    said = without_asides(cell)
    return bool((name in MOSTS and LEAST.search(said)) or (name == "least" and MOST.search(said)))


def is_in_another_unit(bare: float, wanted: float, table: Mapping[str, int], unit: str) -> bool:
    """Whether a number without a unit would be right in another one."""
    return any(abs(bare * one - wanted * table[unit]) < 1 for one in table.values())


def taken_back(cell: str, name: str) -> str:
    """The bracket that puts another number beside that of a fact, or takes it back; empty where none does."""
    table, unit = MEASURED.get(name, ({}, ""))
    one = _told(cell, table, unit, name)

    def is_same(second: str) -> bool:
        bare = next(iter(number(second, _around(name)).one), None)
        return _told(second, table, unit, name) == one or (bare is not None and f"{bare:g}" in _figures(cell))

    units_of = "|".join(sorted(table, key=len, reverse=True)) if table else COUNT_UNITS
    return asides.taken_back(cell, units_of, is_same)


def _figures(cell: str) -> set[str]:
    """The numbers outside the brackets of a cell, as they stand there."""
    return {f"{one:g}" for one in number(cell, SIZED).numbers for one in one}


def _told(cell: str, table: Mapping[str, int], unit: str, name: str) -> float | None:
    """The number of a fact in the unit of its row."""
    found = measured(cell, table, unit) if table else None
    return bare_number(cell, name) if found is None else found


def another(cell: str, others: Iterable[str] = ()) -> str:
    """The bracket that leaves a word open, takes it back, or has another of its kind; empty where none does."""
    one = word(cell)
    for aside in asides.asides(cell):
        is_place = PLACE.fullmatch(aside) and (":" in aside or "/" in aside or aside.isdigit() or aside in {*others})
        if asides.is_unsettled(aside) or (is_place and not one.endswith(aside)):
            return aside
    return ""


def is_place_open(cell: str) -> bool:
    """Whether a cell leaves open where something is set, or says where it is not."""
    if asides.is_unsettled(without_asides(cell)):
        return True
    return any(EITHER.match(one) or IF.match(one) or NOT_THERE.match(one) for one in asides.asides(cell))


def one_of(cell: str, names: reader.Names) -> str:
    """The one name of a cell, as ``choice`` finds it; empty where a later part names another as well."""
    seen = choice(cell, names)
    for part in re.split(r"[,;:()、。/–—]| - |\. |\bor\b", reader.plain(cell)):
        said = ALSO.sub("", part.strip(" ."))
        if {name for name, words in names.items() if said in words} - {seen}:
            return ""
    for part in re.split(r"[,;:()、。–—]| - |\. ", reader.plain(cell))[1:]:
        has_other = any(any_word(part, words) for name, words in names.items() if name != seen)
        if EITHER.match(part.strip()) or (has_other and IF.search(part)):
            return ""
    return seen


def bare_number(cell: str, name: str) -> float | None:
    """The one number of a fact; none where there is not one, or words or another unit beside it."""
    return next(iter(number(cell, _around(name)).one), None)


def _around(name: str) -> Units:
    """The words that people write around a fact."""
    return COUNTED[COUNTS[name]] if name in COUNTS else TIMED if MEASURED[name][0] is TIMES else SIZED


def minutes(cell: str) -> float | None:
    """The one number of a cell that is told in minutes, or with a unit of its own."""
    found = measured(cell, TIMES, "min")
    return next(iter(number(cell, TIMED).one), None) if found is None else found


def hours(cell: str) -> float | None:
    """The one number of a cell that is told in hours, minutes or days; 0 where it is not at all."""
    found = measured(cell, TIMES, "h")
    if found is None:
        found = next(iter(number(cell, TIMED).one), None)
    return 0 if found is None and NOT_AT_ALL.search(GLUED.sub(" ", without_asides(cell))) else found


def held(cell: str) -> list[tuple[str, float, str]]:
    """How long things hold by the words of a cell: as it stands there, the number, and h, d or w."""
    kinds = {"n": "d", "d": "d", "w": "w", "h": "h", "晩": "d", "夜": "d", "日": "d", "週": "w", "時": "h"}
    said = reader.plain(cell)
    return [
        (one[0], float(DIGITS.get(one[1], 0) or one[1]), kinds[one[2][0]])
        for one in HELD.finditer(said)
        if not re.search(REFUSED, said[: one.start()])
    ]


def word(cell: str) -> str:
    """The one word or path of a cell."""
    said = without_asides(cell).strip(" .。").rstrip("/")
    return said if " " not in said else ""


def incidents(cell: str) -> list[str]:
    """The incidents that a cell names."""
    return [f"INC-{int(one[1])}" for one in INCIDENT.finditer(reader.plain(cell))]


def cites_plainly(cell: str) -> bool:
    """Whether a cell begins with incidents, and says nothing beside them that denies them; one that names none does."""
    said = reader.plain(cell)
    found = INCIDENT.search(said)
    if not found:
        return True
    before = CITES_JA.sub(" ", said[: found.start()])
    words = set(re.findall(r"[a-z]+", before)) - CITES
    left = re.search(r"[^\W\d_]", re.sub(r"[a-z]+", " ", before))
    behind = said[found.end() :]
    is_open = re.search(
        r"\b(?:perhaps|maybe|possibly|probably|unsure)\b|\bor\b|\?|かもしれ|たぶん|または", behind, re.ASCII
    )
    is_no = re.search(r"\bno\b(?! ?(?:\.|nr|#|\d|inc))", before)
    return not (words or left or is_no or is_open or NOT_IT.search(behind))


def codes(text: str) -> list[str]:
    """What a text has in marks of code."""
    return CODE.findall(text)
