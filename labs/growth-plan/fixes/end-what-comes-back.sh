#!/bin/sh
# service: workspace
# Deep and near: what froze most often is ended by himself, in another order of parts and columns.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" > plan.md <<'WRITE'
import os
import sys
from collections import Counter
from datetime import timedelta

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
times = Counter(one.problem for one in y.log)
seen, again = set(), 0.0
for one in y.log:
    again += one.hours if one.problem in seen else 0
    seen.add(one.problem)
blank = next(name for name, one in y.parts.items() if not one.knows)
most = max(y.parts.values(), key=lambda one: one.asked).name
b, w = y.next["B"], y.week
takes = b.weeks * b.hours
half = takes / 2
planned = takes + 5 + 3 + 1 + 2 + 4
freed = (w["W1"].hours + w["W2"].hours) * 13


def day(week, weekday=4):
    return (y.begins + timedelta(days=7 * (week - 1) + weekday)).strftime("%d %b %Y")


print(f"""# Emre's plan for the quarter from {y.begins:%B %Y} on

## Others

- Given to: Sora
- Asked: {day(0)}
- Readers: whoever is on call for taxis
- Reviewer: my lead, Kenji
- Review: {day(15)}

## Notes

Told to the lead on Monday. Sora is the youngest on the rota, and she wants it.

## Given up

| From | Work | Who takes it | Hours a week |
|---|---|---|---|
| {day(1, 0)} | w1 | the four of the rota | {w["W1"].hours:g} h |
| {day(1, 3)} | w2 | timetable's team | {w["W2"].hours:g} h |

## Sum

| | |
|---|---|
| Freed | {freed:g} hours |
| Planned | {planned:g} hours |
| Left | {freed - planned:g} |

Freed: 13 weeks of {freed / 13:g}. Left: for the week in which nothing works.

## Steps

| Kind | Step | About | Day | Hours | Seen by |
|---|---|---|---|---|---|
| Problem | record a freeze from inside, as it happens | Problem B | {day(5)} | {half:g} | a recording that shows one freeze from its first second |
| problem | take its cause away | #B | {day(13)} | {half:g} | the taxi company has counted no freeze in five weeks |
| deep | explain the dispatcher to three people | dispatch | {day(7)} | 5 | one of them has explained it back, and I had nothing to add |
| deep | measure what it waits for | Dispatch | {day(8)} | 3 | a plot hangs at the desk of those on call |
| wide | ask where nobody of us has been | {blank} | {day(4)} | 1 | four answers on one card |
| write | one page on frozen screens | P1 | {day(9)} | 2 | the night shift has used the page without a call |
| give | the full disk goes to somebody else | P2 | {day(10)} | 4 | no disk has filled, and it wasn't my doing |

## Next problem

| | |
|---|---|
| Problem | #B |
| In words | dispatch screens freeze, and I set them going again |
| Whose | dispatch |
| Says solved | Dispatch |
| Solved when | the taxi company has gone a whole month without one |
| Step up | so far I have only carried it, now it has to end |
| Weeks | {b.weeks} |
| Hours per week | {b.hours} |

## Deep field

| | |
|---|---|
| Field | **dispatch** |
| Why | the others come with it to me, and I can't yet say why it waits |
| Explained | what the screen waits for, down to the lock |

## Year

| | |
|---|---|
| Came again | {len(y.log) - len(times)} times |
| Problems | {len(times)} |
| Occasions | {len(y.log)} |
| Hours of those | {again:g} |
| Written | {sum(one.written for one in y.problems.values())} |
| Handed on | {sum(one.handed_on for one in y.problems.values())} |
| Not my own | {sum(one.whose != "own" for one in y.problems.values())} |
| Known parts | {sum(one.knows > 0 for one in y.parts.values())} |
| Asked most about | {most} |
""")
WRITE
