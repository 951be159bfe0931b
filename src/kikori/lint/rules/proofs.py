"""What was executed of a lab."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource
from kikori.prove import ledger
from kikori.prove.status import is_whole, status_of


@rule
def proof_recorded(source: LabSource) -> Iterator[Location]:
    """proofs/LAB.toml has a row for each demand on the lab as it is now, where proofs/ is kept beside labs/."""
    file = ledger.file_of(source.lab)
    if not file.parent.is_dir():
        return
    status = status_of(source.lab, engine="")  # whichever engine met them
    if is_whole(status):
        return
    counts = f"of {status.demands} demands {status.missing} were never recorded, {status.stale} of the lab as it was"
    yield Location(file, None, status.problem or counts, f"kikori lab prove {source.lab.id} --record")
