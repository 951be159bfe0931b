"""What a computer has to share, as a docker command of ours tells it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from kikori.sizing.computer import computer, pools


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder: what ``docker info`` and ``docker network`` print is in the files of these names."""
    program = tmp_path / "bin/docker"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncat "{tmp_path}/$1"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "network").write_text("bridge\n", encoding="utf-8")
    return tmp_path


def test_a_computer_is_that_of_the_engine(docker: Path) -> None:
    about = {"NCPU": 6, "MemTotal": 8 * 2**30, "DockerRootDir": str(docker), "DefaultAddressPools": None}
    (docker / "info").write_text(json.dumps(about), encoding="utf-8")
    seen = computer()
    assert (seen.processors, seen.memory, seen.networks) == (6, 8192, 30)
    assert abs(seen.disk - shutil.disk_usage(docker).free // 10**6) < 1000


def test_networks_of_others_are_taken_and_ours_are_not(docker: Path) -> None:
    (docker / "info").write_text("{}", encoding="utf-8")
    (docker / "network").write_text("bridge\nwork_default\nkikori-first-look-1f2e3d_village\n", encoding="utf-8")
    assert computer().networks == 29


def test_where_nothing_answers_it_is_this_computer(docker: Path) -> None:
    (docker / "network").unlink()  # and there is no info: both fail
    seen = computer()
    assert (seen.processors, seen.networks) == (os.cpu_count(), 30)
    assert seen.memory == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


@pytest.mark.parametrize(
    ("configured", "count"),
    [
        ([{"Base": "10.201.0.0/16", "Size": 26}], 1024),
        ([{"Base": "172.80.0.0/16", "Size": 24}, {"Base": "172.90.0.0/16", "Size": 20}], 272),
    ],
)
def test_address_pools_that_somebody_chose_are_counted(configured: object, count: int) -> None:
    assert pools(configured) == count
