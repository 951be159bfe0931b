"""Who may change what the service runs and reads."""

from __future__ import annotations

from pathlib import PurePosixPath

from copies import is_program
from planting import OWN

from kikori.grading import File, Process, Scene, family, writable_by

CODE = {".py", ".pyc", ".pth", ".pyz", ".sh", ".so", ".zip"}
SYSTEM = ("/usr/", "/etc/")
DEVICES = ("/dev/", "/proc/", "/sys/")
SETTINGS, CONFIGURATION = "/etc/orders", "orders.conf"
LONGEST = 255
"""Bytes of a path that is looked for: a name in it may have no more."""
MOST = 200
"""Files of the service's own that are opened, the first by name."""


def may_read(file: File, who: Process) -> bool:
    """Whether a process that is not root may read a file, by its mode."""
    if file.owner in who.uids:
        return bool(file.mode & 0o400)
    return bool(file.mode & (0o040 if file.group in who.gids else 0o004))


def strangers(file: File) -> bool:
    """Whether an account that is neither root nor the service's own may change it."""
    if file.kind == "link":
        return False
    grouped = bool(file.mode & 0o020) and file.group not in (0, OWN)
    everybody = bool(file.mode & 0o002) and not file.mode & 0o1000  # as /tmp, where each has its own
    return file.owner not in (0, OWN) or grouped or everybody


def own_processes(scene: Scene) -> list[Process]:
    """The service's processes; what a healthcheck or a person's shell started is not among them."""
    return family(scene.sidecar("orders").processes(), int(scene.inspect("orders")["State"]["Pid"]))


def rewritable(scene: Scene, who: Process) -> list[File]:
    """What a process may rewrite, or put another in the place of, of all that it may run; its own data is left out."""
    named = named_programs(scene, who)
    every = scene.sidecar("orders").files("/")
    run = named | {one.path for one in every if one.kind == "file" and _is_run(one)}
    above = {str(parent) for path in run for parent in PurePosixPath(path).parents}
    found = writable_by(scene, "orders", who, "/", *sorted(named))
    return [one for one in found if one.path in run | above or _is_systems(one.path)]


def named_programs(scene: Scene, who: Process) -> set[str]:
    """The programs that a process's command names by their paths, and not the data, settings and devices."""
    words = {word.rstrip("/") for word in who.command.split() if word.startswith("/") and len(word.encode()) <= LONGEST}
    beside = scene.sidecar("orders")
    places = {word for word in words if word and not f"{word}/".startswith(DEVICES)}
    found = beside.at(*sorted({*places, *(f"{place}/__main__.py" for place in places)}))
    plain = [one for one in found if one.kind in ("file", "link")]
    return {one.path for one in plain if _is_run(one) or is_program(beside.read(one.path))}


def _is_run(file: File) -> bool:
    return not _is_settings(file.path) and (bool(file.mode & 0o111) or PurePosixPath(file.path).suffix in CODE)


def _is_systems(path: str) -> bool:
    return path.startswith(SYSTEM) and not _is_settings(path)


def _is_settings(path: str) -> bool:
    """Whether it is the service's configuration, or the folder of that, which may be the service's own."""
    place = PurePosixPath(path)
    return place.suffix not in CODE and (place.is_relative_to(SETTINGS) or place.name == CONFIGURATION)


def programs_of_its_own(scene: Scene) -> list[str]:
    """Programs of the service's user in the container and in its memory, whatever they are called.

    What lies in the volume may be of another day: a container with a fresh one tells what is put there.
    """
    beside = scene.sidecar("orders")
    found = {one.path: one for one in beside.files("/", "/dev/shm") if one.kind == "file"}  # noqa: S108
    own = [path for path, one in sorted(found.items()) if one.owner == OWN and not path.startswith(f"{SETTINGS}/")]
    return [path for path in own[:MOST] if is_program(beside.read(path))]
