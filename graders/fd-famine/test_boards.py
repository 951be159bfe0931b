"""Do all boards of the harbour show the plan, at the load that was promised, and go on doing so?"""

import secrets
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, answering, eventually, quoted, reasons, unkept

reason = reasons(__file__)

TICKS = 100
"""In a second, in /proc (USER_HZ)."""
SETTLED = 5
"""Seconds after a start in which those are still seen to go who had been there before."""
MANY = 5
"""A person may end a few connections by hand."""
GONE = ("exited", "dead", "created")
PLAN = b"event: plan"
NEWS = (b"event: reload", PLAN)
"""How a board may be told that the plan was published anew."""
QUIET = 6.5
"""Seconds without any news that boards are held through; the office publishes every thirty."""


def promised(scene: Scene) -> int:
    """As many phones as the harbour has boards."""
    return int(scene.params["boards"])


def delayed(minutes: int) -> bytes:
    """How a board is told of a delay, in the plan or later."""
    return f'"delay": {minutes}'.encode()


def overflows(scene: Scene) -> int:
    """How often a connection met a full queue at the desk, since its network is there; 0 where the desk has ended."""
    begun = scene.inspect("desk")["State"]["StartedAt"]
    try:
        table = scene.sidecar("desk").network("netstat")
    except OurFault:
        seen = scene.inspect("desk")["State"]
        if seen["Running"] and seen["StartedAt"] == begun:
            raise
        return 0
    names, values = (line.split() for line in table.splitlines()[:2])
    return int(dict(zip(names, values, strict=True))["ListenOverflows"])


@pytest.mark.users
@pytest.mark.timeout(20)
def test_page(scene: Scene) -> None:
    """The timetable answers at the edge, under the harbour's name.

    ja: 時刻表が、港の名前で edge から応答する。
    """

    def visit() -> tuple[Answer, str]:
        return scene.get("edge", "/"), scene.state("desk")

    answer, state = eventually(visit, lambda seen: seen[0].status == 200 or seen[1] in GONE, within=6)
    assert answer.status == 200, reason("page", answer=answer, state=state)
    assert scene.params["harbour"] in answer.text, reason("page-2", text=quoted(answer.text))


@pytest.mark.users
@pytest.mark.timeout(90)
def test_boards(
    scene: Scene,
    phones: Any,
    announce: Callable[[int, int], Answer],
    harbour: Callable[[str], Any],
    printed: Callable[[int], str],
) -> None:
    """The harbour's boards and as many phones see the plan at once, hear of a delay, and leave room for a printer.

    ja: 港の案内板と、それと同じ数のスマートフォンが同時に時刻表を見られ、遅れの知らせも届き、プリンターの分も足りる。
    """
    count, (known, new) = promised(scene), (200 + secrets.randbelow(300), 500 + secrets.randbelow(300))
    one, other = scene.draw("boards").sample(range(64), 2)
    phones.gather(1)  # with a plan from right before the delay
    announced = announce(one, known)
    bright = phones.gather(count)
    asks = reason("boards")
    if bright:
        asks = reason("boards-2")
    assert bright == count, reason("boards-3", count=count, bright=bright, answers=phones.answers(), asks=asks)
    late = count - phones.hear(delayed(known), silence=1)
    answer = announce(other, new)
    told = phones.hear(delayed(new))
    wrong = printed(1) if told == count else ""
    phones.wait(QUIET)
    quays = eventually(lambda: harbour("quays"), lambda seen: seen["bright"] == seen["boards"], within=8)
    held, silenced = phones.held(), cut_in_silence(scene, harbour)
    for sailing in (one, other):
        announce(sailing, 0)
    was_taken = 200 <= announced.status < 300
    assert not late or was_taken, reason("boards-6", known=known, count=count, late=late, answer=announced)
    assert not late, reason("boards-4", known=known, count=count, late=late)
    assert told == count, reason("boards-5", count=count, told=told, answer=answer)
    assert len(silenced) < MANY, reason("boards-8", cut=len(silenced), seconds=round(min(silenced, default=0)))
    check_room(quays, held, count)
    assert not wrong, reason("boards-7", count=count, wrong=wrong)


