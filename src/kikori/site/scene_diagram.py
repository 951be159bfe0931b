"""A lab's scene as a diagram: services, networks, published ports and workspace, read from its compose files.

Only what a learner sees anyway, once the healthy scene is up: no fault is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from kikori.model import Kind, Lab
from kikori.model.record import Record
from kikori.settings import Lang
from kikori.site.render import render

WORKSPACE = "${KIKORI_WORKSPACE}"
PORT = re.compile(r"(\d+)(?:/(?:tcp|udp))?$")
UNSAFE = re.compile(r"\W")


class Service(Record):
    """One box of the picture."""

    name: str
    networks: tuple[str, ...]
    ports: tuple[str, ...]
    """Its own ports that are published on the learner's machine."""
    yours: bool
    """Whether it is built from the workspace, or reads it."""
    swarm: bool = False
    """Whether it runs in the engine's Swarm mode."""

    @property
    def home(self) -> str:
        """The network that it is drawn in; nothing where it is in several."""
        return self.networks[0] if len(self.networks) == 1 else ""


def flowchart(lab: Lab, lang: Lang) -> str:
    """The scene as mermaid text; nothing where there is no service to draw."""
    found = services(lab)
    if lab.about.kind is Kind.WRITE or not found:
        return ""
    networks = list(dict.fromkeys(network for one in found for network in one.networks))
    return render("scene", lang, services=found, networks=networks, framed=framed(found), node=node)


def framed(found: Sequence[Service]) -> str:
    """Name the network in which the workspace is a frame around its services, and no box with arrows to them.

    Where several services have ports as well, the arrows of both would cross.
    """
    yours, published = [one for one in found if one.yours], [one for one in found if one.ports]
    homes = {one.home for one in yours}
    return homes.pop() if len(yours) > 1 and len(published) > 1 and len(homes) == 1 else ""


def node(kind: str, name: str) -> str:
    """A name that mermaid takes for a box or a group: 'end' and others have a meaning of their own."""
    return f"{kind}_{UNSAFE.sub('_', name)}"


def services(lab: Lab) -> tuple[Service, ...]:
    """The services of a lab, in the author's order."""
    learners = _read(lab.workspace / "compose.yaml") if lab.workspace else {}
    found = [_service(name, own, learners.get(name) or {}) for name, own in _read(lab.compose).items()]
    swarm = _read(lab.stack) if lab.stack else {}
    found += [
        Service(name=name, networks=_networks(own), ports=(), yours=_laid_over(lab, name), swarm=True)
        for name, own in swarm.items()
    ]
    return tuple(found)


def _service(name: str, own: Mapping[str, Any], learners: Mapping[str, Any]) -> Service:
    networks = _networks(own, learners) or ("default",)
    ports = tuple(_ports([*own.get("ports", ()), *learners.get("ports", ())]))
    yours = bool(learners) or WORKSPACE in str(own.get("build", "")) + str(own.get("volumes", ""))
    return Service(name=name, networks=networks, ports=ports, yours=yours)


def _networks(*parts: Mapping[str, Any]) -> tuple[str, ...]:
    """Compose writes them as a list, or as a mapping with aliases."""
    return tuple(dict.fromkeys(name for part in parts for name in part.get("networks") or ()))


def _ports(published: Iterable[object]) -> Iterable[str]:
    for one in published:
        port = str(one.get("target", "")) if isinstance(one, Mapping) else str(one)
        if found := PORT.search(port):
            yield found[1]


def _laid_over(lab: Lab, name: str) -> bool:
    """Whether the learner's own stack.yaml speaks of a service."""
    return lab.workspace is not None and name in _read(lab.workspace / "stack.yaml")


def _read(file: Path) -> dict[str, Any]:
    """The services of a compose file; none where there is no file."""
    if not file.is_file():
        return {}
    found = yaml.load(file.read_text(encoding="utf-8"), Loader)  # noqa: S506  # a safe loader
    return dict((found or {}).get("services") or {})


Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast


class Loader(Base):  # type: ignore[misc]
    """YAML as compose reads it: a tag of its own, such as !override, changes nothing of what is drawn."""


def _untagged(loader: yaml.SafeLoader, suffix: str, value: yaml.Node) -> object:
    if isinstance(value, yaml.MappingNode):
        return loader.construct_mapping(value, deep=True)
    if isinstance(value, yaml.SequenceNode):
        return loader.construct_sequence(value, deep=True)
    return loader.construct_scalar(value)  # type: ignore[arg-type]


Loader.add_multi_constructor("!", _untagged)
