"""How design-for-others reads each of its cells. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("design-for-others", code=STANDS_ON)
LAB = paths.ROOT / "labs" / "design-for-others"
PLACES = (
    paths.ROOT / "graders" / "design-for-others",
    paths.ROOT / "labs" / "_images" / "paper",
    LAB / "images" / "records",
)
NUMBER = 4711
DATA, BACKUPS = "/var/lib/tally/docks.db", "/mnt/safe/tally"


@pytest.fixture(scope="module")
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("`systemctl start tally`", "start"),
        ("sudo systemctl restart tally.service", "start"),
        ("`systemctl --no-pager status tally`", "status"),
        ("`ssh hill sudo systemctl stop tally`", "stop"),
        ("`journalctl -u tally -n 20 --no-pager`", "log"),
        ('`journalctl -u tally --since "1 hour ago" | grep malformed`', "log"),
        ("`curl -s hill:7490/snapshot`", "ask"),
        ("`curl -s http://localhost:8968/metrics | grep silent`", "ask"),
        (f"`tally-restore {BACKUPS}/docks-2026-07-01T04.db`", "restore"),
        (f'`tally-restore "$(ls -t {BACKUPS}/docks-*.db | head -1)"`', "restore"),
        ("`tally-backup`", "backup"),
        ("`/usr/local/bin/tally-check`", "tally-check"),
        ("`tally-silent | wc -l`", "tally-silent"),
        ("`sudo -u tally tally-ask-again`", "tally-ask-again"),
        (f"`cp -a {DATA} {DATA}-torn`", "copy"),
        (f"`cp {DATA} /tmp/torn.db`", "copy"),
        ("`kill -TERM PID`", "end"),
        ("`kill -TERM $(pgrep -f tally.py)`", "end"),
        ('`kill "$(pgrep -of tally.py)"`', "end"),
        (f"`cp {DATA} {DATA}.broken`", "copy"),
        (f"`cp -p {DATA} /var/lib/tally/docks-broken.db`", "copy"),
        (f"`cp {DATA} /var/lib/tally/docks.broken`", "copy"),
        (f"`cp -a {DATA} {DATA}.$(date +%F)`", "copy"),
        ("`sleep 30m`", "wait"),
        ("`journalctl -xeu tally`", "log"),
        ("`journalctl -eu tally`", "log"),
        ("`journalctl -u tally --since -1h`", "log"),
        (f"`fuser {DATA}.lock`", "look"),
        (f"`find {BACKUPS} -name 'docks-*.db'`", "look"),
        ("`systemctl cat tally`", "look"),
        ("`date`", "look"),
        (f"`ls -lh {BACKUPS} | sort -r | head -3`", "look"),
        ("`ss -ltnp | grep 7490`", "look"),
        ("`df -h`", "look"),
        ("-", "none"),
        ("`systemctl start tally`, then wait", None),
        ("`systemctl start tally` or `systemctl restart tally`", None),
        ("systemctl stop tally; rm docks.db", None),
        ("`systemctl stop tally && tally-restore x`", None),
        ("`systemctl kill -s KILL tally`", None),
        ("`systemctl start planner`", None),
        ("`kill -9 4711`", None),
        ("`kill 4711`", None),
        ("`kill -TERM 1234`", None),
        ("`kill -9 $(pgrep -f tally.py)`", None),
        ("`kill $(pgrep -f python3)`", None),
        ("`systemctl stop --no-block tally`", None),
        ("`systemctl --user start tally`", None),
        ("`pkill -f tally.py`", None),
        ("`sudo poweroff`", None),
        ("`python3 /opt/tally/tally.py`", None),
        (f"`rm {DATA}`", None),
        (f"`mv {DATA} /dev/null`", None),
        (f"`cp /dev/null {DATA}`", None),
        (f"`cp {BACKUPS}/docks-2026-07-01T04.db {DATA}`", None),
        (f"`cp {DATA} /tmp/../var/lib/tally/docks.db`", None),
        (f"`cp {DATA} {DATA}-journal`", None),
        (f"`cp {DATA} {DATA}.lock`", None),
        (f"`cp {DATA} {DATA}`", None),
        (f"`cp {DATA} {BACKUPS}/docks-broken.db`", None),
        (f"`: > {DATA}`", None),
        (f"`tally-silent > {DATA}`", None),
        (f"`ls | sort -o {DATA}`", None),
        (f"`find {BACKUPS} -delete`", None),
        (f"`find {BACKUPS} -exec rm x`", None),
        ("`fuser -k 7490/tcp`", None),
        ("`date -s 12:00`", None),
        ("`ss -K`", None),
        ("`journalctl -u tally --vacuum-time=1s`", None),
        (f"`sqlite3 {DATA} vacuum`", None),
        ("`curl -X POST hill:7490/reports`", None),
        ("`curl hill:7490/snapshot -o x.db`", None),
        ("`cat $(tally-restore x)`", None),
        ("`tally-restore`", None),
        ("`tally-check --repair`", None),
        ("手で起動する", None),
        ("", None),
    ],
)
def test_a_command_stands_alone_and_does_no_harm(lab: Import, cell: str, kind: str | None) -> None:
    found = lab("commands").command(cell)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("file", "is_newest"),
    [
        (f"$(ls -t {BACKUPS}/docks-*.db | head -1)", True),
        (f'"$(ls -1t {BACKUPS}/* | head -n 1)"', True),
        (f"$(ls -rt {BACKUPS}/*.db | tail -n1)", True),
        (f"$(ls {BACKUPS}/docks-*.db | tail -1)", True),
        (f"$(ls -r {BACKUPS}/docks-*.db | head -1)", True),
        (f"$(ls {BACKUPS}/docks-*.db | sort -r | head -1)", True),
        (f'{BACKUPS}/"$(ls -t {BACKUPS} | head -1)"', True),
        (f"{BACKUPS}/$(ls {BACKUPS}/ | sort | tail -1)", True),
        (f"$(find {BACKUPS} -name 'docks-*.db' | sort | tail -1)", True),
        (f'"$(find {BACKUPS} -type f -name "*.db" | sort -r | head -n 1)"', True),
        (f"$(find {BACKUPS} -name 'docks-*.db' | tail -1)", False),
        (f"$(find {BACKUPS} -name 'docks-*.db' | sort | head -1)", False),
        ("$(find /var/lib/tally -name 'docks-*.db' | sort | tail -1)", False),
        (f"$(ls -t {BACKUPS}/docks-*.db | tail -1)", False),
        (f"$(ls -tr {BACKUPS}/docks-*.db | head -1)", False),
        (f"$(ls {BACKUPS}/docks-*.db | head -1)", False),
        (f"$(ls -t {BACKUPS}/docks-*.db | head -2)", False),
        (f"$(ls -t {BACKUPS} | head -1)", False),
        (f"{BACKUPS}/$(ls -t {BACKUPS}/* | head -1)", False),
        ("$(ls -t /srv/backup/tally/docks-*.db | head -1)", False),
        (f"$(rm {BACKUPS}/docks-*.db | head -1)", False),
    ],
)
def test_the_newest_file_is_found_in_many_ways(lab: Import, file: str, is_newest: bool) -> None:
    told = lab("commands").command(f"`tally-restore {file}`")
    assert told.kind == "restore"
    assert lab("commands").is_newest(told, BACKUPS) == is_newest


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("`active (running)`", ["running"]),
        ("active", ["active"]),
        ("**Inactive (dead).**", ["ended"]),
        ("Started tally.service.", ["started"]),
        ("`ok`, exit code 0", ["ok", "exit"]),
        ("終了コード0", ["exit"]),
        ("no output, exit code 0", ["quiet", "exit"]),
        ("出力なし", ["quiet"]),
        ("`HTTP/1.0 200 OK`", ["answered"]),
        ("57 docks or more", ["least"]),
        ("docks 57 to 67", ["least"]),
        ('`"docks": 57` or more', ["least"]),
        ("at least 57 docks", ["least"]),
        (">= 57", ["least"]),
        ("ドックが５７以上", ["least"]),
        ("10 docks or fewer", ["most"]),
        ("`tally_docks_silent` at most 10", ["most"]),
        ("tally_docks_silent at most 10", ["most"]),
        ("10個以下", ["most"]),
        ("57 silent docks or more", [None]),
        ("57", [None]),
        ("57 docks", [None]),
        ("not 57 or more", [None]),
        ("57 docks or more, perhaps", ["least", None]),
        ("57 docks or more after an hour", [None]),
        ("57 MB or more", [None]),
        ("exit code 4", [None]),
        ("it looks normal", [None]),
        ("", [None]),
    ],
)
def test_a_sign_stands_alone(lab: Import, cell: str, kinds: list[str | None]) -> None:
    assert [one.kind if one else None for one in lab("signs").signs(cell)] == kinds


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("10 s", 10),
        ("１０秒", 10),
        ("5 min", 300),
        ("1 h", 3600),
        ("1.5 hours", 5400),
        ("1時間", 3600),
        ("10", None),
        ("within 10 s", None),
        ("10 s (or 20)", None),
        ("about 10 s", None),
        ("1 h 20 min", None),
        ("", None),
    ],
)
def test_a_time_stands_alone(lab: Import, cell: str, seconds: float | None) -> None:
    assert lab("signs").within(cell) == seconds


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("INC-89", ["INC-89"]),
        ("inc 89", ["INC-89"]),
        ("INC-89、INC-92", ["INC-89", "INC-92"]),
        ("-", []),
        ("none", []),
        ("なし", []),
        ("not INC-89", None),
        ("INC-89 (nobody noticed)", None),
        ("INC-89（無関係）", None),
        ("INC-89 or INC-92", None),
        ("-, INC-89", None),
        ("", None),
    ],
)
def test_incidents_stand_alone(lab: Import, cell: str, wanted: list[str] | None) -> None:
    assert lab("values").incidents(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("stops", "stops"),
        ("**Stale.**", "stale"),
        ("止まる", "stops"),
        ("stops, stale", ""),
        ("stops, unless it waits", ""),
        ("it stops", ""),
        ("", ""),
    ],
)
def test_an_effect_stands_alone(lab: Import, cell: str, wanted: str) -> None:
    assert lab("values").one_of(cell, lab("words").EFFECTS) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("override.conf", "override.conf"),
        ("`/etc/systemd/system/tally.service.d/override.conf`", "override.conf"),
        ("/etc/cron.d/tally", "tally.cron"),
        ("chat.ja.txt", "chat.txt"),
        ("tally.toml (not README)", ""),
        ("tally.toml or tally.py", ""),
        ("", ""),
    ],
)
def test_a_place_stands_alone(lab: Import, cell: str, wanted: str) -> None:
    assert lab("values").one_of(cell, lab("words").PLACES) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("ferry", "ferry"),
        ("`http://registry:9278/`", "registry:9278"),
        ("/mnt/safe/tally/", "/mnt/safe/tally"),
        ("registry:9278 (9279)", ""),
        ("ferry or beach", ""),
        ("", ""),
    ],
)
def test_a_word_stands_alone(lab: Import, cell: str, wanted: str) -> None:
    assert lab("values").word(cell) == wanted


@pytest.mark.parametrize(
    ("signal", "kinds"),
    [
        ("dockssilent", {"silent"}),
        ("up", {"torn"}),
        ('up{job="tally"}', {"torn"}),
        ("tally_starts_total", {"double"}),
        ("tally_reports_total", set()),
        ("another one holds the lock", {"double"}),
        ("sqlite3.databaseerror: database disk image is malformed", {"torn"}),
        ("dock-17 silent since", {"silent"}),
        ("no docks", {"stops"}),
        ("no docks, those of last time", None),
        ("holds the lock", {"double"}),
        ("do not answer", {"tokens"}),
        ("disk is full", {"full"}),
        ("disk image is malformed", {"torn"}),
        ("database", {"full", "torn"}),
        ("2026-07-04t01:00:00 another one holds the lock", {"double"}),
        ("not up", None),
        ("up is 0", None),
        ("tally_starts_total climbs", None),
        ("disk", None),
        ("", None),
    ],
)
def test_a_signal_stands_alone(lab: Import, signal: str, kinds: set[str] | None) -> None:
    assert lab("truth").Truth(NUMBER).shows(signal) == kinds


@pytest.mark.parametrize(
    ("kinds", "places"),
    [
        (["stop", "restore", "tally-check", "start"], []),
        (["stop", "status", "restore", "tally-check", "start", "tally-ask-again", "status"], []),
        (["restore", "stop", "tally-check", "start"], [0, 2, 3]),
        (["stop", "restore", "start", "tally-check"], [2]),
        (["stop", "restore", "tally-check", "start", "restore"], [4]),
    ],
)
def test_steps_of_a_restore_have_an_order(lab: Import, kinds: list[str], places: list[int]) -> None:
    wanted = lab("test_operation").RESTORE
    assert [*lab("commands").out_of_order(kinds, wanted)] == places


@pytest.mark.parametrize(
    ("cell", "begins"),
    [
        ("`sleep 30min`", "sleep"),
        ("`sudo systemctl kill tally`", "systemctl"),
        ("`ssh hill journalctl -u tally --rotate`", "journalctl"),
        ("systemctl stop tally; ls", ";"),
        ("`ls || ls`", ";"),
        ("`ls | tee x`", "ls"),
        ("`tally-backup --now`", "tally-backup"),
        ("手で起動する", ""),
        ("", ""),
    ],
)
def test_a_reason_goes_by_the_program(lab: Import, cell: str, begins: str) -> None:
    assert lab("commands").command(cell) is None
    assert lab("commands").program(cell) == begins
