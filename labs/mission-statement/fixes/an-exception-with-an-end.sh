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
works = "the archive's move" + (" and the director's reports" if missing > q.works[0].days else "")
wait = "The archive's move stops for it, for this quarter" if missing else "#7, the quick tool, for which its days are gone"
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

| Request | Answer | Days this quarter | Days each quarter after |
|---|---|---|---|
| #1 (lockers, on call) | No – but see 6 | 0 | 0 |
| #2 (payments) | Yes, as an exception until the end of the quarter | {r[2].now} days | {r[2].later} days |
| #3 (app) | No, not before they have written down how they go back | 0 days | 0 days |
| #4 (counter) | No. A calendar of risky days in its place | 1 day | 0 days |
| #5 (map) | Yes, together | {r[5].now} days | {r[5].later} days |
| #6 (lockers, developers) | Yes | {r[6].now} days | {r[6].later} days |
| #7 (payments) | No | - | - |
| #8 (bicycles) | No; we sit beside them for their next three deploys | 3 days | 0 days |
| #9 (sales) | No | 0 days | 0 days |

## Price

- Agreement before: {q.agreement:.2f} %
- Days there are: {q.days} working days
- Days promised: {promised} days (an offer each to counter and bicycles among them)
- Days missing: {missing} days
- Days each quarter after: {later} days (less by payments' share once they are four again)
- Stopped: {works if missing else "nothing"}
- Who pays: the counter (which heard a no to its gate) and bicycles
- Until: {q.ends.strftime("%B %d, %Y")}

## Decisions

### Request 6: sit beside the lockers' developers

| Part | Ours |
|---|---|
| Answer | Yes, from the first Monday on |
| Because | M1 asks who has written down how a locker is brought back; at the end of six weeks the answer is: those who develop it |
| Not done | We do not take the pager, which the other half of the same team has asked for (#1) |
| Costs us | {r[6].now} days |
| Costs them | Nights that stay as bad as they are for another six weeks; we have said so to those who wrote the first letter |
| Owner | Lockers (with Rin from SRE beside them) |
| Day | {q.begins.replace(day=28).strftime("%d.%m.%Y")} |
| Seen by | A page on the lockers that has been followed at night by somebody who did not write it |

### Request 2: payments' pager

| Part | Ours |
|---|---|
| Answer | Yes. An exception, until the last day of the quarter |
| Because | By M1 it would be a no. R1 decides: two people cannot carry a pager and learn at once |
| Not done | {wait} |
| Costs us | {r[2].now} days |
| Costs them | The knowledge moves to our desk for three months, and they will have to fetch it back |
| Owner | SRE |
| Day | {q.ends.strftime("%d.%m.%Y")} |
| Seen by | The rota for the next quarter, with no name of ours on it |

### Request 8: a form for deploys

| Part | Ours |
|---|---|
| Answer | No, three deploys side by side instead |
| Because | M2: a form is something that we build for people, and it would take more than half of all our days |
| Not done | The form (#8), and the quick tool (#7) as well |
| Costs us | 3 days |
| Costs them | They wait for us on Thursdays, as they do now |
| Owner | bicycles |
| Day | end of {q.begins.strftime("%B")} |
| Seen by | The third of the deploys has been done while we kept our hands in our pockets |

## Vision

Three postcards:

1. On a Sunday evening the docks of the whole harbour stand still, and are back before we have found our shoes.
2. The page on payment has the handwriting of four people, and none of it is ours.
3. Somebody asks us for a tool, and in the middle of the sentence sees that it is there.
""")
WRITE
