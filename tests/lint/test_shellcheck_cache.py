"""What shellcheck found clean is remembered by content, and by nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.errors import EnvironmentProblem
from kikori.lint import Findings, lint

pytestmark = pytest.mark.slow

CLEAN = """#!/bin/sh
echo x >> "$0.asked"
for file; do printf '%s\\n' "$file" >> "$0.files"; done
echo '{"comments":[]}'
"""
SCRIPTS = sum(
    file.read_bytes().startswith(b"#!/bin/sh") for file in (paths.ROOT / "labs/first-look").rglob("*") if file.is_file()
)
"""Of the lab that is looked at."""


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """A shellcheck that notes what it is asked, and finds nothing."""
    path = tmp_path / "shellcheck"
    path.write_text(CLEAN, encoding="utf-8")
    path.chmod(0o755)
    return path


def look(content: Path, tool: Path) -> Findings:
    return lint(Catalog([content]), tool=str(tool))


def asked(tool: Path) -> list[str]:
    """The scripts that it was asked about since the last time."""
    file = tool.with_name("shellcheck.files")
    found = file.read_text(encoding="utf-8").split() if file.exists() else []
    file.unlink(missing_ok=True)
    return [Path(name).name for name in found if name.startswith("/")]


def test_it_is_asked_once_for_all_scripts_and_then_no_more(content: Path, tool: Path) -> None:
    look(content, tool)
    assert len(asked(tool)) == SCRIPTS
    look(content, tool)
    assert asked(tool) == []
    assert tool.with_name("shellcheck.asked").read_text(encoding="utf-8") == "x\n"


def test_script_that_was_changed_is_new(content: Path, lab: Path, tool: Path) -> None:
    look(content, tool)
    asked(tool)
    with (lab / "images/web/run").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    look(content, tool)
    assert asked(tool) == ["run"]


def test_another_shellcheck_looks_again(content: Path, tool: Path) -> None:
    look(content, tool)
    asked(tool)
    os.utime(tool, (1, 1))
    look(content, tool)
    assert len(asked(tool)) == SCRIPTS


def test_complaint_is_not_forgotten(content: Path, lab: Path, tool: Path) -> None:
    file = lab / "images/web/run"
    said = f'{{"comments":[{{"file":"{file}","line":2,"code":1,"message":"bad","level":"error"}}]}}'
    tool.write_text(CLEAN.replace('{"comments":[]}', said), encoding="utf-8")
    for _ in range(2):
        (one,) = look(content, tool).findings
        assert (one.rule, one.line, one.message) == ("shellcheck-clean", 2, "SC1: bad")
    assert asked(tool)[-1] == "run"


def test_damaged_memory_is_no_memory(content: Path, tool: Path) -> None:
    paths.state().mkdir(parents=True)
    (paths.state() / "shellcheck-clean").write_bytes(b"\xff\xfe")
    look(content, tool)
    assert len(asked(tool)) == SCRIPTS


def test_no_place_for_a_memory_is_no_problem(content: Path, tool: Path) -> None:
    paths.state().parent.mkdir(parents=True, exist_ok=True)
    paths.state().write_text("a file where the folder should be", encoding="utf-8")
    assert look(content, tool).findings == ()


def test_shellcheck_that_breaks_is_the_machines_problem(content: Path, tool: Path) -> None:
    tool.write_text("#!/bin/sh\necho 'no such option' >&2\nexit 3\n", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="no such option"):
        look(content, tool)
