#!/bin/sh
# service: workspace
# Told at length: the teams learn, and payment is an exception with an end. Decisions as tables, sentences over several lines.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" > mission.md <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
r = q.requests
promised = r[2].now + r[6].now + r[5].now + 4
missing = max(0, promised - q.days)
enough = [one.name for one in q.works[:2] if one.days >= missing]
works = enough[0] if enough else "archive, reports"
wait = works.partition(",")[0] if missing else "#7"
told = "The archive's move stops for it, for this quarter" if missing else "The quick tool: its days are gone"
later = r[5].later + r[6].later + r[2].later
print(f"""# Machikado SRE

What three people have agreed on, after two evenings and one quarrel.

## The mission

**M1.** In two years there is no service at Machikado of which only one team knows
  how it is brought back, and this team is the one that has written it.

**M2.** Until then we rather sit beside people than build for them, and live with
  tools that are older than we would like.

## The opposite

We build what makes sitting beside unnecessary: tools that bring things back by themselves. Five good engineers with a year
of quiet would do better by that. We have neither.

## Rules of thumb

- **R1** Nobody is left alone with a pager: where a team is down to two, we are the third and the fourth for a quarter.
- **R2** A date that comes from outside goes before one that we have set ourselves.
- **R3** Whoever hears a no from us hears on the same day what would have to be so for a yes.

## Answers

Request 2 is an exception until the end of the quarter, and we do 5 together with the map's people.

| Request | Answer | Days this quarter | Days each quarter after | Offered instead |
|---|---|---|---|---|
| #1 | No | 0 | 0 | see 6 |
| #2 | Yes | {r[2].now} days | {r[2].later} days | |
| #3 | No | 0 days | 0 days | we ask again when they have written down how they go back |
| #4 | No | 1 day | 0 days | a calendar of risky days |
| #5 | **Yes** | {r[5].now} days | {r[5].later} days | - |
| #6 | Yes | {r[6].now} days | {r[6].later} days | |
| Request 7 | No | 0 | 0 | |
| #8 | No | 3 days | 0 days | we sit beside them for their next three deploys |
| 9 | No | 0 days | 0 days | |

## Price

- Agreement before: {q.agreement:.2f} %
- Days there are: {q.days} days
- Days promised: {promised} days
- Days missing: {missing} days
- Days each quarter after: {later} days
- Stopped: {works if missing else "nothing"}
- Who pays: counter, bicycles
- Until: {q.ends.strftime("%B %d, %Y")}

An offer each to counter and bicycles is in the sum. In later quarters it is less by payments' share once they are four again.

## Decisions

### Request 6

| Part | Ours |
|---|---|
| Answer | Yes |
| Decided by | M1 |
| Because | The sentence asks who has written down how a locker is brought back; at the end of six weeks the answer is: those who develop it |
| Not done | #1 |
| In words | We do not take the pager, which the other half of the same team has asked for |
| Costs us | {r[6].now} days |
| Costs them | Nights that stay as bad as they are for another six weeks; we have said so to those who wrote the first letter |
| Owner | Lockers, SRE |
| Day | {q.begins.replace(day=28).strftime("%d.%m.%Y")} |
| Seen by | A page on the lockers that has been followed at night by somebody who did not write it |

### Request 2

| Part | Ours |
|---|---|
| Answer | Yes |
| Decided by | R1 |
| Because | By the mission it would be a no. But two people cannot carry a pager and learn at once |
| Not done | {wait} |
| In words | {told} |
| Costs us | {r[2].now} days |
| Costs them | The knowledge moves to our desk for three months, and they will have to fetch it back |
| Owner | SRE |
| Day | {q.ends.strftime("%d.%m.%Y")} |
| Seen by | The rota for the next quarter, with no name of ours on it |

### Request 8

| Part | Ours |
|---|---|
| Answer | No |
| Decided by | M2, R2 |
| Because | A form is something that we build for people, and it would take more than half of all our days |
| Not done | #8, #7 |
| In words | Neither the form nor the quick tool is built |
| Costs us | 3 days |
| Costs them | They wait for us on Thursdays, as they do now |
| Owner | bicycles |
| Day | {q.begins.strftime("%B")} 28 |
| Seen by | The third of the deploys has been done while we kept our hands in our pockets |

## Vision

Three postcards:

1. On a Sunday evening the docks of the whole harbour stand still, and are back before we have found our shoes.
2. The page on payment has the handwriting of four people, and none of it is ours.
3. Somebody asks us for a tool, and in the middle of the sentence sees that it is there.
""")
WRITE
