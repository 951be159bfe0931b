"""Grafana and Jaeger beside a scene: official images, pinned, for looking only; labs/_viewers/compose.yaml."""

from __future__ import annotations

import os

from kikori.engine.client import Steps
from kikori.engine.compose import Compose
from kikori.engine.project import Project
from kikori.engine.services import Service, list_services
from kikori.errors import EnvironmentProblem, KikoriError

SEES = {"grafana": "prometheus", "jaeger": "traces"}
"""Which viewer looks at which service of a lab."""
IMAGES = ("KIKORI_GRAFANA", "KIKORI_JAEGER")
"""Names in the environment under which a house with a registry of its own gives other images."""


def fitting(project: Project) -> list[str]:
    """The viewers that have something to look at in this lab."""
    return [viewer for viewer, service in SEES.items() if service in project.lab_compose.services]


def name_of(project: Project) -> str:
    """The compose project of an attempt's viewers."""
    return f"{project.attempt.project}-viewers"


def show(project: Project, steps: Steps) -> tuple[Service, ...]:
    """Start the viewers on the attempt's network; gives where they are reached.

    Raises:
        KikoriError: the lab has neither metrics nor traces.
        EnvironmentProblem: their images can't be had here.
    """
    wanted = fitting(project)
    if not wanted:
        raise KikoriError(f"{project.lab.id} has neither Prometheus nor traces to look at.", "kikori status")
    with steps.step(f"Starting {' and '.join(wanted)}") as tell:
        try:
            _compose(project, wanted).run("up", "--detach", "--no-deps", *wanted, tell=tell)
        except KikoriError as problem:
            raise EnvironmentProblem(
                f"No {' and '.join(wanted)} here, and nothing that is graded needs them: {problem.message}",
                "kikori status",
            ) from None
    found = list_services(name_of(project))
    return tuple(found[viewer] for viewer in wanted if viewer in found)


def _compose(project: Project, wanted: list[str]) -> Compose:
    file = project.lab.folder.parent / "_viewers" / "compose.yaml"
    container = project.container(SEES[wanted[0]])
    network = next(iter(container.attrs["NetworkSettings"]["Networks"]))
    other = {name: os.environ[name] for name in IMAGES if name in os.environ}
    return Compose(
        project=name_of(project),
        directory=file.parent,
        files=(file,),
        environment={"KIKORI_STACK": project.attempt.project, "KIKORI_NETWORK": network} | other,
        log=project.folder / "viewers.log",
    )
