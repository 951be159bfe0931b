"""The process that checks in: ``python -m kikori.cohort.client.sender``, started and not waited for."""

from __future__ import annotations

import contextlib
import fcntl
import signal
from collections.abc import Iterator

from kikori import paths
from kikori.cohort.client import membership
from kikori.cohort.client.change_detection import News, news
from kikori.cohort.client.connection import Refused, Server
from kikori.cohort.messages import CheckIn, Where
from kikori.errors import KikoriError

LONGEST = 20
"""Seconds until the process gives up, whatever holds it."""
ARRIVED = "received"


def send() -> str:
    """Send what is new, one process at a time; gives the last answer, which is also written down."""
    with _turn():
        member = membership.joined()
        if member is None:
            return ""
        known = membership.told().known
        found = news(known)
        return _sent(Server(member.url, member.token), known, found) if found else ""


def _sent(server: Server, known: dict[str, str], found: list[News]) -> str:
    """Send each; what was not received stays news."""
    known, out, answer = dict(known), list[CheckIn](), ARRIVED
    try:
        for one in found:
            out.append(one.check_in)
            answer = _refused(server, one.check_in) or answer
            known[one.attempt] = one.digest
            if one.check_in.stage is Where.STOPPED:
                known.pop(one.attempt, None)
    except KikoriError as problem:
        answer = problem.message
    if membership.joined() is not None:  # left in the meantime
        membership.keep_told(known, tuple(out), answer)
    return answer


def _refused(server: Server, told: CheckIn) -> str:
    """Send one check-in; gives what is said of a lab that the server does not have, which keeps no other back."""
    try:
        server.check_in(told)
    except Refused as problem:
        if not problem.of_no_lab:
            raise
        return problem.message
    return ""


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """Wait for the process before, so that an older state never overtakes a newer one."""
    with (paths.state() / "cohort.lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    signal.alarm(LONGEST)  # ends the process by itself
    with contextlib.suppress(KikoriError, OSError):
        send()
