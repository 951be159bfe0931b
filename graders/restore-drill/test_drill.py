"""Are the orders back as they were, was the loss told, and is the next night's backup one that can be restored?

No night is played before the orders are back: the jobs let go of old nights and logs, of which nothing else is left.
"""

import tomllib
from datetime import datetime, timedelta
from typing import Any

import pytest

from conftest import House, differs, is_good
from kikori.grading import Scene, quoted, reasons

reason = reasons(__file__)

ANSWERS = "/srv/recovery.toml"
NEAR, ABOUT = timedelta(seconds=60), 2
LONGEST = 600
"""Minutes of a restore that can be."""
MOST_LOGS = 5
KEY, KEPT, JOBS = "AGE-SECRET-KEY-1", "/backup", "/srv/backup"
PLACES = ("/etc", "/root", "/srv", "/home", "/backup", "/opt", "/usr/local", "/tmp", "/var")  # noqa: S108

pytestmark = [pytest.mark.timeout(300), pytest.mark.static]
# Some nights on a busy machine. What fails is decided: it is played once the machines are where they should be.


@pytest.mark.guard
def test_shop_goes_on(house: House) -> None:
    """The shop's own machine has what its customers ordered since, and nobody else wrote there.

    ja: 店のマシンには、その後に客が注文したものがあり、ほかの誰も書き込んでいない。
    """
    found = house.town("/judge/first")
    assert is_good(found), reason("shop-goes-on", differs=differs(found))


def test_orders_are_back(house: House) -> None:
    """On the spare machine every order that can be had is as it was before the mistake.

    ja: 予備のマシンに、取り戻せる注文がすべて、あの操作の直前のとおりにある。
    """
    found = house.town("/judge/spare")
    if found.get("calm"):
        return
    assert "unread" not in found, reason("spare-unread", seen=quoted(found["unread"]))
    assert not found["marks"], reason("marks", marks=found["marks"])
    assert not found["missing"], reason("missing", missing=found["missing"], changed=found["changed"])
    assert not found["changed"], reason("changed", changed=found["changed"])
    assert not found["extra"], reason("extra", extra=found["extra"])


@pytest.mark.needs("test_orders_are_back")
def test_loss_is_told(scene: Scene, house: House) -> None:
    """What was lost, up to when nothing is missing, and how long it took were told.

    ja: 何が失われたか、いつまでの分がそろっているか、どれだけかかったかが伝えられている。
    """
    found = house.town("/judge/spare")
    if found.get("calm"):
        return
    told = answers(scene)
    assert told is not None, reason("no-answers")
    assert is_number(told.get("lost_orders")), reason("lost-number")
    assert abs(told["lost_orders"] - found["lost"]) <= ABOUT, reason("lost-wrong", told=told["lost_orders"])
    point = moment(told.get("recovery_point"))
    assert point is not None, reason("point-none")
    begin, end = (datetime.fromisoformat(one) for one in found["point"])
    assert begin - NEAR <= point <= end + NEAR, reason("point-wrong", point=point)
    minutes = told.get("recovery_minutes")
    assert 0 < (float(str(minutes)) if is_number(minutes) else 0) <= LONGEST, reason("minutes")


