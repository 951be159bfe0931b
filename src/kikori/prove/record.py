"""Which labs were proved as they are now, so that an author's next proof can leave them out."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from kikori import paths
from kikori.model import Lab
from kikori.progress.files import write_whole
from kikori.submission.format import content_of


def key_of(lab: Lab) -> str:
    """A hash of all that a proof depends on: the lab, its graders, the shared images and Kikori itself."""
    digest = hashlib.sha256(content_of(lab).encode())
    for root in (lab.folder.parent / "_images", paths.ROOT / "src"):
        for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def is_proved(lab: Lab) -> bool:
    """Whether the lab was proved whole as it is; never in CI, where every lab is proved anew."""
    return os.environ.get("CI") != "true" and _read().get(str(lab.folder)) == key_of(lab)


def note(lab: Lab) -> None:
    """Note that the lab was proved whole as it is."""
    write_whole(_file(), msgspec.json.encode(_read() | {str(lab.folder): key_of(lab)}))


def _file() -> Path:
    return paths.state() / "proofs.json"


def _read() -> dict[str, str]:
    try:
        return msgspec.json.decode(_file().read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}
