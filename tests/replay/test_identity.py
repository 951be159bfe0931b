"""Replays as another user, whom root makes for it: no home of the caller's, and nothing left of their own."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kikori import host
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.replay import worker
from kikori.replay.identity import HANDED, Identity, belonging_to, identity_of
from kikori.review import ReviewOptions, Row, Verdict, review

from .hostile.handed import mended
from .hostile.parts import written

pytestmark = [pytest.mark.docker, pytest.mark.skipif(os.geteuid() != 0, reason="only root makes users")]

TRIES = """
import os, pathlib, sys, tempfile
from kikori.host import endpoint
from kikori.replay.verdict import unjudged
try:
    found = pathlib.Path({secret!r}).read_text()
except OSError as problem:
    found = problem.strerror
(pathlib.Path.home() / "left").write_text("x")
told = [found, os.getuid(), endpoint.ping(), pathlib.Path.home() == pathlib.Path(tempfile.gettempdir()), os.getcwd()]
import msgspec
sys.stdout.buffer.write(msgspec.json.encode(unjudged("x", "|".join(map(str, told)), 1)))
"""
"""What a submission that got out of its replay would do first."""


@pytest.fixture
def somebody() -> Iterator[str]:
    """A user in the group that may use Docker, for as long as the test runs."""
    name = f"kikori-{secrets.token_hex(4)}"
    subprocess.run(["useradd", "--system", "--no-create-home", "--groups", "docker", name], check=True)
    yield name
    subprocess.run(["userdel", name], check=True)


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A Python that others may run, where that of the tests lies in root's home."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    python, system = folder / "python", f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    if not Path(system).exists():
        pytest.skip(f"{system} is not there")
    packages = site.getsitepackages()[0]
    python.write_text(f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{packages}" exec {system} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    yield folder
    shutil.rmtree(folder)


def test_root_writes_nothing_into_a_folder_that_is_the_users_already(
    somebody: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = pwd.getpwnam(somebody)
    identity = Identity(name=somebody, uid=known.pw_uid, gid=known.pw_gid, groups=())
    owners: list[int] = []
    for name in ("copyfile", "chown"):
        where, real = (shutil, shutil.copyfile) if name == "copyfile" else (os, os.chown)

        def seen(*words: object, real: Callable[..., object] = real) -> object:
            owners.extend(Path(str(word)).parent.stat().st_uid for word in words if str(word).endswith(HANDED))
            return real(*words)

        monkeypatch.setattr(where, name, seen)
    (tmp_path / "ada.kikori").write_bytes(b"x")
    with belonging_to(identity, tmp_path / "ada.kikori") as (own, _):
        assert (own.read_bytes(), own.stat().st_uid, own.parent.stat().st_uid) == (b"x", known.pw_uid, known.pw_uid)
    assert owners == [0, 0]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def reviewed(inbox: Path, user: str) -> Row:
    (row,) = review(inbox, Catalog(), Silent(), ReviewOptions(user=user)).rows
    return row


@pytest.mark.usefixtures("readable")
def test_what_gets_out_of_a_replay_reads_nothing_of_the_callers_home(
    somebody: str, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir(0o700)
    (home / "secret").write_text("the instructor's own", encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(worker, "JUDGE", TRIES.format(secret=str(home / "secret")))
    (inbox / "mallory.kikori").write_bytes(b"x")
    os.chown(inbox, 65534, 65534)
    read, uid, engine, own, place = reviewed(inbox, somebody).reason.split("|")
    assert (read, engine, own) == ("Permission denied", "answers", "True")
    assert int(uid) == identity_of(somebody).uid
    assert not Path(place).exists()
    assert {file.stat().st_uid for file in inbox.glob("review.*")} == {65534}, "whoever owns the folder goes on with it"


@pytest.mark.usefixtures("readable")
def test_good_submission_is_verified_as_another_user(somebody: str, inbox: Path, tmp_path: Path) -> None:
    host.ready()
    written(mended("first-look", tmp_path), inbox / "ada.kikori")
    row = reviewed(inbox, somebody)
    assert row.verdict is Verdict.VERIFIED, row.reason


def test_user_who_is_not_there_or_is_root_is_refused(somebody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, told in (("nobody-has-it", "There is no user"), ("root", "may read everything")):
        with pytest.raises(KikoriError, match=told):
            identity_of(name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(KikoriError, match="Only root") as caught:
        identity_of(somebody)
    assert caught.value.hint == f"sudo ./kikori review FOLDER --as {somebody}"


@pytest.mark.usefixtures("readable")
def test_user_who_may_not_use_docker_is_told() -> None:
    with pytest.raises(EnvironmentProblem, match="nobody may not use Docker") as caught:
        identity_of("nobody")
    assert caught.value.hint == "sudo usermod --append --groups docker nobody"


def test_user_who_can_not_read_kikori_is_told(somebody: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python").symlink_to("/bin/true")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(EnvironmentProblem, match="can't run Kikori"):
        identity_of(somebody)
