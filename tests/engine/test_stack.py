"""A lab's part in Swarm mode: put live, restarted and taken away; the machine's own swarm is never touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Project, Silent
from kikori.engine.cleanup import LABEL, leftovers
from kikori.engine.client import client
from kikori.engine.swarm import membership
from kikori.errors import EnvironmentProblem, WorkspaceProblem
from kikori.model import Attempt, Stage
from kikori.untrusted.stack_file import check_learner_stack

STACK = """
services:
  tides:
    image: kikori/python
    command: ["python3", "-m", "http.server", "8080"]
    networks: [market]
    cap_drop: [ALL]
    deploy:
      endpoint_mode: dnsrr
      restart_policy: { delay: 100ms }
      resources: { limits: { cpus: "0.2", memory: 64M, pids: 32 } }
networks:
  market: { driver: overlay, attachable: true, internal: true }
"""
JOINED = """
  market:
    external: true
    name: ${KIKORI_STACK}_market
"""
SERVICES = {"tides": {}}

if TYPE_CHECKING:
    from docker.models.containers import Container


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An attempt at a lab with a stack beside its services."""
    host.ready()
    with membership.turn():
        membership.leave_if_unused()  # one that the tests before kept for each other's sake
    assert not membership.names_in_use(), "other containers call each other by name and keep a swarm: docker ps"
    shutil.copytree(paths.ROOT / "labs/_models/build/lab", tmp_path / "labs/hours")
    shutil.copytree(paths.ROOT / "labs/_models/build/grader", tmp_path / "graders/hours")
    shutil.copytree(paths.ROOT / "labs/_images/python", tmp_path / "labs/_images/python")
    folder = tmp_path / "labs/hours"
    (folder / "stack.yaml").write_text(STACK)
    compose = (folder / "compose.yaml").read_text()
    (folder / "compose.yaml").write_text(compose.replace("[house]", "[house, market]") + JOINED)
    lab = Catalog([tmp_path]).lab("hours")
    assert lab.workspace
    attempt = Attempt(
        id="hours-00000b",
        lab=lab.id,
        learner="ada",
        seed=1,
        params=lab.params_of("ada", 1),
        stage=Stage.HEALTHY,
        workspace=str(shutil.copytree(lab.workspace, tmp_path / "workspace")),
    )
    found = Project(lab, attempt, tmp_path / "project")
    yield found
    found.down()


def states(project: Project) -> dict[str, str]:
    return {service.name: service.state for service in project.states()}


def swarm_networks() -> set[str]:
    """The networks that a swarm brings."""
    names = {str(network.name) for network in client().networks.list()}
    return {name for name in names if name in (membership.BRIDGE, "ingress") or name.endswith("_market")}


@pytest.mark.docker
@pytest.mark.stands_on
@pytest.mark.alone
def test_a_stack_comes_and_goes_and_leaves_the_engine_as_it_was(project: Project) -> None:
    before = swarm_networks()
    assert membership.state() == "inactive"
    project.up()
    project.settle(30)
    assert states(project) == {"hours": "healthy", "tides": "healthy"}
    asked = project.container("hours").exec_run(["curl", "-fsS", "http://tides:8080/"])
    assert asked.exit_code == 0, asked.output

    (Path(project.attempt.workspace) / "stack.yaml").write_text("services: {tides: {deploy: {replicas: 2}}}")
    project.apply(Silent())
    tasks = client().containers.list(filters={"label": f"{membership.NAMESPACE}={project.attempt.project}"})
    assert len(tasks) == 2
    assert not any(task.labels[LABEL] for task in tasks), "a task passes for a container of compose"
    client().services.get(f"{project.attempt.project}_tides").scale(1)  # no file says so
    project.restart(Silent())
    assert states(project)["tides"] == "healthy"
    new = client().containers.list(filters={"label": f"{membership.NAMESPACE}={project.attempt.project}"})
    assert len(new) == 2, "what is in the workspace was not deployed anew"
    assert {one.id for one in new}.isdisjoint({one.id for one in tasks})

    project.pause()
    assert states(project)["tides"] == "unhealthy"
    project.resume(Silent())
    assert states(project)["tides"] == "healthy"
    assert leftovers(project.attempt.project)
    project.down()
    assert leftovers(project.attempt.project) == []
    assert membership.state() == "inactive"
    assert swarm_networks() == before


