"""Are the orders back as they were, was the loss told, and is the next night's backup one that can be restored?

No night is played before the orders are back: the jobs let go of old nights and logs, of which nothing else is left.
"""

import base64
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rights import READ, WRITE, is_below, open_to_others, places

from conftest import DUMPS, House, differs, is_good
from kikori.grading import Scene, Sidecar, is_packed, quoted, reasons, unpacked

reason = reasons(__file__)

ANSWERS = "/srv/recovery.toml"
NEAR, ABOUT = timedelta(seconds=60), 2
LONGEST = 600
"""Minutes of a restore that can be."""
MOST_LOGS = 5
KEPT, JOBS, SETTINGS = "/backup", "/srv/backup", "/etc/backup"
KEYS, KEY = (
    ("AGE-SECRET-KEY-1", "PRIVATE KEY-----"),
    re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}|-----BEGIN (OPENSSH|RSA) PRIVATE KEY-----"),
)
"""How a file that age takes for a key is found, and what makes it one."""
PASSWORDS, PASSWORD = ("sencha", "gyokuro"), re.compile(rb"^\s*password\s*=\s*[\"']?[^\s$\"']", re.MULTILINE)
"""Those of the house's accounts; and what the line of another one looks like in a file of settings."""
NUMBER = "safe:48-17-62"
NUMBERS = (NUMBER.partition(":")[2], base64.b64encode(NUMBER.encode()).decode().rstrip("="))
"""The safe's number, and what a program sends in its place."""
MOST = 8 * 2**20
"""Bytes of a file that is unpacked."""

pytestmark = [pytest.mark.timeout(300), pytest.mark.static]
# Some nights on a busy machine. What fails is decided: it is played once the machines are where they should be.


