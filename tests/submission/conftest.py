"""Submissions made by hand: a good one, and what a stranger could make of it."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Members = dict[str, bytes]
Submitted = Callable[[Members], Path]

MANIFEST = {
    "format": 1,
    "lab": "silent-exit",
    "content": "0123456789abcdef",
    "learner": "ada",
    "seed": 7,
    "fault": "privileged-port",
    "attempt": "silent-exit-00000a",
    "created": 1_800_000_000.5,
    "kikori": "0.1.0",
}


def tar(*members: tarfile.TarInfo | tuple[str, bytes], headers: dict[str, str] | None = None) -> bytes:
    """A tar of these; a pair is a file's name and content."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for member in members:
            info, data = (member, b"") if isinstance(member, tarfile.TarInfo) else (entry(member[0]), member[1])
            info.size, info.pax_headers = len(data), headers or {}
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """One member of a tar."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.fixture
def members() -> Members:
    """What a good submission consists of."""
    event = {"at": 1.0, "event": "broke", "detail": {"fault": "privileged-port"}}
    command = {"number": 1, "at": 2.0, "service": "orders", "line": "ls", "exit_code": 0, "seconds": 0.1}
    check = {"id": "test_a", "title": "A", "outcome": "passed"}
    return {
        "manifest.json": json.dumps(MANIFEST).encode(),
        "events.jsonl": json.dumps(event).encode() + b"\n",
        "trail.jsonl": json.dumps(command).encode() + b"\n",
        "reports.jsonl": json.dumps({"lab": "silent-exit", "at": 3.0, "checks": [check]}).encode() + b"\n",
        "explanation.md": "## 何が <!-- seen -->\n斧を研いだ。\n".encode(),
        "services/orders.json": json.dumps({"present": ["/etc/motd"], "gone": ["/etc/old"]}).encode(),
        "services/orders.tar": tar(("etc/motd", b"hello\n")),
        "volumes/orders.tar": tar(("./orders.jsonl", b"{}\n")),
        "workspace.tar": tar(
            ("compose.yaml", b"services: {}\n"), entry("Containerfile", tarfile.SYMTYPE, "Dockerfile")
        ),
    }


@pytest.fixture
def submitted(tmp_path: Path) -> Submitted:
    """Write members into a .kikori file, in a folder of its own."""

    def write(members: Members) -> Path:
        file = tmp_path / "inbox" / "ada.kikori"
        file.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return file

    return write
