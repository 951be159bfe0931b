"""A learner's way from start to a verified submission, typed as a learner types it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kikori import paths
from terminal_user import EXPLANATION, FIX, LOST_ON_RESTART, Kikori, to_fixed

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]


def test_from_start_to_verified(kikori: Kikori, own_places: Path) -> None:
    started = kikori("start", "first-look")
    assert "# The timetable is gone" in started.stdout
    assert "Next: ./kikori break" in started.stdout
    assert kikori("break", "--fault", "missing-page").returncode == 0

    failed = kikori("check")
    assert failed.returncode == 1
    assert "✗ A user who asks for the timetable gets an answer." in failed.stderr
    assert "status 403" in failed.stderr
    assert ".bak" not in failed.stderr, "a reason must not give the answer"

    assert ".index.html.bak" in kikori("shell", "--", "ls", "-a", "/srv/www").stdout
    assert "nginx.conf\n/srv" in kikori("shell", "--", "cd /etc/nginx; ls nginx.conf; cd /srv; pwd").stdout
    assert "Hint 1 of 3" in kikori("hint").stdout
    kikori("shell", "--", "sh", "-c", FIX)
    passed = kikori("check")
    assert passed.returncode == 0
    assert "also after a restart of every service" in passed.stdout

    assert "kikori explain" in kikori("submit").stderr, "an explanation is part of the work"
    assert kikori("explain", "--file", "-", stdin=EXPLANATION).returncode == 0
    assert "The page was renamed" in kikori("debrief").stdout
    assert kikori("submit", "--to", str(own_places)).returncode == 0
    assert "never submitted" not in kikori("stop").stdout

    reviewed = kikori("review", str(own_places))
    assert reviewed.returncode == 0, reviewed.stderr
    (row,) = json.loads((own_places / "review.json").read_text())
    assert (row["verdict"], row["explanation"], row["hints"]) == ("verified", "accepted", 1)
    assert f"All {row['passed']} checks passed" in passed.stdout
    assert row["minutes"] is not None
    with (own_places / "review.csv").open(encoding="utf-8-sig") as file:
        assert [line["verdict"] for line in csv.DictReader(file)] == ["verified"]


def test_a_trap_fails_with_a_reason_that_teaches(kikori: Kikori) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "closed-page")
    kikori("shell", "--", "chmod", "777", "/srv/www/index.html")
    seen = kikori("check")
    assert seen.returncode == 1
    assert "than its owner may now write to /srv/www/index.html" in seen.stderr


def test_what_was_mended_and_is_stopped_without_a_submission_is_told(kikori: Kikori) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "missing-page")
    kikori("shell", "--", "sh", "-c", FIX)
    assert kikori("check").returncode == 0
    assert "never submitted" in kikori("stop").stdout


def test_the_task_comes_in_japanese(kikori: Kikori) -> None:
    assert "時刻表" in kikori("start", "first-look", "--lang", "ja").stdout
    kikori("break", "--fault", "missing-page")
    assert "ステータスコード" in kikori("hint", "--lang", "ja").stdout
    assert "応答が返る" in kikori("check", "--lang", "ja").stderr


def test_a_mend_that_dies_on_a_restart_is_none(kikori: Kikori) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "half-edit")
    kikori("shell", "--", "sh", "-c", LOST_ON_RESTART)
    quick = kikori("check", "--quick", "--json")
    assert json.loads(quick.stdout)["passed"], quick.stdout
    assert json.loads(kikori("status", "--json").stdout)["attempts"][0]["stage"] == "broken", "quick proves no mend"
    seen = kikori("check")
    assert seen.returncode == 1
    assert "they no longer all do" in seen.stdout


def test_nothing_counts_before_the_break(kikori: Kikori) -> None:
    kikori("start", "first-look")
    assert "Next: ./kikori break" in kikori("check").stdout
    assert kikori("explain", "--file", "-", stdin=EXPLANATION).returncode == 2
    assert kikori("submit").returncode == 2
    assert kikori("debrief").returncode == 2
    assert kikori("hint").returncode == 2


def test_the_graders_run_as_plain_pytest_too(kikori: Kikori) -> None:
    kikori("start", "first-look")
    argv = [sys.executable, "-m", "pytest", "-q", "-k", "answer or root", "-p", "no:cacheprovider"]
    done = subprocess.run(argv, cwd=paths.ROOT / "graders/first-look", capture_output=True, text=True, check=False)
    assert re.search(r"^2 passed, \d+ deselected", done.stdout, re.MULTILINE), done.stdout


def test_reset_gives_the_healthy_scene_back(kikori: Kikori) -> None:
    to_fixed(kikori)
    assert kikori("reset").returncode == 0
    assert json.loads(kikori("status", "--json").stdout)["attempts"][0]["stage"] == "healthy"
    assert kikori("check", "--quick").returncode == 0
    assert kikori("submit").returncode == 2, "what was fixed before a reset is not fixed now"
