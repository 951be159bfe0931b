"""Does the engine learn how the service is, and does the service end when it is asked to?"""

from __future__ import annotations

import re
import secrets
import time
from typing import Any, NamedTuple

import pytest
from copies import asked, command_of, says_well_of, shown

from kikori.grading import Scene, asks, eventually, quoted, replica, say, says_well_in_vain

GRACE = 6
"""Seconds that the platform gives a container between the signal and SIGKILL, as in compose.yaml."""
SELDOM = 30
"""Seconds between two questions of a healthcheck: the engine's own default, and the most that the task allows."""


class Health(NamedTuple):
    """What the engine has found out about a container."""

    status: str
    streak: int
    last: dict[str, Any]
    """Its newest question: ``ExitCode`` and ``Output``; empty before the first."""


def health(scene: Scene) -> Health:
    """What the engine thinks of the container."""
    seen = scene.inspect("labels")["State"].get("Health") or {}
    log = seen.get("Log") or [{}]
    return Health(str(seen.get("Status", "none")), int(seen.get("FailingStreak", 0)), dict(log[-1]))


@pytest.mark.timeout(120)
@pytest.mark.needs("test_labels")
def test_healthcheck(scene: Scene) -> None:
    """The image's healthcheck asks the service: content while it works, and not when it is gone, errs or hangs.

    ja: イメージのヘルスチェックはサービスに尋ねる。働いていれば成功し、消えたり、誤ったり、固まったりすれば失敗する。
    """
    config = shown(scene)["Config"]
    command, given = command_of(config), config.get("Healthcheck") or {}
    assert command, say("the image has no healthcheck", "イメージにヘルスチェックがありません")
    every = given.get("Interval", 0) / 1e9 or SELDOM
    assert every <= SELDOM, say(
        f"the healthcheck asks every {every:.0f} s, {SELDOM} at most are allowed. "
        "For how long may the service be dead before anybody knows?",
        f"ヘルスチェックは {every:.0f} 秒ごとに尋ねますが、許されるのは {SELDOM} 秒までです。"
        "サービスが死んでから誰かが知るまで、どれだけかかってよいのでしょうか",
    )
    seen = eventually(lambda: health(scene), lambda now: now.status == "healthy", within=12)
    seen = eventually(lambda: health(scene), lambda now: now.status == "healthy" or now.streak > 1, within=every)
    assert seen.status == "healthy", why_not(seen)
    assert not says_well_in_vain(scene, "labels"), say(
        "the healthcheck was asked in a container of the same image in which no service runs, and it said well. "
        "When would it say anything else?",
        "同じイメージの、サービスが動いていないコンテナーでヘルスチェックを実行したところ、成功で終わりました。"
        "ほかの答えになるのは、どんなときでしょうか",
    )
    assert asks(scene, "labels"), say(
        "the healthcheck was run once more, and no connection was accepted in the container meanwhile: who was asked?",
        "ヘルスチェックをもう一度実行しましたが、その間、コンテナーの中で受け付けられた接続は一つもありません。"
        "誰に尋ねたのでしょうか",
    )
    ill = says_well_of(scene, command, given.get("Timeout", 0) / 1e9 or SELDOM)
    assert ill != "wrong", say(
        "beside a service that answers every request with status 500 the healthcheck said well. What does it look at?",
        "どの要求にもステータス 500 を返すサービスの隣で、ヘルスチェックは成功で終わりました。何を見ているのでしょうか",
    )
    assert ill != "silent", say(
        "beside a service that takes connections and never answers the healthcheck said well. What does it wait for?",
        "接続は受けるのに何も答えないサービスの隣で、ヘルスチェックは成功で終わりました。何を待っているのでしょうか",
    )


def why_not(seen: Health) -> str:
    """Why the engine does not call the container healthy."""
    if not seen.last:
        return say(
            f"the engine has not asked the healthcheck yet, the container is {seen.status}",
            f"エンジンはまだヘルスチェックを一度も実行しておらず、コンテナーは {seen.status} です",
        )
    code, said = seen.last.get("ExitCode"), quoted(str(seen.last.get("Output", "")), 200)
    return say(
        f"the service prints labels, and its healthcheck failed: exit code {code}, it said {said}",
        f"サービスはラベルを刷っているのに、ヘルスチェックは失敗しました。終了コードは {code}、出力は {said} です",
    )


@pytest.mark.timeout(90)
@pytest.mark.needs("test_labels")
def test_end(scene: Scene) -> None:
    """Asked to stop, the service ends in time with exit code 0, and says how many labels it has printed.

    ja: 止まるように頼まれたサービスは、猶予のうちに終了コード 0 で終わり、何枚刷ったかを述べる。
    """
    parcels = f"http://127.0.0.1:8080/label/[1-{secrets.randbelow(9) + 3}]"
    with replica(scene, "labels") as beside:
        asked(beside, "/health")
        count = len(beside.host.run(f"curl -s -m 20 '{parcels}'").stdout.splitlines())
        began = time.monotonic()
        beside.stop(within=GRACE)
        took = time.monotonic() - began
        code, log = beside.exit_code, beside.log().splitlines()
    assert count, say(
        f"a second container of the image was started and printed no label. Its log: {quoted(' '.join(log))}",
        f"イメージからもう一つコンテナーを起動しましたが、一枚も刷りませんでした。ログ: {quoted(' '.join(log))}",
    )
    assert code == 0, say(
        f"expected the service to end of its own accord with 0, it ended with {code} after {took:.1f} s. "
        "What is process 1, and which signal does it know?",
        f"サービスは自分で、終了コード 0 で終わるはずですが、{took:.1f} 秒後に {code} で終わりました。"
        "プロセス 1 は何で、どのシグナルを知っていますか",
    )
    last = next((line for line in reversed(log) if "closed after" in line), log[-1] if log else "")
    assert re.search(rf"\bclosed after {count} labels\b", last), say(
        f"the exit code is 0, but is it the service's own? It had printed {count} labels, and on closing it says how "
        f"many; its log ends with {quoted(last)}. Which process got the signal, and how did the others end?",
        f"終了コードは 0 ですが、それはサービス自身のものですか。サービスはラベルを {count} 枚刷っていて、"
        f"閉じるときには枚数を述べるはずですが、ログの終わりは {quoted(last)} でした。"
        "シグナルを受け取ったのはどのプロセスで、ほかはどう終わりましたか",
    )
