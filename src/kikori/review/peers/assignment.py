"""Peer review: explanations dealt out to others of the class as files without names, and the key that knows whose.

Each file is Markdown: an editor is all that it needs, and what is to be filled in stands below headings with a mark,
as in an explanation. What somebody else wrote stands in it as a quotation, fenced, so that it is neither taken for an
answer nor shown as a link or an image.
"""

from __future__ import annotations

import re
import secrets
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import msgspec

from kikori import explanation_rules
from kikori.attempts.atomic_files import write_whole
from kikori.content import Catalog
from kikori.errors import EnvironmentProblem, KikoriError, OurFault
from kikori.model import Text
from kikori.model.record import Record
from kikori.review.evidence.anonymize import nameless, true_names
from kikori.review.results import GradedSubmission, classwork, file_names
from kikori.review.web.file_templates import Words, harmless, markdown, words
from kikori.settings import Lang

FOLDER = "peers"
SUFFIX = ".peer.md"
KEY = "peers-key.json"
"""Beside the folder and not in it, so that handing out the folder does not hand out who is who."""


class Assignment(Record):
    """One explanation for one reader."""

    reader: str
    submission: str
    lab: str


class AssignmentKey(Record):
    """Who is who; only the instructor has it."""

    sheets: dict[str, str]
    """Readers by the id of their file."""
    deals: dict[str, Assignment]
    """What each id that stands in a file stands for."""
    format: int = 1


class Assigned(Record):
    """What was dealt out."""

    folder: str
    key: str
    readers: int
    explanations: int
    told: tuple[str, ...]


def assign(folder: Path, catalog: Catalog, peers: int, seed: int | None = None, *, again: bool = False) -> Assigned:
    """Deal every explanation to others who did the same lab, and write a file for each reader.

    Raises:
        KikoriError: nobody has anything to read, or it was dealt before and ``again`` is not asked for.
        EnvironmentProblem: the files can't be written.
    """
    if (folder / KEY).exists() and not again:
        message = f"{folder / KEY}: dealt before; dealing anew would make the files handed out worthless."
        raise KikoriError(message, f"kikori review assign {folder} --again")
    found = classwork(folder, catalog)
    told = list(found.told)
    written = [work for work in found.works if _has_answers(work, told)]
    dealt = list(deal(written, peers, Random(seed), told))  # noqa: S311  # the ids are secret, the deal need not be
    if not dealt:
        raise KikoriError("\n".join(["Nobody has an explanation of somebody else to read.", *told]), "kikori review")
    key = _key(dealt)
    _write(folder, key, written)
    return Assigned(
        folder=str(folder / FOLDER),
        key=str(folder / KEY),
        readers=len(key.sheets),
        explanations=len({work.submission for _, work in dealt}),
        told=tuple(told),
    )


def _has_answers(work: GradedSubmission, told: list[str]) -> bool:
    has = any(explanation_rules.answers(work.explanation).values())
    if not has:
        told.append(f"{work.file}: no explanation in it; {work.learner} takes no part in {work.lab.id}")
    return has


def deal(
    works: Sequence[GradedSubmission], peers: int, dice: Random, told: list[str]
) -> Iterator[tuple[str, GradedSubmission]]:
    """Readers with what they read: by lab, all in a circle, each reads those who sit next.

    So each reads as many as read theirs, and nobody their own.
    """
    by_lab = defaultdict(list)
    for work in works:
        by_lab[work.lab.id].append(work)
    for lab, circle in sorted(by_lab.items()):
        many = min(peers, len(circle) - 1)
        if many < peers:
            told.append(f"{lab}: {len(circle)} took part, so each reads {many} and not {peers}")
        circle.sort(key=lambda work: work.submission)
        dice.shuffle(circle)
        for place, work in enumerate(circle):
            for step in range(1, many + 1):
                yield work.learner, circle[(place + step) % len(circle)]


def _key(dealt: Sequence[tuple[str, GradedSubmission]]) -> AssignmentKey:
    readers = sorted({reader for reader, _ in dealt})
    return AssignmentKey(
        sheets={secrets.token_hex(8): reader for reader in readers},
        deals={
            secrets.token_hex(8): Assignment(reader=reader, submission=work.submission, lab=work.lab.id)
            for reader, work in dealt
        },
    )


