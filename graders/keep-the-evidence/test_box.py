"""Is on the box what can be had only once?"""

from typing import Any

import pytest
from box import LOGS

from conftest import clock
from kikori.grading import reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(150)  # containers of our own, and logins, on a busy machine

FEW = 8
"""Lines of a log that may stand in no copy: svlogd may be ended with some on their way."""
First = dict[str, Any] | None


def is_late(came: float | None, first: dict[str, Any]) -> bool:
    """Whether the process ended before something came to the box."""
    return bool(came and first["ended"] and came > first["ended"])


def ends(came: float | None, first: dict[str, Any]) -> dict[str, Any]:
    """What reasons say of the process and of what came."""
    return {"pid": first["pid"], "ended": clock(first["ended"] or 0), "came": clock(came or 0)}


@pytest.mark.static
def test_process_is_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has the table of all processes, from before the intruder's process ended.

    ja: 箱に、侵入者のプロセスが終わる前の、全プロセスの一覧がある。
    """
    if not first:
        return
    came = evidence["table"]
    told = ends(came, first)
    if not came and evidence["false"]:
        pid, other = first["pid"], evidence["false"][0]
        assert not first["ended"], reason("false-table-ended", pid=pid, other=other, at=told["ended"])
        assert came, reason("false-table", pid=pid, other=other)
    if not came and evidence["absent"]:
        pid, (other, name) = first["pid"], evidence["absent"][-1]
        assert not first["ended"], reason("part-table-ended", pid=pid, other=other, called=name, at=told["ended"])
        assert came, reason("part-table", pid=pid, other=other, called=name)
    if not came and evidence["few"]:
        name = evidence["few"][0]
        assert not first["ended"], reason("few-in-table-ended", pid=first["pid"], called=name, at=told["ended"])
        assert came, reason("few-in-table", pid=first["pid"], called=name)
    assert came or not first["ended"], reason("no-table-ended", pid=told["pid"], at=told["ended"])
    assert came, reason("no-table", pid=told["pid"])
    assert not is_late(came, first), reason("late-table", pid=told["pid"], came=told["came"], ended=told["ended"])


@pytest.mark.static
def test_connection_is_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has the intruder's open connection, from before his process ended.

    ja: 箱に、侵入者のプロセスが終わる前の、開いていた接続がある。
    """
    if not first:
        return
    came = evidence["connection"]
    told = ends(came, first)
    if not came and evidence["peers"]:
        assert came, reason("many-connections", pid=told["pid"])
    if not came and evidence["too_much"]:
        assert not first["ended"], reason("false-connection-ended", pid=told["pid"], at=told["ended"])
        assert came, reason("false-connection", pid=told["pid"])
    assert came or not first["ended"], reason("no-connection-ended", pid=told["pid"], at=told["ended"])
    assert came, reason("no-connection", pid=told["pid"])
    assert not is_late(came, first), reason("late-connection", pid=told["pid"], came=told["came"], ended=told["ended"])


@pytest.mark.static
def test_program_is_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has the program that the intruder's process ran, byte by byte, from before it ended.

    ja: 箱に、侵入者のプロセスが実行していたプログラムが、終わる前に、1バイトも違わずに入っている。
    """
    if not first:
        return
    came = evidence["binary"]
    told = ends(came, first)
    assert came or not first["ended"], reason("no-program-ended", pid=told["pid"], at=told["ended"])
    assert came, reason("no-program", pid=told["pid"])
    assert not is_late(came, first), reason("late-program", pid=told["pid"], came=told["came"], ended=told["ended"])


@pytest.mark.static
def test_files_are_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has every file that the intruder brought or changed, as he left it, with the time of its last change.

    ja: 箱に、侵入者が持ち込んだり変えたりしたファイルが、そのままの内容と更新時刻とともに、すべてある。
    """
    if not first:
        return
    files = evidence["files"]
    kept = [one for one in files if one["bytes"]]
    assert len(kept) == len(files), reason("files")
    undated = [one for one in kept if not one["time"]]
    disputed = [one["path"] for one in undated if one["disputed"]]
    assert not disputed, reason("many-times", path=disputed[0])
    later = [one["path"] for one in undated if one["later"]]
    assert not later, reason("later-times", path=later[0])
    assert not undated, reason("times")


@pytest.mark.static
def test_logs_are_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has the logs of the web server, of SSH and of the jobs, whole, up to when they were copied.

    ja: 箱に、ウェブサーバー、SSH、ジョブのログが、写した時点まで、欠けずにある。
    """
    if not first:
        return
    since = evidence["logs"]
    assert since["access"] is None, reason("log-access", at=clock(since["access"]))
    assert since["sshd"] is None, reason("log-sshd", at=clock(since["sshd"]))
    assert since["jobs"] is None or not evidence["false_runs"], reason("false-log")
    assert since["jobs"] is None, reason("log-jobs", at=clock(since["jobs"]))
    for log, (many, at) in evidence["left_out"].items():
        assert many <= FEW, reason("excerpt", folder=LOGS[log], many=many, at=clock(at))
    off = evidence["pauses"]
    assert off["access"] is None, reason("pause-access", at=clock(off["access"]))
    assert off["sshd"] is None, reason("pause-sshd", at=clock(off["sshd"]))
    assert off["jobs"] is None, reason("pause-jobs", at=clock(off["jobs"]))
