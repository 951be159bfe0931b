"""Processes and files of a container seen from outside, in one whose own programs all tell something else."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kikori.engine import outside
from kikori.engine.cleanup import OF, leftovers, sweep
from kikori.engine.client import client
from kikori.engine.inspection.sidecar import Sidecar, Sidecars
from kikori.engine.outside import (
    Process,
    Unlisted,
    archive_of,
    content_of,
    files_of,
    has_ps,
    maps_users,
    once_started,
    processes_of,
    uid_in,
    uid_of,
)
from kikori.errors import NotRunning, OurFault
from kikori.grading import Scene
from kikori.host import ready
from kikori.learner.doctor import build_images
from kikori.learner.session import Session
from kikori.model import Attempt, Stage
from said_in import said_in

pytestmark = pytest.mark.docker

PROJECT = f"kikori-test-outside-{os.getpid()}"
# Every program lies, root goes by another name, and a worker of root's stands beside one of nobody's.
LIES = r"""
cp /bin/sleep /bin/keep; cp /bin/dash /bin/real
printf 'www:x:0:0::/:/bin/sh\nroot:x:99:99::/:/bin/sh\n' > /etc/passwd
for name in ps find grep cat ls stat; do printf '#!/bin/real\nexit 0\n' > /usr/bin/$name; done
mkdir -p /srv/open /srv/sub; echo secret > /srv/sub/page; chmod 777 /srv/open; ln -s /sub/../srv/sub/page /srv/link
ln -s ../../../../../../../../etc/hostname /srv/out; mkfifo -m 666 /srv/pipe
echo memory > /data/note; head -c 40960 /dev/zero > /data/used
(/bin/keep 9001 & exec /bin/keep 9002) & /bin/keep 9003 < /srv/sub/page &
exec python3 -c 'import subprocess, time; p = subprocess.Popen(["/bin/keep", "0"]); time.sleep(600)'
"""


@pytest.fixture(scope="module")
def liar() -> Iterator[Any]:
    ready()
    build_images(Session(), ["silent-exit"])
    found = client().containers.run(
        "kikori/python", ["sh", "-c", LIES], detach=True, tmpfs={"/data": "size=8m,nr_inodes=100"},
        cap_drop=["ALL"], cap_add=["KILL", "SYS_PTRACE"],
        labels={OF: PROJECT, "com.docker.compose.project": PROJECT, "com.docker.compose.service": "liar"},
    )  # fmt: skip
    until = time.monotonic() + 10
    while "time.sleep" not in str(found.top(ps_args="-eo pid,args")) and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(0.3)
    found.reload()
    try:
        yield found
    finally:
        sweep(PROJECT)


@pytest.fixture(scope="module")
def beside(liar: Any) -> Iterator[Sidecar]:
    sidecars = Sidecars()
    yield sidecars.beside(PROJECT, liar.attrs)
    sidecars.close()


def test_processes_are_those_of_the_kernel_by_their_numbers(liar: Any) -> None:
    assert said_in(liar, "ps", "-eo", "user=,args=") == ""
    seen = processes_of(liar.id)
    assert {one.command for one in seen} >= {"/bin/keep 9001", "/bin/keep 9002", "/bin/keep 9003"}
    assert all(one.is_root for one in seen)
    assert {one.program for one in seen} >= {"keep", "python3"}


def test_sidecar_lists_processes_where_the_engines_computer_has_no_ps(
    liar: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ps that knows other columns is as good as none, to the engine too.

    Programs are compared, not their arguments: once in some thousand looks the kernel gives a line of arguments only up
    to the end of a page.
    """
    attempt = Attempt(
        id=PROJECT.removeprefix("kikori-"), lab="first-look", learner="ada", seed=1, params={}, stage=Stage.BROKEN
    )
    beside = Sidecars()
    scene = Scene(attempt, sidecars=beside)
    listed = {(one.program, one.uids) for one in scene.processes("liar")}
    assert has_ps()
    has_ps.cache_clear()
    monkeypatch.setattr(outside, "OPTIONS", ("-eo", "pid,no-such-column"))
    try:
        assert not has_ps()
        with pytest.raises(Unlisted):
            processes_of(liar.id)
        assert {(one.program, one.uids) for one in scene.processes("liar")} == listed
    finally:
        beside.close()
        has_ps.cache_clear()


