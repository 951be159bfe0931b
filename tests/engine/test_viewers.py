"""Grafana and Jaeger beside a scene: pinned, on loopback, and gone with it.

Their own images can't be had everywhere, so the lab's receiver of traces, which is a real one, stands in for both.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Project, Silent, viewers
from kikori.engine.cleanup import leftovers, sweep_viewers
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.grading import eventually
from kikori.model import Attempt, Stage
from said_in import said_in

FILE = paths.ROOT / "labs/_viewers/compose.yaml"
PINNED = re.compile(r"^\$\{KIKORI_[A-Z]+:-[a-z]+/[a-z-]+:\d+\.\d+\.\d+\}$")
TRACES = """
  traces:
    image: kikori/hours-traces
    build: images/traces
    environment: { TRACES_ALSO: "http://jaeger:4318/v1/traces" }
    networks: [house]
"""
SENT = """
import urllib.request
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
message = ExportTraceServiceRequest()
span = message.resource_spans.add().scope_spans.add().spans.add()
span.trace_id, span.span_id, span.name = bytes.fromhex("ab" * 16), bytes.fromhex("cd" * 8), "tea"
asked = urllib.request.Request("http://127.0.0.1:4318/v1/traces", message.SerializeToString())
urllib.request.urlopen(asked)
"""
ASKED = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:4318/api/traces/%s').read())" % ("ab" * 16)


def test_every_viewer_is_pinned_limited_and_on_loopback() -> None:
    services = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    assert services.keys() == viewers.SEES.keys()
    for service in services.values():
        assert PINNED.match(service["image"])
        assert all(port.startswith("127.0.0.1::") for port in service["ports"])
        assert {"mem_limit", "cpus", "pids_limit"} <= service.keys()
        assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An attempt at a lab with traces."""
    host.ready()
    shutil.copytree(paths.ROOT / "labs/_models/build/lab", tmp_path / "labs/hours")
    shutil.copytree(paths.ROOT / "labs/_models/build/grader", tmp_path / "graders/hours")
    for name in ("python", "traces"):
        shutil.copytree(paths.ROOT / f"labs/_images/{name}", tmp_path / f"labs/_images/{name}")
    shutil.copytree(FILE.parent, tmp_path / "labs/_viewers")
    folder = tmp_path / "labs/hours"
    (folder / "images/traces").mkdir(parents=True)
    (folder / "images/traces/Dockerfile").write_text("FROM kikori/traces\n")
    compose = (folder / "compose.yaml").read_text()
    (folder / "compose.yaml").write_text(compose.replace("services:", f"services:{TRACES}", 1))
    lab = Catalog([tmp_path]).lab("hours")
    assert lab.workspace
    workspace = shutil.copytree(lab.workspace, tmp_path / "workspace")
    made = Attempt(
        id=f"hours-{secrets.token_hex(3)}",  # two of these run side by side
        lab="hours",
        learner="ada",
        seed=1,
        params=lab.params_of("ada", 1),
        stage=Stage.HEALTHY,
        workspace=str(workspace),
    )
    project = Project(lab, made, tmp_path / "project")
    try:
        yield project
    finally:
        project.down()


@pytest.mark.docker
def test_viewers_see_what_the_scene_sends_and_go_with_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in viewers.IMAGES:
        monkeypatch.setenv(name, "kikori/hours-traces")
    project.up()
    (jaeger,) = viewers.show(project, Silent())
    assert (jaeger.name, jaeger.state) == ("jaeger", "running")
    assert jaeger.addresses[0].startswith("127.0.0.1:")
    beside = viewers.name_of(project)
    assert leftovers(beside) == [f"container {beside}-jaeger-1"]
    seen = eventually(lambda: _sent_and_asked(project, beside), lambda said: "tea" in said, within=60)
    assert "tea" in seen
    sweep_viewers(project.attempt.project)
    assert leftovers(beside) == []
    viewers.show(project, Silent())
    project.down()
    assert leftovers(beside) == leftovers(project.attempt.project) == []


def _sent_and_asked(project: Project, beside: str) -> str:
    """Send a span, and ask for it: what comes before the viewer listens is not kept for it."""
    from kikori.engine.client import client

    assert project.container("traces").exec_run(["python3", "-c", SENT]).exit_code == 0
    return said_in(client().containers.get(f"{beside}-jaeger-1"), "python3", "-c", ASKED)


@pytest.mark.docker
def test_without_their_images_one_is_told_that_nothing_is_lost(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIKORI_JAEGER", "kikori/there-is-no-such-image:1.0.0")
    project.up()
    with pytest.raises(EnvironmentProblem, match="nothing that is graded needs them"):
        viewers.show(project, Silent())


def test_a_lab_without_metrics_and_traces_has_nothing_to_look_at(tmp_path: Path) -> None:
    lab = Catalog().lab("first-look")
    attempt = Attempt(id="first-look-00000b", lab=lab.id, learner="ada", seed=1, params={}, stage=Stage.HEALTHY)
    with pytest.raises(KikoriError, match="first-look has neither Prometheus nor traces"):
        viewers.show(Project(lab, attempt, tmp_path), Silent())
