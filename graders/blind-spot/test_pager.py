"""Does the pager ring when orders are lost, and only then?"""

import time
from typing import Any

import pytest
from rules import hours_in

from kikori.grading import Scene, eventually, reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(150)
BOUND = 25  # seconds until a loss has to be paged, and until its page has to end, as the task says
CALM = 33  # seconds in which a page that may last as long as that is over, and the pager calm
# The seconds that each look-alike lasts at least: a probe's walk lies within it from beginning to end. That of a closed
# shop may take long, where the probe looks in vain for an order that was not taken.
SLOW, RELEASE, NIGHT, CLOSING = 7, 4, 6, 12
LONG = 60  # seconds of a window through which a page may look that is not for a loss
WALKS = 5  # seconds after a closing within which the probe has seen that it is over
MOST = 30  # test orders in ten seconds, as the task says


@pytest.mark.guard
@pytest.mark.users
def test_open(scene: Scene, drills: Any) -> None:
    """The shop is open: what customers order is completed.

    ja: 店は開いている。客の注文は最後まで処理される。
    """
    page = eventually(lambda: scene.get("front", "/", 8080), lambda seen: seen.status == 200, within=20)
    since = drills.truth(1 << 40)["last"]
    met = eventually(lambda: drills.truth(since), lambda seen: seen["completed"] > 0, within=20, every=0.4)
    assert page.status == 200, reason("open", page=page)
    assert met["completed"], reason("open-2", accepted=met["accepted"])


@pytest.mark.needs("test_open")
def test_watch(scene: Scene, pager: Any) -> None:
    """On an ordinary day nobody is woken, though pages are defined and the pager is reached.

    ja: 普段の日には誰も起こされない。page のルールはあり、ページャーにもつながっている。
    """
    answer = eventually(lambda: scene.get("prometheus", "/-/ready", 9090), lambda seen: seen.status == 200, within=10)
    assert answer.status == 200, reason("watch-3", answer=answer)

    def look() -> tuple[int, int]:
        reached = pager.asked("/api/v1/alertmanagers").get("activeAlertmanagers", [])
        return pager.rules().pages, len(reached)

    seen = eventually(look, lambda found: 0 not in found, within=10)
    assert 0 not in seen, reason("watch", seen=seen[0], seen_2=seen[1])
    ringing = pager.calm(CALM)
    assert not ringing, reason("watch-2", ringing=ringing)


@pytest.mark.guard
@pytest.mark.needs("test_watch")
def test_books(drills: Any) -> None:
    """Accounting can tell test orders from sales, and there are not too many of them.

    ja: 経理はテスト注文と売上を見分けられ、テスト注文は多すぎない。
    """
    seen = drills.books(time.time() - 10)
    assert not seen.strangers, reason("books", strangers=seen.strangers)
    assert seen.tests <= MOST, reason("books-2", most=MOST, tests=seen.tests)


@pytest.mark.needs("test_watch")
def test_any_hour(scene: Scene, pager: Any) -> None:
    """What wakes somebody does so at any time of day.

    ja: 誰かを起こすかどうかは、時刻によって変わらない。
    """
    asking = pager.rules().hours
    assert not asking, reason("any-hour", asking=asking)
    programs = sorted(path.name for path in (scene.workspace / "probe").glob("*.py"))
    asking = [name for name in programs if hours_in(scene.text(f"probe/{name}"))]
    assert not asking, reason("any-hour-2", asking=asking)


@pytest.mark.needs("test_watch")
def test_slow(drills: Any) -> None:
    """Orders that are completed later than usual wake nobody.

    ja: 処理がいつもより遅れているだけなら、誰も起こされない。
    """
    ringing = drills.look_alike("slow", SLOW, most=LONG)
    assert not ringing, reason("slow", ringing=ringing)


@pytest.mark.users
@pytest.mark.needs("test_watch")
def test_loss(drills: Any) -> None:
    """When a release loses every order, somebody is woken within 25 seconds.

    ja: リリースのせいで注文がすべて失われたとき、25秒以内に誰かが起こされる。
    """
    drills.pager.silent(CALM)
    drills.drill("loss")
    since = drills.truth(1 << 40)["last"]
    ringing = drills.pager.ringing(BOUND)
    met = drills.truth(since)
    assert ringing, reason("loss", bound=BOUND, accepted=met["accepted"])


