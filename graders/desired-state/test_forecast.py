"""Do hikers get their forecast, whatever happens to the service?"""

from __future__ import annotations

import json
import secrets
import shlex
from collections.abc import Iterator

import pytest
from asking import trial
from forecast_service import LOOK, LOST, SLOWEST, Service
from hikers import hiking

from kikori.grading import Scene, eventually, say, uid_of

pytestmark = pytest.mark.timeout(100)
READING = 3.5
"""Seconds that a report takes at least: it is read and filed in four."""


@pytest.fixture
def service(scene: Scene) -> Iterator[Service]:
    """The service; whatever a check rolled out, it is whole afterwards."""
    found = Service(scene)
    yield found
    eventually(found.is_whole, bool, SLOWEST, LOOK)


@pytest.fixture
def release() -> str:
    """A release that was never out before."""
    return secrets.token_hex(3)


@pytest.mark.guard
def test_forecast(scene: Scene, service: Service) -> None:
    """A hiker who asks gets the forecast for the mountain.

    ja: 登山者が尋ねると、その山の予報が返る。
    """
    answer = eventually(lambda: scene.get("gate", "/forecast", 8080), lambda seen: seen.status == 200, within=15)
    told = json.loads(answer.text) if answer.status == 200 else {}
    wanted = {name: scene.params[name] for name in ("mountain", "station")}
    assert wanted.items() <= told.items(), say(
        f"expected a forecast for {wanted['mountain']} from the station {wanted['station']}, saw {answer}",
        f"{wanted['mountain']} の予報が観測所 {wanted['station']} から返るはずですが、{answer} でした",
    )


@pytest.mark.guard
@pytest.mark.needs("test_forecast")
def test_without_rights(scene: Scene, service: Service) -> None:
    """The service has no more rights than the platform gives it: it does not run as root.

    ja: サービスの権限は、プラットフォームが与えたものより多くない。root では動かない。
    """
    told = {str(one.attrs["Config"]["User"]): one for one in service.containers()}
    roots = [name or "root" for name, one in told.items() if uid_of(one, name) == 0]
    assert not roots, say(
        f"expected the service to run as nobody, as the platform says; its user is {roots[0]}, and that is root",
        f"プラットフォームの指定どおり nobody で動くはずですが、ユーザーは {roots[0]} で、これは root です",
    )


@pytest.mark.needs("test_forecast")
def test_a_death_is_not_noticed(scene: Scene, service: Service) -> None:
    """When a container dies, no hiker who asks for a forecast notices, and another takes its place.

    ja: コンテナーが一つ死んでも、予報を尋ねる登山者は気づかず、代わりのコンテナーが入る。
    """
    with hiking(scene, reports=False) as hikers:
        victims = service.containers()[:1]
        for victim in victims:
            victim.kill()
        eventually(lambda: service.running() < service.wanted(), bool, 3, 0.1)  # until the swarm knows of it
        replaced = eventually(service.is_whole, bool, 20, LOOK)
    assert victims, say("no task of the service runs", "サービスのタスクが一つも動いていません")
    assert not hikers.failed(), say(
        f"one container was killed, and hikers noticed: {hikers.failed()}. Who was there to answer in its place?",
        f"コンテナーを一つ終わらせると、登山者が気づきました: {hikers.failed()}。代わりに答えられるのは誰でしたか",
    )
    limit = limit_of_deaths(service)
    assert not limit, say(
        f"in each place another is put in for one that died {limit}, and then no more: with each place that is given "
        "up fewer are left to answer",
        f"どの場所でも、死んだものの代わりが入るのは{limit}で、その先は誰も入りません。あきらめた場所が増えるたびに、"
        "答える者が減っていきます",
    )
    assert replaced, say(
        f"one container was killed, and 20 s later {service.running()} of {service.wanted()} tasks run and are "
        "healthy: with each death fewer are left to answer",
        f"コンテナーを一つ終わらせて 20 秒たっても、正常に動くタスクは {service.wanted()} 個中 {service.running()} 個"
        "です。死ぬたびに、答える者が減っていきます",
    )


