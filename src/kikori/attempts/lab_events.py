"""What a lab's services wrote down since the break, kept beside an attempt: it outlives their containers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kikori.attempts.atomic_files import write_whole
from kikori.attempts.private_files import read_private
from kikori.attempts.store import Store
from kikori.attempts.timing import begun
from kikori.model import Attempt
from kikori.model.incident import LabEvent
from kikori.model.record import Record

FILE = "lab-events.json"
MOST = 2_000
"""Events that are kept: a submission holds all of them."""


class Kept(Record):
    """What was read since one moment."""

    since: float
    """When the break was, or the start where nothing is broken; of another one nothing counts."""
    events: tuple[LabEvent, ...]


def kept(store: Store, attempt: Attempt) -> tuple[LabEvent, ...]:
    """Read what is kept of this break; nothing of a damaged file."""
    try:
        found = msgspec.json.decode(read_private(store.folder(attempt.id) / FILE), type=Kept)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return ()
    return found.events if found.since == begun(store.events(attempt)) else ()


def keep(store: Store, attempt: Attempt, read: Iterable[LabEvent]) -> tuple[LabEvent, ...]:
    """Add what was read to what is kept.

    So a record that a deploy took away is not lost.
    """
    before: Sequence[LabEvent] = kept(store, attempt)
    both = tuple(dict.fromkeys((*before, *read)))[:MOST]
    if both != before:
        since = begun(store.events(attempt))
        write_whole(store.folder(attempt.id) / FILE, msgspec.json.encode(Kept(since=since, events=both)))
    return both
