"""A setter's fault written into one file."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from kikori.errors import EnvironmentProblem
from kikori.fault_file import format as names
from kikori.fault_file.format import Manifest, Script, Solution, hash_of
from kikori.fault_file.sealing import sealed_with

PROGRAM, TEXT = 0o755, 0o644


def pack(
    target: Path,
    manifest: Manifest,
    scripts: Sequence[Script],
    workspace: Mapping[str, tuple[str, bool]],
    solution: Solution,
    word: str,
) -> None:
    """Write a file, the solution in it sealed with the word; it is whole or not there.

    Raises:
        KikoriError: the word is too short.
        EnvironmentProblem: the file can't be written.
    """
    members = {names.MANIFEST: msgspec.json.format(msgspec.json.encode(manifest), indent=1)}
    members |= {f"{names.BREAKS}/{number}.sh": one.text.encode() for number, one in enumerate(scripts, 1)}
    members |= {names.WORKSPACE: _tar(workspace)} if workspace else {}
    members[names.SEALED] = sealed_with(word, solution, hash_of(members))
    half = target.with_suffix(".part")
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        half.replace(target)
    except OSError as problem:
        hint = "kikori fault seal --to FOLDER"
        raise EnvironmentProblem(f"{target}: can't be written: {problem.strerror}", hint) from None
    finally:
        half.unlink(missing_ok=True)


def _tar(files: Mapping[str, tuple[str, bool]]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, (text, program) in sorted(files.items()):
            data = text.encode()
            info = tarfile.TarInfo(path)
            info.size, info.mode = len(data), PROGRAM if program else TEXT
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()
