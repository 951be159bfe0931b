"""Detect, locate, cause, mitigate: what a learner says before the debrief counts, also without a fix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from terminal_user import Kikori, to_fixed

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]


def reviewed(kikori: Kikori, folder: Path) -> dict[str, object]:
    kikori("review", str(folder))
    (row,) = json.loads((folder / "review.json").read_text())
    return row


def test_the_right_words_are_told_without_a_mend(kikori: Kikori, own_places: Path) -> None:
    kikori("start", "first-look")
    assert kikori("diagnose").returncode == 2, "nothing is broken yet"
    kikori("break", "--fault", "closed-page")
    listed = kikori("diagnose").stdout
    assert all(name in listed for name in ("no-permission", "descriptor-leak", "certificate-expired", "nothing"))
    assert "closed-page" not in listed
    found = json.loads(kikori("diagnose", "--search", "user", "--json").stdout)["causes"]
    assert found["no-permission"] == "The service's user may not read or write a file"
    assert "descriptor-leak" not in found
    assert "No cause has 'nginx'" in kikori("diagnose", "--search", "nginx").stderr
    assert kikori("diagnose", "--component", "wub").returncode == 2
    assert "Did you mean 'no-permission'?" in kikori("diagnose", "--cause", "no-permision").stderr
    said = kikori("diagnose", "--component", "web", "--cause", "no-permission")
    assert (said.returncode, "descriptor-leak" in said.stdout) == (0, False), "the list again, after a choice"
    assert kikori("submit", "--to", str(own_places)).returncode == 2
    assert kikori("submit", "--unfinished", "--to", str(own_places)).returncode == 0
    row = reviewed(kikori, own_places)
    assert (row["verdict"], row["steps"], row["said"]) == ("not verified", [], ["detect", "locate", "cause"])


def test_a_wrong_cause_leaves_the_other_steps(kikori: Kikori, own_places: Path) -> None:
    to_fixed(kikori)
    kikori("diagnose", "--component", "web", "--cause", "configuration-invalid")
    kikori("submit", "--unfinished", "--to", str(own_places))
    row = reviewed(kikori, own_places)
    assert (row["verdict"], row["steps"], row["said"]) == ("verified", ["detect", "mitigate"], ["detect", "locate"])


def test_what_is_said_after_the_debrief_does_not_count(kikori: Kikori, own_places: Path) -> None:
    to_fixed(kikori)
    assert "waits until your explanation is accepted" in kikori("debrief").stderr
    assert kikori("debrief", "--give-up").returncode == 0
    assert "debrief has told" in kikori("diagnose", "--cause", "file-missing").stderr
    told = "---\ncomponent: web\ncause: file-missing\n---\n"
    kikori("explain", "--file", "-", stdin=told)
    kikori("submit", "--unfinished", "--to", str(own_places))
    row = reviewed(kikori, own_places)
    assert (row["steps"], row["said"]) == (["detect", "mitigate"], [])


def test_the_template_carries_the_diagnosis_on(kikori: Kikori) -> None:
    to_fixed(kikori)
    kikori("diagnose", "--component", "web", "--cause", "file-missing")
    told = kikori("explain").stderr  # without a terminal it says which file to fill in
    file = Path(told.split("Fill in ")[1].split("explanation.md")[0] + "explanation.md")
    assert file.read_text().startswith("---\ncomponent: web\ncause: file-missing\n---\n")


def test_a_cause_in_own_words_is_kept_for_a_person(kikori: Kikori, own_places: Path) -> None:
    to_fixed(kikori)
    words = "nobody but root may read the page"
    assert kikori("diagnose", "--component", "web", "--cause", words).returncode == 0
    told = kikori("debrief", "--give-up").stdout
    assert "You said that it was in `web`: right." in told.replace("**", "")
    assert f"your instructor judges: `{words}`" in told
    kikori("submit", "--unfinished", "--to", str(own_places))
    row = reviewed(kikori, own_places)
    assert row["said"] == ["detect", "locate"]