@pytest.fixture
def neighbours() -> Iterator[list[Container]]:
    """Two containers of somebody else's that call each other by name."""
    host.ready()
    network = client().networks.create("somebody-elses")
    found = [
        client().containers.run("kikori/python", ["sleep", "600"], name=name, network=network.name, detach=True)
        for name in ("somebody-elses-shop", "somebody-elses-store")
    ]
    yield found
    for container in found:
        container.remove(force=True)
    network.remove()


@pytest.mark.docker
@pytest.mark.stands_on
@pytest.mark.alone
def test_a_swarm_is_kept_as_long_as_the_engine_would_forget_somebodys_names(
    project: Project, neighbours: list[Container]
) -> None:
    shop, store = neighbours
    project.up()
    project.down()
    assert leftovers(project.attempt.project) == []
    assert shop.exec_run(["getent", "hosts", store.name]).exit_code == 0, "the store's name is forgotten"
    assert membership.state() == "ours"
    for container in neighbours:
        container.stop(timeout=0)
    project.down()
    assert membership.state() == "inactive", "the next scene to go takes the swarm along"


@pytest.mark.docker
def test_a_network_that_a_killed_start_left_behind_keeps_no_swarm_for_ever() -> None:
    host.ready()
    network = client().networks.create(f"kikori-killed-{os.getpid()}_house")
    try:
        (listed,) = client().api.networks(ids=[network.id])
        now = datetime.now(UTC)
        assert membership.may_be_starting(listed, now)
        assert not membership.may_be_starting(listed, now + membership.STARTS_WITHIN)
        assert not membership.may_be_starting(listed | {"Name": "somebody-elses"}, now)
    finally:
        network.remove()


@pytest.mark.docker
@pytest.mark.stands_on
@pytest.mark.alone
def test_a_swarm_that_is_not_ours_is_told_and_left_alone(project: Project) -> None:
    client().swarm.init(membership.ADDRESS, f"{membership.ADDRESS}:{membership.PORT}")
    try:
        node = client().info()["Swarm"]["NodeID"]
        with pytest.raises(EnvironmentProblem, match="part of a Swarm already"):
            project.up()
        project.down()
        assert client().info()["Swarm"]["NodeID"] == node
    finally:
        client().swarm.leave(force=True)
        for network in client().networks.list(names=[f"^{membership.BRIDGE}$"]):
            network.remove()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("services: {tides: {privileged: true}}", "'services.tides.privileged'"),
        ("services: {tides: {volumes: ['/:/host']}}", "'services.tides.volumes'"),
        ("services: {tides: {ports: ['80:80']}}", "'services.tides.ports'"),
        ("services: {tides: {cap_add: [SYS_ADMIN]}}", "'services.tides.cap_add'"),
        ("services: {tides: {image: debian}}", "'services.tides.image'"),
        ("services: {other: {}}", "the service 'other'"),
        ("services: {tides: {environment: {HOME: }}}", "services.tides.environment.HOME"),
        ("services: {tides: {stop_grace_period: 10000h}}", "services.tides.stop_grace_period 10000h"),
        ("secrets: {all: {file: /etc/shadow}}", "'secrets'"),
        ("services: {tides: {deploy: {replicas: 4000}}}", "deploy.replicas 4000"),
        ("services: {tides: {deploy: {mode: global}}}", "deploy.mode global"),
        ("services: {tides: {deploy: {placement: {}}}}", "deploy.placement"),
        ("services: {tides: {deploy: {resources: {limits: {memory: 8g}}}}}", "limits.memory 8g"),
        ("services: {tides: {deploy: {resources: {limits: {devices: []}}}}}", "limits.devices"),
        ("services: {tides: {deploy: {update_config: {order: $ORDER}}}}", "a variable"),
    ],
)
def test_what_a_learners_stack_may_not_ask_for(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "stack.yaml"
    file.write_text(text)
    with pytest.raises(WorkspaceProblem) as refused:
        check_learner_stack(file, SERVICES)
    assert told in refused.value.message


def test_what_a_learner_needs_for_a_rollout_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "stack.yaml"
    file.write_text(
        "services:\n  tides:\n    stop_grace_period: 5s\n    healthcheck: {test: [CMD, 'true'], interval: 1s}\n"
        "    deploy:\n      replicas: 3\n      endpoint_mode: dnsrr\n"
        "      update_config: {order: start-first, failure_action: rollback, monitor: 3s, parallelism: 1, delay: 1s}\n"
        "      rollback_config: {order: start-first}\n      restart_policy: {condition: any, delay: 500ms}\n"
        "      resources: {limits: {memory: 64M, cpus: '0.25', pids: 32}, reservations: {memory: 32M}}\n"
    )
    check_learner_stack(file, SERVICES)
