"""Is the server as it was: one lock, names that are found, and services that are supervised and may no more?"""

import re
from typing import Any

import pytest
from supervisors import Services

from kikori.grading import SYSTEM, File, Process, Scene, eventually, quoted, reasons, rights_of_root, writable_by

reason = reasons(__file__)

CLERKS = ("clerk-1", "clerk-2")
REGISTER_LOCK = "/var/lib/notes/register.lock"
NOTES = 10001
"""The number of the user `notes`: names are the server's own to give."""
SETTINGS = ("/srv/notes", "/etc/notes", "/etc/netconf", "/etc/sv")
PROGRAMS = ("/srv", "/opt", *SYSTEM)
"""What the services run, and root with them: its own programs, libraries and settings among it."""
DATA = ("/var/lib/notes", "/var/backups/notes", "/run/notes", "/var/log/notes")
LOOKS = 12
"""How often it is looked whether the register's lock is free."""
FREE = 9
"""How often it must be, at the least: a copy takes some milliseconds each second."""
ASKED = 10
"""How often a name is looked up; one may be late on a busy computer. Where a dead server is asked first, each is, and
where the servers take turns, half of them."""


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_one_lock_for_all(scene: Scene) -> None:
    """Whoever locks the register locks the same file as the others.

    ja: 台帳をロックするプロセスは、みな同じファイルをロックしている。
    """

    def holders() -> list[int]:
        held = scene.sidecar("notes").descriptors()
        return [one.inside for one in held if any(name.endswith("register.lock (deleted)") for name in one.open)]

    old = eventually(holders, lambda found: not found, within=3)
    number = old[0] if old else 0
    assert not old, reason("one-lock-for-all", number=number)


@pytest.mark.timeout(60)
@pytest.mark.needs("test_notes_come")
def test_lock_is_free(scene: Scene, desk: Any) -> None:
    """Between orders the register's lock is free.

    ja: 注文の合間には、台帳のロックが空いている。
    """
    eventually(lambda: desk.lying("in", "work"), lambda waiting: not waiting, within=3)
    seen = list[bool]()

    def look() -> int:
        seen.append(scene.sidecar("notes").is_locked(REGISTER_LOCK))
        return len(seen)

    eventually(look, lambda looked: looked >= LOOKS, within=30, every=0.2)
    free = seen.count(False)
    assert free >= FREE, reason("lock-is-free", looks=LOOKS - free, looks_2=LOOKS)


@pytest.mark.timeout(40)
@pytest.mark.needs("test_orders_are_taken")
def test_name_is_found_at_once(scene: Scene) -> None:
    """The carrier's name is found without waiting.

    ja: 運送会社の名前が、待たされずに引ける。
    """
    look = f"timeout 0.9 getent ahosts labels.{scene.params['carrier']}.example"
    late = sum(bool(scene.debug("notes").run(look).exit_status) for _ in range(ASKED))
    assert late <= 1, reason("name-is-found-at-once", late=late, asked=ASKED)


def written(scene: Scene) -> list[str]:
    """The files of which the services' programs and settings are made, wherever somebody has put them."""
    found = scene.sidecar("notes").files(*SETTINGS, "/opt", "/usr/local")
    return [file.path for file in found if file.kind == "file"]


def addresses_of_today(scene: Scene) -> str:
    """A pattern of the addresses that the carrier's machine has now; empty where it has none."""
    networks = scene.inspect("carrier")["NetworkSettings"]["Networks"].values()
    return "|".join(re.escape(one["IPAddress"]) for one in networks if one["IPAddress"])


def holds(addresses: str, text: str) -> bool:
    """Whether a text works with an address; a comment does not, nor does a name server that once had the address."""
    found = re.compile(rf"(?<![\d.])(?:{addresses})(?![\d])")
    return any(found.search(line) for line in text.splitlines() if not line.lstrip().startswith(("#", "nameserver")))


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_addresses_are_not_nailed_down(scene: Scene, desk: Any) -> None:
    """Where a name leads is kept by those whose job it is, and survives a new container.

    ja: 名前とアドレスの対応は担当の仕組みに任されていて、コンテナを作り直しても変わらない。
    """
    name = f"{scene.params['carrier']}.example"
    nailed = next((line for line in desk.text("/etc/hosts").splitlines() if name in line.partition("#")[0]), "")
    assert not nailed, reason("addresses-are-not-nailed-down", nailed=quoted(nailed))
    today = addresses_of_today(scene)
    held = next((path for path in written(scene) if today and holds(today, desk.text(path))), "")
    assert not held, reason("addresses-are-not-nailed-down-2", held=held)
    kept = eventually(lambda: Services(scene).keepers(), bool, within=3)
    assert kept or "resolv.conf" in desk.text("/srv/notes/boot"), reason("addresses-are-not-nailed-down-3")


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_services_are_supervised(scene: Scene) -> None:
    """Both clerks run, and whoever works at a pipe was started by the supervisor.

    ja: clerk は二つとも動いていて、パイプで働くプロセスはどれも supervisor が起動している。
    """
    idle = eventually(
        lambda: [name for name in CLERKS if not Services(scene).below.get(name)], lambda seen: not seen, within=3
    )
    assert not idle, reason("services-are-supervised", idle=" and ".join(idle), idle_2=idle)
    strays = eventually(lambda: Services(scene).strays(), lambda seen: not seen, within=3)
    command = quoted(strays[0].command if strays else "")
    assert not strays, reason("services-are-supervised-2", command=command)


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_orders_are_taken")
def test_services_run_as_notes(scene: Scene) -> None:
    """Desk, clerks, printer and tally run as the user notes, and no more than that.

    ja: 受付、clerk、プリンター、集計はユーザー notes で動いていて、それ以上の権限を持っていない。
    """

    def others() -> list[Process]:
        services = Services(scene)
        workers = services.workers({*services.keepers(), scene.params["copy"]})
        return [one for one in workers if set(one.uids) != {NOTES} or rights_of_root(one)]

    found = eventually(others, lambda seen: not seen, within=3)
    command, user = (quoted(found[0].command), found[0].uids[1]) if found else ("", 0)
    assert not any(one.is_root for one in found[:1]), reason("services-run-as-notes", command=command)
    right = next(filter(None, map(rights_of_root, found[:1])), "")
    assert not right, reason("services-run-as-notes-2", right=right)
    assert not found, reason("services-run-as-notes-3", command=command, user=user, notes=NOTES)


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_orders_are_taken")
def test_nobody_may_write_more(scene: Scene) -> None:
    """The services can't rewrite what they or root run, and their data is not open to everybody.

    ja: サービスは、自分や root が実行するものを書き換えられない。データは誰でも書き換えられるわけではない。
    """

    def handed() -> list[File]:
        services = Services(scene)
        free = [one for one in services.workers(set()) if not one.is_root]
        kinds = {(one.uids, one.gids): one for one in free}.values()
        return [file for one in kinds for file in writable_by(scene, "notes", one, *PROGRAMS)]

    found = eventually(handed, lambda seen: not seen, within=1)
    place = found[0].path if found else ""
    assert not found, reason("nobody-may-write-more", place=place)
    loose = [file for file in scene.sidecar("notes").files(*DATA) if file.is_open_to(0o002)]
    place, mode = (loose[0].path, loose[0].mode) if loose else ("", 0)
    assert not loose, reason("nobody-may-write-more-2", place=place, mode=mode)
