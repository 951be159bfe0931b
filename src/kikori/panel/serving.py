"""``serve`` and ``site build``."""

from __future__ import annotations

import base64
import contextlib
import hmac
import secrets
import socket
from pathlib import Path

import msgspec

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.attempts.private_files import read_private
from kikori.engine import Steps
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.model.record import Record
from kikori.panel.app import application
from kikori.panel.site_build import build, built
from kikori.web.serving import Address, address
from kikori.web.serving import serve as answer

KEY_BYTES = 32


class Written(Record):
    """A site that was written as files."""

    folder: str
    pages: int


def serve(steps: Steps, port: int, listen: str, *, opening: bool, instructor: bool = False) -> None:
    """Serve the site until interrupted.

    Raises:
        OurFault: a page breaks its format.
        EnvironmentProblem: the address can't be listened on.
    """
    at = _place(port, listen)
    answer(application(built(steps, instructor=instructor)), at, opening=opening, search=True)


def _place(port: int, listen: str) -> Address:
    """The address asked for, with the token that it had before: a page that is open finds the server again.

    Raises:
        EnvironmentProblem: somebody listens there already; another port would answer nobody who forwards this one.
    """
    wanted = address(port, listen)
    with contextlib.suppress(OSError), socket.create_connection((wanted.host, wanted.port), timeout=1):
        raise EnvironmentProblem(
            f"Port {wanted.port} of {wanted.host} is taken: another program, or a `kikori serve`, listens there.",
            "kikori serve --port 0",
        )
    return msgspec.structs.replace(wanted, token=token_of(wanted.host, wanted.port))


def token_of(host: str, port: int) -> str:
    """Make the token of an address from the key in the state folder; each address has another one."""
    digest = hmac.digest(_key(), f"{host} {port}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _key() -> bytes:
    """Read the key, or make one; without its file every page that is open needs its address anew.

    Raises:
        EnvironmentProblem: the state folder can't be written.
    """
    file = paths.state() / "serve.key"
    try:
        if file.is_file() and len(key := read_private(file)) == KEY_BYTES:
            return key
        write_whole(file, key := secrets.token_bytes(KEY_BYTES))
    except OSError as problem:
        raise EnvironmentProblem(f"{file}: can't be written: {problem.strerror}", "df -h ~") from None
    return key


def write(steps: Steps, folder: Path, *, instructor: bool = False) -> Written:
    """Build the site into a folder that is empty, or not there yet.

    Raises:
        KikoriError: there is something in it that is no site of ours.
        EnvironmentProblem: it can't be written.
    """
    if folder.exists() and not (folder / "sitemap.xml").is_file() and any(folder.iterdir()):
        raise KikoriError(f"{folder}: not empty, and not a site built before.", "kikori site build NEW-FOLDER")
    try:
        with steps.step("Building the pages"):
            build(folder.absolute(), instructor=instructor)
    except OSError as problem:
        raise EnvironmentProblem(f"{folder}: can't be written: {problem.strerror}", "df -h") from None
    return Written(folder=str(folder), pages=sum(1 for _ in folder.rglob("*.html")))
