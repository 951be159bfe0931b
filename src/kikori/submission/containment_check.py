"""Try on this machine that a stranger's archive writes nothing outside of its folder; ``kikori doctor`` does."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kikori.host.requirement import Fact, judge
from kikori.submission.format import Refused
from kikori.submission.tar_reader import read_tar
from kikori.submission.tar_writer import write_members
from kikori.submission.unpack import write_workspace

OUTSIDE, WRITTEN = "outside", "written"
DEPTH, LONG, LONGER = 16, 247, 254
"""So many folders of such names are longer together than the 4,096 bytes after which ``realpath`` gives up."""
Parts = list[tuple[str, bytes, str]]
"""Names with their kinds, and where links lead to."""


def unpacking() -> Fact:
    """Whether archives that want to write outside of their folder are refused on this machine."""
    hint = "review no submissions on this machine; report what kikori doctor --json says"
    try:
        failed = [name for name, parts in _archives().items() if not _is_refused(_tar(parts))]
    except OSError as problem:
        failed, hint = [f"not tried: {problem.strerror}"], "df -h; then set TMPDIR to a folder that you may write to"
    seen = f"written outside, or not refused: {', '.join(failed)}"
    number = f"{len(_archives())} hostile archives refused"
    return judge("unpacking", not failed, seen if failed else number, number, hint)


def _is_refused(data: bytes) -> bool:
    """Write an archive as a review would, and then as if nobody had judged its names."""
    with tempfile.TemporaryDirectory(prefix="kikori-doctor-") as folder:
        place = Path(folder)
        outside = place / OUTSIDE
        outside.mkdir()
        try:
            write_workspace(data, place / "in" / "judged")
        except Refused as problem:
            refused = "can't be written" not in problem.message
        else:
            refused = False
        with suppress(Refused, OSError):
            write_members(list(read_tar(data)), place / "in" / "unjudged")
        return refused and not any(outside.iterdir()) and not (place / "in" / "judged").exists()


def _archives() -> dict[str, Parts]:
    out, link, folder, file = f"../../{OUTSIDE}", tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.REGTYPE
    return {
        "a chain of links (CVE-2025-4517)": [*_chain(DEPTH, LONG), (f"escape/{WRITTEN}", file, "")],
        "a short chain of links": [*_chain(3, 10), (f"escape/{WRITTEN}", file, "")],
        "a file below a link": [("a", link, out), (f"a/{WRITTEN}", file, "")],
        "a folder that becomes a link": [("a", folder, ""), ("a", link, out), (f"a/{WRITTEN}", file, "")],
        "a link through a link": [("a/b", folder, ""), ("c", link, "a/b"), ("d", link, f"c/../../{out}")],
        "a path that climbs": [(f"{out}/{WRITTEN}", file, "")],
        "a hard link": [("a", link, out), ("b", tarfile.LNKTYPE, f"a/{WRITTEN}")],
    }


def _chain(depth: int, length: int) -> Iterator[tuple[str, bytes, str]]:
    """Folders in folders with a short link beside each, and a link by way of all of them to the outside."""
    below, path, steps = "d" * length, "", [f"{number}" for number in range(depth)]
    for step in steps:
        yield f"{path}{below}", tarfile.DIRTYPE, ""
        yield f"{path}{step}", tarfile.SYMTYPE, below
        path += f"{below}/"
    far = "/".join([*steps, "l" * LONGER])
    yield far, tarfile.SYMTYPE, "../" * depth
    yield "escape", tarfile.SYMTYPE, f"{far}/../../{OUTSIDE}"


def _tar(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, kind, target in parts:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.mode = kind, target, 0o755
            archive.addfile(info)
    return buffer.getvalue()
