"""``cohort send``: a submission handed in on the instructor's machine."""

from __future__ import annotations

from pathlib import Path

from kikori.cohort.client import membership
from kikori.cohort.client.connection import Server
from kikori.cohort.messages import Received
from kikori.errors import KikoriError
from kikori.submission.format import MOST_BYTES, SUFFIX


def hand_in(file: Path) -> Received:
    """Send a submission to the cohort that was joined.

    Raises:
        KikoriError: none was, there is no such file, or the server refuses it.
        EnvironmentProblem: the server does not answer.
    """
    member = membership.membership()
    if not file.is_file() or file.suffix != SUFFIX:
        raise KikoriError(f"{file}: there is no such {SUFFIX} file.", "kikori submit")
    if file.stat().st_size > MOST_BYTES:
        raise KikoriError(f"{file}: more than {MOST_BYTES // 2**20} MiB.", "kikori cohort send FILE")
    return Server(member.url, member.token).hand_in(file)
