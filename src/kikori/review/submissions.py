"""The submissions that were handed in, with what can be said of each before it is replayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from kikori.content import Catalog
from kikori.engine import Steps
from kikori.engine.scratch import scratch
from kikori.errors import KikoriError
from kikori.model.record import Record
from kikori.replay.judge import LONGEST_NAME, judge_of
from kikori.replay.verdict import Judged, with_doubts
from kikori.replay.versions import Version, version_of
from kikori.review.store import digest_of
from kikori.submission import Manifest, read_manifest
from kikori.submission.senders import Claim, Senders, claim_of, doubts_of


class SubmittedFile(Record):
    """A file that was handed in."""

    file: Path
    name: str
    digest: str
    told: Manifest | None = None
    """What it says of itself; none where it can't be read. All else is unpacked by the process that judges it."""
    senders: tuple[str, ...] = ()
    """Who sent it, where a cohort's server took it in."""
    doubts: tuple[str, ...] = ()
    """Why whose it is may be asked."""
    version: Version | None = None
    """The version of its lab; none where it can't be read, or its lab is unknown."""

    @property
    def judge(self) -> str:
        """What would judge it today."""
        return judge_of(self.version) if self.version else ""

    @property
    def claim(self) -> Claim:
        """Whose it is, as far as it says."""
        return claim_of(self.told, self.senders)

    def signed(self, judged: Judged) -> Judged:
        """A judgement with whose it is and of which lab, where whoever judged was ended before saying so."""
        if judged.row.lab or self.told is None:
            return judged
        told = self.told
        names = {"learner": told.learner, "lab": told.lab, "fault": told.fault or "", "attempt": told.attempt}
        row = replace(judged.row, **{key: name[:LONGEST_NAME] for key, name in names.items()})
        return replace(judged, row=row)

    def filed(self, judged: Judged, by_hand: str) -> Judged:
        """A judgement of the same bytes as this file's: what is known of the file, and the instructor's word on it."""
        row = with_doubts(judged.row, self.senders, self.doubts)
        return replace(judged, row=replace(row, file=self.name, by_hand=by_hand))


def handed_in(names: Mapping[Path, str], catalog: Catalog) -> list[SubmittedFile]:
    """The files, in their order."""
    senders = Senders()
    found = [_read(file, name, senders.of(file), catalog) for file, name in names.items()]
    doubts = doubts_of([one.claim for one in found])
    return [replace(one, doubts=told) for one, told in zip(found, doubts, strict=True)]


def _read(file: Path, name: str, senders: tuple[str, ...], catalog: Catalog) -> SubmittedFile:
    handed = SubmittedFile(file=file, name=name, digest=name, senders=senders)
    try:
        handed = replace(handed, digest=digest_of(file))
        handed = replace(handed, told=(told := read_manifest(file)))
        return replace(handed, version=version_of(catalog.lab(told.lab), told.content))
    except (KikoriError, OSError):  # its row will say why
        return handed


def by_version(handed: Sequence[SubmittedFile]) -> Iterator[list[SubmittedFile]]:
    """The files by version of their labs: images of two versions have the same names, so they take turns."""
    for _, group in groupby(sorted(handed, key=_commit), key=_commit):
        yield list(group)


def builds(handed: Sequence[SubmittedFile], steps: Steps) -> Iterator[list[SubmittedFile]]:
    """The files by version of their labs, each group once its images are built."""
    for found in by_version(handed):
        for version in {one.judge: one.version for one in found if one.version}.values():
            _build(version, steps)
        yield found


def _commit(one: SubmittedFile) -> str:
    return one.version.commit if one.version else ""


def _build(version: Version, steps: Steps) -> None:
    """Build a lab's own images before its replays run side by side; what goes wrong is told by each of these."""
    with (
        suppress(KikoriError),
        scratch(version.lab, "build", workspace=version.lab.workspace) as project,
    ):
        project.build_own(steps)