def test_service_that_does_not_run_is_not_our_fault(liar: Any) -> None:
    of = {OF: PROJECT, "com.docker.compose.project": PROJECT, "com.docker.compose.service": "idle"}
    client().containers.create("kikori/python", ["true"], labels=of)
    idle = Attempt(
        id=PROJECT.removeprefix("kikori-"), lab="first-look", learner="ada", seed=1, params={}, stage=Stage.BROKEN
    )
    for look in (Scene(idle).processes, Scene(idle).sidecar, Scene(idle).host, Scene(idle).debug):
        with pytest.raises(NotRunning, match="idle does not run: it is created"):
            look("idle")


ACCOUNTS = b"root:x:99:99::/:/bin/sh\nwww:x:+0:0::/:/bin/sh\nown: x: 0:0\n77:x:0:0::/:/bin/sh\nada:x:7:7::/:/bin/sh\n"


@pytest.mark.parametrize(
    ("user", "uid"),
    [("99", 99), ("00", 0), ("+0", 0), ("root", 99), ("www", 0), ("own:7", 0), ("77", 77), ("ada:0", 7), ("", 0)],
)
def test_user_is_the_number_that_the_engine_gives(user: str, uid: int) -> None:
    other = client().containers.create("kikori/python", ["sleep", "60"], user=user, labels={OF: PROJECT})
    try:
        accounts = tarfile.TarInfo("etc/passwd")
        accounts.size = len(ACCOUNTS)
        with io.BytesIO() as packed:
            with tarfile.open(fileobj=packed, mode="w") as archive:
                archive.addfile(accounts, io.BytesIO(ACCOUNTS))
            other.put_archive("/", packed.getvalue())
        other.start()
        assert [one.uids for one in processes_of(str(other.id))] == [(uid, uid, uid)]
        assert uid_of(other, user) == uid
    finally:
        other.remove(force=True)


def test_user_that_the_engine_does_not_know_is_none() -> None:
    with pytest.raises(OurFault, match="no user ' 0'"):
        uid_in(ACCOUNTS, " 0")


def test_files_are_those_of_the_engine(liar: Any) -> None:
    found = {one.path: one for one in files_of(liar, "/srv", "/nowhere")}
    assert found["/srv/open"].is_open_to(0o022)
    assert not found["/srv/sub"].is_open_to(0o022)
    assert (found["/srv/link"].kind, found["/srv/link"].is_open_to(0o022)) == ("link", False)
    assert (found["/srv/pipe"].kind, found["/srv/sub/page"].size) == ("other", 7)


def test_an_archive_ends_at_its_bound(liar: Any) -> None:
    taken = archive_of(liar, "/srv/sub", 64 * 1024)
    with tarfile.open(fileobj=io.BytesIO(taken)) as archive:
        assert archive.getnames() == ["sub", "sub/page"]
    assert archive_of(liar, "/srv/nothing", 64 * 1024) == b""
    with pytest.raises(OurFault, match=r"^/usr/bin holds more than 1 MiB$"):
        archive_of(liar, "/usr/bin", 2**20)


def test_files_have_the_time_of_their_last_change(liar: Any) -> None:
    began = float(said_in(liar, "/bin/real", "-c", "touch -d @1000000000 /srv/old; date +%s"))
    changed = {file.path: file.changed for file in files_of(liar, "/srv")}
    assert changed["/srv/old"] == 1_000_000_000
    assert began - 600 < changed["/srv"] <= began + 1


def test_content_follows_links_inside(liar: Any) -> None:
    assert content_of(liar, "/srv/sub/page", 10) == b"secret\n"
    assert content_of(liar, "/srv/sub/page", 6) is None
    assert content_of(liar, "/srv/out", 99) == liar.id[:12].encode() + b"\n"
    assert content_of(liar, "/nowhere", 99) is None


def process(command: str) -> Process:
    return Process(pid=2, parent=1, uids=(0, 0, 0), state="S", command=command)


def test_what_the_engine_is_about_to_start_is_nobodys_process() -> None:
    looks = iter([(process("nginx"), process("runc init")), (process("nginx"), process("curl -fsS localhost"))])
    assert [one.command for one in once_started(lambda: next(looks))] == ["nginx", "curl -fsS localhost"]


def test_a_service_that_calls_itself_like_that_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "SOON", 0.3)
    assert once_started(lambda: (process("runc init"),)) == (process("runc init"),)


def test_container_that_does_not_run_is_no_container_without_processes() -> None:
    with pytest.raises(OurFault, match="tells no processes"):
        processes_of("0" * 64)


@pytest.mark.parametrize(
    ("options", "mapped"),
    [(["name=seccomp,profile=builtin", "name=userns"], True), (["name=rootless"], False), ([], False), (None, False)],
)
def test_engine_that_maps_users_is_not_believed_about_numbers(options: list[str] | None, mapped: bool) -> None:
    assert maps_users({"SecurityOptions": options}) is mapped


