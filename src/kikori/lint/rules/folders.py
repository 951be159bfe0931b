"""Folders are complete, scripts can be run by hand, stack.yaml is walled in as compose.yaml is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from kikori.bench.scenario import FOLDER
from kikori.content import grader_reasons, samples
from kikori.engine.images import FROM
from kikori.grading.grader_packages import LOCK
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule
from kikori.lint.shellcheck import Shellcheck
from kikori.lint.subjects.compose_file import ComposeFile
from kikori.lint.subjects.content import Content, Unread
from kikori.lint.subjects.source_tree import LabSource, SharedImages
from kikori.lint.subjects.texts import first_line
from kikori.model import Kind
from kikori.prove.mutation import mutants

KNOWN = (
    "lab.toml", "compose.yaml", "stack.yaml", "task.md", "task.ja.md", "debrief.md", "debrief.ja.md",
    "history/*.diff", "later/*.diff", "faults/*/stop-gaps/*.sh",
    "faults/*/debrief.md", "faults/*/debrief.ja.md", "images/*/*", "workspace/*",
    "faults/*/break.sh", "faults/*/break-[0-9].sh", "faults/*/break.diff", "faults/*/break/*",
    "fixes/*.sh", "fixes/*.diff", "fixes/*/*", "traps/*.sh", "traps/*.diff", "traps/*/*", "defects/*",
    "faults/*/fixes/*.sh", "faults/*/fixes/*.diff", "faults/*/fixes/*/*",
    "faults/*/traps/*.sh", "faults/*/traps/*.diff", "faults/*/traps/*/*",
)  # fmt: skip
"""Where files of a lab lie; ``*`` reaches over folders."""
GRADER_FILES = (
    "test_*.py", "conftest.py", "rubric.toml", "key.md", "key.ja.md", "workshop.md",
    "workshop.ja.md", "roles.md", "roles.ja.md", "rounds.toml", grader_reasons.FILE, mutants.FILE,
    samples.FILE, LOCK,
)  # fmt: skip
KNOWN_IN_SERVICE = {
    "cap_add", "cap_drop", "command", "deploy", "entrypoint", "environment", "healthcheck", "image", "init", "networks",
    "read_only", "stop_grace_period", "stop_signal", "user",
}  # fmt: skip
KNOWN_AT_TOP = {"services", "networks"}
LIMITS = ("memory", "cpus", "pids")


@rule
def contract(unread: Unread) -> Iterator[Location]:
    """A lab can be read; one that can't is not looked at further.

    No file is missing, no key of lab.toml unknown, each fault has its folder and each folder its fault, and TOML, YAML
    and Python parse.
    """
    fix = unread.problem.hint or "docs/lab-toml.md has every key, docs/architecture.md every file"
    yield spot_of(unread.problem, unread.path, fix)


@rule
def ids_differ(content: Content) -> Iterator[Location]:
    """No two labs have one id, whatever content roots they lie in."""
    seen: dict[str, Path] = {}
    for folder in content.labs:
        other = seen.setdefault(folder.name, folder)
        if other != folder:
            yield Location(folder, None, f"{other} has the same id", f"mv {folder} {folder}-2")


@rule
def known_files(source: LabSource) -> Iterator[Location]:
    """A lab's folder holds only what the contract knows.

    That is lab.toml, compose.yaml, perhaps stack.yaml, the four pages, images/, workspace/ and faults/ID/{break.sh,
    fixes/*.sh, traps/*.sh}, or folders in the place of these scripts, which are laid over the workspace. A lab of
    unfinished work has fixes/ and traps/ of its own, one to be tuned perhaps defects/: what its workspace is made of.
    """
    for path in source.files:
        name = path.relative_to(source.folder).as_posix()
        if not any(fnmatch(name, pattern) for pattern in KNOWN):
            yield Location(path, None, f"nothing reads {name}", "give it a name that the contract has, or delete it")


@rule
def known_grader_files(source: LabSource) -> Iterator[Location]:
    """A grader's folder holds test_*.py, conftest.py, what they import, and tables.

    The tables are rubric, reasons, rounds, mutants and samples. What has another name is not run. That of a tune lab
    has a folder bench/ too, with the scenario of its benchmark.
    """
    imported = {f"{name.partition('.')[0]}.py" for grader in source.graders for _, name in grader.imports}
    known = (*GRADER_FILES, *imported, *((FOLDER,) if source.lab.about.kind is Kind.TUNE else ()))
    for path in sorted(source.lab.graders.iterdir()):
        if path.name != "__pycache__" and not any(fnmatch(path.name, pattern) for pattern in known):
            yield Location(path, None, f"nothing reads {path.name}", f"mv {path} {path.with_name('test_' + path.name)}")


@rule
def no_orphan_grader(content: Content) -> Iterator[Location]:
    """Every folder of graders/ belongs to a lab."""
    for folder in content.graders:
        if not (folder.parent.parent / "labs" / folder.name).is_dir():
            yield Location(
                folder, None, f"there is no lab called {folder.name}", f"rm -r {folder}, or name it after its lab"
            )


@rule
def no_orphan_image(images: SharedImages) -> Iterator[Location]:
    """Every folder of labs/_images is what an image of a lab stands on."""
    used = {name for path in images.folder.parent.rglob("Dockerfile*") for name in _below(path)}
    used |= {name for path in images.folder.parent.glob("*/compose.yaml") for name in _shared(path)}
    for folder in sorted(images.folder.glob("*")):
        if folder.name not in used:
            yield Location(folder, None, f"no lab stands on kikori/{folder.name}", f"rm -r {folder}, or build on it")


def _below(path: Path) -> list[str]:
    found: list[str] = FROM.findall(path.read_text(encoding="utf-8", errors="replace"))
    return found


def _shared(path: Path) -> list[str]:
    return re.findall(r"\.\./_images/([\w-]+)", path.read_text(encoding="utf-8", errors="replace"))


@rule
def executable(source: LabSource) -> Iterator[Location]:
    """Every script is executable: an author tries it by hand."""
    for path in source.scripts:
        if not os.access(path, os.X_OK):
            yield Location(path, None, "a script that is not executable", f"chmod +x {path}")


@rule
def shebang(source: LabSource) -> Iterator[Location]:
    """Every script says in its first line who runs it."""
    for path in source.scripts:
        if not first_line(path).startswith("#!"):
            yield Location(path, 1, "a script that does not say who runs it", "write #!/bin/sh as the first line")


@rule
def shellcheck_clean(shellcheck: Shellcheck) -> Iterator[Location]:
    """Shellcheck finds nothing in any script (where it is installed)."""
    for one in shellcheck.complaints:
        fix = f"shellcheck {one.file}   shows the place and the right form"
        yield Location(Path(one.file), one.line, f"SC{one.code}: {one.message}", fix)


def _services(source: LabSource) -> Iterator[tuple[ComposeFile, str, dict[str, Any]]]:
    if source.stack:
        for name, service in source.stack.services.items():
            yield source.stack, name, service


@rule
def stack_limits(source: LabSource) -> Iterator[Location]:
    """Every service of a stack has limits of memory, cpus and pids under `deploy.resources.limits`."""
    for file, name, service in _services(source):
        limits: object = service
        for key in ("deploy", "resources", "limits"):
            limits = limits.get(key) if isinstance(limits, dict) else None
        lacking = [key for key in LIMITS if not isinstance(limits, dict) or not limits.get(key)]
        if lacking:
            line = file.line("services", name, "deploy", "resources", "limits")
            fix = 'write `deploy: { resources: { limits: { memory: 64M, cpus: "0.2", pids: 64 } } }`'
            yield Location(file.path, line, f"the service {name} has no limit of {', '.join(lacking)}", fix)


@rule
def stack_cap_drop(source: LabSource) -> Iterator[Location]:
    """Every service of a stack has `cap_drop: [ALL]` and a `user` of its own.

    A stack can't ask for `no-new-privileges`, so nobody in it may begin as root.
    """
    for file, name, service in _services(source):
        if service.get("cap_drop") != ["ALL"] or str(service.get("user", "root")).split(":")[0] in ("root", "0"):
            line = file.line("services", name, "cap_drop")
            fix = "write `cap_drop: [ALL]` and `user: nobody`, or another that is not root"
            yield Location(file.path, line, f"the service {name} has rights that it was not given", fix)


@rule
def stack_known_keys(source: LabSource) -> Iterator[Location]:
    """stack.yaml has only keys that keep a service in its container: no ports, mounts, secrets or configs."""
    for file, name, service in _services(source):
        strange: list[tuple[str, ...]] = [(key,) for key in file.document if key not in KNOWN_AT_TOP]
        strange += [("services", name, key) for key in service if key not in KNOWN_IN_SERVICE]
        for keys in strange:
            fix = f"take {keys[-1]} out; what users reach is a service of compose.yaml"
            yield Location(file.path, file.line(*keys), f"'{keys[-1]}' is not known here", fix)


@rule
def stack_networks_internal(source: LabSource) -> Iterator[Location]:
    """Every network of a stack is an internal overlay to which compose.yaml can attach."""
    if not source.stack:
        return
    for name, network in source.stack.part("networks").items():
        if not (network.get("driver") == "overlay" and network.get("internal") and network.get("attachable")):
            line = source.stack.line("networks", name)
            fix = "driver: overlay, attachable: true, internal: true"
            yield Location(source.stack.path, line, f"the network {name} is another kind", fix)
