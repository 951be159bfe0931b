"""Which changes of a service make its programs no witnesses any more, and which a right fix may make."""

from __future__ import annotations

import io
import secrets
import tarfile
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from docker.errors import NotFound

from kikori.catalog import Catalog
from kikori.errors import OurFault
from kikori.grading import backend
from kikori.grading.channel import ISOLATED
from kikori.runtime.endstate import ADDED, DELETED
from kikori.runtime.programs import exchanged, replaced, words_of

from .parts import entry

CHANGED = 0
WORDS = frozenset({"sh", "dash", "ps", "find", "grep", "release"})
PASSWD = b"root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/:/bin/sh\n"


class Container:
    """What an engine would say of a container."""

    def __init__(self, kinds: dict[str, int] | None = None, **files: bytes) -> None:
        self.kinds = kinds or {}
        self.image = SimpleNamespace(id=secrets.token_hex(8))
        named = {"/etc/passwd": PASSWD} | files
        self.archives = {name: data if _is_tar(data) else entry("x", data) for name, data in named.items()}

    def diff(self) -> list[dict[str, object]]:
        return [{"Path": path, "Kind": kind} for path, kind in self.kinds.items()]

    def get_archive(self, path: str) -> tuple[Iterator[bytes], dict[str, int]]:
        if path not in self.archives:
            raise NotFound(path)
        return (part for part in [self.archives[path]]), {"size": 1}


def _is_tar(data: bytes) -> bool:
    return tarfile.is_tarfile(io.BytesIO(data))


FOLDER = entry("x", kind=tarfile.DIRTYPE)
LINK = entry("x", kind=tarfile.SYMTYPE, link="/lie")


@pytest.mark.parametrize(
    ("kinds", "files"),
    [
        ({"/usr": CHANGED, "/usr/bin": CHANGED, "/usr/bin/ps": CHANGED}, {"/usr/bin/ps": b"lie"}),
        ({"/usr/bin/ps": CHANGED}, {"/usr/bin/ps": LINK}),
        ({"/usr/bin/anything": CHANGED}, {"/usr/bin/anything": b"lie"}),
        ({"/usr/bin/ps": DELETED}, {}),
        ({"/usr/bin": CHANGED}, {"/usr/bin": LINK}),
        ({"/bin": CHANGED}, {"/bin": LINK}),
        ({"/usr/lib/x86_64-linux-gnu/libc.so.6": CHANGED}, {"/usr/lib/x86_64-linux-gnu/libc.so.6": b"lie"}),
        ({"/usr/lib/x86_64-linux-gnu/libc.so.6": DELETED}, {}),
        ({"/lib64": CHANGED}, {"/lib64": LINK}),
        ({"/etc/ld.so.preload": ADDED}, {}),
        ({"/etc/ld.so.cache": CHANGED}, {}),
        ({"/etc/ld.so.conf.d/a.conf": ADDED}, {}),
        ({"/usr/local/bin/ps": ADDED}, {"/usr/bin/ps": b"real"}),
        ({"/usr/sbin/ps": ADDED}, {"/usr/bin/ps": b"real"}),
        ({"/usr/local/bin/release": CHANGED}, {"/usr/local/bin/release": b"lie"}),
        ({"/usr/local/bin": CHANGED}, {"/usr/local/bin": LINK}),
        ({}, {"/etc/passwd": b"www:x:0:0::/:/bin/sh\n" + PASSWD}),
        ({}, {"/etc/passwd": b"root:x:99:99::/:/bin/sh\nnobody:x:00:0::/:/bin/sh\n"}),
        ({}, {"/etc/nsswitch.conf": b"passwd: lie files\n"}),
    ],
)
def test_other_program_is_named(kinds: dict[str, int], files: dict[str, bytes]) -> None:
    found = replaced(Container(kinds, **files), WORDS, {})  # type: ignore[arg-type]
    assert found in {*kinds, "/etc/passwd", "/etc/nsswitch.conf"}