def youngest(scene: Scene, service: str) -> float:
    """Seconds since the last of the processes began that take a service's connections; 0 where it can't be told."""
    beside, taking = scene.sidecar(service), {one.pid for one in answering(scene, service)}
    inside = [one.inside for one in beside.descriptors() if one.pid in taking]
    uptime = float((beside.read("/proc/uptime") or b"0").split()[0])
    stats = [beside.read(f"/proc/{number}/stat") or b"" for number in inside]
    return min((uptime - began(stat) for stat in stats), default=0)


def began(stat: bytes) -> float:
    """Seconds after the computer's start at which a process began, by /proc/PID/stat; endless where it has ended."""
    fields = stat.rpartition(b")")[2].split()
    return int(fields[19]) / TICKS if len(fields) > 19 else float("inf")


def cut_in_silence(scene: Scene, harbour: Callable[[str], Any]) -> list[float]:
    """The silences after which boards of the harbour were cut off, since the desk and the edge are what they are.

    Why so: the silence that a check can wait for is shorter than what somebody would choose for a bound.
    """
    try:
        since = min(youngest(scene, service) for service in ("desk", "edge")) - SETTLED
    except OurFault:
        return []
    return [silence for age, silence in harbour("quays")["cut"] if age < since and silence > QUIET / 2]


def check_room(quays: dict[str, int], held: int, count: int) -> None:
    """Nobody had to go, or to stay out: neither for others, nor because there was no news."""
    boards, bright = quays["boards"], quays["bright"]
    assert held == count, reason("check-room-2", gone=count - held, count=count, boards=boards, bright=bright)
    assert bright == boards, reason("check-room", count=count, boards=boards, bright=bright)


@pytest.mark.users
@pytest.mark.timeout(90)
def test_burst(scene: Scene, phones: Any, office: Any, harbour: Callable[[str], Any]) -> None:
    """When the plan is published, all boards that come back at once get it at the first try, and it is stamped.

    ja: 時刻表が発行されて全部の案内板が一斉に戻ってきても、どれも一度で表示でき、その時刻表には印が押されている。
    """
    count = promised(scene)
    gathered = phones.gather(count)
    assert gathered == count, reason("burst", gathered=gathered, count=count, answers=phones.answers())
    phones.forget()
    before, stamps = overflows(scene), len(harbour("book"))
    office.publish()
    phones.hear(*NEWS, enough=1)
    told = phones.hear(*NEWS, silence=1)
    phones.leave()
    phones.come(count)
    bright = phones.hear(PLAN)
    office.hear(b'"stamp"')
    crowd = Crowd(count, told, bright, phones.answers(), overflows(scene) - before)
    version = check_stamp(office, lambda: harbour("book")[stamps:])
    check_crowd(crowd)
    behind = phones.behind(version)
    assert not behind, reason("burst-2", version=version, behind=behind, count=count)


class Crowd(NamedTuple):
    """What became of those to whom the plan was shown when it was published anew."""

    phones: int
    told: int
    bright: int
    others: str
    """What those saw who do not see the plan."""
    dropped: int


def check_crowd(crowd: Crowd) -> None:
    """All of them were told, and let in at the first try."""
    count, untold = crowd.phones, crowd.phones - crowd.told
    assert not untold, reason("check-crowd", untold=untold, count=count)
    asks = reason("check-crowd-2")
    if crowd.dropped > 0:
        asks = reason("check-crowd-3")
    assert crowd.bright == count, reason(
        "check-crowd-4", count=count, bright=crowd.bright, others=crowd.others, asks=asks
    )
    assert crowd.dropped <= 0, reason("check-crowd-5", dropped=crowd.dropped)


def check_stamp(office: Any, book: Callable[[], list[list[Any]]]) -> int:
    """What whoever published the plan was told is what the office did; gives the version that they were told."""
    version: int
    version, stamp = office.stamp()
    assert stamp, reason("check-stamp", answers=office.answers(), said=office.said())
    assert not unkept({(version, stamp): True}, lambda told: [*told] in book(), within=1), reason(
        "check-stamp-2", version=version, stamp=stamp
    )
    return version
