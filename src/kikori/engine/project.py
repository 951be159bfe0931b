"""The running system of one attempt: lab, workspace and parameters made into a compose project."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from kikori.engine import published_ports
from kikori.engine.changes.scripts import apply_patch, lay_over, run_here, run_inside
from kikori.engine.cleanup import sweep
from kikori.engine.client import Silent, Steps, Tell, client, translate_errors
from kikori.engine.compose import Compose, problem_of
from kikori.engine.images import Image, beside, build_shared, is_stale
from kikori.engine.inspection.filesystem_diff import capture_volume
from kikori.engine.lab_compose import LabCompose
from kikori.engine.services import (
    FREEZABLE,
    SETTLED,
    Service,
    list_services,
    pause,
    restart,
    revive,
    unpause,
    wait_healthy,
    wait_until,
)
from kikori.engine.swarm.stack import Stack
from kikori.errors import EnvironmentProblem, KikoriError, OurFault, WorkspaceProblem
from kikori.model import Attempt, Change, Fault, Kind, Lab
from kikori.model.lab import OF_WORKSPACE, PATCH
from kikori.untrusted.compose_file import check_learner_compose

if TYPE_CHECKING:
    from docker.models.containers import Container


START_SECONDS = 90  # at most, until every service of an untouched lab is well
scenes: ContextVar[set[str] | None] = ContextVar("scenes", default=None)
"""Gets the name of every project that is made in this context, where somebody asks what it costs."""


class Project:
    """Brings one attempt's scene up, changes it, and takes it down without a trace."""

    def __init__(
        self, lab: Lab, attempt: Attempt, folder: Path, *, isolated: bool = False, fresh: set[Image] | None = None
    ) -> None:
        """Keep the project's own files in ``folder``.

        ``isolated`` cuts every network off from the outside and publishes no port, for replays; there, and with a
        setter's fault in, what the workspace builds is built without a network. ``fresh`` keeps the
        images that were looked at in this run and are as they should be; without it each is looked at every time.
        """
        self.lab = lab
        self.attempt = attempt
        self.folder = folder
        self.isolated = isolated
        self.offline = isolated or any(fault.from_setter for fault in lab.faults.values())
        self.fresh = fresh
        self.lab_compose = LabCompose(lab, attempt.workspace)
        self.stack = Stack(lab, attempt.project, attempt.workspace, isolated=isolated) if lab.stack else None
        if (made := scenes.get()) is not None:
            made.add(attempt.project)

    @property
    def environment(self) -> dict[str, str]:
        """What compose files and scripts see."""
        own = {OF_WORKSPACE: self.attempt.workspace, "KIKORI_STACK": self.attempt.project}
        return self.attempt.environment | own

    def compose(self) -> Compose:
        """The compose command for this project, with the learner's own file checked first.

        Raises:
            KikoriError: the learner's compose file asks for what this lab does not allow.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        ports = published_ports.chosen(self.folder)
        base = self.lab_compose.write_base(self.folder / "compose.json", ports) if ports else self.lab.compose
        override = self.lab_compose.write_override(
            self.folder / "override.json", isolated=self.isolated, offline=self.offline
        )
        return Compose(
            project=self.attempt.project,
            directory=self.lab.folder,
            files=(base, *self._learner_files(), override),
            environment=self.environment,
            log=self.folder / "compose.log",
        )

    def _learner_files(self) -> list[Path]:
        file = Path(self.attempt.workspace) / "compose.yaml"
        if not self.attempt.workspace or not (file.is_file() or file.is_symlink()):
            return []
        check_learner_compose(file, self.lab, self.lab_compose.services, self.lab_compose.networks)
        return [file]

    def build(self, steps: Steps) -> None:
        """Build what is missing or stale, and what comes from the workspace.

        Raises:
            EnvironmentProblem: no network, disk full, Docker away.
            OurFault: a Dockerfile of the lab is wrong.
            WorkspaceProblem: one of the learner's is.
        """
        self.build_own(steps)
        if self.offline and not self.isolated:
            self.lab_compose.check_learner_builds()  # a replay has done so by now
        if learners := [name for name in self.lab_compose.built if self.lab_compose.is_learners(name)]:
            with steps.step(f"Building the image of {', '.join(learners)}") as tell, self._blaming_workspace(*learners):
                self.compose().run("build", *learners, tell=tell)

    def build_own(self, steps: Steps) -> None:
        """Build the lab's own images, as far as they are missing or stale.

        Raises:
            EnvironmentProblem: no network, disk full, Docker away.
            OurFault: a Dockerfile is wrong.
        """
        build_shared([one for one in beside(self.lab.graders) if self._is_stale(one)], self.compose, steps)
        for name in self.lab_compose.built:
            build_shared([one for one in self.lab_compose.below(name) if self._is_stale(one)], self.compose, steps)
        for name in self.lab_compose.built:
            if not self.lab_compose.is_learners(name) and self._is_stale(self.lab_compose.image(name)):
                with steps.step(f"Building the image of {name}") as tell:
                    self.compose().run("build", name, tell=tell)

    def _is_stale(self, image: Image) -> bool:
        if self.fresh is None:
            return is_stale(image)
        if image not in self.fresh and not is_stale(image):
            self.fresh.add(image)
        return image not in self.fresh

    @contextmanager
    def _blaming_workspace(self, *names: str) -> Iterator[None]:
        """Turn a failure of what was built from the workspace into the learner's own."""
        try:
            yield
        except OurFault as problem:
            if self.attempt.workspace and any(map(self.lab_compose.is_learners, names)):
                raise WorkspaceProblem(
                    f"Your workspace can't be used as it is: {problem.message}", problem.hint
                ) from None
            raise

    def images(self) -> dict[str, int]:
        """The lab's own images, those that they stand on first, and their sizes in bytes; built ones only."""
        tags = [image.tag for name in self.lab_compose.built for image in self.lab_compose.below(name)]
        tags += [
            self.lab_compose.image(name).tag
            for name in self.lab_compose.built
            if not self.lab_compose.is_learners(name)
        ]
        with translate_errors():
            return {tag: int(client().images.get(tag).attrs["Size"]) for tag in dict.fromkeys(tags)}

    def up(self, steps: Steps | None = None, *, wait: bool = True) -> None:
        """Bring the scene up; with ``wait`` until every service is healthy.

        Raises:
            OurFault: a service of the untouched lab did not become healthy in START_SECONDS.
        """
        steps = steps or Silent()
        self._choose_ports()
        self.build(steps)
        self._deploy(steps)
        with steps.step("Starting the services") as tell:
            self._run("up", "--detach", "--remove-orphans", tell=tell)
            if wait:
                wait_healthy(self._own, START_SECONDS)

    def _choose_ports(self) -> None:
        """Choose ports for a scene of which nothing is there; a replay publishes none."""
        asked = self.lab_compose.published
        if asked and not self.isolated and not published_ports.chosen(self.folder) and not self.containers():
            published_ports.choose(self.folder, asked, self.attempt.project)

    def _deploy(self, steps: Steps) -> None:
        """Put the stack live before the services that stand on its networks."""
        if self.stack:
            with steps.step("Deploying the stack") as tell:
                self.stack.deploy(self.compose(), tell)

    def apply(self, steps: Steps) -> None:
        """Put the workspace live: rebuild what is built from it and recreate what changed.

        Raises:
            WorkspaceProblem: what the learner wrote can't be built or started.
        """
        with self._blaming_workspace(*self.lab_compose.services):
            self.up(steps, wait=False)
        with steps.step("Waiting for the services to settle"):
            self.settle(30)

    def redeploy(self, steps: Steps) -> None:
        """Restart every service; what is built from the workspace is built and made anew, as by the next release.

        What was fixed in a container alone is gone then.

        Raises:
            WorkspaceProblem: the workspace as it is can't be built or started.
        """
        own = [name for name in self.lab_compose.built if self.lab_compose.is_learners(name)]
        if own:
            with steps.step(f"Deploying {', '.join(own)} anew") as tell, self._blaming_workspace(*own):
                self._run("up", "--detach", "--build", "--force-recreate", "--no-deps", *own, tell=tell)
        self.restart(steps, but=own)

    def restart(self, steps: Steps, within: float = 30, *, but: Collection[str] = ()) -> None:
        """Restart every service, a stack's from its files, and wait until each has settled, well or not."""
        with steps.step("Restarting every service") as tell:
            if self.stack:
                self.stack.restart(self.compose(), tell)
            self._restart(tell, but)
            self.settle(within)
            if revive(self.containers().values()):
                self.settle(within)

    def _restart(self, tell: Tell, but: Collection[str]) -> None:
        from docker.errors import APIError

        containers = {name: one for name, one in self.containers().items() if name not in but}
        tell(", ".join(sorted(containers)))
        with translate_errors():
            try:
                restart(containers)
            except APIError as problem:
                why = str(problem.explanation or problem)
                raise problem_of(["docker", "restart"], [why], self.folder / "compose.log") from None

    def halt(self, steps: Steps) -> None:
        """Stop every service that compose runs; ``restart`` starts them again."""
        with steps.step("Stopping every service") as tell:
            self._run("stop", tell=tell)

    def _run(self, *arguments: str, tell: Tell | None = None) -> None:
        """Run a compose command on all services; a lab that is only written has none, which compose would refuse."""
        compose = self.compose()
        if self.lab_compose.services:
            compose.run(*arguments, tell=tell)

    def pause(self) -> None:
        """Stop the containers; their files and volumes stay."""
        if self.stack:
            self.stack.pause()
        self._run("stop")

    def resume(self, steps: Steps) -> None:
        """Start stopped containers again as they were, and let those go on that a killed ``frozen`` left."""
        from docker.errors import APIError

        self._deploy(steps)
        for container in self.containers().values():
            if container.status == "paused":
                with suppress(APIError):  # somebody else was quicker
                    container.unpause()
        with steps.step("Starting the services again") as tell:
            self._run("start", tell=tell)
            self.settle(30)

    def down(self, steps: Steps | None = None) -> None:
        """Take away containers, networks, volumes and the attempt's own images; no error if there are none."""
        with (steps or Silent()).step("Taking the scene down"):
            sweep(self.attempt.project)

    def settle(self, within: float) -> None:
        """Wait until no service is on its way any more, at most ``within`` seconds."""
        wait_until(self.states, lambda one: one.state in SETTLED, within)

    def states(self) -> tuple[Service, ...]:
        """Every service of the compose file and of the stack, and how it stands."""
        return self._own() + (self.stack.list_services() if self.stack else ())

    def _own(self) -> tuple[Service, ...]:
        found = list_services(self.attempt.project)
        return tuple(found.get(name) or Service(name=name, state="missing") for name in self.lab_compose.services)

    def containers(self) -> dict[str, Container]:
        """The project's containers by service, stopped ones too."""
        filters: dict[str, str | list[str] | bool] = {"label": [f"com.docker.compose.project={self.attempt.project}"]}
        with translate_errors():
            found = client().containers.list(all=True, filters=filters, ignore_removed=True)
        return {container.labels["com.docker.compose.service"]: container for container in found}

    def container(self, service: str) -> Container:
        """One service's container.

        Raises:
            KikoriError: there is no such service, or its container is gone.
        """
        if service not in self.lab_compose.services:
            known = ", ".join(self.lab_compose.services)
            raise KikoriError(f"This lab has no service '{service}'; it has {known}.")
        container = self.containers().get(service)
        if container is None:
            raise EnvironmentProblem(f"The container of service '{service}' is gone.", "kikori reset")
        return container

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Hold every running service still, so that all that is read of its files is of one moment.

        A database copied file by file while it works is in no state that it was ever in. An engine without a freezer
        (a rootless one, on old kernels) goes on as before.
        """
        held: list[Container] = []
        try:
            for container in self.containers().values():
                if container.status in FREEZABLE and pause(container):
                    held.append(container)
            yield
        finally:
            for container in held:
                unpause(container)

    def volumes(self) -> dict[str, bytes]:
        """The files of every named volume, each as a tar, by its name in the compose file."""
        if self.lab.about.kind is Kind.TUNE:
            return {}  # its replay begins with the data that everybody begins with
        named = {self.volume(name): name for name in self.lab_compose.document.get("volumes") or {}}
        found: dict[str, bytes] = {}
        for container in self.containers().values():
            for mount in container.attrs["Mounts"]:
                name = named.get(mount.get("Name", ""))
                if name and name not in found:
                    found[name] = capture_volume(container, mount["Destination"])
        return found

    def volume(self, name: str) -> str:
        """What Docker calls a volume of the compose file."""
        return f"{self.attempt.project}_{name}"

    def put(self, fault: Fault, steps: Steps, lay: Callable[[], None] | None = None) -> None:
        """Put a fault in: lay it into the workspace and apply that, and run what is run in services, in its order.

        ``lay`` does the first, where somebody wants to be told of each change.

        Raises:
            OurFault: a script could not be run or ended with an error.
        """
        if lay:
            lay()
        for change in () if lay else fault.in_workspace:
            self.run(change)
        if fault.in_workspace:
            self.apply(steps)
        for change in fault.in_services:
            self.run(change)
            if change.restart:
                self.restart(steps)

    def run(self, change: Change) -> None:
        """Carry out a break, a fix or a trap.

        Raises:
            OurFault: the script could not be run or ended with an error.
        """
        workspace = Path(self.attempt.workspace)
        if change.path.is_dir():
            lay_over(change.path, workspace)
        elif change.path.suffix == PATCH:
            apply_patch(change, workspace)
        elif change.runs_here:
            here = {"KIKORI_LAB": str(self.lab.folder), "KIKORI_PYTHON": sys.executable}
            run_here(change, workspace, self.environment | here)
        else:
            run_inside(change, self.container(change.service).id or "", self.environment)
