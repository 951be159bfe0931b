"""A submission opened for what a person reads of it; the rest stays in its file.

Whoever made the file may have filled it up to its limits, and a class has hundreds. What is cut here is more than any
page shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from kikori import explanation_rules
from kikori.errors import KikoriError
from kikori.model import CheckResult, Report
from kikori.review.evidence.stored_texts import Paper
from kikori.review.evidence.view import MOST_CHECKS, own_reports
from kikori.submission import Records, read_records

MOST_BYTES = 256 * 1024
"""Of the events and of the trail, as they are written down."""
LONGEST = 2000
"""Letters of a check's title or reason, or of a name."""
MOST_LAB_EVENTS = 500
T = TypeVar("T")


def opened_paper(file: Path) -> Paper | None:
    """Open a submission for what it says; ``None`` where it can't be read, which its row tells."""
    try:
        return readable(read_records(file))
    except (KikoriError, OSError):
        return None


def readable(found: Records) -> Paper:
    """What a person reads of a submission."""
    trail = _beginning(found.trail)
    told = found.manifest
    return Paper(
        manifest=replace(told, **{name: _short(getattr(told, name)) for name in told.__struct_fields__}),
        events=_beginning(found.events),
        trail=trail,
        more=len(found.trail) - len(trail),
        reports=tuple(map(_cut, own_reports(found.events, found.reports)[:1])),
        claim=found.reports[-1].passed if found.reports else None,
        explanation=found.explanation[: explanation_rules.LONGEST],
        lab_events=_beginning(found.lab_events)[:MOST_LAB_EVENTS],
    )


def _beginning(records: Sequence[T]) -> tuple[T, ...]:
    """As many of them as a page may need."""
    size = 0
    for number, record in enumerate(records):
        size += len(msgspec.json.encode(record))
        if size > MOST_BYTES:
            return tuple(records[:number])
    return tuple(records)


def _cut(report: Report) -> Report:
    return replace(report, checks=tuple(map(_check, report.checks[:MOST_CHECKS])))


def _check(check: CheckResult) -> CheckResult:
    """A check without what is too long to read; what it needs is not shown."""
    return replace(check, title=check.title[:LONGEST], reason=check.reason[:LONGEST], id=check.id[:LONGEST], needs=())


def _short(value: object) -> object:
    return value[:LONGEST] if isinstance(value, str) else value
