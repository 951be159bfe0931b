"""What this machine has and lacks, as facts; it changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from typing import Any

from kikori import paths
from kikori.host import endpoint, engine_facts
from kikori.host.requirement import Fact, at_least, judge

__all__ = ["Fact", "disk", "doctor", "free_disk", "memory", "python", "total_memory"]

PYTHON = (3, 11)
GIGABYTE = 10**9
DISK = 5
MEMORY = 4  # 4 GB of memory chips show as 3.8 GiB, which is 4.08 of these


def doctor() -> tuple[Fact, ...]:
    """All facts, those that must hold first; the last two only inform."""
    state = endpoint.ping()
    server = engine_facts.told_json("version").get("Server") or {} if state == "answers" else {}
    info = engine_facts.told_json("info") if server else {}
    docker = engine_facts.docker(server, state)
    return (
        python(),
        docker,
        engine_facts.api(server, docker.hint),
        engine_facts.compose(),
        engine_facts.buildx(),
        engine_facts.group(state),
        disk(info),
        memory(info),
        engine_facts.image(),
        engine_facts.cgroup(info),
        engine_facts.registry(),
    )


def python() -> Fact:
    """Whether this Python is new enough."""
    return judge(
        "python",
        sys.version_info >= PYTHON,
        platform.python_version(),
        at_least(PYTHON),
        "put a newer python3 first on the PATH, then ./kikori doctor",
    )


def disk(info: dict[str, Any]) -> Fact:
    """Whether there is room for images."""
    free = free_disk(info)
    return judge("disk", free >= DISK * GIGABYTE, f"{_gb(free)} free", f"{DISK} GB free", "docker system df; df -h")


def free_disk(info: dict[str, Any]) -> int:
    """Bytes that are free where the engine keeps images, or beside the course when the engine is elsewhere."""
    try:
        return shutil.disk_usage(str(info["DockerRootDir"])).free
    except (KeyError, OSError):
        return shutil.disk_usage(paths.ROOT).free


def memory(info: dict[str, Any]) -> Fact:
    """Whether the engine's machine has enough memory; on a Mac that is its virtual machine."""
    total = total_memory(info)
    hint = "close what else runs; with Docker Desktop, give it more memory in its settings"
    return judge("memory", total >= MEMORY * GIGABYTE, _gb(total), f"{MEMORY} GB", hint)


def total_memory(info: dict[str, Any]) -> int:
    """Bytes of memory of the engine's machine; of this one where no engine answers."""
    return int(info.get("MemTotal") or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))


def _gb(size: int) -> str:
    return f"{size / GIGABYTE:.1f} GB"
