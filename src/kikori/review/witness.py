"""Whether the programs that checks ran inside a replay's services are witnesses that can be believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kikori.review.verdict import NoMend
from kikori.runtime import Project
from kikori.runtime.blueprint import Blueprint
from kikori.runtime.endstate import listed
from kikori.runtime.engine import client, telling
from kikori.runtime.inside import digest_at
from kikori.runtime.programs import exchanged, replaced, words_of
from kikori.runtime.sweep import LABEL

if TYPE_CHECKING:
    from docker.models.containers import Container

Before = Mapping[str, Mapping[str, int]]
"""What differed from the image in each service before the end state came."""
LOOKS_INSIDE = frozenset({"host", "exec", "exec_run"})
"""What a grader that runs a program inside of a service names."""


def differences_of(project: Project) -> Before:
    """What differs from the images now."""
    return {name: listed(container) for name, container in project.containers().items()}


def distrust(project: Project, before: Before) -> None:
    """Refuse an end state that passed, and put other programs in the place of those that checks use.

    Raises:
        NoMend: it did; names the file and the service.
        EnvironmentProblem: Docker stood in the way.
    """
    words = words_of(project.lab)
    if not words & LOOKS_INSIDE:
        return
    for service, container in project.containers().items():
        found = replaced(container, words, before.get(service, {})) or _exchanged(project, service, container, words)
        if found:
            raise NoMend(
                f"it replaces {found} in {service}, which checks use: what they saw there proves nothing",
                f"チェックが使う {service} の {found} が置き換えられているので、そこで見えたことは証拠にならない",
            )


def _exchanged(project: Project, service: str, container: Container, words: Set[str]) -> str:
    """The program that a learner's own image has in another's place."""
    lab = project.lab
    if not project.blueprint.is_learners(service) or not lab.workspace:
        return ""
    below = Blueprint(lab, str(lab.workspace)).below(service)
    if not below:
        return ""
    with _at_rest(below[-1].tag, project) as originals:
        found = exchanged(container, originals, words) if originals else ""
    return "" if found and _is_of_another_image(project, container, found) else found


def _is_of_another_image(project: Project, container: Container, path: str) -> bool:
    """Whether some image of ours has just that program there: a learner may build on any of them."""
    seen = digest_at(container, path)
    for folder in sorted(project.blueprint.shelf.iterdir()):
        with _at_rest(f"kikori/{folder.name}", project) as other:
            if seen and other and digest_at(other, path) == seen:
                return True
    return False


@contextmanager
def _at_rest(image: str, project: Project) -> Iterator[Container | None]:
    """A container of an image that never runs, to look into; none where the engine has no such image."""
    from docker.errors import ImageNotFound

    labels = {LABEL: project.attempt.project}  # so that a sweep finds it, should we be killed
    try:
        with telling():
            container = client().containers.create(image, ["true"], network_mode="none", labels=labels)
    except ImageNotFound:
        yield None
        return
    try:
        yield container
    finally:
        with telling():
            container.remove(force=True)
