"""How design-for-others reads its cells and judges whole documents. No Docker needed."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = [pytest.mark.slow, pytest.mark.stands_on("design-for-others", code=STANDS_ON)]
GRADER = paths.ROOT / "graders" / "design-for-others"
LAB = paths.ROOT / "labs" / "design-for-others"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper", LAB / "images" / "records")
DATA = "/var/lib/tally/docks.db"
WHY_OF_THE_EXAMPLE = (
    "Docks have no signal in the tunnels, so they keep their reports and send them again; tally takes each report "
    "twice without harm. Whoever changes that has to change the docks first."
)
NUMBER, OTHERS = 4711, (1000, 5150, 9999)
FIXES = sorted(file.stem for file in (LAB / "fixes").glob("*.sh"))
TRAPS = {
    file.stem: told
    for file in sorted((LAB / "traps").glob("*.sh"))
    if (told := dict(re.findall(r"^# (fails|after): (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)))
    and "after" in told
}


@pytest.fixture(scope="module")
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


def written(folder: Path, number: int, *scripts: str) -> None:
    """Write a document as the lab's fixes and traps do."""
    shutil.copytree(LAB / "workspace", folder, dirs_exist_ok=True)
    given = {"KIKORI_PYTHON": sys.executable, "KIKORI_LAB": str(LAB), "KIKORI_HOUSE": str(number)}
    for script in scripts:
        subprocess.run(["sh", str(LAB / f"{script}.sh")], cwd=folder, env=os.environ | given, check=True)


def failed(lab: Import, folder: Path, number: int = NUMBER) -> dict[str, str]:
    """The checks that a document fails, each with its reason."""
    words, truth = lab("words"), lab("truth").Truth(number)
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in lab("conftest").FILES}
    try:
        document = lab("filled_form.reader").written(texts, words.SHAPE)
    except lab("filled_form.reader").Unreadable as problem:
        return {"test_form": problem.en}
    given, found = {"document": document, "truth": truth}, {}
    for module in map(lab, ("test_form", "test_settings", "test_operation")):
        for name, check in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_"):
                try:
                    check(**{key: given[key] for key in inspect.signature(check).parameters})
                except AssertionError as problem:
                    found[name] = str(problem)
    return found


def changed(lab: Import, folder: Path, old: str, new: str, fix: str = "read-from-the-files") -> dict[str, str]:
    """What fails once something of a right document has been changed."""
    written(folder, NUMBER, f"fixes/{fix}")
    file = folder / ("design.ja.md" if fix == "in-japanese" else "design.md")
    text = file.read_text(encoding="utf-8")
    assert len(re.findall(old, text, re.MULTILINE)) == 1
    file.write_text(re.sub(old, lambda _: new, text, flags=re.MULTILINE), encoding="utf-8")
    return failed(lab, folder)


@pytest.mark.parametrize("number", [NUMBER, *OTHERS])
@pytest.mark.parametrize("fix", FIXES)
def test_a_right_document_is_right_for_each_service(lab: Import, tmp_path: Path, fix: str, number: int) -> None:
    written(tmp_path, number, f"fixes/{fix}")
    assert not failed(lab, tmp_path, number)


@pytest.mark.parametrize("fix", FIXES)
def test_a_right_document_is_wrong_for_another_service(lab: Import, tmp_path: Path, fix: str) -> None:
    written(tmp_path, NUMBER, f"fixes/{fix}")
    assert {"test_facts", "test_dependencies", "test_alerts"} <= failed(lab, tmp_path, NUMBER + 1).keys()


