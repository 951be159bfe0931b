"""Lays the figures of a quarter out as files."""

from __future__ import annotations

from drawn_letters.draw import EXCLUDES, WORKDAYS, Quarter


def drawn(number: int) -> dict[str, str]:
    """The files of the quarter that a number gives, by their names."""
    quarter = Quarter(str(number))
    people = [f"{one.name},{one.share},{one.leave}" for one in quarter.people]
    works = [f"{one.name},{one.days},{one.waits},{'yes' if one.may_stop else 'no'}" for one in quarter.works]
    other = {a: b for pair in EXCLUDES for a, b in (pair, pair[::-1])}
    requests = [
        f"{one.number},{one.team},{one.now},{one.later},{other.get(one.number, '')}"
        for one in quarter.requests.values()
    ]
    files = {
        "quarter.toml": [f"begins = {quarter.begins}", f"ends = {quarter.ends}", f"workdays = {WORKDAYS}"],
        "people.csv": ["who,share_percent,leave_days", *people],
        "running.csv": ["work,days,who_waits,may_stop", *works],
        "requests.csv": ["request,team,days_this_quarter,days_each_quarter_after,excludes", *requests],
        "nights.csv": [
            "team,pages_at_night,minutes_that_users_were_hurt",
            *(f"{team},{pages},{minutes}" for team, (pages, minutes) in quarter.nights.items()),
        ],
        "answers.csv": [
            "who," + ",".join(f"old_{number}" for number in range(1, 13)),
            *(f"{who},{','.join(said)}" for who, said in quarter.answers.items()),
        ],
    }
    return {name: "\n".join([*lines, ""]) for name, lines in files.items()}
