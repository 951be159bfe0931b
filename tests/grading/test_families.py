"""What work leaves behind, who may write, and what was promised: on a container that is told to leave things."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

from kikori import host
from kikori.engine.cleanup import OF, sweep
from kikori.engine.client import client
from kikori.engine.inspection.sidecar import Sidecars
from kikori.engine.outside import Process
from kikori.grading import (
    Scene,
    amount,
    answering,
    assert_unprivileged,
    eventually,
    growth,
    in_words,
    rights_of_root,
    serving,
    unkept,
    writable_by,
)
from kikori.grading.checks.families import WORDS, Amount, family, named_by_root
from kikori.learner.doctor import build_images
from kikori.learner.session import Session
from kikori.model import Attempt, Stage

PROJECT = f"kikori-test-families-{os.getpid()}"
# It leaves what its first signal asks for, and tidies after the second one: but a little later than it says so.
WORK = """
import ctypes, os, signal, socket, subprocess, time
kept, name = [], lambda: f"/data/{time.monotonic_ns()}"
def leave(*_):
    for number in range(8):
        open(name(), "wb").write(bytes(8192))
        kept.append(open("/etc/hostname"))
        kept.append(subprocess.Popen(["true"]))
        kept.append(subprocess.Popen(["sleep", "600"]))
        unlinked = open(name(), "w+b"); unlinked.write(bytes(8192)); unlinked.flush(); os.remove(unlinked.name)
        kept.append(unlinked)
def tidy(*_):
    path = name(); open(path, "w").close(); subprocess.run(["true"]); time.sleep(0.5); os.remove(path)
signal.signal(signal.SIGUSR1, leave); signal.signal(signal.SIGUSR2, tidy)
os.makedirs("/srv/open/page"); os.chmod("/srv/open", 0o777); os.makedirs("/srv/own"); os.chown("/srv/own", 33, 33)
os.makedirs("/srv/kept/deep"); open("/srv/kept/deep/page", "w").close(); os.chmod("/srv/kept/deep/page", 0o664)
os.makedirs("/shut/in"); os.chmod("/shut/in", 0o777); os.chmod("/shut", 0o700)
os.makedirs("/sticky"); os.chmod("/sticky", 0o1777); open("/sticky/page", "w").close()
subprocess.Popen(["sleep", "601"], user=33, group=33, extra_groups=[0])
subprocess.Popen(["sleep", "602"], user=34, group=34, extra_groups=[])
def mighty():
    libc, header = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(0x20080522, 0)
    libc.prctl(8, 1, 0, 0, 0); os.setgid(35); os.setuid(35)  # PR_SET_KEEPCAPS
    libc.capset(header, (ctypes.c_uint32 * 6)(0, 1 << 1, 1 << 1, 0, 0, 0))  # CAP_DAC_OVERRIDE
    libc.prctl(47, 2, 1, 0, 0)  # PR_CAP_AMBIENT_RAISE
