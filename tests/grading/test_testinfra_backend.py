"""Our testinfra backend against testinfra's own: the same answers, command by command and module by module."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import testinfra
from testinfra.backend.base import CommandResult
from testinfra.host import Host

from kikori.engine.client import client
from kikori.errors import OurFault
from kikori.grading import testinfra_backend
from kikori.host import ready
from kikori.learner.doctor import build_images
from kikori.learner.session import Session

pytestmark = pytest.mark.docker

PREPARE = """
useradd --create-home --shell /bin/sh --comment 'Ada Lovelace' ada
groupadd --gid 4321 readers; usermod -aG readers ada
mkdir /srv/made; printf 'a\\nb\\n' > /srv/made/file; chown ada:readers /srv/made/file; chmod 4640 /srv/made/file
ln -s file /srv/made/link; mkfifo /srv/made/pipe; printf '\\377\\376\\n' > /srv/made/bytes
printf x > '/srv/made/two words'
sleep 7654 & nohup sleep 7655 >/dev/null 2>&1 &
"""


class Both(NamedTuple):
    stock: Host
    ours: Host
    container: Any


@pytest.fixture(scope="module")
def both() -> Iterator[Both]:
    ready()
    build_images(Session(), ["first-look"])
    container = client().containers.run("kikori/server", detach=True)
    try:
        assert container.exec_run(["sh", "-c", PREPARE]).exit_code == 0
        stock = testinfra.get_host(f"docker://{container.id}")
        yield Both(stock, testinfra.get_host(f"{testinfra_backend.NAME}://{container.id}"), container)
    finally:
        container.remove(force=True)


def answer(result: CommandResult) -> tuple[int, bytes, bytes]:
    return result.rc, result.stdout_bytes, result.stderr_bytes


COMMANDS = {
    "nothing": "true",
    "exit code": "exit 7",
    "signal": "kill -9 $$",
    "both outputs": "echo out; echo err >&2; exit 3",
    "no newline at the end": "printf out; printf err >&2",
    "non-UTF-8": r"printf '\377\000\376'; printf '\200' >&2",
    "what looks like a mark": "printf '0123456789abcdef01234567:0\\n'; printf ':0\\n'",
    "several MB": "head -c 6000000 /dev/urandom | base64 | head -c 7000000 | tail -c 100; yes | head -c 5000000",
    "MB of errors": "yes | head -c 3000000 >&2; echo done",
    "reads its input": 'cat; read line; echo "read: $?"',
    "quotes and newlines": "echo 'it'\"'\"'s'\nprintf '%s\\n' \"$HOME\" \\\n  'a  b' \"c'd\" '$x' `echo e` \\\\",
    "umlauts and kanji": "echo 木こり é",
    "a syntax error": "if then (",
    "no such command": "no-such-command --x",
    "closes its output": "exec 1>&- 2>&-; exit 4",
    "ends its group": "echo before; kill 0; echo after",
    "leaves a child behind": "sleep 300 >/dev/null 2>&1 & echo left",
    "directory and variables do not stay": "cd /tmp; export LEFT=1; pwd",
    "the next one starts afresh": "pwd; echo ${LEFT-unset}; umask; ulimit -n",
    "a long command": "echo " + "x" * 60_000,
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_command_gives_the_same(both: Both, command: str) -> None:
    if "urandom" in command:
        command = command.replace("/dev/urandom", "/dev/zero")
    expected = answer(both.stock.run(command))
    assert answer(both.ours.run(command)) == expected
    assert answer(both.ours.run("echo still here")) == (0, b"still here\n", b"")


def test_a_command_that_kills_the_shell_above_it_is_survived(both: Both) -> None:
    both.ours.run("true")
    both.ours.run("kill -9 $PPID")
    assert both.ours.run("echo back").stdout == "back\n"


def test_arguments_are_quoted(both: Both) -> None:
    for host in (both.stock, both.ours):
        assert host.run("ls %s", "/srv/made/two words").stdout == "/srv/made/two words\n"
        assert host.run("echo %s", "$(id) 'x'").stdout == "$(id) 'x'\n"


def test_text_that_is_no_utf8_can_be_read(both: Both) -> None:
    assert both.ours.file("/srv/made/bytes").content == b"\xff\xfe\n"
    assert both.ours.file("/srv/made/bytes").content_string == "\ufffd\ufffd\n"


def test_as_another_user(both: Both) -> None:
    for name in ("docker", testinfra_backend.NAME):
        host = testinfra.get_host(f"{name}://ada@{both.container.id}")
        assert host.check_output("id -un") == "ada"
        assert host.user().name == "ada"
        assert host.run("cat /etc/shadow").rc == 1


def test_a_hung_command_is_ended(both: Both) -> None:
    def over(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(TimeoutError):
            both.ours.run("sleep 4321")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert both.ours.run("echo on").stdout == "on\n"
    assert not both.ours.process.filter(args="sleep 4321")


MODULES: dict[str, Callable[[Host], object]] = {
    "file": lambda h: [
        (f.exists, f.is_file, f.is_directory, f.is_symlink, f.is_pipe, f.user, f.group, f.uid, f.gid, f.mode, f.size)
        for f in (h.file(f"/srv/made/{name}") for name in ("file", "pipe", "bytes", "two words"))
    ],
    "file content": lambda h: (h.file("/srv/made/file").content, h.file("/srv/made/file").md5sum),
    "file sums and times": lambda h: (h.file("/srv/made/file").sha256sum, h.file("/srv/made/file").mtime),
    "folder": lambda h: (h.file("/srv/made").is_directory, sorted(h.file("/srv/made").listdir())),
    "link": lambda h: (h.file("/srv/made/link").is_symlink, h.file("/srv/made/link").linked_to),
    "no file": lambda h: (h.file("/nope").exists, h.file("/nope").is_file),
    "file search": lambda h: (h.file("/etc/passwd").contains("^ada:"), h.file("/etc/passwd").contains("nobody here")),
    "package": lambda h: (h.package("curl").is_installed, h.package("curl").version, h.package("nope").is_installed),
    "user": lambda h: [
        (u.exists, u.name, u.uid, u.gid, u.group, u.groups, u.home, u.shell, u.gecos, u.password)
        for u in (h.user("ada"), h.user("root"), h.user())
    ],
    "no user": lambda h: h.user("nobody-here").exists,
    "group": lambda h: (h.group("readers").gid, h.group("readers").members, h.group("nope").exists),
    "process": lambda h: [
        (p.user, p.args, p.comm) for p in h.process.filter(comm="sleep", user="root") if "765" in p.args
    ],
    "socket": lambda h: (h.socket("tcp://127.0.0.1:1").is_listening, h.socket.get_listening_sockets()),
    "service": lambda h: (h.service("procps").is_running, h.service("procps").is_enabled),
    "sysctl": lambda h: h.sysctl("kernel.hostname"),
    "system": lambda h: (h.system_info.type, h.system_info.distribution, h.system_info.codename, h.system_info.release),
    "mount point": lambda h: (h.mount_point("/proc").exists, h.mount_point("/proc").filesystem),
    "environment": lambda h: {k: v for k, v in h.environment().items() if k not in ("_", "PWD", "OLDPWD", "SHLVL")},
    "exists": lambda h: (h.exists("curl"), h.exists("no-such-command")),
    "check_output": lambda h: (h.check_output("echo a"), h.run_expect([3], "exit 3").rc, h.run_test("exit 1").rc),
    "interface": lambda h: (h.interface("lo").exists, h.interface("lo").addresses),
}


@pytest.mark.parametrize("look", MODULES.values(), ids=MODULES)
def test_a_module_sees_the_same(both: Both, look: Callable[[Host], object]) -> None:
    assert look(both.ours) == look(both.stock)


def test_a_container_that_restarts_is_asked_again(both: Both) -> None:
    both.ours.run("true")
    both.container.restart(timeout=1)
    assert both.ours.run("echo again").stdout == "again\n"


def test_a_container_that_is_gone_gives_no_answer() -> None:
    container = client().containers.run("kikori/server", detach=True)
    host = testinfra.get_host(f"{testinfra_backend.NAME}://{container.id}")
    assert host.run("true").rc == 0
    container.kill()
    with pytest.raises(OurFault, match="nothing can be run in the container"):
        host.run("true")
    container.remove(force=True)
    with pytest.raises(OurFault, match="nothing can be run in the container"):
        host.run("true")


def test_a_container_that_is_full_of_processes_gives_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = tmp_path / "docker"  # says what the real one says now and then at the pids limit
    engine.write_text("#!/bin/sh\necho 'OCI runtime exec failed: read init-p: connection reset by peer'\nexit 126\n")
    engine.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(OurFault, match="nothing can be run in the container: OCI runtime exec failed"):
        testinfra.get_host(f"{testinfra_backend.NAME}://full").run("true")


def test_one_shell_serves_many_commands(both: Both) -> None:
    both.ours.run("true")
    shell = both.ours.backend.shell
    for _ in range(20):
        both.ours.run("true")
    assert both.ours.backend.shell is shell
