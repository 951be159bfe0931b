"""Lays the year out as files."""

from __future__ import annotations

from drawn_year.draw import NEXT, SOLVED, TALKS, WEEK, Year


def drawn(number: int) -> dict[str, str]:
    """The files of the year that a number gives, by their names."""
    year = Year(str(number))
    log = []
    for one in year.log:
        what, japanese, part, whose, _ = SOLVED[one.problem]
        mark = year.problems[one.problem]
        marks = ",".join("yes" if seen else "no" for seen in (mark.written, mark.handed_on))
        log.append(f"{one.day},{one.problem},{what},{japanese},{part},{whose},{one.hours:g},{marks}")
    files = {
        "quarter.toml": [f"begins = {year.begins}", f"ends = {year.ends}"],
        "solved.csv": ["day,problem,what,what_ja,part,whose,hours,written,handed_on", *log],
        "parts.csv": [
            "part,part_ja,knows,incidents,asked",
            *(f"{one.name},{one.japanese},{one.knows},{one.incidents},{one.asked}" for one in year.parts.values()),
        ],
        "week.csv": [
            "work,what,what_ja,hours_a_week,could_be_taken_by,may_stop",
            *(
                f"{name},{WEEK[name][0]},{WEEK[name][1]},{one.hours:g},{WEEK[name][3]},{WEEK[name][4]}"
                for name, one in year.week.items()
            ),
        ],
        "talks.csv": ["title,part,listeners,how_many", *(f"{a},{b},{c},{d}" for a, b, c, d in TALKS)],
        "problems.csv": [
            "problem,what,what_ja,who_has_it,weeks,hours_a_week,ends",
            *(
                f"{name},{NEXT[name][0]},{NEXT[name][1]},{one.whose},{one.weeks},{one.hours},{one.ends}"
                for name, one in year.next.items()
            ),
        ],
    }
    return {
        name: "\n".join(line.replace(", ", " / ") if "csv" in name else line for line in [*lines, ""])
        for name, lines in files.items()
    }
