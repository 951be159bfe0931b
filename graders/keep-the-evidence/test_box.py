"""Is on the box what can be had only once?"""

from typing import Any

import pytest
from conftest import Outside, clock

from kikori.grading import reasons

reason = reasons(__file__)

First = dict[str, Any] | None


def in_time(name: str, came: float | None, first: dict[str, Any]) -> None:
    """Assert that something came to the box before the process ended."""
    pid, ended = first["pid"], first["ended"]
    if came is None:
        at = clock(ended) if ended else ""
        assert came is not None, reason(f"no-{name}-ended", pid=pid, at=at) if ended else reason(f"no-{name}", pid=pid)
    assert not ended or came <= ended, reason(f"late-{name}", pid=pid, came=clock(came), ended=clock(ended))


@pytest.mark.static
def test_process_is_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has the table of all processes, from before the intruder's process ended.

    ja: 箱に、侵入者のプロセスが終わる前の、全プロセスの一覧がある。
    """
    if first:
        in_time("table", evidence["table"], first)


@pytest.mark.static
def test_connection_is_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has the open connections, from before the intruder's process ended.

    ja: 箱に、侵入者のプロセスが終わる前の、開いている接続の一覧がある。
    """
    if first:
        in_time("connection", evidence["connection"], first)


@pytest.mark.static
def test_program_is_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has the program that the intruder's process ran, byte by byte, from before it ended.

    ja: 箱に、侵入者のプロセスが実行していたプログラムが、終わる前に、1バイトも違わずに入っている。
    """
    if first:
        in_time("program", evidence["binary"], first)


@pytest.mark.static
def test_files_are_in_the_box(first: First, evidence: dict[str, Any]) -> None:
    """The box has every file that the intruder brought or changed, as he left it, with the time of its last change.

    ja: 箱に、侵入者が持ち込んだり変えたりしたファイルが、そのままの内容と更新時刻とともに、すべてある。
    """
    if not first:
        return
    files = evidence["files"]
    kept = [one for one in files if one["bytes"]]
    dated = [one for one in kept if one["time"]]
    assert len(kept) == len(files), reason("files", count=len(files), kept=len(kept))
    assert len(dated) == len(files), reason("times", count=len(files), dated=len(dated))


@pytest.mark.static
def test_logs_are_in_the_box(first: First, outside: Outside, evidence: dict[str, Any]) -> None:
    """The box has the logs of the web server, of SSH and of the jobs, whole, up to when the intruder came in.

    ja: 箱に、ウェブサーバー、SSH、ジョブのログが、侵入者が入った時点まで、欠けずにある。
    """
    if not first:
        return
    wanted = outside.truth(first)["marks"]
    for name, marks in wanted.items():
        seen = evidence["logs"][name]
        assert seen == len(marks), reason(f"log-{name}", seen=seen, count=len(marks))
