"""What the plan is held against: the year on the desk, or the learner's own, read strictly and in bounds."""

from __future__ import annotations

import calendar
import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from drawn_year.draw import PEOPLE, Next, Occasion, Part, Problem, Work, Year
from filled_form.reader import MOST_LETTERS, Names, plain
from likeness import alike
from people import is_group, is_person, is_role, is_short_for, may_be, words_of, writings
from titles import EMRE

from kikori.grading import quoted, reasons

reason = reasons(__file__)

Text = Callable[[str], str]
WHOSE = ("own", "others", "many")
LEAST = {"solved.csv": 10, "parts.csv": 6, "week.csv": 3, "people.csv": 3}
"""The fewest lines of a file of one's own."""
PROBLEMS, MOST = 5, 500
"""The fewest different problems of one's own, and the most lines of a file."""
LONGEST = 27
"""The most weeks that are planned."""
WEEK = 60
"""The most hours that the works of a week have together."""
SPREAD, BACK = 12, 18
"""The most months from the first occasion to the last, and from the first to the quarter."""
NAMED = {"solved.csv": "problem", "parts.csv": "part", "week.csv": "work", "people.csv": "name"}
"""What each line of a file is about."""
ME = "me"
"""What stands for the group in the line of whoever plans."""
SPAN = re.compile(r"(?m)^[ \t]*(begins|ends)[ \t]*=[ \t]*[\"']?(\d{4}-\d\d-\d\d)")
COLUMNS = {
    "solved.csv": ("day", "problem", "whose", "hours", "written", "handed_on"),
    "parts.csv": ("part", "knows", "incidents", "asked"),
    "week.csv": ("work", "hours_a_week", "may_stop"),
    "people.csv": ("name", "group"),
}


class Unusable(Exception):
    """A file of the learner's own that can't be read; its text says where, and what is wanted."""


