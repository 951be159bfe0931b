"""What keep-the-evidence takes for a table of all processes, and for a log that is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths

TOWN = paths.ROOT / "labs" / "keep-the-evidence" / "images" / "town"
THERE = [
    (1, "runsvdir", "runsvdir /etc/service"),
    (25, "runsv", "runsv jobs"),
    (26, "runsv", "runsv nginx"),
    (27, "svlogd", "svlogd -tt /var/log/jobs"),
    (31, "fcgiwrap", "/usr/sbin/fcgiwrap -c 4"),
    (32, "nginx", "nginx: master process nginx -g daemon off;"),
    (35, "run", "/bin/sh ./run"),
    (44, "nginx", "nginx: worker process"),
    (184, "kdevtmpd", "cupsd -l"),
]
HIS, SETTLED = 184, 1000.0


@pytest.fixture(scope="module")
def town() -> Iterator[Any]:
    """The modules that look at the box, without a trace left in sys."""
    names = ("pieces", "evidence")
    path, writes = [*sys.path], sys.dont_write_bytecode
    sys.path[:0], sys.dont_write_bytecode = [str(TOWN)], True
    yield SimpleNamespace(**{name: import_module(name) for name in names})
    sys.path[:], sys.dont_write_bytecode = path, writes
    for name in names:
        sys.modules.pop(name, None)


def table(town: Any, *texts: tuple[str, str, str]) -> tuple[float | None, Any]:
    """When a table of all came, and who is missing; a text has the name that was given, its path, and its content."""
    others = [[pid, name] for pid, name, _ in THERE if pid != HIS]
    names = ["cupsd -l", "kdevtmpd"]
    truth = SimpleNamespace(pid=HIS, pids=others, living=others, names=names, is_word=town.evidence.Truth.is_word)
    truth.is_word = lambda number, text: town.evidence.Truth.is_word(truth, number, text)
    told: tuple[float | None, Any] = town.evidence.table(
        truth, [town.pieces.Piece(5.0, top, path, None, text.encode()) for top, path, text in texts]
    )
    return told


def exe(name: str) -> str:
    """Where the program of a process lies, as /proc says it."""
    return "/usr/bin/dash" if name == "run" else f"/usr/bin/{name}{' (deleted)' if name == 'kdevtmpd' else ''}"


FORMS = {
    "ps -eo pid,comm": [f"{pid:7} {name}" for pid, name, _ in THERE] + ["     44 nginx: worker"],
    "ps -ef": [f"root {pid:7} 1  0 20:36 ?        00:00:00 {args}" for pid, _, args in THERE],
    "lstart": [f"{pid:7} 1 site Mon Nov 30 20:36:37 2026 {args}" for pid, _, args in THERE],
    "a loop over /proc": [f"/proc/{pid}: {name} {args}" for pid, name, args in THERE],
    "ls -l /proc/*/exe": [f"lrwxrwxrwx 1 root root 0 /proc/{pid}/exe -> {exe(name)}" for pid, name, _ in THERE],
    "status, one after another": [f"Name:\t{name}\nPid:\t{pid}\n{args}" for pid, name, args in THERE],
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_whole_table_is_one_and_no_line_may_be_missing(town: Any, form: str) -> None:
    lines = FORMS[form]
    assert table(town, ("ps", "ps", "\n".join(lines))) == (5.0, [])
    for gone, (pid, _, _) in enumerate(THERE):
        part = "\n".join(line for number, line in enumerate(lines) if number != gone)
        kept = part if pid != 44 else part.replace("     44 nginx: worker", "")
        assert table(town, ("ps", "ps", kept))[0] is None, f"{form} without {pid}"


def test_a_copy_of_proc_is_a_table_whether_it_is_one_archive_or_many_files(town: Any) -> None:
    texts = [(f"{pid}", f"Name:\t{name}\nPid:\t{pid}\n{args}\n") for pid, name, args in THERE]
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in texts)) == (5.0, [])
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in texts[1:]))[0] is None


def test_a_list_of_the_services_alone_names_who_is_missing(town: Any) -> None:
    lines = [line for line in FORMS["ps -eo pid,comm"] if "runsvdir" not in line and not line.endswith(" run")]
    assert table(town, ("ps", "ps", "\n".join(lines))) == (None, [[1, "runsvdir"], [35, "run"]])


@pytest.mark.parametrize(
    ("came", "since"),
    [
        ([(1001, 0, 1000)], None),  # handed in at once
        ([(1300, 0, 1001)], None),  # nearly five minutes on its way
        ([(1800, 0, 1001)], 1010),  # it is old when it comes
        ([(1800, 0, 1001), (1805, 0, 1600)], None),  # so it is copied again
        ([(1100, 0, 1050), (1200, 1050, 1200)], None),  # in two parts
        ([(1100, 0, 990)], 1000),  # cut at the break-in
        ([(1100, 995, 1100)], 0),  # its end alone
        ([], 0),
    ],
)
def test_a_log_reaches_until_some_minutes_before_it_came(
    town: Any, came: list[tuple[int, int, int]], since: int | None
) -> None:
    marks = [[at, str(at)] for at in range(0, 2000, 10)]
    seen = [(at, {number for number, (one, _) in enumerate(marks) if start <= one <= end}) for at, start, end in came]
    assert town.evidence.missing(marks, seen, SETTLED) == since
