"""Debug containers: in a service's network, out of its reach, and gone with the grading."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from kikori import host
from kikori.engine import outside
from kikori.engine.cleanup import LABEL, OF, leftovers, sweep
from kikori.engine.client import client
from kikori.engine.inspection.debug_container import DebugContainer
from kikori.engine.outside import plain_files_of
from kikori.errors import OurFault
from kikori.grading.replica import like
from kikori.learner.doctor import build_images
from kikori.learner.session import Session
from said_in import said_in

pytestmark = pytest.mark.docker

PROJECT = f"kikori-debugged-{os.getpid()}"
IMAGE = "kikori/python"
SERVES = "mkdir -p /srv/made && cd /srv/made && python3 -m http.server --bind 127.0.0.1 8000"


@pytest.fixture(scope="module")
def service() -> Iterator[Any]:
    host.ready()
    build_images(Session(), ["silent-exit"])
    found = client().containers.run(
        IMAGE, ["sh", "-c", SERVES], detach=True, labels={LABEL: PROJECT}, extra_hosts={"ferry": "192.0.2.7"}
    )
    found.reload()
    yield found
    sweep(PROJECT)
    assert leftovers(PROJECT) == []


@pytest.fixture
def debug(service: Any) -> Iterator[DebugContainer]:
    found = DebugContainer(PROJECT, f"container:{service.id}", IMAGE)
    yield found
    found.close()
    assert client().containers.list(all=True, ignore_removed=True, filters={"name": found.name}) == []


BUILT = f"FROM {IMAGE}\nLABEL com.docker.compose.project={PROJECT} com.docker.compose.service=web\n"


def test_container_of_ours_is_none_of_the_project_whose_build_made_its_image(service: Any) -> None:
    """Compose writes into an image for whom it was built first; in that attempt a helper passed for a service."""
    image, _ = client().images.build(fileobj=io.BytesIO(BUILT.encode()), rm=True)
    debug = DebugContainer(PROJECT, f"container:{service.id}", str(image.id))
    copy = client().containers.create(**like(service.attrs | {"Image": image.id}, PROJECT, {}))
    try:
        of_the_project = client().containers.list(
            all=True, ignore_removed=True, filters={"label": f"{LABEL}={PROJECT}"}
        )
        assert [one.id for one in of_the_project] == [service.id]
        beside = client().containers.list(all=True, ignore_removed=True, filters={"label": f"{OF}={PROJECT}"})
        assert {one.name for one in beside} == {debug.name, copy.name}
    finally:
        copy.remove(force=True, v=True)
        debug.close()
        client().images.remove(str(image.id), force=True)


def run(debug: DebugContainer, command: str) -> str:
    return said_in(client().containers.get(debug.name), "sh", "-c", command)


def test_it_has_the_services_loopback_and_names(debug: DebugContainer) -> None:
    page = run(debug, "for _ in $(seq 50); do curl -fsS http://127.0.0.1:8000/ && exit; sleep 0.1; done; exit 1")
    assert "Directory listing" in page
    assert run(debug, "getent ahostsv4 ferry").startswith("192.0.2.7")


def test_nobody_in_the_service_sees_it(debug: DebugContainer, service: Any) -> None:
    assert "exec cat" not in said_in(service, "ps", "-ef")
    assert debug.is_there


def test_it_may_nothing(debug: DebugContainer) -> None:
    assert run(debug, "grep CapEff /proc/self/status").split()[1].strip("0") == ""


def test_a_killed_grading_leaves_none(service: Any) -> None:
    program = (
        "import time; from kikori.engine.inspection.debug_container import DebugContainer as D; "
        f"print(D({PROJECT!r}, 'container:{service.id}', {IMAGE!r}).name, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as grading:
        assert grading.stdout
        name = grading.stdout.readline().strip()
        assert client().containers.get(name).labels[OF] == PROJECT
        grading.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while client().containers.list(all=True, ignore_removed=True, filters={"name": name}) and time.monotonic() < until:
        time.sleep(0.1)
    assert client().containers.list(all=True, ignore_removed=True, filters={"name": name}) == []


def test_an_image_that_is_not_there_is_our_fault(service: Any) -> None:
    with pytest.raises(OurFault, match="the debug container of a check did not start"):
        DebugContainer(PROJECT, f"container:{service.id}", "kikori/nothing-of-the-kind")


def test_plain_files_are_copied_in_and_nothing_else(debug: DebugContainer, service: Any) -> None:
    made = "rm -rf /etc/made; mkdir -p /etc/made/deep; cd /etc/made; echo one > plain; echo two > deep/plain; "
    made += "chmod 4755 plain; ln -s plain beside; ln -s /etc/passwd out; ln -s ../.. up; mkfifo pipe"
    assert service.exec_run(["sh", "-c", made]).exit_code == 0
    debug.copy_in(service, "/etc/made")
    found = run(debug, "cd /etc/made && find . -type f -o -type l | sort && cat plain deep/plain beside")
    assert found.split() == ["./beside", "./deep/plain", "./plain", "one", "two", "one"]
    assert run(debug, "stat -c '%a %u' /etc/made/plain").split() == ["644", "0"]


def test_what_is_too_large_is_not_copied(service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "MOST_COPIED", 4096)
    assert (
        service.exec_run(["sh", "-c", "mkdir -p /etc/large; head -c 9000 /dev/zero > /etc/large/file"]).exit_code == 0
    )
    with pytest.raises(OurFault, match="/etc/large holds more than"):
        plain_files_of(service, "/etc/large")
    with pytest.raises(OurFault, match="/etc/nothing is gone"):
        plain_files_of(service, "/etc/nothing")
