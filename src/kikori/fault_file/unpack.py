"""A setter's file read as what it is: a stranger's. Nothing is written while it is judged."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kikori.content import Catalog
from kikori.engine.lab_compose import LabCompose
from kikori.errors import KikoriError
from kikori.fault_file import format as names
from kikori.fault_file.format import FaultFile, Manifest, Script, Solution, hash_of
from kikori.model import Kind, Lab
from kikori.proof_keys import scene_key
from kikori.submission.archive import decode_manifest, opened, read_member
from kikori.submission.format import LONGEST_NAME, LONGEST_PATH, MOST_DEPTH, REPOSITORY, Refused
from kikori.submission.members import judge_for_host
from kikori.submission.tar_reader import FILE, Member, read_tar, told
from kikori.submission.zip_directory import Contents
from kikori.visible_text import visible


def _most_of(name: str) -> int:
    known = {
        names.MANIFEST: names.MOST_SCRIPT,
        names.WORKSPACE: 2 * names.MOST_WORKSPACE,
        names.SEALED: names.MOST_SEALED,
    }
    return known.get(name, names.MOST_SCRIPT)


NO_PLAIN_PATCH = re.compile(r"^(?:GIT binary patch|.*\bmode 1[26]0000|index \S+ 1[26]0000)", re.MULTILINE)
"""A patch that makes links, holds repositories, or can't be read by a person."""
CONTENTS = Contents(
    what="a setter's file",
    suffix=names.SUFFIX,
    known=re.compile(rf"{names.MANIFEST}|{names.WORKSPACE}|{names.SEALED}|{names.BREAKS}/[1-9]\.sh"),
    most_of=_most_of,
    most_bytes=names.MOST_BYTES,
)


def read_fault_file(file: Path) -> FaultFile:
    """Read a setter's file whole; nothing of it is opened that is sealed.

    Raises:
        KikoriError: there is no such file.
        Refused: it is no .fault file of this format, or holds what none may hold; says what.
    """
    if not file.exists():
        raise KikoriError(f"{file}: there is no such file.", "ls *.fault")
    try:
        with opened(file, CONTENTS) as archive:
            return _whole(archive)
    except Refused as problem:
        raise Refused(f"{file.name}: {problem.message}", "ask its setter for the file again") from None


def _whole(archive: zipfile.ZipFile) -> FaultFile:
    members = {name: read_member(archive, name, bytes) for name in archive.namelist()}
    manifest = read_member(archive, names.MANIFEST, _manifest)
    scripts = tuple(_scripts(archive, manifest))
    strange = {name for name in members if name.startswith(names.BREAKS)} - {*map(_name, range(1, len(scripts) + 1))}
    if strange:
        raise Refused(f"{min(strange)} is not in its manifest")
    files = read_member(archive, names.WORKSPACE, _workspace) if names.WORKSPACE in members else {}
    for path in manifest.gone:
        _judge_path(path)
    if not scripts and not files and not manifest.gone:
        raise Refused("it changes nothing")
    sealed = read_member(archive, names.SEALED, bytes)
    return FaultFile(manifest=manifest, scripts=scripts, workspace=files, sealed=sealed, bound=hash_of(members))


def _manifest(data: bytes) -> Manifest:
    return decode_manifest(data, Manifest, names.FORMAT)


def _name(number: int) -> str:
    return f"{names.BREAKS}/{number}.sh"


