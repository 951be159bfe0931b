#!/bin/sh
# service: workspace
# Facts by the alphabet with units and whole paths, a failure more than has ever been, its author named as its author.
docker exec -i "$KIKORI_STACK-records-1" python3 - > design.md <<'READ'
import csv, json, re

def text(name):
    return open(f"/records/{name}", encoding="utf-8").read()

code, chat, cron, unit, override = map(text, ("tally.py", "chat.txt", "tally.cron", "tally.service", "override.conf"))

def setting(name):
    places = {
        "override.conf": re.search(rf"^Environment=TALLY_{name.upper()}=(\S+)", override, re.M),
        "tally.service": re.search(rf"^Environment=TALLY_{name.upper()}=(\S+)", unit, re.M),
        "tally.toml": re.search(rf'^{name} = "(.+)"', text("tally.toml"), re.M),
        "tally.py": re.search(rf'setting\("{name}", "(.+?)"\)', code),
    }
    return next((found[1], place) for place, found in places.items() if found)

def told(pattern, source, place):
    return re.search(pattern, source)[1], place

memory = re.search(r"MemoryMax=(\d+)", override)
docks = sum("closed" not in one for one in json.loads(text("docks.json")))
host = told(r"runs on (\w+)", chat, "chat.txt")
facts = {
    "Machine": host,
    "Runs as": told(r"User=(\w+)", unit, "tally.service"),
    "Port for reports": setting("port"),
    "Port for metrics": setting("metrics"),
    "Data": setting("data"),
    "Reports at once": setting("at_once"),
    "Largest report (KB)": told(r"LARGEST = (\d+)", code, "tally.py"),
    "A report counts for (minutes)": setting("oldest"),
    "Memory at most (MB)": (memory[1], "override.conf") if memory else told(r"MemoryMax=(\d+)", unit, "tally.service"),
    "A stop takes at most (s)": told(r"TimeoutStopSec=(\d+)", unit, "tally.service"),
    "Docks in service": (docks, "docks.json"),
    "Docks in a snapshot, at least": told(r"at least (\d+) docks", chat, "chat.txt"),
    "Docks keep reports for (hours)": told(r"reports of (\d+) hours", chat, "chat.txt"),
    "Backups": told(r"tally-backup (\S+)", cron, "tally.cron"),
    "A backup every (hours)": told(r"\*/(\d+)", cron, "tally.cron"),
    "Backups are kept (days)": told(r"-mtime \+(\d+)", cron, "tally.cron"),
    "Nights without a snapshot": told(r"(\d+) nights like that", chat, "chat.txt"),
}
value = {name: seen for name, (seen, place) in facts.items()}
print(f"""# tally, for those who run it

## Purpose

It takes what the docks report and tells the planner how many bicycles stand where. The planner notices first, at three in the
morning: with no snapshot it makes no plan, and the vans drive by the one of yesterday.

## Facts

| What | Value | Set in |
|---|---|---|""")
for name, (seen, place) in facts.items():
    print(f"| {name} | {seen} | {place} |")
print("""
## Dependencies

| What | Address | Without it | Can be borne for (hours) |
|---|---|---|---|""")
ways = {"_exit": "stops", "last time": "stale", "return None": "refuses", "counts as known": "open", "spool": "waits", "is gone": "loses"}
for need, mark in (("registry", "def renew"), ("tokens", "def is_known"), ("archive", "def hand_on")):
    body = re.split(r"\n(?=def |class |    def )", code[code.index(mark):].split("except OSError", 1)[1])[0]
    effect = next(effect for word, effect in ways.items() if word in body)
    hours = re.search(rf"(?:The )?{need}(?: may be away)? for (\d+) hours", chat)
    print(f"| {need} | {setting(need)[0]} | {effect} | {hours[1] if hours else 0} |")
newest = re.search(r"/\S+/docks-\S+", text("listing.txt"))[0]
port, least, stop = value["Port for reports"], value["Docks in a snapshot, at least"], value["A stop takes at most (s)"]
print(f"""
## Operation

| Task | Do | What must be seen | If not |
|---|---|---|---|
| start | `systemctl start tally` | `active (running)` in `systemctl status tally` | read the last 20 lines of `journalctl -u tally`, then look below Failures |
| | `curl -s {host[0]}:{port}/snapshot` | docks {least} or more, one hour after the start | run `tally-silent` and go on at "docks are silent" |
| stop | `systemctl stop tally` | `inactive (dead)` after at most {stop} s | wait another {stop} s and wake the servers' turn; never end it by kill -9 |
| restore | `systemctl stop tally` | `inactive (dead)` | as with a stop |
| | `tally-restore {newest}`, or the newest file there | exit code 0 | take the file before it |
| | `tally-check` | the word `ok` | take the file before it |
| | `systemctl start tally` | `active (running)` | as with a start |
| | `tally-ask-again` | docks {least} or more within an hour | leave it; the planner does without for {value["Nights without a snapshot"]} nights |

## Alerts

| Alert | Rings after (minutes) | How loud | Who | First action |
|---|---|---|---|---|""")
first = {
    "DocksSilent": "Run `tally-silent` and see whether the silent docks share a gateway",
    "TallyDiskFull": "Run `tally-prune` and look again at `tally_disk_free_megabytes`",
    "TallyRefuses": "Look whether the token service answers; docks send again by themselves",
    "TallyCrowded": "Leave it alone for half an hour, a restart makes it longer",
    "TallyDown": "Read `journalctl -u tally`; with malformed in it, go to restore",
}
for name, minutes, severity, team in re.findall(r"alert: (\w+)\n.*\n +for: (\d+)m\n.*severity: (\w+), team: (\w+)", text("alerts.yml")):
    print(f"| {name} | {minutes} | {severity} | {team} | {first[name]} |")
