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


class Container:
    """A service of which only files are asked, as the engine gives them."""

    def __init__(self, **files: bytes) -> None:
        self.files = {f"/{name}": data for name, data in files.items()}

    def get_archive(self, path: str) -> tuple[Iterator[bytes], dict[str, int]]:
        if path not in self.files:
            raise docker.errors.NotFound(path)
        packed = workspace({path.lstrip("/"): self.files[path]})
        chunks = (packed[start : start + 4096] for start in range(0, len(packed), 4096))
        return chunks, {"size": len(self.files[path])}


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
