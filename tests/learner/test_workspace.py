"""A workspace is the learner's own on the learner's machine, and a stranger's on the instructor's."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from kikori.attempts import Store
from kikori.content import Catalog
from kikori.engine import Project
from kikori.submission import pack
from terminal_user import Kikori

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]

HOSTILE = {
    "privileged": "services: {orders: {privileged: true}}\n",
    "host mount": "services: {orders: {volumes: ['/:/host']}}\n",
    "docker.sock": "services: {orders: {volumes: ['/var/run/docker.sock:/var/run/docker.sock']}}\n",
    "host network": "services: {orders: {network_mode: host}}\n",
    "another service": "services: {mine: {image: debian, privileged: true}}\n",
}


def test_apply_refuses_what_reaches_out(kikori: Kikori, own_places: Path) -> None:
    kikori("start", "silent-exit")
    (own_places / "workspaces/silent-exit/compose.yaml").write_text(HOSTILE["privileged"])
    seen = kikori("apply")
    assert seen.returncode == 2
    assert "services.orders.privileged is not allowed" in seen.stderr


def test_apply_tells_what_does_not_build(kikori: Kikori, own_places: Path) -> None:
    kikori("start", "silent-exit")
    dockerfile = own_places / "workspaces/silent-exit/Dockerfile"
    dockerfile.write_text(dockerfile.read_text() + "RUN exit 9\n")
    seen = kikori("apply")
    assert seen.returncode == 2
    assert "Your workspace can't be used as it is" in seen.stderr
    dockerfile.unlink()
    assert kikori("apply").returncode == 2
    assert kikori("reset").returncode == 0
    assert dockerfile.is_file()
    assert list((own_places / "workspaces").glob("silent-exit.2*")), "the edited workspace is kept aside"


def test_check_that_fails_says_what_is_not_live(kikori: Kikori, own_places: Path) -> None:
    assert kikori("start", "silent-exit").returncode == 0
    entrypoint = own_places / "workspaces/silent-exit/entrypoint.sh"
    entrypoint.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    kikori("apply")
    failed = kikori("check", "--quick").stdout
    assert "Edited since" not in failed
    (own_places / "workspaces/silent-exit/Dockerfile").unlink()
    assert kikori("apply").returncode == 2
    assert "Edited since it was last put live: Dockerfile." in kikori("check", "--quick").stdout


def test_check_deploys_what_the_workspace_says(kikori: Kikori, own_places: Path) -> None:
    """What is live is well; what the next release would put there is not."""
    assert kikori("start", "silent-exit").returncode == 0
    (own_places / "workspaces/silent-exit/entrypoint.sh").write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    assert kikori("check", "--quick").returncode == 0
    seen = kikori("check")
    assert seen.returncode == 1
    assert "exit code 3" in seen.stderr


def test_check_records_that_the_workspace_can_not_be_deployed(kikori: Kikori, own_places: Path) -> None:
    assert kikori("start", "silent-exit").returncode == 0
    dockerfile = own_places / "workspaces/silent-exit/Dockerfile"
    dockerfile.write_text(dockerfile.read_text(encoding="utf-8") + "RUN exit 9\n", encoding="utf-8")
    seen = kikori("check")
    assert seen.returncode == 2
    assert "Your workspace can't be used as it is" in seen.stderr
    (attempt,) = Store().running()
    last = [event for event in Store().events(attempt) if event.event == "checked"][-1]
    assert (last.detail["passed"], last.detail["quick"]) == (False, False)
    assert len([*Store().reports(attempt)]) == 1


def with_compose(source: Path, target: Path, compose: str) -> None:
    """The same submission with another compose.yaml in its workspace."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _replaced(data, compose) if name == "workspace.tar" else data)


def _replaced(data: bytes, compose: str) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(data)) as given, tarfile.open(fileobj=written, mode="w") as archive:
        for member in given:
            content = given.extractfile(member) if member.isreg() else None
            if member.name == "compose.yaml":
                member.size, content = len(compose.encode()), io.BytesIO(compose.encode())
            archive.addfile(member, content)
    return written.getvalue()


def test_review_starts_nothing_of_a_workspace_that_reaches_out(kikori: Kikori, own_places: Path) -> None:
    folder = own_places / "handed-in"
    folder.mkdir()
    kikori("start", "silent-exit")
    kikori("break", "--fault", "unreadable-config")
    (attempt,) = Store().running()
    lab = Catalog().lab("silent-exit")
    project = Project(lab, attempt, Store().folder(attempt.id))
    project.run(lab.faults["unreadable-config"].fixes[0])
    assert kikori("apply").returncode == 0
    good = pack(Store(), project, folder)
    for number, compose in enumerate(HOSTILE.values()):
        with_compose(good, folder / f"hostile-{number}.kikori", compose)
    assert kikori("review", str(folder)).returncode == 1
    rows = {row["file"]: row for row in json.loads((folder / "review.json").read_text())}
    assert rows.pop(good.name)["verdict"] == "verified"
    assert {row["verdict"] for row in rows.values()} == {"not verified"}
    assert all("not allowed in a workspace's compose file" in row["reason"] for row in rows.values())
    assert all(row["checks"] == 0 for row in rows.values()), "nothing was started, so nothing was graded"
