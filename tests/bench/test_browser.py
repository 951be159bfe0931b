"""What a browser keeps, and what it asks again."""

from __future__ import annotations

from random import Random

import pytest

from kikori.bench.users.browser import Browser, Browsers
from kikori.bench.users.user_session import Answer, Request

IMAGE = Request("/img/1.jpg", asset=True)


def answered(status: int, **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, b"bytes", 0.1)


def browser() -> Browser:
    return Browser(Random(1))


def test_cookies_are_sent_back_until_the_server_takes_them_away() -> None:
    mine = browser()
    seen = mine.receive(Request("/"), answered(200), ["session=abc; Path=/; HttpOnly"])
    assert (mine.headers(Request("/"))["Cookie"], seen.cookies) == ("session=abc", {"session": "abc"})
    mine.receive(Request("/"), answered(200), ["session=; Max-Age=0; Path=/"])
    assert "Cookie" not in mine.headers(Request("/"))


@pytest.mark.parametrize(
    ("line", "path", "sent"),
    [
        ("seen=1; Path=/admin", "/admin/users", True),
        ("seen=1; Path=/admin", "/administrators", False),
        ("seen=1; Path=/admin", "/", False),
        ("seen=1; Expires=Mon, 01 Jan 2024 00:00:00 GMT; Path=/", "/", False),
        ("seen=1; Expires=Mon, 01 Jan 2124 00:00:00 GMT; Path=/", "/", True),
        ("seen=1; Max-Age=60; Path=/; Secure; SameSite=Lax", "/p/1?x=2", True),
        ("seen=1; Domain=elsewhere.example; Path=/", "/", False),
        ("seen=1", "/login/more", True),
        ("seen=1", "/", False),
    ],
)
def test_a_cookie_goes_where_it_belongs_as_long_as_it_lasts(line: str, path: str, sent: bool) -> None:
    mine = browser()
    mine.receive(Request("/login/form"), answered(200), [line])
    assert ("seen=1" in mine.headers(Request(path)).get("Cookie", "")) is sent


def test_a_cookie_is_sent_back_as_it_was_written() -> None:
    """A service quotes what has a comma or a semicolon in it, and reads its own quotes again."""
    mine = browser()
    seen = mine.receive(Request("/"), answered(200), ['cart="1\\0542\\073"; Path=/'])
    assert mine.headers(Request("/"))["Cookie"] == 'cart="1\\0542\\073"'
    assert seen.cookies == {"cart": '"1\\0542\\073"'}


def test_a_later_cookie_of_the_same_name_and_path_takes_the_place_of_the_first() -> None:
    mine = browser()
    mine.receive(Request("/"), answered(200), ["session=abc; Path=/"])
    mine.receive(Request("/"), answered(200), ["session=def; Path=/"])
    assert mine.headers(Request("/"))["Cookie"] == "session=def"


def test_a_cookie_of_the_request_stands_in_the_place_of_the_browsers_own() -> None:
    mine = browser()
    mine.receive(Request("/"), answered(200), ["session=abc"])
    assert mine.headers(Request("/", cookie="session=old"))["Cookie"] == "session=old"


def test_what_is_fresh_is_not_asked_for() -> None:
    mine = browser()
    assert mine.at_hand(IMAGE) is None
    mine.receive(IMAGE, answered(200, Cache_Control="max-age=60"), [])
    kept = mine.at_hand(IMAGE)
    assert kept is not None
    assert (kept.body, kept.kept) == (b"bytes", True)


def test_a_page_is_always_asked_for() -> None:
    mine = browser()
    mine.receive(Request("/"), answered(200, Cache_Control="max-age=60"), [])
    assert mine.at_hand(Request("/")) is None


def test_what_is_stale_is_asked_for_by_its_validators_and_used_again_on_304() -> None:
    mine = browser()
    mine.receive(IMAGE, answered(200, ETag='"x"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT"), [])
    headers = mine.headers(IMAGE)
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"x"', "Mon, 01 Jan 2024 00:00:00 GMT")
    seen = mine.receive(IMAGE, Answer(304, {}, b"", 0.1), [])
    assert (seen.status, seen.body, seen.kept) == (200, b"bytes", True)


def test_what_may_not_be_kept_is_not() -> None:
    mine = browser()
    mine.receive(IMAGE, answered(200, Cache_Control="no-store", ETag='"x"'), [])
    assert "If-None-Match" not in mine.headers(IMAGE)
    mine.receive(IMAGE, answered(200, Cache_Control="no-cache", ETag='"x"'), [])
    assert mine.at_hand(IMAGE) is None
    assert mine.headers(IMAGE)["If-None-Match"] == '"x"'


def test_nothing_in_its_headers_says_benchmark_and_no_two_are_alike_for_long() -> None:
    seen = {tuple(Browser(Random(number)).headers(Request("/")).items()) for number in range(20)}
    assert len(seen) > 10
    assert not any(word in str(seen).lower() for word in ("kikori", "bench", "python", "aiohttp"))


def test_each_person_of_a_visit_has_a_browser_that_stays_the_same() -> None:
    people = Browsers(Random(1))
    assert people[0] is people[0]
    assert people[0] is not people[1]