# --- the sidecar


def test_sidecar_sees_what_has_ended(beside: Sidecar) -> None:
    seen = beside.processes()
    assert [one.command for one in seen if one.has_ended] == ["[keep]"]
    assert {one.command for one in seen} >= {"/bin/keep 9001", "/bin/keep 9003"}
    assert all(one.is_root for one in seen)


def test_sidecar_sees_memory_and_its_room(beside: Sidecar) -> None:
    found = {one.path: one for one in beside.files("/data")}
    assert (found["/data/note"].size, found["/data/used"].blocks) == (7, 80)
    assert beside.read("/data/note") == b"memory\n"
    assert [one.path for one in beside.files("/", names=("not[e]",))] == [], "another file system"
    assert [one.path for one in beside.files("/data", "/nowhere", names=("not[e]",))] == ["/data/note"]
    room = beside.space("/data")
    assert (room.size, room.files) == (8 * 2**20, 100)
    assert room.size - room.free == 2 * 4096 + 9 * 4096


def test_sidecar_follows_no_link_out_of_the_container(liar: Any, beside: Sidecar) -> None:
    assert beside.read("/srv/out") == liar.id[:12].encode() + b"\n"
    assert beside.read("/srv/pipe") is None
    assert beside.read("/proc/1/root/etc/hostname") is None
    assert beside.read("/srv/sub/page", 6) is None


def test_sidecar_sees_what_is_held_open_and_the_network(beside: Sidecar) -> None:
    held = {path for one in beside.descriptors() for path in one.open}
    assert "/srv/sub/page" in held
    assert 1 in {one.inside for one in beside.descriptors()}
    assert "ListenOverflows" in beside.network("netstat")
    assert beside.setting("net.ipv4.tcp_fin_timeout") == "60"
    with pytest.raises(OurFault, match="could not look"):
        beside.network("../../../etc/passwd")
    assert beside.setting("net.ipv4.tcp_fin_timeout") == "60", "one wrong question is no end"


HOLDS = """
import os
kept = [open('/etc/hostname') for _ in range(20)]
while not os.path.exists('/srv/enough'):
    os.close(os.dup(0))
"""


def test_what_a_process_closes_meanwhile_hides_nothing_that_it_holds(liar: Any, beside: Sidecar) -> None:
    """A desk with a hundred boards opens and closes all the time; what it leaks is counted all the same."""
    liar.exec_run(["/usr/bin/python3", "-c", HOLDS], detach=True)
    held = lambda: sum(path == "/etc/hostname" for one in beside.descriptors() for path in one.open)  # noqa: E731
    until = time.monotonic() + 10
    while held() < 20 and time.monotonic() < until:
        time.sleep(0.1)
    try:
        assert {held() for _ in range(150)} == {20}
    finally:
        liar.exec_run(["/usr/bin/python3", "-c", "open('/srv/enough', 'w')"])


def test_sidecar_dates_plain_files_whosever_they_are(liar: Any, beside: Sidecar) -> None:
    made = "import os; open('/data/old', 'w').close(); os.symlink('/data/note', '/data/by')"
    assert liar.exec_run(["/usr/bin/python3", "-c", made]).exit_code == 0
    assert beside.date("/data/old", "/data/by", "/data", "/nowhere", at=1_000_000_000) == 1
    look = "import os; print(*(int(os.stat(f'/data/{name}').st_mtime) == 10**9 for name in ('old', 'note')))"
    assert said_in(liar, "/usr/bin/python3", "-c", look) == "True False\n"


LOCKS = "import fcntl, time; own = open('/srv/lock', 'w'); fcntl.flock(own, fcntl.LOCK_EX); time.sleep(600)"
LIES_OF_LOCKS = "rm -f /usr/bin/flock; printf '#!/bin/real\\nexit 0\\n' > /usr/bin/flock; chmod +x /usr/bin/flock"


def test_sidecar_sees_a_lock_and_ends_who_holds_it(liar: Any, beside: Sidecar) -> None:
    """Neither a false ``flock`` nor a false ``kill`` of the container has a say."""
    assert liar.exec_run(["/bin/real", "-c", LIES_OF_LOCKS]).exit_code == 0
    assert not beside.is_locked("/srv/lock"), "nobody made it yet"
    assert not beside.is_locked("/srv/pipe"), "whoever opens a pipe waits"
    liar.exec_run(["/usr/bin/python3", "-c", LOCKS], detach=True)
    until = time.monotonic() + 10
    while not beside.is_locked("/srv/lock") and time.monotonic() < until:
        time.sleep(0.1)
    assert beside.is_locked("/srv/lock")
    (holder,) = [one.pid for one in beside.processes() if "/srv/lock" in one.command]
    assert beside.end(os.getpid(), holder, 2**22 - 1) == 1, "a process of its own container, and no other"
    while beside.is_locked("/srv/lock") and time.monotonic() < until:
        time.sleep(0.1)
    assert not beside.is_locked("/srv/lock")


