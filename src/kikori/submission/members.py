"""Judge the members of a tar by their names alone, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kikori.submission import format as names
from kikori.submission.format import Refused
from kikori.submission.tar_reader import FILE, FOLDER, LINK, Member, told


def judge_names(members: Sequence[Member]) -> None:
    """Refuse a tar whose members lead out of its folder, have one name twice, or stand below what is no folder.

    Raises:
        Refused: names the member.
    """
    found: dict[str, Member] = {}
    for member in members:
        _judge_name(member)
        if member.path in found:
            raise Refused(f"two files of the name {told(member.name)}")
        found[member.path] = member
    _refuse_below(found)


def judge_for_host(members: Sequence[Member]) -> None:
    """Refuse what may not be written to this machine, where links are followed by whoever opens a file.

    Raises:
        Refused: as ``judge_names``, or a link leads out, through another link, or back to itself.
    """
    judge_names(members)
    for member in members:
        if not member.path:
            raise Refused(f"{told(member.name)} is the folder itself")
        if member.path.count("/") >= names.MOST_DEPTH:
            raise Refused(f"{told(member.name)} has more than {names.MOST_DEPTH} folders above it")
    links = {member.path for member in members if member.kind == LINK}
    _refuse_loops({member.path: _target(member, links) for member in members if member.kind == LINK})


def _judge_name(member: Member) -> None:
    parts = member.path.split("/") if member.path else []
    if member.kind != FOLDER and not member.path:
        raise Refused(f"{told(member.name)} is no name of a file")
    if member.name.startswith("/") or ".." in parts:
        raise Refused(f"{told(member.name)} leads out of its folder")
    if "" in parts or "." in parts or "\0" in member.name:
        raise Refused(f"{told(member.name)} is no plain path")
    _judge_length(member, member.path)
    if member.kind == LINK:
        if not member.link or "\0" in member.link:
            raise Refused(f"{told(member.name)} is a link to no name")
        _judge_length(member, member.link)


def _judge_length(member: Member, path: str) -> None:
    raw = path.encode("utf-8", "surrogateescape")
    if len(raw) > names.LONGEST_PATH:
        raise Refused(f"{told(member.name)} has a path of {len(raw)} bytes; at most {names.LONGEST_PATH} are allowed")
    if max(map(len, raw.split(b"/"))) > names.LONGEST_NAME:
        raise Refused(f"{told(member.name)} has a name of more than {names.LONGEST_NAME} bytes")


def _refuse_below(found: Mapping[str, Member]) -> None:
    above = ""
    for path in sorted(found, key=lambda path: path.replace("/", "\0")):  # what is below a path follows it at once
        if above and path.startswith(f"{above}/"):
            kind = "file" if found[above].kind == FILE else "link"
            raise Refused(f"{told(path)} stands below {told(above)}, which is a {kind}")
        if found[path].kind != FOLDER:
            above = path


def _target(member: Member, links: set[str]) -> str:
    """Where a link leads to by its words alone."""
    if member.link.startswith("/"):
        raise Refused(f"{told(member.name)} is a link out of its folder, to {told(member.link)}")
    found = member.path.split("/")[:-1]
    for part in member.link.split("/"):
        if "/".join(found) in links:
            raise Refused(f"{told(member.name)} is a link through another link, to {told(member.link)}")
        if part == ".." and not found:
            raise Refused(f"{told(member.name)} is a link out of its folder, to {told(member.link)}")
        if part == "..":
            found.pop()
        elif part not in ("", "."):
            found.append(part)
    return "/".join(found)


def _refuse_loops(targets: Mapping[str, str]) -> None:
    done: set[str] = set()
    for path in targets:
        walked: set[str] = set()
        at = path
        while at in targets and at not in done:
            if at in walked:
                raise Refused(f"{told(at)} is a link that leads back to itself")
            walked.add(at)
            at = targets[at]
        done |= walked
