"""What an instructor sends: a level and a comment for each criterion, and a word on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kikori.content.rubric import Rubric
from kikori.model.record import Record
from kikori.replay.verdict import Verdict
from kikori.review.marks import OVERALL, Level, Mark

LONGEST = 10_000
"""Letters of one comment."""


class Filled(Record):
    """A form as it came in."""

    marks: tuple[Mark, ...]
    problem: str = ""
    """The key of what is wrong with it, in the words of the pages; empty where it can be kept."""


def stamp(own: Iterable[Mark]) -> str:
    """What names an instructor's marks of a submission as they are now."""
    return repr(max((mark.at for mark in own), default=0.0))


def filled(submission: str, rubric: Rubric, form: Mapping[str, Sequence[str]], seen: str, now: str) -> Filled:
    """Read a form; ``seen`` is the machine's verdict and ``now`` the marks' stamp: those that the page showed."""
    names = [*(one.id for one in rubric.criteria), OVERALL]
    verdict = _first(form, "verdict")
    marks = tuple(
        Mark(
            submission=submission,
            criterion=name,
            level=_level(_first(form, f"level-{name}")) if name else None,
            verdict="" if name else verdict,
            comment=_comment(form, name),
            machine=seen,
        )
        for name in names
    )
    problem = _problem(marks, verdict)
    if not problem and _first(form, "machine") != seen:
        problem = "overtaken-now"
    if not problem and _first(form, "stamp") not in ("", now):
        problem = "marked-meanwhile"
    return Filled(marks=marks, problem=problem)


def _problem(marks: Sequence[Mark], verdict: str) -> str:
    """What is wrong with the form itself."""
    if verdict not in ("", *Verdict):
        return "unknown-verdict"
    if any(len(mark.comment) > LONGEST for mark in marks):
        return "too-long"
    return "reason-missing" if verdict and not marks[-1].comment else ""


def _first(form: Mapping[str, Sequence[str]], name: str) -> str:
    return form.get(name, [""])[0]


def _level(text: str) -> Level | None:
    return Level(int(text)) if text in {str(int(level)) for level in Level} else None


def _comment(form: Mapping[str, Sequence[str]], name: str) -> str:
    """What was written, and below it the earlier comments that were picked."""
    written = _first(form, f"comment-{name}").replace("\r\n", "\n").strip()
    picked = [text.replace("\r\n", "\n").strip() for text in form.get(f"again-{name}", [])]
    return "\n".join([written, *(text for text in picked if text not in written)]).strip()