@pytest.mark.parametrize(
    ("kinds", "files"),
    [
        ({"/usr": CHANGED, "/usr/bin": CHANGED, "/usr/bin/htop": ADDED}, {"/usr/bin": FOLDER}),
        ({"/usr/local/bin": CHANGED, "/usr/local/bin/sweep": ADDED}, {}),
        ({"/usr/local/bin/release": ADDED}, {}),
        ({"/usr/local/bin/shop": CHANGED}, {"/usr/local/bin/shop": b"mended"}),
        ({"/usr/bin": CHANGED}, {"/usr/bin": FOLDER}),
        ({"/usr/bin/nano": DELETED, "/usr/bin": CHANGED}, {}),
        ({"/usr/lib/python3/dist-packages/a/__pycache__/b.pyc": ADDED}, {}),
        ({"/usr/lib/x86_64-linux-gnu/libown.so.1": ADDED}, {}),
        ({"/etc/passwd": CHANGED}, {"/etc/passwd": PASSWD + b"shop:x:10001:10001::/:/usr/sbin/nologin\n"}),
        ({"/etc/nsswitch.conf": CHANGED}, {"/etc/nsswitch.conf": b"passwd: files systemd\nhosts: dns files\n"}),
        ({"/srv/www/ps": ADDED, "/etc/cron.d/x": CHANGED}, {}),
    ],
)
def test_what_a_right_fix_may_change_is_no_lie(kinds: dict[str, int], files: dict[str, bytes]) -> None:
    assert not replaced(Container(kinds, **files), WORDS, {})  # type: ignore[arg-type]


def test_what_the_fault_itself_changed_is_the_labs_own() -> None:
    container = Container({"/usr/bin/ps": CHANGED}, **{"/usr/bin/ps": b"as the fault left it"})
    assert replaced(container, WORDS, {}) == "/usr/bin/ps"  # type: ignore[arg-type]
    assert not replaced(container, WORDS, {"/usr/bin/ps": CHANGED})  # type: ignore[arg-type]


REAL = {"/usr/bin/grep": b"grep", "/usr/bin/dash": b"dash", "/bin/sh": b"dash"}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (REAL, ""),
        (REAL | {"/usr/bin/grep": b"lie"}, "/bin/grep"),
        (REAL | {"/usr/local/bin/grep": b"lie"}, "/bin/grep"),
        (REAL | {"/usr/local/bin/own": b"own"}, ""),
        ({"/srv/static": b"an image from scratch"}, ""),
        (REAL | {"/etc/ld.so.preload": b""}, "/etc/ld.so.preload"),
    ],
)
def test_program_of_a_learners_own_image_is_that_of_the_image_below(files: dict[str, bytes], told: str) -> None:
    assert exchanged(Container(**files), Container(**REAL), WORDS) == told  # type: ignore[arg-type]


def test_programs_that_a_labs_checks_name_are_known() -> None:
    assert {"ps", "find", "sh", "dash", "host"} <= words_of(Catalog().lab("first-look"))
    assert "curl" not in words_of(Catalog().lab("first-look"))


# --- how the checks' commands are run


def test_replay_lets_no_environment_of_a_learner_decide_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert backend.options_of("orders") == ["--user", "orders"]
    monkeypatch.setenv(ISOLATED, "1")
    given = backend.options_of(None)
    assert "LD_PRELOAD=" in given
    assert "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" in given


@pytest.mark.parametrize(("replay", "raised"), [("1", True), ("0", False)])
def test_command_that_somebody_ended_proves_nothing_in_a_replay(
    monkeypatch: pytest.MonkeyPatch, replay: str, raised: bool
) -> None:
    monkeypatch.setenv(ISOLATED, replay)
    host = backend.KikoriBackend("web")
    monkeypatch.setattr(host, "_in_shell", lambda script: backend.Output(137, b"", b""))
    if raised:
        with pytest.raises(OurFault, match="something in the container ended a command of the check: ps"):
            host.run("ps")
    else:
        assert host.run("ps").rc == 137
