"""How design-for-others tells what shows on a screen, what rings, and what helps nobody at night. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import Import, modules_of

GRADER = paths.ROOT / "graders" / "design-for-others"
LAB = paths.ROOT / "labs" / "design-for-others"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper", LAB / "images" / "records")
NUMBER = 4711
DATA, BACKUPS, KEPT = "/var/lib/tally/docks.db", "/srv/backup/tally", 9
SQL = f"sqlite3 {DATA}"


@pytest.fixture
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


def said(lab: Any, text: str) -> str:
    plain: str = lab("filled_form.reader").plain(text)
    return plain


@pytest.mark.parametrize(
    ("seen", "is_unknown"),
    [
        ("`active (running)` within 10 s", False),
        ("`Active: active (running) since Mon 2026-06-29 02:14:09 UTC; 3s ago`", False),
        ("`active`", False),
        ("`inactive (dead)` after at most 25 s, and no `failed`", False),
        ("`systemctl status tally` says `active (running)`", False),
        ("`systemctl is-active tally` prints `inactive`", False),
        ("`Stopped tally.service` in `journalctl -u tally -n 5`", False),
        ("`Deactivated successfully`", False),
        ('`{"docks": 57, "bicycles": {…}}`, 57 or more', False),
        ('`"docks": ` followed by 57 or more', False),
        ("`57 docks` or more", False),
        ("`docks` is at least 57", False),
        ("`HTTP/1.0 200 OK`", False),
        ("`200`, and 57 docks", False),
        ("`ok`", False),
        ('the word "ok" alone on its line', False),
        ("`echo $?` prints `0`", False),
        ("exit code `0`", False),
        ("no line with `malformed` or `another one holds the lock`", False),
        ("`tally_docks_silent` is at most 8", False),
        ("`tally_starts_total` is one more than before", False),
        ('`up{job="tally"} 1`', False),
        ("`silent since` no longer in the log", False),
        ("`docks-2026-07-01T08.db` in the output", False),
        ("`/srv/backup/tally/docks-2026-07-01T04.db`, not older than 8 hours", False),
        ("`LISTEN` at port 7490", False),
        ("the docks' reports come in again, 57 docks", False),
        ("「ok」と出る", False),
        ("`ok` と出て、終了コードが `0`", False),
        ("1時間後に `ドックが57以上`", False),
        ("`tally.service` が `active (running)`", False),
        ("`DocksSilent` が鳴らない", False),
        ("`Restore completed successfully`", True),
        ("`tally ready`", True),
        ("`all is well`", True),
        ("`started`, and `tally 4.2 listens`", True),
        ("5 lines that end with `[OK] restored`", True),
        ('"Service up and healthy" within 5 s', True),
        ('`{"status": "healthy"}`', True),
        ("`active (exited)`", True),
        ("`正常`", True),
        ("3秒後に「起動しました」", True),
        ("「復元が完了しました」", True),
    ],
)
def test_words_of_the_screen_are_those_that_something_shows(lab: Any, seen: str, is_unknown: bool) -> None:
    truth = lab("truth").Truth(NUMBER)
    assert bool(lab("shown").unknown(seen, truth.screens)) == is_unknown


@pytest.mark.parametrize(
    ("seen", "is_alarm"),
    [
        ("57 docks or more, and `tally_docks_silent` at most 8", False),
        ("`tally_docks_silent` below 9", False),
        ("`tally_docks_silent` is not above 9", False),
        ("`tally_docks_silent` 0", False),
        ("at most 10 docks are silent", False),
        ("`tally_disk_free_megabytes` above 4000", False),
        ("more than 4000 MB free", False),
        ('`up{job="tally"}` is 1', False),
        ("`tally_waiting` 0", False),
        ("`tally_refused_total` does not climb", False),
        ("`tally_refused_total` stays at 12", False),
        ("`tally_starts_total` climbs by one", False),
        ("57 docks or more (fewer than 57: see DocksSilent)", False),
        ("57 docks or more; DocksSilent does not ring", False),
        ("DocksSilent ends within an hour", False),
        ("no TallyDown for 10 minutes", False),
        ("57 docks or more; if `tally_docks_silent` is above 12, go on at DocksSilent", False),
        ("10分たっても TallyDown が鳴らない", False),
        ("`tally_docks_silent` が8以下", False),
        ("`tally_docks_silent` が8を超えない", False),
        ("`tally_refused_total` が増えない", False),
        ("空きが4000MB以上", False),
        ("`tally_docks_silent` above 11", True),
        ("`tally_docks_silent` > 11", True),
        ("`tally_docks_silent` is 30", True),
        ("at least 12 docks are silent", True),
        ("`tally_disk_free_megabytes` below 200", True),
        ("`tally_disk_free_megabytes` is 3", True),
        ("less than 300 MB free", True),
        ("`up` is 0", True),
        ('`up{job="tally"} == 0`', True),
        ("`increase(tally_refused_total[5m]) > 9`", True),
        ("`tally_refused_total` climbs", True),
        ("`tally_waiting` is more than 40", True),
        ("`tally_starts_total` keeps climbing", True),
        ("DocksSilent rings after 3 minutes", True),
        ("`TallyDown`", True),
        ("DocksSilent が鳴る", True),
        ("`tally_docks_silent` が12以上", True),
        ("`tally_docks_silent` が30を超える", True),
        ("`tally_refused_total` が増えていく", True),
        ("`up` が 0", True),
    ],
)
def test_what_an_alert_waits_for_is_no_sign_that_all_is_well(lab: Any, seen: str, is_alarm: bool) -> None:
    truth = lab("truth").Truth(NUMBER)
    assert bool(lab("alarms").alarm(said(lab, seen), truth.house.alerts, is_down=False)) == is_alarm


@pytest.mark.parametrize("seen", ["`up` is 0", "TallyDown rings after some minutes"])
def test_what_is_stopped_is_not_up(lab: Any, seen: str) -> None:
    alerts = lab("truth").Truth(NUMBER).house.alerts
    assert not lab("alarms").alarm(said(lab, seen), alerts, is_down=True)


@pytest.mark.parametrize(
    ("told", "is_again"),
    [
        ("try again", True),
        ("Try it again until it works", True),
        ("repeat this step", True),
        ("wait a minute and try once more", True),
        ("run the same command again", True),
        ("retry 3 times", True),
        ("start over from the beginning", True),
        ("もう一度やってみる", True),
        ("もう一度やり直す", True),
        ("うまくいくまで繰り返す", True),
        ("5分待って再実行する", True),
        ("同じ手順を最初からやり直す", True),
        ("keep trying", True),
        ("もう一回試してください", True),
        ("wait until it is over", False),
        ("repeat with the next older backup", False),
        ("手順1に戻る", False),
        ("take the file before it and try again", False),
        ("wait another 25 s and wake the servers' turn", False),
        ("wait for ten more minutes", False),
        ("as with a start", False),
        ("try again with `sudo`", False),
        ("start over with the backup before it", False),
        ("read the last 20 lines of `journalctl -u tally`, then try again", False),
        ("try once more; then wake the bicycles' turn", False),
        ("一つ前のバックアップで、最初からやり直す", False),
        ("もう1分待つ。サーバーの当番を起こす", False),
        ("もう一度だけ試し、だめなら自転車の当番を起こす", False),
        ("「故障」へ進む", False),
    ],
)
def test_what_is_only_done_once_more_is_told_from_a_way_out(lab: Any, told: str, is_again: bool) -> None:
    assert lab("retried").is_same_again(told) == is_again


@pytest.mark.parametrize(
    ("told", "is_restart"),
    [
        ("Run `systemctl restart tally`", True),
        ("Restart it", True),
        ("restart the service and look again", True),
        ("Start it anew at once", True),
        ("stop it and start it", True),
        ("`systemctl stop tally`, then `systemctl start tally`", True),
        ("try a restart first", True),
        ("reboot the machine", True),
        ("tally を再起動する", True),
        ("まず起動し直す", True),
        ("一度止めてから起動する", True),
        ("再起動して、様子を見る", True),
        ("kill it and let systemd start it", True),
        ("tally を落として上げ直す", True),
        ("いったん停止し、起動する", True),
        ("Wait; restarting in the middle made it worse in spring", False),
        ("Leave it; a restart would cost the reports that are waiting", False),
        ("再起動は逆効果なので待つ", False),
        ("Leave it alone for half an hour, a restart makes it longer", False),
        ("Nothing but waiting; do not start it anew", False),
        ("Never restart it, wait", False),
        ("Wait; restarting makes it worse", False),
        ("Wait without restarting it", False),
        ("Wait for 30 minutes, and restart it only if `tally_waiting` has not come down by then", False),
        ("See whether the gateway needs power; restart the gateway", False),
        ("再起動せずに、待つ", False),
        ("30分は何もせず、収まるのを待つ", False),
        ("再起動すると長引くので、待つ", False),
        ("再起動はしない。収まるのを待つ", False),
        ("起動し直さず、30分待つ", False),
        ("30分待つ。それでも収まらなければ再起動する", False),
    ],
)
def test_a_restart_is_found_where_it_is_the_first_thing(lab: Any, told: str, is_restart: bool) -> None:
    assert bool(lab("restarts").restart(said(lab, told))) == is_restart


@pytest.mark.parametrize(
    ("told", "is_changed"),
    [
        (f'`{SQL} "delete from reports"`', True),  # noqa: S608  # named, and never run
        (f"`sqlite3 {DATA} 'drop table reports'`", True),
        (f'`sudo -u tally {SQL} "update reports set at = 0"`', True),  # noqa: S608  # named, and never run
        (f'`sqlite3 {DATA} "vacuum"`', True),
        ("delete old rows with sqlite3", True),
        ("Remove the oldest rows from the table of reports", True),
        ("Empty the table of reports", True),
        ("use SQL to delete what is old", True),
        (f"`: > {DATA}`", True),
        (f"`truncate -s 0 {DATA}`", True),
        (f"`cp /dev/null {DATA}`", True),
        (f"`shred -u {DATA}`", True),
        (f"`mv {DATA} /dev/null`", True),
        (f"`find {BACKUPS} -name 'docks-*.db' -delete`", True),
        ("sqlite3 で古い行を消す", True),
        ("データベースから古い行を取り除く", True),
        (f"`sqlite3 {DATA}` and delete what is old", True),
        (f"`sed -i d {DATA}`", True),
        (f"`cp -a {DATA} {DATA}-torn`", False),
        ("`tally-prune` and delete nothing else", False),
        ("reports のテーブルを空にする", True),
        ("古いレコードを削除する", True),
        (f'`sqlite3 {DATA} "pragma integrity_check"`', False),
        (f'`{SQL} "select count(*) from reports"`', False),  # noqa: S608  # named, and never run
        (f"`cp {DATA} /tmp/torn.db`", False),
        (f"`mv {DATA} {DATA}-torn`", False),
        (f"`ls -lh {DATA}`", False),
        (f"`du -sh {BACKUPS}/*`", False),
        (f"`tally-restore {BACKUPS}/docks-2026-07-01T08.db`", False),
        (f'`tally-restore "$(ls -t {BACKUPS}/docks-*.db | head -1)"`', False),
        (f"`find {BACKUPS} -name 'docks-*.db' -mtime +{KEPT} -delete`", False),
        (f"`sudo chown tally {DATA}`", False),
        (f"look at `{DATA}`", False),
        ("`tally-prune`, which takes away what is older than a month", False),
        ("delete old rows with `tally-prune`", False),
        ("`tally-prune` で古い報告を消す", False),
        ("tally-prune でテーブルの古い行を消す", False),
        ("look at the table below", False),
    ],
)
def test_the_data_is_changed_by_its_own_commands_alone(lab: Any, told: str, is_changed: bool) -> None:
    by_hand = lab("touched")
    assert bool(by_hand.touched(told, DATA, BACKUPS, KEPT) or by_hand.written(said(lab, told))) == is_changed


@pytest.mark.parametrize(
    ("text", "own", "number"),
    [
        ("The bicycles' on-call (7700)", "bicycles", ""),
        ("wake the servers' turn at 7800", "bicycles", ""),
        ("Kuramoto's team, 7800", "servers", ""),
        ("自転車の当番（7700）", "bicycles", ""),
        ("ring 7700", "bicycles", ""),
        ("| reports at once | 7700 | tally.py |", "", ""),
        ("`curl -s hill:7700/snapshot`", "", ""),
        ("ring them after 30 minutes", "bicycles", ""),
        ("サーバーの当番を起こす（内線7800）", "", ""),
        ("the bicycles' on-call (7800)", "bicycles", "7800"),
        ("ring the servers' turn at 7700", "servers", "7700"),
        ("whoever is stuck calls the one who built it: 7800", "", "7800"),
        ("Rin can be had at 7800", "", "7800"),
        ("ring 7800", "bicycles", "7800"),
        ("call 7777", "", "7777"),
        ("When 7700 does not answer, ring 7800 (servers)", "bicycles", ""),
        ("電話は自転車の当番 7700、ディスクはサーバーの当番 7800", "", ""),
        ("call 112", "", ""),
        ("自転車の当番（7800）", "bicycles", "7800"),
        ("電話 7790 にかける", "", "7790"),
    ],
)
def test_a_telephone_number_stands_with_who_answers_it(lab: Any, text: str, own: str, number: str) -> None:
    known = {"7700": "bicycles", "7800": "servers"}
    assert lab("telephones").wrong_number(said(lab, text), known, {"7490", "8968"}, own)[0] == number


def asked(lab: Any, text: str) -> bool:
    """Whether the grader takes what is asked in a line."""
    settings, truth = lab("test_settings"), lab("truth").Truth(NUMBER)
    port, metrics = truth.facts["port"][0], truth.facts["metrics"][0]
    line = text.format(port=port, metrics=metrics, tokens=truth.house.needs["tokens"].address.value)
    try:
        settings._is_asked(1, said(lab, line), line, truth)  # a check of its own would need a whole document
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("`curl -s hill:{port}/snapshot`", True),
        ("`curl -s http://hill:{metrics}/metrics | grep silent`", True),
        ("docks POST to `/reports` at port {port}", True),
        ("`curl -s {tokens}/check/x`", True),
        ("`/opt/tally/tally.py`, and/or the unit", True),
        ("curl on /snapshot, 57 docks/hour", True),
        ("`page`/ticket", True),
        ("起動/停止", True),
        ("the runbook is at http://wiki/tally", True),
        ("`curl -s hill:{port}/health`", False),
        ("`curl -s hill:{port}/docks`", False),
        ("`curl -s http://localhost/health`", False),
        ("`curl -s hill:{metrics}/snapshot`", False),
        ("`curl -s {tokens}/health`", False),
        ("ask `/status`", False),
        ("`/healthz` を見る", False),
    ],
)
def test_a_path_is_asked_that_the_program_answers(lab: Any, text: str, is_right: bool) -> None:
    assert asked(lab, text) == is_right


@pytest.mark.parametrize("number", [1000, NUMBER, 9999])
def test_the_program_exports_each_metric_of_its_alerts(lab: Any, number: int) -> None:
    truth = lab("truth").Truth(number)
    for metric in truth.metrics | {alert.metric for alert in truth.house.alerts} - {"up"}:
        assert f'"{metric}"' in truth.files["tally.py"], metric