print("""
## Failures

| Failure | How it is seen | First action | Safe until morning | Seen before |
|---|---|---|---|---|""")
modes = {
    "stopped reporting": ("Docks are silent", "DocksSilent, `tally_docks_silent`", "`tally-silent`; start the gateway anew that they share", "the planner leaves them out of the plan"),
    "disk was full": ("The disk is full", "TallyDiskFull, and `database or disk is full` in the log", "`tally-prune`, which takes away what is older than a month", "docks keep their reports meanwhile"),
    "token service": ("Tokens are away", "TallyRefuses, `tally_refused_total`, `tokens do not answer`", "Wait for the token service, and wake whoever runs that", "docks send again by themselves"),
    "same second": ("All report at once", "TallyCrowded or `tally_waiting`", "Nothing but waiting; do not start it anew", "it passes by itself"),
    "malformed": ("The database is damaged", "TallyDown, and `malformed` in the log", "Stop it and go through the restore above", "vans take the plan of yesterday"),
    "by hand": ("Two of them run", "`tally_starts_total` climbs, `another one holds the lock` in the log", "End the one that was started by hand with SIGTERM, and wait", "the unit takes over when it is gone"),
}
for row in csv.DictReader(open("/records/incidents.csv", encoding="utf-8")):
    name = next(name for name in modes if name in row["en"])
    failure, seen, action, safe = modes.pop(name)
    print(f"| {failure} | {seen} | {action} | {safe} | {row['number']} |")
for failure, seen, action, safe in modes.values():
    print(f"| {failure} | {seen} | {action} | {safe} | - |")
print("""
## Why it is built this way

One process with one file is enough for some eighty docks, and whoever restores it needs a single copy. The lock keeps a second one
away, as two would write the same hour twice.

## What it does not do

It knows no closed streets and no bicycles beside a dock, and it makes no plans.""")
READ

turn=$(cat <<'TURN'
import re, sys
text = sys.stdin.read()
head, *parts = re.split(r"^(?=## )", text, flags=re.M)
lines = parts[1].strip().splitlines()
units = {"Port": "", "Reports at once": " reports", "Largest": " KB", "A report": " min", "Memory": " MB", "A stop": " seconds", "A backup": " h", "Backups are": " days", "Nights": " nights"}
facts = ["| Set in | What | Value |", "|---|---|---|"]
for line in sorted(lines[4:]):
    name, value, place = line.strip("| ").split(" | ")
    unit = next((unit for start, unit in units.items() if name.startswith(start)), "")
    if name.startswith("Largest"):
        value, unit = f"{int(value) * 1024:,}", " bytes"
    if name.startswith("A report"):
        value, unit = f"{int(value) // 60} h {int(value) % 60}", " min"
    place = {"override.conf": "/etc/systemd/system/tally.service.d/override.conf", "tally.toml": "/etc/tally/tally.toml"}.get(place, place)
    facts.append(f"| {place} | {name.lower()} | {value}{unit} (as of Monday) |")
parts[1] = "## 2. In figures\n\n" + "\n".join(facts) + "\n\n"
parts[2] = parts[2].replace("| stale |", "| Stale: it goes on with those it knew |").replace("| refuses |", "| Refuses, and docks send again |").replace("| 0 |", "| not at all |")
parts[3] = parts[3].replace("| stop |", "| Shutting it down (stop) |")
parts[3] = re.sub(r"docks (\d+) or more within", r"no fewer than \1 docks, within", parts[3])
parts[3] = parts[3].replace("If not |\n|---|---|---|---|\n", "If not |\n|:--|:--|:--|:--|\n").replace("exit code 0", "its last line names the same file, and `echo $?` says 0")
parts[4] = re.sub(r"\| (\d+) \| page \| bicycles", r"| \1 min | Page | The bicycles' on-call (7700)", parts[4])
parts[4] = re.sub(r"\| (\d+) \| ticket \| bicycles", r"| \1 min | ticket, in the morning | whose turn it is at the bicycles", parts[4])
parts[5] = re.sub(r"TallyDown, and ", "`up` is 0, ", parts[5]).replace("DocksSilent, ", "")
parts[5] += "| The registry is away | `tally_starts_total` climbs, or nothing at all is seen | Wake the servers' turn, and leave tally as it is | whatever it knew last goes on, or the vans drive by yesterday's plan | none |\n\n"
parts[6] = parts[6].rstrip() + " Rin wrote it in spring of 2024, after two nights in which the planner had counted nothing; she left the numbers as they were.\n\n"
print(head + "".join(parts))
TURN
)
docker exec -i "$KIKORI_STACK-records-1" python3 -c "$turn" < design.md > other.md
mv other.md design.md
