"""The record that a service keeps of an incident, read from outside as what it is: whoever's text.

Nothing of it decides anything: a learner may have written it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kikori.engine.inspection.filesystem_diff import file_of
from kikori.model.incident import EventLine, EventSource, LabEvent
from kikori.model.record import Record

if TYPE_CHECKING:
    from docker.models.containers import Container

MOST_BYTES = 256 * 1024
"""Of one record: it says what changed, and is no log of all that went well."""


class Recorded(Record):
    """What one record says."""

    events: tuple[LabEvent, ...]
    damaged: int = 0
    """Lines that are no events."""


def recorded_in(container: Container, source: EventSource) -> Recorded | None:
    """Read a record; ``None`` where there is no plain file that small.

    The container may have stopped.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    data = file_of(container, source.path, MOST_BYTES)
    return None if data is None else parsed(data[:MOST_BYTES], source)


def parsed(data: bytes, source: EventSource) -> Recorded:
    """Read JSON lines strictly; the last one may still be being written."""
    decoder = msgspec.json.Decoder(EventLine)
    whole = data[: data.rfind(b"\n") + 1]
    events: list[LabEvent] = []
    damaged = 0
    for line in whole.split(b"\n"):
        if not line.strip():
            continue
        try:
            one = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            damaged += 1
        else:
            events.append(LabEvent(kind=source.kind, at=one.at, en=one.en, ja=one.ja))
    return Recorded(events=tuple(events), damaged=damaged)
