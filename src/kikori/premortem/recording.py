"""What a setter changes: files of services by the engine's word, and files of the workspace."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kikori.engine import Project
from kikori.engine.inspection.file_comparison import File, Files, files_of, is_noise
from kikori.engine.inspection.filesystem_diff import capture_paths, differences
from kikori.errors import KikoriError
from kikori.fault_file.format import MOST_FILES, MOST_SCRIPT, MOST_WORKSPACE
from kikori.model import Lab
from kikori.model.record import Record
from kikori.prove.mutation.script import script
from kikori.submission.pack import workspace_tar
from kikori.visible_text import visible

if TYPE_CHECKING:
    from docker.models.containers import Container

PLAIN, FOLDER = tarfile.REGTYPE.decode(), tarfile.DIRTYPE.decode()
GONE = "gone"
STRICT = "set -e\n"
"""What a service's own capabilities do not allow, such as a file of another user's, ends the script and is told."""
LEAVE_OUT = "kikori fault seal --leave-out PATH"
BY_SCRIPT = f"{LEAVE_OUT}, or a --script that makes it"


class Baseline(Record):
    """What differed from the images when a setter began: for each service the paths, each with a hash."""

    services: dict[str, dict[str, str]]


class Changed(NamedTuple):
    """What a setter did to the files of a service."""

    after: Files
    gone: frozenset[str]

    @property
    def paths(self) -> list[str]:
        """All of it."""
        return sorted({*self.after, *self.gone})


def baseline(project: Project) -> Baseline:
    """Note what differs from the images now.

    Raises:
        EnvironmentProblem: a container is gone.
    """
    with project.frozen():
        return Baseline(services={name: _hashes(*_seen(project, name)) for name in project.lab_compose.laid})


def changed_since(project: Project, before: Baseline, left_out: Collection[str]) -> dict[str, Changed]:
    """Find the files of services that came, changed or went since then.

    Raises:
        EnvironmentProblem: a container is gone.
    """
    with project.frozen():
        now = {name: _seen(project, name, left_out) for name in project.lab_compose.laid}
    found = {name: _changed(*now[name], before.services.get(name, {}), left_out) for name in now}
    return {name: one for name, one in found.items() if one.paths}


def _seen(project: Project, service: str, left_out: Collection[str] = ()) -> tuple[Files, frozenset[str]]:
    container = project.container(service)
    present, gone = (
        [path for path in paths if not is_noise(path) and not _is_below(path, left_out)]
        for paths in differences(container)
    )
    return files_of(capture_paths(container, present), "/"), frozenset(gone)


def _hashes(files: Files, gone: Collection[str]) -> dict[str, str]:
    return {path: _hash(file) for path, file in files.items()} | dict.fromkeys(gone, GONE)


def _hash(file: File) -> str:
    *head, data = file
    return hashlib.sha256(repr(head).encode() + data).hexdigest()


def _changed(files: Files, gone: frozenset[str], before: Mapping[str, str], left_out: Collection[str]) -> Changed:
    now = _hashes(files, gone)
    new = {path for path in now if now[path] != before.get(path) and not _is_below(path, left_out)}
    lost = {path for path in before if path not in now and before[path] != GONE and not _is_below(path, left_out)}
    return Changed(
        after={path: files[path] for path in new if path in files},
        gone=frozenset(path for path in new | lost if path not in files),
    )


def _is_below(path: str, places: Collection[str]) -> bool:
    return any(path == place or path.startswith(f"{place.rstrip('/')}/") for place in places)


class Recorded(NamedTuple):
    """What is kept of it."""

    script: str
    """Empty where the files are as in a fresh container."""
    paths: tuple[str, ...]


def recorded_of(service: str, changed: Changed, fresh: Container, params: Mapping[str, str]) -> Recorded:
    """Write what makes a fresh container's files into the setter's.

    Raises:
        KikoriError: it is more than a fault holds, or a name is none that a script may have.
    """
    before = files_of(capture_paths(fresh, changed.paths), "/")
    after = {path: file for path, file in changed.after.items() if before.get(path) != file}
    new = {path: file for path, file in after.items() if path not in before or before[path][4] != file[4]}
    if sum(len(file[4]) for file in new.values()) > MOST_SCRIPT:
        raise _too_large(service, new)
    gone = {path: file for path, file in before.items() if path in changed.gone}
    text = script({path: before[path] for path in after if path in before} | gone, after, params, absolute=True)
    if len(text.encode()) > MOST_SCRIPT:
        raise _too_large(service, new)
    return Recorded(text.strip() and STRICT + text, tuple(sorted({*after, *gone})))


def _too_large(service: str, files: Files) -> KikoriError:
    size = sum(len(file[4]) for file in files.values())
    largest = max(files, key=lambda path: len(files[path][4]))
    told = f"{service}: {size // 1024} KiB in changed files, the largest {visible(largest)}"
    return KikoriError(f"{told}; a fault holds {MOST_SCRIPT // 1024} KiB as a script.", BY_SCRIPT)


class Workspace(NamedTuple):
    """What a setter did to the workspace."""

    files: dict[str, tuple[str, bool]]
    gone: tuple[str, ...]


def workspace_changed(lab: Lab, workspace: str, left_out: Collection[str]) -> Workspace:
    """Find the files of the workspace that differ from the lab's own.

    Raises:
        KikoriError: one is a link or no text, or they are more than a fault holds.
    """
    if not lab.workspace or not workspace:
        return Workspace({}, ())
    before, after = (files_of(workspace_tar(folder), "") for folder in (lab.workspace, Path(workspace)))
    new = {path: file for path, file in after.items() if _kept(file) != _kept(before.get(path))}
    new = {path: file for path, file in new.items() if file[0] != FOLDER and not _is_below(path, left_out)}
    gone = [path for path, file in before.items() if file[0] != FOLDER and path not in after]
    gone = [path for path in gone if not _is_below(path, left_out)]
    size = sum(len(file[4]) for file in new.values())
    if len(new) + len(gone) > MOST_FILES or size > MOST_WORKSPACE:
        told = f"The workspace: {len(new) + len(gone)} files changed, {size // 1024} KiB"
        raise KikoriError(f"{told}; a fault holds {MOST_FILES}, and {MOST_WORKSPACE // 1024} KiB.", LEAVE_OUT)
    return Workspace({path: _text(path, file) for path, file in new.items()}, tuple(sorted(gone)))


def _kept(file: File | None) -> object:
    """What is recorded of a file: neither its owner nor who else may read it."""
    return file and (file[0], file[1] & 0o100, file[4])


def _text(path: str, file: File) -> tuple[str, bool]:
    try:
        text = file[4].decode("utf-8") if file[0] == PLAIN else "\0"
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise KikoriError(f"{visible(path)}: a link, or no text; a fault holds plain text of a workspace.", LEAVE_OUT)
    return text, bool(file[1] & 0o100)