def is_number(value: Any) -> bool:
    """Whether it is a number, and not a yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def answers(scene: Scene) -> dict[str, Any] | None:
    """What was told, if it can be read."""
    try:
        return tomllib.loads(scene.read("vault", ANSWERS)) or None
    except tomllib.TOMLDecodeError:
        return None


def moment(value: Any) -> datetime | None:
    """A time, however TOML had it."""
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None


@pytest.mark.needs("test_orders_are_back")
def test_dump_opens(house: House) -> None:
    """The next night's dump is locked, and opens with what lies in the safe alone.

    ja: 次の夜のダンプは暗号化されていて、金庫にあるものだけで開く。
    """
    why = house.good["judged"].get("why", "")
    assert why != "nothing", reason("no-dump", night=house.good["night"] or "…")
    assert why != "plain", reason("plain")
    assert why != "locked", reason("locked", keys=len(house.keys))
    assert why != "damaged", reason("damaged")
    plain = house.plain()
    assert not plain, reason("plain-left", path=quoted(plain[0] if plain else ""))


@pytest.mark.needs("test_dump_opens")
def test_next_night(house: House) -> None:
    """The next night's dump, restored on a fresh instance, has every row as the customers know it.

    ja: 次の夜のダンプを新しいインスタンスに復元すると、どの行も客の控えのとおりになる。
    """
    judged = house.good["judged"]
    assert not judged["marks"], reason("night-marks", marks=judged["marks"])
    assert not differs(judged), reason("night", missing=judged["missing"], changed=judged["changed"])


@pytest.mark.needs("test_next_night")
def test_bell_is_quiet(house: House) -> None:
    """On a night whose backup is good nobody is woken.

    ja: 良いバックアップが取れた夜は、誰も起こされない。
    """
    bell = house.good["bell"]
    assert not bell["rings"], reason("rings", text=quoted(bell["rings"][0]))
    assert bell["done"], reason("not-done")


@pytest.mark.needs("test_next_night")
def test_point_in_time(house: House) -> None:
    """From a dump two nights old and the logs since then, any moment can be had again.

    ja: 2夜前のダンプと、それからのログとで、どの時点にも戻せる。
    """
    judged = house.point
    assert judged.get("why") != "position", reason("position")
    assert judged.get("why") != "nothing", reason("older-gone")
    missing, changed = judged.get("missing"), judged.get("changed")
    assert is_good(judged), reason("point", at=judged["at"], missing=missing, changed=changed)


@pytest.mark.needs("test_point_in_time")
def test_logs_stay_few(house: House) -> None:
    """The first machine, which has little room, keeps a few logs and no more.

    ja: 場所の少ない1台目のマシンに、ログは数個しか残らない。
    """
    assert house.point["machine"] <= MOST_LOGS, reason("logs", logs=house.point["machine"], most=MOST_LOGS)


@pytest.mark.needs("test_bell_is_quiet")
def test_bad_dump_rings(house: House) -> None:
    """A night whose dump is not whole rings, whatever cut it short.

    ja: ダンプが完全でない夜は、理由が何であれ、ベルが鳴る。
    """
    assert "revoke" not in house.bad, reason("bad-revoke")
    assert "view" not in house.bad, reason("bad-view")
    assert "full" not in house.bad, reason("bad-full")
    assert "key" not in house.bad, reason("bad-key")


@pytest.mark.needs("test_bell_is_quiet")
def test_old_copy_rings(house: House) -> None:
    """A night whose dump has the rows of an earlier hour rings.

    ja: ダンプの中身がもっと前の時刻のものである夜は、ベルが鳴る。
    """
    assert "stop" not in house.old, reason("old-stop")
    assert "behind" not in house.old, reason("old-behind")


def test_no_key_beside_the_dumps(scene: Scene) -> None:
    """No key that opens dumps lies on the machine that keeps them.

    ja: ダンプを開く鍵が、ダンプを置くマシンに残っていない。
    """
    found = scene.sidecar("vault").holding([KEY], *PLACES)
    assert not found, reason("key-beside", path=quoted(found[0] if found else ""))


def test_nobody_else_reads(scene: Scene) -> None:
    """On the vault only the job and root can read what was kept, and the passwords that it takes.

    ja: 保管庫で、残したものと、そのためのパスワードを読めるのは、ジョブと root だけである。
    """
    beside = scene.sidecar("vault")
    secret = {*beside.holding(["password"], "/etc/backup", JOBS)}
    files = [*beside.files(KEPT), *(file for file in beside.files("/etc/backup", JOBS) if file.path in secret)]
    shut = tuple(f"{file.path}/" for file in files if file.kind == "folder" and not file.mode & 0o001)
    loose = [
        file.path for file in files if file.kind == "file" and file.mode & 0o006 and not file.path.startswith(shut)
    ]
    assert not loose, reason("open-to-all", path=quoted(loose[0] if loose else ""))
