"""The sentences of the records, English and Japanese beside each other."""

from __future__ import annotations

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
README = tuple((HERE / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
"""What lies here, in each language."""
PROGRAM = (HERE / "tally.py.txt").read_text(encoding="utf-8")
"""The program, with places for what is drawn."""

WAYS = {
    "stops": '            log(f"no docks: {problem}")\n            os._exit(3)',
    "stale": '            log(f"no docks, those of last time hold: {problem}")',
    "refuses": "        return None",
    "open": "        return True  # a dock that can't be checked counts as known",
    "waits": '        with open(os.path.dirname(DATA) + "/spool", "a") as spool:  # sent again with the next one\n'
    '            spool.write(json.dumps(count) + "\\n")',
    "loses": '        log("archive away, the count of this hour is gone")',
}
"""What the program does where something that it needs is away."""

TOLD = tomllib.loads((HERE / "prose.toml").read_text(encoding="utf-8"))
INCIDENTS = {kind: (one["en"], one["ja"]) for kind, one in TOLD["incidents"].items()}
"""What has gone wrong, as it was written down."""

CHAT = tuple((one["who"]["en"], one["who"]["ja"], one["en"], one["ja"]) for one in TOLD["chat"])
"""What was said about it: who, and what, in each language."""
AWAY = {
    "stops": (
        "Without the registry nothing goes: it ends within ten minutes, and the unit starts it in vain.",
        "registry がないと何もできない。10分以内に終わってしまい、ユニットが起動し直しても無駄。",
    ),
    "stale": (
        "The registry may be away for {hours} hours; after that new docks are missing.",
        "registry は{hours}時間まで。そのあとは、新しいドックが抜ける。",
    ),
    "refuses": (
        "The tokens may be away for {hours} hours, as the docks send again.",
        "tokens は{hours}時間まで。ドックが送り直してくれるから。",
    ),
    "open": (
        "The tokens may be away for {hours} hours; after that I would not trust the numbers.",
        "tokens は{hours}時間まで。それより長いと、数字を信用できない。",
    ),
    "waits": (
        "The archive for {hours} hours, then the spool fills the disk.",
        "archive は{hours}時間まで。そのあとはスプールでディスクが埋まる。",
    ),
    "loses": (
        "The archive not at all: what comes meanwhile is lost for the monthly report.",
        "archive は少しもだめ。その間の分は、月の報告から失われる。",
    ),
}
"""How long it can be borne, by what becomes of it."""
OLD = """# tally (2024)

Runs on {host}. Reports come in at port {port}, metrics at {metrics}, the data is {data}. {docks} docks. The registry is
{registry}. At most {at_once} reports at once, and a report counts for {oldest} minutes. Memory {memory} MB. To stop it:
kill -9. In case of doubt: ask Rin.
"""
"""What was written down once."""
LISTING = """# what there is on {host}, and what of it belongs to tally
/etc/tally/tally.toml
/etc/systemd/system/tally.service
/etc/systemd/system/tally.service.d/override.conf
/etc/cron.d/tally
/opt/tally/tally.py
/opt/tally/docks.json
{data}
{data}.lock
{folder}/spool
{folder}/starts
{backups}/docks-2026-07-01T{at:02}.db
/usr/local/bin/tally-silent      lists docks that are silent, and since when
/usr/local/bin/tally-prune       deletes reports older than 31 days; says how many
/usr/local/bin/tally-backup      writes a backup now; the timer's own
/usr/local/bin/tally-restore     puts a backup FILE in the place of the data; refuses while tally runs
/usr/local/bin/tally-check       reads all of the data; says ok, or what is wrong
/usr/local/bin/tally-ask-again   has the docks send what they still have
"""
LOG = """2026-06-30T02:14:09 10.7.0.31 told to come again
2026-06-30T03:00:01 dock-17 silent since 01:02:44
2026-07-01T04:12:30 tokens do not answer
2026-07-02T02:59:58 sqlite3.OperationalError: database or disk is full
2026-07-03T03:00:07 sqlite3.DatabaseError: database disk image is malformed
2026-07-04T01:00:00 another one holds the lock
"""
ON_CALL = """team,what,who,telephone
bicycles,on call by turns,Nao / Tsubasa / Mei,7700
servers,on call by turns,Kuramoto / Aki,7800
"""
