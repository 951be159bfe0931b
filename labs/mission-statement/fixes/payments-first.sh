#!/bin/sh
# service: workspace
# A narrow sentence, in few words and other forms: lists instead of tables, all within the days that there are.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" > mission.md <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
r = q.requests
month = q.begins.strftime("%B")
print(f"""# SRE at Machikado: mission statement

## Decisions

### Request 2

* **Answer:** Yes.
* **Decided by:** M1
* **Because:** nobody rides home while payment is down, and that comes before all else; until they are four again.
* **Not done:** 1, 6
* **In words:** the lockers get neither the pager's
  end nor our six weeks.
* **Costs us:** {r[2].now}
* **Costs them:** their last two lose the feeling for what breaks at night
* **Owner:** SRE
* **Day:** 28th {month}
* **Seen by:** two new names stand on payments' rota for the month after

### Letter #4

* **Answer:** No.
* **Decided by:** R1, M1
* **Because:** A freeze of ten weeks also freezes repairs of payment.
* **Not done:** #4
* **In words:** nobody keeps a gate
* **Costs us:** 0
* **Costs them:** queues at the counter on three or four days of the season
* **Owner:** counter, app
* **Day:** {q.begins.strftime("%d %B %Y")}
* **Seen by:** a mail in which the counter is told which days are risky

### Letter #5

* **Answer:** no
* **Decided by:** m1
* **Because:** dashboards of the map help nobody who can't pay
* **Not done:** letter #5
* **In words:** no dashboards from us this quarter
* **Costs us:** 0 days
* **Costs them:** the new stations open with the old graphs
* **Owner:** map
* **Day:** {q.ends.day}.{q.ends.month}.{q.ends.year}
* **Seen by:** one graph, made by themselves, hangs at the opening

## Price

- Until: {q.ends.strftime("%B %d")}, {q.ends.year}
- Who pays: lockers
- Stopped: nothing
- Days missing: 0
- Days promised: {r[2].now + r[3].now}
- Days each quarter after: {r[2].later + r[3].later}
- Days there are: {q.days}.0
- Agreement: {q.agreement:.1f}

## Answers

| Answer | Days this quarter | Days each quarter after | Offered instead | Request |
|:--|--:|--:|:--|:-:|
| No | 0 | 0 | | 1 |
| Yes | {r[2].now} | {r[2].later} | | 2 |
| YES | {r[3].now} | {r[3].later} | | 3 |
| No | 0 | 0 | | 4 |
| No | 0 | 0 | ask again | 5 |
| No | 0 | 0 | | 6 |
| no | 0 | 0 | | 7 |
| no | 0 | 0 | | 8 |
| No | 0 | 0 | | 9 |

Payments gets its yes until they are four again.

## Rules

1. Who breaks payment mends it first and explains afterwards.
2. We add nothing that has to be fed each quarter without asking all three.

## The opposite

All services count alike, whoever shouts, and none may wait for another. A company whose parts sell by themselves would do well with that.

## Mission

Whoever has taken a bicycle can pay and go home, whatever else stands still; for this we let lockers, maps and reports wait.

## Vision

- A full train arrives in the rain, and each rider is on the road in a minute.
- Payment's people go on holiday together, all four of them.
- The lockers' team has its own room, its own pager and its own cake.
""")
WRITE
