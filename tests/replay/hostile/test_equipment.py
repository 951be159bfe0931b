"""What a submission holds of the lab's own equipment is shown to a person, and laid nowhere."""

from __future__ import annotations

import pytest

from kikori import host
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.engine.inspection.filesystem_diff import EndState, file_of
from kikori.replay.case import Case
from kikori.replay.rebuild import rebuilt
from kikori.replay.versions import version_of
from kikori.submission import Submission
from kikori.submission.format import FORMAT, Manifest, content_of

from .parts import entry

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("half-open")]

LIE = b"print('all is well')\n"


def test_files_of_equipment_stay_as_the_lab_has_them() -> None:
    host.ready()
    lab = Catalog().lab("half-open")
    assert "yard" in lab.about.equipment
    places = {"yard": "/srv/far/yard.py", "desk": "/srv/desk/yard.py"}
    states = {
        name: EndState(present=("/srv", at.rpartition("/")[0], at), gone=(), files=entry(at[1:], LIE))
        for name, at in places.items()
    }
    manifest = Manifest(
        format=FORMAT, lab=lab.id, content=content_of(lab), learner="ada", seed=1, fault="never-closed",
        attempt="half-open-1", created=0, kikori="0",
    )  # fmt: skip
    submission = Submission(
        manifest=manifest, events=(), trail=(), reports=(), explanation="", services=states, volumes={}, workspace=None
    )
    with rebuilt(Case(version_of(lab, manifest.content), submission), Silent()) as scene:
        found = {name: file_of(scene.project.container(name), at, 2**20) for name, at in places.items()}
        shown = {change.service for change in scene.changes}
    assert found["desk"] == LIE
    assert found["yard"] not in (LIE, None)
    assert shown == {"yard", "desk"}
