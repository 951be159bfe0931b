"""A setter's fault becomes a folder of its lab and a table of lab.toml; both, or neither."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from kikori.content import Catalog
from kikori.errors import KikoriError, OurFault
from kikori.lint import lint
from kikori.premortem import adopt as module
from kikori.premortem.adopt import adopt_fault
from terminal_user import Kikori

from .conftest import SOLUTION, WORD

pytestmark = pytest.mark.slow


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_it_is_a_fault_of_the_lab_then(root: Path, file: Path) -> None:
    adopted = adopt_fault(Catalog(), file, WORD, "closed-again")
    fault = Catalog().lab("mini").faults["closed-again"]
    assert adopted.file == str(root / "labs/mini/faults/closed-again")
    assert (fault.from_setter, fault.about.component, fault.about.diagnosis) == (False, "web", "no-permission")
    assert fault.about.cause.en == SOLUTION.cause
    assert [(one.name, one.service) for one in (*fault.breaking, *fault.fixes)] == [
        ("break", "web"),
        ("setters-own", "web"),
    ]
    assert [page.name for page in sorted(fault.folder.glob("*.md"))] == ["debrief.ja.md", "debrief.md"]
    assert not [*(root / "labs").glob(".adopt*")]


def test_lint_asks_for_what_only_an_author_can_add(root: Path, file: Path) -> None:
    before = {one.rule for one in lint(Catalog(), ["mini"]).findings}
    adopt_fault(Catalog(), file, WORD, "closed-again")
    found = [one for one in lint(Catalog(), ["mini"]).findings if one.rule not in before]
    assert {one.rule for one in found} == {"two-fixes", "two-traps", "three-rungs", "debrief-tells-its-cause"}, found


def test_the_same_file_twice_is_two_faults(root: Path, file: Path) -> None:
    adopt_fault(Catalog(), file, WORD, "closed-again")
    adopt_fault(Catalog(), file, WORD, "closed-once-more")
    assert {"closed-again", "closed-once-more"} <= Catalog().lab("mini").faults.keys()


@pytest.mark.parametrize(
    ("word", "name", "message"),
    [
        ("three green carrots", "closed-again", "does not open the solution"),
        (WORD, "closed-page", "is there already"),
        (WORD, "../closed", "no id for a fault"),
        (WORD, "Closed", "no id for a fault"),
    ],
)
def test_what_is_refused_changes_nothing(root: Path, file: Path, word: str, name: str, message: str) -> None:
    before = tree(root)
    with pytest.raises(KikoriError, match=message):
        adopt_fault(Catalog(), file, word, name)
    assert tree(root) == before


@pytest.mark.parametrize("problem", [OurFault("can't be read"), KeyboardInterrupt()])
def test_cut_short_nothing_is_left(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException
) -> None:
    def broken(*_: Any) -> None:
        raise problem

    before = tree(root)
    monkeypatch.setattr(module, "read_lab", broken)
    with pytest.raises(type(problem)):
        adopt_fault(Catalog(), file, WORD, "closed-again")
    assert tree(root) == before


def test_file_of_another_version(root: Path, file: Path) -> None:
    with (root / "labs/mini/compose.yaml").open("a") as compose:
        compose.write("# another\n")
    with pytest.raises(KikoriError, match="another version of mini"):
        adopt_fault(Catalog(), file, WORD, "closed-again")


def test_command(kikori: Kikori, root: Path, file: Path) -> None:
    asked = kikori("lab", "adopt", str(file), "--name", "closed-again")
    assert asked.returncode == 2
    assert "sealed with a word, and none was given" in asked.stderr
    done = kikori("lab", "adopt", str(file), "--name", "closed-again", "--word", WORD, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["services"] == ["web"]
    assert "--as fix or --as trap" in kikori("lab", "adopt", "ada.kikori", "--name", "x").stderr
    shutil.rmtree(root / "labs/mini/faults/closed-again")
