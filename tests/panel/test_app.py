"""What the server answers without an engine: pages and their policy, panels, drafts, and a shell in the workspace."""

from __future__ import annotations

import hashlib
import json
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests
from websockets.sync.client import ClientConnection, connect

from kikori import paths
from kikori.attempts import Store
from kikori.model import Attempt, Stage
from kikori.panel import jobs
from kikori.panel.app import application
from kikori.web import Address, connections
from web.served import served

pytestmark = pytest.mark.slow

LAB = "silent-exit"
SCRIPT = "document.title = 'own'"
STYLE = "p { color: red }"
HEAD = f"<head><title>x</title><style>{STYLE}</style></head>"
PAGE = f"<html>{HEAD}<body><script>{SCRIPT}</script><div data-lab='{LAB}'></div></body></html>"


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Address]:
    """A site of one page, served."""
    site = tmp_path / "html"
    (site / "labs").mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    (site / "labs" / "index.html").write_text("<html><head></head></html>")
    for lang, place in (("en", site), ("ja", site / "ja")):
        place.mkdir(exist_ok=True)
        (place / "404.html").write_text(f"<html lang={lang}><head></head><script>{SCRIPT}</script></html>")
    (tmp_path / "secret.html").write_text("secret")
    with served(application(site)) as place:
        yield place


@pytest.fixture
def attempt(own_places: Path) -> Attempt:
    """A fixed attempt at a lab with a workspace, as the commands leave one."""
    folder = own_places / "workspaces" / LAB
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("hello")
    store = Store()
    found = store.save(
        Attempt(
            id=f"{LAB}-abc123",
            lab=LAB,
            learner="ada",
            seed=1,
            params={},
            stage=Stage.FIXED,
            fault="privileged-port",
            workspace=str(folder),
        )
    )
    store.record(found, "broke")
    return found


