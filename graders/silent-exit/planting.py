"""Programs that somebody left where the service may write: into every place of that kind that its image names.

A place counts once what lies in it runs. An import path that an interpreter is told to leave out, or a home that nobody
looks into, harms nobody.
"""

from __future__ import annotations

import io
import re
import secrets
import tarfile
from pathlib import PurePosixPath

from kikori.grading import Process, Scene, writable_by

OWN = 10001
"""The number of the service's user and of its group, as on the task page."""
VOLUME = "/var/lib/orders"
"""Where the platform's volume is."""
PLACE = re.compile(r"/[\w./-]*\w")
LISTS = re.compile(r"(PATH|HOME|BASE|PREFIX)\w*=")
"""How a line of a script names folders to look in, rather than a file."""
WORD = re.compile(r"(?<![\w/.-])[a-z][a-z0-9_.-]{1,20}(?![\w/.-])")
VERSIONS = range(11, 15)
"""The Pythons that an image may have, by their second number."""
MODULES = ("json.py", "http.py", "usercustomize.py", "sitecustomize.py")
MOST = 40
"""Words of a script that may be names of programs, the first by name."""
PREFIX = "PYTHONPYCACHEPREFIX"


def words(word: str) -> tuple[str, str]:
    """A module and a script that say a word that nobody else knows, and end their program at once."""
    return f'import os\nos.write(2, b"{word}\\n")\nos._exit(1)\n', f"#!/bin/sh\necho {word} >&2\nkill -9 $$\n"


def new_word() -> str:
    """Draw a word that nobody else knows."""
    return secrets.token_hex(8)


def laid(scene: Scene, name: str, word: str, modules: set[str]) -> None:
    """Put programs into a container that has not begun: as root's, so that those of the service stay apart."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for place, text in _planted(scene, word, modules).items():
            member = tarfile.TarInfo(place.lstrip("/"))
            member.size, member.mode = len(text.encode()), 0o755
            archive.addfile(member, io.BytesIO(text.encode()))
    scene.engine.containers.get(name).put_archive("/", packed.getvalue())


def _planted(scene: Scene, word: str, modules: set[str]) -> dict[str, str]:
    """What is put into a container, by its path there."""
    module, script = words(word)
    named = _named(scene)
    found = {place: module if place.endswith(".py") else script for place, is_file in named if is_file}
    folders = [place for place, is_file in named if not is_file]
    programs = {"python3", "python", "env", "sh", "bash", *sorted(set(WORD.findall(_started(scene))))[:MOST]}
    for place in folders:
        found |= {f"{place}/{one}": script for one in sorted(programs | {".profile", ".bashrc"})}
        found |= {f"{place}/{one}": module for one in sorted({*MODULES, *modules})}
        sites = [f"{place}{above}/lib/python3.{minor}/site-packages" for above in ("", "/.local") for minor in VERSIONS]
        found |= {f"{site}/usercustomize.py": module for site in sites}
    above = {str(parent) for path in (*found, *folders) for parent in PurePosixPath(path).parents}
    return {path: text for path, text in found.items() if path not in above and path not in folders}


def _started(scene: Scene) -> str:
    """The scripts that start the service, and what its container is told to run."""
    own = scene.inspect("orders")["Config"]
    command = [*(own["Entrypoint"] or ()), *(own["Cmd"] or ())]
    beside = scene.sidecar("orders")
    texts = [beside.read(word, 2**16) for word in command if word.startswith("/")]
    scripts = [text.decode("utf-8", "replace") for text in texts if text and text.startswith(b"#!")]
    return "\n".join([*scripts, *map(str, command)])


def _named(scene: Scene) -> dict[tuple[str, bool], None]:
    """The places where the service may write that its image names, and whether each would be a file."""
    beside, script = scene.sidecar("orders"), _started(scene)
    settings = [line.partition("=")[2] for line in scene.inspect("orders")["Config"]["Env"] or ()]
    homes = [line.split(":")[5] for line in _text(scene, "/etc/passwd").splitlines() if f":{OWN}:" in line]
    paths = [one.path for one in beside.files("/usr/lib", "/usr/local/lib", names=("*.pth",))]
    folders = [*settings, *homes, *(_text(scene, path) for path in paths)]
    folders += [line for line in script.splitlines() if LISTS.search(line)]
    found = {(place, False): None for text in folders for place in PLACE.findall(text)} | {(VOLUME, False): None}
    found |= {(place, True): None for place in PLACE.findall(script) if (place, False) not in found}
    return {(place, is_file): None for place, is_file in found if is_own(scene, place)}


def _text(scene: Scene, path: str) -> str:
    return (scene.sidecar("orders").read(path, 2**16) or b"").decode("utf-8", "replace")


def is_own(scene: Scene, place: str) -> bool:
    """Whether the service could put something at a place, or make it: the nearest folder that is there decides."""
    above = [place, *map(str, PurePosixPath(place).parents)]
    there = {one.path: one for one in scene.sidecar("orders").at(*above)}
    nearest = next((there[path] for path in above if path in there), None)
    if nearest is None or nearest.kind != "folder":
        return f"{place}/".startswith(f"{VOLUME}/")
    if nearest.owner == OWN or f"{place}/".startswith(f"{VOLUME}/"):
        return True
    return bool(nearest.mode & (0o020 if nearest.group == OWN else 0o002))


def compiled(scene: Scene, who: Process) -> str:
    """A folder in which the interpreter looks for compiled modules, and into which the service may write."""
    for one in writable_by(scene, "orders", who, "/"):
        if one.kind == "folder" and PurePosixPath(one.path).name == "__pycache__" and not _is_kept(one.path):
            return one.path
    asked = set(who.command.split()) & {"-I", "-E"}
    texts = [*(scene.inspect("orders")["Config"]["Env"] or ()), *_started(scene).splitlines()]
    named = [text.partition(f"{PREFIX}=")[2].strip("\"'") for text in texts if f"{PREFIX}=" in text]
    return next((place for text in named for place in PLACE.findall(text)[:1] if is_own(scene, place)), "") * (
        not asked
    )


def _is_kept(path: str) -> bool:
    return path.startswith((f"{VOLUME}/", "/tmp/", "/proc/"))  # noqa: S108
