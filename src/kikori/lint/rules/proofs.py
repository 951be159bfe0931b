"""What was executed of a lab."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.lint.finding import Spot
from kikori.lint.ground import Draft
from kikori.lint.rule import rule
from kikori.prove import ledger
from kikori.prove.status import is_whole, status_of


@rule
def proof_recorded(draft: Draft) -> Iterator[Spot]:
    """proofs/LAB.toml has a row for each demand on the lab as it is now, where proofs/ is kept beside labs/."""
    file = ledger.file_of(draft.lab)
    if not file.parent.is_dir():
        return
    status = status_of(draft.lab, engine="")  # whichever engine met them
    if is_whole(status):
        return
    counts = f"of {status.demands} demands {status.missing} were never recorded, {status.stale} of the lab as it was"
    yield Spot(file, None, status.problem or counts, f"kikori lab prove {draft.lab.id} --record")
