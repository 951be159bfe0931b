"""Read cells that hold one value and nothing else, each by what it may hold."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from filled_form.alone import COMMA, alone, amount, day, is_written_as_day
from words import EFFECTS, KINDS, SOURCES

LONGEST = 80
"""How many letters a value has at most."""
ABOUT = re.compile(r"^(?:about|around|approximately|approx\.|roughly|ca\.?|~|≈|約|およそ)? ?(.*?) ?(?:頃|ごろ)?$")
"""What changes nothing about a value that is right or wrong."""
CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?|"
    r"時(?P<min>[0-5]?\d)分(?:(?P<sec>[0-5]?\d)秒)?)"
)
MOMENT = re.compile(rf"(?:(?P<day>[^:時]+?)(?:,|t|の)? ?(?<!\d))?{CLOCK}(?: ?(?:\(?utc\)?|z|gmt|協定世界時))?")
BETWEEN = re.compile(r" ?(?:-|–|—|~|〜|\bto\b|\buntil\b|から) ?")
"""Between the two ends of a row that lasted."""
PIECE = re.compile(
    r"(\d{1,5}(?:\.\d{1,3})?) ?"
    r"(hours?|hrs?|h|時間|minutes?|mins?|min|m|分間|分|seconds?|secs?|s|秒間|秒)(?![a-z])\.?(?:,? ?(?:and |と)?)"
)
HOURS = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?: ?(?:h|hours?|時間))?")
UNITS = {"h": 3600, "時": 3600, "m": 60, "分": 60, "s": 1, "秒": 1}
PEOPLE = ("customers", "different customers", "distinct customers", "people", "different people", "人", "名", "人の客")
ORDERS = ("orders", "lost orders", "orders lost", "orders of customers", "customers' orders", "件", "件の注文")
PERCENT = ("%", "percent", "per cent", "パーセント")
CHANGE = re.compile(r"(?:(?:change|number|no|変更|番号|[#.:]) ?){0,3}(\d{4})(?: ?番(?:の変更)?)?")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
PLACE = re.compile(r",? ?(?:\b(?:lines?|no\.?|change) ?)?[:#]?l?\d{1,4}(?:[-–:]\d{1,4}){0,2}(?:行目?)?")
"""Where in a file of the recording something stands."""
SOURCE_AND = re.compile(rf"{COMMA.pattern}|[;/+&]| and |と")
BY = re.compile(
    r"^(?:by|until|till|before|on|due|no later than|not later than|at the latest)? ?(?:(?:the )?end )?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?(.*?)"
    r" ?(?:\([月火水木金土日]\)|[月火水木金土日]曜日?)?(?:いっぱい|中)?(?:までに?|に)?$"
)
"""Around a day by which something is done."""
COUNTED = r"(?:a|one|two|three|four|five|six|eight|ten|twelve|[1-9]\d?)"
WITHIN = re.compile(
    rf"(?:(?:with)?in )?{COUNTED} (?:(?:working|business|calendar) )?(?:days?|weeks?|fortnights?|sprints?)|"
    r"(?:(?:with)?in )?(?:a|one|two|three|four|five|six|1?\d|2[0-4]) months?|"
    r"[1-9]\d?(?:日|営業日|週間?)(?:以内|後|のうち)?|(?:1?\d|2[0-4])(?:か|ヶ|ヵ|カ|ケ)月(?:以内|後|のうち)?|"
    r"(?:the )?next (?:week|month|sprint)|q[1-4](?: 20\d\d)?|来週|来月|今月末?|来月末|月末|"
    r"(?:mid |middle of )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*(?: 20\d\d)?|"
    r"(?:20\d\d年 ?)?1?\d月(?:末|半ば|上旬|中旬|下旬)?|1?\d/[123]?\d"
)
"""Days that are told without one of the calendar."""
YEARS = 2
"""How many years after the night the last day is by which anything may be done."""


class Moment(NamedTuple):
    """A time of day in seconds, and its day where one is given."""

    seconds: int
    day: date | None


def moment(text: str, night: date) -> Moment | None:
    """Give the one time of a cell, with its day or without; None where anything else stands there."""
    return _moment(_value(text), night)


def span(text: str, night: date) -> list[Moment]:
    """Give the one time of a cell, or the two between which something lasted; none where anything else stands there."""
    said = re.sub(r"^from |まで$|間$", "", _value(text))
    if one := _moment(said, night):
        return [one]
    for mark in BETWEEN.finditer(said):
        ends = [_moment(part, night) for part in (said[: mark.start()], said[mark.end() :])]
        if ends[0] and ends[1] and ends[0].seconds <= ends[1].seconds:
            return [ends[0], ends[1]]
    return []


def duration(text: str) -> float | None:
    """Give the one duration of a cell in seconds: "38 min", "1 h 5 min", or "0:38"."""
    said = _value(text)
    if found := HOURS.fullmatch(said):
        hours, minutes, seconds = (int(one or 0) for one in found.groups())
        return 3600.0 * hours + 60 * minutes + seconds
    pieces = [float(one[1]) * UNITS[one[2][0]] for one in PIECE.finditer(said)]
    return sum(pieces) if pieces and not PIECE.sub("", said).strip() else None


def people(text: str) -> float | None:
    """Give the number of people that a cell is."""
    return amount(_value(text), PEOPLE)


def orders(text: str) -> float | None:
    """Give the number of orders that a cell is."""
    return amount(_value(text), ORDERS)


def share(text: str) -> float | None:
    """Give the share that a cell is, which has its unit."""
    said = _value(text)
    return None if said[-1:].isdigit() else amount(said, PERCENT)


def change(text: str) -> int | None:
    """Give the number of the one change that a cell is."""
    found = CHANGE.fullmatch(alone(text))
    return int(found[1]) if found else None


def effect(text: str) -> str:
    """Give the effect that a cell is; empty where it is anything else."""
    return _one_of(EFFECTS, text)


def kind(text: str) -> str:
    """Give the kind of an action that a cell is; empty where it is anything else."""
    return _one_of(KINDS, text)


def sources(text: str) -> set[str]:
    """Give the files of the recording that a cell lists; none where anything else stands there."""
    shown = LINK.sub(r"\1", text).replace("recording/", "")
    said = [alone(one) for one in SOURCE_AND.split(PLACE.sub("", shown))]
    found = {name for one in said for name, words in SOURCES.items() if one in words}
    return found if all(any(one in words for words in SOURCES.values()) for one in said) else set()


def is_due(text: str, night: date) -> bool:
    """Tell whether a cell is one day after the night, or within how many days, weeks or months."""
    found = BY.fullmatch(_value(text).replace(" of ", " "))
    said = re.sub(r"(20\d\d)\.(\d{1,2})\.(\d{1,2})$", r"\1-\2-\3", found[1] if found else "")
    said = re.sub(r"(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)", " ", said)
    if is_written_as_day(said):
        by = day(said, night)
        return by is not None and night < by < night.replace(year=night.year + YEARS)
    return bool(WITHIN.fullmatch(said))


def _value(text: str) -> str:
    """A cell as its value is compared; empty where it is too long to be one."""
    said = alone(text)
    found = ABOUT.fullmatch(said) if len(said) <= LONGEST else None
    return str(found[1]) if found else ""


def _moment(said: str, night: date) -> Moment | None:
    found = MOMENT.fullmatch(said)
    if not found or (found["day"] and not is_written_as_day(found["day"])):
        return None
    hour, minute, second = (int(found[one] or 0) for one in ("hour", "minute", "second"))
    seconds = 3600 * hour + 60 * (minute or int(found["min"] or 0)) + (second or int(found["sec"] or 0))
    return Moment(seconds, day(found["day"], night) if found["day"] else None)


def _one_of(names: dict[str, tuple[str, ...]], text: str) -> str:
    return next((name for name, words in names.items() if alone(text) in words), "")
