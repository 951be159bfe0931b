"""The compose files of a project: the lab's own, the learner's, and what Kikori adds to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kikori.engine.images import LABEL, Image, ca_bundle, image_of, is_here, shared_images
from kikori.engine.published_ports import ANY, HOST
from kikori.errors import OurFault
from kikori.host import endpoint
from kikori.model import Lab
from kikori.untrusted.dockerfile import check_learner_build

HARDENED: dict[str, Any] = {"cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}
"""What every service of a lab gets: no capability but those that its file names, and no way to more rights."""
NO_ROUTE = {"driver_opts": {"com.docker.network.bridge.enable_ip_masquerade": "false"}}
"""What every network of a lab gets that needs none: the host reaches its ports, and nobody in it the outside."""
EARLY_LOOKS = {"start_period": "12s", "start_interval": "600ms", "interval": "20s", "retries": 1}
"""Looked at often while it starts and seldom afterwards: each look is a process of its own (docs/adr/0009)."""


def _hardening(service: dict[str, Any]) -> dict[str, Any]:
    """What a service lacks of ``HARDENED``: compose adds lists up, and refuses what stands in one twice."""
    return {key: [one for one in lines if one not in service.get(key, ())] for key, lines in HARDENED.items()}


class LabCompose:
    """A lab's compose file read, and where each of its images comes from."""

    def __init__(self, lab: Lab, workspace: str) -> None:
        """Read the lab's compose file.

        Raises:
            OurFault: it is no compose file.
        """
        self.lab = lab
        self.workspace = workspace
        self.document = read_yaml(lab.compose)
        self.services: dict[str, dict[str, Any]] = self.document["services"]
        self.shelf = lab.folder.parent / "_images"

    @property
    def networks(self) -> Mapping[str, Any]:
        """The networks that the lab's own file declares."""
        return self.document.get("networks") or {}

    @property
    def built(self) -> list[str]:
        """The services that have an image of their own making."""
        return [name for name, service in self.services.items() if "build" in service]

    @property
    def carried(self) -> list[str]:
        """The services whose files a submission holds: what a workspace builds is built again from that."""
        return [name for name in self.services if not (self.lab.workspace and self.is_learners(name))]

    @property
    def laid(self) -> list[str]:
        """The services on which a replay lays what a submission holds; the lab's equipment is fresh."""
        return [name for name in self.carried if name not in self.lab.about.equipment]

    def is_learners(self, name: str) -> bool:
        """Whether a service is built from the workspace; such an image belongs to one attempt alone."""
        return "image" not in self.services[name]

    def context(self, name: str) -> Path:
        """The folder that a service is built from."""
        build = self.services[name]["build"]
        text: str = build if isinstance(build, str) else build["context"]
        return self.lab.folder / text.replace("${KIKORI_WORKSPACE}", self.workspace)

    def check_learner_builds(self) -> None:
        """Refuse what a workspace's builds would have the engine fetch, for replays.

        Raises:
            KikoriError: names the line; it is no word about the learner's work.
        """
        for name in self.built:
            if self.is_learners(name):
                check_learner_build(self.context(name), lambda image: self._is_shared(image) or is_here(image))

    def _is_shared(self, tag: str) -> bool:
        """Whether it is an image of labs/_images, which is built where it is missing."""
        name = tag.removeprefix("kikori/")
        return name != tag and "/" not in name and (self.shelf / name / "Dockerfile").is_file()

    def image(self, name: str) -> Image:
        """The lab's own image of a service."""
        return image_of(self.services[name]["image"], self.context(name), self.shelf)

    def below(self, name: str) -> list[Image]:
        """The shared images that a service's image stands on."""
        return shared_images(self.context(name), self.shelf)

    @property
    def published(self) -> list[str]:
        """What asks for a port of this computer's, by service and port: ``web 80``."""
        return [f"{name} {port}" for name, one in self.services.items() for port in _any_ports(one)]

    def write_base(self, path: Path, ports: Mapping[str, int]) -> Path:
        """Write the lab's own file with ports that are chosen already; those that are not are the engine's choice."""
        services = {}
        for name, one in self.services.items():
            asked = [_with_port(name, str(port), ports) for port in one.get("ports") or ()]
            services[name] = one | ({"ports": asked} if asked else {})
        path.write_text(json.dumps({**self.document, "services": services}, indent=1), encoding="utf-8")
        return path

    def write_override(self, path: Path, *, isolated: bool, offline: bool = False) -> Path:
        """Write what Kikori adds: hardening, labels and the CA secret for builds, and isolation for replays.

        ``offline`` has no build of the workspace reach a network.
        """
        bundle = ca_bundle()
        services = {
            name: _hardening(about) | self._build_of(name, bundle, isolated or offline)
            for name, about in self.services.items()
        }
        document: dict[str, Any] = {"services": services}
        if bundle:
            document["secrets"] = {"ca": {"file": str(bundle)}}
        if isolated or not self.lab.about.outside:
            # ``default`` is what compose gives a service that names no network, as a learner's file may have it.
            own = {name for name, about in self.networks.items() if not (about or {}).get("external")}
            document["networks"] = {name: {"internal": True} if isolated else NO_ROUTE for name in {*own, "default"}}
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        return path

    def _build_of(self, name: str, bundle: Path | None, offline: bool) -> dict[str, Any]:
        health = {"healthcheck": EARLY_LOOKS} if self.services[name].get("healthcheck") and looks_early() else {}
        if name not in self.built:
            return health
        build: dict[str, Any] = {"context": str(self.context(name))}
        if bundle:
            build["secrets"] = ["ca"]
        if not self.is_learners(name):
            build["labels"] = {LABEL: self.image(name).content}
        elif offline:
            build["network"] = "none"
        return {"build": build} | health


def _any_ports(service: Mapping[str, Any]) -> list[str]:
    return [str(port).removeprefix(ANY) for port in service.get("ports") or () if str(port).startswith(ANY)]


def _with_port(name: str, port: str, ports: Mapping[str, int]) -> str:
    """A port as compose.yaml asks for it, and the one that was chosen, if one was."""
    wanted = port.removeprefix(ANY)
    known = ports.get(f"{name} {wanted}") if wanted != port else None
    return f"{HOST}:{known}:{wanted}" if known else port


@cache
def looks_early() -> bool:
    """Whether the engine knows how to look at a service more often while it starts: since version 25, API 1.44."""
    try:
        told = json.loads(endpoint.ask("/version").body)["ApiVersion"] if endpoint.socket_path() else "0"
        return tuple(map(int, told.split("."))) >= (1, 44)
    except (OSError, ValueError, KeyError):
        return False


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file of the lab's author.

    Raises:
        OurFault: it can't be read or is no mapping.
    """
    try:
        return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, TypeError, ValueError) as problem:
        raise OurFault(f"{path}: not a compose file: {problem}") from None