@pytest.mark.users
@pytest.mark.needs("test_loss")
def test_lasts(drills: Any) -> None:
    """While orders are still lost, the page goes on.

    ja: 注文が失われている間は、ページャーが鳴り続ける。
    """
    ringing = drills.lasts()
    assert ringing, reason("lasts")


@pytest.mark.users
@pytest.mark.needs("test_loss")
def test_over(drills: Any) -> None:
    """Once orders come through again, the page ends within 25 seconds.

    ja: 注文がまた処理されるようになれば、25秒以内にページャーは鳴り止む。
    """
    drills.drill("end")
    ringing = drills.pager.silent(BOUND)
    assert not ringing, reason("over", bound=BOUND, ringing=ringing)


@pytest.mark.needs("test_over")
def test_books_of_the_loss(drills: Any) -> None:
    """While orders are lost there are no more test orders than that, and no sales that nobody made.

    ja: 注文が失われている間も、テスト注文は多すぎず、売上にも紛れない。
    """
    seen = drills.books(drills.began)
    assert not seen.strangers, reason("books-3", strangers=seen.strangers)
    assert seen.tests <= MOST, reason("books-4", most=MOST, tests=seen.tests)


@pytest.mark.users
@pytest.mark.needs("test_watch")
def test_stall(drills: Any) -> None:
    """When orders stop coming through on an ordinary day, without a release, somebody is woken as well.

    ja: リリースがなくても、普段の日に注文が処理されなくなれば、やはり誰かが起こされる。
    """
    drills.pager.calm(CALM)  # what the loss still has in it would be taken for a page of the stall
    drills.drill("stall")
    since = drills.truth(1 << 40)["last"]
    ringing = drills.pager.ringing(BOUND)
    met = drills.truth(since)
    drills.drill("end")
    drills.pager.calm(CALM)  # the same for the night: of two pages one may end while the other is about to ring
    assert ringing, reason("stall", accepted=met["accepted"], bound=BOUND)


@pytest.mark.needs("test_watch")
def test_release(drills: Any) -> None:
    """A release by day, after which orders come through as before, wakes nobody.

    ja: 昼間のリリースのあとも注文がそれまでどおり処理されていれば、誰も起こされない。
    """
    ringing = drills.look_alike("release", RELEASE, whole=False)
    assert not ringing, reason("release", ringing=ringing)


@pytest.mark.needs("test_watch")
def test_night(drills: Any) -> None:
    """A quiet hour at night, with hardly an order and a release, wakes nobody.

    ja: 注文がほとんどない静かな夜にリリースがあっても、誰も起こされない。
    """
    ringing = drills.look_alike("night", NIGHT, then_one_order=True)
    assert not ringing, reason("night", ringing=ringing)


@pytest.mark.needs("test_watch")
def test_closing(drills: Any) -> None:
    """While the shop is closed on purpose nobody is woken.

    ja: 予定された休業の間は、誰も起こされない。
    """
    ringing = drills.look_alike("closing", CLOSING)
    assert not ringing, reason("closing", ringing=ringing)


@pytest.mark.users
@pytest.mark.needs("test_watch")
def test_silence(drills: Any) -> None:
    """When nothing is heard of a probe that walks, somebody is still woken.

    ja: 巡回しているプローブから何も届かなくなれば、これまでどおり、誰かが起こされる。
    """
    if drills.pager.listens():  # the page that was there at first, or another that misses a series of the probe's
        return
    ringing = drills.held_still("probe", BOUND, CALM)
    assert ringing, reason("silence", bound=BOUND)


@pytest.mark.users
@pytest.mark.needs("test_watch")
def test_outage(drills: Any) -> None:
    """When the front page does not come, somebody is still woken.

    ja: トップページが開かないときは、これまでどおり、誰かが起こされる。
    """
    if drills.pager.knocks():  # the page that was there at first
        return
    ringing = drills.held_still("front", BOUND, CALM)
    assert ringing, reason("outage", bound=BOUND)


@pytest.mark.needs("test_closing")
def test_books_in_the_end(drills: Any) -> None:
    """Whatever happened at the shop, there were no more test orders than that, and no sales that nobody made.

    ja: 店に何があっても、テスト注文は多すぎず、売上にも紛れない。
    """
    if drills.played:
        drills.drill("end")
    eventually(time.time, (drills.at + WALKS).__le__, within=WALKS)
    seen = drills.books(drills.began)
    assert not seen.strangers, reason("books-5", strangers=seen.strangers)
    assert seen.tests <= MOST, reason("books-6", most=MOST, tests=seen.tests)
