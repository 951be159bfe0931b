"""Can handhelds come and go, and does a board that hangs stop nobody else?"""

from typing import Any

import pytest
from leftovers import kept
from yard_programs import SCAN, hanging_boards, in_the_yard

from kikori.grading import Scene, growth, quoted, reasons

reason = reasons(__file__)

PROMPT = 2.0  # seconds, as the task page has it; far longer than a scan needs
HANGING, SCANS = 2, 100
MOST = {"bytes": 3 * 2**20, "processes": 12}
"""What so many scans may leave in the desk beside boards that hang: a picture has 54 KB."""
pytestmark = pytest.mark.timeout(120)  # a working day, or two, are lived by the first check that asks


@pytest.mark.needs("test_services_are_up")
def test_scans(day: Any) -> None:
    """A handheld's scan is taken at once, whatever boards and other handhelds do.

    ja: 掲示板やほかの端末がどんな様子でも、ハンディー端末の読み取りはすぐに受け付けられる。
    """
    in_time = day.yard["scans"] == day.scans and day.yard["longest"] < PROMPT
    assert in_time, reason(
        "scans",
        hung=day.yard["hung"],
        silent=day.yard["silent"],
        scans=day.yard["scans"],
        scans_2=day.scans,
        longest=day.yard["longest"],
    )


@pytest.mark.needs("test_scans")
def test_boards(day: Any) -> None:
    """The boards that read, be it slowly, get whole pictures, and the newest without another scan.

    ja: きちんと読んでいる掲示板には、ゆっくり読むものにも、欠けのない絵が届き、次の読み取りがなくても最新の絵が届く。
    """
    boards = day.yard["pictures"]
    torn, shown = sum(one["torn"] for one in boards), sum(one["all"] for one in boards)
    newest = sum(one["newest"] for one in boards)
    assert not torn, reason("boards", shown=shown, count=len(boards), torn=torn)
    assert newest == day.boards, reason("boards-2", count=day.boards, newest=newest)


@pytest.mark.needs("test_boards", "test_after_a_quiet_while")
def test_scans_are_kept(day: Any) -> None:
    """A scan that was taken is not lost: boards and the parcel's page show it.

    ja: 受け付けられた読み取りは失われず、掲示板にも荷物のページにも現れる。
    """
    kept = min(one["kept"] for one in day.yard["pictures"])
    assert kept == day.scans, reason("scans-are-kept", scans=day.scans, kept=kept)
    right = sum(day.yard["bays"])
    assert right == day.looked_up, reason("scans-are-kept-2", count=day.looked_up, right=right)


def added(left: dict[str, int]) -> list[str]:
    """Say what scans have left in the desk."""
    words = {
        "bytes": reason("added"),
        "processes": reason("added-2"),
    }
    return [words[name].format(count // 1024 if name == "bytes" else count) for name, count in left.items()]


@pytest.mark.needs("test_services_are_up")
def test_pictures_do_not_pile_up(scene: Scene) -> None:
    """What boards that hang have not read does not pile up in the desk.

    ja: 固まった掲示板が読まなかったものが、窓口にたまっていかない。
    """
    taken, scans = SCANS, 0

    def work() -> None:
        nonlocal taken, scans
        if taken == SCANS:
            taken = in_the_yard(scene, SCAN, 2000 + scans, scans=SCANS)["scans"]
            scans += SCANS

    with hanging_boards(scene, HANGING) as called:
        left = growth(lambda: kept(scene), work, MOST, rounds=3, rest=1.5) if called else {}
    assert called, reason("pictures-do-not-pile-up")
    assert taken == SCANS, reason("pictures-do-not-pile-up-2", hanging=HANGING, scans=SCANS, taken=taken)
    assert not left, reason(
        "pictures-do-not-pile-up-3",
        hanging=HANGING,
        scans=scans,
        scans_2=SCANS,
        added=" and ".join(added(left)),
        added_2=added(left),
    )


@pytest.mark.needs("test_services_are_up")
def test_visits(day: Any) -> None:
    """Handhelds can come and go all day.

    ja: ハンディー端末は、一日じゅう来ては去ることができる。
    """
    assert day.yard["visits"] == day.visits, reason("visits", visits=day.visits, visits_2=day.yard["visits"])


@pytest.mark.needs("test_visits")
def test_nothing_stays_behind(day: Any) -> None:
    """Nothing stays behind of a handheld that has gone, however it went.

    ja: どんな去り方をした端末のものも、何も残らない。
    """
    gone = day.left_open < day.few and day.close_wait <= day.one
    assert gone, reason("nothing-stays-behind", visits=day.visits, close_wait=day.close_wait, left_open=day.left_open)


@pytest.mark.needs("test_services_are_up")
def test_desk_stays(day: Any) -> None:
    """The desk works through the day without being started anew.

    ja: 窓口は、起動し直されることなく一日働き続ける。
    """
    assert day.stays, reason("desk-stays")


@pytest.mark.needs("test_scans")
def test_patient_handheld(day: Any) -> None:
    """A handheld that thinks between two scans is not cut off.

    ja: 二つの読み取りの間に考え込む端末が、切られることはない。
    """
    heard = day.yard["patient"]
    first, second = (quoted(said) if said else reason("patient-handheld") for said in (*heard, "", "")[:2])
    assert heard == ["TAKEN", "TAKEN"], reason("patient-handheld-2", first=first, second=second)
