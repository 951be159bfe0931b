"""Are the choir's visitors served, its webmaster let in, and its pictures there?"""

import hashlib
import re
import secrets
import time
from collections.abc import Callable

import pytest
from box import lines
from counting import FRESH, LONGER, SITE, counted_soon, grown

from conftest import Outside, changed_at
from kikori.grading import Answer, Scene, eventually, reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(150)  # containers of our own, and logins, on a busy machine

MINUTE = 60
DESKS = ("desk-1", "desk-2")
OWN_JOB, ITS_WORK = "/etc/often/room", "/run/room"
RUNS = ("run-parts: executing /srv/site/jobs/count", "run-parts: executing /etc/often/room")
CHECKED, COUNT = "/srv/site/pictures/choir-check.jpg", "/srv/site/pages/count.txt"
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
    assert outside.lasts("webmaster", "site"), reason("webmaster-limited")
    seen = counted_soon(scene)
    assert seen.is_fresh or seen.at > time.time(), reason("count") if seen.at else reason("no-count")
    assert seen.is_right, reason("wrong-count", count=seen.count, at=seen.at)
    then = grown(scene, seen)
    assert then.after.is_fresh, reason("count")
    before, after = then.before.count, then.after.count
    assert then.is_right, reason("counts-something-else", more=then.more, before=before, after=after)
    assert any(file.mode & 0o111 for file in scene.files("web", OWN_JOB)), reason("own-job")
    works = eventually(lambda: time.time() - changed_at(scene, ITS_WORK) < FRESH, bool, within=10)
    assert works, reason("own-job-idle")
    others = eventually(lambda: run_by_others(scene), lambda found: not found, within=5)
    assert not others, reason("run-by-others", called=others[0])


def run_by_others(scene: Scene) -> list[str]:
    """Give what strangers can reach and another user runs than did before, by whose files it writes or by its process.

    Who is root may change the first; of the second the kernel tells.
    """
    written = ((CHECKED, "/cgi/send.cgi"), (COUNT, "/srv/site/jobs/count"))
    found = [name for path, name in written if any(file.owner != SITE for file in scene.files("web", path))]
    beside = scene.sidecar("web").processes()
    found += [one.program for one in beside if one.program == "fcgiwrap" and {*one.uids} != {SITE}]
    return found + ["nginx: worker process" for one in beside if one.command == "nginx: worker process" and one.is_root]


@pytest.mark.guard
def test_staff_gets_in(outside: Outside) -> None:
    """Staff can log in as root with each of their keys.

    ja: 社員は、どちらの鍵を使っても root でログインできる。
    """
    for desk in DESKS:
        assert eventually(lambda key=desk: outside.gets_in(key, "root"), bool, within=5), reason("staff", key=desk)
        assert outside.lasts(desk, "root"), reason("staff-limited", key=desk)


@pytest.mark.needs("test_choir_has_what_it_had", "test_staff_gets_in")
def test_logs_go_on(scene: Scene, outside: Outside) -> None:
    """What happens on the server now goes into its logs: requests, logins, and runs of the jobs.

    ja: サーバーでいま起きていること（リクエスト、ログイン、ジョブの実行）が、ログに書かれ続けている。
    """
    mark, begun = secrets.token_hex(6), time.strftime("%Y-%m-%d_%H:%M:%S", time.gmtime())
    stranger, logins = f"guest-{mark}", [f" port {port} " for port in outside.ports]
    outside.try_in_vain(stranger)
    is_shut_out = not eventually(lambda: outside.gets_in(DESKS[0], "root"), bool, within=5)
    asked = [f"/?visit={mark}", f"/old/{mark}.php", f"/cgi/album.cgi?visit={mark}"]
    for path in asked:
        scene.get("web", path)
    assert goes_on(scene, "access", *(lambda line, path=path: path in line for path in asked)), reason("off-access")
    came = [lambda line, port=port: "Accepted" in line and port in line for port in logins]
    assert goes_on(scene, "sshd", *came), reason("off-sshd")
    refused = re.compile(rf" root (?:from )?{re.escape(outside.address)} port \d")
    in_vain = (lambda line: stranger in line, lambda line: is_in_vain(line, refused, begun))
    assert goes_on(scene, "sshd", *in_vain), reason("off-refused")
    runs = [lambda line, run=run: run in line and line > begun for run in RUNS]
    assert goes_on(scene, "jobs", *runs), reason("off-jobs")
    assert not is_shut_out, reason("shut-out")


def is_in_vain(line: str, refused: re.Pattern[str], begun: str) -> bool:
    """Whether a line tells of somebody who was not let in as root."""
    return line > begun and "Accepted" not in line and " from user root " not in line and bool(refused.search(line))


def goes_on(scene: Scene, log: str, *wanted: Callable[[str], bool]) -> bool:
    """Whether a line of each kind comes to a log, sooner or later."""

    def look() -> bool:
        written = [*lines(scene, log)]
        return all(any(map(one, written)) for one in wanted)

    return eventually(look, bool, within=LONGER, every=0.5)


def unlike(scene: Scene, outside: Outside, names: list[str]) -> list[str]:
    """Give those pictures that are not shown as they were sent last; each may be sent again at any moment."""
    seen = {name: hashlib.sha256(scene.get("web", f"/pictures/{name}").text.encode()).hexdigest() for name in names}
    sent = outside.book["pictures"]
    return [name for name in names if sent.get(name, seen[name]) != seen[name]]
