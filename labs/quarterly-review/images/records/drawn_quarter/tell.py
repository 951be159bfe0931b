"""Tell the quarter as the files that lie on the desk, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from drawn_quarter.draw import AFTER_NEXT, LEADS, NEXT, OWNERS, RELIES, REVIEW, WEEKS, Quarter, Target, quarter_of
from drawn_quarter.prose import CHANGES, DECISIONS, INCIDENTS, LOWER, NO_LOWER, PEOPLE, README, TALKS

FEW = 100_000
"""Up to so many events nobody speaks of contracts."""


def files_of(quarter: Quarter) -> dict[str, str]:
    """All files, by their names."""
    found = {
        "objectives.csv": _csv(
            "objective,percent,product,team,owner",
            ((one.name, one.objective, one.product, one.team, _name(one.owner)) for one in quarter.targets.values()),
        ),
        "weeks.csv": _csv(
            "week,objective,valid,bad,complaints",
            ((f"W{week}", one.name, *one.weeks[week]) for week in WEEKS for one in quarter.targets.values()),
        ),
        "needs.csv": _csv(
            "objective,needs,promised,kept",
            ((name, *need) for name, needs in quarter.needs.items() for need in needs),
        ),
        "relies.csv": _csv(
            "objective,relies_on_it", ((name, _name(who)) for name, people in RELIES.items() for who in people)
        ),
        "incidents.csv": _csv(
            "number,day,objective,minutes,bad,en,ja",
            ((*one[:-1], *INCIDENTS[one.kind]) for one in quarter.incidents),
        ),
        "pages.csv": _csv(
            "number,at,objective,acted",
            ((one.number, f"{one.at:%Y-%m-%dT%H:%M}", one.name, "yes" if one.acted else "no") for one in quarter.pages),
        ),
        "changes.csv": _csv("number,day,objective,kind,en,ja", ((*one, *CHANGES[one.kind]) for one in quarter.changes)),
        "decisions.csv": _csv("number,day,objective,again_on,en,ja", _decisions(quarter)),
        "people.csv": _csv("en,ja,role_en,role_ja", ((*one.names, *one.roles) for one in PEOPLE.values())),
    }
    for place, ending in ((0, ""), (1, ".ja")):
        found[f"README{ending}.md"] = README[place].format(review=REVIEW, next=NEXT, after=AFTER_NEXT)
        found[f"talks{ending}.md"] = _talks(quarter, place)
    return found


def _csv(head: str, rows: Iterable[tuple[object, ...]]) -> str:
    """Lines with commas between; a text with a comma stands in marks."""
    lines = [head]
    lines += [",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


def _name(who: str) -> str:
    return PEOPLE[who].names[0] if who else "-"


def _decisions(quarter: Quarter) -> Iterable[tuple[object, ...]]:
    for one in quarter.decisions:
        until = quarter.suspended["tracking"][-1]
        texts = (text.format(again=one.again, week=f"W{until}") for text in DECISIONS[one.kind])
        yield (one.number, one.day, one.name, one.again, *texts)


def _talks(quarter: Quarter, place: int) -> str:
    """What people have said before the meeting, objective by objective."""
    lines = [("# Talks before the review", "# レビュー前の聞き取り")[place], ""]
    for name, target in quarter.targets.items():
        part = quarter.parts.get(name, "calm")
        lines += [f"## {name}", ""]
        texts = TALKS[part]
        for role, both in texts:
            who = {"owner": target.owner, "lead": LEADS[target.team], "director": "mori"}.get(role, role)
            who = who or OWNERS[target.product]
            lines.append(_said(who, both[place], place))
        lines += [_said(who, _stand(target, who, place), place) for who in RELIES[name] if _stand(target, who, place)]
        lines.append("")
    return "\n".join(lines)


def _stand(target: Target, who: str, place: int) -> str:
    """What somebody who builds on an objective says of a lower number."""
    if who in target.accepts:
        return LOWER[place].format(name=target.name, least=target.accepts[who])
    return NO_LOWER.get(who, ("", ""))[place] if sum(week.valid for week in target.weeks.values()) > FEW else ""


def _said(who: str, text: str, place: int) -> str:
    names, roles = PEOPLE[who].names, PEOPLE[who].roles
    return f"- {names[place]} ({roles[place]}): {text}" if place == 0 else f"- {names[place]}（{roles[place]}）: {text}"


def drawn(number: int) -> dict[str, str]:
    """All files of a number."""
    return files_of(quarter_of(number))