def own(at: Address) -> requests.Session:
    """A browser that was given the token."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {at.token}"
    return session


def base(at: Address) -> str:
    return f"http://127.0.0.1:{at.port}"


def test_a_page_runs_its_own_scripts_by_their_hashes_and_ours(at: Address) -> None:
    answer = own(at).get(f"{base(at)}/", timeout=10)
    digest = b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]
    assert "/-/static/panel.js" in answer.text
    nonces = [own(at).get(f"{base(at)}/", timeout=10).text.split('nonce="')[1].split('"')[0] for _ in range(2)]
    assert nonces[0] != nonces[1]


def test_a_page_has_its_own_styles_by_their_digests_and_no_others(at: Address) -> None:
    policy = own(at).get(f"{base(at)}/", timeout=10).headers["content-security-policy"]
    (styles,) = (part for part in policy.split("; ") if part.startswith("style-src "))
    assert f"'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'" in styles
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize(("path", "lang"), [("/nothing", "en"), ("/ja/nothing", "ja"), ("/ja/a/b/", "ja")])
def test_what_is_not_there_is_answered_by_a_page_of_the_site(at: Address, path: str, lang: str) -> None:
    answer = own(at).get(f"{base(at)}{path}", timeout=10)
    assert (answer.status_code, f"<html lang={lang}>" in answer.text) == (404, True)
    assert "/-/static/panel.js" in answer.text
    assert "'sha256-" in answer.headers["content-security-policy"].split("script-src")[1]
    assert "<html" not in own(at).get(f"{base(at)}/-/nothing", timeout=10).text


@pytest.mark.parametrize(
    "path", ["/nothing", "/..%2fsecret.html", "/%2e%2e/secret.html", "/labs/%2e%2e/%2e%2e/secret.html"]
)
def test_only_the_site_itself_is_served(at: Address, path: str) -> None:
    answer = own(at).get(f"{base(at)}{path}", timeout=10)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/" + "a" * 300, "/" + "a/" * 3000, "/labs/" + "%F0%9F%8C%B2" * 100])
def test_an_address_that_no_file_can_have_is_not_there(
    at: Address, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert own(at).get(f"{base(at)}{path}", timeout=10).status_code == 404
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "path", ["/%00", "/labs/%00", "/-/stream/%00", "/-/draft/%00", "/-/static/%00", "/-/debrief/a%00"]
)
def test_an_address_with_a_nul_breaks_nothing(at: Address, path: str, capfd: pytest.CaptureFixture[str]) -> None:
    answer = own(at).get(f"{base(at)}{path}", timeout=10)
    assert (answer.status_code, "No page of mine" in answer.text) == (403, True)
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "body",
    [
        b'{"component": 1e400}',
        b'{"answers": ' + b'{"seen": ' * 20_000,
        b'{"answers": ' + b"[" * 100_000,
        b'{"more": ' + b"[" * 100_000,
        b'{"component": "\xff"}',
        b'{"component": "\\ud800"}',
        b"[]",
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    at: Address, attempt: Attempt, body: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    for path in (f"/-/draft/{LAB}", f"/-/do/{LAB}/explain"):
        answer = own(at).post(f"{base(at)}{path}", data=body, timeout=10)
        assert (answer.status_code, "something else than expected" in answer.json()["message"]) == (409, True)
    assert "Traceback" not in capfd.readouterr().err


def test_more_than_a_page_may_send_is_refused_before_all_of_it_is_here(at: Address, attempt: Attempt) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(64):
            yield b" " * 65536

    answer = own(at).post(f"{base(at)}/-/draft/{LAB}", data=endless(), timeout=10)
    assert (answer.status_code, "more than a page may send" in answer.json()["message"]) == (409, True)


def test_a_folder_is_its_index(at: Address) -> None:
    assert own(at).get(f"{base(at)}/labs", timeout=10).url == f"{base(at)}/labs/"


def test_a_command_that_is_none_is_not_begun(at: Address) -> None:
    assert own(at).post(f"{base(at)}/-/do/{LAB}/format", timeout=10).status_code == 404
    answer = own(at).post(f"{base(at)}/-/do/first-lok/start", timeout=10)
    assert (answer.status_code, "first-look" in answer.json()["hint"]) == (409, True)


def first_panel(at: Address) -> dict[str, object]:
    """What a panel is told first."""
    with own(at).get(f"{base(at)}/-/stream/{LAB}", stream=True, timeout=20) as answer:
        lines = answer.iter_lines(decode_unicode=True)
        while next(lines) != "event: panel":
            pass
        return dict(json.loads(next(lines).removeprefix("data: ")))


def test_a_panel_tells_where_the_attempt_stands(at: Address, attempt: Attempt) -> None:
    told = first_panel(at)
    assert (told["running"], told["stage"], told["workspace"]) == (True, "mended", True)
    assert Store().running()[0].id == attempt.id


def test_a_panel_without_an_attempt_offers_the_start(at: Address) -> None:
    assert first_panel(at)["running"] is False


def test_own_progress_is_told(at: Address, attempt: Attempt) -> None:
    assert own(at).get(f"{base(at)}/-/progress", timeout=10).json() == {LAB: "mended"}


def test_a_draft_is_the_file_that_explain_opens(at: Address, attempt: Attempt) -> None:
    session = own(at)
    asked = {"answers": {"seen": "Nobody could order."}, "component": "web", "cause": "privileged-port"}
    told = session.post(f"{base(at)}/-/draft/{LAB}", json=asked, timeout=10).json()
    assert any(problem["prompt"] == "seen" for problem in told["problems"]), "too short, by the same rules as explain"
    text = (Store().folder(attempt.id) / "explanation.md").read_text()
    assert "Nobody could order." in text
    assert "cause: privileged-port" in text
    again = session.get(f"{base(at)}/-/draft/{LAB}", timeout=10).json()
    assert ["Nobody could order." in text for name, _, text in again["prompts"] if name == "seen"] == [True]
    assert again["cause"] == "privileged-port"


def test_an_answer_of_a_round_that_has_ended_is_not_kept(at: Address, attempt: Attempt) -> None:
    before = str(first_panel(at)["round"])
    Store().record(attempt, "broke", fault="unreadable-config")
    now = str(first_panel(at)["round"])
    for shown, status in ((before, 409), (now, 200)):
        asked = {"answers": {"seen": f"Written in {shown}."}, "round": shown}
        assert own(at).post(f"{base(at)}/-/draft/{LAB}", json=asked, timeout=10).status_code == status
    assert f"Written in {now}." in (Store().folder(attempt.id) / "explanation.md").read_text()


def test_a_break_that_takes_something_away_is_not_begun_before_it_was_agreed_to(
    at: Address, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    for action in ("break", "another"):
        place = f"{base(at)}/-/do/{LAB}/{action}"
        for lang, told in (("en", "never submitted"), ("ja", "まだ提出していません")):
            assert told in own(at).post(f"{place}?lang={lang}", timeout=10).json()["asks"][0]
        assert Store().running() == [attempt]
        assert "job" in own(at).post(place, json={"agreed": True}, timeout=10).json()
    Store().move(attempt, submitted="/x.kikori")
    assert "job" in own(at).post(f"{base(at)}/-/do/{LAB}/break", timeout=10).json()


def test_a_draft_longer_than_an_explanation_is_refused(at: Address, attempt: Attempt) -> None:
    asked = {"answers": {"seen": "x" * 70_000}}
    assert own(at).post(f"{base(at)}/-/draft/{LAB}", json=asked, timeout=10).status_code == 409


def shell(at: Address, place: str = "workspace") -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{at.port}/-/shell/{LAB}?at={place}",
        additional_headers={"Authorization": f"Bearer {at.token}"},
    )


def until(line: ClientConnection, told: bytes, seconds: float = 20) -> bytes:
    """What a terminal shows, up to something; of much only the end."""
    seen, deadline = b"", time.monotonic() + seconds
    while told not in seen and time.monotonic() < deadline:
        part = line.recv(timeout=20)
        seen = (seen + (part if isinstance(part, bytes) else part.encode()))[-100_000:]
    assert told in seen
    return seen


def test_a_shell_in_the_workspace_takes_japanese_and_goes_into_the_trail(at: Address, attempt: Attempt) -> None:
    with shell(at) as line:
        line.send(json.dumps({"columns": 200, "lines": 30}))
        line.send("echo 木こり; cat notes.txt\n".encode())
        seen = until(line, b"hello")
    assert "木こり".encode() in seen
    assert b"7770" not in seen
    deadline = time.monotonic() + 10
    while not (trail := Store().trail(attempt)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [(one.line, one.service, one.exit_code) for one in trail] == [("echo 木こり; cat notes.txt", "workspace", 0)]


def test_a_shell_lives_on_while_its_page_sleeps(at: Address, attempt: Attempt) -> None:
    with shell(at) as line:
        line.send("no size")
        line.send(b"left=behind; echo first; echo on-$TERM\n")
        until(line, b"on-xterm-256color")
    with shell(at) as line:
        until(line, b"first\r\n")
        line.send(b"echo is-$left\n")
        until(line, b"is-behind")


@pytest.mark.parametrize(
    "size",
    [
        '{"columns": 1e400, "lines": 30}',
        '{"columns": -1e400, "lines": 30}',
        '{"columns": 80, "lines": NaN}',
        '{"columns": 80, "lines": 1e9}',
        '{"columns": 80, "lines": 0}',
        '{"columns": 80, "lines": "30"}',
        '{"columns": 80, "lines": ' + "9" * 5000 + "}",
        '{"columns": ' + "[" * 100_000,
        '{"columns": 80, "lines": 30, "more": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "[" * 200_000,
        "no size",
        "",
    ],
)
def test_what_is_no_size_is_refused_in_a_sentence(
    at: Address, attempt: Attempt, size: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with shell(at) as line:
        line.send(json.dumps({"columns": 123, "lines": 45}))
        line.send(size)
        until(line, b"no size of a terminal")
        line.send(b"stty size\n")
        until(line, b"45 123")
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("place", ["%00", "..%2f..", "workspace%00", "-", "%E2%80%AE", "a" * 5000])
def test_a_place_that_is_none_is_refused_in_a_sentence(
    at: Address, attempt: Attempt, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with shell(at, place) as line:
        assert json.loads(line.recv(timeout=10))["message"]
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.slow
def test_a_page_that_reads_nothing_takes_no_memory_and_stops_no_other(
    at: Address, attempt: Attempt, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connections, "STALL_SECONDS", 2)
    with socket.create_connection(("127.0.0.1", at.port), timeout=10) as idle:
        idle.sendall(handshake(at))
        with shell(at) as line:
            before = psutil.Process().memory_info().rss
            line.send(b"head -c 60000000 /dev/zero | tr '\\0' 'x'; echo; echo al''l shown\n")
            until(line, b"all shown", 60)
            grown = psutil.Process().memory_info().rss - before
        assert grown < 30_000_000
        time.sleep(4)
        with pytest.raises(ConnectionResetError):
            b"".join(iter(lambda: idle.recv(65536), b""))
    assert "Traceback" not in capfd.readouterr().err


def handshake(at: Address) -> bytes:
    """What a page says that wants a terminal."""
    lines = [
        f"GET /-/shell/{LAB}?at=workspace HTTP/1.1",
        f"Host: 127.0.0.1:{at.port}",
        f"Authorization: Bearer {at.token}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {b64encode(bytes(16)).decode()}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.slow
def test_a_shell_that_does_not_read_keeps_nobody_waiting(at: Address, attempt: Attempt) -> None:
    with shell(at) as line:
        line.send(b"echo be''gun; sleep 6; head -5000 | wc -l\n")
        until(line, b"begun")
        line.send(b"a line that was pasted\n" * 5000)
        assert own(at).get(base(at), timeout=4).ok
        until(line, b"5000\r\n")


def test_a_shell_that_ended_is_told_and_another_one_opens(at: Address, attempt: Attempt) -> None:
    with shell(at) as line:
        line.send(b"exit\n")
        until(line, b'"ended"')
    with shell(at) as line:
        line.send(b"echo again\n")
        until(line, b"again\r\n")


def test_a_shell_without_an_attempt_says_so(at: Address) -> None:
    with shell(at) as line:
        told = json.loads(line.recv(timeout=10))
    assert told["hint"] == f"kikori start {LAB}"
    assert not (paths.state() / "attempts").exists()


@pytest.mark.parametrize("member", [None, object()])
def test_a_command_of_the_page_checks_in_where_a_cohort_was_joined(
    member: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(jobs, "joined", lambda: member)
    monkeypatch.setattr(jobs, "notice", lambda: told.append("noticed"))
    job = jobs.Jobs().begin("first-look", "hint", lambda desk, job: told.append("done") or told, "en")
    deadline = time.monotonic() + 10
    while len(told) < 1 + bool(member) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert told == ["done", *(["noticed"] if member else [])]
    assert job.messages[-1]["kind"] == "done"
