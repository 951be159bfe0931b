#!/bin/sh
# service: workspace
# In English: a row for each step, and the newest backup by its path.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/records" > design.md <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_house.draw import house_of

house = house_of(int(os.environ["KIKORI_HOUSE"]))
value = {name: seen for name, (seen, _) in house.facts.items()} | {"bicycles": "7700", "servers": "7800"}
place = {name: file for name, (_, file) in house.facts.items()} | {"bicycles": "oncall.csv", "servers": "oncall.csv"}
FACTS = {
    "host": "Machine",
    "user": "Runs as",
    "port": "Port for reports",
    "metrics": "Port for metrics",
    "data": "Data",
    "at_once": "Reports at once",
    "largest": "Largest report (KB)",
    "oldest": "A report counts for (minutes)",
    "memory": "Memory at most (MB)",
    "stop": "A stop takes at most (s)",
    "docks": "Docks in service",
    "least": "Docks in a snapshot, at least",
    "resend": "Docks keep reports for (hours)",
    "backups": "Backups",
    "every": "A backup every (hours)",
    "kept": "Backups are kept (days)",
    "nights": "Nights without a snapshot",
    "bicycles": "Telephone of the bicycles' turn",
    "servers": "Telephone of the servers' turn",
}
ALERTS = {
    "DocksSilent": ("`tally-silent`", "See whether the silent docks share a gateway, and start that one anew"),
    "TallyDiskFull": ("`tally-prune`", "Look again at `tally_disk_free_megabytes`; it has to rise within ten minutes"),
    "TallyRefuses": ("`journalctl -u tally -n 20`", "Wake whoever runs the token service; docks send again by themselves"),
    "TallyCrowded": ("-", "Leave it alone for half an hour, a restart makes it longer"),
    "TallyDown": ("`journalctl -u tally -n 20`", "With malformed in it, go through the restore; else look below Failures"),
}
FAILURES = {
    "silent": ("Docks are silent", "DocksSilent, `tally_docks_silent`", "`tally-silent`", "Start the gateway anew that they share", "the planner leaves them out of the plan"),
    "full": ("The disk is full", "TallyDiskFull, `database or disk is full`", "`tally-prune`", "See that space comes back, and tell the servers' turn in the morning", "docks keep their reports meanwhile"),
    "tokens": ("Tokens are away", "TallyRefuses, `tally_refused_total`, `tokens do not answer`", "-", "Wait for the token service, and wake whoever runs that", "docks send again by themselves"),
    "crowded": ("All report at once", "TallyCrowded, `tally_waiting`", "-", "Nothing but waiting; do not start it anew", "it passes by itself"),
    "torn": ("The database is damaged", "TallyDown, up, `malformed`", "`systemctl stop tally`", "Go through the restore above, step by step", "vans take the plan of yesterday"),
    "double": ("Two of them run", "`tally_starts_total`, `another one holds the lock`", "`pgrep -af tally.py`", "End the one that was started by hand with SIGTERM, and wait", "the unit takes over when it is gone"),
}
newest, stop, docks = f"{house.backups}/docks-2026-07-01T{house.every:02}.db", f"{house.stop} s", f"{value['least']} docks or more"
print("""# tally, for those who run it

## Purpose

It takes what the docks report and tells the planner how many bicycles stand where. The planner notices first, at three in the
morning: with no snapshot it makes no plan, and the vans drive by the one of yesterday.

## Facts

| What | Value | Set in |
|---|---|---|""")
for name, title in FACTS.items():
    print(f"| {title} | {value[name]} | {place[name]} |")
print("""
## Dependencies

| What | Address | Without it | Can be borne for (hours) |
|---|---|---|---|""")
for need in house.needs.values():
    print(f"| {need.name} | {need.address.value} | {need.effect} | {need.hours} |")
print(f"""
## Operation

| Task | Command | What must be seen | Within | If not |
|---|---|---|---|---|
| start | `systemctl start tally` | exit code 0 | 10 s | read the last 20 lines of `journalctl -u tally`, then look below Failures |
| | `systemctl status tally` | `active (running)` | 10 s | as above |
| | `curl -s {house.host}:{value['port']}/snapshot` | {docks} | 1 h | run `tally-silent` and go on at "docks are silent" |
| stop | `systemctl stop tally` | exit code 0 | {stop} | wait another {stop} and wake the servers' turn; never end it by kill -9 |
| | `systemctl is-active tally` | `inactive` | 10 s | wake the servers' turn |
| restore | `systemctl stop tally` | exit code 0 | {stop} | as with a stop |
| | `tally-restore {newest}` | exit code 0 | 2 min | take the file before it |
| | `tally-check` | `ok` | 2 min | take the file before it |
| | `systemctl start tally` | exit code 0 | 10 s | as with a start |
| | `tally-ask-again` | {docks} | 1 h | leave it; the planner does without for {house.nights} nights |

When there are newer files in {house.backups}, the newest of them takes the place of this one.

## Alerts

| Alert | Rings after (minutes) | How loud | Who | First command | First action |
|---|---|---|---|---|---|""")
for one in house.alerts:
    command, action = ALERTS[one.name]
    print(f"| {one.name} | {one.minutes} | {one.severity} | {one.team} | {command} | {action} |")
print("""
## Failures

| Failure | How it is seen | First command | First action | Safe until morning | Seen before |
|---|---|---|---|---|---|""")
before = {one.kind: one.number for one in house.incidents}
for kind, cells in FAILURES.items():
    print(f"| {' | '.join(cells)} | {before.get(kind, '-')} |")
print("""
## Why it is built this way

One process with one file is enough for some eighty docks, and whoever restores it needs a single copy. The lock keeps a second one
away, as two would write the same hour twice.

## What it does not do

It knows no closed streets and no bicycles beside a dock, and it makes no plans.""")
WRITE