def _scripts(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[Script]:
    for number, entry in enumerate(manifest.breaks, 1):
        text = read_member(archive, _name(number), lambda data: data.decode("utf-8"))
        if "\0" in text or not text.strip():
            raise Refused(f"{_name(number)} is no script")
        yield Script(service=entry.service, text=text, restart=entry.restart)


def _workspace(data: bytes) -> dict[str, tuple[str, bool]]:
    """The changed files: plain text, at plain paths inside the workspace."""
    members: list[Member] = []
    for member in read_tar(data):
        if len(members) >= names.MOST_FILES:
            raise Refused(f"more than {names.MOST_FILES} files of the workspace")
        if member.kind != FILE:
            raise Refused(f"{told(member.name)} is no plain file")
        members.append(member)
    judge_for_host(members)
    if sum(len(member.data) for member in members) > names.MOST_WORKSPACE:
        raise Refused(f"files of the workspace of more than {names.MOST_WORKSPACE // 1024} KiB")
    for member in members:
        _judge_path(member.path)
    return {member.path: (_text(member), bool(member.mode & 0o100)) for member in members}


def _text(member: Member) -> str:
    try:
        text = bytes(member.data).decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Refused(f"{told(member.name)} is no text")
    return text


def _judge_path(path: str) -> None:
    parts = path.split("/")
    if {"", ".", ".."} & {*parts} or len(parts) > MOST_DEPTH or parts[0].lower() == REPOSITORY:
        raise Refused(f"{told(path)} is no path inside a workspace")
    plain = visible(path) == path and unicodedata.normalize("NFC", path) == path and not {*'\\"'} & {*path}
    long = max(len(part.encode("utf-8", "replace")) for part in parts) > LONGEST_NAME
    if not plain or "\n" in path or "\t" in path or long or len(path.encode("utf-8", "replace")) > LONGEST_PATH:
        raise Refused(f"{told(path)} is no name for a file of a workspace")


def read_for(file: Path, catalog: Catalog) -> tuple[FaultFile, Lab]:
    """Read a file, and the lab that it was made for as it is here.

    Raises:
        KikoriError: as ``read_fault_file`` and ``refuse_other_lab``, or there is no such lab.
    """
    found = read_fault_file(file)
    lab = catalog.lab(found.manifest.lab)
    try:
        refuse_other_lab(found, lab)
    except Refused as problem:
        raise Refused(f"{file.name}: {problem.message}", problem.hint) from None
    return found, lab


def refuse_other_lab(found: FaultFile, lab: Lab) -> None:
    """Refuse a file that was not made for this lab as it is here, or asks for more than a setter may.

    Raises:
        Refused: says what differs.
    """
    told_of = found.manifest
    here = scene_key(lab)
    if told_of.lab != lab.id:
        raise Refused(f"it was made for {told_of.lab}, and this is {lab.id}", f"kikori start {told_of.lab}")
    if told_of.scene != here:
        versions = f"it was made for another version of {lab.id} ({told_of.scene}; here is {here})"
        raise Refused(versions, "git log -3 -- labs graders; both of you need the same version")
    refuse_unsuited(lab)
    services = LabCompose(lab, "").services
    for script in found.scripts:
        if script.service not in services or script.service in lab.about.equipment:
            raise Refused(f"it changes {script.service}, which no setter changes in {lab.id}")
    if (found.workspace or told_of.gone) and not lab.workspace:
        raise Refused(f"it changes a workspace, which {lab.id} does not have")
    for path in told_of.gone:
        if not lab.workspace or not (lab.workspace / path).is_file():
            raise Refused(f"it takes {told(path)} away, which the workspace of {lab.id} does not have")


def judge_solution(solution: Solution, lab: Lab) -> None:
    """Refuse a solution that no author could take over as it is.

    Raises:
        Refused: its place or its fix is none of the lab.
    """
    services = LabCompose(lab, "").services
    if solution.component not in services:
        raise Refused(f"{solution.component} is no service of {lab.id}; it has {', '.join(services)}")
    if bool(solution.fix) == bool(solution.patch):
        raise Refused("a solution has one fix: a script of a service, or a patch of the workspace")
    if solution.fix and solution.fix.service not in services:
        raise Refused(f"its fix runs in {solution.fix.service}; {lab.id} has {', '.join(services)}")
    if solution.patch and not lab.workspace:
        raise Refused(f"its fix is a patch of a workspace, which {lab.id} does not have")
    if found := NO_PLAIN_PATCH.search(solution.patch):
        raise Refused(f"its fix is more than a patch of text: {found[0][:60]!r}")


def refuse_unsuited(lab: Lab) -> None:
    """Refuse a lab for which nobody can set a fault.

    Raises:
        Refused: it has nothing to break, or a route to the outside.
    """
    if lab.about.kind is not Kind.REPAIR:
        raise Refused(f"{lab.id} has unfinished work, and nothing to break", "kikori list")
    if lab.about.outside:
        raise Refused(f"{lab.id} has a route to the outside, so nobody's file is put into it", "kikori list")
