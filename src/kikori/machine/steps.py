"""Showing what the set-up is doing: one line per step, its newest output while it runs, its time at the end."""

from __future__ import annotations

import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from kikori.errors import EnvironmentProblem

SHOWN = 70  # characters of a command's newest line


@contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """Show a spinner beside ``title``; at the end the title and the seconds it took (on stderr).

    Gives the block a function that shows, in the same line, what is going on right now.
    """
    console, started = Console(stderr=True, highlight=False), time.monotonic()
    if not console.is_terminal:
        console.print(Text(f"kikori: {title} …"), soft_wrap=True)
    with console.status(Text(f"{title} …")) as status:
        yield lambda text: status.update(Text(f"{title} … {text[:SHOWN]}", no_wrap=True, overflow="ellipsis"))
    console.print(Text(f"kikori: {title}: {time.monotonic() - started:.1f} s"), soft_wrap=True)


def say(text: str) -> None:
    """Tell the person something between two steps (on stderr)."""
    Console(stderr=True, highlight=False).print(Text(f"kikori: {text}"), soft_wrap=True)


def run(title: str, command: Sequence[str], hint: str) -> None:
    """Run a command as a step of its own; when it fails, its last lines are the message."""
    last: deque[str] = deque(maxlen=5)
    with step(title) as note, _start(command) as process:
        for line in process.stdout or ():
            if line := line.strip():
                last.append(line)
                note(line)
    if process.returncode:
        raise EnvironmentProblem(f"{title} failed: {told(last)}", hint)


def told(lines: Sequence[str]) -> str:
    """What a failed command said last, with a sentence of its own for the full disk."""
    said = "\n".join(lines) or "it said nothing"
    return f"No space left on the disk.\n{said}" if "No space left" in said else said


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
