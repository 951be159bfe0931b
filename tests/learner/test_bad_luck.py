"""Commands cut short, machines switched off, things in the way: the next command fixes or says how."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from drawn import EVERYTHING
from kikori.attempts import Store
from kikori.engine.cleanup import leftovers
from kikori.engine.client import client
from kikori.engine.services import inspect
from kikori.model import Stage
from terminal_user import EXPLANATION, Kikori, heed_interrupts, to_explained, to_fixed

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]
CYCLES = 20 if EVERYTHING else 5


def stage() -> Stage | None:
    attempts = Store().all()
    return attempts[-1].stage if attempts else None


def cut_short(words: list[str], when: Callable[[], bool], how: signal.Signals) -> int:
    """Run a command and end it as soon as a condition holds; gives its exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kikori", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    deadline = time.monotonic() + 60
    while not when() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert process.poll() is None, "the command ended before it could be cut short"
    os.kill(process.pid, how)
    return process.wait(timeout=60)


def nothing_left() -> bool:
    return not any(leftovers(attempt.project) for attempt in Store().all())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_start_cut_short(kikori: Kikori, how: signal.Signals) -> None:
    code = cut_short(["start", "first-look"], lambda: stage() is Stage.STARTING and not nothing_left(), how)
    assert code == (130 if how is signal.SIGINT else -how)
    told = kikori("check")
    assert "start of first-look was cut short" in told.stderr
    assert "./kikori start first-look" in told.stderr
    assert kikori("start", "first-look").returncode == 0
    assert len(Store().all()) == 1, "the start goes on; it does not begin a second attempt"
    assert kikori("check", "--quick").returncode == 0


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_break_cut_short(kikori: Kikori, how: signal.Signals) -> None:
    kikori("start", "first-look")
    cut_short(["break"], lambda: stage() is Stage.BREAKING, how)
    if stage() is Stage.BREAKING:
        assert "./kikori reset" in kikori("check").stderr
    assert kikori("break", "--fault", "missing-page").returncode == 0
    assert kikori("check").returncode == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_check_cut_short_in_its_restart(kikori: Kikori, how: signal.Signals) -> None:
    kikori("start", "first-look")
    (project,) = [attempt.project for attempt in Store().all()]

    def since() -> str:
        state = (inspect(project, "web") or {})["State"]
        return str(state["StartedAt"]) if state["Running"] else ""

    began = since()
    cut_short(["check"], lambda: since() != began, how)
    kikori("resume")
    assert kikori("check").returncode == 0


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stop_cut_short(kikori: Kikori, how: signal.Signals) -> None:
    kikori("start", "first-look")
    cut_short(["stop"], lambda: stage() is Stage.STOPPING, how)
    assert "./kikori stop" in kikori("start", "first-look").stderr
    assert kikori("stop").returncode == 0
    assert nothing_left()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_submit_cut_short(kikori: Kikori, own_places: Path, how: signal.Signals) -> None:
    to_explained(kikori)
    half = lambda: any(own_places.glob("*.part"))  # noqa: E731
    cut_short(["submit", "--to", str(own_places)], half, how)
    assert not any(own_places.glob("*.kikori")), "a submission is whole or not there"
    assert kikori("submit", "--to", str(own_places)).returncode == 0
    assert not half()
    assert kikori("review", str(own_places)).returncode == 0


def test_pause_stops_the_clock_and_keeps_the_scene(kikori: Kikori) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "missing-page")
    assert kikori("pause").returncode == 0
    assert "./kikori resume" in kikori("check").stderr
    spent = json.loads(kikori("status", "--json").stdout)["attempts"][0]["minutes"]
    time.sleep(7)
    assert kikori("resume").returncode == 0
    after = json.loads(kikori("status", "--json").stdout)["attempts"][0]["minutes"]
    assert after - spent <= 0.1
    assert kikori("check").returncode == 1, "the fault is still there"


def test_a_computer_that_lost_its_power_loses_nothing(kikori: Kikori) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "missing-page")
    kikori("shell", "--", "ls", "-a", "/srv/www")
    (attempt,) = Store().running()
    for container in client().containers.list(filters={"label": f"com.docker.compose.project={attempt.project}"}):
        container.kill()
    Store().move(attempt, boot="another boot")  # what the next start of the computer looks like
    told = kikori("check")
    assert (told.returncode, "./kikori resume" in told.stderr) == (2, True)
    assert kikori("resume").returncode == 0
    assert len(Store().trail(attempt)) == 1
    assert kikori("check").returncode == 1, "the broken scene is as it was"