@dataclass(frozen=True)
class Facts:
    """A year, a map, a week, and what could come next; nothing of the last where the year is the learner's own."""

    begins: date
    ends: date
    log: Sequence[Occasion]
    problems: Mapping[str, Problem]
    parts: Mapping[str, Part]
    week: Mapping[str, Work]
    next: Mapping[str, Next]
    people: Names
    """Those whom the plan may name: on the desk's list, or people and groups of the learner's own."""
    planner: str = ""
    """The learner's own name, which is among them; empty where the year is the one on the desk."""
    persons: frozenset[str] = frozenset()
    """What persons among them are called, whole or by a word of the name; groups are none."""

    @cached_property
    def times(self) -> Counter[str]:
        """Count how often each problem was solved."""
        return Counter(one.problem for one in self.log)

    @cached_property
    def again_hours(self) -> float:
        """Add up the hours of all occasions but the first of each problem."""
        first: set[str] = set()
        total = 0.0
        for one in sorted(self.log, key=lambda each: each.day):
            total += one.hours if one.problem in first else 0
            first.add(one.problem)
        return total

    @property
    def part_names(self) -> Names:
        """Give the parts with what they are called in both languages."""
        return {name: (name, one.japanese) for name, one in self.parts.items()}

    @property
    def problem_names(self) -> Names:
        """Give the problems of the year with their names."""
        return {name: (name,) for name in self.problems}

    @property
    def work_names(self) -> Names:
        """Give the works of the week with their names."""
        return {name: (name,) for name in self.week}

    @property
    def next_names(self) -> Names:
        """Give what could come next with its letters."""
        return {name: (name,) for name in self.next}

    @property
    def asked_from(self) -> date:
        """Give the first day on which somebody may have been asked."""
        return months_from(self.begins, -6)

    @property
    def reviewed_until(self) -> date:
        """Give the last day for a review."""
        return months_from(self.ends, 1)

    @property
    def weeks(self) -> int:
        """Count the weeks of the quarter."""
        return self.weeks_from(self.begins)

    def weeks_from(self, day: date, last: date | None = None) -> int:
        """Count the weeks from that of a day to that of another, or of the quarter's last one."""
        monday = max(day, self.begins) - timedelta(days=max(day, self.begins).weekday())
        return max(0, ((last or self.ends) - monday).days // 7 + 1)


def months_from(day: date, months: int) -> date:
    """Give the same day of another month, or its last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def facts_of(text: Text, word: str) -> Facts:
    """Read the learner's own year if there is one, or else draw the one on the desk.

    Raises:
        Unusable: a file of the learner's own can't be read.
    """
    if not any(line.strip() for line in text("own/solved.csv").splitlines()[1:]):
        one = Year(word)
        desk: Names = {name: (name, japanese) for name, japanese, *_ in PEOPLE}
        persons = frozenset({*EMRE, *(said for both in desk.values() for said in both)})
        return Facts(one.begins, one.ends, one.log, one.problems, one.parts, one.week, one.next, desk, persons=persons)
    begins, ends = _quarter(text("own/quarter.toml"))
    log, problems = _log(_rows(text, "solved.csv"))
    _are_of_a_year([one.day for one in log], begins)
    parts = {
        name: Part(
            name,
            name,
            _count(row, "knows", 3),
            _count(row, "incidents", 9999),
            _count(row, "asked", 9999),
        )
        for row in _rows(text, "parts.csv")
        if (name := row["part"])
    }
    week = {
        row["work"]: Work(row["work"], _number(row, "hours_a_week", WEEK), _is_yes(row, "may_stop"))
        for row in _rows(text, "week.csv")
    }
    if (hours := sum(one.hours for one in week.values())) > WEEK:
        raise Unusable(reason("own-week", seen=f"{hours:g}", most=WEEK))
    rows = _rows(text, "people.csv")
    people, planner = _people(rows)
    persons = frozenset(said for row in rows for said in (row["name"], *words_of(row["name"])) if len(said) > 1)
    return Facts(begins, ends, log, problems, parts, week, {}, people, planner, persons)


def _quarter(text: str) -> tuple[date, date]:
    told = {one[1]: _date(one[2]) for one in SPAN.finditer(text)}
    begins, ends = told.get("begins"), told.get("ends")
    if not begins or not ends or not 0 < (ends - begins).days < LONGEST * 7:
        raise Unusable(reason("own-quarter"))
    return begins, ends


def _date(text: str) -> date | None:
    """Make a day of this century of its digits."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2099 else None


def _rows(text: Text, name: str) -> list[dict[str, str]]:
    """Give the lines of a file by their columns, each with its number."""
    lines = text(f"own/{name}").removeprefix("\ufeff").splitlines()
    found: list[dict[str, str]] = []
    if len(lines) > MOST:
        raise Unusable(reason("own-long", file=name, seen=len(lines), most=MOST))
    heads = _cells(lines[0]) if lines else []
    if missing := [one for one in COLUMNS[name] if one not in heads]:
        raise Unusable(reason("own-columns", file=name, columns=missing))
    for number, line in enumerate(lines[1:], 2):
        cells = _cells(line)
        if cells and len(cells) != len(heads):
            raise Unusable(reason("own-cells", file=name, line=number, seen=len(cells), wanted=len(heads)))
        row = dict(zip(heads, cells, strict=True)) | {"": f"own/{name}, {number}"} if cells else {}
        if row and not plain(row[NAMED[name]]):
            raise Unusable(reason("own-value", where=row[""], column=NAMED[name], seen=quoted(row[NAMED[name]])))
        if row and name != "people.csv" and (like := alike(row[NAMED[name]], [one[NAMED[name]] for one in found])):
            raise Unusable(reason("own-alike", where=row[""], seen=quoted(row[NAMED[name]]), which=quoted(like)))
        if row and name != "solved.csv" and plain(row[NAMED[name]]) in {plain(one[NAMED[name]]) for one in found}:
            raise Unusable(reason("own-twice", where=row[""], which=quoted(row[NAMED[name]])))
        found += [row] if row else []
    if len(found) < LEAST[name]:
        raise Unusable(reason("own-few", file=name, seen=len(found), least=LEAST[name]))
    return found


def _cells(line: str) -> list[str]:
    """Divide a line at its commas; none of one that is empty, or longer than any that a person writes."""
    if not line.strip() or len(line) > MOST_LETTERS:
        return []
    try:
        return [cell.strip() for cell in next(csv.reader([line]), [])]
    except csv.Error:
        return []


def _log(rows: list[dict[str, str]]) -> tuple[list[Occasion], dict[str, Problem]]:
    log: list[Occasion] = []
    problems: dict[str, Problem] = {}
    for row in rows:
        day = _date(row["day"])
        if day is None:
            raise Unusable(reason("own-value", where=row[""], column="day", seen=quoted(row["day"])))
        if row["whose"] not in WHOSE:
            raise Unusable(reason("own-value", where=row[""], column="whose", seen=quoted(row["whose"])))
        name = row["problem"]
        one = Problem(name, row["whose"], _is_yes(row, "written"), _is_yes(row, "handed_on"))
        if problems.setdefault(name, one) != one:
            raise Unusable(reason("own-differs", where=row[""], which=quoted(name)))
        log.append(Occasion(day, name, _number(row, "hours", 200)))
    if len(problems) < PROBLEMS:
        raise Unusable(reason("own-problems", seen=len(problems), least=PROBLEMS))
    return log, problems


def _are_of_a_year(days: list[date], begins: date) -> None:
    """Fail where an occasion lies in the quarter or after it, or they are those of more than a year."""
    first, last = min(days), max(days)
    if last >= begins:
        raise Unusable(reason("own-later", seen=str(last), begins=str(begins)))
    if last > months_from(first, SPREAD):
        raise Unusable(reason("own-spread", first=str(first), last=str(last)))
    if first < months_from(begins, -BACK):
        raise Unusable(reason("own-old", seen=str(first), months=BACK, begins=str(begins)))


def _people(rows: list[dict[str, str]]) -> tuple[Names, str]:
    """Give those whom the plan may name, and who of them is whoever plans."""
    own = [row for row in rows if row["group"] == ME]
    if len(own) != 1:
        raise Unusable(reason("own-me", seen=len(own)))
    planner = own[0]["name"]
    for row in rows:
        name, group = row["name"], row["group"]
        if not is_person(name):
            raise Unusable(reason("own-person", where=row[""], seen=quoted(name)))
        if is_role(name):
            raise Unusable(reason("own-role", where=row[""], seen=quoted(name)))
        if not is_group(group):
            raise Unusable(reason("own-group", where=row[""], seen=quoted(group)))
        is_planner = row is not own[0] and (may_be(name, planner) or is_short_for(group, planner))
        if is_planner:
            raise Unusable(reason("own-two-names", where=row[""], seen=quoted(name), planner=quoted(planner)))
    named = [*(row["name"] for row in rows), *(row["group"] for row in rows if row is not own[0])]
    return {name: writings(name) for name in named}, planner


def _number(row: dict[str, str], column: str, most: float) -> float:
    try:
        seen = float(row[column])
    except ValueError:
        seen = -1.0
    if not 0 <= seen <= most:
        raise Unusable(reason("own-number", where=row[""], column=column, seen=quoted(row[column]), most=f"{most:g}"))
    return seen


def _count(row: dict[str, str], column: str, most: int) -> int:
    seen = _number(row, column, most)
    if not seen.is_integer():
        raise Unusable(reason("own-count", where=row[""], column=column, seen=quoted(row[column]), most=most))
    return int(seen)


def _is_yes(row: dict[str, str], column: str) -> bool:
    if row[column] not in ("yes", "no"):
        raise Unusable(reason("own-value", where=row[""], column=column, seen=quoted(row[column])))
    return row[column] == "yes"
