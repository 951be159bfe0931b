"""The compose project of an attempt, as far as it is made without an engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docker.errors import APIError, NotFound

from kikori.engine import Project, client
from kikori.engine.services import list_services
from kikori.errors import EnvironmentProblem, KikoriError, WorkspaceProblem
from kikori.model import Lab


@pytest.fixture
def no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that is not there."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
    client.client.cache_clear()


def test_learners_file_lies_between_the_labs_and_ours(project: Project, lab: Lab, workspace: Path) -> None:
    files = project.compose().files
    assert files == (lab.compose, workspace / "compose.yaml", project.folder / "override.json")


def test_workspace_without_a_compose_file_adds_none(project: Project, lab: Lab, workspace: Path) -> None:
    (workspace / "compose.yaml").unlink()
    assert project.compose().files == (lab.compose, project.folder / "override.json")


def test_refused_file_of_a_learner_reaches_no_command(project: Project, workspace: Path) -> None:
    (workspace / "compose.yaml").write_text("services: {orders: {privileged: true}}", encoding="utf-8")
    with pytest.raises(WorkspaceProblem, match=r"services\.orders\.privileged"):
        project.compose()


def test_link_in_the_place_of_the_learners_file_is_refused(project: Project, workspace: Path) -> None:
    (workspace / "compose.yaml").unlink()
    (workspace / "compose.yaml").symlink_to("/nowhere")
    with pytest.raises(WorkspaceProblem, match="a link"):
        project.compose()


def test_params_and_workspace_reach_compose(project: Project, workspace: Path) -> None:
    environment = project.compose().environment
    assert environment["KIKORI_WORKSPACE"] == str(workspace)
    assert environment["KIKORI_SHOP"] == project.attempt.params["shop"]


def test_override_of_an_isolated_project_is_isolated(project: Project, lab: Lab, tmp_path: Path) -> None:
    isolated = Project(lab, project.attempt, tmp_path / "isolated", isolated=True)
    written = json.loads(isolated.compose().files[-1].read_text(encoding="utf-8"))
    assert written["networks"]["market"]["internal"] is True


def test_unknown_service_is_told_with_those_that_there_are(project: Project) -> None:
    with pytest.raises(KikoriError, match="no service 'ordres'; it has orders"):
        project.container("ordres")


def test_change_of_the_workspace_needs_no_engine(project: Project, lab: Lab, workspace: Path) -> None:
    before = {path: path.read_bytes() for path in workspace.iterdir()}
    project.run(lab.faults["missing-interpreter"].breaking[0])
    assert {path: path.read_bytes() for path in workspace.iterdir()} != before


@pytest.mark.usefixtures("no_engine")
def test_engine_that_is_not_there_is_a_problem_of_the_machine(project: Project) -> None:
    for look in (project.states, project.containers, project.down, lambda: list_services("kikori-x")):
        with pytest.raises(EnvironmentProblem, match="Docker does not answer") as caught:
            look()
        assert caught.value.hint == "./kikori doctor"


class Late:
    """A container of an engine that hears of its own pauses a moment later; its words were seen in three of 2,000."""

    def __init__(self, status: str, *said: str) -> None:
        self.status, self.said, self.is_still = status, [*said], False

    def _hear(self) -> None:
        if self.said:
            raise APIError(self.said.pop(0))

    def pause(self) -> None:
        self._hear()
        self.is_still = True

    def unpause(self) -> None:
        self._hear()
        self.is_still = False

    def reload(self) -> None:
        if self.status == "gone":
            raise NotFound("no such container")


@pytest.mark.parametrize("status", ["running", "paused"])
def test_what_the_engine_says_too_late_is_asked_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    web = Late(status, "is already paused")
    monkeypatch.setattr(project, "containers", lambda: {"web": web})
    with project.frozen():
        assert web.is_still
        web.said = ["is not paused"]
    assert not web.is_still


def test_what_is_gone_is_not_asked_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Late("running", "no such container", "never asked")
    monkeypatch.setattr(project, "containers", lambda: {"web": web})
    monkeypatch.setattr(web, "reload", lambda: setattr(web, "status", "exited"))
    with project.frozen():
        assert not web.is_still
    assert web.said == ["never asked"]
