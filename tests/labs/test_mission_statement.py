"""How mission-statement judges whole documents, and what it takes for a copy. No Docker needed."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori import paths
from lab_modules import Import, modules_of

GRADER = paths.ROOT / "graders" / "mission-statement"
LAB = paths.ROOT / "labs" / "mission-statement"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper", LAB / "images" / "desk")
NUMBER = "4711"
FIXES = sorted(file.stem for file in (LAB / "fixes").glob("*.sh"))
TRAPS = {
    file.stem: told
    for file in sorted((LAB / "traps").glob("letter-*.sh"))
    if (told := dict(re.findall(r"^# (fails|after): (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)))
}
"""Documents in which a letter is copied."""


@pytest.fixture(scope="module")
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


def written(folder: Path, *scripts: str) -> None:
    """Write a document as the lab's fixes and traps do."""
    shutil.copytree(LAB / "workspace", folder, dirs_exist_ok=True)
    given = {"KIKORI_PYTHON": sys.executable, "KIKORI_LAB": str(LAB), "KIKORI_QUARTER": NUMBER}
    for script in scripts:
        subprocess.run(["sh", str(LAB / f"{script}.sh")], cwd=folder, env=os.environ | given, check=True)


def failed(lab: Import, folder: Path) -> dict[str, str]:
    """The checks of words that a document fails, each with its reason."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in lab("conftest").FILES}
    document = lab("filled_form.reader").written(texts, lab("words").SHAPE)
    given, found = {"mission": document, "quarter": lab("drawn_letters.draw").Quarter(NUMBER)}, {}
    for module in map(lab, ("test_form", "test_quarter", "test_three")):
        for name, check in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_") and name != "test_given":
                try:
                    check(**{key: given[key] for key in inspect.signature(check).parameters})
                except AssertionError as problem:
                    found[name] = str(problem)
    return found


@pytest.mark.parametrize("fix", FIXES)
def test_a_right_mission_is_right(lab: Import, tmp_path: Path, fix: str) -> None:
    written(tmp_path, f"fixes/{fix}")
    assert not failed(lab, tmp_path)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_copied_letter_is_refused_at_its_place(lab: Import, tmp_path: Path, trap: str) -> None:
    written(tmp_path, TRAPS[trap]["after"], f"traps/{trap}")
    found = failed(lab, tmp_path)
    assert "a sentence of a letter" in found.pop(TRAPS[trap]["fails"])
    assert not found


@pytest.mark.parametrize(
    ("said", "is_copy"),
    [
        ("We'd like to learn to carry it: sit beside us for six weeks, until we can", True),
        ("Please don't take our pager. We'd like to learn to carry it", True),
        ("One that you operate for us when we call would do", True),
        ("You know the lockers well from the time when you ran them", True),
        ("支払いが止まると、誰も自転車を返せません", True),
        ("自分たちで持てるようになりたいのです。できるようになるまで6週間、隣に座ってください", True),
        ("#6, sitting beside them for six weeks", False),
        ("they ask to learn the thing itself, and after six weeks they will not need us", False),
        ("we set up what stops a bad release", False),
        ("two of four have left, and R1 counts that as harm to riders", False),
        ("You wrote: please take over the pager. We won't, since whoever builds it can bring it back at night", False),
        ("the lockers (those who develop)", False),
        ("forty more stations", False),
        ("40駅のページャーは引き受けない", False),
        ("オンコールの担当", False),
        ("支払いが止まれば自転車が返せず、売上そのものが止まる", False),
        ("", False),
    ],
)
def test_a_letter_is_cited_by_a_phrase_and_not_by_a_sentence(lab: Import, said: str, is_copy: bool) -> None:
    assert lab("filled_form.filler").is_near_copy(said, lab("words").LETTERS) is is_copy


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("The night log of SRE is empty.", "The night log of SRE is empty!", True),
        ("Of 2 fireworks we hear on Monday.", "Of 3 fireworks we hear on Monday.", True),
        ("A station opens, and our room is dark.", "A station opens, and nobody reads our log.", False),
        ("In doubt what teaches comes first.", "In doubt what is cheaper comes first.", False),
    ],
)
def test_the_same_twice_is_told_from_another_thing(lab: Import, one: str, other: str, is_same: bool) -> None:
    assert (lab("filled_form.filler").same_as_before([one, other]) is not None) is is_same
