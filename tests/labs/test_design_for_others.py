"""How design-for-others reads its cells and judges whole documents. No Docker needed."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kikori import paths
from lab_modules import Import, modules_of

GRADER = paths.ROOT / "graders" / "design-for-others"
LAB = paths.ROOT / "labs" / "design-for-others"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper", LAB / "images" / "records")
NUMBER, OTHERS = 4711, (1000, 5150, 9999)
FIXES = sorted(file.stem for file in (LAB / "fixes").glob("*.sh"))
TRAPS = {
    file.stem: told
    for file in sorted((LAB / "traps").glob("*.sh"))
    if (told := dict(re.findall(r"^# (fails|after): (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)))
    and "after" in told
}
DATA, BACKUPS = "/var/lib/tally/docks.db", "/mnt/safe/tally"


@pytest.fixture(scope="module")
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


def written(folder: Path, number: int, *scripts: str) -> None:
    """Write a document as the lab's fixes and traps do."""
    shutil.copytree(LAB / "workspace", folder, dirs_exist_ok=True)
    given = {"KIKORI_PYTHON": sys.executable, "KIKORI_LAB": str(LAB), "KIKORI_HOUSE": str(number)}
    for script in scripts:
        subprocess.run(["sh", str(LAB / f"{script}.sh")], cwd=folder, env=os.environ | given, check=True)


def failed(lab: Import, folder: Path, number: int = NUMBER) -> dict[str, str]:
    """The checks that a document fails, each with its reason."""
    words, truth = lab("words"), lab("truth").Truth(number)
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in lab("conftest").FILES}
    try:
        document = lab("filled_form.reader").written(texts, words.SHAPE)
    except lab("filled_form.reader").Unreadable as problem:
        return {"test_form": problem.en}
    given, found = {"document": document, "truth": truth}, {}
    for module in map(lab, ("test_form", "test_settings", "test_operation")):
        for name, check in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_"):
                try:
                    check(**{key: given[key] for key in inspect.signature(check).parameters})
                except AssertionError as problem:
                    found[name] = str(problem)
    return found


def changed(lab: Import, folder: Path, old: str, new: str, fix: str = "read-from-the-files") -> dict[str, str]:
    """What fails once something of a right document has been changed."""
    written(folder, NUMBER, f"fixes/{fix}")
    file = folder / ("design.ja.md" if fix == "in-japanese" else "design.md")
    text = file.read_text(encoding="utf-8")
    assert len(re.findall(old, text, re.MULTILINE)) == 1
    file.write_text(re.sub(old, lambda _: new, text, flags=re.MULTILINE), encoding="utf-8")
    return failed(lab, folder)


@pytest.mark.parametrize("number", [NUMBER, *OTHERS])
@pytest.mark.parametrize("fix", FIXES)
def test_a_right_document_is_right_for_each_service(lab: Import, tmp_path: Path, fix: str, number: int) -> None:
    written(tmp_path, number, f"fixes/{fix}")
    assert not failed(lab, tmp_path, number)


