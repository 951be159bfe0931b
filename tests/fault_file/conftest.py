"""Setter's files made by hand: a good one, and what a stranger could make of it."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kikori.content import Catalog
from kikori.model import Lab
from kikori.proof_keys import scene_key

Members = dict[str, bytes]
Written = Callable[[Members], Path]
WORD = "three green parrots"


def tar(*members: tarfile.TarInfo | tuple[str, bytes]) -> bytes:
    """A tar of these; a pair is a file's name and content."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for member in members:
            info = member if isinstance(member, tarfile.TarInfo) else tarfile.TarInfo(member[0])
            data = b"" if isinstance(member, tarfile.TarInfo) else member[1]
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def entry(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    """One member of a tar that is no plain file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.fixture(scope="session")
def lab() -> Lab:
    """A lab with a workspace, and a service that is not built from it."""
    return Catalog().lab("silent-exit")


@pytest.fixture(scope="session")
def scene(lab: Lab) -> str:
    """The key of the lab's scene: all of its files are read for it."""
    return scene_key(lab)


@pytest.fixture
def manifest(lab: Lab, scene: str) -> dict[str, Any]:
    """What a good file says openly."""
    return {
        "format": 1,
        "lab": lab.id,
        "scene": scene,
        "fault": "setter-0a1b2c",
        "setter": "grace",
        "symptom": "Nobody gets an order through.",
        "created": 1_800_000_000.5,
        "kikori": "0.1.0",
        "guesses": [{"what": f"part {number}", "shows": "an error page"} for number in range(5)],
        "breaks": [{"service": "orders", "restart": True}, {"service": "orders"}],
        "gone": [],
    }


@pytest.fixture
def members(manifest: dict[str, Any]) -> Members:
    """What a good file consists of; the seal is none, which nobody sees who has no word."""
    return {
        "manifest.json": json.dumps(manifest).encode(),
        "breaks/1.sh": b"rm -rf -- /etc/motd\n",
        "breaks/2.sh": b"kill -STOP 1\n",
        "workspace.tar": tar(("orders.conf", b"port = 1\n"), ("new/notes.txt", "覚え書き\n".encode())),
        "sealed": b"\x01" * 80,
    }


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write members into a .fault file."""

    def write(members: Members) -> Path:
        file = tmp_path / "grace.fault"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return file

    return write
