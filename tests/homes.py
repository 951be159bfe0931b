"""Homes of several people on one computer: each has attempts, workspaces and a name of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori import host
from kikori.attempts import Store
from kikori.engine.cleanup import sweep
from kikori.model import Attempt

Answer = subprocess.CompletedProcess[str]


class Home:
    """One person's home: attempts, workspaces and the folder that they type in."""

    def __init__(self, folder: Path, learner: str) -> None:
        self.folder = folder
        self.processes: list[int] = []
        (folder / "here").mkdir(parents=True)
        self.environment = os.environ | {
            "HOME": str(folder),
            "XDG_STATE_HOME": str(folder / "state"),
            "KIKORI_WORKSPACES": str(folder / "workspaces"),
            "KIKORI_LEARNER": learner,
        }

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Begin a command, and go on."""
        process = subprocess.Popen(
            [sys.executable, "-m", "kikori", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder / "here",
            env=self.environment,
        )
        self.processes.append(process.pid)
        return process

    def __call__(self, *words: str, stdin: str = "") -> Answer:
        process = self.begin(*words)
        out, errors = process.communicate(stdin)
        return Answer(process.args, process.returncode, out, errors)

    @property
    def store(self) -> Store:
        return Store(self.folder / "state/kikori")

    def attempts(self) -> list[Attempt]:
        return self.store.all()

    def write(self, name: str, text: str) -> str:
        file = self.folder / "here" / name
        file.write_text(text, encoding="utf-8")
        return str(file)


@contextmanager
def homes(folder: Path) -> Iterator[Callable[[str], Home]]:
    """Give people homes; what their attempts left in Docker is taken away."""
    host.ready()
    made: list[Home] = []

    def make(learner: str) -> Home:
        made.append(Home(folder / learner, learner))
        return made[-1]

    try:
        yield make
    finally:
        for one in made:
            for attempt in one.attempts():
                sweep(attempt.project)


def done(answer: Answer, code: int = 0) -> Answer:
    assert answer.returncode == code, answer.stdout + answer.stderr
    return answer
