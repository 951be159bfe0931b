"""What is packed of a service that works meanwhile is of one moment, and the service goes on afterwards."""

from __future__ import annotations

import io
import tarfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from docker.errors import APIError

from kikori import host
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.prove.scene import proof_scene
from kikori.submission import unpack
from kikori.submission.pack import pack

pytestmark = pytest.mark.docker

# As a database does: what one file says has to be in the other.
WORK = "while :; do echo x >> /srv/one; echo x >> /srv/two; done"


def test_files_of_a_working_service_belong_together(tmp_path: Path) -> None:
    host.ready()
    with proof_scene(Catalog().lab("first-look"), 7) as stage:
        stage.reset()
        web = stage.project.container("web")
        web.exec_run(["sh", "-c", WORK], user="root", detach=True)
        packed = unpack(pack(stage.store, stage.project, tmp_path))
        with tarfile.open(fileobj=io.BytesIO(packed.services["web"].files)) as files:
            size = {member.name: member.size for member in files}
        assert size["srv/one"] > 0
        assert size["srv/one"] - size["srv/two"] in (0, 2)
        web.reload()
        assert web.status == "running"
        assert stage.grade().passed


def test_freezing_ends_where_packing_fails(tmp_path: Path) -> None:
    host.ready()
    with proof_scene(Catalog().lab("first-look"), 7) as stage:
        stage.reset()
        seen = []
        with suppress(ZeroDivisionError), stage.project.frozen():
            seen.append(stage.project.container("web").status)
            _ = 1 / 0
        assert seen == ["paused"]
        assert stage.project.container("web").status == "running"


def test_a_service_in_which_programs_begin_all_the_time_is_held_still_too() -> None:
    host.ready()
    with proof_scene(Catalog().lab("first-look"), 7) as stage, ThreadPoolExecutor() as pool:
        stage.reset()
        web, ended = stage.project.container("web"), threading.Event()

        def begin() -> None:  # as health checks do; the kernel does not freeze all of them at once
            while not ended.is_set():
                with suppress(APIError):
                    web.exec_run(["sh", "-c", "(:) & (:) & (:) & wait"])

        seen = []
        try:
            for _ in range(3):
                pool.submit(begin)
            for _ in range(20):
                with stage.project.frozen():
                    seen.append(stage.project.container("web").status)
        finally:
            ended.set()
        assert set(seen) == {"paused"}


def test_services_that_a_killed_command_left_held_go_on_with_a_resume() -> None:
    host.ready()
    with proof_scene(Catalog().lab("first-look"), 7) as stage:
        stage.reset()
        stage.project.container("web").pause()
        stage.project.resume(Silent())
        assert stage.project.container("web").status == "running"
        assert stage.grade().passed