@pytest.mark.parametrize("fix", FIXES)
def test_a_right_document_is_wrong_for_another_service(lab: Import, tmp_path: Path, fix: str) -> None:
    written(tmp_path, NUMBER, f"fixes/{fix}")
    assert {"test_facts", "test_dependencies", "test_alerts"} <= failed(lab, tmp_path, NUMBER + 1).keys()


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_changes_a_document_and_fails_at_its_check(lab: Import, tmp_path: Path, trap: str) -> None:
    written(tmp_path, NUMBER, TRAPS[trap]["after"], f"traps/{trap}")
    assert TRAPS[trap]["fails"] in failed(lab, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in (LAB / "workspace").iterdir()}


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
        ("`kill 4711`", "end"),
        ("`sleep 30m`", "wait"),
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
        ("`pkill -f tally.py`", None),
        ("`sudo poweroff`", None),
        ("`python3 /opt/tally/tally.py`", None),
        (f"`rm {DATA}`", None),
        (f"`mv {DATA} /dev/null`", None),
        (f"`cp /dev/null {DATA}`", None),
        (f"`cp {BACKUPS}/docks-2026-07-01T04.db {DATA}`", None),
        (f"`cp {DATA} /tmp/../var/lib/tally/docks.db`", None),
        (f"`: > {DATA}`", None),
        (f"`tally-silent > {DATA}`", None),
        (f"`ls | sort -o {DATA}`", None),
        (f"`find {BACKUPS} -delete`", None),
        ("`fuser -k 7490/tcp`", None),
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
        ("active", ["running"]),
        ("**Inactive (dead).**", ["ended"]),
        ("`ok`, exit code 0", ["ok", "exit"]),
        ("終了コード0", ["exit"]),
        ("`HTTP/1.0 200 OK`", ["answered"]),
        ("57 docks or more", ["least"]),
        ("docks 57 to 67", ["least"]),
        ('`"docks": 57` or more', [None]),
        ("at least 57 docks", ["least"]),
        (">= 57", ["least"]),
        ("ドックが５７以上", ["least"]),
        ("10 docks or fewer", ["most"]),
        ("`tally_docks_silent` at most 10", [None]),
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
        ("no docks", set()),
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
    ("old", "new"),
    [
        (r"^\| stop \| ", "| **Stop.** | "),
        (r"(?<=^\| Machine \| )ferry", "**Ferry.**"),
        (r"(?<=^\| Reports at once \| )32", "３２"),
        (r"(?<=^\| A stop takes at most \(s\) \| )20", "20 seconds"),
        (r"\| DocksSilent, `tally_docks_silent` \|", "| `silent since`、DocksSilent |"),
        (r"(?<=^\| DocksSilent \| )30 ", "30m "),
        (r"\| 52 docks or more \| 1 h \|(?= run)", "| docks 52 to 62 | 60 min |"),
        (r"kill -9 \|$", "kill -9, and never wait for the one who wrote it |"),
    ],
)
def test_how_a_value_is_written_does_not_decide(lab: Import, tmp_path: Path, old: str, new: str) -> None:
    assert not changed(lab, tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        (r"(?<=^\| Backups \| )/\S+", "/var/backups/other", "test_facts"),
        (r"(?<=^\| A backup every \(hours\) \| )8", "3", "test_facts"),
        (r"(?<=^\| Nights without a snapshot \| )2", "two", "test_facts"),
        (r"(?<=^\| Machine \| )ferry", "beach", "test_facts"),
        (r"^\| Runs as .*\n", "", "test_facts"),
        (r"^(?=\| Runs as )", "| Runs as | root | tally.service |\n", "test_facts"),
        (r"^\| archive .*\n", "", "test_dependencies"),
        (r"^\| TallyCrowded .*\n", "", "test_alerts"),
        (r"(?<=\| bicycles \| `tally-silent` \| )See", "See in http://hydrant:8497/graphs,", "test_names"),
        (r"(?<=\| bicycles \| `tally-silent` \| )See", "See `tally_silent_docks`, and", "test_names"),
        (r"(?<=\| bicycles \| `tally-silent` \| )See", "See whether TallySlow rings, and", "test_names"),
        (r"\| `pgrep -af tally.py` \|", "| `ssh beach pgrep -af tally.py` |", "test_commands"),
        (r"\| `pgrep -af tally.py` \|", "| `curl -s beach:8497/snapshot` |", "test_commands"),
        (r"\| restore \| `systemctl stop tally` \|", "| restore | - |", "test_commands"),
        (r"^\| stop \|", "| end |", "test_operation"),
        (r"\| `inactive \(dead\)` \| 20 s \|(?= wait)", "| `inactive (dead)`, or `failed` | 20 s |", "test_seen"),
        (r"\| exit code 0 \|", "| the word restored |", "test_seen"),
        (r"\| it passes by itself \|", "| - |", "test_prose"),
        (r"\| All report at once \|", "| ? |", "test_prose"),
        (r"^It knows no closed.*$", "Much.", "test_prose"),
    ],
)
def test_another_value_is_wrong(lab: Import, tmp_path: Path, old: str, new: str, check: str) -> None:
    assert check in changed(lab, tmp_path, old, new)


@pytest.mark.parametrize("number", [1000, NUMBER, 9999])
def test_the_program_exports_each_metric_of_its_alerts(lab: Import, number: int) -> None:
    truth: Any = lab("truth").Truth(number)
    for metric in truth.metrics | {alert.metric for alert in truth.house.alerts} - {"up"}:
        assert f'"{metric}"' in truth.files["tally.py"], metric
