"""How design-for-others reads what is done at night, and what must be seen afterwards. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import Import, modules_of

GRADER = paths.ROOT / "graders" / "design-for-others"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper")
LEAST, MOST, STOP = 57, 67, 25
FOLDER, DATA, NEWEST = "/var/backups/tally", "/srv/tally/docks.db", "/var/backups/tally/docks-2026-07-01t08.db"
CURL = "curl -s hill:7490/snapshot"


@pytest.fixture
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


def said(lab: Any, text: str) -> str:
    plain: str = lab("filled_form.reader").plain(text)
    return plain


@pytest.mark.parametrize(
    ("seen", "is_wrong"),
    [
        ("57 docks or more after an hour", False),
        ("at least 57 docks", False),
        ("no fewer than 57 docks after 60 minutes", False),
        ("more than 56 docks", False),
        ("between 57 and 67 docks", False),
        ("57 or more of 67 docks at most", False),
        ('`"docks": ` followed by 57 or more', False),
        ("57 docks or more (fewer than 57: see DocksSilent)", False),
        ("at most 10 docks are silent", False),
        ("after at most 60 minutes 57 docks", False),
        ("not below 57 docks", False),
        ("57 docks or more for at least 10 minutes", False),
        ("HTTP 200 and 57 docks", False),
        ("ドックが57以上", False),
        ("57を下回らないドックの数", False),
        ("56を超えるドック", False),
        ("1時間後にドックが57以上（56以下なら DocksSilent を見る）", False),
        ("at most 57 docks after an hour", True),
        ("fewer than 57 docks", True),
        ("57 docks or fewer", True),
        ("no more than 57 docks", True),
        ("docks: at most 57", True),
        ("at most 67 docks", True),
        ("57 or less", True),
        ("12 or more", True),
        ("more than 67 docks", True),
        ("docks < 57", True),
        ("ドックが57以下", True),
        ("ドックが57未満", True),
        ("最大57のドック", True),
        ("12以上", True),
    ],
)
def test_docks_are_told_on_the_side_on_which_it_is_well(lab: Any, seen: str, is_wrong: bool) -> None:
    assert lab("steps").is_wrong_docks(said(lab, seen), CURL, LEAST, MOST) == is_wrong


@pytest.mark.parametrize(
    ("seen", "is_wrong"),
    [
        ("`inactive (dead)` within 25 s", False),
        ("`inactive (dead)` within 30 seconds", False),
        ("`inactive (dead)` after a minute at most", False),
        ("`inactive (dead)`, since 3s ago", False),
        ("`inactive (dead)`", False),
        ("25秒以内に `inactive (dead)`", False),
        ("十分待つと `inactive (dead)`", False),
        ("最大で1分", False),
        ("within 10 s", True),
        ("within 25 minutes", True),
        ("within 25 hours", True),
        ("after an hour", True),
        ("25分以内に", True),
        ("10秒以内に", True),
        ("25時間以内に", True),
    ],
)
def test_a_stop_is_given_its_time_in_a_unit_that_can_be(lab: Any, seen: str, is_wrong: bool) -> None:
    assert lab("steps").is_wrong_stop(said(lab, seen), STOP) == is_wrong


@pytest.mark.parametrize(
    ("do", "seen", "is_bad"),
    [
        ("`tally-check`", "`ok`", False),
        ("`tally-check`", "`ok`; `malformed` means that this backup is torn, too", False),
        ("`tally-check`", "no line with `malformed`", False),
        ("`tally-restore` the newest", "exit code 0", False),
        ("`tally-restore` the newest", "`echo $?` prints 0", False),
        ("`tally-restore` the newest", "終了コード 0", False),
        ("`journalctl -u tally`", "`malformed`", False),
        ("`tally-restore` the newest", "its 57 lines, and no error", False),
        ("`tally-check`", "`malformed`", True),
        ("`tally-restore` the newest", "exit code 4", True),
        ("`tally-restore` the newest", "`echo $?` says 1", True),
        ("`tally-restore` the newest", "終了コードが4", True),
        ("`tally-restore` the newest", "`another one holds the lock`", True),
        ("`tally-check`", "「エラー」と出る", True),
        ("`systemctl status tally`", "`failed` within 5 s", True),
        (CURL, "`Connection refused`", True),
        (CURL, "`dock-17 silent since 01:02:44` in the log", True),
        (CURL, "57 docks or more, and no `silent since` in the log", False),
        ("`systemctl status tally`", "`active (running)`, not `failed`", False),
    ],
)
def test_what_shows_after_a_failure_is_no_sign_that_it_went_well(lab: Any, do: str, seen: str, is_bad: bool) -> None:
    assert lab("steps").is_bad_sign(said(lab, do), said(lab, seen)) == is_bad


@pytest.mark.parametrize(
    ("do", "place"),
    [
        (f"`tally-restore` with the newest file in {FOLDER}", ""),
        (f'`tally-restore "$(ls -t {FOLDER}/docks-*.db | head -1)"`', ""),
        (f"`tally-restore` puts the newest file of {FOLDER} in the place of {DATA}", ""),
        (f"`tally-restore` the newest backup over {DATA}", ""),
        ("`sudo /usr/local/bin/tally-restore` with the newest backup", ""),
        (f"`cp $(ls -t {FOLDER}/* | head -1) /tmp/b.db`, then `tally-restore /tmp/b.db`", ""),
        (f"{FOLDER} のいちばん新しいファイルを渡して `tally-restore`", ""),
        (f"最新のバックアップで `tally-restore`（{DATA} を上書きする）", ""),
        (f"`tally-restore {DATA}` (the newest)", DATA),
        (f"`tally-restore` with the newest file, `{DATA}`", DATA),
        ("`tally-restore` with the newest file in /srv/tally", "/srv/tally"),
        ("`tally-restore` with the newest file in /etc/tally", "/etc/tally"),
        ("`ls -t /srv/tally | head -1`", "/srv/tally"),
        ("/srv/tally の最新のファイルを渡して `tally-restore`", "/srv/tally"),
    ],
)
def test_a_restore_takes_its_file_from_the_backups(lab: Any, do: str, place: str) -> None:
    assert lab("steps").not_a_backup(said(lab, do), FOLDER, DATA) == place


@pytest.mark.parametrize(
    ("rows", "is_fresh"),
    [
        ([f"`tally-backup {FOLDER}`", "`tally-restore` with the newest file"], True),
        (["`tally-backup`", "最新のバックアップで `tally-restore`"], True),
        ([f"`tally-backup {FOLDER}`; `tally-restore` with the newest file"], True),
        (["`tally-backup /tmp/torn`", "`tally-restore` with the newest file"], False),
        ([f"`tally-backup {FOLDER}`", f"`tally-restore {NEWEST}`"], False),
        ([f"`tally-backup {FOLDER}`", "`tally-restore` with the newest but this one"], False),
        (["never `tally-backup` now", "`tally-restore` with the newest file"], False),
        (["`tally-restore` with the newest file", f"`tally-backup {FOLDER}`"], False),
    ],
)
def test_a_backup_of_the_damage_is_not_the_newest_to_restore(lab: Any, rows: list[str], is_fresh: bool) -> None:
    assert lab("steps").is_fresh([said(lab, row) for row in rows], FOLDER, NEWEST) == is_fresh


@pytest.mark.parametrize(
    ("told", "is_by_hand"),
    [
        ("`python3 /opt/tally/tally.py` by hand", True),
        ("start it by hand with python3", True),
        ("Start `python3 /opt/tally/tally.py` by hand", True),
        ("stop the unit, then `sudo -u tally python3 /opt/tally/tally.py &`", True),
        ("try to start the program manually", True),
        ("run it from a shell", True),
        ("手で `python3 /opt/tally/tally.py` を起動する", True),
        ("手動で起動し直す", True),
        ("`/opt/tally/tally.py` を直接実行する", True),
        ("End the one that was started by hand with SIGTERM", False),
        ("Find out whether somebody runs it by hand, and end that one", False),
        ("don't start it by hand", False),
        ("never start it by hand; `systemctl start tally`", False),
        ("`pgrep -f /opt/tally/tally.py`, and end the second one", False),
        ("`ps aux | grep tally.py`; one `python3 /opt/tally/tally.py` must be there", False),
        ("look into /opt/tally/tally.py", False),
        ("`tally-silent`; find the gateway and restart it by hand", False),
        ("type `systemctl start tally` by hand", False),
        ("ゲートウェイを手で起動し直す", False),
        ("手で起動したほうを SIGTERM で止める", False),
        ("手で起動していないか調べる", False),
        ("手では起動しない", False),
        ("手で起動しない。`systemctl start tally` を使う", False),
        ("`systemctl start tally` と手で打つ", False),
    ],
)
def test_starting_it_by_hand_is_told_from_ending_what_was(lab: Any, told: str, is_by_hand: bool) -> None:
    assert bool(lab("steps").by_hand(said(lab, told))) == is_by_hand


@pytest.mark.parametrize(
    ("told", "machine"),
    [
        ("`curl -s hill:7490/snapshot`", ""),
        ("`curl -s http://hill.example:7490/snapshot`", ""),
        ("`curl -s localhost:7490/snapshot`", ""),
        ("`curl -s 127.0.0.1:7490/snapshot`", ""),
        ("`curl -s $HOST:7490/snapshot`", ""),
        ("`curl -s http://tokens:7632/check/x`", ""),
        ("`ssh hill`, then `systemctl start tally`", ""),
        ("`ssh gateway-3 reboot`", ""),
        ("not `ssh hydrant`, which is gone", ""),
        ("`curl -s harbour:7490/snapshot`", "harbour"),
        ("`curl -s http://hydrant:7490/snapshot`", "hydrant"),
        ("`ssh hydrant sudo systemctl start tally`", "hydrant"),
        ("`ssh root@harbour systemctl stop tally`", "harbour"),
    ],
)
def test_a_command_goes_to_the_machine_on_which_it_runs(lab: Any, told: str, machine: str) -> None:
    others = {"harbour", "hydrant", "beach"}
    assert lab("steps").wrong_machine(said(lab, told), "hill", {"7490", "8968"}, others) == machine


@pytest.mark.parametrize(
    ("name", "cell", "wanted"),
    [
        ("port", "7490/tcp", 7490),
        ("docks", "67 docks (75 less 8 closed)", 67),
        ("at_once", "88 reports at once", 88),
        ("nights", "2 nights", 2),
        ("nights", "2晩", 2),
        ("largest", "24", 24),
        ("stop", "25", 25),
        ("docks", "67 MB", None),
        ("at_once", "88 minutes", None),
        ("nights", "2 hours", None),
        ("largest", "24 minutes", None),
        ("stop", "25 KB", None),
        ("port", "7490 or 8524", None),
    ],
)
def test_a_number_counts_what_its_row_asks_for(lab: Any, name: str, cell: str, wanted: float | None) -> None:
    assert lab("values").bare_number(cell, name) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"), [("5", 5), ("5 min", 5), ("300 s", 5), ("5 s", 1 / 12), ("5分", 5), ("5 MB", None)]
)
def test_an_alert_rings_after_minutes(lab: Any, cell: str, wanted: float | None) -> None:
    assert lab("values").minutes(cell) == (wanted and pytest.approx(wanted))


@pytest.mark.parametrize(
    ("name", "cell", "is_other"),
    [
        ("least", "57", False),
        ("least", "at least 57", False),
        ("least", "57以上", False),
        ("memory", "at most 384 MB", False),
        ("kept", "at least 9 days", False),
        ("least", "at most 57", True),
        ("least", "57以下", True),
        ("memory", "at least 384 MB", True),
        ("stop", "25秒以上", True),
    ],
)
def test_a_least_is_told_from_a_most(lab: Any, name: str, cell: str, is_other: bool) -> None:
    assert lab("values").is_other_side(cell, name) == is_other
