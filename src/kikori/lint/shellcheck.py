"""The only caller of shellcheck: once for all scripts that are new to it, while our own rules look at the rest."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from kikori.errors import EnvironmentProblem
from kikori.lint.shellcheck_cache import Seen
from kikori.lint.subjects.texts import first_line

SHELL = re.compile(r"^#!.*\b(sh|bash|dash|ksh)$")
PATIENCE = 120
MANY = 200
"""From so many scripts on, each core gets a part of them; shellcheck itself uses one."""
MISSING = "shellcheck is not installed, so nobody has looked into the scripts: sudo apt-get install shellcheck"


class Complaint(msgspec.Struct):
    """One comment of shellcheck's, as its format json1 has it."""

    file: str
    line: int
    code: int
    message: str


class Complaints(msgspec.Struct):
    """All that shellcheck said."""

    comments: list[Complaint]


class Shellcheck(NamedTuple):
    """Shellcheck's verdict on all scripts."""

    complaints: tuple[Complaint, ...]


Answer = Callable[[], Shellcheck]


def shell_scripts(paths: Sequence[Path]) -> list[Path]:
    """Those that a shell runs."""
    return [path for path in paths if path.suffix == ".sh" or SHELL.match(first_line(path))]


@contextmanager
def looking(tool: str | None, scripts: Sequence[Path]) -> Iterator[Answer]:
    """Let shellcheck look into scripts meanwhile; gives a function that waits for its answer."""
    seen = Seen(Path(tool)) if tool else None
    new = seen.new(scripts) if seen else []
    parts = os.cpu_count() or 1 if len(new) > MANY else 1
    with ExitStack() as stack:
        begun = [stack.enter_context(_begun(str(tool), part)) for n in range(parts) if (part := new[n::parts])]

        def answer() -> Shellcheck:
            complaints = [one for process in begun for one in _said(process)]
            wrong = {one.file for one in complaints}
            if seen:
                seen.remember(path for path in new if str(path) not in wrong)
            return Shellcheck(tuple(complaints))

        yield answer


@contextmanager
def _begun(tool: str, scripts: Sequence[Path]) -> Iterator[subprocess.Popen[bytes]]:
    argv = [tool, "--norc", "--format=json1", *map(str, scripts)]
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def _said(process: subprocess.Popen[bytes]) -> list[Complaint]:
    try:
        output, said = process.communicate(timeout=PATIENCE)
        return msgspec.json.decode(output, type=Complaints).comments
    except subprocess.TimeoutExpired:
        raise EnvironmentProblem(f"shellcheck did not end within {PATIENCE} s", "shellcheck --version") from None
    except msgspec.DecodeError:
        why = said.decode("utf-8", "replace").strip()[-300:]
        raise EnvironmentProblem(f"shellcheck did not answer: {why or 'no output'}", "shellcheck --version") from None
