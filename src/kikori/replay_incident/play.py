"""Goes from one step of a recorded incident to the next, once the group has typed what it decides."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from kikori.errors import KikoriError
from kikori.model import Lab
from kikori.model.record import Record
from kikori.replay_incident.decisions import Decisions
from kikori.replay_incident.recording import Recording
from kikori.replay_incident.screen import screen_of
from kikori.replay_incident.steps import Step, from_step, steps_of
from kikori.settings import Lang

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
Show = Callable[[str], None]


class Replayed(Record):
    """How far a group came, and where its decisions are."""

    lab: str
    decided: int
    of: int
    file: str
    next: str

    @property
    def is_whole(self) -> bool:
        """Whether the last step was decided."""
        return self.decided == self.of


def replay(lab: Lab, lang: Lang, first: int | None, file: Path | None, show: Show) -> Replayed:
    """Play a lab's recorded incident in the terminal.

    Raises:
        KikoriError: there is no terminal, no recording, no such step, or a file of decisions that is in the way.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = f"kikori replay-incident {lab.id}, in a terminal that everybody sees"
        raise KikoriError("A replay asks the group at each step, and needs a terminal.", hint)
    recording = Recording(lab.folder, lang)
    steps = steps_of(recording)
    decisions = Decisions(file or Path(f"decisions-{lab.id}.md"))
    wanted = from_step(steps, first or 1)
    decisions.begin(lab.about.title.lang(lang), anew=first is None)
    done = wanted[0].number - 1
    try:
        for step in wanted:
            _halt(recording, step, decisions, show)
            done = step.number
    except (KeyboardInterrupt, EOFError):
        show("")
    after = "" if done == len(steps) else f"kikori replay-incident {lab.id} --from {done + 1}"
    if after and file:
        after += f" --output {file}"
    return Replayed(lab=lab.id, decided=done, of=len(steps), file=str(decisions.path), next=after)


def _halt(recording: Recording, step: Step, decisions: Decisions, show: Show) -> None:
    """Show a step, and wait until something was decided."""
    columns, lines = shutil.get_terminal_size()
    sys.stdout.write(CLEAR)
    for line in screen_of(recording, step, lines, columns):
        show(line)
    show(step.question)
    decisions.keep(step, _typed())


def _typed() -> list[str]:
    """The lines that the group types, up to an empty one; nothing is no decision."""
    found: list[str] = []
    while True:
        line = input("> ").strip()
        if line:
            found.append(line)
        elif found:
            return found
