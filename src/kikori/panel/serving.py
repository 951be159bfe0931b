"""``serve`` and ``site build``."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

from kikori.engine import Steps
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.model.record import Record
from kikori.panel.app import application
from kikori.panel.site_build import build, built
from kikori.web.serving import Address, address
from kikori.web.serving import serve as answer


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
    answer(application(built(steps, instructor=instructor)), at, opening=opening)


def _place(port: int, listen: str) -> Address:
    """The address asked for; another port where somebody listens on that one already."""
    wanted = address(port, listen)
    with contextlib.suppress(OSError), socket.create_connection((wanted.host, wanted.port), timeout=1):
        return address(0, listen)
    return wanted


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
