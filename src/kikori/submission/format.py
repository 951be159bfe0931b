"""The names, records and limits of a .kikori file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kikori.model import Command, Event, Lab, Report
from kikori.model.record import Record
from kikori.runtime.endstate import EndState

FORMAT = 1
SUFFIX = ".kikori"
DISPUTE = ".dispute"
"""The same format, handed to a lab's author and not to an instructor."""

MANIFEST = "manifest.json"
EVENTS = "events.jsonl"
TRAIL = "trail.jsonl"
REPORTS = "reports.jsonl"
EXPLANATION = "explanation.md"
WORKSPACE = "workspace.tar"
SERVICES = "services"
VOLUMES = "volumes"
LOGS = {EVENTS: Event, TRAIL: Command, REPORTS: Report}

MOST_MEMBERS = 200
MOST_BYTES = 512 * 2**20
"""Of all members together, unpacked."""
MOST_TEXT = 8 * 2**20
"""Of one member that is not a tar."""
MOST_FILES = 20_000
"""In all tars together; each costs time before anything is known of the submission."""
MOST_WORKSPACE_FILES = 2000
MOST_WORKSPACE_BYTES = 32 * 2**20


class Manifest(Record):
    """What a submission says about itself; nothing here is proof."""

    format: int
    lab: str
    content: str
    """Hash of the lab and its graders as the learner had them."""
    learner: str
    seed: int
    fault: str | None
    attempt: str
    created: float
    kikori: str


class Paths(Record):
    """services/NAME.json: the paths of a service that differ from its image."""

    present: tuple[str, ...]
    gone: tuple[str, ...]


class Submission(Record):
    """A submission that was read whole and found to be well-formed."""

    manifest: Manifest
    events: tuple[Event, ...]
    trail: tuple[Command, ...]
    reports: tuple[Report, ...]
    explanation: str
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
