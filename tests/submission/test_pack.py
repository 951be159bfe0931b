"""What is packed of a workspace is what a review can unpack, and nothing from outside of it."""

from __future__ import annotations

import io
import os
import socket
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.errors import WorkspaceProblem
from kikori.submission.format import MOST_WORKSPACE_BYTES, MOST_WORKSPACE_FILES
from kikori.submission.pack import workspace_tar
from kikori.submission.unpack import clean_tar


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "main.py").write_text("print()\n", encoding="utf-8")
    (folder / "Dockerfile").write_text("FROM kikori/python\n", encoding="utf-8")
    return folder


def members(data: bytes) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {member.name: member for member in archive}


def test_files_and_folders_are_packed_below_the_workspace(workspace: Path) -> None:
    assert sorted(members(workspace_tar(workspace))) == ["Dockerfile", "app", "app/main.py"]


def test_owner_on_the_learners_machine_is_not_told(workspace: Path) -> None:
    packed = members(workspace_tar(workspace))
    assert {(member.uid, member.gid, member.uname, member.gname) for member in packed.values()} == {(0, 0, "", "")}


def test_mode_of_a_file_is_kept(workspace: Path) -> None:
    (workspace / "app" / "main.py").chmod(0o751)
    assert members(workspace_tar(workspace))["app/main.py"].mode == 0o751


def test_link_inside_stays_a_link(workspace: Path) -> None:
    (workspace / "app" / "link").symlink_to("../Dockerfile")
    assert members(workspace_tar(workspace))["app/link"].linkname == "../Dockerfile"


def test_link_to_a_folder_is_not_followed(workspace: Path) -> None:
    (workspace / "again").symlink_to("app")
    assert "again/main.py" not in members(workspace_tar(workspace))


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside", "app/../../outside", "loop"])
def test_link_out_of_the_workspace_is_refused_and_named(workspace: Path, target: str) -> None:
    (workspace / "loop").symlink_to(target)
    with pytest.raises(WorkspaceProblem, match="workspace/loop: a link out of the workspace"):
        workspace_tar(workspace)


def test_absolute_link_is_refused_even_when_it_leads_inside(workspace: Path) -> None:
    (workspace / "link").symlink_to(workspace / "Dockerfile")
    with pytest.raises(WorkspaceProblem, match="a link out"):
        workspace_tar(workspace)


def test_second_name_of_a_file_is_packed_as_a_file_of_its_own(workspace: Path) -> None:
    os.link(workspace / "Dockerfile", workspace / "Other")
    packed = members(clean_tar(workspace_tar(workspace)))
    assert packed["Other"].isreg()
    assert packed["Other"].size == packed["Dockerfile"].size > 0


def pipe(place: Path) -> None:
    os.mkfifo(place)


def listen(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # a socket's path may have 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(place.name)
    finally:
        os.chdir(here)


@pytest.mark.parametrize("make", [pipe, listen])
def test_pipe_or_socket_is_refused_here_and_not_by_the_instructor(
    workspace: Path, make: Callable[[Path], None]
) -> None:
    make(workspace / "odd")
    with pytest.raises(WorkspaceProblem, match="workspace/odd: neither a file, a folder nor a link"):
        workspace_tar(workspace)


@pytest.mark.slow
def test_too_many_files_are_refused(workspace: Path) -> None:
    for number in range(MOST_WORKSPACE_FILES):
        (workspace / "app" / str(number)).touch()
    with pytest.raises(WorkspaceProblem, match="more than a submission may hold"):
        workspace_tar(workspace)


def test_one_large_file_is_refused_before_it_is_read(workspace: Path) -> None:
    with (workspace / "zzz-core").open("wb") as file:
        file.truncate(200 * MOST_WORKSPACE_BYTES)
    with pytest.raises(WorkspaceProblem, match="more than a submission may hold"):
        workspace_tar(workspace)


def test_file_names_that_are_not_utf8_are_kept(workspace: Path) -> None:
    (workspace / os.fsdecode(b"\xe9t\xe9")).touch()
    assert os.fsdecode(b"\xe9t\xe9") in members(clean_tar(workspace_tar(workspace)))


def test_empty_workspace_can_be_packed(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert members(clean_tar(workspace_tar(tmp_path / "empty"))) == {}
