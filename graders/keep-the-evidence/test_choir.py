"""Are the choir's visitors served, its webmaster let in, and its pictures there?"""

import hashlib
import secrets
import time
from collections.abc import Callable

import pytest
from box import lines
from counting import FRESH, LONGER, counted_soon, grown

from conftest import Outside, changed_at
from kikori.grading import Answer, Scene, eventually, reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(150)  # containers of our own, and logins, on a busy machine

MINUTE = 60
DESKS = ("desk-1", "desk-2")
OWN_JOB, ITS_WORK = "/etc/often/room", "/run/room"
RUN = "run-parts: executing /srv/site/jobs/count"
SHOWN = 6
"""So many names a reason tells."""


@pytest.mark.guard
def test_visitors_are_served(scene: Scene, outside: Outside) -> None:
    """Visitors see page and album, members send pictures and see them, and were without it for a minute at most.

    ja: 訪問者はページとアルバムを見られ、団員は写真を送って見られる。応答のない時間は、合わせて1分までである。
    """
    page = eventually(lambda: scene.get("web", "/"), lambda seen: "sing on Thursdays" in seen.text, within=5)
    assert "sing on Thursdays" in page.text, reason("page", seen=page)
    picture = secrets.token_hex(400)
    sent, back = eventually(lambda: shown(scene, picture), lambda seen: all(one.status for one in seen), within=15)
    assert (sent.status, back.text) == (201, picture), reason("picture", sent=sent.status, back=back.status)
    album = scene.get("web", "/cgi/album.cgi")
    assert "choir-check.jpg" in album.text.split(), reason("album", seen=album)
    book = outside.book
    assert book["lost"] <= MINUTE, reason("minute", lost=book["lost"], last=book["last"])


def shown(scene: Scene, picture: str) -> tuple[Answer, Answer]:
    """What a member is told who sends a picture, and what they see who look at it."""
    sent = scene.ask("POST", "web", "/cgi/send.cgi?name=choir-check.jpg", data=picture.encode())
    return sent, scene.get("web", "/pictures/choir-check.jpg")


@pytest.mark.needs("test_visitors_are_served")
def test_choir_has_what_it_had(scene: Scene, outside: Outside) -> None:
    """The webmaster can log in and change pages, pictures are as they were sent, and the jobs go on.

    ja: ウェブ管理者はログインしてページを変えられる。写真は送られたままで、ジョブも動き続けている。
    """
    assert eventually(lambda: outside.gets_in("webmaster", "site"), bool, within=5), reason("webmaster")
    gone = unlike(scene, outside, sorted(outside.book["pictures"]))
    gone = gone and eventually(lambda: unlike(scene, outside, gone), lambda found: not found, within=4, every=0.5)
    assert not gone, reason("gone", gone=gone[:SHOWN])
    seen = counted_soon(scene)
    assert seen.is_fresh or seen.at > time.time(), reason("count") if seen.at else reason("no-count")
    assert seen.is_right, reason("wrong-count", count=seen.count, at=seen.at)
    then = grown(scene, seen)
    before, after = then.before.count, then.after.count
    assert then.is_right, reason("counts-something-else", more=then.more, before=before, after=after)
    assert any(file.mode & 0o111 for file in scene.files("web", OWN_JOB)), reason("own-job")
    works = eventually(lambda: time.time() - changed_at(scene, ITS_WORK) < FRESH, bool, within=10)
    assert works, reason("own-job-idle")


@pytest.mark.guard
def test_staff_gets_in(outside: Outside) -> None:
    """Staff can log in as root with each of their keys.

    ja: 社員は、どちらの鍵を使っても root でログインできる。
    """
    for desk in DESKS:
        assert eventually(lambda key=desk: outside.gets_in(key, "root"), bool, within=5), reason("staff", key=desk)


@pytest.mark.needs("test_choir_has_what_it_had", "test_staff_gets_in")
def test_logs_go_on(scene: Scene, outside: Outside) -> None:
    """What happens on the server now goes into its logs: requests, logins, and runs of the jobs.

    ja: サーバーでいま起きていること（リクエスト、ログイン、ジョブの実行）が、ログに書かれ続けている。
    """
    mark, begun = secrets.token_hex(6), time.strftime("%Y-%m-%d_%H:%M:%S", time.gmtime())
    scene.get("web", f"/?visit={mark}")
    logins = [f" port {port} " for port in outside.ports]
    assert goes_on(scene, "access", lambda line: mark in line), reason("off-access")
    assert goes_on(scene, "sshd", lambda line: any(one in line for one in logins)), reason("off-sshd")
    assert goes_on(scene, "jobs", lambda line: RUN in line and line > begun), reason("off-jobs")


def goes_on(scene: Scene, log: str, wanted: Callable[[str], bool]) -> bool:
    """Whether a line comes to a log, sooner or later."""
    return eventually(lambda: any(map(wanted, lines(scene, log))), bool, within=LONGER, every=0.5)


def unlike(scene: Scene, outside: Outside, names: list[str]) -> list[str]:
    """Give those pictures that are not shown as they were sent last; each may be sent again at any moment."""
    seen = {name: hashlib.sha256(scene.get("web", f"/pictures/{name}").text.encode()).hexdigest() for name in names}
    sent = outside.book["pictures"]
    return [name for name in names if sent.get(name, seen[name]) != seen[name]]