def limit_of_deaths(service: Service) -> str:
    """How many that died the swarm replaces in each place, in words; empty where it replaces all."""
    policy = service.attrs["Spec"]["TaskTemplate"].get("RestartPolicy", {})
    most, window = policy.get("MaxAttempts", 0), policy.get("Window", 0) / 1e9
    if not most:
        return ""
    if not window:
        return say(f"{most} times", f" {most} 回まで")
    return say(f"{most} times within {window:g} s", f" {window:g} 秒に {most} 回まで")


@pytest.mark.needs("test_forecast")
def test_an_end_is_seen(scene: Scene, service: Service) -> None:
    """The healthcheck goes on asking: it says no, too, of a program that answered once and does no more.

    ja: ヘルスチェックは尋ね続ける。一度は答えたが、もう答えないプログラムには、いいえと言う。
    """
    with trial(scene, service.asked) as found:
        missed = found.misses_an_end()
    assert not missed, say(
        "the healthcheck was asked in a container of ours: it said yes while the program answered, and still says yes "
        "after its end. Who would put another in the place of one that hangs?",
        "私たちのコンテナーでヘルスチェックに尋ねました。プログラムが答えている間は正常と言い、終わったあとも正常と"
        "言い続けます。応答しなくなったものを、誰が入れ替えますか",
    )


@pytest.mark.needs("test_forecast")
def test_a_release_is_not_noticed(scene: Scene, service: Service, release: str) -> None:
    """A good release goes out, and no request is lost on the way.

    ja: 正しいリリースが行き渡り、その間に一つの要求も失われない。
    """
    with hiking(scene) as hikers:
        ended = service.release(release)
    assert ended == "completed", say(
        f"expected the release to go out within {SLOWEST} s, the rollout is {ended}",
        f"リリースは {SLOWEST} 秒以内に行き渡るはずですが、ロールアウトの状態は {ended} です",
    )
    assert not hikers.failed(), say(
        f"a good release went out, and requests were lost: {hikers.failed()}. At each moment of the rollout: who is "
        "there to take a request, and what becomes of those that an old container has in hand?",
        f"正しいリリースの途中で、要求が失われました: {hikers.failed()}。ロールアウトのどの瞬間にも、要求を受ける者は"
        "いますか。古いコンテナーが手にしていた要求は、どうなりますか",
    )
    assert hikers.quickest >= READING, say(
        f"a report was said to be taken in after {hikers.quickest:.1f} s; reading and filing one takes four seconds",
        f"{hikers.quickest:.1f} 秒で受け付けたと答えた報告があります。読んで綴じるには 4 秒かかります",
    )


@pytest.mark.needs("test_forecast")
def test_a_bad_release_is_taken_back(scene: Scene, service: Service, release: str) -> None:
    """A release that can't make forecasts is taken back by itself, and no hiker meets it.

    ja: 予報を出せないリリースはひとりでに取り消され、登山者はそれに出会わない。
    """
    before = service.asked
    with hiking(scene) as hikers:
        ended = service.release(release, "--entrypoint", "python3", "--args", shlex.join(["-c", LOST]))
    taken_back = service.asked == before
    if not taken_back:
        service.go_back()
    assert not hikers.failed(), say(
        f"a release that can't make forecasts reached the hikers: {hikers.failed()}. "
        "By what does the swarm tell a container that works from one that runs?",
        f"予報を出せないリリースが登山者に届きました: {hikers.failed()}。"
        "動いているだけのコンテナーと働いているコンテナーを、Swarm は何で見分けますか",
    )
    assert taken_back, say(
        f"the bad release did no harm yet, but it was to be taken back within {SLOWEST} s: the rollout is {ended}",
        f"悪いリリースはまだ害をなしていませんが、{SLOWEST} 秒以内に取り消されるはずです。"
        f"ロールアウトの状態は {ended} です",
    )
