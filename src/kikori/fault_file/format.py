"""The names, records and limits of a .fault file."""

from __future__ import annotations

import hashlib
from typing import Annotated

from msgspec import Meta

from kikori.model.lab import Name
from kikori.model.record import Record

FORMAT = 1
SUFFIX = ".fault"

MANIFEST = "manifest.json"
WORKSPACE = "workspace.tar"
SEALED = "sealed"
BREAKS = "breaks"

MOST_SCRIPT = 96 * 1024
"""Bytes of one script: a program gets it as one argument, of which Linux takes 128 KiB."""
MOST_SCRIPTS = 9
MOST_FILES = 64
"""Of the workspace, changed or gone."""
MOST_WORKSPACE = 2**20
MOST_SEALED = 256 * 1024
MOST_BYTES = 2 * 2**20
"""Of all members together, unpacked."""
GUESSES = 5
MOST_GUESS, MOST_SYMPTOM, MOST_CAUSE = 300, 1000, 2000
"""Characters."""

Place = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]
"""A service."""


class Guess(Record):
    """What a pair thinks could fail, before anybody breaks anything."""

    what: Annotated[str, Meta(min_length=1, max_length=MOST_GUESS)]
    shows: Annotated[str, Meta(min_length=1, max_length=MOST_GUESS)]
    """How users would notice it."""


class Entry(Record):
    """What the manifest says of one script."""

    service: Place
    restart: bool = False
    """Whether every service is restarted after it."""


class Manifest(Record):
    """What a file says openly; nothing here is proof."""

    format: int
    lab: Name
    scene: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$")]
    """Hash of what runs in the lab and what grades it."""
    fault: Annotated[str, Meta(pattern=r"^setter-[0-9a-f]{6}$")]
    setter: Annotated[str, Meta(max_length=200)]
    symptom: Annotated[str, Meta(min_length=1, max_length=MOST_SYMPTOM)]
    created: float
    kikori: Annotated[str, Meta(max_length=40)]
    guesses: Annotated[tuple[Guess, ...], Meta(max_length=GUESSES)]
    breaks: Annotated[tuple[Entry, ...], Meta(max_length=MOST_SCRIPTS)]
    gone: Annotated[tuple[str, ...], Meta(max_length=MOST_FILES)] = ()
    """Files of the workspace that the setter removed."""


class Script(Record):
    """A break or a fix in a service."""

    service: Place
    text: Annotated[str, Meta(min_length=1, max_length=MOST_SCRIPT)]
    restart: bool = False
    """Whether every service is restarted after it."""


class Solution(Record):
    """What the setter keeps until the solver has explained."""

    cause: Annotated[str, Meta(min_length=1, max_length=MOST_CAUSE)]
    component: Place
    diagnosis: Annotated[str, Meta(pattern=r"^([a-z][a-z0-9]*(-[a-z0-9]+)*)?$", max_length=60)] = ""
    """A name of courses/diagnoses.toml, where one fits."""
    fix: Script | None = None
    patch: Annotated[str, Meta(max_length=MOST_SCRIPT)] = ""
    """The fix, where it is one of the workspace, as a unified diff."""


class FaultFile(Record):
    """A file that was read whole and found to be well-formed."""

    manifest: Manifest
    scripts: tuple[Script, ...]
    workspace: dict[str, tuple[str, bool]]
    """The files of the workspace that the setter changed: their text, and whether they are programs."""
    sealed: bytes
    bound: bytes
    """A hash of all that is open, without which the solution is not opened."""


def hash_of(members: dict[str, bytes]) -> bytes:
    """Hash all members of a file but the sealed one, each with its name and length."""
    digest = hashlib.sha256()
    for name in sorted(members.keys() - {SEALED}):
        digest.update(f"{name}\0{len(members[name])}\0".encode() + members[name])
    return digest.digest()
