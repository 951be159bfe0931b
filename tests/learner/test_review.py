"""Reviews on real Docker: only the replay counts, and no submission harms the others or the machine."""

from __future__ import annotations

import importlib
import json
import os
import zipfile
from pathlib import Path

import msgspec
import pytest

from kikori.attempts import Store
from kikori.content import Catalog
from kikori.engine import Project
from kikori.engine.cleanup import projects
from kikori.engine.client import client
from kikori.engine.inspection.filesystem_diff import EndState, capture, lay_on, listed, take_away
from kikori.model import Stage
from kikori.submission import pack, unpack
from said_in import said_in
from terminal_user import EXPLANATION, Kikori, to_explained

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]


def rewritten(source: Path, target: Path, **changed: str) -> None:
    """The same submission with some members replaced (a dot in a name is written as two underscores)."""
    new = {name.replace("__", "."): text for name, text in changed.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as file:
        for name in old.namelist():
            file.writestr(name, new.get(name, old.read(name)))


def rows(kikori: Kikori, folder: Path) -> dict[str, dict[str, object]]:
    kikori("review", str(folder))
    return {row["file"]: row for row in json.loads((folder / "review.json").read_text())}


def submitted(kikori: Kikori, folder: Path) -> Path:
    to_explained(kikori)
    assert kikori("submit", "--to", str(folder)).returncode == 0
    (file,) = folder.glob("*.kikori")
    return file


def test_an_edited_report_does_not_help(kikori: Kikori, own_places: Path) -> None:
    folder = own_places / "handed-in"
    folder.mkdir()
    kikori("start", "first-look")
    kikori("break", "--fault", "missing-page")
    kikori("shell", "--", "touch", "/srv/www/other.html")
    kikori("check")
    (attempt,) = Store().running()
    lab = Catalog().lab("first-look")
    file = pack(Store(), Project(lab, attempt, Store().folder(attempt.id)), folder)
    with zipfile.ZipFile(file) as archive:
        reports = archive.read("reports.jsonl").decode()
    forged = reports.replace('"failed"', '"passed"').replace('"blocked"', '"passed"')
    assert forged != reports
    rewritten(file, folder / "forged.kikori", reports__jsonl=forged, explanation__md=EXPLANATION)
    row = rows(kikori, folder)["forged.kikori"]
    assert row["verdict"] == "not verified"
    assert "gets an answer" in str(row["reason"])


def test_a_fresh_container_is_no_mended_one(kikori: Kikori, own_places: Path) -> None:
    """Every check passes on a container that was made anew: its files do not know the fault that they claim to fix."""
    kikori("start", "first-look")
    (attempt,) = Store().running()
    claimed = msgspec.structs.replace(attempt, fault="half-edit", stage=Stage.BROKEN)
    pack(Store(), Project(Catalog().lab("first-look"), claimed, Store().folder(attempt.id)), own_places)
    (file,) = own_places.glob("*.kikori")
    folder = own_places / "handed-in"
    folder.mkdir()
    rewritten(file, folder / "fresh.kikori", explanation__md=EXPLANATION)
    row = rows(kikori, folder)["fresh.kikori"]
    assert row["verdict"] == "not verified"
    assert "never had this fault: no /etc/nginx" in str(row["reason"])


def test_bad_files_do_not_stop_the_others(kikori: Kikori, own_places: Path) -> None:
    folder = own_places / "handed-in"
    folder.mkdir()
    good = submitted(kikori, folder)
    (folder / "a-truncated.kikori").write_bytes(good.read_bytes()[:900])
    (folder / "b-text.kikori").write_text("not a zip")
    manifest = json.loads(zipfile.ZipFile(good).read("manifest.json"))
    rewritten(good, folder / "c-unknown-lab.kikori", manifest__json=json.dumps(manifest | {"lab": "first-luck"}))
    rewritten(good, folder / "d-version.kikori", manifest__json=json.dumps(manifest | {"format": 9}))
    rewritten(good, folder / "e-fault.kikori", manifest__json=json.dumps(manifest | {"fault": "no-such"}))
    with zipfile.ZipFile(folder / "f-climbs.kikori", "w") as file:
        file.writestr("../climbs", "x")
    found = rows(kikori, folder)
    assert {name: row["verdict"] for name, row in found.items()} == {
        good.name: "verified",
        "a-truncated.kikori": "could not verify",
        "b-text.kikori": "could not verify",
        "c-unknown-lab.kikori": "could not verify",
        "d-version.kikori": "could not verify",
        "e-fault.kikori": "could not verify",
        "f-climbs.kikori": "could not verify",
    }
    assert "format 9" in str(found["d-version.kikori"]["reason"])
    assert not (own_places / "climbs").exists()
    assert not [name for name in projects("kikori-replay-") if not Path(f"/proc/{name.split('-')[3]}").exists()]


def test_a_replay_has_no_way_out(kikori: Kikori, own_places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("kikori.replay.rebuild")
    file = submitted(kikori, own_places)
    seen: list[int] = []
    real = module.grade

    def watched(lab: object, attempt_file: Path, **options: object) -> object:
        (project,) = [name for name in projects("kikori-replay-") if f"-{os.getpid()}-" in name]
        (web,) = client().containers.list(filters={"label": f"com.docker.compose.project={project}"})
        code, _ = web.exec_run(["curl", "-sm", "2", "http://172.17.0.1:1/"])
        routes = said_in(web, "ip", "route")
        assert routes
        assert "default" not in routes
        assert not web.ports or not any(web.ports.values())
        seen.append(code)
        return real(lab, attempt_file, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "grade", watched)
    assert module.replay(Catalog().lab("first-look"), unpack(file)).passed
    assert seen == [7], "curl's code for: could not connect"


def test_files_come_back_with_owner_mode_link_and_deletion(kikori: Kikori) -> None:
    kikori("start", "first-look")
    (attempt,) = Store().running()
    web = Project(Catalog().lab("first-look"), attempt, Store().folder(attempt.id)).container("web")
    script = (
        "mkdir -m 0711 /srv/made; echo x > /srv/made/f; chown 33:44 /srv/made/f; chmod 4640 /srv/made/f; "
        "ln -s /nowhere /srv/link; rm /etc/issue; mkfifo /srv/pipe; printf 'n' > '/srv/with space'; "
        "chmod 0750 /srv/www; touch /usr/local/lib/made; rm /usr/local/lib/made"
    )
    assert web.exec_run(["sh", "-c", script]).exit_code == 0
    state: EndState = capture(web)
    assert "/etc/issue" in state.gone
    kikori("reset")
    (attempt,) = Store().running()
    web = Project(Catalog().lab("first-look"), attempt, Store().folder(attempt.id)).container("web")
    web.exec_run(["touch", "/srv/stranger", "/usr/local/lib/stranger"])
    take_away(web, state, listed(web))
    lay_on(web, state)
    look = "stat -c '%a %u %g %n' /srv/made /srv/made/f /srv/www; readlink /srv/link; "
    look += "ls /etc/issue /srv/stranger /usr/local/lib/stranger /srv/pipe; ls -d /srv/* /usr/local/lib"
    seen = said_in(web, "sh", "-c", look)
    assert "711 0 0 /srv/made\n4640 33 44 /srv/made/f\n750 0 0 /srv/www\n/nowhere\n" in seen
    for gone in ("/etc/issue", "/srv/stranger", "/usr/local/lib/stranger", "/srv/pipe"):
        assert f"cannot access '{gone}'" in seen
    assert "with space" in seen
    assert "\n/usr/local/lib\n" in seen, "what it lacks was taken away with the folder of the image that it lay in"
