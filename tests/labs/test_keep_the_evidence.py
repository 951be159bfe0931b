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


def table(
    town: Any, *texts: tuple[str, str, str], anew: tuple[str, ...] = (), unserved: tuple[tuple[float, str], ...] = ()
) -> tuple[float | None, Any, list[str]]:
    """When a table of all came, and who is missing; a text has the name that was given, its path, and its content.

    Processes of the names that were started ``anew`` have other numbers than they had then.
    """
    others = [[pid, name] for pid, name, _ in THERE if pid != HIS]
    living = [one for one in others if one[1] not in anew]
    names = ["cupsd -l", "kdevtmpd"]
    truth = SimpleNamespace(pid=HIS, pids=others, living=living, names=names, unserved=unserved)
    truth.is_word = lambda number, text: town.evidence.Truth.is_word(truth, number, text)
    told: tuple[float | None, Any, list[str]] = town.evidence.table(
        truth, [town.pieces.Piece(5.0, top, path, None, text.encode()) for top, path, text in texts]
    )
    return told


def exe(name: str) -> str:
    """Where the program of a process lies, as /proc says it."""
    return "/usr/bin/dash" if name == "run" else f"/usr/bin/{name}{' (deleted)' if name == 'kdevtmpd' else ''}"


FORMS = {
    "ps -eo pid,comm": [f"{pid:7} {name}" for pid, name, _ in THERE],
    "ps -eo comm,pid": [f"{name:16} {pid:7}" for pid, name, _ in THERE],
    "top": [f"{pid:7} root      20   0   12345   4321   1234 S   0.0   0.1   0:00.01 {name}" for pid, name, _ in THERE],
    "ps -ef": [f"root {pid:7} 1  0 20:36 ?        00:00:00 {args}" for pid, _, args in THERE],
    "lstart": [f"{pid:7} 1 site Mon Nov 30 20:36:37 2026 {args}" for pid, _, args in THERE],
    "a loop over /proc": [f"/proc/{pid}: {name} {args}" for pid, name, args in THERE],
    "ls -l /proc/*/exe": [f"lrwxrwxrwx 1 root root 0 /proc/{pid}/exe -> {exe(name)}" for pid, name, _ in THERE],
    "status, one after another": [f"Name:\t{name}\nPid:\t{pid}\n{args}" for pid, name, args in THERE],
}


def without(form: str, *pids: int) -> tuple[str, str, str]:
    """A list in which processes are missing, as it was handed in."""
    lines = [line for (pid, _, _), line in zip(THERE, FORMS[form], strict=True) if pid not in pids]
    return "ps", "ps", "\n".join(lines)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_whole_table_is_one_and_no_line_may_be_missing(town: Any, form: str) -> None:
    assert table(town, without(form)) == (5.0, [], [])
    for gone, _, _ in THERE:
        assert table(town, without(form, gone))[0] is None, f"{form} without {gone}"


@pytest.mark.parametrize("form", FORMS)
def test_a_table_may_be_older_than_the_processes_that_serve_now_and_has_them_all_the_same(town: Any, form: str) -> None:
    for anew, gone in (("nginx", 44), ("fcgiwrap", 31)):
        assert table(town, without(form), anew=(anew,)) == (5.0, [], [])
        assert table(town, without(form, gone), anew=(anew,)) == (None, [], [anew])


def test_a_table_lacks_what_did_not_serve_when_it_came(town: Any) -> None:
    kept = without("ps -ef", 32, 44, 31)
    assert table(town, kept, anew=("nginx", "fcgiwrap"), unserved=((3.0, "page"),)) == (5.0, [], [])
    assert table(town, kept, anew=("nginx", "fcgiwrap"), unserved=((3.0, "picture"),)) == (None, [], ["nginx"])
    assert table(town, kept, anew=("nginx", "fcgiwrap"), unserved=((30.0, "page"),))[0] is None


def test_a_tree_of_all_processes_is_a_table(town: Any) -> None:
    tree = "runsvdir(1)-+-runsv(25)---svlogd(27)\n  |-run(35)---fcgiwrap(31)\n  `-runsv(26)---nginx(32)---nginx(44)\n"
    assert table(town, ("tree", "tree", f"{tree}kdevtmpd(184)"), anew=("nginx",)) == (5.0, [], [])
    less = tree.replace("---nginx(44)", "")
    assert table(town, ("tree", "tree", f"{less}kdevtmpd(184)"), anew=("nginx",)) == (None, [], ["nginx"])


def test_what_supervisors_and_scripts_say_of_a_service_is_no_process_of_it(town: Any) -> None:
    name, path, text = without("ps -ef", 44)
    said = f"{text}\nrun: nginx: (pid 32) 500s\nroot 26 1 0 20:36 ? 00:00:00 runsv nginx"
    said += "\nroot 90 1 0 20:36 ? 00:00:00 /bin/bash -c ps -ef; nginx -s reload"
    said += "\nroot 91 1 0 20:36 ? 00:00:00 tail -f /var/log/nginx/access.log"
    assert table(town, (name, path, said), anew=("nginx",)) == (None, [], ["nginx"])


def test_a_copy_of_proc_is_a_table_whether_it_is_one_archive_or_many_files(town: Any) -> None:
    texts = [(f"{pid}", f"Name:\t{name}\nPid:\t{pid}\n{args}\n") for pid, name, args in THERE]
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in texts)) == (5.0, [], [])
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in texts[1:]))[0] is None
    assert table(town, *((f"status-{pid}", f"status-{pid}", text) for pid, text in texts))[0] == 5.0
    part = [(pid, text) for pid, text in texts if pid != "44"]
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in part), anew=("nginx",))[0] is None
    assert table(town, *((f"status-{pid}", f"status-{pid}", text) for pid, text in part), anew=("nginx",))[0] is None


def test_a_list_of_the_services_alone_names_who_is_missing(town: Any) -> None:
    assert table(town, without("ps -eo pid,comm", 1, 35)) == (None, [[1, "runsvdir"], [35, "run"]], [])


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
