"""Single commands in the workspace, noted for the trail."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kikori.content import Catalog
from kikori.engine import Project
from kikori.engine.shell.entry import run_once
from kikori.engine.shell.terminal import Typed
from kikori.errors import KikoriError


def test_command_runs_in_the_workspace_and_is_noted_with_its_exit_code(
    project: Project, workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    noted: list[Typed] = []
    code = run_once(project, "workspace", ["sh", "-c", "pwd; echo $COMPOSE_PROJECT_NAME; exit 3"], noted.append)
    assert capfd.readouterr().out == f"{workspace}\nkikori-silent-exit-00000a\n"
    assert (code, noted[0].exit_code) == (3, 3)
    assert noted[0].line == "sh -c pwd; echo $COMPOSE_PROJECT_NAME; exit 3"


def test_lab_without_a_workspace_says_which_services_it_has(project: Project, tmp_path: Path) -> None:
    attempt = msgspec.structs.replace(project.attempt, workspace="", lab="first-look")
    plain = Project(Catalog().lab("first-look"), attempt, tmp_path)
    with pytest.raises(KikoriError, match="first-look has no workspace; its services are web"):
        run_once(plain, "workspace", ["true"], lambda typed: None)


def test_unknown_service_opens_no_door(project: Project) -> None:
    with pytest.raises(KikoriError, match="no service 'db'"):
        run_once(project, "db", ["true"], lambda typed: None)
