"""Ports that stay with an attempt: nobody else's, and the same after every restart."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori import host
from kikori.content import Catalog
from kikori.engine import Project, Silent
from kikori.engine.lab_compose import LabCompose
from kikori.engine.published_ports import HOST, RANGE, choose, chosen
from kikori.grading import Scene
from kikori.model import Attempt, Stage


def test_the_same_attempt_asks_for_the_same_ports_first(tmp_path: Path) -> None:
    choose(tmp_path / "one/a", ["web 80", "database 3306"], "ada")
    choose(tmp_path / "two/a", ["web 80", "database 3306"], "ada")
    found = chosen(tmp_path / "one/a")
    assert found == chosen(tmp_path / "two/a")
    assert len(set(found.values())) == 2
    assert all(port in RANGE for port in found.values())


def test_what_is_taken_is_left_to_whoever_has_it(tmp_path: Path) -> None:
    choose(tmp_path / "one/a", ["web 80"], "ada")
    (first,) = chosen(tmp_path / "one/a").values()
    with socket.create_server((HOST, first)):
        choose(tmp_path / "two/a", ["web 80"], "ada")
    choose(tmp_path / "one/b", ["web 80"], "ada")  # a paused attempt's, which nobody listens at
    assert first not in {*chosen(tmp_path / "two/a").values(), *chosen(tmp_path / "one/b").values()}


@pytest.mark.parametrize("text", ["", "[", "[1]", '{"web 80": "many"}'])
def test_a_file_that_is_no_list_of_ports_leaves_the_choice_to_the_engine(tmp_path: Path, text: str) -> None:
    (tmp_path / "ports.json").write_text(text)
    assert chosen(tmp_path) == {}


def test_the_labs_file_is_written_with_them(tmp_path: Path) -> None:
    lab = LabCompose(Catalog().lab("first-look"), "")
    assert lab.published == ["web 80"]
    written = json.loads(lab.write_base(tmp_path / "compose.json", {"web 80": 20123}).read_text())
    assert written["services"]["web"]["ports"] == ["127.0.0.1:20123:80"]
    assert written["services"]["web"]["cap_add"] == lab.services["web"]["cap_add"]
    assert json.loads(lab.write_base(tmp_path / "compose.json", {}).read_text()) == lab.document


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    host.ready()
    lab = Catalog().lab("first-look")
    params = lab.params_of("ada", 1)
    name = f"ports-{secrets.token_hex(3)}"
    attempt = Attempt(id=name, lab=lab.id, learner="ada", seed=1, params=params, stage=Stage.HEALTHY)
    found = Project(lab, attempt, tmp_path / "attempts" / name)
    yield found
    found.down()


@pytest.mark.docker
@pytest.mark.stands_on("first-look")
def test_an_address_outlives_restarts(project: Project) -> None:
    project.up()
    (port,) = chosen(project.folder).values()
    scene = Scene(project.attempt)
    assert scene.address("web") == f"{HOST}:{port}"
    for change in (project.restart, project.redeploy, project.apply):
        change(Silent())
        assert scene.address("web") == f"{HOST}:{port}"
        assert scene.get("web").status == 200
    project.pause()
    project.resume(Silent())
    assert scene.address("web") == f"{HOST}:{port}"
