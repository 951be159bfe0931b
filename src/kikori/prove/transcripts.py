"""Transcripts of debriefs: what an expert types, run on the broken lab, beside the output that a page shows."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from kikori.content.strict_reader import nearest
from kikori.engine.shell.entry import entry
from kikori.errors import Exit, KikoriError
from kikori.model import Fault, Lab
from kikori.model.record import Record
from kikori.prove.scene import ProofScene, proof_scene

SEED = 1
"""Of every transcript: a page shows the names that it gives."""
BLOCK = re.compile(r"^(?:<!-- wait (\d+) -->\n)?```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A comment before it says after how many seconds it is run, where the symptom takes its time."""
UNCHECKED = "<!-- before a check -->"
"""In a page whose commands would show what a check leaves behind."""
TYPED = re.compile(r"^([a-z][a-z0-9-]*)\$ (.+)$")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
NUMBER = r"\d+(?:\.\d+)?"
VARIES = re.compile(rf"(?:{NUMBER}(?:ms|sec|min))+|\b(?:{MONTHS}) +\d+ +[\d:]+|\b(?=[a-f]*\d)[0-9a-f]{{6,}}\b|{NUMBER}")
"""Durations, dates, ids and numbers: another run has others."""
VARIES_BESIDE_STATUS = re.compile(r"\d+\.\d+|\b(?!\d{3}\b)\d+\b")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")
"""What moves a terminal's cursor, and shows nothing on a page."""
STATUS = "http_code"
"""In a command whose numbers are what it is about."""
TABLE = 5
"""So many lines of output are a table."""
PATIENCE = 30
"""Seconds that a command may take."""
MOST = 8
"""Lines of output that a page shows of one command."""
MORE = "…"


class Typed(Record):
    """One command of a transcript, and the lines that a page shows below it."""

    place: str
    command: str
    shown: tuple[str, ...] = ()
    wait: int = 0
    """Seconds that pass before it."""


class Ran(Record):
    """The same with what it really said."""

    fault: str
    typed: Typed
    said: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The lines of the page that it did not say; a table may lack a third, since rows come and go."""
        varies = VARIES_BESIDE_STATUS if STATUS in self.typed.command else VARIES
        said = {_without(varies, line) for line in self.said}
        shown = [line for line in self.typed.shown if line != MORE]
        lacking = tuple(line for line in shown if _without(varies, line) not in said)
        return lacking if len(shown) < TABLE or 3 * len(lacking) > len(shown) else ()


class Transcripts(Record):
    """What became of a lab's transcripts."""

    lab: str
    commands: int
    differ: int
    written: tuple[str, ...] = ()

    @property
    def exit_code(self) -> Exit:
        """1 where a page shows what was not said, and was not written anew."""
        return Exit.CHECK_FAILED if self.differ and not self.written else Exit.DONE


def transcripts(
    lab: Lab, fault: str | None, *, write: bool, done: Callable[[Ran], None] = lambda ran: None
) -> Transcripts:
    """Run the transcripts of a lab's debriefs, or of one; ``done`` hears of each command.

    Raises:
        KikoriError: the lab has no such fault, or the fault no debrief.
    """
    if fault and fault not in lab.faults:
        raise KikoriError(f"{lab.id} has no fault '{fault}'.", nearest(fault, [*lab.faults]) or "kikori lab lint")
    every, written = list[Ran](), list[str]()
    for one in [lab.faults[fault]] if fault else lab.faults.values():
        ran = list[Ran]()
        for each in run(lab, one):
            ran.append(each)
            done(each)
        written += map(str, fill(one, ran)) if write else ()
        every += ran
    differ = sum(bool(one.missing) for one in every)
    return Transcripts(lab=lab.id, commands=len(every), differ=differ, written=tuple(written))


def transcript(page: str) -> list[Typed]:
    """Read the commands of a page, with what stands below each."""
    found = list[Typed]()
    for wait, block in BLOCK.findall(page):
        for line in block.splitlines():
            if typed := TYPED.match(line):
                found.append(Typed(place=typed[1], command=typed[2], wait=int(wait or 0)))
                wait = ""
            elif found:
                found[-1] = msgspec.structs.replace(found[-1], shown=(*found[-1].shown, line))
    return found


def run(lab: Lab, fault: Fault) -> Iterator[Ran]:
    """Break a scene, let its symptom show in a check, and run what the debrief of the fault has an expert type.

    Raises:
        KikoriError: the fault has no debrief, or a command names no service of the lab.
    """
    page = fault.debrief("en")
    if page is None:
        raise KikoriError(f"{fault.id} of {lab.id} has no debrief.", f"write {fault.folder / 'debrief.md'}")
    with proof_scene(lab, SEED) as stage:
        stage.reset()
        stage.put(fault)
        text = page.read_text(encoding="utf-8")
        if UNCHECKED not in text:
            stage.grade()
        for typed in transcript(text):
            time.sleep(typed.wait)
            yield Ran(fault=fault.id, typed=typed, said=tuple(_said(stage, typed)))


def _said(stage: ProofScene, typed: Typed) -> Sequence[str]:
    inside = entry(stage.project, typed.place)
    try:
        done = subprocess.run(
            [*inside.argv, "bash", "-c", typed.command],
            cwd=inside.directory,
            env=inside.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise KikoriError(f"{typed.place}$ {typed.command}: not done in {PATIENCE} s", "write one that ends") from None
    lines = (CONTROL.sub("", line).rstrip() for line in done.stdout.splitlines())
    return [line for line in lines if line]


def fill(fault: Fault, ran: Sequence[Ran]) -> list[Path]:
    """Write what commands said below them, into the pages of both languages; gives those that changed."""
    changed = list[Path]()
    for page in dict.fromkeys(filter(None, (fault.debrief("en"), fault.debrief("ja")))):
        before, left = page.read_text(encoding="utf-8"), iter(ran)
        after = BLOCK.sub(lambda found: _filled(found, left), before)  # noqa: B023
        if after != before:
            page.write_text(after, encoding="utf-8")
            changed.append(page)
    return changed


def _filled(found: re.Match[str], left: Iterator[Ran]) -> str:
    lines = list[str]()
    for line in found[2].splitlines():
        if TYPED.match(line):
            said = next(left).said
            lines += [line, *said[:MOST], *([MORE] if len(said) > MOST else [])]
    return found[0][: found.start(2) - found.start()] + "\n".join(lines) + "\n```"


def _without(varies: re.Pattern[str], line: str) -> str:
    return " ".join(varies.sub("0", line).split())
