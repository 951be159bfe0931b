"""Marks of peers read back from the files that they filled in, each of which is a stranger's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kikori.content import Catalog
from kikori.content.rubric import rubric_of
from kikori.errors import KikoriError
from kikori.model.record import Record
from kikori.review.batch import shown
from kikori.review.marks import OVERALL, Level, Mark, note
from kikori.review.peers.assignment import Assignment, AssignmentKey, read_key
from kikori.review.store import ReviewStore, opened

MOST_BYTES = 512 * 1024
MOST_COMMENT = 2000
"""Letters of one comment."""
WHOLE = "*"
"""In place of a criterion, in a file: what is said of the whole."""
# Both take linear time whatever the text.
MARK = re.compile(
    r"^#{1,3} [^\n]{0,400}<!-- (?P<kind>sheet|explanation|criterion) (?P<id>[a-z0-9*-]{1,64}) -->[ \t]*$", re.M
)
FIELD = re.compile(r"^(?P<name>level|comment):[ \t]*", re.MULTILINE)


class Answer(Record):
    """What a file says of one criterion of one explanation."""

    explanation: str
    criterion: str
    level: str
    comment: str


class Read(Record):
    """One file, and what came of it."""

    file: str
    reader: str = ""
    marks: int = 0
    problems: tuple[str, ...] = ()


class Collected(Record):
    """All files."""

    files: tuple[Read, ...]

    @property
    def exit_code(self) -> int:
        """1 where something was refused."""
        return int(any(one.problems for one in self.files))


def collect(folder: Path, files: Sequence[Path], catalog: Catalog) -> Collected:
    """Read the marks of peers into the store of a folder; what is refused is told, and the rest goes on.

    Raises:
        KikoriError: nothing was dealt in this folder.
        EnvironmentProblem: the folder can't be written.
    """
    key = read_key(folder)
    known = {lab: _criteria(lab, catalog) for lab in {deal.lab for deal in key.deals.values()}}
    with opened(folder) as store:
        return Collected(files=tuple(_collected(file, key, store, known) for file in files))


def _criteria(lab: str, catalog: Catalog) -> set[str]:
    """What a mark of a lab may be about."""
    try:
        rubric = rubric_of(catalog.lab(lab).graders / "rubric.toml")
    except KikoriError:  # a lab that has gone since
        rubric = None
    return {WHOLE, *(one.id for one in (rubric.criteria if rubric else ()))}


def _collected(file: Path, key: AssignmentKey, store: ReviewStore, known: Mapping[str, set[str]]) -> Read:
    name = shown(file)
    try:
        sheet, answers = parsed(_text(file))
        if sheet not in key.sheets:
            raise KikoriError(f"the file's id {sheet or '(none)'} was not given to anybody")
    except KikoriError as problem:
        return Read(file=name, problems=(problem.message,))
    reader = key.sheets[sheet]
    marks: list[Mark] = []
    problems: list[str] = []
    for answer in answers:
        try:
            marks += _marks(answer, reader, key, known)
        except KikoriError as problem:
            problems.append(problem.message)
    note(store, *marks)
    return Read(file=name, reader=reader, marks=len(marks), problems=tuple(dict.fromkeys(problems)))


def _text(file: Path) -> str:
    try:
        with file.open("rb") as data:
            read = data.read(MOST_BYTES + 1)
        text = read.decode("utf-8-sig")
    except OSError as problem:
        raise KikoriError(f"can't be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise KikoriError("not a text in UTF-8") from None
    if len(read) > MOST_BYTES:
        raise KikoriError(f"more than {MOST_BYTES // 1024} KiB")
    return text.replace("\r\n", "\n")


def parsed(text: str) -> tuple[str, list[Answer]]:
    """The id of the file, and what it says; no line that others wrote begins with a mark, since they begin with >."""
    found = list(MARK.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    sheet, place, answers = "", "", []
    for match, end in zip(found, ends, strict=True):
        if match["kind"] == "sheet":
            sheet = sheet or match["id"]
        elif match["kind"] == "explanation":
            place = match["id"]
        else:
            level, comment = _fields(text[match.end() : end])
            answers.append(Answer(explanation=place, criterion=match["id"], level=level, comment=comment))
    return sheet, answers


def _fields(section: str) -> tuple[str, str]:
    """What stands behind ``level:`` and, over as many lines as wanted, behind ``comment:``."""
    found = list(FIELD.finditer(section))
    level = next((m for m in found if m["name"] == "level"), None)
    comment = next((m for m in found if m["name"] == "comment"), None)
    said = section[level.end() :].split("\n", 1)[0].strip() if level else ""
    said = unicodedata.normalize("NFKC", said)  # so that a digit of a Japanese keyboard counts, too
    return said, section[comment.end() :].strip() if comment else ""


def _marks(answer: Answer, reader: str, key: AssignmentKey, known: Mapping[str, set[str]]) -> Iterator[Mark]:
    """The mark that an answer is; none where nothing was filled in.

    Raises:
        KikoriError: an id or a criterion was not given to this reader, or a value is none of those asked for.
    """
    if not answer.level and not answer.comment:
        return
    dealt = key.deals.get(answer.explanation)
    if dealt is None or dealt.reader != reader:
        raise KikoriError(f"the explanation {answer.explanation or '(none)'} was not given to {reader}")
    _check(answer, dealt, known[dealt.lab])
    yield Mark(
        submission=dealt.submission,
        criterion=OVERALL if answer.criterion == WHOLE else answer.criterion,
        by=reader,
        level=Level(int(answer.level)) if answer.level else None,
        comment=answer.comment,
    )


def _check(answer: Answer, dealt: Assignment, known: set[str]) -> None:
    where = f"{dealt.lab}, {answer.criterion}"
    if answer.criterion not in known:
        raise KikoriError(f"{where}: no criterion of this lab")
    if answer.level and (answer.level not in {str(int(one)) for one in Level} or answer.criterion == WHOLE):
        raise KikoriError(f"{where}: the level {answer.level[:20]!r} is none of 0, 1, 2, 3")
    if len(answer.comment) > MOST_COMMENT:
        raise KikoriError(f"{where}: a comment of {len(answer.comment)} letters; at most {MOST_COMMENT} are read")
