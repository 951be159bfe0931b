"""What a reviewer is shown of the files that a learner changed: not more than a person reads, and nothing untrue."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import docker.errors
import pytest

from kikori.engine.inspection.filesystem_diff import EndState
from kikori.replay.diff import MOST_BYTES, MOST_FILES, changes_of_service, changes_of_workspace


def workspace(files: dict[str, bytes]) -> bytes:
    """A learner's workspace as a submission holds it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def test_changed_file_is_shown_and_an_equal_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "same").write_text("a\n")
    (tmp_path / "other").write_text("a\n")
    (found,) = changes_of_workspace(tmp_path, workspace({"same": b"a\n", "other": b"b\n"}))
    assert (found.path, found.diff.splitlines()[-2:]) == ("other", ["-a", "+b"])


def test_file_that_is_made_to_take_long_is_not_compared(tmp_path: Path) -> None:
    """Each line a hundred and fifty times, in another order: difflib takes half a minute for these."""
    (tmp_path / "few").write_text("".join(f"{n % 150}\n" for n in range(12_000)))
    (found,) = changes_of_workspace(
        tmp_path, workspace({"few": b"".join(b"%d\n" % (n * 7 % 150) for n in range(12_000))})
    )
    assert found.diff == "few: 12000 lines before, 12000 after; they are too many to be compared\n"


def test_file_that_has_grown_is_not_shown_as_taken_away(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a\n")
    (tmp_path / "large").write_bytes(b"x" * (MOST_BYTES + 9))
    grown = {"log": b"a\n" * MOST_BYTES, "large": b"x" * (MOST_BYTES + 9)}
    (found,) = changes_of_workspace(tmp_path, workspace(grown))
    assert found.diff == "log: more than 128 KiB, so it is not compared\n"


def test_more_files_than_a_person_reads_are_counted(tmp_path: Path) -> None:
    found = changes_of_workspace(tmp_path, workspace({f"{number:03}": b"x" for number in range(MOST_FILES + 5)}))
    assert len(found) == MOST_FILES + 1
    assert (found[-1].path, found[-1].diff) == ("", "and 5 files more")


def member(name: str, data: bytes = b"", **access: object) -> bytes:
    """One file or folder as the engine gives it."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, value in access.items():
        setattr(info, key, value)
    with io.BytesIO() as buffer:
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            archive.addfile(info, io.BytesIO(data))
        return buffer.getvalue()


class Container:
    """A service of which only files are asked, as the engine gives them."""

    def __init__(self, **files: bytes) -> None:
        self.packed = {f"/{name}": workspace({name: data}) for name, data in files.items()}

    def with_member(self, name: str, **access: object) -> Container:
        """Add a file or a folder with a mode and an owner of its own."""
        self.packed[f"/{name}"] = member(name, **access)
        return self

    def get_archive(self, path: str) -> tuple[Iterator[bytes], dict[str, int]]:
        if path not in self.packed:
            raise docker.errors.NotFound(path)
        packed = self.packed[path]
        chunks = (packed[start : start + 4096] for start in range(0, len(packed), 4096))
        return chunks, {"size": len(packed)}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b"x" * (MOST_BYTES + 9), b"x\n", "large: more than 128 KiB, so it is not compared"),
        (b"x\n", b"x" * (MOST_BYTES + 9), "large: more than 128 KiB, so it is not compared"),
        (b"x" * (MOST_BYTES + 9), None, "large: more than 128 KiB, so it is not compared"),
        (b"a\n", b"b\n", "--- /large"),
        (None, b"b\n", "--- /dev/null"),
    ],
)
def test_large_file_of_a_service_is_never_shown_as_new(before: bytes | None, after: bytes | None, told: str) -> None:
    container = Container(**({} if before is None else {"large": before}))
    gone = () if after is not None else ("/large",)
    state = EndState(present=(), gone=gone, files=workspace({} if after is None else {"large": after}))
    (found,) = changes_of_service("web", container, state)  # type: ignore[arg-type]
    assert found.diff.removeprefix("/").startswith(told)


PASSWD = b"root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\n"


def test_mode_alone_is_shown_with_what_it_was() -> None:
    """As first-look's closed page is fixed: not a letter of the page changes."""
    container = Container().with_member("srv/index.html", data=b"hello\n", mode=0o600)
    now = member("srv/index.html", data=b"hello\n", mode=0o644)
    (found,) = changes_of_service("web", container, EndState(present=(), gone=(), files=now))  # type: ignore[arg-type]
    assert (found.path, found.diff, found.mode, found.owner) == ("/srv/index.html", "", ("0600", "0644"), ())


def test_owner_is_named_as_the_container_names_it() -> None:
    container = Container(**{"etc/passwd": PASSWD, "etc/group": b"root:x:0:\nwww-data:x:33:\n"})
    container.with_member("srv/upload", type=tarfile.DIRTYPE, mode=0o755)
    now = member("srv/upload", type=tarfile.DIRTYPE, mode=0o755, uid=33, gid=999)
    (found,) = changes_of_service("web", container, EndState(present=(), gone=(), files=now))  # type: ignore[arg-type]
    assert (found.path, found.mode, found.owner) == ("/srv/upload", (), ("root:root", "www-data:999"))


@pytest.mark.parametrize("path", ["var/lib/shop/state", "etc/service/nginx/supervise/status"])
def test_of_what_programs_write_the_mode_alone_is_told(path: str) -> None:
    container = Container().with_member(path, data=b"\0old", mode=0o600)
    same = EndState(present=(), gone=(), files=member(path, data=b"\0new", mode=0o600))
    assert changes_of_service("web", container, same) == ()  # type: ignore[arg-type]
    opened = EndState(present=(), gone=(), files=member(path, data=b"\0new", mode=0o640))
    (found,) = changes_of_service("web", container, opened)  # type: ignore[arg-type]
    assert (found.diff, found.mode) == ("", ("0600", "0640"))


def test_script_of_a_workspace_that_became_executable_is_shown(tmp_path: Path) -> None:
    for name in ("run", "read"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o600)
    with io.BytesIO() as buffer:
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for name, mode in (("run", 0o755), ("read", 0o664)):
                info = tarfile.TarInfo(name)
                info.size, info.mode = 10, mode
                archive.addfile(info, io.BytesIO(b"#!/bin/sh\n"))
        theirs = buffer.getvalue()
    (found,) = changes_of_workspace(tmp_path, theirs)
    assert (found.path, found.diff, found.mode) == ("run", "", ("0644", "0755"))
