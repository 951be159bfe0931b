"""The account of memory-wall's grader is read from the files of either version of cgroups."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from kikori import paths

V2 = {
    "memory.events": "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n",
    "memory.stat": "anon 1000\nfile 5000\nshmem 24\nsock 0\n",
    "pids.current": "7\n",
    "pids.events": "max 4\n",
}
V1 = {
    "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
    "memory/memory.stat": "cache 5000\nrss 1\ntotal_cache 5000\ntotal_rss 1000\ntotal_shmem 24\n",
    "pids/pids.current": "7\n",
    "pids/pids.events": "max 4\n",
}


@pytest.fixture(scope="module")
def walls() -> ModuleType:
    """The grader's own code."""
    spec = importlib.util.spec_from_file_location("walls", paths.ROOT / "graders/memory-wall/conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["walls"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("version", "files"), [(2, V2), (1, V1)])
def test_either_version_gives_the_same_account(walls: ModuleType, version: int, files: dict[str, str]) -> None:
    seen = {f"/sys/fs/cgroup/{name}": text.encode() for name, text in files.items()}
    assert walls.counted(seen.get) == walls.Counted(version, kills=2, held=1024, processes=7, refused=4)


def test_where_nothing_is_known_nothing_is_said(walls: ModuleType) -> None:
    assert walls.counted({}.get) is None
