"""What a setter says of a fault is read from options and files, each judged by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kikori.errors import KikoriError
from kikori.fault_file import Script
from kikori.fault_file.format import MOST_SCRIPT
from kikori.learner.session import Session
from kikori.model import Attempt
from kikori.premortem.told import told_of


@pytest.fixture
def said(root: Path, tmp_path: Path, attempt_at: Callable[..., Attempt]) -> dict[str, Any]:
    attempt_at("mini")
    fix = tmp_path / "fix.sh"
    fix.write_text("#!/bin/sh\n# service: web\n# then: restart\nchmod 644 /srv/www/index.html\n")
    return {
        "symptom": " The page says 403. ",
        "cause": "Nobody may read it.",
        "component": "web",
        "diagnosis": "",
        "fix": fix,
        "script": None,
        "left_out": (),
    }


def test_a_script_says_where_it_runs(said: dict[str, Any]) -> None:
    told = told_of(Session(), **said)
    assert told.symptom == "The page says 403."
    assert told.solution.fix == Script(service="web", text=said["fix"].read_text(), restart=True)


def test_a_script_that_says_nothing_runs_where_the_shell_opens(said: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "also.sh").write_text("kill -STOP 1\n")
    told = told_of(Session(), **{**said, "script": tmp_path / "also.sh"})
    assert told.script == Script(service="web", text="kill -STOP 1\n")


def test_a_diff_is_a_patch_of_the_workspace(said: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "fix.diff").write_text("--- a/x\n+++ b/x\n")
    solution = told_of(Session(), **{**said, "fix": tmp_path / "fix.diff"}).solution
    assert (solution.fix, solution.patch) == (None, "--- a/x\n+++ b/x\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"symptom": " "}, "--symptom: a text of 1 to 1000"),
        ({"cause": "x" * 2001}, "--cause: a text of 1 to 2000"),
        ({"diagnosis": "gremlins"}, "'gremlins' is no name of a cause"),
        ({"fix": Path("/nowhere/fix.sh")}, "No such file"),
        ({"script": Path("/")}, "Is a directory"),
    ],
)
def test_what_is_refused(said: dict[str, Any], change: dict[str, Any], message: str) -> None:
    with pytest.raises(KikoriError) as caught:
        told_of(Session(), **said | change)
    assert message in caught.value.message


@pytest.mark.parametrize("data", [b"", b" \n", b"\xff\xfe", b"true\0", b"a" * (MOST_SCRIPT + 1)])
def test_what_is_no_script(said: dict[str, Any], data: bytes) -> None:
    said["fix"].write_bytes(data)
    with pytest.raises(KikoriError, match="no text of 1 to 96 KiB"):
        told_of(Session(), **said)


@pytest.mark.parametrize("place", ["workspace", "engine"])
def test_no_script_runs_on_a_computer(said: dict[str, Any], place: str) -> None:
    said["fix"].write_text(f"# service: {place}\ntrue\n")
    with pytest.raises(KikoriError, match="it runs on this computer") as caught:
        told_of(Session(), **said)
    assert "git diff -R" in caught.value.hint


def test_where_a_script_runs_is_a_service(said: dict[str, Any]) -> None:
    said["fix"].write_text("# service: --privileged\ntrue\n")
    with pytest.raises(KikoriError, match=r"fix\.sh: .*service"):
        told_of(Session(), **said)