def test_a_container_that_is_gone_is_said_so(kikori: Kikori) -> None:
    kikori("start", "first-look")
    (attempt,) = Store().running()
    client().containers.list(filters={"label": f"com.docker.compose.project={attempt.project}"})[0].remove(force=True)
    seen = kikori("check")
    assert seen.returncode == 3
    assert "container of web is gone" in seen.stderr
    assert "passed" not in seen.stdout
    assert kikori("reset").returncode == 0
    assert kikori("check", "--quick").returncode == 0


def test_one_attempt_at_a_lab_at_a_time(kikori: Kikori) -> None:
    kikori("start", "first-look")
    again = kikori("start", "first-look")
    assert again.returncode == 2
    assert "./kikori status" in again.stderr


def test_two_starts_at_once_give_one_attempt(kikori: Kikori) -> None:
    argv = [sys.executable, "-m", "kikori", "start", "first-look"]
    both = [subprocess.Popen(argv, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(2)]
    codes = sorted(process.wait(timeout=120) for process in both)
    assert codes == [0, 2]
    assert len(Store().all()) == 1


def test_a_port_that_is_taken_is_said_so(kikori: Kikori, lab: Callable[..., None]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        def fixed(folder: Path) -> None:
            file = folder / "compose.yaml"
            file.write_text(file.read_text().replace("127.0.0.1::80", f"127.0.0.1:{port}:80"))

        lab("fixed-port", fixed)
        seen = kikori("start", "fixed-port")
    assert seen.returncode == 3
    assert "A port that the lab needs is taken" in seen.stderr
    assert kikori("start", "fixed-port").returncode == 0, "once the port is free, the same command goes on"


def test_a_disk_that_is_full_while_building_is_said_so(kikori: Kikori, lab: Callable[..., None]) -> None:
    def filling(folder: Path) -> None:
        (folder / "images/web/Dockerfile").write_text(
            "FROM kikori/server\nRUN head -c 100M /dev/zero > /dev/shm/full\n"
        )
        file = folder / "compose.yaml"
        file.write_text(file.read_text().replace("kikori/first-look-web", "kikori/test-full-disk"))

    lab("full-disk", filling)
    seen = kikori("start", "full-disk")
    assert seen.returncode == 3
    assert "The disk is full" in seen.stderr
    assert "docker system df" in seen.stderr
    assert kikori("stop").returncode == 0


def test_a_file_that_is_no_utf8_is_graded_and_submitted(kikori: Kikori, own_places: Path) -> None:
    to_fixed(kikori)
    kikori("shell", "--", "sh", "-c", r"printf '\377\376' > /srv/www/odd; printf x > /srv/www/$(printf 'n\377')")
    kikori("shell", "--", "sh", "-c", r"cp /srv/www/index.html /tmp/i; printf '\377' > /srv/www/index.html")
    seen = kikori("check")
    assert seen.returncode == 1
    assert "!" not in seen.stderr, "never an error"
    kikori(
        "shell", "--", "sh", "-c", "cat /tmp/i > /srv/www/index.html; printf '<!-- \\377 -->' >> /srv/www/index.html"
    )
    assert kikori("check").returncode == 0
    kikori("explain", "--file", "-", stdin=EXPLANATION)
    assert kikori("submit", "--to", str(own_places)).returncode == 0
    assert kikori("review", str(own_places)).returncode == 0


def test_a_damaged_record_is_set_aside_and_named(kikori: Kikori) -> None:
    kikori("start", "first-look")
    (attempt,) = Store().running()
    file = Store().folder(attempt.id) / "attempt.json"
    good = file.read_bytes()
    file.write_bytes(good[:40])
    seen = kikori("status")
    assert seen.returncode == 0
    assert "attempt.damaged.json" in seen.stderr
    msgspec.json.decode(good)
    file.write_bytes(good)


@pytest.mark.long
def test_many_cycles_leave_nothing(kikori: Kikori, own_places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = own_places / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    for _ in range(CYCLES):
        for words in (["start", "first-look"], ["break"], ["reset"], ["stop"]):
            done = kikori(*words)
            assert done.returncode == 0, done.stderr
    projects = [attempt.project for attempt in Store().all()]
    assert len(projects) == CYCLES
    assert nothing_left()
    assert not any(temporary.iterdir())
    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if readable(path)]
    assert not [line for line in commands if any(project.encode() in line for project in projects)]


def readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except OSError:
        return False
