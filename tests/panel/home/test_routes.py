"""Which lessons were read, over HTTP: for the learner alone, and of lessons that there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kikori import paths
from kikori.attempts import reading
from kikori.panel.app import application
from kikori.web import Address
from web.served import served

pytestmark = pytest.mark.slow

WHY = "linux/processes/why"


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Address]:
    """A site of one page, served."""
    site = tmp_path / "html"
    site.mkdir()
    places = '<div class="kikori-home"></div><div class="kikori-map-place"></div>'
    for place in (site, site / "ja"):
        place.mkdir(exist_ok=True)
        (place / "index.html").write_text(f"<html><head></head>{places}</html>")
    (site / "other.html").write_text("<html><head></head></html>")
    with served(application(site)) as place:
        yield place


def own(at: Address) -> requests.Session:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {at.token}"
    return session


def base(at: Address) -> str:
    return f"http://127.0.0.1:{at.port}"


def put(at: Address, **asked: object) -> requests.Response:
    return own(at).post(f"{base(at)}/-/reading", json=asked, timeout=10)


def test_another_browser_has_the_marks_too(at: Address) -> None:
    assert put(at, page=WHY).json()["pages"] == [WHY]
    told = own(at).get(f"{base(at)}/-/reading", timeout=10).json()
    assert told == {"pages": [WHY], "modules": {"linux/processes": ["begun", "next"]}}
    assert put(at, page=WHY, read=False).json()["pages"] == []


def test_all_marks_go_at_once(at: Address) -> None:
    put(at, page=WHY)
    put(at, page="linux/processes/how")
    assert put(at, forget=True).json()["pages"] == []
    assert reading.pages_read() == {}


@pytest.mark.parametrize(
    "page",
    [
        "",
        "linux/processes",
        "linux/processes/card",
        "linux/processes/why/",
        "/linux/processes/why",
        "ja/linux/processes/why",
        "../../etc/passwd",
        "linux/processes/why\u0000",
        "LINUX/processes/why",
        "<script>alert(1)</script>",
        "a" * 200_000,
        "__proto__",
    ],
)
def test_what_is_no_lesson_is_refused_and_not_kept(at: Address, page: str) -> None:
    answer = put(at, page=page)
    assert (answer.status_code, answer.json()["message"]) == (409, "There is no such lesson.")
    assert len(answer.json()["hint"]) < 300
    assert not reading.file().exists()


def test_a_refusal_is_in_the_pages_language(at: Address) -> None:
    answer = own(at).post(f"{base(at)}/-/reading?lang=ja", json={"page": "x"}, timeout=10)
    assert answer.json()["message"] == "そのレッスンはありません。"


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'{"pages": ["linux/processes/why"]}',
        b'{"page": 1}',
        b'{"page": "\xff"}',
        b'{"read": "yes"}',
        b"[" * 99_999,
    ],
)
def test_what_no_page_of_ours_sends_is_refused(at: Address, body: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    answer = own(at).post(f"{base(at)}/-/reading", data=body, timeout=10)
    assert (answer.status_code, "something else than expected" in answer.json()["message"]) == (409, True)
    assert not reading.file().exists()
    assert "Traceback" not in capfd.readouterr().err


def test_more_than_a_page_may_send_is_refused(at: Address) -> None:
    answer = own(at).post(f"{base(at)}/-/reading", data=iter([b" " * 65536] * 16), timeout=10)
    assert (answer.status_code, "more than a page may send" in answer.json()["message"]) == (409, True)


def test_without_the_token_nothing_is_told_and_nothing_kept(at: Address) -> None:
    for path in ("/-/reading", "/-/home"):
        assert requests.get(f"{base(at)}{path}", timeout=10).status_code == 403
    assert requests.post(f"{base(at)}/-/reading", json={"page": WHY}, timeout=10).status_code == 403
    assert not reading.file().exists()


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}])
def test_a_page_elsewhere_marks_nothing(at: Address, headers: dict[str, str]) -> None:
    cookie = {"Cookie": f"kikori-{at.port}={at.token}"}
    answer = requests.post(f"{base(at)}/-/reading", json={"page": WHY}, headers=headers | cookie, timeout=10)
    assert answer.status_code == 403
    assert not reading.file().exists()


def test_marks_of_lessons_that_are_gone_are_not_told(at: Address) -> None:
    reading.mark("linux/gone/why", read=True)
    assert own(at).get(f"{base(at)}/-/reading", timeout=10).json()["pages"] == []


def test_a_state_folder_that_takes_nothing_is_told(at: Address) -> None:
    paths.state().parent.mkdir(parents=True, exist_ok=True)
    paths.state().write_text("no folder")
    answer = put(at, page=WHY)
    assert (answer.status_code, "can't be written" in answer.json()["message"]) == (409, True)


def test_the_home_page_is_told_in_its_language(at: Address) -> None:
    english, japanese = (
        own(at).get(f"{base(at)}/-/home", params={"lang": lang}, timeout=10).json() for lang in ("en", "ja")
    )
    assert "Start first-look" in english["hero"]
    assert "first-look を始める" in japanese["hero"]
    assert {"hero", "map"} == set(english)


def test_the_home_page_is_served_with_the_way_on_and_any_other_as_it_is(at: Address) -> None:
    english, japanese, other = (
        own(at).get(f"{base(at)}{path}", timeout=10).text for path in ("/", "/ja/", "/other.html")
    )
    assert "Start first-look" in english
    assert english.count("<progress ") == english.count("data-course=") > 0
    assert "first-look を始める" in japanese
    assert "first-look" not in other


def test_a_home_page_can_be_read_where_the_content_is_broken(
    at: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more" / "labs" / "first-look").mkdir(parents=True)
    monkeypatch.setenv("KIKORI_CONTENT", str(tmp_path / "more"))
    answer = own(at).get(f"{base(at)}/", timeout=10)
    assert (answer.status_code, "kikori-way" in answer.text) == (200, False)
