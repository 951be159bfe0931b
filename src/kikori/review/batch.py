"""All submissions of a folder, side by side; none stops the others, and what is known already is not replayed."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import nullcontext
from pathlib import Path

import msgspec

from kikori import host
from kikori.attempts.atomic_files import write_whole
from kikori.content import Catalog
from kikori.engine import Steps
from kikori.engine.cleanup import sweep_dead
from kikori.engine.images import passing_cache
from kikori.errors import EnvironmentProblem, Exit, KikoriError
from kikori.grading.grader_packages import ensure_grader_packages
from kikori.model.record import Record
from kikori.replay.identity import Identity, hand_back, identity_of
from kikori.replay.rebuild import PREFIX
from kikori.replay.verdict import Judged, Row
from kikori.replay.worker import LIMIT, in_own_process, stop
from kikori.review.gradebook.spreadsheet import cell
from kikori.review.manual_verdicts import verdicts
from kikori.review.store import ReviewStore, opened
from kikori.review.submissions import SubmittedFile, builds, handed_in
from kikori.submission import SUFFIX

Done = Callable[[Row, int, int], None]
"""Hears of a row, how many there are already, and of how many."""


class Reviewed(Record):
    """A review of a folder, and where it was written."""

    rows: tuple[Row, ...]
    json_file: str
    csv_file: str

    @property
    def exit_code(self) -> Exit:
        """0 all verified, by hand too; 1 one was not, 3 or 4 where the machine or a grader stood in the way."""
        return max(row.ends_with for row in self.rows)


class ReviewOptions(Record):
    """How submissions are replayed."""

    jobs: int = 2
    limit: float = LIMIT
    """Seconds for each."""
    again: bool = False
    """Whether those that are known already are replayed too."""
    cluster: str = ""
    """Address of a Dask scheduler whose workers replay; empty for this machine."""
    user: str = ""
    """Who runs the replays on this machine; empty for whoever reviews."""


def review(
    folder: Path,
    catalog: Catalog,
    steps: Steps,
    options: ReviewOptions | None = None,
    done: Done = lambda row, count, of: None,
) -> Reviewed:
    """Replay and grade every submission of a folder; ``done`` hears of each as it is judged.

    Writes ``review.json`` and ``review.csv`` beside them, and ``review.sqlite`` while it goes on.

    Raises:
        KikoriError: there is no such folder, or no submission in it.
        EnvironmentProblem: Docker could not be made ready, or the folder can't be written.
    """
    options = options or ReviewOptions()
    if options.user and options.cluster:
        raise KikoriError("--as is for replays on this machine; on a cluster, start its workers as that user.")
    identity = identity_of(options.user) if options.user else None
    files = sorted(folder.rglob(f"*{SUFFIX}")) if folder.is_dir() else []
    if not files:
        raise KikoriError(f"{folder}: no {SUFFIX} file there.", "kikori review FOLDER")
    names = {file: shown(file.relative_to(folder)) for file in files}
    rows: dict[str, Row] = {}
    with opened(folder) as store:
        for judged in _all(handed_in(names, catalog), store, steps, options, identity):
            rows[judged.row.file] = judged.row
            done(judged.row, len(rows), len(files))
    written = _written(folder, tuple(rows[name] for name in names.values()))
    if identity:
        hand_back(folder)
    return written


def _all(
    handed: Sequence[SubmittedFile], store: ReviewStore, steps: Steps, options: ReviewOptions, identity: Identity | None
) -> Iterator[Judged]:
    """What is known first, then each as it is judged."""
    missing, hands = list[SubmittedFile](), verdicts(store)
    for one in handed:
        known = None if options.again else store.known(one.digest)
        if known and known.settled and known.judged.judge == one.judge:
            yield one.filed(known.judged, hands.get(one.digest, ""))
        else:
            missing.append(one)
    for one, told in _elsewhere(missing, options) if options.cluster else _here(missing, steps, options, identity):
        judged = one.signed(told)
        store.note(one.digest, judged)
        yield one.filed(judged, hands.get(one.digest, ""))


def _here(
    missing: Sequence[SubmittedFile], steps: Steps, options: ReviewOptions, identity: Identity | None
) -> Iterator[tuple[SubmittedFile, Judged]]:
    """Replay on this machine; versions of one lab one after the other, since their images have the same names."""
    if not missing:
        return
    host.ready()
    sweep_dead(PREFIX)
    for group in builds(missing, steps):
        for lab in {one.version.lab.id: one.version.lab for one in group if one.version}.values():
            ensure_grader_packages(lab.graders)  # a worker may be a user who can't
        built = any(one.version and one.version.lab.workspace for one in group)
        with passing_cache() if built else nullcontext(), ThreadPoolExecutor(options.jobs) as pool:
            running = {pool.submit(in_own_process, one.file, one.name, options.limit, identity): one for one in group}
            try:
                for future in as_completed(running):
                    yield running[future], future.result()
            except BaseException:  # Ctrl+C, or whoever hears of the rows has ended
                pool.shutdown(wait=False, cancel_futures=True)
                stop()
                raise


def _elsewhere(missing: Sequence[SubmittedFile], options: ReviewOptions) -> Iterator[tuple[SubmittedFile, Judged]]:
    from kikori.review.cluster import spread

    yield from spread(missing, options.cluster, options.limit)


def shown(path: Path) -> str:
    """A path as text that can be written down, though its bytes need not be UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _written(folder: Path, rows: tuple[Row, ...]) -> Reviewed:
    json_file, csv_file = folder / "review.json", folder / "review.csv"
    try:
        write_whole(json_file, msgspec.json.format(msgspec.json.encode(rows), indent=1))
        write_whole(csv_file, csv_of(rows).encode("utf-8-sig"))
    except OSError as problem:
        raise EnvironmentProblem(f"{folder}: can't be written: {problem.strerror}", "kikori review --json") from None
    return Reviewed(rows=rows, json_file=str(json_file), csv_file=str(csv_file))


def csv_of(rows: tuple[Row, ...]) -> str:
    """The rows for a spreadsheet; what a spreadsheet would take for a formula is quoted."""
    with io.StringIO(newline="") as file:
        writer = csv.DictWriter(file, Row.__struct_fields__)
        writer.writeheader()
        for row in rows:
            writer.writerow({name: cell(value) for name, value in msgspec.structs.asdict(row).items()})
        return file.getvalue()
