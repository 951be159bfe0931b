"""What becomes of users, photos and sessions where a disk gets full, and when an hour has gone by?"""

import time
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from photos import COUNT, sums_of_site
from server_copy import CONFIGURATION, MINUTES, ServerCopy, server_copy
from sessions import files

from kikori.grading import Scene, eventually, reasons

reason = reasons(__file__)

CREWS = 700
"""How many sign in one after the other."""
LARGE, MANY = 3 * 2**20, 12
"""Bytes of a large photo, and how many of them no data disk can take."""
SAFELY, EDGE = 180, 20
"""Seconds after and before a session's end that leave no doubt."""
IN_TIME = 15
"""Seconds within which a session that is about to end has to be asked for."""
YEAR = 365 * 24 * 3600

pytestmark = [pytest.mark.needs("test_upload"), pytest.mark.timeout(60)]


@pytest.fixture(scope="module")
def minutes(scene: Scene) -> int:
    """How long a session lasts on the replica; longer than on the learner's own server."""
    return scene.draw("minutes").randrange(65, 95)


@pytest.fixture(scope="module")
def spare(scene: Scene, minutes: int) -> Iterator[ServerCopy]:
    """A replica of the server, as after a restart."""
    with server_copy(scene, minutes) as found:
        yield found


@pytest.fixture(scope="module")
def is_configured(scene: Scene) -> bool:
    """Whether the configuration still says how long a session lasts."""
    return bool(MINUTES.search(scene.read("web", CONFIGURATION)))


def tidied(spare: ServerCopy, crew: str, age: float, *kept: str, before: float = 0) -> bool:
    """Let one session have ended, and others be about to; gives whether nothing is left of the former."""
    (_, ended), *_ = spare.sign_in(crew)
    if not (found := files(spare.beside, [ended])):
        return True
    spare.beside.date(*files(spare.beside, kept), at=time.time() - before)
    spare.beside.date(*found, at=time.time() - age)
    spare.sign_in(crew)  # a service may also tidy up when the next crew comes
    return not eventually(lambda: files(spare.beside, [ended]), lambda left: not left, within=8)


def test_many_crews_can_sign_in(scene: Scene, spare: ServerCopy) -> None:
    """A rush of crews can sign in, on a server that was started anew with the same files.

    ja: 同じファイルで新しく起動したサーバーに、大勢の班が続けてサインインできる。
    """
    assert spare.is_up(), reason("many-crews-can-sign-in")
    refused = [answer for answer, _ in spare.sign_in(scene.params["crew"], CREWS) if answer.status != 201]
    assert not refused, reason("many-crews-can-sign-in-2", crews=CREWS, count=len(refused), refused=refused[0])


@pytest.mark.needs("test_many_crews_can_sign_in")
def test_crews_are_told_what_is_kept(scene: Scene, spare: ServerCopy) -> None:
    """A crew is told that its photo is kept only if it is, on a full disk too.

    ja: ディスクがいっぱいのときでも、保存されたと伝えられた写真は、必ず保存されている。
    """
    (_, cookie), *_ = spare.sign_in(scene.params["crew"])
    lost = [answer for answer, back in spare.fill(cookie, LARGE, MANY) if 200 <= answer.status < 300 and not back]
    assert not lost, reason("crews-are-told-what-is-kept", count=len(lost), lost=lost[0])


@pytest.mark.needs("test_many_crews_can_sign_in")
def test_configuration_says_how_long(scene: Scene, spare: ServerCopy, minutes: int, is_configured: bool) -> None:
    """A session lasts as long as the service's configuration says, to the end.

    ja: セッションは、サービスの設定にある時間の終わりまで続く。
    """
    crew = scene.params["crew"]
    if not is_configured:
        return
    for _ in range(2):
        (_, cookie), *_ = spare.sign_in(crew)
        begun = time.monotonic()
        gone = tidied(spare, crew, 60 * minutes + SAFELY, cookie, before=60 * minutes - EDGE)
        answer = spare.get("/me", cookie)
        if time.monotonic() - begun < IN_TIME:  # else the computer was too busy for a verdict
            break
    else:
        return
    assert answer.status == 200, reason("configuration-says-how-long", minutes=minutes, edge=EDGE, answer=answer)
    assert gone, reason("configuration-says-how-long-2", minutes=minutes, safely=SAFELY // 60)


@pytest.mark.needs("test_configuration_says_how_long")
def test_old_photos_stay(scene: Scene, spare: ServerCopy, minutes: int) -> None:
    """Photos stay, however old they are.

    ja: 写真は、どれほど古くなっても残る。
    """
    sums = sums_of_site(scene)
    names = [sha[:16] for sha in sums]
    photos = spare.beside.files("/data", "/", names=tuple(f"*{name}*" for name in names))
    spare.beside.date(*(file.path for file in photos if file.kind == "file"), at=time.time() - YEAR)
    for _ in range(2):  # once they are old, each job has had its turn
        tidied(spare, scene.params["crew"], 60 * minutes + SAFELY)
    lost = sum(seen != wanted for seen, wanted in zip(spare.sums(*names), sums, strict=True))
    assert not lost, reason("old-photos-stay", lost=lost, count=COUNT)


@pytest.mark.needs("test_configuration_says_how_long")
def test_sign_in_after_a_quiet_hour(scene: Scene, spare: ServerCopy, is_configured: bool) -> None:
    """A crew can sign in although nobody was there for longer than a session lasts.

    ja: 誰も使わないままセッションの続く時間が過ぎても、そのあとで班がサインインできる。
    """
    (_, cookie), *_ = spare.sign_in(scene.params["crew"])
    if not is_configured or not (found := files(spare.beside, [cookie])):
        return
    folder = str(PurePosixPath(found[0]).parent)
    spare.configure(0)  # all that is left has ended, the folder is as old as the last of them
    for _ in range(2):
        left = eventually(lambda: spare.beside.files(folder), lambda seen: len(seen) <= 1, within=4)
        answer = eventually(
            lambda: spare.sign_in(scene.params["crew"])[0][0], lambda seen: seen.status == 201, within=3
        )
        assert answer.status == 201, reason("sign-in-after-a-quiet-hour", answer=answer)
        if len(left) > 1:
            break  # it is told of the new length at its start alone
