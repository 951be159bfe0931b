"""Are the choir's visitors served, its webmaster let in, and its pictures there?"""

import hashlib
import secrets
import time

import pytest

from conftest import Outside
from kikori.grading import Scene, eventually, reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(150)  # containers of our own, and logins, on a busy machine

MINUTE = 60
FRESH, SOME = 6, 6


@pytest.mark.guard
def test_visitors_are_served(scene: Scene, outside: Outside) -> None:
    """Visitors see the page, members send pictures and see them, and were without it for a minute at most.

    ja: 訪問者はページを見られ、団員は写真を送って見られる。応答のない時間は、合わせて1分までである。
    """
    page = eventually(lambda: scene.get("web", "/"), lambda seen: "sing on Thursdays" in seen.text, within=5)
    assert "sing on Thursdays" in page.text, reason("page", seen=page)
    picture = secrets.token_hex(400)
    sent = scene.ask("POST", "web", "/cgi/send.cgi?name=choir-check.jpg", data=picture.encode())
    back = scene.get("web", "/pictures/choir-check.jpg")
    assert (sent.status, back.text) == (201, picture), reason("picture", sent=sent.status, back=back.status)
    book = outside.book
    assert book["lost"] <= MINUTE, reason("minute", lost=book["lost"], last=book["last"])


@pytest.mark.needs("test_visitors_are_served")
def test_choir_has_what_it_had(scene: Scene, outside: Outside) -> None:
    """The webmaster can log in and change pages, pictures are as they were sent, and they are counted.

    ja: ウェブ管理者はログインしてページを変えられる。写真は送られたままで、数え続けられている。
    """
    assert outside.webmaster_gets_in(), reason("webmaster")
    sent = outside.book["pictures"]
    chosen = scene.draw("pictures").sample(sorted(sent), min(SOME, len(sent)))
    gone = eventually(lambda: unlike(scene, outside, chosen), lambda found: not found, within=4, every=0.5)
    assert not gone, reason("gone", gone=gone)
    counted = eventually(lambda: last_count(scene), lambda at: at > time.time() - FRESH, within=10)
    assert counted > time.time() - FRESH, reason("count") if counted else reason("no-count")


def unlike(scene: Scene, outside: Outside, names: list[str]) -> list[str]:
    """Give those pictures that are not shown as they were sent last; each may be sent again at any moment."""
    seen = {name: hashlib.sha256(scene.get("web", f"/pictures/{name}").text.encode()).hexdigest() for name in names}
    sent = outside.book["pictures"]
    return [name for name in names if sent.get(name, seen[name]) != seen[name]]


def last_count(scene: Scene) -> float:
    """When the pictures were last counted; 0 where nothing says so."""
    words = scene.get("web", "/count.txt").text.split()
    return float(words[1]) if len(words) == 2 and words[1].isdigit() else 0
