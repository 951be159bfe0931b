"""Facts about Docker: the engine, its API, the docker command's plugins, who may use it, what it reaches."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from kikori.host import base_image, docker_group, endpoint, packages
from kikori.host.requirement import Fact, at_least, judge, numbers

DOCKER = (20, 10)
API = (1, 41)
COMPOSE = (2, 20)
COMMAND_PATIENCE = 20
REGISTRY_PATIENCE = 3.0
SET_UP = "./kikori images --yes"


def told(*words: str) -> str:
    """What ``docker WORDS`` prints; empty when it fails or there is no docker command."""
    try:
        done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False, timeout=COMMAND_PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def told_json(word: str) -> dict[str, Any]:
    """What ``docker version`` or ``docker info`` knows; empty when it fails."""
    try:
        found = json.loads(told(word, "--format", "{{json .}}") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def docker(server: dict[str, Any], state: endpoint.Ping) -> Fact:
    """Whether the engine answers and is new enough; absent, not running and not permitted are told apart."""
    if version := str(server.get("Version") or ""):
        return judge("docker", numbers(version) >= DOCKER, version, at_least(DOCKER), "update Docker Engine")
    seen, hint = _why_silent(state)
    return Fact("docker", False, seen, at_least(DOCKER), hint)


def _why_silent(state: endpoint.Ping) -> tuple[str, str]:
    host = endpoint.docker_host()
    if state == "denied":
        return f"there, but {docker_group.user()} may not use {host}", permission_hint()
    if state == "answers":
        return "an engine answers, but the docker command is missing", SET_UP
    if endpoint.is_default() and packages.find("dockerd") is None:
        return "not installed", SET_UP
    return (
        f"not running: {host} does not answer",
        SET_UP if endpoint.is_default() else "start it, or unset DOCKER_HOST",
    )


def permission_hint() -> str:
    """How this user gets to use the engine."""
    if docker_group.is_member():
        return "log out and in again, or for now: sg docker -c './kikori doctor'"
    return f"sudo usermod -aG {docker_group.GROUP} {docker_group.user()}, then log out and in again"


def api(server: dict[str, Any], silent_hint: str) -> Fact:
    """Whether the engine's API is new enough for what Kikori asks of it."""
    version = str(server.get("ApiVersion") or "")
    hint = "update Docker Engine" if version else silent_hint
    return judge("api", numbers(version) >= API, version or "no answer", at_least(API), hint)


def compose() -> Fact:
    """Whether ``docker compose`` is there and new enough."""
    version = told("compose", "version", "--short")
    hint = "update the compose plugin of Docker" if version else SET_UP
    return judge("compose", numbers(version) >= COMPOSE, version or "missing", at_least(COMPOSE), hint)


def buildx() -> Fact:
    """Whether ``docker buildx`` is there."""
    words = told("buildx", "version").split()
    return judge("buildx", len(words) > 1, words[1] if len(words) > 1 else "missing", "any", SET_UP)


def group(state: endpoint.Ping) -> Fact:
    """Whether this user may use the engine: as root, through the group, or because its socket is the user's own."""
    seen = {"answers": "may use the engine", "denied": "may not use the engine", "silent": "no engine to ask"}
    return judge(
        "group", state != "denied", f"{docker_group.user()}: {seen[state]}", docker_group.GROUP, permission_hint()
    )


def image() -> Fact:
    """Whether the labs' base image is there."""
    there = base_image.is_there()
    return judge("base image", there, base_image.IMAGE if there else "missing", base_image.IMAGE, SET_UP)


def cgroup(info: dict[str, Any]) -> Fact:
    """The version of the control groups (only informs)."""
    return Fact("cgroup", True, f"v{info['CgroupVersion']}" if info.get("CgroupVersion") else "unknown")


def registry() -> Fact:
    """Whether a registry answers the engine (only informs: the base image can be bootstrapped)."""
    if endpoint.socket_path() is None:
        return Fact("registry", True, "not asked; the engine is elsewhere")
    try:
        reply = endpoint.ask(f"/distribution/{base_image.IMAGE}/json", REGISTRY_PATIENCE)
        answers = reply.status == 200
    except OSError:
        answers = False
    return Fact("registry", True, "answers" if answers else "no answer; the base image can be bootstrapped")
