"""What a browser keeps, what it gets compressed, and what it is told anew each time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kikori.panel.app import application
from kikori.web import Address
from web.served import served

pytestmark = pytest.mark.slow

STYLE = "p { color: red }\n" * 200
HASHED = "main.0123abcd.min.css"
DIAGRAM = "0123456789ab.svg"
PAGE = f"<html><head></head><body>{'<p>Text.</p>' * 200}</body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of one page, with files that are named by their hash and one that is not."""
    site = tmp_path / "html"
    site.mkdir()
    (site / "index.html").write_text(PAGE)
    for name in (HASHED, "kikori.css"):
        (site / name).write_text(STYLE)
    (site / DIAGRAM).write_text("<svg></svg>")
    (site / "photograph.png").write_bytes(b"\x89PNG" + bytes(5000))
    return site


@pytest.fixture
def at(folder: Path) -> Iterator[Address]:
    """The site, served."""
    with served(application(folder)) as place:
        yield place


def get(at: Address, path: str, **headers: str) -> requests.Response:
    """Ask as a browser that was given the token; nothing is compressed unless it says so."""
    said = {"Authorization": f"Bearer {at.token}", "Accept-Encoding": "identity"} | headers
    return requests.get(f"http://127.0.0.1:{at.port}/{path}", headers=said, timeout=10)


def sent(answer: requests.Response) -> int:
    """Bytes of a body as they were sent."""
    return int(answer.headers["Content-Length"])


@pytest.mark.parametrize("path", ["", "kikori.css", HASHED, "-/static/xterm/xterm.mjs", "-/static/panel.js"])
def test_what_is_text_is_compressed_for_whoever_reads_that(at: Address, path: str) -> None:
    plain, packed = get(at, path), get(at, path, **{"Accept-Encoding": "br, gzip;q=0.5"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert sent(packed) < sent(plain) / 2
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert path == "" or packed.text == plain.text


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.000, br", "gzipped"])
def test_nothing_is_compressed_for_whoever_does_not_read_it(at: Address, accepted: str) -> None:
    assert "Content-Encoding" not in get(at, "kikori.css", **{"Accept-Encoding": accepted}).headers


def test_a_picture_is_not_compressed_again(at: Address) -> None:
    assert "Content-Encoding" not in get(at, "photograph.png", **{"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("name", [HASHED, DIAGRAM])
def test_a_file_that_is_named_by_its_hash_is_kept_for_ever(at: Address, name: str) -> None:
    assert "immutable" in get(at, name).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["kikori.css", "photograph.png", "-/static/panel.js"])
@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_any_other_file_is_sent_once_until_it_changes(at: Address, path: str, accepted: str) -> None:
    first = get(at, path, **{"Accept-Encoding": accepted})
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = get(at, path, **{"Accept-Encoding": accepted, "If-None-Match": f'"x", {first.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_a_changed_file_is_sent_as_it_is_now(at: Address, folder: Path, accepted: str) -> None:
    file = folder / "kikori.css"
    first = get(at, file.name, **{"Accept-Encoding": accepted})
    file.write_text(STYLE.replace("red", "tan"))  # as long as before
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1_000_000))
    now = get(at, file.name, **{"Accept-Encoding": accepted, "If-None-Match": first.headers["ETag"]})
    assert (now.status_code, "tan" in now.text) == (200, True)


def test_a_page_is_never_kept_since_its_nonce_counts_once(at: Address) -> None:
    answers = [get(at, "", **{"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert {one.headers["Cache-Control"] for one in answers} == {"no-store"}
    assert answers[0].text != answers[1].text


def test_what_is_compressed_keeps_its_policy(at: Address) -> None:
    for path in ("", "kikori.css"):
        answer = get(at, path, **{"Accept-Encoding": "gzip"})
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = get(at, "", **{"Accept-Encoding": "gzip"})
    nonce = page.text.split('nonce="')[1].split('"')[0]
    assert f"'nonce-{nonce}'" in page.headers["Content-Security-Policy"]


def test_a_folder_of_our_own_scripts_is_no_page_and_leads_nowhere_else(at: Address) -> None:
    assert get(at, "-/static/xterm/").status_code == 404
    assert get(at, "-/static/..%2fapp.py").status_code == 404
