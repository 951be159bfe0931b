"""Lays the year out as files."""

from __future__ import annotations

from drawn_year.draw import HAS, NEXT, PEOPLE, SOLVED, TALKS, WEEK, Year


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
            "work,what,what_ja,hours_a_week,could_be_taken_by,could_be_taken_by_ja,may_stop",
            *(
                f"{name},{WEEK[name][0]},{WEEK[name][1]},{one.hours:g},{_takers(one.takers)},{WEEK[name][4]}"
                for name, one in year.week.items()
            ),
        ],
        "people.csv": ["name,name_ja,what,what_ja", *(",".join(one) for one in PEOPLE)],
        "talks.csv": ["title,part,listeners,how_many", *(f"{a},{b},{c},{d}" for a, b, c, d in TALKS)],
        "problems.csv": [
            "problem,what,what_ja,who_has_it,who_has_it_ja,weeks,hours_a_week,ends",
            *(
                f"{name},{NEXT[name][0]},{NEXT[name][1]},{_whose(one.whose)},{one.weeks},{one.hours},{one.ends}"
                for name, one in year.next.items()
            ),
        ],
    }
    return {
        name: "\n".join(line.replace(", ", " / ") if "csv" in name else line for line in [*lines, ""])
        for name, lines in files.items()
    }


def _takers(names: tuple[str, ...]) -> str:
    """Lay out who could take a work, in both languages."""
    return ",".join(names or ("nobody", "いない"))


def _whose(names: tuple[str, ...]) -> str:
    """Lay out who has a problem, in both languages."""
    return f"{' and '.join(names) or 'nobody'},{'と'.join(HAS[one] for one in names) or 'いない'}"
