"""Is the board still the board, does it keep what it is given, and is it fast enough?"""

from __future__ import annotations

from math import inf, log2
from typing import Any

import digests
import pytest

from kikori.bench.api import Score
from kikori.grading import Scene, assert_not_root, reasons

reason = reasons(__file__)
DAY = 24 * 3600 + 300
"""Seconds for which a session may be kept, and a little more."""
SURE = {"wrong-content", "wrong-bytes", "banned-visible", "let-in", "session", "input"}
"""Rules that a board which keeps them keeps on a busy computer, too: no limit of time is in them."""


def first(score: Score, but: str = "") -> str:
    """Give what went wrong first, of another rule than one; nothing where all went well."""
    return next((f"{one.rule}: {one.seen}\n  {one.curl}" for one in score.causes if one.rule != but), "")


@pytest.mark.guard
@pytest.mark.timeout(240)
def test_routes(board: Any, request: pytest.FixtureRequest) -> None:
    """Every route does what it did, for members, visitors and moderators.

    ja: どのルートも、会員にも訪問者にも世話役にも、これまでどおりに働く。
    """
    unwell = board.unwell()
    assert not unwell, reason("unwell", unwell=unwell)
    wrong = first(board.looked[0], but="plain-password")
    if board.looked[0].causes and board.looked[0].causes[0].rule in SURE:
        request.node.add_marker(pytest.mark.static)
    assert not wrong, reason("routes", first=wrong)


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_routes")
@pytest.mark.timeout(60)
def test_users(scene: Scene) -> None:
    """No service runs as root.

    ja: どのサービスも root で動いていない。
    """
    for service in ("front", "app", "database", "cache"):
        assert_not_root(scene, service)


@pytest.mark.guard
@pytest.mark.needs("test_routes")
@pytest.mark.timeout(60)
def test_passwords(board: Any, scene: Scene) -> None:
    """Nobody's password can be read in the database, in a file or in the cache.

    ja: だれのパスワードも、データベースにもファイルにもキャッシュにも、読める形で残っていない。
    """
    score, _ = board.looked
    found = [cause.seen for cause in score.causes if cause.rule == "plain-password"]
    assert not found, reason("passwords", found=found[0])
    assert not board.tells_passwords(scene), reason("cached-passwords")
    rows, password = board.twins(scene)
    assert not digests.are_alike(rows), reason("same-digests")
    assert not any(digests.are_hasty(row, password) for row in rows), reason("few-rounds")


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_routes")
@pytest.mark.timeout(60)
def test_forgotten(board: Any, scene: Scene) -> None:
    """The cache forgets a session after a day.

    ja: キャッシュは、セッションを1日で忘れる。
    """
    seconds = board.lasts(scene)
    assert seconds < inf, reason("forever")
    assert seconds <= DAY, reason("lasts", hours=round(seconds / 3600))


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_routes")
@pytest.mark.timeout(60)
def test_durable(board: Any, scene: Scene) -> None:
    """The database is set so that it outlives a crash.

    ja: データベースは、落ちても失わない設定になっている。
    """
    given_up = board.given_up(scene)
    assert not given_up, reason("given-up", setting=given_up[0])


@pytest.mark.guard
@pytest.mark.needs("test_routes")
@pytest.mark.timeout(140)
def test_kept(board: Any, scene: Scene) -> None:
    """What was written is there after the database was killed and every service restarted.

    ja: データベースが強制終了され、すべてのサービスが再起動した後にも、書き込まれたものがある。
    """
    last = board.accepted_before_a_crash(scene)
    scene.restart(*board.in_order(), patience=10)
    unwell = board.unwell()
    assert not unwell, reason("kept", unwell=unwell)
    score = board.read_again(board.looked[1])
    assert not score.causes, reason("kept-2", first=first(score))
    score = board.read_again({"pictures": [], "remarks": last})
    assert not score.causes, reason("killed", first=first(score))


@pytest.mark.guard
@pytest.mark.needs("test_kept")
@pytest.mark.timeout(150)
def test_accepted(board: Any, scene: Scene) -> None:
    """What is accepted is written down by then, whatever becomes of the application.

    ja: 受け付けたものは、そのときにはもう書き込まれている。アプリケーションがどうなっても失われない。
    """
    beside = scene.sidecar("app")
    early = board.accepted_early(scene)
    if early:
        beside.end(*(one.pid for one in beside.processes()))
        scene.restart("app", "front", patience=10)
        unwell = board.unwell()
        assert not unwell, reason("kept", unwell=unwell)
        score = board.read_again({"pictures": [], "remarks": early})
        assert not score.causes, reason("early", first=first(score))


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_kept")
@pytest.mark.timeout(100)
def test_next_deploy(board: Any, scene: Scene) -> None:
    """What was written lies where the next deploy leaves it.

    ja: 書き込まれたものは、次のデプロイで消えない場所にある。
    """
    bound = board.bound_to_a_container(scene)
    assert not bound, reason("bound", file=bound[0])


@pytest.mark.guard
@pytest.mark.needs("test_routes", "test_kept")
@pytest.mark.timeout(160)
def test_load(board: Any) -> None:
    """Under load nothing goes wrong that makes a run of the benchmark fail.

    ja: 負荷の下でも、ベンチマークが不合格になることは起きない。
    """
    result = board.measured
    causes = [one for one in result.causes if one.rule == result.failed] or list(result.causes)
    cause = f"{causes[0].seen}\n  {causes[0].curl}" if causes else ""
    assert result.passed, reason("load", failed=result.failed, cause=cause)


@pytest.mark.needs("test_load")
@pytest.mark.timeout(180)
def test_grade(board: Any) -> None:
    """The score has doubled as often as the lab asks for, against the untouched board of this machine.

    ja: スコアが、このマシンの手を加えていない掲示板に比べて、課題の求める回数だけ倍になっている。
    """
    wanted, times = board.target.lab.about.grade, board.measured.pace / board.untouched
    grade = max(0.0, log2(times)) if times > 0 else 0.0
    assert grade >= wanted, reason("grade", grade=grade, times=times, wanted=wanted, value=2**wanted)
