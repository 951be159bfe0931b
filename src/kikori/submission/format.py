"""The names, records and limits of a .kikori file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.engine.inspection.filesystem_diff import EndState
from kikori.errors import KikoriError
from kikori.model import Command, Event, Lab, Report
from kikori.model.incident import LabEvent
from kikori.model.record import Record

FORMAT = 1
SUFFIX = ".kikori"
DISPUTE = ".dispute"
"""The same format, handed to a lab's author and not to an instructor."""

MANIFEST = "manifest.json"
EVENTS = "events.jsonl"
TRAIL = "trail.jsonl"
REPORTS = "reports.jsonl"
LAB_EVENTS = "lab-events.jsonl"
"""Of a lab that names records of an incident; others have none."""
EXPLANATION = "explanation.md"
WORKSPACE = "workspace.tar"
REPOSITORY = ".git"
"""At the top of a workspace, in whatever case: the lab's own, and no part of the work."""
SERVICES = "services"
VOLUMES = "volumes"

MOST_MEMBERS = 200
MOST_TABLE = 64 * 1024
"""Bytes of the zip's table of contents."""
MOST_BYTES = 512 * 2**20
"""Of all members together, unpacked."""
FREE_BYTES = 64 * 2**20
"""So many bytes may be packed as well as they can be."""
MOST_RATIO = 400
"""What is larger unpacked is at most so many times the file: a new MariaDB, mostly zeros, is 176 times as large as
packed, and 315 times with as large a log as a volume holds."""
MOST_MANIFEST = 64 * 1024
MOST_TEXT = 8 * 2**20
"""Of one member that is not a tar."""
MOST_LINES = 20_000
"""Of one log."""
MOST_NESTING = 16
"""Levels of JSON; a report has three."""
MOST_FILES = 20_000
"""In all tars together; each costs time before anything is known of the submission."""
MOST_RECORDS = 8 * 1024
"""Bytes of pax records before one file of a tar; path and link need two thousand at most."""
MOST_ATTEMPTS = 10_000
"""Of one learner at one lab."""
LONGEST_NAME = 255
LONGEST_PATH = 1024
"""Bytes of a file's name and of its path in a tar, and so of a link's target."""
MOST_WORKSPACE_FILES = 2000
MOST_WORKSPACE_BYTES = 32 * 2**20
MOST_DEPTH = 100
"""Folders above one another on the host; whoever removes them holds as many open, and some systems allow 256 files."""


class Refused(KikoriError):
    """A submission that is not well-formed."""


class Manifest(Record, omit_defaults=True):
    """What a submission says about itself; nothing here is proof."""

    format: int
    lab: str
    content: str
    """Hash of the lab and its graders as the learner had them."""
    learner: str
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    fault: str | None
    attempt: str
    created: float
    kikori: str
    cohort: Annotated[str, Meta(pattern=r"^([0-9a-f]{12})?$")] = ""
    """Which cohort gave the seed, if one did."""
    number: Annotated[int, Meta(ge=0, le=MOST_ATTEMPTS)] = 0
    """For which of the learner's attempts at this lab."""


class Paths(Record):
    """services/NAME.json: the paths of a service that differ from its image."""

    present: tuple[str, ...]
    gone: tuple[str, ...]


class Records(Record):
    """What a submission says in words, without the files of the end state."""

    manifest: Manifest
    events: tuple[Event, ...]
    trail: tuple[Command, ...]
    reports: tuple[Report, ...]
    explanation: str
    lab_events: tuple[LabEvent, ...] = ()
    """What the lab's services wrote down of an incident, as the learner's computer read it."""


class Submission(Records, kw_only=True):
    """A submission that was read whole and found to be well-formed."""

    services: dict[str, EndState]
    volumes: dict[str, bytes]
    workspace: bytes | None


def content_of(lab: Lab) -> str:
    """A hash of all that a lab consists of, graders included."""
    return content_in(lab.folder, lab.graders)


def content_in(folder: Path, graders: Path) -> str:
    """The same of folders that need not hold a lab which this Kikori can read."""
    digest = hashlib.sha256()
    for root in (folder, graders):
        for path in sorted(path for path in root.rglob("*") if _counts(path)):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
