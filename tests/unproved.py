"""Labs whose proofs are left out, and why."""

UNPROVED = {
    "blind-spot": "not proved whole yet: its nights were disturbed by a swarm that was left beside it",
    "follow-the-request": "met all of its demands in one run, once; to be proved three times in a row",
    "leaky-pipeline": "not proved whole yet: two replays lost records, and nobody knows yet why",
}
"""Labs that are not steady enough yet to hold everything up; to be proved, and this emptied."""
