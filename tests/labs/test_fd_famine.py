"""What a sheet shows, from where a desk imports, who may put something there, and how old a process is. No Docker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from kikori.engine.outside import File, Process
from lab_modules import modules_of

FOUND = ["/srv/desk/desk.py", "/run-desk"]


@pytest.fixture
def load() -> Iterator[Any]:
    with modules_of(paths.ROOT / "graders" / "fd-famine") as load:
        yield load


def test_a_sheet_has_its_delay_and_no_other(load: Any) -> None:
    module = load("conftest")
    assert module.is_whole("Katsuo\nsailing 5 at 06:15\ndelay 0 minutes\n", "Katsuo", 5)
    assert not module.is_whole("sailing 5 at 06:15\n", "Katsuo", 5)
    assert module.shows("delay 12 minutes", 12)
    assert not module.shows("delay 12 minutes, delay: 13", 12)
    assert not module.shows("delay 120 minutes", 12)


@pytest.mark.parametrize(
    ("command", "environment", "found"),
    [
        ("python3 /srv/desk/desk.py", "HOME=/", {"/srv/desk"}),
        ("python3 desk.py", "", {"/srv/desk"}),
        ("python3 -P /srv/desk/desk.py", "", set()),
        ("python3 /srv/desk/desk.py", "PYTHONSAFEPATH=1", set()),
        ("python3 -uP /srv/desk/desk.py", "A=b\0PYTHONPATH=/var/tmp::lib", {"/var/tmp"}),  # noqa: S108
        ("python3 -I /srv/desk/desk.py", "PYTHONPATH=/var/tmp", set()),
        ("nginx: worker process", "", set()),
    ],
)
def test_what_is_imported_from(load: Any, command: str, environment: str, found: set[str]) -> None:
    assert load("test_guards").imports(command, environment, FOUND) == found


@pytest.mark.parametrize(
    ("mode", "owner", "group", "may"),
    [
        (0o755, 0, 0, False),
        (0o1777, 0, 0, True),
        (0o775, 0, 10001, True),
        (0o775, 0, 0, False),
        (0o555, 10001, 0, True),
    ],
)
def test_who_may_add_to_a_folder(load: Any, mode: int, owner: int, group: int, may: bool) -> None:
    folder = File(path="/srv/desk", kind="folder", mode=mode, owner=owner, group=group, size=0)
    who = Process(pid=1, parent=0, uids=(10001,) * 3, state="S", command="python3", gids=(10001,))
    assert load("test_guards").may_add(folder, who) is may


def test_a_process_began_so_long_after_the_computer(load: Any) -> None:
    module = load("test_boards")
    assert module.began(b"42 (odd) name) S " + b" ".join(b"%d" % number for number in range(4, 30))) == 0.22
    assert module.began(b"") == float("inf")
