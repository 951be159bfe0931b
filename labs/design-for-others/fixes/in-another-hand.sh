#!/bin/sh
# service: workspace
# Facts by the alphabet with units and whole paths, other commands and signs, a failure more than has ever been, its author named.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/records" > design.md <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_house.draw import house_of

house = house_of(int(os.environ["KIKORI_HOUSE"]))
value = {name: seen for name, (seen, _) in house.facts.items()} | {"bicycles": "7700", "servers": "7800"}
place = {name: file for name, (_, file) in house.facts.items()} | {"bicycles": "oncall.csv", "servers": "oncall.csv"}
WHOLE = {"override.conf": "/etc/systemd/system/tally.service.d/override.conf", "tally.toml": "`/etc/tally/tally.toml`", "tally.cron": "/etc/cron.d/tally"}
FACTS = {
    "every": ("a backup every", " hours"),
    "oldest": ("a report counts for", " min"),
    "stop": ("a stop takes at most", " s"),
    "kept": ("backups are kept", " days"),
    "backups": ("backups lie in", "/"),
    "data": ("data", ""),
    "docks": ("docks in service", " docks"),
    "least": ("docks in a snapshot", " docks"),
    "resend": ("docks keep reports", " h"),
    "largest": ("largest report", " KB"),
    "host": ("machine", "."),
    "memory": ("memory", " MB"),
    "nights": ("nights without a snapshot", " nights"),
    "metrics": ("port for metrics", ""),
    "port": ("port for reports", ""),
    "at_once": ("reports at once", " reports"),
    "user": ("runs as", ""),
    "bicycles": ("telephone of the bicycles", ""),
    "servers": ("telephone of the servers", ""),
}
folder, port = house.backups, value["port"]
print("""# How others run tally

## 1. Purpose

Each night at three the planner asks tally where bicycles stand. If it gets no answer, it is the first to notice: there is no plan,
the three vans go by that of the day before, and after some nights the hill is empty.

## 2. In figures

| Set in | What | Value |
|---|---|---|""")
for name, (title, unit) in FACTS.items():
    print(f"| {WHOLE.get(place[name], place[name])} | {title} | **{value[name]}{unit}** |")
print("""
All but the machine stands in a file; the README of 2024 has other values, and none of them holds.

## 3. What it needs

| Can be borne | Address | What | Without it |
|:--|:--|:--|:--|""")
for need in reversed([*house.needs.values()]):
    print(f"| {need.hours} h | `http://{need.address.value}/` | {need.name} | {need.effect.capitalize()}. |")
print(f"""
## 4. Operation

| Task | What must be seen | Within | Command | If not |
|:--|:--|:--|:--|:--|
| restore | exit 0 | {house.stop + 60} s | `sudo systemctl stop tally.service` | wait as long again, then ring the servers' turn |
| restore | `inactive` | 10 s | `systemctl is-active tally` | stop it once more and read the journal |
| restore | exit code 0 | 10 min | `tally-restore "$(ls -t {folder}/docks-*.db \\| head -1)"` | take the second newest, by its path |
| restore | ok, exit 0 | 10 min | `sudo -u {house.user} tally-check` | restore the one before, and check that |
| restore | no output | 30 sec | `sudo systemctl start tally.service` | see below, "two of them run" |
| start | no output, exit 0 | 30 sec | `sudo systemctl start tally.service` | read what the journal says of it |
| | `active` | 1 minute | `systemctl is-active tally.service` | wake the servers' turn |
| | HTTP/1.0 200 OK | 1 minute | `curl -si http://localhost:{value["metrics"]}/metrics \\| head -1` | wait, its port opens last of all |
| | docks {value["least"]} to {value["docks"]} | 90 min | `curl -s http://{house.host}:{port}/snapshot \\| jq .docks` | look which docks `tally-silent` lists |
| | 10 docks or fewer | 90 min | `tally-silent` | go to the gateways that they share |
| stop | exit 0 | {house.stop} s | `sudo systemctl stop tally.service` | it writes its journal back; leave it another minute |

## 5. Alerts

| Who | How loud | Alert | Rings after | First action | First command |
|---|---|---|---|---|---|""")
ALERTS = {
    "DocksSilent": ("Mark on the map which docks are silent; neighbours hang at one gateway", "tally-silent \\| wc -l"),
    "TallyDiskFull": ("Look what has grown, and have tally-prune take away what is old", f"df -h {value['data'].rpartition('/')[0]}"),
    "TallyRefuses": ("Try whether the token service answers anybody, and ring those who run it", f"curl -s {house.needs['tokens'].address.value}/check/x"),
    "TallyCrowded": ("Do nothing at all; what is told to come again comes again", f"curl -s {house.host}:{value['metrics']}/metrics \\| grep waiting"),
    "TallyDown": ("Find the last line of the log in the table of failures, and go on there", "systemctl status tally --no-pager"),
}
for one in reversed(house.alerts):
    action, command = ALERTS[one.name]
    print(f"| {one.team.capitalize()} | {one.severity} | `{one.name}` | {one.minutes} min | {action} | `{command}` |")
print("""
## 6. What goes wrong

| Seen before | Failure | How it is seen | First command | First action | Safe until morning |
|---|---|---|---|---|---|""")
before = {one.kind: one.number for one in house.incidents}
FAILURES = {
    "double": ("somebody started a second one", "another one holds the lock, tally_starts_total", "`journalctl -xeu tally`", "Find whose shell it is, have it ended with SIGTERM, and watch the unit take over", "the one by hand still takes reports"),
    "torn": ("data that can't be read", "malformed, `up`", f"`cp -a {value['data']} {value['data']}.broken`", "Keep the torn file for the day, then restore as above", "yesterday's plan, as often as the chat allows"),
    "crowded": ("a crowd after a power cut", "told to come again, `tally_waiting`", "`sleep 30m`", "Drink tea until the waiting ones are fewer", "docks come again on their own"),
    "tokens": ("nobody is known", "`tokens do not answer`", "`journalctl -u tally --since -1h`", "See since when, and tell those who run the tokens", "docks hold their reports for hours"),
    "full": ("no room", "`tally_disk_free_megabytes`, sqlite3.OperationalError: database or disk is full", "tally-prune", "If that frees less than a day's reports, wake the servers' turn", "docks hold their reports for hours"),
    "silent": ("a gateway is dead", "`tally_docks_silent`, dock-17 silent since", "tally-silent", "Go by the list and start the gateway at its fuse", "the planner counts without them"),
    "registry": ("the registry is away", "no docks", "-", "Wake the servers' turn, and leave tally as it is", "whatever it knew last, or yesterday's plan"),
}
for kind, cells in FAILURES.items():
    print(f"| {before.get(kind, 'none')} | {' | '.join(cells)} |")
print("""
## 7. Why it is so

Rin wrote it in spring of 2024, after two nights in which the planner had counted nothing. One file and one process, as eighty docks
need no more; whoever adds a second process has to give up the lock first.

## 8. What it doesn't do

No plans, no closed streets, and no bicycle that leans at the wall beside its dock.""")
WRITE
