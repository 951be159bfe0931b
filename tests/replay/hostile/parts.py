"""Parts that hostile submissions are made of: members, and the tars inside of them."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

Members = dict[str, bytes]


def entry(name: str, data: bytes = b"", mode: int = 0o644, kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    """A tar of one member, root's."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.type, info.linkname = len(data), mode, kind, link
        archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def many(count: int) -> bytes:
    """A tar of so many empty files of one name, made without the time that they would take to be read."""
    one = entry("a")[:512]
    return one * count + b"\0" * 1024


def content(files: bytes, name: str) -> bytes:
    """What a tar has in a file."""
    with tarfile.open(fileobj=io.BytesIO(files)) as archive:
        file = archive.extractfile(name)
        assert file
        return file.read()


def joined(first: bytes, second: bytes) -> bytes:
    """Two tars in one; of two members of one name the second stays."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(second)) as added:
        names = set(added.getnames())
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for data in (first, second):
            with tarfile.open(fileobj=io.BytesIO(data)) as given:
                for member in given:
                    if data is second or member.name not in names:
                        archive.addfile(member, given.extractfile(member) if member.isreg() else None)
    return buffer.getvalue()


def laid(members: Members, files: bytes, service: str = "web") -> Members:
    """With these files in the end state of a service, and told of as a learner's own kikori tells."""
    paths = json.loads(members[f"services/{service}.json"])
    with tarfile.open(fileobj=io.BytesIO(files)) as added:
        names = [f"/{name}" for name in added.getnames()]
    paths["present"] = sorted({*paths["present"], *names})
    paths["gone"] = [path for path in paths["gone"] if path not in names]
    return members | {
        f"services/{service}.json": json.dumps(paths).encode(),
        f"services/{service}.tar": joined(members[f"services/{service}.tar"], files),
    }


def placed(members: Members, **files: str) -> Members:
    """With these files in the workspace (a dot in a name is written as two underscores), all of them executable."""
    workspace = members["workspace.tar"]
    for name, text in files.items():
        workspace = joined(workspace, entry(name.replace("__", "."), text.encode(), 0o755))
    return members | {"workspace.tar": workspace}


def without(members: Members, *paths: str, service: str = "web") -> Members:
    """With paths of the image gone from the end state of a service."""
    told = json.loads(members[f"services/{service}.json"])
    told["gone"] = sorted({*told["gone"], *paths})
    return members | {f"services/{service}.json": json.dumps(told).encode()}


def script(path: str, text: str) -> bytes:
    """A tar of one program."""
    return entry(path, text.encode(), 0o755)


def told(members: Members, **changed: object) -> Members:
    """With a manifest that says something else."""
    return members | {"manifest.json": json.dumps(json.loads(members["manifest.json"]) | changed).encode()}


def read(file: Path) -> Members:
    """The members of a submission."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(members: Members, file: Path) -> Path:
    """A submission of these members."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file