@pytest.mark.guard
def test_shop_goes_on(house: House) -> None:
    """The shop's own machines have what its customers ordered since, and nobody else changed anything there.

    ja: 店の2台のマシンには、その後に客が注文したものがあり、ほかの誰も何も変えていない。
    """
    found = house.town("/judge/first")
    assert is_good(found), reason("shop-goes-on", differs=differs(found))
    assert found["repeats"], reason("second-stands")
    assert is_good(found["second"]), reason("second-differs", differs=differs(found["second"]))
    assert not found["furniture"], reason("furniture", machines=found["furniture"])


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
    assert not found["reshaped"], reason("reshaped")


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
    """A time in UTC, however TOML had it."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


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
    assert not house.touched, reason("touched")
    assert not judged["marks"], reason("night-marks", marks=judged["marks"])
    missing, changed, extra = judged["missing"], judged["changed"], judged["extra"]
    assert not differs(judged), reason("night", missing=missing, changed=changed, extra=extra)
    assert not judged.get("reshaped"), reason("night-reshaped")


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
    assert house.point["most"] <= MOST_LOGS, reason("logs", logs=house.point["most"], most=MOST_LOGS)


@pytest.mark.needs("test_bell_is_quiet", "test_point_in_time")
def test_nights_go_on(house: House) -> None:
    """The night after that is as good, and on the day between the two nobody is woken.

    ja: その次の夜も同じように良く、間の1日にも、誰も起こされない。
    """
    second, rings = house.point["second"], house.point["rings"]
    assert not house.touched, reason("touched")
    assert is_good(second["judged"]), reason("second-night", night=second["night"] or "…")
    assert not rings, reason("rings-later", text=quoted(rings[0]))
    assert second["bell"]["done"], reason("second-not-done", night=second["night"])


@pytest.mark.needs("test_bell_is_quiet")
def test_bad_dump_rings(house: House) -> None:
    """A night whose dump is not whole rings, whatever cut it short.

    ja: ダンプが完全でない夜は、理由が何であれ、ベルが鳴る。
    """
    bad = house.bad
    assert not house.touched, reason("touched")
    assert "revoke" not in bad, reason("bad-revoke")
    assert "view" not in house.bad, reason("bad-view")
    assert "full" not in house.bad, reason("bad-full")
    assert "key" not in house.bad, reason("bad-key")


@pytest.mark.needs("test_bell_is_quiet")
def test_old_copy_rings(house: House) -> None:
    """A night whose dump has the rows of an earlier hour rings.

    ja: ダンプの中身がもっと前の時刻のものである夜は、ベルが鳴る。
    """
    old = house.old
    assert not house.touched, reason("touched")
    assert "stop" not in old, reason("old-stop")
    assert "cut" not in house.old, reason("old-cut")
    assert "behind" not in house.old, reason("old-behind")


@pytest.mark.needs("test_nights_go_on", "test_bad_dump_rings", "test_old_copy_rings")
def test_after_bad_nights(house: House) -> None:
    """Bad nights leave nothing readable behind, and the next one is good again.

    ja: 悪い夜のあとに、読めるものが残っていない。次の夜は、また良い。
    """
    after, left = house.after, sorted(house.left)
    assert not left, reason("plain-after", path=quoted(left[0] if left else ""))
    assert not house.touched, reason("touched")
    assert not after["furniture"], reason("furniture-later", machines=after["furniture"])
    assert house.filled <= MOST_LOGS, reason("logs-later", logs=house.filled, most=MOST_LOGS)
    assert is_good(after["judged"]), reason("after-night", night=after["night"] or "…")
    assert not after["bell"]["rings"], reason("after-rings", text=quoted(after["bell"]["rings"][0]))
    assert after["bell"]["done"], reason("after-not-done", night=after["night"])


@pytest.mark.needs("test_after_bad_nights")
def test_two_nights_are_kept(house: House) -> None:
    """After bad nights, too, two good dumps are kept, and all logs that the oldest of them needs.

    ja: 悪い夜のあとでも、良いダンプが二つ残り、そのいちばん古いものに必要なログが全部ある。
    """
    assert len(house.after["kept"]) > 1, reason("good-gone", kept=len(house.after["kept"]))
    found = house.after["morning"]
    missing, changed = found.get("missing", 0), found.get("changed", 0)
    assert is_good(found), reason("logs-gone", night=found["night"], at=found["at"], missing=missing, changed=changed)


@pytest.mark.needs("test_after_bad_nights")
def test_restored_orders_stay(house: House) -> None:
    """After all these nights the restored orders are still on the spare machine.

    ja: これらの夜のあとも、取り戻した注文は予備のマシンにそのままある。
    """
    found = house.town("/judge/spare")
    assert found.get("calm") or is_good(found), reason("spare-later", differs=differs(found))


def test_no_key_beside_the_dumps(scene: Scene, inside: list[tuple[str, list[bytes]]]) -> None:
    """No key that opens dumps lies on the machine that keeps them, nor the number of the safe.

    ja: ダンプを開く鍵も、金庫の番号も、ダンプを置くマシンに残っていない。
    """
    beside = scene.sidecar("vault")
    found = [path for path in beside.holding(KEYS, *places(scene, beside)) if holds(beside, path, KEY)]
    found += [path for path, contents in inside if any(KEY.search(one) for one in contents)]
    assert not found, reason("key-beside", path=quoted(found[0] if found else ""))
    numbers = [*beside.holding(NUMBERS, *places(scene, beside))]
    numbers += [path for path, contents in inside if any(word.encode() in one for one in contents for word in NUMBERS)]
    assert not numbers, reason("number-beside", path=quoted(numbers[0] if numbers else ""))


def test_nobody_else_reads(scene: Scene, house: House, inside: list[tuple[str, list[bytes]]]) -> None:
    """On the vault only the job and root can read rows and passwords, and change the jobs.

    ja: 保管庫で、行とパスワードを読み、ジョブを変えられるのは、ジョブと root だけである。
    """
    beside = scene.sidecar("vault")
    kept, jobs = beside.files(KEPT), beside.files(JOBS, SETTINGS)
    told = [path for path in beside.holding(["password"], JOBS, SETTINGS, "/home") if holds(beside, path, PASSWORD)]
    secrets = [*PASSWORDS, *house.names]
    found = [*beside.holding(secrets, *places(scene, beside))]
    words = re.compile("|".join(map(re.escape, secrets)).encode())
    found += [path for path, contents in inside if any(words.search(one) for one in contents)]
    loose = [
        *open_to_others(beside, [*(one.path for one in kept if one.kind == "file"), *told, *found], READ),
        *open_to_others(beside, [one.path for one in (*kept, *jobs)], WRITE),
    ]
    assert not loose, reason("open-to-all", path=quoted(loose[0] if loose else ""))


@pytest.fixture(scope="module")
def inside(scene: Scene) -> list[tuple[str, list[bytes]]]:
    """The packed files of the vault that its image does not have, and what is in each."""
    return [*packed_files(scene, scene.sidecar("vault"))]


def packed_files(scene: Scene, beside: Sidecar) -> Iterator[tuple[str, list[bytes]]]:
    """Those that lie anywhere but among the nights, where each packed file is one too many."""
    new, near = [str(row["Path"]) for row in scene.container("vault").diff() or ()], places(scene, beside)
    near = [path for path in new if is_below(path, near) and not is_below(path, (DUMPS,))]
    memory = [one.path for one in beside.files("/dev/shm")]  # noqa: S108
    for path in [one.path for one in beside.at(*near, *memory) if one.kind == "file"]:
        data = beside.read(path, MOST) or b""
        if is_packed(data):
            yield path, [*unpacked(data)]


def holds(beside: Sidecar, path: str, words: re.Pattern[bytes]) -> bool:
    """Whether a file has such words; one that is too large to be looked through is taken to have them."""
    content = beside.read(path)
    return content is None or bool(words.search(content))
