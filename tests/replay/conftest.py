"""Submissions to judge, as far as no engine is asked."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.engine import Silent
from kikori.replay.judge import judge
from kikori.replay.verdict import Row

Judged = Callable[..., Row]


def tar(name: str = "a", data: bytes = b"x") -> bytes:
    """A tar of one file."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def good() -> dict[str, bytes]:
    """The members of a well-formed submission of first-look."""
    manifest = {"format": 1, "lab": "first-look", "content": "0", "learner": "ada", "seed": 7, "fault": "half-edit"}
    events = [{"at": 1000.0, "event": "broke"}, {"at": 1060.0, "event": "hint"}, {"at": 1120.0, "event": "hint"}]
    return {
        "manifest.json": json.dumps(manifest | {"attempt": "a", "created": 1600.0, "kikori": "0"}).encode(),
        "events.jsonl": b"\n".join(json.dumps(event).encode() for event in events),
        "trail.jsonl": b"",
        "reports.jsonl": b"",
        "explanation.md": b"## Q <!-- seen -->\n",
        "services/web.json": b'{"present": ["/a"], "gone": []}',
        "services/web.tar": tar(),
    }


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def judged(inbox: Path) -> Judged:
    """``judged({name: data})``: the row of the good submission with these members changed; None takes one out."""

    def put(changed: dict[str, bytes | None] | None = None, **manifest: object) -> Row:
        members = good() | (changed or {})
        if manifest:
            members["manifest.json"] = json.dumps(json.loads(good()["manifest.json"]) | manifest).encode()
        file = inbox / "ada.kikori"
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in members.items():
                if data is not None:
                    archive.writestr(name, data)
        return judge(file, "ada.kikori", Catalog(), Silent()).row

    return put
