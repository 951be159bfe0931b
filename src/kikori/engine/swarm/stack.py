"""The part of a lab that runs in the engine's Swarm mode: its stack.yaml, with the learner's laid over it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kikori.engine.client import Tell, client, gone, remove_containers, translate_errors
from kikori.engine.compose import Compose
from kikori.engine.lab_compose import read_yaml
from kikori.engine.services import Service
from kikori.engine.swarm import membership
from kikori.model import Lab
from kikori.untrusted.stack_file import check_learner_stack

ON_ITS_WAY = {"new", "pending", "assigned", "accepted", "preparing", "ready", "starting"}
INHERITED = ("com.docker.compose.project", "com.docker.compose.service")
"""Labels of an image that compose built for some project: a task must not pass for a container of that project."""
HESITATION = 0.5
"""Seconds after which the swarm has begun with what it was asked for; before that all looks as it was."""
PATIENCE = 20
"""Seconds for a network to be let go of."""
UPDATING = {"updating", "rollback_started"}


class Stack:
    """One attempt's stack."""

    def __init__(self, lab: Lab, name: str, workspace: str, *, isolated: bool) -> None:
        """Read the author's file; ``isolated`` cuts its networks off from the outside."""
        self.path = lab.folder / "stack.yaml"
        self.document = read_yaml(self.path)
        self.name = name
        self.learners = Path(workspace) / "stack.yaml"
        self.isolated = isolated

    @property
    def services(self) -> dict[str, dict[str, Any]]:
        """The services as the author wrote them."""
        return dict(self.document["services"])

    def deploy(self, compose: Compose, tell: Tell | None = None) -> None:
        """Enter the swarm and put the files live.

        Raises:
            WorkspaceProblem: the learner's file asks for what it may not have.
            EnvironmentProblem: the machine is in another swarm.
        """
        files = [self.path, *self._learner_files(), self._override(compose.log.parent / "stack.json")]
        with membership.turn():
            membership.enter()
            named = [part for file in files for part in ("--compose-file", str(file))]
            compose.docker("stack", "deploy", *named, "--prune", "--resolve-image=never", "-d", self.name, tell=tell)
        time.sleep(HESITATION)

    def _learner_files(self) -> list[Path]:
        if not (self.learners.is_file() or self.learners.is_symlink()):
            return []
        check_learner_stack(self.learners, self.services)
        return [self.learners]

    def _override(self, path: Path) -> Path:
        cut = {"internal": True} if self.isolated else {}
        declared: dict[str, Any] = self.document.get("networks") or {}
        networks = {name: (about or {}) | cut for name, about in declared.items()}  # a later file replaces them whole
        services = {name: {"labels": dict.fromkeys(INHERITED, "")} for name in self.services}
        path.write_text(json.dumps({"networks": networks, "services": services}), encoding="utf-8")
        return path

    def list_services(self) -> tuple[Service, ...]:
        """Every service of the stack: healthy when just as many tasks run as are wanted, and no update goes on."""
        if not membership.is_ours():
            return tuple(Service(name=name, state="missing") for name in self.services)
        with translate_errors():
            found = {
                service.name.removeprefix(f"{self.name}_"): _state(service)
                for service in client().services.list(filters=chosen(self.name), status=True)
            }
        return tuple(Service(name=name, state=found.get(name, "missing")) for name in self.services)

    def restart(self, compose: Compose, tell: Tell | None = None) -> None:
        """End every task's container at once, as a crash would, and deploy the files to a swarm that forgot all else.

        Raises:
            WorkspaceProblem: the learner's file asks for what it may not have.
        """
        self._learner_files()  # what can't be deployed is told before anything is ended
        with translate_errors():
            for service in client().services.list(filters=chosen(self.name)):
                gone(service.remove)
            remove_containers(chosen(self.name))
        self.deploy(compose, tell)

    def pause(self) -> None:
        """Take every service down to no task; a deploy brings them back."""
        with translate_errors():
            for service in client().services.list(filters=chosen(self.name)):
                service.scale(0)
            _until(lambda: not client().containers.list(filters=chosen(self.name), ignore_removed=True))


def chosen(name: str) -> dict[str, Any]:
    """The filter for what belongs to a stack."""
    return {"label": f"{membership.NAMESPACE}={name}"}


def remove(name: str) -> None:
    """Take away a stack's services, containers and networks, and leave a swarm of ours that is now empty."""
    if not membership.is_ours():
        return
    with membership.turn():
        if not membership.is_ours():
            return  # the last one left it while we waited
        filters = chosen(name)
        with translate_errors():
            for service in client().services.list(filters=filters):
                gone(service.remove)
            remove_containers(filters)
            for network in client().networks.list(filters=filters):
                _removed(network)
        _until(lambda: name not in membership.stacks())
        membership.leave_if_unused()


def _removed(network: Any) -> None:
    """Remove a network as soon as the last task has let go of it."""
    from docker.errors import APIError, NotFound

    def removed() -> bool:
        try:
            network.remove()
        except NotFound:
            return True
        except APIError:
            return False
        return True

    _until(removed)


def _until(holds: Callable[[], bool]) -> None:
    """Wait for what the swarm does by and by; what never comes is left for ``leftovers`` to tell."""
    deadline = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.1)


def _state(service: Any) -> str:
    running = service.attrs["ServiceStatus"]["RunningTasks"]
    wanted = service.attrs["Spec"]["Mode"]["Replicated"]["Replicas"]
    tasks = Counter(task["Status"]["State"] for task in service.tasks(filters={"desired-state": "running"}))
    if (service.attrs.get("UpdateStatus") or {}).get("State") in UPDATING:
        return "starting"
    if running > wanted:
        return "starting"  # one too many is still on its way out
    if running == wanted > 0:
        return "healthy"
    return "starting" if ON_ITS_WAY & tasks.keys() else "unhealthy"
