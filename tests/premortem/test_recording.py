"""What is recorded of a setter's workspace: plain text that differs from the lab's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.learner.session import Session
from kikori.model import Attempt, Lab
from kikori.premortem.recording import Workspace, workspace_changed
from kikori.premortem.setter import has_begun


@pytest.fixture
def lab() -> Lab:
    return Catalog().lab("silent-exit")


@pytest.fixture
def workspace(tmp_path: Path, lab: Lab) -> Path:
    assert lab.workspace
    return Path(shutil.copytree(lab.workspace, tmp_path / "workspace"))


def changed(lab: Lab, workspace: Path, *left_out: str) -> Workspace:
    return workspace_changed(lab, str(workspace), left_out)


def test_nothing_of_a_workspace_as_it_came(lab: Lab, workspace: Path) -> None:
    (workspace / ".git").mkdir()
    (workspace / ".git/config").write_text("[core]\n")
    (workspace / "orders.py").chmod(0o600)
    assert changed(lab, workspace) == Workspace({}, ())


def test_what_came_changed_and_went(lab: Lab, workspace: Path) -> None:
    (workspace / "orders.conf").write_text("port = 1\n")
    (workspace / "new").mkdir()
    (workspace / "new/run.sh").write_text("true\n")
    (workspace / "new/run.sh").chmod(0o755)
    (workspace / "entrypoint.sh").unlink()
    assert changed(lab, workspace) == Workspace(
        {"orders.conf": ("port = 1\n", False), "new/run.sh": ("true\n", True)}, ("entrypoint.sh",)
    )
    assert changed(lab, workspace, "new", "entrypoint.sh") == Workspace({"orders.conf": ("port = 1\n", False)}, ())


def test_a_program_that_is_none_any_more(lab: Lab, workspace: Path) -> None:
    (workspace / "orders.conf").chmod(0o755)
    text = (workspace / "orders.conf").read_text()
    assert changed(lab, workspace) == Workspace({"orders.conf": (text, True)}, ())


def test_a_link_and_what_is_no_text(lab: Lab, workspace: Path) -> None:
    (workspace / "link").symlink_to("orders.conf")
    with pytest.raises(KikoriError, match="link: a link, or no text"):
        changed(lab, workspace)
    (workspace / "link").unlink()
    for data in (b"\xff\xfe", b"a\0b"):
        (workspace / "blob").write_bytes(data)
        with pytest.raises(KikoriError, match="blob: a link, or no text"):
            changed(lab, workspace)


def test_more_than_a_fault_holds(lab: Lab, workspace: Path) -> None:
    (workspace / "large").write_text("x" * (2**20 + 1))
    with pytest.raises(KikoriError, match="1 files changed, 1024 KiB; a fault holds 64, and 1024 KiB"):
        changed(lab, workspace)
    (workspace / "large").unlink()
    for number in range(65):
        (workspace / f"{number}.txt").write_text("x")
    with pytest.raises(KikoriError, match="65 files changed"):
        changed(lab, workspace)


def test_a_setter_is_at_work_until_the_scene_is_another(root: Path, attempt_at: Callable[..., Attempt]) -> None:
    session, attempt = Session(), attempt_at("mini")
    assert not has_begun(session, attempt)
    session.store.record(attempt, "setting")
    session.store.record(attempt, "sealed", fault="setter-0a1b2c")
    assert has_begun(session, attempt)
    for event in ("reset", "broke"):
        session.store.record(attempt, event)
        assert not has_begun(session, attempt)
        session.store.record(attempt, "setting")
