"""Mutants tried on Docker: what is refused, what passes, and how the command ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.prove.mutation import results
from terminal_user import LOST_ON_RESTART, Kikori

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look")]

FIX = "closed-page/readable-by-the-group"
WIDER, WRITABLE = f"{FIX}/line-3-mode-640-to-644", f"{FIX}/line-3-mode-640-to-666"
GUARD = "assert not loose, reason("


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """Copy first-look without the author's marks."""
    root = tmp_path / "content"
    shutil.copytree(paths.ROOT / "labs/first-look", root / "labs/mini")
    shutil.copytree(paths.ROOT / "labs/_images/server", root / "labs/_images/server")
    shutil.copytree(paths.ROOT / "graders/first-look", root / "graders/mini")
    (root / "graders/mini/mutants.toml").unlink(missing_ok=True)
    return root


def test_a_mutant_is_refused_until_the_check_that_refuses_it_is_spoiled_and_a_mark_closes_the_hole(
    kikori: Kikori, mini: Path
) -> None:
    words = ("lab", "mutate", "mini", "--only", WRITABLE, "--seed", "1", "--content", str(mini))
    refused = kikori(*words, "--json")
    assert refused.returncode == 0, refused.stderr
    (one,) = json.loads(refused.stdout)["outcomes"]
    assert (one["state"], one["killer"]) == ("killed", "test_page_is_not_open_to_writers is failed")

    grader = mini / "graders/mini/test_timetable.py"
    text = grader.read_text()
    assert GUARD in text
    grader.write_text(
        text.replace(GUARD, "assert True, reason(").replace("assert not handed, reason(", "assert True, reason(")
    )
    hole = kikori(*words)
    assert hole.returncode == 1, hole.stderr
    assert f"{WRITABLE} passes\n    -chmod 640 /srv/www/index.html\n    +chmod 666 /srv/www/index.html\n" in hole.stdout
    again = f"./kikori lab mutate mini --only {WRITABLE} --seed 1 --content {mini}"
    assert f"    → {again}\n" in hole.stdout

    (mini / "graders/mini/mutants.toml").write_text(f'[equal]\n"{WRITABLE}" = "Nobody else is on the server."\n')
    marked = kikori(*words, "--json")
    assert marked.returncode == 0, marked.stderr
    (count,) = json.loads(marked.stdout)["faults"]
    assert count == {"fault": "closed-page", "tried": 1, "killed": 0, "marked": 1, "survived": 0}


def test_a_mutant_that_passes_until_a_restart_is_refused(kikori: Kikori, mini: Path) -> None:
    (mini / "labs/mini/faults/half-edit/fixes/end-the-line.sh").write_text(
        f"#!/bin/sh\n{LOST_ON_RESTART}\nsed -i 's|/dev/shm/www;|/srv/www;|' /etc/nginx/conf.d/timetable.conf\n"
    )
    said = kikori("lab", "mutate", "mini", "--only", "half-edit/end-the-line/line-5-left-out", "--content", str(mini))
    assert said.returncode == 0, said.stderr
    assert "line-5-left-out  after a restart of every service, test_answer is failed" in said.stderr


def test_a_mark_on_no_mutant_ends_the_command_by_its_name(kikori: Kikori, mini: Path) -> None:
    (mini / "graders/mini/mutants.toml").write_text(f'[equal]\n"{WIDER}4" = "The page is public."\n')
    said = kikori("lab", "mutate", "mini", "--content", str(mini))
    assert said.returncode == 4
    assert f"{WIDER}4: there is no such mutant" in said.stderr
    assert f"Did you mean '{WIDER}'?" in said.stderr


def test_mutants_that_share_a_scene_are_each_refused_and_recorded(kikori: Kikori, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(paths.ROOT / "labs/_models/build/lab", root / "labs/mini")
    shutil.copytree(paths.ROOT / "labs/_models/build/grader", root / "graders/mini")
    shutil.copytree(paths.ROOT / "labs/_images", root / "labs/_images")
    said = kikori("lab", "mutate", "mini", "--content", str(root), "--json", "--record")
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout)
    assert told["faults"] == [{"fault": "unfinished", "tried": 5, "killed": 5, "marked": 0, "survived": 0}]
    killers = {one["id"]: one["killer"] for one in told["outcomes"]}
    assert killers["compare/hours.py/line-14-lt-to-le"] == "test_closed_in_the_evening is failed"
    assert told["recorded"] == str(root / "proofs/mutants/mini.toml")
    row = results.read(Catalog([root]).lab("mini"))
    assert row
    assert (row.tried, row.killed, row.passed) == (5, 5, ())
