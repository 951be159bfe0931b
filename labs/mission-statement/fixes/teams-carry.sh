#!/bin/sh
# service: workspace
# The teams run what they have built: 3, 6 and 8 are a yes, and what is missing comes from the reports and, if need be, the archive.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" > mission.md <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
r, days = q.requests, {one.name: one.days for one in q.works}
promised = sum(r[one].now for one in (3, 6, 8)) + 2
later = sum(r[one].later for one in (3, 6, 8)) + 1
missing = promised - q.days
stopped = next((one for one in ("reports", "archive") if days[one] >= missing), "reports, archive")
works = stopped.replace(", ", " and the ")
print(f"""# Mission of Machikado's SRE team

## Mission

- M1: Whoever changes a service at Machikado can also bring it back at three in the morning, without one of us.
- M2: Therefore we carry no pager of others, and give up being the first who know what is wrong.

## Opposite

One team is called for everything that stands still, and those who write programs sleep. With three hundred stations and
five developers that would be the sensible choice: a few people who have seen each fault twice are quicker than many.

## Rules of thumb

- R1: While somebody stands before a closed locker, whoever can open it opens it.
- R2: What has a day that none of us has set, we do together once, and they keep the notes.

## Answers

| Request | Answer | Days this quarter | Days each quarter after | Offered instead |
|---|---|---|---|---|
| #1 | no | 0 | 0 | see 6 |
| #2 | no | 2 | 1 | two days with their rota |
| #3 | yes | {r[3].now} | {r[3].later} | |
| #4 | no | 0 | 0 | |
| #5 | no | 0 | 0 | |
| #6 | yes | {r[6].now} | {r[6].later} | |
| #7 | no | 0 | 0 | see 8 |
| #8 | yes | {r[8].now} | {r[8].later} | |
| #9 | no | 0 | 0 | |

## Price

| What | Value |
|---|---|
| Agreement before | {q.agreement:.0f} % |
| Days there are | {q.days} days |
| Days promised | {promised} days |
| Days missing | {missing} days |
| Days each quarter after | {later} days |
| Stopped | {stopped} |
| Who pays | {"director" if "reports" in stopped else "counter"} |
| Until | {q.ends} |

The days are 138 less leave, less all that goes on.

## Decisions

### Request #6

- Answer: yes
- Decided by: M1
- Because: six weeks beside them end with a team that gets its lockers going without one of us
- Not done: #1
- In words: the pager of the lockers doesn't come to our desk
- Costs us: {r[6].now} days
- Costs them: twenty minutes of closed lockers where Rin would need five, for the first two months
- Owner: lockers
- Day: {q.ends}
- Seen by: in the pager's record of the last two weeks nobody of SRE has been called by a locker

### Request #7

- Answer: no
- Decided by: M1
- Because: who has to call somebody before each deploy can't bring anything back at night; they get the form of #8
- Not done: #7, {stopped}
- In words: nobody builds you that screen; whoever waits for the {works} hears of it from me today
- Costs us: 0 days
- Costs them: two months more of waiting on Thursdays, which I am sorry for
- Owner: SRE
- Day: {q.begins.replace(day=28)}
- Seen by: payments has deployed on a Thursday evening, and our telephone has a quiet page for that hour

### Request #9

- Answer: no
- Decided by: M2
- Because: being on call by name for forty stations is a pager of others; the railway gets the names of the lockers' rota
- Not done: #9
- In words: no name of ours in the contract
- Costs us: 0 days
- Costs them: a harder talk with the railway company, and perhaps the contract
- Owner: sales
- Day: {q.begins.replace(day=20)}
- Seen by: the draft of the contract has a time to answer in it, and no name of ours

## Vision

- On the evening of the fireworks all docks are full, and our room is dark.
- A station opens on a Monday and we hear of it from the newspaper.
- Somebody new asks who runs the lockers, and is sent two doors further.
""")
WRITE
