"""Which language a learner speaks, by what is in a submission: feedback is of no use in another one."""

from __future__ import annotations

from collections.abc import Sequence

from kikori import explanation
from kikori.model import Report
from kikori.settings import Lang


def language_spoken(text: str, reports: Sequence[Report]) -> Lang | None:
    """The language of an explanation, else of the checks that the learner saw; nothing where neither says a word."""
    written = "".join(explanation.answers(text).values()) if len(text) <= explanation.LONGEST else ""
    seen = "".join(check.title for report in reports[:1] for check in report.checks)
    for said in (written, seen):
        if any(letter.isalpha() for letter in said):
            return "ja" if explanation.length(said, 1)[2] == "characters" else "en"
    return None
