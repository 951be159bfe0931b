#!/bin/sh
# service: workspace
# Between two teams: the orders of milk without a bill. The frozen screen is given away, and three works of the week stop.
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
blank = [name for name, one in y.parts.items() if not one.knows]
most = max(y.parts.values(), key=lambda one: one.asked).name
c, w = y.next["C"], y.week
weekly = w["W1"].hours + w["W2"].hours + w["W3"].hours
takes = c.weeks * c.hours
planned, freed = takes + 10 + 2 + 2 + 6 + 8, weekly * 13


def day(week, weekday=4):
    return y.begins + timedelta(days=7 * (week - 1) + weekday)


print(f"""# Growth plan of Emre, from {y.begins} on

## The year

| What | Value |
|---|---|
| Occasions | {len(y.log)} |
| Different problems | {len(times)} |
| Came again | {len(y.log) - len(times)} |
| Hours of what came again | {again:g} h |
| Not their own | {sum(one.whose != "own" for one in y.problems.values())} |
| Written down | {sum(one.written for one in y.problems.values())} |
| Handed on | {sum(one.handed_on for one in y.problems.values())} |
| Parts known | {sum(one.knows > 0 for one in y.parts.values())} |
| Asked about most | {most} |

## Deep field

- Field: milk tanks
- Why this one: what a tank sends is read by three programs, and each of us has guessed at it so far
- Explained: why a tank may send one delivery twice, and what each reader makes of that

## Next problem

- Problem: C
- In words: the dairy gets milk for which no bill is ever written
- Whose: milk tanks, billing
- Says solved: billing
- Solved when: two months of deliveries and bills agree to the litre
- Step up: my problems lay on one machine so far; this one lies between two teams
- Weeks: {c.weeks}
- Hours a week: {c.hours}

## Steps

| Step | Kind | About | Hours | Day | Seen by |
|---|---|---|---|---|---|
| read one tank's record with the dairy's two developers | deep | milk tanks | 10 | {day(5)} | they have found the doubled delivery with my drawing |
| an hour beside somebody who knows it | wide | {blank[0]} | 2 | {day(2)} | its four answers hang at the map |
| a morning with whoever is called there | wide | {blank[1]} | 2 | {day(3)} | on the map there is a 1 with a name beside it |
| how a delivery becomes a bill, two pages | write | C | 6 | {day(9)} | billing has marked in it what was wrong |
| second reader for whoever ends the frozen screen | give | P1 | 8 | {day(11)} | she tells the four teams herself what it was |
| follow ten deliveries to their bills | problem | C | {takes} | {day(12)} | one list in both offices, with nothing left on it |

## Given up

| Work | Hours a week | From | Who takes it |
|---|---|---|---|
| W1 | {w["W1"].hours:g} | {y.begins} | the four of the rota |
| W2 | {w["W2"].hours:g} | {day(1, 2)} | the timetable's team |
| W3 | {w["W3"].hours:g} | {y.begins} | ends |

## The sum

| What | Value |
|---|---|
| Hours planned | {planned} h |
| Hours freed | {freed:g} h |
| Left over | {freed - planned:g} h |

## Others

- Readers: billing, and the dairy's two developers
- Given to: Jun
- Asked: {day(-1)}
- Reviewer: Haruka
- Review: {day(13)}

Haruka tells me when it is too large, and Jun has said yes.
""")
WRITE
