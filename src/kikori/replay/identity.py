"""Another user of this computer, whom replays belong to: without the instructor's home, and with one of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kikori import paths
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.host import endpoint
from kikori.model.record import Record

KEPT = (
    "PATH", "LANG", "LC_ALL", "LC_MESSAGES", "TZ", "KIKORI_CONTENT", "KIKORI_LANG", "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT",
)  # fmt: skip
"""What a replay needs of the instructor's environment; the rest may hold secrets."""
HANDED = "handed.kikori"
PING = "from kikori.host import endpoint; import kikori.replay.judge; print(endpoint.ping())"


class Identity(Record):
    """A user, with all groups."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...]


def identity_of(name: str) -> Identity:
    """Look a user up who is to run replays, and try that they can.

    Raises:
        KikoriError: there is no such user, or whoever asks is not root.
        EnvironmentProblem: the user can't read Kikori, or may not use Docker.
    """
    if os.geteuid() != 0:
        raise KikoriError("Only root can run replays as another user.", f"sudo ./kikori review FOLDER --as {name}")
    try:
        known = pwd.getpwnam(name)
    except KeyError:
        add = f"sudo useradd --system --shell /usr/sbin/nologin --groups docker {name}"
        raise KikoriError(f"There is no user '{name}' on this computer.", add) from None
    if known.pw_uid == 0:
        raise KikoriError(f"'{name}' is root, who may read everything.", "another user with --as")
    groups = tuple(os.getgrouplist(name, known.pw_gid))
    identity = Identity(name=name, uid=known.pw_uid, gid=known.pw_gid, groups=groups)
    _try(identity)
    return identity


def _try(identity: Identity) -> None:
    with own_place(identity) as place:
        try:
            tried = subprocess.run(
                [sys.executable, "-P", "-c", PING], capture_output=True, text=True, check=False, **_as(identity, place)
            )
        except PermissionError:
            tried = None
    if tried is None or tried.returncode:
        raise EnvironmentProblem(
            f"{identity.name} can't run Kikori: {paths.ROOT} or its Python, {Path(sys.executable).resolve()}, lies "
            "where only you may read.",
            f"sudo git clone {paths.ROOT} /opt/kikori, and review with that one",
        )
    if tried.stdout.strip() != "answers":
        raise EnvironmentProblem(
            f"{identity.name} may not use Docker at {endpoint.docker_host()}.",
            f"sudo usermod --append --groups docker {identity.name}",
        )


@contextmanager
def own_place(identity: Identity, file: Path | None = None) -> Iterator[Path]:
    """Make a home for a user that is gone afterwards, with all that was left in it; ``file`` is laid in it.

    It is the user's only once that lies there: whatever still ran as them could put a link in the way of what root
    writes.
    """
    place = Path(tempfile.mkdtemp(prefix="kikori-as-"))
    try:
        if file:
            shutil.copyfile(file, place / HANDED)
            os.chown(place / HANDED, identity.uid, identity.gid)
        os.chown(place, identity.uid, identity.gid)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def belonging_to(identity: Identity, file: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give a user their own copy of a submission; gives that, and what a process of theirs is started with."""
    plain = file.is_file()  # what is none is told by whoever opens it
    with own_place(identity, file if plain else None) as place:
        yield place / HANDED if plain else file, _as(identity, place)


def _as(identity: Identity, place: Path) -> dict[str, Any]:
    """What a process of another user is started with."""
    repository = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(paths.ROOT)}
    own = {"HOME": str(place), "TMPDIR": str(place), "DOCKER_HOST": endpoint.docker_host()}
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        "user": identity.uid,
        "group": identity.gid,
        "extra_groups": identity.groups,
        "cwd": place,
        "env": kept | repository | own | {"PYTHONPATH": str(paths.ROOT / "src")},
    }


def hand_back(folder: Path) -> None:
    """Give what root wrote into a reviewed folder to whoever owns it."""
    owner = folder.stat()
    for file in folder.glob("review.*"):
        os.chown(file, owner.st_uid, owner.st_gid, follow_symlinks=False)
