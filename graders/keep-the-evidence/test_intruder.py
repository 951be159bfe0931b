"""Is the intruder out, and does he stay out?"""

import pytest
from conftest import Outside, clock

from kikori.grading import Scene, eventually, reasons, say

reason = reasons(__file__)

BACK = 4
"""Seconds within which what watches over the process would have begun it again: it looks each second."""
KEPT = (
    "test_process_is_in_the_box",
    "test_connection_is_in_the_box",
    "test_program_is_in_the_box",
    "test_files_are_in_the_box",
    "test_logs_are_in_the_box",
)


def words(ways: set[str]) -> list[str]:
    """Ways in words, as one sees them from outside."""
    told = {
        "upload": say("a file that he had sent as a picture ran", "写真として送ったファイルが実行された"),
        "page": say("a page of his among the site's programs answered", "サイトのプログラムの中で、侵入者のページが答えた"),
        "root": say("he logged in as root", "root でログインできた"),
        "site": say("he logged in as site", "site でログインできた"),
    }
    return [told[way] for way in sorted(ways)]


def test_nobody_is_inside(outside: Outside) -> None:
    """No process of the intruder is connected to him, and none comes back by itself.

    ja: 侵入者のプロセスは一つも接続しておらず、ひとりでに戻ってくるものもない。
    """
    seen = eventually(outside.inside, bool, within=BACK)
    assert not seen, reason("inside", pid=seen[-1]["pid"], since=clock(seen[-1]["began"]))


def test_ways_are_shut(outside: Outside) -> None:
    """The intruder tries everything again, from his address and from others, and gets in nowhere.

    ja: 侵入者が、自分のアドレスからも別のアドレスからも、すべてをもう一度試し、どこからも入れない。
    """
    found = outside.open_ways()
    assert not found, reason("open", ways=words(found))


@pytest.mark.needs("test_choir_has_what_it_had", "test_nobody_is_inside", "test_ways_are_shut", *KEPT)
def test_stays_out(scene: Scene, outside: Outside) -> None:
    """After a restart of the server the site is there, and the intruder still gets in nowhere.

    ja: サーバーを再起動してもサイトはあり、侵入者はやはりどこからも入れない。
    """
    with scene.paused("customers"):
        scene.restart("web", patience=5)
        page = eventually(lambda: scene.get("web", "/"), lambda seen: seen.status == 200, within=15)
    assert page.status == 200, reason("restart", seen=page)
    eventually(outside.webmaster_gets_in, bool, within=10)
    found = outside.open_ways()
    assert not found, reason("open-again", ways=words(found))
    seen = eventually(outside.inside, bool, within=BACK)
    assert not seen, reason("inside-again", pid=seen[-1]["pid"], since=clock(seen[-1]["began"]))