def test_sidecar_finds_a_word_that_can_be_read_somewhere(liar: Any, beside: Sidecar) -> None:
    """The container's ``grep`` finds nothing, and what the engine says in its place is no path."""
    hide = "mkdir -p /var/w; printf 'a\\0b\\377 s3cret-word\\n' > '/var/w/a b'; printf open-word > /data/note2"
    hide += "; ln -s /etc /var/w/out; ln -s ../../../../etc/passwd /srv/names"
    assert liar.exec_run(["/bin/real", "-c", hide]).exit_code == 0
    assert beside.holding(["s3cret-word"], "/var", "/srv", "/nowhere") == ("/var/w/a b",)
    assert beside.holding(["open-word", "s3cret-word"], "/data", "/var/w/a b") == ("/data/note2", "/var/w/a b")
    assert beside.holding(["no-such-word"], "/var", "/srv") == ()
    assert beside.holding([], "/var") == ()
    assert beside.holding(["www:x:0:0"], "/srv/names", "/var/w") == ("/srv/names",), (
        "a link below a place is not followed"
    )
    assert beside.holding(["root:x:0:0"], "/srv/names") == (), "a link leads nowhere but inside"
    for word in ("", "two\nlines"):
        with pytest.raises(OurFault, match="word"):
            beside.holding([word], "/var")


RENAMES = "import os, sys; os.chdir(sys.argv[1]); open('a', 'w')\nwhile True: os.rename('a', 'b'); os.rename('b', 'a')"


def test_sidecar_opens_a_path_while_others_rename(liar: Any, beside: Sidecar, tmp_path: Path) -> None:
    """For ``..`` openat2 answers EAGAIN then, wherever on the machine that is."""
    assert liar.exec_run(["/bin/real", "-c", "ln -s ../../../../etc/passwd /srv/up"]).exit_code == 0
    with subprocess.Popen([sys.executable, "-c", RENAMES, str(tmp_path)]) as busy:
        try:
            read = {beside.read("/srv/up") is not None for _ in range(2000)}
        finally:
            busy.kill()
    assert read == {True}


def test_container_knows_nothing_of_the_sidecar(liar: Any, beside: Sidecar) -> None:
    look = "import os; print(len([n for n in os.listdir('/proc') if n.isdigit()]))"
    within = int(said_in(liar, "/usr/bin/python3", "-c", look))
    assert within == len(beside.processes()) + 1, "itself, and nobody else"


def test_sidecar_has_no_more_rights_than_it_needs(beside: Sidecar) -> None:
    both = client().containers.list(filters={"label": f"{OF}={PROJECT}"})
    (host,) = [one.attrs["HostConfig"] for one in both if one.attrs["HostConfig"]["PidMode"] == "host"]
    assert (host["ReadonlyRootfs"], host["Privileged"], host["CapDrop"]) == (True, False, ["ALL"])
    assert {name.removeprefix("CAP_") for name in host["CapAdd"]} == {"SYS_PTRACE", "DAC_READ_SEARCH", "FOWNER", "KILL"}
    assert not host["Binds"]


def test_sidecar_of_a_killed_grading_goes(liar: Any) -> None:
    own = Sidecar(f"{PROJECT}-killed", liar.id, liar.attrs["State"]["Pid"])
    assert any("container" in one for one in leftovers(f"{PROJECT}-killed"))
    os.kill(own._process.pid, signal.SIGKILL)
    until = time.monotonic() + 10
    while leftovers(f"{PROJECT}-killed") and time.monotonic() < until:
        time.sleep(0.1)
    assert leftovers(f"{PROJECT}-killed") == []
    with pytest.raises(OurFault, match="sidecar"):
        own.processes()
    own.close()


def test_closed_sidecar_is_gone_at_once(liar: Any) -> None:
    own = Sidecar(f"{PROJECT}-closed", liar.id, liar.attrs["State"]["Pid"])
    own.close()
    assert leftovers(f"{PROJECT}-closed") == []


def test_sidecar_that_can_not_start_is_our_fault() -> None:
    with pytest.raises(OurFault, match=r"sidecar of a check does not answer: .*No such container"):
        Sidecar(PROJECT, "0" * 12, os.getpid())