subprocess.Popen(["tail", "-f", "/srv/kept/deep/page", "/dev/null", "/srv/gone"], stderr=subprocess.DEVNULL)
subprocess.Popen(["sleep", "605"], preexec_fn=mighty, extra_groups=[])
shared, given = socket.create_server(("127.0.0.1", 8001)), socket.create_server(("::", 8002), family=socket.AF_INET6)
subprocess.Popen(["sleep", "603"], user=33, pass_fds=[shared.fileno()])
subprocess.Popen(["sleep", "604"], pass_fds=[given.fileno()]); given.close()
while True: time.sleep(1)
"""
MOST = dict.fromkeys(("processes", "ended", "descriptors", "files", "bytes"), 3) | {"bytes": 4096}


@pytest.fixture(scope="module")
def worker() -> Iterator[Any]:
    host.ready()
    build_images(Session(), ["silent-exit"])
    found = client().containers.run(
        "kikori/python", ["python3", "-c", WORK], detach=True, user="root", tmpfs={"/data": "size=8m"},
        labels={OF: PROJECT, "com.docker.compose.project": PROJECT, "com.docker.compose.service": "worker"},
    )  # fmt: skip
    eventually(lambda: str(found.top(ps_args="-eo pid,args")), lambda seen: "sleep 604" in seen, within=20)
    try:
        yield found
    finally:
        sweep(PROJECT)


@pytest.fixture(scope="module")
def scene(worker: Any) -> Iterator[Scene]:
    sidecars = Sidecars()
    identity = PROJECT.removeprefix("kikori-")
    attempt = Attempt(id=identity, lab="first-look", learner="ada", seed=7, params={}, stage=Stage.BROKEN)
    yield Scene(attempt, sidecars=sidecars)
    sidecars.close()


@pytest.mark.docker
def test_what_is_tidied_late_is_waited_for(worker: Any, scene: Scene) -> None:
    before = amount(scene, "worker").files
    assert growth(lambda: amount(scene, "worker"), lambda: worker.kill("SIGUSR2"), MOST, rest=10) == {}
    assert (
        eventually(lambda: amount(scene, "worker").files, lambda seen: seen == before, within=20, every=0.3) == before
    )


@pytest.mark.docker
def test_each_kind_of_what_is_left_behind_is_counted(worker: Any, scene: Scene) -> None:
    def work() -> None:
        before = amount(scene, "worker").ended
        worker.kill("SIGUSR1")
        eventually(lambda: amount(scene, "worker").ended, lambda seen: seen >= before + 8, within=20, every=0.3)

    left = growth(lambda: amount(scene, "worker"), work, MOST, rounds=1, rest=0.5)
    assert left == {"processes": 8, "ended": 8, "descriptors": 24, "files": 8, "bytes": 8 * 2 * 8192}


@pytest.mark.docker
def test_who_looks_in_from_a_shell_is_not_counted(worker: Any, scene: Scene) -> None:
    before = amount(scene, "worker")
    worker.exec_run(["sleep", "600"], detach=True)
    eventually(lambda: str(worker.top(ps_args="-eo pid,args")).count("sleep 600"), bool, within=5)
    assert amount(scene, "worker").processes == before.processes


@pytest.mark.docker
def test_whoever_may_rewrite_or_replace_what_is_shown_is_found(scene: Scene) -> None:
    by = {one.command: one for one in scene.sidecar("worker").processes()}

    def rewritten(command: str, *places: str) -> set[str]:
        return {file.path for file in writable_by(scene, "worker", by[command], *places)}

    assert rewritten("sleep 601", "/srv", "/sticky/page") == {"/srv/open", "/srv/own", "/srv/kept/deep/page"}
    assert rewritten("sleep 602", "/srv", "/sticky/page") == {"/srv/open"}
    assert rewritten("sleep 602", "/srv/open/page") == {"/srv/open"}
    assert rewritten("sleep 602", "/sticky") == {"/sticky"}, "it may add what is not there yet"
    assert rewritten("sleep 602", "/shut") == set(), "it can't enter what is open to it"


@pytest.mark.docker
def test_roots_rights_are_seen_in_whoever_is_not_root(scene: Scene) -> None:
    by = {one.command: one for one in scene.sidecar("worker").processes()}
    mighty = by["sleep 605"]
    assert (mighty.is_root, mighty.powers) == (False, ("CAP_DAC_OVERRIDE",))
    assert "has CAP_DAC_OVERRIDE, one of root's rights" in rights_of_root(mighty)
    assert "is in root's group (gid 0)" in rights_of_root(by["sleep 601"])
    assert rights_of_root(by["sleep 602"]) == ""
    assert "/srv/kept/deep/page" in {file.path for file in writable_by(scene, "worker", mighty, "/srv")}


@pytest.mark.docker
def test_whoever_takes_connections_is_found_by_the_socket(scene: Scene) -> None:
    found = eventually(lambda: answering(scene, "worker"), lambda seen: len(seen) == 2, within=20)
    assert {one.command: one.is_root for one in found} == {"sleep 603": False, "sleep 604": True}
    assert {one.command for one in serving(scene, "worker")} >= {"sleep 603", "sleep 604"}


@pytest.mark.docker
def test_root_that_talks_is_told(scene: Scene) -> None:
    with pytest.raises(AssertionError, match="this runs as root"):
        assert_unprivileged(scene, "worker", "/srv/kept")


@pytest.mark.docker
def test_what_root_was_told_to_read_is_named(scene: Scene) -> None:
    assert named_by_root(scene, "worker") == ["/srv/kept/deep/page"]


def test_bound_that_is_reached_late_is_no_leak() -> None:
    sizes = iter([0, 50, 90, 100, 100])
    nothing = Amount(processes=1, ended=0, descriptors=0, connections=0, files=0, bytes=0)
    seen = {"now": nothing}

    def work() -> None:
        seen["now"] = Amount(processes=1, ended=0, descriptors=0, connections=0, files=next(sizes), bytes=0)

    assert growth(lambda: seen["now"], work, {"files": 12}, rounds=3, rest=0) == {}
    sizes = iter(range(0, 1000, 20))
    assert growth(lambda: seen["now"], work, {"files": 12}, rounds=3, rest=0) == {"files": 20}


def test_family_of_a_process() -> None:
    def one(pid: int, parent: int) -> Process:
        return Process(pid=pid, parent=parent, uids=(0, 0, 0), state="S", command="x")

    listed = [one(9, 7), one(7, 5), one(5, 1), one(6, 1), one(8, 6)]
    assert {found.pid for found in family(listed, 5)} == {5, 7, 9}
    assert family(listed, 4) == []


def test_what_was_promised_is_held_against_what_was_done() -> None:
    began = time.monotonic()
    late = {"a": 0.3, "b": 60.0}
    done = lambda key: "served" if time.monotonic() - began > late[key] else "waiting"  # noqa: E731
    assert unkept({"a": "served"}, done) == {}
    assert unkept({"a": "served", "b": "served"}, done, within=0.5) == {"b": "waiting"}
    assert unkept({}, done) == {}


def test_amounts_are_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    left = {"files": 3, "bytes": 8192}
    monkeypatch.setenv("KIKORI_LANG", "en")
    assert in_words(left) == "3 files and 8 KiB on disk or in memory file systems"
    monkeypatch.setenv("KIKORI_LANG", "ja")
    assert in_words(left) == "ファイル3個、ディスクやメモリ上のファイルシステムの8 KiB"
    assert WORDS.keys() == set(Amount.__annotations__)
