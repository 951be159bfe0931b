"""Does the robot help where it should, and does it know when not to?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import stories
from judging import Played, is_kept, most_within, names_evidence, overlaps
from stories import FLOOD, LATCH, LIMIT, WINDOW

from kikori.grading import Scene, quoted, reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(300)  # six stories are played at once; a minute and a half where nothing else runs
PATIENT = 15
"""Seconds from a message to the restart; the task says ten, and fifteen where the evidence does not come."""
SPENT = 3
"""Seconds more, since a message comes again only after some."""
SLACK = 1.0
MOMENT = 0.5
"""Seconds by which the brake has to come on before the evidence ends, so that a look at it afterwards sees it."""
Certain = Callable[[str], str]


def cast(scene: Scene, name: str) -> stories.Cast:
    """Who is in a story."""
    return stories.cast(scene.draw(name))


def up(story: Played) -> None:
    """Nothing can be said of a robot that is not there."""
    assert story.is_ready, reason("not-up")


@pytest.mark.guard
def test_up(gates: Played) -> None:
    """The robot answers at its port, and takes Alertmanager's messages.

    ja: ロボットがポートで応答し、Alertmanager のメッセージを受け取る。
    """
    up(gates)
    over = gates.statuses("over")[""]
    assert all(200 <= status < 300 for status in over), reason("up", status=over or [0])


@pytest.mark.needs("test_up")
def test_restarts(scene: Scene, gates: Played) -> None:
    """A service that hangs is restarted, once, and the one that the alert stands for.

    ja: 固まったサービスが再起動される。そのアラートに対応するサービスだけが、1回だけ再起動される。
    """
    who = cast(scene, "gates")
    begin, end = gates.span("genuine")
    wrong = dict.fromkeys(one["path"] for one in gates.refused((begin, end)))
    assert not wrong, reason("restarts", alert=who.one, paths=[quoted(path) for path in wrong])
    assert gates.met("genuine"), reason("restarts-2", alert=who.one, service=who.service(who.one))
    times = [one["at"] - begin for one in gates.restarts(who.service(who.one), (begin, end))]
    assert len(times) == 1, reason("restarts-3", service=who.service(who.one), count=len(times))
    assert times[0] <= PATIENT, reason("restarts-4", seconds=round(times[0]), most=PATIENT)


@pytest.mark.needs("test_restarts")
def test_strangers(gates: Played, certain: Certain) -> None:
    """Who does not show the webhook's token is turned away, and nothing happens.

    ja: ウェブフックのトークンを示さない相手は断られ、何も起きない。
    """
    statuses = gates.statuses("forged-")
    let_in = [name for name, told in statuses.items() if not told or told[0] not in (401, 403)]
    welcome = any(200 <= status < 300 for name in let_in for status in statuses[name])
    who = [faces()[name] for name in let_in]
    assert not welcome, certain(reason("strangers", who=who))
    assert not let_in, reason("strangers", who=who)
    span = gates.span("forged-")[0], gates.span("forged")[1]
    done = len(gates.restarts(span=span)) + len(gates.refused(span))
    assert not done, certain(reason("strangers-2", count=done))


def faces() -> dict[str, str]:
    """What a stranger shows, in words."""
    return {
        "nothing": reason("forged-nothing"),
        "another": reason("forged-another"),
        "shorter": reason("forged-shorter"),
        "longer": reason("forged-longer"),
        "bare": reason("forged-bare"),
        "capitals": reason("forged-capitals"),
        "basic": reason("forged-basic"),
        "empty": reason("forged-empty"),
    }


@pytest.mark.needs("test_restarts")
def test_only_what_it_is_for(gates: Played, certain: Certain) -> None:
    """Nothing but a firing alert that it was made for leads to a restart, whatever a message says.

    ja: 自分の役目で、いま鳴っているアラートのほかは、何が書いてあっても再起動につながらない。
    """
    span = gates.span("odd-")[0], gates.span("odd")[1]
    asked = [quoted(one["path"]) for one in gates.refused(span)]
    asked += [one["service"] for one in gates.restarts(span=span)]
    assert not asked, certain(reason("only", asked=list(dict.fromkeys(asked))))


@pytest.mark.needs("test_restarts")
def test_looks(gates: Played) -> None:
    """A service that answers is not restarted: neither by a late alert, nor because it is slow.

    ja: 応答するサービスは再起動されない。アラートが遅れて届いても、サービスが遅くても同じである。
    """
    late, slow = (gates.restarts(span=gates.span(name)) for name in ("late", "slow"))
    assert not late, reason("looks")
    assert not slow, reason("looks-2")


@pytest.mark.needs("test_restarts")
def test_flood(scene: Scene, gates: Played) -> None:
    """Many messages about one hang lead to one restart.

    ja: 一つの不調についてたくさんのメッセージが来ても、再起動は1回である。
    """
    who = cast(scene, "gates")
    count = len(gates.restarts(who.service(who.two), gates.span("flood")))
    assert gates.met("flooded"), reason("flood", count=FLOOD)
    assert count == 1, reason("flood-2", messages=FLOOD, count=count)


@pytest.mark.needs("test_restarts")
def test_evidence(scene: Scene, gates: Played, pairs: Played, brake: Played) -> None:
    """What a restart takes away lies in the robot's folder before it, each time.

    ja: 再起動で失われるものが、毎回、再起動の前からロボットのフォルダーに残っている。
    """
    for story, name, times in ((gates, "gates", 1), (pairs, "pairs", 2)):
        who = cast(scene, name)
        for service in (who.service(who.one), who.service(who.two)):
            cases = story.cases(service)[: min(times, len(story.restarts(service)))]
            lost = [case["process"] for case in cases if not is_kept(case)]
            assert not lost, reason("evidence", service=service, processes=lost)
    missing = brake.results["lost"]["result"] if "lost" in brake.results else []
    assert not missing, reason("evidence-2", service=cast(scene, "brake").service(cast(scene, "brake").two))


@pytest.mark.needs("test_restarts")
def test_not_held_up(gates: Played) -> None:
    """Who connects and says nothing does not keep the robot from hearing others.

    ja: 接続したまま何も言わない相手がいても、ロボットはほかの知らせを受け取る。
    """
    assert "heard" not in gates.results or any(gates.results["heard"]["result"]), reason("held-up")


@pytest.mark.needs("test_restarts")
def test_one_at_a_time(scene: Scene, pairs: Played) -> None:
    """Where two services hang, both are restarted, one after the other.

    ja: 二つのサービスが固まったら、どちらも、一つずつ順に再起動される。
    """
    up(pairs)
    together = overlaps(pairs.restarts())
    assert not together, reason("one-at-a-time", count=together)
    who = cast(scene, "pairs")
    names = [who.service(name) for name in (who.one, who.two)]
    assert pairs.met("both"), reason("one-at-a-time-2", services=names)
    assert pairs.met("at-once"), reason("one-at-a-time-3", services=names)


@pytest.mark.needs("test_one_at_a_time")
def test_evidence_in_vain(pairs: Played) -> None:
    """Where the evidence does not come, or does not end, users are helped all the same.

    ja: 証拠が取れなくても、いつまでも終わらなくても、利用者は助けられる。
    """
    endless, refused = took(pairs, "endless"), took(pairs, "refused")
    assert endless, reason("in-vain-endless")
    assert refused, reason("in-vain-refused")
    longest = max(endless[0], refused[0])
    assert longest <= PATIENT + SPENT, reason("in-vain", seconds=round(longest), most=PATIENT)


def took(story: Played, name: str) -> list[float]:
    """After how many seconds of a step its restarts began."""
    begin, end = story.span(name)
    return [one["at"] - begin for one in story.restarts(span=(begin, end))]


@pytest.mark.needs("test_restarts")
def test_brake(scene: Scene, stubborn: Played, certain: Certain) -> None:
    """Where no restart helps, the robot stops at its limit, and calls a person.

    ja: 再起動しても治らないとき、ロボットは上限で止まり、人を呼ぶ。
    """
    up(stubborn)
    who = cast(scene, "stubborn")
    count = len(stubborn.restarts(who.service(who.one), (0.0, stubborn.span("held")[1])))
    assert count <= LIMIT, certain(reason("brake", count=count, limit=LIMIT))
    assert count, reason("brake-2")
    braked = stubborn.results["released-dead"]["result"] if "released-dead" in stubborn.results else stubborn.brake
    assert braked, reason("brake-3", count=count)
    refused = sum(one["what"] == "page-refused" for one in stubborn.book)
    assert stubborn.pages() or not refused, reason("brake-5", count=refused)
    assert stubborn.pages(), reason("brake-4", count=count)


@pytest.mark.needs("test_brake")
def test_counts(scene: Scene, brake: Played, certain: Certain) -> None:
    """Each restart counts: of whatever service, and the one in the midst of which the robot died.

    ja: どのサービスの再起動も数える。途中でロボットが死んだ再起動も数える。
    """
    up(brake)
    who = cast(scene, "brake")
    assert brake.met("first"), reason("counts", service=who.service(who.one))
    assert brake.met("second"), reason("counts", service=who.service(who.two))
    before = len(brake.restarts(span=(0.0, brake.span("braked")[1])))
    assert before <= LIMIT, certain(reason("counts-2", count=before, limit=LIMIT))
    needless = brake.met("needless") or brake.pages(until=brake.span("needless")[1])
    assert not needless, reason("counts-4", limit=LIMIT)
    assert brake.met("braked"), reason("counts-3", count=before, limit=LIMIT)


@pytest.mark.needs("test_counts")
def test_call(scene: Scene, brake: Played, latch: Played) -> None:
    """A person is called once, and told which service it is and where the evidence lies.

    ja: 人は1回だけ呼ばれ、どのサービスか、証拠がどこにあるかを知らされる。
    """
    who = cast(scene, "brake")
    service, pages = who.service(who.one), brake.pages(until=brake.span("released")[0])
    assert pages, reason("call")
    assert len(pages) == 1, reason("call-2", count=len(pages))
    assert service in pages[0], reason("call-3", service=service, text=quoted(pages[0], 160))
    cases = [case for name in (who.one, who.two) for case in brake.cases(who.service(name))]
    assert names_evidence(pages[0], cases), reason("call-4", text=quoted(pages[0], 160))
    both = len(latch.pages(until=latch.span("later")[1]))
    assert both <= 1, reason("call-5", count=both)


@pytest.mark.needs("test_counts")
def test_remembers(brake: Played, certain: Certain) -> None:
    """A robot that brakes goes on braking, also when it is deployed anew.

    ja: ブレーキのかかったロボットは、デプロイし直しても、かかったままである。
    """
    held = brake.restarts(span=(brake.span("braked")[1], brake.span("held")[1]))
    assert not held, certain(reason("remembers", count=len(held)))
    anew = brake.restarts(span=(brake.span("new-")[0], brake.span("remembered")[1]))
    assert not anew, certain(reason("remembers-2", count=len(anew)))


@pytest.mark.needs("test_brake")
def test_stays_on(scene: Scene, latch: Played, certain: Certain) -> None:
    """The brake does not come off by itself, however long ago the restarts were.

    ja: 再起動からどれだけ時間がたっても、ブレーキはひとりでに外れない。
    """
    up(latch)
    who = cast(scene, "latch")
    assert latch.restarts(who.service(who.one)), reason("counts", service=who.service(who.one))
    assert latch.met("braked") or not latch.met("anew"), reason("stays-on")
    count = len(latch.restarts(span=(latch.span("braked")[1], latch.span("later")[1])))
    assert not count, certain(reason("stays-on-2", seconds=LATCH, count=count))
    assert latch.brake, reason("stays-on-3", seconds=LATCH)


@pytest.mark.needs("test_remembers")
def test_lever(brake: Played, latch: Played, stubborn: Played) -> None:
    """A person takes the brake off and puts it on, and the robot heeds that.

    ja: 人がブレーキを外したりかけたりすると、ロボットはそれに従う。
    """
    assert brake.results["released"]["result"], reason("lever")
    assert brake.met("again"), reason("lever-2")
    assert not brake.results["put-on"]["result"], reason("lever-3")
    assert not in_spite_of_the_brake(brake), reason("lever-7")
    acted = brake.restarts(span=(brake.span("lever-post")[0], brake.span("lever-rest")[1]))
    assert not acted, reason("lever-4")
    assert latch.met("anew") or "anew" not in latch.results, reason("lever-5")
    assert stubborn.met("after-death") or "after-death" not in stubborn.results, reason("lever-6")


def in_spite_of_the_brake(brake: Played) -> bool:
    """Whether something was restarted although the brake had come on while its evidence was taken."""
    begin, put_on = brake.span("asked")[0], brake.results["put-on"]["end"]
    taken = [one for one in brake.book if one["what"] == "evidence" and begin <= one["at"] <= put_on]
    in_time = [one for one in taken if one["end"] is None or one["end"] > put_on + MOMENT]
    until = brake.span("lever-meanwhile")[1]
    return any(brake.restarts(one["service"], (put_on, until)) for one in in_time)


@pytest.mark.needs("test_brake")
def test_window(scene: Scene, window: Played) -> None:
    """What counts is the time that has just passed: no more restarts in it than the limit, and no fewer.

    ja: 数えるのは直前の一定時間である。その中の再起動は上限を超えず、上限までは行われる。
    """
    up(window)
    who = cast(scene, "window")
    for name in (who.one, who.two):
        assert window.restarts(who.service(name)), reason("counts", service=who.service(name))
    most = most_within(window.restarts(), WINDOW - SLACK)
    assert most <= LIMIT, reason("window", count=most, seconds=WINDOW, limit=LIMIT)
    assert window.met("slid"), reason("window-2", seconds=WINDOW, limit=LIMIT)
    times = [one["at"] for one in window.restarts()]
    slid_again = len(times) > LIMIT + 1 and times[-1] - times[-1 - LIMIT] >= WINDOW  # where all was late, it was right
    assert window.met("held") or slid_again, reason("window-3", seconds=WINDOW, limit=LIMIT)
