"""Breaks, fixes and traps that are carried out in the workspace, and in a service."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori import host
from kikori.engine.changes import scripts
from kikori.engine.changes.scripts import lay_over, run_here, run_inside
from kikori.engine.client import client
from kikori.errors import OurFault
from kikori.learner.doctor import build_images
from kikori.learner.session import Session
from kikori.model import Change

if TYPE_CHECKING:
    from docker.models.containers import Container


@pytest.fixture
def change(tmp_path: Path) -> Change:
    return Change(name="break", path=tmp_path / "break.sh", service="workspace")


def run(change: Change, text: str, workspace: Path, **environment: str) -> None:
    change.path.write_text(text, encoding="utf-8")
    run_here(change, workspace, environment)


def test_script_runs_in_the_workspace_with_the_params(change: Change, workspace: Path) -> None:
    run(change, '#!/bin/sh\necho "$KIKORI_SHOP" > "$(basename "$PWD").txt"\n', workspace, KIKORI_SHOP="Tsubaki")
    assert (workspace / "workspace.txt").read_text(encoding="utf-8") == "Tsubaki\n"


def test_script_need_not_be_executable(change: Change, workspace: Path) -> None:
    run(change, "touch done\n", workspace)
    assert (workspace / "done").exists()


def test_script_of_bash_runs_in_bash(change: Change, workspace: Path) -> None:
    run(change, '#!/usr/bin/env bash\n[[ -n $BASH_VERSION ]] && a=(1 2) && touch "${a[1]}"\n', workspace)
    assert (workspace / "2").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("echo out; echo no such page >&2; exit 7", "ended with 7: no such page"),
        ("echo said on the output; exit 3", "ended with 3: said on the output"),
        ("exit 1", "ended with 1: no output"),
        ("printf '\\377\\376' >&2; exit 1", "ended with 1: "),
        ("kill -9 $$", "ended with -9"),
    ],
)
def test_script_that_fails_is_our_fault_and_named(change: Change, workspace: Path, text: str, told: str) -> None:
    with pytest.raises(OurFault) as caught:
        run(change, text, workspace)
    assert caught.value.message.startswith(f"{change.path} {told}")


def test_long_complaint_is_cut(change: Change, workspace: Path) -> None:
    with pytest.raises(OurFault) as caught:
        run(change, "head -c 100000 /dev/zero | tr '\\0' x; exit 1", workspace)
    assert len(caught.value.message) < 300 + len(str(change.path)) + 40


def test_script_that_does_not_end_is_our_fault(
    change: Change, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "PATIENCE", 0.1)
    with pytest.raises(OurFault, match=r"break\.sh did not end within 0\.1 s"):
        run(change, "exec sleep 60", workspace)


@pytest.mark.slow
@pytest.mark.parametrize("text", ["yes", "exec yes >&2", "exec >&- 2>&-; sleep 3", "sleep 3 & exit 0"])
def test_script_that_says_much_or_nothing_ends_in_time(
    change: Change, workspace: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(scripts, "PATIENCE", 0.5)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(OurFault, match=r"break\.sh did not end within 0\.5 s"):
        run(change, text, workspace)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * 1024, "what it said was kept"


def test_script_that_waits_for_input_gets_none(change: Change, workspace: Path) -> None:
    run(change, "read -r answer || touch asked\n", workspace)
    assert (workspace / "asked").exists()


def test_overlay_replaces_and_adds_and_leaves_the_rest(tmp_path: Path, workspace: Path) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "sub").mkdir(parents=True)
    for name in (".change", "orders.conf", "sub/new"):
        (overlay / name).write_text("overlaid", encoding="utf-8")
    before = {path.name for path in workspace.iterdir()}
    lay_over(overlay, workspace)
    assert (workspace / "orders.conf").read_text(encoding="utf-8") == "overlaid"
    assert (workspace / "sub" / "new").exists()
    assert {path.name for path in workspace.iterdir()} == before | {"sub"}


@pytest.fixture(scope="module")
def server() -> Iterator[Container]:
    host.ready()
    build_images(Session(), ["first-look"])
    container = client().containers.run("kikori/server", detach=True)
    yield container
    container.remove(force=True)


def run_there(change: Change, text: str, server: Container) -> None:
    change.path.write_text(text, encoding="utf-8")
    run_inside(change, server.id or "", {})


@pytest.mark.docker
def test_script_that_is_killed_in_a_service_is_our_fault(
    change: Change, server: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "GRACE", 0.5)
    with pytest.raises(OurFault, match=r"break\.sh ended with 137"):
        run_there(change, "kill -9 $$", server)


@pytest.mark.docker
def test_script_that_ends_its_service_is_over_when_that_has_ended(change: Change, server: Container) -> None:
    run_there(change, "kill -HUP 1; sleep 60", server)
    server.reload()
    assert server.status == "exited"
