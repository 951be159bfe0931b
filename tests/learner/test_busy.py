"""A check on a computer that other programs keep busy."""

from __future__ import annotations

import os
import subprocess
import time

import pytest

from crowd import crowded
from kikori.attempts import Store
from kikori.content import Catalog
from kikori.engine import Project
from kikori.engine.inspection.cgroups import running
from kikori.errors import Exit
from kikori.grading.host_load import Load
from terminal_user import Kikori

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look")]


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_CROWD", "3")


def test_a_learner_is_told_and_loses_nothing(kikori: Kikori) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "closed-page")
    with crowded(6):
        done = kikori("check")
    assert done.returncode == Exit.ENVIRONMENT, done.stderr
    assert "too busy to say" in done.stderr
    assert "Nothing is decided" in done.stdout
    assert done.stdout.rstrip().endswith("kikori check")
    assert "broken" in kikori("status").stdout


def test_what_the_lab_itself_keeps_busy_is_no_crowd(kikori: Kikori) -> None:
    kikori("start", "first-look")
    (attempt,) = Store().running()
    web = Project(Catalog().lab("first-look"), attempt, Store().folder(attempt.id)).container("web")
    unbound = ["docker", "update", f"--cpus={os.cpu_count()}", str(web.id)]  # what waits for its quota waits in no line
    subprocess.run(unbound, check=True, capture_output=True)
    web.exec_run(["sh", "-c", "for n in $(seq 30); do (while :; do :; done) & done; wait"], detach=True)
    with Load([]).watched() as all_, Load([str(web.id)]).watched() as others:
        time.sleep(3)
    assert others.waiting < all_.waiting - 15
    assert running([]) == 0
