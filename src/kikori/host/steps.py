"""Showing what the set-up is doing: a bar for each step with its newest output, its time at the end (on stderr)."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kikori.errors import EnvironmentProblem

if TYPE_CHECKING:  # rich costs 60 ms, and most calls show no step
    from rich.progress import Progress

Note = Callable[[str], None]

WIDTH = 40  # of the title beside the bar
TAIL = 5  # lines of a failed command's output in the message
FRACTION = re.compile(r"\[(?:[^\]]* )?(\d+)/(\d+)\]")  # BuildKit's [2/5], with several services [app 2/5]
PERCENT = re.compile(r"(\d+)(?:\.\d+)?%")
FULL = "No space left"


@contextmanager
def step(title: str) -> Iterator[Note]:
    """Show a bar beside ``title`` while the block runs, and at its end the seconds it took.

    Gives the block a function that shows, in the same line, what is going on right now.
    """
    started = time.monotonic()
    with _bar(title) if sys.stderr.isatty() else _no_bar(title) as note:
        yield note
    say(f"{title}: {time.monotonic() - started:.1f} s")


def say(text: str) -> None:
    """Tell the person something between two steps."""
    print(f"kikori: {text}", file=sys.stderr, flush=True)


def fraction(line: str) -> float | None:
    """How far a line of output says that its command is, from 0 to 1; None where it does not say."""
    if found := FRACTION.search(line):
        done, whole = int(found[1]), int(found[2])
    elif found := PERCENT.search(line):
        done, whole = int(found[1]), 100
    else:
        return None
    return done / whole if whole and done <= whole else None


def run(title: str, command: Sequence[str], hint: str) -> None:
    """Run a command as a step of its own; when it fails, its last lines are the message."""
    last: deque[str] = deque(maxlen=TAIL)
    with step(title) as note:
        with _start(command) as process:
            for line in process.stdout or ():
                if line := line.strip():
                    last.append(line)
                    note(line)
        if process.returncode:
            raise problem(f"{title} failed", last, hint)


def problem(what: str, said: Sequence[str], hint: str) -> EnvironmentProblem:
    """An error with what a failed command said last; a full disk gets a sentence and a hint of its own."""
    lines = "\n".join(said) or "it said nothing"
    if FULL in lines:
        return EnvironmentProblem(f"{what}: no space left on the disk.\n{lines}", "df -h; docker system df")
    return EnvironmentProblem(f"{what}: {lines}", hint)


@contextmanager
def _no_bar(title: str) -> Iterator[Note]:
    say(f"{title} …")
    yield lambda text: None


@contextmanager
def _bar(title: str) -> Iterator[Note]:
    from rich.text import Text

    with _progress() as progress:
        task = progress.add_task(title, total=None, detail="")

        def note(text: str) -> None:
            progress.update(task, detail=Text.from_ansi(text).plain)
            if (far := fraction(text)) is not None:
                progress.update(task, total=1.0, completed=far)

        yield note


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    return Progress(
        TextColumn("kikori: {task.description}", markup=False, table_column=Column(max_width=WIDTH, no_wrap=True)),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TextColumn("{task.fields[detail]}", markup=False, table_column=Column(ratio=1, no_wrap=True)),
        console=Console(stderr=True, highlight=False),
        expand=True,
        transient=True,
    )


def _start(command: Sequence[str]) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise EnvironmentProblem(f"{command[0]} could not be run: {error.strerror}") from error