@pytest.mark.slow
@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_changes_a_document_and_fails_at_its_check(lab: Import, tmp_path: Path, trap: str) -> None:
    written(tmp_path, NUMBER, TRAPS[trap]["after"], f"traps/{trap}")
    assert TRAPS[trap]["fails"] in failed(lab, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in (LAB / "workspace").iterdir()}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"^\| stop \| ", "| **Stop.** | "),
        (r"(?<=^\| Machine \| )ferry", "**Ferry.**"),
        (r"(?<=^\| Reports at once \| )32", "３２"),
        (r"(?<=^\| A stop takes at most \(s\) \| )20", "20 seconds"),
        (r"\| DocksSilent, `tally_docks_silent` \|", "| `silent since`、DocksSilent |"),
        (r"(?<=^\| DocksSilent \| )30 ", "30m "),
        (r"\| 52 docks or more \| 1 h \|(?= run)", "| docks 52 to 62 | 60 min |"),
        (r"`systemctl stop tally`(?= \| Go through)", f"`cp {DATA} {DATA}.broken`"),
        (r"`pgrep -af tally.py`", "`kill -TERM $(pgrep -f tally.py)`"),
        (r"\| exit code 0 \| 20 s \|(?= wait)", "| no output | 30 s |"),
        (r"kill -9 \|$", "kill -9, and never wait for the one who wrote it |"),
    ],
)
def test_how_a_value_is_written_does_not_decide(lab: Import, tmp_path: Path, old: str, new: str) -> None:
    assert not changed(lab, tmp_path, old, new)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        (r"(?<=^\| Backups \| )/\S+", "/var/backups/other", "test_facts"),
        (r"(?<=^\| A backup every \(hours\) \| )8", "3", "test_facts"),
        (r"(?<=^\| Nights without a snapshot \| )2", "two", "test_facts"),
        (r"(?<=^\| Machine \| )ferry", "beach", "test_facts"),
        (r"^\| Runs as .*\n", "", "test_facts"),
        (r"^(?=\| Runs as )", "| Runs as | root | tally.service |\n", "test_facts"),
        (r"^\| archive .*\n", "", "test_dependencies"),
        (r"^\| TallyCrowded .*\n", "", "test_alerts"),
        (r"(?<=\| bicycles \| `tally-silent` \| )See", "See in http://hydrant:8497/graphs,", "test_names"),
        (r"(?<=\| bicycles \| `tally-silent` \| )See", "See `tally_silent_docks`, and", "test_names"),
        (r"(?<=\| bicycles \| `tally-silent` \| )See", "See whether TallySlow rings, and", "test_names"),
        (r"\| `pgrep -af tally.py` \|", "| `ssh beach pgrep -af tally.py` |", "test_commands"),
        (r"\| `pgrep -af tally.py` \|", "| `curl -s beach:8497/snapshot` |", "test_commands"),
        (r"\| restore \| `systemctl stop tally` \|", "| restore | - |", "test_commands"),
        (r"^\| stop \|", "| end |", "test_operation"),
        (r"\| `inactive` \| 10 s \|", "| `inactive`, or `failed` | 10 s |", "test_seen"),
        (r"\| exit code 0 \| 2 min \|", "| the word restored | 2 min |", "test_seen"),
        (r"\| exit code 0 \| 20 s \|(?= wait)", "| `inactive (dead)` | 20 s |", "test_seen"),
        (r"\| `inactive` \| 10 s \|", "| exit code 0 | 10 s |", "test_seen"),
        (r"(?<=^\| \| `)systemctl is-active tally(?=`.*servers)", "curl -s localhost:8497/snapshot", "test_operation"),
        (r"^\| registry ", "| oncall ", "test_dependencies"),
        (
            r"`systemctl stop tally`(?= \| Go through)",
            "`tally-restore /mnt/safe/tally/docks-2026-07-01T08.db`",
            "test_harmless",
        ),
        (r"`journalctl -u tally -n 20`(?= \| With)", "`tally-backup`", "test_harmless"),
        (r"`journalctl -u tally -n 20`(?= \| With)", "`tally-ask-again`", "test_harmless"),
        (r"(?<=\| )-(?= \| Leave it)", "`tally-ask-again`", "test_harmless"),
        (r"(?<=^\| All report at once \| TallyCrowded, `tally_waiting` \| )-", "`tally-prune`", "test_harmless"),
        (r"another one holds the lock`(?= \|)", "another one holds the lock`, TallyDown", "test_failures"),
        (r"\| it passes by itself \|", "| - |", "test_prose"),
        (r"\| All report at once \|", "| ? |", "test_prose"),
        (r"^It knows no closed.*$", "Much.", "test_prose"),
        (r"^One process with one file.*\n.*twice\.$", WHY_OF_THE_EXAMPLE, "test_prose"),
    ],
)
def test_another_value_is_wrong(lab: Import, tmp_path: Path, old: str, new: str, check: str) -> None:
    assert check in changed(lab, tmp_path, old, new)


@pytest.mark.parametrize("number", [1000, NUMBER, 9999])
def test_the_program_exports_each_metric_of_its_alerts(lab: Import, number: int) -> None:
    truth: Any = lab("truth").Truth(number)
    for metric in truth.metrics | {alert.metric for alert in truth.house.alerts} - {"up"}:
        assert f'"{metric}"' in truth.files["tally.py"], metric
