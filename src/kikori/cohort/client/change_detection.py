"""After a learner's command: has an attempt changed since the server last heard of it?"""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import sys

import msgspec

from kikori.attempts import Store
from kikori.cohort.client import membership
from kikori.cohort.client.checkin import check_in
from kikori.cohort.messages import CheckIn, Where
from kikori.errors import KikoriError

SENDING = (sys.executable, "-m", "kikori.cohort.client.sender")


class News(msgspec.Struct, frozen=True):
    """A check-in that the server has not had, and the digest by which it is known afterwards."""

    attempt: str
    check_in: CheckIn
    digest: str


def notice() -> None:
    """Have what has changed sent by a process of its own: a server that is away costs the command nothing."""
    with contextlib.suppress(KikoriError, OSError, ValueError):  # a check-in never makes a command fail
        if news(membership.told().known):
            quiet = subprocess.DEVNULL
            subprocess.Popen(SENDING, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def news(known: dict[str, str], store: Store | None = None) -> list[News]:
    """What the server has not heard, the oldest attempt first; of a stopped one it hears once, if ever it knew it."""
    store = store or Store()
    found = []
    for attempt in store.all():
        told = check_in(store, attempt)
        digest = _digest(told, len(store.events(attempt)))
        if known.get(attempt.id) != digest and (told.stage is not Where.STOPPED or attempt.id in known):
            found.append(News(attempt=attempt.id, check_in=told, digest=digest))
    return found


def _digest(told: CheckIn, events: int) -> str:
    """The same as long as nothing happened in the attempt but time."""
    still = msgspec.structs.replace(told, seconds=0.0)
    return hashlib.sha256(msgspec.json.encode(still) + b"%d" % events).hexdigest()[:16]