def read_key(folder: Path) -> AssignmentKey:
    """Who is who.

    Raises:
        KikoriError: nothing was dealt.
        OurFault: the key is damaged.
    """
    file = folder / KEY
    try:
        return msgspec.json.decode(file.read_bytes(), type=AssignmentKey)
    except FileNotFoundError:
        raise KikoriError(f"{file}: not there; nothing was dealt yet.", f"kikori review assign {folder}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise OurFault(f"{file}: damaged: {problem}", f"kikori review assign {folder} --again") from None


def _write(folder: Path, key: AssignmentKey, works: Sequence[GradedSubmission]) -> None:
    """The key first: a file that was handed out without one could never be read back."""
    names = file_names(list(key.sheets.values()))
    others = true_names(sorted({work.learner for work in works}), [work.explanation for work in works])
    try:
        _put_aside(folder)
        write_whole(folder / KEY, msgspec.json.format(msgspec.json.encode(key), indent=1))
        for sheet, reader in key.sheets.items():
            text = sheet_of(sheet, reader, key, works, others)
            write_whole(folder / FOLDER / f"{names[reader]}{SUFFIX}", text.encode())
    except OSError as problem:
        raise EnvironmentProblem(f"{folder}: can't be written: {problem.strerror}", f"ls -ld {folder}") from None


def _put_aside(folder: Path) -> None:
    """Keep what was dealt before: among it may be files that were filled in and not collected yet."""
    place = folder / f"{FOLDER}-before-{time.strftime('%Y%m%d-%H%M%S')}"
    for old in (folder / FOLDER, folder / KEY):
        if old.exists():
            place.mkdir(exist_ok=True)
            old.rename(place / old.name)


def sheet_of(
    sheet: str, reader: str, key: AssignmentKey, works: Sequence[GradedSubmission], names: Sequence[str]
) -> str:
    """One reader's file; ``names`` are those that are taken out of everybody's text."""
    by_digest = {work.submission: work for work in works}
    own = {place: by_digest[one.submission] for place, one in key.deals.items() if one.reader == reader}
    lang = next(work.lang for work in works if work.learner == reader)
    parts = [_dealt(place, work, names, lang) for place, work in own.items()]
    return markdown("peers", lang, sheet=Words(sheet), parts=parts)


def _dealt(place: str, work: GradedSubmission, names: Sequence[str], lang: Lang) -> dict[str, object]:
    """One explanation as its template takes it."""
    others = [name for name in names if name != work.learner]

    def told(text: str) -> str:
        return nameless(text, work.learner, work.manifest.attempt, others, lang)

    given = explanation_rules.answers(work.explanation)
    nothing = words("peers", lang)["empty"]
    answers = [(_own(one, lang), fenced(told(given.get(one.id, "")) or nothing)) for one in work.lab.about.prompts]
    cited = {int(number) for number in explanation_rules.CITATION.findall(work.explanation)}
    lines = [f"[#{c.number}] {c.line}  ({c.service}, exit {c.exit_code})" for c in work.trail if c.number in cited]
    return {
        "id": Words(place),
        "title": _own(work.lab.about.title, lang),
        "lab": work.lab.id,
        "answers": answers,
        "cited": fenced(told("\n".join(lines))) if lines else "",
        "criteria": [(Words(one.id), _own(one.title, lang), _own(one.full, lang)) for one in work.rubric.criteria],
    }


def _own(text: Text, lang: Lang) -> Words:
    """A lab's own text in one line, read in an editor, where a backslash would only be in the way."""
    return Words(" ".join(text.lang(lang).split()))


def fenced(text: str) -> Words:
    """A text as a quotation in which nothing is a heading, a link or the end of the quotation."""
    lines = [str(harmless(line)) for line in text.splitlines()]
    longest = max((len(run) for run in re.findall(r"~+", text)), default=0)
    fence = "~" * max(3, longest + 1)
    return Words("\n".join(f"> {line}".rstrip() for line in (f"{fence}text", *lines, fence)))
