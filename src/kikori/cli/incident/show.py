"""How a terminal shows the record of an incident."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.learner.incident import Said
    from kikori.learner.incident.timeline import Timeline

WORDS = {
    "noticed": "That you noticed it is noted",
    "declared": "The incident is declared",
    "noted": "Noted",
    "stop-gap": "Stop-gap {number} is noted",
    "taken-back": "Stop-gap {number} is noted as taken back",
    "resolved": "The incident is called resolved",
}


def said(value: Said) -> None:
    """That it was written down, and which stop-gaps are still in place."""
    done = text.own(WORDS[value.event].format(number=value.number))
    text.line(f"{done}, at {value.minutes:g} min.", bold=True)
    if value.event == "resolved" and value.in_place:
        numbers = ", ".join(str(one.number) for one in value.in_place)
        text.line(f"Still in place: stop-gap {numbers}. Take it back, or name it as debt in your explanation.")
    text.next_step(value.next)


def timeline(value: Timeline | str) -> None:
    """All that happened, and how long it took; Markdown as it is."""
    from kikori.attempts.incident import in_words, stop_gap_in_words
    from kikori.learner.incident.timeline import clock_in_words, columns, row

    if isinstance(value, str):
        sys.stdout.write(value)
        return
    text.table(columns(value.lang), ([text.harmless(cell) for cell in row(one, value.lang)] for one in value.entries))
    lines = [clock_in_words(value), *in_words(value.times, value.lang)]
    lines += [stop_gap_in_words(one, value.lang) for one in value.stop_gaps]
    for line in (*lines, *value.told):
        text.line(text.harmless(line))
    text.next_step(value.next)
