"""An incident on a running scene: what the lab's services wrote down is in timeline and submission."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kikori.submission import unpack
from terminal_user import FIX, Kikori

from .conftest import Lab

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look")]

RECORD = "/var/tmp/pager.jsonl"  # noqa: S108  # in a container
RINGS = f"""printf '{{"at": %s, "en": "page: no timetable", "ja": "呼び出し"}}\\n' "$(date +%s)" >> {RECORD}"""


@pytest.fixture
def ringing(kikori: Kikori, lab: Lab) -> None:
    """A lab of one's own in which something is broken, and whose service keeps a pager's record."""

    def name_record(folder: Path) -> None:
        toml = folder / "lab.toml"
        source = f'\n[[events]]\nservice = "web"\npath = "{RECORD}"\nkind = "pager"\n'
        toml.write_text(toml.read_text(encoding="utf-8") + source, encoding="utf-8")

    lab("rings", name_record)
    assert kikori("start", "rings").returncode == 0
    assert kikori("break", "--fault", "missing-page").returncode == 0


def entries(kikori: Kikori) -> list[tuple[str, str]]:
    found = json.loads(kikori("incident", "timeline", "--json").stdout)
    assert found["told"] == []
    return [(one["source"], one["what"]) for one in found["entries"]]


@pytest.mark.usefixtures("ringing")
def test_pagers_record_is_in_the_timeline_and_in_the_submission(kikori: Kikori, own_places: Path) -> None:
    untold = kikori("incident", "timeline").stdout
    assert f"{RECORD} of web is not shown: there is no such file" in untold
    assert kikori("shell", "--", "sh", "-c", RINGS).returncode == 0
    assert kikori("incident", "declare", "--severity", "2", "no timetable").returncode == 0
    assert kikori("shell", "--", "sh", "-c", FIX).returncode == 0
    assert kikori("check").returncode == 0
    told = entries(kikori)
    assert told[0] == ("machine", "broke")
    assert {("pager", "pager"), ("responder", "declared"), ("machine", "mended")} <= {*told}
    assert told.index(("responder", "declared")) < told.index(("machine", "mended"))
    assert kikori("shell", "--", "rm", RECORD).returncode == 0
    assert kikori("submit", "--unfinished", "--to", str(own_places)).returncode == 0
    (file,) = own_places.glob("*.kikori")
    assert [(one.kind.value, one.en, one.ja) for one in unpack(file).lab_events] == [
        ("pager", "page: no timetable", "呼び出し")
    ]
    kikori("review", str(own_places))
    (row,) = json.loads((own_places / "review.json").read_text(encoding="utf-8"))
    assert row["verdict"] == "verified", "what a lab wrote down decides nothing"


@pytest.mark.usefixtures("ringing")
def test_record_of_a_paused_scene_can_be_read(kikori: Kikori) -> None:
    assert kikori("shell", "--", "sh", "-c", RINGS).returncode == 0
    assert kikori("pause").returncode == 0
    assert ("pager", "pager") in entries(kikori)
    assert "→ ./kikori resume" in kikori("incident", "declare", "--severity", "1", "x").stderr
