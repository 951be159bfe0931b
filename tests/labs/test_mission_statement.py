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
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("mission-statement", code=STANDS_ON)
GRADER = paths.ROOT / "graders" / "mission-statement"
LAB = paths.ROOT / "labs" / "mission-statement"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper", LAB / "images" / "desk")
NUMBER = "4711"
FIXES = sorted(file.stem for file in (LAB / "fixes").glob("*.sh"))
TRAPS = {
    file.stem: told
    for file in sorted((LAB / "traps").glob("*.sh"))
    if (told := dict(re.findall(r"^# (fails|after): (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)))
}
"""Documents with one thing wrong: the check that says so, and the right document of which each is made."""
SAID = dict.fromkeys((name for name in TRAPS if name.startswith("letter-")), "a sentence of a letter") | {
    "akaris-name-on-top": "whose mission this is",
    "akaris-name-on-top-in-japanese": "whose mission this is",
    "mission-of-the-lockers": "whose mission this is",
    "sentences-below-the-list": "5 (1), 6 (1), 8 (3)",
    "because-of-m7": "no sentence or letter has them: M7",
    "because-of-m7-in-japanese": "no sentence or letter has them: M7",
    "as-letter-twelve-asks": "no sentence or letter has them: #12",
    "a-rule-about-r5": "no sentence or letter has them: R5",
    "an-offer-of-letter-ten": "no sentence or letter has them: #10",
    "because-of-another-sentence": "the reason goes by M2, and the decision by M1",
    "a-no-that-takes-it-all": "takes all days of its request in both columns, and request 6",
    "decided-later": "only fill the place",
    "filled-in-later": "only fill the place",
    "filled-in-later-in-japanese": "only fill the place",
    "not-decided-in-japanese": "only fill the place",
    "see-above": "only fill the place",
    "nothing-at-all-for-two-days": "nothing is offered for them",
    "cost-with-another-name": "but the names of teams or work",
    "cost-with-another-name-in-japanese": "but the names of teams or work",
    "proof-with-another-name": "but the names of teams or work",
    "cost-told-in-words-before": "or another field",
    "proof-from-the-vision": "or another field",
    "opposite-is-a-rule": "another line of the form",
    "days-there-really-are": 'no row or item "Days there really are"',
    "days-in-the-first-row": 'no row or item "Days there really are"',
    "in-fact-a-yes": 'no row or item "In fact"',
    "days-promised-at-best": '"Days promised at best" is not what the form calls',
    "decisions-of-the-others": "is not what the form calls",
    "a-no-to-something-else": "request 9 is a no",
    "more-stopped-than-is-missing": "one of these may go on without a day lacking",
    "stopped-for-nothing": "even if this goes on: archive",
}
"""What the reason of some of them says."""
AFTER = {"a-no-that-takes-it-all": {"test_price"}}
"""What fails with it, since it waits for that check."""


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


@pytest.mark.parametrize("trap", SAID)
def test_a_wrong_mission_is_refused_at_its_check(lab: Import, tmp_path: Path, trap: str) -> None:
    written(tmp_path, TRAPS[trap]["after"], f"traps/{trap}")
    found = failed(lab, tmp_path)
    assert SAID[trap] in found.pop(TRAPS[trap]["fails"])
    assert found.keys() <= AFTER.get(trap, set())


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


@pytest.mark.parametrize(
    ("said", "is_put_off"),
    [
        ("this will be decided later, when we know more about it", True),
        ("We will fill this one in later.", True),
        ("we will say that later on", True),
        ("see above, it is the same", True),
        ("To be agreed", True),
        ("TODO write the second rule here.", True),
        ("これについては、まだ決めていない", True),
        ("二つ目は、もう少し考えてから書く。", True),
        ("上の欄と同じです", True),
        ("未定", True),
        ("see 6", False),
        ("ask again", False),
        ("we open later than the counter", False),
        ("nobody keeps a gate", False),
        ("the third of us will decide it on 3 May", False),
        ("来期にもう一度聞く", False),
        ("まだ誰もページャーを持っていない", False),
        ("夜の番は後で決める人が、いなくなる", False),
        ("について" * 500 + "夜", False),
        ("", False),
    ],
)
def test_a_place_left_for_later_is_told_from_an_answer(lab: Import, said: str, is_put_off: bool) -> None:
    assert lab("filled_form.placeholders").is_put_off(said) is is_put_off


@pytest.mark.parametrize(
    ("said", "in_vain"),
    [
        ("M7 says so, and so does R3", ["M7", "R3"]),
        ("as #12 asks, and #0", ["#0", "#12"]),
        ("M２の文と＃１０のとおり", ["#10"]),
        ("by M1 and R2 we answer #9", []),
        ("a room of 60 m2, ticket #4127, R2-D2, the 12 letters", []),
        ("前の四半期の頼みごと12件、5月14日、3人", []),
    ],
)
def test_a_number_is_cited_that_nothing_has(lab: Import, said: str, in_vain: list[str]) -> None:
    assert sorted(lab("citations").cited_in_vain(said, {"M1", "M2", "R1", "R2"})) == in_vain


@pytest.mark.parametrize(
    ("title", "is_ours"),
    [
        ("Machikado SRE", True),
        ("SRE at Machikado: mission statement", True),
        ("Mission of Machikado's Site Reliability Engineering", True),
        ("まちかどのＳＲＥチームのミッション", True),
        ("Mission of the SRE team of Akari Tickets", False),
        ("Mission of Machikado's lockers", False),
        ("Mission of ", False),
        (" ミッション", False),
    ],
)
def test_the_heading_says_whose_mission_it_is(lab: Import, title: str, is_ours: bool) -> None:
    assert lab("form").is_ours(title) is is_ours


@pytest.mark.parametrize(
    ("old", "new", "heads"),
    [
        ("\nThe days are 138", "\nRin: 60 days, less leave. The days are 138", []),
        ("| What | Value |", "| Number or name | Ours |", []),
        ("- In words: no name", "- In words: as follows\n  - to sales: no name", []),
        ("\nThe days are 138", "\n- Days there really are: 20\n\nThe days are 138", ["Days there really are"]),
        ("| Until |", "| (until then) | no |\n| Until |", ["(until then)"]),
    ],
)
def test_a_row_of_ones_own_is_told_from_a_paragraph(
    lab: Import, tmp_path: Path, old: str, new: str, heads: list[str]
) -> None:
    written(tmp_path, "fixes/teams-carry")
    text = (tmp_path / "mission.md").read_text(encoding="utf-8")
    assert old in text
    document = lab("filled_form.reader").read("mission.md", text.replace(old, new), lab("words").SHAPE)
    assert [head for _, head in lab("filled_form.rows").of_ones_own(document, lab("words").SHAPE)] == heads
